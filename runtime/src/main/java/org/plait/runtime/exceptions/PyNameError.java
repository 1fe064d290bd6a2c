package org.plait.runtime.exceptions;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMember;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.types.PyTuple;

/** {@code NameError}: knows the name. */
@PyTypeDef(name = "NameError", subclassable = true, base = Bases.OfException.class)
public final class PyNameError extends PyBaseException {
  public static final PyType TYPE = PyType.builtin(PyNameErrorTable.INSTANCE);

  @PyMember(readonly = false)
  volatile @Nullable PyObject name;

  public PyNameError(PyType type) {
    super(type);
  }

  @PyNew(sig = "(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return new PyNameError(cls).withArgs(args, kwnames);
  }

  @Override
  @PyMethod(name = "__init__", sig = "(*args, **kwargs)", raw = true)
  void init(PyObject[] args, String @Nullable [] kwnames) {
    this.args = PyTuple.of(KeywordFields.positional(args, kwnames));
    name = KeywordFields.take("NameError", args, kwnames, "name")[0];
  }
}
