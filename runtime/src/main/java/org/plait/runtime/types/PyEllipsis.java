package org.plait.runtime.types;

import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;

/** {@code Ellipsis}. */
@PyTypeDef(name = "ellipsis", doc = "The type of the Ellipsis singleton.")
public final class PyEllipsis extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyEllipsisTable.INSTANCE);
  public static final PyEllipsis INSTANCE = new PyEllipsis();

  private PyEllipsis() {}

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
    return "Ellipsis";
  }

  @PyMethod(name = "__reduce__")
  String reduce() {
    return "Ellipsis";
  }
}
