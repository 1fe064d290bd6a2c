package org.plait.runtime.boot;

import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.types.PyByteArray;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyComplex;
import org.plait.runtime.types.PyFloat;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyStr;

/** {@code sum()}: exact for ints, compensated for floats and complex numbers. */
final class Sum {
  private Sum() {}

  // Compare CPython builtin_sum_impl and cs_add in bltinmodule.c.
  static PyObject of(PyObject iterable, PyObject start) {
    PyObject it = PyIters.getIter(iterable);
    if (start instanceof PyStr) {
      throw Errors.typeError("sum() can't sum strings [use ''.join(seq) instead]");
    }
    if (start instanceof PyBytes) {
      throw Errors.typeError("sum() can't sum bytes [use b''.join(seq) instead]");
    }
    if (start instanceof PyByteArray) {
      throw Errors.typeError("sum() can't sum bytearray [use b''.join(seq) instead]");
    }
    PyObject total = start;
    PyObject v = PyIters.next(it);
    if (total.getClass() == PyInt.class && ((PyInt) total).isLong()) {
      long sum = ((PyInt) total).longValue();
      while (v != null && v instanceof PyInt i && v.attrs() == null && i.isLong()) {
        long next = sum + i.longValue();
        if (((sum ^ next) & (i.longValue() ^ next)) < 0) {
          break;
        }
        sum = next;
        v = PyIters.next(it);
      }
      total = PyInt.of(sum);
      if (v == null) {
        return total;
      }
      total = PyNumbers.add(total, v);
      v = PyIters.next(it);
    }
    if (total.getClass() == PyFloat.class) {
      Compensated sum = new Compensated(((PyFloat) total).value());
      while (v != null && addReal(sum, v)) {
        v = PyIters.next(it);
      }
      total = new PyFloat(sum.value());
      if (v == null) {
        return total;
      }
      total = PyNumbers.add(total, v);
      v = PyIters.next(it);
    }
    if (total.getClass() == PyComplex.class) {
      PyComplex first = (PyComplex) total;
      Compensated real = new Compensated(first.real());
      Compensated imag = new Compensated(first.imag());
      while (v != null) {
        if (v.getClass() == PyComplex.class) {
          real.add(((PyComplex) v).real());
          imag.add(((PyComplex) v).imag());
        } else if (!addReal(real, v)) {
          break;
        }
        v = PyIters.next(it);
      }
      total = new PyComplex(real.value(), imag.value());
    }
    for (; v != null; v = PyIters.next(it)) {
      total = PyNumbers.add(total, v);
    }
    return total;
  }

  /** Adds a float or an int; false for anything else. */
  private static boolean addReal(Compensated sum, PyObject v) {
    if (v.getClass() == PyFloat.class) {
      sum.add(((PyFloat) v).value());
      return true;
    }
    if (v instanceof PyInt i) {
      sum.add(i.doubleValue());
      return true;
    }
    return false;
  }

  /** A sum that keeps what rounding lost, as Neumaier does. */
  private static final class Compensated {
    private double high;
    private double lost;

    Compensated(double start) {
      high = start;
    }

    void add(double x) {
      double next = high + x;
      lost += Math.abs(high) >= Math.abs(x) ? high - next + x : x - next + high;
      high = next;
    }

    double value() {
      return lost != 0 && Double.isFinite(lost) ? high + lost : high;
    }
  }
}
