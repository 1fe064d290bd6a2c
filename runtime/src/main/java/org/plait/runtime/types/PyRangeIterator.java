package org.plait.runtime.types;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyNumbers;

/** {@code range_iterator}: over a range whose numbers fit a long. The position is a benign race. */
@PyTypeDef(
    name = "range_iterator",
    flags = {TypeFlag.DISALLOW_INSTANTIATION})
public final class PyRangeIterator extends PyIterator {
  public static final PyType TYPE = PyType.builtin(PyRangeIteratorTable.INSTANCE);

  private final long start;
  private final long step;
  private final long length;
  private long at;

  /** Only a for statement knows it: compiled code may keep the position elsewhere meanwhile. */
  private boolean owned;

  public PyRangeIterator(long start, long step, long length) {
    this.start = start;
    this.step = step;
    this.length = length;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  // ---- for the interpreter

  public boolean isOwned() {
    return owned;
  }

  /** Told by a for statement before anybody else has it. */
  public void own() {
    owned = true;
  }

  public long start() {
    return start;
  }

  public long step() {
    return step;
  }

  public long length() {
    return length;
  }

  /** How many numbers have been taken. */
  public long at() {
    return at;
  }

  public void setAt(long taken) {
    at = taken;
  }

  @PyMethod(name = "__iter__")
  PyObject iter() {
    return this;
  }

  @Override
  @PyMethod(name = "__next__")
  public @Nullable PyObject next() {
    long i = at;
    if (i >= length) {
      return null;
    }
    at = i + 1;
    return PyInt.of(start + i * step);
  }

  @PyMethod(
      name = "__length_hint__",
      sig = "()",
      doc = "Private method returning an estimate of len(list(it)).")
  long lengthHint() {
    return length - at;
  }

  @PyMethod(name = "__reduce__", sig = "()", doc = "Return state information for pickling.")
  PyObject reduce() {
    long i = at;
    BigInteger by = BigInteger.valueOf(step);
    BigInteger from = BigInteger.valueOf(start).add(BigInteger.valueOf(i).multiply(by));
    BigInteger to = BigInteger.valueOf(start).add(BigInteger.valueOf(length).multiply(by));
    return Py.tuple(
        builtin("iter"),
        Py.tuple(new PyRange(PyInt.of(from), PyInt.of(to), PyInt.of(step))),
        Py.None);
  }

  @PyMethod(
      name = "__setstate__",
      sig = "(object, /)",
      doc = "Set state information for unpickling.")
  void setstate(PyObject state) {
    long i = PyNumbers.asLong(state, Exceptions.OverflowError);
    at += Math.clamp(i, 0, length - at);
  }
}
