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
import org.plait.runtime.boot.BootOptions;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PyObjects.CompareOp;
import org.plait.runtime.text.FormatSpec;
import org.plait.runtime.text.IntText;
import org.plait.runtime.text.TextException;

/**
 * {@code int}: a {@code long}, or a BigInteger where the value doesn't fit one.
 *
 * <p>Invariant: {@link #big} is null exactly when the value fits a long, so two ints are equal
 * exactly when both parts are. Immutable. Values from -5 to 1024 are shared. The arithmetic is in
 * {@link IntMath}, conversions from and to bytes in {@link IntBytes}.
 */
@PyTypeDef(
    name = "int",
    subclassable = true,
    flags = {TypeFlag.MATCH_SELF},
    sig = "none",
    doc =
        "int([x]) -> integer\n"
            + "int(x, base=10) -> integer\n\n"
            + "An integer made from a number or from text; 0 without an argument. Of a "
            + "number\n"
            + "it is what its __int__ gives, of a float the part before the point.\n\n"
            + "Text (str, bytes or bytearray) is read in the base, 2 to 36, with blanks "
            + "around\n"
            + "and a sign before it allowed; base 0 reads the prefix as a literal has it:\n"
            + ">>> int('0x1f', base=0)\n"
            + "31")
public class PyInt extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyIntTable.INSTANCE);

  private static final int CACHE_LOW = -5;
  private static final int CACHE_HIGH = 1024;
  private static final PyInt[] CACHE = new PyInt[CACHE_HIGH - CACHE_LOW + 1];

  /** Modulus of the numeric hash, 2**61 - 1. */
  public static final long HASH_MODULUS = (1L << 61) - 1;

  private static final BigInteger BIG_HASH_MODULUS = BigInteger.valueOf(HASH_MODULUS);

  static {
    for (int i = 0; i < CACHE.length; i++) {
      CACHE[i] = new PyInt(CACHE_LOW + i, null);
    }
  }

  public static final PyInt ZERO = of(0);
  public static final PyInt ONE = of(1);

  /** The value when {@link #big} is null; otherwise its low 64 bits. */
  final long value;

  final @Nullable BigInteger big;

  protected PyInt(long value, @Nullable BigInteger big) {
    this.value = value;
    this.big = big;
  }

  public static PyInt of(long v) {
    if (v >= CACHE_LOW && v <= CACHE_HIGH) {
      return CACHE[(int) v - CACHE_LOW];
    }
    return new PyInt(v, null);
  }

  public static PyInt of(BigInteger v) {
    return v.bitLength() < 64 ? of(v.longValue()) : new PyInt(v.longValue(), v);
  }

  /** From both parts of another int. */
  static PyInt of(long value, @Nullable BigInteger big) {
    return big == null ? of(value) : new PyInt(value, big);
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  // ---- for the runtime

  /** Whether the value fits a Java long. */
  public final boolean isLong() {
    return big == null;
  }

  /** The value if {@link #isLong}, else its low 64 bits. */
  public final long longValue() {
    return value;
  }

  /** Whether the value fits a Java int. */
  public final boolean isInt() {
    return big == null && value == (int) value;
  }

  public final BigInteger bigValue() {
    return big == null ? BigInteger.valueOf(value) : big;
  }

  public final boolean isZero() {
    return value == 0 && big == null;
  }

  public final int signum() {
    return big == null ? Long.signum(value) : big.signum();
  }

  public final int compareTo(PyInt other) {
    if (big == null && other.big == null) {
      return Long.compare(value, other.value);
    }
    return bigValue().compareTo(other.bigValue());
  }

  /** The nearest double, ties to even; OverflowError beyond them. */
  public final double doubleValue() {
    if (big == null) {
      return value;
    }
    double d = big.doubleValue();
    if (Double.isInfinite(d)) {
      throw Errors.overflowError("int too large to convert to float");
    }
    return d;
  }

  /** CPython's numeric hash: the value modulo 2**61 - 1 with the sign, never -1. */
  @PyMethod(name = "__hash__")
  public final long hash() {
    long h;
    if (big == null) {
      return hash(value);
    } else {
      h = big.abs().mod(BIG_HASH_MODULUS).longValue();
      h = big.signum() < 0 ? -h : h;
    }
    return h == -1 ? -2 : h;
  }

  /** The hash of an int with a value. */
  static long hash(long value) {
    long h = value > -HASH_MODULUS && value < HASH_MODULUS ? value : value % HASH_MODULUS;
    return h == -1 ? -2 : h;
  }

  /** The int itself if it is exactly an int, else one with its value. */
  final PyInt exact() {
    return getClass() == PyInt.class ? this : of(value, big);
  }

  // ---- text

  static int maxDigits() {
    ThreadState ts = ThreadState.currentOrNull();
    return ts == null ? BootOptions.current().intMaxStrDigits : ts.interpreter.intMaxStrDigits;
  }

  private static PyInt of(Number n) {
    return n instanceof BigInteger b ? of(b) : of(n.longValue());
  }

  /** {@code int(s, base)}. */
  public static PyInt parse(PyStr s, int base) {
    try {
      return of(IntText.parse(s.toString(), base, maxDigits()));
    } catch (TextException e) {
      throw Errors.of(e);
    }
  }

  /**
   * {@code int(b, base)}.
   *
   * @param o the object that the bytes are from
   */
  public static PyInt parse(PyObject o, byte[] bytes, int base) {
    try {
      return of(IntText.parse(bytes, base, maxDigits()));
    } catch (TextException e) {
      throw Errors.of(e);
    }
  }

  /** The decimal form; ValueError beyond {@code sys.set_int_max_str_digits}. */
  public final String toDecimal() {
    if (big == null) {
      return Long.toString(value);
    }
    try {
      return IntText.toDecimal(big, maxDigits());
    } catch (TextException e) {
      throw Errors.of(e);
    }
  }

  /** As {@code bin}, {@code oct} and {@code hex}: sign, prefix, digits. */
  public final String toPrefixed(int base) {
    return big == null ? IntText.prefixed(value, base) : IntText.prefixed(big, base);
  }

  @PyMethod(name = "__repr__")
  String intRepr() {
    return toDecimal();
  }

  @PyMethod(
      name = "__format__",
      sig = "(format_spec, /)",
      doc = "Convert to a string according to format_spec.")
  public final PyStr format(PyStr formatSpec) {
    if (formatSpec.isEmpty()) {
      return PyObjects.str(this);
    }
    try {
      FormatSpec spec =
          FormatSpec.parse(formatSpec.toString(), FormatSpec.Target.INT, type().name());
      if (spec.type() == 'n') {
        spec.withLocale(NumberLocales.current());
      }
      return Py.str(
          spec.isFloatType()
              ? spec.format(doubleValue())
              : big == null ? spec.format(value) : spec.format(big, maxDigits()));
    } catch (TextException e) {
      throw Errors.of(e);
    }
  }

  // ---- construction

  // Compare CPython long_new_impl in longobject.c.
  @PyNew(sig = "!(x=NULL, /, base=NULL)")
  static PyObject new_(PyType cls, @Nullable PyObject x, @Nullable PyObject base) {
    PyInt v = make(x, base);
    return cls == TYPE ? v : new PyIntDerived(cls, v.value, v.big);
  }

  private static PyInt make(@Nullable PyObject x, @Nullable PyObject base) {
    if (x == null) {
      if (base != null) {
        throw Errors.typeError("int() missing string argument");
      }
      return ZERO;
    }
    if (base == null) {
      return PyNumbers.toInt(x);
    }
    long b = PyNumbers.asLong(base, null);
    if (b != 0 && (b < 2 || b > 36)) {
      throw Errors.valueError("int() base must be >= 2 and <= 36, or 0");
    }
    if (x instanceof PyStr s) {
      return parse(s, (int) b);
    }
    if (x instanceof PyBytes || x instanceof PyByteArray) {
      return parse(x, PyBuffers.toBytes(x), (int) b);
    }
    throw Errors.typeError("int() can't convert non-string with explicit base");
  }

  // ---- operators

  @PyBinary("add")
  static PyObject add(PyObject a, PyObject b) {
    return a instanceof PyInt x && b instanceof PyInt y ? IntMath.add(x, y) : Py.NotImplemented;
  }

  @PyBinary("sub")
  static PyObject sub(PyObject a, PyObject b) {
    return a instanceof PyInt x && b instanceof PyInt y ? IntMath.sub(x, y) : Py.NotImplemented;
  }

  @PyBinary("mul")
  static PyObject mul(PyObject a, PyObject b) {
    return a instanceof PyInt x && b instanceof PyInt y ? IntMath.mul(x, y) : Py.NotImplemented;
  }

  @PyBinary("floordiv")
  static PyObject floordiv(PyObject a, PyObject b) {
    return a instanceof PyInt x && b instanceof PyInt y
        ? IntMath.floorDiv(x, y)
        : Py.NotImplemented;
  }

  @PyBinary("mod")
  static PyObject mod(PyObject a, PyObject b) {
    return a instanceof PyInt x && b instanceof PyInt y ? IntMath.mod(x, y) : Py.NotImplemented;
  }

  @PyBinary("divmod")
  static PyObject divmod(PyObject a, PyObject b) {
    return a instanceof PyInt x && b instanceof PyInt y ? IntMath.divmod(x, y) : Py.NotImplemented;
  }

  @PyBinary("truediv")
  static PyObject truediv(PyObject a, PyObject b) {
    return a instanceof PyInt x && b instanceof PyInt y
        ? Py.float_(IntMath.trueDiv(x, y))
        : Py.NotImplemented;
  }

  @PyBinary("pow")
  static PyObject pow(PyObject a, PyObject b, PyObject modulus) {
    if (!(a instanceof PyInt x) || !(b instanceof PyInt y)) {
      return Py.NotImplemented;
    }
    if (modulus instanceof PyInt m) {
      return IntMath.powMod(x, y, m);
    }
    if (modulus != Py.None) {
      return Py.NotImplemented;
    }
    return y.signum() < 0
        ? Py.float_(PyFloat.power(x.doubleValue(), y.doubleValue()))
        : IntMath.pow(x, y);
  }

  @PyBinary("lshift")
  static PyObject lshift(PyObject a, PyObject b) {
    return a instanceof PyInt x && b instanceof PyInt y
        ? IntMath.shiftLeft(x, y)
        : Py.NotImplemented;
  }

  @PyBinary("rshift")
  static PyObject rshift(PyObject a, PyObject b) {
    return a instanceof PyInt x && b instanceof PyInt y
        ? IntMath.shiftRight(x, y)
        : Py.NotImplemented;
  }

  @PyBinary("and")
  static PyObject and(PyObject a, PyObject b) {
    return a instanceof PyInt x && b instanceof PyInt y ? IntMath.and(x, y) : Py.NotImplemented;
  }

  @PyBinary("or")
  static PyObject or(PyObject a, PyObject b) {
    return a instanceof PyInt x && b instanceof PyInt y ? IntMath.or(x, y) : Py.NotImplemented;
  }

  @PyBinary("xor")
  static PyObject xor(PyObject a, PyObject b) {
    return a instanceof PyInt x && b instanceof PyInt y ? IntMath.xor(x, y) : Py.NotImplemented;
  }

  @PyRichCompare
  PyObject compare(PyObject other, CompareOp op) {
    return other instanceof PyInt i ? Py.bool_(op.test(compareTo(i))) : Py.NotImplemented;
  }

  @PyMethod(name = "__bool__")
  final boolean bool() {
    return !isZero();
  }

  @PyMethod(name = "__neg__")
  PyObject neg() {
    return IntMath.negate(this);
  }

  @PyMethod(name = "__pos__")
  PyObject pos() {
    return exact();
  }

  @PyMethod(name = "__abs__")
  PyObject abs() {
    return IntMath.abs(this);
  }

  @PyMethod(name = "__invert__")
  PyObject invert() {
    return IntMath.invert(this);
  }

  @PyMethod(name = "__int__")
  PyObject int_() {
    return exact();
  }

  @PyMethod(name = "__index__")
  PyObject index() {
    return exact();
  }

  @PyMethod(name = "__float__")
  double float_() {
    return doubleValue();
  }

  // ---- methods

  @PyMethod(name = "__trunc__", sig = "()", doc = "Truncating an Integral returns itself.")
  PyObject trunc() {
    return exact();
  }

  @PyMethod(name = "__floor__", sig = "()", doc = "Flooring an Integral returns itself.")
  PyObject floor() {
    return exact();
  }

  @PyMethod(name = "__ceil__", sig = "()", doc = "Ceiling of an Integral returns itself.")
  PyObject ceil() {
    return exact();
  }

  @PyMethod(
      name = "__round__",
      sig = "(ndigits=None, /)",
      doc = "The number itself; with a negative ndigits rounded to tens, hundreds and so " + "on.")
  PyObject round(PyObject ndigits) {
    if (ndigits == Py.None) {
      return exact();
    }
    PyInt n = PyNumbers.index(ndigits);
    return n.signum() >= 0 ? exact() : IntMath.roundTo(this, IntMath.negate(n));
  }

  @PyMethod(name = "__getnewargs__", sig = "()")
  PyObject getnewargs() {
    return Py.tuple(of(value, big));
  }

  @PyMethod(name = "__sizeof__", sig = "()", doc = "Returns size in memory, in bytes.")
  long sizeof() {
    return 24 + 4L * Math.max(1, (bigValue().abs().bitLength() + 29) / 30);
  }

  @PyMethod(
      name = "bit_length",
      sig = "()",
      doc =
          "How many bits the absolute value takes, without leading zeros.\n\n"
              + ">>> (0b1011).bit_length()\n"
              + "4")
  int bitLength() {
    return big == null && value != Long.MIN_VALUE
        ? 64 - Long.numberOfLeadingZeros(Math.abs(value))
        : bigValue().abs().bitLength();
  }

  @PyMethod(
      name = "bit_count",
      sig = "()",
      doc = "How many bits are set in the absolute value.\n\n" + ">>> (0b1011).bit_count()\n" + "3")
  int bitCount() {
    return big == null ? Long.bitCount(Math.abs(value)) : big.abs().bitCount();
  }

  @PyMethod(
      name = "as_integer_ratio",
      sig = "()",
      doc = "The number over one, as a tuple.\n\n" + ">>> (7).as_integer_ratio()\n" + "(7, 1)")
  PyObject asIntegerRatio() {
    return Py.tuple(exact(), ONE);
  }

  @PyMethod(sig = "()", doc = "The number itself: it has no imaginary part.")
  PyObject conjugate() {
    return exact();
  }

  @PyMethod(name = "is_integer", sig = "()", doc = "Always True; floats have the same method.")
  boolean isInteger() {
    return true;
  }

  @PyMethod(
      name = "to_bytes",
      sig = "(length=1, byteorder='big', *, signed=False)",
      doc =
          "The integer as bytes.\n\n"
              + "  length\n"
              + "    how many bytes (1 by default); OverflowError when they are too few\n"
              + "  byteorder\n"
              + "    'big' (the default) puts the byte that weighs most first, 'little' puts "
              + "it\n"
              + "    last; sys.byteorder is this machine's\n"
              + "  signed\n"
              + "    whether to write two's complement; without it a negative integer is an\n"
              + "    OverflowError")
  PyObject toBytes(long length, PyStr byteorder, boolean signed) {
    return IntBytes.toBytes(this, length, IntBytes.isLittle(byteorder), signed);
  }

  @PyClassMethod(
      name = "from_bytes",
      sig = "(bytes, byteorder='big', *, signed=False)",
      doc =
          "The integer that some bytes stand for.\n\n"
              + "  bytes\n"
              + "    a bytes-like object, or an iterable of numbers below 256\n"
              + "  byteorder\n"
              + "    'big' (the default) when the first byte weighs most, 'little' when the\n"
              + "    last one does; sys.byteorder is this machine's\n"
              + "  signed\n"
              + "    whether the highest bit is a sign in two's complement")
  static PyObject fromBytes(PyType cls, PyObject bytes, PyStr byteorder, boolean signed) {
    boolean little = IntBytes.isLittle(byteorder);
    PyInt v = IntBytes.fromBytes(IntBytes.bytesOf(bytes), little, signed);
    return cls == TYPE ? v : cls.call1(v);
  }

  @PyGetter(value = "real", doc = "the real part of a complex number")
  PyObject real() {
    return exact();
  }

  @PyGetter(value = "imag", doc = "the imaginary part of a complex number")
  PyObject imag() {
    return ZERO;
  }

  @PyGetter(value = "numerator", doc = "the number itself: an int as a fraction")
  PyObject numerator() {
    return exact();
  }

  @PyGetter(value = "denominator", doc = "always 1: an int as a fraction")
  PyObject denominator() {
    return ONE;
  }
}
