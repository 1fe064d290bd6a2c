package org.plait.modules.decimal;

/** Writes numbers. */
final class NumberText {
  private NumberText() {}

  /** As {@code str} writes it. */
  static String scientific(DecimalValue x, boolean capitals) {
    return write(x, capitals, false);
  }

  /** With an exponent that is a multiple of three. */
  static String engineering(DecimalValue x, boolean capitals) {
    return write(x, capitals, true);
  }

  private static String write(DecimalValue x, boolean capitals, boolean engineering) {
    if (x.kind == DecimalValue.FINITE && x.exp == 0) {
      String digits = x.digitText();
      return x.neg ? "-" + digits : digits;
    }
    StringBuilder b = new StringBuilder();
    if (x.neg) {
      b.append('-');
    }
    if (x.kind != DecimalValue.FINITE) {
      return special(b, x).toString();
    }
    String digits = x.digitText();
    int n = digits.length();
    // Where the point stands, counted from the first digit.
    long point = x.exp + n;
    if (x.exp > 0 || point <= -6) {
      point = 1;
      if (engineering) {
        point =
            x.hasZeroCoefficient()
                ? Math.floorMod(x.exp + 2, 3L) - 1
                : Math.floorMod(x.exp + n - 1, 3L) + 1;
      }
    }
    point(b, digits, point);
    exponent(b, x.exp + n - point, capitals, false);
    return b.toString();
  }

  static StringBuilder special(StringBuilder b, DecimalValue x) {
    if (x.isInfinite()) {
      return b.append("Infinity");
    }
    b.append(x.isSignalingNan() ? "sNaN" : "NaN");
    return x.hasZeroCoefficient() ? b : b.append(x.digitText());
  }

  /** Digits with a point that may stand before or behind them. */
  static void point(StringBuilder b, String digits, long point) {
    int n = digits.length();
    if (point <= 0) {
      b.append("0.").repeat('0', count(-point)).append(digits);
    } else if (point >= n) {
      b.append(digits).repeat('0', count(point - n));
    } else {
      b.append(digits, 0, (int) point).append('.').append(digits, (int) point, n);
    }
  }

  private static int count(long zeros) {
    if (zeros > 1_500_000_000) {
      throw org.plait.runtime.exceptions.Errors.memoryError();
    }
    return (int) zeros;
  }

  static void exponent(StringBuilder b, long e, boolean capitals, boolean always) {
    if (e != 0 || always) {
      b.append(capitals ? 'E' : 'e').append(e < 0 ? '-' : '+').append(Math.abs(e));
    }
  }
}
