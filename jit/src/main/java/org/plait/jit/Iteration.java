package org.plait.jit;

import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import org.plait.compiler.code.CodeUnit;
import org.plait.runtime.interp.Drain;
import org.plait.runtime.interp.Feedback;
import org.plait.runtime.interp.PyCode;
import org.plait.runtime.interp.Tier;

/** Loops over iterators, and generators from the inside. */
abstract class Iteration extends Arithmetic {
  /** The kind of {@link Drain} that takes what is yielded, or -1. */
  private final int drain;

  Iteration(PyCode code, Feedback feedback, Tier.Linkage linkage, Flow flow, int drain, Asm a) {
    super(code, feedback, linkage, flow, a);
    this.drain = drain;
  }

  // ---- yielding

  /** The variable with the consumer, behind those of the registers. */
  private int consumer() {
    return objectSlot(u.registerCount);
  }

  @Override
  void restart() {
    super.restart();
    if (drain >= 0) {
      consumer();
    }
  }

  /** What comes before the first instruction. */
  final void begin() {
    if (drain >= 0) {
      a.aload(Asm.F);
      a.invoke(Asm.DRAIN, "of", Asm.DRAIN, Asm.FRAME);
      a.astore(consumer());
    }
  }

  final void yieldValue(int pc, int dst, int v) {
    if (drain < 0) {
      leaveWith(pc, dst, v);
      return;
    }
    observed = true;
    byte kind = v < 0 ? Kind.OBJECT : k[v];
    a.aload(consumer());
    switch (kind) {
      case Kind.LONG -> {
        a.lload(a.slot(v, kind));
        a.invoke(Asm.DRAIN, Drain.method(drain), Asm.Z, Asm.DRAIN, Asm.J);
      }
      case Kind.DOUBLE -> {
        a.dload(a.slot(v, kind));
        a.invoke(Asm.DRAIN, Drain.method(drain), Asm.Z, Asm.DRAIN, Asm.D);
      }
      default -> {
        object(v);
        push(v);
        a.invoke(Asm.DRAIN, Drain.method(drain), Asm.Z, Asm.DRAIN, Asm.OBJECT);
      }
    }
    a.branch(Opcode.IFEQ, aside(() -> leaveWith(pc, dst, v)));
    if (flow.read(pc + 1, dst) || isVariable(dst)) {
      a.constant(org.plait.runtime.object.Py.None, Asm.OBJECT);
      pop(dst);
    } else {
      forget(dst);
      k[dst] = Kind.DEAD;
    }
  }

  /** What to delegate to: generators are that themselves. */
  final void yieldFromIter(int pc, int dst, int o) {
    object(o);
    Label join = a.label();
    Label slow =
        slowCall(
            pc,
            join,
            () -> {
              a.aload(Asm.F);
              push(o);
              a.invoke(Asm.ITERATION, "yieldFromIter", Asm.OBJECT, Asm.FRAME, Asm.OBJECT);
            },
            () -> pop(dst));
    push(o);
    a.invoke(Asm.ITERATION, "isGenerator", Asm.Z, Asm.OBJECT);
    a.branch(Opcode.IFEQ, slow);
    push(o);
    pop(dst);
    a.bind(join);
  }

  /** One step of delegation; what is no generator or coroutine is the interpreter's business. */
  final void send(int pc, int v, int receiver) {
    object(v);
    object(receiver);
    push(receiver);
    a.invoke(Asm.ITERATION, "isGeneratorOrCoroutine", Asm.Z, Asm.OBJECT);
    a.branch(Opcode.IFEQ, leaveAt(pc));
    showVariables(pc);
    mayRaise(pc);
    a.aload(Asm.F);
    push(receiver);
    push(v);
    a.invoke(Asm.ITERATION, "send", Asm.OBJECT, Asm.FRAME, Asm.OBJECT, Asm.OBJECT);
    raised(pc);
    pop(v);
    sent(pc);
  }

  /** Goes on behind a step of delegation. */
  final void sent(int pc) {
    int target = operand(pc, 3);
    a.aload(Asm.F);
    a.invoke(Asm.ITERATION, "exit", Asm.I, Asm.FRAME);
    a.istore(Asm.INT);
    a.aload(Asm.F);
    a.support("mustLeave", Asm.Z, Asm.FRAME);
    a.branch(
        Opcode.IFNE,
        aside(
            () -> {
              a.iload(Asm.INT);
              a.branch(Opcode.IFNE, leaveTo(target));
              a.branch(Opcode.GOTO, leaveBefore(pc + 1));
            }));
    a.iload(Asm.INT);
    branch(pc, Opcode.IFNE, target);
  }

  /** Hands a value to whoever resumed the generator. */
  final void leaveWith(int pc, int dst, int v) {
    object(v);
    push(v);
    a.astore(Asm.REF);
    k[dst] = Kind.DEAD;
    observed = true;
    storeAll(k, pc + 1);
    a.aload(Asm.F);
    a.aload(Asm.REF);
    a.iconst(pc);
    a.support("yield", Asm.OBJECT, Asm.FRAME, Asm.OBJECT, Asm.I);
    a.op(Opcode.ARETURN);
  }

  // ---- membership

  /** Whether the unboxed int is in a container goes to the scratch int, or a jump is taken. */
  final void containsLong(int item, int container, java.lang.classfile.Label slow) {
    push(container);
    a.lload(a.slot(item, Kind.LONG));
    a.invoke(Asm.ITERATION, "contains", Asm.I, Asm.OBJECT, Asm.J);
    a.istore(Asm.INT);
    a.iload(Asm.INT);
    a.branch(Opcode.IFLT, slow);
  }

  // ---- loops

  final void forIter(int pc, int dst, int it, int target) {
    int seen = feedback.left(pc);
    boolean guess = feedback.mayGuess(pc);
    if (k[it] == Kind.RANGE || seen == Feedback.RANGE_ITERATOR && guess) {
      overRange(pc, dst, it, target);
      return;
    }
    object(it);
    boolean list = seen == Feedback.LIST_ITERATOR && guess;
    if (list) {
      require(it, "isListIterator", deopt(pc));
      push(it);
      a.support("quickNext", Asm.OBJECT, Asm.OBJECT);
    } else {
      showVariables(pc);
      mayRaise(pc);
      a.aload(Asm.F);
      push(it);
      int passed = passedOver(pc, dst);
      if (passed < 0) {
        a.invoke(Asm.ITERATION, "next", Asm.OBJECT, Asm.FRAME, Asm.OBJECT);
      } else {
        a.iconst(passed);
        a.invoke(Asm.ITERATION, "next", Asm.OBJECT, Asm.FRAME, Asm.OBJECT, Asm.I);
      }
      raised(pc);
    }
    a.astore(Asm.REF);
    a.aload(Asm.REF);
    branch(pc, Opcode.IFNULL, target);
    a.aload(Asm.REF);
    pop(dst);
    if (!list) {
      afterPython(pc + 1);
    }
  }

  /**
   * The kind of {@link Drain} that passes over the items for which a loop does nothing, as that of
   * {@code any} or {@code all} over a generator expression; or -1.
   */
  private int passedOver(int pc, int dst) {
    if (isVariable(dst) || flow.outside(pc + 1) || flow.outside(pc + 2)) {
      return -1;
    }
    int test = (pc + 1) * CodeUnit.WORDS;
    org.plait.compiler.code.Opcode op = flow.op(pc + 1);
    boolean any = op == org.plait.compiler.code.Opcode.JUMP_IF_TRUE;
    return (any || op == org.plait.compiler.code.Opcode.JUMP_IF_FALSE)
            && u.code[test + 1] == dst
            && flow.op(pc + 2) == org.plait.compiler.code.Opcode.JUMP_BACK
            && u.code[test + CodeUnit.WORDS + 1] == pc
        ? any ? Drain.ANY : Drain.ALL
        : -1;
  }

  private void overRange(int pc, int dst, int it, int target) {
    int slot = a.slot(it, Kind.RANGE);
    if (k[it] != Kind.RANGE) {
      object(it);
      inFrame(it);
      unbox(it, Kind.RANGE, slot, pc);
      k[it] = Kind.RANGE;
    }
    a.lload(slot);
    a.lload(slot + 2);
    a.op(Opcode.LCMP);
    branch(pc, Opcode.IFGE, target);
    a.lload(slot + 4);
    a.lload(slot);
    a.lload(slot + 6);
    a.op(Opcode.LMUL);
    a.op(Opcode.LADD);
    a.lstore(a.slot(dst, Kind.LONG));
    k[dst] = Kind.LONG;
    a.lload(slot);
    a.lconst(1);
    a.op(Opcode.LADD);
    a.lstore(slot);
  }
}
