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
 * <p>Of those that wait to read (or to write) and for nothing else, one is woken at a time, the
 * longest waiting: a thousand threads that read from one socket would otherwise all be woken for
 * each byte. The others' turn comes when it leaves, which arms the descriptor for them again, as
 * does everybody who comes meanwhile; what is still there to read then reports at once. Errors and
 * hang-ups wake all.
 *
 * <p>Invariants: {@code waiters[i]} is only touched under {@code locks[i]}; a waiter is in a list
 * of its descriptor from add to the first wake or remove; when a list isn't empty, the descriptor
 * is armed in epoll for at least all events of that list, or one of the list has been woken and has
 * not left yet. No wake runs under a lock. epoll_ctl is called under the lock, so that arming and
 * the lists agree.
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

    /** The list it is in, and its neighbours there; guarded by its descriptor's lock. */
    @Nullable Line line;

    @Nullable Waiter before;
    @Nullable Waiter behind;

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

  /** Waiters in the order in which they came. */
  private static final class Line {
    @Nullable Waiter first;
    @Nullable Waiter last;

    void add(Waiter w) {
      w.line = this;
      w.before = last;
      w.behind = null;
      if (last == null) {
        first = w;
      } else {
        last.behind = w;
      }
      last = w;
    }

    void remove(Waiter w) {
      Waiter before = w.before;
      Waiter behind = w.behind;
      if (before == null) {
        first = behind;
      } else {
        before.behind = behind;
      }
      if (behind == null) {
        last = before;
      } else {
        behind.before = before;
      }
      w.line = null;
      w.before = null;
      w.behind = null;
    }

    void moveTo(List<Waiter> woken) {
      for (Waiter w = first; w != null; w = first) {
        remove(w);
        woken.add(w);
      }
    }
  }

  /** Those that wait for one descriptor. */
  private static final class Waiting {
    final Line readers = new Line();
    final Line writers = new Line();
    final Line others = new Line();

    /** At least all that the others want. */
    int othersEvents;

    void add(Waiter w) {
      if (w.events == Fd.POLLIN) {
        readers.add(w);
      } else if (w.events == Fd.POLLOUT) {
        writers.add(w);
      } else {
        others.add(w);
        othersEvents |= w.events;
      }
    }

    boolean isEmpty() {
      return readers.first == null && writers.first == null && others.first == null;
    }

    int events() {
      return (readers.first == null ? 0 : Fd.POLLIN)
          | (writers.first == null ? 0 : Fd.POLLOUT)
          | (others.first == null ? 0 : othersEvents);
    }

    /**
     * Takes out those who are to be woken.
     *
     * @return what those want who stay and whose turn does not come by itself
     */
    int take(int reported, List<Waiter> woken) {
      if ((reported & ALWAYS) != 0) {
        takeAll(woken);
        return 0;
      }
      othersEvents = 0;
      @Nullable Waiter behind;
      for (Waiter w = others.first; w != null; w = behind) {
        behind = w.behind;
        if ((reported & w.events) != 0) {
          others.remove(w);
          woken.add(w);
        } else {
          othersEvents |= w.events;
        }
      }
      int events = events();
      if ((reported & Fd.POLLIN) != 0 && takeFirst(readers, woken)) {
        events &= ~Fd.POLLIN;
      }
      if ((reported & Fd.POLLOUT) != 0 && takeFirst(writers, woken)) {
        events &= ~Fd.POLLOUT;
      }
      return events;
    }

    private static boolean takeFirst(Line line, List<Waiter> woken) {
      Waiter w = line.first;
      if (w == null) {
        return false;
      }
      line.remove(w);
      woken.add(w);
      return true;
    }

    void takeAll(List<Waiter> woken) {
      readers.moveTo(woken);
      writers.moveTo(woken);
      others.moveTo(woken);
    }
  }

  private static final class Holder {
    static final Poller INSTANCE = new Poller();
  }

  private final int epoll;
  private final ReentrantLock[] locks = new ReentrantLock[STRIPES];
  private final List<Map<Integer, Waiting>> waiters = new ArrayList<>(STRIPES);

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
      Waiting here = waiters.get(i).computeIfAbsent(waiter.fd, k -> new Waiting());
      here.add(waiter);
      waits = arm(waiter.fd, here.events());
      if (!waits) {
        remove(here, waiter);
      }
    } finally {
      locks[i].unlock();
    }
    if (!waits) {
      waiter.fire();
    }
  }

  /** A waiter leaves; if it has been woken, others may be waiting for their turn. */
  void remove(Waiter waiter) {
    int i = stripe(waiter.fd);
    List<Waiter> woken = List.of();
    locks[i].lock();
    try {
      Waiting here = waiters.get(i).get(waiter.fd);
      if (here == null) {
        return;
      }
      if (waiter.line != null) {
        remove(here, waiter);
      } else if (!arm(waiter.fd, here.events())) {
        woken = new ArrayList<>();
        here.takeAll(woken);
        waiters.get(i).remove(waiter.fd);
      }
    } finally {
      locks[i].unlock();
    }
    for (Waiter w : woken) {
      w.fire();
    }
  }

  private void remove(Waiting here, Waiter waiter) {
    Line line = waiter.line;
    if (line != null) {
      line.remove(waiter);
    }
    if (here.isEmpty()) {
      waiters.get(stripe(waiter.fd)).remove(waiter.fd);
    }
  }

  /** Arms a descriptor; false when epoll won't have it. */
  private boolean arm(int fd, int wanted) {
    int events = EPOLLONESHOT | wanted;
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

  /** A descriptor reports, or is closed (all bits). */
  private void fire(int fd, int events) {
    int i = stripe(fd);
    List<Waiter> woken = new ArrayList<>(1);
    locks[i].lock();
    try {
      Waiting here = waiters.get(i).get(fd);
      if (here == null) {
        return;
      }
      int wanted = here.take(events, woken);
      if (wanted != 0 && !arm(fd, wanted)) {
        here.takeAll(woken);
      }
      if (here.isEmpty()) {
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
        for (Waiting here : waiters.get(i).values()) {
          for (Line line : List.of(here.readers, here.writers, here.others)) {
            for (Waiter w = line.first; w != null; w = w.behind) {
              n++;
            }
          }
        }
      } finally {
        locks[i].unlock();
      }
    }
    return n;
  }
}
