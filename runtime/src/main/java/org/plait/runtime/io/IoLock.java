package org.plait.runtime.io;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyObjects;
import org.plait.sched.Clock;
import org.plait.sched.Mutex;
import org.plait.sched.Outcome;
import org.plait.sched.PlaitThread;
import org.plait.sched.SafePoint;

/**
 * The lock of one file object. It is held while Python code of the layer below runs and while that
 * blocks; other threads that want the same object wait without a permit. A thread that comes back
 * into the object it is busy with (from a signal handler, say) gets a RuntimeError.
 */
final class IoLock {
  private final Mutex mutex = new Mutex();
  private volatile @Nullable PlaitThread owner;

  /** Takes the lock for {@code o}. */
  void enter(PyObject o) {
    if (mutex.tryAcquire()) {
      owner = PlaitThread.currentOrNull();
      return;
    }
    PlaitThread t = PlaitThread.current();
    if (owner == t) {
      throw Errors.runtimeError("reentrant call inside " + PyObjects.repr(o));
    }
    while (mutex.acquire(Clock.FOREVER) == Outcome.INTERRUPTED) {
      SafePoint.poll();
    }
    owner = t;
  }

  void leave() {
    owner = null;
    mutex.release();
  }

  /** Whether the current thread holds it. */
  boolean isMine() {
    return owner != null && owner == PlaitThread.currentOrNull();
  }
}
