package org.plait.sched;

/**
 * Something of the host's that becomes ready by itself: a socket, a pipe, a child process. {@link
 * Blocking#await} waits for it without occupying a carrier.
 */
public interface Readiness {
  /**
   * Tries the operation without blocking; keeps its result if it worked.
   *
   * @return true if it is done
   */
  boolean tryNow();

  /**
   * Arranges that {@code wake} runs, on any thread, once or more, when another attempt may succeed.
   * If that is so already, it may run at once.
   *
   * @param wake does not block and does not throw
   */
  void arm(Runnable wake);

  /** Undoes {@link #arm}; a late call of {@code wake} is harmless. */
  void disarm();
}
