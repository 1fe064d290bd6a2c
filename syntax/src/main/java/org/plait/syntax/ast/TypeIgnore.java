package org.plait.syntax.ast;

import org.jspecify.annotations.Nullable;

/** A {@code # type: ignore} comment; it carries its line as a field. */
public record TypeIgnore(int lineno, String tag) implements AstNode {
  @Override
  public NodeKind kind() {
    return NodeKind.TypeIgnore;
  }

  @Override
  public @Nullable Object field(int index) {
    return switch (index) {
      case 0 -> lineno;
      case 1 -> tag;
      default -> throw new IndexOutOfBoundsException(index);
    };
  }
}
