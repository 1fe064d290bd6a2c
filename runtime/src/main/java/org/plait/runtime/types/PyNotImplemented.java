package org.plait.runtime.types;

import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;

/** {@code NotImplemented}. */
@PyTypeDef(name = "NotImplementedType", doc = "The type of the NotImplemented singleton.")
public final class PyNotImplemented extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyNotImplementedTable.INSTANCE);
  public static final PyNotImplemented INSTANCE = new PyNotImplemented();

  private PyNotImplemented() {}

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
    return "NotImplemented";
  }

  @PyMethod(name = "__reduce__")
  String reduce() {
    return "NotImplemented";
  }

  @PyMethod(name = "__bool__")
  boolean bool() {
    throw Errors.typeError("NotImplemented should not be used in a boolean context");
  }
}
