package org.plait.compiler.fold;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.Constants;
import org.plait.syntax.ast.Asdl;
import org.plait.syntax.ast.AstNode;
import org.plait.syntax.ast.Expr;
import org.plait.syntax.ast.ExprContext;
import org.plait.syntax.ast.Mod;
import org.plait.syntax.ast.NodeKind;
import org.plait.syntax.ast.Operator;
import org.plait.syntax.ast.Pattern;
import org.plait.syntax.ast.Positioned;
import org.plait.syntax.ast.SourceRange;
import org.plait.syntax.ast.Stmt;

/**
 * The tree that {@code ast.parse(optimize=n)} gives. The code generator does the same while it
 * works and needs no such tree. Compare CPython's ast_preprocess.c.
 */
public final class AstOptimizer {
  private static final SourceRange NOWHERE = new SourceRange(0, 0, 0, 0);
  private static final int PASS_LENGTH = 4;

  private final int optimize;

  private AstOptimizer(int optimize) {
    this.optimize = optimize;
  }

  /**
   * A tree with {@code __debug__}, simple % formats and numbers in patterns replaced, and at level
   * 2 without docstrings.
   */
  public static Mod optimize(Mod tree, int optimize) {
    return (Mod) new AstOptimizer(optimize).node(tree);
  }

  private AstNode node(AstNode node) {
    switch (node) {
      case Expr.Name n when n.ctx() == ExprContext.Load && n.id().equals("__debug__") -> {
        return new Expr.Constant(optimize == 0, null, n.range());
      }
      case Pattern.MatchValue m -> {
        Expr folded = number(m.value());
        return folded == m.value() ? fields(m) : new Pattern.MatchValue(folded, m.range());
      }
      case Pattern.MatchMapping m -> {
        List<Expr> keys = new ArrayList<>();
        for (Expr key : m.keys()) {
          keys.add(number(key));
        }
        return fields(new Pattern.MatchMapping(keys, m.patterns(), m.rest(), m.range()));
      }
      default -> {}
    }
    AstNode result = fields(node);
    return result instanceof Expr.BinOp b ? format(b) : result;
  }

  private static Expr format(Expr.BinOp b) {
    if (b.op() == Operator.Mod
        && b.left() instanceof Expr.Constant c
        && c.value() instanceof String s
        && b.right() instanceof Expr.Tuple t) {
      Expr.JoinedStr joined = PercentFormat.optimize(s, t, b.range());
      if (joined != null) {
        return joined;
      }
    }
    return b;
  }

  /** -1 or 1+2j as a constant; anything else as it is. */
  private static Expr number(Expr e) {
    Object v = value(e);
    return v == null || e instanceof Expr.Constant ? e : new Expr.Constant(v, null, e.range());
  }

  private static @Nullable Object value(Expr e) {
    return switch (e) {
      case Expr.Constant c -> c.value();
      case Expr.UnaryOp u -> {
        Object v = value(u.operand());
        yield v == null ? null : ConstFolder.unary(u.op(), v);
      }
      case Expr.BinOp b -> {
        Object l = value(b.left());
        Object r = value(b.right());
        yield l == null || r == null ? null : ConstFolder.binary(b.op(), l, r);
      }
      default -> null;
    };
  }

  private AstNode fields(AstNode node) {
    NodeKind kind = node.kind();
    int n = kind.fields().size();
    @Nullable Object[] values = new Object[n];
    boolean changed = false;
    for (int i = 0; i < n; i++) {
      Object old = node.field(i);
      Object now =
          switch (old) {
            case AstNode child -> node(child);
            case List<?> list -> list(list);
            case null -> null;
            default -> old;
          };
      if (optimize >= 2 && kind.fields().get(i).name().equals("body") && hasDocstring(kind)) {
        now = withoutDocstring((List<?>) now, kind != NodeKind.Module);
      }
      changed |= now != old;
      values[i] = now;
    }
    if (!changed) {
      return node;
    }
    return Asdl.create(kind, values, node instanceof Positioned p ? p.range() : NOWHERE);
  }

  private List<?> list(List<?> list) {
    List<@Nullable Object> out = null;
    for (int i = 0; i < list.size(); i++) {
      Object old = list.get(i);
      Object now = old instanceof AstNode child ? node(child) : old;
      if (now != old && out == null) {
        out = new ArrayList<>(list.subList(0, i));
      }
      if (out != null) {
        out.add(now);
      }
    }
    return out == null ? list : out;
  }

  private static boolean hasDocstring(NodeKind kind) {
    return switch (kind) {
      case Module, FunctionDef, AsyncFunctionDef, ClassDef -> true;
      default -> false;
    };
  }

  private static @Nullable Object withoutDocstring(@Nullable List<?> body, boolean needsBody) {
    if (body == null
        || body.isEmpty()
        || !(body.get(0) instanceof Stmt.ExprStmt e)
        || !(e.value() instanceof Expr.Constant c)
        || !Constants.isString(c.value())) {
      return body;
    }
    if (body.size() > 1 || !needsBody) {
      return body.subList(1, body.size());
    }
    SourceRange r = e.range();
    return List.of(
        new Stmt.Pass(
            new SourceRange(r.lineno(), r.colOffset(), r.lineno(), r.colOffset() + PASS_LENGTH)));
  }
}
