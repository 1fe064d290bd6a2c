package org.plait.modules.decimal;

import java.math.BigInteger;

/** Square roots. */
final class Roots {
  private Roots() {}

  /** The square root, rounded to the nearest, the even one half-way. */
  static PyDecimal sqrt(PyDecimal a, Rules r, Status st) {
    if (a.isNan()) {
      return Rounding.quiet(a, r, st);
    }
    if (a.isInfinite()) {
      return a.neg ? Rounding.invalid(st) : DecimalValue.INFINITY;
    }
    Rules nearest = r.withRounding(Rules.HALF_EVEN);
    long ideal = Math.floorDiv(a.exp, 2L);
    if (a.hasZeroCoefficient()) {
      return Rounding.fit(DecimalValue.of(a.neg, 0, ideal), nearest, st);
    }
    if (a.neg) {
      return Rounding.invalid(st);
    }
    // The root of coefficient * 10**shift gets one digit more than the precision.
    long odd = a.exp & 1;
    long shift = 2 * (r.prec + 1) - (a.digits() + odd);
    shift += shift & 1;
    BigInteger c = odd == 0 ? a.coefficient() : Tens.shiftLeft(a.coefficient(), 1);
    boolean inexact = false;
    if (shift >= 0) {
      c = Tens.shiftLeft(c, shift);
    } else {
      BigInteger[] d = c.divideAndRemainder(Tens.pow(-shift));
      c = d[0];
      inexact = d[1].signum() != 0;
    }
    BigInteger[] root = c.sqrtAndRemainder();
    inexact |= root[1].signum() != 0;
    long exp = ideal - shift / 2;
    if (inexact) {
      return Rounding.fit(DecimalValue.of(false, root[0], exp), true, nearest, st);
    }
    if (exp < ideal) {
      long zeros = Tens.trailingZeros(root[0], ideal - exp);
      return Rounding.fit(false, Tens.shiftRight(root[0], zeros), exp + zeros, nearest, st);
    }
    return Rounding.fit(Rounding.padded(DecimalValue.of(false, root[0], exp), ideal), nearest, st);
  }
}
