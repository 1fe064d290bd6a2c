package org.plait.modules.collections;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyHashTable;
import org.plait.runtime.types.PyIterator;
import org.plait.runtime.types.PyList;
import org.plait.sched.SpinLock;

/** {@code odict_iterator}: over keys, values or items of an OrderedDict, in either direction. */
@PyTypeDef(
    name = "odict_iterator",
    flags = {TypeFlag.DISALLOW_INSTANTIATION})
public final class PyOrderedDictIterator extends PyIterator {
  public static final PyType TYPE = PyType.builtin(PyOrderedDictIteratorTable.INSTANCE);

  static final int KEYS = 1;
  static final int VALUES = 2;
  static final int ITEMS = KEYS | VALUES;

  /** Null once exhausted. */
  private @Nullable PyDict dict;

  private final int kind;
  private final boolean reversed;
  private final int expected;

  /** No entry has been added or moved while the end of the dict is here. */
  private final PyDict.EndRef end;

  /** Guards the cursor and the count. */
  private final SpinLock lock = new SpinLock();

  private PyHashTable.@Nullable Cursor cursor;
  private int given;

  PyOrderedDictIterator(PyDict dict, int kind, boolean reversed) {
    this.dict = dict;
    this.kind = kind;
    this.reversed = reversed;
    expected = dict.size();
    end = dict.endRef();
    cursor = dict.cursor(reversed);
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyMethod(name = "__iter__")
  PyObject iter() {
    return this;
  }

  private PyObject item(PyObject key, PyObject value) {
    return kind == KEYS ? key : kind == VALUES ? value : Py.tuple(key, value);
  }

  @Override
  @PyMethod(name = "__next__")
  public @Nullable PyObject next() {
    PyObject key = null;
    PyObject value = null;
    boolean mutated = false;
    lock.lock();
    try {
      PyHashTable.Cursor c = cursor;
      PyDict d = dict;
      if (c != null && d != null && given < expected) {
        mutated = !d.isAt(end) || d.size() != expected;
        if (!mutated && c.next()) {
          key = c.key;
          value = c.value;
          given++;
        }
      }
      if (key == null) {
        cursor = null;
        dict = null;
      }
    } finally {
      lock.unlock();
    }
    if (mutated) {
      throw Errors.runtimeError("OrderedDict mutated during iteration");
    }
    return key == null ? null : item(key, value);
  }

  /** A list of what is left; this iterator stays where it is. */
  @PyMethod(name = "__reduce__", sig = "()", doc = "Return state information for pickling")
  PyObject reduce() {
    PyObject f = builtin("iter");
    PyList rest = new PyList();
    PyDict d = dict;
    if (d != null) {
      PyHashTable.Cursor c = d.cursor(reversed);
      for (int i = 0; c.next(); i++) {
        if (i >= given) {
          rest.append(item(c.key, c.value));
        }
      }
    }
    return Py.tuple(f, Py.tuple(rest));
  }
}
