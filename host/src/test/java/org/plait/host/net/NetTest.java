package org.plait.host.net;

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
import org.plait.host.file.Fd;
import org.plait.host.wait.PoolCall;
import org.plait.host.wait.Readiness;

@Timeout(60)
class NetTest {
  private static final long FOREVER = Long.MAX_VALUE;
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  @TempDir Path dir;

  private static byte[] b(String s) {
    return s.getBytes(StandardCharsets.UTF_8);
  }

  private static int listener(SockAddr address) {
    int fd = Sockets.socket(address.family(), Sockets.SOCK_STREAM | Sockets.SOCK_CLOEXEC, 0);
    Sockets.bind(fd, address);
    Sockets.listen(fd, 100);
    return fd;
  }

  private static Sockets.Accepted accept(int fd) {
    while (true) {
      Sockets.Accepted a = Sockets.tryAccept(fd, Sockets.SOCK_CLOEXEC);
      if (a != null) {
        return a;
      }
      Readiness.of(fd, Fd.POLLIN).await(FOREVER);
    }
  }

  private static int connect(SockAddr address) {
    int fd = Sockets.socket(address.family(), Sockets.SOCK_STREAM | Sockets.SOCK_CLOEXEC, 0);
    if (!Sockets.tryConnect(fd, address)) {
      Readiness.of(fd, Fd.POLLOUT).await(FOREVER);
      Sockets.finishConnect(fd);
    }
    return fd;
  }

  private static int recv(int fd, byte[] to) {
    int n;
    while ((n = Sockets.tryRecv(fd, to, 0, to.length, 0)) == Fd.WOULD_BLOCK) {
      Readiness.of(fd, Fd.POLLIN).await(FOREVER);
    }
    return n;
  }

  @Test
  void manyClientsOverLoopback() throws Exception {
    int server = listener(new SockAddr.Inet(LOOPBACK, 0));
    SockAddr where = Sockets.getsockname(server);
    int n = 60;
    List<Thread> threads = new ArrayList<>();
    AtomicInteger good = new AtomicInteger();
    for (int k = 0; k < 3; k++) {
      threads.add(
          Thread.startVirtualThread(
              () -> {
                for (int i = 0; i < n / 3; i++) {
                  Sockets.Accepted a = accept(server);
                  Thread.startVirtualThread(
                      () -> {
                        byte[] buffer = new byte[10];
                        int got = recv(a.fd(), buffer);
                        Sockets.trySend(a.fd(), buffer, 0, got, 0);
                        Fd.close(a.fd());
                      });
                }
              }));
    }
    for (int i = 0; i < n; i++) {
      byte[] text = b("c" + i);
      threads.add(
          Thread.startVirtualThread(
              () -> {
                int fd = connect(where);
                assertThat(Sockets.getpeername(fd))
                    .isInstanceOfSatisfying(
                        SockAddr.Inet.class,
                        a -> assertThat(a.port()).isEqualTo(((SockAddr.Inet) where).port()));
                Sockets.trySend(fd, text, 0, text.length, 0);
                byte[] back = new byte[text.length];
                if (recv(fd, back) == text.length
                    && java.util.Arrays.equals(back, text)
                    && recv(fd, back) == 0) {
                  good.incrementAndGet();
                }
                Fd.close(fd);
              }));
    }
    for (Thread t : threads) {
      t.join();
    }
    assertThat(good).hasValue(n);
    assertThat(Sockets.tryAccept(server, 0)).isNull();
    assertThat(Fd.getBlocking(server)).isTrue();
    Fd.close(server);
    int refused = Sockets.socket(SockAddr.AF_INET, Sockets.SOCK_STREAM, 0);
    assertThatThrownBy(
            () -> {
              if (!Sockets.tryConnect(refused, where)) {
                Readiness.of(refused, Fd.POLLOUT).await(FOREVER);
                Sockets.finishConnect(refused);
              }
            })
        .isInstanceOfSatisfying(
            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ECONNREFUSED));
    Fd.close(refused);
  }

  @Test
  void localSocketsByPathAndAbstract() {
    for (byte[] name : new byte[][] {b(dir + "/sock"), b("\0plait-test-" + System.nanoTime())}) {
      int server = listener(new SockAddr.Unix(name));
      assertThat(Sockets.getsockname(server))
          .isInstanceOfSatisfying(SockAddr.Unix.class, a -> assertThat(a.path()).isEqualTo(name));
      int client = connect(new SockAddr.Unix(name));
      Sockets.Accepted a = accept(server);
      assertThat(a.address())
          .isInstanceOfSatisfying(SockAddr.Unix.class, u -> assertThat(u.path()).isEmpty());
      Fd.close(client);
      Fd.close(a.fd());
      Fd.close(server);
    }
    assertThatThrownBy(() -> listener(new SockAddr.Unix(new byte[109])))
        .isInstanceOf(HostException.class);
  }

  @Test
  void descriptorsTravel() {
    int[] pair = Sockets.socketpair(SockAddr.AF_UNIX, Sockets.SOCK_STREAM, 0);
    int[] p = Fd.pipe();
    byte[] payload =
        java.nio.ByteBuffer.allocate(4)
            .order(java.nio.ByteOrder.nativeOrder())
            .putInt(p[1])
            .array();
    int sent =
        Sockets.trySendMsg(
            pair[0],
            b("hi"),
            0,
            2,
            List.of(new Sockets.Control(Sockets.SOL_SOCKET, Sockets.SCM_RIGHTS, payload)),
            0,
            null);
    assertThat(sent).isEqualTo(2);
    byte[] to = new byte[10];
    Sockets.Message m = Sockets.tryRecvMsg(pair[1], to, 0, 10, Sockets.cmsgSpace(8), 0);
    assertThat(m.count()).isEqualTo(2);
    assertThat(m.controls()).hasSize(1);
    int fd =
        java.nio.ByteBuffer.wrap(m.controls().get(0).data())
            .order(java.nio.ByteOrder.nativeOrder())
            .getInt();
    Fd.write(fd, b("x"), 0, 1);
    assertThat(Fd.tryRead(p[0], to, 0, 10)).isEqualTo(1);
    assertThat(Sockets.tryRecvMsg(pair[1], to, 0, 10, 0, 0)).isNull();
    for (int f : new int[] {fd, p[0], p[1], pair[0], pair[1]}) {
      Fd.close(f);
    }
  }

  @Test
  void datagramsAndOptions() {
    int a = Sockets.socket(SockAddr.AF_INET6, Sockets.SOCK_DGRAM, 0);
    Sockets.bind(a, new SockAddr.Inet6(loopback6(), 0, 0, 0));
    SockAddr to = Sockets.getsockname(a);
    int c = Sockets.socket(SockAddr.AF_INET6, Sockets.SOCK_DGRAM, 0);
    Sockets.bind(c, new SockAddr.Inet6(loopback6(), 0, 0, 0));
    assertThat(Sockets.tryRecvFrom(a, new byte[9], 0, 9, 0)).isNull();
    assertThat(Sockets.trySendTo(c, b("data"), 0, 4, 0, to)).isEqualTo(4);
    Readiness.of(a, Fd.POLLIN).await(FOREVER);
    byte[] got = new byte[9];
    Sockets.Received r = Sockets.tryRecvFrom(a, got, 1, 8, 0);
    assertThat(r.count()).isEqualTo(4);
    assertThat(((SockAddr.Inet6) r.address()).port())
        .isEqualTo(((SockAddr.Inet6) Sockets.getsockname(c)).port());
    Sockets.setsockopt(a, Sockets.SOL_SOCKET, Sockets.SO_REUSEADDR, 1);
    assertThat(Sockets.getsockopt(a, Sockets.SOL_SOCKET, Sockets.SO_REUSEADDR)).isEqualTo(1);
    assertThat(Sockets.getsockopt(a, Sockets.SOL_SOCKET, Sockets.SO_REUSEADDR, 16)).hasSize(4);
    Fd.close(a);
    Fd.close(c);
  }

  private static byte[] loopback6() {
    byte[] one = new byte[16];
    one[15] = 1;
    return one;
  }

  private static <T> T get(PoolCall<T> call) {
    assertThat(call.await(FOREVER)).isTrue();
    return call.result();
  }

  @Test
  void names() {
    Resolver.Query q = new Resolver.Query(b("127.0.0.1"), b("80"), 0, Sockets.SOCK_STREAM, 0, 0);
    List<Resolver.AddrInfo> found = Resolver.tryNumeric(q);
    assertThat(found).hasSize(1);
    assertThat(((SockAddr.Inet) found.get(0).address()).port()).isEqualTo(80);
    Resolver.Query local = new Resolver.Query(b("localhost"), null, SockAddr.AF_INET, 1, 0, 2);
    assertThat(Resolver.tryNumeric(local)).isNull();
    Resolver.AddrInfo info = get(Resolver.getaddrinfo(local)).get(0);
    assertThat(((SockAddr.Inet) info.address()).address()).isEqualTo(LOOPBACK);
    assertThat(info.canonicalName()).isNotNull();
    PoolCall<List<Resolver.AddrInfo>> bad =
        Resolver.getaddrinfo(new Resolver.Query(b("127.0.0.1"), b("no-such"), 0, 1, 0, 0));
    bad.await(FOREVER);
    assertThatThrownBy(bad::result)
        .isInstanceOfSatisfying(ResolveException.class, e -> assertThat(e.code()).isEqualTo(-8))
        .hasMessage("Servname not supported for ai_socktype");
    byte[][] name = Resolver.nameinfo(new SockAddr.Inet(LOOPBACK, 80), 3);
    assertThat(name[0]).isEqualTo(b("127.0.0.1"));
    assertThat(name[1]).isEqualTo(b("80"));
    assertThat(get(Resolver.gethostbyname(b("localhost"))).addresses().get(0)).isEqualTo(LOOPBACK);
    assertThat(Resolver.inetPton(SockAddr.AF_INET6, b("::1"))).isEqualTo(loopback6());
    assertThat(Resolver.inetPton(SockAddr.AF_INET, b("1.2.3"))).isNull();
    assertThat(Resolver.inetNtop(SockAddr.AF_INET6, loopback6())).isEqualTo(b("::1"));
    assertThat(Resolver.inetAton(b("1.2.3"))).isEqualTo(new byte[] {1, 2, 0, 3});
    assertThat(Resolver.interfaces()).isNotEmpty();
    int lo = Resolver.interfaceIndex(b("lo"));
    assertThat(Resolver.interfaceName(lo)).isEqualTo(b("lo"));
    assertThatThrownBy(() -> Resolver.interfaceIndex(b("nope"))).isInstanceOf(HostException.class);
    int http = get(Resolver.getservbyname(b("http"), b("tcp")));
    assertThat(http).isIn(80, -1);
    int tcp = get(Resolver.getprotobyname(b("tcp")));
    assertThat(tcp).isIn(6, -1);
  }

  @Test
  void addressesOfEveryFamilySurvive() {
    List<SockAddr> all =
        List.of(
            new SockAddr.Netlink(7, 9),
            new SockAddr.Vsock(3, 4),
            new SockAddr.Inet6(loopback6(), 65535, 0x12345, 3));
    for (SockAddr a : all) {
      try (org.plait.host.Scratch s = org.plait.host.Scratch.take()) {
        int at = s.allocZero(SockAddr.SIZEOF_STORAGE);
        int n = SockAddr.encode(s, at, a);
        assertThat(SockAddr.decode(s.getBytes(at, n))).usingRecursiveComparison().isEqualTo(a);
      }
    }
  }
}
