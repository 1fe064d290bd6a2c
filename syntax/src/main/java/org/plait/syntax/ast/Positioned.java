package org.plait.syntax.ast;

/** A node with a position in the source. Lines count from 1, columns are UTF-8 bytes from 0. */
public sealed interface Positioned extends AstNode
    permits Stmt, Expr, Pattern, TypeParam, ExceptHandler, Arg, Keyword, Alias {
  /** The position. */
  SourceRange range();

  /** First line, from 1. */
  default int lineno() {
    return range().lineno();
  }

  /** Byte offset in the first line. */
  default int colOffset() {
    return range().colOffset();
  }

  /** Last line, from 1. */
  default int endLineno() {
    return range().endLineno();
  }

  /** Byte offset behind the last character in the last line. */
  default int endColOffset() {
    return range().endColOffset();
  }
}
