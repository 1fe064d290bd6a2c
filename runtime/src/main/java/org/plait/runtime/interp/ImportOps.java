package org.plait.runtime.interp;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyMappings;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyStr;

/** The import statement. */
final class ImportOps {
  private ImportOps() {}

  static PyObject importName(PyFrame f, String name, PyObject level, PyObject fromList) {
    PyObject hook = Names.fromMapping(f.builtins, "__import__");
    if (hook == null) {
      throw Errors.of(Exceptions.ImportError, "__import__ not found");
    }
    PyObject locals = f.locals == null ? Py.None : f.locals;
    if (Imports.isDefaultImport(hook)) {
      return Imports.importModule(
          PyStr.intern(name),
          f.globals,
          locals,
          fromList,
          (int) ((org.plait.runtime.types.PyInt) level).longValue());
    }
    return hook.call(new PyObject[] {PyStr.intern(name), f.globals, locals, fromList, level}, null);
  }

  // Compare CPython _PyEval_ImportFrom in ceval.c.
  static PyObject importFrom(PyObject module, String name) {
    PyObject v = PyObjects.getOptionalAttr(module, name);
    if (v != null) {
      return v;
    }
    PyObject moduleName = PyObjects.getOptionalAttr(module, "__name__");
    if (moduleName instanceof PyStr m) {
      PyObject modules = ThreadState.current().interpreter.sys("modules");
      PyObject found =
          modules == null ? null : PyMappings.getOptionalItem(modules, PyStr.of(m + "." + name));
      if (found != null) {
        return found;
      }
    }
    throw cannotImport(module, moduleName, name);
  }

  private static PyException cannotImport(
      PyObject module, @Nullable PyObject moduleName, String name) {
    String of = moduleName instanceof PyStr m ? m.toString() : "<unknown module name>";
    PyObject spec = PyObjects.getOptionalAttr(module, "__spec__");
    String origin = Imports.origin(module, spec);
    String text;
    if (Imports.isInitializing(spec)) {
      String shadow = moduleName == null ? null : Imports.shadowingMessage(moduleName, name, spec);
      text =
          shadow != null
              ? shadow
              : "cannot import name "
                  + quoted(name)
                  + " from partially initialized module "
                  + quoted(of)
                  + " (most likely due to a circular import) ("
                  + (origin == null ? "unknown location" : origin)
                  + ")";
    } else {
      String shadow = moduleName == null ? null : Imports.shadowingMessage(moduleName, name, spec);
      text =
          shadow != null
              ? shadow
              : "cannot import name "
                  + quoted(name)
                  + " from "
                  + quoted(of)
                  + " ("
                  + (origin == null ? "unknown location" : origin)
                  + ")";
    }
    PyException e = Errors.of(Exceptions.ImportError, text);
    e.value.setAttribute("name", moduleName == null ? Py.None : PyStr.of(of));
    e.value.setAttribute("path", Py.strOrNone(origin));
    e.value.setAttribute("name_from", PyStr.of(name));
    return e;
  }

  private static String quoted(String s) {
    return PyObjects.repr(PyStr.of(s)).toString();
  }

  // Compare CPython import_all_from in intrinsics.c.
  static void importStar(PyFrame f, PyObject module) {
    PyObject locals = f.locals;
    if (locals == null) {
      throw Errors.systemError("no locals found during 'import *'");
    }
    PyObject all = PyObjects.getOptionalAttr(module, "__all__");
    boolean skipPrivate = all == null;
    if (all == null) {
      PyObject dict = PyObjects.getOptionalAttr(module, "__dict__");
      if (dict == null) {
        throw Errors.of(
            Exceptions.ImportError, "from-import-* object has no __dict__ and no __all__");
      }
      all = dict instanceof PyDict d ? PyList.of(d.snapshotKeys()) : PyMappings.keys(dict);
    }
    PyObject it = PyIters.getIter(all);
    for (PyObject n = PyIters.next(it); n != null; n = PyIters.next(it)) {
      if (!(n instanceof PyStr name)) {
        PyObject moduleName = PyObjects.getAttr(module, "__name__");
        throw Errors.typeError(
            (skipPrivate ? "Key in " : "Item in ")
                + moduleName
                + (skipPrivate ? ".__dict__" : ".__all__")
                + " must be str, not "
                + n.type().name());
      }
      if (skipPrivate && name.toString().startsWith("_")) {
        continue;
      }
      PyObject v = PyObjects.getAttr(module, name.toString());
      if (locals instanceof PyDict d && locals.getClass() == PyDict.class) {
        d.put(name, v);
      } else {
        PyMappings.setItem(locals, name, v);
      }
    }
  }
}
