package org.plait.sched;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.plait.sched.Programs.MILLI;
import static org.plait.sched.Programs.SECOND;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MutexTest {
  private int counter;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void excludes(int permits) {
    Programs.run(
        Scheduler.free(permits),
        () -> {
          Mutex lock = new Mutex();
          Programs.join(
              Programs.start(
                  5,
                  () -> {
                    for (int i = 0; i < 20_000; i++) {
                      assertThat(lock.acquire(Clock.FOREVER) == Outcome.DONE).isTrue();
                      counter++;
                      lock.release();
                      SafePoint.poll();
                    }
                  }));
          assertThat(counter).isEqualTo(100_000);
          assertThat(lock.isLocked()).isFalse();
        });
  }

  @Test
  void platformThreadsMayUseItToo() throws InterruptedException {
    Scheduler s = Scheduler.free();
    Mutex lock = new Mutex();
    Runnable body =
        () -> {
          PlaitThread.attach(s, null);
          for (int i = 0; i < 20_000; i++) {
            lock.acquireUninterruptibly();
            counter++;
            lock.release();
          }
          PlaitThread.detach();
        };
    Thread[] threads = {new Thread(body), new Thread(body), Thread.ofVirtual().unstarted(body)};
    for (Thread t : threads) {
      t.start();
    }
    for (Thread t : threads) {
      t.join();
    }
    assertThat(counter).isEqualTo(60_000);
    assertThat(s.threadCount()).isZero();
  }

  @Test
  void timesOut() {
    Programs.run(
        Scheduler.free(),
        () -> {
          Mutex lock = new Mutex();
          assertThat(lock.tryAcquire()).isTrue();
          assertThat(lock.tryAcquire()).isFalse();
          long deadline = Clock.deadline(20 * MILLI);
          assertThat(lock.acquire(deadline)).isEqualTo(Outcome.TIMED_OUT);
          assertThat(Clock.nanoTime()).isGreaterThanOrEqualTo(deadline);
          lock.release();
          assertThat(lock.acquire(Clock.deadline(0))).isEqualTo(Outcome.DONE);
          lock.release();
        });
  }

  @Test
  void anyThreadMayReleaseButOnlyIfItIsLocked() {
    Programs.run(
        Scheduler.free(),
        () -> {
          Mutex lock = new Mutex();
          assertThatThrownBy(lock::release).isInstanceOf(IllegalMonitorStateException.class);
          lock.tryAcquire();
          PlaitThread other = Programs.start(lock::release);
          assertThat(lock.acquire(Clock.FOREVER)).isEqualTo(Outcome.DONE);
          Programs.join(other);
        });
  }

  @Test
  void aWaiterIsNotOvertakenForEver() {
    Programs.run(
        Scheduler.free(2),
        () -> {
          Mutex lock = new Mutex();
          AtomicBoolean stop = new AtomicBoolean();
          List<PlaitThread> greedy =
              Programs.start(
                  2,
                  () -> {
                    while (!stop.getOpaque()) {
                      lock.acquireUninterruptibly();
                      for (int i = 0; i < 100; i++) {
                        Thread.onSpinWait();
                      }
                      lock.release();
                      SafePoint.poll();
                    }
                  });
          for (int i = 0; i < 50; i++) {
            assertThat(lock.acquire(Clock.deadline(30 * SECOND))).isEqualTo(Outcome.DONE);
            lock.release();
          }
          stop.set(true);
          Programs.join(greedy);
        });
  }

  @Test
  void aSignalInterruptsTheWaitOfTheMainThread() {
    Scheduler s = Scheduler.free();
    Programs.run(
        s,
        () -> {
          AtomicInteger handled = new AtomicInteger();
          s.setActions((t, requests) -> handled.set(requests));
          Mutex lock = new Mutex();
          lock.tryAcquire();
          PlaitThread main = PlaitThread.current();
          PlaitThread other =
              Programs.start(
                  () -> {
                    Programs.until(() -> main.waitingFor() == lock);
                    s.interruptMain();
                  });
          assertThat(lock.acquire(Clock.FOREVER)).isEqualTo(Outcome.INTERRUPTED);
          assertThat(handled.get()).isZero();
          assertThat(lock.acquire(Clock.FOREVER)).isEqualTo(Outcome.INTERRUPTED);
          SafePoint.poll();
          assertThat(handled.get()).isEqualTo(SafePoint.SIGNAL);
          Programs.join(other);
          assertThat(lock.acquire(Clock.deadline(MILLI))).isEqualTo(Outcome.TIMED_OUT);
        });
  }

  @Test
  void waitersThatGiveUpTakeNoWakeUpWithThem() {
    Programs.run(
        Scheduler.free(2),
        () -> {
          Mutex lock = new Mutex();
          AtomicInteger inside = new AtomicInteger();
          AtomicReference<String> wrong = new AtomicReference<>();
          Programs.join(
              Programs.start(
                  8,
                  () -> {
                    for (int i = 0; i < 2_000; i++) {
                      Outcome outcome = lock.acquire(Clock.deadline(i % 7 * 5_000L));
                      if (outcome == Outcome.DONE) {
                        if (inside.incrementAndGet() != 1) {
                          wrong.set("two inside");
                        }
                        if (i % 5 == 0) {
                          Blocking.yieldNow();
                        }
                        inside.decrementAndGet();
                        lock.release();
                      }
                    }
                    lock.acquireUninterruptibly();
                    lock.release();
                  }));
          assertThat(wrong.get()).isNull();
          assertThat(lock.isLocked()).isFalse();
        });
  }

  @Test
  void recursiveMutexCountsItsOwner() {
    Programs.run(
        Scheduler.free(),
        () -> {
          RecursiveMutex lock = new RecursiveMutex();
          assertThatThrownBy(lock::release).isInstanceOf(IllegalMonitorStateException.class);
          lock.acquire(Clock.FOREVER);
          assertThat(lock.tryAcquire()).isTrue();
          assertThat(lock.count()).isEqualTo(2);
          assertThat(lock.owner()).isSameAs(PlaitThread.current());
          AtomicReference<Object> seen = new AtomicReference<>();
          Programs.join(
              Programs.start(
                  () -> {
                    assertThat(lock.isOwned()).isFalse();
                    seen.set(lock.tryAcquire());
                  }));
          assertThat(seen.get()).isEqualTo(false);
          int saved = lock.releaseAll();
          assertThat(saved).isEqualTo(2);
          Programs.join(
              Programs.start(
                  () -> {
                    seen.set(lock.acquire(Clock.deadline(SECOND)));
                    lock.release();
                  }));
          assertThat(seen.get()).isEqualTo(Outcome.DONE);
          lock.restore(saved);
          assertThat(lock.count()).isEqualTo(2);
          lock.release();
          lock.release();
          assertThat(lock.isOwned()).isFalse();
        });
  }
}
