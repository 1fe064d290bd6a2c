package org.plait.stress.sched;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Mode;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.Signal;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;
import org.plait.sched.Blocking;
import org.plait.sched.PlaitThread;
import org.plait.sched.SafePoint;
import org.plait.sched.SpinLock;
import org.plait.sched.Unblocker;

/** Permits, safe points and spin locks. */
public final class PermitStress {
  private PermitStress() {}

  /** One permit excludes, and hands memory on, through releases, hand-overs and blocking calls. */
  @JCStressTest
  @Outcome(id = "9", expect = Expect.ACCEPTABLE, desc = "no update lost")
  @State
  public static class OnePermit {
    private int x;

    private void add() {
      x++;
      Blocking.yieldNow();
      x++;
      Blocking.<Object, RuntimeException>call(Unblocker.NONE, () -> null, null);
      x++;
    }

    /** First. */
    @Actor
    public void actor1() {
      Attached.run(Attached.GIL, this::add);
    }

    /** Second. */
    @Actor
    public void actor2() {
      Attached.run(Attached.GIL, this::add);
    }

    /** Third. */
    @Actor
    public void actor3() {
      Attached.run(Attached.GIL, this::add);
    }

    /** Sums up. */
    @Arbiter
    public void arbiter(I_Result r) {
      r.r1 = x;
    }
  }

  /** A stopped world stands between two safe points. */
  @JCStressTest
  @Outcome(
      id = {"0, 0", "1, 1", "2, 2"},
      expect = Expect.ACCEPTABLE,
      desc = "all or nothing")
  @State
  public static class StopTheWorld {
    private int a;
    private int b;

    /** Changes two things. */
    @Actor
    public void changes() {
      Attached.run(
          Attached.FREE,
          () -> {
            a++;
            b++;
            SafePoint.poll();
            a++;
            b++;
          });
    }

    /** Looks at both. */
    @Actor
    public void looks(II_Result r) {
      Attached.run(
          Attached.FREE,
          () ->
              Attached.FREE.stopTheWorld(
                  () -> {
                    r.r1 = a;
                    r.r2 = b;
                  }));
    }
  }

  /** A request is delivered once. */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "once")
  @State
  public static class Requests {
    private static final ThreadLocal<Requests> DELIVER_TO = new ThreadLocal<>();

    static {
      Attached.FREE.setActions((t, requests) -> DELIVER_TO.get().delivered++);
    }

    private volatile PlaitThread polled;
    private volatile boolean requested;
    private int delivered;

    /** Polls. */
    @Actor
    public void polls(I_Result r) {
      Attached.run(
          Attached.FREE,
          () -> {
            DELIVER_TO.set(this);
            polled = PlaitThread.current();
            while (!requested) {
              SafePoint.poll();
            }
            SafePoint.poll();
            SafePoint.poll();
            r.r1 = delivered;
          });
    }

    /** Asks. */
    @Actor
    public void asks() {
      PlaitThread t;
      while ((t = polled) == null) {
        Thread.onSpinWait();
      }
      t.request(SafePoint.USER);
      requested = true;
    }
  }

  /** A loop that polls and waits for a plain field ends. */
  @JCStressTest(Mode.Termination)
  @Outcome(id = "TERMINATED", expect = Expect.ACCEPTABLE, desc = "ends")
  @State
  public static class PollingLoop {
    private volatile boolean flag;

    /** Waits for the flag. */
    @Actor
    public void waits() {
      Attached.run(
          Attached.GIL,
          () -> {
            while (!flag) {
              SafePoint.pollCompiled();
            }
          });
    }

    /** Sets it, and needs the one permit to do so. */
    @Signal
    public void sets() {
      Attached.run(Attached.GIL, () -> flag = true);
    }
  }

  /** A spin lock excludes. */
  @JCStressTest
  @Outcome(
      id = {"1, 2", "2, 1"},
      expect = Expect.ACCEPTABLE,
      desc = "one after the other")
  @State
  public static class Spins {
    private final SpinLock lock = new SpinLock();
    private int x;

    private int add() {
      lock.lock();
      int now = ++x;
      lock.unlock();
      return now;
    }

    /** First. */
    @Actor
    public void actor1(II_Result r) {
      r.r1 = add();
    }

    /** Second. */
    @Actor
    public void actor2(II_Result r) {
      r.r2 = add();
    }
  }
}
