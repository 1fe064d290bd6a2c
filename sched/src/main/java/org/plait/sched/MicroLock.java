package org.plait.sched;

import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * The lock of a built-in container: an int field of the container's own, 0 free, 1 held.
 * Uncontended it costs a compare-and-set and a release store, and nothing is ever allocated for it.
 * {@link SpinLock} is the same as an object.
 *
 * <p>Rules: it is held for a few dozen instructions, never across user code ({@code __eq__}, {@code
 * __hash__}, {@code __del__}), a poll, a blocking operation or another lock that comes earlier in
 * the lock order. It is not reentrant. The holder keeps its permit, so a waiter only has to outlast
 * the operating system taking the holder's core away: it spins, yields, then naps.
 *
 * <p>With {@code -Dplait.check.locks=true} each thread counts the locks of this kind that it holds,
 * and polling or blocking under one throws {@link AssertionError}.
 *
 * <p>While a program has one thread that runs Python, nobody else touches a container, and the lock
 * is neither taken nor freed: {@link #alone}. That ends for good before a second thread can run
 * Python, and never while one holds such a lock: by that one thread itself when it starts another,
 * else with the world stopped ({@link Scheduler#share}). The finalizer thread ends it for as long
 * as it runs something ({@link Scheduler#visit}).
 *
 * <p>The VarHandle must be a {@code static final} of the caller, so that it is a constant once this
 * is inlined.
 */
public final class MicroLock {
  static final boolean CHECK = Boolean.getBoolean("plait.check.locks");
  private static final int SPINS = 200;
  private static final int YIELDS = 20;

  /** How long a container's waiter leaves the lock alone: from about 1 to about 10 µs. */
  private static final int FIRST_SPINS = 128;

  private static final int MOST_SPINS = 1024;

  /** About a microsecond. */
  private static final int ANSWER_SPINS = 32;

  /** So often before it also gives the core to others. */
  private static final int TRIES = 8;

  /** From this round on {@link #pause} is long. */
  static final int NAPPING = SPINS + YIELDS;

  private static final long NAP_NANOS = 20_000;

  /** Written by the only thread that reads it, or in a stopped world; so a plain field will do. */
  private static boolean alone;

  /** There has been another thread of the program. As {@link #alone}. */
  private static boolean shared;

  /** How often it became true again; each time costs that the world is stopped. */
  private static int returns;

  private static final int MAX_RETURNS = 64;

  private MicroLock() {}

  /**
   * Promises that in this process no thread touches a container but the one that {@link
   * Scheduler#runMain} will run and those that are started or attached through {@link PlaitThread}.
   * To be called before any of them runs.
   */
  public static void assumeAlone() {
    alone = true;
  }

  /**
   * Whether no other thread can touch what the current one touches. True for what happens between
   * two polls or blocking operations.
   *
   * @return false for good once there is a second thread
   */
  public static boolean isAlone() {
    return alone;
  }

  /** The end of the only thread's solitude. Called by that thread, or in a stopped world. */
  static void notAlone() {
    alone = false;
    shared = true;
  }

  /** A thread that serves the runtime joins the only one. Called in a stopped world. */
  static void visited() {
    alone = false;
  }

  /** It has left again. Called in a stopped world. */
  static void left() {
    if (!shared && returns < MAX_RETURNS) {
      returns++;
      alone = true;
    }
  }

  /** Whether {@link #left} may change anything. */
  static boolean mayReturn() {
    return !shared && returns < MAX_RETURNS;
  }

  /**
   * Takes the lock.
   *
   * @param word the int field
   * @param holder the object with the field
   */
  public static void lock(VarHandle word, Object holder) {
    if (alone) {
      if (CHECK) {
        checkAlone();
      }
      return;
    }
    if (!word.compareAndSet(holder, 0, 1)) {
      backOff(word, holder);
    }
    if (CHECK) {
      count(1);
    }
  }

  /** Takes the lock, however many threads there are. */
  static void lockShared(VarHandle word, Object holder) {
    if (!word.compareAndSet(holder, 0, 1)) {
      contend(word, holder);
    }
    if (CHECK) {
      count(1);
    }
  }

  /**
   * Takes the lock if it is free.
   *
   * @param word the int field
   * @param holder the object with the field
   * @return whether it was
   */
  public static boolean tryLock(VarHandle word, Object holder) {
    return alone || tryLockShared(word, holder);
  }

  static boolean tryLockShared(VarHandle word, Object holder) {
    if (!word.compareAndSet(holder, 0, 1)) {
      return false;
    }
    if (CHECK) {
      count(1);
    }
    return true;
  }

  /**
   * Frees the lock. Only its holder may.
   *
   * @param word the int field
   * @param holder the object with the field
   */
  public static void unlock(VarHandle word, Object holder) {
    if (!alone) {
      unlockShared(word, holder);
    }
  }

  static void unlockShared(VarHandle word, Object holder) {
    if (CHECK) {
      if ((int) word.getOpaque(holder) == 0) {
        throw new AssertionError("unlock of a free lock");
      }
      count(-1);
    }
    word.setRelease(holder, 0);
  }

  private static void contend(VarHandle word, Object holder) {
    int i = 0;
    do {
      pause(i++);
    } while ((int) word.getOpaque(holder) != 0 || !word.compareAndSet(holder, 0, 1));
  }

  private static void backOff(VarHandle word, Object holder) {
    int tries = 0;
    do {
      leaveAlone(tries++, () -> {});
    } while (!word.compareAndSet(holder, 0, 1));
  }

  /**
   * Lets time pass between two tries to get a container's lock. Who looks at the word takes its
   * cache line, and with it those of what the lock protects, from the thread that works there; so
   * the line is left to that one for a while, which gets much done meanwhile. The wait is the
   * longer the more tries were in vain, up to some microseconds.
   *
   * @param tries how often it was found taken before
   * @param answer is called every microsecond or so
   */
  static void leaveAlone(int tries, Runnable answer) {
    if (tries > TRIES) {
      pause(SPINS + tries - TRIES);
    }
    int spins = Math.min(FIRST_SPINS << Math.min(tries, TRIES), MOST_SPINS);
    for (int i = 1; i <= spins; i++) {
      Thread.onSpinWait();
      if (i % ANSWER_SPINS == 0) {
        answer.run();
      }
    }
  }

  static void pause(int round) {
    if (round < SPINS) {
      Thread.onSpinWait();
    } else if (round < NAPPING) {
      Thread.yield();
    } else {
      nap();
    }
  }

  /** A pending Java interrupt would make the nap return at once; it is put back. */
  private static void nap() {
    boolean interrupted = Thread.interrupted();
    LockSupport.parkNanos(NAP_NANOS);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void checkAlone() {
    PlaitThread t = PlaitThread.currentOrNull();
    if (t == null || t != t.scheduler.mainThread()) {
      throw new AssertionError("a second thread in a container of a program with one");
    }
  }

  static void count(int change) {
    PlaitThread t = PlaitThread.currentOrNull();
    if (t != null) {
      t.microLocksHeld += change;
    }
  }

  /** Fails if checking is on and the thread holds a lock of this kind. */
  static void checkNoneHeld(PlaitThread t) {
    if (CHECK && t.microLocksHeld != 0) {
      throw new AssertionError("poll or blocking operation under a spin lock");
    }
  }
}
