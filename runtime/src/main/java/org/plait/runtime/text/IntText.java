package org.plait.runtime.text;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conversions between integers and text with the results and messages of CPython's {@code int}. */
public final class IntText {
  /** Texts of up to this many digits are never subject to the digit limit. */
  private static final int LIMIT_THRESHOLD = 640;

  private static final int RECURSION_DIGITS = 400;
  private static final byte[] HEX =
      "0123456789abcdefghijklmnopqrstuvwxyz".getBytes(StandardCharsets.US_ASCII);

  private IntText() {}

  /** Whitespace as C's isspace in the C locale. */
  static boolean isAsciiSpace(char c) {
    return c == ' ' || (c >= 9 && c <= 13);
  }

  /**
   * Replaces digits of other scripts by ASCII digits and other whitespace by a space; anything else
   * becomes a question mark that ends the text. ASCII text comes back as it is.
   */
  static String toAscii(String s) {
    int n = s.length();
    int i = 0;
    while (i < n && s.charAt(i) < 0x80) {
      i++;
    }
    if (i == n) {
      return s;
    }
    StringBuilder b = new StringBuilder(n);
    for (i = 0; i < n; ) {
      int c = s.codePointAt(i);
      i += Character.charCount(c);
      if (c < 0x7f) {
        b.append((char) c);
      } else if (UnicodeInfo.isSpace(c)) {
        b.append(' ');
      } else {
        int d = UnicodeInfo.decimal(c);
        if (d < 0) {
          return b.append('?').toString();
        }
        b.append((char) ('0' + d));
      }
    }
    return b.toString();
  }

  /**
   * {@code int(s, base)}.
   *
   * @param base 0 (by the prefix) or 2 to 36
   * @param maxDigits the limit of {@code sys.set_int_max_str_digits}; 0 for none
   * @return a Long where it fits, else a BigInteger
   * @throws TextException ValueError with CPython's message
   */
  public static Number parse(String s, int base, int maxDigits) {
    Number r = tryParse(toAscii(s), base, maxDigits);
    if (r == null) {
      throw invalid(base, TextRepr.repr(s));
    }
    return r;
  }

  /** {@code int(b, base)} of bytes; {@link #parse(String, int, int)} otherwise. */
  public static Number parse(byte[] bytes, int base, int maxDigits) {
    Number r = tryParse(new String(bytes, StandardCharsets.ISO_8859_1), base, maxDigits);
    if (r == null) {
      throw invalid(base, TextRepr.repr(bytes));
    }
    return r;
  }

  /** The error for text that is no integer; {@code repr} is the repr of what was given. */
  public static TextException invalid(int base, String repr) {
    int end =
        Math.min(
            repr.length(),
            repr.offsetByCodePoints(0, Math.min(200, repr.codePointCount(0, repr.length()))));
    return TextException.value(
        "invalid literal for int() with base " + base + ": " + repr.substring(0, end));
  }

  /**
   * Parses ASCII text as {@code int(s, base)} does.
   *
   * @return Long, BigInteger, or null when the text is no integer
   * @throws TextException ValueError when it has more digits than the limit allows
   */
  public static @Nullable Number tryParse(String s, int base, int maxDigits) {
    if (base != 0 && (base < 2 || base > 36)) {
      throw TextException.value("int() base must be >= 2 and <= 36, or 0");
    }
    int n = s.length();
    int i = 0;
    while (i < n && isAsciiSpace(s.charAt(i))) {
      i++;
    }
    boolean negative = false;
    if (i < n && (s.charAt(i) == '+' || s.charAt(i) == '-')) {
      negative = s.charAt(i) == '-';
      i++;
    }
    int radix = base;
    boolean onlyZero = false;
    char second = i + 1 < n ? (char) (s.charAt(i + 1) | 0x20) : 0;
    boolean zero = i < n && s.charAt(i) == '0';
    if (base == 0) {
      radix = 10;
      if (zero) {
        radix = second == 'x' ? 16 : second == 'o' ? 8 : second == 'b' ? 2 : 10;
        onlyZero = radix == 10;
      }
    }
    if (zero
        && ((radix == 16 && second == 'x')
            || (radix == 8 && second == 'o')
            || (radix == 2 && second == 'b'))) {
      i += 2;
      if (i < n && s.charAt(i) == '_') {
        i++;
      }
    }
    int start = i;
    int digits = 0;
    char prev = '_';
    while (i < n) {
      char c = s.charAt(i);
      if (c == '_') {
        if (prev == '_') {
          return null;
        }
      } else if (digitValue(c) < radix) {
        digits++;
      } else {
        break;
      }
      prev = c;
      i++;
    }
    if (prev == '_') {
      return null;
    }
    int end = i;
    while (i < n && isAsciiSpace(s.charAt(i))) {
      i++;
    }
    if (i < n) {
      return null;
    }
    boolean binary = (radix & (radix - 1)) == 0;
    if (!binary && digits > LIMIT_THRESHOLD && maxDigits > 0 && digits > maxDigits) {
      throw TextException.value(
          "Exceeds the limit ("
              + maxDigits
              + " digits) for integer string conversion: value has "
              + digits
              + " digits; use sys.set_int_max_str_digits() to increase the limit");
    }
    String text = s.substring(start, end);
    if (digits != text.length()) {
      text = text.replace("_", "");
    }
    Number value = magnitude(text, radix, negative);
    return onlyZero && !value.equals(0L) ? null : value;
  }

  private static Number magnitude(String text, int radix, boolean negative) {
    if (text.length() <= 12 || (radix == 10 && text.length() <= 18)) {
      long v = 0;
      for (int i = 0; i < text.length(); i++) {
        v = v * radix + digitValue(text.charAt(i));
      }
      return negative ? -v : v;
    }
    BigInteger b = (radix & (radix - 1)) == 0 ? parseBinary(text, radix) : parseBig(text, radix);
    if (negative) {
      b = b.negate();
    }
    return b.bitLength() < 64 ? (Number) b.longValue() : b;
  }

  private static BigInteger parseBinary(String text, int radix) {
    int shift = Integer.numberOfTrailingZeros(radix);
    byte[] bytes = new byte[(int) (((long) text.length() * shift + 7) / 8) + 1];
    int at = bytes.length - 1;
    int acc = 0;
    int bits = 0;
    for (int i = text.length() - 1; i >= 0; i--) {
      acc |= digitValue(text.charAt(i)) << bits;
      bits += shift;
      while (bits >= 8) {
        bytes[at--] = (byte) acc;
        acc >>>= 8;
        bits -= 8;
      }
    }
    if (bits > 0) {
      bytes[at] = (byte) acc;
    }
    return new BigInteger(bytes);
  }

  /** Divide and conquer, so that the cost is that of the JDK's subquadratic multiplication. */
  private static BigInteger parseBig(String text, int radix) {
    if (text.length() <= RECURSION_DIGITS) {
      return new BigInteger(text, radix);
    }
    List<BigInteger> powers = new ArrayList<>();
    powers.add(BigInteger.valueOf(radix).pow(RECURSION_DIGITS / 2));
    int unit = RECURSION_DIGITS / 2;
    while ((long) unit << powers.size() < text.length()) {
      BigInteger p = powers.getLast();
      powers.add(p.multiply(p));
    }
    return parsePart(text, radix, powers, powers.size() - 1);
  }

  private static BigInteger parsePart(String text, int radix, List<BigInteger> powers, int level) {
    int n = text.length();
    if (n <= RECURSION_DIGITS) {
      return new BigInteger(text, radix);
    }
    int l = level;
    int low = RECURSION_DIGITS / 2 << l;
    while (low >= n) {
      low >>= 1;
      l--;
    }
    BigInteger high = parsePart(text.substring(0, n - low), radix, powers, l);
    return high.multiply(powers.get(l))
        .add(parsePart(text.substring(n - low), radix, powers, l - 1));
  }

  /** The value of an ASCII digit or letter, 37 for anything else. */
  static int digitValue(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    int l = c | 0x20;
    return c < 0x80 && l >= 'a' && l <= 'z' ? l - 'a' + 10 : 37;
  }

  // ---- to text

  /**
   * {@code str(i)}.
   *
   * @throws TextException ValueError when the result has more digits than the limit allows
   */
  public static String toDecimal(BigInteger i, int maxDigits) {
    if (maxDigits > 0) {
      int bits = i.bitLength();
      if (bits > LIMIT_THRESHOLD * 3L) {
        // 2^(bits-1) has floor((bits-1) * log10(2)) + 1 digits.
        if ((bits - 1) * 0.30102999566 > maxDigits) {
          throw tooManyDigits(maxDigits);
        }
        String s = i.toString();
        int digits = s.length() - (i.signum() < 0 ? 1 : 0);
        if (digits > LIMIT_THRESHOLD && digits > maxDigits) {
          throw tooManyDigits(maxDigits);
        }
        return s;
      }
    }
    return i.toString();
  }

  private static TextException tooManyDigits(int maxDigits) {
    return TextException.value(
        "Exceeds the limit ("
            + maxDigits
            + " digits) for integer string conversion; use sys.set_int_max_str_digits() to"
            + " increase the limit");
  }

  /** The absolute value in base 2, 8, 10 or 16, lower case, no prefix; no digit limit. */
  public static String digits(BigInteger i, int base) {
    if (i.bitLength() < 64) {
      return digits(i.longValue(), base);
    }
    if (base == 10) {
      return i.abs().toString();
    }
    int shift = Integer.numberOfTrailingZeros(base);
    byte[] mag = i.abs().toByteArray();
    byte[] out = new byte[(int) (((long) mag.length * 8 + shift - 1) / shift)];
    int at = out.length;
    int acc = 0;
    int bits = 0;
    for (int k = mag.length - 1; k >= 0; k--) {
      acc |= (mag[k] & 0xff) << bits;
      bits += 8;
      while (bits >= shift) {
        out[--at] = HEX[acc & (base - 1)];
        acc >>>= shift;
        bits -= shift;
      }
    }
    if (bits > 0 && at > 0) {
      out[--at] = HEX[acc];
    }
    while (at < out.length - 1 && out[at] == '0') {
      at++;
    }
    return new String(Arrays.copyOfRange(out, at, out.length), StandardCharsets.ISO_8859_1);
  }

  /** The absolute value in base 2, 8, 10 or 16, lower case, no prefix. */
  public static String digits(long i, int base) {
    long a = Math.abs(i);
    return switch (base) {
      case 2 -> Long.toBinaryString(a);
      case 8 -> Long.toOctalString(a);
      case 16 -> Long.toHexString(a);
      default -> a < 0 ? "9223372036854775808" : Long.toString(a);
    };
  }

  /** {@code bin}, {@code oct}, {@code hex}: sign, prefix and digits. */
  public static String prefixed(BigInteger i, int base) {
    return (i.signum() < 0 ? "-" : "") + prefix(base) + digits(i, base);
  }

  /** {@code bin}, {@code oct}, {@code hex}: sign, prefix and digits. */
  public static String prefixed(long i, int base) {
    return (i < 0 ? "-" : "") + prefix(base) + digits(i, base);
  }

  static String prefix(int base) {
    return switch (base) {
      case 2 -> "0b";
      case 8 -> "0o";
      case 16 -> "0x";
      default -> "";
    };
  }
}
