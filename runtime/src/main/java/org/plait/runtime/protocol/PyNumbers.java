package org.plait.runtime.protocol;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.PyWrapperDescriptor;
import org.plait.runtime.object.Special;
import org.plait.runtime.types.IntMath;
import org.plait.runtime.types.PyByteArray;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyComplex;
import org.plait.runtime.types.PyFloat;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyStr;

/** The number protocol: CPython's {@code PyNumber_*}. */
public final class PyNumbers {
  private PyNumbers() {}

  // The pairs of plain operands whose result their classes alone decide.

  private static boolean ints(PyObject a, PyObject b) {
    return a.getClass() == PyInt.class && b.getClass() == PyInt.class;
  }

  /** Whether one is a float and the other a float or an int. */
  private static boolean reals(PyObject a, PyObject b) {
    return a.getClass() == PyFloat.class
        ? b.getClass() == PyFloat.class || b.getClass() == PyInt.class
        : a.getClass() == PyInt.class && b.getClass() == PyFloat.class;
  }

  private static boolean strs(PyObject a, PyObject b) {
    return a.getClass() == PyStr.class && b.getClass() == PyStr.class;
  }

  // ---- dispatch

  /** A slot of the sequence protocol ({@code list.__add__}), which the number slots precede. */
  private static boolean isSequenceSlot(PyObject f) {
    return f instanceof PyWrapperDescriptor w && w.isSequenceSlot();
  }

  private static @Nullable PyObject numberSlot(PyType type, Special s) {
    PyObject f = type.special(s);
    return f == null || isSequenceSlot(f) ? null : f;
  }

  // Compare CPython binary_op1 in abstract.c and SLOT1BINFULL in typeobject.c.
  /** The operator by the number slots of both operands; NotImplemented when neither can. */
  private static PyObject binary(PyObject a, PyObject b, Special op, Special reflected) {
    PyType ta = a.type();
    PyType tb = b.type();
    PyObject f = numberSlot(ta, op);
    if (ta == tb) {
      return f == null ? Py.NotImplemented : PyCalls.invoke(f, a, b);
    }
    PyObject g = numberSlot(tb, reflected);
    if (g != null && tb.isSubtypeOf(ta) && ta.special(reflected) != g) {
      PyObject r = PyCalls.invoke(g, b, a);
      if (r != Py.NotImplemented) {
        return r;
      }
      g = null;
    }
    if (f != null) {
      PyObject r = PyCalls.invoke(f, a, b);
      if (r != Py.NotImplemented) {
        return r;
      }
    }
    return g == null ? Py.NotImplemented : PyCalls.invoke(g, b, a);
  }

  private static PyObject inplace(
      PyObject a, PyObject b, Special iop, Special op, Special reflected) {
    PyObject f = numberSlot(a.type(), iop);
    if (f != null) {
      PyObject r = PyCalls.invoke(f, a, b);
      if (r != Py.NotImplemented) {
        return r;
      }
    }
    return binary(a, b, op, reflected);
  }

  private static PyException unsupported(PyObject a, PyObject b, String symbol) {
    return Errors.typeError(
        "unsupported operand type(s) for "
            + symbol
            + ": '"
            + a.type().name()
            + "' and '"
            + b.type().name()
            + "'");
  }

  /** Equivalent of CPython's {@code PyNumber_Subtract}. */
  public static PyObject sub(PyObject a, PyObject b) {
    if (ints(a, b)) {
      return IntMath.sub((PyInt) a, (PyInt) b);
    }
    if (reals(a, b)) {
      return PyFloat.sub(a, b);
    }
    PyObject r = binary(a, b, Special.SUB, Special.RSUB);
    if (r != Py.NotImplemented) {
      return r;
    }
    throw unsupported(a, b, "-");
  }

  /** In-place {@link #sub}. */
  public static PyObject isub(PyObject a, PyObject b) {
    if (ints(a, b)) {
      return IntMath.sub((PyInt) a, (PyInt) b);
    }
    if (reals(a, b)) {
      return PyFloat.sub(a, b);
    }
    PyObject r = inplace(a, b, Special.ISUB, Special.SUB, Special.RSUB);
    if (r != Py.NotImplemented) {
      return r;
    }
    throw unsupported(a, b, "-=");
  }

  /** Equivalent of CPython's {@code PyNumber_MatrixMultiply}. */
  public static PyObject matmul(PyObject a, PyObject b) {
    PyObject r = binary(a, b, Special.MATMUL, Special.RMATMUL);
    if (r != Py.NotImplemented) {
      return r;
    }
    throw unsupported(a, b, "@");
  }

  /** In-place {@link #matmul}. */
  public static PyObject imatmul(PyObject a, PyObject b) {
    PyObject r = inplace(a, b, Special.IMATMUL, Special.MATMUL, Special.RMATMUL);
    if (r != Py.NotImplemented) {
      return r;
    }
    throw unsupported(a, b, "@=");
  }

  /** Equivalent of CPython's {@code PyNumber_TrueDivide}. */
  public static PyObject truediv(PyObject a, PyObject b) {
    if (reals(a, b)) {
      return PyFloat.truediv(a, b);
    }
    PyObject r = binary(a, b, Special.TRUEDIV, Special.RTRUEDIV);
    if (r != Py.NotImplemented) {
      return r;
    }
    throw unsupported(a, b, "/");
  }

  /** In-place {@link #truediv}. */
  public static PyObject itruediv(PyObject a, PyObject b) {
    if (reals(a, b)) {
      return PyFloat.truediv(a, b);
    }
    PyObject r = inplace(a, b, Special.ITRUEDIV, Special.TRUEDIV, Special.RTRUEDIV);
    if (r != Py.NotImplemented) {
      return r;
    }
    throw unsupported(a, b, "/=");
  }

  /** Equivalent of CPython's {@code PyNumber_FloorDivide}. */
  public static PyObject floordiv(PyObject a, PyObject b) {
    if (ints(a, b)) {
      return IntMath.floorDiv((PyInt) a, (PyInt) b);
    }
    PyObject r = binary(a, b, Special.FLOORDIV, Special.RFLOORDIV);
    if (r != Py.NotImplemented) {
      return r;
    }
    throw unsupported(a, b, "//");
  }

  /** In-place {@link #floordiv}. */
  public static PyObject ifloordiv(PyObject a, PyObject b) {
    if (ints(a, b)) {
      return IntMath.floorDiv((PyInt) a, (PyInt) b);
    }
    PyObject r = inplace(a, b, Special.IFLOORDIV, Special.FLOORDIV, Special.RFLOORDIV);
    if (r != Py.NotImplemented) {
      return r;
    }
    throw unsupported(a, b, "//=");
  }

  /** Equivalent of CPython's {@code PyNumber_Remainder}. */
  public static PyObject mod(PyObject a, PyObject b) {
    if (ints(a, b)) {
      return IntMath.mod((PyInt) a, (PyInt) b);
    }
    PyObject r = binary(a, b, Special.MOD, Special.RMOD);
    if (r != Py.NotImplemented) {
      return r;
    }
    throw unsupported(a, b, "%");
  }

  /** In-place {@link #mod}. */
  public static PyObject imod(PyObject a, PyObject b) {
    if (ints(a, b)) {
      return IntMath.mod((PyInt) a, (PyInt) b);
    }
    PyObject r = inplace(a, b, Special.IMOD, Special.MOD, Special.RMOD);
    if (r != Py.NotImplemented) {
      return r;
    }
    throw unsupported(a, b, "%=");
  }

  /** Equivalent of CPython's {@code PyNumber_Lshift}. */
  public static PyObject lshift(PyObject a, PyObject b) {
    PyObject r = binary(a, b, Special.LSHIFT, Special.RLSHIFT);
    if (r != Py.NotImplemented) {
      return r;
    }
    throw unsupported(a, b, "<<");
  }

  /** In-place {@link #lshift}. */
  public static PyObject ilshift(PyObject a, PyObject b) {
    PyObject r = inplace(a, b, Special.ILSHIFT, Special.LSHIFT, Special.RLSHIFT);
    if (r != Py.NotImplemented) {
      return r;
    }
    throw unsupported(a, b, "<<=");
  }

  /** Equivalent of CPython's {@code PyNumber_Rshift}. */
  public static PyObject rshift(PyObject a, PyObject b) {
    PyObject r = binary(a, b, Special.RSHIFT, Special.RRSHIFT);
    if (r != Py.NotImplemented) {
      return r;
    }
    if (a instanceof org.plait.runtime.object.PyBuiltinFunction f && f.name().equals("print")) {
      throw Errors.typeError(
          "unsupported operand type(s) for >>: 'builtin_function_or_method' and '"
              + b.type().name()
              + "'. Did you mean \"print(<message>, file=<output_stream>)\"?");
    }
    throw unsupported(a, b, ">>");
  }

  /** In-place {@link #rshift}. */
  public static PyObject irshift(PyObject a, PyObject b) {
    PyObject r = inplace(a, b, Special.IRSHIFT, Special.RSHIFT, Special.RRSHIFT);
    if (r != Py.NotImplemented) {
      return r;
    }
    throw unsupported(a, b, ">>=");
  }

  /** Equivalent of CPython's {@code PyNumber_And}. */
  public static PyObject and(PyObject a, PyObject b) {
    PyObject r = binary(a, b, Special.AND, Special.RAND);
    if (r != Py.NotImplemented) {
      return r;
    }
    throw unsupported(a, b, "&");
  }

  /** In-place {@link #and}. */
  public static PyObject iand(PyObject a, PyObject b) {
    PyObject r = inplace(a, b, Special.IAND, Special.AND, Special.RAND);
    if (r != Py.NotImplemented) {
      return r;
    }
    throw unsupported(a, b, "&=");
  }

  /** Equivalent of CPython's {@code PyNumber_Xor}. */
  public static PyObject xor(PyObject a, PyObject b) {
    PyObject r = binary(a, b, Special.XOR, Special.RXOR);
    if (r != Py.NotImplemented) {
      return r;
    }
    throw unsupported(a, b, "^");
  }

  /** In-place {@link #xor}. */
  public static PyObject ixor(PyObject a, PyObject b) {
    PyObject r = inplace(a, b, Special.IXOR, Special.XOR, Special.RXOR);
    if (r != Py.NotImplemented) {
      return r;
    }
    throw unsupported(a, b, "^=");
  }

  /** Equivalent of CPython's {@code PyNumber_Or}. */
  public static PyObject or(PyObject a, PyObject b) {
    PyObject r = binary(a, b, Special.OR, Special.ROR);
    if (r != Py.NotImplemented) {
      return r;
    }
    throw unsupported(a, b, "|");
  }

  /** In-place {@link #or}. */
  public static PyObject ior(PyObject a, PyObject b) {
    PyObject r = inplace(a, b, Special.IOR, Special.OR, Special.ROR);
    if (r != Py.NotImplemented) {
      return r;
    }
    throw unsupported(a, b, "|=");
  }

  /** Equivalent of CPython's {@code PyNumber_Divmod}. */
  public static PyObject divmod(PyObject a, PyObject b) {
    PyObject r = binary(a, b, Special.DIVMOD, Special.RDIVMOD);
    if (r != Py.NotImplemented) {
      return r;
    }
    throw unsupported(a, b, "divmod()");
  }

  /** Equivalent of CPython's {@code PyNumber_Add}: numbers first, then concatenation. */
  public static PyObject add(PyObject a, PyObject b) {
    if (ints(a, b)) {
      return IntMath.add((PyInt) a, (PyInt) b);
    }
    if (reals(a, b)) {
      return PyFloat.add(a, b);
    }
    if (strs(a, b)) {
      return ((PyStr) a).concatItem(b);
    }
    PyObject r = binary(a, b, Special.ADD, Special.RADD);
    if (r != Py.NotImplemented) {
      return r;
    }
    PyObject concat = a.type().special(Special.ADD);
    if (concat != null && isSequenceSlot(concat)) {
      return PyCalls.invoke(concat, a, b);
    }
    throw unsupported(a, b, "+");
  }

  /** In-place {@link #add}. */
  public static PyObject iadd(PyObject a, PyObject b) {
    if (ints(a, b)) {
      return IntMath.add((PyInt) a, (PyInt) b);
    }
    if (reals(a, b)) {
      return PyFloat.add(a, b);
    }
    if (strs(a, b)) {
      return ((PyStr) a).appended((PyStr) b);
    }
    PyObject r = inplace(a, b, Special.IADD, Special.ADD, Special.RADD);
    if (r != Py.NotImplemented) {
      return r;
    }
    PyObject concat = a.type().special(Special.IADD);
    if (concat == null) {
      concat = a.type().special(Special.ADD);
    }
    if (concat != null && isSequenceSlot(concat)) {
      return PyCalls.invoke(concat, a, b);
    }
    throw unsupported(a, b, "+=");
  }

  /** Equivalent of CPython's {@code PyNumber_Multiply}: numbers first, then repetition. */
  public static PyObject mul(PyObject a, PyObject b) {
    if (ints(a, b)) {
      return IntMath.mul((PyInt) a, (PyInt) b);
    }
    if (reals(a, b)) {
      return PyFloat.mul(a, b);
    }
    PyObject r = binary(a, b, Special.MUL, Special.RMUL);
    return r != Py.NotImplemented ? r : repeat(a, b, Special.MUL, "*");
  }

  /** In-place {@link #mul}. */
  public static PyObject imul(PyObject a, PyObject b) {
    if (ints(a, b)) {
      return IntMath.mul((PyInt) a, (PyInt) b);
    }
    if (reals(a, b)) {
      return PyFloat.mul(a, b);
    }
    PyObject r = inplace(a, b, Special.IMUL, Special.MUL, Special.RMUL);
    if (r != Py.NotImplemented) {
      return r;
    }
    PyObject f = a.type().special(Special.IMUL);
    return repeat(a, b, f != null && isSequenceSlot(f) ? Special.IMUL : Special.MUL, "*=");
  }

  private static PyObject repeat(PyObject a, PyObject b, Special own, String symbol) {
    PyObject f = a.type().special(own);
    if (f != null && isSequenceSlot(f)) {
      return PyCalls.invoke(f, a, repeatCount(b));
    }
    f = b.type().special(Special.RMUL);
    if (f != null && isSequenceSlot(f)) {
      return PyCalls.invoke(f, b, repeatCount(a));
    }
    throw unsupported(a, b, symbol);
  }

  private static PyObject repeatCount(PyObject n) {
    if (n.type().special(Special.INDEX) == null) {
      throw Errors.typeError(
          "can't multiply sequence by non-int of type '" + n.type().name() + "'");
    }
    return n;
  }

  // Compare CPython ternary_op in abstract.c.
  /** Equivalent of CPython's {@code PyNumber_Power}. */
  public static PyObject pow(PyObject a, PyObject b, PyObject modulus) {
    if (modulus == Py.None) {
      PyObject r = binary(a, b, Special.POW, Special.RPOW);
      if (r != Py.NotImplemented) {
        return r;
      }
      throw unsupported(a, b, "** or pow()");
    }
    PyType ta = a.type();
    PyType tb = b.type();
    PyObject f = ta.special(Special.POW);
    PyObject g = ta == tb ? null : tb.special(Special.RPOW);
    boolean reflectedFirst = g != null && tb.isSubtypeOf(ta) && ta.special(Special.RPOW) != g;
    PyObject r = Py.NotImplemented;
    if (reflectedFirst) {
      r = PyCalls.invoke(g, b, a, modulus);
    }
    if (r == Py.NotImplemented && f != null) {
      r = PyCalls.invoke(f, a, b, modulus);
    }
    if (r == Py.NotImplemented && g != null && !reflectedFirst) {
      r = PyCalls.invoke(g, b, a, modulus);
    }
    if (r != Py.NotImplemented) {
      return r;
    }
    if (modulus instanceof PowerModulus m) {
      r = m.powerModulo(a, b);
      if (r != Py.NotImplemented) {
        return r;
      }
    }
    if (modulus instanceof PyFloat || modulus instanceof PyComplex) {
      // Their slots have the last word, and only complaints.
      return modulus instanceof PyFloat
          ? PyCalls.invoke(PyFloat.TYPE.special(Special.POW), Py.float_(0), a, modulus)
          : PyCalls.invoke(PyComplex.TYPE.special(Special.POW), new PyComplex(0, 0), a, modulus);
    }
    throw Errors.typeError(
        "unsupported operand type(s) for ** or pow(): '"
            + ta.name()
            + "', '"
            + tb.name()
            + "', '"
            + modulus.type().name()
            + "'");
  }

  /** In-place {@link #pow}. */
  public static PyObject ipow(PyObject a, PyObject b, PyObject modulus) {
    PyObject f = numberSlot(a.type(), Special.IPOW);
    if (f != null) {
      PyObject r = PyCalls.invoke(f, a, b);
      if (r != Py.NotImplemented) {
        return r;
      }
    }
    PyObject r = binary(a, b, Special.POW, Special.RPOW);
    if (r != Py.NotImplemented) {
      return r;
    }
    throw unsupported(a, b, "**=");
  }

  // ---- unary

  private static PyObject unary(PyObject a, Special s, String what) {
    PyObject f = a.type().special(s);
    if (f == null) {
      throw Errors.typeError("bad operand type for " + what + ": '" + a.type().name() + "'");
    }
    return PyCalls.invoke(f, a);
  }

  public static PyObject negative(PyObject a) {
    return unary(a, Special.NEG, "unary -");
  }

  public static PyObject positive(PyObject a) {
    return unary(a, Special.POS, "unary +");
  }

  public static PyObject invert(PyObject a) {
    return unary(a, Special.INVERT, "unary ~");
  }

  public static PyObject absolute(PyObject a) {
    return unary(a, Special.ABS, "abs()");
  }

  // ---- conversions

  /** Whether {@code operator.index} accepts the object. */
  public static boolean isIndex(PyObject o) {
    return o instanceof PyInt || o.type().special(Special.INDEX) != null;
  }

  /** Equivalent of CPython's {@code _PyNumber_Index}: an int, maybe of a subclass. */
  public static PyInt index(PyObject o) {
    if (o instanceof PyInt i) {
      return i;
    }
    PyObject f = o.type().special(Special.INDEX);
    if (f == null) {
      throw Errors.typeError(
          "'" + o.type().name() + "' object cannot be interpreted as an integer");
    }
    PyObject r = PyCalls.invoke(f, o);
    if (!(r instanceof PyInt i)) {
      throw Errors.typeError(
          "'" + o.type().name() + "'.__index__ returned non-int (type " + r.type().name() + ")");
    }
    if (r.getClass() != PyInt.class) {
      Warnings.warn(
          Exceptions.DeprecationWarning,
          o.type().name()
              + ".__index__ returned non-int (type "
              + r.type().name()
              + ").  The ability to return an instance of a strict subclass of int is deprecated,"
              + " and may not be supported in a future version of Python.",
          1);
    }
    return i;
  }

  /** Equivalent of CPython's {@code PyNumber_Index}: an exact int. */
  public static PyInt exactIndex(PyObject o) {
    PyInt i = index(o);
    return i.getClass() == PyInt.class ? i : exact(i);
  }

  /** The plain int with the value of an int of a subclass. */
  public static PyInt exact(PyInt i) {
    return i.getClass() == PyInt.class
        ? i
        : i.isLong() ? PyInt.of(i.longValue()) : PyInt.of(i.bigValue());
  }

  /**
   * Equivalent of CPython's {@code PyNumber_AsSsize_t}.
   *
   * @param overflow the exception class for values beyond a long, or null to clip them
   */
  public static long asLong(PyObject o, @Nullable PyType overflow) {
    PyInt i = index(o);
    if (i.isLong()) {
      return i.longValue();
    }
    if (overflow == null) {
      return i.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    throw Errors.of(overflow, "cannot fit '" + o.type().name() + "' into an index-sized integer");
  }

  /** A sequence index: IndexError beyond a long. */
  public static long asIndex(PyObject o) {
    return asLong(o, Exceptions.IndexError);
  }

  /** Equivalent of CPython's {@code PyNumber_Long}: {@code int(o)} of one argument. */
  public static PyInt toInt(PyObject o) {
    if (o.getClass() == PyInt.class) {
      return (PyInt) o;
    }
    PyType type = o.type();
    PyObject f = type.special(Special.INT);
    if (f != null) {
      PyObject r = PyCalls.invoke(f, o);
      if (r.getClass() == PyInt.class) {
        return (PyInt) r;
      }
      if (!(r instanceof PyInt i)) {
        throw Errors.typeError(
            type.name() + ".__int__() returned non-int (type " + r.type().name() + ")");
      }
      Warnings.warn(
          Exceptions.DeprecationWarning,
          type.name()
              + ".__int__() returned non-int (type "
              + r.type().name()
              + ").  The ability to return an instance of a strict subclass of int is deprecated,"
              + " and may not be supported in a future version of Python.",
          1);
      return exact(i);
    }
    if (type.special(Special.INDEX) != null) {
      return exactIndex(o);
    }
    if (o instanceof PyStr s) {
      return PyInt.parse(s, 10);
    }
    if (o instanceof PyBytes || o instanceof PyByteArray || PyBuffers.isBuffer(o)) {
      return PyInt.parse(o, PyBuffers.toBytes(o), 10);
    }
    throw Errors.typeError(
        "int() argument must be a string, a bytes-like object or a real number, not '"
            + type.name()
            + "'");
  }

  /** Equivalent of CPython's {@code PyFloat_AsDouble}. */
  public static double asDouble(PyObject o) {
    if (o instanceof PyFloat f) {
      return f.value();
    }
    if (o.getClass() == PyInt.class) {
      return ((PyInt) o).doubleValue();
    }
    PyType type = o.type();
    if (type.special(Special.FLOAT) != null) {
      return byFloatMethod(o, type);
    }
    if (type.special(Special.INDEX) != null) {
      return index(o).doubleValue();
    }
    throw Errors.typeError("must be real number, not " + type.name());
  }

  private static double byFloatMethod(PyObject o, PyType type) {
    PyObject r = PyCalls.invoke(type.special(Special.FLOAT), o);
    if (r.getClass() == PyFloat.class) {
      return ((PyFloat) r).value();
    }
    if (!(r instanceof PyFloat x)) {
      throw Errors.typeError(
          type.name() + ".__float__ returned non-float (type " + r.type().name() + ")");
    }
    Warnings.warn(
        Exceptions.DeprecationWarning,
        type.name()
            + ".__float__ returned non-float (type "
            + r.type().name()
            + ").  The ability to return an instance of a strict subclass of float is"
            + " deprecated, and may not be supported in a future version of Python.",
        1);
    return x.value();
  }

  /** Equivalent of CPython's {@code PyNumber_Float}: {@code float(o)}. */
  public static PyFloat toFloat(PyObject o) {
    if (o.getClass() == PyFloat.class) {
      return (PyFloat) o;
    }
    PyType type = o.type();
    if (type.special(Special.FLOAT) != null) {
      return new PyFloat(byFloatMethod(o, type));
    }
    return type.special(Special.INDEX) != null
        ? new PyFloat(index(o).doubleValue())
        : PyFloat.parse(o);
  }

  /** The value as a BigInteger, through {@code __index__}. */
  public static BigInteger asBig(PyObject o) {
    return index(o).bigValue();
  }
}
