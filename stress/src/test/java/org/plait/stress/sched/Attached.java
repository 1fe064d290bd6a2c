package org.plait.stress.sched;

import org.plait.sched.PlaitThread;
import org.plait.sched.Scheduler;

/** What jcstress's actors run in: one scheduler of each kind for the whole process. */
final class Attached {
  static final Scheduler FREE = Scheduler.free(3);
  static final Scheduler GIL = Scheduler.gil();

  private Attached() {}

  /** Runs the actor's body as a Python thread. */
  static void run(Scheduler scheduler, Runnable body) {
    PlaitThread.attach(scheduler, null);
    try {
      body.run();
    } finally {
      PlaitThread.detach();
    }
  }
}
