package org.plait.syntax.ast;

/** The comparison operators. Constants are named as the classes of Python's {@code ast} module. */
public enum CmpOp {
  Eq,
  NotEq,
  Lt,
  LtE,
  Gt,
  GtE,
  Is,
  IsNot,
  In,
  NotIn
}
