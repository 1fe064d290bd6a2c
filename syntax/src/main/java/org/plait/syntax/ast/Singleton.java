package org.plait.syntax.ast;

/** The constants None and Ellipsis. */
public enum Singleton {
  /** None. */
  NONE,
  /** Ellipsis. */
  ELLIPSIS
}
