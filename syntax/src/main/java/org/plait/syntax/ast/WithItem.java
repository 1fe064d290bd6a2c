package org.plait.syntax.ast;

import org.jspecify.annotations.Nullable;

/** One context manager of a {@code with} statement. */
public record WithItem(Expr contextExpr, @Nullable Expr optionalVars) implements AstNode {
  @Override
  public NodeKind kind() {
    return NodeKind.withitem;
  }

  @Override
  public @Nullable Object field(int index) {
    return switch (index) {
      case 0 -> contextExpr;
      case 1 -> optionalVars;
      default -> throw new IndexOutOfBoundsException(index);
    };
  }
}
