package org.plait.modules.expat;

import java.util.Arrays;

/**
 * Finds the tokens of XML in a text that may not be there as a whole yet. Each method scans one
 * token from a position, says what it is and leaves its end in {@link #next}; after INVALID that is
 * the char that can't stand there. A scan of a token that is not complete has no effect, so that it
 * is repeated when there is more.
 */
final class XmlScanner {
  /** Whether colons separate prefixes from names. */
  private final boolean namespaces;

  private char[] text = {};
  private int end;

  int next;

  /** Whether the token could be longer if the text went on. */
  boolean open;

  /**
   * The attributes of the last start tag: start and end of the name, start and end of the value.
   */
  int[] attributes = new int[32];

  int attributeCount;

  /** The end of the last tag's name. */
  int nameEnd;

  XmlScanner(boolean namespaces) {
    this.namespaces = namespaces;
  }

  void set(char[] chars, int limit) {
    text = chars;
    end = limit;
  }

  private XmlToken is(XmlToken token, int at) {
    next = at;
    return token;
  }

  private XmlToken invalid(int at) {
    next = at;
    return XmlToken.INVALID;
  }

  private boolean nameStart(char c) {
    return XmlChars.isNameStart(c) || c == ':' && !namespaces;
  }

  private boolean name(char c) {
    return XmlChars.isName(c) || c == ':' && !namespaces;
  }

  private int skipSpace(int at) {
    int p = at;
    while (p < end && XmlChars.isSpace(text[p])) {
      p++;
    }
    return p;
  }

  private int skipName(int at) {
    int p = at;
    while (p < end && name(text[p])) {
      p++;
    }
    return p;
  }

  // ---- content

  XmlToken content(int at) {
    if (at >= end) {
      return XmlToken.NONE;
    }
    int p = at;
    switch (text[p]) {
      case '<' -> {
        return markup(p + 1);
      }
      case '&' -> {
        return reference(p + 1);
      }
      case '\n' -> {
        return is(XmlToken.NEWLINE, p + 1);
      }
      case '\r' -> {
        return carriageReturn(p + 1);
      }
      case ']' -> {
        if (p + 1 == end) {
          return is(XmlToken.TRAILING_BRACKET, end);
        }
        if (text[p + 1] == ']') {
          if (p + 2 == end) {
            return is(XmlToken.TRAILING_BRACKET, end);
          }
          if (text[p + 2] == '>') {
            return invalid(p + 2);
          }
        }
        p++;
      }
      default -> {
        if (!XmlChars.isLegal(text[p])) {
          return invalid(p);
        }
        p++;
      }
    }
    return chars(p);
  }

  private XmlToken carriageReturn(int p) {
    if (p == end) {
      return is(XmlToken.TRAILING_CR, p);
    }
    return is(XmlToken.NEWLINE, text[p] == '\n' ? p + 1 : p);
  }

  private XmlToken chars(int from) {
    int p = from;
    while (p < end) {
      char c = text[p];
      if (c == '<' || c == '&' || c == '\n' || c == '\r' || !XmlChars.isLegal(c)) {
        break;
      }
      if (c == ']') {
        if (p + 1 == end) {
          break;
        }
        if (text[p + 1] == ']') {
          if (p + 2 == end) {
            break;
          }
          if (text[p + 2] == '>') {
            return invalid(p + 2);
          }
        }
      }
      p++;
    }
    return is(XmlToken.CHARS, p);
  }

  /** In a CDATA section. */
  XmlToken cdata(int at) {
    if (at >= end) {
      return XmlToken.NONE;
    }
    int p = at;
    switch (text[p]) {
      case '\n' -> {
        return is(XmlToken.NEWLINE, p + 1);
      }
      case '\r' -> {
        XmlToken t = carriageReturn(p + 1);
        return t == XmlToken.TRAILING_CR ? XmlToken.PARTIAL : t;
      }
      case ']' -> {
        if (p + 1 == end || text[p + 1] == ']' && p + 2 == end) {
          return XmlToken.PARTIAL;
        }
        if (text[p + 1] == ']' && text[p + 2] == '>') {
          return is(XmlToken.CDATA_CLOSE, p + 3);
        }
      }
      default -> {
        if (!XmlChars.isLegal(text[p])) {
          return invalid(p);
        }
      }
    }
    p++;
    while (p < end) {
      char c = text[p];
      if (c == ']' || c == '\n' || c == '\r' || !XmlChars.isLegal(c)) {
        break;
      }
      p++;
    }
    return is(XmlToken.CHARS, p);
  }

  /** Behind a less-than sign in content. */
  private XmlToken markup(int p) {
    if (p == end) {
      return XmlToken.PARTIAL;
    }
    return switch (text[p]) {
      case '!' -> {
        if (p + 1 == end) {
          yield XmlToken.PARTIAL;
        }
        yield switch (text[p + 1]) {
          case '-' -> comment(p + 2);
          case '[' -> cdataOpen(p + 2);
          default -> invalid(p + 1);
        };
      }
      case '?' -> instruction(p + 1);
      case '/' -> endTag(p + 1);
      default -> nameStart(text[p]) ? startTag(p) : invalid(p);
    };
  }

  private XmlToken cdataOpen(int from) {
    String wanted = "CDATA[";
    for (int i = 0; i < wanted.length(); i++) {
      if (from + i == end) {
        return XmlToken.PARTIAL;
      }
      if (text[from + i] != wanted.charAt(i)) {
        return invalid(from + i);
      }
    }
    return is(XmlToken.CDATA_OPEN, from + wanted.length());
  }

  /**
   * The name of an element or attribute, with a prefix where there are any. Returns its end, or -1
   * when the text ends, or -2 when {@code next} is invalid.
   */
  private int qualifiedName(int from) {
    if (from == end) {
      return -1;
    }
    if (!nameStart(text[from])) {
      next = from;
      return -2;
    }
    int p = skipName(from + 1);
    if (namespaces && p < end && text[p] == ':') {
      p++;
      if (p == end) {
        return -1;
      }
      if (!nameStart(text[p])) {
        next = p;
        return -2;
      }
      p = skipName(p + 1);
    }
    return p == end ? -1 : p;
  }

  private static XmlToken unfinished(int nameEnd) {
    return nameEnd == -1 ? XmlToken.PARTIAL : XmlToken.INVALID;
  }

  private XmlToken endTag(int from) {
    int p = qualifiedName(from);
    if (p < 0) {
      return unfinished(p);
    }
    nameEnd = p;
    p = skipSpace(p);
    if (p == end) {
      return XmlToken.PARTIAL;
    }
    return text[p] == '>' ? is(XmlToken.END_TAG, p + 1) : invalid(p);
  }

  private XmlToken startTag(int from) {
    attributeCount = 0;
    int p = qualifiedName(from);
    if (p < 0) {
      return unfinished(p);
    }
    nameEnd = p;
    while (true) {
      boolean space = XmlChars.isSpace(text[p]);
      p = skipSpace(p);
      if (p == end) {
        return XmlToken.PARTIAL;
      }
      if (text[p] == '>') {
        return is(XmlToken.START_TAG, p + 1);
      }
      if (text[p] == '/') {
        if (p + 1 == end) {
          return XmlToken.PARTIAL;
        }
        return text[p + 1] == '>' ? is(XmlToken.EMPTY_ELEMENT, p + 2) : invalid(p + 1);
      }
      if (!space) {
        return invalid(p);
      }
      int nameStart = p;
      p = qualifiedName(p);
      if (p < 0) {
        return unfinished(p);
      }
      int name = p;
      p = skipSpace(p);
      if (p < end && text[p] != '=') {
        return invalid(p);
      }
      p = p < end ? skipSpace(p + 1) : p;
      if (p == end) {
        return XmlToken.PARTIAL;
      }
      if (text[p] != '"' && text[p] != '\'') {
        return invalid(p);
      }
      int value = p + 1;
      p = attributeValue(value, text[p]);
      if (p < 0 || p + 1 == end) {
        return p == -2 ? XmlToken.INVALID : XmlToken.PARTIAL;
      }
      attribute(nameStart, name, value, p);
      p++;
    }
  }

  private void attribute(int nameStart, int nameEnd, int valueStart, int valueEnd) {
    int i = 4 * attributeCount++;
    if (i == attributes.length) {
      attributes = Arrays.copyOf(attributes, 2 * i);
    }
    attributes[i] = nameStart;
    attributes[i + 1] = nameEnd;
    attributes[i + 2] = valueStart;
    attributes[i + 3] = valueEnd;
  }

  /** The end of a value; -1 when the text ends, -2 when {@code next} is invalid. */
  private int attributeValue(int from, char quote) {
    int p = from;
    while (p < end) {
      char c = text[p];
      if (c == quote) {
        return p;
      }
      if (c == '&') {
        XmlToken t = reference(p + 1);
        if (t == XmlToken.PARTIAL) {
          return -1;
        }
        if (t == XmlToken.INVALID) {
          return -2;
        }
        p = next;
        continue;
      }
      if (c == '<' || !XmlChars.isLegal(c)) {
        next = p;
        return -2;
      }
      p++;
    }
    return -1;
  }

  /** Behind an ampersand. */
  private XmlToken reference(int from) {
    if (from == end) {
      return XmlToken.PARTIAL;
    }
    if (text[from] == '#') {
      return charReference(from + 1);
    }
    if (!XmlChars.isNameStart(text[from]) && (namespaces || text[from] != ':')) {
      return invalid(from);
    }
    int p = skipName(from + 1);
    if (p == end) {
      return XmlToken.PARTIAL;
    }
    return text[p] == ';' ? is(XmlToken.ENTITY_REF, p + 1) : invalid(p);
  }

  private XmlToken charReference(int from) {
    int p = from;
    int radix = 10;
    if (p < end && text[p] == 'x') {
      radix = 16;
      p++;
    }
    int digits = p;
    while (p < end && text[p] < 0x80 && Character.digit(text[p], radix) >= 0) {
      p++;
    }
    if (p == end) {
      return XmlToken.PARTIAL;
    }
    return p > digits && text[p] == ';' ? is(XmlToken.CHAR_REF, p + 1) : invalid(p);
  }

  /** Behind the first hyphen. */
  private XmlToken comment(int from) {
    if (from == end) {
      return XmlToken.PARTIAL;
    }
    if (text[from] != '-') {
      return invalid(from);
    }
    for (int p = from + 1; p < end; p++) {
      char c = text[p];
      if (c == '-') {
        if (p + 1 == end) {
          return XmlToken.PARTIAL;
        }
        if (text[p + 1] == '-') {
          if (p + 2 == end) {
            return XmlToken.PARTIAL;
          }
          return text[p + 2] == '>' ? is(XmlToken.COMMENT, p + 3) : invalid(p + 2);
        }
      } else if (!XmlChars.isLegal(c)) {
        return invalid(p);
      }
    }
    return XmlToken.PARTIAL;
  }

  /** Behind the question mark. */
  private XmlToken instruction(int from) {
    if (from == end) {
      return XmlToken.PARTIAL;
    }
    if (!nameStart(text[from])) {
      return invalid(from);
    }
    int p = skipName(from + 1);
    if (p == end) {
      return XmlToken.PARTIAL;
    }
    XmlToken token = XmlToken.PI;
    if (p - from == 3) {
      String target = new String(text, from, 3);
      if (target.equals("xml")) {
        token = XmlToken.XML_DECL;
      } else if (target.equalsIgnoreCase("xml")) {
        return invalid(p);
      }
    }
    if (text[p] == '?') {
      if (p + 1 == end) {
        return XmlToken.PARTIAL;
      }
      return text[p + 1] == '>' ? is(token, p + 2) : invalid(p + 1);
    }
    if (!XmlChars.isSpace(text[p])) {
      return invalid(p);
    }
    for (; p < end; p++) {
      if (text[p] == '?' && p + 1 < end && text[p + 1] == '>') {
        return is(token, p + 2);
      }
      if (!XmlChars.isLegal(text[p])) {
        return invalid(p);
      }
    }
    return XmlToken.PARTIAL;
  }

  // ---- prolog and DTD

  XmlToken prolog(int at) {
    open = false;
    if (at >= end) {
      return XmlToken.NONE;
    }
    char c = text[at];
    int p = at + 1;
    return switch (c) {
      case '"', '\'' -> literal(p, c);
      case '<' -> declaration(p);
      case ' ', '\t', '\n', '\r' -> {
        p = skipSpace(p);
        open = p == end && text[p - 1] == '\r';
        yield is(XmlToken.SPACE, p);
      }
      case '%' -> percent(p);
      case ',' -> is(XmlToken.COMMA, p);
      case '|' -> is(XmlToken.OR, p);
      case '>' -> is(XmlToken.DECL_CLOSE, p);
      case '(' -> is(XmlToken.OPEN_PAREN, p);
      case ')' -> closeParen(p);
      case '[' -> is(XmlToken.OPEN_BRACKET, p);
      case ']' -> closeBracket(p);
      case '#' -> poundName(p);
      default -> nameToken(at);
    };
  }

  private XmlToken maybe(XmlToken token, int p) {
    open = p == end;
    return is(token, p);
  }

  private XmlToken literal(int from, char quote) {
    int p = from;
    while (p < end && text[p] != quote) {
      if (!XmlChars.isLegal(text[p])) {
        return invalid(p);
      }
      p++;
    }
    if (p == end) {
      return XmlToken.PARTIAL;
    }
    p++;
    if (p == end || XmlChars.isSpace(text[p]) || ">%[".indexOf(text[p]) >= 0) {
      return maybe(XmlToken.LITERAL, p);
    }
    return invalid(p);
  }

  /** Behind a less-than sign in the prolog. */
  private XmlToken declaration(int p) {
    if (p == end) {
      return XmlToken.PARTIAL;
    }
    return switch (text[p]) {
      case '!' -> {
        if (p + 1 == end) {
          yield XmlToken.PARTIAL;
        }
        yield switch (text[p + 1]) {
          case '-' -> comment(p + 2);
          case '[' -> is(XmlToken.SECTION_OPEN, p + 2);
          default -> declarationName(p + 1);
        };
      }
      case '?' -> instruction(p + 1);
      default ->
          nameStart(text[p]) || Character.isSurrogate(text[p]) || text[p] >= 0x80
              ? is(XmlToken.INSTANCE_START, p - 1)
              : invalid(p);
    };
  }

  private XmlToken declarationName(int from) {
    int p = from;
    while (p < end && XmlChars.isNameStart(text[p])) {
      p++;
    }
    if (p == end) {
      return XmlToken.PARTIAL;
    }
    if (p == from) {
      return invalid(p);
    }
    if (text[p] == '%') {
      if (p + 1 == end) {
        return XmlToken.PARTIAL;
      }
      return XmlChars.isSpace(text[p + 1]) || text[p + 1] == '%'
          ? invalid(p)
          : is(XmlToken.DECL_OPEN, p);
    }
    return XmlChars.isSpace(text[p]) ? is(XmlToken.DECL_OPEN, p) : invalid(p);
  }

  private XmlToken percent(int from) {
    if (from == end) {
      return XmlToken.PARTIAL;
    }
    if (XmlChars.isSpace(text[from]) || text[from] == '%') {
      return is(XmlToken.PERCENT, from);
    }
    if (!nameStart(text[from])) {
      return invalid(from);
    }
    int p = skipName(from + 1);
    if (p == end) {
      return XmlToken.PARTIAL;
    }
    return text[p] == ';' ? is(XmlToken.PARAM_REF, p + 1) : invalid(p);
  }

  private XmlToken closeParen(int p) {
    if (p == end) {
      return maybe(XmlToken.CLOSE_PAREN, p);
    }
    return switch (text[p]) {
      case '*' -> is(XmlToken.CLOSE_PAREN_REPEATED, p + 1);
      case '?' -> is(XmlToken.CLOSE_PAREN_OPTIONAL, p + 1);
      case '+' -> is(XmlToken.CLOSE_PAREN_PLUS, p + 1);
      case ' ', '\t', '\n', '\r', '>', ',', '|', ')' -> is(XmlToken.CLOSE_PAREN, p);
      default -> invalid(p);
    };
  }

  private XmlToken closeBracket(int p) {
    if (p < end && text[p] == ']') {
      if (p + 1 == end) {
        return XmlToken.PARTIAL;
      }
      if (text[p + 1] == '>') {
        return is(XmlToken.SECTION_CLOSE, p + 2);
      }
    }
    return maybe(XmlToken.CLOSE_BRACKET, p);
  }

  private XmlToken poundName(int from) {
    if (from == end) {
      return XmlToken.PARTIAL;
    }
    if (!nameStart(text[from])) {
      return invalid(from);
    }
    int p = skipName(from + 1);
    if (p == end || XmlChars.isSpace(text[p]) || ")>%|".indexOf(text[p]) >= 0) {
      return maybe(XmlToken.POUND_NAME, p);
    }
    return invalid(p);
  }

  private XmlToken nameToken(int at) {
    char first = text[at];
    if (!name(first)) {
      return invalid(at);
    }
    XmlToken token = nameStart(first) ? XmlToken.NAME : XmlToken.NMTOKEN;
    int p = skipName(at + 1);
    if (namespaces && p < end && text[p] == ':') {
      token = p + 1 < end && nameStart(text[p + 1]) ? token : XmlToken.NMTOKEN;
      p++;
      while (p < end && (XmlChars.isName(text[p]) || text[p] == ':')) {
        token = text[p] == ':' ? XmlToken.NMTOKEN : token;
        p++;
      }
    }
    if (p == end) {
      return maybe(token, p);
    }
    char c = text[p];
    if (XmlChars.isSpace(c) || ")>,|[%".indexOf(c) >= 0) {
      return is(token, p);
    }
    if (token == XmlToken.NMTOKEN) {
      return invalid(p);
    }
    return switch (c) {
      case '+' -> is(XmlToken.NAME_PLUS, p + 1);
      case '*' -> is(XmlToken.NAME_REPEATED, p + 1);
      case '?' -> is(XmlToken.NAME_OPTIONAL, p + 1);
      default -> invalid(p);
    };
  }

  /**
   * The end of an ignored section: behind its closing brackets, or -1 when the text ends, or -2
   * when {@code next} is invalid.
   */
  int ignoredSection(int from) {
    int depth = 0;
    int p = from;
    while (p < end) {
      char c = text[p];
      if (!XmlChars.isLegal(c)) {
        next = p;
        return -2;
      }
      if (c == '<' && p + 2 < end && text[p + 1] == '!' && text[p + 2] == '[') {
        depth++;
        p += 3;
      } else if (c == ']' && p + 2 < end && text[p + 1] == ']' && text[p + 2] == '>') {
        p += 3;
        if (depth-- == 0) {
          return p;
        }
      } else {
        p++;
      }
    }
    return -1;
  }

  /** A percent sign or ampersand in the value of an entity or attribute: what stands there. */
  XmlToken valueReference(int at) {
    return text[at] == '%' ? percent(at + 1) : reference(at + 1);
  }
}
