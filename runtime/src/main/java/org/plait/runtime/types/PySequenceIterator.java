package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PySequences;

/**
 * {@code iterator}: walks any sequence by its {@code __getitem__}. The position is a benign race.
 */
@PyTypeDef(
    name = "iterator",
    flags = {TypeFlag.DISALLOW_INSTANTIATION})
public final class PySequenceIterator extends PyIterator {
  public static final PyType TYPE = PyType.builtin(PySequenceIteratorTable.INSTANCE);

  /** Null once exhausted. */
  private @Nullable PyObject sequence;

  private long at;

  public PySequenceIterator(PyObject sequence) {
    this.sequence = sequence;
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
    PyObject s = sequence;
    if (s == null) {
      return null;
    }
    long i = at;
    if (i == Long.MAX_VALUE) {
      throw Errors.overflowError("iter index too large");
    }
    PyObject v = PySequences.getItemOrNull(s, i);
    if (v == null) {
      sequence = null;
      return null;
    }
    at = i + 1;
    return v;
  }

  @PyMethod(
      name = "__length_hint__",
      sig = "()",
      doc = "Private method returning an estimate of len(list(it)).")
  PyObject lengthHint() {
    PyObject s = sequence;
    if (s == null) {
      return PyInt.ZERO;
    }
    if (s.type().special(Special.LEN) == null) {
      return Py.NotImplemented;
    }
    return Py.int_(Math.max(PySequences.length(s) - at, 0));
  }

  @PyMethod(name = "__reduce__", sig = "()", doc = "Return state information for pickling.")
  PyObject reduce() {
    PyObject f = builtin("iter");
    PyObject s = sequence;
    return s == null ? Py.tuple(f, Py.tuple(Py.EmptyTuple)) : Py.tuple(f, Py.tuple(s), Py.int_(at));
  }

  @PyMethod(
      name = "__setstate__",
      sig = "(object, /)",
      doc = "Set state information for unpickling.")
  void setstate(PyObject state) {
    long i = PyNumbers.asLong(state, Exceptions.OverflowError);
    if (sequence != null) {
      at = Math.max(i, 0);
    }
  }
}
