package org.plait.sched;

import java.util.concurrent.LinkedBlockingQueue;

/**
 * Work of the implementation itself that no Python thread waits for, such as compiling: done one
 * piece after the other by a daemon thread that starts with the first. The work runs no Python
 * code, holds no core permit and is not seen by the deterministic scheduler.
 */
public final class BackgroundWork {
  private static final LinkedBlockingQueue<Runnable> QUEUE = new LinkedBlockingQueue<>();

  /** Compilation goes deep in big functions. */
  private static final long STACK_BYTES = 16L << 20;

  static {
    Thread t = new Thread(null, BackgroundWork::work, "plait-background", STACK_BYTES, false);
    t.setDaemon(true);
    t.start();
  }

  private BackgroundWork() {}

  /** Adds a piece of work; what it throws is lost. */
  public static void submit(Runnable work) {
    QUEUE.add(work);
  }

  private static void work() {
    while (true) {
      try {
        QUEUE.take().run();
      } catch (InterruptedException | RuntimeException e) {
        // The next piece knows nothing of it.
      }
    }
  }
}
