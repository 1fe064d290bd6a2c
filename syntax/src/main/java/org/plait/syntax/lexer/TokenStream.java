package org.plait.syntax.lexer;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.plait.syntax.source.PySyntaxError;
import org.plait.syntax.source.PySyntaxError.Kind;
import org.plait.syntax.source.Source;

/**
 * Tokens one by one from a source that is read line by line, as Python's {@code
 * _tokenize.TokenizerIter} gives them out. Used by one thread.
 */
public final class TokenStream {
  /** Gives one line after another, with its line end. */
  @FunctionalInterface
  public interface Lines {
    /** The next line as UTF-8; null or empty at the end. */
    byte @Nullable [] readLine();
  }

  /**
   * A token. Lines count from 1, columns are characters from 0, or -1 where there is no position.
   *
   * @param type as in Python's {@code token} module
   * @param string its text
   * @param startLine first line
   * @param startColumn column of its first character
   * @param endLine last line
   * @param endColumn column behind its last character
   * @param line the line or lines it stands in
   */
  public record Token(
      int type,
      String string,
      int startLine,
      int startColumn,
      int endLine,
      int endColumn,
      String line) {}

  private final Lexer lexer;
  private final boolean extraTokens;
  private boolean finished;
  private int lastLine;
  private String lastText = "";

  /** Where in the buffer the characters of the line were last counted up to, and how many. */
  private int countedFrom = -1;

  private int countedTo;
  private int counted;

  /**
   * A stream over lines.
   *
   * @param extraTokens whether comments and blank lines are tokens too, and all operators are OP
   */
  public TokenStream(Lines lines, boolean extraTokens) {
    this.lexer = new Lexer(lines::readLine, extraTokens);
    this.extraTokens = extraTokens;
  }

  /**
   * The next token, or null when ENDMARKER has been given out.
   *
   * @throws PySyntaxError if the source can't be tokenized
   */
  public @Nullable Token next() {
    int type = lexer.next();
    if (type == T.ERRORTOKEN) {
      throw error();
    }
    if (finished) {
      return null;
    }
    finished = type == T.ENDMARKER;
    return token(type);
  }

  private Token token(int type) {
    int start = lexer.tokenStart;
    int end = lexer.tokenEnd;
    String string = start < 0 || end < 0 ? "" : text(start, end);
    boolean trailing =
        type == T.ENDMARKER || (type == T.DEDENT && lexer.done == LexerState.Done.EOF);
    boolean literal = type == T.STRING || (type >= T.FSTRING_START && type <= T.TSTRING_END);
    int lineStart = literal ? lexer.multiLineStart : lexer.lineStart;
    String line = extraTokens && trailing ? "" : line(lineStart);
    int lineno = literal ? lexer.firstLineno : lexer.lineno;
    int endLineno = lexer.lineno;
    lastLine = lineno;
    int column = start >= lineStart ? characters(lineStart, start) : -1;
    int endColumn = end >= lexer.lineStart ? characters(lexer.lineStart, end) : -1;
    if (!extraTokens) {
      return new Token(type, string, lineno, column, endLineno, endColumn, line);
    }
    if (trailing) {
      return new Token(type, string, lineno + 1, 0, lineno + 1, 0, line);
    }
    if (type > T.DEDENT && type < T.OP) {
      type = T.OP;
    } else if (type == T.NEWLINE) {
      if (!lexer.implicitNewline) {
        string = lexer.buf[lexer.start] == '\r' ? "\r\n" : "\n";
      }
      endColumn++;
    } else if (type == T.NL && lexer.implicitNewline) {
      string = "";
    }
    return new Token(type, string, lineno, column, endLineno, endColumn, line);
  }

  private String line(int lineStart) {
    if (lexer.lineno != lastLine) {
      int size = lexer.inp - lineStart;
      if (size >= 1 && lexer.implicitNewline) {
        size--;
      }
      lastText = text(lineStart, lineStart + size);
    }
    return lastText;
  }

  private String text(int from, int to) {
    return new String(lexer.buf, from, to - from, StandardCharsets.UTF_8);
  }

  /** Counts on from where the last call for the same line ended, so that long lines stay cheap. */
  private int characters(int lineStart, int to) {
    if (lineStart == countedFrom && to >= countedTo) {
      counted += Source.characters(lexer.buf, countedTo, to);
    } else {
      counted = Source.characters(lexer.buf, lineStart, to);
      countedFrom = lineStart;
    }
    countedTo = to;
    return counted;
  }

  private PySyntaxError error() {
    PySyntaxError e = lexer.error;
    if (e != null) {
      return e;
    }
    return switch (lexer.done) {
      case EOF ->
          new PySyntaxError(
              Kind.SYNTAX,
              "unexpected EOF in multi-line statement",
              lexer.lineno,
              lexer.inp - lexer.bufStart,
              null,
              PySyntaxError.NONE,
              PySyntaxError.NONE);
      case DEDENT -> at(Kind.INDENTATION, "unindent does not match any outer indentation level");
      case TABSPACE -> at(Kind.TAB, "inconsistent use of tabs and spaces in indentation");
      case TOO_DEEP -> at(Kind.INDENTATION, "too many levels of indentation");
      case LINE_CONTINUATION ->
          at(Kind.SYNTAX, "unexpected character after line continuation character");
      default -> at(Kind.SYNTAX, "unknown tokenization error");
    };
  }

  private PySyntaxError at(Kind kind, String message) {
    int end = lexer.inp;
    if (end > lexer.bufStart && lexer.buf[end - 1] == '\n') {
      end--;
    }
    String text = text(lexer.bufStart, end);
    int offset = Source.characters(lexer.buf, lexer.bufStart, lexer.inp);
    return new PySyntaxError(
        kind, message, lexer.lineno, offset, text, PySyntaxError.NONE, PySyntaxError.NONE);
  }
}
