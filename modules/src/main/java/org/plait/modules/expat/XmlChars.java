package org.plait.modules.expat;

/** The classes of characters in XML 1.0, for UTF-16 text. */
final class XmlChars {
  private XmlChars() {}

  static boolean isSpace(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
  }

  /** Whether the char may stand in a document; halves of pairs may. */
  static boolean isLegal(char c) {
    return c >= ' ' ? c < '\uFFFE' : c == '\n' || c == '\t' || c == '\r';
  }

  static boolean isLegalCodePoint(long c) {
    if (c < 0x10000) {
      return c >= 0 && (c < 0xD800 || c > 0xDFFF) && isLegal((char) c);
    }
    return c <= 0x10FFFF;
  }

  /** Whether a name may start with the char, without the colon. As Expat, only of plane 0. */
  static boolean isNameStart(char c) {
    if (c < 0x80) {
      return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }
    return Character.isLetter(c) && c < 0xFE70 && c != '\u00AA' && c != '\u00B5' && c != '\u00BA'
        || c >= '\u3021' && c <= '\u3029';
  }

  /** Whether the char may stand in a name, without the colon. */
  static boolean isName(char c) {
    if (c < 0x80) {
      return isNameStart(c) || c >= '0' && c <= '9' || c == '-' || c == '.';
    }
    return isNameStart(c)
        || c == '\u00B7'
        || switch (Character.getType(c)) {
          case Character.NON_SPACING_MARK,
              Character.COMBINING_SPACING_MARK,
              Character.ENCLOSING_MARK,
              Character.DECIMAL_DIGIT_NUMBER,
              Character.MODIFIER_LETTER ->
              c < 0xFE70;
          default -> false;
        };
  }

  static boolean isPublicId(char c) {
    return c == ' '
        || c == '\n'
        || c == '\r'
        || c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c < 0x80 && "-'()+,./:=?;!*#@$_%".indexOf(c) >= 0;
  }
}
