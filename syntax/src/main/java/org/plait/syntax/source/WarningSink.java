package org.plait.syntax.source;

/**
 * Takes the SyntaxWarnings found while parsing. An implementation that turns a warning into an
 * error throws its own unchecked exception, or calls {@link Site#asError}.
 */
@FunctionalInterface
public interface WarningSink {
  /** Ignores every warning. */
  WarningSink NONE =
      new WarningSink() {
        @Override
        public void warn(String message, int lineno, Site site) {}
      };

  /** Turns the warning into the syntax error CPython raises when the filter says "error". */
  @FunctionalInterface
  interface Site {
    /** The error; the caller throws it. */
    PySyntaxError asError();
  }

  /**
   * Called once for each warning, in source order.
   *
   * @param message the text of a SyntaxWarning
   * @param lineno line from 1
   * @param site makes the error that stands for the warning
   */
  void warn(String message, int lineno, Site site);
}
