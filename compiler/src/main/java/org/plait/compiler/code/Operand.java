package org.plait.compiler.code;

/**
 * What an operand of an instruction means. "Count" is the instruction's {@link #COUNT} operand (or
 * the {@link CallShape#argCount} of its {@link #SHAPE}).
 */
public enum Operand {
  /** Not used; 0. */
  NONE,
  /** A register that is written. */
  DST,
  /** A register that is read. */
  SRC,
  /** A register that is read and then written. */
  MOD,
  /** A value: {@code v >= 0} is the register v, {@code v < 0} the constant {@code ~v}. */
  VAL,
  /**
   * A register that holds a cell. The instruction reads the register; it may write into the cell.
   */
  CELL,
  /** Index of a constant. */
  CONST,
  /** Index into {@code names}. */
  NAME,
  /** An instruction number. */
  TARGET,
  /** A plain number; its meaning is told at the opcode. */
  IMM,
  /** Number of registers in a range. */
  COUNT,
  /** Index into {@code callShapes}. */
  SHAPE,
  /** Index into {@code closures}, or -1. */
  CLOSURE,
  /** First of count registers that are read. */
  RANGE,
  /** First of 1 + count registers that are read: a callable and its arguments. */
  CALLEE,
  /** First of 2 + count registers that are read: what LOAD_METHOD left, then the arguments. */
  METHOD,
  /** First of 2 × count registers that are read: keys and values by turns. */
  PAIRS,
  /** First of 2 registers that are read. */
  READ2,
  /** First of 3 registers that are read. */
  READ3,
  /** First of 2 registers that are written. */
  WRITE2,
  /** First of count registers that are written. */
  WRITE_RANGE,
  /** First of {@code before + 1 + after} registers that are written (see UNPACK_EX). */
  WRITE_EX
}
