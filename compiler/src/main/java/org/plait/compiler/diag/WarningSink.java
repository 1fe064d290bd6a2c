package org.plait.compiler.diag;

import org.plait.syntax.ast.SourceRange;

/** Receives the SyntaxWarnings of a compilation. */
@FunctionalInterface
public interface WarningSink {
  /** Drops everything. */
  WarningSink NONE = (message, filename, range) -> {};

  /**
   * A SyntaxWarning. If the warning is turned into an error, the sink throws; CPython then reports
   * a SyntaxError with the same message at this place ({@link CompileError#syntax}).
   */
  void warn(String message, String filename, SourceRange range);
}
