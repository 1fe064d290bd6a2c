package org.plait.sched;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Runs test programs as the main thread of a scheduler, and helps them. */
final class Programs {
  static final long SECOND = 1_000_000_000L;
  static final long MILLI = 1_000_000L;

  private Programs() {}

  interface Program {
    void run() throws Exception;
  }

  /** Runs it on a virtual main thread; what it throws comes out. */
  static void run(Scheduler scheduler, Program program) {
    run(scheduler, true, program);
  }

  static void run(Scheduler scheduler, boolean virtual, Program program) {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    scheduler.runMain(
        () -> {
          try {
            program.run();
          } catch (Throwable e) {
            failure.set(e);
          }
        },
        null,
        virtual);
    if (failure.get() instanceof RuntimeException e) {
      throw e;
    } else if (failure.get() instanceof Error e) {
      throw e;
    } else if (failure.get() != null) {
      throw new AssertionError(failure.get());
    }
  }

  static PlaitThread start(Runnable body) {
    return PlaitThread.start(body, null, false, 0, null);
  }

  static List<PlaitThread> start(int count, Runnable body) {
    List<PlaitThread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      threads.add(start(body));
    }
    return threads;
  }

  static void join(List<PlaitThread> threads) {
    for (PlaitThread t : threads) {
      join(t);
    }
  }

  static void join(PlaitThread t) {
    if (t.join(Clock.deadline(60 * SECOND)) != Outcome.DONE) {
      throw new AssertionError(t + " did not end; it waits for " + t.waitingFor());
    }
  }

  static void sleep(long nanos) {
    Blocking.sleep(Clock.deadline(nanos));
  }

  /** Runs without blocking, polling as compiled code would. */
  static void spin(long nanos) {
    long end = Clock.deadline(nanos);
    while (Clock.nanoTime() < end) {
      SafePoint.poll();
    }
  }

  /** Waits, politely, until another thread has done something. */
  static void until(java.util.function.BooleanSupplier condition) {
    long end = Clock.deadline(60 * SECOND);
    while (!condition.getAsBoolean()) {
      if (Clock.nanoTime() > end) {
        throw new AssertionError("waited for a minute");
      }
      sleep(MILLI);
    }
  }

  /** Fails if a request stays counted though its thread has ended; a ticker may be just asking. */
  static void nothingIsArmed() {
    long end = System.nanoTime() + 10 * SECOND;
    while (SafePoint.isArmed()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("a request is counted that nobody will see");
      }
      Thread.onSpinWait();
    }
  }
}
