package org.plait.runtime.boot;

import org.plait.sched.Clock;
import org.plait.sched.Outcome;
import org.plait.sched.RecursiveMutex;
import org.plait.sched.SafePoint;

/** Waiting for a lock from native code: signals and asynchronous exceptions get through. */
final class ImportLock {
  private ImportLock() {}

  static void acquire(RecursiveMutex lock) {
    while (lock.acquire(Clock.FOREVER) == Outcome.INTERRUPTED) {
      SafePoint.poll();
    }
  }
}
