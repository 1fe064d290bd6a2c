package org.plait.runtime.types;

import org.plait.runtime.text.UnicodeInfo;

/** Kinds of the first 256 characters, in a table. */
final class Latin1 {
  private static final int SPACE = 1;
  private static final int DIGIT = 2;
  private static final int ALPHA = 4;
  private static final int ALNUM = 8;
  private static final byte[] KINDS = new byte[256];

  static {
    for (int c = 0; c < 256; c++) {
      KINDS[c] =
          (byte)
              ((UnicodeInfo.isSpace(c) ? SPACE : 0)
                  | (UnicodeInfo.isDigit(c) ? DIGIT : 0)
                  | (UnicodeInfo.isAlpha(c) ? ALPHA : 0)
                  | (UnicodeInfo.isAlnum(c) ? ALNUM : 0));
    }
  }

  private Latin1() {}

  static boolean isSpace(int c) {
    return (KINDS[c] & SPACE) != 0;
  }

  static boolean isDigit(int c) {
    return (KINDS[c] & DIGIT) != 0;
  }

  static boolean isAlpha(int c) {
    return (KINDS[c] & ALPHA) != 0;
  }

  static boolean isAlnum(int c) {
    return (KINDS[c] & ALNUM) != 0;
  }
}
