package org.plait.sched;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where a running thread looks up: at loop back-edges and function entries. Everything that one
 * thread wants of another goes through here: handing over the permit, stopping the world, running
 * signal handlers, raising an asynchronous exception, noticing that tracing was turned on.
 *
 * <p><b>How.</b> Each thread has a word of requested bits. One counter for the process says how many
 * threads have a word that is not zero; {@link #poll()} reads only that counter, opaquely: a plain
 * read is hoisted out of loops and never noticed, a volatile one keeps the compiler from moving
 * other reads across it. While somebody has a request that it has not seen yet, everybody takes the
 * slow path, which costs a few nanoseconds and changes nothing for threads that were not asked.
 *
 * <p>An {@link AtomicInteger} rather than a {@code VarHandle}: it reads through the same intrinsic
 * and costs much less until the code is compiled.
 */
public final class SafePoint {
  /** Internal: give the permit to somebody else. */
  static final int HAND_OVER = 1;

  /** Internal: the deterministic scheduler wants every poll; never cleared. */
  static final int EVERY_POLL = 1 << 1;

  /** Run the handlers of signals that have arrived. Interrupts waits. */
  public static final int SIGNAL = 1 << 2;

  /** Raise the exception that another thread has left. Interrupts waits. */
  public static final int ASYNC_EXCEPTION = 1 << 3;

  /** Java code has interrupted this thread with {@link Thread#interrupt}. Interrupts waits. */
  public static final int JAVA_INTERRUPT = 1 << 4;

  /** The first of the bits that mean what the runtime wants them to; they do not interrupt waits. */
  public static final int USER = 1 << 8;

  /** Internal: the thread has ended and counts no more. */
  static final int ENDED = 1 << 5;

  static final int INTERRUPTS = SIGNAL | ASYNC_EXCEPTION | JAVA_INTERRUPT;
  private static final int DELIVERED = INTERRUPTS | -USER & ~Integer.MIN_VALUE;

  /** How many threads have requests that they have not seen. */
  private static final AtomicInteger ARMED = new AtomicInteger();

  private SafePoint() {}

  /**
   * Sees to what was asked of this thread, if anything. May switch threads; may throw what {@link
   * SafePointActions#run} throws. Not to be called under an internal lock.
   */
  public static void poll() {
    if (ARMED.getOpaque() != 0) {
      slowPoll();
    }
  }

  /**
   * Whether {@link #poll()} would take the slow path; for code that has to put its state in order
   * first.
   *
   * @return true if some thread, not necessarily this one, has a request pending
   */
  public static boolean isArmed() {
    return ARMED.getOpaque() != 0;
  }

  private static void slowPoll() {
    PlaitThread t = PlaitThread.currentOrNull();
    if (t != null) {
      poll(t);
    }
  }

  /**
   * As {@link #poll()}, for a caller that has the thread at hand.
   *
   * @param current the current thread
   */
  public static void poll(PlaitThread current) {
    int requests = current.requests();
    if (requests == 0) {
      return;
    }
    SpinLock.checkNoneHeld(current);
    requests = current.takeRequests();
    if ((requests & (HAND_OVER | EVERY_POLL)) != 0) {
      current.scheduler.handOver(current);
    }
    if ((requests & DELIVERED) != 0) {
      current.scheduler.actions().run(current, requests & DELIVERED);
    }
  }

  /** A declared switch point of the deterministic scheduler; otherwise nothing. */
  static void point() {
    if (ARMED.getOpaque() != 0) {
      PlaitThread t = PlaitThread.currentOrNull();
      if (t != null) {
        t.scheduler.point(t);
      }
    }
  }

  static void arm() {
    ARMED.getAndIncrement();
  }

  static void disarm() {
    ARMED.getAndDecrement();
  }
}
