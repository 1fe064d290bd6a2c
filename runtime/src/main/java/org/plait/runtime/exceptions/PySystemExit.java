package org.plait.runtime.exceptions;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMember;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.types.PyTuple;

/** {@code SystemExit}: carries the exit code. */
@PyTypeDef(name = "SystemExit", subclassable = true, base = PyBaseException.class)
public final class PySystemExit extends PyBaseException {
  public static final PyType TYPE = PyType.builtin(PySystemExitTable.INSTANCE);

  @PyMember(readonly = false)
  volatile @Nullable PyObject code;

  public PySystemExit(PyType type) {
    super(type);
  }

  @PyNew(sig = "(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return new PySystemExit(cls).withArgs(args, kwnames);
  }

  @Override
  @PyMethod(name = "__init__", sig = "(*args, **kwargs)", raw = true)
  void init(PyObject[] args, String @Nullable [] kwnames) {
    super.init(args, kwnames);
    code =
        switch (args.length) {
          case 0 -> Py.None;
          case 1 -> args[0];
          default -> PyTuple.of(args.clone());
        };
  }

  /** {@code code}. */
  public PyObject code() {
    return Py.orNone(code);
  }
}
