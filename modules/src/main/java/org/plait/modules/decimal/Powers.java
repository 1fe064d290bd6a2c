package org.plait.modules.decimal;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Powers. As with libmpdec, a power with an integer for its exponent is made of rounded products
 * with a few digits more than the precision, and any other by way of the logarithm; so the result
 * is nearly always, but not always, the correctly rounded one.
 */
final class Powers {
  /** Digits more than the precision for the logarithm: 4, and those of the largest exponent. */
  private static final int GUARD = 4 + 19;

  private Powers() {}

  static PyDecimal power(PyDecimal a, PyDecimal b, Rules r, Status st) {
    if (a.isNan() || b.isNan()) {
      return Rounding.quiet(a, b, r, st);
    }
    boolean integer = b.isInteger();
    boolean neg = integer && a.neg && b.isOdd();
    if (a.isZero()) {
      return b.isZero() ? Rounding.invalid(st) : b.neg ? DecimalValue.infinity(neg) : zero(neg);
    }
    if (a.neg && !integer) {
      return Rounding.invalid(st);
    }
    if (b.isInfinite()) {
      int c = Comparison.compareMagnitude(a, DecimalValue.ONE);
      if (c == 0) {
        st.add(Status.INEXACT | Status.ROUNDED);
        return onePadded(false, r.prec - 1);
      }
      return c > 0 == b.neg ? zero(false) : DecimalValue.INFINITY;
    }
    if (a.isInfinite()) {
      return b.isZero()
          ? DecimalValue.of(neg, 1, 0)
          : b.neg ? zero(neg) : DecimalValue.infinity(neg);
    }
    if (b.isZero()) {
      return DecimalValue.of(neg, 1, 0);
    }
    if (Comparison.compareMagnitude(a, DecimalValue.ONE) == 0) {
      return ofOne(a, b, integer, neg, r, st);
    }
    PyDecimal beyond = outOfRange(a, b, neg, r, st);
    if (beyond != null) {
      return beyond;
    }
    return integer ? integerPower(a, b, neg, r, st) : realPower(a, b, r, st);
  }

  private static PyDecimal zero(boolean neg) {
    return DecimalValue.of(neg, 0, 0);
  }

  /** One with so many zeros behind the point. */
  private static PyDecimal onePadded(boolean neg, long zeros) {
    return DecimalValue.of(neg, Tens.pow(zeros), -zeros);
  }

  private static PyDecimal ofOne(
      PyDecimal a, PyDecimal b, boolean integer, boolean neg, Rules r, Status st) {
    if (!integer) {
      st.add(Status.INEXACT | Status.ROUNDED);
      return onePadded(neg, r.prec - 1);
    }
    if (b.neg) {
      return DecimalValue.of(neg, 1, 0);
    }
    long most = r.prec - 1;
    long zeros;
    if (a.exp == 0) {
      zeros = 0;
    } else if (b.adjusted() >= 19) {
      zeros = Long.MAX_VALUE;
    } else {
      BigInteger n = integerValue(b).multiply(BigInteger.valueOf(-a.exp));
      zeros = n.bitLength() > 63 ? Long.MAX_VALUE : n.longValue();
    }
    if (zeros > most) {
      zeros = most;
      st.add(Status.ROUNDED);
    }
    return onePadded(neg, zeros);
  }

  /** The absolute value of an integer. */
  private static BigInteger integerValue(PyDecimal b) {
    return b.exp >= 0
        ? Tens.shiftLeft(b.coefficient(), b.exp)
        : Tens.shiftRight(b.coefficient(), -b.exp);
  }

  /** The result if the exponents alone tell that it is out of range, else null. */
  private static @Nullable PyDecimal outOfRange(
      PyDecimal a, PyDecimal b, boolean neg, Rules r, Status st) {
    // At least so large is the exponent of the result's logarithm.
    long order = logOrder(a) + b.adjusted();
    boolean large = a.adjusted() < 0 == b.neg;
    long limit = large ? r.emax : -r.etiny();
    if (order <= Tens.digits(limit)) {
      return null;
    }
    PyDecimal x = large ? Transcendentals.beyondLarge() : Transcendentals.beyondSmall();
    return Rounding.fit(x.withSign(neg), r, st);
  }

  /** A lower bound of the exponent of the logarithm to base 10 of an absolute value. */
  private static long logOrder(PyDecimal a) {
    long adjusted = a.adjusted();
    if (adjusted >= 1) {
      return Tens.digits(adjusted) - 1;
    }
    if (adjusted <= -2) {
      return Tens.digits(-1 - adjusted) - 1;
    }
    // Close to 1 the logarithm is about the distance.
    PyDecimal distance =
        Arithmetic.subtract(a.withSign(false), DecimalValue.ONE, Rules.MAX, new Status());
    return distance.adjusted() - (adjusted == 0 ? 2 : 1);
  }

  // ---- with an integer

  // Compare libmpdec's _mpd_qpow_int.
  private static PyDecimal integerPower(PyDecimal a, PyDecimal b, boolean neg, Rules r, Status st) {
    Rules work =
        new Rules(
            r.prec + b.digits() + b.exp + 2 + (b.neg ? 1 : 0),
            r.emin,
            r.emax,
            Rules.HALF_EVEN,
            false);
    PyDecimal base = a;
    if (b.neg) {
      Status own = new Status();
      base = Division.divide(DecimalValue.ONE, a, work, own);
      st.add(own.bits);
      if (own.has(Status.ERRORS)) {
        return DecimalValue.NAN;
      }
    }
    BigInteger n = integerValue(b);
    PyDecimal x =
        n.bitLength() <= 64 ? fromTheTop(base, n, work, st) : fromTheBottom(base, n, work, st);
    x = x.withSign(neg);
    if (x.isInfinite()) {
      x = Transcendentals.beyondLarge().withSign(neg);
    }
    return Rounding.fit(x, r, st);
  }

  private static boolean isSettled(PyDecimal x, Status st) {
    return x.kind != DecimalValue.FINITE || x.isZero() && st.has(Status.CLAMPED);
  }

  private static PyDecimal fromTheTop(PyDecimal base, BigInteger n, Rules work, Status st) {
    Status own = new Status();
    PyDecimal x = base;
    for (int bit = n.bitLength() - 2; bit >= 0; bit--) {
      x = Arithmetic.multiply(x, x, work, own);
      if (n.testBit(bit)) {
        x = Arithmetic.multiply(x, base, work, own);
      }
      if (isSettled(x, own)) {
        break;
      }
    }
    st.add(own.bits);
    return x;
  }

  private static PyDecimal fromTheBottom(PyDecimal base, BigInteger n, Rules work, Status st) {
    Status own = new Status();
    PyDecimal x = DecimalValue.ONE;
    PyDecimal square = base;
    for (int bit = 0; bit < n.bitLength(); bit++) {
      if (n.testBit(bit)) {
        x = Arithmetic.multiply(x, square, work, own);
        st.add(own.bits);
        if (isSettled(x, own)) {
          return x;
        }
      }
      square = Arithmetic.multiply(square, square, work, own);
      if (isSettled(square, own)) {
        st.add(own.bits);
        return square;
      }
    }
    return x;
  }

  // ---- with any number

  // Compare libmpdec's _mpd_qpow_real.
  private static PyDecimal realPower(PyDecimal a, PyDecimal b, Rules r, Status st) {
    Rules work = Rules.MAX.withPrec(Math.max(a.digits(), r.prec) + GUARD);
    Status own = new Status();
    PyDecimal x = Transcendentals.ln(a, work, own);
    x = Arithmetic.multiply(x, b, work, own);
    x = Transcendentals.exp(x, work, st);
    st.add(own.bits & Status.ERRORS | Status.INEXACT | Status.ROUNDED);
    if (x.isFinite() && Comparison.compareFinite(x, DecimalValue.ONE) == 0) {
      x = onePadded(false, r.prec - 1);
    }
    if (x.isInfinite()) {
      x = Transcendentals.beyondLarge();
    }
    return Rounding.fit(x, r, st);
  }

  // ---- with a modulus

  /** {@code a ** b % m} of integers. */
  static PyDecimal powerModulo(PyDecimal a, PyDecimal b, PyDecimal m, Rules r, Status st) {
    if (a.isNan() || b.isNan() || m.isNan()) {
      if (a.isSignalingNan() || b.isSignalingNan()) {
        return Rounding.quiet(a, b, r, st);
      }
      if (m.isSignalingNan()) {
        return Rounding.quiet(m, r, st);
      }
      return a.isNan() || b.isNan() ? Rounding.quiet(a, b, r, st) : Rounding.quiet(m, r, st);
    }
    if (!a.isInteger() || !b.isInteger() || !m.isInteger()) {
      return Rounding.invalid(st);
    }
    if (m.isZero() || m.adjusted() >= r.prec || b.neg && !b.isZero() || a.isZero() && b.isZero()) {
      return Rounding.invalid(st);
    }
    boolean neg = a.neg && b.isOdd();
    BigInteger modulus = integerValue(m);
    BigInteger base =
        a.exp >= 0
            ? a.coefficient()
                .multiply(BigInteger.TEN.modPow(BigInteger.valueOf(a.exp), modulus))
                .mod(modulus)
            : integerValue(a).mod(modulus);
    BigInteger v;
    if (b.exp > 0) {
      // (base ** c) ** (10 ** e), ten at a time.
      v = base.modPow(b.coefficient(), modulus);
      for (long i = 0; i < b.exp && v.compareTo(BigInteger.ONE) > 0; i++) {
        v = v.modPow(BigInteger.TEN, modulus);
      }
    } else {
      v = base.modPow(integerValue(b), modulus);
    }
    return DecimalValue.of(neg, v, 0);
  }
}
