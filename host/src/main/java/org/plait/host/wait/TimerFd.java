package org.plait.host.wait;

import org.plait.host.Fn;
import org.plait.host.Scratch;
import org.plait.host.file.Fd;
import org.plait.host.file.OpenFlags;

/** Timers that are descriptors; times in nanoseconds. */
public final class TimerFd {
  private static final long SECOND = 1_000_000_000L;

  private static final Fn CREATE = new Fn("timerfd_create");
  private static final Fn SETTIME = new Fn("timerfd_settime");
  private static final Fn GETTIME = new Fn("timerfd_gettime");

  private TimerFd() {}

  /** Makes one that no child program gets. */
  public static int create(int clock, int flags) {
    try (Scratch s = Scratch.take()) {
      return Fd.made(CREATE.callInt(s, clock, flags | OpenFlags.O_CLOEXEC));
    }
  }

  /** Sets a timer and gives {value, interval} before. */
  public static long[] set(int fd, int flags, long valueNanos, long intervalNanos) {
    try (Scratch s = Scratch.take()) {
      int at = s.alloc(32);
      int old = s.allocZero(32);
      s.putLong(at, intervalNanos / SECOND);
      s.putLong(at + 8, intervalNanos % SECOND);
      s.putLong(at + 16, valueNanos / SECOND);
      s.putLong(at + 24, valueNanos % SECOND);
      SETTIME.callInt(s, fd, flags, s.ptr(at), s.ptr(old));
      return times(s, old);
    }
  }

  /** {value, interval}. */
  public static long[] get(int fd) {
    try (Scratch s = Scratch.take()) {
      int at = s.allocZero(32);
      GETTIME.callInt(s, fd, s.ptr(at));
      return times(s, at);
    }
  }

  private static long[] times(Scratch s, int at) {
    return new long[] {
      s.getLong(at + 16) * SECOND + s.getLong(at + 24), s.getLong(at) * SECOND + s.getLong(at + 8)
    };
  }
}
