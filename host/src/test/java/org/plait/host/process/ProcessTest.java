package org.plait.host.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.plait.host.Errno;
import org.plait.host.HostException;
import org.plait.host.file.Fd;
import org.plait.host.wait.Readiness;

@Timeout(60)
class ProcessTest {
  private static final long FOREVER = Long.MAX_VALUE;

  @TempDir Path dir;

  private static byte[] b(String s) {
    return s.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[][] vector(String... strings) {
    return Arrays.stream(strings).map(ProcessTest::b).toArray(byte[][]::new);
  }

  private static Spawn shell(String script, String... more) {
    List<String> argv = new ArrayList<>(List.of("sh", "-c", script, "sh"));
    argv.addAll(List.of(more));
    return new Spawn(vector("/nonexistent/sh", "/bin/sh"), vector(argv.toArray(new String[0])));
  }

  private static int waitFor(int pid) {
    while (true) {
      Children.Status st = Children.tryWait(pid, 0);
      if (st != null) {
        return st.status();
      }
      try (Children.ChangeWait w = Children.change(pid, 0)) {
        assertThat(w.await(FOREVER)).isTrue();
      }
    }
  }

  private static String output(Spawn spawn) {
    int[] p = Fd.pipe();
    int pid = spawn.stdio(-1, p[1], -1).start();
    Fd.close(p[1]);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[4096];
    while (true) {
      int n = Fd.tryRead(p[0], buffer, 0, buffer.length);
      if (n == Fd.WOULD_BLOCK) {
        Readiness.of(p[0], Fd.POLLIN).await(FOREVER);
      } else if (n == 0) {
        break;
      } else {
        all.write(buffer, 0, n);
      }
    }
    Fd.close(p[0]);
    waitFor(pid);
    return all.toString(StandardCharsets.UTF_8);
  }

  @Test
  void argumentsEnvironmentAndExitCode() {
    Spawn s = shell("echo \"$1-$A\"; exit 7", "ä b").environment(vector("A=x y", "PATH=/bin"));
    assertThat(output(s)).isEqualTo("ä b-x y\n");
    assertThat(waitFor(shell("exit 7").start())).isEqualTo(7 << 8);
    assertThat(waitFor(shell("kill -9 $$").start())).isEqualTo(9);
    Env.set(b("PLAIT_TEST"), b("inherited"));
    assertThat(output(shell("echo $PLAIT_TEST"))).isEqualTo("inherited\n");
    Env.unset(b("PLAIT_TEST"));
    assertThat(output(shell("echo ${PLAIT_TEST-none}"))).isEqualTo("none\n");
    assertThatThrownBy(() -> Children.tryWait(-1, 0))
        .isInstanceOfSatisfying(
            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ECHILD));
  }

  @Test
  void errorsSayWhichStepFailed() {
    assertThatThrownBy(() -> new Spawn(vector("/no/such"), vector("x")).start())
        .isInstanceOfSatisfying(
            SpawnException.class,
            e -> {
              assertThat(e.errno()).isEqualTo(Errno.ENOENT);
              assertThat(e.step()).isEqualTo(SpawnException.Step.EXEC);
            });
    assertThatThrownBy(() -> new Spawn(vector("/etc/passwd", "/no"), vector("x")).start())
        .isInstanceOfSatisfying(
            SpawnException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EACCES));
    assertThatThrownBy(() -> shell("true").directory(b("/no/dir")).start())
        .isInstanceOfSatisfying(
            SpawnException.class,
            e -> {
              assertThat(e.errno()).isEqualTo(Errno.ENOENT);
              assertThat(e.step()).isEqualTo(SpawnException.Step.CHDIR);
            });
  }

  @Test
  void directorySessionGroupAndMask() throws Exception {
    assertThat(output(shell("pwd").directory(b(dir.toString()))))
        .isEqualTo(dir.toRealPath() + "\n");
    assertThat(
            output(
                shell(
                        "ps -o sid= -p $$ >/dev/null 2>&1; cut -d' ' -f5,6 /proc/$$/stat"
                            + "; echo $$")
                    .newSession()))
        .matches("(\\d+) \\1\n\\1\n");
    assertThat(output(shell("cut -d' ' -f5 /proc/$$/stat; echo $$").group(0)))
        .matches("(\\d+)\n\\1\n");
    assertThat(output(shell("grep -E 'SigBlk|SigIgn' /proc/self/status")))
        .contains("SigBlk:\t0000000000000000");
    assertThat(
            output(
                new Spawn(vector("grep"), vector("grep", "SigBlk", "/proc/self/status"))
                    .searchPath()
                    .signalMask(1L << 9)))
        .contains("SigBlk:\t0000000000000200");
    assertThat(output(shell("umask").umask(027)).trim()).isEqualTo("0027");
    assertThat(output(shell("umask")).trim()).isNotEqualTo("0027");
  }

  @Test
  void anotherUser() {
    org.junit.jupiter.api.Assumptions.assumeTrue(Ids.geteuid() == 0);
    assertThat(output(shell("id -u; id -g; id -G").ids(1234, 2345, new int[] {99, 100})))
        .isEqualTo("1234\n2345\n2345 99 100\n");
    assertThat(Ids.geteuid()).isZero();
    assertThat(output(shell("id -u"))).isEqualTo("0\n");
  }

  @Test
  void descriptorsArePassedAndOthersClosed() {
    int[] keep = Fd.pipe();
    int[] leak = Fd.pipe2(0);
    String seen =
        output(shell("for f in /proc/$$/fd/*; do echo ${f##*/}; done").closeOthers(keep[1]));
    assertThat(seen.split("\n"))
        .contains("0", "1", "2", "" + keep[1])
        .doesNotContain("" + leak[0], "" + leak[1]);
    seen = output(shell("for f in /proc/$$/fd/*; do echo ${f##*/}; done"));
    assertThat(seen.split("\n")).contains("" + leak[0], "" + leak[1]).doesNotContain("" + keep[1]);
    // 0 and 1 change places
    int[] in = Fd.pipe();
    Fd.write(in[1], b("crossed"), 0, 7);
    Fd.close(in[1]);
    assertThat(output(shell("cat").stdio(in[0], -1, -1))).isEqualTo("crossed");
    for (int fd : new int[] {keep[0], keep[1], leak[0], leak[1], in[0]}) {
      Fd.close(fd);
    }
  }

  @Test
  void stdioMayBeOurOwnInAnotherOrder() throws Exception {
    Path out = dir.resolve("o");
    int saved = Fd.dup(2, false);
    int fd = org.plait.host.file.HostFiles.open(b(out.toString()), 0x41, 0600);
    Fd.dup2(fd, 2, true);
    try {
      // the child's 1 is our 2, its 2 is our 1
      assertThat(waitFor(shell("echo one").stdio(-1, 2, 1).start())).isZero();
    } finally {
      Fd.dup2(saved, 2, true);
      Fd.close(saved);
      Fd.close(fd);
    }
    assertThat(Files.readString(out)).isEqualTo("one\n");
  }

  @Test
  void waitingForAnyChildAndForStops() throws Exception {
    int a = shell("sleep 0.2; exit 3").start();
    try (Children.ChangeWait w = Children.change(-1, 0)) {
      assertThat(w.await(FOREVER)).isTrue();
    }
    Children.Info info = Children.tryWaitId(Children.P_PID, a, Children.WEXITED);
    assertThat(info).isNotNull();
    assertThat(info.status()).isEqualTo(3);
    assertThat(info.code()).isEqualTo(1);
    int c = shell("kill -STOP $$; exit 4").start();
    try (Children.ChangeWait w = Children.change(c, Children.WUNTRACED)) {
      assertThat(w.await(FOREVER)).isTrue();
    }
    Children.Status st = Children.tryWait(c, Children.WUNTRACED);
    assertThat(st.status() & 0xff).isEqualTo(0x7f);
    Children.kill(c, 18);
    assertThat(waitFor(c)).isEqualTo(4 << 8);
    int d = shell("sleep 30").start();
    int pidfd = Children.pidfdOpen(d, 0);
    try (Children.ChangeWait w = Children.change(d, 0)) {
      assertThat(w.await(System.nanoTime() + 20_000_000)).isFalse();
      Children.pidfdSendSignal(pidfd, 15);
      assertThat(w.await(FOREVER)).isTrue();
    }
    assertThat(waitFor(d)).isEqualTo(15);
    Fd.close(pidfd);
  }

  @Test
  void manyChildrenAtOnce() throws Exception {
    List<Thread> threads = new ArrayList<>();
    java.util.concurrent.atomic.AtomicInteger good =
        new java.util.concurrent.atomic.AtomicInteger();
    for (int i = 0; i < 20; i++) {
      int code = i;
      threads.add(
          Thread.startVirtualThread(
              () -> {
                if (waitFor(shell("exit " + code).start()) == code << 8) {
                  good.incrementAndGet();
                }
              }));
    }
    for (Thread t : threads) {
      t.join();
    }
    assertThat(good).hasValue(20);
  }

  @Test
  void whoWeAre() {
    assertThat(Ids.getpid()).isEqualTo((int) ProcessHandle.current().pid());
    assertThat(Ids.getuid()).isEqualTo(Ids.getresuid()[0]);
    assertThat(Ids.getgroups()).isNotNull();
    Users.User root = Users.byId(0);
    assertThat(root.name()).isEqualTo(b("root"));
    assertThat(root.home()).isEqualTo(b("/root"));
    assertThat(Users.byName(b("root")).uid()).isZero();
    assertThat(Users.byName(b("no-such-user"))).isNull();
    assertThat(Users.all()).isNotEmpty();
    assertThat(Users.groupById(0).name()).isEqualTo(b("root"));
    assertThat(Users.groupByName(b("root")).gid()).isZero();
    assertThat(Users.allGroups()).isNotEmpty();
    assertThat(Ids.getgrouplist(b("root"), 0)).contains(0);
    assertThat(SysInfo.uname().sysname()).isEqualTo(b("Linux"));
    assertThat(SysInfo.sysconf(30)).isEqualTo(4096);
    assertThatThrownBy(() -> SysInfo.sysconf(123456)).isInstanceOf(HostException.class);
    assertThat(SysInfo.random(33)).hasSize(33);
    assertThat(SysInfo.getrandom(16, 0)).hasSize(16);
    assertThat(new String(SysInfo.executable(), StandardCharsets.UTF_8)).contains("java");
    assertThat(SysInfo.commandLine()).isNotEmpty();
    assertThat(SysInfo.strsignal(15)).isEqualTo(b("Terminated"));
  }

  @Test
  void resources() {
    assertThat(Resources.getrusage(Resources.RUSAGE_SELF).maxrss()).isPositive();
    long[] files = Resources.getrlimit(7);
    Resources.setrlimit(7, files[0], files[1]);
    assertThat(Resources.getAffinity(0)).isNotEmpty();
    assertThat(Resources.loadAverage()).hasSize(3);
    assertThat(Resources.times()[4]).isPositive();
    assertThat(Resources.getpriority(0, 0)).isBetween(-20, 19);
    assertThat(Resources.priorityMax(1)).isEqualTo(99);
    assertThatThrownBy(() -> Resources.getrlimit(99)).isInstanceOf(HostException.class);
  }
}
