package org.plait.host.wait;

import java.util.Arrays;
import org.plait.host.Errno;
import org.plait.host.Fn;
import org.plait.host.HostException;
import org.plait.host.Scratch;

/**
 * Waits for descriptors to become readable or writable. Events are those of {@code poll}: POLLIN
 * and its like in {@link org.plait.host.file.Fd}; errors and hang-up always count. A descriptor
 * that epoll refuses (a regular file) is always ready; one that isn't open or is closed meanwhile
 * gives POLLNVAL.
 *
 * <p>Invariant: between arm and disarm each waiter is registered with the poller or has fired;
 * fields belong to the thread that waits.
 */
public final class Readiness implements Wait {
  private static final Fn POLL = new Fn("poll");

  private final int[] fds;
  private final short[] events;
  private final short[] found;
  private Poller.Waiter[] waiters = {};

  private Readiness(int[] fds, short[] events) {
    this.fds = fds;
    this.events = events;
    this.found = new short[fds.length];
  }

  /** Waits for one descriptor. */
  public static Readiness of(int fd, int events) {
    return new Readiness(new int[] {fd}, new short[] {(short) events});
  }

  /** Waits for the first of several; a negative descriptor is left out, as {@code poll} does. */
  public static Readiness any(int[] fds, short[] events) {
    if (fds.length != events.length) {
      throw new IllegalArgumentException("as many events as descriptors");
    }
    return new Readiness(fds.clone(), events.clone());
  }

  @Override
  public boolean tryNow() {
    int n = fds.length;
    try (Scratch s = Scratch.take(8L * n)) {
      int at = s.alloc(8 * n);
      for (int i = 0; i < n; i++) {
        s.putInt(at + 8 * i, fds[i]);
        s.putShort(at + 8 * i + 4, events[i]);
        s.putShort(at + 8 * i + 6, 0);
      }
      int ready = (int) POLL.call(s, s.ptr(at), n, 0);
      if (ready < 0) {
        if (s.errno() != Errno.EINTR) {
          throw new HostException(s.errno(), "poll");
        }
      }
      for (int i = 0; i < n; i++) {
        found[i] = s.getShort(at + 8 * i + 6);
      }
      if (ready > 0) {
        return true;
      }
    }
    armAgain();
    return false;
  }

  /** Registers again what has reported already, in vain as it turned out. */
  private void armAgain() {
    for (Poller.Waiter w : waiters) {
      if (w.fired) {
        w.fired = false;
        Poller.get().add(w);
      }
    }
  }

  /** The events of the first descriptor that the last {@link #tryNow} saw; 0 for none. */
  public int found() {
    return found.length == 0 ? 0 : found[0] & 0xffff;
  }

  /** The events the last {@link #tryNow} saw, one for each descriptor. */
  public short[] foundAll() {
    return Arrays.copyOf(found, found.length);
  }

  @Override
  public void arm(Runnable wake) {
    Poller poller = Poller.get();
    Poller.Waiter[] all = new Poller.Waiter[fds.length];
    for (int i = 0; i < fds.length; i++) {
      all[i] = new Poller.Waiter(fds[i], events[i] & 0xffff, wake);
      if (fds[i] >= 0) {
        poller.add(all[i]);
      }
    }
    waiters = all;
  }

  @Override
  public void disarm() {
    Poller.Waiter[] all = waiters;
    waiters = new Poller.Waiter[0];
    for (Poller.Waiter w : all) {
      Poller.get().remove(w);
    }
  }
}
