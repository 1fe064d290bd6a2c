package org.plait.modules.pickle;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyDict;

/**
 * What an unpickler has been told to remember, by number. Numbers far beyond the count, which only
 * odd pickles have, are kept apart so that they cost no memory. Used by one thread.
 */
final class UnpicklerMemo {
  private @Nullable PyObject[] dense = new PyObject[32];
  private int count;
  private final Map<Long, PyObject> sparse = new HashMap<>();

  /** How many there are. */
  int size() {
    return count;
  }

  int capacity() {
    return dense.length + sparse.size();
  }

  @Nullable PyObject get(long number) {
    if (number >= 0 && number < dense.length) {
      PyObject o = dense[(int) number];
      if (o != null) {
        return o;
      }
    }
    return sparse.get(number);
  }

  void put(long number, PyObject o) {
    if (get(number) == null) {
      count++;
    }
    if (number >= dense.length && number <= 2L * dense.length) {
      dense = Arrays.copyOf(dense, 2 * dense.length + 1);
    }
    if (number < dense.length) {
      dense[(int) number] = o;
      sparse.remove(number);
    } else {
      sparse.put(number, o);
    }
  }

  void putAll(UnpicklerMemo other) {
    for (int i = 0; i < other.dense.length; i++) {
      PyObject o = other.dense[i];
      if (o != null) {
        put(i, o);
      }
    }
    other.sparse.forEach(this::put);
  }

  void clear() {
    Arrays.fill(dense, null);
    sparse.clear();
    count = 0;
  }

  PyObject toDict() {
    PyDict d = Py.dict();
    for (int i = 0; i < dense.length; i++) {
      PyObject o = dense[i];
      if (o != null) {
        d.put(Py.int_(i), o);
      }
    }
    sparse.forEach((n, o) -> d.put(Py.int_(n), o));
    return d;
  }
}
