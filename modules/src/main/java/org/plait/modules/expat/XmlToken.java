package org.plait.modules.expat;

/** What {@link XmlScanner} finds. */
enum XmlToken {
  /** The text is at its end. */
  NONE,
  /** The text ends within a token. */
  PARTIAL,
  /** The character at {@code next} can't stand there. */
  INVALID,

  // Content.
  START_TAG,
  EMPTY_ELEMENT,
  END_TAG,
  CHARS,
  NEWLINE,
  /** A carriage return at the end, of which a line feed may be a part. */
  TRAILING_CR,
  /** One or two square brackets at the end. */
  TRAILING_BRACKET,
  CHAR_REF,
  ENTITY_REF,
  CDATA_OPEN,
  CDATA_CLOSE,

  // Everywhere.
  PI,
  XML_DECL,
  COMMENT,

  // Prolog and DTD.
  SPACE,
  DECL_OPEN,
  DECL_CLOSE,
  SECTION_OPEN,
  SECTION_CLOSE,
  INSTANCE_START,
  NAME,
  NAME_OPTIONAL,
  NAME_REPEATED,
  NAME_PLUS,
  NMTOKEN,
  POUND_NAME,
  LITERAL,
  PERCENT,
  PARAM_REF,
  OPEN_BRACKET,
  CLOSE_BRACKET,
  OPEN_PAREN,
  CLOSE_PAREN,
  CLOSE_PAREN_OPTIONAL,
  CLOSE_PAREN_REPEATED,
  CLOSE_PAREN_PLUS,
  COMMA,
  OR,
}
