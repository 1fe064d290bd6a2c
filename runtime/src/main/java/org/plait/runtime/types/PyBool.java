package org.plait.runtime.types;

import org.plait.processor.annotation.PyBinary;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.Warnings;

/** {@code bool}. */
@PyTypeDef(
    name = "bool",
    base = PyInt.class,
    flags = {TypeFlag.MATCH_SELF},
    doc =
        "The truth value of the argument.\n\n"
            + "There are exactly two instances, True and False. bool derives from int; "
            + "nothing\n"
            + "can derive from bool.")
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

  @PyBinary("and")
  static PyObject boolAnd(PyObject a, PyObject b) {
    return a instanceof PyBool x && b instanceof PyBool y
        ? Py.bool_((x.value & y.value) != 0)
        : PyInt.and(a, b);
  }

  @PyBinary("or")
  static PyObject boolOr(PyObject a, PyObject b) {
    return a instanceof PyBool x && b instanceof PyBool y
        ? Py.bool_((x.value | y.value) != 0)
        : PyInt.or(a, b);
  }

  @PyBinary("xor")
  static PyObject boolXor(PyObject a, PyObject b) {
    return a instanceof PyBool x && b instanceof PyBool y
        ? Py.bool_(x.value != y.value)
        : PyInt.xor(a, b);
  }

  @Override
  @PyMethod(name = "__invert__")
  PyObject invert() {
    Warnings.warn(
        Exceptions.DeprecationWarning,
        "Bitwise inversion '~' on bool is deprecated and will be removed in Python 3.16. This"
            + " returns the bitwise inversion of the underlying int object and is usually not what"
            + " you expect from negating a bool. Use the 'not' operator for boolean negation or"
            + " ~int(x) if you really want the bitwise inversion of the underlying int.",
        1);
    return super.invert();
  }
}
