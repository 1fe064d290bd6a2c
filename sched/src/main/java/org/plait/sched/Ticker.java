package org.plait.sched;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Ends time slices: a platform thread that looks at the permits while threads queue for them. It is
 * started when threads queue for the first time, and goes on looking for a while after the last has
 * been served, because waking it costs more than its looking.
 */
final class Ticker implements Runnable {
  private static final long IDLE_NANOS = 5_000_000;
  private static final int IDLE_TICKS = 100;

  private final PermitScheduler scheduler;
  private final SpinLock starting = new SpinLock();
  private volatile @Nullable Thread thread;
  private volatile boolean asleep;

  Ticker(PermitScheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** Makes sure that somebody looks from now on; called after a thread has been queued. */
  void wake() {
    Thread t = thread;
    if (t == null) {
      start();
    } else if (asleep) {
      asleep = false;
      LockSupport.unpark(t);
    }
  }

  private void start() {
    if (!starting.tryLock()) {
      return;
    }
    Thread t = new Thread(null, this, "plait-ticker", 1 << 18, false);
    t.setDaemon(true);
    thread = t;
    t.start();
  }

  @Override
  public void run() {
    int idle = 0;
    while (true) {
      long nanos = scheduler.tick();
      if (nanos != 0) {
        idle = 0;
      } else if (++idle < IDLE_TICKS) {
        nanos = IDLE_NANOS;
      } else {
        sleep();
        idle = 0;
        continue;
      }
      LockSupport.parkNanos(this, nanos);
    }
  }

  /** Says that it sleeps before it looks for the last time. */
  private void sleep() {
    asleep = true;
    while (asleep && scheduler.tick() == 0) {
      LockSupport.park(this);
    }
    asleep = false;
  }
}
