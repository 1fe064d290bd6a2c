package org.plait.runtime.boot;

import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.types.PyFloat;
import org.plait.sched.Clock;
import org.plait.sched.Mutex;
import org.plait.sched.Outcome;
import org.plait.sched.PlaitThread;
import org.plait.sched.SafePoint;

/** Time-outs of locks and joins, and waiting that signals interrupt (PEP 475). */
public final class LockTimeout {
  static final long MAX_NANOS = Long.MAX_VALUE;
  static final double MAX_SECONDS = 9223372036.0;

  private LockTimeout() {}

  /** One way to wait until a deadline. */
  public interface Wait {
    Outcome until(long deadline);
  }

  /**
   * Waits, running signal handlers in between.
   *
   * @return false when the deadline passed first
   */
  public static boolean wait(Wait what, long deadline) {
    while (true) {
      switch (what.until(deadline)) {
        case DONE -> {
          return true;
        }
        case TIMED_OUT -> {
          return false;
        }
        case INTERRUPTED -> SafePoint.poll();
      }
    }
  }

  /**
   * As {@link #wait} for a lock that was not free, with a frame less on the stack of each thread
   * that waits. Whoever is interrupted by what another thread does after it has released the lock
   * has the lock when a handler raises: {@code threading.Condition} relies on taking it back.
   */
  static boolean acquire(Mutex lock, long deadline) {
    while (true) {
      Outcome outcome = lock.await(deadline);
      if (outcome != Outcome.INTERRUPTED) {
        return outcome == Outcome.DONE;
      }
      if (lock.tryAcquire()) {
        // The handlers run behind the call.
        return true;
      }
      SafePoint.poll();
    }
  }

  static boolean join(PlaitThread t, long deadline) {
    return wait(t::join, deadline);
  }

  // Compare CPython lock_acquire_parse_timeout in _threadmodule.c.
  /** The deadline for the arguments of {@code acquire}; 0 means one try. */
  public static long deadline(boolean blocking, PyObject timeout) {
    double seconds =
        timeout instanceof PyFloat f ? f.value() : (double) PyNumbers.asDouble(timeout);
    boolean unset = seconds == -1;
    if (!blocking && !unset) {
      throw Errors.valueError("can't specify a timeout for a non-blocking call");
    }
    if (seconds < 0 && !unset) {
      throw Errors.valueError("timeout value must be a non-negative number");
    }
    if (Double.isNaN(seconds)) {
      throw Errors.valueError("Invalid value NaN (not a number)");
    }
    if (!blocking) {
      return 0;
    }
    if (unset) {
      return Clock.FOREVER;
    }
    return after(seconds);
  }

  /** The deadline so many seconds from now. */
  static long after(double seconds) {
    if (seconds > MAX_SECONDS) {
      throw Errors.overflowError("timeout value is too large");
    }
    return Clock.deadline((long) Math.ceil(seconds * 1e9));
  }
}
