package org.plait.jit;

import java.util.BitSet;
import org.plait.compiler.code.CodeUnit;
import org.plait.compiler.code.Effects;
import org.plait.compiler.code.Opcode;
import org.plait.runtime.interp.Feedback;

/**
 * Which stores into {@code self} are made while nobody else knows it. An {@code __init__} that is
 * called for an instance just made has the only reference to it, and keeps it until it uses {@code
 * self} for anything but storing its attributes: until then no other thread can find the instance,
 * and no other code of this one. Code without a frame has nobody looking at its variables, and what
 * it leaves for it never comes back to.
 */
final class Fresh {
  private static final int SELF = 0;

  private Fresh() {}

  /**
   * The instructions.
   *
   * @param feedback an instruction that has never been done leaves the code
   */
  static BitSet stores(CodeUnit u, Flow flow, Feedback feedback) {
    BitSet stores = new BitSet();
    if (u.argCount == 0) {
      return stores;
    }
    int end = u.length();
    for (int pc = 0; pc < end; pc++) {
      if (!flow.reached.get(pc) || pc > 0 && feedback.neverRan(pc)) {
        continue;
      }
      if (isStore(u, flow, pc)) {
        stores.set(pc);
      } else if (uses(u, pc)) {
        end = pc;
      }
    }
    // What jumps back from behind its first use has it used before.
    for (int pc = u.length() - 1; pc >= end; pc--) {
      int target = Effects.target(u, pc);
      if (target >= 0 && target < end) {
        end = target;
        pc = u.length();
      }
    }
    stores.clear(end, u.length() + 1);
    return stores;
  }

  private static boolean isStore(CodeUnit u, Flow flow, int pc) {
    int at = pc * CodeUnit.WORDS;
    return flow.op(pc) == Opcode.STORE_ATTR && u.code[at + 1] == SELF && u.code[at + 3] != SELF;
  }

  private static boolean uses(CodeUnit u, int pc) {
    boolean[] found = new boolean[1];
    Effects.reads(u, pc, r -> found[0] |= r == SELF);
    Effects.writes(u, pc, r -> found[0] |= r == SELF);
    return found[0];
  }
}
