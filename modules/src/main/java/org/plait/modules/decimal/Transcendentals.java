package org.plait.modules.decimal;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;

/**
 * Exponential and logarithms, rounded correctly: they are computed with a few digits more than
 * asked for, and again with more where these do not tell to which side to round (Ziv's method).
 * That ends, since no result but those which are dealt with first lies exactly half-way.
 */
final class Transcendentals {
  private static final double BITS_PER_DIGIT = 3.3219280948873626;

  /** Digits more than asked for at first. */
  private static final int GUARD = 10;

  /** A result that would need more digits is out of memory. */
  private static final long MOST_DIGITS = 100_000_000;

  private Transcendentals() {}

  /** One try: the result to so many digits or more, wrong by less than one unit; or null. */
  private interface Attempt {
    @Nullable PyDecimal digits(long n);
  }

  /** A result with digits enough to round it to the precision. */
  private static PyDecimal digits(Attempt f, long prec) {
    for (long guard = GUARD; ; guard *= 2) {
      if (prec + guard > MOST_DIGITS) {
        throw Errors.memoryError();
      }
      PyDecimal x = f.digits(prec + guard);
      long drop = x.digits() - prec;
      if (drop < 3) {
        continue;
      }
      BigInteger unit = Tens.pow(drop);
      BigInteger rest = x.coefficient().mod(unit);
      BigInteger half = unit.shiftRight(1);
      if (rest.subtract(half).abs().compareTo(BigInteger.valueOf(16)) > 0) {
        Rules free =
            new Rules(prec, Long.MIN_VALUE / 2, Long.MAX_VALUE / 2, Rules.HALF_EVEN, false);
        PyDecimal y = Rounding.fit(x, true, free, new Status());
        // Nines alone are no subnormal number where the power of ten that they become is none.
        return y.adjusted() == x.adjusted() ? x : y;
      }
    }
  }

  private static int bits(double digits) {
    return (int) (digits * BITS_PER_DIGIT) + 32;
  }

  /** {@code coefficient * 10**exp} with so many fraction bits, rounded down. */
  private static BigInteger toFixed(BigInteger coefficient, long exp, int bits) {
    return exp >= 0
        ? Tens.shiftLeft(coefficient, exp).shiftLeft(bits)
        : coefficient.shiftLeft(bits).divide(Tens.pow(-exp));
  }

  // ---- exponential

  static PyDecimal exp(PyDecimal a, Rules r, Status st) {
    if (a.isNan()) {
      return Rounding.quiet(a, r, st);
    }
    if (a.isInfinite()) {
      return a.neg ? DecimalValue.ZERO : DecimalValue.INFINITY;
    }
    if (a.hasZeroCoefficient()) {
      return DecimalValue.ONE;
    }
    Rules nearest = r.withRounding(Rules.HALF_EVEN);
    st.add(Status.INEXACT | Status.ROUNDED);
    if (a.adjusted() >= 19) {
      return Rounding.fit(a.neg ? beyondSmall() : beyondLarge(), nearest, st);
    }
    if (a.adjusted() < -r.prec - 1) {
      // So close to 1 that all digits are those of 1.
      return Rounding.fit(Rounding.padded(DecimalValue.ONE, 1 - r.prec), nearest, st);
    }
    return Rounding.fit(digits(n -> expDigits(a, n), r.prec), true, nearest, st);
  }

  static PyDecimal beyondLarge() {
    return DecimalValue.of(false, 1, Rules.MAX_EMAX + 1);
  }

  static PyDecimal beyondSmall() {
    return DecimalValue.of(false, 1, Rules.MIN_ETINY - 1);
  }

  private static PyDecimal expDigits(PyDecimal a, long n) {
    int bits = bits(n + Math.max(0, a.adjusted()) + 8);
    BigInteger c = a.coefficient();
    long e = a.exp;
    long behind = n + 30;
    if (-e > a.digits() + behind) {
      e = -1;
      c = BigInteger.ZERO;
    }
    BigInteger x = toFixed(c, e, bits);
    if (a.neg) {
      x = x.negate();
    }
    BigInteger ln10 = FixedPoint.ln10(bits);
    BigInteger k = floorDiv(x, ln10);
    BigInteger rest = x.subtract(k.multiply(ln10));
    // The error of ln10 counts k times: so many bits are behind those that are needed.
    int w = bits(n + 4);
    BigInteger v = FixedPoint.exp(rest.shiftRight(bits - w), w);
    return DecimalValue.of(false, v.multiply(Tens.pow(n)).shiftRight(w), k.longValueExact() - n);
  }

  private static BigInteger floorDiv(BigInteger a, BigInteger b) {
    BigInteger[] q = a.divideAndRemainder(b);
    return q[1].signum() < 0 ? q[0].subtract(BigInteger.ONE) : q[0];
  }

  // ---- logarithms

  static PyDecimal ln(PyDecimal a, Rules r, Status st) {
    PyDecimal x = specialLog(a, r, st);
    if (x != null) {
      return x;
    }
    if (Comparison.compareFinite(a, DecimalValue.ONE) == 0) {
      return DecimalValue.ZERO;
    }
    st.add(Status.INEXACT | Status.ROUNDED);
    PyDecimal y = digits(n -> logDigits(a, n, false), r.prec);
    return Rounding.fit(y, true, r.withRounding(Rules.HALF_EVEN), st);
  }

  static PyDecimal log10(PyDecimal a, Rules r, Status st) {
    PyDecimal x = specialLog(a, r, st);
    if (x != null) {
      return x;
    }
    Rules nearest = r.withRounding(Rules.HALF_EVEN);
    if (isPowerOfTen(a)) {
      return Rounding.fit(DecimalValue.of(a.adjusted()), nearest, st);
    }
    st.add(Status.INEXACT | Status.ROUNDED);
    return Rounding.fit(digits(n -> logDigits(a, n, true), r.prec), true, nearest, st);
  }

  static boolean isPowerOfTen(PyDecimal a) {
    long zeros = a.digits() - 1;
    return a.big == null
        ? a.small == Tens.LONG[(int) zeros]
        : Tens.trailingZeros(a.big, zeros) == zeros && a.big.equals(Tens.pow(zeros));
  }

  private static @Nullable PyDecimal specialLog(PyDecimal a, Rules r, Status st) {
    if (a.isNan()) {
      return Rounding.quiet(a, r, st);
    }
    if (a.isInfinite()) {
      return a.neg ? Rounding.invalid(st) : DecimalValue.INFINITY;
    }
    if (a.hasZeroCoefficient()) {
      return DecimalValue.MINUS_INFINITY;
    }
    return a.neg ? Rounding.invalid(st) : null;
  }

  private static PyDecimal logDigits(PyDecimal a, long n, boolean base10) {
    // a = m * 10**power, with m from 0.3 up to 3.
    long power = a.adjusted();
    BigInteger c = a.coefficient();
    if (leading(a) >= 3) {
      power++;
    }
    long exp = a.exp - power;
    // Close to 1 the first digits of the logarithm are zeros.
    long zeros = 0;
    if (power == 0) {
      BigInteger distance =
          Tens.shiftLeft(c, Math.max(exp, 0)).subtract(Tens.pow(Math.max(-exp, 0))).abs();
      long digits = DecimalValue.of(false, distance, 0).digits();
      zeros = Math.max(0, -(Math.min(exp, 0) + digits - 1));
    }
    long places = n + zeros + 2;
    int bits = bits(places + 25.0);
    BigInteger v = FixedPoint.ln(toFixed(c, exp, bits), bits);
    BigInteger p = BigInteger.valueOf(power);
    if (base10) {
      v = v.shiftLeft(bits).divide(FixedPoint.ln10(bits)).add(p.shiftLeft(bits));
    } else {
      v = v.add(FixedPoint.ln10(bits).multiply(p));
    }
    boolean neg = v.signum() < 0;
    return DecimalValue.of(neg, v.abs().multiply(Tens.pow(places)).shiftRight(bits), -places);
  }

  /** The first digit. */
  private static int leading(PyDecimal a) {
    long behind = a.digits() - 1;
    return a.big == null
        ? (int) (a.small / Tens.LONG[(int) behind])
        : Tens.shiftRight(a.big, behind).intValue();
  }
}
