package org.plait.runtime.interp;

import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.CodeUnit;
import org.plait.runtime.object.PyObject;

/** One instruction being linked: its decoded operands. */
final class Operands {
  final PyCode code;
  final int a;
  final int b;
  final int c;

  /** The number of the instruction behind it. */
  final int next;

  Operands(PyCode code, int pc) {
    this.code = code;
    int[] words = code.unit.code;
    int at = pc * CodeUnit.WORDS;
    a = words[at + 1];
    b = words[at + 2];
    c = words[at + 3];
    next = pc + 1;
  }

  /** The constant of a register-or-constant operand, null if it is a register. */
  @Nullable PyObject constantOrNull(int operand) {
    return operand >= 0 ? null : code.consts[~operand];
  }

  String name(int operand) {
    return code.unit.names[operand];
  }
}
