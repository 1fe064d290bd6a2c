package org.plait.syntax.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One {@code except} or {@code except*} clause. */
public record ExceptHandler(
    @Nullable Expr type, @Nullable String name, List<Stmt> body, SourceRange range)
    implements Positioned {
  @Override
  public NodeKind kind() {
    return NodeKind.ExceptHandler;
  }

  @Override
  public @Nullable Object field(int index) {
    return switch (index) {
      case 0 -> type;
      case 1 -> name;
      case 2 -> body;
      default -> throw new IndexOutOfBoundsException(index);
    };
  }
}
