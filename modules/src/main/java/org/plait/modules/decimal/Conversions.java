package org.plait.modules.decimal;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyComplex;
import org.plait.runtime.types.PyFloat;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/** Numbers of other types as decimal ones, and back. */
final class Conversions {
  private Conversions() {}

  // ---- operands

  /** The value of a Decimal or int, without loss; null for anything else. */
  static @Nullable PyDecimal operand(PyObject o) {
    if (o instanceof PyDecimal d) {
      return d;
    }
    return o instanceof PyInt i ? of(i) : null;
  }

  static PyDecimal of(PyInt i) {
    return i.isLong() ? DecimalValue.of(i.longValue()) : DecimalValue.of(i.bigValue());
  }

  /** As {@link #operand}; a TypeError for anything else. */
  static PyDecimal required(PyObject o) {
    PyDecimal d = operand(o);
    if (d == null) {
      throw unsupported(o);
    }
    return d;
  }

  static RuntimeException unsupported(PyObject o) {
    return Errors.typeError("conversion from " + o.type().name() + " to Decimal is not supported");
  }

  // ---- making

  /** What {@code Decimal(o)} holds: the exact value. */
  static PyDecimal exact(PyObject o, PyDecimalContext c) {
    if (o instanceof PyDecimal d) {
      return d;
    }
    if (o instanceof PyStr s) {
      return exactly(NumberParser.parse(s.toString(), true), c);
    }
    if (o instanceof PyInt i) {
      return of(i);
    }
    if (o instanceof PyTuple || o instanceof PyList) {
      return exactly(NumberParser.parse(text(o), false), c);
    }
    if (o instanceof PyFloat f) {
      c.signal(Status.FLOAT_OPERATION);
      return of(f.value());
    }
    throw unsupported(o);
  }

  /** A parsed number if it is in range. */
  private static PyDecimal exactly(@Nullable PyDecimal x, PyDecimalContext c) {
    if (x == null) {
      c.signal(Status.CONVERSION_SYNTAX);
      return DecimalValue.NAN;
    }
    if (x.kind == DecimalValue.FINITE
        && (x.exp < Rules.MIN_ETINY || x.adjusted() > Rules.MAX_EMAX)) {
      c.signal(Status.INVALID_OPERATION);
      return DecimalValue.NAN;
    }
    return x;
  }

  /** What {@code Context.create_decimal(o)} holds: the value rounded. */
  static PyDecimal rounded(PyObject o, PyDecimalContext c) {
    if (o instanceof PyDecimal d) {
      return hasLongPayload(d, c.rules()) ? syntaxError(c) : fit(d, c);
    }
    if (o instanceof PyInt i) {
      return fit(of(i), c);
    }
    if (o instanceof PyFloat f) {
      c.signal(Status.FLOAT_OPERATION);
      return fit(of(f.value()), c);
    }
    PyDecimal x;
    if (o instanceof PyStr s) {
      x = NumberParser.parse(s.toString(), false);
    } else if (o instanceof PyTuple || o instanceof PyList) {
      x = NumberParser.parse(text(o), false);
    } else {
      throw unsupported(o);
    }
    return x == null || hasLongPayload(x, c.rules()) ? syntaxError(c) : fit(x, c);
  }

  private static PyDecimal syntaxError(PyDecimalContext c) {
    c.signal(Status.CONVERSION_SYNTAX);
    return DecimalValue.NAN;
  }

  private static boolean hasLongPayload(PyDecimal x, Rules r) {
    return x.isNan() && !x.hasZeroCoefficient() && x.digits() > r.prec - (r.clamp ? 1 : 0);
  }

  static PyDecimal fit(PyDecimal x, PyDecimalContext c) {
    Status st = new Status();
    return c.finish(Rounding.fit(x.withSign(x.neg), c.rules(), st), st);
  }

  /** The value of a float, without loss. */
  static PyDecimal of(double v) {
    boolean neg = Double.doubleToRawLongBits(v) < 0;
    if (Double.isNaN(v)) {
      return DecimalValue.NAN.withSign(neg);
    }
    if (Double.isInfinite(v)) {
      return DecimalValue.infinity(neg);
    }
    if (v == 0) {
      return DecimalValue.of(neg, 0, 0);
    }
    long bits = Double.doubleToRawLongBits(v);
    int e = (int) (bits >>> 52) & 0x7ff;
    long m = bits & 0xfffffffffffffL;
    if (e == 0) {
      e = 1;
    } else {
      m |= 1L << 52;
    }
    int twos = Long.numberOfTrailingZeros(m);
    m >>>= twos;
    int power = e - 1075 + twos;
    BigInteger c = BigInteger.valueOf(m);
    return power >= 0
        ? DecimalValue.of(neg, c.shiftLeft(power), 0)
        : DecimalValue.of(neg, c.multiply(BigInteger.valueOf(5).pow(-power)), power);
  }

  /** A tuple of sign, digits and exponent as text. */
  private static String text(PyObject o) {
    PyTuple t = o instanceof PyList l ? Py.tuple(l.toArray()) : (PyTuple) o;
    if (t.size() != 3) {
      throw Errors.valueError("argument must be a sequence of length 3");
    }
    StringBuilder b = new StringBuilder();
    if (!(t.get(0) instanceof PyInt sign)) {
      throw Errors.valueError("sign must be an integer with the value 0 or 1");
    }
    long s = cLong(sign);
    if (s != 0 && s != 1) {
      throw Errors.valueError("sign must be an integer with the value 0 or 1");
    }
    b.append(s == 1 ? "-" : "");
    Long exp = null;
    boolean infinite = false;
    if (t.get(2) instanceof PyStr kind) {
      switch (kind.toString()) {
        case "F" -> infinite = true;
        case "n" -> b.append("NaN");
        case "N" -> b.append("sNaN");
        default ->
            throw Errors.valueError(
                "string argument in the third position must be 'F', 'n' or 'N'");
      }
    } else if (t.get(2) instanceof PyInt e) {
      exp = PyDecimalContext.ssize(e);
    } else {
      throw Errors.valueError("exponent must be an integer");
    }
    PyObject digits = t.get(1) instanceof PyList l ? Py.tuple(l.toArray()) : t.get(1);
    if (!(digits instanceof PyTuple row)) {
      throw Errors.valueError("coefficient must be a tuple of digits");
    }
    if (infinite) {
      return b.append("Inf").toString();
    }
    if (row.size() == 0 && exp != null) {
      b.append('0');
    }
    for (int i = 0; i < row.size(); i++) {
      long d = row.get(i) instanceof PyInt v ? cLong(v) : -1;
      if (d < 0 || d > 9) {
        throw Errors.valueError("coefficient must be a tuple of digits");
      }
      b.append((char) ('0' + d));
    }
    return exp == null ? b.toString() : b.append('E').append(exp.longValue()).toString();
  }

  private static long cLong(PyInt i) {
    if (!i.isLong()) {
      throw Errors.overflowError("Python int too large to convert to C long");
    }
    return i.longValue();
  }

  // ---- back

  /** The integer that a number is rounded to, as an int. */
  static PyObject toInt(PyDecimal x, int rounding) {
    if (x.kind != DecimalValue.FINITE) {
      throw x.isNan()
          ? Errors.valueError("cannot convert NaN to integer")
          : Errors.overflowError("cannot convert Infinity to integer");
    }
    PyDecimal i = Quanta.toIntegral(x, false, Rules.MAX.withRounding(rounding), new Status());
    if (i.big == null && i.exp == 0) {
      return Py.int_(i.neg ? -i.small : i.small);
    }
    BigInteger v = Tens.shiftLeft(i.coefficient(), i.exp);
    return Py.int_(i.neg ? v.negate() : v);
  }

  static PyObject integerRatio(PyDecimal x) {
    if (x.kind != DecimalValue.FINITE) {
      throw x.isNan()
          ? Errors.valueError("cannot convert NaN to integer ratio")
          : Errors.overflowError("cannot convert Infinity to integer ratio");
    }
    if (x.hasZeroCoefficient()) {
      return Py.tuple(Py.int_(0), Py.int_(1));
    }
    BigInteger n = x.coefficient();
    BigInteger d = BigInteger.ONE;
    if (x.exp >= 0) {
      n = Tens.shiftLeft(n, x.exp);
    } else {
      d = Tens.pow(-x.exp);
      BigInteger common = n.gcd(d);
      n = n.divide(common);
      d = d.divide(common);
    }
    return Py.tuple(Py.int_(x.neg ? n.negate() : n), Py.int_(d));
  }

  // ---- comparison

  /**
   * The value of another number, for a comparison with a Decimal.
   *
   * @param equality whether it is == or !=, which raise nothing for floats
   * @return null for what cannot be compared
   */
  static @Nullable PyDecimal comparable(PyObject o, boolean equality, PyDecimalContext c) {
    PyDecimal d = operand(o);
    if (d != null) {
      return d;
    }
    if (o instanceof PyFloat f) {
      return ofFloat(f.value(), equality, c);
    }
    if (o instanceof PyComplex z && equality && z.imag() == 0) {
      return ofFloat(z.real(), true, c);
    }
    return null;
  }

  private static PyDecimal ofFloat(double v, boolean equality, PyDecimalContext c) {
    if (equality) {
      c.flag(Status.FLOAT_OPERATION);
    } else {
      c.signal(Status.FLOAT_OPERATION);
    }
    return of(v);
  }

  /** The quantum exponent of {@code round(x, n)}. */
  static long places(PyObject n) {
    if (!(n instanceof PyInt i)) {
      throw Errors.typeError("optional arg must be an integer");
    }
    return PyDecimalContext.ssize(i);
  }
}
