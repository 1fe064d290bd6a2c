package org.plait.modules.decimal;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.text.FormatSpec.NumberLocale;

/**
 * The format specifications of libmpdec: {@code
 * [[fill]align][sign][0][width][,][.precision][type]}.
 */
final class NumberFormat {
  private static final NumberLocale COMMA = new NumberLocale(".", ",", new byte[] {3});

  /** A longer text is out of memory. */
  private static final long MOST_WIDTH = 1_000_000_000;

  /** A number that is none. */
  private static final long TOO_LARGE = -2;

  private final int[] spec;
  private int pos;
  private int fill = ' ';

  /** One of {@code < > = ^}, or z for zeros between sign and digits. */
  private char align = '>';

  private char sign = '-';
  private long width;
  private long precision = -1;
  private char type = 'g';
  private boolean comma;
  NumberLocale locale = NumberLocale.C;

  private NumberFormat(int[] spec) {
    this.spec = spec;
  }

  /** The parsed specification, or null for one that libmpdec does not know. */
  static @Nullable NumberFormat parse(String text, boolean capitals) {
    NumberFormat f = new NumberFormat(text.codePoints().toArray());
    if (capitals) {
      f.type = 'G';
    }
    return f.parse() ? f : null;
  }

  /** Whether the type is the deprecated N. */
  boolean isDeprecated() {
    return type == 'N';
  }

  boolean usesLocale() {
    return type == 'n' || type == 'N';
  }

  private int at(int i) {
    return i < spec.length ? spec[i] : -1;
  }

  private static boolean isAlign(int c) {
    return c == '<' || c == '>' || c == '=' || c == '^';
  }

  private boolean parse() {
    boolean aligned = false;
    if (isAlign(at(1))) {
      fill = spec[0];
      align = (char) spec[1];
      pos = 2;
      aligned = true;
    } else if (isAlign(at(0))) {
      align = (char) spec[0];
      pos = 1;
      aligned = true;
    }
    if (at(pos) == '+' || at(pos) == '-' || at(pos) == ' ') {
      sign = (char) spec[pos++];
    }
    if (at(pos) == '0') {
      // Zeros are an alignment, which is not given twice.
      if (aligned) {
        return false;
      }
      align = 'z';
      fill = '0';
      pos++;
    }
    if (isDigit(at(pos))) {
      width = number();
    }
    if (at(pos) == ',') {
      comma = true;
      locale = COMMA;
      pos++;
    }
    if (at(pos) == '.') {
      pos++;
      if (!isDigit(at(pos))) {
        return false;
      }
      precision = number();
    }
    if (width == TOO_LARGE || precision == TOO_LARGE) {
      return false;
    }
    return pos == spec.length || parseType();
  }

  private boolean parseType() {
    int c = spec[pos];
    if (c >= 128 || "eEfFgGn%N".indexOf(c) < 0 || pos + 1 < spec.length) {
      return false;
    }
    type = (char) c;
    return !comma || !usesLocale();
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private long number() {
    long n = 0;
    while (isDigit(at(pos))) {
      int d = spec[pos++] - '0';
      n = n > (Long.MAX_VALUE - d) / 10 ? TOO_LARGE : n < 0 ? n : n * 10 + d;
    }
    return n;
  }

  // ---- applying

  String format(PyDecimal x, Rules r) {
    if (width > Rules.MAX_PREC || precision > Rules.MAX_PREC) {
      throw Errors.valueError("format specification exceeds internal limits of _decimal");
    }
    StringBuilder body = new StringBuilder();
    boolean zeros = align == 'z';
    if (x.kind != DecimalValue.FINITE) {
      NumberText.special(body, x);
      if (type == '%') {
        body.append('%');
      }
      return zeros ? pad(signText(x), body, '>', ' ') : pad(signText(x), body, align, fill);
    }
    PyDecimal v = type == '%' ? x.withExp(x.exp + 2) : x;
    long point = Long.MIN_VALUE;
    boolean capitals = type < 'a';
    switch (type) {
      case 'g', 'G', 'n', 'N' -> {
        if (precision >= 0 && v.digits() > Math.max(precision, 1)) {
          v = rounded(v, Math.max(precision, 1), r);
        }
        long p = v.exp + v.digits();
        point = v.exp > 0 || p <= -6 ? 1 : p;
      }
      case 'e', 'E' -> {
        point = 1;
        if (precision >= 0) {
          if (v.hasZeroCoefficient()) {
            point = 1 - precision;
          } else {
            if (v.digits() > precision + 1) {
              v = rounded(v, precision + 1, r);
            }
            v = Rounding.padded(v, v.exp - (precision + 1 - v.digits()));
          }
        }
      }
      default -> {
        if (precision >= 0) {
          v = rescaled(v, -precision, r);
        }
        point = v.exp + v.digits();
        if (v.exp > 0 && v.hasZeroCoefficient()) {
          point = 1;
          v = v.withExp(0);
        }
      }
    }
    NumberText.point(body, v.digitText(), point);
    boolean exponentAlways = type == 'e' || type == 'E';
    int integerEnd = body.indexOf(".") < 0 ? body.length() : body.indexOf(".");
    NumberText.exponent(body, v.exp + v.digits() - point, capitals, exponentAlways);
    if (type == '%') {
      body.append('%');
    }
    String s = signText(x);
    group(body, integerEnd, zeros ? width - s.length() : 0);
    return pad(s, body, zeros ? '>' : align, fill);
  }

  private String signText(PyDecimal x) {
    return x.neg ? "-" : sign == '-' ? "" : String.valueOf(sign);
  }

  private static PyDecimal rounded(PyDecimal x, long digits, Rules r) {
    Rules free = new Rules(digits, Long.MIN_VALUE / 2, Long.MAX_VALUE / 2, r.rounding, false);
    return Rounding.fit(x, free, new Status());
  }

  private static PyDecimal rescaled(PyDecimal x, long exp, Rules r) {
    return x.exp >= exp
        ? Rounding.padded(x, exp)
        : Rounding.drop(x, exp - x.exp, false, r.rounding, new Status());
  }

  /**
   * Separates groups of digits, and puts zeros in front of the number.
   *
   * @param integerEnd where the digits of the integer end
   * @param least the length that the text gets by zeros
   */
  private void group(StringBuilder body, int integerEnd, long least) {
    if (least > MOST_WIDTH) {
      throw Errors.memoryError();
    }
    String rest = body.substring(integerEnd);
    String digits = body.substring(0, integerEnd);
    body.setLength(0);
    int missing = (int) Math.max(0, least - rest.length());
    body.append(grouped(digits, missing));
    if (rest.startsWith(".")) {
      body.append(locale.decimalPoint()).append(rest, 1, rest.length());
    } else {
      body.append(rest);
    }
  }

  private String grouped(String digits, int least) {
    byte[] sizes = locale.grouping();
    String separator = locale.thousandsSep();
    if (sizes.length == 0 || separator.isEmpty()) {
      return "0".repeat(Math.max(0, least - digits.length())) + digits;
    }
    // From the last digit to the first; separators are turned around, too.
    StringBuilder reversed = new StringBuilder(separator).reverse();
    String turned = reversed.toString();
    reversed.setLength(0);
    int group = 0;
    int inGroup = 0;
    int size = sizes[0];
    for (int i = digits.length() - 1; i >= 0 || reversed.length() < least; i--) {
      if (size > 0 && size != Byte.MAX_VALUE && inGroup == size) {
        reversed.append(turned);
        inGroup = 0;
        if (group + 1 < sizes.length && sizes[group + 1] != 0) {
          group++;
        }
        size = sizes[group];
      }
      reversed.append(i >= 0 ? digits.charAt(i) : '0');
      inGroup++;
    }
    return reversed.reverse().toString();
  }

  private String pad(String s, StringBuilder body, char how, int with) {
    if (width > MOST_WIDTH) {
      throw Errors.memoryError();
    }
    int have = s.length() + body.codePointCount(0, body.length());
    int missing = (int) Math.max(0, width - have);
    StringBuilder out = new StringBuilder();
    int left = how == '<' || how == '=' ? 0 : how == '^' ? missing / 2 : missing;
    int middle = how == '=' ? missing : 0;
    out.repeat(with, left).append(s).repeat(with, middle).append(body);
    return out.repeat(with, missing - left - middle).toString();
  }
}
