package org.plait.sched;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Runs with {@code -Dplait.check.locks=true}. */
class SpinLockTest {
  private int counter;

  @Test
  void excludesWithMoreThreadsThanCores() throws InterruptedException {
    SpinLock lock = new SpinLock();
    Thread[] threads = new Thread[8];
    for (int i = 0; i < threads.length; i++) {
      Runnable body =
          () -> {
            for (int k = 0; k < 50_000; k++) {
              lock.lock();
              counter++;
              lock.unlock();
            }
          };
      threads[i] = i % 2 == 0 ? new Thread(body) : Thread.ofVirtual().unstarted(body);
      threads[i].start();
    }
    for (Thread t : threads) {
      t.join();
    }
    assertThat(counter).isEqualTo(400_000);
  }

  @Test
  void pollingOrBlockingUnderOneIsFound() {
    Programs.run(
        Scheduler.free(),
        () -> {
          SpinLock lock = new SpinLock();
          assertThat(lock.tryLock()).isTrue();
          assertThat(lock.tryLock()).isFalse();
          assertThat(lock.isLocked()).isTrue();
          PlaitThread.current().request(SafePoint.USER);
          assertThatThrownBy(SafePoint::poll).isInstanceOf(AssertionError.class);
          assertThatThrownBy(() -> Programs.sleep(1)).isInstanceOf(AssertionError.class);
          lock.unlock();
          assertThatThrownBy(lock::unlock).isInstanceOf(AssertionError.class);
          SafePoint.poll();
        });
  }
}
