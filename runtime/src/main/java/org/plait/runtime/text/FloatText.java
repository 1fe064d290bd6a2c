package org.plait.runtime.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Conversions between {@code double} and text with the results of CPython's {@code float}: shortest
 * repr, correctly rounded formats, exact parsing, hexadecimal form, ratios and decimal rounding.
 */
public final class FloatText {
  private static final double[] POW10 = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };
  private static final int NDIGITS_MAX = 323;
  private static final int NDIGITS_MIN = -308;

  private FloatText() {}

  /** A decimal: 0.DIGITS times 10 to the power {@code point}; digits without trailing zeros. */
  record Decimal(String digits, int point) {
    static final Decimal ZERO = new Decimal("0", 1);
  }

  // ---- repr and formats

  /** {@code repr(x)}. */
  public static String repr(double x) {
    double a = Math.abs(x);
    if (a >= 1e-3 && a < 1e7) {
      return Double.toString(x);
    }
    return format(x, 'r', 0, false, false, true, false);
  }

  /** The text of one part of a complex number's repr: like repr, but "1" instead of "1.0". */
  public static String complexPart(double x, boolean sign) {
    return format(x, 'r', 0, sign, false, false, false);
  }

  /**
   * Compare CPython PyOS_double_to_string.
   *
   * @param code one of e, E, f, F, g, G or r (shortest repr; the precision is ignored)
   * @param precision number of digits as the code means it, not negative
   * @param sign show "+" too
   * @param alt the "#" form: always a point, keep trailing zeros of g
   * @param addDot0 add ".0" to what looks like an integer
   * @param noNegZero a result that rounds to zero has no minus sign
   */
  public static String format(
      double x,
      char code,
      int precision,
      boolean sign,
      boolean alt,
      boolean addDot0,
      boolean noNegZero) {
    boolean upper = code == 'E' || code == 'F' || code == 'G';
    char kind = upper ? (char) (code + 32) : code;
    if (Double.isNaN(x) || Double.isInfinite(x)) {
      String s = Double.isNaN(x) ? "nan" : "inf";
      if (upper) {
        s = Double.isNaN(x) ? "NAN" : "INF";
      }
      return x < 0 ? "-" + s : sign ? "+" + s : s;
    }
    boolean negative = Double.doubleToRawLongBits(x) < 0;
    double a = Math.abs(x);
    int prec = precision;
    if (kind == 'g' && prec == 0) {
      prec = 1;
    }
    Decimal d =
        switch (kind) {
          case 'e' -> significant(a, prec + 1);
          case 'f' -> fixed(a, prec);
          case 'g' -> significant(a, prec);
          case 'r' -> shortest(a);
          default -> throw new IllegalArgumentException("float format code " + code);
        };
    if (noNegZero && d.digits.equals("0")) {
      negative = false;
    }
    int point = d.point;
    boolean exp;
    int end = d.digits.length();
    boolean zero = d.digits.equals("0");
    switch (kind) {
      case 'e' -> {
        exp = true;
        end = prec + 1;
      }
      case 'f' -> {
        exp = false;
        end = point + prec;
      }
      case 'g' -> {
        exp = point <= -4 || point > prec - (addDot0 ? 1 : 0);
        if (alt) {
          end = prec;
        }
      }
      default -> exp = point <= -4 || point > 16;
    }
    int exponent = 0;
    if (exp) {
      exponent = zero ? 0 : point - 1;
      point = 1;
    }
    int start = point <= 0 ? point - 1 : 0;
    if (!exp && addDot0) {
      end = end > point ? end : point + 1;
    } else {
      end = Math.max(end, point);
    }
    StringBuilder out = new StringBuilder(end - start + 8);
    if (negative) {
      out.append('-');
    } else if (sign) {
      out.append('+');
    }
    String digits = d.digits;
    int n = digits.length();
    // Digit k of the result is digits[k] for 0 <= k < n and zero elsewhere.
    for (int k = start; k < end; k++) {
      if (k == point) {
        out.append('.');
      }
      out.append(k >= 0 && k < n ? digits.charAt(k) : '0');
    }
    if (alt && end <= point) {
      out.append('.');
    }
    if (exp) {
      out.append(upper ? 'E' : 'e').append(exponent < 0 ? '-' : '+');
      int e = Math.abs(exponent);
      if (e < 10) {
        out.append('0');
      }
      out.append(e);
    }
    return out.toString();
  }

  /**
   * The text of the code "f", its integer digits in groups of three.
   *
   * @param precision number of digits after the point
   * @param separator of groups, or 0 for none
   */
  public static String fixed(double x, int precision, char separator) {
    double a = Math.abs(x);
    if (precision <= QUICK_PRECISION && a * POW10[precision] < 0x1p52) {
      long n = scaledRound(a, POW10[precision]);
      return quickFixed(n, Double.doubleToRawLongBits(x) < 0, precision, separator);
    }
    String s = format(x, 'f', precision, false, false, false, false);
    return separator == 0 || !Double.isFinite(x) ? s : grouped(s, separator);
  }

  private static final int QUICK_PRECISION = 15;

  /** Sixteen digits in groups, a point, as many zeros as the precision, a sign. */
  private static final int QUICK_LENGTH = 40;

  private static String quickFixed(long n, boolean negative, int precision, char separator) {
    byte[] b = new byte[QUICK_LENGTH];
    int at = b.length;
    long rest = n;
    for (int k = 0; k < precision; k++) {
      long q = rest / 10;
      b[--at] = (byte) ('0' + (rest - q * 10));
      rest = q;
    }
    if (precision > 0) {
      b[--at] = '.';
    }
    int digits = 0;
    do {
      if (separator != 0 && digits != 0 && digits % 3 == 0) {
        b[--at] = (byte) separator;
      }
      long q = rest / 10;
      b[--at] = (byte) ('0' + (rest - q * 10));
      rest = q;
      digits++;
    } while (rest != 0);
    if (negative) {
      b[--at] = '-';
    }
    return new String(b, at, b.length - at, StandardCharsets.ISO_8859_1);
  }

  /** Separates the groups of three of a finite number's integer digits. */
  private static String grouped(String s, char separator) {
    int start = s.charAt(0) == '-' ? 1 : 0;
    int point = s.indexOf('.');
    StringBuilder out = new StringBuilder(s);
    for (int i = (point < 0 ? s.length() : point) - 3; i > start; i -= 3) {
      out.insert(i, separator);
    }
    return out.toString();
  }

  /** The shortest digits that read back as {@code a} (finite, not negative). */
  static Decimal shortest(double a) {
    if (a == 0) {
      return Decimal.ZERO;
    }
    String s = Double.toString(a);
    int e = s.indexOf('E');
    int exponent = e < 0 ? 0 : Integer.parseInt(s, e + 1, s.length(), 10);
    int end = e < 0 ? s.length() : e;
    int dot = s.indexOf('.');
    String digits = s.substring(0, dot).concat(s.substring(dot + 1, end));
    int from = 0;
    int to = digits.length();
    while (digits.charAt(from) == '0') {
      from++;
    }
    while (digits.charAt(to - 1) == '0') {
      to--;
    }
    int point = dot + exponent - from;
    digits = digits.substring(from, to);
    if (digits.length() == 2 && a < 1e-320) {
      // Java prints at least two digits, and takes the nearest decimal of that length.
      int first = digits.charAt(0) - '0' + (digits.charAt(1) >= '5' ? 1 : 0);
      if (Double.parseDouble("0." + (first == 10 ? "10" : "0" + first) + "E" + (point + 1)) == a) {
        return first == 10
            ? new Decimal("1", point + 1)
            : new Decimal(String.valueOf((char) ('0' + first)), point);
      }
    }
    return new Decimal(digits, point);
  }

  /** {@code a} rounded half to even (on the exact value) to n significant digits. */
  static Decimal significant(double a, int n) {
    if (a == 0) {
      return Decimal.ZERO;
    }
    if (n <= 15 && a >= 1e-300) {
      Decimal d = shortest(a);
      if (d.digits.length() <= n) {
        return d;
      }
    }
    BigDecimal exact = new BigDecimal(a);
    return decimal(n <= 800 ? exact.round(new MathContext(n, RoundingMode.HALF_EVEN)) : exact);
  }

  /** {@code a} rounded half to even (on the exact value) to n digits after the point. */
  static Decimal fixed(double a, int n) {
    if (a == 0) {
      return Decimal.ZERO;
    }
    if (n <= 22) {
      double p = POW10[n];
      if (a * p < 0x1p52) {
        String s = Long.toString(scaledRound(a, p));
        return s.equals("0") ? new Decimal("0", -n) : strip(s, s.length() - n);
      }
    }
    BigDecimal exact = new BigDecimal(a);
    BigDecimal r = exact.scale() > n ? exact.setScale(n, RoundingMode.HALF_EVEN) : exact;
    return r.signum() == 0 ? new Decimal("0", -n) : decimal(r);
  }

  /**
   * {@code a * p} rounded half to even, exactly. The product's rounding error is found with fma; as
   * the product is below 2^52 its rounding can't cross a half, it can only land on one.
   */
  private static long scaledRound(double a, double p) {
    double y = a * p;
    double err = Math.fma(a, p, -y);
    double r = Math.rint(y);
    double diff = y - r;
    if (diff == 0.5 && err > 0) {
      r += 1;
    } else if (diff == -0.5 && err < 0) {
      r -= 1;
    }
    return (long) r;
  }

  private static Decimal decimal(BigDecimal d) {
    String s = d.unscaledValue().toString();
    return strip(s, s.length() - d.scale());
  }

  private static Decimal strip(String s, int point) {
    int to = s.length();
    while (to > 1 && s.charAt(to - 1) == '0') {
      to--;
    }
    return new Decimal(s.substring(0, to), point);
  }

  // ---- parsing

  /**
   * {@code float(s)}.
   *
   * @throws TextException ValueError "could not convert string to float: ..."
   */
  public static double parse(String s) {
    Double d = tryParse(s);
    if (d == null) {
      throw TextException.value("could not convert string to float: " + TextRepr.repr(s));
    }
    return d;
  }

  /** {@code float(s)}, or null when it is not a number. */
  public static @Nullable Double tryParse(String s) {
    String t = IntText.toAscii(s);
    int from = 0;
    int to = t.length();
    while (from < to && IntText.isAsciiSpace(t.charAt(from))) {
      from++;
    }
    while (to > from && IntText.isAsciiSpace(t.charAt(to - 1))) {
      to--;
    }
    if (from == to) {
      return null;
    }
    t = t.substring(from, to);
    if (t.indexOf('_') >= 0) {
      t = withoutUnderscores(t);
      if (t == null) {
        return null;
      }
    }
    return parseAscii(t);
  }

  /** {@code float(b)} for bytes, or null when it is not a number. */
  public static @Nullable Double tryParse(byte[] bytes, int start, int end) {
    for (int i = start; i < end; i++) {
      if (bytes[i] < 0) {
        return null;
      }
    }
    return tryParse(
        new String(bytes, start, end - start, java.nio.charset.StandardCharsets.US_ASCII));
  }

  /** Underscores may only stand between two digits; null where one doesn't. */
  private static @Nullable String withoutUnderscores(String t) {
    StringBuilder b = new StringBuilder(t.length());
    char prev = 0;
    for (int i = 0; i < t.length(); i++) {
      char c = t.charAt(i);
      if (c == '_') {
        if (!isDigit(prev)) {
          return null;
        }
      } else {
        if (prev == '_' && !isDigit(c)) {
          return null;
        }
        b.append(c);
      }
      prev = c;
    }
    return prev == '_' ? null : b.toString();
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static @Nullable Double parseAscii(String t) {
    int n = t.length();
    int i = 0;
    boolean negative = false;
    char c = t.charAt(0);
    if (c == '+' || c == '-') {
      negative = c == '-';
      i++;
    }
    int digits = i;
    while (i < n && isDigit(t.charAt(i))) {
      i++;
    }
    int count = i - digits;
    if (i < n && t.charAt(i) == '.') {
      i++;
      int frac = i;
      while (i < n && isDigit(t.charAt(i))) {
        i++;
      }
      count += i - frac;
    }
    if (count == 0) {
      return named(t, digits, negative);
    }
    if (i < n && (t.charAt(i) | 0x20) == 'e') {
      i++;
      if (i < n && (t.charAt(i) == '+' || t.charAt(i) == '-')) {
        i++;
      }
      int e = i;
      while (i < n && isDigit(t.charAt(i))) {
        i++;
      }
      if (i == e) {
        return null;
      }
    }
    return i == n ? Double.valueOf(Double.parseDouble(t)) : null;
  }

  private static @Nullable Double named(String t, int at, boolean negative) {
    String rest = t.substring(at);
    if (rest.equalsIgnoreCase("nan")) {
      // The compiler would fold -NaN to NaN.
      return negative ? Double.longBitsToDouble(0xfff8L << 48) : Double.NaN;
    }
    if (rest.equalsIgnoreCase("inf") || rest.equalsIgnoreCase("infinity")) {
      return negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return null;
  }

  // ---- hexadecimal

  /** {@code x.hex()}. */
  public static String hex(double x) {
    if (Double.isNaN(x) || Double.isInfinite(x)) {
      return repr(x);
    }
    long bits = Double.doubleToRawLongBits(x);
    String sign = bits < 0 ? "-" : "";
    long mantissa = bits & 0xfffffffffffffL;
    int e = (int) (bits >>> 52) & 0x7ff;
    if (e == 0 && mantissa == 0) {
      return sign + "0x0.0p+0";
    }
    int exponent = e == 0 ? -1022 : e - 1023;
    String m = Long.toHexString(mantissa | 1L << 52).substring(1);
    return sign
        + (e == 0 ? "0x0." : "0x1.")
        + m
        + (exponent < 0 ? "p-" : "p+")
        + Math.abs(exponent);
  }

  /**
   * {@code float.fromhex(s)}.
   *
   * @throws TextException ValueError or OverflowError with CPython's messages
   */
  public static double fromHex(String s) {
    int n = s.length();
    int i = 0;
    while (i < n && IntText.isAsciiSpace(s.charAt(i))) {
      i++;
    }
    int end = n;
    while (end > i && IntText.isAsciiSpace(s.charAt(end - 1))) {
      end--;
    }
    boolean negative = false;
    int j = i;
    if (j < end && (s.charAt(j) == '-' || s.charAt(j) == '+')) {
      negative = s.charAt(j) == '-';
      j++;
    }
    Double special = named(s.substring(0, end), j, negative);
    if (special != null) {
      return special;
    }
    if (j + 1 < end && s.charAt(j) == '0' && (s.charAt(j + 1) | 0x20) == 'x') {
      j += 2;
    }
    int start = j;
    while (j < end && hexDigit(s.charAt(j)) >= 0) {
      j++;
    }
    int intEnd = j;
    int fracStart = j;
    if (j < end && s.charAt(j) == '.') {
      j++;
      fracStart = j;
      while (j < end && hexDigit(s.charAt(j)) >= 0) {
        j++;
      }
    }
    int fracEnd = j;
    int fracDigits = fracEnd - fracStart;
    if (intEnd - start + fracDigits == 0) {
      throw badHex();
    }
    long exponent = 0;
    if (j < end && (s.charAt(j) | 0x20) == 'p') {
      j++;
      boolean expNegative = false;
      if (j < end && (s.charAt(j) == '-' || s.charAt(j) == '+')) {
        expNegative = s.charAt(j) == '-';
        j++;
      }
      if (j == end || !isDigit(s.charAt(j))) {
        throw badHex();
      }
      while (j < end && isDigit(s.charAt(j))) {
        exponent = Math.min(exponent * 10 + s.charAt(j) - '0', Long.MAX_VALUE / 64);
        j++;
      }
      if (expNegative) {
        exponent = -exponent;
      }
    }
    // As in CPython, an overflow is found before what follows the number is looked at.
    String digits = s.substring(start, intEnd) + s.substring(fracStart, fracEnd);
    double r = scaled(digits, fracDigits, exponent, negative);
    if (j != end) {
      throw badHex();
    }
    return r;
  }

  private static double scaled(String digits, int fracDigits, long exponent, boolean negative) {
    int lead = 0;
    while (lead < digits.length() && digits.charAt(lead) == '0') {
      lead++;
    }
    String d = digits.substring(lead);
    if (d.isEmpty() || exponent < Long.MIN_VALUE / 128) {
      return negative ? -0.0 : 0.0;
    }
    if (exponent > Long.MAX_VALUE / 128) {
      throw TextException.overflow("hexadecimal value too large to represent as a float");
    }
    long exp = exponent - 4L * fracDigits;
    // 64 bits carry the 53 of the result, a rounding bit and, in the last, whether more follows.
    long top = 0;
    int used = Math.min(15, d.length());
    for (int k = 0; k < used; k++) {
      top = top << 4 | hexDigit(d.charAt(k));
    }
    boolean sticky = false;
    for (int k = used; k < d.length(); k++) {
      sticky |= d.charAt(k) != '0';
    }
    exp += 4L * (d.length() - used);
    int bits = 64 - Long.numberOfLeadingZeros(top);
    long highest = exp + bits - 1;
    if (highest > 1023) {
      throw TextException.overflow("hexadecimal value too large to represent as a float");
    }
    if (highest < -1076) {
      return negative ? -0.0 : 0.0;
    }
    long lsb = Math.max(highest - 52, -1074);
    int drop = (int) (lsb - exp);
    double r;
    if (drop <= 0) {
      r = Math.scalb((double) top, (int) exp);
    } else {
      long kept = drop >= 64 ? 0 : top >>> drop;
      long half = drop > 64 ? 0 : top >>> (drop - 1) & 1;
      boolean rest = sticky || (drop > 1 && (top & ((1L << (Math.min(drop, 63) - 1)) - 1)) != 0);
      if (half != 0 && (rest || (kept & 1) != 0)) {
        kept++;
      }
      r = Math.scalb((double) kept, (int) lsb);
      if (Double.isInfinite(r)) {
        throw TextException.overflow("hexadecimal value too large to represent as a float");
      }
    }
    return negative ? -r : r;
  }

  private static int hexDigit(char c) {
    if (isDigit(c)) {
      return c - '0';
    }
    int l = c | 0x20;
    return l >= 'a' && l <= 'f' && c < 0x80 ? l - 'a' + 10 : -1;
  }

  private static TextException badHex() {
    return TextException.value("invalid hexadecimal floating-point string");
  }

  // ---- integers and rounding

  /**
   * {@code x.as_integer_ratio()}: numerator and denominator in lowest terms.
   *
   * @throws TextException for infinities (OverflowError) and NaN (ValueError)
   */
  public static BigInteger[] asIntegerRatio(double x) {
    if (Double.isInfinite(x)) {
      throw TextException.overflow("cannot convert Infinity to integer ratio");
    }
    if (Double.isNaN(x)) {
      throw TextException.value("cannot convert NaN to integer ratio");
    }
    long bits = Double.doubleToRawLongBits(x);
    int e = (int) (bits >>> 52) & 0x7ff;
    long m = bits & 0xfffffffffffffL;
    if (e != 0) {
      m |= 1L << 52;
    } else {
      e = 1;
    }
    if (m == 0) {
      return new BigInteger[] {BigInteger.ZERO, BigInteger.ONE};
    }
    int shift = Long.numberOfTrailingZeros(m);
    m >>= shift;
    int exponent = e - 1075 + shift;
    BigInteger num = BigInteger.valueOf(bits < 0 ? -m : m);
    return exponent >= 0
        ? new BigInteger[] {num.shiftLeft(exponent), BigInteger.ONE}
        : new BigInteger[] {num, BigInteger.ONE.shiftLeft(-exponent)};
  }

  /** {@code int(x)} of a finite x: rounds towards zero. */
  public static BigInteger truncate(double x) {
    if (Math.abs(x) < 0x1p63) {
      return BigInteger.valueOf((long) x);
    }
    long bits = Double.doubleToRawLongBits(x);
    int e = (int) (bits >>> 52) & 0x7ff;
    BigInteger m = BigInteger.valueOf((bits & 0xfffffffffffffL) | 1L << 52).shiftLeft(e - 1075);
    return bits < 0 ? m.negate() : m;
  }

  /**
   * {@code round(x, ndigits)} of a finite or infinite x, correctly rounded, ties to even.
   *
   * @param ndigits already clipped to an int
   * @throws TextException OverflowError "rounded value too large to represent"
   */
  public static double round(double x, int ndigits) {
    if (x == 0 || Double.isNaN(x) || Double.isInfinite(x) || ndigits > NDIGITS_MAX) {
      return x;
    }
    if (ndigits < NDIGITS_MIN) {
      return 0.0 * x;
    }
    double a = Math.abs(x);
    if (ndigits >= 0 && ndigits <= 22) {
      double p = POW10[ndigits];
      if (a * p < 0x1p52) {
        return Math.copySign((double) scaledRound(a, p) / p, x);
      }
    }
    BigDecimal exact = new BigDecimal(a);
    if (exact.scale() <= ndigits) {
      return x;
    }
    double r = exact.setScale(ndigits, RoundingMode.HALF_EVEN).doubleValue();
    if (Double.isInfinite(r)) {
      throw TextException.overflow("rounded value too large to represent");
    }
    return Math.copySign(r, x);
  }
}
