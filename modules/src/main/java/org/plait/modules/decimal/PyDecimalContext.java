package org.plait.modules.decimal;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PySetter;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.GenericAttributes;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyFloat;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyStr;

/** {@code decimal.Context}: its attributes, and the operations of {@code Decimal} with it. */
@PyTypeDef(
    name = "Context",
    module = "decimal",
    subclassable = true,
    sig =
        "(prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None,"
            + " traps=None)",
    doc =
        "How operations round, which exponents results may have, and what raises an exception:\n\n"
            + "    >>> c = Context(prec=28, rounding=ROUND_HALF_EVEN, Emin=-999999, Emax=999999,\n"
            + "    ...             capitals=1, clamp=0, flags=[],\n"
            + "    ...             traps=[InvalidOperation, DivisionByZero, Overflow])\n")
public class PyDecimalContext extends ContextState {
  public static final PyType TYPE = PyType.builtin(PyDecimalContextTable.INSTANCE);

  public PyDecimalContext(Rules rules, boolean capitals, int flags, int traps) {
    super(rules, capitals, flags, traps);
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  // ---- making

  @PyNew(sig = "!(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    PyDecimalContext d = Contexts.get().defaults;
    return cls == TYPE
        ? d.copyOf(0)
        : new PyDecimalContextDerived(cls, d.rules(), d.capitals(), 0, d.traps());
  }

  @PyMethod(
      name = "__init__",
      sig =
          "(prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None,"
              + " traps=None)")
  void init(
      @Nullable PyObject prec,
      @Nullable PyObject rounding,
      @Nullable PyObject emin,
      @Nullable PyObject emax,
      @Nullable PyObject caps,
      @Nullable PyObject clamp,
      @Nullable PyObject flags,
      @Nullable PyObject traps) {
    setGiven(prec, rounding, emin, emax, caps, clamp, flags, traps);
  }

  @PyMethod(name = "copy", sig = "()", doc = "A context with the same settings and no flags set.")
  PyObject copy() {
    return copyOf(0);
  }

  @PyMethod(name = "__copy__", sig = "()")
  PyObject copySpecial() {
    return copyOf(flags());
  }

  @PyMethod(name = "__reduce__", sig = "()")
  PyObject reduce() {
    Rules r = rules();
    return Py.tuple(
        type(),
        Py.tuple(
            Py.int_(r.prec),
            PyStr.intern(ROUNDINGS[r.rounding]),
            Py.int_(r.emin),
            Py.int_(r.emax),
            Py.int_(capitals() ? 1 : 0),
            Py.int_(r.clamp ? 1 : 0),
            Py.list(Signals.signals(flags())),
            Py.list(Signals.signals(traps()))));
  }

  @PyMethod(name = "__repr__")
  String repr() {
    Rules r = rules();
    return "Context(prec="
        + r.prec
        + ", rounding="
        + ROUNDINGS[r.rounding]
        + ", Emin="
        + r.emin
        + ", Emax="
        + r.emax
        + ", capitals="
        + (capitals() ? 1 : 0)
        + ", clamp="
        + (r.clamp ? 1 : 0)
        + ", flags="
        + Signals.names(flags())
        + ", traps="
        + Signals.names(traps())
        + ")";
  }

  // ---- attributes

  @Override
  public void setAttribute(String name, @Nullable PyObject value) {
    if (value == null) {
      throw cannotDelete();
    }
    if (type().lookup(name) == null && attrs() == null) {
      throw Errors.noAttribute(this, name);
    }
    GenericAttributes.set(this, name, value);
  }

  @PyMethod(name = "__setattr__", sig = "(name, value, /)")
  void setattr(PyObject name, PyObject value) {
    setAttribute(PyObjects.attributeName(name), value);
  }

  @PyMethod(name = "__delattr__", sig = "(name, /)")
  void delattr(PyObject name) {
    setAttribute(PyObjects.attributeName(name), null);
  }

  @PyGetter("prec")
  PyObject getofPrec() {
    return Py.int_(rules().prec);
  }

  @PySetter("prec")
  void setofPrec(@Nullable PyObject value) {
    setPrec(value);
  }

  @PyGetter("Emax")
  PyObject getofEmax() {
    return Py.int_(rules().emax);
  }

  @PySetter("Emax")
  void setofEmax(@Nullable PyObject value) {
    setEmax(value);
  }

  @PyGetter("Emin")
  PyObject getofEmin() {
    return Py.int_(rules().emin);
  }

  @PySetter("Emin")
  void setofEmin(@Nullable PyObject value) {
    setEmin(value);
  }

  @PyGetter("rounding")
  PyObject getofRounding() {
    return PyStr.intern(ROUNDINGS[rules().rounding]);
  }

  @PySetter("rounding")
  void setofRounding(@Nullable PyObject value) {
    setRounding(value);
  }

  @PyGetter("capitals")
  PyObject getofCapitals() {
    return Py.int_(capitals() ? 1 : 0);
  }

  @PySetter("capitals")
  void setofCapitals(@Nullable PyObject value) {
    setCapitals(value);
  }

  @PyGetter("clamp")
  PyObject getofClamp() {
    return Py.int_(rules().clamp ? 1 : 0);
  }

  @PySetter("clamp")
  void setofClamp(@Nullable PyObject value) {
    setClamp(value);
  }

  @PyGetter("flags")
  PyObject getofFlags() {
    return signals(false);
  }

  @PySetter("flags")
  void setofFlags(@Nullable PyObject value) {
    setSignals(false, value);
  }

  @PyGetter("traps")
  PyObject getofTraps() {
    return signals(true);
  }

  @PySetter("traps")
  void setofTraps(@Nullable PyObject value) {
    setSignals(true, value);
  }

  @PyMethod(name = "clear_flags", sig = "()", doc = "Clears all flags.")
  void clearFlags() {
    setAll(false, 0);
  }

  @PyMethod(name = "clear_traps", sig = "()", doc = "Traps no signal any more.")
  void clearTraps() {
    setAll(true, 0);
  }

  @PyMethod(
      name = "Etiny",
      sig = "()",
      doc = "Emin - prec + 1: the exponent of the smallest number.")
  long etiny() {
    return rules().etiny();
  }

  @PyMethod(
      name = "Etop",
      sig = "()",
      doc = "Emax - prec + 1: the largest exponent of a number with all digits.")
  long etop() {
    return rules().etop();
  }

  @PyMethod(name = "radix", sig = "()", doc = "Decimal(10).")
  PyObject radix() {
    return DecimalValue.of(false, 10, 0);
  }

  // ---- numbers

  @PyMethod(
      name = "create_decimal",
      sig = "(num=\"0\", /)",
      doc = "A Decimal made from num, rounded as this context says.")
  PyObject createDecimal(PyObject num) {
    return Conversions.rounded(num, this);
  }

  @PyMethod(
      name = "create_decimal_from_float",
      sig = "(f, /)",
      doc = "A Decimal made from a float, rounded as this context says.")
  PyObject createDecimalFromFloat(PyObject f) {
    if (f instanceof PyInt i) {
      return Conversions.fit(Conversions.of(i), this);
    }
    if (f instanceof PyFloat v) {
      return Conversions.fit(Conversions.of(v.value()), this);
    }
    throw Errors.typeError("argument must be int or float");
  }

  @PyMethod(name = "_apply", sig = "(object, /)")
  PyObject apply(PyObject x) {
    if (!(x instanceof PyDecimal d)) {
      throw Conversions.unsupported(x);
    }
    return Conversions.fit(d, this);
  }

  @PyMethod(name = "abs", sig = "(x, /)", doc = "The absolute value.")
  PyObject abs_(PyObject x) {
    return run(Arithmetic::abs, Conversions.required(x));
  }

  @PyMethod(name = "exp", sig = "(x, /)", doc = "e ** x.")
  PyObject exp_(PyObject x) {
    return run(Transcendentals::exp, Conversions.required(x));
  }

  @PyMethod(name = "ln", sig = "(x, /)", doc = "The natural logarithm.")
  PyObject ln(PyObject x) {
    return run(Transcendentals::ln, Conversions.required(x));
  }

  @PyMethod(name = "log10", sig = "(x, /)", doc = "The logarithm to base 10.")
  PyObject log10(PyObject x) {
    return run(Transcendentals::log10, Conversions.required(x));
  }

  @PyMethod(name = "minus", sig = "(x, /)", doc = "As the prefix -, rounded.")
  PyObject minus(PyObject x) {
    return run(Arithmetic::minus, Conversions.required(x));
  }

  @PyMethod(name = "next_minus", sig = "(x, /)", doc = "The largest number below x.")
  PyObject nextMinus(PyObject x) {
    return run(Arithmetic::nextMinus, Conversions.required(x));
  }

  @PyMethod(name = "next_plus", sig = "(x, /)", doc = "The smallest number above x.")
  PyObject nextPlus(PyObject x) {
    return run(Arithmetic::nextPlus, Conversions.required(x));
  }

  @PyMethod(name = "normalize", sig = "(x, /)", doc = "x without zeros at its end.")
  PyObject normalize(PyObject x) {
    return run(Quanta::reduce, Conversions.required(x));
  }

  @PyMethod(name = "plus", sig = "(x, /)", doc = "As the prefix +: rounded.")
  PyObject plus(PyObject x) {
    return run(Arithmetic::plus, Conversions.required(x));
  }

  @PyMethod(name = "to_integral", sig = "(x, /)", doc = "As to_integral_value(x).")
  PyObject toIntegral(PyObject x) {
    return run(Quanta::toIntegralQuietly, Conversions.required(x));
  }

  @PyMethod(
      name = "to_integral_exact",
      sig = "(x, /)",
      doc = "Rounds to an integer; signals when that changes the value.")
  PyObject toIntegralExact(PyObject x) {
    return run(Quanta::toIntegralExact, Conversions.required(x));
  }

  @PyMethod(
      name = "to_integral_value",
      sig = "(x, /)",
      doc = "Rounds to an integer, without a signal.")
  PyObject toIntegralValue(PyObject x) {
    return run(Quanta::toIntegralQuietly, Conversions.required(x));
  }

  @PyMethod(name = "sqrt", sig = "(x, /)", doc = "The square root.")
  PyObject sqrt(PyObject x) {
    return run(Roots::sqrt, Conversions.required(x));
  }

  @PyMethod(name = "logb", sig = "(x, /)", doc = "The exponent of the first digit.")
  PyObject logb(PyObject x) {
    return run(Quanta::logb, Conversions.required(x));
  }

  @PyMethod(
      name = "logical_invert",
      sig = "(x, /)",
      doc = "Turns zeros into ones and ones into zeros.")
  PyObject logicalInvert(PyObject x) {
    return run(Digitwise::invert, Conversions.required(x));
  }

  @PyMethod(name = "add", sig = "(x, y, /)", doc = "The sum.")
  PyObject add(PyObject x, PyObject y) {
    return run(Arithmetic::add, Conversions.required(x), Conversions.required(y));
  }

  @PyMethod(name = "compare", sig = "(x, y, /)", doc = "-1, 0 or 1, or NaN.")
  PyObject compare(PyObject x, PyObject y) {
    return run(Comparison::compare, Conversions.required(x), Conversions.required(y));
  }

  @PyMethod(
      name = "compare_signal",
      sig = "(x, y, /)",
      doc = "As compare(), where all NaNs signal.")
  PyObject compareSignal(PyObject x, PyObject y) {
    return run(Comparison::compareSignal, Conversions.required(x), Conversions.required(y));
  }

  @PyMethod(name = "divide", sig = "(x, y, /)", doc = "The quotient.")
  PyObject divide(PyObject x, PyObject y) {
    return run(Division::divide, Conversions.required(x), Conversions.required(y));
  }

  @PyMethod(name = "divide_int", sig = "(x, y, /)", doc = "The quotient without its fraction.")
  PyObject divideInt(PyObject x, PyObject y) {
    return run(Division::divideInt, Conversions.required(x), Conversions.required(y));
  }

  @PyMethod(name = "max", sig = "(x, y, /)", doc = "The larger one.")
  PyObject max_(PyObject x, PyObject y) {
    return run(Comparison::max, Conversions.required(x), Conversions.required(y));
  }

  @PyMethod(name = "max_mag", sig = "(x, y, /)", doc = "The one with the larger absolute value.")
  PyObject maxMag(PyObject x, PyObject y) {
    return run(Comparison::maxMagnitude, Conversions.required(x), Conversions.required(y));
  }

  @PyMethod(name = "min", sig = "(x, y, /)", doc = "The smaller one.")
  PyObject min_(PyObject x, PyObject y) {
    return run(Comparison::min, Conversions.required(x), Conversions.required(y));
  }

  @PyMethod(name = "min_mag", sig = "(x, y, /)", doc = "The one with the smaller absolute value.")
  PyObject minMag(PyObject x, PyObject y) {
    return run(Comparison::minMagnitude, Conversions.required(x), Conversions.required(y));
  }

  @PyMethod(name = "multiply", sig = "(x, y, /)", doc = "The product.")
  PyObject multiply(PyObject x, PyObject y) {
    return run(Arithmetic::multiply, Conversions.required(x), Conversions.required(y));
  }

  @PyMethod(name = "next_toward", sig = "(x, y, /)", doc = "The neighbour of x on the way to y.")
  PyObject nextToward(PyObject x, PyObject y) {
    return run(Arithmetic::nextToward, Conversions.required(x), Conversions.required(y));
  }

  @PyMethod(name = "quantize", sig = "(x, y, /)", doc = "x rounded to the exponent of y.")
  PyObject quantize(PyObject x, PyObject y) {
    return run(Quanta::quantize, Conversions.required(x), Conversions.required(y));
  }

  @PyMethod(
      name = "remainder",
      sig = "(x, y, /)",
      doc = "What divide_int() leaves; it has the sign of x.")
  PyObject remainder(PyObject x, PyObject y) {
    return run(Division::remainder, Conversions.required(x), Conversions.required(y));
  }

  @PyMethod(
      name = "remainder_near",
      sig = "(x, y, /)",
      doc = "x - y * n, where n is the integer nearest to x / y.")
  PyObject remainderNear(PyObject x, PyObject y) {
    return run(Division::remainderNear, Conversions.required(x), Conversions.required(y));
  }

  @PyMethod(name = "subtract", sig = "(x, y, /)", doc = "The difference.")
  PyObject subtract(PyObject x, PyObject y) {
    return run(Arithmetic::subtract, Conversions.required(x), Conversions.required(y));
  }

  @PyMethod(name = "logical_and", sig = "(x, y, /)", doc = "Digit by digit and.")
  PyObject logicalAnd(PyObject x, PyObject y) {
    return run(Digitwise::and, Conversions.required(x), Conversions.required(y));
  }

  @PyMethod(name = "logical_or", sig = "(x, y, /)", doc = "Digit by digit or.")
  PyObject logicalOr(PyObject x, PyObject y) {
    return run(Digitwise::or, Conversions.required(x), Conversions.required(y));
  }

  @PyMethod(name = "logical_xor", sig = "(x, y, /)", doc = "Digit by digit exclusive or.")
  PyObject logicalXor(PyObject x, PyObject y) {
    return run(Digitwise::xor, Conversions.required(x), Conversions.required(y));
  }

  @PyMethod(name = "rotate", sig = "(x, y, /)", doc = "The digits of x rotated by y places.")
  PyObject rotate(PyObject x, PyObject y) {
    return run(Digitwise::rotate, Conversions.required(x), Conversions.required(y));
  }

  @PyMethod(name = "scaleb", sig = "(x, y, /)", doc = "x with y added to its exponent.")
  PyObject scaleb(PyObject x, PyObject y) {
    return run(Quanta::scaleb, Conversions.required(x), Conversions.required(y));
  }

  @PyMethod(name = "shift", sig = "(x, y, /)", doc = "The digits of x shifted by y places.")
  PyObject shift(PyObject x, PyObject y) {
    return run(Digitwise::shift, Conversions.required(x), Conversions.required(y));
  }

  @PyMethod(name = "divmod", sig = "(x, y, /)", doc = "divide_int() and remainder() at once.")
  PyObject divmod(PyObject x, PyObject y) {
    return divmodOf(Conversions.required(x), Conversions.required(y));
  }

  final PyObject divmodOf(PyDecimal x, PyDecimal y) {
    Status st = new Status();
    Division.Result d = Division.divmod(x, y, rules(), st);
    if (st.bits != 0) {
      signal(st.bits);
    }
    return Py.tuple(d.quotient(), d.remainder());
  }

  @PyMethod(
      name = "power",
      sig = "(a, b, modulo=None)",
      doc =
          "a ** b, or a ** b % modulo.\n\n"
              + "The result is exact or nearly always correctly rounded. With modulo, all three"
              + " must be integers, b not negative.")
  PyObject power(PyObject a, PyObject b, PyObject modulo) {
    PyDecimal x = Conversions.required(a);
    PyDecimal y = Conversions.required(b);
    return modulo == Py.None
        ? run(Powers::power, x, y)
        : powerOf(x, y, Conversions.required(modulo));
  }

  final PyObject powerOf(PyDecimal x, PyDecimal y, PyDecimal modulo) {
    Status st = new Status();
    return finish(Powers.powerModulo(x, y, modulo, rules(), st), st);
  }

  @PyMethod(name = "fma", sig = "(x, y, z, /)", doc = "x * y + z, rounded once.")
  PyObject fma(PyObject x, PyObject y, PyObject z) {
    return fmaOf(Conversions.required(x), Conversions.required(y), Conversions.required(z));
  }

  final PyObject fmaOf(PyDecimal x, PyDecimal y, PyDecimal z) {
    Status st = new Status();
    return finish(Arithmetic.fma(x, y, z, rules(), st), st);
  }

  // ---- looking at numbers

  @PyMethod(name = "is_canonical", sig = "(x, /)", doc = "Always True.")
  boolean isCanonical(PyObject x) {
    if (!(x instanceof PyDecimal)) {
      throw Errors.typeError("argument must be a Decimal");
    }
    return true;
  }

  @PyMethod(name = "is_finite", sig = "(x, /)", doc = "Whether x is a number.")
  boolean isFinite(PyObject x) {
    return Conversions.required(x).isFinite();
  }

  @PyMethod(name = "is_infinite", sig = "(x, /)", doc = "Whether x is infinite.")
  boolean isInfinite(PyObject x) {
    return Conversions.required(x).isInfinite();
  }

  @PyMethod(name = "is_nan", sig = "(x, /)", doc = "Whether x is a NaN of either kind.")
  boolean isNan(PyObject x) {
    return Conversions.required(x).isNan();
  }

  @PyMethod(
      name = "is_normal",
      sig = "(x, /)",
      doc = "Whether x is a finite number that is neither zero nor subnormal.")
  boolean isNormal(PyObject x) {
    return Conversions.required(x).isNormal(rules());
  }

  @PyMethod(name = "is_qnan", sig = "(x, /)", doc = "Whether x is a quiet NaN.")
  boolean isQnan(PyObject x) {
    return Conversions.required(x).isQuietNan();
  }

  @PyMethod(name = "is_signed", sig = "(x, /)", doc = "Whether x has a minus sign.")
  boolean isSigned(PyObject x) {
    return Conversions.required(x).neg;
  }

  @PyMethod(name = "is_snan", sig = "(x, /)", doc = "Whether x is a signaling NaN.")
  boolean isSnan(PyObject x) {
    return Conversions.required(x).isSignalingNan();
  }

  @PyMethod(name = "is_subnormal", sig = "(x, /)", doc = "Whether x is subnormal.")
  boolean isSubnormal(PyObject x) {
    return Conversions.required(x).isSubnormal(rules());
  }

  @PyMethod(name = "is_zero", sig = "(x, /)", doc = "Whether x is zero.")
  boolean isZero(PyObject x) {
    return Conversions.required(x).isZero();
  }

  @PyMethod(name = "canonical", sig = "(x, /)", doc = "x itself.")
  PyObject canonical(PyObject x) {
    if (!(x instanceof PyDecimal)) {
      throw Errors.typeError("argument must be a Decimal");
    }
    return x;
  }

  @PyMethod(name = "copy_decimal", sig = "(x, /)", doc = "x as a Decimal.")
  PyObject copyDecimal(PyObject x) {
    return Conversions.required(x);
  }

  @PyMethod(name = "copy_abs", sig = "(x, /)", doc = "x without its sign, not rounded.")
  PyObject copyAbs(PyObject x) {
    return Conversions.required(x).withSign(false);
  }

  @PyMethod(name = "copy_negate", sig = "(x, /)", doc = "x with the other sign, not rounded.")
  PyObject copyNegate(PyObject x) {
    PyDecimal d = Conversions.required(x);
    return d.withSign(!d.neg);
  }

  @PyMethod(name = "copy_sign", sig = "(x, y, /)", doc = "x with the sign of y, not rounded.")
  PyObject copySign(PyObject x, PyObject y) {
    PyDecimal d = Conversions.required(x);
    return d.withSign(Conversions.required(y).neg);
  }

  @PyMethod(
      name = "compare_total",
      sig = "(x, y, /)",
      doc = "Compares x and y as they are written, in an order of all numbers.")
  PyObject compareTotal(PyObject x, PyObject y) {
    return Comparison.number(
        Comparison.compareTotal(Conversions.required(x), Conversions.required(y)));
  }

  @PyMethod(
      name = "compare_total_mag",
      sig = "(x, y, /)",
      doc = "As compare_total(), without the signs.")
  PyObject compareTotalMag(PyObject x, PyObject y) {
    return Comparison.number(
        Comparison.compareTotalMagnitude(Conversions.required(x), Conversions.required(y)));
  }

  @PyMethod(name = "same_quantum", sig = "(x, y, /)", doc = "Whether x and y have one exponent.")
  boolean sameQuantum(PyObject x, PyObject y) {
    return Conversions.required(x).hasQuantumOf(Conversions.required(y));
  }

  @PyMethod(name = "number_class", sig = "(x, /)", doc = "What kind of number x is, as text.")
  String numberClass(PyObject x) {
    return Conversions.required(x).numberClass(rules());
  }

  @PyMethod(name = "to_sci_string", sig = "(x, /)", doc = "x as text, in scientific notation.")
  String toSciString(PyObject x) {
    return NumberText.scientific(Conversions.required(x), capitals());
  }

  @PyMethod(name = "to_eng_string", sig = "(x, /)", doc = "x as text, in engineering notation.")
  String toEngString(PyObject x) {
    return NumberText.engineering(Conversions.required(x), capitals());
  }
}
