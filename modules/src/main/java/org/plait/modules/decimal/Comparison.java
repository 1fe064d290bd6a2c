package org.plait.modules.decimal;

import java.math.BigInteger;

/** Orders numbers. */
final class Comparison {
  private Comparison() {}

  /** The order of two numbers that are no NaNs. */
  static int compareFinite(DecimalValue a, DecimalValue b) {
    if (a.kind == DecimalValue.FINITE
        && b.kind == DecimalValue.FINITE
        && a.exp == b.exp
        && a.big == null
        && b.big == null) {
      return Long.compare(a.neg ? -a.small : a.small, b.neg ? -b.small : b.small);
    }
    int signA = a.isInfinite() ? (a.neg ? -1 : 1) : a.signum();
    int signB = b.isInfinite() ? (b.neg ? -1 : 1) : b.signum();
    if (signA != signB) {
      return Integer.compare(signA, signB);
    }
    return signA == 0 ? 0 : signA * compareMagnitude(a, b);
  }

  /** The order of the absolute values of two numbers that are no NaNs. */
  static int compareMagnitude(DecimalValue a, DecimalValue b) {
    if (a.isInfinite() || b.isInfinite()) {
      return Boolean.compare(a.isInfinite(), b.isInfinite());
    }
    if (a.hasZeroCoefficient() || b.hasZeroCoefficient()) {
      return Boolean.compare(b.hasZeroCoefficient(), a.hasZeroCoefficient());
    }
    int c = Long.compare(a.adjusted(), b.adjusted());
    if (c != 0) {
      return c;
    }
    // The difference of the exponents is now that of the numbers of digits.
    long d = a.exp - b.exp;
    if (a.big == null && b.big == null) {
      long x = d > 0 ? a.small * Tens.LONG[(int) d] : a.small;
      long y = d < 0 ? b.small * Tens.LONG[(int) -d] : b.small;
      return Long.compare(x, y);
    }
    BigInteger x = d > 0 ? Tens.shiftLeft(a.coefficient(), d) : a.coefficient();
    BigInteger y = d < 0 ? Tens.shiftLeft(b.coefficient(), -d) : b.coefficient();
    return x.compareTo(y);
  }

  /** {@code compare}: -1, 0, 1 or NaN. */
  static PyDecimal compare(PyDecimal a, PyDecimal b, Rules r, Status st) {
    return a.isNan() || b.isNan() ? Rounding.quiet(a, b, r, st) : number(compareFinite(a, b));
  }

  /** As {@link #compare}, where quiet NaNs signal too. */
  static PyDecimal compareSignal(PyDecimal a, PyDecimal b, Rules r, Status st) {
    if (a.isNan() || b.isNan()) {
      st.add(Status.INVALID_OPERATION);
    }
    return compare(a, b, r, st);
  }

  static PyDecimal number(int c) {
    return c == 0 ? DecimalValue.ZERO : c < 0 ? DecimalValue.MINUS_ONE : DecimalValue.ONE;
  }

  // ---- the total order

  static int compareTotal(DecimalValue a, DecimalValue b) {
    if (a.neg != b.neg) {
      return a.neg ? -1 : 1;
    }
    int c = compareTotalMagnitude(a, b);
    return a.neg ? -c : c;
  }

  static int compareTotalMagnitude(DecimalValue a, DecimalValue b) {
    if (a.isNan() || b.isNan()) {
      int c = Integer.compare(rank(a), rank(b));
      return c != 0 ? c : a.coefficient().compareTo(b.coefficient());
    }
    int c = compareMagnitude(a, b);
    return c != 0 || a.isInfinite() ? c : Long.compare(a.exp, b.exp);
  }

  private static int rank(DecimalValue a) {
    return a.isQuietNan() ? 2 : a.isSignalingNan() ? 1 : 0;
  }

  // ---- largest and smallest

  private static PyDecimal extreme(
      PyDecimal a, PyDecimal b, boolean max, boolean magnitude, Rules r, Status st) {
    if (a.isQuietNan() && !b.isNan()) {
      return Rounding.fit(b.withSign(b.neg), r, st);
    }
    if (b.isQuietNan() && !a.isNan()) {
      return Rounding.fit(a.withSign(a.neg), r, st);
    }
    if (a.isNan() || b.isNan()) {
      return Rounding.quiet(a, b, r, st);
    }
    int c = magnitude ? compareMagnitude(a, b) : compareFinite(a, b);
    if (c == 0) {
      c = compareTotal(a, b);
    }
    PyDecimal chosen = c < 0 == max ? b : a;
    return Rounding.fit(chosen.withSign(chosen.neg), r, st);
  }

  static PyDecimal max(PyDecimal a, PyDecimal b, Rules r, Status st) {
    return extreme(a, b, true, false, r, st);
  }

  static PyDecimal maxMagnitude(PyDecimal a, PyDecimal b, Rules r, Status st) {
    return extreme(a, b, true, true, r, st);
  }

  static PyDecimal min(PyDecimal a, PyDecimal b, Rules r, Status st) {
    return extreme(a, b, false, false, r, st);
  }

  static PyDecimal minMagnitude(PyDecimal a, PyDecimal b, Rules r, Status st) {
    return extreme(a, b, false, true, r, st);
  }
}
