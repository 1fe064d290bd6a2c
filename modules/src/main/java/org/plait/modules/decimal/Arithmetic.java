package org.plait.modules.decimal;

import java.math.BigInteger;

/** Sum, difference, product, fused multiply-add, and what is made of them. */
final class Arithmetic {
  /** A coefficient up to here times 10 to the index stays below 2**62. */
  private static final long[] ALIGNED = new long[Tens.LONG.length];

  static {
    for (int i = 0; i < ALIGNED.length; i++) {
      ALIGNED[i] = (1L << 62) / Tens.LONG[i];
    }
  }

  /** From so many digits on that do not matter it is worth dividing them off. */
  private static final int WORTH_CUTTING = 20;

  private Arithmetic() {}

  // ---- sums

  static PyDecimal add(PyDecimal a, PyDecimal b, Rules r, Status st) {
    return sum(a, b, b.neg, r, st);
  }

  static PyDecimal subtract(PyDecimal a, PyDecimal b, Rules r, Status st) {
    // A NaN keeps its sign.
    return sum(a, b, b.isNan() ? b.neg : !b.neg, r, st);
  }

  /** The sum of a and of b with another sign. */
  private static PyDecimal sum(PyDecimal a, PyDecimal b, boolean bNeg, Rules r, Status st) {
    if ((a.kind | b.kind) != 0) {
      return special(a, b, bNeg, r, st);
    }
    if (a.big == null && b.big == null) {
      long d = a.exp - b.exp;
      if (d == 0) {
        return sumOf(a.neg, a.small, bNeg, b.small, a.exp, r, st);
      }
      if (d > 0 && d <= Tens.SMALL_DIGITS && a.small <= ALIGNED[(int) d]) {
        return sumOf(a.neg, a.small * Tens.LONG[(int) d], bNeg, b.small, b.exp, r, st);
      }
      if (d < 0 && d >= -Tens.SMALL_DIGITS && b.small <= ALIGNED[(int) -d]) {
        return sumOf(a.neg, a.small, bNeg, b.small * Tens.LONG[(int) -d], a.exp, r, st);
      }
    }
    return a.exp >= b.exp ? aligned(a, a.neg, b, bNeg, r, st) : aligned(b, bNeg, a, a.neg, r, st);
  }

  /** The sum of two coefficients below 2**62 with one exponent. */
  private static PyDecimal sumOf(
      boolean aNeg, long a, boolean bNeg, long b, long exp, Rules r, Status st) {
    if (aNeg == bNeg) {
      return Rounding.fit(aNeg, a + b, exp, r, st);
    }
    long v = a - b;
    return v == 0
        ? Rounding.fit(r.rounding == Rules.FLOOR, 0, exp, r, st)
        : Rounding.fit(v > 0 ? aNeg : bNeg, Math.abs(v), exp, r, st);
  }

  private static PyDecimal special(PyDecimal a, PyDecimal b, boolean bNeg, Rules r, Status st) {
    if (a.isNan() || b.isNan()) {
      return Rounding.quiet(a, b, r, st);
    }
    if (a.isInfinite()) {
      return b.isInfinite() && a.neg != bNeg ? Rounding.invalid(st) : DecimalValue.infinity(a.neg);
    }
    return DecimalValue.infinity(bNeg);
  }

  /** The sum where {@code high} has the larger exponent, or the same. */
  private static PyDecimal aligned(
      PyDecimal high, boolean highNeg, PyDecimal low, boolean lowNeg, Rules r, Status st) {
    long lowExp = low.exp;
    BigInteger l = low.coefficient();
    BigInteger h = high.coefficient();
    if (high.exp != lowExp && !high.hasZeroCoefficient()) {
      long cut = high.adjusted() - r.prec - 4;
      if (lowExp < cut - WORTH_CUTTING && high.exp >= cut && low.adjusted() < high.adjusted() - 2) {
        // The digits of the result are those above, and one that tells whether anything is below.
        BigInteger[] d = l.divideAndRemainder(Tens.pow(Math.min(cut - lowExp, low.digits())));
        l = low.adjusted() < cut ? BigInteger.ZERO : d[0].multiply(BigInteger.TEN);
        if (l.signum() == 0 ? !low.hasZeroCoefficient() : d[1].signum() != 0) {
          l = l.add(BigInteger.ONE);
        }
        lowExp = cut - 1;
        return ofAligned(Tens.shiftLeft(h, high.exp - lowExp), highNeg, l, lowNeg, lowExp, r, st);
      }
      // What lies wholly behind the digits of the result counts as one unit there.
      long digits = high.digits();
      long far = high.exp - 1 + (digits > r.prec ? 0 : digits - r.prec - 1);
      if (low.adjusted() < far) {
        l = low.hasZeroCoefficient() ? BigInteger.ZERO : BigInteger.ONE;
        lowExp = far;
      }
      h = Tens.shiftLeft(h, high.exp - lowExp);
    }
    return ofAligned(h, highNeg, l, lowNeg, lowExp, r, st);
  }

  private static PyDecimal ofAligned(
      BigInteger h, boolean highNeg, BigInteger l, boolean lowNeg, long exp, Rules r, Status st) {
    if (highNeg == lowNeg) {
      return Rounding.fit(highNeg, h.add(l), exp, r, st);
    }
    BigInteger v = h.subtract(l);
    int sign = v.signum();
    if (sign == 0) {
      return Rounding.fit(r.rounding == Rules.FLOOR, 0, exp, r, st);
    }
    return Rounding.fit(sign > 0 ? highNeg : lowNeg, v.abs(), exp, r, st);
  }

  // ---- products

  static PyDecimal multiply(PyDecimal a, PyDecimal b, Rules r, Status st) {
    if ((a.kind | b.kind) != 0) {
      return specialProduct(a, b, r, st);
    }
    boolean neg = a.neg != b.neg;
    if (a.big == null && b.big == null) {
      long low = a.small * b.small;
      if (low >= 0 && Math.multiplyHigh(a.small, b.small) == 0) {
        return Rounding.fit(neg, low, a.exp + b.exp, r, st);
      }
    }
    return Rounding.fit(exactProduct(a, b), r, st);
  }

  private static PyDecimal specialProduct(PyDecimal a, PyDecimal b, Rules r, Status st) {
    if (a.isNan() || b.isNan()) {
      return Rounding.quiet(a, b, r, st);
    }
    if (a.isZero() || b.isZero()) {
      return Rounding.invalid(st);
    }
    return DecimalValue.infinity(a.neg != b.neg);
  }

  /** The product of finite numbers, which may be out of all ranges. */
  private static PyDecimal exactProduct(PyDecimal a, PyDecimal b) {
    if (a.digits() + b.digits() > 600_000_000) {
      throw org.plait.runtime.exceptions.Errors.memoryError();
    }
    BigInteger c = a == b ? square(a.coefficient()) : a.coefficient().multiply(b.coefficient());
    return DecimalValue.of(a.neg != b.neg, c, a.exp + b.exp);
  }

  private static BigInteger square(BigInteger v) {
    return v.multiply(v);
  }

  /** {@code a * b + c}, rounded once. */
  static PyDecimal fma(PyDecimal a, PyDecimal b, PyDecimal c, Rules r, Status st) {
    if (a.isNan() || b.isNan()) {
      boolean third = c.isSignalingNan() && !a.isSignalingNan() && !b.isSignalingNan();
      return third ? Rounding.quiet(c, r, st) : Rounding.quiet(a, b, r, st);
    }
    if (a.isInfinite() || b.isInfinite()) {
      PyDecimal p = specialProduct(a, b, r, st);
      return p.isNan() ? p : add(p, c, r, st);
    }
    return c.isNan() ? Rounding.quiet(c, r, st) : add(exactProduct(a, b), c, r, st);
  }

  // ---- signs

  static PyDecimal plus(PyDecimal a, Rules r, Status st) {
    if (a.isNan()) {
      return Rounding.quiet(a, r, st);
    }
    boolean neg = a.isZero() ? a.neg && r.rounding == Rules.FLOOR : a.neg;
    return Rounding.fit(a.withSign(neg), r, st);
  }

  static PyDecimal minus(PyDecimal a, Rules r, Status st) {
    if (a.isNan()) {
      return Rounding.quiet(a, r, st);
    }
    boolean neg = a.isZero() ? !a.neg && r.rounding == Rules.FLOOR : !a.neg;
    return Rounding.fit(a.withSign(neg), r, st);
  }

  static PyDecimal abs(PyDecimal a, Rules r, Status st) {
    if (a.isNan()) {
      return Rounding.quiet(a, r, st);
    }
    return a.neg ? minus(a, r, st) : plus(a, r, st);
  }

  // ---- neighbours

  static PyDecimal nextPlus(PyDecimal a, Rules r, Status st) {
    return next(a, false, r, st);
  }

  static PyDecimal nextMinus(PyDecimal a, Rules r, Status st) {
    return next(a, true, r, st);
  }

  private static PyDecimal next(PyDecimal a, boolean down, Rules r, Status st) {
    if (a.isNan()) {
      return Rounding.quiet(a, r, st);
    }
    if (a.isInfinite()) {
      return a.neg == down ? a.withSign(a.neg) : Rounding.largest(a.neg, r);
    }
    Rules directed = r.withRounding(down ? Rules.FLOOR : Rules.CEILING);
    Status own = new Status();
    PyDecimal fitted = Rounding.fit(a.withSign(a.neg), directed, own);
    if (own.has(Status.INEXACT)) {
      return fitted;
    }
    own.bits = 0;
    return add(fitted, DecimalValue.of(down, 1, r.etiny() - 1), directed, own);
  }

  static PyDecimal nextToward(PyDecimal a, PyDecimal b, Rules r, Status st) {
    if (a.isNan() || b.isNan()) {
      return Rounding.quiet(a, b, r, st);
    }
    int c = Comparison.compareFinite(a, b);
    if (c == 0) {
      return a.withSign(b.neg);
    }
    PyDecimal x = next(a, c > 0, r, st);
    if (x.isInfinite()) {
      st.add(Status.OVERFLOW | Status.ROUNDED | Status.INEXACT);
    } else if (x.adjusted() < r.emin) {
      st.add(Status.UNDERFLOW | Status.SUBNORMAL | Status.ROUNDED | Status.INEXACT);
      if (x.isZero()) {
        st.add(Status.CLAMPED);
      }
    }
    return x;
  }
}
