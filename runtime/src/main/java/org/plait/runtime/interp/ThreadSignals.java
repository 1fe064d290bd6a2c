package org.plait.runtime.interp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The signal mask of a thread other than the main one, and the signals that were sent to just this
 * thread while it blocked them. Bit n-1 stands for signal n.
 *
 * <p>Such a mask has no effect on signals sent to the process: those are the main thread's, which
 * runs the handlers. The thread itself changes its mask; everybody may leave a signal.
 */
public final class ThreadSignals {
  private static final VarHandle PENDING;

  static {
    try {
      PENDING = MethodHandles.lookup().findVarHandle(ThreadSignals.class, "pending", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile long mask;

  @SuppressWarnings("unused")
  private volatile long pending;

  public long mask() {
    return mask;
  }

  public void setMask(long bits) {
    mask = bits;
  }

  /** Leaves signals for this thread. */
  public void leave(long bits) {
    PENDING.getAndBitwiseOr(this, bits);
  }

  /** Takes those of a set that were left. */
  public long take(long bits) {
    return (long) PENDING.getAndBitwiseAnd(this, ~bits) & bits;
  }

  public long pending() {
    return pending;
  }
}
