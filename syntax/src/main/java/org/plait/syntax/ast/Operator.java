package org.plait.syntax.ast;

/** The binary operators. Constants are named as the classes of Python's {@code ast} module. */
public enum Operator {
  Add,
  Sub,
  Mult,
  MatMult,
  Div,
  Mod,
  Pow,
  LShift,
  RShift,
  BitOr,
  BitXor,
  BitAnd,
  FloorDiv
}
