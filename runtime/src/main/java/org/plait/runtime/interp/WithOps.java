package org.plait.runtime.interp;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.PyBaseException;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyMethodDescriptor;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyDescriptors;

/** Context managers. What {@code with} does when nothing is raised has instructions of its own. */
final class WithOps {
  private static final Special[] METHODS = {
    Special.ENTER, Special.EXIT, Special.AENTER, Special.AEXIT
  };

  private WithOps() {}

  /** LOAD_SPECIAL. */
  static final class LoadSpecial extends Instr {
    private final int dst;
    private final int src;
    private final int which;
    private final Special method;
    private final int next;

    LoadSpecial(Operands o) {
      dst = o.a;
      src = o.b;
      which = o.c;
      method = METHODS[which];
      next = o.next;
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      PyObject o = r[src];
      PyType type = o.type();
      PyObject function = type.special(method);
      if (function == null) {
        throw missing(type, which);
      }
      if (PyDescriptors.isMethod(function)) {
        r[dst] = function;
        r[dst + 1] = o;
        return next;
      }
      r[dst] = PyDescriptors.get(function, o, type);
      r[dst + 1] = null;
      return Tracer.looks() ? Tracer.checkFrame(f, next) : next;
    }
  }

  /** WITH_EXIT. */
  static final class Exit extends Instr {
    private final int dst;
    private final int method;
    private final int next;

    Exit(Operands o) {
      dst = o.a;
      method = o.b;
      next = o.next;
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      r[dst] = exit(r[method], r[method + 1]);
      return Tracer.looks() ? Tracer.checkFrame(f, next) : next;
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
            + type.nameOutsideMain()
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

  /** The end of a with statement when nothing was raised. */
  static PyObject exit(PyObject function, @Nullable PyObject self) {
    if (self != null && function instanceof PyMethodDescriptor d) {
      return d.invoke3(self, Py.None, Py.None, Py.None);
    }
    if (self != null && function instanceof PyFunction f && !Tracer.armed()) {
      FastCode fast = f.code.fast;
      if (fast != null && fast.tier.code.takesSelfAndRest()) {
        return Frameless.call2(fast, ThreadState.current(), f, self, Quiet.NOTHING_RAISED);
      }
    }
    return exit(function, self, Py.None, Py.None, Py.None);
  }

  static PyObject exit(PyObject f, PyObject selfOrNull, PyBaseException e) {
    return exit(f, selfOrNull, e.type(), e, Py.orNone(e.traceback()));
  }

  private static PyObject exit(
      PyObject f, @Nullable PyObject self, PyObject type, PyObject value, PyObject traceback) {
    return self != null
        ? f.call(new PyObject[] {self, type, value, traceback}, null)
        : f.call3(type, value, traceback);
  }
}
