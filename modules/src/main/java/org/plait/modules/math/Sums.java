package org.plait.modules.math;

import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.types.PyBool;
import org.plait.runtime.types.PyFloat;
import org.plait.runtime.types.PyInt;

/** Sums that lose no precision on the way. */
public final class Sums {
  private Sums() {}

  // Compare CPython math_fsum in mathmodule.c.
  /** The sum rounded once: Shewchuk's non-overlapping partial sums. */
  public static double fsum(PyObject seq) {
    double[] p = new double[32];
    int n = 0;
    double special = 0;
    double infinities = 0;
    PyObject it = PyIters.getIter(seq);
    for (PyObject item = PyIters.next(it); item != null; item = PyIters.next(it)) {
      double x = PyNumbers.asDouble(item);
      double given = x;
      int i = 0;
      for (int j = 0; j < n; j++) {
        double y = p[j];
        if (Math.abs(x) < Math.abs(y)) {
          double t = x;
          x = y;
          y = t;
        }
        double high = x + y;
        double low = y - (high - x);
        if (low != 0) {
          p[i++] = low;
        }
        x = high;
      }
      n = i;
      if (x == 0) {
        continue;
      }
      if (Double.isFinite(x)) {
        if (n == p.length) {
          p = Arrays.copyOf(p, 2 * n);
        }
        p[n++] = x;
      } else {
        if (Double.isFinite(given)) {
          throw Errors.overflowError("intermediate overflow in fsum");
        }
        if (Double.isInfinite(given)) {
          infinities += given;
        }
        special += given;
        n = 0;
      }
    }
    if (special != 0) {
      if (Double.isNaN(infinities)) {
        throw Errors.valueError("-inf + inf in fsum");
      }
      return special;
    }
    return rounded(p, n);
  }

  /** The sum of partial sums, rounded half to even over all of them. */
  private static double rounded(double[] p, int n) {
    if (n == 0) {
      return 0.0;
    }
    double high = p[--n];
    double low = 0;
    while (n > 0) {
      double x = high;
      double y = p[--n];
      high = x + y;
      low = y - (high - x);
      if (low != 0) {
        break;
      }
    }
    if (n > 0 && (low < 0 && p[n - 1] < 0 || low > 0 && p[n - 1] > 0)) {
      double y = low * 2;
      double x = high + y;
      if (y == x - high) {
        high = x;
      }
    }
    return high;
  }

  // ---- norms

  /** The length of a vector, with an error below one unit in the last place. */
  public static double norm(double[] v) {
    double max = 0;
    boolean nan = false;
    for (int i = 0; i < v.length; i++) {
      v[i] = Math.abs(v[i]);
      nan |= Double.isNaN(v[i]);
      max = Math.max(max, Double.isNaN(v[i]) ? 0 : v[i]);
    }
    if (Double.isInfinite(max)) {
      return max;
    }
    if (nan) {
      return Double.NaN;
    }
    if (max == 0 || v.length <= 1) {
      return max;
    }
    // Powers of two scale without loss, so that squares neither overflow nor vanish.
    int e = Math.getExponent(max) < Double.MIN_EXPONENT ? -1080 : Math.getExponent(max);
    int up = -e / 2;
    int rest = -e - up;
    double high = 0;
    double low = 0;
    for (double x : v) {
      x = Math.scalb(Math.scalb(x, up), rest);
      double sq = x * x;
      double sqLow = Math.fma(x, x, -sq);
      double sum = high + sq;
      double part = sum - high;
      low += high - (sum - part) + (sq - part) + sqLow;
      high = sum;
    }
    double h = Math.sqrt(high + low);
    double residual = Math.fma(-h, h, high) + low;
    h += residual / (2 * h);
    return Math.scalb(Math.scalb(h, -up), -rest);
  }

  // ---- sumprod

  /** A float sum in three parts. */
  private static final class Triple {
    private double high;
    private double low;
    private double tiny;

    void addProduct(double x, double y) {
      double p = x * y;
      double pLow = Math.fma(x, y, -p);
      double sum = high + p;
      double b = sum - high;
      double sumLow = high - (sum - b) + (p - b);
      double r = low + pLow;
      double c = r - low;
      double rLow = low - (r - c) + (pLow - c);
      double s = r + sumLow;
      double d = s - r;
      double sLow = r - (s - d) + (sumLow - d);
      high = sum;
      low = s;
      tiny += rLow + sLow;
    }

    double value() {
      double last = low + tiny;
      double b = last - low;
      double lastLow = low - (last - b) + (tiny - b);
      double sum = high + last;
      double c = sum - high;
      double sumLow = high - (sum - c) + (last - c);
      return sum + (sumLow + lastLow);
    }
  }

  // Compare CPython math_sumprod_impl in mathmodule.c.
  public static PyObject sumprod(PyObject p, PyObject q) {
    PyObject pit = PyIters.getIter(p);
    PyObject qit = PyIters.getIter(q);
    Products sum = new Products();
    while (true) {
      PyObject a = PyIters.next(pit);
      PyObject b = PyIters.next(qit);
      if ((a == null) != (b == null)) {
        throw Errors.valueError("Inputs are not the same length");
      }
      if (a == null) {
        return sum.end();
      }
      sum.add(a, b);
    }
  }

  /**
   * A sum of products: of ints as long as they fit a long, then of floats in three parts, then by
   * the operators. Once a way is left it isn't taken again.
   */
  private static final class Products {
    private PyObject total = PyInt.ZERO;
    private boolean intsOnly = true;
    private boolean realsOnly = true;
    private @Nullable BigInteger ints;
    private @Nullable Triple floats;

    void add(PyObject a, PyObject b) {
      if (intsOnly && addInts(a, b)) {
        return;
      }
      endInts();
      if (realsOnly && addReals(a, b)) {
        return;
      }
      endReals();
      total = PyNumbers.add(total, PyNumbers.mul(a, b));
    }

    PyObject end() {
      endInts();
      endReals();
      return total;
    }

    private boolean addInts(PyObject a, PyObject b) {
      if (a.getClass() != PyInt.class || b.getClass() != PyInt.class) {
        return false;
      }
      BigInteger product = ((PyInt) a).bigValue().multiply(((PyInt) b).bigValue());
      BigInteger next = ints == null ? product : ints.add(product);
      if (next.bitLength() > 63 || product.bitLength() > 63) {
        return false;
      }
      ints = next;
      return true;
    }

    private void endInts() {
      intsOnly = false;
      if (ints != null) {
        total = PyNumbers.add(total, PyInt.of(ints));
        ints = null;
      }
    }

    private boolean addReals(PyObject a, PyObject b) {
      boolean real =
          a.getClass() == PyFloat.class && isReal(b) || b.getClass() == PyFloat.class && isReal(a);
      if (!real) {
        return false;
      }
      double x = PyNumbers.asDouble(a);
      double y = PyNumbers.asDouble(b);
      double high = (floats == null ? 0 : floats.high) + x * y;
      if (!Double.isFinite(high)) {
        return false;
      }
      if (floats == null) {
        floats = new Triple();
      }
      floats.addProduct(x, y);
      return true;
    }

    private void endReals() {
      realsOnly = false;
      if (floats != null) {
        total = PyNumbers.add(total, Py.float_(floats.value()));
        floats = null;
      }
    }
  }

  private static boolean isReal(PyObject o) {
    return o.getClass() == PyFloat.class
        || o.getClass() == PyInt.class && Double.isFinite(((PyInt) o).bigValue().doubleValue())
        || o instanceof PyBool;
  }
}
