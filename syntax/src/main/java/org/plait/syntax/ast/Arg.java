package org.plait.syntax.ast;

import org.jspecify.annotations.Nullable;

/** One parameter. */
public record Arg(
    String arg, @Nullable Expr annotation, @Nullable String typeComment, SourceRange range)
    implements Positioned {
  @Override
  public NodeKind kind() {
    return NodeKind.arg;
  }

  @Override
  public @Nullable Object field(int index) {
    return switch (index) {
      case 0 -> arg;
      case 1 -> annotation;
      case 2 -> typeComment;
      default -> throw new IndexOutOfBoundsException(index);
    };
  }
}
