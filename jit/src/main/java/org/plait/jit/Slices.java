package org.plait.jit;

import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import org.plait.compiler.code.CodeUnit;
import org.plait.compiler.code.Effects;
import org.plait.runtime.interp.Feedback;
import org.plait.runtime.interp.PyCode;
import org.plait.runtime.interp.Tier;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PySlice;

/** Slices of exact lists, their bounds unboxed and without slice objects. */
abstract class Slices extends WithoutFrame {
  /** So many of the instructions that follow have been treated together with one. */
  int fused;

  Slices(PyCode code, Feedback feedback, Tier.Linkage linkage, Flow flow, int drain, Asm a) {
    super(code, feedback, linkage, flow, drain, a);
  }

  /** A bound: a number known now, or what a register holds, and then a number to be added. */
  private record Bound(long value, int register, boolean isNone) {
    Bound(long value, int register) {
      this(value, register, false);
    }
  }

  /** The instruction before another one, in the same block, that has set a register; or -1. */
  private int writer(int pc, int register) {
    for (int p = pc - 1; p >= 0 && flow.reached.get(p) && !flow.starts.get(p + 1); p--) {
      boolean[] written = new boolean[1];
      Effects.writes(u, p, r -> written[0] |= r == register);
      if (written[0]) {
        return p;
      }
    }
    return -1;
  }

  /** What a register is known to hold before an instruction, from the same block; or null. */
  private PyObject constantIn(int pc, int register) {
    int p = writer(pc, register);
    return p >= 0 && flow.op(p) == org.plait.compiler.code.Opcode.LOAD_CONST
        ? code.consts[u.code[p * CodeUnit.WORDS + 2]]
        : null;
  }

  /** The variable of which a register is a copy, made in the same block; else the register. */
  private int original(int pc, int register) {
    int p = writer(pc, register);
    if (p < 0 || flow.op(p) != org.plait.compiler.code.Opcode.MOVE) {
      return register;
    }
    int variable = u.code[p * CodeUnit.WORDS + 2];
    return isVariable(variable) && writer(pc, variable) < p ? variable : register;
  }

  private Bound bound(int pc, int register, long ifNone) {
    PyObject c = constantIn(pc, register);
    Bound known = c == null ? null : constant(c, ifNone);
    if (known != null) {
      return known;
    }
    register = original(pc, register);
    if (k[register] != Kind.LONG) {
      object(register);
    }
    return new Bound(0, register);
  }

  /** None or an int as a bound; null for anything else. */
  private static Bound constant(PyObject c, long ifNone) {
    return c == Py.None
        ? new Bound(ifNone, -1, true)
        : isLong(c) ? new Bound(((PyInt) c).longValue(), -1) : null;
  }

  /** Has a bound unboxed, or jumps. */
  private void unboxed(Bound b, int scratch, Label otherwise) {
    if (b.register >= 0 && !isUnboxed(b.register, Kind.LONG)) {
      require(b.register, "isLong", otherwise);
      push(b.register);
      a.support("longValue", Asm.J, Asm.OBJECT);
      a.lstore(scratch);
    }
  }

  private void push(Bound b, int scratch) {
    if (b.register < 0) {
      a.lconst(b.value);
      return;
    }
    a.lload(isUnboxed(b.register, Kind.LONG) ? a.slot(b.register, Kind.LONG) : scratch);
    if (b.value != 0) {
      a.lconst(b.value);
      a.invoke(Asm.ITERATION, "plus", Asm.J, Asm.J, Asm.J);
    }
  }

  private void take(int o, Bound from, Bound to, int step) {
    push(o);
    push(from, Asm.LONG1);
    push(to, Asm.LONG2);
    a.iconst(step);
    a.invoke(Asm.ITERATION, "slice", Asm.OBJECT, Asm.OBJECT, Asm.J, Asm.J, Asm.I);
  }

  /** {@code r[dst] = o[bounds:bounds + 1]} of a list or str; the slow path pushes what it finds. */
  final void listSlice(int pc, int dst, int o, int bounds, Runnable slowly) {
    object(o);
    Bound from = bound(pc, bounds, 0);
    Bound to = bound(pc, bounds + 1, Long.MAX_VALUE);
    Label join = a.label();
    Label slow = slowCall(pc, join, slowly, () -> pop(dst));
    boolean text = feedback.left(pc) == Feedback.STR;
    require(o, text ? "isStr" : "isList", slow);
    unboxed(from, Asm.LONG1, slow);
    unboxed(to, Asm.LONG2, slow);
    if (text) {
      push(o);
      push(from, Asm.LONG1);
      push(to, Asm.LONG2);
      a.invoke(Asm.TEXT, "slice", Asm.OBJECT, Asm.OBJECT, Asm.J, Asm.J);
    } else {
      take(o, from, to, 1);
    }
    pop(dst);
    a.bind(join);
  }

  /** {@code o[bounds:bounds + 1] = v}. */
  final void setListSlice(int pc, int o, int bounds, int v, Runnable slowly) {
    object(o);
    object(v);
    Bound from = bound(pc, bounds, 0);
    Bound to = bound(pc, bounds + 1, Long.MAX_VALUE);
    Label join = a.label();
    Label slow = slowCall(pc, join, slowly, () -> {});
    for (int list : new int[] {o, v}) {
      require(list, "isList", slow);
    }
    unboxed(from, Asm.LONG1, slow);
    unboxed(to, Asm.LONG2, slow);
    push(o);
    push(from, Asm.LONG1);
    push(to, Asm.LONG2);
    push(v);
    a.invoke(Asm.ITERATION, "setSlice", Asm.V, Asm.OBJECT, Asm.J, Asm.J, Asm.OBJECT);
    a.bind(join);
  }

  /** A slice made for nothing but the subscript that follows it; false if it is another. */
  final boolean fusedSlice(int pc, int dst, int first, int count) {
    int next = (pc + 1) * CodeUnit.WORDS;
    if (!feedback.mayGuess(pc)
        || !isForNext(pc, dst, org.plait.compiler.code.Opcode.BINARY_SUBSCR, 3)
        || u.code[next + 2] < 0
        || feedback.left(pc + 1) != Feedback.LIST) {
      return false;
    }
    PyObject by = count == 3 ? constantIn(pc, first + 2) : Py.None;
    int step = by == Py.None ? 1 : by instanceof PyInt i && i.isInt() ? (int) i.longValue() : 0;
    if (step != 1 && step != -1) {
      return false;
    }
    int o = u.code[next + 2];
    object(o);
    Bound from = bound(pc, first, step < 0 ? Long.MAX_VALUE : 0);
    Bound to = bound(pc, first + 1, step < 0 ? Long.MIN_VALUE : Long.MAX_VALUE);
    if (movedSlice(pc, o, from, to, step)) {
      return true;
    }
    guard(pc, o, "isList");
    unboxed(from, Asm.LONG1, deopt(pc));
    unboxed(to, Asm.LONG2, deopt(pc));
    take(o, from, to, step);
    pop(u.code[next + 1]);
    fused = 1;
    return true;
  }

  /**
   * {@code o[at:end] = o[from:to:step]}, where the bounds of the first are variables, numbers, or
   * sums of both: no list is made for what is taken. The instruction is the one that makes the
   * slice; false if it is used for something else.
   */
  private boolean movedSlice(int pc, int o, Bound from, Bound to, int step) {
    int taken = u.code[(pc + 1) * CodeUnit.WORDS + 1];
    int store = pc + 4;
    for (int p = pc + 1; p <= store; p++) {
      if (flow.ends(p - 1)
          || flow.outside(p)
          || flow.starts.get(p)
          || flow.handler(p) != flow.handler(pc)) {
        return false;
      }
    }
    int at = store * CodeUnit.WORDS;
    int bounds = u.code[at + 2];
    if (flow.op(store) != org.plait.compiler.code.Opcode.STORE_SLICE
        || !isVariable(o)
        || u.code[at + 1] != o
        || u.code[at + 3] != taken
        || isVariable(taken)
        || taken == bounds
        || taken == bounds + 1
        || flow.read(store + 1, taken)) {
      return false;
    }
    Bound start = simple(pc + 2, bounds, 0);
    Bound end = simple(pc + 3, bounds + 1, Long.MAX_VALUE);
    if (start == null || end == null) {
      return false;
    }
    Bound[] all = {from, to, start, end};
    int[] scratch = new int[all.length];
    int free = Asm.LONG1;
    for (int i = 0; i < all.length; i++) {
      Bound b = all[i];
      if (b.register >= 0 && !isUnboxed(b.register, Kind.LONG)) {
        object(b.register);
        if (free > Asm.LONG3) {
          return false;
        }
        scratch[i] = free;
        free += 2;
      }
    }
    guard(pc, o, "isList");
    for (int i = 0; i < all.length; i++) {
      unboxed(all[i], scratch[i], deopt(pc));
    }
    fused = store - pc;
    push(o);
    if (step < 0
        && to.isNone
        && start.register < 0
        && start.value == 0
        && from.register >= 0
        && end.register == from.register
        && end.value == from.value + 1) {
      push(from, scratch[0]);
      a.invoke(Asm.ITERATION, "reverseTo", Asm.V, Asm.OBJECT, Asm.J);
      return true;
    }
    for (int i = 0; i < all.length; i++) {
      push(all[i], scratch[i]);
    }
    a.iconst(step);
    a.invoke(Asm.ITERATION, "moveSlice", Asm.V, Asm.OBJECT, Asm.J, Asm.J, Asm.J, Asm.J, Asm.I);
    return true;
  }

  /** What an instruction gives a bound that does nothing else, and can't fail; or null. */
  private Bound simple(int pc, int register, long ifNone) {
    int at = pc * CodeUnit.WORDS;
    if (u.code[at + 1] != register || isVariable(register)) {
      return null;
    }
    int x = u.code[at + 2];
    switch (flow.op(pc)) {
      case LOAD_CONST -> {
        return constant(code.consts[x], ifNone);
      }
      case MOVE -> {
        return isVariable(x) ? new Bound(0, x) : null;
      }
      case BINARY_ADD -> {
        int y = u.code[at + 3];
        return x >= 0 && isVariable(x) && y < 0 && isLong(code.consts[~y])
            ? new Bound(((PyInt) code.consts[~y]).longValue(), x)
            : null;
      }
      default -> {
        return null;
      }
    }
  }

  private static boolean isLong(PyObject c) {
    return c.getClass() == PyInt.class && ((PyInt) c).isLong();
  }

  @Override
  final boolean rangeLoop(int pc, int dst, int base, int count) {
    int next = (pc + 1) * CodeUnit.WORDS;
    if (!feedback.mayGuess(pc)
        || feedback.left(pc) != Feedback.TYPE
        || count < 1
        || count > 2
        || !isForNext(pc, dst, org.plait.compiler.code.Opcode.GET_ITER, 2)
        || !isGlobal(pc, base, "range")) {
      return false;
    }
    object(base);
    Bound from = count == 1 ? new Bound(0, -1) : bound(pc, base + 1, 0);
    Bound to = bound(pc, base + count, 0);
    if (from.isNone || to.isNone) {
      return false;
    }
    unboxed(from, Asm.LONG1, deopt(pc));
    unboxed(to, Asm.LONG2, deopt(pc));
    push(base);
    push(from, Asm.LONG1);
    push(to, Asm.LONG2);
    a.invoke(Asm.ITERATION, "isLoopRange", Asm.Z, Asm.OBJECT, Asm.J, Asm.J);
    a.branch(Opcode.IFEQ, deopt(pc));
    push(from, Asm.LONG1);
    push(to, Asm.LONG2);
    a.invoke(Asm.ITERATION, "loopRange", Asm.OBJECT, Asm.J, Asm.J);
    a.astore(Asm.REF);
    popScratch(u.code[next + 1], base, base + count);
    fused = 1;
    return true;
  }

  /** Whether a register holds what a global name stands for, loaded in the same block. */
  private boolean isGlobal(int pc, int register, String name) {
    int p = writer(pc, register);
    return p >= 0
        && flow.op(p) == org.plait.compiler.code.Opcode.LOAD_GLOBAL
        && u.names[u.code[p * CodeUnit.WORDS + 2]].equals(name);
  }

  /**
   * Whether what an instruction makes is used by the next one alone, so that both can be treated
   * together.
   *
   * @param op what the next one must be
   * @param operand which of its operands must be the register that the first one sets
   */
  private boolean isForNext(int pc, int dst, org.plait.compiler.code.Opcode op, int operand) {
    int next = (pc + 1) * CodeUnit.WORDS;
    return !flow.ends(pc)
        && !flow.outside(pc + 1)
        && !flow.starts.get(pc + 1)
        && flow.op(pc + 1) == op
        && u.code[next + operand] == dst
        && !isVariable(dst)
        && (u.code[next + 1] == dst || !flow.read(pc + 2, dst))
        && flow.handler(pc) == flow.handler(pc + 1);
  }

  /** {@code o[i]} of a list and a constant slice; false when the slice is none that is known. */
  final boolean constantSlice(int pc, int dst, int o, int i) {
    if (i >= 0 || o < 0 || feedback.left(pc) != Feedback.LIST || !feedback.mayGuess(pc)) {
      return false;
    }
    if (!(code.consts[~i] instanceof PySlice s) || !s.isPlain()) {
      return false;
    }
    PySlice.Bounds b = s.unpack();
    if (b.step() != 1 && b.step() != -1) {
      return false;
    }
    object(o);
    guard(pc, o, "isList");
    take(o, new Bound(b.start(), -1), new Bound(b.stop(), -1), (int) b.step());
    pop(dst);
    return true;
  }
}
