package org.plait.modules.decimal;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.PyObject;

/**
 * What a {@code Decimal} holds: sign, coefficient and exponent, or an infinity, or a NaN whose
 * coefficient is its payload. Immutable but for the two caches, which are benign races.
 *
 * <p>A coefficient below 10**18 is in {@link #small}, with {@link #big} null; any other is in
 * {@link #big} alone.
 */
abstract class DecimalValue extends PyObject {
  static final byte FINITE = 0;
  static final byte INFINITE = 1;
  static final byte QUIET_NAN = 2;
  static final byte SIGNALING_NAN = 3;

  static final PyDecimal ZERO = of(false, 0, 0);
  static final PyDecimal ONE = of(false, 1, 0);
  static final PyDecimal MINUS_ONE = of(true, 1, 0);
  static final PyDecimal TWO = of(false, 2, 0);
  static final PyDecimal INFINITY = infinity(false);
  static final PyDecimal MINUS_INFINITY = infinity(true);
  static final PyDecimal NAN = new PyDecimal(false, QUIET_NAN, 0, 0, null);

  final long exp;
  final long small;
  final @Nullable BigInteger big;
  final boolean neg;
  final byte kind;

  /** The number of digits of {@link #big}, 0 when not counted yet. */
  private int bigDigits;

  DecimalValue(boolean neg, byte kind, long exp, long small, @Nullable BigInteger big) {
    this.neg = neg;
    this.kind = kind;
    this.exp = exp;
    this.small = small;
    this.big = big;
  }

  // ---- making

  /** A finite number; the coefficient may have 19 digits. */
  static PyDecimal of(boolean neg, long coefficient, long exp) {
    return coefficient < Tens.SMALL_LIMIT
        ? new PyDecimal(neg, FINITE, exp, coefficient, null)
        : new PyDecimal(neg, FINITE, exp, 0, BigInteger.valueOf(coefficient));
  }

  /** A finite number. */
  static PyDecimal of(boolean neg, BigInteger coefficient, long exp) {
    return of(neg, FINITE, coefficient, exp);
  }

  static PyDecimal of(boolean neg, byte kind, BigInteger coefficient, long exp) {
    if (coefficient.bitLength() < 64) {
      long v = coefficient.longValue();
      if (v < Tens.SMALL_LIMIT) {
        return new PyDecimal(neg, kind, exp, v, null);
      }
    }
    return new PyDecimal(neg, kind, exp, 0, coefficient);
  }

  static PyDecimal infinity(boolean neg) {
    return new PyDecimal(neg, INFINITE, 0, 0, null);
  }

  /** The exact value of an int. */
  static PyDecimal of(BigInteger v) {
    return of(v.signum() < 0, v.abs(), 0);
  }

  /** The exact value of a long. */
  static PyDecimal of(long v) {
    return v == Long.MIN_VALUE ? of(BigInteger.valueOf(v)) : of(v < 0, Math.abs(v), 0);
  }

  final PyDecimal withSign(boolean negative) {
    return negative == neg && getClass() == PyDecimal.class
        ? (PyDecimal) this
        : new PyDecimal(negative, kind, exp, small, big);
  }

  /** The same coefficient with another exponent. */
  final PyDecimal withExp(long e) {
    return e == exp && getClass() == PyDecimal.class
        ? (PyDecimal) this
        : new PyDecimal(neg, kind, e, small, big);
  }

  // ---- looking

  final boolean isFinite() {
    return kind == FINITE;
  }

  final boolean isInfinite() {
    return kind == INFINITE;
  }

  final boolean isNan() {
    return kind >= QUIET_NAN;
  }

  final boolean isQuietNan() {
    return kind == QUIET_NAN;
  }

  final boolean isSignalingNan() {
    return kind == SIGNALING_NAN;
  }

  /** Whether all digits are 0; true for infinities and NaNs without a payload, too. */
  final boolean hasZeroCoefficient() {
    return small == 0 && big == null;
  }

  final boolean isZero() {
    return small == 0 && big == null && kind == FINITE;
  }

  final BigInteger coefficient() {
    return big == null ? BigInteger.valueOf(small) : big;
  }

  /** The number of digits of the coefficient; 1 for zero. */
  final long digits() {
    if (big == null) {
      return Tens.digits(small);
    }
    int d = bigDigits;
    if (d == 0) {
      d = (int) Tens.digits(big);
      bigDigits = d;
    }
    return d;
  }

  /** The exponent of the first digit. */
  final long adjusted() {
    return exp + digits() - 1;
  }

  /** -1, 0 or 1, by the sign alone where the coefficient is not zero. */
  final int signum() {
    return hasZeroCoefficient() ? 0 : neg ? -1 : 1;
  }

  /** Whether a finite number has no fraction. */
  final boolean isInteger() {
    if (kind != FINITE) {
      return false;
    }
    if (exp >= 0 || hasZeroCoefficient()) {
      return true;
    }
    if (-exp >= digits()) {
      return false;
    }
    return big == null ? small % Tens.LONG[(int) -exp] == 0 : Tens.trailingZeros(big, -exp) == -exp;
  }

  /** Whether a finite number without a fraction is odd. */
  final boolean isOdd() {
    if (exp > 0 || hasZeroCoefficient()) {
      return false;
    }
    if (big == null) {
      return (small / Tens.LONG[(int) -exp] & 1) != 0;
    }
    return Tens.shiftRight(big, -exp).testBit(0);
  }

  /** The digits of the coefficient. */
  final String digitText() {
    return big == null ? Long.toString(small) : big.toString();
  }
}
