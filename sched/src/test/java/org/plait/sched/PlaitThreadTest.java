package org.plait.sched;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.plait.sched.Programs.MILLI;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaitThreadTest {
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void startsListsAndJoins(boolean virtualMain) {
    Scheduler s = Scheduler.free();
    Programs.run(
        s,
        virtualMain,
        () -> {
          PlaitThread main = PlaitThread.current();
          assertThat(s.mainThread()).isSameAs(main);
          assertThat(main.nativeId()).isGreaterThan(1L << 22);
          main.setNativeId(77);
          assertThat(main.nativeId()).isEqualTo(77);
          Latch go = new Latch();
          List<String> events = java.util.Collections.synchronizedList(new ArrayList<>());
          Object attachment = new Object();
          PlaitThread t =
              PlaitThread.start(
                  () -> {
                    PlaitThread me = PlaitThread.current();
                    me.onExit(() -> events.add("exit " + me.isAlive()));
                    assertThat(me.attachment).isSameAs(attachment);
                    go.await(Clock.FOREVER);
                    events.add("body");
                  },
                  "worker",
                  true,
                  0,
                  attachment);
          assertThat(s.threads()).containsExactly(main, t);
          assertThat(s.thread(t.ident())).isSameAs(t);
          assertThat(t.isDaemon()).isTrue();
          assertThat(t.javaThread().isVirtual()).isTrue();
          assertThat(t.join(Clock.deadline(MILLI))).isEqualTo(Outcome.TIMED_OUT);
          assertThatThrownBy(() -> main.join(Clock.FOREVER))
              .isInstanceOf(IllegalStateException.class);
          go.open();
          Programs.join(t);
          assertThat(events).containsExactly("body", "exit true");
          assertThat(t.isAlive()).isFalse();
          assertThat(s.threads()).containsExactly(main);
          t.request(SafePoint.SIGNAL | SafePoint.HAND_OVER);
          Programs.nothingIsArmed();
        });
  }

  private static int depth(int n) {
    return n == 0 ? 0 : 1 + depth(n - 1);
  }

  @Test
  void aLargeStackMakesAPlatformThread() {
    Programs.run(
        Scheduler.free(),
        () -> {
          AtomicInteger reached = new AtomicInteger();
          PlaitThread t =
              PlaitThread.start(() -> reached.set(depth(400_000)), "deep", false, 512L << 20, null);
          assertThat(t.javaThread().isVirtual()).isFalse();
          Programs.join(t);
          assertThat(reached.get()).isEqualTo(400_000);
        });
  }

  @Test
  void javaThreadsAttachAndDetach() throws InterruptedException {
    Scheduler s = Scheduler.gil();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread[] threads = new Thread[4];
    AtomicInteger inside = new AtomicInteger();
    for (int i = 0; i < threads.length; i++) {
      threads[i] =
          new Thread(
              () -> {
                try {
                  for (int k = 0; k < 200; k++) {
                    PlaitThread t = PlaitThread.attach(s, "java");
                    assertThat(PlaitThread.current()).isSameAs(t);
                    assertThat(inside.incrementAndGet()).isEqualTo(1);
                    inside.decrementAndGet();
                    PlaitThread.detach();
                    assertThat(PlaitThread.currentOrNull()).isNull();
                  }
                } catch (Throwable e) {
                  failure.set(e);
                }
              });
      threads[i].start();
    }
    for (Thread t : threads) {
      t.join();
    }
    assertThat(failure.get()).isNull();
    assertThatThrownBy(PlaitThread::current).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void aStoppedWorldStandsStill(int permits) {
    Scheduler s = Scheduler.free(permits);
    Programs.run(
        s,
        () -> {
          AtomicLong work = new AtomicLong();
          AtomicBoolean stop = new AtomicBoolean();
          Mutex lock = new Mutex();
          AtomicInteger numbers = new AtomicInteger();
          AtomicInteger stops = new AtomicInteger();
          List<PlaitThread> workers =
              Programs.start(
                  6,
                  () -> {
                    int kind = numbers.getAndIncrement();
                    while (!stop.getOpaque()) {
                      work.incrementAndGet();
                      switch (kind) {
                        case 0, 1 -> Thread.onSpinWait();
                        case 2 -> Programs.sleep(20_000);
                        case 3, 4 -> {
                          lock.acquireUninterruptibly();
                          work.incrementAndGet();
                          lock.release();
                        }
                        default ->
                            s.stopTheWorld(
                                () -> {
                                  stops.incrementAndGet();
                                  assertStill(work);
                                });
                      }
                      SafePoint.poll();
                    }
                  });
          for (int i = 0; i < 50; i++) {
            s.stopTheWorld(() -> assertStill(work));
            Programs.sleep(100_000);
          }
          stop.set(true);
          Programs.join(workers);
          assertThat(stops.get()).isPositive();
        });
    Programs.nothingIsArmed();
  }

  private static void assertStill(AtomicLong work) {
    long before = work.get();
    for (int i = 0; i < 2_000; i++) {
      Thread.onSpinWait();
    }
    assertThat(work.get()).isEqualTo(before);
  }

  /** Threads that queue while others are asked to hand over; those that freeze take no request. */
  @RepeatedTest(100)
  void aFrozenThreadKeepsNoRequest() {
    Scheduler s = Scheduler.free();
    Programs.run(
        s,
        () -> {
          for (int i = 0; i < 8; i++) {
            boolean sleeps = i % 2 == 0;
            PlaitThread.start(
                () -> {
                  while (true) {
                    if (sleeps) {
                      Programs.sleep(1_000);
                    }
                    SafePoint.poll();
                  }
                },
                null,
                true,
                0,
                null);
          }
          Programs.sleep(2 * MILLI);
          s.freeze();
        });
    Programs.nothingIsArmed();
  }

  @Test
  void aFrozenWorldNeverMovesAgain() {
    Scheduler s = Scheduler.free();
    Programs.run(
        s,
        () -> {
          AtomicLong work = new AtomicLong();
          for (int i = 0; i < 3; i++) {
            PlaitThread.start(
                () -> {
                  while (true) {
                    work.incrementAndGet();
                    SafePoint.poll();
                  }
                },
                null,
                true,
                0,
                null);
          }
          PlaitThread sleeper =
              PlaitThread.start(
                  () -> {
                    Programs.sleep(5 * MILLI);
                    work.incrementAndGet();
                  },
                  null,
                  true,
                  0,
                  null);
          Programs.sleep(2 * MILLI);
          s.freeze();
          long before = work.get();
          Programs.sleep(10 * MILLI);
          assertThat(Blocking.<String, RuntimeException>call(Unblocker.NONE, () -> "x", ""))
              .isEqualTo("x");
          SafePoint.poll();
          assertThat(work.get()).isEqualTo(before);
          assertThat(sleeper.join(Clock.deadline(20 * MILLI))).isEqualTo(Outcome.TIMED_OUT);
          assertThat(s.isFrozen()).isTrue();
          assertThatThrownBy(() -> Programs.start(() -> {}))
              .isInstanceOf(IllegalStateException.class);
        });
  }

  @Test
  void theSwitchIntervalCanBeSet() {
    Scheduler s = Scheduler.gil();
    assertThat(s.switchInterval()).isEqualTo(5 * MILLI);
    s.setSwitchInterval(MILLI);
    assertThat(s.switchInterval()).isEqualTo(MILLI);
    assertThatThrownBy(() -> s.setSwitchInterval(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
