package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyBinary;
import org.plait.processor.annotation.PyClassMethod;
import org.plait.processor.annotation.PyMember;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyRichCompare;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PyObjects.CompareOp;
import org.plait.runtime.protocol.Warnings;
import org.plait.runtime.text.FloatText;
import org.plait.runtime.text.FormatSpec;
import org.plait.runtime.text.TextException;

/** {@code complex}: two doubles. Immutable. */
@PyTypeDef(
    name = "complex",
    subclassable = true,
    sig = "(real=0, imag=0)",
    doc =
        "A complex number made from text or from numbers.\n\n"
            + "Text is read as Python would write the number. A single number is "
            + "converted;\n"
            + "'real' and 'imag' give the two parts.")
public class PyComplex extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyComplexTable.INSTANCE);

  private static final long HASH_IMAG = 1000003;

  @PyMember(doc = "the real part of a complex number")
  final double real;

  @PyMember(doc = "the imaginary part of a complex number")
  final double imag;

  public PyComplex(double real, double imag) {
    this.real = real;
    this.imag = imag;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  public final double real() {
    return real;
  }

  public final double imag() {
    return imag;
  }

  // ---- construction

  // Compare CPython try_complex_special_method in complexobject.c.
  private static @Nullable PyComplex bySpecial(PyObject o) {
    PyObject r = PyCalls.trySpecial(o, Special.COMPLEX);
    if (r == null) {
      return null;
    }
    if (!(r instanceof PyComplex z)) {
      throw Errors.typeError("__complex__ returned non-complex (type " + r.type().name() + ")");
    }
    if (z.getClass() != PyComplex.class) {
      Warnings.warn(
          Exceptions.DeprecationWarning,
          "__complex__ returned non-complex (type "
              + r.type().name()
              + ").  The ability to return an instance of a strict subclass of complex is"
              + " deprecated, and may be removed in a future version of Python.",
          1);
    }
    return z;
  }

  /** Equivalent of CPython's {@code PyComplex_AsCComplex}. */
  public static PyComplex of(PyObject o) {
    if (o instanceof PyComplex z) {
      return z;
    }
    PyComplex z = bySpecial(o);
    return z != null ? z : new PyComplex(PyNumbers.asDouble(o), 0);
  }

  private static boolean isReal(PyObject o) {
    return o.type().special(Special.FLOAT) != null || o.type().special(Special.INDEX) != null;
  }

  // Compare CPython complex_new_impl and actual_complex_new in complexobject.c.
  @PyNew(sig = "(real=0, imag=0)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    PyObject[] parts = arguments(args, kwnames);
    PyObject re = parts[0];
    PyObject im = parts[1];
    PyComplex z;
    if (im == null && (re == null || kwnames == null)) {
      if (re == null) {
        z = new PyComplex(0, 0);
      } else if (re.getClass() == PyComplex.class) {
        z = (PyComplex) re;
      } else {
        z = single(re);
      }
    } else {
      z = combined(re, im);
    }
    return cls == TYPE && z.getClass() == PyComplex.class
        ? z
        : cls == TYPE ? new PyComplex(z.real, z.imag) : new PyComplexDerived(cls, z.real, z.imag);
  }

  private static @Nullable PyObject[] arguments(PyObject[] args, String @Nullable [] kwnames) {
    int n = PyCalls.positional(args, kwnames);
    if (args.length > 2) {
      throw Errors.typeError("complex() takes at most 2 arguments (" + args.length + " given)");
    }
    PyObject[] parts = new PyObject[2];
    System.arraycopy(args, 0, parts, 0, n);
    for (int i = n; i < args.length; i++) {
      String name = kwnames[i - n];
      int at = name.equals("real") ? 0 : name.equals("imag") ? 1 : -1;
      if (at < 0) {
        throw Errors.typeError("complex() got an unexpected keyword argument '" + name + "'");
      }
      if (parts[at] != null) {
        throw Errors.typeError(
            "argument for complex() given by name ('"
                + name
                + "') and position ("
                + (at + 1)
                + ")");
      }
      parts[at] = args[i];
    }
    return parts;
  }

  private static PyComplex single(PyObject o) {
    if (o instanceof PyStr s) {
      return ComplexText.parse(s);
    }
    PyComplex z = bySpecial(o);
    if (z != null) {
      return z;
    }
    if (o instanceof PyComplex c) {
      return c;
    }
    if (!isReal(o)) {
      throw Errors.typeError(
          "complex() argument must be a string or a number, not " + o.type().fullName());
    }
    return new PyComplex(PyNumbers.asDouble(o), 0);
  }

  private static PyComplex combined(@Nullable PyObject re, @Nullable PyObject im) {
    PyObject given = re == null ? PyInt.ZERO : re;
    PyObject r = given instanceof PyStr ? given : Py.orNone(bySpecial(given));
    if (r == Py.None) {
      r = given;
    }
    if (!(r instanceof PyComplex) && !isReal(r)) {
      throw notReal("real", r);
    }
    if (im != null && !(im instanceof PyComplex) && !isReal(im)) {
      throw notReal("imag", im);
    }
    double x;
    double y = 0;
    boolean complexReal = r instanceof PyComplex;
    double realImag = 0;
    if (r instanceof PyComplex z) {
      x = z.real;
      realImag = z.imag;
      warnNotReal("real", given);
    } else {
      x = PyNumbers.asDouble(r);
    }
    if (im == null) {
      return new PyComplex(x, realImag);
    }
    if (im instanceof PyComplex z) {
      warnNotReal("imag", im);
      x -= z.imag;
      y = z.real;
    } else {
      y = PyNumbers.asDouble(im);
    }
    return new PyComplex(x, complexReal ? y + realImag : y);
  }

  private static String notRealText(String which, PyObject o) {
    return "complex() argument '" + which + "' must be a real number, not " + o.type().name();
  }

  private static RuntimeException notReal(String which, PyObject o) {
    return Errors.typeError(notRealText(which, o));
  }

  private static void warnNotReal(String which, PyObject o) {
    Warnings.warn(Exceptions.DeprecationWarning, notRealText(which, o), 1);
  }

  @PyClassMethod(
      name = "from_number",
      sig = "(number, /)",
      doc = "Convert number to a complex floating-point number.")
  static PyObject fromNumber(PyType cls, PyObject number) {
    if (number.getClass() == PyComplex.class && cls == TYPE) {
      return number;
    }
    PyComplex z = of(number);
    PyComplex exact = new PyComplex(z.real, z.imag);
    return cls == TYPE ? exact : cls.call1(exact);
  }

  // ---- operators

  private static boolean isRealOperand(PyObject o) {
    return o instanceof PyFloat || o instanceof PyInt;
  }

  private static double realOf(PyObject o) {
    return o instanceof PyFloat f ? f.value : ((PyInt) o).doubleValue();
  }

  @PyBinary("add")
  static PyObject add(PyObject a, PyObject b) {
    if (a instanceof PyComplex x) {
      if (b instanceof PyComplex y) {
        return new PyComplex(x.real + y.real, x.imag + y.imag);
      }
      return isRealOperand(b) ? new PyComplex(x.real + realOf(b), x.imag) : Py.NotImplemented;
    }
    return isRealOperand(a) && b instanceof PyComplex y
        ? new PyComplex(realOf(a) + y.real, y.imag)
        : Py.NotImplemented;
  }

  @PyBinary("sub")
  static PyObject sub(PyObject a, PyObject b) {
    if (a instanceof PyComplex x) {
      if (b instanceof PyComplex y) {
        return new PyComplex(x.real - y.real, x.imag - y.imag);
      }
      return isRealOperand(b) ? new PyComplex(x.real - realOf(b), x.imag) : Py.NotImplemented;
    }
    return isRealOperand(a) && b instanceof PyComplex y
        ? new PyComplex(realOf(a) - y.real, -y.imag)
        : Py.NotImplemented;
  }

  @PyBinary("mul")
  static PyObject mul(PyObject a, PyObject b) {
    if (a instanceof PyComplex x) {
      if (b instanceof PyComplex y) {
        return ComplexMath.multiply(x.real, x.imag, y.real, y.imag);
      }
      return isRealOperand(b) ? scaled(x, realOf(b)) : Py.NotImplemented;
    }
    return isRealOperand(a) && b instanceof PyComplex y ? scaled(y, realOf(a)) : Py.NotImplemented;
  }

  private static PyComplex scaled(PyComplex z, double d) {
    return new PyComplex(z.real * d, z.imag * d);
  }

  @PyBinary("truediv")
  static PyObject truediv(PyObject a, PyObject b) {
    if (a instanceof PyComplex x) {
      if (b instanceof PyComplex y) {
        return ComplexMath.divide(x.real, x.imag, y.real, y.imag, false);
      }
      return isRealOperand(b)
          ? ComplexMath.divideByReal(x.real, x.imag, realOf(b))
          : Py.NotImplemented;
    }
    return isRealOperand(a) && b instanceof PyComplex y
        ? ComplexMath.divide(realOf(a), 0, y.real, y.imag, true)
        : Py.NotImplemented;
  }

  private static @Nullable PyComplex operand(PyObject o) {
    return o instanceof PyComplex z ? z : isRealOperand(o) ? new PyComplex(realOf(o), 0) : null;
  }

  @PyBinary("pow")
  static PyObject pow(PyObject a, PyObject b, PyObject modulus) {
    PyComplex x = operand(a);
    PyComplex y = operand(b);
    if (x == null || y == null) {
      return Py.NotImplemented;
    }
    if (modulus != Py.None) {
      throw Errors.valueError("complex modulo");
    }
    return ComplexMath.power(x.real, x.imag, y.real, y.imag);
  }

  static PyObject power(double a, double b, double c, double d) {
    return ComplexMath.power(a, b, c, d);
  }

  @PyMethod(name = "__neg__")
  PyObject neg() {
    return new PyComplex(-real, -imag);
  }

  @PyMethod(name = "__pos__")
  PyObject pos() {
    return exact();
  }

  @PyMethod(name = "__abs__")
  PyObject abs() {
    double r = Math.hypot(real, imag);
    if (Double.isInfinite(r) && Double.isFinite(real) && Double.isFinite(imag)) {
      throw Errors.overflowError("absolute value too large");
    }
    return Py.float_(r);
  }

  @PyMethod(name = "__bool__")
  boolean bool() {
    return real != 0 || imag != 0;
  }

  // Compare CPython complex_richcompare in complexobject.c.
  @PyRichCompare
  PyObject compare(PyObject other, CompareOp op) {
    if (op != CompareOp.EQ && op != CompareOp.NE) {
      return Py.NotImplemented;
    }
    boolean equal;
    if (other instanceof PyComplex z) {
      equal = real == z.real && imag == z.imag;
    } else if (other instanceof PyFloat f) {
      equal = real == f.value && imag == 0;
    } else if (other instanceof PyInt i) {
      equal = imag == 0 && !Double.isNaN(real) && PyFloat.compareExactly(real, i) == 0;
    } else {
      return Py.NotImplemented;
    }
    return Py.bool_(equal == (op == CompareOp.EQ));
  }

  @PyMethod(name = "__hash__")
  long hash() {
    long re = Double.isNaN(real) ? PyObjects.identityHash(this) : PyFloat.hash(real);
    long im = Double.isNaN(imag) ? PyObjects.identityHash(this) : PyFloat.hash(imag);
    long h = re + HASH_IMAG * im;
    return h == -1 ? -2 : h;
  }

  // ---- text

  @PyMethod(name = "__repr__")
  String repr() {
    if (real == 0 && Math.copySign(1.0, real) > 0) {
      return FloatText.complexPart(imag, false) + "j";
    }
    return "(" + FloatText.complexPart(real, false) + FloatText.complexPart(imag, true) + "j)";
  }

  @PyMethod(
      name = "__format__",
      sig = "(format_spec, /)",
      doc = "Convert to a string according to format_spec.")
  PyObject format(PyStr formatSpec) {
    if (formatSpec.isEmpty()) {
      return PyObjects.str(this);
    }
    try {
      FormatSpec spec =
          FormatSpec.parse(formatSpec.toString(), FormatSpec.Target.COMPLEX, type().name());
      if (spec.type() == 'n') {
        spec.withLocale(NumberLocales.current());
      }
      return Py.str(spec.format(real, imag));
    } catch (TextException e) {
      throw Errors.of(e);
    }
  }

  // ---- methods

  private PyComplex exact() {
    return getClass() == PyComplex.class ? this : new PyComplex(real, imag);
  }

  @PyMethod(name = "__complex__", sig = "()", doc = "Convert this value to exact type complex.")
  PyObject complex() {
    return exact();
  }

  @PyMethod(
      sig = "()",
      doc = "The number with the sign of its imaginary part turned: (3-4j) gives (3+4j).")
  PyObject conjugate() {
    return new PyComplex(real, -imag);
  }

  @PyMethod(name = "__getnewargs__", sig = "()")
  PyObject getnewargs() {
    return Py.tuple(Py.float_(real), Py.float_(imag));
  }
}
