package org.plait.modules.decimal;

import java.math.BigInteger;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyInt;

/** The hash that equal numbers of all types have: the value modulo 2**61 - 1. */
final class Hashing {
  private static final BigInteger MODULUS = BigInteger.valueOf(PyInt.HASH_MODULUS);
  private static final long INFINITY = 314159;

  /** The inverse of 10. */
  private static final long TENTH = BigInteger.TEN.modInverse(MODULUS).longValue();

  private Hashing() {}

  static long hash(PyDecimal x) {
    if (x.isNan()) {
      if (x.isSignalingNan()) {
        throw Errors.typeError("Cannot hash a signaling NaN value");
      }
      return PyObjects.identityHash(x);
    }
    if (x.isInfinite()) {
      return x.neg ? -INFINITY : INFINITY;
    }
    long h = x.big == null ? x.small % PyInt.HASH_MODULUS : x.big.mod(MODULUS).longValue();
    if (x.exp != 0) {
      h = multiply(h, power(x.exp > 0 ? 10 : TENTH, Math.abs(x.exp)));
    }
    h = x.neg ? -h : h;
    return h == -1 ? -2 : h;
  }

  private static long power(long base, long n) {
    long p = 1;
    long square = base;
    for (long rest = n; rest != 0; rest >>>= 1) {
      if ((rest & 1) != 0) {
        p = multiply(p, square);
      }
      square = multiply(square, square);
    }
    return p;
  }

  private static long multiply(long a, long b) {
    // The product is high * 2**64 + low, and 2**61 is 1.
    long high = Math.multiplyHigh(a, b);
    long low = a * b;
    long r = (low & PyInt.HASH_MODULUS) + (low >>> 61 | high << 3);
    return r >= PyInt.HASH_MODULUS ? r - PyInt.HASH_MODULUS : r;
  }
}
