package org.plait.modules.compiling;

import java.util.ArrayList;
import java.util.List;
import org.plait.compiler.scope.Scope;
import org.plait.compiler.scope.SymbolMap;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMember;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyIdentity;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyStr;

/** {@code symtable entry}: one scope as the symtable module sees it. Immutable. */
@PyTypeDef(
    name = "symtable entry",
    flags = {TypeFlag.DISALLOW_INSTANTIATION})
public final class PySymtableEntry extends PyObject {
  public static final PyType TYPE = PyType.builtin(PySymtableEntryTable.INSTANCE);

  @PyMember("name")
  final PyObject name;

  @PyMember("symbols")
  final PyObject symbols;

  @PyMember("varnames")
  final PyObject varnames;

  @PyMember("children")
  final PyObject children;

  @PyMember("type")
  final PyObject kind;

  @PyMember("lineno")
  final PyObject lineno;

  @PyMember("nested")
  final PyObject nested;

  private final int line;

  private PySymtableEntry(Scope scope) {
    line = scope.line();
    name = Py.str(scope.name());
    lineno = Py.int_(scope.line());
    kind = Py.int_(scope.kind().ordinal());
    nested = Py.int_(scope.isNested() ? 1 : 0);
    PyDict flags = Py.dict();
    SymbolMap map = scope.symbols();
    for (int i = 0; i < map.size(); i++) {
      flags.put(PyStr.intern(map.key(i)), Py.int_(map.value(i)));
    }
    symbols = flags;
    List<PyObject> parameters = new ArrayList<>();
    for (String p : scope.parameters()) {
      parameters.add(PyStr.intern(p));
    }
    varnames = Py.list(parameters);
    List<PyObject> inner = new ArrayList<>();
    for (Scope child : scope.children()) {
      inner.add(new PySymtableEntry(child));
    }
    children = Py.list(inner);
  }

  /** The entry of a scope, with those of all scopes in it. */
  public static PySymtableEntry of(Scope scope) {
    return new PySymtableEntry(scope);
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyGetter("id")
  PyObject id() {
    return Py.int_(PyIdentity.id(this));
  }

  @PyMethod(name = "__repr__")
  String repr() {
    return "<symtable entry " + name + "(" + PyIdentity.id(this) + "), line " + line + ">";
  }
}
