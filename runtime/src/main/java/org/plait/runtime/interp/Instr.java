package org.plait.runtime.interp;

import org.plait.runtime.object.PyObject;

/**
 * A linked instruction: operands decoded, constants fetched, caches beside them. Shared by all
 * threads that run the code; caches are immutable objects in plain fields, so a race costs at most
 * a lookup.
 */
abstract class Instr {
  /** The frame has returned; its result is in {@link PyFrame#result}. */
  static final int RETURN = -1;

  /** The generator's frame is suspended; what it yields is in {@link PyFrame#result}. */
  static final int YIELD = -2;

  /** Tracing was turned on for this frame; go on at {@link PyFrame#resumeAt}. */
  static final int RETRACE = -3;

  /**
   * Does it.
   *
   * @return number of the next instruction, or one of the constants above
   */
  abstract int exec(PyFrame f, PyObject[] r);

  /** Drops caches that keep objects alive; they will be made again. */
  void forget() {}
}
