package org.plait.runtime.text.sre;

import org.jspecify.annotations.Nullable;

/**
 * One instruction of a decoded pattern. {@link #step} does it at the matcher's position and gives
 * the instruction to go on with, or null when it fails here; then the matcher pops the topmost
 * frame off its stack and calls {@link #retry} of the node that pushed it.
 *
 * <p>Whatever a node changes in the matcher besides the position is covered by a frame whose retry
 * restores it: so failing back to a frame always finds the state in which it was pushed.
 */
abstract class Node {
  /** The instruction behind this one; set while the pattern is decoded. */
  Node next = End.INSTANCE;

  /** Index in the pattern's table, for frames; -1 for nodes that push none. */
  int id = -1;

  private boolean firstKnown;
  private @Nullable CharClass first;

  abstract @Nullable Node step(SreMatcher m);

  /** Goes on after a failure; the node's frame is on the stack but for its id. */
  @Nullable Node retry(SreMatcher m) {
    throw new IllegalStateException("node without frames");
  }

  /** The number of ints of a frame, the id included. */
  int frameSize() {
    return 1;
  }

  /**
   * The characters with which a match from here on can begin; null when it may be empty or that is
   * not known.
   */
  final @Nullable CharClass first() {
    if (!firstKnown) {
      firstKnown = true; // A loop that comes back here finds null.
      first = computeFirst();
    }
    return first;
  }

  @Nullable CharClass computeFirst() {
    return null;
  }

  /** The placeholder behind the last instruction. */
  private static final class End extends Node {
    static final End INSTANCE = new End();

    @Override
    @Nullable Node step(SreMatcher m) {
      throw new IllegalStateException("pattern without end");
    }
  }
}
