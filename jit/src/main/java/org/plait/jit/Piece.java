package org.plait.jit;

import java.util.function.IntPredicate;
import org.plait.compiler.code.CodeUnit;
import org.plait.compiler.code.Effects;
import org.plait.compiler.code.Opcode;

/**
 * What one method is made of: the instructions in a window that are reached from an entry. Usually
 * all; of a long code object a loop, or a stretch that fits. Jumps beyond the window leave for the
 * interpreter, which enters the next piece.
 *
 * @param from the window's first instruction
 * @param to the one behind its last
 */
record Piece(int entry, int from, int to) {
  static Piece whole(CodeUnit u, int entry) {
    return new Piece(entry, 0, u.length());
  }

  /** The loop that begins at the entry, else the rest of the code; no handlers of exceptions. */
  static Piece loop(CodeUnit u, int entry) {
    int end = handlers(u, entry);
    for (int pc = end - 1; pc >= entry; pc--) {
      if (isBack(u, pc) && Effects.target(u, pc) == entry) {
        return new Piece(entry, entry, pc + 1);
      }
    }
    return new Piece(entry, entry, end);
  }

  /**
   * The first so many instructions, none of them of a loop that is not there to its end. It ends
   * where another piece begins, if there is one far enough: two chains of pieces become one.
   */
  Piece first(CodeUnit u, int count, IntPredicate begun) {
    int end = Math.min(to, entry + count);
    for (int pc = handlers(u, entry) - 1; pc >= end; pc--) {
      if (isBack(u, pc)) {
        int head = Effects.target(u, pc);
        if (head > entry && head < end) {
          end = head;
        }
      }
    }
    for (int pc = end; pc > entry + count / 2; pc--) {
      if (begun.test(pc)) {
        return new Piece(entry, entry, pc);
      }
    }
    return new Piece(entry, entry, end);
  }

  /** Handlers stand behind everything else: where they begin, or the end when the entry is one. */
  private static int handlers(CodeUnit u, int entry) {
    int first = u.length();
    for (int i = 0; i < u.exceptionTable.length; i += CodeUnit.EXCEPTION_WORDS) {
      first = Math.min(first, u.exceptionTable[i + 2]);
    }
    return entry < first ? first : u.length();
  }

  static boolean isBack(CodeUnit u, int pc) {
    return Opcode.of(u.code[pc * CodeUnit.WORDS]) == Opcode.JUMP_BACK;
  }

  int size() {
    return to - from;
  }
}
