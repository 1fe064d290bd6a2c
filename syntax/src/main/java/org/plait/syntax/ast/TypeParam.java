package org.plait.syntax.ast;

import org.jspecify.annotations.Nullable;

/**
 * A type parameter of a generic function, class or type alias. Nodes are named as in Python's
 * {@code ast} module.
 */
public sealed interface TypeParam extends Positioned
    permits TypeParam.TypeVar, TypeParam.ParamSpec, TypeParam.TypeVarTuple {
  /** Python's {@code ast.TypeVar}. */
  record TypeVar(String name, @Nullable Expr bound, @Nullable Expr defaultValue, SourceRange range)
      implements TypeParam {
    @Override
    public NodeKind kind() {
      return NodeKind.TypeVar;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> name;
        case 1 -> bound;
        case 2 -> defaultValue;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.ParamSpec}. */
  record ParamSpec(String name, @Nullable Expr defaultValue, SourceRange range)
      implements TypeParam {
    @Override
    public NodeKind kind() {
      return NodeKind.ParamSpec;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> name;
        case 1 -> defaultValue;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.TypeVarTuple}. */
  record TypeVarTuple(String name, @Nullable Expr defaultValue, SourceRange range)
      implements TypeParam {
    @Override
    public NodeKind kind() {
      return NodeKind.TypeVarTuple;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> name;
        case 1 -> defaultValue;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }
}
