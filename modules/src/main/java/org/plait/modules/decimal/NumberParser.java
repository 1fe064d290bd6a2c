package org.plait.modules.decimal;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.text.UnicodeInfo;

/** Reads numbers. */
final class NumberParser {
  /** Up to so many digits BigInteger reads fast. */
  private static final int QUADRATIC = 1_000;

  /** Beyond all exponents, even after digits behind the point have been counted. */
  private static final long FAR = 5_000_000_000_000_000_000L;

  private final String text;
  private int pos;

  private NumberParser(String text) {
    this.text = text;
  }

  /**
   * Reads a number with all its digits.
   *
   * @param lenient whether white space around it and underscores anywhere are ignored
   * @return the number, whose exponent may be out of every range; or null where there is none
   */
  static @Nullable PyDecimal parse(String s, boolean lenient) {
    String ascii = ascii(s, lenient);
    return ascii == null ? null : new NumberParser(ascii).number();
  }

  /** The text with ASCII digits, or null when it holds something that no number has. */
  private static @Nullable String ascii(String s, boolean lenient) {
    int from = 0;
    int to = s.length();
    if (lenient) {
      while (from < to && UnicodeInfo.isSpace(s.charAt(from))) {
        from++;
      }
      while (to > from && UnicodeInfo.isSpace(s.charAt(to - 1))) {
        to--;
      }
    }
    boolean plain = true;
    for (int i = from; i < to && plain; i++) {
      char c = s.charAt(i);
      plain = c < 128 && c != '_';
    }
    return plain ? s.substring(from, to) : converted(s, from, to, lenient);
  }

  private static @Nullable String converted(String s, int from, int to, boolean lenient) {
    StringBuilder b = new StringBuilder(to - from);
    for (int i = from; i < to; ) {
      int c = s.codePointAt(i);
      i += Character.charCount(c);
      if (c == '_' && lenient) {
        continue;
      }
      if (c >= 128) {
        int digit = UnicodeInfo.decimal(c);
        if (digit < 0) {
          return null;
        }
        c = '0' + digit;
      }
      b.append((char) c);
    }
    return b.toString();
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private @Nullable PyDecimal number() {
    int n = text.length();
    boolean neg = false;
    if (n > 0 && (text.charAt(0) == '-' || text.charAt(0) == '+')) {
      neg = text.charAt(0) == '-';
      pos = 1;
    }
    if (pos < n && !isDigit(text.charAt(pos)) && text.charAt(pos) != '.') {
      return special(neg);
    }
    int start = pos;
    int point = -1;
    while (pos < n && (isDigit(text.charAt(pos)) || text.charAt(pos) == '.' && point < 0)) {
      if (text.charAt(pos) == '.') {
        point = pos;
      }
      pos++;
    }
    int end = pos;
    int digits = end - start - (point < 0 ? 0 : 1);
    if (digits == 0) {
      return null;
    }
    long exp = 0;
    if (pos < n) {
      if (!skip("e")) {
        return null;
      }
      Long e = exponent();
      if (e == null) {
        return null;
      }
      exp = e;
    }
    if (point >= 0) {
      exp -= end - point - 1;
    }
    exp = Math.clamp(exp, Rules.MIN_ETINY - 1, Rules.MAX_EMAX + 1);
    if (digits <= Tens.SMALL_DIGITS) {
      long c = 0;
      for (int i = start; i < end; i++) {
        if (i != point) {
          c = c * 10 + (text.charAt(i) - '0');
        }
      }
      return DecimalValue.of(neg, c, exp);
    }
    String all =
        point < 0
            ? text.substring(start, end)
            : text.substring(start, point) + text.substring(point + 1, end);
    return DecimalValue.of(neg, coefficient(all, 0, all.length()), exp);
  }

  private @Nullable Long exponent() {
    int n = text.length();
    boolean neg = false;
    if (pos < n && (text.charAt(pos) == '-' || text.charAt(pos) == '+')) {
      neg = text.charAt(pos) == '-';
      pos++;
    }
    if (pos == n) {
      return null;
    }
    long e = 0;
    for (; pos < n; pos++) {
      char c = text.charAt(pos);
      if (!isDigit(c)) {
        return null;
      }
      e = e >= FAR / 10 ? FAR : e * 10 + (c - '0');
    }
    return neg ? -e : e;
  }

  /** Skips lower-case letters, whatever their case in the text. */
  private boolean skip(String letters) {
    if (!text.regionMatches(true, pos, letters, 0, letters.length())) {
      return false;
    }
    pos += letters.length();
    return true;
  }

  private @Nullable PyDecimal special(boolean neg) {
    int n = text.length();
    if (skip("inf")) {
      return pos == n || skip("inity") && pos == n ? DecimalValue.infinity(neg) : null;
    }
    byte kind = skip("s") ? DecimalValue.SIGNALING_NAN : DecimalValue.QUIET_NAN;
    if (!skip("nan")) {
      return null;
    }
    for (int i = pos; i < n; i++) {
      if (!isDigit(text.charAt(i))) {
        return null;
      }
    }
    BigInteger payload = pos == n ? BigInteger.ZERO : coefficient(text, pos, n);
    return DecimalValue.of(neg, kind, payload, 0);
  }

  /** The value of a row of ASCII digits. */
  static BigInteger coefficient(String s, int from, int to) {
    int n = to - from;
    if (n <= QUADRATIC) {
      return new BigInteger(s.substring(from, to));
    }
    // Halves of lengths that come again, so that their powers of ten are found.
    int low = Integer.highestOneBit(n - 1);
    return Tens.shiftLeft(coefficient(s, from, to - low), low).add(coefficient(s, to - low, to));
  }
}
