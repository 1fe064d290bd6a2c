package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyNumbers;

/** {@code tuple_iterator}. The position is a benign race: threads that share one see items twice. */
@PyTypeDef(
    name = "tuple_iterator",
    flags = {TypeFlag.DISALLOW_INSTANTIATION})
public final class PyTupleIterator extends PyIterator {
  public static final PyType TYPE = PyType.builtin(PyTupleIteratorTable.INSTANCE);

  private final PyTuple tuple;

  /** The next position, -1 once exhausted. */
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
    int i = at;
    PyObject[] items = tuple.items;
    if (i >= 0 && i < items.length) {
      at = i + 1;
      return items[i];
    }
    at = -1;
    return null;
  }

  @PyMethod(
      name = "__length_hint__",
      sig = "()",
      doc = "Private method returning an estimate of len(list(it)).")
  int lengthHint() {
    int i = at;
    return i < 0 ? 0 : tuple.items.length - i;
  }

  @PyMethod(name = "__reduce__", sig = "()", doc = "Return state information for pickling.")
  PyObject reduce() {
    int i = at;
    return i < 0 ? reduceExhausted(Py.EmptyTuple) : reduceAt("iter", tuple, i);
  }

  @PyMethod(
      name = "__setstate__",
      sig = "(object, /)",
      doc = "Set state information for unpickling.")
  void setstate(PyObject state) {
    long i = PyNumbers.asLong(state, org.plait.runtime.exceptions.Exceptions.OverflowError);
    if (at >= 0) {
      at = (int) Math.clamp(i, 0, tuple.items.length);
    }
  }
}
