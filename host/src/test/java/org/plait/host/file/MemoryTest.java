package org.plait.host.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.plait.host.Errno;
import org.plait.host.HostException;
import org.plait.host.wait.NamedSemaphore;

@Timeout(60)
class MemoryTest {
  @TempDir Path dir;

  private static byte[] b(String s) {
    return s.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void mapsAFile() {
    byte[] path = b(dir + "/m");
    int fd = HostFiles.open(path, OpenFlags.O_CREAT | OpenFlags.O_RDWR, 0600);
    Fd.ftruncate(fd, 20000);
    Mapping m =
        Mapping.map(fd, 10000, Mapping.PROT_READ | Mapping.PROT_WRITE, Mapping.MAP_SHARED, 0);
    MemorySegment old = m.segment();
    old.set(ValueLayout.JAVA_BYTE, 5, (byte) 'x');
    m.flush(0, 10000);
    byte[] one = new byte[1];
    Fd.pread(fd, one, 0, 1, 5);
    assertThat(one[0]).isEqualTo((byte) 'x');
    m.resize(20000);
    assertThat(m.length()).isEqualTo(20000);
    assertThat(m.segment().get(ValueLayout.JAVA_BYTE, 5)).isEqualTo((byte) 'x');
    assertThatThrownBy(() -> old.get(ValueLayout.JAVA_BYTE, 5))
        .isInstanceOf(IllegalStateException.class);
    m.advise(0, 0, 20000);
    m.protect(Mapping.PROT_READ);
    m.close();
    m.close();
    assertThat(m.isOpen()).isFalse();
    assertThatThrownBy(() -> m.segment().get(ValueLayout.JAVA_BYTE, 5))
        .isInstanceOf(IllegalStateException.class);
    Fd.close(fd);
  }

  @Test
  void sharedMemoryAndSemaphores() throws Exception {
    byte[] name = b("/plait-test-" + System.nanoTime());
    int fd = SharedMemory.open(name, OpenFlags.O_CREAT | OpenFlags.O_EXCL | OpenFlags.O_RDWR, 0600);
    Fd.ftruncate(fd, 100);
    assertThat(Fd.fstat(fd).size()).isEqualTo(100);
    SharedMemory.unlink(name);
    Fd.close(fd);
    NamedSemaphore a = NamedSemaphore.open(name, OpenFlags.O_CREAT | OpenFlags.O_EXCL, 0600, 1);
    assertThat(a.tryAcquire()).isTrue();
    assertThat(a.tryAcquire()).isFalse();
    try (NamedSemaphore.Acquire w = a.acquire()) {
      assertThat(w.await(System.nanoTime() + 20_000_000)).isFalse();
    }
    a.release();
    boolean taken = a.tryAcquire();
    for (int i = 0; i < 100 && !taken; i++) {
      Thread.sleep(5); // the broken-off wait may have taken it and gives it back
      taken = a.tryAcquire();
    }
    assertThat(taken).isTrue();
    try (NamedSemaphore.Acquire w = a.acquire()) {
      Thread.startVirtualThread(a::release);
      assertThat(w.await(Long.MAX_VALUE)).isTrue();
    }
    assertThat(a.value()).isZero();
    a.close();
    NamedSemaphore.unlink(name);
    assertThatThrownBy(() -> NamedSemaphore.unlink(name))
        .isInstanceOfSatisfying(
            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
  }

  @Test
  void extendedAttributes() {
    byte[] path = b(dir + "/x");
    int fd = HostFiles.open(path, OpenFlags.O_CREAT | OpenFlags.O_RDWR, 0600);
    Xattr.Target byPath = new Xattr.Target.OfPath(path, true);
    Xattr.Target byFd = new Xattr.Target.OfFd(fd);
    try {
      Xattr.set(byPath, b("user.a"), b("value"), 0);
    } catch (HostException e) {
      assertThat(e.errno()).isEqualTo(Errno.EOPNOTSUPP);
      return;
    }
    assertThat(Xattr.get(byFd, b("user.a"))).isEqualTo(b("value"));
    assertThat(Xattr.list(byPath)).anySatisfy(n -> assertThat(n).isEqualTo(b("user.a")));
    Xattr.remove(byFd, b("user.a"));
    assertThatThrownBy(() -> Xattr.get(byPath, b("user.a"))).isInstanceOf(HostException.class);
    Fd.close(fd);
  }
}
