package org.plait.runtime.types;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMember;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyRichCompare;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PyObjects.CompareOp;

/** {@code slice}. Immutable. */
@PyTypeDef(
    name = "slice",
    sig = "none",
    doc =
        "slice(stop)\n"
            + "slice(start, stop[, step])\n\n"
            + "What stands between the brackets of a[start:stop:step].")
public final class PySlice extends PyObject {
  public static final PyType TYPE = PyType.builtin(PySliceTable.INSTANCE);

  @PyMember final PyObject start;
  @PyMember final PyObject stop;
  @PyMember final PyObject step;

  public PySlice(PyObject start, PyObject stop, PyObject step) {
    this.start = start;
    this.stop = stop;
    this.step = step;
  }

  @PyNew(sig = "!(start, stop=NULL, step=None, /)")
  static PyObject new_(PyType cls, PyObject start, @Nullable PyObject stop, PyObject step) {
    return stop == null ? new PySlice(Py.None, start, Py.None) : new PySlice(start, stop, step);
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  public PyObject start() {
    return start;
  }

  public PyObject stop() {
    return stop;
  }

  public PyObject step() {
    return step;
  }

  // ---- what sequences need

  /**
   * The three parts as numbers, clipped to long: what {@code PySlice_Unpack} computes. The step is
   * not 0 and not below -Long.MAX_VALUE.
   */
  public record Bounds(long start, long stop, long step) {
    /** The positions meant in a sequence of that length. Runs no user code. */
    public Range within(long length) {
      long from = clip(start, length, step);
      long to = clip(stop, length, step);
      long count;
      if (step == 1 || step == -1) {
        count = Math.max(0, step == 1 ? to - from : from - to);
      } else if (step < 0) {
        count = to < from ? (from - to - 1) / -step + 1 : 0;
      } else {
        count = from < to ? (to - from - 1) / step + 1 : 0;
      }
      return new Range(from, to, step, count);
    }

    private static long clip(long i, long length, long step) {
      if (i < 0) {
        i += length;
        return i < 0 ? (step < 0 ? -1 : 0) : i;
      }
      return i >= length ? (step < 0 ? length - 1 : length) : i;
    }
  }

  /**
   * Positions in a sequence: {@code start}, {@code start + step}, …, {@code count} of them, each a
   * valid index. {@code stop} is the clipped end.
   */
  public record Range(long start, long stop, long step, long count) {}

  /** Whether {@link #unpack} runs no Python code and never raises. */
  public boolean isPlain() {
    return isPlain(start) && isPlain(stop) && (step == Py.None || isPlain(step) && nonZero(step));
  }

  /** Whether a part of a slice is an int that fits a long, or None. */
  public static boolean isPlain(PyObject part) {
    return part == Py.None || part.getClass() == PyInt.class && ((PyInt) part).isLong();
  }

  private static boolean nonZero(PyObject step) {
    return ((PyInt) step).longValue() != 0;
  }

  /** {@link #unpack} of two plain parts. */
  public static Bounds plain(PyObject start, PyObject stop) {
    return new Bounds(
        start == Py.None ? 0 : ((PyInt) start).longValue(),
        stop == Py.None ? Long.MAX_VALUE : ((PyInt) stop).longValue(),
        1);
  }

  /** Equivalent of CPython's {@code PySlice_Unpack}: may run {@code __index__} of the parts. */
  public Bounds unpack() {
    long by = 1;
    if (step != Py.None) {
      by = index(step);
      if (by == 0) {
        throw Errors.valueError("slice step cannot be zero");
      }
      if (by < -Long.MAX_VALUE) {
        by = -Long.MAX_VALUE;
      }
    }
    long from = start == Py.None ? (by < 0 ? Long.MAX_VALUE : 0) : index(start);
    long to = stop == Py.None ? (by < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : index(stop);
    return new Bounds(from, to, by);
  }

  /** The positions meant in a sequence of that length; the length must not depend on user code. */
  public Range within(long length) {
    return unpack().within(length);
  }

  private static long index(PyObject o) {
    if (!PyNumbers.isIndex(o)) {
      throw badIndex();
    }
    return PyNumbers.asLong(o, null);
  }

  private static RuntimeException badIndex() {
    return Errors.typeError("slice indices must be integers or None or have an __index__ method");
  }

  /**
   * Equivalent of CPython's {@code _PyEval_SliceIndexNotNone}: the start or stop argument of
   * methods such as {@code list.index}, clipped to long.
   */
  public static long indexArgument(PyObject o) {
    if (!PyNumbers.isIndex(o)) {
      throw Errors.typeError("slice indices must be integers or have an __index__ method");
    }
    return PyNumbers.asLong(o, null);
  }

  /**
   * Start, stop and step for a length without a limit. Equivalent of CPython's {@code
   * _PySlice_GetLongIndices}.
   */
  public BigInteger[] indices(BigInteger length) {
    BigInteger by = step == Py.None ? BigInteger.ONE : big(step);
    if (by.signum() == 0) {
      throw Errors.valueError("slice step cannot be zero");
    }
    boolean down = by.signum() < 0;
    BigInteger low = down ? BigInteger.ONE.negate() : BigInteger.ZERO;
    BigInteger high = down ? length.subtract(BigInteger.ONE) : length;
    BigInteger from = start == Py.None ? (down ? high : low) : clip(big(start), length, low, high);
    BigInteger to = stop == Py.None ? (down ? low : high) : clip(big(stop), length, low, high);
    return new BigInteger[] {from, to, by};
  }

  private static BigInteger clip(BigInteger i, BigInteger length, BigInteger low, BigInteger high) {
    return i.signum() < 0 ? i.add(length).max(low) : i.min(high);
  }

  private static BigInteger big(PyObject o) {
    if (!PyNumbers.isIndex(o)) {
      throw badIndex();
    }
    return PyNumbers.index(o).bigValue();
  }

  // ---- Python

  @PyMethod(
      sig = "(object, /)",
      doc =
          "S.indices(len) -> (start, stop, stride)\n\n"
              + "The slice as it cuts a sequence of that length: negative numbers counted "
              + "from\n"
              + "the end, numbers outside drawn in.")
  PyObject indices(PyObject object) {
    BigInteger length = PyNumbers.index(object).bigValue();
    if (length.signum() < 0) {
      throw Errors.valueError("length should not be negative");
    }
    BigInteger[] r = indices(length);
    return Py.tuple(Py.int_(r[0]), Py.int_(r[1]), Py.int_(r[2]));
  }

  @PyMethod(name = "__repr__")
  String repr() {
    return "slice("
        + PyObjects.repr(start)
        + ", "
        + PyObjects.repr(stop)
        + ", "
        + PyObjects.repr(step)
        + ")";
  }

  @PyMethod(name = "__hash__")
  long hash() {
    return PyTuple.hashOf(new PyObject[] {start, stop, step}, false);
  }

  @PyRichCompare
  PyObject compare(PyObject other, CompareOp op) {
    if (!(other instanceof PySlice s)) {
      return Py.NotImplemented;
    }
    if (this == s) {
      return Py.bool_(op.test(0));
    }
    return PyTuple.compareItems(
        new PyObject[] {start, stop, step}, new PyObject[] {s.start, s.stop, s.step}, op);
  }

  @PyMethod(name = "__reduce__", sig = "()", doc = "Return state information for pickling.")
  PyObject reduce() {
    return Py.tuple(TYPE, Py.tuple(start, stop, step));
  }
}
