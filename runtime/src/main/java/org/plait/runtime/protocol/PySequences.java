package org.plait.runtime.protocol;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.interp.Drain;
import org.plait.runtime.interp.PyGenerator;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.PyWrapperDescriptor;
import org.plait.runtime.object.Special;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyDictView;
import org.plait.runtime.types.PyFrozenSet;
import org.plait.runtime.types.PyHashTable;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PySet;
import org.plait.runtime.types.PySlice;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/** The sequence protocol: lengths, membership, collecting iterables. */
public final class PySequences {
  private PySequences() {}

  /** Equivalent of CPython's {@code PyObject_Size}. */
  public static long length(PyObject o) {
    Class<?> c = o.getClass();
    if (c == PyList.class) {
      return ((PyList) o).size();
    }
    if (c == PyStr.class) {
      return ((PyStr) o).length();
    }
    if (c == PyTuple.class) {
      return ((PyTuple) o).size();
    }
    if (c == PyDict.class) {
      return ((PyDict) o).size();
    }
    PyObject f = o.type().special(Special.LEN);
    if (f == null) {
      throw Errors.typeError("object of type '" + o.type().name() + "' has no len()");
    }
    return lengthOf(f, o);
  }

  /** The length by a {@code __len__} found already. */
  static long lengthOf(PyObject len, PyObject o) {
    PyObject r = PyCalls.invoke(len, o);
    if (r.getClass() == PyInt.class && ((PyInt) r).isLong() && ((PyInt) r).longValue() >= 0) {
      return ((PyInt) r).longValue();
    }
    PyInt i = PyNumbers.index(r);
    if (i.signum() < 0) {
      throw Errors.valueError("__len__() should return >= 0");
    }
    return PyNumbers.asLong(i, Exceptions.OverflowError);
  }

  /** Equivalent of CPython's {@code PySequence_Check}. */
  public static boolean isSequence(PyObject o) {
    PyObject getItem = o.type().special(Special.GETITEM);
    return getItem != null
        && !(o instanceof PyDict)
        && !(o instanceof org.plait.runtime.types.PyMappingProxy)
        // Natives without a length only subscript: unions, aliases, matches.
        && (o.type().special(Special.LEN) != null || !(getItem instanceof PyWrapperDescriptor));
  }

  /** Equivalent of CPython's {@code PySequence_Contains}. */
  public static boolean contains(PyObject container, PyObject item) {
    if (container.getClass() == PyDict.class) {
      return ((PyDict) container).contains(item);
    }
    if (container.getClass() == PySet.class) {
      return ((PySet) container).contains(item);
    }
    if (container.getClass() == PyStr.class) {
      return ((PyStr) container).containsItem(item);
    }
    PyType type = container.type();
    PyObject f = type.special(Special.CONTAINS);
    if (f == Py.None) {
      throw Errors.typeError("'" + type.name() + "' object is not a container");
    }
    if (f != null) {
      return PyObjects.isTrue(PyCalls.invoke(f, container, item));
    }
    if (type.special(Special.ITER) == null && !isSequence(container)) {
      throw Errors.typeError(
          "argument of type '" + type.name() + "' is not a container or iterable");
    }
    PyObject it = PyIters.getIter(container);
    for (PyObject v = PyIters.next(it); v != null; v = PyIters.next(it)) {
      if (PyObjects.equal(v, item)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSmall(PyObject bound) {
    return bound == Py.None || bound.getClass() == PyInt.class && ((PyInt) bound).isLong();
  }

  /** A bound of a slice, which is None or fits a long, clipped to 0..length. */
  private static int sliceIndex(PyObject bound, int length, int otherwise) {
    if (bound == Py.None) {
      return otherwise;
    }
    long i = ((PyInt) bound).longValue();
    return (int) (i < 0 ? Math.max(i + length, 0) : Math.min(i, length));
  }

  /** {@code o[start:stop]}; None for parts left out. */
  public static PyObject getSlice(PyObject o, PyObject start, PyObject stop) {
    if (o.getClass() == PyStr.class && isSmall(start) && isSmall(stop)) {
      PyStr s = (PyStr) o;
      int n = s.length();
      int to = sliceIndex(stop, n, n);
      return s.substring(Math.min(sliceIndex(start, n, 0), to), to);
    }
    return PyMappings.getItem(o, new PySlice(start, stop, Py.None));
  }

  /** Equivalent of CPython's {@code PySequence_Tuple}; exact tuples come back as they are. */
  public static PyTuple tuple(PyObject o) {
    if (o.getClass() == PyTuple.class) {
      return (PyTuple) o;
    }
    return PyTuple.of(toArray(o));
  }

  /** Equivalent of CPython's {@code PySequence_List}: always a new list. */
  public static PyList list(PyObject o) {
    return PyList.of(toArray(o));
  }

  /**
   * The items of a built-in container, taken in one atomic step, in a new array; null for
   * everything that has to be iterated.
   */
  public static PyObject @Nullable [] snapshotOrNull(PyObject o) {
    Class<?> c = o.getClass();
    if (c == PyTuple.class) {
      return ((PyTuple) o).toArray();
    }
    if (c == PyList.class) {
      return ((PyList) o).toArray();
    }
    if (PyDict.isExact(o) || c == PySet.class || c == PyFrozenSet.class) {
      return ((PyHashTable) o).snapshotKeys();
    }
    return o instanceof PyDictView v ? v.toArray() : null;
  }

  /** The items of any iterable, in a new array. */
  public static PyObject[] toArray(PyObject o) {
    PyObject[] snapshot = snapshotOrNull(o);
    if (snapshot != null) {
      return snapshot;
    }
    PyObject it = PyIters.getIter(o);
    if (it instanceof PyGenerator) {
      PyList collected = new PyList();
      Drain d = Drain.into(collected);
      for (PyObject v = d.next(it); v != null; v = d.next(it)) {
        collected.append(v);
      }
      return collected.toArray();
    }
    long hint = o == it ? 8 : PyIters.lengthHint(o, 8);
    ArrayList<PyObject> items = new ArrayList<>((int) Math.min(hint, 1 << 20));
    for (PyObject v = PyIters.next(it); v != null; v = PyIters.next(it)) {
      items.add(v);
    }
    return items.toArray(PyObject.NO_ARGS);
  }

  /**
   * Equivalent of CPython's {@code PySequence_Fast}: the items of an iterable.
   *
   * @param message of the TypeError when the object is not iterable
   */
  public static PyObject[] fast(PyObject o, String message) {
    if (o.type().special(Special.ITER) == null && !isSequence(o)) {
      throw Errors.typeError(message);
    }
    return toArray(o);
  }

  /** {@code o[i]} for a number of ours. */
  public static PyObject getItem(PyObject o, long i) {
    PyObject v = o.getClass() == PyList.class && i == (int) i ? ((PyList) o).get((int) i) : null;
    return v != null ? v : PyMappings.getItem(o, Py.int_(i));
  }

  /** The item, or null on IndexError; for old-style sequence iteration. */
  public static @Nullable PyObject getItemOrNull(PyObject o, long i) {
    try {
      return getItem(o, i);
    } catch (org.plait.runtime.exceptions.PyException e) {
      if (e.matches(Exceptions.IndexError) || e.matches(Exceptions.StopIteration)) {
        return null;
      }
      throw e;
    }
  }

  /** An index that counts from the end when negative. */
  public static long wrap(long i, long length) {
    return i < 0 ? i + length : i;
  }
}
