package org.plait.syntax.ast;

/**
 * The operators of a boolean operation. Constants are named as the classes of Python's {@code ast}
 * module.
 */
public enum BoolOp {
  And,
  Or
}
