package org.plait.syntax.ast;

/** The unary operators. Constants are named as the classes of Python's {@code ast} module. */
public enum UnaryOp {
  Invert,
  Not,
  UAdd,
  USub
}
