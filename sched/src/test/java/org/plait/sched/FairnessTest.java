package org.plait.sched;

import static org.assertj.core.api.Assertions.assertThat;
import static org.plait.sched.Programs.MILLI;
import static org.plait.sched.Programs.SECOND;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads that never block don't keep the others from running. */
class FairnessTest {
  private static Scheduler scheduler(String kind) {
    return switch (kind) {
      case "free" -> Scheduler.free();
      case "free(2)" -> Scheduler.free(2);
      case "free(1)" -> Scheduler.free(1);
      case "gil" -> Scheduler.gil();
      default -> throw new IllegalArgumentException(kind);
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"free", "free(2)", "free(1)", "gil"})
  void aSleeperWakesBesideSixteenSpinners(String kind) {
    Scheduler s = scheduler(kind);
    Programs.run(
        s,
        () -> {
          AtomicBoolean stop = new AtomicBoolean();
          List<PlaitThread> spinners =
              Programs.start(
                  16,
                  () -> {
                    while (!stop.getOpaque()) {
                      SafePoint.poll();
                    }
                  });
          long[] late = new long[20];
          for (int i = 0; i < late.length; i++) {
            long due = Clock.deadline(5 * MILLI);
            assertThat(Blocking.sleep(due)).isEqualTo(Outcome.TIMED_OUT);
            late[i] = Clock.nanoTime() - due;
            Programs.spin(MILLI / 10);
          }
          stop.set(true);
          Programs.join(spinners);
          java.util.Arrays.sort(late);
          System.out.printf(
              "%s: sleeper beside 16 spinners: median %.2f ms late, worst %.2f ms%n",
              kind, late[late.length / 2] / 1e6, late[late.length - 1] / 1e6);
          assertThat(late[late.length - 1]).isLessThan(10 * SECOND);
        });
    Programs.nothingIsArmed();
  }

  @ParameterizedTest
  @ValueSource(strings = {"free", "free(1)", "gil"})
  void spinnersAllGetTheirShare(String kind) {
    Programs.run(
        scheduler(kind),
        () -> {
          int count = 6;
          AtomicBoolean stop = new AtomicBoolean();
          AtomicInteger numbers = new AtomicInteger();
          AtomicLongArray rounds = new AtomicLongArray(count);
          List<PlaitThread> spinners =
              Programs.start(
                  count,
                  () -> {
                    int me = numbers.getAndIncrement();
                    while (!stop.getOpaque()) {
                      rounds.setOpaque(me, rounds.getOpaque(me) + 1);
                      SafePoint.poll();
                    }
                  });
          Programs.until(
              () -> {
                for (int i = 0; i < count; i++) {
                  if (rounds.getOpaque(i) < 1_000) {
                    return false;
                  }
                }
                return true;
              });
          stop.set(true);
          Programs.join(spinners);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"free", "free(1)", "gil"})
  void aLoopThatWaitsForAFlagEnds(String kind) {
    for (boolean virtual : new boolean[] {true, false}) {
      Programs.run(
          scheduler(kind),
          virtual,
          () -> {
            AtomicBoolean flag = new AtomicBoolean();
            List<PlaitThread> loops =
                Programs.start(
                    5,
                    () -> {
                      while (!flag.getOpaque()) {
                        SafePoint.poll();
                      }
                    });
            PlaitThread setter =
                Programs.start(
                    () -> {
                      Programs.sleep(2 * MILLI);
                      flag.set(true);
                    });
            while (!flag.getOpaque()) {
              SafePoint.poll();
            }
            Programs.join(loops);
            Programs.join(setter);
          });
    }
  }

  @Test
  void aHundredThousandThreadsSleepAtOnce() {
    Programs.run(
        Scheduler.free(),
        () -> {
          AtomicInteger slept = new AtomicInteger();
          long begin = Clock.nanoTime();
          List<PlaitThread> sleepers =
              Programs.start(
                  100_000,
                  () -> {
                    Programs.sleep(SECOND / 2);
                    slept.getAndIncrement();
                  });
          Programs.join(sleepers);
          System.out.printf(
              "100,000 sleepers of 0.5 s: %.2f s%n", (Clock.nanoTime() - begin) / 1e9);
          assertThat(slept.get()).isEqualTo(100_000);
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void neverMoreThreadsRunThanPermits(int permits) {
    // A busy machine may keep a thread from its safe points so long that its permit is replaced.
    int most = Integer.MAX_VALUE;
    for (int attempt = 0; attempt < 5 && most > permits; attempt++) {
      most = mostThatRun(permits);
    }
    assertThat(most).isLessThanOrEqualTo(permits);
  }

  private static int mostThatRun(int permits) {
    AtomicInteger most = new AtomicInteger();
    Programs.run(
        Scheduler.free(permits),
        () -> {
          Mutex lock = new Mutex();
          AtomicInteger inside = new AtomicInteger();
          List<PlaitThread> threads =
              Programs.start(
                  8,
                  () -> {
                    for (int i = 0; i < 300; i++) {
                      int now = inside.incrementAndGet();
                      most.accumulateAndGet(now, Math::max);
                      for (int k = 0; k < 2_000; k++) {
                        Thread.onSpinWait();
                      }
                      inside.decrementAndGet();
                      switch (i % 4) {
                        case 0 -> Blocking.yieldNow();
                        case 1 -> Programs.sleep(10_000);
                        case 2 -> {
                          lock.acquireUninterruptibly();
                          lock.release();
                        }
                        default -> SafePoint.poll();
                      }
                    }
                  });
          Programs.join(threads);
        });
    return most.get();
  }

  /** Threads that reach no safe point, more than there are carriers, don't stop one that sleeps. */
  @Test
  void threadsWithoutSafePointsAreGotRound() {
    Programs.run(
        Scheduler.free(2),
        () -> {
          AtomicInteger over = new AtomicInteger();
          List<PlaitThread> stuck =
              Programs.start(
                  6,
                  () -> {
                    while (over.get() == 0) {
                      Thread.onSpinWait();
                    }
                  });
          for (int i = 0; i < 20; i++) {
            Programs.sleep(MILLI);
          }
          over.set(1);
          Programs.join(stuck);
        });
    // The permits that were made for that have ended.
    neverMoreThreadsRunThanPermits(2);
  }
}
