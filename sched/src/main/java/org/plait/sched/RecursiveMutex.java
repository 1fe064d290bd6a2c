package org.plait.sched;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** A lock that its holder may take again: {@code _thread.RLock}. Only the holder may release it. */
public final class RecursiveMutex extends AbstractMutex {
  private static final VarHandle OWNER;

  static {
    try {
      OWNER =
          MethodHandles.lookup().findVarHandle(RecursiveMutex.class, "owner", PlaitThread.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /**
   * Written by the holder, with release: that is enough for the holder itself, and another thread,
   * which may read it, never finds itself there by mistake.
   */
  private volatile @Nullable PlaitThread owner;

  /** How often the holder has taken it; only the holder touches it. */
  private int count;

  /** A free lock. */
  public RecursiveMutex() {}

  /**
   * Takes the lock if it is free or this thread's.
   *
   * @return whether it was
   * @throws ArithmeticException if it is held 2,147,483,647 times already
   */
  public boolean tryAcquire() {
    if (isOwned()) {
      count = Math.addExact(count, 1);
      return true;
    }
    if (!tryLock()) {
      return false;
    }
    own(PlaitThread.current(), 1);
    return true;
  }

  /**
   * Takes the lock, waiting for it if need be.
   *
   * @param deadline of {@link Clock}
   * @return {@link Outcome#DONE} if and only if the lock has been taken
   */
  public Outcome acquire(long deadline) {
    if (isOwned()) {
      count = Math.addExact(count, 1);
      return Outcome.DONE;
    }
    Outcome outcome = takeFree() ? Outcome.DONE : acquireSlowly(deadline, true);
    if (outcome == Outcome.DONE) {
      own(PlaitThread.current(), 1);
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
      disown();
      unlock();
    }
  }

  /**
   * Undoes all acquisitions, for waiting on a condition.
   *
   * @return how many there were, for {@link #restore}
   * @throws IllegalMonitorStateException if the current thread doesn't hold the lock
   */
  public int releaseAll() {
    requireOwner();
    int saved = count;
    count = 0;
    disown();
    unlock();
    return saved;
  }

  /**
   * Takes the lock back as often as it was held; requests for attention wait.
   *
   * @param saved of {@link #releaseAll}
   */
  public void restore(int saved) {
    lockUninterruptibly();
    own(PlaitThread.current(), saved);
  }

  /**
   * Whether the current thread holds the lock.
   *
   * @return true if it does
   */
  public boolean isOwned() {
    PlaitThread o = owner;
    // The Java thread is at hand, its record is looked up in a table.
    return o != null && o.javaThread() == Thread.currentThread();
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
  public int count() {
    return owner == null ? 0 : count;
  }

  private void own(PlaitThread t, int times) {
    OWNER.setRelease(this, t);
    count = times;
  }

  private void disown() {
    OWNER.setRelease(this, (PlaitThread) null);
  }

  private void requireOwner() {
    if (!isOwned()) {
      throw new IllegalMonitorStateException("cannot release un-acquired lock");
    }
  }

  @Override
  public String toString() {
    PlaitThread o = owner;
    return o == null ? "free recursive lock" : "recursive lock of " + o;
  }
}
