package org.plait.modules.math;

import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.types.PyComplex;

/**
 * Elementary functions of complex numbers, with branch cuts and special values as C99's Annex G has
 * them. After Kahan, "Branch cuts for complex elementary functions".
 */
public final class ComplexFunctions {
  private ComplexFunctions() {}

  private static final double LARGE = Double.MAX_VALUE / 4;
  private static final double SQRT_LARGE = Math.sqrt(LARGE);
  private static final double LOG_LARGE = Math.log(LARGE);
  private static final double SQRT_MIN = Math.sqrt(Double.MIN_NORMAL);
  private static final double LN2 = 0.6931471805599453094;
  private static final double LN10 = 2.302585092994045684;
  private static final double INF = Double.POSITIVE_INFINITY;

  // Results where a part is infinite or a NaN: a row for each kind of real part (-inf, negative,
  // -0, 0, positive, inf, NaN), in it two letters for each kind of imaginary part. i infinity, n
  // NaN,
  // z 0, o 1, p pi, h pi/2, q pi/4, t 3pi/4, capitals negative; ! is a ValueError.
  private static final String ACOS =
      "tipipipIpItIni hi--------hInn hi--------hIhn hi--------hIhn hi--------hInn qizizizIzIqIni"
          + " ninnnnnnnnnInn";
  private static final String ACOSH =
      "iTiPiPipipitin iH--------ihnn iH--------ihnh iH--------ihnh iH--------ihnn iQiZiZiziziqin"
          + " innnnnnnnninnn";
  private static final String ASINH =
      "IQIZIZIzIzIqIn IH--------Ihnn IH--------Ihnn iH--------ihnn iH--------ihnn iQiZiZiziziqin"
          + " innnnZnznninnn";
  private static final String ATANH =
      "ZHZHZHZhZhZhZn ZH--------Zhnn ZH--------ZhZn zH--------zhzn zH--------zhnn zHzHzHzhzhzhzn"
          + " zHnnnnnnnnzhnn";
  private static final String COSH =
      "!!--iziZ--!!in !!--------!!nn !!--------!!nz !!--------!!nz !!--------!!nn !!--iZiz--!!in"
          + " nnnnnznznnnnnn";
  private static final String EXP =
      "zz--zZzz--zzzz !!--------!!nn !!--------!!nn !!--------!!nn !!--------!!nn !!--iZiz--!!in"
          + " nnnnnZnznnnnnn";
  private static final String LOG =
      "iTiPiPipipitin iH--------ihnn iH--------ihnn iH--------ihnn iH--------ihnn iQiZiZiziziqin"
          + " innnnnnnnninnn";
  private static final String SINH =
      "!!--IZIz--!!in !!--------!!nn !!--------!!zn !!--------!!zn !!--------!!nn !!--iZiz--!!in"
          + " nnnnnZnznnnnnn";
  private static final String SQRT =
      "iIzIzIziziiini iI--------iinn iI--------iinn iI--------iinn iI--------iinn iIiZiZiziziiin"
          + " iInnnnnnnniinn";
  private static final String TANH =
      "Oz--OZOz--OzOz !!--------!!nn !!--------!!Zn !!--------!!zn !!--------!!nn oz--oZoz--ozoz"
          + " nnnnnZnznnnnnn";
  private static final String RECT =
      "!!--IzIZ--!!in !!--------!!nn zz--------zzzz zz--------zzzz !!--------!!nn !!--iZiz--!!in"
          + " nnnnnznznnnnnn";

  private static int kind(double x) {
    if (Double.isNaN(x)) {
      return 6;
    }
    if (Double.isInfinite(x)) {
      return x < 0 ? 0 : 5;
    }
    if (x == 0) {
      return Math.copySign(1.0, x) < 0 ? 2 : 3;
    }
    return x < 0 ? 1 : 4;
  }

  private static double decode(char c) {
    double v =
        switch (Character.toLowerCase(c)) {
          case 'i' -> INF;
          case 'z' -> 0.0;
          case 'o' -> 1.0;
          case 'p' -> Math.PI;
          case 'h' -> Math.PI / 2;
          case 'q' -> Math.PI / 4;
          case 't' -> 3 * (Math.PI / 4);
          case '!' -> throw domain();
          default -> Double.NaN;
        };
    return Character.isUpperCase(c) ? -v : v;
  }

  private static PyComplex special(String table, double x, double y) {
    int at = kind(x) * 15 + 2 * kind(y);
    return z(decode(table.charAt(at)), decode(table.charAt(at + 1)));
  }

  private static boolean finite(double x, double y) {
    return Double.isFinite(x) && Double.isFinite(y);
  }

  private static PyComplex z(double x, double y) {
    return new PyComplex(x, y);
  }

  public static RuntimeException domain() {
    return Errors.valueError("math domain error");
  }

  public static RuntimeException range() {
    return Errors.overflowError("math range error");
  }

  private static PyComplex noOverflow(double x, double y) {
    if (Double.isInfinite(x) || Double.isInfinite(y)) {
      throw range();
    }
    return z(x, y);
  }

  // ---- square root and logarithm

  public static PyComplex sqrt(double x, double y) {
    if (!finite(x, y)) {
      return special(SQRT, x, y);
    }
    if (x == 0 && y == 0) {
      return z(0.0, y);
    }
    double ax = Math.abs(x);
    double ay = Math.abs(y);
    double s;
    if (ax < Double.MIN_NORMAL && ay < Double.MIN_NORMAL) {
      // Subnormals have few bits: scale them up.
      ax = Math.scalb(ax, 53);
      s = Math.scalb(Math.sqrt(ax + Math.hypot(ax, Math.scalb(ay, 53))), -27);
    } else {
      ax /= 8;
      s = 2 * Math.sqrt(ax + Math.hypot(ax, ay / 8));
    }
    double d = ay / (2 * s);
    return x >= 0 ? z(s, Math.copySign(d, y)) : z(d, Math.copySign(s, y));
  }

  public static PyComplex log(double x, double y) {
    if (!finite(x, y)) {
      return special(LOG, x, y);
    }
    double ax = Math.abs(x);
    double ay = Math.abs(y);
    double re;
    if (ax > LARGE || ay > LARGE) {
      re = Math.log(Math.hypot(ax / 2, ay / 2)) + LN2;
    } else if (ax < Double.MIN_NORMAL && ay < Double.MIN_NORMAL) {
      if (ax == 0 && ay == 0) {
        throw domain();
      }
      re = Math.log(Math.hypot(Math.scalb(ax, 53), Math.scalb(ay, 53))) - 53 * LN2;
    } else {
      double h = Math.hypot(ax, ay);
      if (0.71 <= h && h <= 1.73) {
        double more = Math.max(ax, ay);
        double less = Math.min(ax, ay);
        re = Math.log1p((more - 1) * (more + 1) + less * less) / 2;
      } else {
        re = Math.log(h);
      }
    }
    return z(re, Math.atan2(y, x));
  }

  public static PyComplex log10(double x, double y) {
    PyComplex r = log(x, y);
    return z(r.real() / LN10, r.imag() / LN10);
  }

  public static PyComplex exp(double x, double y) {
    if (!finite(x, y)) {
      if (Double.isInfinite(x) && Double.isFinite(y) && y != 0) {
        double size = x > 0 ? INF : 0.0;
        return z(Math.copySign(size, Math.cos(y)), Math.copySign(size, Math.sin(y)));
      }
      return special(EXP, x, y);
    }
    if (x > LOG_LARGE) {
      double l = Math.exp(x - 1);
      return noOverflow(l * Math.cos(y) * Math.E, l * Math.sin(y) * Math.E);
    }
    double l = Math.exp(x);
    return noOverflow(l * Math.cos(y), l * Math.sin(y));
  }

  // ---- hyperbolic functions

  public static PyComplex cosh(double x, double y) {
    if (!finite(x, y)) {
      if (Double.isInfinite(x) && Double.isFinite(y) && y != 0) {
        double im = Math.copySign(INF, Math.sin(y));
        return z(Math.copySign(INF, Math.cos(y)), x > 0 ? im : -im);
      }
      return special(COSH, x, y);
    }
    if (Math.abs(x) > LOG_LARGE) {
      double less = x - Math.copySign(1.0, x);
      return noOverflow(
          Math.cos(y) * Math.cosh(less) * Math.E, Math.sin(y) * Math.sinh(less) * Math.E);
    }
    return noOverflow(Math.cos(y) * Math.cosh(x), Math.sin(y) * Math.sinh(x));
  }

  public static PyComplex sinh(double x, double y) {
    if (!finite(x, y)) {
      if (Double.isInfinite(x) && Double.isFinite(y) && y != 0) {
        double re = Math.copySign(INF, Math.cos(y));
        return z(x > 0 ? re : -re, Math.copySign(INF, Math.sin(y)));
      }
      return special(SINH, x, y);
    }
    if (Math.abs(x) > LOG_LARGE) {
      double less = x - Math.copySign(1.0, x);
      return noOverflow(
          Math.cos(y) * Math.sinh(less) * Math.E, Math.sin(y) * Math.cosh(less) * Math.E);
    }
    return noOverflow(Math.cos(y) * Math.sinh(x), Math.sin(y) * Math.cosh(x));
  }

  public static PyComplex tanh(double x, double y) {
    if (!finite(x, y)) {
      if (Double.isInfinite(x) && Double.isFinite(y) && y != 0) {
        return z(Math.copySign(1.0, x), Math.copySign(0.0, 2.0 * Math.sin(y) * Math.cos(y)));
      }
      return special(TANH, x, y);
    }
    if (Math.abs(x) > LOG_LARGE) {
      return z(
          Math.copySign(1.0, x), 4.0 * Math.sin(y) * Math.cos(y) * Math.exp(-2.0 * Math.abs(x)));
    }
    double tx = Math.tanh(x);
    double ty = Math.tan(y);
    double cx = 1 / Math.cosh(x);
    double txty = tx * ty;
    double den = 1 + txty * txty;
    return z(tx * (1 + ty * ty) / den, ty / den * cx * cx);
  }

  // ---- inverse functions

  private static double logOfLarge(double x, double y) {
    return Math.log(Math.hypot(x / 2, y / 2)) + LN2 * 2;
  }

  private static boolean large(double x, double y) {
    return Math.abs(x) > LARGE || Math.abs(y) > LARGE;
  }

  public static PyComplex acos(double x, double y) {
    if (!finite(x, y)) {
      return special(ACOS, x, y);
    }
    if (large(x, y)) {
      double l = logOfLarge(x, y);
      return z(Math.atan2(Math.abs(y), x), x < 0 ? -Math.copySign(l, y) : Math.copySign(l, -y));
    }
    PyComplex a = sqrt(1 - x, -y);
    PyComplex b = sqrt(1 + x, y);
    return z(
        2 * Math.atan2(a.real(), b.real()),
        SpecialFunctions.asinh(b.real() * a.imag() - b.imag() * a.real()));
  }

  public static PyComplex acosh(double x, double y) {
    if (!finite(x, y)) {
      return special(ACOSH, x, y);
    }
    if (large(x, y)) {
      return z(logOfLarge(x, y), Math.atan2(y, x));
    }
    PyComplex a = sqrt(x - 1, y);
    PyComplex b = sqrt(x + 1, y);
    return z(
        SpecialFunctions.asinh(a.real() * b.real() + a.imag() * b.imag()),
        2 * Math.atan2(a.imag(), b.real()));
  }

  public static PyComplex asinh(double x, double y) {
    if (!finite(x, y)) {
      return special(ASINH, x, y);
    }
    if (large(x, y)) {
      double l = logOfLarge(x, y);
      return z(y >= 0 ? Math.copySign(l, x) : -Math.copySign(l, -x), Math.atan2(y, Math.abs(x)));
    }
    PyComplex a = sqrt(1 + y, -x);
    PyComplex b = sqrt(1 - y, x);
    return z(
        SpecialFunctions.asinh(a.real() * b.imag() - b.real() * a.imag()),
        Math.atan2(y, a.real() * b.real() - a.imag() * b.imag()));
  }

  public static PyComplex atanh(double x, double y) {
    if (!finite(x, y)) {
      return special(ATANH, x, y);
    }
    if (x < 0 || x == 0 && Math.copySign(1.0, x) < 0) {
      PyComplex r = atanh(-x, -y);
      return z(-r.real(), -r.imag());
    }
    double ay = Math.abs(y);
    if (x > SQRT_LARGE || ay > SQRT_LARGE) {
      double h = Math.hypot(x / 2, y / 2);
      return z(x / 4 / h / h, -Math.copySign(Math.PI / 2, -y));
    }
    if (x == 1 && ay < SQRT_MIN) {
      if (ay == 0) {
        throw domain();
      }
      return z(
          -Math.log(Math.sqrt(ay) / Math.sqrt(Math.hypot(ay, 2))),
          Math.copySign(Math.atan2(2, -ay) / 2, y));
    }
    return z(
        Math.log1p(4 * x / ((1 - x) * (1 - x) + ay * ay)) / 4,
        -Math.atan2(-2 * y, (1 - x) * (1 + x) - ay * ay) / 2);
  }

  // ---- polar coordinates

  public static PyComplex rect(double r, double phi) {
    if (!finite(r, phi)) {
      if (Double.isInfinite(r) && Double.isFinite(phi) && phi != 0) {
        double re = Math.copySign(INF, Math.cos(phi));
        double im = Math.copySign(INF, Math.sin(phi));
        return r > 0 ? z(re, im) : z(-re, -im);
      }
      return special(RECT, r, phi);
    }
    // Keeps the sign of a zero angle.
    return phi == 0 ? z(r, r * phi) : z(r * Math.cos(phi), r * Math.sin(phi));
  }
}
