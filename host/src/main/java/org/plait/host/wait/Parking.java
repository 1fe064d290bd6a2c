package org.plait.host.wait;

import java.util.concurrent.locks.LockSupport;

/** The plain way to wait: park until woken. */
final class Parking {
  private Parking() {}

  static boolean await(Wait wait, long deadlineNanos) {
    Thread self = Thread.currentThread();
    Runnable wake = () -> LockSupport.unpark(self);
    if (wait.tryNow()) {
      return true;
    }
    wait.arm(wake);
    try {
      while (!wait.tryNow()) {
        if (deadlineNanos == Long.MAX_VALUE) {
          LockSupport.park(wait);
        } else {
          long left = deadlineNanos - System.nanoTime();
          if (left <= 0) {
            return false;
          }
          LockSupport.parkNanos(wait, left);
        }
        if (self.isInterrupted()) {
          return wait.tryNow();
        }
      }
      return true;
    } finally {
      wait.disarm();
    }
  }
}
