package org.plait.syntax.lexer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plait.syntax.ast.TypeIgnore;
import org.plait.syntax.source.PySyntaxError;
import org.plait.syntax.source.Source;

/**
 * All tokens of a source, in parallel arrays. The last one is ENDMARKER, or ERRORTOKEN if the
 * tokenizer met an error, which the parser reports only when it gets there. Columns are bytes from
 * 0; -1 where CPython has none. Not changed once made; the arrays must not be changed either.
 */
public final class Tokens {
  /**
   * A warning of the tokenizer.
   *
   * @param token the token during whose reading it arose
   * @param message the text of the warning
   * @param lineno its line, from 1
   * @param error the error that takes its place when warnings are errors
   */
  public record Warning(int token, String message, int lineno, PySyntaxError error) {}

  public final Source source;
  public final byte[] bytes;

  /** How many tokens there are. */
  public int count;

  /** Types as in {@link T}; keywords have their own types. */
  public int[] type = new int[256];

  /** Where the token begins and ends in {@link #bytes}. */
  public int[] start = new int[256];

  public int[] end = new int[256];
  public int[] line = new int[256];
  public int[] column = new int[256];
  public int[] endLine = new int[256];
  public int[] endColumn = new int[256];

  /** For a NAME the number of its identifier. */
  private int[] nameId = new int[256];

  /** How many brackets are open behind the token. */
  public int[] level = new int[256];

  /** Where the tokenizer stood in its line behind the token. */
  private int[] cursor = new int[256];

  private final Map<Integer, String> expressions = new HashMap<>();
  private final List<Warning> warnings = new ArrayList<>();
  private final List<TypeIgnore> typeIgnores = new ArrayList<>();
  private final Lexer lexer;

  /** The first token for which the end of the source had been seen; tokens from there on too. */
  private int firstAtEnd = Integer.MAX_VALUE;

  private @Nullable PySyntaxError error;

  private Tokens(Source source, Lexer lexer) {
    this.source = source;
    this.bytes = source.bytes();
    this.lexer = lexer;
  }

  /**
   * Tokenizes a whole source.
   *
   * @param source the source
   * @param typeComments whether type comments become tokens
   * @param single whether this is interactive input, where the end of the source ends a statement
   * @param implyDedent whether the end of interactive input also ends its blocks
   */
  public static Tokens of(
      Source source, boolean typeComments, boolean single, boolean implyDedent) {
    Lexer lexer = new Lexer(source.bytes(), source.length(), false, typeComments);
    Tokens tokens = new Tokens(source, lexer);
    lexer.warnings =
        new NumberLexer.Warnings() {
          @Override
          public void warn(String message, String asError) {
            tokens.warnings.add(
                new Warning(tokens.count, message, lexer.lineno, lexer.errorHere(asError)));
          }
        };
    tokens.readAll(single, implyDedent);
    return tokens;
  }

  private void readAll(boolean single, boolean implyDedent) {
    boolean started = false;
    while (true) {
      int t = lexer.next();
      if (t == T.NAME) {
        add(t, lexer.firstLineno, lexer.lineStart);
        int keyword = Keywords.type(bytes, lexer.tokenStart, lexer.tokenEnd);
        if (keyword != 0) {
          type[count - 1] = keyword;
        }
        started = true;
        continue;
      }
      if (t == T.TYPE_IGNORE) {
        String tag = source.text(lexer.tokenStart, lexer.tokenEnd);
        typeIgnores.add(new TypeIgnore(lexer.lineno, tag));
        continue;
      }
      if (single && t == T.ENDMARKER && started) {
        t = T.NEWLINE;
        started = false;
        if (lexer.indent > 0 && implyDedent) {
          lexer.pendingIndents = -lexer.indent;
          lexer.indent = 0;
        }
      } else {
        started = true;
      }
      add(t, lexer.firstLineno, lexer.multiLineStart);
      if (t == T.ENDMARKER || t == T.ERRORTOKEN) {
        break;
      }
    }
  }

  private void add(int t, int stringLine, int stringLineStart) {
    int i = count;
    if (i == type.length) {
      grow();
    }
    type[i] = t;
    int s = lexer.tokenStart;
    int e = lexer.tokenEnd;
    boolean literal =
        t == T.STRING || (t >= T.FSTRING_START && t <= T.TSTRING_MIDDLE && t != T.FSTRING_END);
    int lineStart = literal ? stringLineStart : lexer.lineStart;
    start[i] = s;
    end[i] = e;
    line[i] = literal ? stringLine : lexer.lineno;
    endLine[i] = lexer.lineno;
    column[i] = s >= lineStart ? s - lineStart : -1;
    // CPython counts what the tokenizer consumed: the newline, the second of two braces.
    endColumn[i] = e >= 0 ? lexer.cur - lexer.lineStart : -1;
    nameId[i] = lexer.nameId;
    level[i] = lexer.level;
    cursor[i] = lexer.cur - lexer.lineStart;
    if (lexer.expression != null) {
      expressions.put(i, lexer.expression);
    }
    if (lexer.done != LexerState.Done.OK && firstAtEnd == Integer.MAX_VALUE) {
      firstAtEnd = i;
    }
    count = i + 1;
  }

  private void grow() {
    int n = count * 2;
    type = Arrays.copyOf(type, n);
    start = Arrays.copyOf(start, n);
    end = Arrays.copyOf(end, n);
    line = Arrays.copyOf(line, n);
    column = Arrays.copyOf(column, n);
    endLine = Arrays.copyOf(endLine, n);
    endColumn = Arrays.copyOf(endColumn, n);
    nameId = Arrays.copyOf(nameId, n);
    level = Arrays.copyOf(level, n);
    cursor = Arrays.copyOf(cursor, n);
  }

  /** The identifier of a NAME token, normalised. */
  public String name(int token) {
    return lexer.names.name(nameId[token]);
  }

  /** The source text of a token. */
  public String text(int token) {
    return source.text(start[token], end[token]);
  }

  /** Whether the token is the soft keyword or other identifier {@code word}, in ASCII. */
  public boolean isName(int token, String word) {
    if (type[token] != T.NAME || end[token] - start[token] != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (bytes[start[token] + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The text of the replacement field's expression that the token ends, or null. */
  public @Nullable String expression(int token) {
    return expressions.get(token);
  }

  /** The tokenizer's warnings in order. */
  public List<Warning> warnings() {
    return warnings;
  }

  /** The {@code # type: ignore} comments in order. */
  public List<TypeIgnore> typeIgnores() {
    return typeIgnores;
  }

  /** The byte column at which the tokenizer stood behind the token. */
  public int cursor(int token) {
    return cursor[token];
  }

  /** Where the text that the tokenizer was reading when it gave out the token ends. */
  int inputEnd(int token, int lineEnd) {
    return type[token] == T.ERRORTOKEN ? Math.max(lexer.inp, lineEnd) : lineEnd;
  }

  /** Whether the tokenizer had met the end of the source when it gave out the token. */
  public boolean atEnd(int token) {
    if (token < firstAtEnd) {
      return false;
    }
    return type[token] != T.ERRORTOKEN
        || lexer.done == LexerState.Done.EOF
        || lexer.done == LexerState.Done.EOF_IN_STRING
        || lexer.done == LexerState.Done.EOL_IN_STRING;
  }

  /** Whether the tokenizer was still going well when it gave out the token. */
  public boolean okAt(int token) {
    return token < firstAtEnd;
  }

  /** The error that the final ERRORTOKEN stands for. */
  public PySyntaxError error() {
    PySyntaxError e = error;
    if (e == null) {
      e = makeError();
      error = e;
    }
    return e;
  }

  private PySyntaxError makeError() {
    PySyntaxError e = lexer.error;
    if (e != null) {
      return e.isSyntaxError() ? e.withMetadata(source.text()) : e;
    }
    int last = count - 1;
    int lineno = lexer.lineno;
    return switch (lexer.done) {
      case EOF ->
          lexer.level > 0
              ? neverClosed(lexer.level - 1, last)
              : Errors.atToken(
                  this, PySyntaxError.Kind.SYNTAX, last, last, "unexpected EOF while parsing");
      case DEDENT ->
          Errors.atToken(
              this,
              PySyntaxError.Kind.INDENTATION,
              last,
              last,
              "unindent does not match any outer indentation level");
      case TABSPACE ->
          tokenizerError(
              PySyntaxError.Kind.TAB,
              lineno,
              0,
              "inconsistent use of tabs and spaces in indentation");
      case TOO_DEEP ->
          tokenizerError(
              PySyntaxError.Kind.INDENTATION, lineno, 0, "too many levels of indentation");
      case LINE_CONTINUATION ->
          tokenizerError(
              PySyntaxError.Kind.SYNTAX,
              lineno,
              lexer.cur - lexer.bufStart - 1,
              "unexpected character after line continuation character");
      default -> tokenizerError(PySyntaxError.Kind.SYNTAX, lineno, 0, "unknown parsing error");
    };
  }

  private PySyntaxError tokenizerError(
      PySyntaxError.Kind kind, int lineno, int column, String message) {
    return Errors.at(this, kind, count - 1, lineno, column + 1, lineno, 0, message);
  }

  /** The error for a bracket left open: {@code '(' was never closed}. */
  private PySyntaxError neverClosed(int bracket, int fetched) {
    int lineno = lexer.parenLines[bracket];
    return Errors.at(
        this,
        PySyntaxError.Kind.SYNTAX,
        fetched,
        lineno,
        lexer.parenColumns[bracket] + 1,
        lineno,
        0,
        "'" + (char) lexer.parens[bracket] + "' was never closed");
  }

  /**
   * The error that takes the place of another syntax error because the rest of the source does not
   * even tokenize, or null.
   *
   * @param lineno the line of the other error's token
   */
  public @Nullable PySyntaxError errorInRest(int lineno) {
    // CPython overlooks errors inside of f-strings here.
    if (type[count - 1] != T.ERRORTOKEN || lexer.inString()) {
      return null;
    }
    if (lexer.error != null) {
      return error();
    }
    if (lexer.level > 0 && lineno > lexer.parenLines[lexer.level - 1]) {
      return neverClosed(lexer.level - 1, count - 1);
    }
    return null;
  }
}
