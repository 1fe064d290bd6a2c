package org.plait.sched;

import org.jspecify.annotations.Nullable;

/** A lock that its holder may take again: {@code _thread.RLock}. Only the holder may release it. */
public final class RecursiveMutex {
  private final Mutex mutex = new Mutex();

  /** Written by the holder; another thread may read it, and never finds itself there by mistake. */
  private volatile @Nullable PlaitThread owner;

  /** How often the holder has taken it; only the holder touches it. */
  private long count;

  /** A free lock. */
  public RecursiveMutex() {}

  /**
   * Takes the lock if it is free or this thread's.
   *
   * @return whether it was
   */
  public boolean tryAcquire() {
    PlaitThread t = PlaitThread.current();
    if (owner == t) {
      count++;
      return true;
    }
    if (!mutex.tryAcquire()) {
      return false;
    }
    own(t, 1);
    return true;
  }

  /**
   * Takes the lock, waiting for it if need be.
   *
   * @param deadline of {@link Clock}
   * @return {@link Outcome#DONE} if and only if the lock has been taken
   */
  public Outcome acquire(long deadline) {
    PlaitThread t = PlaitThread.current();
    if (owner == t) {
      count++;
      return Outcome.DONE;
    }
    Outcome outcome = mutex.acquire(deadline);
    if (outcome == Outcome.DONE) {
      own(t, 1);
    }
    return outcome;
  }

  /**
   * Undoes one acquisition.
   *
   * @throws IllegalMonitorStateException if the current thread doesn't hold the lock
   */
  public void release() {
    requireOwner();
    if (--count == 0) {
      owner = null;
      mutex.release();
    }
  }

  /**
   * Undoes all acquisitions, for waiting on a condition.
   *
   * @return how many there were, for {@link #restore}
   * @throws IllegalMonitorStateException if the current thread doesn't hold the lock
   */
  public long releaseAll() {
    requireOwner();
    long saved = count;
    count = 0;
    owner = null;
    mutex.release();
    return saved;
  }

  /**
   * Takes the lock back as often as it was held; requests for attention wait.
   *
   * @param saved of {@link #releaseAll}
   */
  public void restore(long saved) {
    mutex.acquireUninterruptibly();
    own(PlaitThread.current(), saved);
  }

  /**
   * Whether the current thread holds the lock.
   *
   * @return true if it does
   */
  public boolean isOwned() {
    return owner == PlaitThread.currentOrNull() && owner != null;
  }

  /**
   * Who holds the lock.
   *
   * @return the thread at some moment, or null
   */
  public @Nullable PlaitThread owner() {
    return owner;
  }

  /**
   * How often the lock is held.
   *
   * @return the number; exact if the current thread holds it
   */
  public long count() {
    return owner == null ? 0 : count;
  }

  private void own(PlaitThread t, long times) {
    owner = t;
    count = times;
  }

  private void requireOwner() {
    if (owner != PlaitThread.current()) {
      throw new IllegalMonitorStateException("cannot release un-acquired lock");
    }
  }

  @Override
  public String toString() {
    PlaitThread o = owner;
    return o == null ? "free recursive lock" : "recursive lock of " + o;
  }
}
