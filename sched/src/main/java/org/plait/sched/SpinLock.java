package org.plait.sched;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A {@link MicroLock} with an object of its own, to be held or extended; the same rules. */
public class SpinLock {
  private static final VarHandle WORD;

  static {
    try {
      WORD = MethodHandles.lookup().findVarHandle(SpinLock.class, "word", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("unused")
  private int word;

  /** A free lock. */
  public SpinLock() {}

  /** Takes the lock. */
  public final void lock() {
    MicroLock.lockShared(WORD, this);
  }

  /**
   * Takes the lock if it is free.
   *
   * @return whether it was
   */
  public final boolean tryLock() {
    return MicroLock.tryLockShared(WORD, this);
  }

  /** Frees the lock. Only its holder may. */
  public final void unlock() {
    MicroLock.unlockShared(WORD, this);
  }

  /**
   * Whether somebody holds the lock; for assertions.
   *
   * @return true if it is held, by whomever
   */
  public final boolean isLocked() {
    return (int) WORD.getOpaque(this) != 0;
  }
}
