package org.plait.runtime.boot;

import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.types.PyByteArray;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyFloat;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyStr;

/** {@code sum()}: exact for ints, compensated for floats. */
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
      double sum = ((PyFloat) total).value();
      double lost = 0;
      while (v != null) {
        double x;
        if (v.getClass() == PyFloat.class) {
          x = ((PyFloat) v).value();
          double next = sum + x;
          if (Math.abs(sum) >= Math.abs(x)) {
            lost += sum - next + x;
          } else {
            lost += x - next + sum;
          }
          sum = next;
        } else if (v instanceof PyInt i && v.attrs() == null && i.isLong()) {
          sum += (double) i.longValue();
        } else {
          break;
        }
        v = PyIters.next(it);
      }
      total = new PyFloat(lost != 0 && Double.isFinite(lost) ? sum + lost : sum);
    }
    for (; v != null; v = PyIters.next(it)) {
      total = PyNumbers.add(total, v);
    }
    return total;
  }
}
