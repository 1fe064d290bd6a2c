package org.plait.syntax.source;

import org.jspecify.annotations.Nullable;

/**
 * A source error with the details that Python's {@code SyntaxError} carries. The file name is the
 * caller's to add.
 */
public final class PySyntaxError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The value of {@link #endLineno} and {@link #endOffset} when there is no end position. */
  public static final int NONE = Integer.MIN_VALUE;

  /** Which Python exception is to be raised. */
  public enum Kind {
    /** SyntaxError. */
    SYNTAX,
    /** IndentationError. */
    INDENTATION,
    /** TabError. */
    TAB,
    /** _IncompleteInputError: more input might make the source valid. */
    INCOMPLETE,
    /** MemoryError with {@link #getMessage} as its argument; there is no position. */
    MEMORY,
    /** OverflowError with {@link #getMessage} as its argument; there is no position. */
    OVERFLOW,
    /** ValueError with {@link #getMessage} as its argument; there is no position. */
    VALUE,
    /** SyntaxError with a message only, no position. */
    SYNTAX_WITHOUT_POSITION
  }

  private final Kind kind;
  private final int lineno;
  private final int offset;
  private final @Nullable String text;
  private final int endLineno;
  private final int endOffset;
  private transient @Nullable String metadataSource;

  /**
   * An error at a position.
   *
   * @param kind the exception
   * @param message Python's message
   * @param lineno line from 1, or 0
   * @param offset column from 1 in characters, or 0 or -1 as CPython reports it
   * @param text the source line or lines shown with it, or null
   * @param endLineno the line of the end, or {@link #NONE}
   * @param endOffset the column of the end, or {@link #NONE}
   */
  public PySyntaxError(
      Kind kind,
      String message,
      int lineno,
      int offset,
      @Nullable String text,
      int endLineno,
      int endOffset) {
    super(message, null, false, false);
    this.kind = kind;
    this.lineno = lineno;
    this.offset = offset;
    this.text = text;
    this.endLineno = endLineno;
    this.endOffset = endOffset;
  }

  /** An error without a position. */
  public static PySyntaxError withoutPosition(Kind kind, String message) {
    return new PySyntaxError(kind, message, 0, 0, null, NONE, NONE);
  }

  /** Adds the source for the third item of SyntaxError's {@code _metadata}. */
  public PySyntaxError withMetadata(String source) {
    metadataSource = source;
    return this;
  }

  /** Whether the error is a SyntaxError or of a class under it. */
  public boolean isSyntaxError() {
    return kind != Kind.MEMORY && kind != Kind.OVERFLOW && kind != Kind.VALUE;
  }

  public Kind kind() {
    return kind;
  }

  /** The message, never null. */
  public String message() {
    String m = getMessage();
    return m == null ? "" : m;
  }

  public int lineno() {
    return lineno;
  }

  public int offset() {
    return offset;
  }

  public @Nullable String text() {
    return text;
  }

  public int endLineno() {
    return endLineno;
  }

  public int endOffset() {
    return endOffset;
  }

  /**
   * The whole source, for {@code SyntaxError._metadata = (0, 0, source)}; null when CPython sets
   * none.
   */
  public @Nullable String metadataSource() {
    return metadataSource;
  }
}
