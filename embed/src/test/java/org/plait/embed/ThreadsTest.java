package org.plait.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ThreadsTest {
  @Test
  void virtualAndPlatformThreadsShareOne() throws InterruptedException {
    try (Plait plait = Plait.create()) {
      plait.exec(
          """
          import threading
          lock = threading.Lock()
          n = 0
          def add(times):
              global n
              for _ in range(times):
                  with lock:
                      n += 1
          """);
      PlaitValue add = plait.get("add");
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Runnable body = () -> add.call(200);
        threads.add(i % 2 == 0 ? Thread.ofVirtual().start(body) : Thread.ofPlatform().start(body));
      }
      for (Thread t : threads) {
        t.join();
      }
      assertThat(plait.get("n").asInt()).isEqualTo(4000);
    }
  }

  /** More Java functions block than there are permits, and others still run Python. */
  @Test
  void blockedJavaFunctionsHoldNobodyUp() throws InterruptedException {
    try (Plait plait = Plait.create()) {
      SynchronousQueue<String> queue = new SynchronousQueue<>();
      plait.set("take", (Supplier<Object>) () -> uninterrupted(queue));
      int n = 4 * Runtime.getRuntime().availableProcessors();
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        threads.add(Thread.ofPlatform().start(() -> plait.eval("take()")));
      }
      for (int i = 0; i < n; i++) {
        assertThat(queue.offer(plait.eval("'x' * 3").asString(), 30, TimeUnit.SECONDS)).isTrue();
      }
      for (Thread t : threads) {
        t.join();
      }
    }
  }

  private static String uninterrupted(SynchronousQueue<String> queue) {
    try {
      return queue.take();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void pythonThreadsCallJava() {
    try (Plait plait = Plait.create()) {
      AtomicReference<Object> got = new AtomicReference<>();
      plait.set("give", (Consumer<Object>) got::set);
      plait.exec(
          "import threading\nt = threading.Thread(target=give, args=(7,))\nt.start(); t.join()");
      assertThat(got.get()).isEqualTo(7L);
    }
  }

  @Test
  void aLockHeldAroundAJavaFunctionIsStillItsOwn() {
    try (Plait plait = Plait.create()) {
      plait.exec("import threading\nlock = threading.RLock()");
      plait.set("call", (Supplier<Object>) () -> plait.eval("lock.acquire(timeout=10)").toJava());
      plait.exec("with lock:\n    got = call()\n    lock.release()");
      assertThat(plait.get("got").asBoolean()).isTrue();
    }
  }

  @Test
  void closingWaitsForCallsInProgress() throws InterruptedException {
    Plait plait = Plait.create();
    CountDownLatch inside = new CountDownLatch(1);
    plait.set("arrived", (Runnable) inside::countDown);
    AtomicReference<Object> result = new AtomicReference<>();
    plait.set("give", (Consumer<Object>) result::set);
    String slow = "import time\narrived()\ntime.sleep(0.2)\ngive('done')";
    Thread t = Thread.ofPlatform().start(() -> plait.exec(slow));
    inside.await();
    plait.close();
    t.join();
    assertThat(result.get()).isEqualTo("done");
    assertThatIllegalStateException().isThrownBy(() -> plait.eval("1"));
  }
}
