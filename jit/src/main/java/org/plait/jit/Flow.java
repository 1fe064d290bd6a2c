package org.plait.jit;

import java.util.ArrayDeque;
import java.util.BitSet;
import org.plait.compiler.code.CodeUnit;
import org.plait.compiler.code.Effects;
import org.plait.compiler.code.Opcode;
import org.plait.runtime.interp.Feedback;

/**
 * What is reached from an entry, where blocks begin, and which registers are still read there. Of a
 * code object too long for one method only a window is looked at; what is jumped to beyond it is
 * left to other pieces.
 */
final class Flow {
  final CodeUnit u;
  final BitSet reached = new BitSet();
  final BitSet starts = new BitSet();
  private final int from;
  private final int to;

  /** Targets of jumps backwards. */
  final BitSet heads = new BitSet();

  /** Where loops begin that have never been run: compiled code ends there. */
  final BitSet cold = new BitSet();

  private final BitSet[] liveIn;

  /** Whether a consumer takes what is yielded, so that the generator runs on. */
  private final boolean drained;

  /** Whether exceptions leave the code, so that no handler is ever reached in it. */
  private final boolean frameless;

  Flow(CodeUnit u, Piece piece, Feedback feedback, boolean drained, boolean frameless) {
    this.u = u;
    this.from = piece.from();
    this.to = piece.to();
    this.drained = drained;
    this.frameless = frameless;
    if (!frameless) {
      findColdLoops(feedback);
    }
    reach(piece.entry());
    liveIn = new BitSet[u.length() + 1];
    solve();
  }

  Opcode op(int pc) {
    return Opcode.of(u.code[pc * CodeUnit.WORDS]);
  }

  /** The handler of exceptions at an instruction, or -1. */
  int handler(int pc) {
    int e = u.handler(pc);
    return e < 0 ? -1 : u.exceptionTable[e + 2];
  }

  /** The register that gets the exception. */
  int caughtIn(int pc) {
    return u.exceptionTable[u.handler(pc) + 3];
  }

  /** Whether an instruction is left to other pieces. */
  boolean outside(int pc) {
    return pc < from || pc >= to;
  }

  /** Whether compiled code ends here, the next instruction being reached by other ways alone. */
  boolean ends(int pc) {
    Opcode op = op(pc);
    return cold.get(pc)
        || op.endsBlock()
        || op == Opcode.YIELD_VALUE && !drained
        || op == Opcode.YIELD_DELEGATE
        || op == Opcode.RETURN_GENERATOR && !frameless;
  }

  /**
   * Without notes a loop would be compiled for values of all kinds, and stay so: what is compiled
   * is all that is reached from the first loop that gets hot, but the next ones have not run yet.
   */
  private void findColdLoops(Feedback feedback) {
    BitSet known = new BitSet();
    for (int pc = u.length() - 1; pc >= 0; pc--) {
      if (Piece.isBack(u, pc) && !known.get(Effects.target(u, pc))) {
        int head = Effects.target(u, pc);
        known.set(head);
        int first = feedback.neverRan(head, pc + 1) ? head : body(head, pc);
        if (feedback.neverRan(first, pc + 1) && feedback.mayGuess(first)) {
          cold.set(first);
        }
      }
    }
  }

  /** The first instruction of a loop behind that by which it ends. */
  private int body(int head, int last) {
    int pc = head;
    while (pc <= last && Effects.target(u, pc) <= last) {
      pc++;
    }
    return pc + 1;
  }

  private void reach(int entry) {
    ArrayDeque<Integer> todo = new ArrayDeque<>();
    starts.set(entry);
    todo.add(entry);
    while (!todo.isEmpty()) {
      int pc = todo.pop();
      while (!outside(pc) && !reached.get(pc)) {
        reached.set(pc);
        if (cold.get(pc)) {
          break;
        }
        int target = Effects.target(u, pc);
        if (target >= 0) {
          start(todo, pc, target);
          starts.set(pc + 1);
        }
        int handler = handler(pc);
        if (handler >= 0 && !frameless) {
          start(todo, pc, handler);
        }
        if (ends(pc)) {
          break;
        }
        pc++;
      }
    }
    starts.and(reached);
  }

  private void start(ArrayDeque<Integer> todo, int pc, int target) {
    if (outside(target)) {
      return;
    }
    starts.set(target);
    if (target <= pc) {
      heads.set(target);
    }
    todo.push(target);
  }

  private void solve() {
    for (int i = 0; i < liveIn.length; i++) {
      liveIn[i] = new BitSet();
    }
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int pc = u.length() - 1; pc >= 0; pc--) {
        BitSet in = new BitSet();
        int target = Effects.target(u, pc);
        if (target >= 0) {
          in.or(liveIn[target]);
        }
        if (!op(pc).endsBlock()) {
          in.or(liveIn[pc + 1]);
        }
        Effects.writes(u, pc, in::clear);
        int handler = handler(pc);
        if (handler >= 0) {
          BitSet caught = (BitSet) liveIn[handler].clone();
          caught.clear(caughtIn(pc));
          in.or(caught);
        }
        // FOR_ITER leaves its destination as it was at the end.
        if (op(pc) == Opcode.FOR_ITER && liveIn[target].get(u.code[pc * CodeUnit.WORDS + 1])) {
          in.set(u.code[pc * CodeUnit.WORDS + 1]);
        }
        Effects.reads(u, pc, in::set);
        if (!in.equals(liveIn[pc])) {
          liveIn[pc] = in;
          changed = true;
        }
      }
    }
  }

  /** Whether the code itself reads the register from an instruction on, before it writes it. */
  boolean read(int pc, int register) {
    return liveIn[pc].get(register);
  }

  /** Whether the register's value matters before an instruction; that of a variable always does. */
  boolean live(int pc, int register) {
    return register < u.firstTemp() || liveIn[pc].get(register);
  }
}
