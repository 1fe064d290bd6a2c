package org.plait.syntax.ast;

import org.jspecify.annotations.Nullable;

/** An expression. Nodes are named as in Python's {@code ast} module. */
public sealed interface Expr extends Positioned
    permits Expr.BoolOp,
        Expr.NamedExpr,
        Expr.BinOp,
        Expr.UnaryOp,
        Expr.Lambda,
        Expr.IfExp,
        Expr.Dict,
        Expr.Set,
        Expr.ListComp,
        Expr.SetComp,
        Expr.DictComp,
        Expr.GeneratorExp,
        Expr.Await,
        Expr.Yield,
        Expr.YieldFrom,
        Expr.Compare,
        Expr.Call,
        Expr.FormattedValue,
        Expr.Interpolation,
        Expr.JoinedStr,
        Expr.TemplateStr,
        Expr.Constant,
        Expr.Attribute,
        Expr.Subscript,
        Expr.Starred,
        Expr.Name,
        Expr.List,
        Expr.Tuple,
        Expr.Slice {
  /** Python's {@code ast.BoolOp}. */
  record BoolOp(org.plait.syntax.ast.BoolOp op, java.util.List<Expr> values, SourceRange range)
      implements Expr {
    @Override
    public NodeKind kind() {
      return NodeKind.BoolOp;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> op;
        case 1 -> values;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.NamedExpr}. */
  record NamedExpr(Expr target, Expr value, SourceRange range) implements Expr {
    @Override
    public NodeKind kind() {
      return NodeKind.NamedExpr;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> target;
        case 1 -> value;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.BinOp}. */
  record BinOp(Expr left, Operator op, Expr right, SourceRange range) implements Expr {
    @Override
    public NodeKind kind() {
      return NodeKind.BinOp;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> left;
        case 1 -> op;
        case 2 -> right;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.UnaryOp}. */
  record UnaryOp(org.plait.syntax.ast.UnaryOp op, Expr operand, SourceRange range) implements Expr {
    @Override
    public NodeKind kind() {
      return NodeKind.UnaryOp;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> op;
        case 1 -> operand;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.Lambda}. */
  record Lambda(Arguments args, Expr body, SourceRange range) implements Expr {
    @Override
    public NodeKind kind() {
      return NodeKind.Lambda;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> args;
        case 1 -> body;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.IfExp}. */
  record IfExp(Expr test, Expr body, Expr orelse, SourceRange range) implements Expr {
    @Override
    public NodeKind kind() {
      return NodeKind.IfExp;
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

  /** Python's {@code ast.Dict}. */
  record Dict(java.util.List<@Nullable Expr> keys, java.util.List<Expr> values, SourceRange range)
      implements Expr {
    @Override
    public NodeKind kind() {
      return NodeKind.Dict;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> keys;
        case 1 -> values;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.Set}. */
  record Set(java.util.List<Expr> elts, SourceRange range) implements Expr {
    @Override
    public NodeKind kind() {
      return NodeKind.Set;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> elts;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.ListComp}. */
  record ListComp(Expr elt, java.util.List<Comprehension> generators, SourceRange range)
      implements Expr {
    @Override
    public NodeKind kind() {
      return NodeKind.ListComp;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> elt;
        case 1 -> generators;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.SetComp}. */
  record SetComp(Expr elt, java.util.List<Comprehension> generators, SourceRange range)
      implements Expr {
    @Override
    public NodeKind kind() {
      return NodeKind.SetComp;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> elt;
        case 1 -> generators;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.DictComp}. */
  record DictComp(Expr key, Expr value, java.util.List<Comprehension> generators, SourceRange range)
      implements Expr {
    @Override
    public NodeKind kind() {
      return NodeKind.DictComp;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> key;
        case 1 -> value;
        case 2 -> generators;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.GeneratorExp}. */
  record GeneratorExp(Expr elt, java.util.List<Comprehension> generators, SourceRange range)
      implements Expr {
    @Override
    public NodeKind kind() {
      return NodeKind.GeneratorExp;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> elt;
        case 1 -> generators;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.Await}. */
  record Await(Expr value, SourceRange range) implements Expr {
    @Override
    public NodeKind kind() {
      return NodeKind.Await;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> value;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.Yield}. */
  record Yield(@Nullable Expr value, SourceRange range) implements Expr {
    @Override
    public NodeKind kind() {
      return NodeKind.Yield;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> value;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.YieldFrom}. */
  record YieldFrom(Expr value, SourceRange range) implements Expr {
    @Override
    public NodeKind kind() {
      return NodeKind.YieldFrom;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> value;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.Compare}. */
  record Compare(
      Expr left, java.util.List<CmpOp> ops, java.util.List<Expr> comparators, SourceRange range)
      implements Expr {
    @Override
    public NodeKind kind() {
      return NodeKind.Compare;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> left;
        case 1 -> ops;
        case 2 -> comparators;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.Call}. */
  record Call(
      Expr func, java.util.List<Expr> args, java.util.List<Keyword> keywords, SourceRange range)
      implements Expr {
    @Override
    public NodeKind kind() {
      return NodeKind.Call;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> func;
        case 1 -> args;
        case 2 -> keywords;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.FormattedValue}. */
  record FormattedValue(Expr value, int conversion, @Nullable Expr formatSpec, SourceRange range)
      implements Expr {
    @Override
    public NodeKind kind() {
      return NodeKind.FormattedValue;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> value;
        case 1 -> conversion;
        case 2 -> formatSpec;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.Interpolation}. */
  record Interpolation(
      Expr value, Object str, int conversion, @Nullable Expr formatSpec, SourceRange range)
      implements Expr {
    @Override
    public NodeKind kind() {
      return NodeKind.Interpolation;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> value;
        case 1 -> str;
        case 2 -> conversion;
        case 3 -> formatSpec;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.JoinedStr}. */
  record JoinedStr(java.util.List<Expr> values, SourceRange range) implements Expr {
    @Override
    public NodeKind kind() {
      return NodeKind.JoinedStr;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> values;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.TemplateStr}. */
  record TemplateStr(java.util.List<Expr> values, SourceRange range) implements Expr {
    @Override
    public NodeKind kind() {
      return NodeKind.TemplateStr;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> values;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /**
   * Python's {@code ast.Constant}. The value is a Long, BigInteger (only beyond long), Double,
   * {@link Complex}, String or {@link CodePoints}, {@link BytesValue}, Boolean, {@link Singleton},
   * {@link TupleValue} or {@link FrozenSetValue}; {@code kind} is "u" for a u-prefixed string,
   * otherwise null. As the record's component {@code kind} would clash with {@link AstNode#kind},
   * it is named {@code kind_}.
   */
  record Constant(Object value, @Nullable String kind_, SourceRange range) implements Expr {
    @Override
    public NodeKind kind() {
      return NodeKind.Constant;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> value;
        case 1 -> kind_;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.Attribute}. */
  record Attribute(Expr value, String attr, ExprContext ctx, SourceRange range) implements Expr {
    @Override
    public NodeKind kind() {
      return NodeKind.Attribute;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> value;
        case 1 -> attr;
        case 2 -> ctx;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.Subscript}. */
  record Subscript(Expr value, Expr slice, ExprContext ctx, SourceRange range) implements Expr {
    @Override
    public NodeKind kind() {
      return NodeKind.Subscript;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> value;
        case 1 -> slice;
        case 2 -> ctx;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.Starred}. */
  record Starred(Expr value, ExprContext ctx, SourceRange range) implements Expr {
    @Override
    public NodeKind kind() {
      return NodeKind.Starred;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> value;
        case 1 -> ctx;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.Name}. */
  record Name(String id, ExprContext ctx, SourceRange range) implements Expr {
    @Override
    public NodeKind kind() {
      return NodeKind.Name;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> id;
        case 1 -> ctx;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.List}. */
  record List(java.util.List<Expr> elts, ExprContext ctx, SourceRange range) implements Expr {
    @Override
    public NodeKind kind() {
      return NodeKind.List;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> elts;
        case 1 -> ctx;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.Tuple}. */
  record Tuple(java.util.List<Expr> elts, ExprContext ctx, SourceRange range) implements Expr {
    @Override
    public NodeKind kind() {
      return NodeKind.Tuple;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> elts;
        case 1 -> ctx;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }

  /** Python's {@code ast.Slice}. */
  record Slice(@Nullable Expr lower, @Nullable Expr upper, @Nullable Expr step, SourceRange range)
      implements Expr {
    @Override
    public NodeKind kind() {
      return NodeKind.Slice;
    }

    @Override
    public @Nullable Object field(int index) {
      return switch (index) {
        case 0 -> lower;
        case 1 -> upper;
        case 2 -> step;
        default -> throw new IndexOutOfBoundsException(index);
      };
    }
  }
}
