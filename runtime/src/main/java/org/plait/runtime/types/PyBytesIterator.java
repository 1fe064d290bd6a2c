package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyNumbers;

/**
 * {@code bytes_iterator}. The position is a benign race: threads that share one see items twice.
 */
@PyTypeDef(
    name = "bytes_iterator",
    flags = {TypeFlag.DISALLOW_INSTANTIATION})
public final class PyBytesIterator extends PyIterator {
  public static final PyType TYPE = PyType.builtin(PyBytesIteratorTable.INSTANCE);

  private final PyBytes bytes;

  /** The next position, -1 once exhausted. */
  private int at;

  public PyBytesIterator(PyBytes bytes) {
    this.bytes = bytes;
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
    if (i >= 0 && i < bytes.size()) {
      at = i + 1;
      return PyInt.of(bytes.byteAt(i) & 0xff);
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
    return i < 0 ? 0 : bytes.size() - i;
  }

  @PyMethod(name = "__reduce__", sig = "()", doc = "Return state information for pickling.")
  PyObject reduce() {
    PyObject f = builtin("iter");
    int i = at;
    return i < 0
        ? reduceExhausted(f, org.plait.runtime.object.Py.EmptyTuple)
        : reduceAt(f, bytes, i);
  }

  @PyMethod(
      name = "__setstate__",
      sig = "(object, /)",
      doc = "Set state information for unpickling.")
  void setstate(PyObject state) {
    long i = PyNumbers.asLong(state, Exceptions.OverflowError);
    if (at >= 0) {
      at = (int) Math.clamp(i, 0, bytes.size());
    }
  }
}
