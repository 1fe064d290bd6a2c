package org.plait.sched;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Ends the waits of virtual threads at their deadlines: a heap of them, and a platform thread that
 * sleeps until the first. A million sleepers take 12 bytes each here, where the JDK's timers take
 * 100; and a thread whose time is up goes straight into the run queue, so that it wakes once, with
 * its permit in hand, instead of waking to ask for one and parking again.
 *
 * <p><b>Which waits it may end.</b> A thread enters itself after it has become PARKED, and takes
 * itself out (or finds that its time was up) before its next wait. The step from PARKED to READY is
 * taken under the lock, so that no timer of an earlier wait ends a later one.
 */
final class Timers implements Runnable {
  /** Value of {@link PlaitThread#timerSlot}: not here. */
  static final int NONE = -1;

  /** Value of {@link PlaitThread#timerSlot}: its time was up, and it has been woken for that. */
  static final int FIRED = -2;

  private static final int FIRST_CAPACITY = 16;
  private static final int FAN_OUT = 4;
  private static final long STACK_BYTES = 1 << 18;

  /** Awake, or about to be: it will look at the heap before it sleeps. */
  private static final long AWAKE = Long.MIN_VALUE;

  private final PermitScheduler scheduler;
  private final SpinLock lock = new SpinLock();

  // All of the following is guarded by the lock.

  /** A heap of {@link #FAN_OUT} children per node, least deadline first. */
  private long[] deadlines = new long[FIRST_CAPACITY];

  /** Whose they are. */
  private @Nullable PlaitThread[] waiters = new @Nullable PlaitThread[FIRST_CAPACITY];

  private int size;

  /** Until when the platform thread sleeps. */
  private long asleepUntil = AWAKE;

  private @Nullable Thread thread;

  Timers(PermitScheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** Enters a PARKED thread; on the thread itself. */
  void add(PlaitThread t, long deadline) {
    lock.lock();
    if (size == waiters.length) {
      deadlines = Arrays.copyOf(deadlines, 2 * size);
      waiters = Arrays.copyOf(waiters, 2 * size);
    }
    siftUp(size++, t, deadline);
    Thread known = thread;
    Thread sleeper = known == null ? newThread() : known;
    thread = sleeper;
    boolean wake = deadline < asleepUntil;
    if (wake) {
      asleepUntil = AWAKE;
    }
    lock.unlock();
    if (known == null) {
      sleeper.start();
    } else if (wake) {
      LockSupport.unpark(sleeper);
    }
  }

  /**
   * Takes a thread out; on the thread itself.
   *
   * @return whether its time was up and it was woken for that
   */
  boolean remove(PlaitThread t) {
    if (t.timerSlot == FIRED) {
      t.timerSlot = NONE;
      return true;
    }
    lock.lock();
    int slot = t.timerSlot;
    if (slot >= 0) {
      removeAt(slot);
    }
    t.timerSlot = NONE;
    lock.unlock();
    return slot == FIRED;
  }

  private Thread newThread() {
    Thread t = new Thread(null, this, "plait-timers", STACK_BYTES, false);
    t.setDaemon(true);
    return t;
  }

  @Override
  public void run() {
    while (true) {
      lock.lock();
      long now = Scheduler.hostNanos();
      long first = size == 0 ? Clock.FOREVER : deadlines[0];
      PlaitThread due = first <= now ? removeAt(0) : null;
      boolean ended = due != null && due.casParkState(PlaitThread.PARKED, PlaitThread.READY);
      if (due != null && ended) {
        due.timerSlot = FIRED;
      }
      asleepUntil = due == null ? first : AWAKE;
      lock.unlock();
      if (due != null && ended) {
        scheduler.makeRunnable(due);
      } else if (due == null) {
        sleep(first, now);
      }
    }
  }

  private void sleep(long until, long now) {
    if (until == Clock.FOREVER) {
      LockSupport.park(this);
    } else {
      LockSupport.parkNanos(this, until - now);
    }
  }

  // ---------------------------------------------------------------- the heap, under the lock

  private PlaitThread removeAt(int slot) {
    PlaitThread gone = at(slot);
    int last = --size;
    PlaitThread moved = at(last);
    long deadline = deadlines[last];
    waiters[last] = null;
    if (slot != last) {
      if (slot > 0 && deadline < deadlines[(slot - 1) / FAN_OUT]) {
        siftUp(slot, moved, deadline);
      } else {
        siftDown(slot, moved, deadline);
      }
    }
    gone.timerSlot = NONE;
    return gone;
  }

  private void siftUp(int from, PlaitThread t, long deadline) {
    int slot = from;
    while (slot > 0) {
      int parent = (slot - 1) / FAN_OUT;
      if (deadlines[parent] <= deadline) {
        break;
      }
      put(slot, at(parent), deadlines[parent]);
      slot = parent;
    }
    put(slot, t, deadline);
  }

  private void siftDown(int from, PlaitThread t, long deadline) {
    int slot = from;
    while (true) {
      int least = -1;
      int first = slot * FAN_OUT + 1;
      for (int child = first; child < Math.min(first + FAN_OUT, size); child++) {
        if (least < 0 || deadlines[child] < deadlines[least]) {
          least = child;
        }
      }
      if (least < 0 || deadlines[least] >= deadline) {
        break;
      }
      put(slot, at(least), deadlines[least]);
      slot = least;
    }
    put(slot, t, deadline);
  }

  private PlaitThread at(int slot) {
    return Objects.requireNonNull(waiters[slot]);
  }

  private void put(int slot, PlaitThread t, long deadline) {
    waiters[slot] = t;
    deadlines[slot] = deadline;
    t.timerSlot = slot;
  }
}
