package org.plait.host.wait;

/**
 * Something a thread waits for, taken apart so that whoever owns the thread does the blocking:
 *
 * <pre>
 *   wait.arm(wake);        // wake unparks this thread
 *   while (!wait.tryNow()) {
 *     ... block until woken, the deadline, or an interruption ...
 *   }
 *   wait.disarm();
 * </pre>
 *
 * A wake may come without reason and only means "try again". {@code wake} runs on a thread of this
 * module, at once if the thing has happened already; it must be short and must neither block nor
 * throw. One thread uses a wait at a time; the same wait may be armed again after it was disarmed.
 */
public interface Wait {
  /**
   * Looks, without blocking, whether it has happened. While armed and in vain, it makes sure that
   * another wake follows.
   *
   * @return whether there is nothing to wait for any more
   */
  boolean tryNow();

  /**
   * Asks for {@code wake} to be run, once or more, whenever {@link #tryNow} may have something to
   * say, until {@link #disarm}.
   */
  void arm(Runnable wake);

  /** Withdraws {@link #arm}; a wake that is under way may still come. */
  void disarm();

  /**
   * Blocks the calling thread by parking, for threads that no scheduler looks after.
   *
   * @param deadlineNanos on the clock of {@code System.nanoTime}; Long.MAX_VALUE for ever
   * @return whether it has happened; false after the deadline or an interrupt, which stays pending
   */
  default boolean await(long deadlineNanos) {
    return Parking.await(this, deadlineNanos);
  }
}
