package org.plait.modules.decimal;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Quotients and remainders. */
final class Division {
  /** Digits that are found at a time. */
  private static final int STEP = 9;

  private static final long BILLION = 1_000_000_000;

  /** A remainder by a divisor up to here times 10**9 is a long. */
  private static final long MOST_QUICK = Long.MAX_VALUE / BILLION;

  private static final int QUICK_DIGITS = 2 * Tens.SMALL_DIGITS;

  private Division() {}

  /** A quotient without fraction and its remainder. */
  record Result(PyDecimal quotient, PyDecimal remainder) {
    static Result failed(Status st, int conditions) {
      st.add(conditions);
      return new Result(DecimalValue.NAN, DecimalValue.NAN);
    }
  }

  static PyDecimal divide(PyDecimal a, PyDecimal b, Rules r, Status st) {
    if ((a.kind | b.kind) != 0) {
      return special(a, b, r, st);
    }
    boolean neg = a.neg != b.neg;
    if (b.hasZeroCoefficient()) {
      return byZero(a, neg, st);
    }
    long ideal = a.exp - b.exp;
    if (a.big == null && b.big == null && a.small % b.small == 0) {
      return Rounding.fit(neg, a.small / b.small, ideal, r, st);
    }
    if (a.hasZeroCoefficient()) {
      return Rounding.fit(DecimalValue.of(neg, 0, ideal), r, st);
    }
    if (a.big == null && b.big == null && b.small <= MOST_QUICK && r.prec <= QUICK_DIGITS) {
      PyDecimal x = quickly(a.small, b.small, neg, ideal, r, st);
      if (x != null) {
        return x;
      }
    }
    // One digit more than the precision, at least, and whether something is left.
    long shift = b.digits() - a.digits() + r.prec + 1;
    BigInteger n = shift > 0 ? Tens.shiftLeft(a.coefficient(), shift) : a.coefficient();
    BigInteger d = shift < 0 ? Tens.shiftLeft(b.coefficient(), -shift) : b.coefficient();
    BigInteger[] q = n.divideAndRemainder(d);
    long exp = ideal - shift;
    if (q[1].signum() != 0) {
      return Rounding.fit(DecimalValue.of(neg, q[0], exp), true, r, st);
    }
    long zeros = exp < ideal ? Tens.trailingZeros(q[0], ideal - exp) : 0;
    return Rounding.fit(neg, Tens.shiftRight(q[0], zeros), exp + zeros, r, st);
  }

  /**
   * The quotient of coefficients by division as at school, up to nine digits at a time; null where
   * it is not found so.
   */
  private static @Nullable PyDecimal quickly(
      long a, long b, boolean neg, long ideal, Rules r, Status st) {
    long whole = a / b;
    long ahead = a % b * BILLION;
    if (whole < BILLION && ahead % b == 0) {
      long c = whole * BILLION + ahead / b;
      long zeros = Tens.trailingZeros(c, STEP);
      return Rounding.fit(neg, c / Tens.LONG[(int) zeros], ideal - STEP + zeros, r, st);
    }
    // The first digits, up to 18, and those behind; a has all 18 so that there are enough of them.
    int scale = Tens.SMALL_DIGITS - Tens.digits(a);
    long scaled = a * Tens.LONG[scale];
    long high = scaled / b;
    long rest = scaled % b;
    int want = (int) Math.min(r.prec, Tens.SMALL_DIGITS);
    int have = Tens.digits(high);
    if (have > want) {
      return null;
    }
    int shift = scale;
    while (have < want) {
      int n = Math.min(STEP, want - have);
      rest *= Tens.LONG[n];
      high = high * Tens.LONG[n] + rest / b;
      rest %= b;
      have += n;
      shift += n;
    }
    int behind = (int) r.prec - want;
    long low = 0;
    for (int left = behind; left > 0; ) {
      int n = Math.min(STEP, left);
      rest *= Tens.LONG[n];
      low = low * Tens.LONG[n] + rest / b;
      rest %= b;
      left -= n;
    }
    long exp = ideal - shift - behind;
    if (rest == 0 || exp < r.plainLow || exp > r.plainHigh - QUICK_DIGITS) {
      return null;
    }
    int cut = Rounding.compareWithHalf(rest, b);
    if (Rounding.increments(r.rounding, neg, (int) ((behind == 0 ? high : low) % 10), cut)) {
      long all = Tens.LONG[behind == 0 ? want : behind] - 1;
      if ((behind == 0 ? high : low) == all) {
        return null;
      }
      if (behind == 0) {
        high++;
      } else {
        low++;
      }
    }
    st.add(Status.INEXACT | Status.ROUNDED);
    if (behind == 0) {
      return DecimalValue.of(neg, high, exp);
    }
    BigInteger c = BigInteger.valueOf(high).multiply(Tens.pow(behind)).add(BigInteger.valueOf(low));
    return DecimalValue.of(neg, c, exp);
  }

  private static PyDecimal byZero(PyDecimal a, boolean neg, Status st) {
    if (a.hasZeroCoefficient()) {
      return Rounding.failed(st, Status.DIVISION_UNDEFINED);
    }
    st.add(Status.DIVISION_BY_ZERO);
    return DecimalValue.infinity(neg);
  }

  private static PyDecimal special(PyDecimal a, PyDecimal b, Rules r, Status st) {
    if (a.isNan() || b.isNan()) {
      return Rounding.quiet(a, b, r, st);
    }
    boolean neg = a.neg != b.neg;
    if (a.isInfinite()) {
      return b.isInfinite() ? Rounding.invalid(st) : DecimalValue.infinity(neg);
    }
    st.add(Status.CLAMPED);
    return DecimalValue.of(neg, 0, r.etiny());
  }

  // ---- without a fraction

  /** The quotient and remainder of finite numbers; the divisor is not 0. */
  private static Result whole(PyDecimal a, PyDecimal b, Rules r, Status st) {
    boolean neg = a.neg != b.neg;
    long exp = Math.min(a.exp, b.exp);
    if (a.hasZeroCoefficient()) {
      return new Result(DecimalValue.of(neg, 0, 0), DecimalValue.of(a.neg, 0, exp));
    }
    long distance = a.adjusted() - b.adjusted();
    if (distance < 0) {
      return new Result(DecimalValue.of(neg, 0, 0), Rounding.padded(a, exp));
    }
    if (distance > r.prec) {
      return Result.failed(st, Status.DIVISION_IMPOSSIBLE);
    }
    if (a.big == null && b.big == null && a.exp == b.exp) {
      long q = a.small / b.small;
      return Tens.digits(q) > r.prec
          ? Result.failed(st, Status.DIVISION_IMPOSSIBLE)
          : new Result(
              DecimalValue.of(neg, q, 0), DecimalValue.of(a.neg, a.small - q * b.small, exp));
    }
    BigInteger n = Tens.shiftLeft(a.coefficient(), a.exp - exp);
    BigInteger d = Tens.shiftLeft(b.coefficient(), b.exp - exp);
    BigInteger[] q = n.divideAndRemainder(d);
    PyDecimal quotient = DecimalValue.of(neg, q[0], 0);
    return quotient.digits() > r.prec
        ? Result.failed(st, Status.DIVISION_IMPOSSIBLE)
        : new Result(quotient, DecimalValue.of(a.neg, q[1], exp));
  }

  static PyDecimal divideInt(PyDecimal a, PyDecimal b, Rules r, Status st) {
    boolean neg = a.neg != b.neg;
    if ((a.kind | b.kind) != 0) {
      if (a.isNan() || b.isNan()) {
        return Rounding.quiet(a, b, r, st);
      }
      if (a.isInfinite()) {
        return b.isInfinite() ? Rounding.invalid(st) : DecimalValue.infinity(neg);
      }
      return DecimalValue.of(neg, 0, 0);
    }
    if (b.hasZeroCoefficient()) {
      return byZero(a, neg, st);
    }
    return Rounding.fit(whole(a, b, r, st).quotient, r, st);
  }

  static PyDecimal remainder(PyDecimal a, PyDecimal b, Rules r, Status st) {
    if ((a.kind | b.kind) != 0) {
      if (a.isNan() || b.isNan()) {
        return Rounding.quiet(a, b, r, st);
      }
      return a.isInfinite() ? Rounding.invalid(st) : Rounding.fit(a.withSign(a.neg), r, st);
    }
    if (b.hasZeroCoefficient()) {
      return remainderByZero(a, st);
    }
    return Rounding.fit(whole(a, b, r, st).remainder, r, st);
  }

  private static PyDecimal remainderByZero(PyDecimal a, Status st) {
    return Rounding.failed(
        st, a.hasZeroCoefficient() ? Status.DIVISION_UNDEFINED : Status.INVALID_OPERATION);
  }

  static Result divmod(PyDecimal a, PyDecimal b, Rules r, Status st) {
    boolean neg = a.neg != b.neg;
    if ((a.kind | b.kind) != 0) {
      if (a.isNan() || b.isNan()) {
        PyDecimal nan = Rounding.quiet(a, b, r, st);
        return new Result(nan, nan);
      }
      if (a.isInfinite()) {
        st.add(Status.INVALID_OPERATION);
        return new Result(
            b.isInfinite() ? DecimalValue.NAN : DecimalValue.infinity(neg), DecimalValue.NAN);
      }
      return new Result(DecimalValue.of(neg, 0, 0), Rounding.fit(a.withSign(a.neg), r, st));
    }
    if (b.hasZeroCoefficient()) {
      if (a.hasZeroCoefficient()) {
        return Result.failed(st, Status.DIVISION_UNDEFINED);
      }
      st.add(Status.DIVISION_BY_ZERO | Status.INVALID_OPERATION);
      return new Result(DecimalValue.infinity(neg), DecimalValue.NAN);
    }
    Result w = whole(a, b, r, st);
    if (w.quotient.isNan()) {
      return w;
    }
    return new Result(Rounding.fit(w.quotient, r, st), Rounding.fit(w.remainder, r, st));
  }

  /** {@code a - b * n}, where n is the integer nearest to the quotient, the even one half-way. */
  static PyDecimal remainderNear(PyDecimal a, PyDecimal b, Rules r, Status st) {
    if ((a.kind | b.kind) != 0) {
      if (a.isNan() || b.isNan()) {
        return Rounding.quiet(a, b, r, st);
      }
      return a.isInfinite() ? Rounding.invalid(st) : Rounding.fit(a.withSign(a.neg), r, st);
    }
    if (b.hasZeroCoefficient()) {
      return remainderByZero(a, st);
    }
    long exp = Math.min(a.exp, b.exp);
    if (a.hasZeroCoefficient()) {
      return Rounding.fit(DecimalValue.of(a.neg, 0, exp), r, st);
    }
    long distance = a.adjusted() - b.adjusted();
    if (distance <= -2) {
      return Rounding.fit(a.exp > exp ? Rounding.padded(a, exp) : a.withSign(a.neg), r, st);
    }
    if (distance > r.prec) {
      return Rounding.failed(st, Status.DIVISION_IMPOSSIBLE);
    }
    BigInteger n = Tens.shiftLeft(a.coefficient(), a.exp - exp);
    BigInteger d = Tens.shiftLeft(b.coefficient(), b.exp - exp);
    BigInteger[] q = n.divideAndRemainder(d);
    BigInteger quotient = q[0];
    BigInteger rest = q[1];
    int half = rest.shiftLeft(1).compareTo(d);
    if (half > 0 || half == 0 && quotient.testBit(0)) {
      rest = rest.subtract(d);
      quotient = quotient.add(BigInteger.ONE);
    }
    if (DecimalValue.of(false, quotient, 0).digits() > r.prec) {
      return Rounding.failed(st, Status.DIVISION_IMPOSSIBLE);
    }
    boolean neg = rest.signum() < 0 ? !a.neg : a.neg;
    return Rounding.fit(neg, rest.abs(), exp, r, st);
  }
}
