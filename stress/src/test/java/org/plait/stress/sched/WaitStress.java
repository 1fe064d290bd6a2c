package org.plait.stress.sched;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;
import org.plait.sched.Blocking;
import org.plait.sched.Clock;
import org.plait.sched.Latch;
import org.plait.sched.PlaitThread;
import org.plait.sched.WaitQueue;

/** Parking, latches and wait queues: a lost wake-up shows as a test that does not end. */
public final class WaitStress {
  private WaitStress() {}

  /** One parks until the other has said so. */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "woken, and sees why")
  @State
  public static class ParkUnpark {
    private volatile PlaitThread waiter;
    private volatile boolean said;
    private int value;

    /** Waits. */
    @Actor
    public void waits(I_Result r) {
      Attached.run(
          Attached.FREE,
          () -> {
            waiter = PlaitThread.current();
            while (!said) {
              Blocking.park(this, Clock.FOREVER);
            }
            r.r1 = value;
          });
    }

    /** Wakes; not attached. */
    @Actor
    public void wakes() {
      value = 1;
      said = true;
      PlaitThread t = waiter;
      if (t != null) {
        Blocking.unpark(t);
      }
    }
  }

  /** An unpark against a deadline. */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "comes back, with a permit")
  @State
  public static class ParkWithDeadline {
    private volatile PlaitThread waiter;

    /** Waits for a microsecond. */
    @Actor
    public void waits(I_Result r) {
      Attached.run(
          Attached.GIL,
          () -> {
            waiter = PlaitThread.current();
            Blocking.park(this, Clock.deadline(1_000));
            r.r1 = 1;
          });
    }

    /** Wakes, perhaps at that moment. */
    @Actor
    public void wakes() {
      Attached.run(
          Attached.GIL,
          () -> {
            PlaitThread t = waiter;
            if (t != null) {
              Blocking.unpark(t);
            }
          });
    }
  }

  /** A latch publishes. */
  @JCStressTest
  @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "both see what was before")
  @State
  public static class Latches {
    private final Latch latch = new Latch();
    private int value;

    /** Opens. */
    @Actor
    public void opens() {
      value = 1;
      latch.open();
    }

    /** Waits. */
    @Actor
    public void waits1(II_Result r) {
      Attached.run(
          Attached.FREE,
          () -> {
            latch.await(Clock.FOREVER);
            r.r1 = value;
          });
    }

    /** Waits. */
    @Actor
    public void waits2(II_Result r) {
      Attached.run(
          Attached.FREE,
          () -> {
            latch.await(Clock.FOREVER);
            r.r2 = value;
          });
    }
  }

  /** What consumers wait for; tells each how many have got something. */
  private static final class Items {
    private final AtomicInteger left = new AtomicInteger();
    private final AtomicInteger taken = new AtomicInteger();
    private final WaitQueue consumers = new WaitQueue(this);

    private boolean tryTake() {
      int n = left.get();
      return n > 0 && left.compareAndSet(n, n - 1);
    }

    private int take(long patience) {
      org.plait.sched.Outcome end = null;
      while (end != org.plait.sched.Outcome.DONE) {
        long deadline = patience == Clock.FOREVER ? patience : Clock.deadline(patience);
        end = consumers.await(this::tryTake, deadline);
      }
      return taken.incrementAndGet();
    }

    void putTwo() {
      for (int i = 0; i < 2; i++) {
        left.incrementAndGet();
        consumers.wakeOne();
      }
    }
  }

  /** Two consumers, one producer of two items. */
  @JCStressTest
  @Outcome(
      id = {"1, 2", "2, 1"},
      expect = Expect.ACCEPTABLE,
      desc = "each gets one")
  @State
  public static class Queues {
    private final Items items = new Items();

    /** Puts two. */
    @Actor
    public void puts() {
      items.putTwo();
    }

    /** Takes one. */
    @Actor
    public void takes1(II_Result r) {
      Attached.run(Attached.FREE, () -> r.r1 = items.take(Clock.FOREVER));
    }

    /** Takes one. */
    @Actor
    public void takes2(II_Result r) {
      Attached.run(Attached.FREE, () -> r.r2 = items.take(Clock.FOREVER));
    }
  }

  /** As {@link Queues}, where one consumer gives up and comes back again and again. */
  @JCStressTest
  @Outcome(
      id = {"1, 2", "2, 1"},
      expect = Expect.ACCEPTABLE,
      desc = "each gets one")
  @State
  public static class QueuesWithTimeOuts {
    private final Items items = new Items();

    /** Puts two. */
    @Actor
    public void puts() {
      items.putTwo();
    }

    /** Takes one, 2 microseconds at a time. */
    @Actor
    public void takes1(II_Result r) {
      Attached.run(Attached.FREE, () -> r.r1 = items.take(2_000));
    }

    /** Takes one. */
    @Actor
    public void takes2(II_Result r) {
      Attached.run(Attached.FREE, () -> r.r2 = items.take(Clock.FOREVER));
    }
  }
}
