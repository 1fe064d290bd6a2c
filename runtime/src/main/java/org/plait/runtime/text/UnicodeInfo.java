package org.plait.runtime.text;

import java.util.Arrays;
import java.util.Locale;

/**
 * The character properties and case mappings that {@code str} needs, for Unicode 16.0 as CPython
 * 3.14 has them. The JDK's own tables agree with CPython's but for the small exceptions written
 * here, so that ICU is never loaded from this class. {@link UnicodeNames} and {@link UnicodeData}
 * have the rest.
 */
public final class UnicodeInfo {
  // Identifier characters whose compatibility form is none (or, for U+2E2F, pattern syntax).
  private static final int[] NOT_XID = {
    0x37a, 0x2e2f, 0x309b, 0x309c, 0xfc5e, 0xfc5f, 0xfc60, 0xfc61, 0xfc62, 0xfc63, 0xfdfa, 0xfdfb,
    0xfe70, 0xfe72, 0xfe74, 0xfe76, 0xfe78, 0xfe7a, 0xfe7c, 0xfe7e
  };
  private static final int[] NOT_XID_START = {0xe33, 0xeb3, 0xff9e, 0xff9f};

  // Digits that are no decimals: first, last, value of the first.
  private static final int[] DIGITS = {
    0xb2, 0xb3, 2, 0xb9, 0xb9, 1, 0x1369, 0x1371, 1, 0x19da, 0x19da, 1, 0x2070, 0x2070, 0, 0x2074,
    0x2079, 4, 0x2080, 0x2089, 0, 0x2460, 0x2468, 1, 0x2474, 0x247c, 1, 0x2488, 0x2490, 1, 0x24ea,
    0x24ea, 0, 0x24f5, 0x24fd, 1, 0x24ff, 0x24ff, 0, 0x2776, 0x277e, 1, 0x2780, 0x2788, 1, 0x278a,
    0x2792, 1, 0x10a40, 0x10a43, 1, 0x10e60, 0x10e68, 1, 0x11052, 0x1105a, 1, 0x1f100, 0x1f100, 0,
    0x1f101, 0x1f10a, 0
  };

  // Characters of the word break classes MidLetter, MidNumLet and Single_Quote.
  private static final String MID_WORD =
      "'.:\u00b7\u0387\u055f\u05f4\u2018\u2019\u2024\u2027\ufe13\ufe52\ufe55\uff07\uff0e\uff1a";

  // Title case of more than one character: groups of the character and its mapping, space between.
  private static final String[] TITLE =
      ("\u00dfSs \u0149\u02bcN \u01f0J\u030c \u0390\u0399\u0308\u0301 \u03b0\u03a5\u0308\u0301"
           + " \u0587\u0535\u0582 \u1e96H\u0331 \u1e97T\u0308 \u1e98W\u030a \u1e99Y\u030a"
           + " \u1e9aA\u02be \u1f50\u03a5\u0313 \u1f52\u03a5\u0313\u0300 \u1f54\u03a5\u0313\u0301"
           + " \u1f56\u03a5\u0313\u0342 \u1fb2\u1fba\u0345 \u1fb4\u0386\u0345 \u1fb6\u0391\u0342"
           + " \u1fb7\u0391\u0342\u0345 \u1fc2\u1fca\u0345 \u1fc4\u0389\u0345 \u1fc6\u0397\u0342"
           + " \u1fc7\u0397\u0342\u0345 \u1fd2\u0399\u0308\u0300 \u1fd3\u0399\u0308\u0301"
           + " \u1fd6\u0399\u0342 \u1fd7\u0399\u0308\u0342 \u1fe2\u03a5\u0308\u0300"
           + " \u1fe3\u03a5\u0308\u0301 \u1fe4\u03a1\u0313 \u1fe6\u03a5\u0342"
           + " \u1fe7\u03a5\u0308\u0342 \u1ff2\u1ffa\u0345 \u1ff4\u038f\u0345 \u1ff6\u03a9\u0342"
           + " \u1ff7\u03a9\u0342\u0345 \ufb00Ff \ufb01Fi \ufb02Fl \ufb03Ffi \ufb04Ffl \ufb05St"
           + " \ufb06St \ufb13\u0544\u0576 \ufb14\u0544\u0565 \ufb15\u0544\u056b \ufb16\u054e\u0576"
           + " \ufb17\u0544\u056d")
          .split(" ");

  private UnicodeInfo() {}

  // ---- single code points

  /** {@code str.isspace} of one character. */
  public static boolean isSpace(int c) {
    if (c < 0x80) {
      return c == ' ' || (c >= 9 && c <= 13) || (c >= 0x1c && c <= 0x1f);
    }
    return c == 0x85
        || c == 0xa0
        || c == 0x1680
        || (c >= 0x2000 && c <= 0x200a)
        || c == 0x2028
        || c == 0x2029
        || c == 0x202f
        || c == 0x205f
        || c == 0x3000;
  }

  /** Whether {@code str.splitlines} ends a line here. */
  public static boolean isLineBreak(int c) {
    return (c >= 10 && c <= 13)
        || (c >= 0x1c && c <= 0x1e)
        || c == 0x85
        || c == 0x2028
        || c == 0x2029;
  }

  public static boolean isAlpha(int c) {
    return Character.isLetter(c);
  }

  /** The value of a decimal digit (category Nd), or -1. */
  public static int decimal(int c) {
    if (c < 0x80) {
      return c >= '0' && c <= '9' ? c - '0' : -1;
    }
    return Character.isDigit(c) ? Character.digit(c, 10) : -1;
  }

  public static boolean isDecimal(int c) {
    return decimal(c) >= 0;
  }

  /** The value of a digit, superscripts and the like included, or -1. */
  public static int digit(int c) {
    int d = decimal(c);
    if (d >= 0 || c < 0xb2) {
      return d;
    }
    for (int i = 0; i < DIGITS.length; i += 3) {
      if (c < DIGITS[i]) {
        return -1;
      }
      if (c <= DIGITS[i + 1]) {
        return DIGITS[i + 2] + c - DIGITS[i];
      }
    }
    return -1;
  }

  public static boolean isDigit(int c) {
    return digit(c) >= 0;
  }

  public static boolean isNumeric(int c) {
    if (c < 0x80) {
      return c >= '0' && c <= '9';
    }
    return switch (Character.getType(c)) {
      case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
      case Character.OTHER_LETTER -> c >= 0x3400 && UnicodeData.hasNumericValue(c);
      default -> false;
    };
  }

  public static boolean isAlnum(int c) {
    if (c < 0x80) {
      return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
    }
    return isAlpha(c) || isNumeric(c);
  }

  public static boolean isUpper(int c) {
    return Character.isUpperCase(c);
  }

  public static boolean isLower(int c) {
    return Character.isLowerCase(c);
  }

  public static boolean isTitle(int c) {
    return c >= 0x1c5 && Character.isTitleCase(c);
  }

  public static boolean isPrintable(int c) {
    if (c < 0x80) {
      return c >= 0x20 && c < 0x7f;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /** May begin an identifier (XID_Start or underscore). */
  public static boolean isIdentifierStart(int c) {
    if (c < 0x80) {
      return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_';
    }
    return Character.isUnicodeIdentifierStart(c)
        && Arrays.binarySearch(NOT_XID, c) < 0
        && Arrays.binarySearch(NOT_XID_START, c) < 0;
  }

  /** May go on an identifier (XID_Continue). */
  public static boolean isIdentifierPart(int c) {
    if (c < 0x80) {
      return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_' || (c >= '0' && c <= '9');
    }
    return c == 0x200c
        || c == 0x200d
        || (Character.isUnicodeIdentifierPart(c)
            && !Character.isIdentifierIgnorable(c)
            && Arrays.binarySearch(NOT_XID, c) < 0);
  }

  static boolean isCased(int c) {
    return Character.isLowerCase(c) || Character.isUpperCase(c) || Character.isTitleCase(c);
  }

  static boolean isCaseIgnorable(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.FORMAT,
          Character.MODIFIER_LETTER,
          Character.MODIFIER_SYMBOL ->
          true;
      default -> MID_WORD.indexOf(c) >= 0;
    };
  }

  /** The lower case of one character as one character. */
  public static int toLower(int c) {
    return Character.toLowerCase(c);
  }

  /** The upper case of one character as one character. */
  public static int toUpper(int c) {
    return Character.toUpperCase(c);
  }

  // ---- whole strings

  /** {@code s.isidentifier()}. */
  public static boolean isIdentifier(CodePointSource s) {
    int n = s.length();
    if (n == 0 || !isIdentifierStart(s.at(0))) {
      return false;
    }
    for (int i = 1; i < n; i++) {
      if (!isIdentifierPart(s.at(i))) {
        return false;
      }
    }
    return true;
  }

  /** {@code s.isupper()}: some character has case, and all that have are upper case. */
  public static boolean isUpper(CodePointSource s) {
    boolean cased = false;
    for (int i = 0; i < s.length(); i++) {
      int c = s.at(i);
      if (isLower(c) || isTitle(c)) {
        return false;
      }
      cased = cased || isUpper(c);
    }
    return cased;
  }

  /** {@code s.islower()}. */
  public static boolean isLower(CodePointSource s) {
    boolean cased = false;
    for (int i = 0; i < s.length(); i++) {
      int c = s.at(i);
      if (isUpper(c) || isTitle(c)) {
        return false;
      }
      cased = cased || isLower(c);
    }
    return cased;
  }

  /** {@code s.istitle()}. */
  public static boolean isTitle(CodePointSource s) {
    boolean cased = false;
    boolean previous = false;
    for (int i = 0; i < s.length(); i++) {
      int c = s.at(i);
      if (isUpper(c) || isTitle(c)) {
        if (previous) {
          return false;
        }
        previous = true;
        cased = true;
      } else if (isLower(c)) {
        if (!previous) {
          return false;
        }
        cased = true;
      } else {
        previous = false;
      }
    }
    return cased;
  }

  private static boolean isAscii(String s) {
    for (int i = 0; i < s.length(); i++) {
      if (s.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasSurrogate(String s) {
    for (int i = 0; i < s.length(); i++) {
      if (Character.isSurrogate(s.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** {@code s.upper()}. */
  public static CodePointSource upper(CodePointSource s) {
    String bmp = s.bmp();
    String ascii = bmp == null ? null : AsciiText.upper(bmp);
    if (ascii != null) {
      return CodePointSource.ofBmp(ascii);
    }
    if (bmp != null && !hasSurrogate(bmp)) {
      return CodePointSource.ofBmp(bmp.toUpperCase(Locale.ROOT));
    }
    CodePointBuilder out = new CodePointBuilder(s.length());
    for (int i = 0; i < s.length(); i++) {
      appendUpper(out, s.at(i));
    }
    return out.toSource();
  }

  /** {@code s.lower()}. */
  public static CodePointSource lower(CodePointSource s) {
    String bmp = s.bmp();
    String ascii = bmp == null ? null : AsciiText.lower(bmp);
    if (ascii != null) {
      return CodePointSource.ofBmp(ascii);
    }
    if (bmp != null && (isAscii(bmp) || (bmp.indexOf('\u03a3') < 0 && !hasSurrogate(bmp)))) {
      return CodePointSource.ofBmp(bmp.toLowerCase(Locale.ROOT));
    }
    CodePointBuilder out = new CodePointBuilder(s.length());
    for (int i = 0; i < s.length(); i++) {
      appendLower(out, s, i);
    }
    return out.toSource();
  }

  /** {@code s.title()}. */
  public static CodePointSource title(CodePointSource s) {
    CodePointBuilder out = new CodePointBuilder(s.length());
    boolean previous = false;
    for (int i = 0; i < s.length(); i++) {
      int c = s.at(i);
      if (previous) {
        appendLower(out, s, i);
      } else {
        appendTitle(out, c);
      }
      previous = isCased(c);
    }
    return out.toSource();
  }

  /** {@code s.capitalize()}. */
  public static CodePointSource capitalize(CodePointSource s) {
    if (s.length() == 0) {
      return s;
    }
    CodePointBuilder out = new CodePointBuilder(s.length());
    appendTitle(out, s.at(0));
    for (int i = 1; i < s.length(); i++) {
      appendLower(out, s, i);
    }
    return out.toSource();
  }

  /** {@code s.swapcase()}. */
  public static CodePointSource swapcase(CodePointSource s) {
    CodePointBuilder out = new CodePointBuilder(s.length());
    for (int i = 0; i < s.length(); i++) {
      int c = s.at(i);
      if (isUpper(c)) {
        appendLower(out, s, i);
      } else if (isLower(c)) {
        appendUpper(out, c);
      } else {
        out.append(c);
      }
    }
    return out.toSource();
  }

  /** {@code s.casefold()}. */
  public static CodePointSource casefold(CodePointSource s) {
    String bmp = s.bmp();
    if (bmp != null && isAscii(bmp)) {
      return CodePointSource.ofBmp(bmp.toLowerCase(Locale.ROOT));
    }
    CodePointBuilder out = new CodePointBuilder(s.length());
    for (int i = 0; i < s.length(); i++) {
      appendFolded(out, s.at(i));
    }
    return out.toSource();
  }

  private static void appendUpper(CodePointBuilder out, int c) {
    if (c < 0x80) {
      out.append(c >= 'a' && c <= 'z' ? c - 32 : c);
    } else if (c < 0xdf || !isCased(c)) {
      out.append(Character.toUpperCase(c));
    } else {
      out.append(new String(Character.toChars(c)).toUpperCase(Locale.ROOT));
    }
  }

  private static void appendLower(CodePointBuilder out, CodePointSource s, int i) {
    int c = s.at(i);
    if (c < 0x80) {
      out.append(c >= 'A' && c <= 'Z' ? c + 32 : c);
    } else if (c == 0x130) {
      out.append('i').append(0x307);
    } else if (c == 0x3a3) {
      out.append(isFinalSigma(s, i) ? 0x3c2 : 0x3c3);
    } else {
      out.append(Character.toLowerCase(c));
    }
  }

  /** A cased letter before it and none after it, case-ignorable characters not counted. */
  private static boolean isFinalSigma(CodePointSource s, int at) {
    int j = at - 1;
    while (j >= 0 && isCaseIgnorable(s.at(j))) {
      j--;
    }
    if (j < 0 || !isCased(s.at(j))) {
      return false;
    }
    j = at + 1;
    while (j < s.length() && isCaseIgnorable(s.at(j))) {
      j++;
    }
    return j == s.length() || !isCased(s.at(j));
  }

  private static void appendTitle(CodePointBuilder out, int c) {
    if (c < 0x80) {
      out.append(c >= 'a' && c <= 'z' ? c - 32 : c);
      return;
    }
    int t = Character.toTitleCase(c);
    if (t == c && Character.isLowerCase(c) && c <= 0xfb17) {
      for (String m : TITLE) {
        if (m.charAt(0) == c) {
          out.append(m.substring(1));
          return;
        }
      }
    }
    out.append(t);
  }

  private static void appendFolded(CodePointBuilder out, int c) {
    if (c < 0x80) {
      out.append(c >= 'A' && c <= 'Z' ? c + 32 : c);
    } else if (c == 0x130) {
      out.append('i').append(0x307);
    } else if (c == 0x131 || c == 0x1e9e) {
      // Dotless i folds to itself, capital sharp s like the small one.
      out.append(c == 0x131 ? "\u0131" : "ss");
    } else if ((c >= 0x13a0 && c <= 0x13f5) || (c >= 0xab70 && c <= 0xabbf)) {
      // Cherokee folds to upper case.
      out.append(Character.toUpperCase(c));
    } else if (c >= 0x13f8 && c <= 0x13fd) {
      out.append(Character.toUpperCase(c));
    } else {
      String up = new String(Character.toChars(c)).toUpperCase(Locale.ROOT);
      for (int i = 0; i < up.length(); ) {
        int u = up.codePointAt(i);
        i += Character.charCount(u);
        out.append(Character.toLowerCase(u));
      }
    }
  }
}
