package org.plait.modules.decimal;

/**
 * What an operation signals: a set of conditions, with libmpdec's numbers. Made for one operation
 * and known to its thread alone.
 */
final class Status {
  static final int CLAMPED = 0x1;
  static final int CONVERSION_SYNTAX = 0x2;
  static final int DIVISION_BY_ZERO = 0x4;
  static final int DIVISION_IMPOSSIBLE = 0x8;
  static final int DIVISION_UNDEFINED = 0x10;
  static final int FPU_ERROR = 0x20;
  static final int INEXACT = 0x40;
  static final int INVALID_CONTEXT = 0x80;
  static final int INVALID_OPERATION = 0x100;
  static final int MALLOC_ERROR = 0x200;
  static final int FLOAT_OPERATION = 0x400;
  static final int OVERFLOW = 0x800;
  static final int ROUNDED = 0x1000;
  static final int SUBNORMAL = 0x2000;
  static final int UNDERFLOW = 0x4000;

  /** All conditions that the signal InvalidOperation stands for. */
  static final int IEEE_INVALID_OPERATION =
      CONVERSION_SYNTAX
          | DIVISION_IMPOSSIBLE
          | DIVISION_UNDEFINED
          | FPU_ERROR
          | INVALID_CONTEXT
          | INVALID_OPERATION
          | MALLOC_ERROR;

  static final int ERRORS = IEEE_INVALID_OPERATION | DIVISION_BY_ZERO;

  int bits;

  void add(int conditions) {
    bits |= conditions;
  }

  boolean has(int conditions) {
    return (bits & conditions) != 0;
  }
}
