package org.plait.compiler.gen;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.syntax.ast.SourceRange;
import org.plait.syntax.ast.Stmt;

/**
 * A construct that a return, break or continue within it has to unwind. Compare CPython's
 * fblockinfo.
 */
final class FrameBlock {
  enum Kind {
    WHILE_LOOP,
    FOR_LOOP,
    ASYNC_FOR_LOOP,
    TRY_EXCEPT,
    FINALLY_TRY,
    FINALLY_END,
    WITH,
    ASYNC_WITH,
    HANDLER_CLEANUP,
    EXCEPTION_HANDLER,
    EXCEPTION_GROUP_HANDLER,
    ASYNC_COMPREHENSION,
    STOP_ITERATION
  }

  final Kind kind;
  final int startLabel;
  final int exitLabel;

  /** The handler in force once it has been left. */
  int outerHandler;

  /** The statements of a finally clause. */
  @Nullable List<Stmt> finalBody;

  /** The variable of an except clause. */
  @Nullable String name;

  /**
   * Register that holds the exception handled before (FINALLY_END, HANDLER_CLEANUP), or exit
   * method.
   */
  int register;

  /** Place of a with item. */
  @Nullable SourceRange range;

  FrameBlock(Kind kind, int startLabel, int exitLabel, int outerHandler) {
    this.kind = kind;
    this.startLabel = startLabel;
    this.exitLabel = exitLabel;
    this.outerHandler = outerHandler;
  }
}
