package org.plait.compiler.gen;

import static org.plait.compiler.code.Opcode.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.CodeUnit;
import org.plait.compiler.scope.ComprehensionKind;
import org.plait.compiler.scope.Scope;
import org.plait.compiler.scope.ScopeKind;
import org.plait.compiler.scope.SymbolFlags;
import org.plait.compiler.scope.SymbolMap;
import org.plait.syntax.ast.Comprehension;
import org.plait.syntax.ast.Expr;
import org.plait.syntax.ast.SourceRange;

/** Comprehensions, inlined ones (PEP 709) and those with a function of their own. */
final class ComprehensionGen {
  private final Gen g;

  ComprehensionGen(Gen g) {
    this.g = g;
  }

  /** What one comprehension builds. */
  private record Task(
      Expr node,
      ComprehensionKind kind,
      List<Comprehension> generators,
      Expr elt,
      @Nullable Expr value,
      int result) {}

  int list(Expr.ListComp e, int dst) {
    return comprehension(e, ComprehensionKind.LIST, e.generators(), e.elt(), null, dst);
  }

  int set(Expr.SetComp e, int dst) {
    return comprehension(e, ComprehensionKind.SET, e.generators(), e.elt(), null, dst);
  }

  int dict(Expr.DictComp e, int dst) {
    return comprehension(e, ComprehensionKind.DICT, e.generators(), e.key(), e.value(), dst);
  }

  int generator(Expr.GeneratorExp e, int dst) {
    return comprehension(e, ComprehensionKind.GENERATOR, e.generators(), e.elt(), null, dst);
  }

  private int comprehension(
      Expr e,
      ComprehensionKind kind,
      List<Comprehension> generators,
      Expr elt,
      @Nullable Expr value,
      int dst) {
    Unit u = g.u;
    Scope scope = g.table.body(e);
    int d = dst >= 0 ? dst : u.temp();
    int mark = u.mark();
    Comprehension outermost = generators.get(0);
    if (scope.isInlined()) {
      int it = u.temp();
      iterator(outermost, it);
      int result = Unit.isTemp(d) ? d : u.temp();
      Inlined state = push(e.range(), scope);
      build(e.range(), kind, result);
      clauses(new Task(e, kind, generators, elt, value, result), 0, it);
      pop(e.range(), state);
      g.ex.move(e.range(), d, result);
      u.release(mark);
      return d;
    }
    int base = u.temps(2);
    Unit.Generated known = u.generated.get(e);
    if (known != null) {
      u.emit(e.range(), MAKE_FUNCTION, base, known.constant(), known.closure());
    } else {
      CodeUnit code = function(e, scope, kind, generators, elt, value);
      g.makeFunction(e.range(), code, base);
      u.remember(e);
    }
    iterator(outermost, base + 1);
    if (scope.isCoroutine() && kind != ComprehensionKind.GENERATOR) {
      u.emit(e.range(), CALL, base, base, 1);
      g.ex.awaited(e.range(), d, base, u.temp(), 0);
    } else {
      u.emit(e.range(), CALL, d, base, 1);
    }
    u.release(mark);
    return d;
  }

  private void iterator(Comprehension c, int register) {
    Unit u = g.u;
    int mark = u.mark();
    int from = iterable(c.iter(), register);
    u.emit(c.iter().range(), c.isAsync() != 0 ? GET_AITER : GET_ITER, register, from);
    u.release(mark);
  }

  /** A display of constants is iterated as a constant. */
  private int iterable(Expr e, int hint) {
    Object folded = g.ex.foldDisplay(e);
    if (folded != null) {
      g.u.emit(e.range(), LOAD_CONST, hint, g.u.constant(folded));
      return hint;
    }
    return g.ex.reg(e, hint);
  }

  private CodeUnit function(
      Expr e,
      Scope scope,
      ComprehensionKind kind,
      List<Comprehension> generators,
      Expr elt,
      @Nullable Expr value) {
    Unit unit =
        g.enter(Unit.Kind.COMPREHENSION, scope, kind.scopeName(), e.lineno(), g.u.className);
    unit.argCount = 1;
    g.prologue(Gen.lineOnly(e.lineno()));
    if (kind == ComprehensionKind.GENERATOR) {
      int handler = g.functions.startStopIteration();
      clauses(new Task(e, kind, generators, elt, value, -1), 0, 0);
      g.end();
      g.functions.endStopIteration(handler);
    } else {
      int result = unit.temp();
      build(e.range(), kind, result);
      clauses(new Task(e, kind, generators, elt, value, result), 0, 0);
      unit.emit(e.range(), RETURN_VALUE, result);
    }
    return g.leave();
  }

  private void build(SourceRange range, ComprehensionKind kind, int result) {
    g.u.emit(
        range,
        switch (kind) {
          case LIST -> BUILD_LIST;
          case SET -> BUILD_SET;
          default -> BUILD_MAP;
        },
        result,
        0,
        0);
  }

  private void clauses(Task task, int index, int iterator) {
    Comprehension c = task.generators().get(index);
    if (c.isAsync() != 0) {
      asyncClause(task, index, c, iterator);
      return;
    }
    Unit u = g.u;
    int mark = u.mark();
    if (index > 0) {
      Expr single = singleElement(c.iter());
      if (single != null) {
        // for y in [f(x)] is an assignment
        int skip = u.label();
        int v = g.ex.value(single);
        g.assign.store(c.target(), v);
        body(task, index, c, skip);
        u.place(skip);
        u.release(mark);
        return;
      }
      iterator = u.temp();
      iterator(c, iterator);
    }
    int start = u.label();
    int anchor = u.label();
    int cleanup = u.label();
    u.place(start);
    g.assign.forIter(c.iter().range(), iterator, c.target(), anchor);
    body(task, index, c, cleanup);
    u.place(cleanup);
    u.emit(eltRange(task), JUMP_BACK, start);
    u.place(anchor);
    u.release(mark);
  }

  private static @Nullable Expr singleElement(Expr iter) {
    List<Expr> elts =
        iter instanceof Expr.List l
            ? l.elts()
            : iter instanceof Expr.Tuple t ? t.elts() : List.of();
    return elts.size() == 1 && !(elts.get(0) instanceof Expr.Starred) ? elts.get(0) : null;
  }

  private static SourceRange eltRange(Task task) {
    Expr value = task.value();
    SourceRange r = task.elt().range();
    return value == null
        ? r
        : new SourceRange(r.lineno(), r.colOffset(), value.endLineno(), value.endColOffset());
  }

  private void body(Task task, int index, Comprehension c, int skip) {
    Unit u = g.u;
    int mark = u.mark();
    for (Expr condition : c.ifs()) {
      g.ex.jumpIf(condition, skip, false);
    }
    if (index + 1 < task.generators().size()) {
      clauses(task, index + 1, -1);
    } else {
      SourceRange range = eltRange(task);
      int v = g.ex.value(task.elt());
      switch (task.kind()) {
        case LIST -> u.emit(range, LIST_APPEND, task.result(), v);
        case SET -> u.emit(range, SET_ADD, task.result(), v);
        case DICT -> {
          Expr value = Objects.requireNonNull(task.value());
          v = g.names.stable(v, value);
          u.emit(range, MAP_ADD, task.result(), v, g.ex.value(value));
        }
        default -> g.ex.yielded(range, u.temp(), v);
      }
    }
    u.release(mark);
  }

  private void asyncClause(Task task, int index, Comprehension c, int iterator) {
    Unit u = g.u;
    int mark = u.mark();
    SourceRange range = task.node().range();
    if (index > 0) {
      iterator = u.temp();
      iterator(c, iterator);
    }
    int start = u.label();
    int cleanup = u.label();
    int end = u.label();
    g.push(FrameBlock.Kind.ASYNC_COMPREHENSION, start, -1, range);
    u.place(start);
    int item = u.temp();
    int exc = u.temp();
    int handler = u.label();
    int outer = u.code.currentHandler;
    u.code.currentHandler = u.code.newHandler(handler, exc);
    int it = u.temp();
    u.emit(range, GET_ANEXT, it, iterator);
    g.ex.delegate(range, item, it, 1);
    u.code.currentHandler = outer;
    g.assign.store(c.target(), item);
    body(task, index, c, cleanup);
    u.place(cleanup);
    u.emit(eltRange(task), JUMP_BACK, start);
    g.pop();
    byte section = u.code.currentSection;
    u.code.currentSection = CodeBuffer.COLD;
    u.place(handler);
    u.emit(range, END_ASYNC_FOR, exc);
    u.emit(null, JUMP, end);
    u.code.currentSection = section;
    u.place(end);
    u.release(mark);
  }

  // ---- inlining

  /** What has to be put back behind an inlined comprehension. */
  private record Inlined(
      List<String> symbols,
      List<Integer> symbolFlags,
      List<String> hidden,
      int[] saved,
      int[] registers,
      int handlerLabel,
      int exception,
      int outerHandler) {}

  // Compare CPython's push_inlined_comprehension_state in codegen.c
  private Inlined push(SourceRange range, Scope comprehension) {
    Unit u = g.u;
    Scope scope = u.scope;
    boolean inClass = scope.kind() == ScopeKind.CLASS && u.inlinedDepth == 0;
    u.inlinedDepth++;
    List<String> symbols = new ArrayList<>();
    List<Integer> symbolFlags = new ArrayList<>();
    List<String> hidden = new ArrayList<>();
    List<Integer> registers = new ArrayList<>();
    List<Integer> cells = new ArrayList<>();
    SymbolMap inner = comprehension.symbols();
    for (int i = 0; i < inner.size(); i++) {
      String name = inner.key(i);
      int flags = inner.value(i);
      boolean bound =
          (flags & SymbolFlags.DEF_LOCAL) != 0 && (flags & SymbolFlags.DEF_NONLOCAL) == 0;
      int place = SymbolFlags.place(flags);
      int outerFlags = scope.symbols().get(name);
      int outerPlace = SymbolFlags.place(outerFlags);
      if (!bound && !inClass && !onlyElsewhere(place, outerPlace)) {
        continue;
      }
      if ((place != outerPlace
              && place != SymbolFlags.FREE
              && !(place == SymbolFlags.CELL && outerPlace == SymbolFlags.FREE))
          || inClass) {
        symbols.add(name);
        symbolFlags.add(outerFlags);
        scope.symbols().put(name, flags);
      }
      if (!bound) {
        continue;
      }
      if (!u.isFunctionLike() && (u.fastHidden == null || !u.fastHidden.contains(name))) {
        u.hide(name);
        hidden.add(name);
      }
      int local = u.local(name);
      if (place == SymbolFlags.CELL) {
        int cell = outerPlace == SymbolFlags.FREE ? u.freeCell(name) : u.cell(name);
        registers.add(cell);
        cells.add(cell);
      } else {
        registers.add(local);
      }
    }
    int n = registers.size();
    int[] saved = new int[n];
    int[] regs = new int[n];
    for (int i = 0; i < n; i++) {
      regs[i] = registers.get(i);
      saved[i] = u.temp();
      u.emit(range, SAVE_LOCAL, saved[i], regs[i]);
      if (cells.contains(regs[i])) {
        u.emit(range, MAKE_CELL, regs[i], -1);
      }
    }
    int handlerLabel = u.label();
    int exception = u.temp();
    int outer = u.code.currentHandler;
    if (n > 0) {
      u.code.currentHandler = u.code.newHandler(handlerLabel, exception);
    }
    return new Inlined(symbols, symbolFlags, hidden, saved, regs, handlerLabel, exception, outer);
  }

  /** A global here that is a variable around only because another comprehension binds the name. */
  private static boolean onlyElsewhere(int place, int outerPlace) {
    return (place == SymbolFlags.GLOBAL_IMPLICIT || place == SymbolFlags.GLOBAL_EXPLICIT)
        && (outerPlace == SymbolFlags.LOCAL || outerPlace == SymbolFlags.CELL);
  }

  private void pop(SourceRange range, Inlined state) {
    Unit u = g.u;
    u.inlinedDepth--;
    if (state.saved().length > 0) {
      u.code.currentHandler = state.outerHandler();
      int after = u.label();
      u.emit(null, JUMP, after);
      byte section = u.code.currentSection;
      u.code.currentSection = CodeBuffer.COLD;
      u.place(state.handlerLabel());
      restore(range, state);
      u.emit(range, RERAISE, state.exception());
      u.code.currentSection = section;
      u.place(after);
      restore(range, state);
    }
    for (int i = 0; i < state.symbols().size(); i++) {
      u.scope.symbols().put(state.symbols().get(i), state.symbolFlags().get(i));
    }
    if (u.fastHidden != null) {
      state.hidden().forEach(u.fastHidden::remove);
    }
  }

  private void restore(SourceRange range, Inlined state) {
    for (int i = state.saved().length - 1; i >= 0; i--) {
      g.u.emit(range, RESTORE_LOCAL, state.registers()[i], state.saved()[i]);
    }
  }
}
