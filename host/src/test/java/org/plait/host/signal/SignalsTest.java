package org.plait.host.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.plait.host.HostException;
import org.plait.host.file.Fd;
import org.plait.host.process.Children;
import org.plait.host.process.Ids;
import org.plait.host.process.Spawn;
import org.plait.host.wait.Wait;

@Timeout(60)
class SignalsTest {
  private static final int USR1 = 10;
  private static final int USR2 = 12;
  private static final LinkedBlockingQueue<Integer> SEEN = new LinkedBlockingQueue<>();

  @BeforeEach
  void start() {
    Signals.start(SEEN::add, true);
    SEEN.clear();
  }

  @AfterEach
  void reset() {
    Signals.setMask(0);
    for (int n : new int[] {USR1, USR2, 3, 14, 40}) {
      Signals.set(n, Signals.Action.DEFAULT);
    }
  }

  private static Integer next() throws InterruptedException {
    return SEEN.poll(10, TimeUnit.SECONDS);
  }

  @Test
  void signalsFromOutsideAreReported() throws Exception {
    for (int n : new int[] {USR1, USR2, 2, 3, 40}) {
      Signals.set(n, Signals.Action.CAUGHT);
      Children.kill(Ids.getpid(), n);
      assertThat(next()).isEqualTo(n);
    }
    Signals.set(USR1, Signals.Action.IGNORE);
    Children.kill(Ids.getpid(), USR1);
    Signals.set(USR1, Signals.Action.CAUGHT);
    assertThat(SEEN.poll(30, TimeUnit.MILLISECONDS)).isNull();
  }

  @Test
  void ourOwnAreReportedBeforeKillReturns() {
    Signals.set(USR1, Signals.Action.CAUGHT);
    Signals.raise(USR1);
    assertThat(SEEN.poll()).isEqualTo(USR1);
    int[] p = Fd.pipe2(0x800);
    assertThat(Signals.setWakeupFd(p[1])).isEqualTo(-1);
    Signals.kill(Ids.getpid(), USR1);
    assertThat(Signals.setWakeupFd(-1)).isEqualTo(p[1]);
    byte[] b = new byte[4];
    assertThat(Fd.tryRead(p[0], b, 0, 4)).isEqualTo(1);
    assertThat(b[0]).isEqualTo((byte) USR1);
    Fd.close(p[0]);
    Fd.close(p[1]);
  }

  @Test
  void blockedSignalsStayPending() throws Exception {
    Signals.set(USR1, Signals.Action.CAUGHT);
    long bit = 1L << (USR1 - 1);
    assertThat(Signals.setMask(bit)).isZero();
    Signals.raise(USR1);
    Children.kill(Ids.getpid(), USR1);
    assertThat(SEEN.poll(30, TimeUnit.MILLISECONDS)).isNull();
    assertThat(Signals.pending()).isEqualTo(bit);
    Signals.setMask(0);
    assertThat(SEEN.poll()).isEqualTo(USR1);
    assertThat(SEEN.poll()).isNull();
    assertThat(Signals.pending()).isZero();
  }

  @Test
  void sigwaitTakesTheSignalAndKnowsTheSender() {
    long bit = 1L << (USR2 - 1);
    Signals.setMask(bit);
    try (Signals.SignalWait w = Signals.waitFor(bit)) {
      assertThat(w.await(System.nanoTime() + 20_000_000)).isFalse();
      byte[][] argv =
          List.of("kill", "-USR2", "" + Ids.getpid()).stream()
              .map(a -> a.getBytes(StandardCharsets.UTF_8))
              .toArray(byte[][]::new);
      int pid = new Spawn(new byte[][] {argv[0]}, argv).searchPath().start();
      assertThat(w.await(Long.MAX_VALUE)).isTrue();
      assertThat(w.taken().signal()).isEqualTo(USR2);
      assertThat(w.taken().pid()).isEqualTo(pid);
      Children.change(pid, 0).await(Long.MAX_VALUE);
      Children.tryWait(pid, 0);
    }
    Signals.raise(USR2);
    try (Signals.SignalWait w = Signals.waitFor(bit)) {
      assertThat(w.tryNow()).isTrue();
    }
    assertThat(SEEN.poll()).isNull();
  }

  @Test
  void timersAndPause() throws Exception {
    Signals.set(14, Signals.Action.CAUGHT);
    Wait pause = Signals.pause();
    assertThat(pause.tryNow()).isFalse();
    Signals.setitimer(0, 20_000, 5_000_000);
    assertThat(pause.await(Long.MAX_VALUE)).isTrue();
    assertThat(Signals.getitimer(0)[1]).isEqualTo(5_000_000);
    assertThat(Signals.setitimer(0, 0, 0)[0]).isPositive();
    assertThat(next()).isEqualTo(14);
    assertThat(Signals.alarm(100)).isZero();
    assertThat(Signals.alarm(0)).isEqualTo(100);
  }

  @Test
  void someBelongToOthers() {
    for (int n : new int[] {9, 19, 32, 62, 0, 65, -1}) {
      assertThatThrownBy(() -> Signals.set(n, Signals.Action.CAUGHT))
          .isInstanceOf(HostException.class);
    }
    assertThat(Signals.valid()).contains(1, 9, 34, 64).doesNotContain(32, 33, 62);
    assertThat(Signals.get(13)).isEqualTo(Signals.Action.IGNORE);
    Signals.set(11, Signals.Action.CAUGHT);
    Signals.raise(11);
    assertThat(SEEN.poll()).isEqualTo(11);
    Signals.set(11, Signals.Action.DEFAULT);
  }

  /** Runs a JVM of its own that ends by a signal. */
  private static int ending(String what) {
    String java =
        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
    List<byte[]> argv = new ArrayList<>();
    for (String a :
        List.of(
            java,
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:-CreateCoredumpOnCrash",
            "-cp",
            System.getProperty("java.class.path"),
            Dying.class.getName(),
            what)) {
      argv.add(a.getBytes(StandardCharsets.UTF_8));
    }
    byte[][] v = argv.toArray(new byte[0][]);
    int pid = new Spawn(new byte[][] {v[0]}, v).start();
    try (Children.ChangeWait w = Children.change(pid, 0)) {
      w.await(Long.MAX_VALUE);
    }
    return Children.tryWait(pid, 0).status();
  }

  @Test
  void theParentSeesTheSignal() {
    assertThat(ending("2") & 0x7f).isEqualTo(2);
    assertThat(ending("15") & 0x7f).isEqualTo(15);
    assertThat(ending("3") & 0x7f).isEqualTo(3);
    assertThat(ending("11") & 0x7f).isEqualTo(11);
    assertThat(ending("kill15") & 0x7f).isEqualTo(15);
    assertThat(ending("exec")).isEqualTo(5 << 8);
  }

  /** Ends by the signal named. */
  public static final class Dying {
    private Dying() {}

    public static void main(String[] args) throws InterruptedException {
      Signals.start(n -> {}, true);
      if (args[0].equals("exec")) {
        byte[][] argv = new byte[3][];
        argv[0] = "sh".getBytes(StandardCharsets.UTF_8);
        argv[1] = "-c".getBytes(StandardCharsets.UTF_8);
        argv[2] = "exit 5".getBytes(StandardCharsets.UTF_8);
        Thread t =
            Thread.startVirtualThread(
                () -> {
                  throw Spawn.exec("/bin/sh".getBytes(StandardCharsets.UTF_8), argv, null, 0);
                });
        t.join();
      } else if (args[0].startsWith("kill")) {
        Children.kill(Ids.getpid(), Integer.parseInt(args[0].substring(4)));
      } else {
        Signals.dieBy(Integer.parseInt(args[0]));
      }
      Thread.sleep(5000);
    }
  }
}
