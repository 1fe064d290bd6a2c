package org.plait.runtime.boot;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.Warnings;
import org.plait.runtime.types.PyStr;

/** {@code sys.breakpointhook}: calls what {@code PYTHONBREAKPOINT} names. */
final class BreakpointHook {
  private BreakpointHook() {}

  // Compare CPython sys_breakpointhook in sysmodule.c.
  static PyObject call(PyObject[] args, String @Nullable [] kwnames) {
    String name = null;
    if (BootOptions.current().ignoreEnvironment == 0) {
      PyObject environ = PyObjects.getAttr(Imports.importModule("os"), "environ");
      PyObject v = PyCalls.callMethod(environ, "get", PyStr.of("PYTHONBREAKPOINT"));
      name = v instanceof PyStr ? v.toString() : null;
    }
    if (name == null || name.isEmpty()) {
      name = "pdb.set_trace";
    }
    if (name.equals("0")) {
      return Py.None;
    }
    int dot = name.lastIndexOf('.');
    PyObject hook = null;
    try {
      if (dot == 0) {
        return unimportable(name);
      }
      PyObject module = Imports.importModule(dot < 0 ? "builtins" : name.substring(0, dot));
      hook = PyObjects.getOptionalAttr(module, name.substring(dot + 1));
    } catch (PyException e) {
      if (!e.matches(Exceptions.ImportError)) {
        throw e;
      }
    }
    return hook == null ? unimportable(name) : hook.call(args, kwnames);
  }

  private static PyObject unimportable(String name) {
    Warnings.warn(
        Exceptions.RuntimeWarning, "Ignoring unimportable $PYTHONBREAKPOINT: \"" + name + "\"", 1);
    return Py.None;
  }
}
