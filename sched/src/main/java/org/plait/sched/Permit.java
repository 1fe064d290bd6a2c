package org.plait.sched;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The right to run Python on one core. A thread keeps going back to the permit it held last, so
 * that a blocking call which nobody competes with costs one exchange and one compare-and-set on a
 * cache line of its own, and no two threads that run side by side write to the same line.
 */
final class Permit extends PermitOwner {
  private static final VarHandle OWNER;

  static {
    try {
      OWNER = MethodHandles.lookup().findVarHandle(PermitOwner.class, "owner", PlaitThread.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  // Padding; the superclass has the other side.
  long q0;
  long q1;
  long q2;
  long q3;
  long q4;
  long q5;
  long q6;
  long q7;

  /** Takes it if it is idle. */
  boolean tryTake(PlaitThread t) {
    return owner == null && OWNER.compareAndSet(this, null, t);
  }

  /** Makes it idle; a full fence follows. */
  void free() {
    OWNER.setVolatile(this, (PlaitThread) null);
  }

  /** Passes it on without making it idle. */
  void passTo(PlaitThread t, long now) {
    since = now;
    owner = t;
  }

  /** Makes sure that nobody takes it any more; by its owner. */
  void retire(PlaitThread nobody) {
    owner = nobody;
  }

  @Nullable PlaitThread owner() {
    return owner;
  }
}

/** What is written, on a cache line of its own. */
abstract class PermitOwner extends PermitPadding {
  /** Who has it; null when it is idle. */
  volatile @Nullable PlaitThread owner;

  /**
   * When it last went to another thread through the run queue, {@link Scheduler#hostNanos()}.
   * Taking an idle permit leaves it alone: clocks are slow, and a thread that blocks often offers
   * its permit anyway.
   */
  volatile long since;

  /** Whether another permit was made in its place, so that it ends when its owner gives it up. */
  volatile boolean replaced;

  /** When its owner was asked to hand it over, or 0; only the ticker's thread. */
  long askedAt;

  /** How often the ticker has looked since then; only the ticker's thread. */
  int asked;
}

abstract class PermitPadding {
  long p0;
  long p1;
  long p2;
  long p3;
  long p4;
  long p5;
  long p6;
  long p7;
}
