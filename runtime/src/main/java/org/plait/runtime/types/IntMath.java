package org.plait.runtime.types;

import java.math.BigInteger;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.sched.SafePoint;

/**
 * Arithmetic of {@code int}: on longs where operands and result fit, else on BigIntegers. Results
 * beyond what a BigInteger can hold are MemoryErrors before anything is computed.
 */
public final class IntMath {
  private IntMath() {}

  /** The most bits a result may have; a BigInteger holds 2**31 - 1. */
  private static final long MAX_BITS = Integer.MAX_VALUE - 64L;

  /** Powers of so many bits take milliseconds. */
  private static final long LARGE_POWER_BITS = 1 << 18;

  private static void checkBits(long bits) {
    if (bits > MAX_BITS) {
      throw Errors.memoryError();
    }
  }

  public static PyInt add(PyInt a, PyInt b) {
    if (a.big == null && b.big == null) {
      long x = a.value;
      long y = b.value;
      long r = x + y;
      if (((x ^ r) & (y ^ r)) >= 0) {
        return PyInt.of(r);
      }
    }
    return PyInt.of(a.bigValue().add(b.bigValue()));
  }

  public static PyInt sub(PyInt a, PyInt b) {
    if (a.big == null && b.big == null) {
      long x = a.value;
      long y = b.value;
      long r = x - y;
      if (((x ^ y) & (x ^ r)) >= 0) {
        return PyInt.of(r);
      }
    }
    return PyInt.of(a.bigValue().subtract(b.bigValue()));
  }

  public static PyInt mul(PyInt a, PyInt b) {
    if (a.big == null && b.big == null) {
      long x = a.value;
      long y = b.value;
      long low = x * y;
      if (Math.multiplyHigh(x, y) == low >> 63) {
        return PyInt.of(low);
      }
    }
    BigInteger x = a.bigValue();
    BigInteger y = b.bigValue();
    checkBits((long) x.bitLength() + y.bitLength());
    // A shift is several times as quick as a multiplication by one word.
    if (b.big == null && b.value > 0 && Long.bitCount(b.value) == 1) {
      return PyInt.of(x.shiftLeft(Long.numberOfTrailingZeros(b.value)));
    }
    if (a.big == null && a.value > 0 && Long.bitCount(a.value) == 1) {
      return PyInt.of(y.shiftLeft(Long.numberOfTrailingZeros(a.value)));
    }
    return PyInt.of(x.multiply(y));
  }

  private static void checkDivisor(PyInt b) {
    if (b.isZero()) {
      throw Errors.zeroDivisionError("division by zero");
    }
  }

  /** The quotient rounded towards minus infinity. */
  public static PyInt floorDiv(PyInt a, PyInt b) {
    checkDivisor(b);
    if (a.big == null && b.big == null && b.value != -1) {
      return PyInt.of(Math.floorDiv(a.value, b.value));
    }
    if (a.signum() == b.signum()) {
      long q = a.big != null && b.big != null ? smallQuotient(a.big, b.big) : -1;
      return q >= 0 ? PyInt.of(q) : PyInt.of(a.bigValue().divide(b.bigValue()));
    }
    BigInteger[] qr = a.bigValue().divideAndRemainder(b.bigValue());
    return PyInt.of(
        qr[1].signum() != 0 && qr[1].signum() != b.signum()
            ? qr[0].subtract(BigInteger.ONE)
            : qr[0]);
  }

  /** Quotients of so many bits are found by the first bits of both. */
  private static final int SMALL_QUOTIENT = 24;

  /** So many bits of a dividend are looked at. */
  private static final int FIRST_BITS = 62;

  /**
   * The quotient where the first bits of two positive numbers leave but one, whatever follows them:
   * for a small quotient nearly always, and without a look at the rest. Otherwise -1.
   */
  private static long smallQuotient(BigInteger a, BigInteger b) {
    int bits = a.bitLength();
    int more = bits - b.bitLength();
    if (more < 0 || more > SMALL_QUOTIENT || bits < 4 * FIRST_BITS || a.signum() < 0) {
      return -1;
    }
    int shift = bits - FIRST_BITS;
    long x = a.shiftRight(shift).longValue();
    long y = b.shiftRight(shift).longValue();
    long q = x / (y + 1);
    return q == (x + 1) / y ? q : -1;
  }

  /** The remainder with the sign of the divisor. */
  public static PyInt mod(PyInt a, PyInt b) {
    checkDivisor(b);
    if (a.big == null && b.big == null) {
      return PyInt.of(Math.floorMod(a.value, b.value));
    }
    BigInteger d = b.bigValue();
    BigInteger r = a.bigValue().remainder(d);
    return PyInt.of(r.signum() != 0 && r.signum() != d.signum() ? r.add(d) : r);
  }

  static PyObject divmod(PyInt a, PyInt b) {
    checkDivisor(b);
    if (a.big == null && b.big == null) {
      return Py.tuple(floorDiv(a, b), mod(a, b));
    }
    BigInteger d = b.bigValue();
    BigInteger[] qr = a.bigValue().divideAndRemainder(d);
    return qr[1].signum() != 0 && qr[1].signum() != d.signum()
        ? Py.tuple(PyInt.of(qr[0].subtract(BigInteger.ONE)), PyInt.of(qr[1].add(d)))
        : Py.tuple(PyInt.of(qr[0]), PyInt.of(qr[1]));
  }

  // ---- true division

  private static final long EXACT = 1L << 53;

  // Compare CPython long_true_divide in longobject.c.
  /** The quotient as the nearest double, ties to even. */
  public static double trueDiv(PyInt a, PyInt b) {
    checkDivisor(b);
    if (a.big == null
        && b.big == null
        && a.value <= EXACT
        && a.value >= -EXACT
        && b.value <= EXACT
        && b.value >= -EXACT) {
      return (double) a.value / (double) b.value;
    }
    BigInteger x = a.bigValue().abs();
    BigInteger y = b.bigValue().abs();
    double q = nearestQuotient(x, y);
    if (Double.isInfinite(q)) {
      throw Errors.overflowError("integer division result too large for a float");
    }
    return a.signum() < 0 != b.signum() < 0 ? -q : q;
  }

  /** x / y of a non-negative and a positive number, rounded once. */
  private static double nearestQuotient(BigInteger x, BigInteger y) {
    if (x.signum() == 0) {
      return 0.0;
    }
    long difference = (long) x.bitLength() - y.bitLength();
    if (difference > 1025) {
      return Double.POSITIVE_INFINITY;
    }
    if (difference < -1080) {
      return 0.0;
    }
    // The quotient gets 66 to 67 bits, or fewer where the result is subnormal.
    int shift = (int) Math.max(difference - 66, -1076);
    BigInteger[] qr =
        shift >= 0
            ? x.divideAndRemainder(y.shiftLeft(shift))
            : x.shiftLeft(-shift).divideAndRemainder(y);
    BigInteger q = qr[0];
    if (qr[1].signum() != 0) {
      // A sticky bit below all others decides ties.
      q = q.shiftLeft(1).setBit(0);
      shift--;
    }
    return scaled(q, shift);
  }

  /** q times 2**shift, rounded once, ties to even. */
  private static double scaled(BigInteger q, int shift) {
    int bits = q.bitLength();
    if (bits == 0) {
      return 0.0;
    }
    // Bits of precision that the result has at this magnitude.
    int exponent = bits + shift;
    int precision = Math.min(53, exponent + 1074);
    int drop = bits - precision;
    if (drop <= 0) {
      return Math.scalb((double) q.longValueExact(), shift);
    }
    if (precision < 0) {
      return 0.0;
    }
    BigInteger kept = q.shiftRight(drop);
    boolean half = q.testBit(drop - 1);
    boolean more = half && q.getLowestSetBit() < drop - 1;
    if (half && (more || kept.testBit(0))) {
      kept = kept.add(BigInteger.ONE);
    }
    return Math.scalb((double) kept.longValueExact(), shift + drop);
  }

  // ---- powers

  static PyInt pow(PyInt a, PyInt b) {
    if (b.big != null) {
      if (a.big == null && a.value >= -1 && a.value <= 1) {
        return a.value == -1 && b.bigValue().testBit(0) || a.value != -1
            ? PyInt.of(a.value)
            : PyInt.ONE;
      }
      throw Errors.memoryError();
    }
    long n = b.value;
    if (a.big == null) {
      long x = a.value;
      if (n == 0 || x == 1) {
        return PyInt.ONE;
      }
      if (x == 0) {
        return PyInt.ZERO;
      }
      if (x == -1) {
        return PyInt.of((n & 1) == 0 ? 1 : -1);
      }
      if (x == 2) {
        return shiftLeft(PyInt.ONE, n);
      }
      if (n <= 63) {
        long r = smallPower(x, (int) n);
        if (r != 0) {
          return PyInt.of(r);
        }
      }
    } else if (n == 0) {
      return PyInt.ONE;
    }
    BigInteger x = a.bigValue();
    if (n > MAX_BITS || (x.bitLength() - 1) * n > MAX_BITS) {
      throw Errors.memoryError();
    }
    boolean large = x.bitLength() * n > LARGE_POWER_BITS;
    return PyInt.of(large ? largePower(x, (int) n) : x.pow((int) n));
  }

  /** As {@code x.pow(n)}, with a safe point before each multiplication. */
  private static BigInteger largePower(BigInteger x, int n) {
    int zeros = x.getLowestSetBit();
    BigInteger odd = x.shiftRight(zeros);
    BigInteger r = odd;
    for (int bit = Integer.highestOneBit(n) >> 1; bit != 0; bit >>= 1) {
      SafePoint.poll();
      r = r.multiply(r);
      if ((n & bit) != 0) {
        r = r.multiply(odd);
      }
    }
    return r.shiftLeft(zeros * n);
  }

  /** x**n, or 0 when it doesn't fit; x is none of -1, 0, 1. */
  private static long smallPower(long x, int n) {
    long r = 1;
    long p = x;
    for (int e = n; ; ) {
      if ((e & 1) != 0) {
        if (Math.multiplyHigh(r, p) != r * p >> 63) {
          return 0;
        }
        r *= p;
      }
      e >>= 1;
      if (e == 0) {
        return r;
      }
      if (Math.multiplyHigh(p, p) != 0 || p * p < 0) {
        return 0;
      }
      p *= p;
    }
  }

  /** The products of what is less than the modulus fit. */
  private static long powMod(long a, long exponent, long modulus) {
    long result = Math.floorMod(1, modulus);
    long square = Math.floorMod(a, modulus);
    for (long e = exponent; e != 0; e >>>= 1) {
      if ((e & 1) != 0) {
        result = Math.floorMod(result * square, modulus);
      }
      square = square * square % modulus;
    }
    return result;
  }

  static PyInt powMod(PyInt a, PyInt b, PyInt c) {
    if (c.isZero()) {
      throw Errors.valueError("pow() 3rd argument cannot be 0");
    }
    boolean small = c.isLong() && c.longValue() == (int) c.longValue() && a.isLong();
    if (small && b.isLong() && b.longValue() >= 0) {
      return PyInt.of(powMod(a.longValue(), b.longValue(), c.longValue()));
    }
    BigInteger m = c.bigValue().abs();
    BigInteger r;
    try {
      r = a.bigValue().modPow(b.bigValue(), m);
    } catch (ArithmeticException e) {
      throw Errors.valueError("base is not invertible for the given modulus");
    }
    return PyInt.of(c.signum() < 0 && r.signum() != 0 ? r.subtract(m) : r);
  }

  // ---- shifts

  static PyInt shiftLeft(PyInt a, PyInt b) {
    if (b.signum() < 0) {
      throw Errors.valueError("negative shift count");
    }
    if (a.isZero()) {
      return PyInt.ZERO;
    }
    if (b.big != null) {
      throw Errors.overflowError("too many digits in integer");
    }
    return shiftLeft(a, b.value);
  }

  private static PyInt shiftLeft(PyInt a, long n) {
    if (a.big == null && n < 63) {
      long r = a.value << n;
      if (r >> n == a.value) {
        return PyInt.of(r);
      }
    }
    checkBits(n);
    BigInteger x = a.bigValue();
    checkBits(x.bitLength() + n);
    return PyInt.of(x.shiftLeft((int) n));
  }

  static PyInt shiftRight(PyInt a, PyInt b) {
    if (b.signum() < 0) {
      throw Errors.valueError("negative shift count");
    }
    if (b.big != null || b.value > Integer.MAX_VALUE) {
      return PyInt.of(a.signum() < 0 ? -1 : 0);
    }
    return a.big == null
        ? PyInt.of(a.value >> Math.min(b.value, 63))
        : PyInt.of(a.big.shiftRight((int) b.value));
  }

  // ---- bits

  static PyInt and(PyInt a, PyInt b) {
    return a.big == null && b.big == null
        ? PyInt.of(a.value & b.value)
        : PyInt.of(a.bigValue().and(b.bigValue()));
  }

  static PyInt or(PyInt a, PyInt b) {
    return a.big == null && b.big == null
        ? PyInt.of(a.value | b.value)
        : PyInt.of(a.bigValue().or(b.bigValue()));
  }

  static PyInt xor(PyInt a, PyInt b) {
    return a.big == null && b.big == null
        ? PyInt.of(a.value ^ b.value)
        : PyInt.of(a.bigValue().xor(b.bigValue()));
  }

  public static PyInt negate(PyInt a) {
    return a.big == null && a.value != Long.MIN_VALUE
        ? PyInt.of(-a.value)
        : PyInt.of(a.bigValue().negate());
  }

  public static PyInt abs(PyInt a) {
    return a.signum() < 0 ? negate(a) : PyInt.of(a.value, a.big);
  }

  static PyInt invert(PyInt a) {
    return a.big == null ? PyInt.of(~a.value) : PyInt.of(a.big.not());
  }

  /** The greatest common divisor, not negative. */
  public static PyInt gcd(PyInt a, PyInt b) {
    if (a.big == null && b.big == null && a.value != Long.MIN_VALUE && b.value != Long.MIN_VALUE) {
      long x = Math.abs(a.value);
      long y = Math.abs(b.value);
      while (y != 0) {
        long r = x % y;
        x = y;
        y = r;
      }
      return PyInt.of(x);
    }
    return PyInt.of(a.bigValue().gcd(b.bigValue()));
  }

  // ---- rounding

  /** The multiple of 10**n that is nearest, ties to even. */
  static PyInt roundTo(PyInt a, PyInt n) {
    // The number has fewer than bitLength / 3 + 1 decimal digits.
    BigInteger x = a.bigValue();
    if (n.big != null || n.value > x.bitLength() / 3 + 2) {
      return PyInt.ZERO;
    }
    BigInteger unit = BigInteger.TEN.pow((int) n.value);
    BigInteger[] qr = x.divideAndRemainder(unit);
    int c = qr[1].abs().shiftLeft(1).compareTo(unit);
    BigInteger q = qr[0];
    if (c > 0 || c == 0 && q.testBit(0)) {
      q = q.add(BigInteger.valueOf(x.signum()));
    }
    return PyInt.of(q.multiply(unit));
  }
}
