package org.plait.syntax.lexer;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.plait.syntax.source.PySyntaxError;

/**
 * Python's tokenizer. Each {@link #next} leaves one token in the fields. The order of its checks is
 * CPython's, because it decides which error is reported. Used by one thread.
 */
final class Lexer extends NumberLexer {
  private static final int MAX_INDENT = 100;
  private static final int MAX_LEVEL = 200;
  private static final int MAX_NESTED_STRINGS = 150;
  private static final int MAX_NESTED_FIELDS = 3;
  private static final int TAB_SIZE = 8;

  private final boolean typeComments;
  private final int[] indents = new int[MAX_INDENT];
  private final int[] altIndents = new int[MAX_INDENT];
  int indent;
  int pendingIndents;
  private boolean atLineBegin = true;
  private boolean commentNewline;

  final byte[] parens = new byte[MAX_LEVEL];
  final int[] parenLines = new int[MAX_LEVEL];
  final int[] parenColumns = new int[MAX_LEVEL];
  int level;

  private final Mode outside = new Mode();
  private Mode mode = outside;
  private int modes;

  final NameTable names = new NameTable();

  // The token. Offsets are -1 where CPython has no position.
  int tokenStart;
  int tokenEnd;

  /** The number of a NAME in {@link #names}. */
  int nameId;

  /** The text of a replacement field's expression, on the token that ends it. */
  @Nullable String expression;

  Lexer(byte[] buf, int length, boolean extraTokens, boolean typeComments) {
    super(buf, length, extraTokens);
    this.typeComments = typeComments;
  }

  Lexer(LineSource lines, boolean extraTokens) {
    super(lines, extraTokens);
    this.typeComments = false;
  }

  /** Reads a token and returns its type; keywords are NAMEs here unless {@code keywords}. */
  int next() {
    tokenStart = -1;
    tokenEnd = -1;
    expression = null;
    return mode.literal ? literalPart() : normal();
  }

  private int token(int type) {
    tokenStart = start;
    tokenEnd = cur;
    return type;
  }

  private int normal() {
    while (true) {
      start = -1;
      boolean blank = false;
      if (atLineBegin) {
        int r = indentation();
        if (r == T.ERRORTOKEN) {
          return r;
        }
        blank = r == T.NL;
      }
      start = cur;
      if (pendingIndents != 0) {
        if (pendingIndents < 0) {
          pendingIndents++;
          if (extraTokens) {
            tokenStart = cur;
            tokenEnd = cur;
          }
          return T.DEDENT;
        }
        pendingIndents--;
        if (extraTokens) {
          tokenStart = lineStart;
          tokenEnd = cur;
        }
        return T.INDENT;
      }
      int c = nextc();
      backup(c);
      int type = afterIndentation(blank);
      if (type >= 0) {
        return type;
      }
    }
  }

  /** Returns NL for a blank line, ERRORTOKEN, or 0. */
  private int indentation() {
    int col = 0;
    int altCol = 0;
    int continued = 0;
    atLineBegin = false;
    int c;
    while (true) {
      c = nextc();
      if (c == ' ') {
        col++;
        altCol++;
      } else if (c == '\t') {
        col = (col / TAB_SIZE + 1) * TAB_SIZE;
        altCol++;
      } else if (c == '\f') {
        col = 0;
        altCol = 0;
      } else if (c == '\\') {
        continued = continued != 0 ? continued : col;
        if (!continuationLine()) {
          return T.ERRORTOKEN;
        }
      } else {
        break;
      }
    }
    backup(c);
    if (c == '#' || c == '\n' || c == '\r') {
      return T.NL;
    }
    if (level > 0) {
      return 0;
    }
    return indentTo(continued != 0 ? continued : col, continued != 0 ? continued : altCol);
  }

  private int indentTo(int col, int altCol) {
    if (col == indents[indent]) {
      return altCol == altIndents[indent] ? 0 : indentError();
    }
    if (col > indents[indent]) {
      if (indent + 1 >= MAX_INDENT) {
        done = Done.TOO_DEEP;
        cur = inp;
        return T.ERRORTOKEN;
      }
      if (altCol <= altIndents[indent]) {
        return indentError();
      }
      pendingIndents++;
      indents[++indent] = col;
      altIndents[indent] = altCol;
      return 0;
    }
    while (indent > 0 && col < indents[indent]) {
      pendingIndents--;
      indent--;
    }
    if (col != indents[indent]) {
      done = Done.DEDENT;
      cur = inp;
      return T.ERRORTOKEN;
    }
    return altCol == altIndents[indent] ? 0 : indentError();
  }

  private int indentError() {
    done = Done.TABSPACE;
    cur = inp;
    return T.ERRORTOKEN;
  }

  private boolean continuationLine() {
    int c = nextc();
    if (c == '\r') {
      c = nextc();
    }
    if (c != '\n') {
      done = Done.LINE_CONTINUATION;
      return false;
    }
    c = nextc();
    if (c == EOF) {
      done = Done.EOF;
      cur = inp;
      return false;
    }
    backup(c);
    return true;
  }

  /** Reads what stands behind the indentation; -1 to begin with the next line. */
  private int afterIndentation(boolean blank) {
    int c;
    while (true) {
      start = -1;
      do {
        c = nextc();
      } while (c == ' ' || c == '\t' || c == '\f');
      start = c == EOF ? cur : cur - 1;
      if (c == '#') {
        int type = comment(blank);
        if (type >= 0) {
          return type;
        }
        c = nextc();
      }
      if (c == EOF) {
        return level > 0 || done != Done.EOF ? T.ERRORTOKEN : T.ENDMARKER;
      }
      if (c != '\\') {
        break;
      }
      if (!continuationLine()) {
        return T.ERRORTOKEN;
      }
    }
    if (isIdentifierStart(c)) {
      return name(c);
    }
    if (c == '\r') {
      c = nextc();
    }
    if (c == '\n') {
      return newline(blank);
    }
    if (c == '.') {
      return period();
    }
    if (isDigit(c)) {
      return number(c) ? token(T.NUMBER) : T.ERRORTOKEN;
    }
    return c == '\'' || c == '"' ? string(c) : punctuation(c);
  }

  private int newline(boolean blank) {
    atLineBegin = true;
    if (blank || level > 0) {
      if (extraTokens) {
        commentNewline = false;
        return token(T.NL);
      }
      return -1;
    }
    if (commentNewline && extraTokens) {
      commentNewline = false;
      return token(T.NL);
    }
    tokenStart = start;
    tokenEnd = cur - 1;
    return T.NEWLINE;
  }

  private int period() {
    int c = nextc();
    if (isDigit(c)) {
      return fraction(c) ? token(T.NUMBER) : T.ERRORTOKEN;
    }
    if (c == '.') {
      c = nextc();
      if (c == '.') {
        return token(T.ELLIPSIS);
      }
      backup(c);
      backup('.');
    } else {
      backup(c);
    }
    return token(T.DOT);
  }

  /** Skips a comment up to its newline; returns a type for a token that comes from it, or -1. */
  private int comment(boolean blank) {
    while (cur < inp && buf[cur] != '\n' && buf[cur] != '\r') {
      cur++;
    }
    if (cur == inp) {
      nextc();
    }
    if (typeComments) {
      int type = typeComment(blank);
      if (type >= 0) {
        return type;
      }
    }
    if (extraTokens) {
      commentNewline = blank;
      return token(T.COMMENT);
    }
    return -1;
  }

  private int typeComment(boolean blank) {
    int p = start + 1;
    p = skipBlanks(p);
    if (!startsWith(p, "type:")) {
      return -1;
    }
    p = skipBlanks(p + 5);
    int ignoreEnd = p + 6;
    boolean ignore =
        cur >= ignoreEnd
            && startsWith(p, "ignore")
            && !(cur > ignoreEnd
                && (buf[ignoreEnd] < 0 || Character.isLetterOrDigit(buf[ignoreEnd])));
    if (ignore) {
      tokenStart = ignoreEnd;
      tokenEnd = cur;
      if (blank) {
        nextc();
        atLineBegin = true;
      }
      return T.TYPE_IGNORE;
    }
    tokenStart = p;
    tokenEnd = cur;
    return T.TYPE_COMMENT;
  }

  private int skipBlanks(int p) {
    while (p < cur && (buf[p] == ' ' || buf[p] == '\t')) {
      p++;
    }
    return p;
  }

  private boolean startsWith(int p, String s) {
    if (cur - p < s.length()) {
      return false;
    }
    for (int i = 0; i < s.length(); i++) {
      if (buf[p + i] != s.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private int name(int first) {
    int c = first;
    if (c < 128 && "bBuUrRfFtT".indexOf(c) >= 0) {
      int type = prefixed(c);
      if (type >= 0) {
        return type;
      }
      cur = start + 1;
    }
    byte[] b = buf;
    int i = cur;
    int hash = c;
    int or = c;
    while (true) {
      int d = b[i];
      if (!NAME_CHAR[d & 0xFF] || i >= inp) {
        break;
      }
      or |= d & 0xFF;
      hash = hash * 31 + d;
      i++;
    }
    cur = i;
    if (i == inp) {
      backup(nextc());
    }
    boolean ascii = or < 128;
    if (!ascii && !extraTokens && !verifyIdentifier()) {
      return T.ERRORTOKEN;
    }
    nameId = names.id(buf, start, cur, hash, ascii);
    if (!ascii && !extraTokens && isConstant(names.name(nameId))) {
      done = Done.ERROR;
      error =
          PySyntaxError.withoutPosition(
              PySyntaxError.Kind.VALUE,
              "identifier field can't represent '" + names.name(nameId) + "' constant");
      return T.ERRORTOKEN;
    }
    return token(T.NAME);
  }

  private static boolean isConstant(String name) {
    return name.equals("None") || name.equals("True") || name.equals("False");
  }

  @Override
  boolean inString() {
    return mode.kind != 0;
  }

  private static final boolean[] NAME_CHAR = new boolean[256];

  static {
    for (int i = 0; i < 256; i++) {
      NAME_CHAR[i] = isIdentifierChar(i);
    }
  }

  /** Reads a string with a prefix; -1 if it is a name after all. */
  private int prefixed(int first) {
    int c = first;
    int seen = 0;
    while (true) {
      int bit = c == EOF ? -1 : "burft".indexOf(c | 0x20);
      if (bit < 0 || c < 'A' || (seen & (1 << bit)) != 0) {
        return -1;
      }
      seen |= 1 << bit;
      c = cur < inp ? buf[cur++] & 0xFF : EOF;
      if (c == '"' || c == '\'') {
        String clash = incompatible(seen);
        if (clash != null) {
          return syntaxErrorAt(start + 1 - lineStart, cur - lineStart, clash);
        }
        return (seen & (8 | 16)) != 0
            ? stringStart(c, (seen & 8) != 0, (seen & 4) != 0)
            : string(c);
      }
    }
  }

  private static @Nullable String incompatible(int seen) {
    boolean b = (seen & 1) != 0;
    boolean u = (seen & 2) != 0;
    boolean r = (seen & 4) != 0;
    boolean f = (seen & 8) != 0;
    boolean t = (seen & 16) != 0;
    String pair = null;
    if (u && (b || r || f || t)) {
      pair = "'u' and '" + (b ? "b" : r ? "r" : f ? "f" : "t");
    } else if (b && (f || t)) {
      pair = "'b' and '" + (f ? "f" : "t");
    } else if (f && t) {
      pair = "'f' and 't";
    }
    return pair == null ? null : pair + "' prefixes are incompatible";
  }

  private boolean verifyIdentifier() {
    String s = new String(buf, start, cur - start, StandardCharsets.UTF_8);
    int at = 0;
    while (at < s.length()) {
      int cp = s.codePointAt(at);
      int end = at + Character.charCount(cp);
      if (at == 0 ? !Identifiers.isStart(cp) : !Identifiers.isContinue(cp)) {
        cur = start + s.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
        syntaxError(
            Identifiers.isPrintable(cp)
                ? String.format(
                    Locale.ROOT, "invalid character '%s' (U+%04X)", Character.toString(cp), cp)
                : String.format(Locale.ROOT, "invalid non-printable character U+%04X", cp));
        return false;
      }
      at = end;
    }
    return true;
  }

  private int string(int quote) {
    int quoteSize = 1;
    int endSize = 0;
    boolean escapedQuote = false;
    firstLineno = lineno;
    multiLineStart = lineStart;
    int c = nextc();
    if (c == quote) {
      c = nextc();
      if (c == quote) {
        quoteSize = 3;
      } else {
        endSize = 1;
      }
    }
    if (c != quote) {
      backup(c);
    }
    while (endSize != quoteSize) {
      c = nextc();
      if (c == quote) {
        endSize++;
        continue;
      }
      if (c == EOF || (quoteSize == 1 && c == '\n')) {
        return unterminatedString(quote, quoteSize, escapedQuote, c);
      }
      endSize = 0;
      if (c == '\\') {
        c = nextc();
        escapedQuote |= c == quote;
        if (c == '\r') {
          nextc();
        }
      }
    }
    return token(T.STRING);
  }

  private int unterminatedString(int quote, int quoteSize, boolean escapedQuote, int c) {
    int detected = lineno;
    cur = start + 1;
    lineStart = multiLineStart;
    lineno = firstLineno;
    if (mode.kind != 0 && mode.quote == quote && mode.quoteSize == quoteSize) {
      return syntaxError(mode.kind + "-string: expecting '}'");
    }
    if (quoteSize == 3) {
      syntaxError("unterminated triple-quoted string literal (detected at line " + detected + ")");
      if (c != '\n') {
        done = Done.EOF_IN_STRING;
      }
    } else {
      syntaxError(
          "unterminated string literal (detected at line "
              + detected
              + ")"
              + (escapedQuote ? "; perhaps you escaped the end quote?" : ""));
      if (c != '\n') {
        done = Done.EOL_IN_STRING;
      }
    }
    return T.ERRORTOKEN;
  }

  private int stringStart(int quote, boolean f, boolean raw) {
    int quoteSize = 1;
    firstLineno = lineno;
    multiLineStart = lineStart;
    int second = nextc();
    if (second == quote) {
      int third = nextc();
      if (third == quote) {
        quoteSize = 3;
      } else {
        backup(third);
        backup(second);
      }
    } else {
      backup(second);
    }
    if (modes + 1 >= MAX_NESTED_STRINGS) {
      return syntaxError("too many nested f-strings or t-strings");
    }
    Mode m = new Mode();
    m.outer = mode;
    m.kind = f ? 'f' : 't';
    m.literal = true;
    m.raw = raw;
    m.quote = quote;
    m.quoteSize = quoteSize;
    m.start = start;
    m.lineStart = lineStart;
    m.lineno = lineno;
    mode = m;
    modes++;
    return token(f ? T.FSTRING_START : T.TSTRING_START);
  }

  private int punctuation(int c) {
    Mode m = mode;
    if (m.kind != 0 && m.fieldDepth >= 0 && (c == ':' || c == '}' || c == '!' || c == '{')) {
      int cursor = m.depth - (c != '{' ? 1 : 0);
      if (cursor == 0 || (cursor == 1 && (m.inDebug || m.inFormatSpec))) {
        fieldExpression(m, c);
      }
      if (c == ':' && cursor == m.fieldDepth) {
        m.literal = true;
        m.inFormatSpec = true;
        return token(T.COLON);
      }
    }
    int c2 = nextc();
    int two = Operators.two(c, c2);
    if (two != T.OP) {
      int c3 = nextc();
      int three = Operators.three(c, c2, c3);
      if (three != T.OP) {
        return token(three);
      }
      backup(c3);
      return token(two);
    }
    backup(c2);
    if (c == '(' || c == '[' || c == '{') {
      if (level >= MAX_LEVEL) {
        return syntaxError("too many nested parentheses");
      }
      parens[level] = (byte) c;
      parenLines[level] = lineno;
      parenColumns[level] = start - lineStart;
      level++;
      if (m.kind != 0) {
        m.depth++;
      }
    } else if (c == ')' || c == ']' || c == '}') {
      int r = closing(c, m);
      if (r >= 0) {
        return r;
      }
    }
    if (c < 32 || c == 127) {
      return syntaxError(String.format(Locale.ROOT, "invalid non-printable character U+%04X", c));
    }
    if (c == '=' && m.kind != 0 && m.depth - m.fieldDepth == 1) {
      m.inDebug = true;
    }
    return token(Operators.one(c));
  }

  /** Keeps the text of a replacement field's expression and gives it to the token that ends it. */
  private void fieldExpression(Mode m, int c) {
    if (c == '{') {
      m.exprStart = cur;
      m.exprEnd = -1;
      return;
    }
    if (m.exprEnd < 0 || c != ':') {
      m.exprEnd = start;
    }
    if ((m.inDebug || m.kind == 't') && m.exprStart >= 0) {
      expression = FieldText.withoutComments(buf, m.exprStart, m.exprEnd);
    }
  }

  private int closing(int c, Mode m) {
    if (m.kind != 0 && m.depth == 0 && c == '}') {
      return syntaxError(m.kind + "-string: single '}' is not allowed");
    }
    if (!extraTokens && level == 0) {
      return syntaxError("unmatched '" + (char) c + "'");
    }
    if (level > 0) {
      level--;
      int opening = parens[level];
      boolean matches =
          (opening == '(' && c == ')')
              || (opening == '[' && c == ']')
              || (opening == '{' && c == '}');
      if (!extraTokens && !matches) {
        if (m.kind != 0 && opening == '{' && m.depth - 1 == m.fieldDepth) {
          return syntaxError(m.kind + "-string: unmatched '" + (char) c + "'");
        }
        String message =
            "closing parenthesis '"
                + (char) c
                + "' does not match opening parenthesis '"
                + (char) opening
                + "'";
        return syntaxError(
            parenLines[level] != lineno ? message + " on line " + parenLines[level] : message);
      }
    }
    if (m.kind != 0) {
      m.depth--;
      if (m.depth < 0) {
        return syntaxError(m.kind + "-string: unmatched '" + (char) c + "'");
      }
      if (c == '}' && m.depth == m.fieldDepth) {
        m.fieldDepth--;
        m.literal = true;
        m.inFormatSpec = false;
        m.inDebug = false;
      }
    }
    return -1;
  }

  /** The literal text of an f-string or t-string up to a replacement field or the end. */
  private int literalPart() {
    Mode m = mode;
    start = cur;
    firstLineno = lineno;
    multiLineStart = lineStart;
    int c = nextc();
    if (c == '{') {
      int peek = nextc();
      backup(peek);
      backup(c);
      if (peek != '{') {
        return enterField(m) ? normal() : T.ERRORTOKEN;
      }
    } else {
      backup(c);
    }
    int quotes = 0;
    while (quotes < m.quoteSize) {
      int q = nextc();
      if (q != m.quote) {
        backup(q);
        break;
      }
      quotes++;
    }
    if (quotes == m.quoteSize) {
      mode = m.outer == null ? outside : m.outer;
      modes--;
      return token(m.kind == 'f' ? T.FSTRING_END : T.TSTRING_END);
    }
    return middle(m);
  }

  private boolean enterField(Mode m) {
    m.fieldDepth++;
    if (m.fieldDepth >= MAX_NESTED_FIELDS) {
      syntaxError(m.kind + "-string: expressions nested too deeply");
      return false;
    }
    m.literal = false;
    return true;
  }

  private int middle(Mode m) {
    int type = m.kind == 'f' ? T.FSTRING_MIDDLE : T.TSTRING_MIDDLE;
    boolean unicodeEscape = false;
    int quotes = 0;
    while (quotes != m.quoteSize) {
      int c = nextc();
      boolean inSpec = m.inFormatSpec && m.fieldDepth >= 0;
      if (c == EOF || (m.quoteSize == 1 && c == '\n')) {
        return unterminated(m, c, inSpec);
      }
      if (c == m.quote) {
        quotes++;
        continue;
      }
      quotes = 0;
      if (c == '{') {
        fieldExpression(m, c);
        int peek = nextc();
        if (peek != '{' || inSpec) {
          backup(peek);
          backup(c);
          if (!enterField(m)) {
            return T.ERRORTOKEN;
          }
          m.inFormatSpec = false;
          return token(type);
        }
        tokenStart = start;
        tokenEnd = cur - 1;
        return type;
      }
      if (c == '}') {
        if (unicodeEscape) {
          return token(type);
        }
        int peek = nextc();
        if (peek == '}' && !inSpec && m.depth == 0) {
          tokenStart = start;
          tokenEnd = cur - 1;
          return type;
        }
        backup(peek);
        backup(c);
        m.literal = false;
        m.inFormatSpec = false;
        return token(type);
      }
      if (c == '\\') {
        int peek = nextc();
        if (peek == '\r') {
          peek = nextc();
        }
        if (peek == '{' || peek == '}') {
          if (!m.raw && warnings != null) {
            warnings.warn(InvalidEscape.warning((char) peek), InvalidEscape.error((char) peek));
          }
          backup(peek);
        } else if (!m.raw && peek == 'N') {
          peek = nextc();
          if (peek == '{') {
            unicodeEscape = true;
          } else {
            backup(peek);
          }
        }
      }
    }
    cur -= m.quoteSize;
    return token(type);
  }

  private int unterminated(Mode m, int c, boolean inSpec) {
    if (inSpec && c == '\n') {
      return syntaxError(
          m.kind
              + "-string: newlines are not allowed in format specifiers for single quoted "
              + m.kind
              + "-strings");
    }
    int detected = lineno;
    cur = m.start + 1;
    lineStart = m.lineStart;
    lineno = m.lineno;
    String what = m.quoteSize == 3 ? "unterminated triple-quoted " : "unterminated ";
    syntaxError(what + m.kind + "-string literal (detected at line " + detected + ")");
    if (m.quoteSize == 3 && c != '\n') {
      done = Done.EOF_IN_STRING;
    }
    return T.ERRORTOKEN;
  }
}
