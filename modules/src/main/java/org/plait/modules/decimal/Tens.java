package org.plait.modules.decimal;

import java.math.BigInteger;
import org.plait.runtime.exceptions.Errors;

/**
 * Powers of ten and numbers of decimal digits.
 *
 * <p>The large powers that were used last are kept in a table of fixed size; its entries are
 * immutable and threads may race for them, as each entry says which power it is.
 */
final class Tens {
  /** 10 to the 0 up to 18. */
  static final long[] LONG = new long[19];

  /** Coefficients below are kept as long. */
  static final long SMALL_LIMIT = 1_000_000_000_000_000_000L;

  /** Decimal digits of a coefficient below {@link #SMALL_LIMIT} at most. */
  static final int SMALL_DIGITS = 18;

  private static final int TABLE = 400;
  private static final BigInteger[] BIG = new BigInteger[TABLE];

  /** More digits no coefficient can have: a BigInteger has less than 2**31 bits. */
  private static final long MOST_DIGITS = 640_000_000;

  private record Power(long n, BigInteger value) {}

  /** Entries above are not kept: 64 of them are at most 2 MB. */
  private static final int MOST_KEPT = 80_000;

  private static final int KEPT = 64;
  private static final Power[] LAST = new Power[KEPT];

  private static final double LOG10_2 = Math.log10(2);

  /** The same times 2**32, rounded down. */
  private static final long LOG10_2_SCALED = 1_292_913_986L;

  /** Values of fewer bits have fewer digits than the table has entries. */
  private static final int TABLE_BITS = 1_300;

  /** The number of digits of the largest value with so many leading zero bits. */
  private static final byte[] DIGITS_BY_ZEROS = new byte[65];

  static {
    LONG[0] = 1;
    for (int i = 1; i < LONG.length; i++) {
      LONG[i] = LONG[i - 1] * 10;
    }
    BIG[0] = BigInteger.ONE;
    for (int i = 1; i < TABLE; i++) {
      BIG[i] = BIG[i - 1].multiply(BigInteger.TEN);
    }
    for (int zeros = 1; zeros <= 64; zeros++) {
      int d = 1;
      while (d < 19 && zeros < 64 && -1L >>> zeros >= LONG[d]) {
        d++;
      }
      DIGITS_BY_ZEROS[zeros] = (byte) d;
    }
  }

  private Tens() {}

  /** The number of decimal digits of a value that is not negative; 1 for 0. */
  static int digits(long v) {
    int most = DIGITS_BY_ZEROS[Long.numberOfLeadingZeros(v)];
    return v < LONG[most - 1] && most > 1 ? most - 1 : most;
  }

  /** The number of decimal digits of a positive value. */
  static long digits(BigInteger v) {
    int bits = v.bitLength();
    if (bits < 64) {
      return digits(v.longValue());
    }
    if (bits < TABLE_BITS) {
      int less = (int) ((bits - 1) * LOG10_2_SCALED >>> 32) + 1;
      return v.compareTo(BIG[less]) >= 0 ? less + 1 : less;
    }
    // The top 63 bits tell the logarithm to 1e-15; only close to a power of ten that is too little.
    int shift = bits - 63;
    double log = Math.log10((double) v.shiftRight(shift).longValue()) + shift * LOG10_2;
    long floor = (long) log;
    double fraction = log - floor;
    double doubt = 1e-14 * log + 1e-12;
    if (fraction > doubt && fraction < 1 - doubt) {
      return floor + 1;
    }
    long near = Math.round(log);
    return v.compareTo(pow(near)) >= 0 ? near + 1 : near;
  }

  /**
   * 10 to the n.
   *
   * @throws RuntimeException Python's MemoryError for more digits than can be
   */
  static BigInteger pow(long n) {
    if (n < TABLE) {
      return BIG[(int) n];
    }
    if (n > MOST_DIGITS) {
      throw Errors.memoryError();
    }
    int slot = (int) (n ^ n >>> 6) & KEPT - 1;
    Power p = LAST[slot];
    if (p != null && p.n == n) {
      return p.value;
    }
    BigInteger v = BigInteger.TEN.pow((int) n);
    if (n <= MOST_KEPT) {
      LAST[slot] = new Power(n, v);
    }
    return v;
  }

  /** {@code v * 10**n}. */
  static BigInteger shiftLeft(BigInteger v, long n) {
    if (n == 0 || v.signum() == 0) {
      return v;
    }
    if (n > MOST_DIGITS || n + (long) (v.bitLength() * LOG10_2) > MOST_DIGITS) {
      throw Errors.memoryError();
    }
    return v.multiply(pow(n));
  }

  /** {@code v / 10**n}, rounded down; v is not negative. */
  static BigInteger shiftRight(BigInteger v, long n) {
    return n == 0 ? v : n > MOST_DIGITS ? BigInteger.ZERO : v.divide(pow(n));
  }

  /** The number of decimal zeros at the end of a positive value, at most {@code most}. */
  static long trailingZeros(BigInteger v, long most) {
    long limit = Math.min(most, v.getLowestSetBit());
    if (limit <= 0) {
      return 0;
    }
    if (v.bitLength() < 64) {
      return trailingZeros(v.longValue(), limit);
    }
    // Powers of two as steps: 2**k zeros, then less.
    long zeros = 0;
    BigInteger rest = v;
    long step = Long.highestOneBit(limit);
    while (step > 0) {
      if (zeros + step <= limit) {
        BigInteger[] d = rest.divideAndRemainder(pow(step));
        if (d[1].signum() == 0) {
          rest = d[0];
          zeros += step;
          continue;
        }
      }
      step >>= 1;
    }
    return zeros;
  }

  /** As {@link #trailingZeros(BigInteger, long)}. */
  static long trailingZeros(long v, long most) {
    long zeros = 0;
    long rest = v;
    while (zeros < most && rest % 10 == 0) {
      rest /= 10;
      zeros++;
    }
    return zeros;
  }
}
