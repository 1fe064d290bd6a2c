package org.plait.runtime.protocol;

import org.plait.sched.Clock;

/**
 * A stream that one thread can keep to itself, as the end of the program does with those of sys.
 */
public interface ExclusiveStream {
  /**
   * Keeps other threads out until {@link #letGo}.
   *
   * @param deadline of {@link Clock}
   * @return whether it was free in time
   */
  boolean hold(long deadline);

  /** Ends {@link #hold}. */
  void letGo();
}
