package org.plait.runtime.types;

import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects;

/** {@code bool}. */
@PyTypeDef(name = "bool", base = PyInt.class)
public final class PyBool extends PyInt {
  public static final PyType TYPE = PyType.builtin(PyBoolTable.INSTANCE);
  public static final PyBool FALSE = new PyBool(0);
  public static final PyBool TRUE = new PyBool(1);

  private PyBool(int value) {
    super(value, null);
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "(object=False, /)")
  static PyObject new_(PyType cls, PyObject object) {
    return Py.bool_(PyObjects.isTrue(object));
  }

  @PyMethod(name = "__repr__")
  String repr() {
    return value == 0 ? "False" : "True";
  }
}
