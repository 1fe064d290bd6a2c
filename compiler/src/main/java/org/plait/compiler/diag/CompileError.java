package org.plait.compiler.diag;

import org.plait.syntax.ast.SourceRange;

/** A program that parses but isn't Python, or a tree that isn't one. No Java stack trace. */
public final class CompileError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The Python exception to raise. */
  public enum Kind {
    /** SyntaxError with a position. */
    SYNTAX,
    /** A tree made by a program has a wrong value somewhere. */
    VALUE,
    /** A tree made by a program has an object of a wrong type somewhere. */
    TYPE,
    /** RecursionError: nested too deep. */
    RECURSION,
    /** SystemError. */
    SYSTEM
  }

  private final Kind kind;
  private final String filename;
  private final transient SourceRange range;

  private CompileError(Kind kind, String message, String filename, SourceRange range) {
    super(message, null, false, false);
    this.kind = kind;
    this.filename = filename;
    this.range = range;
  }

  /** A SyntaxError at a place. */
  public static CompileError syntax(String message, String filename, SourceRange range) {
    return new CompileError(Kind.SYNTAX, message, filename, range);
  }

  /** An error that has no place. */
  public static CompileError of(Kind kind, String message) {
    return new CompileError(kind, message, "", new SourceRange(0, 0, 0, 0));
  }

  /** What to raise. */
  public Kind kind() {
    return kind;
  }

  /** The message, as a string that is never null. */
  public String message() {
    return String.valueOf(getMessage());
  }

  /** The file's name; empty unless {@link Kind#SYNTAX}. */
  public String filename() {
    return filename;
  }

  /** SyntaxError.lineno. */
  public int line() {
    return range.lineno();
  }

  /** SyntaxError.offset: CPython counts UTF-8 bytes here, from 1. */
  public int offset() {
    return range.colOffset() + 1;
  }

  /** SyntaxError.end_lineno. */
  public int endLine() {
    return range.endLineno();
  }

  /** SyntaxError.end_offset. */
  public int endOffset() {
    return range.endColOffset() + 1;
  }
}
