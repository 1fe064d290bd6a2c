package org.plait.runtime.interp;

import org.plait.compiler.code.CodeUnit;
import org.plait.compiler.code.Opcode;
import org.plait.compiler.code.Operand;

/**
 * Which temporaries of a frame will still be read. The interpreter leaves values behind in
 * registers until they are overwritten; before {@code gc.collect()} they are cleared where nobody
 * will look at them again, so that what Python code has let go is garbage.
 *
 * <p>Backward data flow over the instructions of one code unit; immutable once built.
 */
final class DeadRegisters {
  private final CodeUnit unit;
  private final int first;

  /** Words of a set of temporaries. */
  private final int words;

  /** Per instruction the temporaries that are read before they are written, from there on. */
  private final long[] live;

  private DeadRegisters(CodeUnit unit) {
    this.unit = unit;
    this.first = unit.firstTemp();
    this.words = Math.max(1, (unit.registerCount - first + 63) / 64);
    this.live = new long[unit.length() * words];
    solve();
  }

  /**
   * Clears the dead temporaries of all frames that a thread is running: the current one, or one
   * that waits in a stopped world. Only frames in the middle of a call, or of asking an iterator,
   * are touched: those have read their operands.
   */
  static void clear(ThreadState ts) {
    for (PyFrame f = ts.frame; f != null; f = f.back) {
      if (f.pc < 0 || f.pc >= f.code.unit.length()) {
        continue;
      }
      switch (Opcode.of(f.code.unit.code[f.pc * CodeUnit.WORDS])) {
        case CALL, CALL_METHOD, CALL_KW, CALL_METHOD_KW, FOR_ITER -> of(f.code).clear(f);
        default -> {}
      }
    }
  }

  private static DeadRegisters of(PyCode code) {
    DeadRegisters d = code.deadRegisters;
    if (d == null) {
      d = new DeadRegisters(code.unit);
      code.deadRegisters = d;
    }
    return d;
  }

  private void clear(PyFrame f) {
    // What the instruction will write holds an old value as yet, which only a handler may read.
    long[] after = new long[words];
    addLiveAt(f.pc + 1, after);
    new Effects(f.pc).removeWrites(after);
    addLiveElsewhere(f.pc, after);
    for (int r = first; r < unit.registerCount; r++) {
      int i = r - first;
      if ((after[i >> 6] & 1L << i) == 0) {
        f.r[r] = null;
      }
    }
  }

  // ---- the analysis

  private void solve() {
    long[] now = new long[words];
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int pc = unit.length() - 1; pc >= 0; pc--) {
        java.util.Arrays.fill(now, 0);
        addLiveAfter(pc, now);
        new Effects(pc).apply(now);
        addHandler(pc, now);
        for (int w = 0; w < words; w++) {
          if (live[pc * words + w] != now[w]) {
            live[pc * words + w] = now[w];
            changed = true;
          }
        }
      }
    }
  }

  private void addLiveAt(int pc, long[] set) {
    if (pc < unit.length()) {
      for (int w = 0; w < words; w++) {
        set[w] |= live[pc * words + w];
      }
    }
  }

  /** What is live behind an instruction, on whichever way it leaves. */
  private void addLiveAfter(int pc, long[] set) {
    int at = pc * CodeUnit.WORDS;
    Opcode op = Opcode.of(unit.code[at]);
    if (!op.endsBlock() || op == Opcode.CLEANUP_THROW) {
      addLiveAt(pc + 1, set);
    }
    addLiveElsewhere(pc, set);
  }

  /** What is live where a jump or an exception leads. */
  private void addLiveElsewhere(int pc, long[] set) {
    int at = pc * CodeUnit.WORDS;
    Opcode op = Opcode.of(unit.code[at]);
    Operand[] kinds = {op.a, op.b, op.c};
    for (int k = 0; k < kinds.length; k++) {
      if (kinds[k] == Operand.TARGET) {
        addLiveAt(unit.code[at + 1 + k], set);
      }
    }
    addHandler(pc, set);
  }

  private void addHandler(int pc, long[] set) {
    int entry = unit.handler(pc);
    if (entry < 0) {
      return;
    }
    int handler = unit.exceptionTable[entry + 2];
    int i = unit.exceptionTable[entry + 3] - first;
    for (int w = 0; w < words; w++) {
      long bits = live[handler * words + w];
      if (i >= 0 && i >> 6 == w) {
        bits &= ~(1L << i);
      }
      set[w] |= bits;
    }
  }

  /** What one instruction reads and writes. */
  private final class Effects {
    private final long[] reads = new long[words];
    private final long[] writes = new long[words];

    Effects(int pc) {
      int at = pc * CodeUnit.WORDS;
      Opcode op = Opcode.of(unit.code[at]);
      Operand[] kinds = {op.a, op.b, op.c};
      int count = 0;
      for (int k = 0; k < kinds.length; k++) {
        int v = unit.code[at + 1 + k];
        switch (kinds[k]) {
          case COUNT -> count = v;
          case SHAPE -> count = unit.callShapes[v].argCount;
          default -> {}
        }
      }
      for (int k = 0; k < kinds.length; k++) {
        operand(kinds[k], unit.code[at + 1 + k], count, unit.code[at + 3]);
      }
    }

    private void operand(Operand kind, int v, int count, int immediate) {
      switch (kind) {
        case DST -> mark(writes, v, 1);
        case SRC, CELL -> mark(reads, v, 1);
        case MOD -> {
          mark(reads, v, 1);
          mark(writes, v, 1);
        }
        case VAL -> {
          if (v >= 0) {
            mark(reads, v, 1);
          }
        }
        case CLOSURE -> {
          if (v >= 0) {
            for (int r : unit.closures[v]) {
              mark(reads, r, 1);
            }
          }
        }
        case RANGE -> mark(reads, v, count);
        case CALLEE -> mark(reads, v, 1 + count);
        case METHOD -> mark(reads, v, 2 + count);
        case PAIRS -> mark(reads, v, 2 * count);
        case READ2 -> mark(reads, v, 2);
        case READ3 -> mark(reads, v, 3);
        case WRITE2 -> mark(writes, v, 2);
        case WRITE_RANGE -> mark(writes, v, count);
        case WRITE_EX -> mark(writes, v, (immediate & 0xff) + 1 + (immediate >> 8));
        case NONE, CONST, NAME, TARGET, IMM, COUNT, SHAPE -> {}
      }
    }

    private void mark(long[] set, int register, int n) {
      for (int r = Math.max(register, first); r < register + n; r++) {
        int i = r - first;
        if (i >> 6 < words) {
          set[i >> 6] |= 1L << i;
        }
      }
    }

    void removeWrites(long[] set) {
      for (int w = 0; w < words; w++) {
        set[w] &= ~writes[w];
      }
    }

    void apply(long[] set) {
      for (int w = 0; w < words; w++) {
        set[w] = set[w] & ~writes[w] | reads[w];
      }
    }
  }
}
