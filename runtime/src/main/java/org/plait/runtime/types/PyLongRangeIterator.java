package org.plait.runtime.types;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyNumbers;

/** {@code longrange_iterator}: over a range of big ints. The position is a benign race. */
@PyTypeDef(
    name = "longrange_iterator",
    flags = {TypeFlag.DISALLOW_INSTANTIATION})
public final class PyLongRangeIterator extends PyIterator {
  public static final PyType TYPE = PyType.builtin(PyLongRangeIteratorTable.INSTANCE);

  private final BigInteger start;
  private final BigInteger step;
  private final BigInteger length;
  private volatile BigInteger at = BigInteger.ZERO;

  public PyLongRangeIterator(BigInteger start, BigInteger step, BigInteger length) {
    this.start = start;
    this.step = step;
    this.length = length;
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
    BigInteger i = at;
    if (i.compareTo(length) >= 0) {
      return null;
    }
    at = i.add(BigInteger.ONE);
    return PyInt.of(start.add(i.multiply(step)));
  }

  @PyMethod(
      name = "__length_hint__",
      sig = "()",
      doc = "Private method returning an estimate of len(list(it)).")
  PyObject lengthHint() {
    return PyInt.of(length.subtract(at));
  }

  @PyMethod(name = "__reduce__", sig = "()", doc = "Return state information for pickling.")
  PyObject reduce() {
    BigInteger from = start.add(at.multiply(step));
    BigInteger to = start.add(length.multiply(step));
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
    if (!(state instanceof PyInt)) {
      throw Errors.typeError("state must be an int, not " + state.type().name());
    }
    BigInteger i = PyNumbers.index(state).bigValue();
    at = at.add(i.max(BigInteger.ZERO).min(length.subtract(at)));
  }
}
