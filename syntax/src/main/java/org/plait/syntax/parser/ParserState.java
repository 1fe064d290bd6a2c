package org.plait.syntax.parser;

import java.util.HashSet;
import java.util.Set;
import org.plait.syntax.ast.SourceRange;
import org.plait.syntax.lexer.Errors;
import org.plait.syntax.lexer.InvalidEscape;
import org.plait.syntax.lexer.T;
import org.plait.syntax.lexer.Tokens;
import org.plait.syntax.source.PySyntaxError;
import org.plait.syntax.source.PySyntaxError.Kind;

/**
 * The parser's place among the tokens. The token at {@link #p} always counts as looked at; {@link
 * #far} is the farthest one looked at, which is where a plain "invalid syntax" is reported. Used by
 * one thread.
 */
abstract class ParserState {
  /** Thrown where the tokens fit no rule; the diagnosis finds the words for it. */
  static final class Mismatch extends RuntimeException {
    private static final long serialVersionUID = 1L;
    static final Mismatch INSTANCE = new Mismatch();

    private Mismatch() {
      super(null, null, false, false);
    }
  }

  /** CPython's limit of nested rules; {@link #depth} counts in its units, roughly. */
  static final int MAX_DEPTH = 6000;

  /** How many of CPython's rules lie between an expression and a bracketed one inside it. */
  static final int BRACKET_DEPTH = 29;

  final Tokens t;
  final int[] type;
  final ParseOptions options;
  private final Set<Integer> warned = new HashSet<>();

  /** Whether warnings are dropped because a literal is only being checked. */
  boolean muted;

  int p;
  int far;
  int depth;

  ParserState(Tokens t, ParseOptions options) {
    this.t = t;
    this.type = t.type;
    this.options = options;
    check(0);
  }

  /** The syntax error is not known yet: the diagnosis looks for it. */
  static Mismatch mismatch() {
    return Mismatch.INSTANCE;
  }

  private void check(int token) {
    if (type[token] == T.ERRORTOKEN) {
      far = token;
      throw t.error();
    }
  }

  final void advance() {
    int next = ++p;
    if (next > far) {
      far = next;
      if (type[next] == T.ERRORTOKEN) {
        throw t.error();
      }
    }
  }

  /** The type of the token behind the current one, which counts as looked at. */
  final int peekNext() {
    int next = p + 1;
    if (next >= t.count) {
      return T.ENDMARKER;
    }
    if (next > far) {
      far = next;
      check(next);
    }
    return type[next];
  }

  final boolean at(int wanted) {
    return type[p] == wanted;
  }

  final boolean accept(int wanted) {
    if (type[p] == wanted) {
      advance();
      return true;
    }
    return false;
  }

  final void expect(int wanted) {
    if (type[p] != wanted) {
      throw Mismatch.INSTANCE;
    }
    advance();
  }

  final String name() {
    if (type[p] != T.NAME) {
      throw Mismatch.INSTANCE;
    }
    String s = t.name(p);
    advance();
    return s;
  }

  final void enter(int levels) {
    depth += levels;
    if (depth > MAX_DEPTH) {
      throw tooComplex();
    }
  }

  static PySyntaxError tooComplex() {
    return PySyntaxError.withoutPosition(
        Kind.MEMORY, "Parser stack overflowed - Python source too complex to parse");
  }

  /** From a token to the one before the current. */
  final SourceRange rangeFrom(int first) {
    int last = p - 1;
    return new SourceRange(t.line[first], t.column[first], t.endLine[last], t.endColumn[last]);
  }

  /** From a token to the last one that isn't a line end or a change of indentation. */
  final SourceRange blockRangeFrom(int first) {
    int last = p - 1;
    while (last > 0
        && (type[last] == T.NEWLINE || type[last] == T.INDENT || type[last] == T.DEDENT)) {
      last--;
    }
    return new SourceRange(t.line[first], t.column[first], t.endLine[last], t.endColumn[last]);
  }

  final SourceRange tokenRange(int token) {
    return new SourceRange(t.line[token], t.column[token], t.endLine[token], t.endColumn[token]);
  }

  /** From the start of one range to the end of another. */
  static SourceRange span(SourceRange first, SourceRange last) {
    return new SourceRange(
        first.lineno(), first.colOffset(), last.endLineno(), last.endColOffset());
  }

  /** An error at a token. */
  final PySyntaxError errorAt(int token, String message) {
    return Errors.atToken(t, Kind.SYNTAX, far, token, message);
  }

  final PySyntaxError errorIn(SourceRange r, String message) {
    return Errors.at(
        t,
        Kind.SYNTAX,
        far,
        r.lineno(),
        r.colOffset() + 1,
        r.endLineno(),
        r.endColOffset() + 1,
        message);
  }

  /** Refuses the syntax just read if it is younger than the wanted feature version. */
  final void since(int minor, String what) {
    if (options.featureVersion() < minor) {
      int last = p > 0 && (type[p - 1] == T.NEWLINE || type[p - 1] == T.DEDENT) ? p - 1 : far;
      throw tooYoung(last, minor, what);
    }
  }

  /** As {@link #since}, for syntax whose end CPython knows without looking at the next token. */
  final void closedSince(int minor, String what) {
    if (options.featureVersion() < minor) {
      throw tooYoung(p - 1, minor, what);
    }
  }

  private PySyntaxError tooYoung(int token, int minor, String what) {
    return Errors.atToken(
        t,
        Kind.SYNTAX,
        token,
        token,
        what + " only supported in Python 3." + minor + " and greater");
  }

  /**
   * Reports an invalid escape, once for each token however often it is parsed.
   *
   * @param token the token with the escape in it
   * @param at the offset of the backslash
   */
  final void warnInvalidEscape(int token, int at) {
    if (muted || !warned.add(token)) {
      return;
    }
    int lineno = t.line[token];
    int lineStart = t.start[token] - t.column[token];
    for (int i = t.start[token]; i < at; i++) {
      if (t.bytes[i] == '\n') {
        lineno++;
        lineStart = i + 1;
      }
    }
    boolean octal = t.bytes[at + 1] >= '4' && t.bytes[at + 1] <= '7';
    String what = t.source.text(at + 1, octal ? at + 4 : at + 2);
    int line = lineno;
    int column = at - lineStart + 1;
    options
        .warnings()
        .warn(
            InvalidEscape.warning(what, octal),
            line,
            () ->
                Errors.at(
                    t,
                    Kind.SYNTAX,
                    far,
                    line,
                    column,
                    line,
                    column + 2,
                    InvalidEscape.error(what, octal)));
  }
}
