package org.plait.syntax.ast;

/**
 * How a name, attribute, subscript or display is used. Constants are named as the classes of
 * Python's {@code ast} module.
 */
public enum ExprContext {
  Load,
  Store,
  Del
}
