package org.plait.sched;

/** Opens once and stays open. Opening happens-before every return of {@link Outcome#DONE}. */
public final class Latch implements Attempt {
  private volatile boolean open;
  private final WaitQueue waiters = new WaitQueue(this);

  /** A closed latch. */
  public Latch() {}

  /** Opens it and wakes all waiters. May be called by any thread, any number of times. */
  public void open() {
    open = true;
    waiters.wakeAll();
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
    return open ? Outcome.DONE : waiters.await(this, deadline);
  }

  @Override
  public String toString() {
    return open ? "open latch" : "latch";
  }
}
