package org.plait.syntax.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parameters of a function or lambda. */
public record Arguments(
    List<Arg> posonlyargs,
    List<Arg> args,
    @Nullable Arg vararg,
    List<Arg> kwonlyargs,
    List<@Nullable Expr> kwDefaults,
    @Nullable Arg kwarg,
    List<Expr> defaults)
    implements AstNode {
  @Override
  public NodeKind kind() {
    return NodeKind.arguments;
  }

  @Override
  public @Nullable Object field(int index) {
    return switch (index) {
      case 0 -> posonlyargs;
      case 1 -> args;
      case 2 -> vararg;
      case 3 -> kwonlyargs;
      case 4 -> kwDefaults;
      case 5 -> kwarg;
      case 6 -> defaults;
      default -> throw new IndexOutOfBoundsException(index);
    };
  }
}
