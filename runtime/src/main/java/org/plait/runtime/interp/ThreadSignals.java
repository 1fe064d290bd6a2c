package org.plait.runtime.interp;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The signal mask of a thread other than the main one, and the signals that were sent to just this
 * thread while it blocked them. Bit n-1 stands for signal n.
 *
 * <p>Such a mask has no effect on signals sent to the process: those are the main thread's, which
 * runs the handlers. The thread itself changes its mask; everybody may leave a signal.
 */
public final class ThreadSignals {
  private volatile long mask;
  private final AtomicLong pending = new AtomicLong();

  public long mask() {
    return mask;
  }

  public void setMask(long bits) {
    mask = bits;
  }

  /** Leaves signals for this thread. */
  public void leave(long bits) {
    pending.getAndUpdate(now -> now | bits);
  }

  /** Takes those of a set that were left. */
  public long take(long bits) {
    return pending.getAndUpdate(now -> now & ~bits) & bits;
  }

  public long pending() {
    return pending.get();
  }
}
