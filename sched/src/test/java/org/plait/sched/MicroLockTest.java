package org.plait.sched;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/**
 * The end of a program's time with one thread: whoever comes second, and whenever, no update of
 * what both of them change is lost.
 */
class MicroLockTest {
  private static final int ROUNDS = 30;
  private static final int TIMES = 2_000;

  /** So long a change takes that whoever comes second mostly comes during one. */
  private static final int PAUSES = 20;

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

    @SuppressWarnings("unused")
    private int lock;

    private int count;
    private int twice;

    void add() {
      MicroLock.lock(LOCK, this);
      try {
        int n = count;
        pause();
        count = n + 1;
        twice += 2;
      } finally {
        MicroLock.unlock(LOCK, this);
      }
      // The lock is not fair: a thread that held it nearly all the time would let nobody else in.
      pause();
    }

    private static void pause() {
      for (int i = 0; i < PAUSES; i++) {
        Thread.onSpinWait();
      }
    }

    void assertCount(int expected) {
      assertThat(count).isEqualTo(expected);
      assertThat(twice).isEqualTo(2 * expected);
      assertThat((int) LOCK.getVolatile(this)).isZero();
    }
  }

  private final Counter counter = new Counter();

  @AfterEach
  void shareAgain() {
    MicroLock.notAlone();
  }

  private void addManyTimes() {
    for (int i = 0; i < TIMES; i++) {
      counter.add();
      SafePoint.poll();
    }
  }

  @RepeatedTest(ROUNDS)
  void theOnlyThreadStartsAnother() {
    MicroLock.assumeAlone();
    int at = ThreadLocalRandom.current().nextInt(TIMES);
    Programs.run(
        Scheduler.free(2),
        () -> {
          PlaitThread second = null;
          for (int i = 0; i < TIMES; i++) {
            if (i == at) {
              assertThat(MicroLock.isAlone()).isTrue();
              second = Programs.start(this::addManyTimes);
              assertThat(MicroLock.isAlone()).isFalse();
            }
            counter.add();
            SafePoint.poll();
          }
          Programs.join(second);
          counter.assertCount(2 * TIMES);
        });
  }

  /** The main thread goes on until the other one, which comes at any moment, is done. */
  private void withSecond(Runnable second, AtomicBoolean done) {
    second.run();
    int n = 0;
    while (!done.get()) {
      counter.add();
      SafePoint.poll();
      n++;
    }
    assertThat(MicroLock.isAlone()).isFalse();
    counter.assertCount(n + TIMES);
  }

  private static void spinForAWhile() {
    long end = System.nanoTime() + ThreadLocalRandom.current().nextInt(2_000_000);
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  @RepeatedTest(ROUNDS)
  void aJavaThreadIsAttached() throws InterruptedException {
    MicroLock.assumeAlone();
    Scheduler s = Scheduler.free(2);
    AtomicBoolean done = new AtomicBoolean();
    Thread stranger =
        new Thread(
            () -> {
              spinForAWhile();
              PlaitThread.attach(s, "stranger");
              addManyTimes();
              done.set(true);
              PlaitThread.detach();
            });
    Programs.run(s, () -> withSecond(stranger::start, done));
    stranger.join();
  }

  @RepeatedTest(ROUNDS)
  void aServerJoinsTheProgram() {
    MicroLock.assumeAlone();
    AtomicBoolean done = new AtomicBoolean();
    Runnable server =
        () -> {
          spinForAWhile();
          PlaitThread.joinProgram();
          addManyTimes();
          done.set(true);
        };
    Programs.run(
        Scheduler.free(2),
        () -> withSecond(() -> PlaitThread.startServer(server, "server", null), done));
  }

  @Test
  void onlyOneLocksWhenThereAreMore() {
    assertThat(MicroLock.isAlone()).isFalse();
    assertThat(MicroLock.tryLock(Counter.LOCK, counter)).isTrue();
    assertThat(MicroLock.tryLock(Counter.LOCK, counter)).isFalse();
    MicroLock.unlock(Counter.LOCK, counter);
    assertThat(MicroLock.tryLock(Counter.LOCK, counter)).isTrue();
    MicroLock.unlock(Counter.LOCK, counter);
  }
}
