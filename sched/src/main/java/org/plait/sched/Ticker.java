package org.plait.sched;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends time slices: a platform thread that looks at the permits while threads queue for them. It is
 * started when a thread queues, and ends when nobody has queued for a while, because starting it
 * costs more than its looking.
 */
final class Ticker implements Runnable {
  private static final long IDLE_NANOS = 5_000_000;
  private static final int IDLE_TICKS = 200;
  private static final long STACK_BYTES = 1 << 18;

  private final PermitScheduler scheduler;

  /** Whether there is a thread; set by who starts it, cleared by the thread before it ends. */
  private final AtomicBoolean running = new AtomicBoolean();

  Ticker(PermitScheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** Makes sure that somebody looks from now on; called after a thread has been queued. */
  void wake() {
    if (!running.get() && running.compareAndSet(false, true)) {
      Thread t = new Thread(null, this, "plait-ticker", STACK_BYTES, false);
      t.setDaemon(true);
      t.start();
    }
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
      } else if (mayEnd()) {
        return;
      } else {
        idle = 0;
        nanos = IDLE_NANOS;
      }
      LockSupport.parkNanos(this, nanos);
    }
  }

  /** Says that it ends before it looks for the last time. */
  private boolean mayEnd() {
    running.set(false);
    return scheduler.tick() == 0 || !running.compareAndSet(false, true);
  }
}
