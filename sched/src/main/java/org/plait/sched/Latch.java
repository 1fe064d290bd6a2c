package org.plait.sched;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** Opens once and stays open. Opening happens-before every return of {@link Outcome#DONE}. */
public final class Latch implements Attempt {
  private static final VarHandle WAITERS;

  static {
    try {
      WAITERS = MethodHandles.lookup().findVarHandle(Latch.class, "waiters", WaitQueue.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile boolean open;

  /** Made by the first that waits, before it looks at {@link #open} again. */
  private volatile @Nullable WaitQueue waiters;

  /** A closed latch. */
  public Latch() {}

  /** Opens it and wakes all waiters. May be called by any thread, any number of times. */
  public void open() {
    open = true;
    WaitQueue q = waiters;
    if (q != null) {
      q.wakeAll();
    }
  }

  /**
   * Whether it is open.
   *
   * @return true from {@link #open} on
   */
  public boolean isOpen() {
    return open;
  }

  @Override
  public boolean tryNow() {
    return open;
  }

  /**
   * Waits until it is open.
   *
   * @param deadline of {@link Clock}
   * @return how the wait ended
   */
  public Outcome await(long deadline) {
    return open ? Outcome.DONE : waiters().await(this, deadline);
  }

  private WaitQueue waiters() {
    WaitQueue q = waiters;
    if (q != null) {
      return q;
    }
    WaitQueue fresh = new WaitQueue(this);
    WaitQueue other = (WaitQueue) WAITERS.compareAndExchange(this, null, fresh);
    return other == null ? fresh : other;
  }

  @Override
  public String toString() {
    return open ? "open latch" : "latch";
  }
}
