package org.plait.runtime.types;

import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects.CompareOp;

/** {@code float}: an immutable double. */
@PyTypeDef(
    name = "float",
    subclassable = true,
    flags = {TypeFlag.MATCH_SELF})
public class PyFloat extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyFloatTable.INSTANCE);

  final double value;

  public PyFloat(double value) {
    this.value = value;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  public final double value() {
    return value;
  }

  /** IEEE comparison: every one but NE is false for a NaN. */
  public static boolean compare(double a, double b, CompareOp op) {
    return switch (op) {
      case LT -> a < b;
      case LE -> a <= b;
      case EQ -> a == b;
      case NE -> a != b;
      case GT -> a > b;
      case GE -> a >= b;
    };
  }

  /** {@code float(text)}. */
  public static PyFloat parse(PyObject o) {
    return new PyFloat(org.plait.runtime.text.FloatText.parse(o.toString()));
  }
}
