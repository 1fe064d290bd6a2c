package org.plait.host.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.plait.host.file.OpenFlags.AT_FDCWD;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plait.host.Errno;
import org.plait.host.HostException;

class HostFilesTest {
  @TempDir Path dir;

  private byte[] path(String name) {
    return (dir + "/" + name).getBytes(StandardCharsets.UTF_8);
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
  void linksAndNames() throws Exception {
    Files.writeString(dir.resolve("f"), "x");
    HostFiles.symlink(bytes("f"), AT_FDCWD, path("s"));
    HostFiles.link(AT_FDCWD, path("f"), AT_FDCWD, path("h"), 0);
    assertThat(HostFiles.readlink(AT_FDCWD, path("s"))).isEqualTo(bytes("f"));
    assertThat(HostFiles.stat(path("s"), true).isRegular()).isTrue();
    assertThat(HostFiles.stat(path("s"), false).isSymbolicLink()).isTrue();
    assertThat(HostFiles.stat(path("h"), true).nlink()).isEqualTo(2);
    HostFiles.rename(AT_FDCWD, path("h"), AT_FDCWD, path("g"));
    HostFiles.mkdir(AT_FDCWD, path("d"), 0755);
    HostFiles.mkfifo(AT_FDCWD, path("p"), 0600);
    assertThat(HostFiles.stat(path("p"), true).type()).isEqualTo(Stat.S_IFIFO);
    byte[][] names = HostFiles.list(path(""));
    assertThat(Arrays.stream(names).map(b -> new String(b, StandardCharsets.UTF_8)))
        .containsExactlyInAnyOrder("f", "s", "g", "d", "p");
    try (DirStream stream = DirStream.open(path("."))) {
      for (DirStream.Entry e = stream.next(); e != null; e = stream.next()) {
        if (new String(e.name(), StandardCharsets.UTF_8).equals("d")) {
          assertThat(e.type()).isIn(DirStream.DT_DIR, DirStream.DT_UNKNOWN);
          assertThat(e.inode()).isEqualTo(HostFiles.stat(path("d"), true).ino());
        }
      }
    }
    HostFiles.rmdir(AT_FDCWD, path("d"));
    HostFiles.unlink(AT_FDCWD, path("p"));
    assertThat(errno(() -> HostFiles.stat(path("d"), true))).isEqualTo(Errno.ENOENT);
    assertThat(errno(() -> HostFiles.stat(path("f/"), true))).isEqualTo(Errno.ENOTDIR);
    assertThat(errno(() -> HostFiles.stat(new byte[0], true))).isEqualTo(Errno.ENOENT);
    assertThat(errno(() -> DirStream.open(path("f")))).isEqualTo(Errno.ENOTDIR);
  }

  @Test
  void relativeToADirectory() throws Exception {
    int d = HostFiles.open(path(""), OpenFlags.O_DIRECTORY | OpenFlags.O_CLOEXEC, 0);
    HostFiles.mkdir(d, bytes("sub"), 0700);
    assertThat(HostFiles.statAt(d, bytes("sub"), true).isDirectory()).isTrue();
    assertThat(HostFiles.list(d)).isDeepEqualTo(new byte[][] {bytes("sub")});
    assertThat(HostFiles.list(d)).isDeepEqualTo(new byte[][] {bytes("sub")});
    Fd.close(d);
  }

  @Test
  void timesAndModes() {
    int fd = HostFiles.open(path("t"), OpenFlags.O_CREAT | OpenFlags.O_RDWR, 0600);
    HostFiles.utimens(AT_FDCWD, path("t"), 1_000_000_000L, 123_456_789, -5, 7, true);
    Stat st = Fd.fstat(fd);
    assertThat(st.atimeNanos()).isEqualTo(1_000_000_000_123_456_789L);
    assertThat(st.mtimeNanos()).isEqualTo(-4_999_999_993L);
    HostFiles.futimens(fd, 7, HostFiles.UTIME_OMIT, 8, 9);
    assertThat(Fd.fstat(fd).atimeNanos()).isEqualTo(1_000_000_000_123_456_789L);
    assertThat(Fd.fstat(fd).mtimeNanos()).isEqualTo(8_000_000_009L);
    HostFiles.chmod(AT_FDCWD, path("t"), 0444, true);
    assertThat(Fd.fstat(fd).mode()).isEqualTo(Stat.S_IFREG | 0444);
    HostFiles.fchmod(fd, 0751);
    assertThat(Fd.fstat(fd).mode() & 07777).isEqualTo(0751);
    assertThat(HostFiles.access(AT_FDCWD, path("t"), 1, 0)).isTrue();
    assertThat(HostFiles.access(AT_FDCWD, path("none"), 0, 0)).isFalse();
    HostFiles.truncate(path("t"), 4097);
    assertThat(Fd.fstat(fd).size()).isEqualTo(4097);
    HostFiles.StatVfs vfs = HostFiles.fstatvfs(fd);
    assertThat(vfs.bsize()).isPositive();
    assertThat(vfs.namemax()).isEqualTo(HostFiles.statvfs(path("t")).namemax()).isPositive();
    int old = HostFiles.umask(022);
    assertThat(HostFiles.umask(old)).isEqualTo(022);
    Fd.close(fd);
  }

  @Test
  void deviceNumbersAsGlibc() {
    assertThat(Stat.makedev(0x12345678, 0x9abcdef0)).isEqualTo(0x123459abcde678f0L);
    assertThat(Stat.major(0x123459abcde678f0L)).isEqualTo(0x12345678);
    assertThat(Stat.minor(0x123459abcde678f0L)).isEqualTo(0x9abcdef0);
  }
}
