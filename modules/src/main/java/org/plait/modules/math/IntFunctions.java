package org.plait.modules.math;

import java.math.BigInteger;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.types.PyInt;

/** Factorials and what is counted with them. */
public final class IntFunctions {
  private IntFunctions() {}

  /** Arguments beyond this would need more memory than there is. */
  private static final long MAX_FACTORIAL = 100_000_000L;

  /** The product of the numbers from..to. */
  private static BigInteger range(long from, long to) {
    if (to - from < 16) {
      BigInteger r = BigInteger.ONE;
      long small = 1;
      for (long i = from; i <= to; i++) {
        if (Math.multiplyHigh(small, i) != 0 || small * i < 0) {
          r = r.multiply(BigInteger.valueOf(small));
          small = i;
        } else {
          small *= i;
        }
      }
      return r.multiply(BigInteger.valueOf(small));
    }
    long middle = (from + to) >>> 1;
    return range(from, middle).multiply(range(middle + 1, to));
  }

  public static PyObject factorial(PyObject o) {
    PyInt n = PyNumbers.index(o);
    if (n.signum() < 0) {
      throw Errors.valueError("factorial() not defined for negative values");
    }
    if (!n.isLong()) {
      throw Errors.overflowError("factorial() argument should not exceed " + Long.MAX_VALUE);
    }
    if (n.longValue() > MAX_FACTORIAL) {
      throw Errors.memoryError();
    }
    return PyInt.of(range(1, n.longValue()));
  }

  private static PyInt notNegative(PyInt i, String name) {
    if (i.signum() < 0) {
      throw Errors.valueError(name + " must be a non-negative integer");
    }
    return i;
  }

  public static PyObject perm(PyObject n, PyObject k) {
    if (k == Py.None) {
      return factorial(n);
    }
    PyInt a = PyNumbers.index(n);
    PyInt b = PyNumbers.index(k);
    notNegative(a, "n");
    notNegative(b, "k");
    if (a.compareTo(b) < 0) {
      return PyInt.ZERO;
    }
    if (!b.isLong()) {
      throw Errors.overflowError("k must not exceed " + Long.MAX_VALUE);
    }
    return PyInt.of(falling(a.bigValue(), b.longValue()));
  }

  /** n (n-1) ... of k factors. */
  private static BigInteger falling(BigInteger n, long k) {
    if (k == 0) {
      return BigInteger.ONE;
    }
    if (n.bitLength() < 63) {
      return range(n.longValue() - k + 1, n.longValue());
    }
    if (k == 1) {
      return n;
    }
    if (k > MAX_FACTORIAL) {
      throw Errors.memoryError();
    }
    long half = k / 2;
    return falling(n, half).multiply(falling(n.subtract(BigInteger.valueOf(half)), k - half));
  }

  public static PyObject comb(PyObject n, PyObject k) {
    PyInt a = PyNumbers.index(n);
    PyInt b = PyNumbers.index(k);
    notNegative(a, "n");
    notNegative(b, "k");
    if (a.compareTo(b) < 0) {
      return PyInt.ZERO;
    }
    BigInteger rest = a.bigValue().subtract(b.bigValue());
    BigInteger few = rest.min(b.bigValue());
    if (few.bitLength() > 63) {
      throw Errors.overflowError("min(n - k, k) must not exceed " + Long.MAX_VALUE);
    }
    return PyInt.of(choose(a.bigValue(), few.longValue()));
  }

  private static BigInteger choose(BigInteger n, long k) {
    if (k > MAX_FACTORIAL) {
      throw Errors.memoryError();
    }
    if (k <= 20) {
      return falling(n, k).divide(range(1, k));
    }
    // C(n, k) = C(n, j) * C(n-j, k-j) / C(k, j)
    long j = k / 2;
    return choose(n, j)
        .multiply(choose(n.subtract(BigInteger.valueOf(j)), k - j))
        .divide(choose(BigInteger.valueOf(k), j));
  }

  public static PyObject isqrt(PyObject n) {
    PyInt i = PyNumbers.index(n);
    if (i.signum() < 0) {
      throw Errors.valueError("isqrt() argument must be nonnegative");
    }
    return PyInt.of(i.bigValue().sqrt());
  }
}
