package org.plait.compiler.code;

import java.util.BitSet;

/**
 * Which registers still matter at a point of a code object. A frame that stands in the middle of an
 * instruction (a call, a yield) may drop what is in the temporaries that are not live: nobody will
 * read them. So objects don't stay reachable through registers that are done with, as they would
 * not on CPython's stack. Computed on demand; immutable afterwards.
 */
public final class Liveness {
  private final BitSet[] after;

  private Liveness(BitSet[] after) {
    this.after = after;
  }

  /** Analyses a code object; time is about linear in its length. */
  public static Liveness of(CodeUnit code) {
    int n = code.length();
    BitSet[] before = new BitSet[n];
    BitSet[] after = new BitSet[n];
    for (int i = 0; i < n; i++) {
      before[i] = new BitSet(code.registerCount);
      after[i] = new BitSet(code.registerCount);
    }
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int i = n - 1; i >= 0; i--) {
        Opcode op = Opcode.of(code.code[i * CodeUnit.WORDS]);
        BitSet out = after[i];
        if (!op.endsBlock() && i + 1 < n) {
          out.or(before[i + 1]);
        }
        int target = Effects.target(code, i);
        if (target >= 0) {
          out.or(before[target]);
        }
        int handler = code.handler(i);
        BitSet caught = new BitSet();
        if (handler >= 0) {
          caught.or(before[code.exceptionTable[handler + 2]]);
          caught.clear(code.exceptionTable[handler + 3]);
        }
        BitSet in = (BitSet) out.clone();
        Effects.writes(code, i, in::clear);
        in.or(caught);
        Effects.reads(code, i, in::set);
        out.or(caught);
        if (!in.equals(before[i])) {
          before[i] = in;
          changed = true;
        }
      }
    }
    return new Liveness(after);
  }

  /** Whether anything may read the register's present value once the instruction is under way. */
  public boolean isLive(int pc, int register) {
    return after[pc].get(register);
  }
}
