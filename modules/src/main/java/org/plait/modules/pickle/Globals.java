package org.plait.modules.pickle;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyMappings;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyEllipsis;
import org.plait.runtime.types.PyNone;
import org.plait.runtime.types.PyNotImplemented;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/** Writes what is pickled by its name: classes, functions. Part of a {@link Saver}. */
final class Globals {
  private final Saver saver;
  private final PickleOutput out;
  private final PyPickler pickler;
  private final int protocol;

  Globals(Saver saver, PickleOutput out, PyPickler pickler) {
    this.saver = saver;
    this.out = out;
    this.pickler = pickler;
    this.protocol = pickler.protocol;
  }

  void saveType(PyType t) {
    if (t == PyNone.TYPE) {
      singleton(t, Py.None);
    } else if (t == PyEllipsis.TYPE) {
      singleton(t, Py.Ellipsis);
    } else if (t == PyNotImplemented.TYPE) {
      singleton(t, Py.NotImplemented);
    } else {
      saveGlobal(t, null);
    }
  }

  private void singleton(PyType t, PyObject instance) {
    saver.saveReduce(Py.tuple(PyType.TYPE, Py.tuple(instance)), t);
  }

  /** The attribute at the end of a dotted path. */
  private static PyObject follow(PyObject from, String[] path) {
    PyObject o = from;
    for (String step : path) {
      o = PyObjects.getAttr(o, step);
    }
    return o;
  }

  private static boolean isAt(PyObject module, String[] path, PyObject expected) {
    try {
      return follow(module, path) == expected;
    } catch (PyException e) {
      if (e.matches(Exceptions.AttributeError)) {
        return false;
      }
      throw e;
    }
  }

  private static String quote(PyObject o) {
    return PyObjects.repr(o).toString();
  }

  /** The name of the module an object is in; PicklingError when it can't be found there. */
  private static PyObject moduleOf(PyObject o, PyStr name) {
    String[] path = name.toString().split("\\.", -1);
    PyObject module = PyObjects.getOptionalAttr(o, "__module__");
    for (String step : path) {
      if (step.equals("<locals>")) {
        throw PickleErrors.pickling("Can't pickle local object " + quote(o));
      }
    }
    if (module == null || module == Py.None) {
      PyObject found = search(o, path);
      if (found != null) {
        return found;
      }
      module = Py.str("__main__");
    }
    PyObject m;
    try {
      Imports.importModule(module, Py.dict(), Py.None, Py.EmptyTuple, 0);
      m = Imports.loaded(module);
      if (m == null) {
        throw Errors.keyError(module);
      }
    } catch (PyException e) {
      if (e.matches(Exceptions.ImportError)
          || e.matches(Exceptions.ValueError)
          || e.matches(Exceptions.KeyError)) {
        throw PickleErrors.after(
            e, PickleErrors.pickling("Can't pickle " + quote(o) + ": " + PyObjects.str(e.value)));
      }
      throw e;
    }
    PyObject found;
    try {
      found = follow(m, path);
    } catch (PyException e) {
      if (!e.matches(Exceptions.AttributeError)) {
        throw e;
      }
      throw PickleErrors.after(
          e,
          PickleErrors.pickling(
              "Can't pickle "
                  + quote(o)
                  + ": it's not found as "
                  + PyObjects.str(module)
                  + "."
                  + name));
    }
    if (found != o) {
      throw PickleErrors.pickling(
          "Can't pickle "
              + quote(o)
              + ": it's not the same object as "
              + PyObjects.str(module)
              + "."
              + name);
    }
    return module;
  }

  private static @Nullable PyObject search(PyObject o, String[] path) {
    PyObject modules = ThreadState.current().interpreter.sys("modules");
    if (!(modules instanceof PyDict d)) {
      throw Errors.runtimeError("unable to get sys.modules");
    }
    PyObject items = org.plait.runtime.protocol.PyIters.getIter(d.copy().items());
    for (PyObject pair = org.plait.runtime.protocol.PyIters.next(items);
        pair != null;
        pair = org.plait.runtime.protocol.PyIters.next(items)) {
      PyObject key = ((PyTuple) pair).get(0);
      PyObject m = ((PyTuple) pair).get(1);
      boolean main = key instanceof PyStr s && (s.equalTo("__main__") || s.equalTo("__mp_main__"));
      if (!main && m != Py.None && isAt(m, path, o)) {
        return key;
      }
    }
    return null;
  }

  // Compare CPython save_global in _pickle.c.
  void saveGlobal(PyObject o, @Nullable PyStr given) {
    PyObject nameObject = given;
    if (nameObject == null) {
      nameObject = PyObjects.getOptionalAttr(o, "__qualname__");
      if (nameObject == null) {
        nameObject = PyObjects.getAttr(o, "__name__");
      }
    }
    if (!(nameObject instanceof PyStr name)) {
      throw Errors.typeError("object name must be a string");
    }
    PyObject module = moduleOf(o, name);
    if (protocol >= 2 && saveExtension(module, name)) {
      return;
    }
    if (protocol >= 4) {
      // Interned, so that a name that occurs again is written once.
      saver.save(module.getClass() == PyStr.class ? PyStr.intern(module.toString()) : module);
      saver.save(name.getClass() == PyStr.class ? PyStr.intern(name.toString()) : name);
      out.op(Op.STACK_GLOBAL);
    } else {
      String[] path = name.toString().split("\\.", -1);
      PyObject getattr = ThreadState.current().interpreter.builtin("getattr");
      for (int i = 1; i < path.length; i++) {
        saver.save(getattr);
        if (protocol < 2) {
          out.op(Op.MARK);
        }
      }
      topLevel(module, PyStr.of(path[0]));
      for (int i = 1; i < path.length; i++) {
        saver.save(PyStr.of(path[i]));
        out.op(protocol < 2 ? Op.TUPLE : Op.TUPLE2);
        out.op(Op.REDUCE);
      }
    }
    saver.memoize(o);
  }

  private boolean saveExtension(PyObject module, PyStr name) {
    PyObject code =
        PyMappings.getOptionalItem(Saver.copyreg("_extension_registry"), Py.tuple(module, name));
    if (code == null) {
      return false;
    }
    long n = PyNumbers.asLong(code, Exceptions.OverflowError);
    if (n <= 0 || n > 0x7fffffffL) {
      throw Errors.runtimeError("extension code " + n + " is out of range");
    }
    if (n <= 0xff) {
      out.op(Op.EXT1, n, 1);
    } else if (n <= 0xffff) {
      out.op(Op.EXT2, n, 2);
    } else {
      out.op(Op.EXT4, n, 4);
    }
    return true;
  }

  private void topLevel(PyObject module, PyStr name) {
    PyObject m = module;
    PyObject n = name;
    if (pickler.fixImports) {
      PyObject compat = Imports.importModule("_compat_pickle");
      PyObject pair =
          PyMappings.getOptionalItem(
              PyObjects.getAttr(compat, "REVERSE_NAME_MAPPING"), Py.tuple(m, n));
      if (pair != null) {
        if (!(pair instanceof PyTuple t) || t.size() != 2) {
          throw Errors.runtimeError(
              "_compat_pickle.REVERSE_NAME_MAPPING values should be 2-tuples, not "
                  + pair.type().name());
        }
        m = t.get(0);
        n = t.get(1);
      } else {
        PyObject other =
            PyMappings.getOptionalItem(PyObjects.getAttr(compat, "REVERSE_IMPORT_MAPPING"), m);
        m = other == null ? m : other;
      }
    }
    out.op(Op.GLOBAL);
    out.bytes(encoded(m, "module"));
    out.op('\n');
    out.bytes(encoded(n, "global"));
    out.op('\n');
  }

  private byte[] encoded(PyObject identifier, String kind) {
    try {
      PyObject encoding = Py.str(protocol >= 3 ? "utf-8" : "ascii");
      return ((PyBytes) PyCalls.callMethod(identifier, "encode", encoding)).array();
    } catch (PyException e) {
      if (!e.matches(Exceptions.UnicodeEncodeError)) {
        throw e;
      }
      throw PickleErrors.after(
          e,
          PickleErrors.pickling(
              "can't pickle "
                  + kind
                  + " identifier "
                  + quote(identifier)
                  + " using pickle protocol "
                  + protocol));
    }
  }
}
