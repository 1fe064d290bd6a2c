package org.plait.runtime.interp;

import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.CodeUnit;
import org.plait.compiler.code.Opcode;

/**
 * The compiled code that a generator has for its native consumers, one element per consumer and
 * place where the generator may stand. Arrays of them are immutable; all else is guarded by the
 * monitor of the {@link CodeTier}.
 */
final class DrainedCode {
  static final DrainedCode[] NONE = {};

  /** A kind of {@link Drain}. */
  final int kind;

  /** The instruction at which the generator is resumed. */
  final int from;

  /** The instruction from which on it is compiled: the same, but for jumps between. */
  final int entry;

  int compilations;
  @Nullable CompiledCode compiled;

  DrainedCode(CodeUnit u, int kind, int from) {
    this.kind = kind;
    this.from = from;
    this.entry = target(u, from);
  }

  /** Entered at the loop's head, the loop has one entry. */
  private static int target(CodeUnit u, int from) {
    int pc = from;
    while (true) {
      int at = pc * CodeUnit.WORDS;
      switch (Opcode.of(u.code[at])) {
        case NOP -> pc++;
        case JUMP -> pc = u.code[at + 1];
        case JUMP_BACK -> {
          return u.code[at + 1];
        }
        default -> {
          return pc;
        }
      }
    }
  }

  static @Nullable CompiledCode find(DrainedCode[] all, int kind, int from) {
    for (DrainedCode d : all) {
      if (d.from == from && d.kind == kind) {
        return d.compiled;
      }
    }
    return null;
  }
}
