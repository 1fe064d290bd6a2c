package org.plait.host.wait;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.plait.host.Errno;
import org.plait.host.Fn;
import org.plait.host.HostException;
import org.plait.host.Platform;
import org.plait.host.Scratch;
import org.plait.host.file.Fd;

/**
 * The thread that waits for descriptors on behalf of all others, through one epoll instance.
 *
 * <p>A descriptor is registered one-shot with the union of what its waiters want. When it reports,
 * the waiters concerned are woken and forgotten, and it is armed again if others remain. Every wake
 * only means "try again", so that a stale report of a descriptor number that was reused does no
 * harm. A waiter that leaves is taken off the list; the registration stays and at most reports once
 * in vain.
 *
 * <p>Invariants: {@code waiters[i]} is only touched under {@code locks[i]}; a waiter is in the list
 * of its descriptor from add to the first wake or remove; when a list isn't empty, the descriptor
 * is armed in epoll for at least all events of that list, or its waiters have been woken. No wake
 * runs under a lock. epoll_ctl is called under the lock, so that arming and the list agree.
 */
final class Poller {
  static final int EPOLL_CTL_ADD = 1;
  static final int EPOLL_CTL_MOD = 3;
  static final int EPOLLONESHOT = 1 << 30;
  static final int EPOLL_CLOEXEC = 0x80000;

  /** Bytes of struct epoll_event, which is packed on x86_64 only. */
  static final int SIZEOF_EVENT = Platform.AARCH64 ? 16 : 12;

  static final int DATA = Platform.AARCH64 ? 8 : 4;

  private static final int ALWAYS = Fd.POLLERR | Fd.POLLHUP;
  private static final int STRIPES = 16;
  private static final int BATCH = 256;

  private static final Fn EPOLL_CREATE = new Fn("epoll_create1");
  private static final Fn EPOLL_CTL = new Fn("epoll_ctl");
  private static final Fn EPOLL_WAIT = new Fn("epoll_wait");

  /** One thread's interest in one descriptor. */
  static final class Waiter {
    final int fd;
    final int events;
    final Runnable wake;

    /** Set before a wake, after which the waiter isn't registered any more. */
    volatile boolean fired;

    Waiter(int fd, int events, Runnable wake) {
      this.fd = fd;
      this.events = events;
      this.wake = wake;
    }

    private void fire() {
      fired = true;
      wake.run();
    }
  }

  private static final class Holder {
    static final Poller INSTANCE = new Poller();
  }

  private final int epoll;
  private final ReentrantLock[] locks = new ReentrantLock[STRIPES];
  private final List<Map<Integer, List<Waiter>>> waiters = new ArrayList<>(STRIPES);

  private Poller() {
    for (int i = 0; i < STRIPES; i++) {
      locks[i] = new ReentrantLock();
      waiters.add(new HashMap<>());
    }
    try (Scratch s = Scratch.take()) {
      epoll = Fd.hide(EPOLL_CREATE.callInt(s, EPOLL_CLOEXEC));
    }
    Thread thread = Thread.ofPlatform().daemon().name("plait-poller").unstarted(this::run);
    thread.start();
    Fd.onClose(fd -> fire(fd, -1));
  }

  static Poller get() {
    return Holder.INSTANCE;
  }

  private static int stripe(int fd) {
    return fd & (STRIPES - 1);
  }

  /** Adds a waiter; wakes it at once when the descriptor can't be waited for. */
  void add(Waiter waiter) {
    int i = stripe(waiter.fd);
    boolean waits;
    locks[i].lock();
    try {
      List<Waiter> list = waiters.get(i).computeIfAbsent(waiter.fd, k -> new ArrayList<>(1));
      list.add(waiter);
      waits = register(waiter.fd, list);
      if (!waits) {
        list.remove(waiter);
      }
      if (list.isEmpty()) {
        waiters.get(i).remove(waiter.fd);
      }
    } finally {
      locks[i].unlock();
    }
    if (!waits) {
      waiter.fire();
    }
  }

  void remove(Waiter waiter) {
    int i = stripe(waiter.fd);
    locks[i].lock();
    try {
      List<Waiter> list = waiters.get(i).get(waiter.fd);
      if (list != null && list.remove(waiter) && list.isEmpty()) {
        waiters.get(i).remove(waiter.fd);
      }
    } finally {
      locks[i].unlock();
    }
  }

  /** Arms the descriptor for all in the list; false when epoll won't have it. */
  private boolean register(int fd, List<Waiter> list) {
    int events = EPOLLONESHOT;
    for (Waiter w : list) {
      events |= w.events;
    }
    int errno = control(EPOLL_CTL_MOD, fd, events);
    if (errno == Errno.ENOENT) {
      errno = control(EPOLL_CTL_ADD, fd, events);
      if (errno == Errno.EEXIST) {
        errno = control(EPOLL_CTL_MOD, fd, events);
      }
    }
    return errno == 0;
  }

  private int control(int operation, int fd, int events) {
    try (Scratch s = Scratch.take()) {
      int at = s.alloc(16);
      s.putInt(at, events);
      s.putLong(at + DATA, fd);
      return (int) EPOLL_CTL.call(s, epoll, operation, fd, s.ptr(at)) == -1 ? s.errno() : 0;
    }
  }

  /** Wakes the waiters of a descriptor that want one of these events; arms it for the others. */
  private void fire(int fd, int events) {
    int i = stripe(fd);
    List<Waiter> woken = null;
    locks[i].lock();
    try {
      List<Waiter> list = waiters.get(i).get(fd);
      if (list == null) {
        return;
      }
      woken = new ArrayList<>(list.size());
      for (Waiter w : list) {
        if ((events & (w.events | ALWAYS)) != 0) {
          woken.add(w);
        }
      }
      list.removeAll(woken);
      if (!list.isEmpty() && !register(fd, list)) {
        woken.addAll(list);
        list.clear();
      }
      if (list.isEmpty()) {
        waiters.get(i).remove(fd);
      }
    } finally {
      locks[i].unlock();
    }
    for (Waiter w : woken) {
      w.fire();
    }
  }

  private void run() {
    int[] fds = new int[BATCH];
    int[] events = new int[BATCH];
    while (true) {
      int n = collect(fds, events);
      for (int i = 0; i < n; i++) {
        try {
          fire(fds[i], events[i]);
        } catch (RuntimeException problem) {
          report(problem);
        }
      }
    }
  }

  private static void report(Throwable problem) {
    Thread self = Thread.currentThread();
    Thread.UncaughtExceptionHandler handler = self.getUncaughtExceptionHandler();
    if (handler != null) {
      handler.uncaughtException(self, problem);
    }
  }

  /** Blocks this platform thread until something happens. */
  private int collect(int[] fds, int[] events) {
    try (Scratch s = Scratch.take()) {
      int at = s.alloc(SIZEOF_EVENT * BATCH);
      int n = (int) EPOLL_WAIT.call(s, epoll, s.ptr(at), BATCH, -1);
      if (n < 0) {
        if (s.errno() == Errno.EINTR) {
          return 0;
        }
        throw new HostException(s.errno(), "epoll_wait");
      }
      for (int i = 0; i < n; i++) {
        events[i] = s.getInt(at + i * SIZEOF_EVENT);
        fds[i] = (int) s.getLong(at + i * SIZEOF_EVENT + DATA);
      }
      return n;
    }
  }

  /** How many waiters there are, for tests. */
  int size() {
    int n = 0;
    for (int i = 0; i < STRIPES; i++) {
      locks[i].lock();
      try {
        for (@Nullable List<Waiter> list : waiters.get(i).values()) {
          n += list == null ? 0 : list.size();
        }
      } finally {
        locks[i].unlock();
      }
    }
    return n;
  }
}
