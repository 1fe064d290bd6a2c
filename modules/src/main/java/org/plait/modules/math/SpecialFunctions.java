package org.plait.modules.math;

/** Functions of real numbers that {@link Math} lacks. Pure; NaN in gives NaN out. */
public final class SpecialFunctions {
  private SpecialFunctions() {}

  private static final double LN2 = 6.93147180559945286227e-01;
  private static final double SMALL = 0x1p-28;
  private static final double LARGE = 0x1p28;

  // ---- logarithms and inverse hyperbolics

  private static final double LOG2_E_HIGH = 1.4426950408889634;
  private static final double LOG2_E_LOW = 2.0355273740931033e-17;
  private static final double SQRT_HALF = 0.70710678118654752440;

  /** Logarithm to base 2 of a positive finite number, exact for powers of 2. */
  public static double log2(double x) {
    int e = Math.getExponent(x);
    double m = x;
    if (e < Double.MIN_EXPONENT) {
      m = x * 0x1p54;
      e = Math.getExponent(m) - 54;
      m = Math.scalb(m, -(e + 54));
    } else {
      m = Math.scalb(x, -e);
    }
    // m in [1, 2): bring it around 1.
    if (m > 2 * SQRT_HALF) {
      m /= 2;
      e++;
    }
    if (m == 1) {
      return e;
    }
    double y = Math.log(m);
    double high = y * LOG2_E_HIGH;
    double low = Math.fma(y, LOG2_E_HIGH, -high) + y * LOG2_E_LOW;
    return e + high + low;
  }

  public static double asinh(double x) {
    double a = Math.abs(x);
    if (Double.isNaN(x) || Double.isInfinite(x) || a < SMALL) {
      return x;
    }
    double w;
    if (a > LARGE) {
      w = Math.log(a) + LN2;
    } else if (a > 2) {
      w = Math.log(2 * a + 1 / (Math.sqrt(x * x + 1) + a));
    } else {
      double t = x * x;
      w = Math.log1p(a + t / (1 + Math.sqrt(1 + t)));
    }
    return Math.copySign(w, x);
  }

  /** NaN below 1. */
  public static double acosh(double x) {
    if (x < 1 || Double.isNaN(x)) {
      return Double.NaN;
    }
    if (x >= LARGE) {
      return Math.log(x) + LN2;
    }
    if (x > 2) {
      return Math.log(2 * x - 1 / (x + Math.sqrt(x * x - 1)));
    }
    double t = x - 1;
    return Math.log1p(t + Math.sqrt(2 * t + t * t));
  }

  /** Infinite at -1 and 1, NaN beyond. */
  public static double atanh(double x) {
    double a = Math.abs(x);
    if (a < SMALL || Double.isNaN(x)) {
      return x;
    }
    if (a >= 1) {
      return a == 1 ? Math.copySign(Double.POSITIVE_INFINITY, x) : Double.NaN;
    }
    double t =
        a < 0.5 ? 0.5 * Math.log1p(2 * a + 2 * a * a / (1 - a)) : 0.5 * Math.log1p(2 * a / (1 - a));
    return Math.copySign(t, x);
  }

  // ---- gamma, by the Lanczos approximation with 13 terms and g = 6.02468...

  private static final double LANCZOS_G = 6.024680040776729583740234375;
  private static final double LANCZOS_G_MINUS_HALF = 5.524680040776729583740234375;
  private static final double LOG_PI = 1.144729885849400174143427351353058711647;

  private static final double[] LANCZOS_NUM = {
    23531376880.410759688572007674451636754734846804940,
    42919803642.649098768957899047001988850926355848959,
    35711959237.355668049440185451547166705960488635843,
    17921034426.037209699919755754458931112671403265390,
    6039542586.3520280050642916443072979210699388420708,
    1439720407.3117216736632230727949123939715485786372,
    248874557.86205415651146038641322942321632125127801,
    31426415.585400194380614231628318205362874684987640,
    2876370.6289353724412254090516208496135991145378768,
    186056.26539522349504029498971604569928220784236328,
    8071.6720023658162106380029022722506138218516325024,
    210.82427775157934587250973392071336271166969580291,
    2.5066282746310002701649081771338373386264310793408
  };

  private static final double[] LANCZOS_DEN = {
    0.0,
    39916800.0,
    120543840.0,
    150917976.0,
    105258076.0,
    45995730.0,
    13339535.0,
    2637558.0,
    357423.0,
    32670.0,
    1925.0,
    66.0,
    1.0
  };

  private static final double[] FACTORIALS = new double[23];

  static {
    double f = 1;
    for (int i = 0; i < FACTORIALS.length; i++) {
      FACTORIALS[i] = f;
      f *= i + 1;
    }
  }

  private static double lanczosSum(double x) {
    double num = 0;
    double den = 0;
    if (x < 5.0) {
      for (int i = LANCZOS_NUM.length - 1; i >= 0; i--) {
        num = num * x + LANCZOS_NUM[i];
        den = den * x + LANCZOS_DEN[i];
      }
    } else {
      for (int i = 0; i < LANCZOS_NUM.length; i++) {
        num = num / x + LANCZOS_NUM[i];
        den = den / x + LANCZOS_DEN[i];
      }
    }
    return num / den;
  }

  /** sin(pi x), exact at multiples of a half. */
  private static double sinPi(double x) {
    double y = Math.abs(x) % 2.0;
    double r =
        switch ((int) Math.round(2.0 * y)) {
          case 0 -> Math.sin(Math.PI * y);
          case 1 -> Math.cos(Math.PI * (y - 0.5));
          case 2 -> Math.sin(Math.PI * (1.0 - y));
          case 3 -> -Math.cos(Math.PI * (y - 1.5));
          default -> Math.sin(Math.PI * (y - 2.0));
        };
    return Math.copySign(1.0, x) * r;
  }

  /** The gamma function; NaN at negative integers and minus infinity, infinite at 0. */
  public static double gamma(double x) {
    if (Double.isNaN(x) || x == Double.POSITIVE_INFINITY) {
      return x;
    }
    if (x == Double.NEGATIVE_INFINITY) {
      return Double.NaN;
    }
    if (x == 0) {
      return Math.copySign(Double.POSITIVE_INFINITY, x);
    }
    if (x == Math.floor(x)) {
      if (x < 0) {
        return Double.NaN;
      }
      if (x <= FACTORIALS.length) {
        return FACTORIALS[(int) x - 1];
      }
    }
    double a = Math.abs(x);
    if (a < 1e-20) {
      return 1 / x;
    }
    if (a > 200) {
      return x < 0 ? 0.0 / sinPi(x) : Double.POSITIVE_INFINITY;
    }
    double y = a + LANCZOS_G_MINUS_HALF;
    // What rounding took from y.
    double z;
    if (a > LANCZOS_G_MINUS_HALF) {
      double q = y - a;
      z = q - LANCZOS_G_MINUS_HALF;
    } else {
      double q = y - LANCZOS_G_MINUS_HALF;
      z = q - a;
    }
    z = z * LANCZOS_G / y;
    double r;
    if (x < 0) {
      r = -Math.PI / sinPi(a) / a * Math.exp(y) / lanczosSum(a);
      r -= z * r;
      if (a < 140) {
        r /= Math.pow(y, a - 0.5);
      } else {
        double root = Math.pow(y, a / 2 - 0.25);
        r /= root;
        r /= root;
      }
    } else {
      r = lanczosSum(a) / Math.exp(y);
      r += z * r;
      if (a < 140) {
        r *= Math.pow(y, a - 0.5);
      } else {
        double root = Math.pow(y, a / 2 - 0.25);
        r *= root;
        r *= root;
      }
    }
    return r;
  }

  /** The logarithm of the gamma function's absolute value; infinite at its poles. */
  public static double lgamma(double x) {
    if (Double.isNaN(x)) {
      return x;
    }
    if (Double.isInfinite(x)) {
      return Double.POSITIVE_INFINITY;
    }
    if (x == Math.floor(x) && x <= 2) {
      return x <= 0 ? Double.POSITIVE_INFINITY : 0.0;
    }
    double a = Math.abs(x);
    if (a < 1e-20) {
      return -Math.log(a);
    }
    double r = Math.log(lanczosSum(a)) - LANCZOS_G;
    r += (a - 0.5) * (Math.log(a + LANCZOS_G - 0.5) - 1);
    return x < 0 ? LOG_PI - Math.log(Math.abs(sinPi(a))) - Math.log(a) - r : r;
  }

  // ---- error function: rational approximations on five intervals

  private static final double ERX = 8.45062911510467529297e-01;

  private static final double[] PP = {
    1.28379167095512558561e-01,
    -3.25042107247001499370e-01,
    -2.84817495755985104766e-02,
    -5.77027029648944159157e-03,
    -2.37630166566501626084e-05
  };

  private static final double[] QQ = {
    1.0,
    3.97917223959155352819e-01,
    6.50222499887672944485e-02,
    5.08130628187576562776e-03,
    1.32494738004321644526e-04,
    -3.96022827877536812320e-06
  };

  private static final double[] PA = {
    -2.36211856075265944077e-03, 4.14856118683748331666e-01, -3.72207876035701323847e-01,
    3.18346619901161753674e-01, -1.10894694282396677476e-01, 3.54783043256182359371e-02,
    -2.16637559486879084300e-03
  };

  private static final double[] QA = {
    1.0,
    1.06420880400844228286e-01,
    5.40397917702171048937e-01,
    7.18286544141962662868e-02,
    1.26171219808761642112e-01,
    1.36370839120290507362e-02,
    1.19844998467991074170e-02
  };

  private static final double[] RA = {
    -9.86494403484714822705e-03, -6.93858572707181764372e-01, -1.05586262253232909814e+01,
    -6.23753324503260060396e+01, -1.62396669462573470355e+02, -1.84605092906711035994e+02,
    -8.12874355063065934246e+01, -9.81432934416914548592e+00
  };

  private static final double[] SA = {
    1.0,
    1.96512716674392571292e+01,
    1.37657754143519042600e+02,
    4.34565877475229228821e+02,
    6.45387271733267880336e+02,
    4.29008140027567833386e+02,
    1.08635005541779435134e+02,
    6.57024977031928170135e+00,
    -6.04244152148580987438e-02
  };

  private static final double[] RB = {
    -9.86494292470009928597e-03, -7.99283237680523006574e-01, -1.77579549177547519889e+01,
    -1.60636384855821916062e+02, -6.37566443368389627722e+02, -1.02509513161107724954e+03,
    -4.83519191608651397019e+02
  };

  private static final double[] SB = {
    1.0,
    3.03380607434824582924e+01,
    3.25792512996573918826e+02,
    1.53672958608443695994e+03,
    3.19985821950859553908e+03,
    2.55305040643316442583e+03,
    4.74528541206955367215e+02,
    -2.24409524465858183362e+01
  };

  private static double polynomial(double[] c, double x) {
    double r = 0;
    for (int i = c.length - 1; i >= 0; i--) {
      r = r * x + c[i];
    }
    return r;
  }

  /** erfc(a) for 1.25 <= a < 28. */
  private static double tail(double a) {
    double s = 1 / (a * a);
    double q =
        a < 1 / 0.35
            ? polynomial(RA, s) / polynomial(SA, s)
            : polynomial(RB, s) / polynomial(SB, s);
    // a*a in two parts, the first of them exact.
    double z = Double.longBitsToDouble(Double.doubleToRawLongBits(a) & 0xffffffff00000000L);
    return Math.exp(-z * z - 0.5625) * Math.exp((z - a) * (z + a) + q) / a;
  }

  public static double erf(double x) {
    double a = Math.abs(x);
    if (Double.isNaN(x)) {
      return x;
    }
    if (a < 0.84375) {
      if (a < SMALL) {
        return x + x * PP[0];
      }
      double z = x * x;
      return x + x * (polynomial(PP, z) / polynomial(QQ, z));
    }
    double r;
    if (a < 1.25) {
      r = ERX + polynomial(PA, a - 1) / polynomial(QA, a - 1);
    } else {
      r = a >= 6 ? 1.0 : 1.0 - tail(a);
    }
    return Math.copySign(r, x);
  }

  public static double erfc(double x) {
    double a = Math.abs(x);
    if (Double.isNaN(x)) {
      return x;
    }
    if (a < 0.84375) {
      double z = x * x;
      double y = a < 0x1p-56 ? PP[0] : polynomial(PP, z) / polynomial(QQ, z);
      return x < 0.25 ? 1 - (x + x * y) : 0.5 - (x * y + (x - 0.5));
    }
    if (a < 1.25) {
      double q = polynomial(PA, a - 1) / polynomial(QA, a - 1);
      return x >= 0 ? 1 - ERX - q : 1 + (ERX + q);
    }
    if (a >= 28) {
      return x > 0 ? 0.0 : 2.0;
    }
    double t = tail(a);
    return x > 0 ? t : 2 - t;
  }
}
