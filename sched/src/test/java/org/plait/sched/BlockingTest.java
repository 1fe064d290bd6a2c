package org.plait.sched;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.plait.sched.Programs.MILLI;
import static org.plait.sched.Programs.SECOND;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class BlockingTest {
  @Test
  void othersRunMeanwhile() {
    Programs.run(
        Scheduler.gil(),
        () -> {
          CountDownLatch latch = new CountDownLatch(1);
          PlaitThread other = Programs.start(latch::countDown);
          String got =
              Blocking.call(
                  Unblocker.NONE,
                  () -> {
                    latch.await();
                    return "done";
                  },
                  "interrupted");
          assertThat(got).isEqualTo("done");
          Programs.join(other);
        });
  }

  @Test
  void anInterruptGetsTheThreadOut() {
    Scheduler s = Scheduler.free();
    Programs.run(
        s,
        () -> {
          PlaitThread main = PlaitThread.current();
          PlaitThread other =
              Programs.start(
                  () -> {
                    Programs.until(() -> main.waitingFor() == Unblocker.INTERRUPT);
                    s.interruptMain();
                  });
          String got =
              Blocking.call(
                  Unblocker.INTERRUPT,
                  () -> {
                    try {
                      new CountDownLatch(1).await();
                      return "done";
                    } catch (InterruptedException e) {
                      return "out";
                    }
                  },
                  "not begun");
          assertThat(got).isEqualTo("out");
          assertThat(Thread.currentThread().isInterrupted()).isFalse();
          assertThat(Blocking.call(Unblocker.INTERRUPT, () -> "done", "not begun"))
              .isEqualTo("not begun");
          SafePoint.poll();
          assertThat(Blocking.call(Unblocker.INTERRUPT, () -> "done", "not begun"))
              .isEqualTo("done");
          Programs.join(other);
        });
    Programs.nothingIsArmed();
  }

  @Test
  void aBlockingCallWithinAnotherIsAnError() {
    Programs.run(
        Scheduler.free(),
        () ->
            assertThatThrownBy(
                    () ->
                        Blocking.<Object, RuntimeException>call(
                            Unblocker.NONE,
                            () ->
                                Blocking.<Object, RuntimeException>call(
                                    Unblocker.NONE, () -> null, null),
                            null))
                .isInstanceOf(IllegalStateException.class));
  }

  @Test
  void waitsForTheHost() {
    Programs.run(
        Scheduler.free(),
        () -> {
          AtomicInteger tries = new AtomicInteger();
          Readiness slow =
              new Readiness() {
                private volatile boolean ready;

                @Override
                public boolean tryNow() {
                  tries.incrementAndGet();
                  return ready;
                }

                @Override
                public void arm(Runnable wake) {
                  new Thread(
                          () -> {
                            try {
                              Thread.sleep(10);
                            } catch (InterruptedException e) {
                              throw new AssertionError(e);
                            }
                            ready = true;
                            wake.run();
                          })
                      .start();
                }

                @Override
                public void disarm() {}
              };
          assertThat(Blocking.await(slow, Clock.deadline(30 * SECOND))).isEqualTo(Outcome.DONE);
          assertThat(tries.get()).isEqualTo(3);
        });
  }

  @Test
  void sleepIsInterruptedByAnAsynchronousException() {
    Scheduler s = Scheduler.free();
    Programs.run(
        s,
        () -> {
          AtomicReference<Outcome> outcome = new AtomicReference<>();
          PlaitThread sleeper =
              Programs.start(() -> outcome.set(Blocking.sleep(Clock.deadline(100 * SECOND))));
          Programs.until(() -> sleeper.waitingFor() != null);
          sleeper.request(SafePoint.ASYNC_EXCEPTION);
          Programs.join(sleeper);
          assertThat(outcome.get()).isEqualTo(Outcome.INTERRUPTED);
        });
    Programs.nothingIsArmed();
  }

  @Test
  void actionsMayThrowOutOfThePoll() {
    Scheduler s = Scheduler.free();
    s.setActions(
        (t, requests) -> {
          throw new UnsupportedOperationException(Integer.toString(requests));
        });
    Programs.run(
        s,
        () -> {
          PlaitThread.current().request(SafePoint.USER | SafePoint.SIGNAL);
          assertThatThrownBy(SafePoint::poll)
              .isInstanceOf(UnsupportedOperationException.class)
              .hasMessage(Integer.toString(SafePoint.USER | SafePoint.SIGNAL));
          SafePoint.poll();
        });
  }

  @Test
  void aJavaInterruptIsARequest() {
    Scheduler s = Scheduler.free();
    AtomicInteger seen = new AtomicInteger();
    s.setActions((t, requests) -> seen.set(requests));
    Programs.run(
        s,
        () -> {
          Thread.currentThread().interrupt();
          assertThat(Blocking.sleep(Clock.deadline(50 * SECOND))).isEqualTo(Outcome.INTERRUPTED);
          SafePoint.poll();
          assertThat(seen.get()).isEqualTo(SafePoint.JAVA_INTERRUPT);
          assertThat(Blocking.sleep(Clock.deadline(MILLI))).isEqualTo(Outcome.TIMED_OUT);
        });
  }
}
