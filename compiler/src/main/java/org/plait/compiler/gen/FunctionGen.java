package org.plait.compiler.gen;

import static org.plait.compiler.code.Opcode.*;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.CodeUnit;
import org.plait.compiler.scope.Scope;
import org.plait.syntax.ast.Arg;
import org.plait.syntax.ast.Arguments;
import org.plait.syntax.ast.Expr;
import org.plait.syntax.ast.SourceRange;
import org.plait.syntax.ast.Stmt;
import org.plait.syntax.ast.TupleValue;
import org.plait.syntax.ast.TypeParam;

/** Functions, lambdas, type aliases and type parameters. */
final class FunctionGen {
  static final int DEFAULTS = 1;
  static final int KWDEFAULTS = 2;
  static final int ANNOTATE = 16;

  private final Gen g;

  FunctionGen(Gen g) {
    this.g = g;
  }

  /** What a def statement consists of. */
  private record Definition(
      Stmt node,
      String name,
      Arguments args,
      List<Stmt> body,
      List<Expr> decorators,
      @Nullable Expr returns,
      List<TypeParam> typeParams,
      boolean async) {}

  void function(Stmt.FunctionDef s) {
    function(
        new Definition(
            s,
            s.name(),
            s.args(),
            s.body(),
            s.decoratorList(),
            s.returns(),
            s.typeParams(),
            false));
  }

  void function(Stmt.AsyncFunctionDef s) {
    function(
        new Definition(
            s, s.name(), s.args(), s.body(), s.decoratorList(), s.returns(), s.typeParams(), true));
  }

  private void function(Definition f) {
    Unit u = g.u;
    SourceRange range = f.node().range();
    int decorators = decorators(f.decorators());
    int firstLine = f.decorators().isEmpty() ? range.lineno() : f.decorators().get(0).lineno();
    int fn = u.temp();
    int mark = u.mark();
    int defaults = positionalDefaults(range, f.args());
    int kwDefaults = keywordDefaults(range, f.args());
    if (f.typeParams().isEmpty()) {
      body(f, firstLine, range, fn, defaults, kwDefaults);
    } else {
      generic(f, firstLine, range, fn, defaults, kwDefaults);
    }
    u.release(mark);
    decorate(f.decorators(), decorators, fn);
    g.names.store(range, f.name(), fn);
  }

  private void generic(
      Definition f, int firstLine, SourceRange range, int fn, int defaults, int kwDefaults) {
    Unit outer = g.u;
    boolean hasDefaults = defaults != NONE;
    boolean hasKwDefaults = kwDefaults != NONE;
    int count = (hasDefaults ? 1 : 0) + (hasKwDefaults ? 1 : 0);
    int base = outer.temps(1 + count);
    Unit unit =
        g.enter(
            Unit.Kind.TYPE_PARAMS,
            g.table.typeParameters(f.node()),
            "<generic parameters of " + f.name() + ">",
            firstLine,
            outer.className);
    unit.argCount = count;
    g.prologue(Gen.lineOnly(firstLine));
    int params = unit.temp();
    typeParameters(range, f.typeParams(), params);
    int inner = unit.temp();
    body(
        f,
        firstLine,
        range,
        inner,
        hasDefaults ? 0 : NONE,
        hasKwDefaults ? (hasDefaults ? 1 : 0) : NONE);
    unit.emit(range, SET_FUNCTION_TYPE_PARAMS, inner, params);
    unit.emit(range, RETURN_VALUE, inner);
    CodeUnit code = g.leave();
    g.makeFunction(range, code, base);
    int at = base + 1;
    if (hasDefaults) {
      g.ex.move(range, at++, defaults);
    }
    if (hasKwDefaults) {
      g.ex.move(range, at, kwDefaults);
    }
    outer.emit(range, CALL, fn, base, count);
  }

  // ---- decorators

  /**
   * Evaluates decorators; gives the first of their registers, each followed by one for an argument.
   */
  int decorators(List<Expr> decorators) {
    if (decorators.isEmpty()) {
      return -1;
    }
    int base = g.u.temps(decorators.size() * 2);
    for (int i = 0; i < decorators.size(); i++) {
      int mark = g.u.mark();
      g.ex.into(decorators.get(i), base + 2 * i);
      g.u.release(mark);
    }
    return base;
  }

  void decorate(List<Expr> decorators, int base, int value) {
    for (int i = decorators.size() - 1; i >= 0; i--) {
      SourceRange range = decorators.get(i).range();
      g.u.emit(range, MOVE, base + 2 * i + 1, value);
      g.u.emit(range, CALL, value, base + 2 * i, 1);
    }
  }

  // ---- parameters

  /** No operand: there are no defaults. */
  private static final int NONE = Integer.MIN_VALUE;

  /** The tuple of positional defaults as operand, or {@link #NONE}. */
  private int positionalDefaults(SourceRange range, Arguments args) {
    List<Expr> defaults = args.defaults();
    if (defaults.isEmpty()) {
      return NONE;
    }
    TupleValue folded = g.ex.foldAll(defaults);
    if (folded != null) {
      return g.u.constantOperand(folded);
    }
    int t = g.u.temp();
    int mark = g.u.mark();
    int row = g.displays.row(defaults);
    g.u.emit(range, BUILD_TUPLE, t, row, defaults.size());
    g.u.release(mark);
    return t;
  }

  /** The dict of keyword-only defaults, or {@link #NONE}. */
  private int keywordDefaults(SourceRange range, Arguments args) {
    Unit u = g.u;
    int t = NONE;
    List<Arg> names = args.kwonlyargs();
    for (int i = 0; i < names.size(); i++) {
      Expr e = args.kwDefaults().get(i);
      if (e == null) {
        continue;
      }
      if (t == NONE) {
        t = u.temp();
        u.emit(range, BUILD_MAP, t, 0, 0);
      }
      int mark = u.mark();
      int key = u.constantOperand(g.names.mangle(names.get(i).arg()));
      u.emit(range, MAP_ADD, t, key, g.ex.value(e));
      u.release(mark);
    }
    return t;
  }

  private void setParameters(Unit unit, Arguments args) {
    unit.posOnlyArgCount = args.posonlyargs().size();
    unit.argCount = args.posonlyargs().size() + args.args().size();
    unit.kwOnlyArgCount = args.kwonlyargs().size();
  }

  // ---- bodies

  /** Makes the function, without type parameters and decorators, in the register fn. */
  private void body(
      Definition f, int firstLine, SourceRange range, int fn, int defaults, int kwDefaults) {
    Unit outer = g.u;
    int mark = outer.mark();
    int annotations = g.annotations.ofFunction(f.node(), f.args(), f.returns(), range);
    Unit.Generated known = outer.generated.get(f.node());
    if (known != null) {
      outer.emit(range, MAKE_FUNCTION, fn, known.constant(), known.closure());
    } else {
      CodeUnit code = bodyCode(f, firstLine);
      g.makeFunction(range, code, fn);
      outer.remember(f.node());
    }
    if (annotations >= 0) {
      outer.emit(range, SET_FUNCTION_ATTRIBUTE, fn, ANNOTATE, annotations);
    }
    outer.release(mark);
    if (kwDefaults != NONE) {
      outer.emit(range, SET_FUNCTION_ATTRIBUTE, fn, KWDEFAULTS, kwDefaults);
    }
    if (defaults != NONE) {
      outer.emit(range, SET_FUNCTION_ATTRIBUTE, fn, DEFAULTS, defaults);
    }
  }

  private CodeUnit bodyCode(Definition f, int firstLine) {
    Scope scope = g.table.body(f.node());
    Unit unit =
        g.enter(
            f.async() ? Unit.Kind.ASYNC_FUNCTION : Unit.Kind.FUNCTION,
            scope,
            f.name(),
            firstLine,
            g.u.className);
    setParameters(unit, f.args());
    Object doc = StmtGen.docstring(f.body());
    int first = 0;
    if (doc != null) {
      first = 1;
      if (g.optimize < 2) {
        unit.firstConstant(DocStrings.clean(doc));
        unit.hasDocstring = true;
      }
    }
    boolean inFinally = g.inFinally;
    boolean inLoop = g.inLoop;
    int quiet = g.quiet;
    int unwinding = g.unwinding;
    g.inFinally = false;
    g.inLoop = false;
    g.prologue(Gen.lineOnly(firstLine));
    boolean stopIteration = scope.isCoroutine() || scope.isGenerator();
    int handler = stopIteration ? startStopIteration() : -1;
    for (int i = first; i < f.body().size(); i++) {
      g.statements.statement(f.body().get(i));
    }
    g.end();
    if (stopIteration) {
      endStopIteration(handler);
    }
    g.inFinally = inFinally;
    g.inLoop = inLoop;
    g.quiet = quiet;
    g.unwinding = unwinding;
    return g.leave();
  }

  /**
   * From here on StopIteration leaving the code becomes a RuntimeError. Gives the handler's number.
   */
  int startStopIteration() {
    Unit u = g.u;
    int handler = u.code.newHandler(u.label(), u.temp());
    u.code.currentHandler = handler;
    g.push(FrameBlock.Kind.STOP_ITERATION, -1, -1, null).outerHandler = handler;
    return handler;
  }

  void endStopIteration(int handler) {
    Unit u = g.u;
    g.pop();
    u.code.currentHandler = -1;
    u.code.currentSection = CodeBuffer.COLD;
    int exc = u.code.handlerRegister[handler];
    u.place(u.code.handlerLabel[handler]);
    u.emit(null, STOPITERATION_ERROR, exc, exc);
    u.emit(null, RERAISE, exc, 1);
  }

  void lambda(Expr.Lambda e, int dst) {
    Unit u = g.u;
    int mark = u.mark();
    SourceRange range = e.range();
    int defaults = positionalDefaults(range, e.args());
    int kwDefaults = keywordDefaults(range, e.args());
    Unit unit = g.enter(Unit.Kind.LAMBDA, g.table.body(e), "<lambda>", e.lineno(), g.u.className);
    setParameters(unit, e.args());
    g.prologue(Gen.lineOnly(e.lineno()));
    boolean stopIteration = unit.scope.isGenerator() || unit.scope.isCoroutine();
    int handler = stopIteration ? startStopIteration() : -1;
    int v = g.ex.value(e.body());
    unit.emit(e.body().range(), RETURN_VALUE, v);
    if (stopIteration) {
      endStopIteration(handler);
    }
    CodeUnit code = g.leave();
    int fn = Unit.isTemp(dst) || (defaults == NONE && kwDefaults == NONE) ? dst : u.temp();
    g.makeFunction(range, code, fn);
    if (kwDefaults != NONE) {
      u.emit(range, SET_FUNCTION_ATTRIBUTE, fn, KWDEFAULTS, kwDefaults);
    }
    if (defaults != NONE) {
      u.emit(range, SET_FUNCTION_ATTRIBUTE, fn, DEFAULTS, defaults);
    }
    g.ex.move(range, dst, fn);
    u.release(mark);
  }

  // ---- type parameters

  /** Makes the type parameters, binds their names, and leaves their tuple in a register. */
  void typeParameters(SourceRange range, List<TypeParam> parameters, int dst) {
    Unit u = g.u;
    int mark = u.mark();
    int row = u.temps(parameters.size());
    boolean sawDefault = false;
    for (int i = 0; i < parameters.size(); i++) {
      int inner = u.mark();
      int t = row + i;
      TypeParam p = parameters.get(i);
      SourceRange at = p.range();
      String name;
      Expr defaultValue;
      switch (p) {
        case TypeParam.TypeVar x -> {
          name = x.name();
          defaultValue = x.defaultValue();
          Expr bound = x.bound();
          int constant = u.constantOperand(name);
          if (bound != null) {
            int f = u.temp();
            evaluator(at, g.table.body(x), name, bound, false, f);
            u.emit(
                at,
                bound instanceof Expr.Tuple ? TYPEVAR_WITH_CONSTRAINTS : TYPEVAR_WITH_BOUND,
                t,
                constant,
                f);
          } else {
            u.emit(at, TYPEVAR, t, constant);
          }
        }
        case TypeParam.TypeVarTuple x -> {
          name = x.name();
          defaultValue = x.defaultValue();
          u.emit(at, TYPEVARTUPLE, t, u.constantOperand(name));
        }
        case TypeParam.ParamSpec x -> {
          name = x.name();
          defaultValue = x.defaultValue();
          u.emit(at, PARAMSPEC, t, u.constantOperand(name));
        }
      }
      if (defaultValue != null) {
        sawDefault = true;
        int f = u.temp();
        evaluator(
            at, g.table.defaultOf(p), name, defaultValue, p instanceof TypeParam.TypeVarTuple, f);
        u.emit(at, SET_TYPEPARAM_DEFAULT, t, t, f);
      } else if (sawDefault) {
        throw g.error(
            "non-default type parameter '" + name + "' follows default type parameter", at);
      }
      g.names.store(at, name, t);
      u.release(inner);
    }
    u.emit(range, BUILD_TUPLE, dst, row, parameters.size());
    u.release(mark);
  }

  /** The function that evaluates a bound or default when asked. */
  private void evaluator(
      SourceRange range, Scope scope, String name, Expr e, boolean star, int fn) {
    g.annotations.enterEvaluator(scope, name, e.lineno(), e.range());
    Unit unit = g.u;
    if (star && e instanceof Expr.Starred s) {
      int v = unit.temp();
      int source = g.ex.reg(s.value(), -1);
      unit.emit(e.range(), UNPACK_SEQUENCE, source, v, 1);
      unit.emit(e.range(), RETURN_VALUE, v);
    } else {
      int v = g.ex.value(e);
      unit.emit(e.range(), RETURN_VALUE, v);
    }
    CodeUnit code = g.leave();
    g.makeFunction(range, code, fn);
    g.u.emit(
        range,
        SET_FUNCTION_ATTRIBUTE,
        fn,
        DEFAULTS,
        g.u.constantOperand(new TupleValue(List.of(1L))));
  }

  // ---- type aliases

  void typeAlias(Stmt.TypeAlias s) {
    Unit u = g.u;
    SourceRange range = s.range();
    String name = ((Expr.Name) s.name()).id();
    int result = u.temp();
    if (s.typeParams().isEmpty()) {
      int row = u.temps(3);
      u.emit(range, LOAD_CONST, row, u.constant(name));
      u.emit(range, LOAD_CONST, row + 1, ~u.none());
      alias(s, name, range, row, result);
    } else {
      int base = u.temp();
      Unit unit =
          g.enter(
              Unit.Kind.TYPE_PARAMS,
              g.table.typeParameters(s),
              "<generic parameters of " + name + ">",
              s.lineno(),
              u.className);
      g.prologue(Gen.lineOnly(s.lineno()));
      int row = unit.temps(3);
      unit.emit(range, LOAD_CONST, row, unit.constant(name));
      typeParameters(range, s.typeParams(), row + 1);
      alias(s, name, range, row, row);
      unit.emit(range, RETURN_VALUE, row);
      CodeUnit code = g.leave();
      g.makeFunction(range, code, base);
      u.emit(range, CALL, result, base, 0);
    }
    g.names.store(range, name, result);
  }

  private void alias(Stmt.TypeAlias s, String name, SourceRange range, int row, int result) {
    g.annotations.enterEvaluator(g.table.body(s), name, s.lineno(), range);
    Unit unit = g.u;
    int v = g.ex.value(s.value());
    unit.emit(range, RETURN_VALUE, v);
    CodeUnit code = g.leave();
    g.makeFunction(range, code, row + 2);
    g.u.emit(
        range,
        SET_FUNCTION_ATTRIBUTE,
        row + 2,
        DEFAULTS,
        g.u.constantOperand(new TupleValue(List.of(1L))));
    g.u.emit(range, BUILD_TUPLE, row, row, 3);
    g.u.emit(range, TYPEALIAS, result, row);
  }

  /** The names of all parameters with annotations, in the order CPython evaluates them. */
  static List<Arg> annotated(Arguments args) {
    List<Arg> all = new ArrayList<>();
    all.addAll(args.args());
    all.addAll(args.posonlyargs());
    if (args.vararg() != null) {
      all.add(args.vararg());
    }
    all.addAll(args.kwonlyargs());
    if (args.kwarg() != null) {
      all.add(args.kwarg());
    }
    all.removeIf(a -> a.annotation() == null);
    return all;
  }
}
