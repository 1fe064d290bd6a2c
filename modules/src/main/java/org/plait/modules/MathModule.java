package org.plait.modules;

import org.jspecify.annotations.Nullable;
import org.plait.modules.math.IntFunctions;
import org.plait.modules.math.SpecialFunctions;
import org.plait.modules.math.Sums;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PySequences;
import org.plait.runtime.text.FloatText;
import org.plait.runtime.types.IntMath;
import org.plait.runtime.types.PyFloat;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyTuple;

/** {@code math}. */
@PyModuleDef(name = "math", doc = "Mathematical functions for real numbers.")
public final class MathModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new MathModuleTable(this);
  }

  @Override
  public void exec(PyModule module) {
    module.add("pi", Py.float_(Math.PI));
    module.add("e", Py.float_(Math.E));
    module.add("tau", Py.float_(Math.TAU));
    module.add("inf", Py.float_(Double.POSITIVE_INFINITY));
    module.add("nan", Py.float_(Double.NaN));
  }

  // ---- errors

  private static RuntimeException domain() {
    return Errors.valueError("math domain error");
  }

  private static RuntimeException range() {
    return Errors.overflowError("math range error");
  }

  private static RuntimeException expected(String what, double x) {
    return Errors.valueError("expected " + what + FloatText.repr(x));
  }

  /** The result; a NaN that comes from a number is a ValueError. */
  private static double inRange(double r, double x, String message) {
    if (Double.isNaN(r) && !Double.isNaN(x)) {
      throw Errors.valueError(message + FloatText.repr(x));
    }
    return r;
  }

  /** The result; infinity from a finite number is an OverflowError. */
  private static double noOverflow(double r, double x) {
    if (Double.isInfinite(r) && Double.isFinite(x)) {
      throw range();
    }
    return r;
  }

  /** 1 with the sign of a NaN, which Math.copySign takes for positive. */
  private static double signOfNan(double nan) {
    return Double.doubleToRawLongBits(nan) < 0 ? -1.0 : 1.0;
  }

  // ---- functions of floats

  @PyFunction(sig = "(x, /)", doc = "Arc cosine of x in radians, between 0 and pi.")
  static double acos(double x) {
    return inRange(Math.acos(x), x, "expected a number in range from -1 up to 1, got ");
  }

  @PyFunction(sig = "(x, /)", doc = "Arc sine of x in radians, between -pi/2 and pi/2.")
  static double asin(double x) {
    return inRange(Math.asin(x), x, "expected a number in range from -1 up to 1, got ");
  }

  @PyFunction(sig = "(x, /)", doc = "Arc tangent of x in radians, between -pi/2 and pi/2.")
  static double atan(double x) {
    return Math.atan(x);
  }

  @PyFunction(sig = "(x, /)", doc = "Inverse hyperbolic cosine of x.")
  static double acosh(double x) {
    return inRange(SpecialFunctions.acosh(x), x, "expected argument value not less than 1, got ");
  }

  @PyFunction(sig = "(x, /)", doc = "Inverse hyperbolic sine of x.")
  static double asinh(double x) {
    return SpecialFunctions.asinh(x);
  }

  @PyFunction(sig = "(x, /)", doc = "Inverse hyperbolic tangent of x.")
  static double atanh(double x) {
    double r = SpecialFunctions.atanh(x);
    return inRange(
        Double.isInfinite(r) ? Double.NaN : r, x, "expected a number between -1 and 1, got ");
  }

  @PyFunction(sig = "(x, /)", doc = "Cube root of x.")
  static double cbrt(double x) {
    return Math.cbrt(x);
  }

  @PyFunction(sig = "(x, /)", doc = "Cosine of x radians.")
  static double cos(double x) {
    return inRange(Math.cos(x), x, "expected a finite input, got ");
  }

  @PyFunction(sig = "(x, /)", doc = "Sine of x radians.")
  static double sin(double x) {
    return inRange(Math.sin(x), x, "expected a finite input, got ");
  }

  @PyFunction(sig = "(x, /)", doc = "Tangent of x radians.")
  static double tan(double x) {
    return inRange(Math.tan(x), x, "expected a finite input, got ");
  }

  @PyFunction(sig = "(x, /)", doc = "Hyperbolic cosine of x.")
  static double cosh(double x) {
    return noOverflow(Math.cosh(x), x);
  }

  @PyFunction(sig = "(x, /)", doc = "Hyperbolic sine of x.")
  static double sinh(double x) {
    return noOverflow(Math.sinh(x), x);
  }

  @PyFunction(sig = "(x, /)", doc = "Hyperbolic tangent of x.")
  static double tanh(double x) {
    return Math.tanh(x);
  }

  @PyFunction(sig = "(x, /)", doc = "e raised to the power of x.")
  static double exp(double x) {
    return noOverflow(Math.exp(x), x);
  }

  @PyFunction(sig = "(x, /)", doc = "2 raised to the power of x.")
  static double exp2(double x) {
    return noOverflow(Math.pow(2.0, x), x);
  }

  @PyFunction(sig = "(x, /)", doc = "exp(x) - 1 without loss of precision for small x.")
  static double expm1(double x) {
    return noOverflow(Math.expm1(x), x);
  }

  @PyFunction(
      sig = "(x, /)",
      doc = "Natural logarithm of 1 + x without loss of precision for small x.")
  static double log1p(double x) {
    if (x <= -1) {
      throw expected("argument value > -1, got ", x);
    }
    return Math.log1p(x);
  }

  @PyFunction(sig = "(x, /)", doc = "Error function at x.")
  static double erf(double x) {
    return SpecialFunctions.erf(x);
  }

  @PyFunction(sig = "(x, /)", doc = "Complementary error function at x.")
  static double erfc(double x) {
    return SpecialFunctions.erfc(x);
  }

  @PyFunction(sig = "(x, /)", doc = "Absolute value of the float x.")
  static double fabs(double x) {
    return Math.abs(x);
  }

  @PyFunction(sig = "(x, /)", doc = "Square root of x.")
  static double sqrt(double x) {
    return inRange(Math.sqrt(x), x, "expected a nonnegative input, got ");
  }

  @PyFunction(sig = "(x, /)", doc = "Gamma function at x.")
  static double gamma(double x) {
    double r = SpecialFunctions.gamma(x);
    if (x == 0) {
      r = Double.NaN;
    }
    return noOverflow(inRange(r, x, "expected a noninteger or positive integer, got "), x);
  }

  @PyFunction(
      sig = "(x, /)",
      doc = "Natural logarithm of the absolute value of the gamma function at x.")
  static double lgamma(double x) {
    double r = SpecialFunctions.lgamma(x);
    if (Double.isInfinite(r) && Double.isFinite(x) && x <= 0 && x == Math.floor(x)) {
      throw expected("a noninteger or positive integer, got ", x);
    }
    return noOverflow(r, x);
  }

  @PyFunction(sig = "(x, /)", doc = "Angle x in degrees, given in radians.")
  static double degrees(double x) {
    return x * (180.0 / Math.PI);
  }

  @PyFunction(sig = "(x, /)", doc = "Angle x in radians, given in degrees.")
  static double radians(double x) {
    return x * (Math.PI / 180.0);
  }

  @PyFunction(sig = "(x, /)", doc = "How much the last bit of the float x is worth.")
  static double ulp(double x) {
    return Math.ulp(x);
  }

  @PyFunction(
      sig = "(y, x, /)",
      doc = "Arc tangent of y/x in radians, in the quadrant that both signs tell.")
  static double atan2(double y, double x) {
    return Math.atan2(y, x);
  }

  @PyFunction(sig = "(x, y, /)", doc = "Float with the absolute value of x and the sign of y.")
  static double copysign(double x, double y) {
    return Math.copySign(x, Double.isNaN(y) ? signOfNan(y) : y);
  }

  @PyFunction(sig = "(x, y, /)", doc = "C's fmod(x, y): the remainder has the sign of x.")
  static double fmod(double x, double y) {
    if (Double.isInfinite(x) && !Double.isNaN(y) || y == 0 && !Double.isNaN(x)) {
      throw domain();
    }
    return x % y;
  }

  @PyFunction(
      sig = "(x, y, /)",
      doc = "x minus the nearest multiple of y; ties go to the even multiple.")
  static double remainder(double x, double y) {
    if (Double.isInfinite(x) && !Double.isNaN(y) || y == 0 && !Double.isNaN(x)) {
      throw domain();
    }
    return Math.IEEEremainder(x, y);
  }

  @PyFunction(sig = "(x, y, z, /)", doc = "x * y + z, rounded once.")
  static double fma(double x, double y, double z) {
    double r = Math.fma(x, y, z);
    if (Double.isFinite(r)) {
      return r;
    }
    if (Double.isNaN(r)) {
      if (!Double.isNaN(x) && !Double.isNaN(y) && !Double.isNaN(z)) {
        throw Errors.valueError("invalid operation in fma");
      }
    } else if (Double.isFinite(x) && Double.isFinite(y) && Double.isFinite(z)) {
      throw Errors.overflowError("overflow in fma");
    }
    return r;
  }

  @PyFunction(sig = "(x, y, /)", doc = "x raised to the power of y.")
  static double pow(double x, double y) {
    // Java differs from C99 where one of them is 1.
    if (x == 1 || y == 0 || x == -1 && Double.isInfinite(y)) {
      return 1.0;
    }
    double r = Math.pow(x, y);
    if (Double.isFinite(r) || !Double.isFinite(x) || !Double.isFinite(y)) {
      return r;
    }
    throw Double.isNaN(r) || x == 0 ? domain() : range();
  }

  @PyFunction(sig = "(x, /)", doc = "Whether x is neither infinite nor a NaN.")
  static boolean isfinite(double x) {
    return Double.isFinite(x);
  }

  @PyFunction(sig = "(x, /)", doc = "Whether x is a positive or negative infinity.")
  static boolean isinf(double x) {
    return Double.isInfinite(x);
  }

  @PyFunction(sig = "(x, /)", doc = "Whether x is a NaN.")
  static boolean isnan(double x) {
    return Double.isNaN(x);
  }

  @PyFunction(
      sig = "(a, b, *, rel_tol=1e-09, abs_tol=0.0)",
      doc = "Whether a and b differ by no more than one of the tolerances.")
  static boolean isclose(double a, double b, double relTol, double absTol) {
    if (relTol < 0 || absTol < 0) {
      throw Errors.valueError("tolerances must be non-negative");
    }
    if (a == b) {
      return true;
    }
    if (Double.isInfinite(a) || Double.isInfinite(b)) {
      return false;
    }
    double diff = Math.abs(b - a);
    return diff <= Math.abs(relTol * b) || diff <= Math.abs(relTol * a) || diff <= absTol;
  }

  @PyFunction(sig = "(x, /)", doc = "Mantissa and exponent of x as the pair (m, e).")
  static PyObject frexp(double x) {
    if (x == 0 || !Double.isFinite(x)) {
      return Py.tuple(Py.float_(x), PyInt.ZERO);
    }
    double y = x;
    int e = 0;
    if (Math.getExponent(x) < Double.MIN_EXPONENT) {
      y = x * 0x1p54;
      e = -54;
    }
    int shift = Math.getExponent(y) + 1;
    return Py.tuple(Py.float_(Math.scalb(y, -shift)), Py.int_(e + shift));
  }

  @PyFunction(sig = "(x, i, /)", doc = "x * 2**i.")
  static double ldexp(double x, PyObject i) {
    if (!(i instanceof PyInt n)) {
      throw Errors.typeError("Expected an int as second argument to ldexp.");
    }
    if (x == 0 || !Double.isFinite(x)) {
      return x;
    }
    // Beyond these bounds no double is left.
    long e = PyNumbers.asLong(n, null);
    double r = Math.scalb(x, (int) Math.clamp(e, -5000, 5000));
    if (Double.isInfinite(r)) {
      throw range();
    }
    return r;
  }

  @PyFunction(sig = "(x, /)", doc = "Fractional and integer part of x, both with its sign.")
  static PyObject modf(double x) {
    if (Double.isInfinite(x)) {
      return Py.tuple(Py.float_(Math.copySign(0.0, x)), Py.float_(x));
    }
    if (Double.isNaN(x)) {
      return Py.tuple(Py.float_(x), Py.float_(x));
    }
    double whole = x < 0 ? Math.ceil(x) : Math.floor(x);
    return Py.tuple(Py.float_(Math.copySign(x - whole, x)), Py.float_(Math.copySign(whole, x)));
  }

  @PyFunction(
      sig = "(x, y, /, *, steps=None)",
      doc = "The float that is the given number of steps after x towards y.")
  static double nextafter(double x, double y, PyObject steps) {
    if (steps == Py.None) {
      return Double.isNaN(x) || Double.isNaN(y) ? x + y : Math.nextAfter(x, y);
    }
    PyInt n = PyNumbers.index(steps);
    if (n.signum() < 0) {
      throw Errors.valueError("steps must be a non-negative integer");
    }
    if (n.isZero()) {
      return x;
    }
    if (Double.isNaN(x) || Double.isNaN(y)) {
      return x + y;
    }
    if (x == y) {
      return y;
    }
    long from = order(x);
    long to = order(y);
    // The distance as an unsigned number: the order of all doubles spans more than a long.
    long distance = to > from ? to - from : from - to;
    boolean reaches =
        n.bigValue().bitLength() > 64
            || Long.compareUnsigned(n.bigValue().longValue(), distance) >= 0;
    if (reaches) {
      return y;
    }
    long step = n.bigValue().longValue();
    double r = atOrder(to > from ? from + step : from - step);
    return r == 0 ? Math.copySign(r, x) : r;
  }

  /** Neighbouring doubles have neighbouring numbers; both zeros have 0. */
  private static long order(double x) {
    long bits = Double.doubleToRawLongBits(x);
    return bits < 0 ? Long.MIN_VALUE - bits : bits;
  }

  private static double atOrder(long n) {
    return Double.longBitsToDouble(n < 0 ? Long.MIN_VALUE - n : n);
  }

  // ---- logarithms

  private enum LogBase {
    E,
    TWO,
    TEN;

    double of(double x) {
      return switch (this) {
        case E -> Math.log(x);
        case TWO -> Double.isFinite(x) ? SpecialFunctions.log2(x) : x;
        case TEN -> Math.log10(x);
      };
    }
  }

  // Compare CPython loghelper in mathmodule.c.
  private static double log(PyObject o, LogBase base) {
    if (!(o instanceof PyInt i)) {
      double x = PyNumbers.asDouble(o);
      if (x <= 0) {
        throw expected("a positive input, got ", x);
      }
      return base.of(x);
    }
    if (i.signum() <= 0) {
      throw Errors.valueError("expected a positive input");
    }
    double x = i.isLong() ? i.longValue() : i.bigValue().doubleValue();
    if (Double.isFinite(x)) {
      return base.of(x);
    }
    int e = i.bigValue().bitLength();
    x = i.bigValue().shiftRight(e - 64).doubleValue() * 0x1p-64;
    return base.of(x) + base.of(2.0) * e;
  }

  @PyFunction(
      name = "log",
      sig = "!(x, base=NULL, /)",
      doc = "log(x, [base=math.e])\nLogarithm of x to the given base, by default e.")
  static double log_(PyObject x, @Nullable PyObject base) {
    double r = log(x, LogBase.E);
    if (base == null) {
      return r;
    }
    double d = log(base, LogBase.E);
    if (d == 0) {
      throw Errors.zeroDivisionError("division by zero");
    }
    return r / d;
  }

  @PyFunction(sig = "(x, /)", doc = "Base 2 logarithm of x.")
  static double log2(PyObject x) {
    return log(x, LogBase.TWO);
  }

  @PyFunction(sig = "(x, /)", doc = "Base 10 logarithm of x.")
  static double log10(PyObject x) {
    return log(x, LogBase.TEN);
  }

  // ---- rounding

  private static @Nullable PyObject special(PyObject x, String name) {
    PyObject f = x.type().lookup(name);
    return f == null ? null : PyCalls.invoke(f, x);
  }

  @PyFunction(sig = "(x, /)", doc = "Ceiling of x: the smallest Integral that is not less.")
  static PyObject ceil(PyObject x) {
    if (x.getClass() != PyFloat.class) {
      PyObject r = special(x, "__ceil__");
      if (r != null) {
        return r;
      }
    }
    return PyFloat.toInt(Math.ceil(PyNumbers.asDouble(x)));
  }

  @PyFunction(sig = "(x, /)", doc = "Floor of x: the largest Integral that is not greater.")
  static PyObject floor(PyObject x) {
    if (x.getClass() != PyFloat.class) {
      PyObject r = special(x, "__floor__");
      if (r != null) {
        return r;
      }
    }
    return PyFloat.toInt(Math.floor(PyNumbers.asDouble(x)));
  }

  @PyFunction(sig = "(x, /)", doc = "x rounded towards 0 by its __trunc__ method.")
  static PyObject trunc(PyObject x) {
    if (x.getClass() == PyFloat.class) {
      return PyFloat.toInt(((PyFloat) x).value());
    }
    PyObject r = special(x, "__trunc__");
    if (r == null) {
      throw Errors.typeError("type " + x.type().name() + " doesn't define __trunc__ method");
    }
    return r;
  }

  // ---- ints

  @PyFunction(sig = "(n, /)", doc = "Find n!.")
  static PyObject factorial(PyObject n) {
    return IntFunctions.factorial(n);
  }

  @PyFunction(sig = "(n, k, /)", doc = "How many ways there are to choose k of n items.")
  static PyObject comb(PyObject n, PyObject k) {
    return IntFunctions.comb(n, k);
  }

  @PyFunction(
      sig = "(n, k=None, /)",
      doc = "How many ways there are to choose k of n items one after the other.")
  static PyObject perm(PyObject n, PyObject k) {
    return IntFunctions.perm(n, k);
  }

  @PyFunction(sig = "(n, /)", doc = "Integer part of the square root of n.")
  static PyObject isqrt(PyObject n) {
    return IntFunctions.isqrt(n);
  }

  @PyFunction(sig = "(*integers)", doc = "Greatest Common Divisor.")
  static PyObject gcd(PyTuple integers) {
    PyInt r = PyInt.ZERO;
    for (PyObject o : integers.array()) {
      r = IntMath.gcd(r, PyNumbers.index(o));
    }
    return r;
  }

  @PyFunction(sig = "(*integers)", doc = "Least Common Multiple.")
  static PyObject lcm(PyTuple integers) {
    PyInt r = PyInt.ONE;
    for (PyObject o : integers.array()) {
      PyInt i = PyNumbers.index(o);
      r =
          r.isZero() || i.isZero()
              ? PyInt.ZERO
              : IntMath.abs(IntMath.mul(IntMath.floorDiv(r, IntMath.gcd(r, i)), i));
    }
    return r;
  }

  // ---- sums and products

  @PyFunction(sig = "(seq, /)", doc = "Sum of the floats in an iterable, rounded once.")
  static double fsum(PyObject seq) {
    return Sums.fsum(seq);
  }

  @PyFunction(
      sig = "(p, q, /)",
      doc = "Sum of the products of values from two iterables of equal length.")
  static PyObject sumprod(PyObject p, PyObject q) {
    return Sums.sumprod(p, q);
  }

  @PyFunction(
      sig = "(iterable, /, *, start=1)",
      doc = "Product of the start value and all elements of the iterable.")
  static PyObject prod(PyObject iterable, PyObject start) {
    PyObject r = start;
    PyObject it = PyIters.getIter(iterable);
    for (PyObject item = PyIters.next(it); item != null; item = PyIters.next(it)) {
      r = PyNumbers.mul(r, item);
    }
    return r;
  }

  private static double[] doubles(PyObject[] items) {
    double[] v = new double[items.length];
    for (int i = 0; i < v.length; i++) {
      v[i] = PyNumbers.asDouble(items[i]);
    }
    return v;
  }

  @PyFunction(
      sig = "(*coordinates)",
      doc = "Euclidean distance from the origin to the point with these coordinates.")
  static double hypot(PyTuple coordinates) {
    return Sums.norm(doubles(coordinates.array()));
  }

  @PyFunction(
      sig = "(p, q, /)",
      doc = "Euclidean distance between two points of the same dimension.")
  static double dist(PyObject p, PyObject q) {
    PyObject[] a = PySequences.tuple(p).array();
    PyObject[] b = PySequences.tuple(q).array();
    if (a.length != b.length) {
      throw Errors.valueError("both points must have the same number of dimensions");
    }
    double[] x = doubles(a);
    double[] y = doubles(b);
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.abs(x[i] - y[i]);
    }
    return Sums.norm(x);
  }
}
