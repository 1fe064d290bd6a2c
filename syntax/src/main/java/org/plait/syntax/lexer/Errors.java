package org.plait.syntax.lexer;

import org.plait.syntax.source.PySyntaxError;
import org.plait.syntax.source.PySyntaxError.Kind;
import org.plait.syntax.source.Source;

/** Makes errors whose positions and source lines are those CPython would report. */
public final class Errors {
  private Errors() {}

  /**
   * An error from the start of a token to the end of another.
   *
   * @param fetched the last token the parser has looked at
   */
  public static PySyntaxError range(
      Tokens t, Kind kind, int fetched, int first, int last, String message) {
    return at(
        t,
        kind,
        fetched,
        t.line[first],
        t.column[first] + 1,
        t.endLine[last],
        t.endColumn[last] + 1,
        message);
  }

  /** An error at a token, which may be one that has no column of its own. */
  public static PySyntaxError atToken(Tokens t, Kind kind, int fetched, int token, String message) {
    int column = t.column[token] < 0 ? t.cursor(fetched) : t.column[token] + 1;
    int endColumn = t.endColumn[token] < 0 ? -1 : t.endColumn[token] + 1;
    return at(t, kind, fetched, t.line[token], column, t.endLine[token], endColumn, message);
  }

  /**
   * An error at byte columns.
   *
   * @param fetched the last token the parser has looked at
   * @param column byte column from 1
   * @param endColumn byte column from 1, or 0 or -1
   */
  public static PySyntaxError at(
      Tokens t,
      Kind kind,
      int fetched,
      int lineno,
      int column,
      int endLineno,
      int endColumn,
      String message) {
    Source source = t.source;
    int from = source.lineStart(lineno);
    int to = source.lineEnd(from);
    if (t.endLine[fetched] <= lineno) {
      to = t.inputEnd(fetched, Math.min(to + 1, source.length()));
    }
    int offset = characters(t, from, to, column);
    int endOffset = endColumn > 0 ? characters(t, from, to, endColumn) : endColumn;
    return new PySyntaxError(
            kind, message, lineno, offset, source.text(from, to), endLineno, endOffset)
        .withMetadata(source.text());
  }

  /** Turns a byte column from 1 into a character column; columns may lie one behind the line. */
  private static int characters(Tokens t, int from, int to, int column) {
    int length = to - from;
    int bytes = Math.min(column, length + 1);
    if (bytes <= 0) {
      return bytes;
    }
    // The column counts from 1, so it covers the first byte of the character it points at; a
    // multi-byte character begun there counts as one.
    int n = Source.characters(t.bytes, from, from + Math.min(bytes, length));
    return bytes > length ? n + 1 : n;
  }
}
