package org.plait.syntax.lexer;

/** The words for a backslash before a character that it can't escape. */
public final class InvalidEscape {
  private static final String ADVICE = "? A raw string is also an option.";

  private InvalidEscape() {}

  /** The warning for a backslash followed by {@code c}. */
  public static String warning(char c) {
    return warning(String.valueOf(c), false);
  }

  /** The error for a backslash followed by {@code c}. */
  public static String error(char c) {
    return error(String.valueOf(c), false);
  }

  /**
   * The warning.
   *
   * @param what what follows the backslash
   * @param octal whether that is an octal number beyond 0o377
   */
  public static String warning(String what, boolean octal) {
    return head(what, octal)
        + "Such sequences will not work in the future. Did you mean \"\\\\"
        + what
        + "\""
        + ADVICE;
  }

  /** As {@link #warning(String, boolean)}, in the words of the error. */
  public static String error(String what, boolean octal) {
    return head(what, octal) + "Did you mean \"\\\\" + what + "\"" + ADVICE;
  }

  private static String head(String what, boolean octal) {
    return "\"\\" + what + "\" is an invalid " + (octal ? "octal " : "") + "escape sequence. ";
  }
}
