package org.plait.runtime.types;

import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;

/** {@code None}. */
@PyTypeDef(name = "NoneType", doc = "The type of the None singleton.")
public final class PyNone extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyNoneTable.INSTANCE);
  public static final PyNone INSTANCE = new PyNone();

  private PyNone() {}

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "()")
  static PyObject new_(PyType cls) {
    return INSTANCE;
  }

  @PyMethod(name = "__repr__")
  String repr() {
    return "None";
  }

  @PyMethod(name = "__bool__")
  boolean bool() {
    return false;
  }

  @PyMethod(name = "__hash__")
  long hash() {
    return 0xfca86420L;
  }
}
