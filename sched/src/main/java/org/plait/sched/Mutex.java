package org.plait.sched;

/**
 * A lock that any thread may take and any thread may release: {@code _thread.lock}. Not reentrant.
 * What a thread did before {@link #release} happens-before what another does after it has acquired.
 * How it works stands in {@link AbstractMutex}.
 */
public final class Mutex extends AbstractMutex {

  /** A free lock. */
  public Mutex() {}

  /**
   * Takes the lock if it is free.
   *
   * @return whether it was
   */
  public boolean tryAcquire() {
    return tryLock();
  }

  /**
   * Takes the lock, waiting for it if need be.
   *
   * @param deadline of {@link Clock}
   * @return how the wait ended; {@link Outcome#DONE} if and only if the lock has been taken
   */
  public Outcome acquire(long deadline) {
    return takeFree() ? Outcome.DONE : acquireSlowly(deadline, true);
  }

  /**
   * As {@link #acquire}, for who has just tried in vain.
   *
   * @param deadline of {@link Clock}
   * @return as {@link #acquire}
   */
  public Outcome await(long deadline) {
    return acquireSlowly(deadline, true);
  }

  /** Takes the lock; requests for attention wait. */
  public void acquireUninterruptibly() {
    lockUninterruptibly();
  }

  /**
   * Releases the lock, on whichever thread.
   *
   * @throws IllegalMonitorStateException if it isn't locked
   */
  public void release() {
    unlock();
  }

  /**
   * Whether somebody has the lock.
   *
   * @return true if so, at some moment
   */
  public boolean isLocked() {
    return isTaken();
  }

  @Override
  public String toString() {
    return (isLocked() ? "locked lock@" : "free lock@") + Integer.toHexString(hashCode());
  }
}
