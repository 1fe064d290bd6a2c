package org.plait.sched;

import static org.assertj.core.api.Assertions.assertThat;
import static org.plait.sched.Programs.MILLI;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plait.sched.strategy.RandomWalk;

class WaitQueueTest {
  /** Takes from a concurrent queue. */
  private static final class Taker implements Attempt {
    private final ConcurrentLinkedQueue<Integer> items;
    private Integer taken;

    private Taker(ConcurrentLinkedQueue<Integer> items) {
      this.items = items;
    }

    @Override
    public boolean tryNow() {
      taken = items.poll();
      return taken != null;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, 20_000})
  void noItemIsLostAndNobodySleepsBesideOne(long timeout) {
    int perProducer = 20_000;
    Programs.run(
        Scheduler.free(2),
        () -> {
          ConcurrentLinkedQueue<Integer> items = new ConcurrentLinkedQueue<>();
          WaitQueue consumers = new WaitQueue(items);
          AtomicLong sum = new AtomicLong();
          List<PlaitThread> takers =
              Programs.start(
                  4,
                  () -> {
                    Taker taker = new Taker(items);
                    while (true) {
                      long deadline = timeout == Clock.FOREVER ? timeout : Clock.deadline(timeout);
                      if (consumers.await(taker, deadline) == Outcome.DONE) {
                        if (taker.taken < 0) {
                          return;
                        }
                        sum.addAndGet(taker.taken);
                      }
                    }
                  });
          List<PlaitThread> putters =
              Programs.start(
                  2,
                  () -> {
                    for (int i = 1; i <= perProducer; i++) {
                      items.add(i);
                      consumers.wakeOne();
                      SafePoint.poll();
                    }
                  });
          Programs.join(putters);
          for (int i = 0; i < takers.size(); i++) {
            items.add(-1);
            consumers.wakeOne();
          }
          Programs.join(takers);
          assertThat(sum.get()).isEqualTo((long) perProducer * (perProducer + 1));
          assertThat(consumers.size()).isZero();
        });
  }

  /**
   * A waiter that is woken for the second item while it tries for the first passes that on, or the
   * other one sleeps beside an item.
   */
  @Test
  void aWakeUpThatComesBeforeTheAttemptIsPassedOn() {
    for (int seed = 0; seed < 500; seed++) {
      DeterministicScheduler s = Scheduler.deterministic(new RandomWalk(seed, 0.5));
      AtomicInteger items = new AtomicInteger();
      WaitQueue consumers = new WaitQueue(items);
      Programs.run(
          s,
          () -> {
            List<PlaitThread> takers =
                Programs.start(
                    2,
                    () ->
                        consumers.await(
                            () -> {
                              SafePoint.point();
                              int n = items.get();
                              return n > 0 && items.compareAndSet(n, n - 1);
                            },
                            Clock.FOREVER));
            for (int i = 0; i < 2; i++) {
              SafePoint.poll();
              items.incrementAndGet();
              SafePoint.poll();
              consumers.wakeOne();
            }
            Programs.join(takers);
          });
      assertThat(s.failure()).as("seed %d", seed).isNull();
      s.close();
    }
  }

  /**
   * Of three that are to be woken at once, the first wakes the second, and that one the third: here
   * none goes on before all have taken something.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatIsWithheldIsPassedOn(boolean saysWhetherThereIsMore) {
    for (int seed = 0; seed < 500; seed++) {
      DeterministicScheduler s = Scheduler.deterministic(new RandomWalk(seed, 0.5));
      AtomicInteger items = new AtomicInteger();
      WaitQueue consumers = new WaitQueue(items);
      AtomicInteger taken = new AtomicInteger();
      Latch all = new Latch();
      Attempt take =
          new Attempt() {
            @Override
            public boolean tryNow() {
              SafePoint.point();
              int n = items.get();
              return n > 0 && items.compareAndSet(n, n - 1);
            }

            @Override
            public boolean mightWorkAgain() {
              SafePoint.point();
              return !saysWhetherThereIsMore || items.get() > 0;
            }
          };
      Programs.run(
          s,
          () -> {
            List<PlaitThread> takers =
                Programs.start(
                    3,
                    () -> {
                      consumers.await(take, Clock.FOREVER);
                      if (taken.incrementAndGet() == 3) {
                        all.open();
                      }
                      all.await(Clock.FOREVER);
                    });
            for (int i = 0; i < 3; i++) {
              SafePoint.poll();
              items.incrementAndGet();
              consumers.wakeOne();
            }
            Programs.join(takers);
          });
      assertThat(s.failure()).as("seed %d", seed).isNull();
      s.close();
    }
  }

  /** Those that share a queue need not attempt the same; one that fails ends its own wait alone. */
  @Test
  void anAttemptThatFailsWithAnErrorWakesTheOthers() {
    Programs.run(
        Scheduler.free(2),
        () -> {
          AtomicInteger items = new AtomicInteger();
          WaitQueue consumers = new WaitQueue(items);
          PlaitThread fails =
              Programs.start(
                  () -> {
                    try {
                      consumers.await(
                          () -> {
                            if (items.get() > 0) {
                              throw new OutOfMemoryError("for the test");
                            }
                            return false;
                          },
                          Clock.FOREVER);
                    } catch (OutOfMemoryError e) {
                      // what it is here for
                    }
                  });
          Programs.until(() -> consumers.size() == 1);
          List<PlaitThread> takers =
              Programs.start(
                  2,
                  () -> {
                    while (consumers.await(
                            () -> {
                              int n = items.get();
                              return n > 0 && items.compareAndSet(n, n - 1);
                            },
                            Clock.FOREVER)
                        != Outcome.DONE) {
                      SafePoint.poll();
                    }
                  });
          Programs.until(() -> consumers.size() == 3);
          for (int i = 0; i < 2; i++) {
            items.incrementAndGet();
            consumers.wakeOne();
          }
          Programs.join(fails);
          Programs.join(takers);
          assertThat(items.get()).isZero();
        });
  }

  @Test
  void aLatchWakesAll() {
    Programs.run(
        Scheduler.free(),
        () -> {
          Latch latch = new Latch();
          AtomicInteger passed = new AtomicInteger();
          List<PlaitThread> threads =
              Programs.start(
                  100,
                  () -> {
                    if (latch.await(Clock.FOREVER) == Outcome.DONE) {
                      passed.incrementAndGet();
                    }
                  });
          assertThat(latch.await(Clock.deadline(5 * MILLI))).isEqualTo(Outcome.TIMED_OUT);
          assertThat(passed.get()).isZero();
          latch.open();
          latch.open();
          Programs.join(threads);
          assertThat(passed.get()).isEqualTo(100);
        });
  }
}
