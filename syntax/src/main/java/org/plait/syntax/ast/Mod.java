package org.plait.syntax.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole parsed source: the results of the exec, single, eval and func_type modes. Nodes are named
 * as in Python's {@code ast} module.
 */
public sealed interface Mod extends AstNode
    permits Mod.Module, Mod.Interactive, Mod.Expression, Mod.FunctionType {
  /** Python's {@code ast.Module}. */
  record Module(List<Stmt> body, List<TypeIgnore> typeIgnores) implements Mod {
    @Override
    public NodeKind kind() {
      return NodeKind.Module;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> body;
        case 1 -> typeIgnores;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.Interactive}. */
  record Interactive(List<Stmt> body) implements Mod {
    @Override
    public NodeKind kind() {
      return NodeKind.Interactive;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> body;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.Expression}. */
  record Expression(Expr body) implements Mod {
    @Override
    public NodeKind kind() {
      return NodeKind.Expression;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> body;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.FunctionType}. */
  record FunctionType(List<Expr> argtypes, Expr returns) implements Mod {
    @Override
    public NodeKind kind() {
      return NodeKind.FunctionType;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> argtypes;
        case 1 -> returns;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }
}
