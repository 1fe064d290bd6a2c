package org.plait.syntax.lexer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plait.syntax.source.PySyntaxError;
import org.plait.syntax.source.Source;

/**
 * The tokenizer's place in the text and how it advances: line by line, so that positions in errors
 * are those CPython reports. Everything is a byte offset into {@link #buf}; behind the last valid
 * byte there is always a zero byte. Used by one thread.
 */
abstract class LexerState {
  static final int EOF = -1;

  /** What stopped the tokenizer, if anything did. */
  enum Done {
    OK,
    EOF,
    /** {@link #error} says what. */
    ERROR,
    /** End of file or line in a string; {@link #error} says more. */
    EOF_IN_STRING,
    EOL_IN_STRING,
    DEDENT,
    TABSPACE,
    TOO_DEEP,
    LINE_CONTINUATION
  }

  /** Gives one line after another, as UTF-8; null or empty at the end. */
  @FunctionalInterface
  interface LineSource {
    byte @Nullable [] readLine();
  }

  byte[] buf;

  /** Where the valid bytes end: of the whole text, or of what was read so far. */
  private int limit;

  private final @Nullable LineSource lines;

  /** The next byte. */
  int cur;

  /** Where the line that is being read ends. */
  int inp;

  int lineStart;

  /** The line being read, from 1. */
  int lineno;

  /** Where the lines that belong to the token being read begin. */
  int bufStart;

  /** The token being read, or -1 between tokens. */
  int start = -1;

  int firstLineno;
  int multiLineStart;
  boolean implicitNewline;
  Done done = Done.OK;
  @Nullable PySyntaxError error;

  LexerState(byte[] buf, int length) {
    this.buf = buf;
    this.limit = length;
    this.lines = null;
  }

  LexerState(LineSource lines) {
    this.buf = new byte[1024];
    this.lines = lines;
  }

  /** The next byte, or EOF. Advances even at EOF only in the sense that it stays there. */
  final int nextc() {
    if (cur != inp) {
      return buf[cur++] & 0xFF;
    }
    return underflow() ? buf[cur++] & 0xFF : EOF;
  }

  final void backup(int c) {
    if (c != EOF) {
      cur--;
    }
  }

  /** Whether an f-string or t-string is being read. */
  abstract boolean inString();

  private boolean underflow() {
    if (done != Done.OK) {
      return false;
    }
    if (start < 0 && (lines != null ? !inString() : inp < limit)) {
      bufStart = cur;
    }
    if (lines != null ? !readLine(lines) : inp >= limit) {
      done = Done.EOF;
      return false;
    }
    lineStart = cur;
    lineno++;
    int i = cur;
    while (i < limit && buf[i] != '\n') {
      i++;
    }
    inp = i < limit ? i + 1 : limit;
    return true;
  }

  private boolean readLine(LineSource source) {
    byte[] line = source.readLine();
    if (line == null || line.length == 0) {
      return false;
    }
    if (limit + line.length + 2 > buf.length) {
      buf = Arrays.copyOf(buf, Math.max(buf.length * 2, limit + line.length + 2));
    }
    System.arraycopy(line, 0, buf, limit, line.length);
    limit += line.length;
    implicitNewline = false;
    if (buf[limit - 1] != '\n') {
      buf[limit++] = '\n';
      implicitNewline = true;
    }
    buf[limit] = 0;
    return true;
  }

  /** Reports an error that ends at the current byte, and returns ERRORTOKEN. */
  final int syntaxError(String message) {
    int column = Source.characters(buf, lineStart, cur);
    return syntaxErrorAt(column, column, message);
  }

  /** Reports an error with given columns, from 1, and returns ERRORTOKEN. */
  final int syntaxErrorAt(int column, int endColumn, String message) {
    if (done != Done.ERROR) {
      done = Done.ERROR;
      error = errorAt(column, endColumn, message);
    }
    return T.ERRORTOKEN;
  }

  /** An error that ends at the current byte, not reported yet. */
  final PySyntaxError errorHere(String message) {
    int column = Source.characters(buf, lineStart, cur);
    return errorAt(column, column, message);
  }

  private PySyntaxError errorAt(int column, int endColumn, String message) {
    int end = lineStart;
    while (end < limit && buf[end] != '\n') {
      end++;
    }
    return new PySyntaxError(
        PySyntaxError.Kind.SYNTAX,
        message,
        lineno,
        column,
        new String(buf, lineStart, end - lineStart, StandardCharsets.UTF_8),
        lineno,
        endColumn);
  }

  static boolean isIdentifierStart(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 128;
  }

  static boolean isIdentifierChar(int c) {
    return isIdentifierStart(c) || (c >= '0' && c <= '9');
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
