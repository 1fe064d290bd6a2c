package org.plait.syntax.parser;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.syntax.ast.Expr;
import org.plait.syntax.ast.Mod;
import org.plait.syntax.ast.SourceRange;
import org.plait.syntax.ast.Stmt;
import org.plait.syntax.diagnosis.Diagnosis;
import org.plait.syntax.lexer.Errors;
import org.plait.syntax.lexer.T;
import org.plait.syntax.lexer.Tokens;
import org.plait.syntax.source.PySyntaxError;
import org.plait.syntax.source.PySyntaxError.Kind;
import org.plait.syntax.source.Source;
import org.plait.syntax.source.SourceDecoder;

/**
 * Parses Python 3.14. The tree and the errors are CPython's, to the position. A source is first
 * parsed by recursive descent; only if that fails, {@link Diagnosis} searches for the words of the
 * error.
 */
public final class PythonParser {
  /** What the source is, as the mode of {@code compile()}. */
  public enum Mode {
    /** A module: "exec". */
    EXEC,
    /** An expression: "eval". */
    EVAL,
    /** One interactive statement: "single". */
    SINGLE,
    /** The signature in a type comment: "func_type". */
    FUNC_TYPE
  }

  private PythonParser() {}

  /**
   * Parses text.
   *
   * @throws PySyntaxError if it is not valid
   */
  public static Mod parse(String text, Mode mode, ParseOptions options) {
    return parse(Source.of(text, mode == Mode.EXEC), mode, options);
  }

  /**
   * Parses bytes, whose encoding is UTF-8 unless they declare another (PEP 263).
   *
   * @throws PySyntaxError if they can't be decoded or are not valid
   */
  public static Mod parse(byte[] bytes, Mode mode, ParseOptions options, SourceDecoder decoder) {
    return parse(decoder.decode(bytes, mode == Mode.EXEC), mode, options);
  }

  /**
   * Parses a source.
   *
   * @throws PySyntaxError if it is not valid
   */
  public static Mod parse(Source source, Mode mode, ParseOptions options) {
    boolean single = mode == Mode.SINGLE;
    Tokens tokens = Tokens.of(source, options.typeComments(), single, !options.dontImplyDedent());
    Run run = new Run(tokens, mode, options);
    try {
      return run.parse();
    } catch (StackOverflowError e) {
      throw ParserState.tooComplex();
    }
  }

  private record Run(Tokens tokens, Mode mode, ParseOptions options) {
    Mod parse() {
      CompoundParser parser = null;
      PySyntaxError error = null;
      PySyntaxError later = null;
      int far = 0;
      try {
        parser = new CompoundParser(tokens, options);
        Mod mod = module(parser);
        reportWarnings(parser);
        PySyntaxError multiple = mode == Mode.SINGLE ? multipleStatements(parser.p) : null;
        if (multiple == null) {
          return mod;
        }
        later = multiple;
      } catch (ParserState.Mismatch e) {
        far = parser == null ? 0 : parser.far;
      } catch (PySyntaxError e) {
        far = parser == null ? 0 : parser.far;
        error = e;
      }
      if (later != null) {
        throw later;
      }
      if (options.allowIncompleteInput() && tokens.atEnd(far)) {
        throw Errors.atToken(tokens, Kind.INCOMPLETE, far, far, "incomplete input");
      }
      if (error != null) {
        throw preferTokenizerError(error, far);
      }
      throw Diagnosis.of(
          tokens,
          far,
          Diagnosis.Goal.values()[mode.ordinal()],
          parser != null && parser.barryAsFlufl,
          parser != null ? parser::literalProblem : token -> null);
    }

    private PySyntaxError preferTokenizerError(PySyntaxError error, int far) {
      if (error.isSyntaxError() && tokens.okAt(far)) {
        PySyntaxError other = tokens.errorInRest(tokens.line[far]);
        return other != null ? other : error;
      }
      return error;
    }

    private void reportWarnings(CompoundParser parser) {
      for (Tokens.Warning w : tokens.warnings()) {
        if (w.token() <= parser.far) {
          options.warnings().warn(w.message(), w.lineno(), w::error);
        }
      }
    }

    private Mod module(CompoundParser parser) {
      return switch (mode) {
        case EXEC -> {
          List<Stmt> body = parser.statements();
          end(parser);
          yield new Mod.Module(body, tokens.typeIgnores());
        }
        case EVAL -> {
          Expr body = parser.expressions();
          skipNewlines(parser);
          end(parser);
          yield new Mod.Expression(body);
        }
        case SINGLE -> new Mod.Interactive(interactive(parser));
        case FUNC_TYPE -> functionType(parser);
      };
    }

    /** The end of the source must come next; it is the last token and can't be passed. */
    private static void end(CompoundParser parser) {
      if (!parser.at(T.ENDMARKER)) {
        throw ParserState.mismatch();
      }
    }

    private static void skipNewlines(CompoundParser parser) {
      while (parser.at(T.NEWLINE)) {
        parser.advance();
      }
    }

    private List<Stmt> interactive(CompoundParser parser) {
      List<Stmt> body = new ArrayList<>(1);
      if (parser.at(T.NEWLINE)) {
        SourceRange r = parser.tokenRange(0);
        body.add(new Stmt.Pass(r));
        return body;
      }
      Stmt compound = parser.compound();
      if (compound != null) {
        body.add(compound);
        if (!parser.at(T.NEWLINE)) {
          throw ParserState.mismatch();
        }
      } else {
        parser.simpleStatementsToNewline(body);
      }
      return body;
    }

    /** The error for more input behind the statement, or null. */
    private @Nullable PySyntaxError multipleStatements(int last) {
      if (tokens.source.length() == 0 || !moreThanOneStatement(last)) {
        return null;
      }
      return Errors.atToken(
          tokens,
          Kind.SYNTAX,
          last,
          last,
          "multiple statements found while compiling a single statement");
    }

    /** Whether anything but blank lines and comments stands behind a token. */
    private boolean moreThanOneStatement(int token) {
      byte[] b = tokens.bytes;
      int length = tokens.source.length();
      int i = tokens.source.lineStart(tokens.endLine[token]) + tokens.cursor(token);
      while (i < length) {
        byte c = b[i];
        if (c == '#') {
          i = tokens.source.lineEnd(i);
        } else if (c == ' ' || c == '\t' || c == '\n' || c == '\f') {
          i++;
        } else {
          return true;
        }
      }
      return false;
    }

    private Mod functionType(CompoundParser parser) {
      parser.expect(T.LPAR);
      List<Expr> args = new ArrayList<>();
      int stars = 0;
      while (!parser.at(T.RPAR)) {
        int stage = parser.at(T.STAR) ? 1 : parser.at(T.DOUBLESTAR) ? 2 : 0;
        if (stage < stars || (stage > 0 && stage == stars)) {
          throw ParserState.mismatch();
        }
        stars = stage;
        if (stage > 0) {
          parser.advance();
        }
        args.add(parser.expression());
        if (!parser.accept(T.COMMA)) {
          break;
        }
        if (parser.at(T.RPAR)) {
          throw ParserState.mismatch();
        }
      }
      parser.expect(T.RPAR);
      parser.expect(T.RARROW);
      Expr returns = parser.expression();
      skipNewlines(parser);
      end(parser);
      return new Mod.FunctionType(args, returns);
    }
  }
}
