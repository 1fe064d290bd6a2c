package org.plait.compiler.gen;

import static org.plait.compiler.code.Opcode.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plait.syntax.ast.ExceptHandler;
import org.plait.syntax.ast.Expr;
import org.plait.syntax.ast.SourceRange;
import org.plait.syntax.ast.Stmt;
import org.plait.syntax.ast.WithItem;

/**
 * try, with, and what a return, break or continue does on its way out of them. Handlers go to the
 * cold section. Each handler has a register for its exception; another one keeps the exception that
 * was handled before, between PUSH_EXC and POP_EXCEPT.
 */
final class TryGen {
  private final Gen g;

  TryGen(Gen g) {
    this.g = g;
  }

  // ---- unwinding

  /** Where an unwinding stopped, and the range for what follows (null: artificial). */
  record Unwound(@Nullable FrameBlock loop, @Nullable SourceRange range) {}

  /** Whether leaving the function from here runs code that could change a local. */
  boolean unwindsCode() {
    for (FrameBlock b : g.u.blocks) {
      if (b.kind == FrameBlock.Kind.FINALLY_TRY || b.kind == FrameBlock.Kind.HANDLER_CLEANUP) {
        return true;
      }
    }
    return false;
  }

  /** Emits what leaving the function takes; afterwards the outermost handler is in force. */
  @Nullable SourceRange unwindAll(SourceRange range) {
    return unwind(range, false).range();
  }

  /** Emits what leaving everything within the innermost loop takes. */
  Unwound unwindToLoop(SourceRange range) {
    return unwind(range, true);
  }

  private Unwound unwind(SourceRange range, boolean toLoop) {
    Unit u = g.u;
    List<FrameBlock> all = new ArrayList<>(u.blocks);
    @Nullable SourceRange at = range;
    FrameBlock loop = null;
    try {
      for (int i = all.size() - 1; i >= 0; i--) {
        FrameBlock b = all.get(i);
        if (b.kind == FrameBlock.Kind.EXCEPTION_GROUP_HANDLER) {
          throw g.error(
              "'break', 'continue' and 'return' cannot appear in an except* block",
              at == null ? range : at);
        }
        if (toLoop
            && (b.kind == FrameBlock.Kind.WHILE_LOOP
                || b.kind == FrameBlock.Kind.FOR_LOOP
                || b.kind == FrameBlock.Kind.ASYNC_FOR_LOOP)) {
          loop = b;
          break;
        }
        u.blocks.remove(u.blocks.size() - 1);
        at = unwind(b, at);
      }
    } finally {
      u.blocks.clear();
      u.blocks.addAll(all);
    }
    return new Unwound(loop, at);
  }

  // Compare CPython's codegen_unwind_fblock
  private @Nullable SourceRange unwind(FrameBlock b, @Nullable SourceRange at) {
    Unit u = g.u;
    switch (b.kind) {
      case TRY_EXCEPT -> u.code.currentHandler = b.outerHandler;
      case FINALLY_TRY -> {
        u.code.currentHandler = b.outerHandler;
        g.unwinding++;
        finalBody(Objects.requireNonNull(b.finalBody));
        g.unwinding--;
        return null;
      }
      case FINALLY_END -> {
        u.code.currentHandler = b.outerHandler;
        u.emit(at, POP_EXCEPT, b.register);
      }
      case WITH, ASYNC_WITH -> {
        u.code.currentHandler = b.outerHandler;
        SourceRange range = Objects.requireNonNull(b.range);
        int mark = u.mark();
        int t = u.temp();
        u.emit(range, WITH_EXIT, t, b.register);
        if (b.kind == FrameBlock.Kind.ASYNC_WITH) {
          int it = u.temp();
          g.ex.awaited(range, t, t, it, 2);
        }
        u.release(mark);
        return null;
      }
      case HANDLER_CLEANUP -> {
        u.code.currentHandler = b.outerHandler;
        u.emit(at, POP_EXCEPT, b.register);
        if (b.name != null) {
          forget(at, b.name);
        }
      }
      default -> {}
    }
    return at;
  }

  private void finalBody(List<Stmt> body) {
    boolean inFinally = g.inFinally;
    boolean inLoop = g.inLoop;
    g.inFinally = true;
    g.inLoop = false;
    g.statements.conditional(body);
    g.inFinally = inFinally;
    g.inLoop = inLoop;
  }

  /** SyntaxWarning of PEP 765. */
  void warnInFinally(String keyword, SourceRange range) {
    if (g.inFinally && g.unwinding == 0) {
      g.warn("'" + keyword + "' in a 'finally' block", range);
    }
  }

  /** {@code name = None; del name}. */
  private void forget(@Nullable SourceRange range, String name) {
    g.names.store(range, name, g.u.none());
    g.names.delete(range, name);
  }

  // ---- try

  void tryStatement(Stmt.Try s) {
    if (s.finalbody().isEmpty()) {
      tryExcept(s.range(), s.body(), s.handlers(), s.orelse());
      return;
    }
    tryFinally(
        s.range(),
        s.finalbody(),
        () -> {
          if (s.handlers().isEmpty()) {
            g.statements.conditional(s.body());
          } else {
            tryExcept(s.range(), s.body(), s.handlers(), s.orelse());
          }
        });
  }

  void tryStar(Stmt.TryStar s) {
    if (s.finalbody().isEmpty()) {
      tryStarExcept(s.range(), s.body(), s.handlers(), s.orelse());
      return;
    }
    tryFinally(
        s.range(),
        s.finalbody(),
        () -> {
          if (s.handlers().isEmpty()) {
            g.statements.conditional(s.body());
          } else {
            tryStarExcept(s.range(), s.body(), s.handlers(), s.orelse());
          }
        });
  }

  private void tryFinally(SourceRange range, List<Stmt> finalbody, Runnable body) {
    Unit u = g.u;
    CodeBuffer code = u.code;
    int end = u.label();
    int cleanup = u.label();
    int exit = u.label();
    int exc = u.temp();
    int saved = u.temp();
    int exc2 = u.temp();
    u.emit(range, NOP);
    int outer = code.currentHandler;
    FrameBlock block = g.push(FrameBlock.Kind.FINALLY_TRY, -1, end, range);
    block.finalBody = finalbody;
    code.currentHandler = code.newHandler(end, exc);
    body.run();
    code.currentHandler = outer;
    g.pop();
    finalBody(finalbody);
    u.emit(null, JUMP, exit);
    byte section = code.currentSection;
    code.currentSection = CodeBuffer.COLD;
    u.place(end);
    FrameBlock handling = g.push(FrameBlock.Kind.FINALLY_END, end, -1, range);
    handling.register = saved;
    handling.outerHandler = outer;
    u.emit(null, PUSH_EXC, saved, exc);
    code.currentHandler = code.newHandler(cleanup, exc2);
    g.quiet++;
    finalBody(finalbody);
    g.quiet--;
    g.pop();
    u.emit(null, RERAISE, exc);
    code.currentHandler = outer;
    cleanup(cleanup, saved, exc2);
    code.currentSection = section;
    u.place(exit);
  }

  private void cleanup(int label, int saved, int exc) {
    g.u.place(label);
    g.u.emit(null, POP_EXCEPT, saved);
    g.u.emit(null, RERAISE, exc, 1);
  }

  private void tryExcept(
      SourceRange range, List<Stmt> body, List<ExceptHandler> handlers, List<Stmt> orelse) {
    Unit u = g.u;
    CodeBuffer code = u.code;
    int except = u.label();
    int cleanup = u.label();
    int end = u.label();
    int exc = u.temp();
    int saved = u.temp();
    int exc2 = u.temp();
    u.emit(range, NOP);
    int outer = code.currentHandler;
    g.push(FrameBlock.Kind.TRY_EXCEPT, -1, -1, range);
    code.currentHandler = code.newHandler(except, exc);
    g.statements.conditional(body);
    code.currentHandler = outer;
    g.pop();
    g.statements.conditional(orelse);
    u.emit(null, JUMP, end);
    byte section = code.currentSection;
    code.currentSection = CodeBuffer.COLD;
    u.place(except);
    int inner = code.newHandler(cleanup, exc2);
    u.emit(null, PUSH_EXC, saved, exc);
    code.currentHandler = inner;
    g.push(FrameBlock.Kind.EXCEPTION_HANDLER, -1, -1, range);
    for (int i = 0; i < handlers.size(); i++) {
      ExceptHandler h = handlers.get(i);
      Expr type = h.type();
      if (type == null && i < handlers.size() - 1) {
        throw g.error("default 'except:' must be last", h.range());
      }
      int next = u.label();
      int mark = u.mark();
      if (type != null) {
        int t = g.ex.reg(type, -1);
        u.emit(h.range(), JUMP_UNLESS_EXC_MATCH, exc, t, next);
      } else {
        u.emit(h.range(), NOP);
      }
      u.release(mark);
      FrameBlock block = g.push(FrameBlock.Kind.HANDLER_CLEANUP, -1, -1, h.range());
      block.outerHandler = outer;
      block.register = saved;
      block.name = h.name();
      if (h.name() == null) {
        g.statements.conditional(h.body());
        g.pop();
        code.currentHandler = outer;
        u.emit(null, POP_EXCEPT, saved);
        u.emit(null, JUMP, end);
      } else {
        namedHandler(h, exc, saved, inner, outer, end);
      }
      code.currentHandler = inner;
      u.place(next);
      u.release(mark);
    }
    g.pop();
    u.emit(null, RERAISE, exc);
    code.currentHandler = outer;
    cleanup(cleanup, saved, exc2);
    code.currentSection = section;
    u.place(end);
  }

  private void namedHandler(ExceptHandler h, int exc, int saved, int inner, int outer, int end) {
    Unit u = g.u;
    CodeBuffer code = u.code;
    String name = Objects.requireNonNull(h.name());
    int cleanupEnd = u.label();
    int exc3 = u.temp();
    g.names.store(h.range(), name, exc);
    code.currentHandler = code.newHandler(cleanupEnd, exc3);
    g.statements.conditional(h.body());
    g.pop();
    code.currentHandler = outer;
    u.emit(null, POP_EXCEPT, saved);
    forget(null, name);
    u.emit(null, JUMP, end);
    code.currentHandler = inner;
    u.place(cleanupEnd);
    forget(null, name);
    u.emit(null, RERAISE, exc3, 1);
  }

  private void tryStarExcept(
      SourceRange range, List<Stmt> body, List<ExceptHandler> handlers, List<Stmt> orelse) {
    Unit u = g.u;
    CodeBuffer code = u.code;
    int except = u.label();
    int cleanup = u.label();
    int end = u.label();
    int reraise = u.label();
    int otherwise = u.label();
    int exc = u.temp();
    int saved = u.temp();
    int exc2 = u.temp();
    int rest = u.temp();
    int raised = u.temp();
    int match = u.temp();
    u.emit(range, NOP);
    int outer = code.currentHandler;
    g.push(FrameBlock.Kind.TRY_EXCEPT, -1, -1, range);
    code.currentHandler = code.newHandler(except, exc);
    g.statements.conditional(body);
    code.currentHandler = outer;
    g.pop();
    u.emit(null, JUMP, otherwise);
    byte section = code.currentSection;
    code.currentSection = CodeBuffer.COLD;
    u.place(except);
    int inner = code.newHandler(cleanup, exc2);
    u.emit(null, PUSH_EXC, saved, exc);
    code.currentHandler = inner;
    g.push(FrameBlock.Kind.EXCEPTION_GROUP_HANDLER, -1, -1, range);
    for (int i = 0; i < handlers.size(); i++) {
      ExceptHandler h = handlers.get(i);
      int mark = u.mark();
      if (i == 0) {
        u.emit(h.range(), BUILD_LIST, raised, 0, 0);
        u.emit(h.range(), MOVE, rest, exc);
      }
      int next = u.label();
      Expr type = h.type();
      if (type != null) {
        int t = g.ex.reg(type, -1);
        u.emit(h.range(), CHECK_EG_MATCH, match, rest, t);
        u.release(mark);
        u.emit(h.range(), JUMP_IF_NONE, match, next);
      }
      if (h.name() != null) {
        g.names.store(h.range(), h.name(), match);
      }
      int failed = u.label();
      int exc3 = u.temp();
      FrameBlock block = g.push(FrameBlock.Kind.HANDLER_CLEANUP, -1, -1, h.range());
      block.outerHandler = outer;
      block.register = saved;
      block.name = h.name();
      code.currentHandler = code.newHandler(failed, exc3);
      g.statements.conditional(h.body());
      code.currentHandler = inner;
      g.pop();
      if (h.name() != null) {
        forget(null, h.name());
      }
      u.emit(null, JUMP, next);
      u.place(failed);
      if (h.name() != null) {
        forget(null, h.name());
      }
      u.emit(null, LIST_APPEND, raised, exc3);
      u.emit(null, JUMP, next);
      u.place(next);
      u.release(mark);
    }
    g.pop();
    u.emit(null, LIST_APPEND, raised, rest);
    u.emit(null, PREP_RERAISE_STAR, match, exc, raised);
    u.emit(null, JUMP_IF_NOT_NONE, match, reraise);
    code.currentHandler = outer;
    u.emit(null, POP_EXCEPT, saved);
    u.emit(null, JUMP, end);
    u.place(reraise);
    u.emit(null, POP_EXCEPT, saved);
    u.emit(null, RERAISE, match);
    cleanup(cleanup, saved, exc2);
    code.currentSection = section;
    u.place(otherwise);
    g.statements.conditional(orelse);
    u.place(end);
  }

  // ---- with

  void with(Stmt.With s) {
    with(s.items(), 0, s.body(), false);
  }

  void asyncWith(Stmt.AsyncWith s) {
    if (!g.loops.asyncAllowed()) {
      throw g.error("'async with' outside async function", s.range());
    }
    with(s.items(), 0, s.body(), true);
  }

  private void with(List<WithItem> items, int index, List<Stmt> body, boolean async) {
    Unit u = g.u;
    CodeBuffer code = u.code;
    WithItem item = items.get(index);
    SourceRange range = item.contextExpr().range();
    int exitPair = u.temps(2);
    int exc = u.temp();
    int saved = u.temp();
    int exc2 = u.temp();
    int entered = u.temp();
    int mark = u.mark();
    Expr target = item.optionalVars();
    int enterPair = u.temps(2);
    int manager = g.ex.reg(item.contextExpr(), entered);
    int local = target instanceof Expr.Name n && !async ? g.names.fastRegister(n.id()) : -1;
    u.emit(range, LOAD_SPECIAL, exitPair, manager, async ? 3 : 1);
    u.emit(range, LOAD_SPECIAL, enterPair, manager, async ? 2 : 0);
    if (async) {
      u.emit(range, CALL_METHOD, entered, enterPair, 0);
      g.ex.awaited(range, entered, entered, u.temp(), 1);
    } else {
      u.emit(range, CALL_METHOD, local >= 0 ? local : entered, enterPair, 0);
    }
    u.release(mark);
    int end = u.label();
    int exit = u.label();
    int cleanup = u.label();
    int suppress = u.label();
    int outer = code.currentHandler;
    FrameBlock block =
        g.push(async ? FrameBlock.Kind.ASYNC_WITH : FrameBlock.Kind.WITH, -1, end, range);
    block.register = exitPair;
    block.range = range;
    code.currentHandler = code.newHandler(end, exc);
    if (local >= 0) {
      u.emit(Objects.requireNonNull(target).range(), NOP);
    } else if (target != null) {
      g.assign.store(target, entered);
      u.release(mark);
    }
    if (index + 1 < items.size()) {
      with(items, index + 1, body, async);
    } else {
      g.statements.conditional(body);
    }
    code.currentHandler = outer;
    g.pop();
    u.emit(range, WITH_EXIT, entered, exitPair);
    if (async) {
      g.ex.awaited(range, entered, entered, u.temp(), 2);
    }
    u.emit(range, JUMP, exit);
    byte section = code.currentSection;
    code.currentSection = CodeBuffer.COLD;
    u.place(end);
    u.emit(range, PUSH_EXC, saved, exc);
    code.currentHandler = code.newHandler(cleanup, exc2);
    u.emit(range, WITH_EXCEPT_START, entered, exitPair, exc);
    if (async) {
      g.ex.awaited(range, entered, entered, u.temp(), 2);
    }
    u.emit(null, JUMP_IF_TRUE, entered, suppress);
    u.emit(null, RERAISE, exc, 1);
    code.currentHandler = outer;
    u.place(suppress);
    u.emit(null, POP_EXCEPT, saved);
    u.emit(null, JUMP, exit);
    cleanup(cleanup, saved, exc2);
    code.currentSection = section;
    u.place(exit);
    u.release(mark);
  }
}
