package org.plait.compiler.code;

import java.util.Locale;

/** Instructions as text, one a line, for tests and debugging. */
public final class Disassembler {
  private Disassembler() {}

  /** The code and all code among its constants. */
  public static String all(CodeUnit code) {
    StringBuilder out = new StringBuilder();
    append(code, out);
    return out.toString();
  }

  private static void append(CodeUnit code, StringBuilder out) {
    out.append(code.qualname).append(":\n").append(one(code));
    for (Object c : code.consts) {
      if (c instanceof CodeUnit inner) {
        append(inner, out.append('\n'));
      }
    }
  }

  /** The instructions of one code object, with lines, and its exception table. */
  public static String one(CodeUnit code) {
    StringBuilder out = new StringBuilder();
    int line = -2;
    for (int pc = 0; pc < code.length(); pc++) {
      int now = code.line(pc);
      String mark = now == line ? "" : now < 0 ? "--" : Integer.toString(now);
      line = now;
      out.append(String.format(Locale.ROOT, "%4s %4d  %s%n", mark, pc, instruction(code, pc)));
    }
    int[] t = code.exceptionTable;
    for (int i = 0; i < t.length; i += CodeUnit.EXCEPTION_WORDS) {
      out.append(
          String.format(
              Locale.ROOT,
              "  except %d..%d -> %d (%s)%n",
              t[i],
              t[i + 1],
              t[i + 2],
              register(code, t[i + 3])));
    }
    return out.toString();
  }

  /** One instruction. */
  public static String instruction(CodeUnit code, int pc) {
    int p = pc * CodeUnit.WORDS;
    Opcode op = Opcode.of(code.code[p]);
    StringBuilder out = new StringBuilder(op.name());
    operand(code, op, op.a, code.code[p + 1], out);
    operand(code, op, op.b, code.code[p + 2], out);
    operand(code, op, op.c, code.code[p + 3], out);
    return out.toString();
  }

  private static void operand(
      CodeUnit code, Opcode op, Operand kind, int value, StringBuilder out) {
    if (kind == Operand.NONE) {
      return;
    }
    out.append(' ');
    switch (kind) {
      case CONST -> constant(code, value, out);
      case VAL -> {
        if (value < 0) {
          constant(code, ~value, out);
        } else {
          out.append(register(code, value));
        }
      }
      case NAME -> out.append(code.names[value]);
      case TARGET -> out.append("->").append(value);
      case IMM -> {
        if (op == Opcode.MAKE_CELL && value >= 0) {
          out.append(register(code, value));
        } else {
          out.append(value);
        }
      }
      case COUNT -> out.append('#').append(value);
      case SHAPE -> {
        CallShape s = code.callShapes[value];
        out.append('#').append(s.argCount).append(':').append(String.join(",", s.keywords));
      }
      case CLOSURE -> {
        out.append('[');
        if (value >= 0) {
          for (int i = 0; i < code.closures[value].length; i++) {
            out.append(i > 0 ? " " : "").append(register(code, code.closures[value][i]));
          }
        }
        out.append(']');
      }
      default -> out.append(register(code, value));
    }
  }

  private static void constant(CodeUnit code, int index, StringBuilder out) {
    Object c = code.consts[index];
    out.append('(');
    if (c instanceof CodeUnit u) {
      out.append("code ").append(u.qualname);
    } else {
      out.append(c);
    }
    out.append(')');
  }

  private static String register(CodeUnit code, int r) {
    if (r < code.varNames.length) {
      return code.varNames[r];
    }
    if (r < code.firstTemp()) {
      return "@" + code.cellName(r);
    }
    return "t" + (r - code.firstTemp());
  }
}
