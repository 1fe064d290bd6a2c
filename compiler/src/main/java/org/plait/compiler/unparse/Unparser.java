package org.plait.compiler.unparse;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.Constants;
import org.plait.syntax.ast.Arg;
import org.plait.syntax.ast.Arguments;
import org.plait.syntax.ast.BoolOp;
import org.plait.syntax.ast.CmpOp;
import org.plait.syntax.ast.Complex;
import org.plait.syntax.ast.Comprehension;
import org.plait.syntax.ast.Expr;
import org.plait.syntax.ast.Keyword;
import org.plait.syntax.ast.Operator;
import org.plait.syntax.ast.Singleton;
import org.plait.syntax.ast.UnaryOp;

/** An expression as text, as annotations are under PEP 563. Compare CPython's ast_unparse.c. */
public final class Unparser {
  // precedence levels
  private static final int TUPLE = 0;
  private static final int TEST = 1;
  private static final int OR = 2;
  private static final int AND = 3;
  private static final int NOT = 4;
  private static final int CMP = 5;
  private static final int EXPR = 6;
  private static final int BOR = 6;
  private static final int BXOR = 7;
  private static final int BAND = 8;
  private static final int SHIFT = 9;
  private static final int ARITH = 10;
  private static final int TERM = 11;
  private static final int FACTOR = 12;
  private static final int POWER = 13;
  private static final int AWAIT = 14;
  private static final int ATOM = 15;

  /** How an infinite float is written. */
  private static final String INFINITY = "1e309";

  private final StringBuilder out = new StringBuilder();

  private Unparser() {}

  /** The source of an expression, in one line. */
  public static String unparse(Expr e) {
    Unparser u = new Unparser();
    u.expr(e, TEST);
    return u.out.toString();
  }

  private void open(boolean condition) {
    if (condition) {
      out.append('(');
    }
  }

  private void close(boolean condition) {
    if (condition) {
      out.append(')');
    }
  }

  private void expr(Expr e, int level) {
    switch (e) {
      case Expr.BoolOp x -> {
        boolean and = x.op() == BoolOp.And;
        int mine = and ? AND : OR;
        open(level > mine);
        for (int i = 0; i < x.values().size(); i++) {
          if (i > 0) {
            out.append(and ? " and " : " or ");
          }
          expr(x.values().get(i), mine + 1);
        }
        close(level > mine);
      }
      case Expr.BinOp x -> binary(x, level);
      case Expr.UnaryOp x -> {
        int mine = x.op() == UnaryOp.Not ? NOT : FACTOR;
        open(level > mine);
        out.append(
            switch (x.op()) {
              case Invert -> "~";
              case Not -> "not ";
              case UAdd -> "+";
              case USub -> "-";
            });
        expr(x.operand(), mine);
        close(level > mine);
      }
      case Expr.Lambda x -> {
        open(level > TEST);
        out.append(positionalCount(x.args()) ? "lambda " : "lambda");
        arguments(x.args());
        out.append(": ");
        expr(x.body(), TEST);
        close(level > TEST);
      }
      case Expr.IfExp x -> {
        open(level > TEST);
        expr(x.body(), TEST + 1);
        out.append(" if ");
        expr(x.test(), TEST + 1);
        out.append(" else ");
        expr(x.orelse(), TEST);
        close(level > TEST);
      }
      case Expr.Dict x -> {
        out.append('{');
        for (int i = 0; i < x.values().size(); i++) {
          if (i > 0) {
            out.append(", ");
          }
          Expr key = x.keys().get(i);
          if (key != null) {
            expr(key, TEST);
            out.append(": ");
            expr(x.values().get(i), TEST);
          } else {
            out.append("**");
            expr(x.values().get(i), EXPR);
          }
        }
        out.append('}');
      }
      case Expr.Set x -> {
        out.append('{');
        list(x.elts());
        out.append('}');
      }
      case Expr.GeneratorExp x -> {
        out.append('(');
        expr(x.elt(), TEST);
        comprehensions(x.generators());
        out.append(')');
      }
      case Expr.ListComp x -> {
        out.append('[');
        expr(x.elt(), TEST);
        comprehensions(x.generators());
        out.append(']');
      }
      case Expr.SetComp x -> {
        out.append('{');
        expr(x.elt(), TEST);
        comprehensions(x.generators());
        out.append('}');
      }
      case Expr.DictComp x -> {
        out.append('{');
        expr(x.key(), TEST);
        out.append(": ");
        expr(x.value(), TEST);
        comprehensions(x.generators());
        out.append('}');
      }
      case Expr.Yield x -> {
        if (x.value() == null) {
          out.append("(yield)");
        } else {
          out.append("(yield ");
          expr(x.value(), TEST);
          out.append(')');
        }
      }
      case Expr.YieldFrom x -> {
        out.append("(yield from ");
        expr(x.value(), TEST);
        out.append(')');
      }
      case Expr.Await x -> {
        open(level > AWAIT);
        out.append("await ");
        expr(x.value(), ATOM);
        close(level > AWAIT);
      }
      case Expr.Compare x -> {
        open(level > CMP);
        expr(x.left(), CMP + 1);
        for (int i = 0; i < x.ops().size(); i++) {
          out.append(comparison(x.ops().get(i)));
          expr(x.comparators().get(i), CMP + 1);
        }
        close(level > CMP);
      }
      case Expr.Call x -> call(x);
      case Expr.Constant x -> {
        if (x.kind_() != null) {
          out.append(x.kind_());
        }
        constant(x.value());
      }
      case Expr.JoinedStr x -> fString("f", x.values());
      case Expr.TemplateStr x -> fString("t", x.values());
      case Expr.FormattedValue x -> fString("f", List.of(x));
      case Expr.Interpolation x -> fString("t", List.of(x));
      case Expr.Attribute x -> {
        expr(x.value(), ATOM);
        boolean number =
            x.value() instanceof Expr.Constant c
                && (c.value() instanceof Long || c.value() instanceof java.math.BigInteger);
        out.append(number ? " ." : ".").append(x.attr());
      }
      case Expr.Starred x -> {
        out.append('*');
        expr(x.value(), EXPR);
      }
      case Expr.Name x -> out.append(x.id());
      case Expr.List x -> {
        out.append('[');
        list(x.elts());
        out.append(']');
      }
      case Expr.Tuple x -> tuple(x, level);
      case Expr.Subscript x -> {
        expr(x.value(), ATOM);
        out.append('[');
        expr(x.slice(), TUPLE);
        out.append(']');
      }
      case Expr.Slice x -> {
        part(x.lower());
        out.append(':');
        part(x.upper());
        if (x.step() != null) {
          out.append(':');
          expr(x.step(), TEST);
        }
      }
      case Expr.NamedExpr x -> {
        open(level > TUPLE);
        expr(x.target(), ATOM);
        out.append(" := ");
        expr(x.value(), ATOM);
        close(level > TUPLE);
      }
    }
  }

  private void part(@Nullable Expr e) {
    if (e != null) {
      expr(e, TEST);
    }
  }

  private void list(List<Expr> elts) {
    for (int i = 0; i < elts.size(); i++) {
      if (i > 0) {
        out.append(", ");
      }
      expr(elts.get(i), TEST);
    }
  }

  private void tuple(Expr.Tuple x, int level) {
    if (x.elts().isEmpty()) {
      out.append("()");
      return;
    }
    open(level > TUPLE);
    list(x.elts());
    if (x.elts().size() == 1) {
      out.append(',');
    }
    close(level > TUPLE);
  }

  private void binary(Expr.BinOp x, int level) {
    String text = operator(x.op());
    int mine =
        switch (x.op()) {
          case Add, Sub -> ARITH;
          case Mult, MatMult, Div, Mod, FloorDiv -> TERM;
          case LShift, RShift -> SHIFT;
          case BitOr -> BOR;
          case BitXor -> BXOR;
          case BitAnd -> BAND;
          case Pow -> POWER;
        };
    boolean right = x.op() == Operator.Pow;
    open(level > mine);
    expr(x.left(), mine + (right ? 1 : 0));
    out.append(text);
    expr(x.right(), mine + (right ? 0 : 1));
    close(level > mine);
  }

  private static String operator(Operator op) {
    return switch (op) {
      case Add -> " + ";
      case Sub -> " - ";
      case Mult -> " * ";
      case MatMult -> " @ ";
      case Div -> " / ";
      case Mod -> " % ";
      case LShift -> " << ";
      case RShift -> " >> ";
      case BitOr -> " | ";
      case BitXor -> " ^ ";
      case BitAnd -> " & ";
      case FloorDiv -> " // ";
      case Pow -> " ** ";
    };
  }

  private static String comparison(CmpOp op) {
    return switch (op) {
      case Eq -> " == ";
      case NotEq -> " != ";
      case Lt -> " < ";
      case LtE -> " <= ";
      case Gt -> " > ";
      case GtE -> " >= ";
      case Is -> " is ";
      case IsNot -> " is not ";
      case In -> " in ";
      case NotIn -> " not in ";
    };
  }

  private static boolean positionalCount(Arguments a) {
    return !a.posonlyargs().isEmpty() || !a.args().isEmpty();
  }

  private void arguments(Arguments a) {
    boolean first = true;
    int positional = a.posonlyargs().size() + a.args().size();
    int defaults = positional - a.defaults().size();
    for (int i = 0; i < positional; i++) {
      first = comma(first);
      int p = a.posonlyargs().size();
      arg(i < p ? a.posonlyargs().get(i) : a.args().get(i - p));
      if (i >= defaults) {
        out.append('=');
        expr(a.defaults().get(i - defaults), TEST);
      }
      if (i + 1 == p) {
        out.append(", /");
      }
    }
    if (a.vararg() != null || !a.kwonlyargs().isEmpty()) {
      first = comma(first);
      out.append('*');
      if (a.vararg() != null) {
        arg(a.vararg());
      }
    }
    for (int i = 0; i < a.kwonlyargs().size(); i++) {
      first = comma(first);
      arg(a.kwonlyargs().get(i));
      Expr d = a.kwDefaults().get(i);
      if (d != null) {
        out.append('=');
        expr(d, TEST);
      }
    }
    if (a.kwarg() != null) {
      comma(first);
      out.append("**");
      arg(a.kwarg());
    }
  }

  private boolean comma(boolean first) {
    if (!first) {
      out.append(", ");
    }
    return false;
  }

  private void arg(Arg a) {
    out.append(a.arg());
    if (a.annotation() != null) {
      out.append(": ");
      expr(a.annotation(), TEST);
    }
  }

  private void comprehensions(List<Comprehension> generators) {
    for (Comprehension c : generators) {
      out.append(c.isAsync() != 0 ? " async for " : " for ");
      expr(c.target(), TUPLE);
      out.append(" in ");
      expr(c.iter(), TEST + 1);
      for (Expr condition : c.ifs()) {
        out.append(" if ");
        expr(condition, TEST + 1);
      }
    }
  }

  private void call(Expr.Call x) {
    expr(x.func(), ATOM);
    if (x.args().size() == 1
        && x.keywords().isEmpty()
        && x.args().get(0) instanceof Expr.GeneratorExp g) {
      expr(g, TEST);
      return;
    }
    out.append('(');
    boolean first = true;
    for (Expr a : x.args()) {
      first = comma(first);
      expr(a, TEST);
    }
    for (Keyword k : x.keywords()) {
      first = comma(first);
      if (k.arg() == null) {
        out.append("**");
      } else {
        out.append(k.arg()).append('=');
      }
      expr(k.value(), TEST);
    }
    out.append(')');
  }

  private void constant(Object value) {
    if (value == Singleton.ELLIPSIS) {
      out.append("...");
    } else if (value instanceof Double || value instanceof Complex) {
      out.append(Repr.of(value).replace("inf", INFINITY));
    } else {
      out.append(Repr.of(value));
    }
  }

  // ---- f-strings and t-strings

  private void fString(String prefix, List<Expr> values) {
    Unparser body = new Unparser();
    body.parts(values);
    out.append(prefix).append(Repr.of(body.out.toString()));
  }

  private void parts(List<Expr> values) {
    for (Expr v : values) {
      switch (v) {
        case Expr.Constant c when Constants.isString(c.value()) ->
            out.append(String.valueOf(c.value()).replace("{", "{{").replace("}", "}}"));
        case Expr.JoinedStr j -> parts(j.values());
        case Expr.TemplateStr t -> parts(t.values());
        case Expr.FormattedValue f -> {
          Unparser inner = new Unparser();
          inner.expr(f.value(), TEST + 1);
          field(inner.out.toString(), f.conversion(), f.formatSpec());
        }
        case Expr.Interpolation f -> field(String.valueOf(f.str()), f.conversion(), f.formatSpec());
        default -> expr(v, TEST);
      }
    }
  }

  private void field(String text, int conversion, @Nullable Expr spec) {
    out.append('{');
    if (text.startsWith("{")) {
      out.append(' ');
    }
    out.append(text);
    if (conversion > 0) {
      out.append('!').append((char) conversion);
    }
    if (spec != null) {
      out.append(':');
      parts(spec instanceof Expr.JoinedStr j ? j.values() : List.of(spec));
    }
    out.append('}');
  }
}
