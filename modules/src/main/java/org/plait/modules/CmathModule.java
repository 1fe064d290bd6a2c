package org.plait.modules;

import org.jspecify.annotations.Nullable;
import org.plait.modules.math.ComplexFunctions;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.types.PyComplex;
import org.plait.runtime.types.PyModule;

/** {@code cmath}. */
@PyModuleDef(name = "cmath", doc = "Mathematical functions for complex numbers.")
public final class CmathModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new CmathModuleTable(this);
  }

  @Override
  public void exec(PyModule module) {
    module.add("pi", Py.float_(Math.PI));
    module.add("e", Py.float_(Math.E));
    module.add("tau", Py.float_(Math.TAU));
    module.add("inf", Py.float_(Double.POSITIVE_INFINITY));
    module.add("infj", new PyComplex(0.0, Double.POSITIVE_INFINITY));
    module.add("nan", Py.float_(Double.NaN));
    module.add("nanj", new PyComplex(0.0, Double.NaN));
  }

  @PyFunction(sig = "(z, /)", doc = "Arc cosine of z.")
  static PyObject acos(PyObject z) {
    PyComplex c = PyComplex.of(z);
    return ComplexFunctions.acos(c.real(), c.imag());
  }

  @PyFunction(sig = "(z, /)", doc = "Inverse hyperbolic cosine of z.")
  static PyObject acosh(PyObject z) {
    PyComplex c = PyComplex.of(z);
    return ComplexFunctions.acosh(c.real(), c.imag());
  }

  @PyFunction(sig = "(z, /)", doc = "Inverse hyperbolic sine of z.")
  static PyObject asinh(PyObject z) {
    PyComplex c = PyComplex.of(z);
    return ComplexFunctions.asinh(c.real(), c.imag());
  }

  @PyFunction(sig = "(z, /)", doc = "Inverse hyperbolic tangent of z.")
  static PyObject atanh(PyObject z) {
    PyComplex c = PyComplex.of(z);
    return ComplexFunctions.atanh(c.real(), c.imag());
  }

  @PyFunction(sig = "(z, /)", doc = "Hyperbolic cosine of z.")
  static PyObject cosh(PyObject z) {
    PyComplex c = PyComplex.of(z);
    return ComplexFunctions.cosh(c.real(), c.imag());
  }

  @PyFunction(sig = "(z, /)", doc = "e raised to the power of z.")
  static PyObject exp(PyObject z) {
    PyComplex c = PyComplex.of(z);
    return ComplexFunctions.exp(c.real(), c.imag());
  }

  @PyFunction(sig = "(z, /)", doc = "Base 10 logarithm of z.")
  static PyObject log10(PyObject z) {
    PyComplex c = PyComplex.of(z);
    return ComplexFunctions.log10(c.real(), c.imag());
  }

  @PyFunction(sig = "(z, /)", doc = "Hyperbolic sine of z.")
  static PyObject sinh(PyObject z) {
    PyComplex c = PyComplex.of(z);
    return ComplexFunctions.sinh(c.real(), c.imag());
  }

  @PyFunction(sig = "(z, /)", doc = "Square root of z.")
  static PyObject sqrt(PyObject z) {
    PyComplex c = PyComplex.of(z);
    return ComplexFunctions.sqrt(c.real(), c.imag());
  }

  @PyFunction(sig = "(z, /)", doc = "Hyperbolic tangent of z.")
  static PyObject tanh(PyObject z) {
    PyComplex c = PyComplex.of(z);
    return ComplexFunctions.tanh(c.real(), c.imag());
  }

  @PyFunction(sig = "(z, /)", doc = "Arc sine of z.")
  static PyObject asin(PyObject z) {
    PyComplex c = PyComplex.of(z);
    PyComplex r = ComplexFunctions.asinh(-c.imag(), c.real());
    return new PyComplex(r.imag(), -r.real());
  }

  @PyFunction(sig = "(z, /)", doc = "Arc tangent of z.")
  static PyObject atan(PyObject z) {
    PyComplex c = PyComplex.of(z);
    PyComplex r = ComplexFunctions.atanh(-c.imag(), c.real());
    return new PyComplex(r.imag(), -r.real());
  }

  @PyFunction(sig = "(z, /)", doc = "Sine of z.")
  static PyObject sin(PyObject z) {
    PyComplex c = PyComplex.of(z);
    PyComplex r = ComplexFunctions.sinh(-c.imag(), c.real());
    return new PyComplex(r.imag(), -r.real());
  }

  @PyFunction(sig = "(z, /)", doc = "Tangent of z.")
  static PyObject tan(PyObject z) {
    PyComplex c = PyComplex.of(z);
    PyComplex r = ComplexFunctions.tanh(-c.imag(), c.real());
    return new PyComplex(r.imag(), -r.real());
  }

  @PyFunction(sig = "(z, /)", doc = "Cosine of z.")
  static PyObject cos(PyObject z) {
    PyComplex c = PyComplex.of(z);
    return ComplexFunctions.cosh(-c.imag(), c.real());
  }

  @PyFunction(
      sig = "(z, base=NULL, /)",
      doc = "log(z[, base]) -> the logarithm of z to the given base, by default e.")
  static PyObject log(PyObject z, @Nullable PyObject base) {
    PyComplex c = PyComplex.of(z);
    PyComplex r = ComplexFunctions.log(c.real(), c.imag());
    if (base == null) {
      return r;
    }
    PyComplex b = PyComplex.of(base);
    PyComplex d = ComplexFunctions.log(b.real(), b.imag());
    try {
      return PyNumbers.truediv(r, d);
    } catch (PyException e) {
      throw e.matches(Exceptions.ZeroDivisionError) ? ComplexFunctions.domain() : e;
    }
  }

  @PyFunction(sig = "(z, /)", doc = "Argument of z, also known as its phase angle.")
  static double phase(PyObject z) {
    PyComplex c = PyComplex.of(z);
    return Math.atan2(c.imag(), c.real());
  }

  @PyFunction(
      sig = "(z, /)",
      doc = "Polar coordinates of z: its distance from 0 and its phase angle.")
  static PyObject polar(PyObject z) {
    PyComplex c = PyComplex.of(z);
    double r = Math.hypot(c.real(), c.imag());
    if (Double.isInfinite(r) && Double.isFinite(c.real()) && Double.isFinite(c.imag())) {
      throw ComplexFunctions.range();
    }
    return Py.tuple(Py.float_(r), Py.float_(Math.atan2(c.imag(), c.real())));
  }

  @PyFunction(sig = "(r, phi, /)", doc = "The complex number with these polar coordinates.")
  static PyObject rect(double r, double phi) {
    return ComplexFunctions.rect(r, phi);
  }

  @PyFunction(sig = "(z, /)", doc = "Whether both parts of z are finite.")
  static boolean isfinite(PyObject z) {
    PyComplex c = PyComplex.of(z);
    return Double.isFinite(c.real()) && Double.isFinite(c.imag());
  }

  @PyFunction(sig = "(z, /)", doc = "Whether a part of z is infinite.")
  static boolean isinf(PyObject z) {
    PyComplex c = PyComplex.of(z);
    return Double.isInfinite(c.real()) || Double.isInfinite(c.imag());
  }

  @PyFunction(sig = "(z, /)", doc = "Whether a part of z is a NaN.")
  static boolean isnan(PyObject z) {
    PyComplex c = PyComplex.of(z);
    return Double.isNaN(c.real()) || Double.isNaN(c.imag());
  }

  private static double abs(PyComplex c) {
    return Math.hypot(c.real(), c.imag());
  }

  @PyFunction(
      sig = "(a, b, *, rel_tol=1e-09, abs_tol=0.0)",
      doc = "Whether a and b differ by no more than one of the tolerances.")
  static boolean isclose(PyObject a, PyObject b, double relTol, double absTol) {
    PyComplex x = PyComplex.of(a);
    PyComplex y = PyComplex.of(b);
    if (relTol < 0 || absTol < 0) {
      throw Errors.valueError("tolerances must be non-negative");
    }
    if (x.real() == y.real() && x.imag() == y.imag()) {
      return true;
    }
    if (isinf(x) || isinf(y)) {
      return false;
    }
    double diff = abs(new PyComplex(x.real() - y.real(), x.imag() - y.imag()));
    return diff <= relTol * abs(y) || diff <= relTol * abs(x) || diff <= absTol;
  }
}
