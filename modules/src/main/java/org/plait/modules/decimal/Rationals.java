package org.plait.modules.decimal;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyInt;

/** Comparisons with {@code numbers.Rational}. */
final class Rationals {
  private Rationals() {}

  /**
   * Two numbers that compare as a number and a rational do: the number times the denominator, and
   * the numerator. Null for what is no rational.
   */
  static PyDecimal @Nullable [] asDecimals(PyDecimal x, PyObject o) {
    PyObject rational = PyObjects.getAttr(Imports.importModule("numbers"), "Rational");
    if (!PyObjects.isInstance(o, rational)) {
      return null;
    }
    PyDecimal n = part(o, "numerator");
    if (x.kind != DecimalValue.FINITE) {
      return new PyDecimal[] {x, n};
    }
    PyDecimal d = part(o, "denominator");
    PyDecimal product =
        DecimalValue.of(x.neg != d.neg, x.coefficient().multiply(d.coefficient()), x.exp);
    return new PyDecimal[] {product, n};
  }

  private static PyDecimal part(PyObject o, String name) {
    PyObject v = PyObjects.getAttr(o, name);
    if (!(v instanceof PyInt i)) {
      throw Errors.typeError("numerator and denominator must be integers");
    }
    return Conversions.of(i);
  }
}
