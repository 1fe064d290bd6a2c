package org.plait.modules.interpreters;

import org.plait.runtime.exceptions.Errors;

/**
 * What becomes of an item of a queue or channel when the interpreter that it came from ends; the
 * numbers are those of {@code concurrent.interpreters._crossinterp}.
 */
final class Unbound {
  static final int REMOVE = 1;
  static final int ERROR = 2;
  static final int REPLACE = 3;

  private Unbound() {}

  /** A number that Python gave, or the default for a negative one. */
  static int of(int op, int otherwise) {
    if (op < 0) {
      return otherwise;
    }
    if (op < REMOVE || op > REPLACE) {
      throw Errors.valueError("unsupported unboundop " + op);
    }
    return op;
  }
}
