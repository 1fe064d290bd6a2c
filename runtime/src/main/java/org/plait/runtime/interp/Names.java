package org.plait.runtime.interp;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyMappings;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyStr;

/** Lookup of names in namespaces: locals mappings, globals, built-ins. */
final class Names {
  private Names() {}

  static PyException undefined(String name) {
    return Errors.nameError("name '" + name + "' is not defined", name);
  }

  /** The item of a mapping under a name, or null; any mapping will do. */
  static @Nullable PyObject fromMapping(PyObject mapping, String name) {
    if (mapping.getClass() == PyDict.class) {
      return ((PyDict) mapping).getStr(name);
    }
    try {
      return PyMappings.getItem(mapping, PyStr.intern(name));
    } catch (PyException e) {
      if (e.matches(Exceptions.KeyError)) {
        return null;
      }
      throw e;
    }
  }

  static PyObject loadGlobal(PyFrame f, String name) {
    PyObject v = globalOrNull(f, name);
    if (v == null) {
      throw undefined(name);
    }
    return v;
  }

  private static @Nullable PyObject globalOrNull(PyFrame f, String name) {
    // A dict subclass as globals (exec) may define __getitem__ or __missing__.
    PyObject v = fromMapping(f.globals, name);
    return v != null ? v : fromMapping(f.builtins, name);
  }

  static PyObject loadName(PyFrame f, String name) {
    PyObject locals = locals(f, "loading", name);
    PyObject v = locals == f.globals ? null : fromMapping(locals, name);
    return v != null ? v : loadGlobal(f, name);
  }

  static void storeName(PyFrame f, String name, PyObject value) {
    PyObject locals = locals(f, "storing", name);
    if (locals.getClass() == PyDict.class) {
      ((PyDict) locals).putStr(name, value);
    } else {
      PyMappings.setItem(locals, PyStr.intern(name), value);
    }
  }

  static void deleteName(PyFrame f, String name) {
    PyObject locals = locals(f, "deleting", name);
    if (locals.getClass() == PyDict.class) {
      if (((PyDict) locals).removeStr(name) == null) {
        throw undefined(name);
      }
      return;
    }
    try {
      PyMappings.delItem(locals, PyStr.intern(name));
    } catch (PyException e) {
      if (e.matches(Exceptions.KeyError)) {
        throw undefined(name);
      }
      throw e;
    }
  }

  private static PyObject locals(PyFrame f, String what, String name) {
    PyObject locals = f.locals;
    if (locals == null) {
      throw Errors.systemError("no locals found when " + what + " '" + name + "'");
    }
    return locals;
  }

  static void deleteGlobal(PyFrame f, String name) {
    if (f.globals.removeStr(name) == null) {
      throw undefined(name);
    }
  }

  static PyObject loadBuildClass(PyFrame f) {
    PyObject v = fromMapping(f.builtins, "__build_class__");
    if (v == null) {
      throw Errors.nameError("__build_class__ not found", "__build_class__");
    }
    return v;
  }

  static void setupAnnotations(PyFrame f) {
    PyObject locals = locals(f, "setting up", "__annotations__");
    if (fromMapping(locals, "__annotations__") == null) {
      PyMappings.setItem(locals, PyStr.intern("__annotations__"), Py.dict());
    }
  }
}
