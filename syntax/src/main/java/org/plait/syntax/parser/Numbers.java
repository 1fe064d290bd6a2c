package org.plait.syntax.parser;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.plait.syntax.ast.Complex;

/** Values of numeric literals. */
final class Numbers {
  private Numbers() {}

  /**
   * The value of the literal in {@code b[from, to)}: Long, BigInteger, Double or Complex.
   *
   * @return null if a decimal integer has more than {@code maxDigits} digits
   */
  static @Nullable Object value(byte[] b, int from, int to, int maxDigits) {
    if (to - from <= 18) {
      long n = 0;
      int i = from;
      while (i < to && b[i] >= '0' && b[i] <= '9') {
        n = n * 10 + (b[i] - '0');
        i++;
      }
      if (i == to) {
        return n;
      }
    }
    String s = new String(b, from, to - from, StandardCharsets.ISO_8859_1).replace("_", "");
    if (s.length() > 1 && s.charAt(0) == '0') {
      int radix =
          switch (s.charAt(1) | 0x20) {
            case 'x' -> 16;
            case 'o' -> 8;
            case 'b' -> 2;
            default -> 0;
          };
      if (radix != 0) {
        return integer(s.substring(2), radix);
      }
    }
    char last = s.charAt(s.length() - 1);
    if (last == 'j' || last == 'J') {
      return new Complex(0.0, Double.parseDouble(s.substring(0, s.length() - 1)));
    }
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (c == '.' || c == 'e' || c == 'E') {
        return Double.parseDouble(s);
      }
    }
    return maxDigits > 0 && s.length() > maxDigits ? null : integer(s, 10);
  }

  private static Object integer(String digits, int radix) {
    int shortEnough = radix == 16 ? 15 : radix == 10 ? 18 : radix == 8 ? 20 : 62;
    if (digits.length() <= shortEnough) {
      return Long.parseLong(digits, radix);
    }
    BigInteger n = new BigInteger(digits, radix);
    return n.bitLength() < 64 ? (Object) n.longValue() : n;
  }

  /** How many digits a decimal literal has. */
  static int digits(byte[] b, int from, int to) {
    int n = 0;
    for (int i = from; i < to; i++) {
      if (b[i] != '_') {
        n++;
      }
    }
    return n;
  }
}
