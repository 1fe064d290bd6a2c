package org.plait.host.wait;

import org.plait.host.Fn;
import org.plait.host.Scratch;
import org.plait.host.file.Fd;

/**
 * The program's own epoll instances. To wait, try {@link #poll} and wait for the instance itself to
 * become readable in between: {@code Readiness.of(epoll, Fd.POLLIN)}.
 */
public final class Epoll {
  public static final int CTL_ADD = 1;
  public static final int CTL_DEL = 2;
  public static final int CTL_MOD = 3;

  private static final Fn CREATE = new Fn("epoll_create1");
  private static final Fn CTL = new Fn("epoll_ctl");
  private static final Fn WAIT = new Fn("epoll_wait");

  private Epoll() {}

  /** Makes an instance; flags may be EPOLL_CLOEXEC (0x80000). */
  public static int create(int flags) {
    try (Scratch s = Scratch.take()) {
      return Fd.made(CREATE.callInt(s, flags));
    }
  }

  /** Adds, changes or removes a descriptor, which is also what events will be known by. */
  public static void control(int epoll, int operation, int fd, int events) {
    try (Scratch s = Scratch.take()) {
      int at = s.allocZero(16);
      s.putInt(at, events);
      s.putLong(at + Poller.DATA, fd);
      CTL.callInt(s, epoll, operation, fd, s.ptr(at));
    }
  }

  /**
   * What has happened, without waiting.
   *
   * @param max at most so many, at least 1
   * @return pairs of descriptor and events, one after the other
   */
  public static int[] poll(int epoll, int max) {
    int limit = Math.min(max, 65536);
    try (Scratch s = Scratch.take((long) limit * Poller.SIZEOF_EVENT)) {
      int at = s.alloc(limit * Poller.SIZEOF_EVENT);
      int n = WAIT.callInt(s, epoll, s.ptr(at), limit, 0);
      int[] found = new int[2 * n];
      for (int i = 0; i < n; i++) {
        found[2 * i] = (int) s.getLong(at + i * Poller.SIZEOF_EVENT + Poller.DATA);
        found[2 * i + 1] = s.getInt(at + i * Poller.SIZEOF_EVENT);
      }
      return found;
    }
  }
}
