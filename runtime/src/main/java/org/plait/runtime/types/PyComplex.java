package org.plait.runtime.types;

import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;

/** {@code complex}: two immutable doubles. */
@PyTypeDef(name = "complex", subclassable = true)
public class PyComplex extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyComplexTable.INSTANCE);

  final double real;
  final double imag;

  public PyComplex(double real, double imag) {
    this.real = real;
    this.imag = imag;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  public final double real() {
    return real;
  }

  public final double imag() {
    return imag;
  }
}
