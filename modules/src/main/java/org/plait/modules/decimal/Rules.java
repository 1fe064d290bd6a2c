package org.plait.modules.decimal;

/**
 * What an operation obeys: precision, range of exponents, rounding. Immutable, so that an operation
 * never sees half of another thread's change of its context.
 */
final class Rules {
  static final long MAX_PREC = 999_999_999_999_999_999L;
  static final long MAX_EMAX = 999_999_999_999_999_999L;
  static final long MIN_EMIN = -999_999_999_999_999_999L;
  static final long MIN_ETINY = MIN_EMIN - (MAX_PREC - 1);

  // Rounding modes, by libmpdec's numbers.
  static final int UP = 0;
  static final int DOWN = 1;
  static final int CEILING = 2;
  static final int FLOOR = 3;
  static final int HALF_UP = 4;
  static final int HALF_DOWN = 5;
  static final int HALF_EVEN = 6;
  static final int UP_05 = 7;

  /** No limits but those of the format. */
  static final Rules MAX = new Rules(MAX_PREC, MIN_EMIN, MAX_EMAX, HALF_EVEN, false);

  final long prec;
  final long emin;
  final long emax;
  final int rounding;
  final boolean clamp;

  /**
   * A coefficient of at most 20 digits that fits the precision, with an exponent from here to
   * {@link #plainHigh}, needs no rounding and signals nothing.
   */
  final long plainLow;

  final long plainHigh;

  Rules(long prec, long emin, long emax, int rounding, boolean clamp) {
    this.prec = prec;
    this.emin = emin;
    this.emax = emax;
    this.rounding = rounding;
    this.clamp = clamp;
    plainLow = emin;
    plainHigh = Math.min(emax - 20, clamp ? etop() : emax);
  }

  /** The exponent of the smallest subnormal number. */
  long etiny() {
    return emin - (prec - 1);
  }

  /** The exponent of the largest number with all digits. */
  long etop() {
    return emax - (prec - 1);
  }

  Rules withRounding(int mode) {
    return mode == rounding ? this : new Rules(prec, emin, emax, mode, clamp);
  }

  Rules withPrec(long p) {
    return new Rules(p, emin, emax, rounding, clamp);
  }
}
