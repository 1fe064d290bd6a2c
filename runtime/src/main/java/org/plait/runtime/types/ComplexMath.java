package org.plait.runtime.types;

import org.plait.runtime.exceptions.Errors;

/** Arithmetic of complex numbers as C's Annex G and CPython have it. */
final class ComplexMath {
  private ComplexMath() {}

  private static double box(double x) {
    return Math.copySign(Double.isInfinite(x) ? 1.0 : 0.0, x);
  }

  private static double zeroIfNan(double x) {
    return Double.isNaN(x) ? Math.copySign(0.0, x) : x;
  }

  private static boolean finite(double x, double y) {
    return Double.isFinite(x) && Double.isFinite(y);
  }

  private static boolean anyInfinite(double x, double y) {
    return Double.isInfinite(x) || Double.isInfinite(y);
  }

  // Compare CPython _Py_c_prod in complexobject.c.
  static PyComplex multiply(double a, double b, double c, double d) {
    double ac = a * c;
    double bd = b * d;
    double ad = a * d;
    double bc = b * c;
    double re = ac - bd;
    double im = ad + bc;
    if (!Double.isNaN(re) || !Double.isNaN(im)) {
      return new PyComplex(re, im);
    }
    boolean again = false;
    if (anyInfinite(a, b)) {
      a = box(a);
      b = box(b);
      c = zeroIfNan(c);
      d = zeroIfNan(d);
      again = true;
    }
    if (anyInfinite(c, d)) {
      c = box(c);
      d = box(d);
      a = zeroIfNan(a);
      b = zeroIfNan(b);
      again = true;
    }
    if (!again && (anyInfinite(ac, bd) || anyInfinite(ad, bc))) {
      a = zeroIfNan(a);
      b = zeroIfNan(b);
      c = zeroIfNan(c);
      d = zeroIfNan(d);
      again = true;
    }
    return again
        ? new PyComplex(
            Double.POSITIVE_INFINITY * (a * c - b * d), Double.POSITIVE_INFINITY * (a * d + b * c))
        : new PyComplex(re, im);
  }

  // Compare CPython _Py_c_quot and _Py_rc_quot in complexobject.c.
  /**
   * (a + bi) / (c + di).
   *
   * @param real whether the dividend is a real number, whose b doesn't count at all
   */
  static PyComplex divide(double a, double b, double c, double d, boolean real) {
    if (c == 0 && d == 0) {
      throw Errors.zeroDivisionError("division by zero");
    }
    double re = Double.NaN;
    double im = Double.NaN;
    if (Math.abs(c) >= Math.abs(d)) {
      double ratio = d / c;
      double den = c + d * ratio;
      re = real ? a / den : (a + b * ratio) / den;
      im = real ? -a * ratio / den : (b - a * ratio) / den;
    } else if (Math.abs(d) >= Math.abs(c)) {
      double ratio = c / d;
      double den = c * ratio + d;
      re = real ? a * ratio / den : (a * ratio + b) / den;
      im = real ? -a / den : (b * ratio - a) / den;
    }
    if (!Double.isNaN(re) || !Double.isNaN(im)) {
      return new PyComplex(re, im);
    }
    if (!real && anyInfinite(a, b) && finite(c, d)) {
      double x = box(a);
      double y = box(b);
      return new PyComplex(
          Double.POSITIVE_INFINITY * (x * c + y * d), Double.POSITIVE_INFINITY * (y * c - x * d));
    }
    if (anyInfinite(c, d) && finite(a, real ? 0 : b)) {
      double x = box(c);
      double y = box(d);
      return real
          ? new PyComplex(0.0 * (a * x), 0.0 * (-a * y))
          : new PyComplex(0.0 * (a * x + b * y), 0.0 * (b * x - a * y));
    }
    return new PyComplex(re, im);
  }

  /** (a + bi) / c. */
  static PyComplex divideByReal(double a, double b, double c) {
    if (c == 0) {
      throw Errors.zeroDivisionError("division by zero");
    }
    return new PyComplex(a / c, b / c);
  }

  private static PyComplex overflowChecked(PyComplex z) {
    if (anyInfinite(z.real, z.imag)) {
      throw Errors.overflowError("complex exponentiation");
    }
    return z;
  }

  private static RuntimeException zeroToPower() {
    return Errors.zeroDivisionError("zero to a negative or complex power");
  }

  // Compare CPython complex_pow in complexobject.c.
  static PyComplex power(double a, double b, double c, double d) {
    if (d == 0 && c == Math.floor(c) && Math.abs(c) <= 100) {
      int n = (int) c;
      if (n < 0 && a == 0 && b == 0) {
        throw zeroToPower();
      }
      PyComplex p = integerPower(a, b, Math.abs(n));
      return overflowChecked(n >= 0 ? p : divide(1, 0, p.real, p.imag, false));
    }
    if (a == 0 && b == 0) {
      if (d != 0 || c < 0) {
        throw zeroToPower();
      }
      return new PyComplex(0, 0);
    }
    double abs = Math.hypot(a, b);
    double length = Math.pow(abs, c);
    double at = Math.atan2(b, a);
    double phase = at * c;
    if (d != 0) {
      length *= Math.exp(-at * d);
      phase += d * Math.log(abs);
    }
    return overflowChecked(new PyComplex(length * Math.cos(phase), length * Math.sin(phase)));
  }

  private static PyComplex integerPower(double a, double b, int n) {
    PyComplex r = new PyComplex(1, 0);
    PyComplex p = new PyComplex(a, b);
    for (int mask = 1; mask > 0 && n >= mask; mask <<= 1) {
      if ((n & mask) != 0) {
        r = multiply(r.real, r.imag, p.real, p.imag);
      }
      p = multiply(p.real, p.imag, p.real, p.imag);
    }
    return r;
  }
}
