package org.plait.host.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.plait.host.Errno;
import org.plait.host.HostException;
import org.plait.host.file.Fcntl;
import org.plait.host.file.Fd;
import org.plait.host.file.HostFiles;
import org.plait.host.file.OpenFlags;

@Timeout(60)
class WaitTest {
  private static final long FOREVER = Long.MAX_VALUE;

  @TempDir Path dir;

  private static long in(long millis) {
    return System.nanoTime() + millis * 1_000_000;
  }

  @Test
  void manyVirtualThreadsReadPipesAtOnce() throws Exception {
    int n = 300;
    int[][] pipes = new int[n][];
    List<Thread> readers = new ArrayList<>();
    AtomicInteger sum = new AtomicInteger();
    for (int i = 0; i < n; i++) {
      int[] p = Fd.pipe();
      pipes[i] = p;
      readers.add(
          Thread.startVirtualThread(
              () -> {
                byte[] b = new byte[8];
                int got;
                while ((got = Fd.tryRead(p[0], b, 0, 8)) == Fd.WOULD_BLOCK) {
                  assertThat(Readiness.of(p[0], Fd.POLLIN).await(FOREVER)).isTrue();
                }
                sum.addAndGet(got == 1 ? b[0] : 1_000_000);
              }));
    }
    Thread.sleep(50);
    for (int i = 0; i < n; i++) {
      Fd.tryWrite(pipes[i][1], new byte[] {(byte) (i % 100)}, 0, 1);
    }
    for (Thread t : readers) {
      t.join();
    }
    assertThat(sum).hasValue(3 * 4950);
    for (int[] p : pipes) {
      Fd.close(p[0]);
      Fd.close(p[1]);
    }
    assertThat(Poller.get().size()).isZero();
  }

  @Test
  void aMegabyteThroughOnePipeWithBothEndsWaiting() throws Exception {
    int[] p = Fd.pipe();
    byte[] data = new byte[1 << 20];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) (i >> 3);
    }
    Thread writer =
        Thread.startVirtualThread(
            () -> {
              int done = 0;
              while (done < data.length) {
                int k = Fd.tryWrite(p[1], data, done, data.length - done);
                if (k == Fd.WOULD_BLOCK) {
                  Readiness.of(p[1], Fd.POLLOUT).await(FOREVER);
                } else {
                  done += k;
                }
              }
              Fd.close(p[1]);
            });
    byte[] back = new byte[data.length + 1];
    int n = 0;
    while (true) {
      int k = Fd.tryRead(p[0], back, n, back.length - n);
      if (k == Fd.WOULD_BLOCK) {
        Readiness.of(p[0], Fd.POLLIN).await(FOREVER);
      } else if (k == 0) {
        break;
      } else {
        n += k;
      }
    }
    writer.join();
    assertThat(n).isEqualTo(data.length);
    assertThat(java.util.Arrays.copyOf(back, n)).isEqualTo(data);
    Fd.close(p[0]);
  }

  @Test
  void deadlinesAndSeveralDescriptors() {
    int[] a = Fd.pipe();
    int[] b = Fd.pipe();
    Readiness r =
        Readiness.any(new int[] {a[0], -1, b[0]}, new short[] {Fd.POLLIN, Fd.POLLIN, Fd.POLLIN});
    assertThat(r.await(in(30))).isFalse();
    Thread.startVirtualThread(
        () -> {
          assertThat(Readiness.of(b[1], Fd.POLLOUT).await(FOREVER)).isTrue();
          Fd.tryWrite(b[1], new byte[1], 0, 1);
        });
    assertThat(r.await(FOREVER)).isTrue();
    assertThat(r.foundAll()).containsExactly(0, 0, Fd.POLLIN);
    for (int fd : new int[] {a[0], a[1], b[0], b[1]}) {
      Fd.close(fd);
    }
    assertThat(Poller.get().size()).isZero();
  }

  @Test
  void closingWakesTheWaiter() throws Exception {
    int[] p = Fd.pipe();
    AtomicInteger found = new AtomicInteger();
    Thread t =
        Thread.startVirtualThread(
            () -> {
              Readiness r = Readiness.of(p[0], Fd.POLLIN);
              r.await(FOREVER);
              found.set(r.found());
            });
    Thread.sleep(50);
    Fd.close(p[0]);
    t.join();
    assertThat(found).hasValue(Fd.POLLNVAL);
    Fd.close(p[1]);
  }

  @Test
  void ofManyReadersOneIsWokenAtATime() throws Exception {
    int[] p = Fd.pipe();
    AtomicInteger woken = new AtomicInteger();
    List<Readiness> readers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Readiness r = Readiness.of(p[0], Fd.POLLIN);
      r.arm(woken::incrementAndGet);
      readers.add(r);
    }
    Fd.tryWrite(p[1], new byte[1], 0, 1);
    for (int i = 0; i < 20; i++) {
      while (woken.get() <= i) {
        Thread.sleep(1);
      }
      Thread.sleep(5);
      assertThat(woken).hasValue(i + 1);
      readers.get(i).disarm();
    }
    assertThat(Poller.get().size()).isZero();
    Fd.close(p[0]);
    Fd.close(p[1]);
  }

  @Test
  void twoWaitersOnOneDescriptorAndAFile() throws Exception {
    int[] p = Fd.pipe();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      threads.add(Thread.startVirtualThread(() -> Readiness.of(p[0], Fd.POLLIN).await(FOREVER)));
    }
    Thread.sleep(30);
    Fd.tryWrite(p[1], new byte[1], 0, 1);
    for (Thread t : threads) {
      t.join();
    }
    byte[] path = (dir + "/f").getBytes(StandardCharsets.UTF_8);
    int fd = HostFiles.open(path, OpenFlags.O_CREAT | OpenFlags.O_RDWR, 0600);
    assertThat(Readiness.of(fd, Fd.POLLIN).await(FOREVER)).isTrue();
    AtomicInteger woken = new AtomicInteger();
    Readiness r = Readiness.of(fd, Fd.POLLIN);
    r.arm(woken::incrementAndGet);
    assertThat(woken).hasValue(1);
    r.disarm();
    Fd.close(fd);
    Fd.close(p[0]);
    Fd.close(p[1]);
  }

  @Test
  void epollOfTheProgram() {
    int[] p = Fd.pipe();
    int ep = Epoll.create(0x80000);
    Epoll.control(ep, Epoll.CTL_ADD, p[0], Fd.POLLIN);
    assertThat(Epoll.poll(ep, 10)).isEmpty();
    Thread.startVirtualThread(() -> Fd.tryWrite(p[1], new byte[1], 0, 1));
    assertThat(Readiness.of(ep, Fd.POLLIN).await(FOREVER)).isTrue();
    assertThat(Epoll.poll(ep, 10)).containsExactly(p[0], Fd.POLLIN);
    Fd.close(ep);
    Fd.close(p[0]);
    Fd.close(p[1]);
  }

  @Test
  void blockingCallsCanBeBrokenOff() throws Exception {
    int[] p = Fd.pipe();
    PoolCall<Integer> read = BlockingPool.submit(() -> Fd.read(p[0], new byte[4], 0, 4));
    assertThat(read.await(in(30))).isFalse();
    read.interrupt();
    assertThat(read.await(FOREVER)).isTrue();
    assertThatThrownBy(read::result)
        .isInstanceOfSatisfying(
            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINTR));
    PoolCall<Integer> again = BlockingPool.submit(() -> Fd.read(p[0], new byte[4], 0, 4));
    Fd.write(p[1], new byte[3], 0, 3);
    assertThat(again.await(FOREVER)).isTrue();
    assertThat(again.result()).isEqualTo(3);
    Fd.close(p[0]);
    Fd.close(p[1]);
  }

  @Test
  void moreBlockingCallsThanThreads() {
    int[] p = Fd.pipe();
    List<PoolCall<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < BlockingPool.USUAL_THREADS + 20; i++) {
      calls.add(BlockingPool.submit(() -> Fd.read(p[0], new byte[1], 0, 1)));
    }
    PoolCall<Integer> last = calls.removeLast();
    last.interrupt();
    assertThat(last.await(FOREVER)).isTrue();
    Fd.close(p[1]);
    for (PoolCall<Integer> c : calls) {
      assertThat(c.await(FOREVER)).isTrue();
      assertThat(c.result()).isZero();
    }
    Fd.close(p[0]);
  }

  @Test
  void fifosAndLocks() {
    byte[] fifo = (dir + "/fifo").getBytes(StandardCharsets.UTF_8);
    HostFiles.mkfifo(OpenFlags.AT_FDCWD, fifo, 0600);
    assertThat(SlowCalls.openMayBlock(OpenFlags.AT_FDCWD, fifo, 0)).isTrue();
    PoolCall<Integer> in = SlowCalls.open(OpenFlags.AT_FDCWD, fifo, 0, 0);
    PoolCall<Integer> out = SlowCalls.open(OpenFlags.AT_FDCWD, fifo, OpenFlags.O_WRONLY, 0);
    assertThat(in.await(FOREVER) && out.await(FOREVER)).isTrue();
    Fd.close(in.result());
    Fd.close(out.result());
    byte[] file = (dir + "/lock").getBytes(StandardCharsets.UTF_8);
    int a = HostFiles.open(file, OpenFlags.O_CREAT | OpenFlags.O_RDWR, 0600);
    int b = HostFiles.open(file, OpenFlags.O_RDWR, 0);
    Fcntl.flock(a, Fcntl.LOCK_EX);
    assertThatThrownBy(() -> Fcntl.flock(b, Fcntl.LOCK_EX | Fcntl.LOCK_NB))
        .isInstanceOf(HostException.class);
    PoolCall<Integer> lock = SlowCalls.flock(b, Fcntl.LOCK_EX);
    assertThat(lock.await(in(20))).isFalse();
    Fcntl.flock(a, Fcntl.LOCK_UN);
    assertThat(lock.await(FOREVER)).isTrue();
    byte[] record = Fcntl.lock(Fcntl.F_WRLCK, (short) 0, 0, 10);
    assertThat(Fcntl.fcntl(a, Fcntl.F_SETLK, record)).isZero();
    Fd.close(a);
    Fd.close(b);
  }

  @Test
  void aWaitArmedOnceIsWokenAgainAfterAWakeInVain() throws Exception {
    int[] p = Fd.pipe();
    java.util.concurrent.Semaphore woken = new java.util.concurrent.Semaphore(0);
    Readiness r = Readiness.of(p[0], Fd.POLLIN);
    r.arm(woken::release);
    for (int i = 0; i < 20; i++) {
      assertThat(r.tryNow()).isFalse();
      Fd.write(p[1], new byte[1], 0, 1);
      assertThat(woken.tryAcquire(10, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
      assertThat(Fd.tryRead(p[0], new byte[1], 0, 1)).isEqualTo(1); // somebody else was faster
    }
    Fd.write(p[1], new byte[1], 0, 1);
    assertThat(r.tryNow()).isTrue();
    r.disarm();
    Fd.close(p[0]);
    Fd.close(p[1]);
    assertThat(Poller.get().size()).isZero();
  }
}
