package org.plait.host.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plait.host.Errno;
import org.plait.host.HostException;

class FdTest {
  @TempDir Path dir;

  private byte[] path(String name) {
    return dir.resolve(name).toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String s) {
    return s.getBytes(StandardCharsets.UTF_8);
  }

  private static int errno(Runnable action) {
    try {
      action.run();
      return 0;
    } catch (HostException e) {
      return e.errno();
    }
  }

  @Test
  void writesAndReadsAFile() {
    int fd = HostFiles.open(path("a"), OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0640);
    byte[] text = bytes("hello, file");
    assertThat(Fd.write(fd, text, 0, text.length)).isEqualTo(text.length);
    assertThat(Fd.lseek(fd, 0, 1)).isEqualTo(11);
    assertThat(Fd.lseek(fd, 7, 0)).isEqualTo(7);
    byte[] back = new byte[20];
    assertThat(Fd.tryRead(fd, back, 2, 18)).isEqualTo(4);
    assertThat(new String(back, 2, 4, StandardCharsets.UTF_8)).isEqualTo("file");
    assertThat(Fd.tryRead(fd, back, 0, 18)).isZero();
    assertThat(Fd.pread(fd, back, 0, 5, 0)).isEqualTo(5);
    assertThat(Fd.pwrite(fd, bytes("J"), 0, 1, 0)).isEqualTo(1);
    assertThat(Fd.pwritev2(fd, bytes("!"), 0, 1, 11, 0)).isEqualTo(1);
    assertThat(Fd.preadv2(fd, back, 0, 20, 0, 0)).isEqualTo(12);
    assertThat(new String(back, 0, 12, StandardCharsets.UTF_8)).isEqualTo("Jello, file!");
    Stat st = Fd.fstat(fd);
    assertThat(st.size()).isEqualTo(12);
    assertThat(st.isRegular()).isTrue();
    assertThat(st.mode() & 0777 & ~0640).isZero();
    assertThat(st.complete()).isTrue();
    Fd.ftruncate(fd, 3);
    Fd.fsync(fd);
    assertThat(Fd.fstat(fd).size()).isEqualTo(3);
    assertThat(Fd.isatty(fd)).isFalse();
    assertThat(Fd.getInheritable(fd)).isTrue();
    Fd.setInheritable(fd, false);
    assertThat(Fd.getInheritable(fd)).isFalse();
    Fd.close(fd);
    assertThat(errno(() -> Fd.close(fd))).isEqualTo(Errno.EBADF);
    assertThat(new String(HostFiles.readAll(path("a")), StandardCharsets.UTF_8)).isEqualTo("Jel");
  }

  @Test
  void bigBuffersGoThrough() {
    byte[] big = new byte[3_000_001];
    for (int i = 0; i < big.length; i++) {
      big[i] = (byte) (i * 31);
    }
    int fd = HostFiles.open(path("big"), OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0600);
    assertThat(Fd.tryWrite(fd, big, 0, big.length)).isEqualTo(big.length);
    byte[] back = new byte[big.length];
    Fd.lseek(fd, 0, 0);
    assertThat(Fd.tryRead(fd, back, 0, back.length)).isEqualTo(big.length);
    assertThat(back).isEqualTo(big);
    assertThat(HostFiles.readAll(path("big"))).isEqualTo(big);
    Fd.close(fd);
  }

  @Test
  void aPipeNeverBlocksATryCall() {
    int[] p = Fd.pipe();
    byte[] buffer = new byte[100];
    assertThat(Fd.tryRead(p[0], buffer, 0, 100)).isEqualTo(Fd.WOULD_BLOCK);
    assertThat(Fd.poll(p[0], Fd.POLLIN)).isZero();
    assertThat(Fd.tryWrite(p[1], bytes("xyz"), 0, 3)).isEqualTo(3);
    assertThat(Fd.poll(p[0], Fd.POLLIN)).isEqualTo(Fd.POLLIN);
    assertThat(Fd.tryRead(p[0], buffer, 0, 100)).isEqualTo(3);
    byte[] big = new byte[1 << 20];
    int sent = 0;
    int n;
    while ((n = Fd.tryWrite(p[1], big, 0, big.length)) != Fd.WOULD_BLOCK) {
      assertThat(n).isPositive();
      sent += n;
    }
    assertThat(sent).isBetween(4096, big.length);
    assertThat(Fd.getBlocking(p[1])).isTrue();
    Fd.setBlocking(p[1], false);
    assertThat(errno(() -> Fd.tryWrite(p[1], big, 0, 10))).isEqualTo(Errno.EAGAIN);
    Fd.close(p[0]);
    assertThat(errno(() -> Fd.tryWrite(p[1], big, 0, 10))).isEqualTo(Errno.EPIPE);
    Fd.close(p[1]);
    assertThat(errno(() -> Fd.tryRead(p[0], big, 0, 10))).isEqualTo(Errno.EBADF);
  }

  @Test
  void duplicates() {
    int[] p = Fd.pipe();
    int copy = Fd.dup(p[1], false);
    assertThat(Fd.getInheritable(copy)).isFalse();
    int inherited = Fd.dup(p[1], true);
    assertThat(Fd.getInheritable(inherited)).isTrue();
    assertThat(Fd.dup2(p[0], inherited, false)).isEqualTo(inherited);
    Fd.tryWritev(copy, new byte[][] {bytes("ab"), bytes("cde")});
    byte[][] parts = {new byte[1], new byte[3], new byte[9]};
    assertThat(Fd.tryReadv(inherited, parts)).isEqualTo(5);
    assertThat(parts[1]).isEqualTo(bytes("bcd"));
    Fd.closeRange(copy, copy + 1);
    assertThat(errno(() -> Fd.fstat(copy))).isEqualTo(Errno.EBADF);
    Fd.close(p[0]);
    Fd.close(p[1]);
    Fd.close(inherited);
  }

  @Test
  void copiesInTheKernel() {
    int in = HostFiles.open(path("in"), OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0600);
    int out = HostFiles.open(path("out"), OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0600);
    Fd.write(in, bytes("0123456789"), 0, 10);
    assertThat(Fd.copyFileRange(in, 2L, out, null, 3)).isEqualTo(3);
    assertThat(Fd.sendfile(out, in, 5L, 100)).isEqualTo(5);
    assertThat(HostFiles.readAll(path("out"))).isEqualTo(bytes("23456789"));
    Fd.close(in);
    Fd.close(out);
  }

  @Test
  void errorsCarryTheCall() {
    assertThatThrownBy(() -> HostFiles.open(path("no/where"), 0, 0))
        .isInstanceOf(HostException.class)
        .hasMessage("openat: ENOENT: No such file or directory");
    assertThatThrownBy(() -> HostFiles.open(new byte[] {'a', 0, 'b'}, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Errno.text(200)).isEqualTo("Unknown error 200");
    assertThat(Errno.name(11)).isEqualTo("EAGAIN");
    assertThat(Errno.all()).containsEntry("EWOULDBLOCK", 11).containsEntry("EDEADLK", 35);
  }

  @Test
  void closingEverythingLeavesTheJvmAlone() {
    int[] p = Fd.pipe();
    int high = Fd.fcntl(p[0], Fd.F_DUPFD_CLOEXEC, 300);
    // the JVM's modules file is open without close-on-exec, at one of the first free numbers
    int modules = 3;
    while (!link(modules).endsWith("/modules")) {
      modules++;
    }
    int jvm = modules;
    assertThat(errno(() -> Fd.close(jvm))).isEqualTo(Errno.EBADF);
    assertThat(errno(() -> Fd.dup2(p[0], jvm, true))).isEqualTo(Errno.EBADF);
    Fd.closeRange(high, 100000);
    assertThat(errno(() -> Fd.fstat(high))).isEqualTo(Errno.EBADF);
    assertThat(Fd.fstat(jvm).isRegular()).isTrue();
    Fd.close(p[0]);
    Fd.close(p[1]);
  }

  private static String link(int fd) {
    try {
      byte[] name = HostFiles.readlink(OpenFlags.AT_FDCWD, bytes("/proc/self/fd/" + fd));
      return new String(name, StandardCharsets.UTF_8);
    } catch (HostException none) {
      return "";
    }
  }
}
