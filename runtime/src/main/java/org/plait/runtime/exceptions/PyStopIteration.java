package org.plait.runtime.exceptions;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMember;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;

/** {@code StopIteration}: carries the value of a generator's return statement. */
@PyTypeDef(name = "StopIteration", subclassable = true, base = Bases.OfException.class)
public final class PyStopIteration extends PyBaseException {
  public static final PyType TYPE = PyType.builtin(PyStopIterationTable.INSTANCE);

  @PyMember(readonly = false)
  volatile @Nullable PyObject value;

  public PyStopIteration(PyType type) {
    super(type);
  }

  @PyNew(sig = "(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return new PyStopIteration(cls).withArgs(args, kwnames);
  }

  @Override
  @PyMethod(name = "__init__", sig = "(*args, **kwargs)", raw = true)
  void init(PyObject[] args, String @Nullable [] kwnames) {
    super.init(args, kwnames);
    value = args.length > 0 ? args[0] : Py.None;
  }
}
