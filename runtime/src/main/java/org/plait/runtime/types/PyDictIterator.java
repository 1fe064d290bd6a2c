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
 * The six iterators over a dict, for its keys, values and items in both directions.
 *
 * <p>An iterator walks one generation of the table. Its fields are benign races: threads that share
 * an iterator may get an entry twice, but key and value of an item always belong together.
 */
public abstract class PyDictIterator extends PyIterator {
  /** Null once exhausted. */
  private @Nullable PyDict dict;

  /** The generation walked; null once exhausted. */
  private PyHashTable.@Nullable Table table;

  private final int by;
  private int at;

  /** The size of the dict at the start; -1 after it has been seen to change. */
  private int expected;

  /** How many entries are still to come. */
  private int left;

  private PyDictIterator(PyDict dict, boolean reversed) {
    this.dict = dict;
    expected = dict.size();
    left = expected;
    PyHashTable.Table t = dict.walked();
    table = t;
    by = reversed ? -1 : 1;
    at = reversed ? t.used() - 1 : t.bottom;
  }

  abstract PyObject item(PyObject key, PyObject value);

  // Compare CPython dictiter_iternextkey_lock_held in dictobject.c.
  @Override
  @PyMethod(name = "__next__")
  public @Nullable PyObject next() {
    PyDict d = dict;
    PyHashTable.Table t = table;
    if (d == null || t == null) {
      return null;
    }
    if (expected != d.size()) {
      expected = -1;
      throw Errors.runtimeError("dictionary changed size during iteration");
    }
    if (!d.isCurrent(t)) {
      // Deletions and as many insertions: entries have moved.
      dict = null;
      table = null;
      if (left > 0) {
        throw keysChanged();
      }
      return null;
    }
    while (true) {
      int e = PyHashTable.step(t, at, by);
      if (e < 0) {
        dict = null;
        table = null;
        return null;
      }
      if (left <= 0) {
        dict = null;
        table = null;
        throw keysChanged();
      }
      at = e + by;
      PyObject k = t.key(e);
      PyObject v = t.value(e);
      if (v != null && k != PyHashTable.DELETED) {
        left--;
        return item(k, d.valueNow(k, v));
      }
    }
  }

  private static RuntimeException keysChanged() {
    return Errors.runtimeError("dictionary keys changed during iteration");
  }

  @PyMethod(name = "__iter__")
  PyObject iter() {
    return this;
  }

  @PyMethod(
      name = "__length_hint__",
      sig = "()",
      doc = "Private method returning an estimate of len(list(it)).")
  int lengthHint() {
    PyDict d = dict;
    return d != null && expected == d.size() ? Math.max(left, 0) : 0;
  }

  /** A list of what is left; this iterator stays where it is. */
  @PyMethod(name = "__reduce__", sig = "()", doc = "Return state information for pickling.")
  PyObject reduce() {
    PyObject f = builtin("iter");
    PyList rest = new PyList();
    PyHashTable.Table t = table;
    PyDict d = dict;
    if (d != null && t != null) {
      if (expected != d.size()) {
        throw Errors.runtimeError("dictionary changed size during iteration");
      }
      for (int e = PyHashTable.step(t, at, by); e >= 0; e = PyHashTable.step(t, e + by, by)) {
        PyObject k = t.key(e);
        PyObject v = t.value(e);
        if (v != null && k != PyHashTable.DELETED) {
          rest.append(item(k, v));
        }
      }
    }
    return Py.tuple(f, Py.tuple(rest));
  }

  /** {@code dict_keyiterator}. */
  @PyTypeDef(
      name = "dict_keyiterator",
      flags = {TypeFlag.DISALLOW_INSTANTIATION})
  public static final class Keys extends PyDictIterator {
    public static final PyType TYPE = PyType.builtin(PyDictIteratorKeysTable.INSTANCE);

    public Keys(PyDict dict) {
      super(dict, false);
    }

    @Override
    public PyType type() {
      return TYPE;
    }

    @Override
    PyObject item(PyObject key, PyObject value) {
      return key;
    }
  }

  /** {@code dict_valueiterator}. */
  @PyTypeDef(
      name = "dict_valueiterator",
      flags = {TypeFlag.DISALLOW_INSTANTIATION})
  public static final class Values extends PyDictIterator {
    public static final PyType TYPE = PyType.builtin(PyDictIteratorValuesTable.INSTANCE);

    public Values(PyDict dict) {
      super(dict, false);
    }

    @Override
    public PyType type() {
      return TYPE;
    }

    @Override
    PyObject item(PyObject key, PyObject value) {
      return value;
    }
  }

  /** {@code dict_itemiterator}. */
  @PyTypeDef(
      name = "dict_itemiterator",
      flags = {TypeFlag.DISALLOW_INSTANTIATION})
  public static final class Items extends PyDictIterator {
    public static final PyType TYPE = PyType.builtin(PyDictIteratorItemsTable.INSTANCE);

    public Items(PyDict dict) {
      super(dict, false);
    }

    @Override
    public PyType type() {
      return TYPE;
    }

    @Override
    PyObject item(PyObject key, PyObject value) {
      return Py.tuple(key, value);
    }
  }

  /** {@code dict_reversekeyiterator}. */
  @PyTypeDef(
      name = "dict_reversekeyiterator",
      flags = {TypeFlag.DISALLOW_INSTANTIATION})
  public static final class ReverseKeys extends PyDictIterator {
    public static final PyType TYPE = PyType.builtin(PyDictIteratorReverseKeysTable.INSTANCE);

    public ReverseKeys(PyDict dict) {
      super(dict, true);
    }

    @Override
    public PyType type() {
      return TYPE;
    }

    @Override
    PyObject item(PyObject key, PyObject value) {
      return key;
    }
  }

  /** {@code dict_reversevalueiterator}. */
  @PyTypeDef(
      name = "dict_reversevalueiterator",
      flags = {TypeFlag.DISALLOW_INSTANTIATION})
  public static final class ReverseValues extends PyDictIterator {
    public static final PyType TYPE = PyType.builtin(PyDictIteratorReverseValuesTable.INSTANCE);

    public ReverseValues(PyDict dict) {
      super(dict, true);
    }

    @Override
    public PyType type() {
      return TYPE;
    }

    @Override
    PyObject item(PyObject key, PyObject value) {
      return value;
    }
  }

  /** {@code dict_reverseitemiterator}. */
  @PyTypeDef(
      name = "dict_reverseitemiterator",
      flags = {TypeFlag.DISALLOW_INSTANTIATION})
  public static final class ReverseItems extends PyDictIterator {
    public static final PyType TYPE = PyType.builtin(PyDictIteratorReverseItemsTable.INSTANCE);

    public ReverseItems(PyDict dict) {
      super(dict, true);
    }

    @Override
    public PyType type() {
      return TYPE;
    }

    @Override
    PyObject item(PyObject key, PyObject value) {
      return Py.tuple(key, value);
    }
  }
}
