package org.plait.modules;

import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PyObjects.CompareOp;
import org.plait.runtime.protocol.PySequences;
import org.plait.runtime.types.PyList;

/** {@code _bisect}. */
@PyModuleDef(name = "_bisect", doc = "Bisection algorithms.")
public final class BisectModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new BisectModuleTable(this);
  }

  // Compare CPython internal_bisect_right and internal_bisect_left in _bisectmodule.c.
  private static long bisect(
      PyObject a, PyObject x, long lo, PyObject hi, PyObject key, boolean right) {
    if (lo < 0) {
      throw Errors.valueError("lo must be non-negative");
    }
    long end = hi == Py.None ? -1 : PyNumbers.asLong(hi, Exceptions.OverflowError);
    if (end == -1) {
      end = PySequences.length(a);
    }
    while (lo < end) {
      long middle = lo + end >>> 1;
      PyObject v = PySequences.getItem(a, middle);
      if (key != Py.None) {
        v = key.call1(v);
      }
      boolean before =
          right
              ? !PyObjects.compareBool(x, v, CompareOp.LT)
              : PyObjects.compareBool(v, x, CompareOp.LT);
      if (before) {
        lo = middle + 1;
      } else {
        end = middle;
      }
    }
    return lo;
  }

  private static void insert(PyObject a, long i, PyObject x) {
    if (a.getClass() == PyList.class) {
      ((PyList) a).insert(i, x);
    } else {
      PyCalls.callMethod(a, "insert", Py.int_(i), x);
    }
  }

  @PyFunction(
      name = "bisect_right",
      sig = "(a, x, lo=0, hi=None, *, key=None)",
      doc = "The first position at which x can go into the sorted list a.")
  static long bisectRight(PyObject a, PyObject x, long lo, PyObject hi, PyObject key) {
    return bisect(a, x, lo, hi, key, true);
  }

  @PyFunction(
      name = "bisect_left",
      sig = "(a, x, lo=0, hi=None, *, key=None)",
      doc = "The first position at which x can go into the sorted list a.")
  static long bisectLeft(PyObject a, PyObject x, long lo, PyObject hi, PyObject key) {
    return bisect(a, x, lo, hi, key, false);
  }

  @PyFunction(
      name = "insort_right",
      sig = "(a, x, lo=0, hi=None, *, key=None)",
      doc = "Puts x into the sorted list a, before those equal to it.")
  static void insortRight(PyObject a, PyObject x, long lo, PyObject hi, PyObject key) {
    PyObject k = key == Py.None ? x : key.call1(x);
    insert(a, bisect(a, k, lo, hi, key, true), x);
  }

  @PyFunction(
      name = "insort_left",
      sig = "(a, x, lo=0, hi=None, *, key=None)",
      doc = "Puts x into the sorted list a, before those equal to it.")
  static void insortLeft(PyObject a, PyObject x, long lo, PyObject hi, PyObject key) {
    PyObject k = key == Py.None ? x : key.call1(x);
    insert(a, bisect(a, k, lo, hi, key, false), x);
  }
}
