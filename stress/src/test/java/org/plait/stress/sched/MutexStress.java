package org.plait.stress.sched;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.plait.sched.Clock;
import org.plait.sched.Mutex;
import org.plait.sched.RecursiveMutex;

/** Locks exclude, publish, and lose no wake-up: a lost one shows as a test that does not end. */
public final class MutexStress {
  private MutexStress() {}

  /** Two threads under the lock. */
  @JCStressTest
  @Outcome(
      id = {"1, 2", "2, 1"},
      expect = Expect.ACCEPTABLE,
      desc = "one after the other")
  @State
  public static class Excludes {
    private final Mutex lock = new Mutex();
    private int x;

    private int add() {
      lock.acquire(Clock.FOREVER);
      int now = ++x;
      lock.release();
      return now;
    }

    /** First. */
    @Actor
    public void actor1(II_Result r) {
      Attached.run(Attached.FREE, () -> r.r1 = add());
    }

    /** Second. */
    @Actor
    public void actor2(II_Result r) {
      Attached.run(Attached.FREE, () -> r.r2 = add());
    }
  }

  /**
   * The same while only one of them can run at a time, so that each wait goes through the queue.
   */
  @JCStressTest
  @Outcome(
      id = {"1, 2", "2, 1"},
      expect = Expect.ACCEPTABLE,
      desc = "one after the other")
  @State
  public static class ExcludesUnderGil {
    private final Mutex lock = new Mutex();
    private int x;

    private int add() {
      lock.acquire(Clock.FOREVER);
      int now = ++x;
      org.plait.sched.Blocking.yieldNow();
      lock.release();
      return now;
    }

    /** First. */
    @Actor
    public void actor1(II_Result r) {
      Attached.run(Attached.GIL, () -> r.r1 = add());
    }

    /** Second. */
    @Actor
    public void actor2(II_Result r) {
      Attached.run(Attached.GIL, () -> r.r2 = add());
    }
  }

  /**
   * One that waits for ever, and one that gives up after a moment and may take a wake-up with it.
   */
  @JCStressTest
  @Outcome(
      id = {"1, 1, 3", "1, 0, 2"},
      expect = Expect.ACCEPTABLE,
      desc = "nobody is forgotten")
  @State
  public static class GivesUp {
    private final Mutex lock = new Mutex();
    private int x;

    /** Holds it for a moment. */
    @Actor
    public void holder() {
      Attached.run(
          Attached.FREE,
          () -> {
            lock.acquire(Clock.FOREVER);
            x++;
            for (int i = 0; i < 50; i++) {
              Thread.onSpinWait();
            }
            lock.release();
          });
    }

    /** Waits. */
    @Actor
    public void patient(III_Result r) {
      Attached.run(
          Attached.FREE,
          () -> {
            lock.acquire(Clock.FOREVER);
            x++;
            r.r1 = 1;
            lock.release();
          });
    }

    /** Gives up. */
    @Actor
    public void impatient(III_Result r) {
      Attached.run(
          Attached.FREE,
          () -> {
            if (lock.acquire(Clock.deadline(2_000)) == org.plait.sched.Outcome.DONE) {
              x++;
              r.r2 = 1;
              lock.release();
            }
          });
    }

    /** Counts. */
    @Arbiter
    public void arbiter(III_Result r) {
      r.r3 = x;
    }
  }

  /** A recursive lock, taken twice by each. */
  @JCStressTest
  @Outcome(
      id = {"2, 4", "4, 2"},
      expect = Expect.ACCEPTABLE,
      desc = "one after the other")
  @State
  public static class Recursive {
    private final RecursiveMutex lock = new RecursiveMutex();
    private int x;

    private int addTwice() {
      lock.acquire(Clock.FOREVER);
      x++;
      lock.acquire(Clock.FOREVER);
      int now = ++x;
      lock.release();
      lock.release();
      return now;
    }

    /** First. */
    @Actor
    public void actor1(II_Result r) {
      Attached.run(Attached.FREE, () -> r.r1 = addTwice());
    }

    /** Second. */
    @Actor
    public void actor2(II_Result r) {
      Attached.run(Attached.FREE, () -> r.r2 = addTwice());
    }
  }
}
