package org.plait.runtime.protocol;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.plait.host.time.Clocks;
import org.plait.runtime.interp.Finalization;
import org.plait.sched.SpinLock;

/**
 * The exports of one resizable object that are not released yet.
 *
 * <p>CPython releases a memoryview when its last reference goes, so {@code memoryview(b)[:4]} in an
 * expression leaves nothing behind. Here nobody counts references: exports are held weakly, and
 * when the object is to be resized while some seem alive, the collector is asked. Since that is
 * slow, it has a budget; once that is used up, exports are taken for dead. Then a forgotten view
 * keeps showing the old memory, which is harmless. Where the collector finds a live export, the
 * time is not counted: the error ends what the program was about, so it won't come often.
 */
public final class Exports extends SpinLock {
  private static final long FIRST_BUDGET_NANOS = 3_000_000_000L;

  /** Of the time that goes by, one part in this many may be spent collecting. */
  private static final long SHARE = 20;

  private static final long STARTED = Clocks.monotonic();

  /** Nanoseconds spent collecting in vain so far. */
  private static final java.util.concurrent.atomic.AtomicLong SPENT =
      new java.util.concurrent.atomic.AtomicLong();

  private final List<WeakReference<Buffer>> live = new ArrayList<>(1);
  private volatile int count;

  public Exports() {}

  public void add(Buffer b) {
    lock();
    try {
      live.add(new WeakReference<>(b));
      count = live.size();
    } finally {
      unlock();
    }
  }

  public void remove(Buffer b) {
    lock();
    try {
      live.removeIf(r -> r.refersTo(b) || r.refersTo(null));
      count = live.size();
    } finally {
      unlock();
    }
  }

  /** Whether there is none for certain. */
  public boolean isEmpty() {
    return count == 0;
  }

  /** How many exports there are, leaving out those that nobody can reach any more. */
  public int alive() {
    if (count == 0 || prune() == 0) {
      return 0;
    }
    long now = Clocks.monotonic();
    if (SPENT.get() > FIRST_BUDGET_NANOS + (now - STARTED) / SHARE) {
      lock();
      try {
        live.clear();
        count = 0;
      } finally {
        unlock();
      }
      return 0;
    }
    Finalization.clearDeadTemporaries();
    System.gc();
    int alive = prune();
    if (alive == 0) {
      SPENT.addAndGet(Clocks.monotonic() - now);
    }
    return alive;
  }

  private int prune() {
    lock();
    try {
      live.removeIf(r -> r.refersTo(null));
      count = live.size();
      return count;
    } finally {
      unlock();
    }
  }
}
