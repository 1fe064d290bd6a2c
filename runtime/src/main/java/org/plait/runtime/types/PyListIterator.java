package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyNumbers;

/** {@code list_iterator}. The position is a benign race: threads that share one see items twice. */
@PyTypeDef(
    name = "list_iterator",
    flags = {TypeFlag.DISALLOW_INSTANTIATION})
public final class PyListIterator extends PyIterator {
  public static final PyType TYPE = PyType.builtin(PyListIteratorTable.INSTANCE);

  /** Null once exhausted. */
  private @Nullable PyList list;

  private int at;

  public PyListIterator(PyList list) {
    this.list = list;
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
      at = i + 1;
    }
    return v;
  }

  @PyMethod(
      name = "__length_hint__",
      sig = "()",
      doc = "Private method returning an estimate of len(list(it)).")
  int lengthHint() {
    PyList l = list;
    return l == null ? 0 : Math.max(l.size() - at, 0);
  }

  @PyMethod(name = "__reduce__", sig = "()", doc = "Return state information for pickling.")
  PyObject reduce() {
    PyObject f = builtin("iter");
    PyList l = list;
    return l == null ? reduceExhausted(f, new PyList()) : reduceAt(f, l, at);
  }

  @PyMethod(
      name = "__setstate__",
      sig = "(object, /)",
      doc = "Set state information for unpickling.")
  void setstate(PyObject state) {
    long i = PyNumbers.asLong(state, Exceptions.OverflowError);
    PyList l = list;
    if (l != null) {
      at = (int) Math.clamp(i, 0, l.size());
    }
  }
}
