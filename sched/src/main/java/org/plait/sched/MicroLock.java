package org.plait.sched;

import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * The lock of a built-in container: an int field of the container's own, 0 free, 1 held.
 * Uncontended it costs a compare-and-set and a release store, and nothing is ever allocated for it.
 * {@link SpinLock} is the same as an object.
 *
 * <p>Rules: it is held for a few dozen instructions, never across user code ({@code __eq__}, {@code
 * __hash__}, {@code __del__}), a poll, a blocking operation or another lock that comes earlier in
 * the lock order. It is not reentrant. The holder keeps its permit, so a waiter only has to outlast
 * the operating system taking the holder's core away: it spins, yields, then naps.
 *
 * <p>With {@code -Dplait.check.locks=true} each thread counts the locks of this kind that it holds,
 * and polling or blocking under one throws {@link AssertionError}.
 *
 * <p>The VarHandle must be a {@code static final} of the caller, so that it is a constant once this
 * is inlined.
 */
public final class MicroLock {
  private static final boolean CHECK = Boolean.getBoolean("plait.check.locks");
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
    if (CHECK) {
      count(1);
    }
  }

  /**
   * Takes the lock if it is free.
   *
   * @param word the int field
   * @param holder the object with the field
   * @return whether it was
   */
  public static boolean tryLock(VarHandle word, Object holder) {
    if (!word.compareAndSet(holder, 0, 1)) {
      return false;
    }
    if (CHECK) {
      count(1);
    }
    return true;
  }

  /**
   * Frees the lock. Only its holder may.
   *
   * @param word the int field
   * @param holder the object with the field
   */
  public static void unlock(VarHandle word, Object holder) {
    if (CHECK) {
      if ((int) word.getOpaque(holder) == 0) {
        throw new AssertionError("unlock of a free lock");
      }
      count(-1);
    }
    word.setRelease(holder, 0);
  }

  /**
   * Waits until the lock is free, without taking it: what its last holder did is visible then.
   *
   * @param word the int field
   * @param holder the object with the field
   */
  public static void awaitFree(VarHandle word, Object holder) {
    for (int i = 0; (int) word.getAcquire(holder) != 0; i++) {
      pause(i);
    }
  }

  private static void contend(VarHandle word, Object holder) {
    int i = 0;
    do {
      pause(i++);
    } while ((int) word.getOpaque(holder) != 0 || !word.compareAndSet(holder, 0, 1));
  }

  private static void pause(int round) {
    if (round < SPINS) {
      Thread.onSpinWait();
    } else if (round < SPINS + YIELDS) {
      Thread.yield();
    } else {
      nap();
    }
  }

  /** A pending Java interrupt would make the nap return at once; it is put back. */
  private static void nap() {
    boolean interrupted = Thread.interrupted();
    LockSupport.parkNanos(NAP_NANOS);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void count(int change) {
    PlaitThread t = PlaitThread.currentOrNull();
    if (t != null) {
      t.microLocksHeld += change;
    }
  }

  /** Fails if checking is on and the thread holds a lock of this kind. */
  static void checkNoneHeld(PlaitThread t) {
    if (CHECK && t.microLocksHeld != 0) {
      throw new AssertionError("poll or blocking operation under a spin lock");
    }
  }
}
