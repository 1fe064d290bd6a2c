package org.plait.syntax.ast;

import org.jspecify.annotations.Nullable;

/** A keyword argument of a call or class; {@code arg} is null for {@code **value}. */
public record Keyword(@Nullable String arg, Expr value, SourceRange range) implements Positioned {
  @Override
  public NodeKind kind() {
    return NodeKind.keyword;
  }

  @Override
  public @Nullable Object field(int index) {
    return switch (index) {
      case 0 -> arg;
      case 1 -> value;
      default -> throw new IndexOutOfBoundsException(index);
    };
  }
}
