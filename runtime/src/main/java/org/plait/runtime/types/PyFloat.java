package org.plait.runtime.types;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyBinary;
import org.plait.processor.annotation.PyClassMethod;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyRichCompare;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PyObjects.CompareOp;
import org.plait.runtime.text.FloatText;
import org.plait.runtime.text.FormatSpec;
import org.plait.runtime.text.TextException;

/** {@code float}: an immutable double. */
@PyTypeDef(
    name = "float",
    subclassable = true,
    flags = {TypeFlag.MATCH_SELF},
    sig = "(x=0, /)",
    doc = "A floating-point number made from a number or from text.")
public class PyFloat extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyFloatTable.INSTANCE);

  private static final int HASH_BITS = 61;
  private static final long HASH_INFINITY = 314159;

  final double value;

  public PyFloat(double value) {
    this.value = value;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  public final double value() {
    return value;
  }

  /** IEEE comparison: every one but NE is false for a NaN. */
  public static boolean compare(double a, double b, CompareOp op) {
    return switch (op) {
      case LT -> a < b;
      case LE -> a <= b;
      case EQ -> a == b;
      case NE -> a != b;
      case GT -> a > b;
      case GE -> a >= b;
    };
  }

  private PyFloat exact() {
    return getClass() == PyFloat.class ? this : new PyFloat(value);
  }

  // ---- construction

  @PyNew(sig = "!(x=0, /)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    if (kwnames != null && (cls == TYPE || cls.lookup("__init__") == TYPE.lookup("__init__"))) {
      throw Errors.typeError("float() takes no keyword arguments");
    }
    int n = args.length - (kwnames == null ? 0 : kwnames.length);
    if (n > 1) {
      throw Errors.typeError("float expected at most 1 argument, got " + n);
    }
    PyFloat v = n == 0 ? new PyFloat(0.0) : PyNumbers.toFloat(args[0]);
    return cls == TYPE ? v : new PyFloatDerived(cls, v.value);
  }

  // Compare CPython PyFloat_FromString in floatobject.c.
  /** {@code float(o)} of a str, bytes or buffer. */
  public static PyFloat parse(PyObject o) {
    Double d;
    if (o instanceof PyStr s) {
      d = FloatText.tryParse(s.toString());
    } else if (PyBuffers.isBuffer(o)) {
      byte[] b = PyBuffers.toBytes(o);
      d = FloatText.tryParse(b, 0, b.length);
    } else {
      throw Errors.typeError(
          "float() argument must be a string or a real number, not '" + o.type().name() + "'");
    }
    if (d == null) {
      throw Errors.valueError("could not convert string to float: " + PyObjects.repr(o));
    }
    return new PyFloat(d);
  }

  @PyClassMethod(
      name = "from_number",
      sig = "(number, /)",
      doc = "Convert real number to a floating-point number.")
  static PyObject fromNumber(PyType cls, PyObject number) {
    if (number.getClass() == PyFloat.class && cls == TYPE) {
      return number;
    }
    PyFloat v = new PyFloat(PyNumbers.asDouble(number));
    return cls == TYPE ? v : cls.call1(v);
  }

  @PyClassMethod(
      sig = "(string, /)",
      doc =
          "The float that a hexadecimal string such as float.hex() makes stands for.\n\n"
              + ">>> float.fromhex('0x1.8p1')\n"
              + "3.0")
  static PyObject fromhex(PyType cls, PyObject string) {
    if (!(string instanceof PyStr s)) {
      throw Errors.typeError("bad argument type for built-in operation");
    }
    try {
      PyFloat v = new PyFloat(FloatText.fromHex(s.toString()));
      return cls == TYPE ? v : cls.call1(v);
    } catch (TextException e) {
      throw Errors.of(e);
    }
  }

  @PyClassMethod(
      name = "__getformat__",
      sig = "(typestr, /)",
      doc =
          "How the numbers of a C type are stored; made for the tests.\n\n"
              + "  typestr\n"
              + "    'double' or 'float'\n\n"
              + "Answers 'IEEE, big-endian', 'IEEE, little-endian' or 'unknown'.")
  static PyObject getformat(PyType cls, PyStr typestr) {
    if (!typestr.equalTo("double") && !typestr.equalTo("float")) {
      throw Errors.valueError("__getformat__() argument 1 must be 'double' or 'float'");
    }
    return Py.str("IEEE, little-endian");
  }

  // ---- operators

  /** Whether an operand of a float's operators can be converted. */
  private static boolean isReal(PyObject o) {
    return o instanceof PyFloat || o instanceof PyInt;
  }

  private static double real(PyObject o) {
    return o instanceof PyFloat f ? f.value : ((PyInt) o).doubleValue();
  }

  @PyBinary("add")
  public static PyObject add(PyObject a, PyObject b) {
    return isReal(a) && isReal(b) ? new PyFloat(real(a) + real(b)) : Py.NotImplemented;
  }

  @PyBinary("sub")
  public static PyObject sub(PyObject a, PyObject b) {
    return isReal(a) && isReal(b) ? new PyFloat(real(a) - real(b)) : Py.NotImplemented;
  }

  @PyBinary("mul")
  public static PyObject mul(PyObject a, PyObject b) {
    return isReal(a) && isReal(b) ? new PyFloat(real(a) * real(b)) : Py.NotImplemented;
  }

  private static void checkDivisor(double d) {
    if (d == 0) {
      throw Errors.zeroDivisionError("division by zero");
    }
  }

  @PyBinary("truediv")
  public static PyObject truediv(PyObject a, PyObject b) {
    if (!isReal(a) || !isReal(b)) {
      return Py.NotImplemented;
    }
    double x = real(a);
    double y = real(b);
    checkDivisor(y);
    return new PyFloat(x / y);
  }

  // Compare CPython float_rem in floatobject.c.
  /** The remainder with the sign of the divisor, which must not be 0. */
  public static double mod(double x, double y) {
    double m = x % y;
    if (m == 0) {
      return Math.copySign(0.0, y);
    }
    return y < 0 != m < 0 ? m + y : m;
  }

  // Compare CPython _float_div_mod in floatobject.c.
  /** The floor of the quotient by a divisor that is not 0. */
  public static double floorDiv(double x, double y) {
    double m = x % y;
    double div = (x - m) / y;
    if (m != 0 && y < 0 != m < 0) {
      div -= 1.0;
    }
    if (div == 0) {
      return Math.copySign(0.0, x / y);
    }
    double floor = Math.floor(div);
    return div - floor > 0.5 ? floor + 1.0 : floor;
  }

  @PyBinary("floordiv")
  static PyObject floordiv(PyObject a, PyObject b) {
    if (!isReal(a) || !isReal(b)) {
      return Py.NotImplemented;
    }
    double x = real(a);
    double y = real(b);
    checkDivisor(y);
    return new PyFloat(floorDiv(x, y));
  }

  @PyBinary("mod")
  static PyObject mod(PyObject a, PyObject b) {
    if (!isReal(a) || !isReal(b)) {
      return Py.NotImplemented;
    }
    double x = real(a);
    double y = real(b);
    checkDivisor(y);
    return new PyFloat(mod(x, y));
  }

  @PyBinary("divmod")
  static PyObject divmod(PyObject a, PyObject b) {
    if (!isReal(a) || !isReal(b)) {
      return Py.NotImplemented;
    }
    double x = real(a);
    double y = real(b);
    checkDivisor(y);
    return Py.tuple(new PyFloat(floorDiv(x, y)), new PyFloat(mod(x, y)));
  }

  @PyBinary("pow")
  static PyObject pow(PyObject a, PyObject b, PyObject modulus) {
    if (modulus != Py.None) {
      throw Errors.typeError("pow() 3rd argument not allowed unless all arguments are integers");
    }
    if (!isReal(a) || !isReal(b)) {
      return Py.NotImplemented;
    }
    double x = real(a);
    double y = real(b);
    // A negative number to a fractional power is complex.
    if (x < 0 && Double.isFinite(x) && Double.isFinite(y) && y != Math.floor(y)) {
      return PyComplex.power(x, 0, y, 0);
    }
    return new PyFloat(power(x, y));
  }

  // Compare CPython float_pow in floatobject.c.
  /** C99's pow for real results; raises where Python does. */
  static double power(double x, double y) {
    if (y == 0 || x == 1) {
      return 1.0;
    }
    if (x == -1 && Double.isInfinite(y)) {
      return 1.0;
    }
    if (x == 0 && y < 0 && !Double.isInfinite(y)) {
      throw Errors.zeroDivisionError("zero to a negative power");
    }
    double r = Math.pow(x, y);
    if (Double.isInfinite(r) && !Double.isInfinite(x) && !Double.isInfinite(y)) {
      throw Errors.of(
          Exceptions.OverflowError, Py.int_(34), Py.str("Numerical result out of range"));
    }
    return r;
  }

  @PyMethod(name = "__neg__")
  PyObject neg() {
    return new PyFloat(-value);
  }

  @PyMethod(name = "__pos__")
  PyObject pos() {
    return exact();
  }

  @PyMethod(name = "__abs__")
  PyObject abs() {
    return new PyFloat(Math.abs(value));
  }

  @PyMethod(name = "__bool__")
  boolean bool() {
    return value != 0;
  }

  @PyMethod(name = "__float__")
  PyObject float_() {
    return exact();
  }

  @PyMethod(name = "__int__")
  PyObject int_() {
    return toInt(value);
  }

  // ---- comparison and hash

  @PyRichCompare
  PyObject compare(PyObject other, CompareOp op) {
    if (other instanceof PyFloat f) {
      return Py.bool_(compare(value, f.value, op));
    }
    if (!(other instanceof PyInt i)) {
      return Py.NotImplemented;
    }
    return Py.bool_(Double.isNaN(value) ? op == CompareOp.NE : op.test(compareExactly(value, i)));
  }

  /** Compares without rounding the int; {@code d} is no NaN. */
  static int compareExactly(double d, PyInt i) {
    if (Double.isInfinite(d)) {
      return d > 0 ? 1 : -1;
    }
    if (i.isLong()) {
      if (Math.abs(d) >= 0x1p63) {
        return d == -0x1p63 && i.longValue() == Long.MIN_VALUE ? 0 : d > 0 ? 1 : -1;
      }
      int c = Long.compare((long) d, i.longValue());
      return c != 0 ? c : Double.compare(d - (long) d + 0.0, 0.0);
    }
    if (Math.abs(d) < 0x1p63) {
      return -i.signum();
    }
    return FloatText.truncate(d).compareTo(i.bigValue());
  }

  @PyMethod(name = "__hash__")
  long hash() {
    return Double.isNaN(value) ? PyObjects.identityHash(this) : hash(value);
  }

  // Compare CPython _Py_HashDouble in pyhash.c.
  /** The numeric hash: equal to that of an equal int. Not for NaN. */
  public static long hash(double d) {
    if (Double.isInfinite(d)) {
      return d > 0 ? HASH_INFINITY : -HASH_INFINITY;
    }
    if (d == 0) {
      return 0;
    }
    // d = m * 2**e with an int m below 2**53, and 2**61 is 1 modulo 2**61 - 1.
    long bits = Double.doubleToRawLongBits(d);
    int e = (int) (bits >>> 52) & 0x7ff;
    long m = bits & 0xfffffffffffffL;
    if (e == 0) {
      e = 1;
    } else {
      m |= 1L << 52;
    }
    int r = Math.floorMod(e - 1075, HASH_BITS);
    long h = m << r & PyInt.HASH_MODULUS | m >>> HASH_BITS - r;
    if (h == PyInt.HASH_MODULUS) {
      h = 0;
    }
    h = d < 0 ? -h : h;
    return h == -1 ? -2 : h;
  }

  // ---- conversion to int

  private static void checkFinite(double d) {
    if (Double.isInfinite(d)) {
      throw Errors.overflowError("cannot convert float infinity to integer");
    }
    if (Double.isNaN(d)) {
      throw Errors.valueError("cannot convert float NaN to integer");
    }
  }

  /** Equivalent of CPython's {@code PyLong_FromDouble}: rounds towards zero. */
  public static PyInt toInt(double d) {
    if (Math.abs(d) < 0x1p63) {
      return PyInt.of((long) d);
    }
    checkFinite(d);
    return PyInt.of(FloatText.truncate(d));
  }

  @PyMethod(name = "__trunc__", sig = "()", doc = "The integer that is left without the fraction.")
  PyObject trunc() {
    return toInt(value);
  }

  @PyMethod(name = "__floor__", sig = "()", doc = "Return the floor as an Integral.")
  PyObject floor() {
    return toInt(Math.floor(value));
  }

  @PyMethod(name = "__ceil__", sig = "()", doc = "Return the ceiling as an Integral.")
  PyObject ceil() {
    return toInt(Math.ceil(value));
  }

  @PyMethod(
      name = "__round__",
      sig = "(ndigits=None, /)",
      doc = "The nearest integer, or even of two; with ndigits a float, as by round().")
  PyObject round(PyObject ndigits) {
    if (ndigits == Py.None) {
      return toInt(Math.rint(value));
    }
    long n = PyNumbers.asLong(ndigits, null);
    try {
      return new PyFloat(
          FloatText.round(value, (int) Math.clamp(n, Integer.MIN_VALUE, Integer.MAX_VALUE)));
    } catch (TextException e) {
      throw Errors.of(e);
    }
  }

  @PyMethod(
      name = "as_integer_ratio",
      sig = "()",
      doc =
          "Numerator and positive denominator that give this very number, in lowest "
              + "terms.\n\n"
              + "Infinities raise OverflowError, NaNs ValueError.\n\n"
              + ">>> (2.5).as_integer_ratio()\n"
              + "(5, 2)")
  PyObject asIntegerRatio() {
    try {
      BigInteger[] ratio = FloatText.asIntegerRatio(value);
      return Py.tuple(PyInt.of(ratio[0]), PyInt.of(ratio[1]));
    } catch (TextException e) {
      throw Errors.of(e);
    }
  }

  @PyMethod(
      name = "is_integer",
      sig = "()",
      doc = "Whether nothing stands behind the decimal point.")
  boolean isInteger() {
    return !Double.isInfinite(value) && Math.floor(value) == value;
  }

  // ---- text

  @PyMethod(name = "__repr__")
  String repr() {
    return FloatText.repr(value);
  }

  @PyMethod(
      name = "__format__",
      sig = "(format_spec, /)",
      doc = "Formats the float according to format_spec.")
  public final PyStr format(PyStr formatSpec) {
    if (formatSpec.isEmpty()) {
      return PyObjects.str(this);
    }
    try {
      FormatSpec spec =
          FormatSpec.parse(formatSpec.toString(), FormatSpec.Target.FLOAT, type().name());
      if (spec.type() == 'n') {
        spec.withLocale(NumberLocales.current());
      }
      return Py.str(spec.format(value));
    } catch (TextException e) {
      throw Errors.of(e);
    }
  }

  @PyMethod(
      sig = "()",
      doc =
          "The number as a hexadecimal string, without loss.\n\n"
              + ">>> (3.0).hex()\n"
              + "'0x1.8000000000000p+1'")
  String hex() {
    return FloatText.hex(value);
  }

  // ---- as a number

  @PyMethod(sig = "()", doc = "The number itself: it has no imaginary part.")
  PyObject conjugate() {
    return exact();
  }

  @PyGetter(value = "real", doc = "the real part of a complex number")
  PyObject real() {
    return exact();
  }

  @PyGetter(value = "imag", doc = "the imaginary part of a complex number")
  PyObject imag() {
    return new PyFloat(0.0);
  }

  @PyMethod(name = "__getnewargs__", sig = "()")
  PyObject getnewargs() {
    return Py.tuple(new PyFloat(value));
  }
}
