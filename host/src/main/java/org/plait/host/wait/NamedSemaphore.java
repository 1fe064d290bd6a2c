package org.plait.host.wait;

import org.jspecify.annotations.Nullable;
import org.plait.host.Errno;
import org.plait.host.Fn;
import org.plait.host.HostException;
import org.plait.host.Scratch;

/**
 * A POSIX named semaphore, shared with other processes.
 *
 * <p>Invariant: {@code handle} is a semaphore of the C library until {@link #close}, after which
 * the owner must not use it; it is closed once.
 */
public final class NamedSemaphore implements AutoCloseable {
  private static final Fn OPEN = new Fn("sem_open");
  private static final Fn CLOSE = new Fn("sem_close");
  private static final Fn UNLINK = new Fn("sem_unlink");
  private static final Fn TRYWAIT = new Fn("sem_trywait");
  private static final Fn WAIT = new Fn("sem_wait");
  private static final Fn POST = new Fn("sem_post");
  private static final Fn GETVALUE = new Fn("sem_getvalue");

  private final long handle;

  private NamedSemaphore(long handle) {
    this.handle = handle;
  }

  /**
   * Opens a semaphore, or makes it.
   *
   * @param flags O_CREAT, O_EXCL
   * @param value of a new one
   */
  public static NamedSemaphore open(byte[] name, int flags, int mode, int value) {
    try (Scratch s = Scratch.take(name.length)) {
      long p = OPEN.call(s, s.cstr(name), flags, mode, value);
      if (p == 0) {
        throw new HostException(s.errno(), "sem_open");
      }
      return new NamedSemaphore(p);
    }
  }

  public static void unlink(byte[] name) {
    try (Scratch s = Scratch.take(name.length)) {
      UNLINK.callInt(s, s.cstr(name));
    }
  }

  /** An identity of the semaphore in this process. */
  public long handle() {
    return handle;
  }

  /** Takes it if its value is not 0. */
  public boolean tryAcquire() {
    try (Scratch s = Scratch.take()) {
      while ((int) TRYWAIT.call(s, handle) != 0) {
        if (s.errno() == Errno.EAGAIN) {
          return false;
        }
        if (s.errno() != Errno.EINTR) {
          throw new HostException(s.errno(), "sem_trywait");
        }
      }
      return true;
    }
  }

  public void release() {
    try (Scratch s = Scratch.take()) {
      POST.callInt(s, handle);
    }
  }

  public int value() {
    try (Scratch s = Scratch.take()) {
      int at = s.alloc(4);
      GETVALUE.callInt(s, handle, s.ptr(at));
      return s.getInt(at);
    }
  }

  /** Waits until it is acquired. Close the wait after use, whatever came of it. */
  public Acquire acquire() {
    return new Acquire(this);
  }

  /** Frees it in this process. Nobody may be waiting for it here. */
  @Override
  public void close() {
    try (Scratch s = Scratch.take()) {
      CLOSE.callInt(s, handle);
    }
  }

  /**
   * A thread's wait for the semaphore: {@link #tryNow} being true means that it is acquired.
   *
   * <p>Invariant: {@code call}, once made, either is handed over to the waiter by tryNow or gives
   * back what it acquires: {@code closed} and {@code unclaimed}, under the monitor, decide which.
   */
  public static final class Acquire implements Wait, AutoCloseable {
    private final NamedSemaphore semaphore;
    private @Nullable PoolCall<Boolean> call;
    private @Nullable Runnable wake;
    private boolean acquired;
    private boolean closed;
    private boolean unclaimed;

    private Acquire(NamedSemaphore semaphore) {
      this.semaphore = semaphore;
    }

    @Override
    public boolean tryNow() {
      synchronized (this) {
        if (unclaimed) {
          unclaimed = false;
          acquired = true;
        }
        if (acquired) {
          return true;
        }
        if (call != null && !call.tryNow()) {
          return false; // it acquires for us
        }
      }
      acquired = semaphore.tryAcquire();
      Runnable w = wake;
      if (!acquired && w != null && call != null) {
        submit(w); // the call was broken off
      }
      return acquired;
    }

    private boolean block() {
      try (Scratch s = Scratch.take()) {
        WAIT.callInt(s, semaphore.handle);
      }
      synchronized (this) {
        if (!closed) {
          unclaimed = true;
          return true;
        }
      }
      semaphore.release();
      return false;
    }

    @Override
    public void arm(Runnable newWake) {
      wake = newWake;
      if (call == null || call.tryNow()) {
        submit(newWake);
      } else {
        call.arm(newWake);
      }
    }

    private void submit(Runnable newWake) {
      PoolCall<Boolean> pooled = BlockingPool.submit(this::block);
      call = pooled;
      pooled.arm(newWake);
    }

    @Override
    public void disarm() {
      wake = null;
      if (call != null) {
        call.disarm();
      }
    }

    @Override
    public void close() {
      boolean giveBack;
      synchronized (this) {
        closed = true;
        giveBack = unclaimed;
        unclaimed = false;
      }
      if (giveBack) {
        semaphore.release();
      }
      if (call != null) {
        call.interrupt();
      }
    }
  }
}
