package org.plait.runtime.interp;

import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyMappings;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PyObjects.CompareOp;
import org.plait.runtime.types.PyFloat;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyRange;
import org.plait.runtime.types.PyRangeIterator;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/**
 * What opcodes mean, once, for every tier: the fast paths for exact int and float, then the general
 * protocol.
 */
public final class OpcodeImpl {
  private OpcodeImpl() {}

  private static boolean longs(PyObject x, PyObject y) {
    return x.getClass() == PyInt.class
        && y.getClass() == PyInt.class
        && ((PyInt) x).isLong()
        && ((PyInt) y).isLong();
  }

  private static boolean floats(PyObject x, PyObject y) {
    return x.getClass() == PyFloat.class && y.getClass() == PyFloat.class;
  }

  private static long l(PyObject x) {
    return ((PyInt) x).longValue();
  }

  private static double d(PyObject x) {
    return ((PyFloat) x).value();
  }

  /** Truth value. */
  public static boolean truth(PyObject x) {
    return x == Py.True || x != Py.False && PyObjects.isTrue(x);
  }

  /** Identity; ints go by value, since boxed ints have none of their own. */
  public static boolean is(PyObject x, PyObject y) {
    return x == y
        || x.getClass() == PyInt.class
            && y.getClass() == PyInt.class
            && longs(x, y)
            && l(x) == l(y);
  }

  /** What a for statement takes its items from. */
  public static PyObject iter(PyObject x) {
    if (x.getClass() == PyList.class) {
      return ((PyList) x).iter();
    }
    if (x.getClass() == PyTuple.class) {
      return ((PyTuple) x).iter();
    }
    if (x.getClass() != PyRange.class) {
      return PyIters.getIter(x);
    }
    PyObject it = ((PyRange) x).iter();
    if (it instanceof PyRangeIterator r) {
      r.own();
    }
    return it;
  }

  /** {@code x[y]}. */
  public static PyObject getItem(PyObject x, PyObject y) {
    if (y.getClass() == PyInt.class) {
      if (x.getClass() == PyList.class) {
        return ((PyList) x).getItem((PyInt) y);
      }
      if (x.getClass() == PyTuple.class) {
        PyInt i = (PyInt) y;
        PyTuple t = (PyTuple) x;
        if (i.isLong() && i.longValue() >= 0 && i.longValue() < t.size()) {
          return t.get((int) i.longValue());
        }
      }
      if (x.getClass() == PyStr.class && ((PyInt) y).isLong()) {
        return ((PyStr) x).charAt(((PyInt) y).longValue());
      }
    }
    return PyMappings.getItem(x, y);
  }

  /** {@code x + y}. */
  public static PyObject add(PyObject x, PyObject y) {
    if (longs(x, y)) {
      long p = l(x);
      long q = l(y);
      long s = p + q;
      if (((p ^ s) & (q ^ s)) >= 0) {
        return PyInt.of(s);
      }
    } else if (floats(x, y)) {
      return new PyFloat(d(x) + d(y));
    }
    return PyNumbers.add(x, y);
  }

  /** {@code x += y}. */
  public static PyObject iadd(PyObject x, PyObject y) {
    if (longs(x, y)) {
      long p = l(x);
      long q = l(y);
      long s = p + q;
      if (((p ^ s) & (q ^ s)) >= 0) {
        return PyInt.of(s);
      }
    } else if (floats(x, y)) {
      return new PyFloat(d(x) + d(y));
    }
    return PyNumbers.iadd(x, y);
  }

  /** {@code x - y}. */
  public static PyObject sub(PyObject x, PyObject y) {
    if (longs(x, y)) {
      long p = l(x);
      long q = l(y);
      long s = p - q;
      if (((p ^ q) & (p ^ s)) >= 0) {
        return PyInt.of(s);
      }
    } else if (floats(x, y)) {
      return new PyFloat(d(x) - d(y));
    }
    return PyNumbers.sub(x, y);
  }

  /** {@code x -= y}. */
  public static PyObject isub(PyObject x, PyObject y) {
    if (longs(x, y)) {
      long p = l(x);
      long q = l(y);
      long s = p - q;
      if (((p ^ q) & (p ^ s)) >= 0) {
        return PyInt.of(s);
      }
    } else if (floats(x, y)) {
      return new PyFloat(d(x) - d(y));
    }
    return PyNumbers.isub(x, y);
  }

  /** {@code x * y}. */
  public static PyObject mul(PyObject x, PyObject y) {
    if (longs(x, y)) {
      long p = l(x);
      long q = l(y);
      long low = p * q;
      if (Math.multiplyHigh(p, q) == low >> 63) {
        return PyInt.of(low);
      }
    } else if (floats(x, y)) {
      return new PyFloat(d(x) * d(y));
    }
    return PyNumbers.mul(x, y);
  }

  /** {@code x *= y}. */
  public static PyObject imul(PyObject x, PyObject y) {
    if (longs(x, y)) {
      long p = l(x);
      long q = l(y);
      long low = p * q;
      if (Math.multiplyHigh(p, q) == low >> 63) {
        return PyInt.of(low);
      }
    } else if (floats(x, y)) {
      return new PyFloat(d(x) * d(y));
    }
    return PyNumbers.imul(x, y);
  }

  /** x &#64; y. */
  public static PyObject matmul(PyObject x, PyObject y) {
    return PyNumbers.matmul(x, y);
  }

  /** x &#64;= y. */
  public static PyObject imatmul(PyObject x, PyObject y) {
    return PyNumbers.imatmul(x, y);
  }

  /** {@code x / y}. */
  public static PyObject truediv(PyObject x, PyObject y) {
    if (floats(x, y) && d(y) != 0) {
      return new PyFloat(d(x) / d(y));
    }
    return PyNumbers.truediv(x, y);
  }

  /** {@code x /= y}. */
  public static PyObject itruediv(PyObject x, PyObject y) {
    if (floats(x, y) && d(y) != 0) {
      return new PyFloat(d(x) / d(y));
    }
    return PyNumbers.itruediv(x, y);
  }

  /** {@code x % y}. */
  public static PyObject mod(PyObject x, PyObject y) {
    if (longs(x, y) && l(y) != 0) {
      return PyInt.of(Math.floorMod(l(x), l(y)));
    }
    return PyNumbers.mod(x, y);
  }

  /** {@code x %= y}. */
  public static PyObject imod(PyObject x, PyObject y) {
    if (longs(x, y) && l(y) != 0) {
      return PyInt.of(Math.floorMod(l(x), l(y)));
    }
    return PyNumbers.imod(x, y);
  }

  /** {@code x ** y}. */
  public static PyObject pow(PyObject x, PyObject y) {
    return PyNumbers.pow(x, y, Py.None);
  }

  /** {@code x **= y}. */
  public static PyObject ipow(PyObject x, PyObject y) {
    return PyNumbers.ipow(x, y, Py.None);
  }

  /** {@code x << y}. */
  public static PyObject lshift(PyObject x, PyObject y) {
    if (longs(x, y) && l(y) >= 0 && l(y) < 63) {
      long s = l(x) << l(y);
      if (s >> l(y) == l(x)) {
        return PyInt.of(s);
      }
    }
    return PyNumbers.lshift(x, y);
  }

  /** {@code x <<= y}. */
  public static PyObject ilshift(PyObject x, PyObject y) {
    if (longs(x, y) && l(y) >= 0 && l(y) < 63) {
      long s = l(x) << l(y);
      if (s >> l(y) == l(x)) {
        return PyInt.of(s);
      }
    }
    return PyNumbers.ilshift(x, y);
  }

  /** {@code x >> y}. */
  public static PyObject rshift(PyObject x, PyObject y) {
    if (longs(x, y) && l(y) >= 0) {
      return PyInt.of(l(x) >> Math.min(l(y), 63));
    }
    return PyNumbers.rshift(x, y);
  }

  /** {@code x >>= y}. */
  public static PyObject irshift(PyObject x, PyObject y) {
    if (longs(x, y) && l(y) >= 0) {
      return PyInt.of(l(x) >> Math.min(l(y), 63));
    }
    return PyNumbers.irshift(x, y);
  }

  /** {@code x | y}. */
  public static PyObject or(PyObject x, PyObject y) {
    if (longs(x, y)) {
      return PyInt.of(l(x) | l(y));
    }
    return PyNumbers.or(x, y);
  }

  /** {@code x |= y}. */
  public static PyObject ior(PyObject x, PyObject y) {
    if (longs(x, y)) {
      return PyInt.of(l(x) | l(y));
    }
    return PyNumbers.ior(x, y);
  }

  /** {@code x ^ y}. */
  public static PyObject xor(PyObject x, PyObject y) {
    if (longs(x, y)) {
      return PyInt.of(l(x) ^ l(y));
    }
    return PyNumbers.xor(x, y);
  }

  /** {@code x ^= y}. */
  public static PyObject ixor(PyObject x, PyObject y) {
    if (longs(x, y)) {
      return PyInt.of(l(x) ^ l(y));
    }
    return PyNumbers.ixor(x, y);
  }

  /** {@code x & y}. */
  public static PyObject and(PyObject x, PyObject y) {
    if (longs(x, y)) {
      return PyInt.of(l(x) & l(y));
    }
    return PyNumbers.and(x, y);
  }

  /** {@code x &= y}. */
  public static PyObject iand(PyObject x, PyObject y) {
    if (longs(x, y)) {
      return PyInt.of(l(x) & l(y));
    }
    return PyNumbers.iand(x, y);
  }

  /** {@code x // y}. */
  public static PyObject floordiv(PyObject x, PyObject y) {
    if (longs(x, y) && l(y) != 0 && l(y) != -1) {
      return PyInt.of(Math.floorDiv(l(x), l(y)));
    }
    return PyNumbers.floordiv(x, y);
  }

  /** {@code x //= y}. */
  public static PyObject ifloordiv(PyObject x, PyObject y) {
    if (longs(x, y) && l(y) != 0 && l(y) != -1) {
      return PyInt.of(Math.floorDiv(l(x), l(y)));
    }
    return PyNumbers.ifloordiv(x, y);
  }

  /** x &lt; y. */
  public static PyObject lt(PyObject x, PyObject y) {
    if (longs(x, y)) {
      return Py.bool_(l(x) < l(y));
    }
    if (floats(x, y)) {
      return Py.bool_(d(x) < d(y));
    }
    return PyObjects.richCompare(x, y, CompareOp.LT);
  }

  /** Truth of x &lt; y. */
  public static boolean testLt(PyObject x, PyObject y) {
    if (longs(x, y)) {
      return l(x) < l(y);
    }
    if (floats(x, y)) {
      return d(x) < d(y);
    }
    return truth(PyObjects.richCompare(x, y, CompareOp.LT));
  }

  /** {@code x &lt;= y}. */
  public static PyObject le(PyObject x, PyObject y) {
    if (longs(x, y)) {
      return Py.bool_(l(x) <= l(y));
    }
    if (floats(x, y)) {
      return Py.bool_(d(x) <= d(y));
    }
    return PyObjects.richCompare(x, y, CompareOp.LE);
  }

  /** Truth of {@code x &lt;= y}. */
  public static boolean testLe(PyObject x, PyObject y) {
    if (longs(x, y)) {
      return l(x) <= l(y);
    }
    if (floats(x, y)) {
      return d(x) <= d(y);
    }
    return truth(PyObjects.richCompare(x, y, CompareOp.LE));
  }

  /** {@code x == y}. */
  public static PyObject eq(PyObject x, PyObject y) {
    if (longs(x, y)) {
      return Py.bool_(l(x) == l(y));
    }
    if (floats(x, y)) {
      return Py.bool_(d(x) == d(y));
    }
    return PyObjects.richCompare(x, y, CompareOp.EQ);
  }

  /** Truth of {@code x == y}. */
  public static boolean testEq(PyObject x, PyObject y) {
    if (longs(x, y)) {
      return l(x) == l(y);
    }
    if (floats(x, y)) {
      return d(x) == d(y);
    }
    return truth(PyObjects.richCompare(x, y, CompareOp.EQ));
  }

  /** {@code x != y}. */
  public static PyObject ne(PyObject x, PyObject y) {
    if (longs(x, y)) {
      return Py.bool_(l(x) != l(y));
    }
    if (floats(x, y)) {
      return Py.bool_(d(x) != d(y));
    }
    return PyObjects.richCompare(x, y, CompareOp.NE);
  }

  /** Truth of {@code x != y}. */
  public static boolean testNe(PyObject x, PyObject y) {
    if (longs(x, y)) {
      return l(x) != l(y);
    }
    if (floats(x, y)) {
      return d(x) != d(y);
    }
    return truth(PyObjects.richCompare(x, y, CompareOp.NE));
  }

  /** {@code x &gt; y}. */
  public static PyObject gt(PyObject x, PyObject y) {
    if (longs(x, y)) {
      return Py.bool_(l(x) > l(y));
    }
    if (floats(x, y)) {
      return Py.bool_(d(x) > d(y));
    }
    return PyObjects.richCompare(x, y, CompareOp.GT);
  }

  /** Truth of {@code x &gt; y}. */
  public static boolean testGt(PyObject x, PyObject y) {
    if (longs(x, y)) {
      return l(x) > l(y);
    }
    if (floats(x, y)) {
      return d(x) > d(y);
    }
    return truth(PyObjects.richCompare(x, y, CompareOp.GT));
  }

  /** {@code x &gt;= y}. */
  public static PyObject ge(PyObject x, PyObject y) {
    if (longs(x, y)) {
      return Py.bool_(l(x) >= l(y));
    }
    if (floats(x, y)) {
      return Py.bool_(d(x) >= d(y));
    }
    return PyObjects.richCompare(x, y, CompareOp.GE);
  }

  /** Truth of {@code x &gt;= y}. */
  public static boolean testGe(PyObject x, PyObject y) {
    if (longs(x, y)) {
      return l(x) >= l(y);
    }
    if (floats(x, y)) {
      return d(x) >= d(y);
    }
    return truth(PyObjects.richCompare(x, y, CompareOp.GE));
  }
}
