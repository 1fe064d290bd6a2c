package org.plait.runtime.io;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.plait.host.process.SysInfo;
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
  private static final VarHandle OWNER;

  static {
    try {
      OWNER = MethodHandles.lookup().findVarHandle(IoLock.class, "owner", PlaitThread.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /**
   * Compared only with the thread that asks, which sees what it has written itself and never an
   * older value of its own: opaque access is enough.
   */
  private @Nullable PlaitThread owner;

  /** Takes the lock if it is free. */
  boolean tryEnter() {
    boolean taken = mutex.tryAcquire();
    if (taken) {
      OWNER.setOpaque(this, PlaitThread.currentOrNull());
    }
    return taken;
  }

  /** Takes the lock for {@code o}. */
  void enter(PyObject o) {
    if (tryEnter()) {
      return;
    }
    PlaitThread t = PlaitThread.current();
    if (OWNER.getOpaque(this) == t) {
      throw Errors.runtimeError("reentrant call inside " + PyObjects.repr(o));
    }
    if (t.scheduler().isFrozen()) {
      dieLocked(o);
    }
    while (mutex.acquire(Clock.FOREVER) == Outcome.INTERRUPTED) {
      SafePoint.poll();
    }
    OWNER.setOpaque(this, t);
  }

  // Compare CPython _enter_buffered_busy in bufferedio.c.
  /** A daemon thread was stopped for good with the lock, and the buffer in an unknown state. */
  private static void dieLocked(PyObject o) {
    String text =
        "Fatal Python error: _enter_buffered_busy: could not acquire lock for "
            + PyObjects.repr(o)
            + " at interpreter shutdown, possibly due to daemon threads\n"
            + "Python runtime state: finalizing\n\n";
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.err.write(bytes, 0, bytes.length);
    System.err.flush();
    SysInfo.abort();
  }

  void leave() {
    OWNER.setOpaque(this, (PlaitThread) null);
    mutex.release();
  }

  /** Whether the current thread holds it. */
  boolean isMine() {
    PlaitThread t = (PlaitThread) OWNER.getOpaque(this);
    return t != null && t == PlaitThread.currentOrNull();
  }
}
