package org.plait.modules.decimal;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyBinary;
import org.plait.processor.annotation.PyClassMethod;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyRichCompare;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PowerModulus;
import org.plait.runtime.protocol.PyObjects.CompareOp;
import org.plait.runtime.types.PyComplex;
import org.plait.runtime.types.PyFloat;
import org.plait.runtime.types.PyInt;

/** {@code decimal.Decimal}. Immutable. */
@PyTypeDef(
    name = "Decimal",
    module = "decimal",
    subclassable = true,
    sig = "(value=\"0\", context=None)",
    doc =
        "A decimal number with the exact value of an int, a string, a float, a tuple of sign,\n"
            + "digits and exponent, or another Decimal; 0 without one. The context is only asked\n"
            + "whether InvalidOperation is trapped.\n")
public class PyDecimal extends DecimalValue implements PowerModulus {
  public static final PyType TYPE = PyType.builtin(PyDecimalTable.INSTANCE);

  public PyDecimal(boolean neg, byte kind, long exp, long small, @Nullable BigInteger big) {
    super(neg, kind, exp, small, big);
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  // ---- making

  @PyNew(sig = "!(value=NULL, context=None)")
  static PyObject new_(PyType cls, @Nullable PyObject value, PyObject context) {
    PyDecimalContext c = Contexts.given(context);
    return ofType(cls, value == null ? ZERO : Conversions.exact(value, c));
  }

  /** The same number as an instance of a class. */
  private static PyDecimal ofType(PyType cls, PyDecimal x) {
    if (cls == TYPE) {
      return x.withSign(x.neg);
    }
    return new PyDecimalDerived(cls, x.neg, x.kind, x.exp, x.small, x.big);
  }

  @PyClassMethod(
      name = "from_float",
      sig = "(f, /)",
      doc = "The exact value of a float: Decimal.from_float(0.1) is not Decimal('0.1').")
  static PyObject fromFloat(PyType cls, PyObject f) {
    PyDecimal x;
    if (f instanceof PyInt i) {
      x = Conversions.of(i);
    } else if (f instanceof PyFloat v) {
      x = Conversions.of(v.value());
    } else {
      throw Errors.typeError("argument must be int or float");
    }
    return cls == TYPE ? x.withSign(x.neg) : cls.call1(x);
  }

  @PyClassMethod(
      name = "from_number",
      sig = "(number, /)",
      doc = "The exact value of a real number; strings and tuples are none.")
  static PyObject fromNumber(PyType cls, PyObject number) {
    PyDecimal x = Conversions.operand(number);
    if (x == null) {
      if (!(number instanceof PyFloat)) {
        throw Conversions.unsupported(number);
      }
      x = Conversions.exact(number, Contexts.current());
    }
    return cls == TYPE ? x.withSign(x.neg) : cls.call1(x);
  }

  @PyMethod(name = "__reduce__", sig = "()")
  PyObject reduce() {
    return Py.tuple(type(), Py.tuple(Py.str(str())));
  }

  @PyMethod(name = "__copy__", sig = "()")
  PyObject copySpecial() {
    return this;
  }

  @PyMethod(name = "__deepcopy__", sig = "(object, /)")
  PyObject deepcopy(PyObject memo) {
    return this;
  }

  // ---- operators

  @PyBinary("add")
  static PyObject add(PyObject left, PyObject right) {
    return operate(Arithmetic::add, left, right);
  }

  @PyBinary("sub")
  static PyObject sub(PyObject left, PyObject right) {
    return operate(Arithmetic::subtract, left, right);
  }

  @PyBinary("mul")
  static PyObject mul(PyObject left, PyObject right) {
    return operate(Arithmetic::multiply, left, right);
  }

  @PyBinary("truediv")
  static PyObject truediv(PyObject left, PyObject right) {
    return operate(Division::divide, left, right);
  }

  @PyBinary("floordiv")
  static PyObject floordiv(PyObject left, PyObject right) {
    return operate(Division::divideInt, left, right);
  }

  @PyBinary("mod")
  static PyObject mod(PyObject left, PyObject right) {
    return operate(Division::remainder, left, right);
  }

  private static PyObject operate(ContextState.Binary f, PyObject left, PyObject right) {
    PyDecimal a = Conversions.operand(left);
    PyDecimal b = Conversions.operand(right);
    return a == null || b == null ? Py.NotImplemented : Contexts.current().run(f, a, b);
  }

  @PyBinary("divmod")
  static PyObject divmod(PyObject left, PyObject right) {
    PyDecimal a = Conversions.operand(left);
    PyDecimal b = Conversions.operand(right);
    return a == null || b == null ? Py.NotImplemented : Contexts.current().divmodOf(a, b);
  }

  @PyBinary("pow")
  static PyObject pow(PyObject left, PyObject right, PyObject modulo) {
    PyDecimal a = Conversions.operand(left);
    PyDecimal b = Conversions.operand(right);
    if (a == null || b == null) {
      return Py.NotImplemented;
    }
    PyDecimalContext c = Contexts.current();
    if (modulo == Py.None) {
      return c.run(Powers::power, a, b);
    }
    PyDecimal m = Conversions.operand(modulo);
    return m == null ? Py.NotImplemented : c.powerOf(a, b, m);
  }

  @Override
  public final PyObject powerModulo(PyObject base, PyObject exponent) {
    return pow(base, exponent, this);
  }

  @PyMethod(name = "__neg__")
  PyObject negative() {
    return Contexts.current().run(Arithmetic::minus, this);
  }

  @PyMethod(name = "__pos__")
  PyObject positive() {
    return Contexts.current().run(Arithmetic::plus, this);
  }

  @PyMethod(name = "__abs__")
  PyObject absolute() {
    return Contexts.current().run(Arithmetic::abs, this);
  }

  @PyMethod(name = "__bool__")
  boolean bool() {
    return !isZero();
  }

  @PyRichCompare
  PyObject compareRich(PyObject other, CompareOp op) {
    boolean equality = op == CompareOp.EQ || op == CompareOp.NE;
    PyDecimal a = this;
    PyDecimal b = Conversions.operand(other);
    PyDecimalContext c = null;
    if (b == null) {
      c = Contexts.current();
      b = Conversions.comparable(other, equality, c);
      if (b == null) {
        PyDecimal[] ratio = Rationals.asDecimals(this, other);
        if (ratio == null) {
          return Py.NotImplemented;
        }
        a = ratio[0];
        b = ratio[1];
      }
    }
    if (a.isNan() || b.isNan()) {
      if (!equality || a.isSignalingNan() || b.isSignalingNan()) {
        (c == null ? Contexts.current() : c).signal(Status.INVALID_OPERATION);
      }
      return Py.bool_(op == CompareOp.NE);
    }
    return Py.bool_(op.test(Comparison.compareFinite(a, b)));
  }

  @PyMethod(name = "__hash__")
  long hash() {
    return Hashing.hash(this);
  }

  // ---- conversions

  @PyMethod(name = "__int__")
  PyObject int_() {
    return Conversions.toInt(this, Rules.DOWN);
  }

  @PyMethod(name = "__trunc__", sig = "()")
  PyObject trunc() {
    return Conversions.toInt(this, Rules.DOWN);
  }

  @PyMethod(name = "__floor__", sig = "()")
  PyObject floor() {
    return Conversions.toInt(this, Rules.FLOOR);
  }

  @PyMethod(name = "__ceil__", sig = "()")
  PyObject ceil() {
    return Conversions.toInt(this, Rules.CEILING);
  }

  @PyMethod(name = "__round__", sig = "!(ndigits=NULL, /)")
  PyObject round(@Nullable PyObject ndigits) {
    if (ndigits == null) {
      return Conversions.toInt(this, Rules.HALF_EVEN);
    }
    long n = Conversions.places(ndigits);
    PyDecimal quantum = of(false, 1, n == Long.MIN_VALUE ? Long.MAX_VALUE : -n);
    return Contexts.current().run(Quanta::quantize, this, quantum);
  }

  @PyMethod(name = "__float__")
  double float_() {
    if (isNan()) {
      if (isSignalingNan()) {
        throw Errors.valueError("cannot convert signaling NaN to float");
      }
      return Math.copySign(Double.NaN, neg ? -1 : 1);
    }
    return Double.parseDouble(NumberText.scientific(this, true));
  }

  @PyMethod(name = "__complex__", sig = "()")
  PyObject complex() {
    return new PyComplex(float_(), 0);
  }

  @PyMethod(name = "__repr__")
  String repr() {
    return "Decimal('" + str() + "')";
  }

  @PyMethod(name = "__str__")
  String str() {
    return NumberText.scientific(this, exp == 0 || Contexts.current().capitals());
  }

  @PyMethod(name = "__format__", sig = "!(fmtarg, override=NULL, /)")
  String format(PyObject fmtarg, @Nullable PyObject override) {
    return Formatting.format(this, fmtarg, override);
  }

  @PyMethod(name = "as_tuple", sig = "()", doc = "Sign, digits and exponent, as a DecimalTuple.")
  PyObject asTuple() {
    return DecimalTuples.of(this);
  }

  @PyMethod(
      name = "as_integer_ratio",
      sig = "()",
      doc =
          "Numerator and positive denominator with exactly this value, in lowest terms.\n\n"
              + "Infinities raise OverflowError, NaNs ValueError.")
  PyObject asIntegerRatio() {
    return Conversions.integerRatio(this);
  }

  @PyGetter("real")
  PyObject real() {
    return this;
  }

  @PyGetter("imag")
  PyObject imag() {
    return ZERO;
  }

  @PyMethod(name = "conjugate", sig = "()", doc = "The number itself.")
  PyObject conjugate() {
    return this;
  }

  // ---- operations

  @PyMethod(name = "exp", sig = "(context=None)", doc = "e ** x, correctly rounded.")
  PyObject exp_(PyObject context) {
    return Contexts.given(context).run(Transcendentals::exp, this);
  }

  @PyMethod(name = "ln", sig = "(context=None)", doc = "The natural logarithm, correctly rounded.")
  PyObject ln(PyObject context) {
    return Contexts.given(context).run(Transcendentals::ln, this);
  }

  @PyMethod(
      name = "log10",
      sig = "(context=None)",
      doc = "The logarithm to base 10, correctly rounded.")
  PyObject log10(PyObject context) {
    return Contexts.given(context).run(Transcendentals::log10, this);
  }

  @PyMethod(
      name = "next_minus",
      sig = "(context=None)",
      doc = "The largest number of the context that is smaller.")
  PyObject nextMinus(PyObject context) {
    return Contexts.given(context).run(Arithmetic::nextMinus, this);
  }

  @PyMethod(
      name = "next_plus",
      sig = "(context=None)",
      doc = "The smallest number of the context that is larger.")
  PyObject nextPlus(PyObject context) {
    return Contexts.given(context).run(Arithmetic::nextPlus, this);
  }

  @PyMethod(
      name = "normalize",
      sig = "(context=None)",
      doc = "The number without zeros at its end; zero becomes Decimal('0').")
  PyObject normalize(PyObject context) {
    return Contexts.given(context).run(Quanta::reduce, this);
  }

  @PyMethod(name = "sqrt", sig = "(context=None)", doc = "The square root, correctly rounded.")
  PyObject sqrt(PyObject context) {
    return Contexts.given(context).run(Roots::sqrt, this);
  }

  @PyMethod(
      name = "logb",
      sig = "(context=None)",
      doc = "The exponent of the first digit, as a Decimal.")
  PyObject logb(PyObject context) {
    return Contexts.given(context).run(Quanta::logb, this);
  }

  @PyMethod(
      name = "logical_invert",
      sig = "(context=None)",
      doc = "Turns zeros into ones and ones into zeros.")
  PyObject logicalInvert(PyObject context) {
    return Contexts.given(context).run(Digitwise::invert, this);
  }

  @PyMethod(
      name = "compare",
      sig = "(other, context=None)",
      doc = "Compares with another number: Decimal -1, 0 or 1, or NaN.")
  PyObject compare(PyObject other, PyObject context) {
    PyDecimalContext c = Contexts.given(context);
    return c.run(Comparison::compare, this, Conversions.required(other));
  }

  @PyMethod(
      name = "compare_signal",
      sig = "(other, context=None)",
      doc = "As compare(), where all NaNs signal.")
  PyObject compareSignal(PyObject other, PyObject context) {
    PyDecimalContext c = Contexts.given(context);
    return c.run(Comparison::compareSignal, this, Conversions.required(other));
  }

  @PyMethod(
      name = "max",
      sig = "(other, context=None)",
      doc = "The larger one; a number rather than a quiet NaN.")
  PyObject max_(PyObject other, PyObject context) {
    PyDecimalContext c = Contexts.given(context);
    return c.run(Comparison::max, this, Conversions.required(other));
  }

  @PyMethod(name = "max_mag", sig = "(other, context=None)", doc = "As max(), by absolute values.")
  PyObject maxMag(PyObject other, PyObject context) {
    PyDecimalContext c = Contexts.given(context);
    return c.run(Comparison::maxMagnitude, this, Conversions.required(other));
  }

  @PyMethod(
      name = "min",
      sig = "(other, context=None)",
      doc = "The smaller one; a number rather than a quiet NaN.")
  PyObject min_(PyObject other, PyObject context) {
    PyDecimalContext c = Contexts.given(context);
    return c.run(Comparison::min, this, Conversions.required(other));
  }

  @PyMethod(name = "min_mag", sig = "(other, context=None)", doc = "As min(), by absolute values.")
  PyObject minMag(PyObject other, PyObject context) {
    PyDecimalContext c = Contexts.given(context);
    return c.run(Comparison::minMagnitude, this, Conversions.required(other));
  }

  @PyMethod(
      name = "next_toward",
      sig = "(other, context=None)",
      doc = "The neighbour on the way to another number.")
  PyObject nextToward(PyObject other, PyObject context) {
    PyDecimalContext c = Contexts.given(context);
    return c.run(Arithmetic::nextToward, this, Conversions.required(other));
  }

  @PyMethod(
      name = "remainder_near",
      sig = "(other, context=None)",
      doc = "self - other * n, where n is the integer nearest to self / other.")
  PyObject remainderNear(PyObject other, PyObject context) {
    PyDecimalContext c = Contexts.given(context);
    return c.run(Division::remainderNear, this, Conversions.required(other));
  }

  @PyMethod(name = "logical_and", sig = "(other, context=None)", doc = "Digit by digit and.")
  PyObject logicalAnd(PyObject other, PyObject context) {
    PyDecimalContext c = Contexts.given(context);
    return c.run(Digitwise::and, this, Conversions.required(other));
  }

  @PyMethod(name = "logical_or", sig = "(other, context=None)", doc = "Digit by digit or.")
  PyObject logicalOr(PyObject other, PyObject context) {
    PyDecimalContext c = Contexts.given(context);
    return c.run(Digitwise::or, this, Conversions.required(other));
  }

  @PyMethod(
      name = "logical_xor",
      sig = "(other, context=None)",
      doc = "Digit by digit exclusive or.")
  PyObject logicalXor(PyObject other, PyObject context) {
    PyDecimalContext c = Contexts.given(context);
    return c.run(Digitwise::xor, this, Conversions.required(other));
  }

  @PyMethod(
      name = "rotate",
      sig = "(other, context=None)",
      doc = "The digits rotated by so many places, to the left if positive.")
  PyObject rotate(PyObject other, PyObject context) {
    PyDecimalContext c = Contexts.given(context);
    return c.run(Digitwise::rotate, this, Conversions.required(other));
  }

  @PyMethod(
      name = "scaleb",
      sig = "(other, context=None)",
      doc = "The number with so much added to its exponent.")
  PyObject scaleb(PyObject other, PyObject context) {
    PyDecimalContext c = Contexts.given(context);
    return c.run(Quanta::scaleb, this, Conversions.required(other));
  }

  @PyMethod(
      name = "shift",
      sig = "(other, context=None)",
      doc = "The digits shifted by so many places, to the left if positive.")
  PyObject shift(PyObject other, PyObject context) {
    PyDecimalContext c = Contexts.given(context);
    return c.run(Digitwise::shift, this, Conversions.required(other));
  }

  @PyMethod(
      name = "to_integral",
      sig = "(rounding=None, context=None)",
      doc = "As to_integral_value().")
  PyObject toIntegral(PyObject rounding, PyObject context) {
    PyDecimalContext c = Contexts.given(context);
    return c.runRounding(Quanta::toIntegralQuietly, this, mode(rounding, c));
  }

  @PyMethod(
      name = "to_integral_exact",
      sig = "(rounding=None, context=None)",
      doc = "Rounds to an integer; signals Inexact and Rounded.")
  PyObject toIntegralExact(PyObject rounding, PyObject context) {
    PyDecimalContext c = Contexts.given(context);
    return c.runRounding(Quanta::toIntegralExact, this, mode(rounding, c));
  }

  @PyMethod(
      name = "to_integral_value",
      sig = "(rounding=None, context=None)",
      doc = "Rounds to an integer, without a signal.")
  PyObject toIntegralValue(PyObject rounding, PyObject context) {
    PyDecimalContext c = Contexts.given(context);
    return c.runRounding(Quanta::toIntegralQuietly, this, mode(rounding, c));
  }

  private static int mode(PyObject rounding, PyDecimalContext c) {
    return rounding == Py.None ? c.rules().rounding : ContextState.rounding(rounding);
  }

  @PyMethod(
      name = "quantize",
      sig = "(exp, rounding=None, context=None)",
      doc =
          "The number rounded to the exponent of another one.\n\n"
              + ">>> Decimal('7.325').quantize(Decimal('.01'), rounding=ROUND_DOWN)\n"
              + "Decimal('7.32')\n\n"
              + "Where that takes more digits than the precision, it is an InvalidOperation.")
  PyObject quantize(PyObject exp, PyObject rounding, PyObject context) {
    PyDecimalContext c = Contexts.given(context);
    Rules r = c.rules();
    if (rounding != Py.None) {
      r = r.withRounding(ContextState.rounding(rounding));
    }
    Status st = new Status();
    return c.finish(Quanta.quantize(this, Conversions.required(exp), r, st), st);
  }

  @PyMethod(
      name = "fma",
      sig = "(other, third, context=None)",
      doc =
          "self * other + third, rounded once.\n\n"
              + ">>> Decimal(4).fma(5, 6)\n"
              + "Decimal('26')")
  PyObject fma(PyObject other, PyObject third, PyObject context) {
    PyDecimalContext c = Contexts.given(context);
    return c.fmaOf(this, Conversions.required(other), Conversions.required(third));
  }

  @PyMethod(
      name = "compare_total",
      sig = "(other, context=None)",
      doc =
          "Compares the numbers as they are written, in an order of all numbers and NaNs.\n\n"
              + ">>> Decimal('7.0').compare_total(Decimal('7'))\n"
              + "Decimal('-1')")
  PyObject compareTotal(PyObject other, PyObject context) {
    Contexts.given(context);
    return Comparison.number(Comparison.compareTotal(this, Conversions.required(other)));
  }

  @PyMethod(
      name = "compare_total_mag",
      sig = "(other, context=None)",
      doc = "As compare_total(), without the signs.")
  PyObject compareTotalMag(PyObject other, PyObject context) {
    Contexts.given(context);
    return Comparison.number(Comparison.compareTotalMagnitude(this, Conversions.required(other)));
  }

  @PyMethod(
      name = "copy_sign",
      sig = "(other, context=None)",
      doc =
          "The number with the sign of another one, not rounded.\n\n"
              + ">>> Decimal('7.1').copy_sign(Decimal('-0'))\n"
              + "Decimal('-7.1')")
  PyObject copySign(PyObject other, PyObject context) {
    Contexts.given(context);
    return withSign(Conversions.required(other).neg);
  }

  @PyMethod(
      name = "same_quantum",
      sig = "(other, context=None)",
      doc = "Whether both have one exponent, or are both infinite, or both NaNs.")
  boolean sameQuantum(PyObject other, PyObject context) {
    Contexts.given(context);
    return hasQuantumOf(Conversions.required(other));
  }

  final boolean hasQuantumOf(PyDecimal o) {
    return isFinite() && o.isFinite()
        ? exp == o.exp
        : isNan() == o.isNan() && isInfinite() == o.isInfinite();
  }

  @PyMethod(name = "copy_abs", sig = "()", doc = "The absolute value, not rounded.")
  PyObject copyAbs() {
    return withSign(false);
  }

  @PyMethod(name = "copy_negate", sig = "()", doc = "The number with the other sign, not rounded.")
  PyObject copyNegate() {
    return withSign(!neg);
  }

  @PyMethod(name = "canonical", sig = "()", doc = "The number itself.")
  PyObject canonical() {
    return this;
  }

  @PyMethod(name = "radix", sig = "()", doc = "Decimal(10).")
  PyObject radix() {
    return of(false, 10, 0);
  }

  @PyMethod(
      name = "adjusted",
      sig = "()",
      doc = "The exponent of the first digit; 0 for infinities and NaNs.")
  long adjustedExponent() {
    return isFinite() ? adjusted() : 0;
  }

  @PyMethod(
      name = "to_eng_string",
      sig = "(context=None)",
      doc = "The number as text, with an exponent that is a multiple of three.")
  String toEngString(PyObject context) {
    return NumberText.engineering(this, Contexts.given(context).capitals());
  }

  // ---- looking

  @PyMethod(name = "is_canonical", sig = "()", doc = "Always True.")
  boolean isCanonicalMethod() {
    return true;
  }

  @PyMethod(name = "is_finite", sig = "()", doc = "Whether it is a number.")
  boolean isFiniteMethod() {
    return isFinite();
  }

  @PyMethod(name = "is_infinite", sig = "()", doc = "Whether it is infinite.")
  boolean isInfiniteMethod() {
    return isInfinite();
  }

  @PyMethod(name = "is_nan", sig = "()", doc = "Whether it is a NaN of either kind.")
  boolean isNanMethod() {
    return isNan();
  }

  @PyMethod(name = "is_qnan", sig = "()", doc = "Whether it is a quiet NaN.")
  boolean isQnanMethod() {
    return isQuietNan();
  }

  @PyMethod(name = "is_snan", sig = "()", doc = "Whether it is a signaling NaN.")
  boolean isSnanMethod() {
    return isSignalingNan();
  }

  @PyMethod(name = "is_signed", sig = "()", doc = "Whether it has a minus sign.")
  boolean isSignedMethod() {
    return neg;
  }

  @PyMethod(name = "is_zero", sig = "()", doc = "Whether it is zero.")
  boolean isZeroMethod() {
    return isZero();
  }

  @PyMethod(
      name = "is_normal",
      sig = "(context=None)",
      doc = "Whether it is a finite number that is neither zero nor subnormal.")
  boolean isNormalMethod(PyObject context) {
    return isNormal(Contexts.given(context).rules());
  }

  @PyMethod(
      name = "is_subnormal",
      sig = "(context=None)",
      doc = "Whether it is subnormal in the context.")
  boolean isSubnormalMethod(PyObject context) {
    return isSubnormal(Contexts.given(context).rules());
  }

  @PyMethod(
      name = "number_class",
      sig = "(context=None)",
      doc = "What kind of number it is: 'NaN', '-Infinity', '+Normal' and so on.")
  String numberClass(PyObject context) {
    return numberClass(Contexts.given(context).rules());
  }

  final boolean isSubnormal(Rules r) {
    return isFinite() && !hasZeroCoefficient() && adjusted() < r.emin;
  }

  final boolean isNormal(Rules r) {
    return isFinite() && !hasZeroCoefficient() && adjusted() >= r.emin;
  }

  final String numberClass(Rules r) {
    if (isNan()) {
      return isQuietNan() ? "NaN" : "sNaN";
    }
    String what =
        isInfinite()
            ? "Infinity"
            : hasZeroCoefficient() ? "Zero" : isSubnormal(r) ? "Subnormal" : "Normal";
    return (neg ? "-" : "+") + what;
  }

  @PyMethod(name = "__sizeof__", sig = "()")
  long sizeof() {
    return 104 + (big == null ? 0 : big.bitLength() / 8);
  }
}
