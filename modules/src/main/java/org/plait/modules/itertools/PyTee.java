package org.plait.modules.itertools;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.types.PyTuple;

/** {@code itertools._tee}: one of the iterators that tee() makes. */
@PyTypeDef(
    name = "_tee",
    module = "itertools",
    flags = {TypeFlag.WEAKREF},
    sig = "(iterable, /)",
    doc = "Iterator wrapped to make it copyable.")
public final class PyTee extends ItertoolsIterator {
  public static final PyType TYPE = PyType.builtin(PyTeeTable.INSTANCE);

  /** Where this iterator is. */
  private record Position(PyTeeDataObject data, int index) {}

  private volatile Position at;

  PyTee(PyTeeDataObject data, int index) {
    at = new Position(data, index);
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "!(iterable, /)")
  static PyObject new_(PyType cls, PyObject iterable) {
    return fromIterable(iterable);
  }

  /** The iterator itself if it is one of these, else a new one. */
  static PyTee fromIterable(PyObject iterable) {
    PyObject it = PyIters.getIter(iterable);
    return it instanceof PyTee t ? t.copy() : new PyTee(new PyTeeDataObject(it), 0);
  }

  @PyMethod(name = "__copy__", sig = "()", doc = "Returns an independent iterator.")
  PyTee copy() {
    Position p = at;
    return new PyTee(p.data, p.index);
  }

  @Override
  public @Nullable PyObject next() {
    Position p = at;
    if (p.index == PyTeeDataObject.LENGTH) {
      p = new Position(p.data.following(), 0);
      at = p;
    }
    PyObject v = p.data.item(p.index);
    if (v != null) {
      at = new Position(p.data, p.index + 1);
    }
    return v;
  }

  /** {@code tee(iterable, n)}. */
  public static PyObject tee(PyObject iterable, long n) {
    if (n < 0) {
      throw Errors.valueError("n must be >= 0");
    }
    if (n > Integer.MAX_VALUE - 8) {
      throw Errors.memoryError();
    }
    if (n == 0) {
      return Py.EmptyTuple;
    }
    PyObject[] tees = new PyObject[(int) n];
    PyTee first = fromIterable(iterable);
    tees[0] = first;
    for (int i = 1; i < n; i++) {
      tees[i] = first.copy();
    }
    return PyTuple.of(tees);
  }
}
