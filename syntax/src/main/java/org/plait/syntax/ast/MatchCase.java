package org.plait.syntax.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One {@code case} block. */
public record MatchCase(Pattern pattern, @Nullable Expr guard, List<Stmt> body) implements AstNode {
  @Override
  public NodeKind kind() {
    return NodeKind.match_case;
  }

  @Override
  public @Nullable Object field(int index) {
    return switch (index) {
      case 0 -> pattern;
      case 1 -> guard;
      case 2 -> body;
      default -> throw new IndexOutOfBoundsException(index);
    };
  }
}
