package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;

/**
 * {@code set_iterator}. Walks one generation of the table; its fields are benign races: threads
 * that share an iterator may get an element twice.
 */
@PyTypeDef(
    name = "set_iterator",
    flags = {TypeFlag.DISALLOW_INSTANTIATION})
public final class PySetIterator extends PyIterator {
  public static final PyType TYPE = PyType.builtin(PySetIteratorTable.INSTANCE);

  /** Null once exhausted. */
  private @Nullable PySetBase set;

  /** The generation walked; null once exhausted. */
  private PyHashTable.@Nullable Table table;

  private int at;

  /** The size of the set at the start; -1 after it has been seen to change. */
  private int expected;

  private int left;

  public PySetIterator(PySetBase set) {
    this.set = set;
    expected = set.size();
    left = expected;
    PyHashTable.Table t = set.walked();
    table = t;
    at = t.bottom;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyMethod(name = "__iter__")
  PyObject iter() {
    return this;
  }

  @Override
  @PyMethod(name = "__next__")
  public @Nullable PyObject next() {
    PySetBase s = set;
    PyHashTable.Table t = table;
    if (s == null || t == null) {
      return null;
    }
    if (expected != s.size()) {
      expected = -1;
      throw Errors.runtimeError("Set changed size during iteration");
    }
    while (true) {
      int e = PyHashTable.step(t, at, 1);
      if (e < 0 || left <= 0) {
        set = null;
        table = null;
        return null;
      }
      at = e + 1;
      PyObject k = t.key(e);
      if (k != PyHashTable.DELETED) {
        left--;
        return k;
      }
    }
  }

  @PyMethod(
      name = "__length_hint__",
      sig = "()",
      doc = "Private method returning an estimate of len(list(it)).")
  int lengthHint() {
    PySetBase s = set;
    return s != null && expected == s.size() ? Math.max(left, 0) : 0;
  }

  /** A list of what is left; this iterator stays where it is. */
  @PyMethod(name = "__reduce__", sig = "()", doc = "Return state information for pickling.")
  PyObject reduce() {
    PyObject f = builtin("iter");
    PyList rest = new PyList();
    PyHashTable.Table t = table;
    PySetBase s = set;
    if (s != null && t != null) {
      if (expected != s.size()) {
        throw Errors.runtimeError("Set changed size during iteration");
      }
      for (int e = PyHashTable.step(t, at, 1); e >= 0; e = PyHashTable.step(t, e + 1, 1)) {
        PyObject k = t.key(e);
        if (k != PyHashTable.DELETED) {
          rest.append(k);
        }
      }
    }
    return Py.tuple(f, Py.tuple(rest));
  }
}
