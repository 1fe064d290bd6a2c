package org.plait.stress.sched;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plait.sched.Attempt;
import org.plait.sched.Blocking;
import org.plait.sched.Clock;
import org.plait.sched.Latch;
import org.plait.sched.Mutex;
import org.plait.sched.Outcome;
import org.plait.sched.PlaitThread;
import org.plait.sched.RecursiveMutex;
import org.plait.sched.SafePoint;
import org.plait.sched.Scheduler;
import org.plait.sched.Unblocker;
import org.plait.sched.WaitQueue;

/** Everything at once, at random: nothing hangs, no update and no item is lost. */
class SoakTest {
  private static final long NANOS = Long.getLong("plait.soak.seconds", 2) * 1_000_000_000L;
  private static final long PATIENCE = 60_000_000_000L;
  private static final int WORKERS = 12;

  private final Latch go = new Latch();
  private final List<PlaitThread> workers = new ArrayList<>();
  private final Mutex lock = new Mutex();
  private final AtomicInteger additions = new AtomicInteger();
  private int sum;
  private final RecursiveMutex recursive = new RecursiveMutex();
  private final AtomicInteger put = new AtomicInteger();
  private final AtomicInteger got = new AtomicInteger();
  private final AtomicInteger items = new AtomicInteger();
  private final WaitQueue consumers = new WaitQueue(items);
  private final Attempt take =
      () -> {
        int n = items.get();
        return n > 0 && items.compareAndSet(n, n - 1);
      };
  private int a;
  private int b;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void nothingIsLost(int permits) {
    Scheduler s = permits == 0 ? Scheduler.gil() : Scheduler.free(permits);
    List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
    s.runMain(
        () -> {
          try {
            soak();
          } catch (Throwable e) {
            failures.add(e);
          }
        },
        null,
        true);
    assertThat(failures).isEmpty();
    assertThat(sum).isEqualTo(additions.get());
    assertThat(got.get() + items.get()).isEqualTo(put.get());
    assertThat(a).isEqualTo(b);
    assertThat(s.threadCount()).isZero();
  }

  private void soak() {
    for (int i = 0; i < WORKERS; i++) {
      SplittableRandom random = new SplittableRandom(i);
      workers.add(PlaitThread.start(() -> work(random), "worker " + i, false, 0, null));
    }
    go.open();
    for (PlaitThread t : workers) {
      join(t);
    }
  }

  private static void join(PlaitThread t) {
    long deadline = Clock.deadline(NANOS + PATIENCE);
    Outcome outcome;
    while ((outcome = t.join(deadline)) == Outcome.INTERRUPTED) {
      SafePoint.poll();
    }
    assertThat(outcome).describedAs("%s ends", t).isEqualTo(Outcome.DONE);
  }

  private void work(SplittableRandom random) {
    while (go.await(Clock.FOREVER) != Outcome.DONE) {
      SafePoint.poll();
    }
    long end = Clock.deadline(NANOS);
    while (Clock.nanoTime() < end) {
      step(random);
      SafePoint.poll();
    }
  }

  private void step(SplittableRandom random) {
    switch (random.nextInt(9)) {
      case 0 -> {
        while (lock.acquire(Clock.FOREVER) != Outcome.DONE) {
          SafePoint.poll();
        }
        addAndRelease(random);
      }
      case 1 -> {
        if (lock.acquire(Clock.deadline(random.nextInt(50_000))) == Outcome.DONE) {
          addAndRelease(random);
        }
      }
      case 2 -> Blocking.sleep(Clock.deadline(random.nextInt(200_000)));
      case 3, 4 -> {
        items.incrementAndGet();
        put.incrementAndGet();
        consumers.wakeOne();
      }
      case 5 -> {
        if (consumers.await(take, Clock.deadline(random.nextInt(300_000))) == Outcome.DONE) {
          got.incrementAndGet();
        }
      }
      case 6 -> {
        if (random.nextInt(50) == 0) {
          PlaitThread.current()
              .scheduler()
              .stopTheWorld(
                  () -> {
                    a++;
                    b++;
                  });
        } else {
          workers.get(random.nextInt(WORKERS)).request(SafePoint.ASYNC_EXCEPTION);
        }
      }
      case 7 -> startAndJoin(random);
      default -> recurse();
    }
  }

  private void addAndRelease(SplittableRandom random) {
    sum++;
    additions.incrementAndGet();
    switch (random.nextInt(50)) {
      case 0, 1 -> Blocking.yieldNow();
      case 2 -> Blocking.sleep(Clock.deadline(20_000));
      default -> {}
    }
    lock.release();
  }

  private static void startAndJoin(SplittableRandom random) {
    long nanos = random.nextInt(1, 20_000);
    long stack = random.nextInt(30) == 0 ? 1L << 30 : 0;
    join(
        PlaitThread.start(
            () ->
                Blocking.<Object, RuntimeException>call(
                    Unblocker.INTERRUPT,
                    () -> {
                      LockSupport.parkNanos(nanos);
                      return null;
                    },
                    null),
            null,
            false,
            stack,
            null));
  }

  private void recurse() {
    while (recursive.acquire(Clock.FOREVER) != Outcome.DONE) {
      SafePoint.poll();
    }
    recursive.tryAcquire();
    recursive.restore(recursive.releaseAll());
    recursive.release();
    recursive.release();
  }
}
