package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyNumbers;

/** {@code list_reverseiterator}. The position is a benign race, as in {@link PyListIterator}. */
@PyTypeDef(
    name = "list_reverseiterator",
    flags = {TypeFlag.DISALLOW_INSTANTIATION})
public final class PyListReverseIterator extends PyIterator {
  public static final PyType TYPE = PyType.builtin(PyListReverseIteratorTable.INSTANCE);

  /** Null once exhausted. */
  private @Nullable PyList list;

  private int at;

  public PyListReverseIterator(PyList list) {
    this.list = list;
    at = list.size() - 1;
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
    PyList l = list;
    if (l == null) {
      return null;
    }
    int i = at;
    PyObject v = l.get(i);
    if (v == null) {
      list = null;
    } else {
      at = i - 1;
    }
    return v;
  }

  @PyMethod(
      name = "__length_hint__",
      sig = "()",
      doc = "Private method returning an estimate of len(list(it)).")
  int lengthHint() {
    PyList l = list;
    int n = at + 1;
    return l == null || l.size() < n ? 0 : n;
  }

  @PyMethod(name = "__reduce__", sig = "()", doc = "Return state information for pickling.")
  PyObject reduce() {
    PyObject f = builtin("reversed");
    PyList l = list;
    int i = at;
    return l == null || i < 0 ? reduceExhausted(f, new PyList()) : reduceAt(f, l, i);
  }

  @PyMethod(
      name = "__setstate__",
      sig = "(object, /)",
      doc = "Set state information for unpickling.")
  void setstate(PyObject state) {
    long i = PyNumbers.asLong(state, Exceptions.OverflowError);
    PyList l = list;
    if (l != null) {
      at = (int) Math.clamp(i, -1, l.size() - 1);
    }
  }
}
