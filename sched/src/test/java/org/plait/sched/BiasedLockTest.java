package org.plait.sched;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever owns a lock, and whoever takes it away: no update of what it protects is lost. */
@Timeout(60)
class BiasedLockTest {
  private static final int ROUNDS = 20;
  private static final int TIMES = 20_000;
  private static final int COUNTERS = 300;

  /** More than enough in a row to own a lock. */
  private static final int OFTEN = 100;

  /** As a container: a lock, and what it protects. */
  private static final class Counter {
    static final VarHandle LOCK;

    static {
      try {
        LOCK = MethodHandles.lookup().findVarHandle(Counter.class, "lock", int.class);
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }

    private int lock;
    private int count;
    private int twice;

    void add() {
      BiasedLock.lock(lock, LOCK, this);
      try {
        int n = count;
        Thread.onSpinWait();
        VarHandle.releaseFence();
        count = n + 1;
        Thread.onSpinWait();
        twice += 2;
      } finally {
        BiasedLock.unlock(lock, LOCK, this);
      }
    }

    /** So quickly that others who want it too find the lock contended. */
    void addQuickly() {
      BiasedLock.lock(lock, LOCK, this);
      VarHandle.releaseFence();
      count++;
      twice += 2;
      BiasedLock.unlock(lock, LOCK, this);
    }

    void addQuicklyAndOften() {
      for (int i = 0; i < OFTEN; i++) {
        addQuickly();
      }
    }

    void addOften() {
      for (int i = 0; i < OFTEN; i++) {
        add();
      }
    }

    boolean isMine() {
      return BiasedLock.isMine(lock);
    }

    /** Whether a change of which something was seen without the lock is seen whole then. */
    boolean isWhole() {
      int seen = count;
      BiasedLock.awaitFree(LOCK, this);
      return seen >= OFTEN && twice >= 2 * seen;
    }

    void assertCount(int expected) {
      assertThat(count).isEqualTo(expected);
      assertThat(twice).isEqualTo(2 * expected);
    }
  }

  private final Counter counter = new Counter();

  @BeforeEach
  void asIfItAlwaysPaid() {
    BiasedLock.forgetCounts();
  }

  private static void withThreads(Programs.Program body) {
    Programs.run(Scheduler.free(2), body);
  }

  @Test
  void whoTakesItInARowOwnsItUntilAnotherWantsIt() {
    withThreads(
        () -> {
          counter.add();
          assertThat(counter.isMine()).isFalse();
          counter.addOften();
          assertThat(counter.isMine()).isTrue();
          Programs.join(Programs.start(counter::add));
          assertThat(counter.isMine()).isFalse();
          counter.addOften();
          assertThat(counter.isMine()).isFalse();
          counter.assertCount(2 * OFTEN + 2);
        });
  }

  @Test
  void whoIsLeftAloneWithItOwnsItAgain() {
    withThreads(
        () -> {
          counter.addOften();
          Programs.join(Programs.start(counter::add));
          counter.addOften();
          assertThat(counter.isMine()).isFalse();
          for (int i = 0; i < 20; i++) {
            counter.addOften();
          }
          assertThat(counter.isMine()).isTrue();
        });
  }

  @Test
  void aThreadThatHasEndedOwnsNothing() {
    withThreads(
        () -> {
          Programs.join(Programs.start(counter::addOften));
          assertThat(counter.isMine()).isFalse();
          counter.addOften();
          assertThat(counter.isMine()).isTrue();
          counter.assertCount(2 * OFTEN);
        });
  }

  @Test
  void aThreadThatIsNoneOfTheSchedulersOwnsNothing() {
    counter.addOften();
    assertThat(counter.isMine()).isFalse();
    counter.assertCount(OFTEN);
  }

  /** Each of many locks is taken from its owner while that one is busy under it. */
  @RepeatedTest(ROUNDS)
  void anOwnerThatRunsLosesNoUpdate() {
    List<Counter> counters = IntStream.range(0, COUNTERS).mapToObj(i -> new Counter()).toList();
    AtomicInteger owned = new AtomicInteger(-1);
    withThreads(
        () -> {
          PlaitThread other =
              Programs.start(
                  () -> {
                    for (int i = 0; i < COUNTERS; i++) {
                      while (owned.get() < i) {
                        SafePoint.poll();
                      }
                      for (int n = 0; n < OFTEN; n++) {
                        counters.get(i).add();
                        SafePoint.poll();
                      }
                    }
                  });
          for (int i = 0; i < COUNTERS; i++) {
            counters.get(i).addOften();
            owned.set(i);
            for (int n = 0; n < 5 * OFTEN; n++) {
              counters.get(i).add();
              SafePoint.poll();
            }
          }
          Programs.join(other);
          counters.forEach(c -> c.assertCount(7 * OFTEN));
        });
  }

  /** Three threads, two at a time, until it has gone from owner to owner often enough. */
  @RepeatedTest(ROUNDS)
  void aContendedLockIsOwnedInTurn() {
    AtomicReference<@Nullable PlaitThread> last = new AtomicReference<>();
    AtomicInteger turns = new AtomicInteger();
    AtomicInteger adds = new AtomicInteger();
    Runnable contend =
        () -> {
          PlaitThread me = PlaitThread.current();
          int n = 0;
          for (; turns.get() < 20; SafePoint.poll()) {
            counter.addQuicklyAndOften();
            n += OFTEN;
            if (counter.isMine() && last.getAndSet(me) != me) {
              turns.incrementAndGet();
            }
          }
          adds.addAndGet(n);
        };
    withThreads(
        () -> {
          List<PlaitThread> others = List.of(Programs.start(contend), Programs.start(contend));
          contend.run();
          others.forEach(Programs::join);
          counter.assertCount(adds.get());
        });
  }

  @RepeatedTest(ROUNDS)
  void ownersThatWantEachOthersLocksDoNotWaitForEver() {
    List<Counter> counters = IntStream.range(0, 64).mapToObj(i -> new Counter()).toList();
    int threads = 4;
    withThreads(
        () -> {
          List<PlaitThread> all = new ArrayList<>();
          for (int n = 0; n < threads; n++) {
            int me = n;
            all.add(
                Programs.start(
                    () -> {
                      for (int i = me; i < counters.size(); i += threads) {
                        counters.get(i).addOften();
                      }
                      SafePoint.poll();
                      for (int i = 0; i < counters.size(); i++) {
                        counters.get((i + 16 * me) % counters.size()).addOften();
                        SafePoint.poll();
                      }
                    }));
          }
          all.forEach(Programs::join);
          counters.forEach(c -> c.assertCount((1 + threads) * OFTEN));
        });
  }

  @RepeatedTest(ROUNDS)
  void anOwnerThatStopsTheWorldIsNotWaitedFor() {
    withThreads(
        () -> {
          List<Counter> counters = IntStream.range(0, 50).mapToObj(i -> new Counter()).toList();
          PlaitThread other =
              Programs.start(
                  () -> {
                    for (Counter c : counters) {
                      c.addOften();
                      PlaitThread.current().scheduler().stopTheWorld(() -> {});
                    }
                  });
          for (int i = 0; i < TIMES; i++) {
            counters.get(ThreadLocalRandom.current().nextInt(counters.size())).add();
            SafePoint.poll();
          }
          Programs.join(other);
          assertThat(counters.stream().mapToInt(c -> c.count).sum())
              .isEqualTo(counters.size() * OFTEN + TIMES);
        });
  }

  @RepeatedTest(ROUNDS)
  void anOwnerThatWaitsForAMonitorIsNotWaitedFor() {
    Object monitor = new Object();
    withThreads(
        () -> {
          AtomicBoolean owns = new AtomicBoolean();
          PlaitThread other;
          synchronized (monitor) {
            other =
                Programs.start(
                    () -> {
                      counter.addOften();
                      owns.set(true);
                      synchronized (monitor) {
                        counter.add();
                      }
                    });
            while (!owns.get()) {
              SafePoint.poll();
            }
            counter.add();
          }
          Programs.join(other);
          counter.assertCount(OFTEN + 2);
        });
  }

  @RepeatedTest(ROUNDS)
  void whatIsUnchangedIsOfOneMoment() {
    writeAndRead(counter::add, 10);
  }

  /** It always has an owner then, or nearly so: there may be no such moment. */
  @RepeatedTest(ROUNDS)
  void whatIsUnchangedIsOfOneMomentAlsoWhenContended() {
    writeAndRead(counter::addQuicklyAndOften, 0);
  }

  /**
   * Two writers, and a reader without the lock who believes what is unchanged only.
   *
   * @param least how often the reader must have believed it
   */
  private void writeAndRead(Runnable write, int least) {
    withThreads(
        () -> {
          AtomicBoolean done = new AtomicBoolean();
          AtomicInteger reads = new AtomicInteger();
          AtomicBoolean torn = new AtomicBoolean();
          Runnable writing =
              () -> {
                for (int i = 0; i < TIMES || reads.get() < least; i++) {
                  write.run();
                  SafePoint.poll();
                }
              };
          PlaitThread writer = Programs.start(writing);
          PlaitThread reader =
              Programs.start(
                  () -> {
                    while (!done.get()) {
                      SafePoint.poll();
                      int stamp = BiasedLock.stamp(Counter.LOCK, counter);
                      if (stamp < 0) {
                        counter.add();
                        continue;
                      }
                      int count = counter.count;
                      Thread.onSpinWait();
                      int twice = counter.twice;
                      if (BiasedLock.isUnchanged(Counter.LOCK, counter, stamp)) {
                        if (twice != 2 * count) {
                          torn.set(true);
                        }
                        reads.incrementAndGet();
                      }
                    }
                  });
          writing.run();
          Programs.join(writer);
          done.set(true);
          Programs.join(reader);
          assertThat(torn).isFalse();
        });
  }

  @Test
  void whatWasContendedMeanwhileIsNotUnchanged() {
    Runnable addElsewhere = () -> Programs.join(Programs.start(counter::add));
    withThreads(
        () -> {
          addElsewhere.run();
          int stamp = BiasedLock.stamp(Counter.LOCK, counter);
          assertThat(BiasedLock.isUnchanged(Counter.LOCK, counter, stamp)).isTrue();
          Counter.LOCK.getAndBitwiseOr(counter, BiasedLock.TURN);
          addElsewhere.run();
          assertThat(BiasedLock.stamp(Counter.LOCK, counter)).isGreaterThan(0);
          assertThat(BiasedLock.isUnchanged(Counter.LOCK, counter, stamp)).isFalse();
        });
  }

  @RepeatedTest(ROUNDS)
  void aReaderWithoutTheLockSeesWholeChanges() {
    withThreads(
        () -> {
          AtomicBoolean done = new AtomicBoolean();
          counter.addOften();
          PlaitThread reader =
              Programs.start(
                  () -> {
                    assertThat(counter.isWhole()).isTrue();
                    done.set(true);
                  });
          int n = OFTEN;
          while (!done.get()) {
            counter.add();
            n++;
            SafePoint.poll();
          }
          Programs.join(reader);
          counter.assertCount(n);
        });
  }
}
