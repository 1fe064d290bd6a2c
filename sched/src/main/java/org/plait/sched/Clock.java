package org.plait.sched;

import java.time.Instant;

/**
 * The only source of time. Deadlines are values of {@link #nanoTime()}; {@link #FOREVER} is none.
 * Under the deterministic scheduler time is virtual: it stands while threads run (but for a little
 * per reading, so that a loop that waits for a time ends) and jumps when all of them sleep.
 */
public final class Clock {
  /** The deadline that never comes. */
  public static final long FOREVER = Long.MAX_VALUE;

  private Clock() {}

  /**
   * Monotonic time, from an arbitrary origin; never negative.
   *
   * @return nanoseconds
   */
  public static long nanoTime() {
    PlaitThread t = PlaitThread.currentOrNull();
    return t == null ? Scheduler.hostNanos() : t.scheduler.nanoTime();
  }

  /**
   * Wall-clock time.
   *
   * @return nanoseconds since 1970-01-01T00:00Z
   */
  public static long epochNanos() {
    PlaitThread t = PlaitThread.currentOrNull();
    return t == null ? hostEpochNanos() : t.scheduler.epochNanos();
  }

  /**
   * The time so many nanoseconds from now.
   *
   * @param nanos from now; negative counts as 0
   * @return the deadline, {@link #FOREVER} if it is further away than the clock reaches
   */
  public static long deadline(long nanos) {
    long at = nanoTime() + Math.max(nanos, 0);
    return at < 0 ? FOREVER : at;
  }

  /**
   * What is left until a deadline.
   *
   * @param deadline a value of {@link #deadline}
   * @return nanoseconds, 0 if it has passed, {@link #FOREVER} for {@link #FOREVER}
   */
  public static long remaining(long deadline) {
    return deadline == FOREVER ? FOREVER : Math.max(deadline - nanoTime(), 0);
  }

  static long hostEpochNanos() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }
}
