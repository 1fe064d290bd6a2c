package org.plait.modules.pickle;

import java.util.IdentityHashMap;
import java.util.Map;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyIdentity;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyDict;

/** The objects a pickler has written, by identity, with their numbers. Used by one thread. */
final class Memo {
  private final IdentityHashMap<PyObject, Integer> numbers = new IdentityHashMap<>();

  int size() {
    return numbers.size();
  }

  /** The number of an object, or -1. */
  int get(PyObject o) {
    Integer n = numbers.get(o);
    return n == null ? -1 : n;
  }

  void put(PyObject o, int number) {
    numbers.put(o, number);
  }

  void putAll(Memo other) {
    numbers.putAll(other.numbers);
  }

  void clear() {
    numbers.clear();
  }

  /** {@code {id: (number, object)}}. */
  PyObject toDict() {
    PyDict d = Py.dict();
    for (Map.Entry<PyObject, Integer> e : numbers.entrySet()) {
      d.put(Py.int_(PyIdentity.id(e.getKey())), Py.tuple(Py.int_(e.getValue()), e.getKey()));
    }
    return d;
  }
}
