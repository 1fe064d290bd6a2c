package org.plait.compiler;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.plait.compiler.code.CodeUnit;
import org.plait.compiler.code.Disassembler;
import org.plait.compiler.code.Effects;
import org.plait.compiler.code.Opcode;
import org.plait.compiler.code.Operand;

/**
 * Checks that code is well formed: operands in range, control never runs off the end, every
 * temporary written before it is read on every path, locals read only where they are bound or
 * checked.
 */
final class CodeVerifier {
  private final CodeUnit code;
  private final List<String> problems = new ArrayList<>();

  private CodeVerifier(CodeUnit code) {
    this.code = code;
  }

  /** The problems of a code object and all within it. */
  static List<String> verify(CodeUnit code) {
    CodeVerifier v = new CodeVerifier(code);
    v.operands();
    if (v.problems.isEmpty()) {
      v.flow();
    }
    List<String> all = v.problems;
    for (Object c : code.consts) {
      if (c instanceof CodeUnit inner) {
        all.addAll(verify(inner));
      }
    }
    return all;
  }

  private void problem(int pc, String what) {
    problems.add(code + " @" + pc + " " + Disassembler.instruction(code, pc) + ": " + what);
  }

  private void operands() {
    int n = code.length();
    if (n == 0 || !Opcode.of(code.code[(n - 1) * CodeUnit.WORDS]).endsBlock()) {
      problems.add(code + ": runs off its end");
    }
    for (int pc = 0; pc < n; pc++) {
      int p = pc * CodeUnit.WORDS;
      Opcode op = Opcode.of(code.code[p]);
      operand(pc, op.a, code.code[p + 1]);
      operand(pc, op.b, code.code[p + 2]);
      operand(pc, op.c, code.code[p + 3]);
      int at = pc;
      Effects.reads(code, pc, r -> register(at, r));
      Effects.writes(code, pc, r -> register(at, r));
    }
    for (int i = 0; i < code.exceptionTable.length; i += CodeUnit.EXCEPTION_WORDS) {
      int[] t = code.exceptionTable;
      if (t[i] >= t[i + 1] || t[i + 1] > n || t[i + 2] >= n || t[i + 2] < 0) {
        problems.add(code + ": bad exception table entry");
      }
    }
  }

  private void register(int pc, int r) {
    if (r < 0 || r >= code.registerCount) {
      problem(pc, "register " + r);
    }
  }

  private void operand(int pc, Operand kind, int v) {
    boolean ok =
        switch (kind) {
          case CONST -> v >= 0 && v < code.consts.length;
          case VAL -> v >= 0 || ~v < code.consts.length;
          case NAME -> v >= 0 && v < code.names.length;
          case TARGET -> v >= 0 && v < code.length();
          case SHAPE -> v >= 0 && v < code.callShapes.length;
          case CLOSURE -> v >= -1 && v < code.closures.length;
          case CELL -> v >= code.firstCell() && v < code.firstTemp();
          case COUNT -> v >= 0;
          default -> true;
        };
    if (!ok) {
      problem(pc, kind + " " + v);
    }
  }

  private void flow() {
    int n = code.length();
    BitSet[] in = new BitSet[n];
    in[0] = new BitSet();
    in[0].set(0, code.parameterCount());
    if (code.parameterCount() == 0 && code.localCount() > 0 && code.varNames[0].equals(".0")) {
      in[0].set(0);
    }
    boolean[] dirty = new boolean[n];
    dirty[0] = true;
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int pc = 0; pc < n; pc++) {
        if (!dirty[pc]) {
          continue;
        }
        dirty[pc] = false;
        changed = true;
        BitSet state = (BitSet) in[pc].clone();
        Opcode op = Opcode.of(code.code[pc * CodeUnit.WORDS]);
        int h = code.handler(pc);
        if (h >= 0) {
          BitSet caught = (BitSet) state.clone();
          caught.set(code.exceptionTable[h + 3]);
          merge(in, dirty, code.exceptionTable[h + 2], caught);
        }
        step(op, pc, state);
        int target = Effects.target(code, pc);
        if (target >= 0) {
          BitSet jumped = op == Opcode.FOR_ITER ? in[pc] : state;
          merge(in, dirty, target, jumped);
        }
        if (!op.endsBlock()) {
          merge(in, dirty, pc + 1, state);
        }
      }
    }
    for (int pc = 0; pc < n; pc++) {
      if (in[pc] == null) {
        continue; // the handler of something that can't raise
      }
      check(pc, in[pc]);
    }
  }

  private void step(Opcode op, int pc, BitSet state) {
    int p = pc * CodeUnit.WORDS;
    switch (op) {
      case CHECK_LOCAL -> state.set(code.code[p + 1]);
      case DELETE_LOCAL -> state.clear(code.code[p + 1]);
      case CLEAR -> state.set(code.code[p + 1]);
      case SAVE_LOCAL -> {
        state.set(code.code[p + 1]);
        if (code.code[p + 2] < code.localCount()) {
          state.clear(code.code[p + 2]);
        }
      }
      case RESTORE_LOCAL -> {
        if (code.code[p + 1] < code.localCount()) {
          state.clear(code.code[p + 1]);
        } else {
          state.set(code.code[p + 1]);
        }
      }
      default -> Effects.writes(code, pc, state::set);
    }
  }

  private static void merge(BitSet[] in, boolean[] dirty, int pc, BitSet state) {
    if (in[pc] == null) {
      in[pc] = (BitSet) state.clone();
      dirty[pc] = true;
      return;
    }
    int before = in[pc].cardinality();
    in[pc].and(state);
    if (in[pc].cardinality() != before) {
      dirty[pc] = true;
    }
  }

  private void check(int pc, BitSet state) {
    Opcode op = Opcode.of(code.code[pc * CodeUnit.WORDS]);
    switch (op) {
      case CHECK_LOCAL, DELETE_LOCAL, SAVE_LOCAL, RESTORE_LOCAL, MAKE_CELL -> {}
      default ->
          Effects.reads(
              code,
              pc,
              r -> {
                if (!state.get(r)) {
                  problem(pc, "register " + r + " may be unset");
                }
              });
    }
  }
}
