package org.plait.runtime.types;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMember;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyRichCompare;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.SlotKind;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PyObjects.CompareOp;

/**
 * {@code range}: immutable, of ints of any size. The numbers are exact ints; {@link #small} says
 * that start, step, length and every element fit a long.
 */
@PyTypeDef(
    name = "range",
    flags = {TypeFlag.SEQUENCE},
    sig = "none",
    doc =
        "range(stop) -> range object\n"
            + "range(start, stop[, step]) -> range object\n\n"
            + "The integers from start (0 if not given) up to stop, which is left out, or "
            + "down\n"
            + "to it where the step is negative. len(x) of them, from range(len(x)), are "
            + "the\n"
            + "indices of a list x.")
public final class PyRange extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyRangeTable.INSTANCE);

  @PyMember final PyObject start;
  @PyMember final PyObject stop;
  @PyMember final PyObject step;
  private final PyInt length;
  private final boolean small;

  /** The step is not 0. */
  public PyRange(PyInt start, PyInt stop, PyInt step) {
    this.start = start;
    this.stop = stop;
    this.step = step;
    this.length = lengthOf(start, stop, step);
    this.small = start.isLong() && stop.isLong() && step.isLong() && length.isLong();
  }

  private static PyInt lengthOf(PyInt start, PyInt stop, PyInt step) {
    if (start.isLong() && stop.isLong() && step.isLong()) {
      long low = start.longValue();
      long high = stop.longValue();
      long by = step.longValue();
      if (by < 0) {
        long swap = low;
        low = high;
        high = swap;
      }
      if (low >= high) {
        return PyInt.ZERO;
      }
      long distance = high - low - 1;
      if (distance >= 0 && by != Long.MIN_VALUE) {
        long steps = distance / Math.abs(by);
        if (steps < Long.MAX_VALUE) {
          return PyInt.of(steps + 1);
        }
      }
    }
    BigInteger by = step.bigValue();
    BigInteger low = start.bigValue();
    BigInteger high = stop.bigValue();
    if (by.signum() < 0) {
      BigInteger swap = low;
      low = high;
      high = swap;
    }
    BigInteger distance = high.subtract(low).subtract(BigInteger.ONE);
    return distance.signum() < 0
        ? PyInt.ZERO
        : PyInt.of(distance.divide(by.abs()).add(BigInteger.ONE));
  }

  /** {@code range(start, stop, step)} of longs. */
  public static PyRange of(long start, long stop, long step) {
    return new PyRange(PyInt.of(start), PyInt.of(stop), PyInt.of(step));
  }

  @PyNew(sig = "!(start, stop=NULL, step=NULL, /)")
  static PyObject new_(
      PyType cls, PyObject start, @Nullable PyObject stop, @Nullable PyObject step) {
    if (stop == null) {
      return new PyRange(PyInt.ZERO, PyNumbers.exactIndex(start), PyInt.ONE);
    }
    PyInt from = PyNumbers.exactIndex(start);
    PyInt to = PyNumbers.exactIndex(stop);
    PyInt by = step == null ? PyInt.ONE : PyNumbers.exactIndex(step);
    if (by.isZero()) {
      throw Errors.valueError("range() arg 3 must not be zero");
    }
    return new PyRange(from, to, by);
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  private PyInt start() {
    return (PyInt) start;
  }

  private PyInt step() {
    return (PyInt) step;
  }

  /** Whether start, step, length and every element fit a long. */
  public boolean isSmall() {
    return small;
  }

  /** The first element of a small range. */
  public long longStart() {
    return start().longValue();
  }

  public long longStep() {
    return step().longValue();
  }

  /** The number of elements of a small range. */
  public long longLength() {
    return length.longValue();
  }

  public PyInt length() {
    return length;
  }

  /** The element at an index that is in range. */
  private PyInt element(PyInt i) {
    if (small) {
      return PyInt.of(longStart() + i.longValue() * longStep());
    }
    return PyInt.of(start().bigValue().add(i.bigValue().multiply(step().bigValue())));
  }

  // ---- Python

  @PyMethod(name = "__len__")
  long len() {
    if (!length.isLong()) {
      throw Errors.overflowError("Python int too large to convert to C ssize_t");
    }
    return length.longValue();
  }

  @PyMethod(name = "__bool__")
  boolean bool() {
    return !length.isZero();
  }

  @PyMethod(name = "__getitem__")
  PyObject getItem(PyObject key) {
    if (PyNumbers.isIndex(key)) {
      PyInt i = PyNumbers.index(key);
      if (i.signum() < 0) {
        i = PyInt.of(i.bigValue().add(length.bigValue()));
      }
      if (i.signum() < 0 || i.compareTo(length) >= 0) {
        throw Errors.indexError("range object index out of range");
      }
      return element(i);
    }
    if (key instanceof PySlice slice) {
      return slice(slice);
    }
    throw Errors.typeError("range indices must be integers or slices, not " + key.type().name());
  }

  // Compare CPython compute_slice in rangeobject.c.
  private PyObject slice(PySlice slice) {
    BigInteger[] s = slice.indices(length.bigValue());
    BigInteger from = start().bigValue();
    BigInteger by = step().bigValue();
    return new PyRange(
        PyInt.of(from.add(s[0].multiply(by))),
        PyInt.of(from.add(s[1].multiply(by))),
        PyInt.of(by.multiply(s[2])));
  }

  /** The index of an int among the elements, or null. */
  private @Nullable PyInt indexOf(PyInt x) {
    if (small && x.isLong()) {
      long distance = x.longValue() - longStart();
      boolean overflow = ((x.longValue() ^ longStart()) & (x.longValue() ^ distance)) < 0;
      if (!overflow && longStep() != -1) {
        long i = distance / longStep();
        return i * longStep() == distance && i >= 0 && i < longLength() ? PyInt.of(i) : null;
      }
    }
    BigInteger[] q =
        x.bigValue().subtract(start().bigValue()).divideAndRemainder(step().bigValue());
    return q[1].signum() == 0 && q[0].signum() >= 0 && q[0].compareTo(length.bigValue()) < 0
        ? PyInt.of(q[0])
        : null;
  }

  private static boolean isPlainInt(PyObject o) {
    return o.getClass() == PyInt.class || o instanceof PyBool;
  }

  @PyMethod(name = "__contains__")
  boolean contains(PyObject item) {
    if (isPlainInt(item)) {
      return indexOf((PyInt) item) != null;
    }
    PyObject it = iter();
    for (PyObject v = PyIters.next(it); v != null; v = PyIters.next(it)) {
      if (PyObjects.equal(v, item)) {
        return true;
      }
    }
    return false;
  }

  @PyMethod(
      sig = "(object, /)",
      doc = "How many numbers equal the value: one or none, but for odd comparisons.")
  PyObject count(PyObject value) {
    if (isPlainInt(value)) {
      return Py.int_(indexOf((PyInt) value) != null ? 1 : 0);
    }
    long n = 0;
    PyObject it = iter();
    for (PyObject v = PyIters.next(it); v != null; v = PyIters.next(it)) {
      if (PyObjects.equal(v, value)) {
        n++;
      }
    }
    return Py.int_(n);
  }

  @PyMethod(
      sig = "(object, /)",
      doc = "At which position the value stands; ValueError if it is none of the numbers.")
  PyObject index(PyObject value) {
    if (isPlainInt(value)) {
      PyInt i = indexOf((PyInt) value);
      if (i == null) {
        throw Errors.valueError("range.index(x): x not in range");
      }
      return i;
    }
    long i = 0;
    PyObject it = iter();
    for (PyObject v = PyIters.next(it); v != null; v = PyIters.next(it), i++) {
      if (PyObjects.equal(v, value)) {
        return Py.int_(i);
      }
    }
    throw Errors.valueError("sequence.index(x): x not in sequence");
  }

  @PyMethod(name = "__iter__")
  public PyObject iter() {
    return small && fits(((PyInt) stop).longValue(), longStep())
        ? new PyRangeIterator(longStart(), longStep(), longLength())
        : new PyLongRangeIterator(start().bigValue(), step().bigValue(), length.bigValue());
  }

  // Compare CPython range_iter in rangeobject.c.
  /** Whether the number behind the last element fits a long: an iterator may be pickled there. */
  private static boolean fits(long end, long step) {
    long last = end + step;
    return ((end ^ last) & (step ^ last)) >= 0;
  }

  @PyMethod(
      name = "__reversed__",
      kind = SlotKind.METHOD,
      sig = "()",
      doc = "Return a reverse iterator.")
  PyObject reversed() {
    if (small && fits(longStart(), -longStep()) && longStep() != Long.MIN_VALUE) {
      long n = longLength();
      return new PyRangeIterator(longStart() + (n - 1) * longStep(), -longStep(), n);
    }
    BigInteger by = step().bigValue();
    BigInteger last =
        start().bigValue().add(length.bigValue().subtract(BigInteger.ONE).multiply(by));
    return new PyLongRangeIterator(last, by.negate(), length.bigValue());
  }

  // Compare CPython range_equals in rangeobject.c.
  @PyRichCompare
  PyObject compare(PyObject other, CompareOp op) {
    if (!(other instanceof PyRange r) || op != CompareOp.EQ && op != CompareOp.NE) {
      return Py.NotImplemented;
    }
    boolean equal =
        length.compareTo(r.length) == 0
            && (length.isZero()
                || start().compareTo(r.start()) == 0
                    && (isSingle() || step().compareTo(r.step()) == 0));
    return Py.bool_(equal == (op == CompareOp.EQ));
  }

  private boolean isSingle() {
    return length.compareTo(PyInt.ONE) == 0;
  }

  @PyMethod(name = "__hash__")
  long hash() {
    PyObject from = length.isZero() ? Py.None : start;
    PyObject by = length.isZero() || isSingle() ? Py.None : step;
    return PyTuple.hashOf(new PyObject[] {length, from, by}, true);
  }

  @PyMethod(name = "__repr__")
  String repr() {
    String ends = "range(" + PyObjects.repr(start) + ", " + PyObjects.repr(stop);
    return step().compareTo(PyInt.ONE) == 0 ? ends + ")" : ends + ", " + PyObjects.repr(step) + ")";
  }

  @PyMethod(name = "__reduce__", sig = "()")
  PyObject reduce() {
    return Py.tuple(TYPE, Py.tuple(start, stop, step));
  }
}
