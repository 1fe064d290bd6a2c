package org.plait.sched;

/** How a wait ended. */
public enum Outcome {
  /** What was waited for has happened. */
  DONE,
  /** The deadline passed first. */
  TIMED_OUT,
  /**
   * Somebody wants this thread's attention (a signal for the main thread, an asynchronous
   * exception). Nothing has been acquired. Call {@link SafePoint#poll()}, which runs the handlers
   * and may throw, then wait again with the same deadline.
   */
  INTERRUPTED
}
