package org.plait.jit;

/** Says that a function can't be compiled without a frame, and why, for the log. */
final class NeedsFrame extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NeedsFrame(String why) {
    super(why, null, false, false);
  }
}
