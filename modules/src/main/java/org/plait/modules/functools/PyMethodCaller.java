package org.plait.modules.functools;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/** {@code operator.methodcaller}. */
@PyTypeDef(
    name = "methodcaller",
    module = "operator",
    sig = "(name, /, *args, **kwargs)",
    doc =
        "A callable that calls a method of its argument:\n"
            + "methodcaller('name', 1, foo=2)(r) is r.name(1, foo=2).")
public final class PyMethodCaller extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyMethodCallerTable.INSTANCE);

  private final PyStr name;

  /** The arguments of the call, those with keywords last. */
  private final PyObject[] args;

  private final String @Nullable [] kwnames;

  private PyMethodCaller(PyStr name, PyObject[] args, String @Nullable [] kwnames) {
    this.name = name;
    this.args = args;
    this.kwnames = kwnames;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "!(name, /, *args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    if (PyCalls.positional(args, kwnames) < 1) {
      throw Errors.typeError("methodcaller needs at least one argument, the method name");
    }
    if (!(args[0] instanceof PyStr s)) {
      throw Errors.typeError("method name must be a string");
    }
    return new PyMethodCaller(
        PyStr.intern(s.toString()), Arrays.copyOfRange(args, 1, args.length), kwnames);
  }

  @Override
  public PyObject call1(PyObject o) {
    return kwnames == null
        ? PyCalls.callMethod(o, name.toString(), args)
        : PyObjects.getAttr(o, name.toString()).call(args, kwnames);
  }

  @Override
  public PyObject call(PyObject[] args, String @Nullable [] kwnames) {
    PyItemGetter.checkOne("methodcaller", args, kwnames);
    return call1(args[0]);
  }

  @PyMethod(name = "__call__", sig = "(*args, **kwargs)", raw = true)
  PyObject callSlot(PyObject[] args, String @Nullable [] kwnames) {
    return call(args, kwnames);
  }

  @PyGetter("__text_signature__")
  String textSignature() {
    return "(obj, /)";
  }

  @PyMethod(name = "__repr__")
  PyObject repr() {
    ThreadState ts = ThreadState.current();
    String type = type().fullName();
    if (ts.reprEnter(this)) {
      return Py.str(type + "(...)");
    }
    try {
      StringBuilder b = new StringBuilder(type).append('(').append(PyObjects.repr(name).toString());
      int n = PyCalls.positional(args, kwnames);
      for (int i = 0; i < args.length; i++) {
        b.append(", ").append(i < n ? "" : kwnames[i - n] + "=");
        b.append(PyObjects.repr(args[i]).toString());
      }
      return Py.str(b.append(')').toString());
    } finally {
      ts.reprLeave(this);
    }
  }

  // Compare CPython methodcaller_reduce in _operator.c.
  @PyMethod(name = "__reduce__", sig = "()", doc = "Return state information for pickling")
  PyObject reduce() {
    if (kwnames == null) {
      return Py.tuple(TYPE, PyTuple.of(PyCalls.prepend(name, args)));
    }
    int n = PyCalls.positional(args, kwnames);
    PyObject partial = PyObjects.getAttr(Imports.importModule("functools"), "partial");
    PyObject[] partialArgs = new PyObject[2 + kwnames.length];
    partialArgs[0] = TYPE;
    partialArgs[1] = name;
    System.arraycopy(args, n, partialArgs, 2, kwnames.length);
    return Py.tuple(partial.call(partialArgs, kwnames), PyTuple.of(Arrays.copyOf(args, n)));
  }
}
