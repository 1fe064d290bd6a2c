package org.plait.modules.decimal;

import java.math.BigInteger;

/** Fits exact results into a context's precision and range. */
final class Rounding {
  // What of a coefficient was cut off, compared with half a unit.
  static final int EXACT = 0;
  static final int BELOW_HALF = 1;
  static final int HALF = 2;
  static final int ABOVE_HALF = 3;

  private Rounding() {}

  /**
   * Whether the coefficient that is left must be made larger by one.
   *
   * @param lastDigit the last digit that is left
   * @param cut what was cut off
   */
  static boolean increments(int mode, boolean neg, int lastDigit, int cut) {
    if (cut == EXACT) {
      return false;
    }
    return switch (mode) {
      case Rules.UP -> true;
      case Rules.DOWN -> false;
      case Rules.CEILING -> !neg;
      case Rules.FLOOR -> neg;
      case Rules.HALF_UP -> cut >= HALF;
      case Rules.HALF_DOWN -> cut > HALF;
      case Rules.HALF_EVEN -> cut > HALF || cut == HALF && (lastDigit & 1) != 0;
      default -> lastDigit == 0 || lastDigit == 5;
    };
  }

  private static int cut(int comparedWithHalf) {
    return comparedWithHalf < 0 ? BELOW_HALF : comparedWithHalf == 0 ? HALF : ABOVE_HALF;
  }

  /** Fits a number with a coefficient of up to 19 digits. */
  static PyDecimal fit(boolean neg, long c, long exp, Rules r, Status st) {
    if (exp >= r.plainLow && exp <= r.plainHigh && Tens.digits(c) <= r.prec) {
      return DecimalValue.of(neg, c, exp);
    }
    return fit(DecimalValue.of(neg, c, exp), r, st);
  }

  static PyDecimal fit(boolean neg, BigInteger c, long exp, Rules r, Status st) {
    return fit(DecimalValue.of(neg, c, exp), r, st);
  }

  /** Equivalent of libmpdec's {@code mpd_qfinalize}. */
  static PyDecimal fit(PyDecimal x, Rules r, Status st) {
    return fit(x, false, r, st);
  }

  /**
   * Fits a number to which something of less than a unit may have to be added.
   *
   * @param sticky whether that something is not zero; the number then has more digits than the
   *     precision
   */
  static PyDecimal fit(PyDecimal x, boolean sticky, Rules r, Status st) {
    if (x.kind != DecimalValue.FINITE) {
      return x.isNan() ? cutPayload(x, r) : x;
    }
    long digits = x.digits();
    long adjusted = x.exp + digits - 1;
    if (adjusted > r.emax) {
      return x.hasZeroCoefficient() ? clampedZero(x, r, st) : overflow(x.neg, r, st);
    }
    if (r.clamp && x.exp > r.etop()) {
      st.add(Status.CLAMPED);
      if (!x.hasZeroCoefficient() && adjusted < r.emin) {
        st.add(Status.SUBNORMAL);
      }
      return padded(x, r.etop());
    }
    long drop = digits - r.prec;
    boolean subnormal = adjusted < r.emin;
    if (subnormal) {
      long etiny = r.etiny();
      if (x.hasZeroCoefficient()) {
        if (x.exp >= etiny) {
          return x;
        }
        st.add(Status.CLAMPED);
        return DecimalValue.of(x.neg, 0, etiny);
      }
      st.add(Status.SUBNORMAL);
      drop = etiny - x.exp;
    }
    if (drop <= 0) {
      return x;
    }
    Status own = new Status();
    PyDecimal y = drop(x, drop, sticky, r.rounding, own);
    st.add(own.bits);
    if (subnormal) {
      if (own.has(Status.INEXACT)) {
        st.add(Status.UNDERFLOW);
      }
      if (y.hasZeroCoefficient()) {
        st.add(Status.CLAMPED);
      }
      return y;
    }
    if (y.digits() > r.prec) {
      // Rounded up to a power of ten.
      y = DecimalValue.of(y.neg, Tens.shiftRight(y.coefficient(), 1), y.exp + 1);
      if (y.adjusted() > r.emax) {
        return overflow(y.neg, r, st);
      }
    }
    return y;
  }

  private static PyDecimal clampedZero(PyDecimal x, Rules r, Status st) {
    st.add(Status.CLAMPED);
    return DecimalValue.of(x.neg, 0, r.clamp ? r.etop() : r.emax);
  }

  /** Puts zeros behind the coefficient until the exponent is as given, which is not above it. */
  static PyDecimal padded(PyDecimal x, long exp) {
    return x.hasZeroCoefficient()
        ? DecimalValue.of(x.neg, 0, exp)
        : DecimalValue.of(x.neg, Tens.shiftLeft(x.coefficient(), x.exp - exp), exp);
  }

  private static PyDecimal overflow(boolean neg, Rules r, Status st) {
    st.add(Status.OVERFLOW | Status.INEXACT | Status.ROUNDED);
    boolean infinite =
        switch (r.rounding) {
          case Rules.DOWN, Rules.UP_05 -> false;
          case Rules.CEILING -> !neg;
          case Rules.FLOOR -> neg;
          default -> true;
        };
    return infinite ? DecimalValue.infinity(neg) : largest(neg, r);
  }

  /** The largest finite number. */
  static PyDecimal largest(boolean neg, Rules r) {
    return DecimalValue.of(neg, Tens.pow(r.prec).subtract(BigInteger.ONE), r.etop());
  }

  /** Cuts digits off a finite number, as the mode says. */
  static PyDecimal drop(PyDecimal x, long drop, boolean sticky, int mode, Status st) {
    st.add(Status.ROUNDED);
    return x.big == null
        ? dropSmall(x, drop, sticky, mode, st)
        : dropBig(x, x.big, drop, sticky, mode, st);
  }

  private static PyDecimal dropSmall(PyDecimal x, long drop, boolean sticky, int mode, Status st) {
    long q;
    int cut;
    if (drop > Tens.SMALL_DIGITS) {
      q = 0;
      cut = x.small == 0 && !sticky ? EXACT : BELOW_HALF;
    } else {
      long unit = Tens.LONG[(int) drop];
      q = x.small / unit;
      cut = cut(x.small - q * unit, unit, sticky);
    }
    if (cut != EXACT) {
      st.add(Status.INEXACT);
    }
    if (increments(mode, x.neg, (int) (q % 10), cut)) {
      q++;
    }
    return DecimalValue.of(x.neg, q, x.exp + drop);
  }

  /** What is cut off with a remainder, which is not 0, of a divisor. */
  static int compareWithHalf(long rest, long divisor) {
    return cut(Long.compare(rest, divisor - rest));
  }

  private static int cut(long rest, long unit, boolean sticky) {
    if (rest == 0) {
      return sticky ? BELOW_HALF : EXACT;
    }
    int c = Long.compare(rest, unit - rest);
    return c == 0 && sticky ? ABOVE_HALF : cut(c);
  }

  private static PyDecimal dropBig(
      PyDecimal x, BigInteger c, long drop, boolean sticky, int mode, Status st) {
    BigInteger q;
    int cut;
    if (drop > x.digits()) {
      q = BigInteger.ZERO;
      cut = BELOW_HALF;
    } else {
      BigInteger unit = Tens.pow(drop);
      BigInteger[] d = c.divideAndRemainder(unit);
      q = d[0];
      if (d[1].signum() == 0) {
        cut = sticky ? BELOW_HALF : EXACT;
      } else {
        int half = d[1].shiftLeft(1).compareTo(unit);
        cut = half == 0 && sticky ? ABOVE_HALF : cut(half);
      }
    }
    if (cut != EXACT) {
      st.add(Status.INEXACT);
      int last = mode == Rules.UP_05 || cut == HALF ? lastDigit(q) : 0;
      if (increments(mode, x.neg, last, cut)) {
        q = q.add(BigInteger.ONE);
      }
    }
    return DecimalValue.of(x.neg, q, x.exp + drop);
  }

  private static int lastDigit(BigInteger v) {
    return v.mod(BigInteger.TEN).intValue();
  }

  // ---- NaNs

  // Compare libmpdec's mpd_qcheck_nan and _mpd_fix_nan.
  private static PyDecimal cutPayload(PyDecimal x, Rules r) {
    long most = r.prec - (r.clamp ? 1 : 0);
    if (x.hasZeroCoefficient() || x.digits() <= most) {
      return x;
    }
    BigInteger payload = x.coefficient().mod(Tens.pow(most));
    return DecimalValue.of(x.neg, x.kind, payload, 0);
  }

  /** The result of an operation on a NaN: quiet, and signaling where it was a signaling one. */
  static PyDecimal quiet(PyDecimal nan, Rules r, Status st) {
    if (nan.isSignalingNan()) {
      st.add(Status.INVALID_OPERATION);
    }
    PyDecimal q = new PyDecimal(nan.neg, DecimalValue.QUIET_NAN, 0, nan.small, nan.big);
    return cutPayload(q, r);
  }

  /** The result of an operation with a NaN among its operands; signaling ones come first. */
  static PyDecimal quiet(PyDecimal a, PyDecimal b, Rules r, Status st) {
    PyDecimal chosen = a.isSignalingNan() || !b.isSignalingNan() && a.isNan() ? a : b;
    return quiet(chosen, r, st);
  }

  /** The NaN that stands for an impossible result. */
  static PyDecimal invalid(Status st) {
    return failed(st, Status.INVALID_OPERATION);
  }

  static PyDecimal failed(Status st, int conditions) {
    st.add(conditions);
    return DecimalValue.NAN;
  }
}
