package org.plait.sched;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.plait.sched.Programs.SECOND;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.plait.sched.strategy.BoundedSearch;
import org.plait.sched.strategy.Pct;
import org.plait.sched.strategy.RandomWalk;
import org.plait.sched.strategy.Replay;
import org.plait.sched.strategy.Strategy;

class DeterministicSchedulerTest {
  private int counter;

  @AfterEach
  void nothingIsLeftArmed() {
    Programs.nothingIsArmed();
  }

  /** Two threads add 1 without a lock; every read and write is a switch point. */
  private int lostUpdate(Strategy strategy, List<String> schedules) {
    counter = 0;
    DeterministicScheduler s = Scheduler.deterministic(strategy);
    Programs.run(
        s,
        () ->
            Programs.join(
                Programs.start(
                    2,
                    () -> {
                      SafePoint.poll();
                      int read = counter;
                      SafePoint.poll();
                      counter = read + 1;
                    })));
    schedules.add(s.schedule());
    assertThat(s.failure()).isNull();
    assertThat(s.isRepeatable()).isTrue();
    s.close();
    return counter;
  }

  @Test
  void searchFindsALostUpdateAndReplayRepeatsIt() {
    BoundedSearch search = new BoundedSearch(1);
    List<String> schedules = new ArrayList<>();
    List<Integer> results = new ArrayList<>();
    do {
      results.add(lostUpdate(search, schedules));
    } while (search.nextRun());
    assertThat(results).contains(1, 2);
    assertThat(schedules).doesNotHaveDuplicates();
    System.out.println("lost update: " + results.size() + " schedules, one of them " + schedules);
    for (int i = 0; i < results.size(); i++) {
      assertThat(lostUpdate(new Replay(schedules.get(i)), new ArrayList<>()))
          .isEqualTo(results.get(i));
    }
  }

  @Test
  void withoutPreemptionsTheUpdateIsNotLost() {
    BoundedSearch search = new BoundedSearch(0);
    List<Integer> results = new ArrayList<>();
    do {
      results.add(lostUpdate(search, new ArrayList<>()));
    } while (search.nextRun());
    assertThat(results).containsOnly(2);
  }

  @Test
  void randomAndPctFindIt() {
    for (Strategy strategy : new Strategy[] {new RandomWalk(1, 0.3), new Pct(1, 2, 10)}) {
      List<Integer> results = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        results.add(lostUpdate(strategy, new ArrayList<>()));
        strategy.nextRun();
      }
      assertThat(results).contains(1, 2);
    }
  }

  @Test
  void theSameSeedGivesTheSameRun() {
    List<String> first = new ArrayList<>();
    List<String> second = new ArrayList<>();
    for (List<String> schedules : List.of(first, second)) {
      Strategy strategy = new RandomWalk(42, 0.5);
      for (int i = 0; i < 20; i++) {
        lostUpdate(strategy, schedules);
        strategy.nextRun();
      }
    }
    assertThat(first).isEqualTo(second);
  }

  @Test
  void crossedLocksAreFoundAndReported() {
    BoundedSearch search = new BoundedSearch(1);
    List<String> reports = new ArrayList<>();
    do {
      DeterministicScheduler s = Scheduler.deterministic(search);
      try {
        Programs.run(
            s,
            () -> {
              Mutex a = new Mutex();
              Mutex b = new Mutex();
              PlaitThread one = PlaitThread.start(() -> both(a, b), "one", false, 0, null);
              PlaitThread two = PlaitThread.start(() -> both(b, a), "two", false, 0, null);
              one.join(Clock.FOREVER);
              two.join(Clock.FOREVER);
            });
      } catch (DeadlockException e) {
        reports.add(e.getMessage());
        assertThat(s.deadlock()).isEqualTo(e.getMessage());
      }
      s.close();
    } while (search.nextRun());
    assertThat(reports).isNotEmpty();
    assertThat(reports.get(0)).contains("(one) waits for locked lock", "(two) waits for locked");
  }

  private static void both(Mutex first, Mutex second) {
    first.acquireUninterruptibly();
    second.acquireUninterruptibly();
    second.release();
    first.release();
  }

  @Test
  void sleepingTakesNoTime() {
    DeterministicScheduler s = Scheduler.deterministic(new RandomWalk(7, 0.1));
    long begin = System.nanoTime();
    List<String> order = new ArrayList<>();
    Programs.run(
        s,
        () -> {
          List<PlaitThread> threads = new ArrayList<>();
          for (int hours : new int[] {3, 1, 2}) {
            threads.add(
                Programs.start(
                    () -> {
                      Blocking.sleep(Clock.deadline(hours * 3_600 * SECOND));
                      order.add(hours + " h");
                    }));
          }
          long wake = Clock.deadline(1_000_000);
          while (Clock.nanoTime() < wake) {
            SafePoint.poll();
          }
          for (PlaitThread t : threads) {
            assertThat(t.join(Clock.FOREVER)).isEqualTo(Outcome.DONE);
          }
        });
    assertThat(order).containsExactly("1 h", "2 h", "3 h");
    assertThat(System.nanoTime() - begin).isLessThan(60 * SECOND);
    s.close();
  }

  @Test
  void aThreadThatWaitsInALoopIsMovedAside() {
    boolean[] flag = new boolean[1];
    DeterministicScheduler s = Scheduler.deterministic(new BoundedSearch(0));
    Programs.run(
        s,
        () -> {
          PlaitThread t = Programs.start(() -> flag[0] = true);
          while (!flag[0]) {
            SafePoint.poll();
          }
          t.join(Clock.FOREVER);
        });
    s.close();
  }

  @Test
  void blockingOutsideIsAllowedButNotRepeatable() {
    DeterministicScheduler s = Scheduler.deterministic(new RandomWalk(3, 0.2));
    Programs.run(
        s,
        () -> {
          java.util.concurrent.CountDownLatch latch = new java.util.concurrent.CountDownLatch(1);
          PlaitThread t = Programs.start(latch::countDown);
          Blocking.call(
              Unblocker.NONE,
              () -> {
                latch.await();
                return null;
              },
              null);
          t.join(Clock.FOREVER);
        });
    assertThat(s.isRepeatable()).isFalse();
    s.close();
  }

  @Test
  void aScheduleOfAnotherProgramIsRefused() {
    assertThatThrownBy(() -> new Replay("nonsense!")).isInstanceOf(IllegalArgumentException.class);
    counter = 0;
    DeterministicScheduler s = Scheduler.deterministic(new Replay("0.z"));
    Programs.run(s, () -> Programs.join(Programs.start(2, SafePoint::poll)));
    assertThat(s.failure()).hasMessageContaining("does not follow the schedule");
    s.close();
  }
}
