package org.plait.runtime.interp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.CodeUnit;
import org.plait.compiler.code.Effects;
import org.plait.compiler.code.Liveness;
import org.plait.compiler.code.Opcode;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyBaseException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.Warnings;
import org.plait.runtime.types.PyInt;

/**
 * Setting {@code f_lineno} in a trace function. A frame can go on wherever it is within blocks
 * (loops, handlers, with statements) of the same kinds as now or fewer. What the blocks are is
 * found by following the code from its start. Compare CPython's frame_lineno_set_impl in
 * frameobject.c.
 */
final class LineJump {
  /** What a block is for: an iterator, a handled exception, a context manager. */
  private enum Kind {
    ITERATOR,
    EXCEPT,
    WITH
  }

  /** A block, its first register and how many it has. */
  private record Block(Kind kind, int register, int count) {}

  private final CodeUnit unit;
  private final @Nullable List<Block>[] blocks;

  @SuppressWarnings({"unchecked", "rawtypes"})
  private LineJump(CodeUnit unit) {
    this.unit = unit;
    this.blocks = new List[unit.length()];
    follow();
  }

  static void jump(PyFrame f, PyObject value) {
    if (value.getClass() != PyInt.class) {
      throw Errors.valueError("lineno must be an integer");
    }
    FrameExtras x = f.extras();
    if (!x.mayJump) {
      if (x.event == null) {
        throw Errors.valueError("f_lineno can only be set in a trace function");
      }
      throw Errors.valueError(
          x.event.equals("call")
              ? "can't jump from the 'call' trace event of a new frame"
              : "can only jump from a 'line' trace event");
    }
    long line = PyNumbers.asLong(value, Exceptions.OverflowError);
    CodeUnit u = f.code.unit;
    if (line < u.firstLine) {
      throw Errors.valueError("line " + line + " comes before the current code block");
    }
    long wanted = Long.MAX_VALUE;
    for (int pc = 0; pc < u.length(); pc++) {
      if (u.line(pc) >= line && u.line(pc) < wanted) {
        wanted = u.line(pc);
      }
    }
    if (wanted == Long.MAX_VALUE) {
      throw Errors.valueError("line " + line + " comes after the current code block");
    }
    new LineJump(u).go(f, (int) wanted);
  }

  private void go(PyFrame f, int line) {
    List<Block> from = blocks[f.pc];
    if (from == null) {
      throw Errors.valueError("can't jump from unreachable code");
    }
    Liveness live = Liveness.of(unit);
    int best = -1;
    String problem = null;
    for (int pc = 0; pc < unit.length(); pc++) {
      if (unit.line(pc) != line || pc > 0 && unit.line(pc - 1) == line && !isTarget(pc)) {
        continue;
      }
      List<Block> to = blocks[pc];
      if (!compatible(from, to) || !available(live, f.pc, pc, to)) {
        problem = problem == null ? explain(to) : problem;
      } else if (best < 0 || to.size() > sizeAt(best)) {
        best = pc;
      }
    }
    if (best < 0) {
      throw Errors.valueError(problem == null ? "incompatible stacks" : problem);
    }
    bindLocals(f);
    leave(f, from, blocks[best]);
    f.extras().jumpTo = best;
    f.pc = best;
  }

  private int sizeAt(int pc) {
    List<Block> b = blocks[pc];
    return b == null ? 0 : b.size();
  }

  private boolean isTarget(int pc) {
    for (int i = 0; i < unit.length(); i++) {
      if (Effects.target(unit, i) == pc) {
        return true;
      }
    }
    return false;
  }

  private static boolean compatible(List<Block> from, @Nullable List<Block> to) {
    if (to == null || to.size() > from.size()) {
      return false;
    }
    for (int i = 0; i < to.size(); i++) {
      if (to.get(i).kind() != from.get(i).kind()) {
        return false;
      }
    }
    return true;
  }

  /** Whether the temporaries that the target needs are set at the source or by the blocks. */
  private boolean available(Liveness live, int source, int target, List<Block> to) {
    BitSet needed = new BitSet();
    for (int r = unit.firstTemp(); r < unit.registerCount; r++) {
      if (live.isLive(target, r)) {
        needed.set(r);
      }
    }
    Effects.writes(unit, target, needed::clear);
    Effects.reads(unit, target, needed::set);
    for (Block b : to) {
      needed.clear(b.register(), b.register() + b.count());
    }
    for (int r = needed.nextSetBit(unit.firstTemp()); r >= 0; r = needed.nextSetBit(r + 1)) {
      if (!live.isLive(source, r)) {
        return false;
      }
    }
    return true;
  }

  private static String explain(@Nullable List<Block> to) {
    if (to == null) {
      return "can't jump into an exception handler, or code may be unreachable";
    }
    if (to.isEmpty()) {
      return "incompatible stacks";
    }
    return switch (to.getLast().kind()) {
      case ITERATOR -> "can't jump into the body of a for loop";
      case EXCEPT -> "can't jump into an 'except' block as there's no exception";
      case WITH -> "incompatible stacks";
    };
  }

  private static void bindLocals(PyFrame f) {
    int unbound = 0;
    int n = f.code.unit.varNames.length;
    for (int i = 0; i < n; i++) {
      unbound += f.r[i] == null && !isCell(f, i) ? 1 : 0;
    }
    if (unbound == 0) {
      return;
    }
    Warnings.warn(
        Exceptions.RuntimeWarning,
        "assigning None to " + unbound + " unbound local" + (unbound == 1 ? "" : "s"),
        0);
    for (int i = 0; i < n; i++) {
      if (f.r[i] == null && !isCell(f, i)) {
        f.r[i] = Py.None;
      }
    }
  }

  /** A parameter that lives in a cell leaves its own register empty. */
  private static boolean isCell(PyFrame f, int local) {
    for (String cell : f.code.unit.cellVars) {
      if (cell.equals(f.code.unit.varNames[local])) {
        return true;
      }
    }
    return false;
  }

  /** Leaves the blocks that the target is not in; those it shares are handed over. */
  private static void leave(PyFrame f, List<Block> from, List<Block> to) {
    for (int i = from.size() - 1; i >= to.size(); i--) {
      Block b = from.get(i);
      if (b.kind() == Kind.EXCEPT) {
        PyObject before = f.r[b.register()];
        f.ts.handled.exception = before instanceof PyBaseException e ? e : null;
      }
    }
    for (int i = 0; i < to.size(); i++) {
      int source = from.get(i).register();
      int target = to.get(i).register();
      if (source != target) {
        System.arraycopy(f.r, source, f.r, target, to.get(i).count());
      }
    }
  }

  // ---- the blocks at each instruction

  private void follow() {
    ArrayDeque<Integer> work = new ArrayDeque<>();
    meet(0, List.of(), work);
    while (!work.isEmpty()) {
      int pc = work.remove();
      List<Block> here = blocks[pc];
      if (here == null) {
        continue;
      }
      int at = pc * CodeUnit.WORDS;
      Opcode op = Opcode.of(unit.code[at]);
      int entry = unit.handler(pc);
      if (entry >= 0) {
        meet(unit.exceptionTable[entry + 2], here, work);
      }
      List<Block> after = after(op, at, here);
      int target = Effects.target(unit, pc);
      if (target >= 0) {
        meet(target, op == Opcode.FOR_ITER ? without(here, Kind.ITERATOR) : after, work);
      }
      if (!op.endsBlock() && pc + 1 < unit.length()) {
        meet(pc + 1, after, work);
      }
    }
  }

  private List<Block> after(Opcode op, int at, List<Block> here) {
    int a = unit.code[at + 1];
    return switch (op) {
      case GET_ITER, GET_AITER -> with(here, new Block(Kind.ITERATOR, a, 1));
      case PUSH_EXC -> with(here, new Block(Kind.EXCEPT, a, 2));
      case LOAD_SPECIAL ->
          (unit.code[at + 3] & 1) != 0 ? with(here, new Block(Kind.WITH, a, 2)) : here;
      case POP_EXCEPT -> without(here, Kind.EXCEPT);
      case WITH_EXIT -> without(here, Kind.WITH);
      case END_ASYNC_FOR -> without(here, Kind.ITERATOR);
      default -> here;
    };
  }

  private static List<Block> with(List<Block> blocks, Block b) {
    List<Block> made = new ArrayList<>(blocks);
    made.add(b);
    return made;
  }

  /** The blocks around the innermost one of a kind. */
  private static List<Block> without(List<Block> blocks, Kind kind) {
    for (int i = blocks.size() - 1; i >= 0; i--) {
      if (blocks.get(i).kind() == kind) {
        return blocks.subList(0, i);
      }
    }
    return blocks;
  }

  /** Where ways meet only the blocks of both count. */
  private void meet(int pc, List<Block> found, ArrayDeque<Integer> work) {
    List<Block> known = blocks[pc];
    if (known == null) {
      blocks[pc] = found;
      work.add(pc);
      return;
    }
    int n = 0;
    while (n < known.size() && n < found.size() && known.get(n).equals(found.get(n))) {
      n++;
    }
    if (n < known.size()) {
      blocks[pc] = known.subList(0, n);
      work.add(pc);
    }
  }
}
