package org.plait.syntax.parser;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.syntax.ast.BytesValue;
import org.plait.syntax.ast.CodePoints;
import org.plait.syntax.ast.Expr;
import org.plait.syntax.ast.SourceRange;
import org.plait.syntax.lexer.T;
import org.plait.syntax.lexer.Tokens;
import org.plait.syntax.source.PySyntaxError;

/** Numbers, strings, f-strings and t-strings, and what adjacent ones become. */
abstract class LiteralParser extends ParserState {
  /** How many of CPython's rules lie between an expression and a replacement field in it. */
  private static final int FIELD_DEPTH = 34;

  LiteralParser(Tokens t, ParseOptions options) {
    super(t, options);
  }

  /** A yield expression or star expressions, as in a replacement field. */
  abstract Expr annotatedRhs();

  final Expr number() {
    int token = p;
    int from = t.start[token];
    int to = t.end[token];
    Object value = Numbers.value(t.bytes, from, to, options.maxIntDigits());
    if (value == null) {
      throw errorAt(
          token,
          "Exceeds the limit ("
              + options.maxIntDigits()
              + " digits) for integer string conversion: value has "
              + Numbers.digits(t.bytes, from, to)
              + " digits; use sys.set_int_max_str_digits() to increase the limit"
              + " - Consider hexadecimal for huge integer literals to avoid decimal conversion"
              + " limits.");
    }
    if (options.featureVersion() < 6 && t.text(token).indexOf('_') >= 0) {
      throw errorAt(
          token, "Underscores in numeric literals are only supported in Python 3.6 and greater");
    }
    advance();
    return new Expr.Constant(value, null, tokenRange(token));
  }

  /** One or more adjacent string literals. */
  final Expr strings() {
    int first = p;
    if (type[p] == T.TSTRING_START) {
      return templates(first);
    }
    Expr one = type[p] == T.STRING ? string() : joined();
    int next = type[p];
    if (next != T.STRING && next != T.FSTRING_START) {
      if (next == T.TSTRING_START) {
        throw mismatch();
      }
      return one instanceof Expr.JoinedStr j
          ? new Expr.JoinedStr(fold(j.values()), j.range())
          : one;
    }
    List<Expr> parts = new ArrayList<>();
    parts.add(one);
    while (type[p] == T.STRING || type[p] == T.FSTRING_START) {
      parts.add(type[p] == T.STRING ? string() : joined());
    }
    if (type[p] == T.TSTRING_START) {
      throw mismatch();
    }
    return concatenate(parts, rangeFrom(first));
  }

  private Expr templates(int first) {
    List<Expr> flat = new ArrayList<>();
    while (type[p] == T.TSTRING_START) {
      flat.addAll(fields(T.TSTRING_MIDDLE, T.TSTRING_END, true));
      closedSince(14, "t-strings are");
    }
    if (type[p] == T.STRING || type[p] == T.FSTRING_START) {
      throw mismatch();
    }
    return new Expr.TemplateStr(fold(flat), rangeFrom(first));
  }

  private Expr joined() {
    int first = p;
    List<Expr> values = fields(T.FSTRING_MIDDLE, T.FSTRING_END, false);
    return new Expr.JoinedStr(values, rangeFrom(first));
  }

  private Expr concatenate(List<Expr> parts, SourceRange range) {
    boolean bytes = false;
    boolean text = false;
    boolean joined = false;
    List<Expr> flat = new ArrayList<>();
    for (Expr e : parts) {
      if (e instanceof Expr.Constant c) {
        bytes |= c.value() instanceof BytesValue;
        text |= !(c.value() instanceof BytesValue);
        flat.add(e);
      } else if (e instanceof Expr.JoinedStr j) {
        joined = true;
        flat.addAll(j.values());
      } else {
        joined = true;
        flat.add(e);
      }
    }
    if (bytes && (text || joined)) {
      throw errorAt(far, "cannot mix bytes and nonbytes literals");
    }
    if (bytes) {
      return new Expr.Constant(joinBytes(parts), null, range);
    }
    if (!joined) {
      return merge(flat, 0, flat.size());
    }
    return new Expr.JoinedStr(fold(flat), range);
  }

  private static BytesValue joinBytes(List<Expr> parts) {
    int n = 0;
    for (Expr e : parts) {
      n += bytesOf(e).length;
    }
    byte[] all = new byte[n];
    n = 0;
    for (Expr e : parts) {
      byte[] b = bytesOf(e);
      System.arraycopy(b, 0, all, n, b.length);
      n += b.length;
    }
    return new BytesValue(all);
  }

  private static byte[] bytesOf(Expr e) {
    return ((BytesValue) ((Expr.Constant) e).value()).bytes();
  }

  /** Merges adjacent constants and leaves empty ones out. */
  private static List<Expr> fold(List<Expr> flat) {
    List<Expr> out = new ArrayList<>(flat.size());
    int i = 0;
    while (i < flat.size()) {
      Expr e = flat.get(i);
      int end = i + 1;
      if (e instanceof Expr.Constant) {
        while (end < flat.size() && flat.get(end) instanceof Expr.Constant) {
          end++;
        }
        Expr.Constant merged = merge(flat, i, end);
        if (!"".equals(merged.value())) {
          out.add(merged);
        }
      } else {
        out.add(e);
      }
      i = end;
    }
    return out;
  }

  private static Expr.Constant merge(List<Expr> list, int from, int to) {
    Expr.Constant first = (Expr.Constant) list.get(from);
    if (to - from == 1) {
      return first;
    }
    boolean plain = true;
    int length = 0;
    for (int i = from; i < to; i++) {
      Object v = ((Expr.Constant) list.get(i)).value();
      if (v instanceof String s) {
        length += s.length();
        plain &=
            s.isEmpty()
                || !Character.isSurrogate(s.charAt(0))
                    && !Character.isSurrogate(s.charAt(s.length() - 1));
      } else {
        length += ((CodePoints) v).codePoints().length;
        plain = false;
      }
    }
    SourceRange range = span(first.range(), list.get(to - 1).range());
    Object value =
        plain ? joinStrings(list, from, to, length) : joinCodePoints(list, from, to, length);
    return new Expr.Constant(value, first.kind_(), range);
  }

  private static String joinStrings(List<Expr> list, int from, int to, int length) {
    StringBuilder sb = new StringBuilder(length);
    for (int i = from; i < to; i++) {
      sb.append((String) ((Expr.Constant) list.get(i)).value());
    }
    return sb.toString();
  }

  private static Object joinCodePoints(List<Expr> list, int from, int to, int length) {
    int[] all = new int[length];
    int n = 0;
    for (int i = from; i < to; i++) {
      Object v = ((Expr.Constant) list.get(i)).value();
      int[] points =
          v instanceof CodePoints c ? c.codePoints() : ((String) v).codePoints().toArray();
      System.arraycopy(points, 0, all, n, points.length);
      n += points.length;
    }
    return CodePoints.of(all, n);
  }

  /** A plain string or bytes literal. */
  private Expr.Constant string() {
    Expr.Constant c = stringAt(p);
    advance();
    return c;
  }

  private Expr.Constant stringAt(int token) {
    byte[] b = t.bytes;
    int i = t.start[token];
    int to = t.end[token];
    boolean bytes = false;
    boolean raw = false;
    String kind = b[i] == 'u' ? "u" : null;
    while (b[i] != '\'' && b[i] != '"') {
      bytes |= (b[i] | 0x20) == 'b';
      raw |= (b[i] | 0x20) == 'r';
      i++;
    }
    int quotes = to - i >= 6 && b[i + 1] == b[i] && b[i + 2] == b[i] ? 3 : 1;
    i += quotes;
    to -= quotes;
    raw = raw || !Escapes.hasBackslash(b, i, to);
    Object value;
    if (bytes) {
      value = bytesLiteral(token, i, to, raw);
    } else {
      value = raw ? Escapes.plain(b, i, to) : text(token, token, i, to);
    }
    return new Expr.Constant(value, kind, tokenRange(token));
  }

  /** The message for what is wrong in a STRING token, or null; nothing else is done with it. */
  final @Nullable String literalProblem(int token) {
    muted = true;
    try {
      stringAt(token);
      return null;
    } catch (PySyntaxError e) {
      return e.message();
    } finally {
      muted = false;
    }
  }

  private Object bytesLiteral(int token, int from, int to, boolean raw) {
    byte[] b = t.bytes;
    for (int i = from; i < to; i++) {
      if (b[i] < 0) {
        throw errorAt(token, "bytes can only contain ASCII literal characters");
      }
    }
    if (raw) {
      return Escapes.copy(b, from, to);
    }
    Escapes e = new Escapes(b, from, to);
    try {
      BytesValue value = e.decodeBytes();
      if (e.firstInvalid() >= 0) {
        warnInvalidEscape(token, e.firstInvalid());
      }
      return value;
    } catch (Escapes.BadEscape bad) {
      throw errorAt(token, bad.message());
    }
  }

  private Object text(int token, int errorToken, int from, int to) {
    Escapes e = new Escapes(t.bytes, from, to);
    try {
      Object value = e.decodeText(options.names());
      int invalid = e.firstInvalid();
      // The tokenizer has warned about a backslash before a brace.
      if (invalid >= 0
          && (type[token] == T.STRING
              || (t.bytes[invalid + 1] != '{' && t.bytes[invalid + 1] != '}'))) {
        warnInvalidEscape(token, invalid);
      }
      return value;
    } catch (Escapes.BadEscape bad) {
      throw errorAt(errorToken, bad.message());
    }
  }

  /** The values of an f-string or t-string; the current token is its start. */
  private List<Expr> fields(int middle, int end, boolean template) {
    int startToken = p;
    boolean raw = false;
    for (int i = t.start[startToken]; i < t.end[startToken]; i++) {
      raw |= (t.bytes[i] | 0x20) == 'r';
    }
    advance();
    List<Object> parts = new ArrayList<>();
    while (type[p] != end) {
      if (type[p] == middle) {
        parts.add(p);
        advance();
      } else if (type[p] == T.LBRACE) {
        addField(parts, middle, template, raw);
      } else {
        throw mismatch();
      }
    }
    int endToken = p;
    List<Expr> values = new ArrayList<>(parts.size());
    for (Object part : parts) {
      if (part instanceof Integer token) {
        Expr.Constant c = middleText(token, endToken, raw);
        if (!"".equals(c.value())) {
          values.add(c);
        }
      } else {
        values.add((Expr) part);
      }
    }
    advance();
    return values;
  }

  private Expr.Constant middleText(int token, int errorToken, boolean raw) {
    int from = t.start[token];
    int to = t.end[token];
    byte[] b = t.bytes;
    if (to - from == 2 && b[from] == b[from + 1] && (b[from] == '{' || b[from] == '}')) {
      to--;
    }
    Object value =
        raw || !Escapes.hasBackslash(b, from, to)
            ? Escapes.plain(b, from, to)
            : text(token, errorToken, from, to);
    return new Expr.Constant(value, null, tokenRange(token));
  }

  /** A replacement field; adds the text of a debug field and then the field itself. */
  private void addField(List<Object> parts, int middle, boolean template, boolean raw) {
    int first = p;
    enter(FIELD_DEPTH);
    advance();
    Expr value = annotatedRhs();
    boolean debug = accept(T.EQUAL);
    int conversion = -1;
    int conversionToken = -1;
    String expression = null;
    if (type[p] == T.EXCLAMATION) {
      expression = t.expression(p);
      conversionToken = p + 1;
      conversion = conversion(middle);
    }
    Expr format = null;
    int colon = -1;
    if (type[p] == T.COLON) {
      colon = p;
      if (expression == null) {
        expression = t.expression(p);
      }
      format = formatSpec(middle, raw);
    }
    int close = p;
    if (type[p] != T.RBRACE) {
      throw mismatch();
    }
    if (expression == null) {
      expression = t.expression(p);
    }
    advance();
    depth -= FIELD_DEPTH;
    if (debug && conversion < 0 && format == null) {
      conversion = 'r';
    }
    SourceRange range = rangeFrom(first);
    if (debug) {
      int textEnd = debugEndColumn(conversionToken, colon, close);
      int endLine =
          conversionToken >= 0
              ? t.line[conversionToken]
              : colon >= 0 ? t.line[colon] : t.endLine[close];
      SourceRange textRange =
          new SourceRange(t.line[first], t.column[first] + 1, endLine, textEnd - 1);
      parts.add(new Expr.Constant(expression == null ? "" : expression, null, textRange));
    }
    if (template) {
      String text = expression == null ? "" : stripExpression(expression);
      parts.add(new Expr.Interpolation(value, text, conversion, format, range));
    } else {
      parts.add(new Expr.FormattedValue(value, conversion, format, range));
    }
  }

  private int debugEndColumn(int conversionToken, int colon, int close) {
    if (conversionToken >= 0) {
      return t.column[conversionToken];
    }
    return colon >= 0 ? t.column[colon] + 1 : t.endColumn[close];
  }

  /** The text of an interpolation: without a debug field's equals sign and the space around it. */
  private static String stripExpression(String s) {
    int end = s.length();
    while (end > 0
        && (s.charAt(end - 1) == '='
            || Character.isWhitespace(s.charAt(end - 1))
            || Character.isSpaceChar(s.charAt(end - 1)))) {
      end--;
    }
    return s.substring(0, end);
  }

  private int conversion(int middle) {
    int mark = p;
    advance();
    if (type[p] != T.NAME) {
      throw mismatch();
    }
    char prefix = middle == T.FSTRING_MIDDLE ? 'f' : 't';
    int nameToken = p;
    if (t.line[mark] != t.line[nameToken] || t.endColumn[mark] != t.column[nameToken]) {
      SourceRange r = span(tokenRange(mark), tokenRange(nameToken));
      throw errorIn(
          r, prefix + "-string: conversion type must come right after the exclamation mark");
    }
    String name = t.name(nameToken);
    char c = name.charAt(0);
    if (name.length() > 1 || (c != 's' && c != 'r' && c != 'a')) {
      throw errorIn(
          tokenRange(nameToken),
          prefix
              + "-string: invalid conversion character '"
              + name
              + "': expected 's', 'r', or 'a'");
    }
    advance();
    return c;
  }

  private Expr formatSpec(int middle, boolean raw) {
    int first = p;
    advance();
    List<Object> parts = new ArrayList<>();
    while (true) {
      if (type[p] == middle) {
        int token = p;
        parts.add(middleText(token, token, raw));
        advance();
      } else if (type[p] == T.LBRACE) {
        addField(parts, middle, false, raw);
      } else {
        break;
      }
    }
    List<Expr> values = new ArrayList<>(parts.size());
    for (Object part : parts) {
      if (!(part instanceof Expr.Constant c && "".equals(c.value()))) {
        values.add((Expr) part);
      }
    }
    return new Expr.JoinedStr(fold(values), rangeFrom(first));
  }
}
