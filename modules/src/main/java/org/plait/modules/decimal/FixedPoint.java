package org.plait.modules.decimal;

import java.math.BigInteger;

/**
 * Exponentials and logarithms of binary fixed-point numbers: {@code v} with {@code bits} fraction
 * bits is {@code v / 2**bits}. Results are wrong by less than {@code 2**-(bits - 8)}.
 */
final class FixedPoint {
  /** A constant to so many fraction bits, rounded down. */
  private record Constant(int bits, BigInteger value) {}

  private static volatile Constant ln10 = new Constant(0, BigInteger.TWO);

  private FixedPoint() {}

  /** The logarithm of 10. */
  static BigInteger ln10(int bits) {
    Constant c = ln10;
    if (c.bits < bits) {
      int b = bits + bits / 4 + 64;
      // 46 atanh(1/31) + 34 atanh(1/49) + 20 atanh(1/161)
      BigInteger v =
          atanhOfInverse(31, b)
              .multiply(BigInteger.valueOf(46))
              .add(atanhOfInverse(49, b).multiply(BigInteger.valueOf(34)))
              .add(atanhOfInverse(161, b).multiply(BigInteger.valueOf(20)));
      c = new Constant(b - 32, v.shiftRight(32));
      ln10 = c;
    }
    return c.value.shiftRight(c.bits - bits);
  }

  /** {@code atanh(1 / n)}, wrong by as many units as the series has terms. */
  private static BigInteger atanhOfInverse(int n, int bits) {
    BigInteger square = BigInteger.valueOf((long) n * n);
    BigInteger power = BigInteger.ONE.shiftLeft(bits).divide(BigInteger.valueOf(n));
    BigInteger sum = power;
    for (long k = 3; ; k += 2) {
      power = power.divide(square);
      if (power.signum() == 0) {
        return sum;
      }
      sum = sum.add(power.divide(BigInteger.valueOf(k)));
    }
  }

  /** The exponential of a number between -4 and 4. */
  static BigInteger exp(BigInteger x, int bits) {
    // Halved so often that the series is short, then squared as often.
    int halvings = (int) Math.sqrt(bits) / 2 + 4;
    int w = bits + 2 * halvings + 32;
    BigInteger v = x.shiftLeft(w - bits - halvings);
    BigInteger one = BigInteger.ONE.shiftLeft(w);
    BigInteger term = v;
    BigInteger sum = one.add(v);
    for (long k = 2; ; k++) {
      term = term.multiply(v).shiftRight(w).divide(BigInteger.valueOf(k));
      if (term.bitLength() <= 1) {
        break;
      }
      sum = sum.add(term);
    }
    for (int i = 0; i < halvings; i++) {
      sum = sum.multiply(sum).shiftRight(w);
    }
    return sum.shiftRight(w - bits);
  }

  /** The logarithm of a number between 1/4 and 4. */
  static BigInteger ln(BigInteger x, int bits) {
    int w = bits + 16;
    BigInteger m = x.shiftLeft(16);
    // Halley's iteration triples the number of right bits, 48 to begin with.
    double start = Math.log(Math.scalb(m.shiftRight(w - 60).doubleValue(), -60));
    BigInteger y = BigInteger.valueOf((long) Math.scalb(start, 60)).shiftLeft(w - 60);
    for (int right = 48; right < w; right = right * 3 - 4) {
      int b = Math.min(w, right * 3 + 16);
      BigInteger e = exp(y.shiftRight(w - b), b);
      BigInteger target = m.shiftRight(w - b);
      BigInteger step = target.subtract(e).shiftLeft(b + 1).divide(target.add(e));
      y = y.shiftRight(w - b).add(step).shiftLeft(w - b);
    }
    return y.shiftRight(16);
  }
}
