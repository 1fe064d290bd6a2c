package org.plait.compiler.gen;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.Constants;
import org.plait.syntax.ast.BytesValue;
import org.plait.syntax.ast.CmpOp;
import org.plait.syntax.ast.Complex;
import org.plait.syntax.ast.Expr;
import org.plait.syntax.ast.FrozenSetValue;
import org.plait.syntax.ast.Singleton;
import org.plait.syntax.ast.TupleValue;

/** SyntaxWarnings about literals used as if they were something else. */
final class LiteralWarnings {
  private final Gen g;

  LiteralWarnings(Gen g) {
    this.g = g;
  }

  // Compare CPython's infer_type in codegen.c
  private static @Nullable String type(Expr e) {
    return switch (e) {
      case Expr.Tuple x -> "tuple";
      case Expr.List x -> "list";
      case Expr.ListComp x -> "list";
      case Expr.Dict x -> "dict";
      case Expr.DictComp x -> "dict";
      case Expr.Set x -> "set";
      case Expr.SetComp x -> "set";
      case Expr.GeneratorExp x -> "generator";
      case Expr.Lambda x -> "function";
      case Expr.TemplateStr x -> "string.templatelib.Template";
      case Expr.Interpolation x -> "string.templatelib.Interpolation";
      case Expr.JoinedStr x -> "str";
      case Expr.FormattedValue x -> "str";
      case Expr.Constant x -> Constants.typeName(x.value());
      default -> null;
    };
  }

  void called(Expr function) {
    switch (function) {
      case Expr.Constant x -> {}
      case Expr.Tuple x -> {}
      case Expr.List x -> {}
      case Expr.ListComp x -> {}
      case Expr.Dict x -> {}
      case Expr.DictComp x -> {}
      case Expr.Set x -> {}
      case Expr.SetComp x -> {}
      case Expr.GeneratorExp x -> {}
      case Expr.JoinedStr x -> {}
      case Expr.TemplateStr x -> {}
      case Expr.FormattedValue x -> {}
      case Expr.Interpolation x -> {}
      default -> {
        return;
      }
    }
    g.warn(
        "'" + type(function) + "' object is not callable; perhaps you missed a comma?",
        function.range());
  }

  void subscripted(Expr.Subscript e) {
    Expr container = e.value();
    boolean wrong =
        switch (container) {
          case Expr.Constant x ->
              switch (x.value()) {
                case Singleton s -> true;
                case Long v -> true;
                case BigInteger v -> true;
                case Boolean v -> true;
                case Double v -> true;
                case Complex v -> true;
                case FrozenSetValue v -> true;
                default -> false;
              };
          case Expr.Set x -> true;
          case Expr.SetComp x -> true;
          case Expr.GeneratorExp x -> true;
          case Expr.TemplateStr x -> true;
          case Expr.Interpolation x -> true;
          case Expr.Lambda x -> true;
          default -> false;
        };
    if (wrong) {
      g.warn(
          "'" + type(container) + "' object is not subscriptable; perhaps you missed a comma?",
          e.range());
    }
    index(e);
  }

  private void index(Expr.Subscript e) {
    String index = type(e.slice());
    if (index == null || index.equals("int") || index.equals("bool")) {
      return;
    }
    boolean sequence =
        switch (e.value()) {
          case Expr.Constant x ->
              Constants.isString(x.value())
                  || x.value() instanceof BytesValue
                  || x.value() instanceof TupleValue;
          case Expr.Tuple x -> true;
          case Expr.List x -> true;
          case Expr.ListComp x -> true;
          case Expr.JoinedStr x -> true;
          case Expr.FormattedValue x -> true;
          default -> false;
        };
    if (sequence) {
      g.warn(
          type(e.value())
              + " indices must be integers or slices, not "
              + index
              + "; perhaps you missed a comma?",
          e.range());
    }
  }

  // Compare CPython's check_is_arg: whether identity with it makes sense
  private static boolean comparable(Expr e) {
    return switch (e) {
      case Expr.Tuple x -> x.elts().stream().anyMatch(k -> !(k instanceof Expr.Constant));
      case Expr.Constant c -> c.value() instanceof Singleton || c.value() instanceof Boolean;
      default -> true;
    };
  }

  void compared(Expr.Compare e) {
    Expr leftExpr = e.left();
    boolean left = comparable(leftExpr);
    for (int i = 0; i < e.ops().size(); i++) {
      CmpOp op = e.ops().get(i);
      Expr rightExpr = e.comparators().get(i);
      boolean right = comparable(rightExpr);
      if ((op == CmpOp.Is || op == CmpOp.IsNot) && !(left && right)) {
        String type = type(left ? rightExpr : leftExpr);
        g.warn(
            op == CmpOp.Is
                ? "\"is\" with '" + type + "' literal. Did you mean \"==\"?"
                : "\"is not\" with '" + type + "' literal. Did you mean \"!=\"?",
            e.range());
      }
      left = right;
      leftExpr = rightExpr;
    }
  }
}
