package org.plait.compiler.gen;

import static org.plait.compiler.code.Opcode.*;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.Constants;
import org.plait.syntax.ast.Alias;
import org.plait.syntax.ast.Expr;
import org.plait.syntax.ast.Singleton;
import org.plait.syntax.ast.SourceRange;
import org.plait.syntax.ast.Stmt;
import org.plait.syntax.ast.TupleValue;

/** Statements: dispatch and the simple ones. */
final class StmtGen {
  private final Gen g;

  StmtGen(Gen g) {
    this.g = g;
  }

  /** The statements of a module or class body, with docstring and annotations. */
  void body(SourceRange range, List<Stmt> statements, boolean docstring) {
    Unit u = g.u;
    if (g.futureAnnotations && u.scope.annotationsUsed()) {
      u.emit(range, SETUP_ANNOTATIONS);
    }
    if (u.kind == Unit.Kind.MODULE && u.scope.hasConditionalAnnotations()) {
      g.annotations.conditionalSet(range);
    }
    if (statements.isEmpty()) {
      return;
    }
    int first = 0;
    if (docstring) {
      Object doc = docstring(statements);
      if (doc != null) {
        first = 1;
        if (g.optimize < 2) {
          SourceRange at = ((Stmt.ExprStmt) statements.get(0)).value().range();
          g.names.store(at, "__doc__", u.constantOperand(DocStrings.clean(doc)));
        }
      }
    }
    for (int i = first; i < statements.size(); i++) {
      statement(statements.get(i));
    }
    if (!g.futureAnnotations) {
      g.annotations.deferred(range);
    }
  }

  /** The docstring a body starts with, as written, or null. */
  static @Nullable Object docstring(List<Stmt> body) {
    return !body.isEmpty()
            && body.get(0) instanceof Stmt.ExprStmt e
            && e.value() instanceof Expr.Constant c
            && Constants.isString(c.value())
        ? c.value()
        : null;
  }

  void statements(List<Stmt> list) {
    for (int i = 0; i < list.size(); i++) {
      statement(list.get(i));
    }
  }

  /** Statements that may be skipped: their annotations are conditional. */
  void conditional(List<Stmt> list) {
    Unit u = g.u;
    boolean saved = u.inConditionalBlock;
    u.inConditionalBlock = true;
    statements(list);
    u.inConditionalBlock = saved;
  }

  void statement(Stmt s) {
    Unit u = g.u;
    int mark = u.mark();
    switch (s) {
      case Stmt.ExprStmt x -> expression(x);
      case Stmt.Assign x -> g.assign.assign(x);
      case Stmt.If x -> ifStatement(x);
      case Stmt.Return x -> returnStatement(x);
      case Stmt.FunctionDef x -> g.functions.function(x);
      case Stmt.AsyncFunctionDef x -> g.functions.function(x);
      case Stmt.ClassDef x -> g.classes.define(x);
      case Stmt.For x -> g.loops.forLoop(x);
      case Stmt.AsyncFor x -> g.loops.asyncFor(x);
      case Stmt.While x -> g.loops.whileLoop(x);
      case Stmt.Try x -> g.tries.tryStatement(x);
      case Stmt.TryStar x -> g.tries.tryStar(x);
      case Stmt.With x -> g.tries.with(x);
      case Stmt.AsyncWith x -> g.tries.asyncWith(x);
      case Stmt.AugAssign x -> g.assign.augmented(x);
      case Stmt.AnnAssign x -> g.annotations.assignment(x);
      case Stmt.Raise x -> raise(x);
      case Stmt.Assert x -> assertion(x);
      case Stmt.Delete x -> x.targets().forEach(g.assign::delete);
      case Stmt.Import x -> imports(x);
      case Stmt.ImportFrom x -> importFrom(x);
      case Stmt.Match x -> g.patterns.match(x);
      case Stmt.TypeAlias x -> g.functions.typeAlias(x);
      case Stmt.Pass x -> u.emit(x.range(), NOP);
      case Stmt.Break x -> g.loops.breakStatement(x);
      case Stmt.Continue x -> g.loops.continueStatement(x);
      case Stmt.Global x -> {}
      case Stmt.Nonlocal x -> {}
    }
    u.release(mark);
  }

  private void expression(Stmt.ExprStmt s) {
    Unit u = g.u;
    Expr e = s.value();
    if (g.interactive && u.parent == null) {
      int v = g.ex.reg(e, -1);
      u.emit(s.range(), PRINT_EXPR, v);
    } else if (e instanceof Expr.Constant) {
      u.emit(s.range(), NOP);
    } else {
      g.ex.effect(e);
    }
  }

  private void ifStatement(Stmt.If s) {
    Unit u = g.u;
    int end = u.label();
    int next = s.orelse().isEmpty() ? end : u.label();
    g.ex.jumpIf(s.test(), next, false);
    conditional(s.body());
    if (!s.orelse().isEmpty()) {
      u.emit(null, JUMP, end);
      u.place(next);
      conditional(s.orelse());
    }
    u.place(end);
  }

  private void returnStatement(Stmt.Return s) {
    Unit u = g.u;
    SourceRange range = s.range();
    Expr value = s.value();
    if (!u.isFunctionLike()) {
      throw g.error("'return' outside function", range);
    }
    if (value != null && u.scope.isCoroutine() && u.scope.isGenerator()) {
      throw g.error("'return' with value in async generator", range);
    }
    g.tries.warnInFinally("return", range);
    int operand;
    if (value == null) {
      u.emit(range, NOP);
      operand = u.none();
    } else {
      boolean plain = value instanceof Expr.Constant;
      operand = g.ex.value(value);
      if (operand >= 0 && Unit.isLocal(operand) && g.tries.unwindsCode()) {
        int t = u.temp();
        g.ex.move(value.range(), t, operand);
        operand = t;
      }
      if (value.lineno() != s.lineno()) {
        u.emit(range, NOP);
      } else if (plain) {
        range = value.range();
      }
    }
    int handler = u.code.currentHandler;
    SourceRange at = g.tries.unwindAll(range);
    u.emit(at, RETURN_VALUE, operand);
    u.code.currentHandler = handler;
  }

  private void raise(Stmt.Raise s) {
    Unit u = g.u;
    if (s.exc() == null) {
      u.emit(s.range(), RAISE_BARE);
      return;
    }
    int exc = g.ex.value(s.exc());
    if (s.cause() == null) {
      u.emit(s.range(), RAISE, exc);
      return;
    }
    exc = g.names.stable(exc, s.cause());
    int cause = g.ex.value(s.cause());
    u.emit(s.range(), RAISE_FROM, exc, cause);
  }

  private void assertion(Stmt.Assert s) {
    Unit u = g.u;
    boolean alwaysTrue =
        s.test() instanceof Expr.Tuple t
            ? !t.elts().isEmpty()
            : s.test() instanceof Expr.Constant c
                && c.value() instanceof TupleValue t2
                && !t2.items().isEmpty();
    if (alwaysTrue) {
      g.warn("assertion is always true, perhaps remove parentheses?", s.range());
    }
    if (g.optimize > 0) {
      return;
    }
    int end = u.label();
    g.ex.jumpIf(s.test(), end, true);
    int base = u.temp();
    u.emit(s.range(), LOAD_COMMON_CONSTANT, base, 0);
    if (s.msg() != null) {
      int arg = u.temp();
      g.ex.into(s.msg(), arg);
      u.emit(s.range(), CALL, base, base, 1);
    }
    u.emit(s.test().range(), RAISE, base);
    u.place(end);
  }

  // ---- imports

  private int levelAndNames(SourceRange range, long level, Object names) {
    Unit u = g.u;
    int pair = u.temps(2);
    u.emit(range, LOAD_CONST, pair, u.constant(level));
    u.emit(range, LOAD_CONST, pair + 1, u.constant(names));
    return pair;
  }

  private void imports(Stmt.Import s) {
    Unit u = g.u;
    SourceRange range = s.range();
    for (Alias alias : s.names()) {
      int mark = u.mark();
      int pair = levelAndNames(range, 0, Singleton.NONE);
      int module = u.temp();
      u.emit(range, IMPORT_NAME, module, pair, u.nameIndex(g.names.mangle(alias.name())));
      if (alias.asname() != null) {
        importAs(range, alias.name(), module);
        g.names.store(range, alias.asname(), module);
      } else {
        int dot = alias.name().indexOf('.');
        g.names.store(range, dot < 0 ? alias.name() : alias.name().substring(0, dot), module);
      }
      u.release(mark);
    }
  }

  /** For {@code import a.b.c as d}: walks from a to c. */
  private void importAs(SourceRange range, String name, int module) {
    Unit u = g.u;
    int from = name.indexOf('.');
    while (from >= 0) {
      int to = name.indexOf('.', from + 1);
      String part = name.substring(from + 1, to < 0 ? name.length() : to);
      u.emit(range, IMPORT_FROM, module, module, u.nameIndex(g.names.mangle(part)));
      from = to;
    }
  }

  private void importFrom(Stmt.ImportFrom s) {
    Unit u = g.u;
    SourceRange range = s.range();
    String moduleName = s.module() == null ? "" : s.module();
    if (s.lineno() > g.futureLine && moduleName.equals("__future__")) {
      throw g.error("from __future__ imports must occur at the beginning of the file", range);
    }
    List<Object> names = new ArrayList<>();
    for (Alias a : s.names()) {
      names.add(a.name());
    }
    int pair = levelAndNames(range, s.level(), new TupleValue(names));
    int module = u.temp();
    u.emit(range, IMPORT_NAME, module, pair, u.nameIndex(moduleName));
    for (int i = 0; i < s.names().size(); i++) {
      Alias a = s.names().get(i);
      if (i == 0 && a.name().startsWith("*")) {
        u.emit(range, IMPORT_STAR, module);
        return;
      }
      int mark = u.mark();
      String as = a.asname() == null ? a.name() : a.asname();
      int name = u.nameIndex(g.names.mangle(a.name()));
      int local = g.names.fastRegister(as);
      int dst = local >= 0 ? local : u.temp();
      u.emit(range, IMPORT_FROM, dst, module, name);
      g.names.store(range, as, dst);
      u.release(mark);
    }
  }
}
