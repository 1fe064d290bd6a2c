package org.plait.syntax.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One {@code for} clause of a comprehension; {@code isAsync} is 0 or 1. */
public record Comprehension(Expr target, Expr iter, List<Expr> ifs, int isAsync)
    implements AstNode {
  @Override
  public NodeKind kind() {
    return NodeKind.comprehension;
  }

  @Override
  public @Nullable Object field(int index) {
    return switch (index) {
      case 0 -> target;
      case 1 -> iter;
      case 2 -> ifs;
      case 3 -> isAsync;
      default -> throw new IndexOutOfBoundsException(index);
    };
  }
}
