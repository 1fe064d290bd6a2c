package org.plait.compiler.gen;

import static org.plait.compiler.code.Opcode.*;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.Constants;
import org.plait.compiler.code.Opcode;
import org.plait.compiler.code.SliceValue;
import org.plait.compiler.fold.ConstFolder;
import org.plait.compiler.fold.PercentFormat;
import org.plait.syntax.ast.BoolOp;
import org.plait.syntax.ast.CmpOp;
import org.plait.syntax.ast.Expr;
import org.plait.syntax.ast.FrozenSetValue;
import org.plait.syntax.ast.Operator;
import org.plait.syntax.ast.Singleton;
import org.plait.syntax.ast.SourceRange;
import org.plait.syntax.ast.TupleValue;
import org.plait.syntax.ast.UnaryOp;

/**
 * Expressions. The work is in {@link #gen}, which takes a wish for the register of the result (or
 * -1) and gives back the operand where the result is: a register, perhaps a local, or a constant. A
 * wished-for temporary may be overwritten at any time, a wished-for local only by the last
 * instruction.
 */
final class ExprGen {
  private static final Opcode[] BINARY = {
    BINARY_ADD,
    BINARY_SUB,
    BINARY_MULT,
    BINARY_MATMULT,
    BINARY_DIV,
    BINARY_MOD,
    BINARY_POW,
    BINARY_LSHIFT,
    BINARY_RSHIFT,
    BINARY_OR,
    BINARY_XOR,
    BINARY_AND,
    BINARY_FLOORDIV
  };
  private static final Opcode[] INPLACE = {
    INPLACE_ADD,
    INPLACE_SUB,
    INPLACE_MULT,
    INPLACE_MATMULT,
    INPLACE_DIV,
    INPLACE_MOD,
    INPLACE_POW,
    INPLACE_LSHIFT,
    INPLACE_RSHIFT,
    INPLACE_OR,
    INPLACE_XOR,
    INPLACE_AND,
    INPLACE_FLOORDIV
  };
  // in the order of CmpOp
  private static final Opcode[] COMPARE = {
    COMPARE_EQ,
    COMPARE_NE,
    COMPARE_LT,
    COMPARE_LE,
    COMPARE_GT,
    COMPARE_GE,
    COMPARE_IS,
    COMPARE_IS_NOT,
    COMPARE_IN,
    COMPARE_NOT_IN
  };
  private static final Opcode[] JUMP_IF = {
    JUMP_IF_EQ,
    JUMP_IF_NE,
    JUMP_IF_LT,
    JUMP_IF_LE,
    JUMP_IF_GT,
    JUMP_IF_GE,
    JUMP_IF_IS,
    JUMP_IF_IS_NOT,
    JUMP_IF_IN,
    JUMP_IF_NOT_IN
  };
  private static final Opcode[] JUMP_UNLESS = {
    JUMP_UNLESS_EQ,
    JUMP_UNLESS_NE,
    JUMP_UNLESS_LT,
    JUMP_UNLESS_LE,
    JUMP_UNLESS_GT,
    JUMP_UNLESS_GE,
    JUMP_IF_IS_NOT,
    JUMP_IF_IS,
    JUMP_IF_NOT_IN,
    JUMP_IF_IN
  };

  /** CPython's limit for evaluating many values side by side. */
  static final int STACK_USE_GUIDELINE = 30;

  private final Gen g;

  ExprGen(Gen g) {
    this.g = g;
  }

  static Opcode binary(Operator op) {
    return BINARY[op.ordinal()];
  }

  static Opcode inplace(Operator op) {
    return INPLACE[op.ordinal()];
  }

  // ---- ways to evaluate

  /** Evaluates to an operand: register or constant. */
  int value(Expr e) {
    return gen(e, -1);
  }

  /** Evaluates to an operand, with a register that may be used for it if it is a temporary. */
  int value(Expr e, int hint) {
    return gen(e, Unit.isTemp(hint) ? hint : -1);
  }

  /** Evaluates into a register of any kind. */
  void into(Expr e, int dst) {
    int r = gen(e, dst);
    if (r != dst) {
      move(e.range(), dst, r);
    }
  }

  /** Evaluates to a register; never a constant. */
  int reg(Expr e, int hint) {
    int h = Unit.isTemp(hint) ? hint : -1;
    int r = gen(e, h);
    if (r >= 0) {
      return r;
    }
    int t = h >= 0 ? h : g.u.temp();
    g.u.emit(e.range(), LOAD_CONST, t, ~r);
    return t;
  }

  void move(@Nullable SourceRange range, int dst, int operand) {
    if (operand < 0) {
      g.u.emit(range, LOAD_CONST, dst, ~operand);
    } else if (operand != dst) {
      g.u.emit(range, MOVE, dst, operand);
    }
  }

  /** Evaluates for effect, and leaves a trace of the line. */
  void effect(Expr e) {
    int mark = g.u.mark();
    value(e);
    g.u.release(mark);
  }

  int target(int dst) {
    return dst >= 0 ? dst : g.u.temp();
  }

  private void line(SourceRange range) {
    if (range.lineno() != g.u.code.lastLine) {
      g.u.emit(range, NOP);
    }
  }

  int constant(SourceRange range, Object value) {
    line(range);
    return g.u.constantOperand(value);
  }

  /** The value if the expression is a constant after folding, else null. Emits nothing. */
  @Nullable Object fold(Expr e) {
    switch (e) {
      case Expr.Constant c:
        return c.value();
      case Expr.Name n:
        return n.id().equals("__debug__") ? (Object) (g.optimize == 0) : null;
      case Expr.Tuple t:
        return foldAll(t.elts());
      case Expr.UnaryOp x:
        Object v = fold(x.operand());
        return v == null ? null : ConstFolder.unary(x.op(), v);
      case Expr.BinOp x:
        Object l = fold(x.left());
        if (l == null) {
          return null;
        }
        Object r = fold(x.right());
        return r == null ? null : ConstFolder.binary(x.op(), l, r);
      default:
        return null;
    }
  }

  /** A tuple if all are constants, else null. */
  @Nullable TupleValue foldAll(List<Expr> elements) {
    for (int i = elements.size() - 1; i >= 0; i--) {
      Expr e = elements.get(i);
      if (!(e instanceof Expr.Constant
          || e instanceof Expr.UnaryOp
          || e instanceof Expr.BinOp
          || e instanceof Expr.Tuple)) {
        return null;
      }
    }
    List<Object> values = new ArrayList<>(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      Object v = fold(elements.get(i));
      if (v == null) {
        return null;
      }
      values.add(v);
    }
    return new TupleValue(values);
  }

  // ---- the expressions

  int gen(Expr e, int dst) {
    return switch (e) {
      case Expr.Name x ->
          x.id().equals("__debug__")
              ? constant(x.range(), g.optimize == 0)
              : g.names.operand(x.range(), x.id(), dst);
      case Expr.Constant x -> constant(x.range(), x.value());
      case Expr.Attribute x -> attribute(x, dst);
      case Expr.Call x -> g.calls.call(x, dst);
      case Expr.BinOp x -> binary(x, dst);
      case Expr.Subscript x -> subscript(x, dst);
      case Expr.Compare x -> compare(x, dst);
      case Expr.BoolOp x -> bool(x, dst);
      case Expr.UnaryOp x -> unary(x, dst);
      case Expr.Tuple x -> g.displays.tuple(x, dst);
      case Expr.List x -> g.displays.list(x, dst);
      case Expr.Dict x -> g.displays.dict(x, dst);
      case Expr.Set x -> g.displays.set(x, dst);
      case Expr.IfExp x -> conditional(x, dst);
      case Expr.JoinedStr x -> joined(x, dst);
      case Expr.FormattedValue x -> formatted(x, dst);
      case Expr.TemplateStr x -> template(x, dst);
      case Expr.Interpolation x -> {
        int d = target(dst);
        interpolation(x, d);
        yield d;
      }
      case Expr.Lambda x -> {
        int d = target(dst);
        g.functions.lambda(x, d);
        yield d;
      }
      case Expr.NamedExpr x -> named(x);
      case Expr.ListComp x -> g.comprehensions.list(x, dst);
      case Expr.SetComp x -> g.comprehensions.set(x, dst);
      case Expr.DictComp x -> g.comprehensions.dict(x, dst);
      case Expr.GeneratorExp x -> g.comprehensions.generator(x, dst);
      case Expr.Yield x -> yieldValue(x, dst);
      case Expr.YieldFrom x -> yieldFrom(x, dst);
      case Expr.Await x -> await(x, dst);
      case Expr.Starred x -> throw g.error("can't use starred expression here", x.range());
      case Expr.Slice x -> slice(x, dst);
    };
  }

  private int named(Expr.NamedExpr e) {
    Expr.Name target = (Expr.Name) e.target();
    int r = g.names.tentativeRegister(target.id());
    if (r >= 0) {
      into(e.value(), r);
      g.u.fixLocal(r);
      return r;
    }
    int t = g.u.temp();
    int v = value(e.value(), t);
    g.names.store(target.range(), target.id(), v);
    return v;
  }

  private int attribute(Expr.Attribute e, int dst) {
    if (g.calls.canOptimizeSuper(e)) {
      return g.calls.superAttribute(e, dst);
    }
    int d = target(dst);
    int mark = g.u.mark();
    int object = reg(e.value(), d);
    g.u.release(mark);
    g.u.emit(
        attributeRange(e.range(), e),
        LOAD_ATTR,
        d,
        object,
        g.u.nameIndex(g.names.mangle(e.attr())));
    return d;
  }

  // Compare CPython's update_start_location_to_match_attr in codegen.c
  static SourceRange attributeRange(SourceRange range, Expr.Attribute e) {
    if (range.lineno() == e.endLineno()) {
      return range;
    }
    int length = e.attr().codePointCount(0, e.attr().length());
    int end = e.endColOffset();
    if (length <= end) {
      int endColumn =
          range.endLineno() == e.endLineno() && range.endColOffset() > end
              ? range.endColOffset()
              : range.endLineno() > e.endLineno() ? range.endColOffset() : end;
      return new SourceRange(
          e.endLineno(), end - length, Math.max(range.endLineno(), e.endLineno()), endColumn);
    }
    return new SourceRange(e.endLineno(), -1, Math.max(range.endLineno(), e.endLineno()), -1);
  }

  private int binary(Expr.BinOp e, int dst) {
    if (e.op() == Operator.Mod
        && e.left() instanceof Expr.Constant f
        && f.value() instanceof String format
        && e.right() instanceof Expr.Tuple t) {
      Expr.JoinedStr joined = PercentFormat.optimize(format, t, e.range());
      if (joined != null) {
        return joined(joined, dst);
      }
    }
    int d = target(dst);
    int mark = g.u.mark();
    int left = value(e.left(), d);
    left = g.names.stable(left, e.right());
    int right = value(e.right());
    g.u.release(mark);
    if (left < 0 && right < 0) {
      Object folded = ConstFolder.binary(e.op(), g.u.constantAt(~left), g.u.constantAt(~right));
      if (folded != null) {
        return constant(e.range(), folded);
      }
    }
    g.u.emit(e.range(), BINARY[e.op().ordinal()], d, left, right);
    return d;
  }

  private int unary(Expr.UnaryOp e, int dst) {
    int d = target(dst);
    int mark = g.u.mark();
    if (e.op() == UnaryOp.Not && e.operand() instanceof Expr.Compare c && c.ops().size() == 1) {
      CmpOp inverse =
          switch (c.ops().get(0)) {
            case Is -> CmpOp.IsNot;
            case IsNot -> CmpOp.Is;
            case In -> CmpOp.NotIn;
            case NotIn -> CmpOp.In;
            default -> null;
          };
      if (inverse != null) {
        g.literals.compared(c);
        pair(c, d);
        g.u.release(mark);
        g.u.emit(e.range(), COMPARE[inverse.ordinal()], d, pairLeft, pairRight);
        return d;
      }
    }
    int operand = value(e.operand(), d);
    if (operand < 0) {
      Object folded = ConstFolder.unary(e.op(), g.u.constantAt(~operand));
      if (folded != null) {
        g.u.release(mark);
        return constant(e.range(), folded);
      }
      int t = g.u.temp();
      move(e.range(), t, operand);
      operand = t;
    }
    g.u.release(mark);
    g.u.emit(
        e.range(),
        switch (e.op()) {
          case Not -> UNARY_NOT;
          case Invert -> UNARY_INVERT;
          case USub -> UNARY_NEGATIVE;
          case UAdd -> UNARY_POSITIVE;
        },
        d,
        operand);
    return d;
  }

  // results of pair(): Java has no second return value and this is used right away
  private int pairLeft;
  private int pairRight;

  /** Evaluates the operands of a comparison of two. */
  private void pair(Expr.Compare c, int hint) {
    int left = value(c.left(), hint);
    left = g.names.stable(left, c.comparators().get(0));
    pairRight = comparator(c.ops().get(0), c.comparators().get(0));
    pairLeft = left;
  }

  /** The right side of a comparison; a display of constants behind {@code in} is a constant. */
  private int comparator(CmpOp op, Expr e) {
    if (op == CmpOp.In || op == CmpOp.NotIn) {
      Object folded = foldDisplay(e);
      if (folded != null) {
        return constant(e.range(), folded);
      }
    }
    return value(e);
  }

  /** A list or set display of constants as tuple or frozenset, or null. */
  @Nullable Object foldDisplay(Expr e) {
    if (e instanceof Expr.List l) {
      return foldAll(l.elts());
    }
    if (e instanceof Expr.Set s) {
      TupleValue t = foldAll(s.elts());
      return t == null ? null : new FrozenSetValue(t.items());
    }
    return null;
  }

  private int compare(Expr.Compare e, int dst) {
    g.literals.compared(e);
    int d = target(dst);
    int mark = g.u.mark();
    int n = e.ops().size();
    if (n == 1) {
      pair(e, d);
      g.u.release(mark);
      g.u.emit(e.range(), COMPARE[e.ops().get(0).ordinal()], d, pairLeft, pairRight);
      return d;
    }
    int result = Unit.isTemp(d) ? d : g.u.temp();
    int end = g.u.label();
    int left = g.names.stable(value(e.left()), e.comparators().get(0));
    for (int i = 0; i < n; i++) {
      int right = comparator(e.ops().get(i), e.comparators().get(i));
      if (i + 1 < n) {
        right = g.names.stable(right, e.comparators().get(i + 1));
      }
      g.u.emit(e.range(), COMPARE[e.ops().get(i).ordinal()], result, left, right);
      if (i + 1 < n) {
        g.u.emit(e.range(), JUMP_IF_FALSE, result, end);
      }
      left = right;
    }
    g.u.place(end);
    g.u.release(mark);
    move(e.range(), d, result);
    return d;
  }

  private int bool(Expr.BoolOp e, int dst) {
    int d = target(dst);
    int mark = g.u.mark();
    int result = Unit.isTemp(d) ? d : g.u.temp();
    int end = g.u.label();
    boolValue(e, result, end, end);
    g.u.place(end);
    g.u.release(mark);
    move(e.range(), d, result);
    return d;
  }

  /**
   * Evaluates into a register, with each operand tested at most once.
   *
   * @param whenTrue where to go when the value is known to be true, {@code whenFalse} when false;
   *     otherwise the code falls through
   */
  private void boolValue(Expr.BoolOp e, int result, int whenTrue, int whenFalse) {
    boolean any = e.op() == BoolOp.Or;
    int last = e.values().size() - 1;
    for (int i = 0; i < last; i++) {
      Expr v = e.values().get(i);
      int next = g.u.label();
      test(v, result, any ? whenTrue : next, any ? next : whenFalse, any);
      g.u.place(next);
    }
    Expr v = e.values().get(last);
    if (v instanceof Expr.BoolOp b) {
      boolValue(b, result, whenTrue, whenFalse);
    } else {
      into(v, result);
    }
  }

  /** Evaluates into a register and goes to one of two labels; {@code likely} is not the next. */
  private void test(Expr e, int result, int whenTrue, int whenFalse, boolean likely) {
    if (e instanceof Expr.BoolOp b) {
      boolean any = b.op() == BoolOp.Or;
      int last = b.values().size() - 1;
      for (int i = 0; i < last; i++) {
        int next = g.u.label();
        test(b.values().get(i), result, any ? whenTrue : next, any ? next : whenFalse, any);
        g.u.place(next);
      }
      test(b.values().get(last), result, whenTrue, whenFalse, likely);
      return;
    }
    Object known = e instanceof Expr.Name ? null : fold(e);
    if (known == null) {
      into(e, result);
      g.u.emit(
          e.range(), likely ? JUMP_IF_TRUE : JUMP_IF_FALSE, result, likely ? whenTrue : whenFalse);
    } else if (Constants.truth(known) == likely) {
      into(e, result);
      g.u.emit(null, JUMP, likely ? whenTrue : whenFalse);
      return;
    } else {
      line(e.range());
    }
    g.u.emit(null, JUMP, likely ? whenFalse : whenTrue);
  }

  private int conditional(Expr.IfExp e, int dst) {
    int d = target(dst);
    int mark = g.u.mark();
    int otherwise = g.u.label();
    int end = g.u.label();
    jumpIf(e.test(), otherwise, false);
    g.u.release(mark);
    into(e.body(), d);
    g.u.release(mark);
    g.u.emit(null, JUMP, end);
    g.u.place(otherwise);
    into(e.orelse(), d);
    g.u.release(mark);
    g.u.place(end);
    return d;
  }

  // ---- jumps

  /** Jumps to the label if the truth of the expression is {@code condition}. */
  void jumpIf(Expr e, int label, boolean condition) {
    Unit u = g.u;
    int mark = u.mark();
    switch (e) {
      case Expr.UnaryOp x when x.op() == UnaryOp.Not -> jumpIf(x.operand(), label, !condition);
      case Expr.BoolOp x -> {
        boolean any = x.op() == BoolOp.Or;
        int next = any == condition ? label : u.label();
        int last = x.values().size() - 1;
        for (int i = 0; i < last; i++) {
          jumpIf(x.values().get(i), next, any);
        }
        jumpIf(x.values().get(last), label, condition);
        if (next != label) {
          u.place(next);
        }
      }
      case Expr.IfExp x -> {
        int otherwise = u.label();
        int end = u.label();
        jumpIf(x.test(), otherwise, false);
        jumpIf(x.body(), label, condition);
        u.emit(null, JUMP, end);
        u.place(otherwise);
        jumpIf(x.orelse(), label, condition);
        u.place(end);
      }
      case Expr.Compare x -> jumpIfCompare(x, label, condition);
      default -> {
        int v = value(e);
        if (v < 0) {
          if (Constants.truth(u.constantAt(~v)) == condition) {
            u.emit(null, JUMP, label);
          }
        } else {
          u.emit(e.range(), condition ? JUMP_IF_TRUE : JUMP_IF_FALSE, v, label);
        }
      }
    }
    u.release(mark);
  }

  private void jumpIfCompare(Expr.Compare e, int label, boolean condition) {
    Unit u = g.u;
    g.literals.compared(e);
    int n = e.ops().size();
    if (n == 1) {
      pair(e, -1);
      jumpOn(e, e.ops().get(0), pairLeft, pairRight, label, condition);
      return;
    }
    int cleanup = condition ? u.label() : label;
    int left = g.names.stable(value(e.left()), e.comparators().get(0));
    for (int i = 0; i < n; i++) {
      int right = comparator(e.ops().get(i), e.comparators().get(i));
      if (i + 1 < n) {
        right = g.names.stable(right, e.comparators().get(i + 1));
        jumpOn(e, e.ops().get(i), left, right, cleanup, false);
      } else {
        jumpOn(e, e.ops().get(i), left, right, label, condition);
      }
      left = right;
    }
    if (condition) {
      u.place(cleanup);
    }
  }

  private void jumpOn(Expr.Compare e, CmpOp op, int left, int right, int label, boolean condition) {
    Unit u = g.u;
    boolean is = op == CmpOp.Is;
    if (is || op == CmpOp.IsNot) {
      if (right < 0 && left >= 0 && u.constantAt(~right) == Singleton.NONE) {
        u.emit(e.range(), is == condition ? JUMP_IF_NONE : JUMP_IF_NOT_NONE, left, label);
        return;
      }
    }
    Opcode jump = (condition ? JUMP_IF : JUMP_UNLESS)[op.ordinal()];
    u.emit(e.range(), jump, left, right, label);
  }

  // ---- subscripts

  private int subscript(Expr.Subscript e, int dst) {
    g.literals.subscripted(e);
    Unit u = g.u;
    int d = target(dst);
    int mark = u.mark();
    int object = value(e.value(), d);
    object = g.names.stable(object, e.slice());
    if (e.slice() instanceof Expr.Slice s && s.step() == null && constantSlice(s) == null) {
      if (object < 0) {
        int t = u.temp();
        move(e.value().range(), t, object);
        object = t;
      }
      int bounds = bounds(s);
      u.release(mark);
      u.emit(e.range(), BINARY_SLICE, d, object, bounds);
      return d;
    }
    int index = value(e.slice());
    u.release(mark);
    if (object < 0 && index < 0) {
      Object folded = ConstFolder.subscript(u.constantAt(~object), u.constantAt(~index));
      if (folded != null) {
        return constant(e.range(), folded);
      }
    }
    u.emit(e.range(), BINARY_SUBSCR, d, object, index);
    return d;
  }

  /** Both ends of a slice without step, in two registers. */
  int bounds(Expr.Slice s) {
    int pair = g.u.temps(2);
    bound(s, s.lower(), pair);
    bound(s, s.upper(), pair + 1);
    return pair;
  }

  private void bound(Expr.Slice s, @Nullable Expr e, int dst) {
    if (e == null) {
      g.u.emit(s.range(), LOAD_CONST, dst, ~g.u.none());
    } else {
      into(e, dst);
    }
  }

  @Nullable SliceValue constantSlice(Expr.Slice s) {
    Object lower = part(s.lower());
    Object upper = part(s.upper());
    Object step = part(s.step());
    return lower == null || upper == null || step == null
        ? null
        : new SliceValue(lower, upper, step);
  }

  private static @Nullable Object part(@Nullable Expr e) {
    return e == null ? Singleton.NONE : e instanceof Expr.Constant c ? c.value() : null;
  }

  private int slice(Expr.Slice e, int dst) {
    SliceValue folded = constantSlice(e);
    if (folded != null) {
      return constant(e.range(), folded);
    }
    int d = target(dst);
    int mark = g.u.mark();
    int n = e.step() == null ? 2 : 3;
    int parts = g.u.temps(n);
    bound(e, e.lower(), parts);
    bound(e, e.upper(), parts + 1);
    if (n == 3) {
      bound(e, e.step(), parts + 2);
    }
    g.u.release(mark);
    g.u.emit(e.range(), BUILD_SLICE, d, parts, n);
    return d;
  }

  // ---- strings

  private int joined(Expr.JoinedStr e, int dst) {
    int n = e.values().size();
    if (n == 0) {
      return constant(e.range(), "");
    }
    if (n == 1) {
      return gen(e.values().get(0), dst);
    }
    int d = target(dst);
    int mark = g.u.mark();
    if (n > STACK_USE_GUIDELINE) {
      g.u.nameIndex("join"); // CPython calls "".join here; co_names shows it
    }
    int base = g.displays.row(e.values());
    g.u.release(mark);
    g.u.emit(e.range(), BUILD_STRING, d, base, n);
    return d;
  }

  private int formatted(Expr.FormattedValue e, int dst) {
    Unit u = g.u;
    int d = target(dst);
    int mark = u.mark();
    int v = reg(e.value(), d);
    int convert = conversion(e.conversion());
    if (convert != 0) {
      int t = Unit.isTemp(d) ? d : u.temp();
      u.emit(e.range(), CONVERT_VALUE, t, v, convert);
      v = t;
    }
    if (e.formatSpec() != null) {
      v = g.names.stable(v, e.formatSpec());
      int spec = value(e.formatSpec());
      u.emit(e.range(), FORMAT_WITH_SPEC, d, v, spec);
    } else {
      u.emit(e.range(), FORMAT_SIMPLE, d, v);
    }
    u.release(mark);
    return d;
  }

  private static int conversion(int letter) {
    return switch (letter) {
      case 's' -> 1;
      case 'r' -> 2;
      case 'a' -> 3;
      default -> 0;
    };
  }

  private int template(Expr.TemplateStr e, int dst) {
    Unit u = g.u;
    int d = target(dst);
    int mark = u.mark();
    int both = u.temps(2);
    List<Object> strings = new ArrayList<>();
    List<Expr> interpolations = new ArrayList<>();
    boolean expectString = true;
    for (Expr v : e.values()) {
      if (v instanceof Expr.Interpolation) {
        if (expectString) {
          strings.add("");
        }
        interpolations.add(v);
        expectString = true;
      } else if (v instanceof Expr.Constant c) {
        strings.add(c.value());
        expectString = false;
      }
    }
    if (expectString) {
      strings.add("");
    }
    u.emit(e.range(), LOAD_CONST, both, u.constant(new TupleValue(strings)));
    int inner = u.mark();
    int base = g.displays.row(interpolations);
    u.emit(e.range(), BUILD_TUPLE, both + 1, base, interpolations.size());
    u.release(inner);
    u.emit(e.range(), BUILD_TEMPLATE, d, both);
    u.release(mark);
    return d;
  }

  private void interpolation(Expr.Interpolation e, int d) {
    Unit u = g.u;
    int mark = u.mark();
    int parts = u.temps(3);
    into(e.value(), parts);
    u.emit(e.range(), LOAD_CONST, parts + 1, u.constant(e.str()));
    if (e.formatSpec() != null) {
      into(e.formatSpec(), parts + 2);
    } else {
      u.emit(e.range(), LOAD_CONST, parts + 2, u.constant(""));
    }
    u.release(mark);
    u.emit(e.range(), BUILD_INTERPOLATION, d, parts, conversion(e.conversion()));
  }

  // ---- yield and await

  private int yieldValue(Expr.Yield e, int dst) {
    Unit u = g.u;
    if (!u.isFunctionLike()) {
      throw g.error("'yield' outside function", e.range());
    }
    int d = target(dst);
    int mark = u.mark();
    int v = e.value() == null ? u.none() : value(e.value(), d);
    u.release(mark);
    yielded(e.range(), d, v);
    return d;
  }

  /** Yields a value, wrapped in an async generator. */
  void yielded(SourceRange range, int dst, int value) {
    Unit u = g.u;
    if (u.scope.isCoroutine()) {
      int t = Unit.isTemp(dst) ? dst : u.temp();
      u.emit(range, ASYNC_GEN_WRAP, t, value);
      value = t;
    }
    u.emit(range, YIELD_VALUE, dst, value);
  }

  private int yieldFrom(Expr.YieldFrom e, int dst) {
    Unit u = g.u;
    if (!u.isFunctionLike()) {
      throw g.error("'yield from' outside function", e.range());
    }
    if (u.scope.isCoroutine()) {
      throw g.error("'yield from' inside async function", e.range());
    }
    int d = target(dst);
    int mark = u.mark();
    int it = u.temp();
    int from = reg(e.value(), it);
    u.emit(e.range(), GET_YIELD_FROM_ITER, it, from);
    delegate(e.range(), d, it, 0);
    u.release(mark);
    return d;
  }

  private int await(Expr.Await e, int dst) {
    Unit u = g.u;
    int d = target(dst);
    int mark = u.mark();
    int it = u.temp();
    int from = reg(e.value(), it);
    awaited(e.range(), d, from, it, 0);
    u.release(mark);
    return d;
  }

  /** Awaits what is in a register. */
  void awaited(SourceRange range, int dst, int awaitable, int it, int where) {
    g.u.emit(range, GET_AWAITABLE, it, awaitable, where);
    delegate(range, dst, it, 1);
  }

  /**
   * Runs a sub-iterator to its end, which gives the result. {@code kind}: 0 yield from, 1 await.
   */
  void delegate(SourceRange range, int dst, int it, int kind) {
    Unit u = g.u;
    CodeBuffer code = u.code;
    int value = Unit.isTemp(dst) && dst != it ? dst : u.temp();
    int send = u.label();
    int done = u.label();
    int fail = u.label();
    int exc = u.temp();
    u.emit(range, LOAD_CONST, value, ~u.none());
    u.place(send);
    u.emit(range, SEND, value, it, done);
    int outer = code.currentHandler;
    code.currentHandler = code.newHandler(fail, exc);
    u.emit(range, YIELD_DELEGATE, value, it, kind);
    code.currentHandler = outer;
    u.emit(range, JUMP, send);
    byte section = code.currentSection;
    code.currentSection = CodeBuffer.COLD;
    u.place(fail);
    u.emit(range, CLEANUP_THROW, value, exc, done);
    code.currentSection = section;
    u.place(done);
    if (value != dst) {
      move(range, dst, value);
    }
  }
}
