package org.plait.runtime.text;

import java.math.BigInteger;

/**
 * A parsed format specification ({@code [[fill]align][sign][z][#][0][width][grouping][.precision]
 * [type]}) and its application to str, int, float and complex. Errors are {@link TextException}s
 * with CPython's messages.
 */
public final class FormatSpec {
  /** What a spec without a type formats. */
  public enum Target {
    STR("str", '<', 's'),
    INT("int", '>', 'd'),
    FLOAT("float", '>', '\0'),
    COMPLEX("complex", '>', '\0');

    final String typeName;
    final char align;
    final char type;

    Target(String typeName, char align, char type) {
      this.typeName = typeName;
      this.align = align;
      this.type = type;
    }
  }

  /**
   * How the "n" type writes numbers.
   *
   * @param decimalPoint between integer and fraction
   * @param thousandsSep between groups
   * @param grouping group sizes from the right; the last one repeats, 127 ends grouping; empty for
   *     none
   */
  public record NumberLocale(String decimalPoint, String thousandsSep, byte[] grouping) {
    /** The C locale. */
    public static final NumberLocale C = new NumberLocale(".", "", new byte[0]);

    static final NumberLocale COMMA = new NumberLocale(".", ",", new byte[] {3});
    static final NumberLocale UNDERSCORE = new NumberLocale(".", "_", new byte[] {3});
    static final NumberLocale UNDERSCORE_4 = new NumberLocale(".", "_", new byte[] {4});
  }

  private final String typeName;
  private int fill = ' ';
  private char align;
  private boolean alternate;
  private boolean noNegZero;
  private char sign;
  private long width = -1;
  private char thousands;
  private char fracThousands;
  private long precision = -1;
  private int type;
  private NumberLocale locale = NumberLocale.C;
  private int pos; // of the parser

  private FormatSpec(String typeName, char align, int type) {
    this.typeName = typeName;
    this.align = align;
    this.type = type;
  }

  /**
   * Parses a spec.
   *
   * @param typeName the Python type's name, for messages
   * @throws TextException ValueError
   */
  public static FormatSpec parse(String spec, Target target, String typeName) {
    int slot = spec.hashCode() * 4 + target.ordinal() & KNOWN.length - 1;
    Known known = KNOWN[slot];
    if (known != null
        && known.target == target
        && known.typeName.equals(typeName)
        && known.text.equals(spec)) {
      return known.spec;
    }
    FormatSpec f = new FormatSpec(typeName, target.align, target.type);
    f.parse(spec, target.align);
    if (f.type != 'n' && spec.length() <= Known.MAX_LENGTH) {
      KNOWN[slot] = new Known(spec, target, typeName, f);
    }
    return f;
  }

  /** A spec that was parsed, which nobody changes any more: all but "n", which has a locale. */
  private record Known(String text, Target target, String typeName, FormatSpec spec) {
    static final int MAX_LENGTH = 32;
  }

  /** Filled racily: whoever comes last wins. */
  private static final Known[] KNOWN = new Known[256];

  /** Parses a spec; messages name the built-in type. */
  public static FormatSpec parse(String spec, Target target) {
    return parse(spec, target, target.typeName);
  }

  /** The presentation type given or implied; 0 for a float's default. */
  public int type() {
    return type;
  }

  /** Whether the type is one of those that {@code int} formats by way of {@code float}. */
  public boolean isFloatType() {
    return type < 128 && "eEfFgG%".indexOf(type) >= 0;
  }

  /** Sets the locale for the "n" type. */
  public FormatSpec withLocale(NumberLocale numberLocale) {
    locale = numberLocale;
    return this;
  }

  private static boolean isAlign(int c) {
    return c == '<' || c == '>' || c == '=' || c == '^';
  }

  private void parse(String text, char defaultAlign) {
    int[] s = text.codePoints().toArray();
    int end = s.length;
    boolean fillGiven = false;
    boolean alignGiven = false;
    if (end >= 2 && isAlign(s[1])) {
      align = (char) s[1];
      fill = s[0];
      fillGiven = true;
      alignGiven = true;
      pos = 2;
    } else if (end >= 1 && isAlign(s[0])) {
      align = (char) s[0];
      alignGiven = true;
      pos = 1;
    }
    if (pos < end && (s[pos] == ' ' || s[pos] == '+' || s[pos] == '-')) {
      sign = (char) s[pos++];
    }
    if (pos < end && s[pos] == 'z') {
      noNegZero = true;
      pos++;
    }
    if (pos < end && s[pos] == '#') {
      alternate = true;
      pos++;
    }
    if (!fillGiven && pos < end && s[pos] == '0') {
      fill = '0';
      if (!alignGiven && defaultAlign == '>') {
        align = '=';
      }
      pos++;
    }
    width = integer(s);
    thousands = grouping(s);
    if (pos < end && s[pos] == '.') {
      pos++;
      precision = integer(s);
      fracThousands = grouping(s);
      if (precision < 0 && fracThousands == 0) {
        throw TextException.value("Format specifier missing precision");
      }
    }
    if (end - pos > 1) {
      throw TextException.value(
          "Invalid format specifier '" + text + "' for object of type '" + typeName + "'");
    }
    if (pos < end) {
      type = s[pos];
    }
    checkGrouping();
  }

  private long integer(int[] s) {
    long v = 0;
    int start = pos;
    while (pos < s.length) {
      int d = UnicodeInfo.decimal(s[pos]);
      if (d < 0) {
        break;
      }
      if (v > (Long.MAX_VALUE - d) / 10) {
        throw TextException.value("Too many decimal digits in format string");
      }
      v = v * 10 + d;
      pos++;
    }
    return pos == start ? -1 : v;
  }

  private char grouping(int[] s) {
    char g = 0;
    if (pos < s.length && s[pos] == ',') {
      g = ',';
      pos++;
    }
    if (pos < s.length && s[pos] == '_') {
      if (g != 0) {
        throw bothSeparators();
      }
      g = '_';
      pos++;
    }
    if (g == '_' && pos < s.length && s[pos] == ',') {
      throw bothSeparators();
    }
    return g;
  }

  private static TextException bothSeparators() {
    return TextException.value("Cannot specify both ',' and '_'.");
  }

  private void checkGrouping() {
    if (thousands != 0) {
      switch (type) {
        case 'd', 'e', 'f', 'g', 'E', 'G', '%', 'F', 0 -> {}
        case 'b', 'o', 'x', 'X' -> {
          if (thousands != '_') {
            throw badSeparator(thousands);
          }
          thousands = '4';
        }
        default -> throw badSeparator(thousands);
      }
    }
    if (fracThousands != 0 && type == 'n') {
      throw badSeparator(fracThousands);
    }
  }

  private TextException badSeparator(char separator) {
    String t =
        type > 32 && type < 128 ? String.valueOf((char) type) : "\\x" + Integer.toHexString(type);
    return TextException.value("Cannot specify '" + separator + "' with '" + t + "'.");
  }

  /** The error for a type that the object doesn't know. */
  public TextException unknownType() {
    String t =
        type > 32 && type < 128 ? String.valueOf((char) type) : "\\x" + Integer.toHexString(type);
    return TextException.value(
        "Unknown format code '" + t + "' for object of type '" + typeName + "'");
  }

  // ---- str

  /** {@code format(s, spec)} of a str. */
  public CodePointSource format(CodePointSource s) {
    if (type != 's') {
      throw unknownType();
    }
    if (sign != 0) {
      throw TextException.value(
          (sign == ' ' ? "Space" : "Sign") + " not allowed in string format specifier");
    }
    if (noNegZero) {
      throw TextException.value(
          "Negative zero coercion (z) not allowed in string format specifier");
    }
    if (alternate) {
      throw TextException.value("Alternate form (#) not allowed in string format specifier");
    }
    if (align == '=') {
      throw TextException.value("'=' alignment not allowed in string format specifier");
    }
    int n = s.length();
    int keep = precision >= 0 && precision < n ? (int) precision : n;
    if (width <= keep) {
      return keep == n ? s : s.sub(0, keep);
    }
    int pad = checkedSize(width) - keep;
    int left = leftPad(pad);
    CodePointBuilder out = new CodePointBuilder((int) width);
    out.appendRepeated(fill, left);
    out.append(s, 0, keep);
    out.appendRepeated(fill, pad - left);
    return out.toSource();
  }

  /** {@code format(s, spec)} of a str without characters above U+FFFF and with such a spec. */
  public String format(String s) {
    return format(CodePointSource.of(s)).toString();
  }

  private static int checkedSize(long n) {
    if (n > Integer.MAX_VALUE - 64) {
      throw new TextException(TextException.Kind.MEMORY, "");
    }
    return (int) n;
  }

  private int leftPad(int pad) {
    return align == '>' ? pad : align == '^' ? pad / 2 : 0;
  }

  // ---- int

  /** {@code format(i, spec)} of an int; {@link #isFloatType} specs go to the double overload. */
  public String format(long i) {
    if (width == -1 && sign == 0 && thousands == 0 && type == 'd' && precision < 0 && !noNegZero) {
      return Long.toString(i);
    }
    checkInt();
    if (type == 'c') {
      return formatChar(i);
    }
    return formatDigits(IntText.digits(i, base()), i < 0);
  }

  /**
   * {@code format(i, spec)} of an int.
   *
   * @param maxDigits the limit of {@code sys.set_int_max_str_digits}; 0 for none
   */
  public String format(BigInteger i, int maxDigits) {
    checkInt();
    if (type == 'c') {
      if (i.bitLength() > 63) {
        throw TextException.overflow("Python int too large to convert to C long");
      }
      return formatChar(i.longValue());
    }
    if (base() == 10) {
      return formatDigits(IntText.toDecimal(i.abs(), maxDigits), i.signum() < 0);
    }
    return formatDigits(IntText.digits(i, base()), i.signum() < 0);
  }

  private void checkInt() {
    switch (type) {
      case 'b', 'c', 'd', 'o', 'x', 'X', 'n' -> {}
      default -> throw unknownType();
    }
    if (precision >= 0) {
      throw TextException.value("Precision not allowed in integer format specifier");
    }
    if (noNegZero) {
      throw TextException.value(
          "Negative zero coercion (z) not allowed in integer format specifier");
    }
    if (type == 'c') {
      if (sign != 0) {
        throw TextException.value("Sign not allowed with integer format specifier 'c'");
      }
      if (alternate) {
        throw TextException.value(
            "Alternate form (#) not allowed with integer format specifier 'c'");
      }
    }
  }

  private int base() {
    return switch (type) {
      case 'b' -> 2;
      case 'o' -> 8;
      case 'x', 'X' -> 16;
      default -> 10;
    };
  }

  private String formatChar(long i) {
    if (i < 0 || i > 0x10ffff) {
      throw TextException.overflow("%c arg not in range(0x110000)");
    }
    return number('\0', "", "", Character.toString((int) i), 1, NumberLocale.C);
  }

  private String formatDigits(String digits, boolean negative) {
    String d = digits;
    String prefix = alternate ? IntText.prefix(base()) : "";
    if (type == 'X') {
      d = upper(d);
      prefix = upper(prefix);
    }
    return number(signChar(negative), prefix, d, "", 0, localeFor());
  }

  private static String upper(String s) {
    return s.toUpperCase(java.util.Locale.ROOT);
  }

  private NumberLocale localeFor() {
    if (type == 'n') {
      return locale;
    }
    return switch (thousands) {
      case ',' -> NumberLocale.COMMA;
      case '_' -> NumberLocale.UNDERSCORE;
      case '4' -> NumberLocale.UNDERSCORE_4;
      default -> NumberLocale.C;
    };
  }

  private char signChar(boolean negative) {
    return negative ? '-' : sign == '+' ? '+' : sign == ' ' ? ' ' : '\0';
  }

  /** Puts the parts of a number together: padding, sign, prefix, grouped digits, the rest. */
  private String number(
      char signChar, String prefix, String digits, String rest, int restLength, NumberLocale loc) {
    int fixed = (signChar == 0 ? 0 : 1) + prefix.length() + restLength;
    long min = fill == '0' && align == '=' ? width - fixed : 0;
    String grouped = digits.isEmpty() ? "" : group(digits, checkedSize(Math.max(min, 0)), loc);
    int pad = checkedSize(Math.max(0, width - fixed - grouped.codePointCount(0, grouped.length())));
    StringBuilder out = new StringBuilder(fixed + grouped.length() + pad);
    int left = leftPad(pad);
    repeat(out, left);
    if (signChar != 0) {
      out.append(signChar);
    }
    out.append(prefix);
    if (align == '=') {
      repeat(out, pad);
      left = pad;
    }
    out.append(grouped).append(rest);
    repeat(out, pad - left);
    return out.toString();
  }

  private void repeat(StringBuilder out, int n) {
    for (int i = 0; i < n; i++) {
      out.appendCodePoint(fill);
    }
  }

  /** Separates groups of digits from the right, after zeros up to a total width of {@code min}. */
  private static String group(String digits, int min, NumberLocale loc) {
    byte[] grouping = loc.grouping;
    int remaining = digits.length();
    int minWidth = min;
    if (grouping.length == 0) {
      return minWidth <= remaining ? digits : "0".repeat(minWidth - remaining) + digits;
    }
    StringBuilder reversed = new StringBuilder(remaining * 4 / 3 + 4);
    String sep = new StringBuilder(loc.thousandsSep).reverse().toString();
    int sepLength = loc.thousandsSep.codePointCount(0, loc.thousandsSep.length());
    boolean first = true;
    int g = 0;
    while (true) {
      int size = grouping[Math.min(g++, grouping.length - 1)];
      boolean last = size <= 0 || size == Byte.MAX_VALUE;
      int want = Math.max(Math.max(remaining, minWidth), 1);
      int len = last ? want : Math.min(size, want);
      if (!first) {
        reversed.append(sep);
      }
      first = false;
      int chars = Math.max(0, Math.min(remaining, len));
      for (int k = 0; k < chars; k++) {
        reversed.append(digits.charAt(--remaining));
      }
      for (int k = chars; k < len; k++) {
        reversed.append('0');
      }
      minWidth -= len;
      if (last || (remaining <= 0 && minWidth <= 0)) {
        return reversed.reverse().toString();
      }
      minWidth -= sepLength;
    }
  }

  // ---- float

  /** {@code format(x, spec)} of a float (or of an int with a float's type). */
  public String format(double x) {
    switch (type) {
      case 0, 'e', 'E', 'f', 'F', 'g', 'G', 'n', '%' -> {}
      default -> throw unknownType();
    }
    if (precision > Integer.MAX_VALUE - 64) {
      throw TextException.value("precision too big");
    }
    int prec = (int) precision;
    char code = (char) type;
    double v = x;
    if (type == 'f' && !alternate && !noNegZero && width == -1 && sign == 0 && fracThousands == 0) {
      return FloatText.fixed(x, prec < 0 ? 6 : prec, thousands);
    }
    if (type == 0) {
      code = prec < 0 ? 'r' : 'g';
    } else if (type == 'n') {
      code = 'g';
    } else if (type == '%') {
      code = 'f';
      v = x * 100;
    }
    if (prec < 0) {
      prec = 6;
    }
    String s = FloatText.format(v, code, prec, false, alternate, type == 0, noNegZero);
    if (type == '%') {
      s += "%";
    }
    if (width == -1 && sign == 0 && type != 'n' && thousands == 0 && fracThousands == 0) {
      return s;
    }
    return numberText(s);
  }

  private String numberText(String s) {
    boolean negative = s.charAt(0) == '-';
    int i = negative ? 1 : 0;
    int start = i;
    while (i < s.length() && s.charAt(i) >= '0' && s.charAt(i) <= '9') {
      i++;
    }
    NumberLocale loc = localeFor();
    String rest = rest(s, i, loc);
    return number(
        signChar(negative),
        "",
        s.substring(start, i),
        rest,
        rest.codePointCount(0, rest.length()),
        loc);
  }

  /** What follows the integer digits, with the locale's point and grouped fraction digits. */
  private String rest(String s, int at, NumberLocale loc) {
    if (at == s.length() || s.charAt(at) != '.') {
      return s.substring(at);
    }
    int end = at + 1;
    while (end < s.length() && s.charAt(end) >= '0' && s.charAt(end) <= '9') {
      end++;
    }
    StringBuilder out = new StringBuilder(loc.decimalPoint);
    for (int k = at + 1; k < end; k++) {
      if (fracThousands != 0 && k > at + 1 && (k - at - 1) % 3 == 0) {
        out.append(fracThousands);
      }
      out.append(s.charAt(k));
    }
    return out.append(s, end, s.length()).toString();
  }

  // ---- complex

  /** {@code format(complex(re, im), spec)}. */
  public String format(double re, double im) {
    switch (type) {
      case 0, 'e', 'E', 'f', 'F', 'g', 'G', 'n' -> {}
      default -> throw unknownType();
    }
    if (precision > Integer.MAX_VALUE - 64) {
      throw TextException.value("precision too big");
    }
    if (fill == '0') {
      throw TextException.value("Zero padding is not allowed in complex format specifier");
    }
    if (align == '=') {
      throw TextException.value("'=' alignment flag is not allowed in complex format specifier");
    }
    int prec = (int) precision;
    char code = (char) type;
    boolean skipRe = false;
    boolean parens = false;
    if (type == 0) {
      code = prec < 0 ? 'r' : 'g';
      skipRe = re == 0 && Math.copySign(1.0, re) > 0;
      parens = !skipRe;
    } else if (type == 'n') {
      code = 'g';
    }
    if (prec < 0) {
      prec = 6;
    }
    StringBuilder body = new StringBuilder();
    if (parens) {
      body.append('(');
    }
    if (!skipRe) {
      appendPart(body, FloatText.format(re, code, prec, false, alternate, false, noNegZero), sign);
    }
    appendPart(
        body,
        FloatText.format(im, code, prec, false, alternate, false, noNegZero),
        skipRe ? sign : '+');
    body.append(parens ? "j)" : "j");
    int pad = checkedSize(Math.max(0, width - body.codePointCount(0, body.length())));
    StringBuilder out = new StringBuilder(body.length() + pad);
    int left = leftPad(pad);
    repeat(out, left);
    out.append(body);
    repeat(out, pad - left);
    return out.toString();
  }

  /** Appends one part of a complex number, grouped but not padded. */
  private void appendPart(StringBuilder out, String s, char signMode) {
    boolean negative = s.charAt(0) == '-';
    if (negative || signMode == '+' || signMode == ' ') {
      out.append(negative ? '-' : signMode);
    }
    int start = negative ? 1 : 0;
    int i = start;
    while (i < s.length() && s.charAt(i) >= '0' && s.charAt(i) <= '9') {
      i++;
    }
    NumberLocale loc = localeFor();
    if (i > start) {
      out.append(group(s.substring(start, i), 0, loc));
    }
    out.append(rest(s, i, loc));
  }
}
