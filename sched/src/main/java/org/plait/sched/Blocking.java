package org.plait.sched;

import org.jspecify.annotations.Nullable;

/**
 * The choke point: everything that blocks a Python thread passes through here or through a lock of
 * this package. Publish how to unblock me, look whether somebody wants me, release the permit,
 * block, withdraw, take the permit back. Only so is the checker sound, and only so do signals,
 * asynchronous exceptions and stop requests reach a thread wherever it is.
 *
 * <p>No handler runs in here. A caller that gets {@link Outcome#INTERRUPTED} polls, which runs the
 * handlers and may throw, and calls again with the same deadline. In Python's terms that is the
 * retry of PEP 475.
 */
public final class Blocking {
  private Blocking() {}

  /**
   * Runs an operation that may block, without a permit. On a Java thread that isn't attached it
   * just runs. An operation that keeps its carrier while it blocks (a foreign function) must not
   * run here on a virtual thread for long: have another thread run it and {@link #await} its end.
   *
   * @param how gets this thread out of it
   * @param op does it; must not come back in here
   * @param interrupted returned, without running it, if somebody wants this thread's attention
   * @return what the operation returned; after an early return because of {@code how}, that is
   *     whatever the operation returns then
   * @throws E if the operation throws it
   */
  public static <T extends @Nullable Object, E extends Exception> T call(
      Unblocker how, BlockingOp<T, E> op, T interrupted) throws E {
    PlaitThread t = PlaitThread.currentOrNull();
    if (t == null) {
      return op.run();
    }
    MicroLock.checkNoneHeld(t);
    if (how == Unblocker.NONE) {
      return callUninterruptibly(t, op);
    }
    t.publish(how);
    if (t.isInterruptRequested()) {
      t.withdraw(how);
      return interrupted;
    }
    t.waitingFor = how;
    t.scheduler.release(t);
    try {
      return op.run();
    } finally {
      t.withdraw(how);
      t.scheduler.acquire(t);
      t.waitingFor = null;
    }
  }

  private static <T extends @Nullable Object, E extends Exception> T callUninterruptibly(
      PlaitThread t, BlockingOp<T, E> op) throws E {
    t.waitingFor = op;
    t.scheduler.release(t);
    try {
      return op.run();
    } finally {
      t.scheduler.acquire(t);
      t.waitingFor = null;
    }
  }

  /**
   * Runs code of the Java program that called us or that we call: without a permit, so it may
   * block, and may come back in by {@link PlaitThread#inside}.
   *
   * @param op is not interrupted by what others want of this thread
   * @return what it returned
   * @throws E if it throws it
   */
  public static <T extends @Nullable Object, E extends Exception> T outside(BlockingOp<T, E> op)
      throws E {
    PlaitThread t = PlaitThread.currentOrNull();
    if (t == null || t.outside) {
      return op.run();
    }
    MicroLock.checkNoneHeld(t);
    t.outside = true;
    try {
      return callUninterruptibly(t, op);
    } finally {
      t.outside = false;
    }
  }

  /**
   * Waits until the thread is unparked. May return early without reason: look, park, look again.
   *
   * @param waitingFor what for; its {@code toString} appears in deadlock reports
   * @param deadline of {@link Clock}
   * @return {@link Outcome#DONE} if it was unparked, perhaps before it came here
   */
  public static Outcome park(Object waitingFor, long deadline) {
    return park(PlaitThread.current(), waitingFor, deadline, true);
  }

  /** As {@link #park(Object, long)}, and says whether requests for attention end the wait. */
  static Outcome park(PlaitThread t, Object waitingFor, long deadline, boolean interruptible) {
    MicroLock.checkNoneHeld(t);
    if (interruptible && t.isInterruptRequested()) {
      return Outcome.INTERRUPTED;
    }
    t.waitingFor = waitingFor;
    boolean unparked = t.scheduler.park(t, deadline);
    t.waitingFor = null;
    if (interruptible && t.isInterruptRequested()) {
      return Outcome.INTERRUPTED;
    }
    return unparked ? Outcome.DONE : Outcome.TIMED_OUT;
  }

  /**
   * Wakes a thread that is parked, or lets its next {@link #park} return at once. May be called on
   * any Java thread; a full fence between what was written before and the look at the thread's
   * state.
   *
   * @param t the thread
   */
  public static void unpark(PlaitThread t) {
    t.scheduler.unpark(t);
  }

  /**
   * Sleeps.
   *
   * @param deadline of {@link Clock}
   * @return {@link Outcome#TIMED_OUT} when it has slept, or {@link Outcome#INTERRUPTED}
   */
  public static Outcome sleep(long deadline) {
    PlaitThread t = PlaitThread.current();
    SafePoint.point();
    while (true) {
      Outcome outcome = park(t, Sleep.SLEEP, deadline, true);
      if (outcome != Outcome.DONE) {
        return outcome;
      }
      if (t.scheduler.nanoTime() >= deadline) {
        return Outcome.TIMED_OUT;
      }
    }
  }

  /** Lets other threads run that wait for a permit, if there are any: {@code time.sleep(0)}. */
  public static void yieldNow() {
    PlaitThread t = PlaitThread.current();
    MicroLock.checkNoneHeld(t);
    t.scheduler.handOver(t);
  }

  /**
   * Waits for something of the host's.
   *
   * @param what is tried first, and again each time that it reports
   * @param deadline of {@link Clock}
   * @return {@link Outcome#DONE} when an attempt has worked
   */
  public static Outcome await(Readiness what, long deadline) {
    if (what.tryNow()) {
      return Outcome.DONE;
    }
    PlaitThread t = PlaitThread.current();
    what.arm(new Wake(t));
    t.wokenFromOutside = true;
    try {
      while (true) {
        if (what.tryNow()) {
          return Outcome.DONE;
        }
        Outcome outcome = park(t, what, deadline, true);
        if (outcome != Outcome.DONE) {
          return what.tryNow() ? Outcome.DONE : outcome;
        }
      }
    } finally {
      t.wokenFromOutside = false;
      what.disarm();
    }
  }

  private record Wake(PlaitThread thread) implements Runnable {
    @Override
    public void run() {
      unpark(thread);
    }
  }

  private enum Sleep {
    SLEEP
  }
}
