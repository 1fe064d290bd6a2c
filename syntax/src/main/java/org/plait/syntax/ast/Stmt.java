package org.plait.syntax.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement. Nodes are named as in Python's {@code ast} module. {@code ast.Expr} is {@link
 * ExprStmt} here.
 */
public sealed interface Stmt extends Positioned
    permits Stmt.FunctionDef,
        Stmt.AsyncFunctionDef,
        Stmt.ClassDef,
        Stmt.Return,
        Stmt.Delete,
        Stmt.Assign,
        Stmt.TypeAlias,
        Stmt.AugAssign,
        Stmt.AnnAssign,
        Stmt.For,
        Stmt.AsyncFor,
        Stmt.While,
        Stmt.If,
        Stmt.With,
        Stmt.AsyncWith,
        Stmt.Match,
        Stmt.Raise,
        Stmt.Try,
        Stmt.TryStar,
        Stmt.Assert,
        Stmt.Import,
        Stmt.ImportFrom,
        Stmt.Global,
        Stmt.Nonlocal,
        Stmt.ExprStmt,
        Stmt.Pass,
        Stmt.Break,
        Stmt.Continue {
  /** Python's {@code ast.FunctionDef}. */
  record FunctionDef(
      String name,
      Arguments args,
      List<Stmt> body,
      List<Expr> decoratorList,
      @Nullable Expr returns,
      @Nullable String typeComment,
      List<TypeParam> typeParams,
      SourceRange range)
      implements Stmt {
    @Override
    public NodeKind kind() {
      return NodeKind.FunctionDef;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> name;
        case 1 -> args;
        case 2 -> body;
        case 3 -> decoratorList;
        case 4 -> returns;
        case 5 -> typeComment;
        case 6 -> typeParams;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.AsyncFunctionDef}. */
  record AsyncFunctionDef(
      String name,
      Arguments args,
      List<Stmt> body,
      List<Expr> decoratorList,
      @Nullable Expr returns,
      @Nullable String typeComment,
      List<TypeParam> typeParams,
      SourceRange range)
      implements Stmt {
    @Override
    public NodeKind kind() {
      return NodeKind.AsyncFunctionDef;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> name;
        case 1 -> args;
        case 2 -> body;
        case 3 -> decoratorList;
        case 4 -> returns;
        case 5 -> typeComment;
        case 6 -> typeParams;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.ClassDef}. */
  record ClassDef(
      String name,
      List<Expr> bases,
      List<Keyword> keywords,
      List<Stmt> body,
      List<Expr> decoratorList,
      List<TypeParam> typeParams,
      SourceRange range)
      implements Stmt {
    @Override
    public NodeKind kind() {
      return NodeKind.ClassDef;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> name;
        case 1 -> bases;
        case 2 -> keywords;
        case 3 -> body;
        case 4 -> decoratorList;
        case 5 -> typeParams;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.Return}. */
  record Return(@Nullable Expr value, SourceRange range) implements Stmt {
    @Override
    public NodeKind kind() {
      return NodeKind.Return;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> value;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.Delete}. */
  record Delete(List<Expr> targets, SourceRange range) implements Stmt {
    @Override
    public NodeKind kind() {
      return NodeKind.Delete;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> targets;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.Assign}. */
  record Assign(List<Expr> targets, Expr value, @Nullable String typeComment, SourceRange range)
      implements Stmt {
    @Override
    public NodeKind kind() {
      return NodeKind.Assign;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> targets;
        case 1 -> value;
        case 2 -> typeComment;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.TypeAlias}. */
  record TypeAlias(Expr name, List<TypeParam> typeParams, Expr value, SourceRange range)
      implements Stmt {
    @Override
    public NodeKind kind() {
      return NodeKind.TypeAlias;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> name;
        case 1 -> typeParams;
        case 2 -> value;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.AugAssign}. */
  record AugAssign(Expr target, Operator op, Expr value, SourceRange range) implements Stmt {
    @Override
    public NodeKind kind() {
      return NodeKind.AugAssign;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> target;
        case 1 -> op;
        case 2 -> value;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.AnnAssign}. */
  record AnnAssign(
      Expr target, Expr annotation, @Nullable Expr value, int simple, SourceRange range)
      implements Stmt {
    @Override
    public NodeKind kind() {
      return NodeKind.AnnAssign;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> target;
        case 1 -> annotation;
        case 2 -> value;
        case 3 -> simple;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.For}. */
  record For(
      Expr target,
      Expr iter,
      List<Stmt> body,
      List<Stmt> orelse,
      @Nullable String typeComment,
      SourceRange range)
      implements Stmt {
    @Override
    public NodeKind kind() {
      return NodeKind.For;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> target;
        case 1 -> iter;
        case 2 -> body;
        case 3 -> orelse;
        case 4 -> typeComment;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.AsyncFor}. */
  record AsyncFor(
      Expr target,
      Expr iter,
      List<Stmt> body,
      List<Stmt> orelse,
      @Nullable String typeComment,
      SourceRange range)
      implements Stmt {
    @Override
    public NodeKind kind() {
      return NodeKind.AsyncFor;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> target;
        case 1 -> iter;
        case 2 -> body;
        case 3 -> orelse;
        case 4 -> typeComment;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.While}. */
  record While(Expr test, List<Stmt> body, List<Stmt> orelse, SourceRange range) implements Stmt {
    @Override
    public NodeKind kind() {
      return NodeKind.While;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> test;
        case 1 -> body;
        case 2 -> orelse;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.If}. */
  record If(Expr test, List<Stmt> body, List<Stmt> orelse, SourceRange range) implements Stmt {
    @Override
    public NodeKind kind() {
      return NodeKind.If;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> test;
        case 1 -> body;
        case 2 -> orelse;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.With}. */
  record With(
      List<WithItem> items, List<Stmt> body, @Nullable String typeComment, SourceRange range)
      implements Stmt {
    @Override
    public NodeKind kind() {
      return NodeKind.With;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> items;
        case 1 -> body;
        case 2 -> typeComment;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.AsyncWith}. */
  record AsyncWith(
      List<WithItem> items, List<Stmt> body, @Nullable String typeComment, SourceRange range)
      implements Stmt {
    @Override
    public NodeKind kind() {
      return NodeKind.AsyncWith;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> items;
        case 1 -> body;
        case 2 -> typeComment;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.Match}. */
  record Match(Expr subject, List<MatchCase> cases, SourceRange range) implements Stmt {
    @Override
    public NodeKind kind() {
      return NodeKind.Match;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> subject;
        case 1 -> cases;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.Raise}. */
  record Raise(@Nullable Expr exc, @Nullable Expr cause, SourceRange range) implements Stmt {
    @Override
    public NodeKind kind() {
      return NodeKind.Raise;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> exc;
        case 1 -> cause;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.Try}. */
  record Try(
      List<Stmt> body,
      List<ExceptHandler> handlers,
      List<Stmt> orelse,
      List<Stmt> finalbody,
      SourceRange range)
      implements Stmt {
    @Override
    public NodeKind kind() {
      return NodeKind.Try;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> body;
        case 1 -> handlers;
        case 2 -> orelse;
        case 3 -> finalbody;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.TryStar}. */
  record TryStar(
      List<Stmt> body,
      List<ExceptHandler> handlers,
      List<Stmt> orelse,
      List<Stmt> finalbody,
      SourceRange range)
      implements Stmt {
    @Override
    public NodeKind kind() {
      return NodeKind.TryStar;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> body;
        case 1 -> handlers;
        case 2 -> orelse;
        case 3 -> finalbody;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.Assert}. */
  record Assert(Expr test, @Nullable Expr msg, SourceRange range) implements Stmt {
    @Override
    public NodeKind kind() {
      return NodeKind.Assert;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> test;
        case 1 -> msg;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.Import}. */
  record Import(List<Alias> names, SourceRange range) implements Stmt {
    @Override
    public NodeKind kind() {
      return NodeKind.Import;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> names;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.ImportFrom}. */
  record ImportFrom(@Nullable String module, List<Alias> names, int level, SourceRange range)
      implements Stmt {
    @Override
    public NodeKind kind() {
      return NodeKind.ImportFrom;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> module;
        case 1 -> names;
        case 2 -> level;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.Global}. */
  record Global(List<String> names, SourceRange range) implements Stmt {
    @Override
    public NodeKind kind() {
      return NodeKind.Global;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> names;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.Nonlocal}. */
  record Nonlocal(List<String> names, SourceRange range) implements Stmt {
    @Override
    public NodeKind kind() {
      return NodeKind.Nonlocal;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> names;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.Expr}. */
  record ExprStmt(Expr value, SourceRange range) implements Stmt {
    @Override
    public NodeKind kind() {
      return NodeKind.Expr;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> value;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.Pass}. */
  record Pass(SourceRange range) implements Stmt {
    @Override
    public NodeKind kind() {
      return NodeKind.Pass;
    }

    @Override
    public @Nullable Object field(int index) {
      throw new IndexOutOfBoundsException(index);
    }
  }

  /** Python's {@code ast.Break}. */
  record Break(SourceRange range) implements Stmt {
    @Override
    public NodeKind kind() {
      return NodeKind.Break;
    }

    @Override
    public @Nullable Object field(int index) {
      throw new IndexOutOfBoundsException(index);
    }
  }

  /** Python's {@code ast.Continue}. */
  record Continue(SourceRange range) implements Stmt {
    @Override
    public NodeKind kind() {
      return NodeKind.Continue;
    }

    @Override
    public @Nullable Object field(int index) {
      throw new IndexOutOfBoundsException(index);
    }
  }
}
