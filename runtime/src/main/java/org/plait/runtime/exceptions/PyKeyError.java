package org.plait.runtime.exceptions;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects;

/** {@code KeyError}: its text is the repr of the key. */
@PyTypeDef(name = "KeyError", subclassable = true, base = Bases.OfLookupError.class)
public final class PyKeyError extends PyBaseException {
  public static final PyType TYPE = PyType.builtin(PyKeyErrorTable.INSTANCE);

  public PyKeyError(PyType type) {
    super(type);
  }

  @PyNew(sig = "(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return new PyKeyError(cls).withArgs(args, kwnames);
  }

  @Override
  @PyMethod(name = "__str__")
  PyObject str() {
    return args.size() == 1 ? PyObjects.repr(args.get(0)) : super.str();
  }
}
