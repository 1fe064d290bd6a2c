package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyNumbers;

/**
 * {@code tuple_iterator}. The position is a benign race: threads that share one see items twice.
 */
@PyTypeDef(
    name = "tuple_iterator",
    flags = {TypeFlag.DISALLOW_INSTANTIATION})
public final class PyTupleIterator extends PyIterator {
  public static final PyType TYPE = PyType.builtin(PyTupleIteratorTable.INSTANCE);

  /** Null once exhausted. */
  private @Nullable PyTuple tuple;

  private int at;

  public PyTupleIterator(PyTuple tuple) {
    this.tuple = tuple;
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
    PyTuple t = tuple;
    if (t == null) {
      return null;
    }
    int i = at;
    if (i < t.items.length) {
      at = i + 1;
      return t.items[i];
    }
    tuple = null;
    return null;
  }

  @PyMethod(
      name = "__length_hint__",
      sig = "()",
      doc = "Private method returning an estimate of len(list(it)).")
  int lengthHint() {
    PyTuple t = tuple;
    return t == null ? 0 : t.items.length - at;
  }

  @PyMethod(name = "__reduce__", sig = "()", doc = "Return state information for pickling.")
  PyObject reduce() {
    PyObject f = builtin("iter");
    PyTuple t = tuple;
    return t == null ? reduceExhausted(f, Py.EmptyTuple) : reduceAt(f, t, at);
  }

  @PyMethod(
      name = "__setstate__",
      sig = "(object, /)",
      doc = "Set state information for unpickling.")
  void setstate(PyObject state) {
    long i = PyNumbers.asLong(state, org.plait.runtime.exceptions.Exceptions.OverflowError);
    PyTuple t = tuple;
    if (t != null) {
      at = (int) Math.clamp(i, 0, t.items.length);
    }
  }
}
