package org.plait.syntax.lexer;

import java.util.Arrays;

/** Which characters an identifier may have (PEP 3131: XID_Start and XID_Continue). */
final class Identifiers {
  /** Characters with ID_Start or ID_Continue whose compatibility form can't stand there. */
  private static final int[] NOT_XID_START = {
    0x37A, 0xE33, 0xEB3, 0x2E2F, 0x309B, 0x309C, 0xFC5E, 0xFC5F, 0xFC60, 0xFC61, 0xFC62, 0xFC63,
    0xFDFA, 0xFDFB, 0xFE70, 0xFE72, 0xFE74, 0xFE76, 0xFE78, 0xFE7A, 0xFE7C, 0xFE7E, 0xFF9E, 0xFF9F
  };

  private Identifiers() {}

  static boolean isStart(int c) {
    return c == '_'
        || (Character.isUnicodeIdentifierStart(c) && Arrays.binarySearch(NOT_XID_START, c) < 0);
  }

  static boolean isContinue(int c) {
    if (c == 0x200C || c == 0x200D) {
      return true;
    }
    if (!Character.isUnicodeIdentifierPart(c) || Character.isIdentifierIgnorable(c)) {
      return false;
    }
    int i = Arrays.binarySearch(NOT_XID_START, c);
    return i < 0 || c == 0xE33 || c == 0xEB3 || c == 0xFF9E || c == 0xFF9F;
  }

  /** Whether CPython calls the character printable. */
  static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }
}
