package org.plait.sched;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * The lock of a built-in container: one int, 7 ns uncontended where {@code synchronized} takes 18.
 * A class whose instances need one extends it or holds one.
 *
 * <p>Rules: it is held for a few dozen instructions, never across user code ({@code __eq__}, {@code
 * __hash__}, {@code __del__}), a poll, a blocking operation or another {@code SpinLock} that comes
 * earlier in the lock order. It is not reentrant. The holder keeps its permit, so a waiter only has
 * to outlast the operating system taking the holder's core away: it spins, yields, then naps.
 *
 * <p>With {@code -Dplait.check.locks=true} each thread counts the spin locks it holds, and polling
 * or blocking under one throws {@link AssertionError}.
 */
public class SpinLock {
  private static final boolean CHECK = Boolean.getBoolean("plait.check.locks");
  private static final int SPINS = 200;
  private static final int YIELDS = 20;
  private static final long NAP_NANOS = 20_000;

  private static final VarHandle WORD;

  static {
    try {
      WORD = MethodHandles.lookup().findVarHandle(SpinLock.class, "word", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** 0 free, 1 held. Taken by compare-and-set, freed by a release store. */
  @SuppressWarnings("unused")
  private int word;

  /** A free lock. */
  public SpinLock() {}

  /** Takes the lock. */
  public final void lock() {
    if (!WORD.compareAndSet(this, 0, 1)) {
      contend();
    }
    if (CHECK) {
      count(1);
    }
  }

  /**
   * Takes the lock if it is free.
   *
   * @return whether it was
   */
  public final boolean tryLock() {
    if (!WORD.compareAndSet(this, 0, 1)) {
      return false;
    }
    if (CHECK) {
      count(1);
    }
    return true;
  }

  /** Frees the lock. Only its holder may. */
  public final void unlock() {
    if (CHECK) {
      if ((int) WORD.getOpaque(this) == 0) {
        throw new AssertionError("unlock of a free spin lock");
      }
      count(-1);
    }
    WORD.setRelease(this, 0);
  }

  /**
   * Whether somebody holds the lock; for assertions.
   *
   * @return true if it is held, by whomever
   */
  public final boolean isLocked() {
    return (int) WORD.getOpaque(this) != 0;
  }

  private void contend() {
    for (int i = 0; ; i++) {
      if (i < SPINS) {
        Thread.onSpinWait();
      } else if (i < SPINS + YIELDS) {
        Thread.yield();
      } else {
        nap();
      }
      if ((int) WORD.getOpaque(this) == 0 && WORD.compareAndSet(this, 0, 1)) {
        return;
      }
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
      t.spinLocksHeld += change;
    }
  }

  /** Fails if checking is on and the thread holds a spin lock. */
  static void checkNoneHeld(PlaitThread t) {
    if (CHECK && t.spinLocksHeld != 0) {
      throw new AssertionError("poll or blocking operation under a spin lock");
    }
  }
}
