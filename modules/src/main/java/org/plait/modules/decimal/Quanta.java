package org.plait.modules.decimal;

import org.jspecify.annotations.Nullable;

/** Operations on exponents: quantize, integral values, scaling. */
final class Quanta {
  private Quanta() {}

  /** {@code a} with the exponent of {@code b}. */
  static PyDecimal quantize(PyDecimal a, PyDecimal b, Rules r, Status st) {
    if ((a.kind | b.kind) != 0) {
      if (a.isNan() || b.isNan()) {
        return Rounding.quiet(a, b, r, st);
      }
      return a.isInfinite() && b.isInfinite() ? a.withSign(a.neg) : Rounding.invalid(st);
    }
    long exp = b.exp;
    if (exp > r.emax || exp < r.etiny()) {
      return Rounding.invalid(st);
    }
    if (a.hasZeroCoefficient()) {
      return Rounding.fit(DecimalValue.of(a.neg, 0, exp), r, st);
    }
    long d = a.exp - exp;
    if (d == 0 && a.big == null && exp >= r.plainLow && exp <= r.plainHigh) {
      return Tens.digits(a.small) > r.prec ? Rounding.invalid(st) : a.withSign(a.neg);
    }
    PyDecimal x;
    Status own = new Status();
    if (d >= 0) {
      if (a.digits() + d > r.prec) {
        return Rounding.invalid(st);
      }
      x =
          a.big == null && d <= Tens.SMALL_DIGITS && a.digits() + d <= Tens.SMALL_DIGITS
              ? DecimalValue.of(a.neg, a.small * Tens.LONG[(int) d], exp)
              : Rounding.padded(a, exp);
    } else {
      x = Rounding.drop(a, -d, false, r.rounding, own);
    }
    if (x.adjusted() > r.emax || x.digits() > r.prec) {
      return Rounding.invalid(st);
    }
    st.add(own.bits);
    PyDecimal fitted = Rounding.fit(x, r, st);
    st.bits &= ~Status.UNDERFLOW;
    return fitted;
  }

  static PyDecimal toIntegralQuietly(PyDecimal a, Rules r, Status st) {
    return toIntegral(a, false, r, st);
  }

  static PyDecimal toIntegralExact(PyDecimal a, Rules r, Status st) {
    return toIntegral(a, true, r, st);
  }

  /** Without a fraction, of whatever precision. */
  static PyDecimal toIntegral(PyDecimal a, boolean exact, Rules r, Status st) {
    if (a.isNan()) {
      return Rounding.quiet(a, r, st);
    }
    if (a.isInfinite() || a.exp >= 0) {
      return a.withSign(a.neg);
    }
    if (a.hasZeroCoefficient()) {
      return DecimalValue.of(a.neg, 0, 0);
    }
    Status own = new Status();
    PyDecimal x = Rounding.drop(a, -a.exp, false, r.rounding, own);
    if (exact) {
      st.add(own.bits);
    }
    return x;
  }

  /** {@code normalize}: without zeros at the end. */
  static PyDecimal reduce(PyDecimal a, Rules r, Status st) {
    if (a.isNan()) {
      return Rounding.quiet(a, r, st);
    }
    PyDecimal x = Rounding.fit(a.withSign(a.neg), r, st);
    if (x.isInfinite()) {
      return x;
    }
    if (x.hasZeroCoefficient()) {
      return DecimalValue.of(x.neg, 0, 0);
    }
    long highest = r.clamp ? r.etop() : r.emax;
    long most = highest - x.exp;
    if (x.big == null) {
      long zeros = Tens.trailingZeros(x.small, most);
      return DecimalValue.of(x.neg, x.small / Tens.LONG[(int) zeros], x.exp + zeros);
    }
    long zeros = Tens.trailingZeros(x.big, most);
    return DecimalValue.of(x.neg, Tens.shiftRight(x.big, zeros), x.exp + zeros);
  }

  static PyDecimal logb(PyDecimal a, Rules r, Status st) {
    if (a.isNan()) {
      return Rounding.quiet(a, r, st);
    }
    if (a.isInfinite()) {
      return DecimalValue.INFINITY;
    }
    if (a.hasZeroCoefficient()) {
      st.add(Status.DIVISION_BY_ZERO);
      return DecimalValue.MINUS_INFINITY;
    }
    return Rounding.fit(DecimalValue.of(a.adjusted()), r, st);
  }

  static PyDecimal scaleb(PyDecimal a, PyDecimal b, Rules r, Status st) {
    if (a.isNan() || b.isNan()) {
      return Rounding.quiet(a, b, r, st);
    }
    Long n = smallInteger(b, 2 * (r.emax + r.prec));
    if (n == null) {
      return Rounding.invalid(st);
    }
    if (a.isInfinite()) {
      return a.withSign(a.neg);
    }
    long exp = Math.clamp(a.exp + n, Rules.MIN_ETINY - 1, Rules.MAX_EMAX + 1);
    return Rounding.fit(DecimalValue.of(a.neg, a.coefficient(), exp), r, st);
  }

  /** The value of an integer with exponent 0 that is not larger than a limit; else null. */
  static @Nullable Long smallInteger(PyDecimal b, long most) {
    if (b.kind != DecimalValue.FINITE || b.exp != 0) {
      return null;
    }
    if (b.big != null && b.big.bitLength() > 63) {
      return null;
    }
    long v = b.big == null ? b.small : b.big.longValue();
    return v > most ? null : Long.valueOf(b.neg ? -v : v);
  }
}
