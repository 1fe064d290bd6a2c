package org.plait.modules.itertools;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyNumbers;

/** {@code itertools.islice}. */
@PyTypeDef(
    name = "islice",
    module = "itertools",
    subclassable = true,
    sig = "none",
    doc =
        "islice(iterable, stop)\n"
            + "islice(iterable, start, stop[, step])\n\n"
            + "The items that a slice of a sequence would have.")
public class PyIslice extends ItertoolsIterator {
  public static final PyType TYPE = PyType.builtin(PyIsliceTable.INSTANCE);

  /** Null once exhausted. */
  private volatile @Nullable PyObject iterator;

  /** The number of the next item wanted. */
  private long next;

  /** Where to stop, or -1. */
  private final long stop;

  private final long step;

  /** How many items have been taken. */
  private long taken;

  PyIslice(PyObject iterator, long start, long stop, long step) {
    this.iterator = iterator;
    this.next = start;
    this.stop = stop;
    this.step = step;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  private static final String RANGE = "must be None or an integer: 0 <= x <= sys.maxsize.";

  /** A number, or -1 for None; -2 for what is neither. */
  private static long number(PyObject o, long none) {
    if (o == Py.None) {
      return none;
    }
    try {
      long n = PyNumbers.asLong(o, Exceptions.OverflowError);
      return n < 0 ? -2 : n;
    } catch (PyException e) {
      return -2;
    }
  }

  @PyNew(sig = "!(iterable, stop, /)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    PyObject[] a = Arguments.check(cls, TYPE, args, kwnames, 2, 4);
    long start = 0;
    long stop;
    long step = 1;
    if (a.length == 2) {
      stop = number(a[1], -1);
      checkStop(stop);
    } else {
      start = number(a[1], 0);
      stop = number(a[2], -1);
      checkStop(stop);
      if (start < 0) {
        throw Errors.valueError("Indices for islice() " + RANGE);
      }
      step = a.length == 4 ? number(a[3], 1) : 1;
      if (step < 1) {
        throw Errors.valueError("Step for islice() must be a positive integer or None.");
      }
    }
    PyObject it = PyIters.getIter(a[0]);
    return cls == TYPE
        ? new PyIslice(it, start, stop, step)
        : new PyIsliceDerived(cls, it, start, stop, step);
  }

  private static void checkStop(long stop) {
    if (stop < -1) {
      throw Errors.valueError("Stop argument for islice() " + RANGE);
    }
  }

  // Compare CPython islice_next in itertoolsmodule.c.
  @Override
  public @Nullable PyObject next() {
    PyObject it = iterator;
    if (it == null) {
      return null;
    }
    while (taken < next) {
      if (PyIters.next(it) == null) {
        iterator = null;
        return null;
      }
      taken++;
    }
    if (stop != -1 && taken >= stop) {
      iterator = null;
      return null;
    }
    PyObject v = PyIters.next(it);
    if (v == null) {
      iterator = null;
      return null;
    }
    taken++;
    long n = next + step;
    next = n < 0 || stop != -1 && n > stop ? (stop == -1 ? Long.MAX_VALUE : stop) : n;
    return v;
  }
}
