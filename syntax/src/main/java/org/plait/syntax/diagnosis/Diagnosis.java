package org.plait.syntax.diagnosis;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plait.syntax.lexer.Errors;
import org.plait.syntax.lexer.T;
import org.plait.syntax.lexer.Tokens;
import org.plait.syntax.source.PySyntaxError;
import org.plait.syntax.source.PySyntaxError.Kind;

/**
 * Finds the error message that CPython gives for tokens that fit no rule. CPython parses such a
 * source a second time with rules for common mistakes added; which message wins depends on the
 * order in which its grammar tries things. So this is that second parse: the rules of {@code
 * rules.txt} in CPython's order, far slower than the parser, and only ever run on a source known to
 * be wrong.
 */
public final class Diagnosis {
  /** What the tokens should have been. */
  public enum Goal {
    EXEC("file"),
    EVAL("eval"),
    SINGLE("interactive"),
    FUNC_TYPE("func_type");

    private final String rule;

    Goal(String rule) {
      this.rule = rule;
    }
  }

  /** Knows what is wrong inside of string literals. */
  @FunctionalInterface
  public interface Literals {
    /** The message for what is wrong in a STRING token, or null. */
    @Nullable String problem(int token);
  }

  private Diagnosis() {}

  /**
   * The error to report.
   *
   * @param t the tokens
   * @param far the last token the parser looked at
   * @param goal what the tokens should have been
   * @param barryAsFlufl whether {@code <>} is the inequality operator
   * @param literals what is wrong inside of string literals
   */
  public static PySyntaxError of(
      Tokens t, int far, Goal goal, boolean barryAsFlufl, Literals literals) {
    Map<String, Rule> rules = RuleReader.rules();
    Rule start = rules.get(goal.rule);
    if (start == null) {
      throw new IllegalStateException("no rule " + goal.rule);
    }
    Recognizer r = new Recognizer(t, far, barryAsFlufl, literals, rules);
    PySyntaxError mistake = mistake(r, start);
    if (mistake != null) {
      return mistake;
    }
    int type = t.type[far];
    if (type == T.INDENT || type == T.DEDENT) {
      String message = type == T.INDENT ? "unexpected indent" : "unexpected unindent";
      return Errors.atToken(t, Kind.INDENTATION, r.far, r.far, message);
    }
    PySyntaxError other = t.errorInRest(t.line[r.far]);
    return other != null ? other : Errors.range(t, Kind.SYNTAX, r.far, far, far, "invalid syntax");
  }

  private static @Nullable PySyntaxError mistake(Recognizer r, Rule start) {
    try {
      r.rule(start);
      return null;
    } catch (PySyntaxError e) {
      if (!e.isSyntaxError() || !r.t.okAt(r.far)) {
        return e;
      }
      PySyntaxError other = r.t.errorInRest(r.t.line[r.far]);
      return other != null ? other : e;
    } catch (StackOverflowError e) {
      // Too deep for this search, though not for the parser; the plain error will do.
      return null;
    }
  }
}
