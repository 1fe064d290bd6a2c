package org.plait.modules.array;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.types.PyIterator;
import org.plait.runtime.types.PyList;

/** {@code array.arrayiterator}. The position is a benign race. */
@PyTypeDef(
    name = "arrayiterator",
    module = "array",
    flags = {TypeFlag.DISALLOW_INSTANTIATION})
public final class PyArrayIterator extends PyIterator {
  public static final PyType TYPE = PyType.builtin(PyArrayIteratorTable.INSTANCE);

  private final PyArray array;

  /** The next position, -1 once exhausted. */
  private volatile long at;

  PyArrayIterator(PyArray array) {
    this.array = array;
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
    long i = at;
    PyObject v = i < 0 ? null : array.itemOrNull(i);
    at = v == null ? -1 : i + 1;
    return v;
  }

  @PyMethod(name = "__reduce__", sig = "()", doc = "Return state information for pickling.")
  PyObject reduce() {
    PyObject f = builtin("iter");
    long i = at;
    return i < 0 ? reduceExhausted(f, new PyList()) : reduceAt(f, array, i);
  }

  @PyMethod(
      name = "__setstate__",
      sig = "(state, /)",
      doc = "Set state information for unpickling.")
  void setstate(PyObject state) {
    long i = PyNumbers.asLong(state, Exceptions.OverflowError);
    if (at >= 0) {
      at = Math.clamp(i, 0, array.size());
    }
  }
}
