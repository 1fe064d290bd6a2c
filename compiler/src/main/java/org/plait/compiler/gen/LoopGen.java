package org.plait.compiler.gen;

import static org.plait.compiler.code.Opcode.*;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.scope.ScopeKind;
import org.plait.syntax.ast.SourceRange;
import org.plait.syntax.ast.Stmt;

/** Loops, break and continue. */
final class LoopGen {
  private final Gen g;

  LoopGen(Gen g) {
    this.g = g;
  }

  void forLoop(Stmt.For s) {
    Unit u = g.u;
    int start = u.label();
    int cleanup = u.label();
    int end = u.label();
    g.push(FrameBlock.Kind.FOR_LOOP, start, end, s.range());
    int it = u.temp();
    int mark = u.mark();
    Object folded = g.ex.foldDisplay(s.iter());
    int from;
    if (folded != null) {
      u.emit(s.iter().range(), LOAD_CONST, it, u.constant(folded));
      from = it;
    } else {
      from = g.ex.reg(s.iter(), it);
    }
    u.release(mark);
    u.emit(s.iter().range(), GET_ITER, it, from);
    u.place(start);
    g.assign.forIter(s.iter().range(), it, s.target(), cleanup);
    body(s.body());
    u.emit(null, JUMP_BACK, start);
    g.pop();
    u.place(cleanup);
    g.statements.conditional(s.orelse());
    u.place(end);
  }

  private void body(List<Stmt> statements) {
    boolean saved = g.inLoop;
    g.inLoop = true;
    g.statements.conditional(statements);
    g.inLoop = saved;
  }

  void whileLoop(Stmt.While s) {
    Unit u = g.u;
    int start = u.label();
    int anchor = u.label();
    int end = u.label();
    u.place(start);
    g.push(FrameBlock.Kind.WHILE_LOOP, start, end, s.range());
    g.ex.jumpIf(s.test(), anchor, false);
    body(s.body());
    u.emit(null, JUMP_BACK, start);
    g.pop();
    u.place(anchor);
    g.statements.conditional(s.orelse());
    u.place(end);
  }

  /** Whether async statements may stand here. */
  boolean asyncAllowed() {
    return g.u.kind == Unit.Kind.ASYNC_FUNCTION
        || g.u.kind == Unit.Kind.COMPREHENSION
        || (g.topLevelAwait && g.u.scope.kind() == ScopeKind.MODULE);
  }

  void asyncFor(Stmt.AsyncFor s) {
    Unit u = g.u;
    SourceRange range = s.range();
    if (!asyncAllowed()) {
      throw g.error("'async for' outside async function", range);
    }
    int start = u.label();
    int end = u.label();
    int except = u.label();
    int cleanup = u.label();
    int it = u.temp();
    int mark = u.mark();
    int from = g.ex.reg(s.iter(), it);
    u.release(mark);
    u.emit(s.iter().range(), GET_AITER, it, from);
    u.place(start);
    g.push(FrameBlock.Kind.ASYNC_FOR_LOOP, start, end, range);
    int item = u.temp();
    int exc = u.temp();
    int next = u.temp();
    int outer = u.code.currentHandler;
    u.code.currentHandler = u.code.newHandler(except, exc);
    u.emit(range, GET_ANEXT, next, it);
    g.ex.delegate(range, item, next, 1);
    u.code.currentHandler = outer;
    mark = u.mark();
    g.assign.store(s.target(), item);
    u.release(mark);
    body(s.body());
    u.emit(null, JUMP_BACK, start);
    g.pop();
    byte section = u.code.currentSection;
    u.code.currentSection = CodeBuffer.COLD;
    u.place(except);
    u.emit(s.iter().range(), END_ASYNC_FOR, exc);
    u.emit(null, JUMP, cleanup);
    u.code.currentSection = section;
    u.place(cleanup);
    g.statements.conditional(s.orelse());
    u.place(end);
  }

  void breakStatement(Stmt.Break s) {
    leave(s.range(), true);
  }

  void continueStatement(Stmt.Continue s) {
    leave(s.range(), false);
  }

  private void leave(SourceRange range, boolean isBreak) {
    Unit u = g.u;
    if (!g.inLoop) {
      g.tries.warnInFinally(isBreak ? "break" : "continue", range);
    }
    u.emit(range, NOP);
    int handler = u.code.currentHandler;
    TryGen.Unwound result = g.tries.unwindToLoop(range);
    @Nullable FrameBlock loop = result.loop();
    if (loop == null) {
      throw g.error(isBreak ? "'break' outside loop" : "'continue' not properly in loop", range);
    }
    if (isBreak) {
      u.emit(result.range(), JUMP, loop.exitLabel);
    } else {
      u.emit(result.range(), JUMP_BACK, loop.startLabel);
    }
    u.code.currentHandler = handler;
  }
}
