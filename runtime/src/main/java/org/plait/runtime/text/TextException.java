package org.plait.runtime.text;

/** An error of a text algorithm: CPython's message and which Python exception it stands for. */
public final class TextException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The Python exception class that the caller raises. */
  public enum Kind {
    VALUE,
    OVERFLOW,
    TYPE,
    KEY,
    INDEX,
    LOOKUP,
    MEMORY,
    /** {@code struct.error}. */
    STRUCT
  }

  private final Kind kind;

  public TextException(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  public static TextException value(String message) {
    return new TextException(Kind.VALUE, message);
  }

  public static TextException overflow(String message) {
    return new TextException(Kind.OVERFLOW, message);
  }

  public static TextException type(String message) {
    return new TextException(Kind.TYPE, message);
  }

  public Kind kind() {
    return kind;
  }

  /** The message; never null. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
