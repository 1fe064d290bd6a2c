package org.plait.runtime.interp;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.PyBaseException;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyDescriptors;

/** Context managers. */
final class WithOps {
  private static final Special[] METHODS = {
    Special.ENTER, Special.EXIT, Special.AENTER, Special.AEXIT
  };

  private WithOps() {}

  static void loadSpecial(PyObject[] r, int dst, PyObject o, int which) {
    PyType type = o.type();
    PyObject f = type.special(METHODS[which]);
    if (f == null) {
      throw missing(type, which);
    }
    if (PyDescriptors.isMethod(f)) {
      r[dst] = f;
      r[dst + 1] = o;
    } else {
      r[dst] = PyDescriptors.get(f, o, type);
      r[dst + 1] = null;
    }
  }

  private static PyException missing(PyType type, int which) {
    boolean async = which >= 2;
    boolean other =
        async
            ? type.special(Special.ENTER) != null && type.special(Special.EXIT) != null
            : type.special(Special.AENTER) != null && type.special(Special.AEXIT) != null;
    String text =
        "'"
            + type.fullName()
            + "' object does not support the "
            + (async ? "asynchronous " : "")
            + "context manager protocol (missed "
            + METHODS[which].method
            + " method)";
    if (other) {
      String with = async ? "'with'" : "'async with'";
      String kind = async ? "" : "asynchronous ";
      text += " but it supports the " + kind + "context manager protocol.";
      text += " Did you mean to use " + with + "?";
    }
    return Errors.typeError(text);
  }

  static PyObject exit(PyObject f, PyObject selfOrNull, PyBaseException e) {
    return exit(f, selfOrNull, e.type(), e, Py.orNone(e.traceback()));
  }

  static PyObject exit(
      PyObject f, @Nullable PyObject self, PyObject type, PyObject value, PyObject traceback) {
    return self != null
        ? f.call(new PyObject[] {self, type, value, traceback}, null)
        : f.call3(type, value, traceback);
  }
}
