package org.plait.runtime.text.sre;

import java.util.Locale;
import org.plait.runtime.text.UnicodeInfo;

/** Case and categories of characters as {@code _sre} sees them. The locale is always C. */
public final class SreChars {
  private SreChars() {}

  public static int asciiLower(int c) {
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
  }

  static int asciiUpper(int c) {
    return c >= 'a' && c <= 'z' ? c - 32 : c;
  }

  public static int unicodeLower(int c) {
    return UnicodeInfo.toLower(c);
  }

  /** The upper case of a character, or its first character where it has several. */
  static int unicodeUpper(int c) {
    int up = UnicodeInfo.toUpper(c);
    if (up != c || c < 0xdf || c > 0xfb17 || !UnicodeInfo.isLower(c)) {
      return up;
    }
    return String.valueOf((char) c).toUpperCase(Locale.ROOT).charAt(0);
  }

  public static boolean isAsciiCased(int c) {
    return c != asciiLower(c) || c != asciiUpper(c);
  }

  public static boolean isUnicodeCased(int c) {
    return c != unicodeLower(c) || c != unicodeUpper(c);
  }

  /** {@code _sre.getlower}. */
  public static int lower(int c, int flags) {
    if ((flags & SrePattern.FLAG_LOCALE) != 0) {
      return asciiLower(c);
    }
    return (flags & SrePattern.FLAG_UNICODE) != 0 ? unicodeLower(c) : asciiLower(c);
  }

  static boolean isAsciiWord(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }

  static boolean isUnicodeWord(int c) {
    return UnicodeInfo.isAlnum(c) || c == '_';
  }

  private static boolean isAsciiSpace(int c) {
    return c == ' ' || (c >= 9 && c <= 13);
  }

  /** Whether a character is in a category of the code words (CATEGORY_DIGIT = 0, ...). */
  static boolean category(int category, int c) {
    boolean in =
        switch (category >> 1) {
          case 0 -> c >= '0' && c <= '9';
          case 1 -> isAsciiSpace(c);
          case 2, 4 -> isAsciiWord(c);
          case 3 -> c == '\n';
          case 5 -> UnicodeInfo.isDecimal(c);
          case 6 -> UnicodeInfo.isSpace(c);
          case 7 -> isUnicodeWord(c);
          case 8 -> UnicodeInfo.isLineBreak(c);
          default -> throw new IllegalArgumentException("invalid SRE code");
        };
    return in == ((category & 1) == 0);
  }
}
