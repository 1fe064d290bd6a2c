package org.plait.syntax.ast;

import org.jspecify.annotations.Nullable;

/** One imported name. */
public record Alias(String name, @Nullable String asname, SourceRange range) implements Positioned {
  @Override
  public NodeKind kind() {
    return NodeKind.alias;
  }

  @Override
  public @Nullable Object field(int index) {
    return switch (index) {
      case 0 -> name;
      case 1 -> asname;
      default -> throw new IndexOutOfBoundsException(index);
    };
  }
}
