package org.plait.runtime.exceptions;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMember;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PySetter;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;

/** {@code UnicodeDecodeError}. */
@PyTypeDef(name = "UnicodeDecodeError", subclassable = true, base = Bases.OfUnicodeError.class)
public final class PyUnicodeDecodeError extends PyUnicodeErrorBase {
  public static final PyType TYPE = PyType.builtin(PyUnicodeDecodeErrorTable.INSTANCE);

  @PyMember(readonly = false)
  volatile @Nullable PyObject encoding;

  @PyMember(readonly = false)
  volatile @Nullable PyObject object;

  @PyMember(readonly = false)
  volatile @Nullable PyObject reason;

  public PyUnicodeDecodeError(PyType type) {
    super(type);
  }

  @PyNew(sig = "(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return new PyUnicodeDecodeError(cls).withArgs(args, kwnames);
  }

  @Override
  @PyMethod(name = "__init__", sig = "(*args, **kwargs)", raw = true)
  void init(PyObject[] args, String @Nullable [] kwnames) {
    super.init(args, kwnames);
    checkCount(args, 5);
    encoding = text(args, 0);
    object = bytesLike(args, 1);
    start = index(args[2]);
    end = index(args[3]);
    reason = text(args, 4);
  }

  @Override
  public @Nullable PyObject object() {
    return object;
  }

  @Override
  public @Nullable PyObject reason() {
    return reason;
  }

  @Override
  @PyMethod(name = "__str__")
  PyObject str() {
    return describe(encoding, "decode");
  }

  @PyGetter("start")
  int getStart() {
    return start;
  }

  @PySetter("start")
  void setStart(int value) {
    start = value;
  }

  @PyGetter("end")
  int getEnd() {
    return end;
  }

  @PySetter("end")
  void setEnd(int value) {
    end = value;
  }
}
