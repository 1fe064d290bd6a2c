package org.plait.modules.datetime;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyBinary;
import org.plait.processor.annotation.PyMember;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyRichCompare;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PyObjects.CompareOp;
import org.plait.runtime.text.FloatText;
import org.plait.runtime.types.PyFloat;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyTuple;

/** {@code datetime.timedelta}: days, seconds of a day, microseconds of a second. Immutable. */
@PyTypeDef(
    name = "timedelta",
    module = "datetime",
    subclassable = true,
    sig = "none",
    doc =
        "A span of time.\n\n"
            + "timedelta(days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, "
            + "hours=0, weeks=0)\n\n"
            + "The arguments, ints or floats of either sign, are added up.")
public class PyTimedelta extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyTimedeltaTable.INSTANCE);

  static final int MAX_DAYS = 999_999_999;
  private static final int DAY_SECONDS = 24 * 3600;
  private static final long SECOND = 1_000_000;
  private static final long DAY = DAY_SECONDS * SECOND;
  private static final BigInteger BIG_DAY = BigInteger.valueOf(DAY);

  static final PyTimedelta ZERO = new PyTimedelta(0, 0, 0);

  @PyMember(value = "days", doc = "Number of days.")
  public final int days;

  @PyMember(value = "seconds", doc = "The seconds, from 0 up to a day.")
  public final int seconds;

  @PyMember(value = "microseconds", doc = "The microseconds, from 0 up to a second.")
  public final int micros;

  public PyTimedelta(int days, int seconds, int micros) {
    this.days = days;
    this.seconds = seconds;
    this.micros = micros;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  // ---- making

  /** From parts that need not be in range. */
  static PyTimedelta of(long days, long seconds, long micros) {
    long s = seconds + Math.floorDiv(micros, SECOND);
    long d = days + Math.floorDiv(s, (long) DAY_SECONDS);
    return checked(
        TYPE, d, (int) Math.floorMod(s, (long) DAY_SECONDS), (int) Math.floorMod(micros, SECOND));
  }

  private static PyTimedelta checked(PyType cls, long days, int seconds, int micros) {
    if (days < -MAX_DAYS || days > MAX_DAYS) {
      throw Errors.overflowError("days=" + days + "; must have magnitude <= " + MAX_DAYS);
    }
    return cls == TYPE
        ? new PyTimedelta((int) days, seconds, micros)
        : new PyTimedeltaDerived(cls, (int) days, seconds, micros);
  }

  /** From a number of microseconds. */
  static PyTimedelta ofMicros(PyType cls, BigInteger micros) {
    BigInteger[] d = micros.divideAndRemainder(BIG_DAY);
    long rest = d[1].longValue();
    BigInteger days = d[0];
    if (rest < 0) {
      rest += DAY;
      days = days.subtract(BigInteger.ONE);
    }
    if (days.bitLength() > 31) {
      throw Errors.overflowError("Python int too large to convert to C int");
    }
    return checked(cls, days.longValue(), (int) (rest / SECOND), (int) (rest % SECOND));
  }

  private static PyTimedelta ofMicros(BigInteger micros) {
    return ofMicros(TYPE, micros);
  }

  /** All in microseconds. */
  final BigInteger toMicros() {
    return BigInteger.valueOf(days)
        .multiply(BIG_DAY)
        .add(BigInteger.valueOf(seconds * SECOND + micros));
  }

  /** The sum of the arguments: an exact part and what fractions of microseconds are left. */
  private static final class Sum {
    BigInteger exact = BigInteger.ZERO;
    double rest;

    // Compare CPython accum in _datetimemodule.c.
    void add(@Nullable PyObject value, long factor, String name) {
      if (value == null) {
        return;
      }
      if (value instanceof PyInt i) {
        exact = exact.add(i.bigValue().multiply(BigInteger.valueOf(factor)));
        return;
      }
      if (!(value instanceof PyFloat f)) {
        throw Errors.typeError(
            "unsupported type for timedelta " + name + " component: " + value.type().name());
      }
      double whole = f.value() < 0 ? Math.ceil(f.value()) : Math.floor(f.value());
      exact = exact.add(PyFloat.toInt(f.value()).bigValue().multiply(BigInteger.valueOf(factor)));
      double fraction = f.value() - whole;
      if (fraction == 0) {
        return;
      }
      double more = factor * fraction;
      double moreWhole = more < 0 ? Math.ceil(more) : Math.floor(more);
      rest += more - moreWhole;
      exact = exact.add(BigInteger.valueOf((long) moreWhole));
    }

    BigInteger total() {
      if (rest == 0) {
        return exact;
      }
      double whole = Math.copySign(Math.floor(Math.abs(rest) + 0.5), rest);
      if (Math.abs(whole - rest) == 0.5) {
        int odd = exact.testBit(0) ? 1 : 0;
        double half = (rest + odd) * 0.5;
        whole = 2.0 * Math.copySign(Math.floor(Math.abs(half) + 0.5), half) - odd;
      }
      return exact.add(BigInteger.valueOf((long) whole));
    }
  }

  @PyNew(
      sig =
          "!(days=NULL, seconds=NULL, microseconds=NULL, milliseconds=NULL, minutes=NULL,"
              + " hours=NULL, weeks=NULL)")
  static PyObject new_(
      PyType cls,
      @Nullable PyObject days,
      @Nullable PyObject seconds,
      @Nullable PyObject microseconds,
      @Nullable PyObject milliseconds,
      @Nullable PyObject minutes,
      @Nullable PyObject hours,
      @Nullable PyObject weeks) {
    Sum sum = new Sum();
    sum.add(microseconds, 1, "microseconds");
    sum.add(milliseconds, 1000, "milliseconds");
    sum.add(seconds, SECOND, "seconds");
    sum.add(minutes, 60 * SECOND, "minutes");
    sum.add(hours, 3600 * SECOND, "hours");
    sum.add(days, DAY, "days");
    sum.add(weeks, 7 * DAY, "weeks");
    return ofMicros(cls, sum.total());
  }

  // ---- arithmetic

  final PyTimedelta plus(PyTimedelta o) {
    return of((long) days + o.days, seconds + o.seconds, micros + o.micros);
  }

  final PyTimedelta minus(PyTimedelta o) {
    return of((long) days - o.days, seconds - o.seconds, micros - o.micros);
  }

  final PyTimedelta negated() {
    return of(-(long) days, -seconds, -micros);
  }

  final boolean isZero() {
    return days == 0 && seconds == 0 && micros == 0;
  }

  final int compareTo(PyTimedelta o) {
    int c = Integer.compare(days, o.days);
    if (c == 0) {
      c = Integer.compare(seconds, o.seconds);
    }
    return c == 0 ? Integer.compare(micros, o.micros) : c;
  }

  @PyBinary("add")
  static PyObject add(PyObject left, PyObject right) {
    return left instanceof PyTimedelta a && right instanceof PyTimedelta b
        ? a.plus(b)
        : Py.NotImplemented;
  }

  @PyBinary("sub")
  static PyObject sub(PyObject left, PyObject right) {
    return left instanceof PyTimedelta a && right instanceof PyTimedelta b
        ? a.minus(b)
        : Py.NotImplemented;
  }

  @PyBinary("mul")
  static PyObject mul(PyObject left, PyObject right) {
    PyTimedelta d = left instanceof PyTimedelta l ? l : (PyTimedelta) right;
    PyObject factor = d == left ? right : left;
    if (factor instanceof PyInt i) {
      return ofMicros(d.toMicros().multiply(i.bigValue()));
    }
    if (factor instanceof PyFloat f) {
      BigInteger[] ratio = ratio(f);
      return ofMicros(divideNearest(d.toMicros().multiply(ratio[0]), ratio[1]));
    }
    return Py.NotImplemented;
  }

  private static BigInteger[] ratio(PyFloat f) {
    if (f.getClass() != PyFloat.class) {
      return ratioOfSubclass(f);
    }
    if (Double.isNaN(f.value())) {
      throw Errors.valueError("cannot convert NaN to integer ratio");
    }
    if (Double.isInfinite(f.value())) {
      throw Errors.overflowError("cannot convert Infinity to integer ratio");
    }
    return FloatText.asIntegerRatio(f.value());
  }

  // Compare CPython get_float_as_integer_ratio in _datetimemodule.c.
  private static BigInteger[] ratioOfSubclass(PyFloat f) {
    PyObject r = PyCalls.callMethod(f, "as_integer_ratio");
    if (!(r instanceof PyTuple t)) {
      throw Errors.typeError(
          "unexpected return type from as_integer_ratio(): expected tuple, not '"
              + r.type().name()
              + "'");
    }
    if (t.size() != 2) {
      throw Errors.valueError("as_integer_ratio() must return a 2-tuple");
    }
    return new BigInteger[] {PyNumbers.asBig(t.get(0)), PyNumbers.asBig(t.get(1))};
  }

  private static void checkDivisor(BigInteger d) {
    if (d.signum() == 0) {
      throw Errors.zeroDivisionError("division by zero");
    }
  }

  /** The nearest integer, the even one half-way. */
  private static BigInteger divideNearest(BigInteger a, BigInteger b) {
    checkDivisor(b);
    BigInteger n = b.signum() < 0 ? a.negate() : a;
    BigInteger d = b.abs();
    BigInteger[] q = floorDivMod(n, d);
    int c = q[1].shiftLeft(1).compareTo(d);
    return c > 0 || c == 0 && q[0].testBit(0) ? q[0].add(BigInteger.ONE) : q[0];
  }

  private static BigInteger[] floorDivMod(BigInteger a, BigInteger b) {
    checkDivisor(b);
    BigInteger[] q = a.divideAndRemainder(b);
    if (q[1].signum() != 0 && q[1].signum() != b.signum()) {
      q[0] = q[0].subtract(BigInteger.ONE);
      q[1] = q[1].add(b);
    }
    return q;
  }

  @PyBinary("truediv")
  static PyObject truediv(PyObject left, PyObject right) {
    if (!(left instanceof PyTimedelta a)) {
      return Py.NotImplemented;
    }
    if (right instanceof PyTimedelta b) {
      return PyNumbers.truediv(Py.int_(a.toMicros()), Py.int_(b.toMicros()));
    }
    if (right instanceof PyFloat f) {
      BigInteger[] ratio = ratio(f);
      return ofMicros(divideNearest(a.toMicros().multiply(ratio[1]), ratio[0]));
    }
    if (right instanceof PyInt i) {
      return ofMicros(divideNearest(a.toMicros(), i.bigValue()));
    }
    return Py.NotImplemented;
  }

  @PyBinary("floordiv")
  static PyObject floordiv(PyObject left, PyObject right) {
    if (!(left instanceof PyTimedelta a)) {
      return Py.NotImplemented;
    }
    if (right instanceof PyTimedelta b) {
      return Py.int_(floorDivMod(a.toMicros(), b.toMicros())[0]);
    }
    if (right instanceof PyInt i) {
      return ofMicros(floorDivMod(a.toMicros(), i.bigValue())[0]);
    }
    return Py.NotImplemented;
  }

  @PyBinary("mod")
  static PyObject mod(PyObject left, PyObject right) {
    return left instanceof PyTimedelta a && right instanceof PyTimedelta b
        ? ofMicros(floorDivMod(a.toMicros(), b.toMicros())[1])
        : Py.NotImplemented;
  }

  @PyBinary("divmod")
  static PyObject divmod(PyObject left, PyObject right) {
    if (!(left instanceof PyTimedelta a) || !(right instanceof PyTimedelta b)) {
      return Py.NotImplemented;
    }
    BigInteger[] q = floorDivMod(a.toMicros(), b.toMicros());
    return Py.tuple(Py.int_(q[0]), ofMicros(q[1]));
  }

  @PyMethod(name = "__neg__")
  PyObject neg() {
    return negated();
  }

  @PyMethod(name = "__pos__")
  PyObject pos() {
    return new PyTimedelta(days, seconds, micros);
  }

  @PyMethod(name = "__abs__")
  PyObject abs() {
    return days < 0 ? negated() : pos();
  }

  @PyMethod(name = "__bool__")
  boolean bool() {
    return !isZero();
  }

  @PyRichCompare
  PyObject compare(PyObject other, int op) {
    return other instanceof PyTimedelta o
        ? Py.bool_(CompareOp.of(op).test(compareTo(o)))
        : Py.NotImplemented;
  }

  @PyMethod(name = "__hash__")
  long hash() {
    return PyObjects.hash(Py.tuple(Py.int_(days), Py.int_(seconds), Py.int_(micros)));
  }

  // ---- text

  @PyMethod(name = "__repr__")
  String repr() {
    StringBuilder b = new StringBuilder();
    b.append(type() == TYPE ? "datetime.timedelta" : type().name()).append('(');
    if (isZero()) {
      return b.append("0)").toString();
    }
    int start = b.length();
    part(b, start, "days", days);
    part(b, start, "seconds", seconds);
    part(b, start, "microseconds", micros);
    return b.append(')').toString();
  }

  private static void part(StringBuilder b, int start, String name, int value) {
    if (value != 0) {
      b.append(b.length() > start ? ", " : "").append(name).append('=').append(value);
    }
  }

  @PyMethod(name = "__str__")
  String str() {
    StringBuilder b = new StringBuilder();
    if (days != 0) {
      b.append(days).append(Math.abs(days) == 1 ? " day, " : " days, ");
    }
    b.append(seconds / 3600).append(':');
    IsoText.digits(b, seconds / 60 % 60, 2).append(':');
    IsoText.digits(b, seconds % 60, 2);
    if (micros != 0) {
      IsoText.digits(b.append('.'), micros, 6);
    }
    return b.toString();
  }

  @PyMethod(name = "total_seconds", sig = "()", doc = "Total seconds in the duration.")
  PyObject totalSeconds() {
    return PyNumbers.truediv(Py.int_(toMicros()), Py.int_(SECOND));
  }

  @PyMethod(name = "__reduce__", sig = "()", doc = "__reduce__() -> (cls, state)")
  PyObject reduce() {
    return Py.tuple(type(), Py.tuple(Py.int_(days), Py.int_(seconds), Py.int_(micros)));
  }
}
