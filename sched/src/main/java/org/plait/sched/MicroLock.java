package org.plait.sched;

import java.lang.invoke.VarHandle;

/**
 * The {@link SpinLock} algorithm on an int field of the caller's: 0 free, 1 held. For objects of
 * which there are so many that a lock object of their own would cost too much memory. The rules of
 * {@link SpinLock} hold: a few dozen instructions, no user code, no poll, no blocking, not reentrant.
 *
 * <p>The VarHandle must be a {@code static final} of the caller, so that it is a constant once this
 * is inlined.
 */
public final class MicroLock {
  private static final int SPINS = 200;
  private static final int YIELDS = 20;
  private static final long NAP_NANOS = 20_000;

  private MicroLock() {}

  /**
   * Takes the lock.
   *
   * @param word the int field
   * @param holder the object with the field
   */
  public static void lock(VarHandle word, Object holder) {
    if (!word.compareAndSet(holder, 0, 1)) {
      contend(word, holder);
    }
  }

  /**
   * Frees the lock. Only its holder may.
   *
   * @param word the int field
   * @param holder the object with the field
   */
  public static void unlock(VarHandle word, Object holder) {
    word.setRelease(holder, 0);
  }

  private static void contend(VarHandle word, Object holder) {
    for (int i = 0; ; i++) {
      if (i < SPINS) {
        Thread.onSpinWait();
      } else if (i < SPINS + YIELDS) {
        Thread.yield();
      } else {
        nap();
      }
      if ((int) word.getOpaque(holder) == 0 && word.compareAndSet(holder, 0, 1)) {
        return;
      }
    }
  }

  /** A pending Java interrupt would make the nap return at once; it is put back. */
  private static void nap() {
    boolean interrupted = Thread.interrupted();
    java.util.concurrent.locks.LockSupport.parkNanos(NAP_NANOS);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
