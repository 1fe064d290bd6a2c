package org.plait.runtime.boot;

import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.interp.Drain;
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
    PyObject v;
    if (total.getClass() == PyInt.class && ((PyInt) total).isLong()) {
      Drain sum = new Drain(Drain.INTS);
      sum.sum = ((PyInt) total).longValue();
      v = sum.next(it);
      while (v != null && v instanceof PyInt i && v.attrs() == null && i.isLong()) {
        long next = sum.sum + i.longValue();
        if (((sum.sum ^ next) & (i.longValue() ^ next)) < 0) {
          break;
        }
        sum.sum = next;
        v = sum.next(it);
      }
      total = PyInt.of(sum.sum);
      if (v == null) {
        return total;
      }
      total = PyNumbers.add(total, v);
      if (total.getClass() != PyFloat.class) {
        v = PyIters.next(it);
      }
    } else if (total.getClass() != PyFloat.class) {
      v = PyIters.next(it);
    } else {
      v = null;
    }
    if (total.getClass() == PyFloat.class) {
      Drain sum = compensated(((PyFloat) total).value());
      do {
        v = sum.next(it);
      } while (v != null && addReal(sum, v));
      total = new PyFloat(value(sum));
      if (v == null) {
        return total;
      }
      total = PyNumbers.add(total, v);
      v = PyIters.next(it);
    }
    if (total.getClass() == PyComplex.class) {
      PyComplex first = (PyComplex) total;
      Drain real = compensated(first.real());
      Drain imag = compensated(first.imag());
      while (v != null) {
        if (v.getClass() == PyComplex.class) {
          real.add(((PyComplex) v).real());
          imag.add(((PyComplex) v).imag());
        } else if (!addReal(real, v)) {
          break;
        }
        v = PyIters.next(it);
      }
      total = new PyComplex(value(real), value(imag));
    }
    for (; v != null; v = PyIters.next(it)) {
      total = PyNumbers.add(total, v);
    }
    return total;
  }

  /** Adds a float or an int; false for anything else. */
  private static boolean addReal(Drain sum, PyObject v) {
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

  private static Drain compensated(double start) {
    Drain d = new Drain(Drain.FLOATS);
    d.high = start;
    return d;
  }

  private static double value(Drain sum) {
    return sum.lost != 0 && Double.isFinite(sum.lost) ? sum.high + sum.lost : sum.high;
  }
}
