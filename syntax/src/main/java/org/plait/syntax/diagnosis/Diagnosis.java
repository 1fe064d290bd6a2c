package org.plait.syntax.diagnosis;

import org.plait.syntax.lexer.Errors;
import org.plait.syntax.lexer.T;
import org.plait.syntax.lexer.Tokens;
import org.plait.syntax.source.PySyntaxError;
import org.plait.syntax.source.PySyntaxError.Kind;

/** Finds the error message that CPython gives for tokens that fit no rule. */
public final class Diagnosis {
  /** What the tokens should have been. */
  public enum Goal {
    EXEC,
    EVAL,
    SINGLE,
    FUNC_TYPE
  }

  private Diagnosis() {}

  /**
   * The error to report.
   *
   * @param t the tokens
   * @param far the last token the parser looked at
   * @param goal what the tokens should have been
   * @param barryAsFlufl whether {@code <>} is the inequality operator
   */
  public static PySyntaxError of(Tokens t, int far, Goal goal, boolean barryAsFlufl) {
    int type = t.type[far];
    if (type == T.INDENT || type == T.DEDENT) {
      return Errors.atToken(
          t,
          Kind.INDENTATION,
          far,
          far,
          type == T.INDENT ? "unexpected indent" : "unexpected unindent");
    }
    PySyntaxError other = t.errorInRest(t.line[far]);
    return other != null ? other : Errors.atToken(t, Kind.SYNTAX, far, far, "invalid syntax");
  }
}
