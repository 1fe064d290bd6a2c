package org.plait.sched;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Where a running thread looks up: at loop back-edges and function entries. Everything that one
 * thread wants of another goes through here: handing over the permit, stopping the world, running
 * signal handlers, raising an asynchronous exception, noticing that tracing was turned on.
 *
 * <p><b>How.</b> Each thread has a word of requested bits. One counter for the process says how
 * many threads have a word that is not zero, and a poll reads only that counter. While somebody has
 * a request that it has not seen yet, everybody takes the slow path, which costs a few nanoseconds
 * and changes nothing for threads that were not asked.
 *
 * <p><b>Two ways to read it.</b> A plain read would be hoisted out of loops and never notice.
 * {@link #poll()} reads a volatile static field, 4 ns in the bytecode interpreter, where a {@code
 * VarHandle} or an {@code AtomicInteger} costs 130 to 200; {@link #pollCompiled()} reads the same
 * field opaquely, which doesn't keep the compiler from moving other reads across it. Compiled, both
 * are one load, and so is reading a field of the thread: 0.0 to 0.2 ns in a loop (x86, C2).
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

  /**
   * The first of the bits that mean what the runtime wants them to; they do not interrupt waits.
   */
  public static final int USER = 1 << 8;

  /** Internal: the thread has ended and counts no more. */
  static final int ENDED = 1 << 5;

  /** Internal: a thread that this one has woken waits for it to block, but not for long. */
  static final int WAKE_LATER = 1 << 6;

  /** Internal: somebody waits for a {@link BiasedLock} that it owns. To poll is the answer. */
  static final int LOCK_WANTED = 1 << 7;

  /** Every that many polls compiled code looks whether it is time for that; a power of two. */
  private static final int POLLS_PER_LOOK = 8;

  /** Whether there has been a deterministic scheduler; becomes true once. */
  private static boolean pointed;

  static final int INTERRUPTS = SIGNAL | ASYNC_EXCEPTION | JAVA_INTERRUPT;
  private static final int DELIVERED = INTERRUPTS | -USER & ~Integer.MIN_VALUE;

  /** How many threads have requests that they have not seen. */
  @SuppressWarnings("unused")
  private static volatile int armed;

  private static final VarHandle ARMED;

  static {
    try {
      ARMED = MethodHandles.lookup().findStaticVarHandle(SafePoint.class, "armed", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private SafePoint() {}

  /**
   * Sees to what was asked of this thread, if anything. May switch threads; may throw what {@link
   * SafePointActions#run} throws. Not to be called under an internal lock.
   */
  public static void poll() {
    if (armed != 0) {
      slowPoll();
    }
  }

  /** As {@link #poll()}, for loops that the optimizing compiler is going to see. */
  public static void pollCompiled() {
    if ((int) ARMED.getOpaque() != 0) {
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
    return armed != 0;
  }

  /**
   * Has {@link #isArmed()} be true from now on, for a caller that wants all threads to look for
   * something of its own. Every poll takes the slow path then.
   */
  public static void stayArmed() {
    arm();
  }

  /**
   * Whether {@link #poll()} would do something that compiled code has to be left for. What concerns
   * other threads only is no such thing: where threads wake each other all the time, some request
   * is pending nearly always. To let those go that this thread has woken is done here, at a poll
   * soon after its time: looking at a clock at each would cost more than the work between them.
   *
   * @return true if this thread has other requests
   */
  public static boolean isWanted() {
    return armed != 0 && slowIsWanted();
  }

  private static boolean slowIsWanted() {
    PlaitThread t = PlaitThread.currentOrNull();
    if (t == null) {
      return false;
    }
    int requests = t.requests();
    if ((requests & ~(WAKE_LATER | LOCK_WANTED)) != 0) {
      return true;
    }
    if ((requests & LOCK_WANTED) != 0) {
      MicroLock.checkNoneHeld(t);
      t.cancelRequest(LOCK_WANTED);
    }
    if ((requests & WAKE_LATER) == 0) {
      return false;
    }
    if ((++t.polls & POLLS_PER_LOOK - 1) == 0 && t.scheduler.isTimeToWake(t)) {
      MicroLock.checkNoneHeld(t);
      t.cancelRequest(WAKE_LATER);
      t.scheduler.wakeNow();
    }
    return false;
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
    if (requests == 0 || (requests == WAKE_LATER && !current.scheduler.isTimeToWake(current))) {
      return;
    }
    MicroLock.checkNoneHeld(current);
    requests = current.takeRequests();
    if ((requests & (HAND_OVER | EVERY_POLL)) != 0) {
      current.scheduler.handOver(current);
    }
    if ((requests & WAKE_LATER) != 0) {
      current.scheduler.wakeNow();
    }
    if ((requests & DELIVERED) != 0) {
      current.scheduler.actions().run(current, requests & DELIVERED);
    }
  }

  /** From now on there are threads of a deterministic scheduler; called before they are made. */
  static void declarePoints() {
    pointed = true;
  }

  /** A declared switch point of the deterministic scheduler; otherwise nothing. */
  static void point() {
    if (pointed) {
      PlaitThread t = PlaitThread.currentOrNull();
      if (t != null) {
        t.scheduler.point(t);
      }
    }
  }

  static void arm() {
    ARMED.getAndAdd(1);
  }

  static void disarm() {
    ARMED.getAndAdd(-1);
  }
}
