package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PySequences;

/** {@code reversed}: walks a sequence backwards by its {@code __getitem__}. */
@PyTypeDef(
    name = "reversed",
    subclassable = true,
    sig = "(sequence, /)",
    doc = "An iterator over a sequence from its end.")
public class PyReversed extends PyIterator {
  public static final PyType TYPE = PyType.builtin(PyReversedTable.INSTANCE);

  private final PyObject sequence;

  /** The next position, -1 once exhausted. Benign race. */
  private long at;

  PyReversed(PyObject sequence, long length) {
    this.sequence = sequence;
    at = length - 1;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "(object, /)")
  static PyObject new_(PyType cls, PyObject sequence) {
    return of(cls, sequence);
  }

  /** {@code reversed(sequence)}. */
  public static PyObject of(PyObject sequence) {
    return of(TYPE, sequence);
  }

  private static PyObject of(PyType cls, PyObject sequence) {
    PyObject own = sequence.type().special(Special.REVERSED);
    if (own == Py.None || own == null && !PySequences.isSequence(sequence)) {
      throw Errors.typeError("'" + sequence.type().name() + "' object is not reversible");
    }
    if (own != null) {
      return PyCalls.invoke(own, sequence);
    }
    long n = PySequences.length(sequence);
    return cls == TYPE ? new PyReversed(sequence, n) : new PyReversedDerived(cls, sequence, n);
  }

  @PyMethod(name = "__iter__")
  PyObject iter() {
    return this;
  }

  @Override
  @PyMethod(name = "__next__")
  public @Nullable PyObject next() {
    long i = at;
    if (i < 0) {
      return null;
    }
    PyObject v = PySequences.getItemOrNull(sequence, i);
    at = v == null ? -1 : i - 1;
    return v;
  }

  @PyMethod(
      name = "__length_hint__",
      sig = "()",
      doc = "Private method returning an estimate of len(list(it)).")
  long lengthHint() {
    long n = at + 1;
    return n <= 0 || PySequences.length(sequence) < n ? 0 : n;
  }

  @PyMethod(name = "__reduce__", sig = "()", doc = "Return state information for pickling.")
  PyObject reduce() {
    long i = at;
    return i < 0
        ? Py.tuple(type(), Py.tuple(Py.EmptyTuple))
        : Py.tuple(type(), Py.tuple(sequence), Py.int_(i));
  }

  @PyMethod(
      name = "__setstate__",
      sig = "(object, /)",
      doc = "Set state information for unpickling.")
  void setstate(PyObject state) {
    long i = PyNumbers.asLong(state, Exceptions.OverflowError);
    if (at >= 0) {
      at = Math.clamp(i, -1, PySequences.length(sequence) - 1);
    }
  }
}
