package org.plait.runtime.protocol;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.ArgumentConverters;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.Special;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyIterator;
import org.plait.runtime.types.PySequenceIterator;
import org.plait.sched.SafePoint;

/**
 * The iterator protocol. To ask for the next item is a safe point, even if no Python code runs:
 * what consumes an iterator may do so without end.
 */
public final class PyIters {
  private PyIters() {}

  /** Equivalent of CPython's {@code PyObject_GetIter}. */
  public static PyObject getIter(PyObject o) {
    PyType type = o.type();
    PyObject f = type.special(Special.ITER);
    if (f == null || f == org.plait.runtime.object.Py.None) {
      if (f == null && PySequences.isSequence(o)) {
        return new PySequenceIterator(o);
      }
      throw Errors.typeError("'" + type.name() + "' object is not iterable");
    }
    PyObject it = PyCalls.invoke(f, o);
    if (!isIterator(it)) {
      throw Errors.typeError("iter() returned non-iterator of type '" + it.type().name() + "'");
    }
    return it;
  }

  /** Whether the object has {@code __next__}. */
  public static boolean isIterator(PyObject o) {
    return o instanceof PyIterator || o.type().special(Special.NEXT) != null;
  }

  /** The next item, or null at the end. Equivalent of CPython's {@code PyIter_NextItem}. */
  public static @Nullable PyObject next(PyObject it) {
    if (it instanceof PyIterator n && it.attrs() == null) {
      SafePoint.poll();
      return n.next();
    }
    try {
      return nextRaising(it);
    } catch (PyException e) {
      if (e.matches(Exceptions.StopIteration)) {
        return null;
      }
      throw e;
    }
  }

  /**
   * As {@link #next}, letting StopIteration pass where the iterator raises one: its value may
   * count.
   */
  public static @Nullable PyObject nextRaising(PyObject it) {
    if (it instanceof PyIterator n && it.attrs() == null) {
      SafePoint.poll();
      return n.next();
    }
    PyObject f = it.type().special(Special.NEXT);
    if (f == null) {
      throw Errors.typeError("'" + it.type().name() + "' object is not an iterator");
    }
    return PyCalls.invoke(f, it);
  }

  /**
   * Equivalent of CPython's {@code PyObject_LengthHint}.
   *
   * @return the length or hint, or {@code otherwise} when there is none
   */
  public static long lengthHint(PyObject o, long otherwise) {
    PyType type = o.type();
    PyObject len = type.special(Special.LEN);
    if (len != null) {
      try {
        return PySequences.lengthOf(len, o);
      } catch (PyException e) {
        if (!e.matches(Exceptions.TypeError)) {
          throw e;
        }
      }
    }
    PyObject f = type.special(Special.LENGTH_HINT);
    if (f == null) {
      return otherwise;
    }
    PyObject r;
    try {
      r = PyCalls.invoke(f, o);
    } catch (PyException e) {
      if (e.matches(Exceptions.TypeError)) {
        return otherwise;
      }
      throw e;
    }
    if (r == org.plait.runtime.object.Py.NotImplemented) {
      return otherwise;
    }
    if (!(r instanceof PyInt i)) {
      throw Errors.typeError("__length_hint__ must be an integer, not " + r.type().name());
    }
    long n = ArgumentConverters.toSsize(i);
    if (n < 0) {
      throw Errors.valueError("__length_hint__() should return >= 0");
    }
    return n;
  }
}
