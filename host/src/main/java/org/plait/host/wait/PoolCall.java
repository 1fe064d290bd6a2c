package org.plait.host.wait;

import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.plait.host.Errno;
import org.plait.host.Fn;
import org.plait.host.HostException;
import org.plait.host.Scratch;

/**
 * One call that runs on the {@link BlockingPool}. Once {@link #tryNow} is true, {@link #result}
 * gives its value or throws what it threw.
 *
 * <p>Invariants: {@code done} is set once, after {@code value} and {@code failure}, and only then
 * is {@code wake} looked at; {@link #arm} sets {@code wake} and then looks at {@code done}, so one
 * of the two runs it. {@code tid} is not 0 exactly while the call runs; it is changed and the
 * signal is sent under the monitor, so that no signal reaches a later call of the same thread.
 *
 * @param <T> type of the result
 */
public final class PoolCall<T extends @Nullable Object> implements Wait {
  /**
   * The signal that breaks a call off. The JDK uses the same one for its own blocked threads;
   * programs can't have it.
   */
  public static final int SIGNAL = 62;

  /**
   * Signals sent before giving up, one a millisecond: the first may come before the call blocks.
   */
  private static final int ATTEMPTS = 200;

  private static final Fn TGKILL = new Fn("tgkill");
  private static final Fn GETPID = new Fn("getpid");

  private final Callable<T> call;
  private @Nullable T value;
  private @Nullable Throwable failure;
  private volatile boolean done;
  private volatile @Nullable Runnable wake;
  private int tid;

  PoolCall(Callable<T> call) {
    this.call = call;
  }

  void run(int thread) {
    synchronized (this) {
      tid = thread;
    }
    try {
      value = call.call();
    } catch (Throwable problem) {
      failure = problem;
    }
    synchronized (this) {
      tid = 0;
    }
    finish();
  }

  private void finish() {
    done = true;
    Runnable w = wake;
    if (w != null) {
      w.run();
    }
  }

  @Override
  public boolean tryNow() {
    return done;
  }

  @Override
  public void arm(Runnable newWake) {
    wake = newWake;
    if (done) {
      newWake.run();
    }
  }

  @Override
  public void disarm() {
    wake = null;
  }

  /**
   * The value of the finished call.
   *
   * @throws HostException when it failed so, EINTR after {@link #interrupt}
   * @throws IllegalStateException when it isn't finished, or with what it threw as cause
   */
  @SuppressWarnings(
      "NullAway") // a finished call without failure has a value of T, which may be null
  public T result() {
    if (!done) {
      throw new IllegalStateException("not finished");
    }
    Throwable problem = failure;
    if (problem instanceof RuntimeException e) {
      throw e;
    }
    if (problem instanceof Error e) {
      throw e;
    }
    if (problem != null) {
      throw new IllegalStateException(problem);
    }
    return value;
  }

  /**
   * Asks for the call to be broken off: it fails with EINTR if it is one that a signal interrupts,
   * and goes on otherwise (fsync, name resolution). Returns at once.
   */
  public void interrupt() {
    if (done) {
      return;
    }
    if (BlockingPool.withdraw(this)) {
      failure = new HostException(Errno.EINTR, "interrupted");
      finish();
      return;
    }
    Thread.ofPlatform().daemon().name("plait-interrupter").unstarted(this::nag).start();
  }

  private void nag() {
    WakeSignal.install();
    try (Scratch s = Scratch.take()) {
      int pid = (int) GETPID.call(s);
      for (int i = 0; i < ATTEMPTS && !done; i++) {
        synchronized (this) {
          if (tid != 0) {
            TGKILL.call(s, pid, tid, SIGNAL);
          }
        }
        LockSupport.parkNanos(1_000_000);
      }
    }
  }

  /** A handler that does nothing, which makes blocking calls fail with EINTR. */
  private static final class WakeSignal {
    private static final Fn SIGACTION = new Fn("sigaction");

    static {
      try (Scratch s = Scratch.take()) {
        int at = s.allocZero(152); // no SA_RESTART
        s.putLong(at, new Fn("abs").pointer()); // takes an int, touches nothing
        SIGACTION.callInt(s, SIGNAL, s.ptr(at), 0);
      }
    }

    static void install() {}
  }
}
