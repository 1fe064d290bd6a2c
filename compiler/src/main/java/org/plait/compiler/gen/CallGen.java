package org.plait.compiler.gen;

import static org.plait.compiler.code.Opcode.*;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.Opcode;
import org.plait.compiler.scope.SymbolFlags;
import org.plait.syntax.ast.Expr;
import org.plait.syntax.ast.ExprContext;
import org.plait.syntax.ast.Keyword;
import org.plait.syntax.ast.SourceRange;
import org.plait.syntax.ast.TupleValue;

/** Calls, of methods and {@code super()} in particular. */
final class CallGen {
  private final Gen g;

  CallGen(Gen g) {
    this.g = g;
  }

  int call(Expr.Call e, int dst) {
    checkRepeated(e.keywords());
    Unit u = g.u;
    int d = dst >= 0 ? dst : u.temp();
    int mark = u.mark();
    boolean plain = isPlain(e.args(), e.keywords());
    if (plain && e.func() instanceof Expr.Attribute method) {
      method(e, method, d);
    } else {
      g.literals.called(e.func());
      if (plain && overGenerator(e, d)) {
        u.release(mark);
        return d;
      }
      if (plain) {
        int base = u.temps(1);
        argument(e.func(), base);
        rest(e.range(), e.args(), e.keywords(), null, d, base, base + 1, false);
      } else {
        int base = u.temps(3);
        argument(e.func(), base);
        extended(e.range(), e.args(), null, e.keywords(), d, base);
      }
    }
    u.release(mark);
    return d;
  }

  // Compare CPython's maybe_optimize_function_call
  /** {@code all(x for ...)} and the like without a call, if the name is the built-in. */
  private boolean overGenerator(Expr.Call e, int d) {
    if (!(e.func() instanceof Expr.Name n)
        || e.args().size() != 1
        || !e.keywords().isEmpty()
        || !(e.args().get(0) instanceof Expr.GeneratorExp generator)) {
      return false;
    }
    int builtin =
        switch (n.id()) {
          case "tuple" -> 2;
          case "all" -> 3;
          case "any" -> 4;
          default -> 0;
        };
    if (builtin == 0) {
      return false;
    }
    Unit u = g.u;
    SourceRange range = n.range();
    int base = u.temps(2);
    argument(n, base);
    int expected = u.temp();
    int item = u.temp();
    int result = Unit.isTemp(d) ? d : u.temp();
    int mark = u.mark();
    int call = u.label();
    int loop = u.label();
    int exhausted = u.label();
    int end = u.label();
    u.emit(range, LOAD_COMMON_CONSTANT, expected, builtin);
    u.emit(range, JUMP_IF_IS_NOT, base, expected, call);
    if (builtin == 2) {
      u.emit(range, BUILD_LIST, result, 0, 0);
    }
    g.ex.into(generator, base + 1);
    u.release(mark);
    u.place(loop);
    u.emit(range, FOR_ITER, item, base + 1, exhausted);
    if (builtin == 2) {
      u.emit(range, LIST_APPEND, result, item);
      u.emit(range, JUMP_BACK, loop);
      u.place(exhausted);
      u.emit(range, LIST_TO_TUPLE, result, result);
    } else {
      int found = u.label();
      u.emit(range, builtin == 3 ? JUMP_IF_FALSE : JUMP_IF_TRUE, item, found);
      u.emit(range, JUMP_BACK, loop);
      u.place(found);
      u.emit(range, LOAD_CONST, result, u.constant(builtin == 4));
      u.emit(range, JUMP, end);
      u.place(exhausted);
      u.emit(range, LOAD_CONST, result, u.constant(builtin == 3));
    }
    u.emit(range, JUMP, end);
    u.place(call);
    argument(generator, base + 1);
    u.emit(e.range(), CALL, result, base, 1);
    u.place(end);
    g.ex.move(e.range(), d, result);
    return true;
  }

  private static boolean isPlain(List<Expr> args, List<Keyword> keywords) {
    for (int i = 0; i < args.size(); i++) {
      if (args.get(i) instanceof Expr.Starred) {
        return false;
      }
    }
    for (int i = 0; i < keywords.size(); i++) {
      if (keywords.get(i).arg() == null) {
        return false;
      }
    }
    return true;
  }

  /** SyntaxError for a keyword given twice. */
  void checkRepeated(List<Keyword> keywords) {
    int n = keywords.size();
    if (n < 2) {
      return;
    }
    Set<String> seen = new HashSet<>();
    for (Keyword k : keywords) {
      if (k.arg() != null && !seen.add(k.arg())) {
        throw g.error("keyword argument repeated: " + k.arg(), k.range());
      }
    }
  }

  private void method(Expr.Call e, Expr.Attribute m, int d) {
    Unit u = g.u;
    int base;
    if (canOptimizeSuper(m)) {
      Expr.Call superCall = (Expr.Call) m.value();
      int three = superArguments(superCall);
      base = u.temps(2);
      u.emit(
          m.range(),
          superCall.args().isEmpty() ? LOAD_ZERO_SUPER_METHOD : LOAD_SUPER_METHOD,
          base,
          three,
          u.nameIndex(g.names.mangle(m.attr())));
      u.emit(ExprGen.attributeRange(m.range(), m), NOP);
    } else {
      base = u.temps(2);
      int inner = u.mark();
      int object = g.ex.reg(m.value(), base);
      u.emit(
          ExprGen.attributeRange(m.range(), m),
          LOAD_METHOD,
          base,
          object,
          u.nameIndex(g.names.mangle(m.attr())));
      u.release(inner);
    }
    rest(
        ExprGen.attributeRange(e.range(), m),
        e.args(),
        e.keywords(),
        null,
        d,
        base,
        base + 2,
        true);
  }

  /**
   * Evaluates arguments into the registers from {@code first} on and calls; no unpacking among
   * them.
   *
   * @param last one more positional argument behind the others: its name, or null
   */
  private void rest(
      SourceRange range,
      List<Expr> args,
      List<Keyword> keywords,
      @Nullable String last,
      int d,
      int base,
      int first,
      boolean method) {
    Unit u = g.u;
    int positional = args.size() + (last == null ? 0 : 1);
    int n = positional + keywords.size();
    u.temps(n); // they follow the base
    int at = first;
    for (int i = 0; i < args.size(); i++) {
      argument(args.get(i), at++);
    }
    if (last != null) {
      g.names.load(range, last, at++);
    }
    finish(range, keywords, d, base, at, n, method);
  }

  private void finish(
      SourceRange range, List<Keyword> keywords, int d, int base, int at, int n, boolean method) {
    Unit u = g.u;
    if (keywords.isEmpty()) {
      u.emit(range, method ? CALL_METHOD : CALL, d, base, n);
      return;
    }
    String[] names = new String[keywords.size()];
    for (int i = 0; i < names.length; i++) {
      names[i] = Objects.requireNonNull(keywords.get(i).arg());
      argument(keywords.get(i).value(), at++);
    }
    u.emit(range, method ? CALL_METHOD_KW : CALL_KW, d, base, u.shape(n, names));
  }

  private void argument(Expr e, int register) {
    int mark = g.u.mark();
    g.ex.into(e, register);
    g.u.release(mark);
  }

  /**
   * A call with unpacking: {@code base} holds the callable, the two registers behind it are free.
   *
   * @param extra a name passed as one more positional argument, or null
   */
  private void extended(
      SourceRange range,
      List<Expr> args,
      @Nullable String extra,
      List<Keyword> keywords,
      int d,
      int base) {
    Unit u = g.u;
    int mark = u.mark();
    int tuple = base + 1;
    int dict = base + 2;
    if (args.size() == 1 && extra == null && args.get(0) instanceof Expr.Starred s) {
      g.ex.into(s.value(), tuple);
    } else {
      arguments(range, args, extra, tuple);
    }
    u.release(mark);
    if (keywords.isEmpty()) {
      u.emit(range, CLEAR, dict);
    } else {
      keywordDict(range, keywords, dict, base);
    }
    u.emit(range, CALL_EX, d, base);
    u.release(mark);
  }

  private void arguments(SourceRange range, List<Expr> args, @Nullable String extra, int tuple) {
    Unit u = g.u;
    int stars = 0;
    for (Expr a : args) {
      stars += a instanceof Expr.Starred ? 1 : 0;
    }
    if (stars == 0) {
      int n = args.size() + (extra == null ? 0 : 1);
      int row = u.temps(n);
      for (int i = 0; i < args.size(); i++) {
        argument(args.get(i), row + i);
      }
      if (extra != null) {
        g.names.load(range, extra, row + n - 1);
      }
      if (n == 0) {
        u.emit(range, LOAD_CONST, tuple, u.constant(new TupleValue(List.of())));
      } else {
        u.emit(range, BUILD_TUPLE, tuple, row, n);
      }
      return;
    }
    int list = u.temp();
    g.displays.starred(range, args, list);
    if (extra != null) {
      int t = u.temp();
      g.names.load(range, extra, t);
      u.emit(range, LIST_APPEND, list, t);
    }
    u.emit(range, LIST_TO_TUPLE, tuple, list);
  }

  private void keywordDict(SourceRange range, List<Keyword> keywords, int dict, int callable) {
    Unit u = g.u;
    boolean built = false;
    int start = 0;
    int n = keywords.size();
    for (int i = 0; i <= n; i++) {
      boolean unpack = i < n && keywords.get(i).arg() == null;
      if (i < n && !unpack) {
        continue;
      }
      if (i > start) {
        int mark = u.mark();
        int part = built ? u.temp() : dict;
        int row = u.temps(2 * (i - start));
        for (int k = start; k < i; k++) {
          Keyword kw = keywords.get(k);
          String name = Objects.requireNonNull(kw.arg());
          u.emit(range, LOAD_CONST, row + 2 * (k - start), u.constant(name));
          argument(kw.value(), row + 2 * (k - start) + 1);
        }
        u.emit(range, BUILD_MAP, part, row, i - start);
        if (built) {
          u.emit(range, DICT_MERGE, dict, part, callable);
        }
        u.release(mark);
        built = true;
      }
      if (unpack) {
        if (!built) {
          u.emit(range, BUILD_MAP, dict, 0, 0);
          built = true;
        }
        int mark = u.mark();
        int other = g.ex.reg(keywords.get(i).value(), -1);
        u.emit(range, DICT_MERGE, dict, other, callable);
        u.release(mark);
      }
      start = i + 1;
    }
  }

  /**
   * The call of {@code __build_class__}: function and name are given, bases and keywords follow.
   *
   * @param base registers of callable, function, name; nothing is allocated behind them
   * @param extraBase a name passed as last base, or null
   */
  void buildClass(
      SourceRange range,
      List<Expr> bases,
      @Nullable String extraBase,
      List<Keyword> keywords,
      int d,
      int base) {
    Unit u = g.u;
    checkRepeated(keywords);
    if (isPlain(bases, keywords)) {
      int positional = 2 + bases.size() + (extraBase == null ? 0 : 1);
      int n = positional + keywords.size();
      u.temps(n - 2);
      int at = base + 3;
      for (Expr e : bases) {
        argument(e, at++);
      }
      if (extraBase != null) {
        g.names.load(range, extraBase, at++);
      }
      finish(range, keywords, d, base, at, n, false);
      return;
    }
    int three = u.temps(3);
    u.emit(range, MOVE, three, base);
    int list = u.temp();
    u.emit(range, BUILD_LIST, list, base + 1, 2);
    for (Expr e : bases) {
      int mark = u.mark();
      if (e instanceof Expr.Starred s) {
        u.emit(range, LIST_EXTEND, list, g.ex.value(s.value()));
      } else {
        u.emit(range, LIST_APPEND, list, g.ex.value(e));
      }
      u.release(mark);
    }
    if (extraBase != null) {
      int t = u.temp();
      g.names.load(range, extraBase, t);
      u.emit(range, LIST_APPEND, list, t);
    }
    u.emit(range, LIST_TO_TUPLE, three + 1, list);
    if (keywords.isEmpty()) {
      u.emit(range, CLEAR, three + 2);
    } else {
      keywordDict(range, keywords, three + 2, three);
    }
    u.emit(range, CALL_EX, d, three);
  }

  // ---- super

  // Compare CPython's can_optimize_super_call in codegen.c
  boolean canOptimizeSuper(Expr.Attribute attribute) {
    if (!(attribute.value() instanceof Expr.Call c)
        || !(c.func() instanceof Expr.Name n)
        || !n.id().equals("super")
        || attribute.attr().equals("__class__")
        || !c.keywords().isEmpty()
        || attribute.ctx() != ExprContext.Load) {
      return false;
    }
    Unit u = g.u;
    if (u.scope.place("super") != SymbolFlags.GLOBAL_IMPLICIT
        || g.table.top().place("super") != 0) {
      return false;
    }
    if (c.args().size() == 2) {
      return !(c.args().get(0) instanceof Expr.Starred)
          && !(c.args().get(1) instanceof Expr.Starred);
    }
    if (!c.args().isEmpty()) {
      return false;
    }
    return u.argCount > 0 && u.scope.place("__class__") == SymbolFlags.FREE;
  }

  /** Three registers: what {@code super} is, the class, the object. */
  private int superArguments(Expr.Call c) {
    Unit u = g.u;
    int three = u.temps(3);
    g.names.load(c.func().range(), "super", three);
    if (!c.args().isEmpty()) {
      argument(c.args().get(0), three + 1);
      argument(c.args().get(1), three + 2);
    } else {
      g.names.load(c.range(), "__class__", three + 1);
      g.names.load(c.range(), u.localName(0), three + 2);
    }
    return three;
  }

  int superAttribute(Expr.Attribute e, int dst) {
    Unit u = g.u;
    int d = dst >= 0 ? dst : u.temp();
    int mark = u.mark();
    Expr.Call c = (Expr.Call) e.value();
    int three = superArguments(c);
    Opcode op = c.args().isEmpty() ? LOAD_ZERO_SUPER_ATTR : LOAD_SUPER_ATTR;
    u.emit(e.range(), op, d, three, u.nameIndex(g.names.mangle(e.attr())));
    u.emit(ExprGen.attributeRange(e.range(), e), NOP);
    u.release(mark);
    return d;
  }
}
