package org.plait.runtime.boot;

import org.plait.host.Errno;
import org.plait.host.HostException;
import org.plait.host.file.Fd;
import org.plait.host.file.HostFiles;
import org.plait.host.wait.PoolCall;
import org.plait.host.wait.Readiness;
import org.plait.host.wait.SlowCalls;
import org.plait.host.wait.Wait;
import org.plait.sched.Blocking;
import org.plait.sched.Clock;
import org.plait.sched.Outcome;
import org.plait.sched.SafePoint;

/**
 * Blocking on the operating system for native modules. The thread gives up its permit while it
 * waits; a signal wakes it, its handlers run, and it waits on with the same deadline (PEP 475),
 * unless a handler raises.
 */
public final class Waits {
  private Waits() {}

  /** The host's way to wait in the scheduler's clothes. */
  private record Adapter(Wait what) implements org.plait.sched.Readiness {
    @Override
    public boolean tryNow() {
      return what.tryNow();
    }

    @Override
    public void arm(Runnable wake) {
      what.arm(wake);
    }

    @Override
    public void disarm() {
      what.disarm();
    }

    @Override
    public String toString() {
      return what.getClass().getSimpleName();
    }
  }

  /**
   * Waits until it has happened.
   *
   * @param deadline of {@link Clock}
   * @return false when the deadline came first
   */
  public static boolean await(Wait what, long deadline) {
    Adapter a = new Adapter(what);
    while (true) {
      Outcome outcome = Blocking.await(a, deadline);
      if (outcome != Outcome.INTERRUPTED) {
        return outcome == Outcome.DONE;
      }
      SafePoint.poll();
    }
  }

  public static void await(Wait what) {
    await(what, Clock.FOREVER);
  }

  /**
   * As {@link #await(Wait, long)} but comes back after a signal whose handlers have run: for waits
   * whose condition a handler may change.
   */
  public static Outcome awaitOnce(Wait what, long deadline) {
    Outcome outcome = Blocking.await(new Adapter(what), deadline);
    if (outcome == Outcome.INTERRUPTED) {
      SafePoint.poll();
    }
    return outcome;
  }

  /** Waits until a descriptor is ready (POLLIN, POLLOUT…) or in error. */
  public static void ready(int fd, int events) {
    await(Readiness.of(fd, events), Clock.FOREVER);
  }

  /**
   * Waits for a call on the pool.
   *
   * @throws HostException when it failed so
   */
  public static <T> T result(PoolCall<T> call) {
    try {
      await(call, Clock.FOREVER);
    } catch (RuntimeException e) {
      call.interrupt();
      throw e;
    }
    return call.result();
  }

  /** As {@code read(2)}: at least one byte, or 0 at the end. Fails with EAGAIN if non-blocking. */
  public static int read(int fd, byte[] to, int start, int length) {
    while (true) {
      int n = Fd.tryRead(fd, to, start, length);
      if (n != Fd.WOULD_BLOCK) {
        return n;
      }
      ready(fd, Fd.POLLIN);
    }
  }

  /**
   * As {@code write(2)}: on a descriptor in blocking mode all is written. A part that has been
   * written before an error counts as success, as in the kernel.
   */
  public static int write(int fd, byte[] from, int start, int length) {
    int done = 0;
    while (true) {
      int n;
      try {
        n = Fd.tryWrite(fd, from, start + done, length - done);
      } catch (HostException e) {
        if (done > 0) {
          return done;
        }
        throw e;
      }
      if (n == Fd.WOULD_BLOCK) {
        ready(fd, Fd.POLLOUT);
        continue;
      }
      done += n;
      if (done >= length || n == 0) {
        return done;
      }
    }
  }

  /** As {@code openat(2)}, opening a FIFO included; O_CLOEXEC is the caller's business. */
  public static int open(int dirFd, byte[] path, int flags, int mode) {
    while (true) {
      try {
        return SlowCalls.openMayBlock(dirFd, path, flags)
            ? result(SlowCalls.open(dirFd, path, flags, mode))
            : HostFiles.open(dirFd, path, flags, mode);
      } catch (HostException e) {
        if (e.errno() != Errno.EINTR) {
          throw e;
        }
        SafePoint.poll();
      }
    }
  }
}
