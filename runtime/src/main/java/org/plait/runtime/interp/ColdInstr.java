package org.plait.runtime.interp;

import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.Opcode;
import org.plait.runtime.object.PyObject;

/**
 * An instruction whose own work outweighs its dispatch: decoded here, done by {@link ColdOps} and
 * its neighbours, chosen by a switch. They neither jump nor leave the frame.
 */
final class ColdInstr extends Instr {
  final Opcode op;
  final PyCode code;
  final int a;
  final int b;
  final int c;
  private final int next;
  private final @Nullable PyObject constA;
  private final @Nullable PyObject constB;
  private final @Nullable PyObject constC;

  ColdInstr(Opcode op, Operands o) {
    this.op = op;
    code = o.code;
    a = o.a;
    b = o.b;
    c = o.c;
    next = o.next;
    constA = o.a < 0 ? constant(o, o.a) : null;
    constB = o.b < 0 ? constant(o, o.b) : null;
    constC = o.c < 0 ? constant(o, o.c) : null;
  }

  /** Operands that are no value may be negative too (no closure is -1). */
  private static @Nullable PyObject constant(Operands o, int operand) {
    return ~operand < o.code.consts.length ? o.code.consts[~operand] : null;
  }

  /** The operand a as a register or constant. */
  PyObject valueA(PyObject[] r) {
    return a >= 0 ? r[a] : constA;
  }

  PyObject valueB(PyObject[] r) {
    return b >= 0 ? r[b] : constB;
  }

  PyObject valueC(PyObject[] r) {
    return c >= 0 ? r[c] : constC;
  }

  String name(int operand) {
    return code.unit.names[operand];
  }

  @Override
  int exec(PyFrame f, PyObject[] r) {
    ColdOps.exec(this, f, r);
    return Tracer.looks() ? Tracer.checkFrame(f, next) : next;
  }
}
