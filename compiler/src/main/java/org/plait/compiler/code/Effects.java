package org.plait.compiler.code;

import java.util.function.IntConsumer;

/** Which registers an instruction reads and writes. */
public final class Effects {
  private Effects() {}

  /** Calls back for every register that the instruction reads (cells included). */
  public static void reads(CodeUnit code, int pc, IntConsumer register) {
    int p = pc * CodeUnit.WORDS;
    Opcode op = Opcode.of(code.code[p]);
    int a = code.code[p + 1];
    int b = code.code[p + 2];
    int c = code.code[p + 3];
    if (op == Opcode.MAKE_FUNCTION) {
      if (c >= 0) {
        for (int r : code.closures[c]) {
          register.accept(r);
        }
      }
      return;
    }
    if (op == Opcode.MAKE_CELL) {
      if (b >= 0) {
        register.accept(b);
      }
      return;
    }
    int count = count(code, op, b, c);
    read(op.a, a, count, register);
    read(op.b, b, count, register);
    read(op.c, c, count, register);
  }

  private static int count(CodeUnit code, Opcode op, int b, int c) {
    if (op.b == Operand.COUNT) {
      return b;
    }
    if (op.c == Operand.COUNT) {
      return c;
    }
    return op.c == Operand.SHAPE ? code.callShapes[c].argCount : 0;
  }

  private static void read(Operand kind, int value, int count, IntConsumer register) {
    switch (kind) {
      case SRC, MOD, CELL -> register.accept(value);
      case VAL -> {
        if (value >= 0) {
          register.accept(value);
        }
      }
      case RANGE -> range(value, count, register);
      case CALLEE -> range(value, 1 + count, register);
      case METHOD -> range(value, 2 + count, register);
      case PAIRS -> range(value, 2 * count, register);
      case READ2 -> range(value, 2, register);
      case READ3 -> range(value, 3, register);
      default -> {}
    }
  }

  /** Calls back for every register that the instruction writes when it succeeds. */
  public static void writes(CodeUnit code, int pc, IntConsumer register) {
    int p = pc * CodeUnit.WORDS;
    Opcode op = Opcode.of(code.code[p]);
    int a = code.code[p + 1];
    int b = code.code[p + 2];
    int c = code.code[p + 3];
    int count = count(code, op, b, c);
    write(op.a, a, count, c, register);
    write(op.b, b, count, c, register);
  }

  private static void write(Operand kind, int value, int count, int c, IntConsumer register) {
    switch (kind) {
      case DST, MOD -> register.accept(value);
      case WRITE2 -> range(value, 2, register);
      case WRITE_RANGE -> range(value, count, register);
      case WRITE_EX -> range(value, (c & 0xFF) + 1 + (c >> 8), register);
      default -> {}
    }
  }

  private static void range(int first, int count, IntConsumer register) {
    for (int r = first; r < first + count; r++) {
      register.accept(r);
    }
  }

  /** The instruction a jump goes to, or -1. */
  public static int target(CodeUnit code, int pc) {
    int p = pc * CodeUnit.WORDS;
    Opcode op = Opcode.of(code.code[p]);
    return op.a == Operand.TARGET
        ? code.code[p + 1]
        : op.b == Operand.TARGET
            ? code.code[p + 2]
            : op.c == Operand.TARGET ? code.code[p + 3] : -1;
  }
}
