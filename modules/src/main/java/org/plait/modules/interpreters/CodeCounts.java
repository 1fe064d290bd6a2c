package org.plait.modules.interpreters;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.CodeFlags;
import org.plait.compiler.code.CodeUnit;
import org.plait.compiler.code.Opcode;
import org.plait.runtime.interp.PyCode;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyStr;

/**
 * How many names of which kind a code object has; compare CPython's {@code _PyCode_GetVarCounts}.
 */
public final class CodeCounts {
  private CodeCounts() {}

  /**
   * The numbers as dicts of dicts.
   *
   * @param globals names that are globals, or null when nobody knows
   * @param builtins names that are built-ins, or null when nobody knows
   */
  public static PyObject of(PyCode code, @Nullable PyDict globals, @Nullable PyDict builtins) {
    CodeUnit u = code.unit;
    int varargs = u.has(CodeFlags.VARARGS) ? 1 : 0;
    int varkwargs = u.has(CodeFlags.VARKEYWORDS) ? 1 : 0;
    int args = u.argCount + u.kwOnlyArgCount + varargs + varkwargs;
    List<String> vars = List.of(u.varNames);
    int cellArgs = 0;
    for (String cell : u.cellVars) {
      int at = vars.indexOf(cell);
      cellArgs += at >= 0 && at < args ? 1 : 0;
    }
    int hidden = 0;
    if (u.hidden != null) {
      for (boolean h : u.hidden) {
        hidden += h ? 1 : 0;
      }
    }
    int pure = vars.size() - args - hidden;
    int otherCells = u.cellVars.length - cellArgs;
    int locals = args + pure + hidden + otherCells;
    PyDict unbound = unbound(u, globals, builtins);
    int free = u.freeVars.length;
    int names = (int) PyNumbers.index(unbound.getStr("total")).longValue();
    return dict(
        "total",
        locals + free + names,
        "locals",
        dict(
            "total",
            locals,
            "args",
            dict(
                "total",
                args,
                "numposonly",
                u.posOnlyArgCount,
                "numposorkw",
                u.argCount - u.posOnlyArgCount,
                "numkwonly",
                u.kwOnlyArgCount,
                "varargs",
                varargs,
                "varkwargs",
                varkwargs),
            "numpure",
            pure,
            "cells",
            dict("total", u.cellVars.length, "numargs", cellArgs, "numothers", otherCells),
            "hidden",
            dict("total", hidden, "numpure", hidden, "numcells", 0)),
        "numfree",
        free,
        "unbound",
        unbound);
  }

  private static PyDict unbound(CodeUnit u, @Nullable PyDict globals, @Nullable PyDict builtins) {
    Set<String> globalNames = new HashSet<>();
    Set<String> attributes = new HashSet<>();
    Set<String> others = new HashSet<>();
    for (int i = 0; i < u.code.length; i += CodeUnit.WORDS) {
      switch (Opcode.of(u.code[i])) {
        case LOAD_GLOBAL -> globalNames.add(u.names[u.code[i + 2]]);
        case STORE_GLOBAL, DELETE_GLOBAL -> globalNames.add(u.names[u.code[i + 1]]);
        case LOAD_ATTR, LOAD_METHOD -> attributes.add(u.names[u.code[i + 3]]);
        case STORE_ATTR, DELETE_ATTR -> attributes.add(u.names[u.code[i + 2]]);
        case LOAD_NAME -> others.add(u.names[u.code[i + 2]]);
        case STORE_NAME, DELETE_NAME -> others.add(u.names[u.code[i + 1]]);
        case IMPORT_NAME, IMPORT_FROM -> others.add(u.names[u.code[i + 3]]);
        default -> {}
      }
    }
    int known = 0;
    int builtin = 0;
    for (String name : globalNames) {
      if (globals != null && globals.getStr(name) != null) {
        known++;
      } else if (builtins != null && builtins.getStr(name) != null) {
        builtin++;
      }
    }
    int all = globalNames.size();
    others.removeAll(globalNames);
    others.removeAll(attributes);
    return dict(
        "total",
        all + attributes.size() + others.size(),
        "globals",
        dict(
            "total",
            all,
            "numglobal",
            known,
            "numbuiltin",
            builtin,
            "numunknown",
            all - known - builtin),
        "numattrs",
        attributes.size(),
        "numunknown",
        others.size());
  }

  private static PyDict dict(Object... namesAndValues) {
    PyDict d = new PyDict();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      Object v = namesAndValues[i + 1];
      PyObject value = v instanceof PyObject o ? o : Py.int_(((Number) v).longValue());
      d.put(PyStr.intern((String) namesAndValues[i]), value);
    }
    return d;
  }
}
