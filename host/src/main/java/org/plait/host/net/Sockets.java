package org.plait.host.net;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.host.Errno;
import org.plait.host.Fn;
import org.plait.host.HostException;
import org.plait.host.Scratch;
import org.plait.host.file.Fd;
import org.plait.host.wait.BlockingPool;
import org.plait.host.wait.PoolCall;

/**
 * Sockets. The try calls never block, whatever mode the descriptor is in, and say {@link
 * Fd#WOULD_BLOCK}, null or false when the caller has to wait with {@code Readiness}; whether that
 * is an error (a socket in non-blocking mode) the caller knows.
 *
 * <p>Invariant: {@code ACCEPT_LOCK} is held from the look whether a connection waits to the accept
 * that takes it, so that no two threads go for the same one and one of them blocks. It is one for
 * all descriptors, since two of them may be the same socket. Other processes may have it as well:
 * against those it is in non-blocking mode meanwhile.
 */
public final class Sockets {
  public static final int SOCK_STREAM = 1;
  public static final int SOCK_DGRAM = 2;
  public static final int SOCK_RAW = 3;
  public static final int SOCK_NONBLOCK = 0x800;
  public static final int SOCK_CLOEXEC = 0x80000;
  public static final int SOL_SOCKET = 1;
  public static final int SO_REUSEADDR = 2;
  public static final int SO_ERROR = 4;
  public static final int SCM_RIGHTS = 1;
  public static final int MSG_DONTWAIT = 0x40;

  /** Longest single transfer, bytes: more than any datagram or socket buffer takes. */
  public static final int MAX_MESSAGE = 4 << 20;

  private static final int SIZEOF_MSGHDR = 56;
  private static final int CMSG_HEAD = 16;

  private static final int FIONREAD = 0x541b;

  private static final Fn IOCTL = new Fn("ioctl");
  private static final Fn SOCKET = new Fn("socket");
  private static final Fn SOCKETPAIR = new Fn("socketpair");
  private static final Fn BIND = new Fn("bind");
  private static final Fn LISTEN = new Fn("listen");
  private static final Fn ACCEPT4 = new Fn("accept4");
  private static final Fn CONNECT = new Fn("connect");
  private static final Fn RECVFROM = new Fn("recvfrom");
  private static final Fn SENDTO = new Fn("sendto");
  private static final Fn RECVMSG = new Fn("recvmsg");
  private static final Fn SENDMSG = new Fn("sendmsg");
  private static final Fn GETSOCKOPT = new Fn("getsockopt");
  private static final Fn SETSOCKOPT = new Fn("setsockopt");
  private static final Fn SHUTDOWN = new Fn("shutdown");
  private static final Fn GETSOCKNAME = new Fn("getsockname");
  private static final Fn GETPEERNAME = new Fn("getpeername");

  private static final Object ACCEPT_LOCK = new Object();

  private Sockets() {}

  public static int socket(int family, int type, int protocol) {
    try (Scratch s = Scratch.take()) {
      return Fd.made(SOCKET.callInt(s, family, type, protocol));
    }
  }

  public static int[] socketpair(int family, int type, int protocol) {
    try (Scratch s = Scratch.take()) {
      int at = s.alloc(8);
      SOCKETPAIR.callInt(s, family, type, protocol, s.ptr(at));
      return new int[] {Fd.made(s.getInt(at)), Fd.made(s.getInt(at + 4))};
    }
  }

  public static void bind(int fd, SockAddr address) {
    try (Scratch s = Scratch.take()) {
      int at = s.allocZero(SockAddr.SIZEOF_STORAGE);
      BIND.callInt(s, fd, s.ptr(at), SockAddr.encode(s, at, address));
    }
  }

  public static void listen(int fd, int backlog) {
    try (Scratch s = Scratch.take()) {
      LISTEN.callInt(s, fd, backlog);
    }
  }

  /** A connection and who is at its other end. */
  public record Accepted(int fd, SockAddr address) {}

  /** Takes a waiting connection, or gives null; flags SOCK_CLOEXEC, SOCK_NONBLOCK. */
  public static @Nullable Accepted tryAccept(int fd, int flags) {
    synchronized (ACCEPT_LOCK) {
      // To poll, a closed socket is none and never ready; the next call says what it is.
      if (fd >= 0 && Fd.poll(fd, Fd.POLLIN) == 0) {
        return null;
      }
      boolean blocking = Fd.getBlocking(fd);
      if (blocking) {
        Fd.setBlocking(fd, false);
      }
      try (Scratch s = Scratch.take()) {
        int at = s.allocZero(SockAddr.SIZEOF_STORAGE);
        int length = s.alloc(4);
        s.putInt(length, SockAddr.SIZEOF_STORAGE);
        int r = (int) ACCEPT4.call(s, fd, s.ptr(at), s.ptr(length), flags);
        if (r == -1) {
          return nothing(s, "accept4");
        }
        return new Accepted(Fd.made(r), address(s, at, s.getInt(length)));
      } finally {
        if (blocking) {
          setBlockingAgain(fd);
        }
      }
    }
  }

  private static void setBlockingAgain(int fd) {
    try {
      Fd.setBlocking(fd, true);
    } catch (HostException closedMeanwhile) {
      // what was accepted is there all the same
    }
  }

  private static <T> @Nullable T nothing(Scratch s, String syscall) {
    int errno = s.errno();
    if (errno == Errno.EAGAIN || errno == Errno.EINTR) {
      return null;
    }
    throw new HostException(errno, syscall);
  }

  private static int wouldBlock(Scratch s, String syscall) {
    int errno = s.errno();
    if (errno == Errno.EAGAIN || errno == Errno.EINTR) {
      return Fd.WOULD_BLOCK;
    }
    throw new HostException(errno, syscall);
  }

  private static SockAddr address(Scratch s, int at, int length) {
    return SockAddr.decode(s.getBytes(at, Math.min(length, SockAddr.SIZEOF_STORAGE)));
  }

  /**
   * Begins to connect.
   *
   * @return true when connected; false when the caller has to wait for POLLOUT and then call {@link
   *     #finishConnect}
   * @throws HostException EAGAIN when a local socket's queue is full: use {@link #connectSlowly}
   */
  public static boolean tryConnect(int fd, SockAddr address) {
    boolean blocking = Fd.getBlocking(fd);
    if (blocking) {
      Fd.setBlocking(fd, false);
    }
    try (Scratch s = Scratch.take()) {
      int at = s.allocZero(SockAddr.SIZEOF_STORAGE);
      int length = SockAddr.encode(s, at, address);
      if ((int) CONNECT.call(s, fd, s.ptr(at), length) == 0) {
        return true;
      }
      int errno = s.errno();
      if (errno == Errno.EINPROGRESS || errno == Errno.EINTR) {
        return false;
      }
      throw new HostException(errno, "connect");
    } finally {
      if (blocking) {
        Fd.setBlocking(fd, true);
      }
    }
  }

  /** A connect that blocks, in the pool. */
  public static PoolCall<Integer> connectSlowly(int fd, SockAddr address) {
    return BlockingPool.submit(
        () -> {
          try (Scratch s = Scratch.take()) {
            int at = s.allocZero(SockAddr.SIZEOF_STORAGE);
            int length = SockAddr.encode(s, at, address);
            return CONNECT.callInt(s, fd, s.ptr(at), length);
          }
        });
  }

  /** The outcome of a connect that had to be waited for: throws what it failed with. */
  public static void finishConnect(int fd) {
    int errno = getsockopt(fd, SOL_SOCKET, SO_ERROR);
    if (errno != 0 && errno != Errno.EISCONN) {
      throw new HostException(errno, "connect");
    }
  }

  /** Bytes that wait to be read, at least: 0 when that can't be told. */
  public static int available(int fd) {
    try (Scratch s = Scratch.take()) {
      int at = s.allocZero(4);
      return (int) IOCTL.call(s, fd, FIONREAD, s.ptr(at)) == -1 ? 0 : s.getInt(at);
    }
  }

  /** Receives: what there was, nothing at the end, null when it would block. */
  public static byte @Nullable [] tryRecv(int fd, int wanted, int flags) {
    int length = Math.min(wanted, MAX_MESSAGE);
    try (Scratch s = Scratch.take(length)) {
      int at = s.alloc(length);
      long n = RECVFROM.call(s, fd, s.ptr(at), length, flags | MSG_DONTWAIT, 0, 0);
      return n == -1
          ? nothing(s, "recv")
          : s.getBytes(at, Math.min((int) n, length)); // MSG_TRUNC gives the real length
    }
  }

  /** Receives: bytes, 0 at the end, or WOULD_BLOCK. */
  public static int tryRecv(int fd, byte[] to, int start, int wanted, int flags) {
    int length = Math.min(wanted, MAX_MESSAGE);
    try (Scratch s = Scratch.take(length)) {
      int at = s.alloc(length);
      long n = RECVFROM.call(s, fd, s.ptr(at), length, flags | MSG_DONTWAIT, 0, 0);
      if (n == -1) {
        return wouldBlock(s, "recv");
      }
      s.getBytes(at, to, start, Math.min((int) n, length)); // MSG_TRUNC gives the real length
      return (int) n;
    }
  }

  /**
   * A datagram received.
   *
   * @param count its length, which with MSG_TRUNC may be more than was stored
   */
  public record Received(int count, SockAddr address) {}

  public static @Nullable Received tryRecvFrom(
      int fd, byte[] to, int start, int wanted, int flags) {
    int length = Math.min(wanted, MAX_MESSAGE);
    try (Scratch s = Scratch.take(length + 512L)) {
      int at = s.alloc(length);
      int name = s.allocZero(SockAddr.SIZEOF_STORAGE);
      int size = s.alloc(4);
      s.putInt(size, SockAddr.SIZEOF_STORAGE);
      long n =
          RECVFROM.call(s, fd, s.ptr(at), length, flags | MSG_DONTWAIT, s.ptr(name), s.ptr(size));
      if (n == -1) {
        return nothing(s, "recvfrom");
      }
      s.getBytes(at, to, start, Math.min((int) n, length));
      return new Received((int) n, address(s, name, s.getInt(size)));
    }
  }

  /** Sends, perhaps less than asked for: bytes taken or WOULD_BLOCK. */
  public static int trySend(int fd, byte[] from, int start, int length, int flags) {
    return trySendTo(fd, from, start, length, flags, null);
  }

  public static int trySendTo(
      int fd, byte[] from, int start, int wanted, int flags, @Nullable SockAddr address) {
    int length = Math.min(wanted, MAX_MESSAGE);
    try (Scratch s = Scratch.take(length + 512L)) {
      int at = s.put(from, start, length);
      long name = 0;
      int size = 0;
      if (address != null) {
        int a = s.allocZero(SockAddr.SIZEOF_STORAGE);
        size = SockAddr.encode(s, a, address);
        name = s.ptr(a);
      }
      long n = SENDTO.call(s, fd, s.ptr(at), length, flags | MSG_DONTWAIT, name, size);
      return n == -1 ? wouldBlock(s, "send") : (int) n;
    }
  }

  /** A piece of ancillary data. */
  public record Control(int level, int type, byte[] data) {}

  /** What {@code recvmsg} gave. */
  public record Message(int count, List<Control> controls, int flags, SockAddr address) {}

  /**
   * Receives with ancillary data; null when it would block.
   *
   * @param controlSize bytes of room for ancillary data
   */
  public static @Nullable Message tryRecvMsg(
      int fd, byte[] to, int start, int length, int controlSize, int flags) {
    try (Scratch s = Scratch.take((long) length + controlSize + 512)) {
      int at = s.alloc(length);
      int control = s.allocZero(controlSize);
      int name = s.allocZero(SockAddr.SIZEOF_STORAGE);
      int header = header(s, at, length, control, controlSize);
      s.putLong(header, s.ptr(name));
      s.putInt(header + 8, SockAddr.SIZEOF_STORAGE);
      long n = RECVMSG.call(s, fd, s.ptr(header), flags | MSG_DONTWAIT);
      if (n == -1) {
        return nothing(s, "recvmsg");
      }
      s.getBytes(at, to, start, Math.min((int) n, length));
      List<Control> controls = controls(s, control, (int) s.getLong(header + 40));
      return new Message(
          (int) n, controls, s.getInt(header + 48), address(s, name, s.getInt(header + 8)));
    }
  }

  private static int header(Scratch s, int at, int length, int control, int controlSize) {
    int iov = s.alloc(16);
    s.putLong(iov, s.ptr(at));
    s.putLong(iov + 8, length);
    int header = s.allocZero(SIZEOF_MSGHDR);
    s.putLong(header + 16, s.ptr(iov));
    s.putLong(header + 24, 1);
    s.putLong(header + 32, controlSize == 0 ? 0 : s.ptr(control));
    s.putLong(header + 40, controlSize);
    return header;
  }

  private static List<Control> controls(Scratch s, int start, int size) {
    List<Control> all = new ArrayList<>();
    int at = 0;
    while (at + CMSG_HEAD <= size) {
      long length = s.getLong(start + at);
      if (length < CMSG_HEAD) {
        break;
      }
      int level = s.getInt(start + at + 8);
      int type = s.getInt(start + at + 12);
      int have = (int) Math.min(length, size - at) - CMSG_HEAD;
      byte[] data = s.getBytes(start + at + CMSG_HEAD, have);
      if (level == SOL_SOCKET && type == SCM_RIGHTS) {
        for (int i = 0; i + 4 <= have; i += 4) {
          Fd.made(s.getInt(start + at + CMSG_HEAD + i));
        }
      }
      all.add(new Control(level, type, data));
      at += cmsgAlign((int) length);
    }
    return all;
  }

  private static int cmsgAlign(int length) {
    return (length + 7) & ~7;
  }

  /** CMSG_LEN of so many bytes of data. */
  public static int cmsgLen(int data) {
    return CMSG_HEAD + data;
  }

  /** CMSG_SPACE of so many bytes of data. */
  public static int cmsgSpace(int data) {
    return CMSG_HEAD + cmsgAlign(data);
  }

  /** Sends with ancillary data: bytes taken or WOULD_BLOCK. */
  public static int trySendMsg(
      int fd,
      byte[] from,
      int start,
      int length,
      List<Control> controls,
      int flags,
      @Nullable SockAddr address) {
    int controlSize = 0;
    for (Control c : controls) {
      controlSize += cmsgSpace(c.data().length);
    }
    try (Scratch s = Scratch.take((long) length + controlSize + 512)) {
      int at = s.put(from, start, length);
      int control = s.allocZero(controlSize);
      int next = control;
      for (Control c : controls) {
        s.putLong(next, cmsgLen(c.data().length));
        s.putInt(next + 8, c.level());
        s.putInt(next + 12, c.type());
        for (int i = 0; i < c.data().length; i++) {
          s.putByte(next + CMSG_HEAD + i, c.data()[i]);
        }
        next += cmsgSpace(c.data().length);
      }
      int header = header(s, at, length, control, controlSize);
      if (address != null) {
        int a = s.allocZero(SockAddr.SIZEOF_STORAGE);
        s.putInt(header + 8, SockAddr.encode(s, a, address));
        s.putLong(header, s.ptr(a));
      }
      long n = SENDMSG.call(s, fd, s.ptr(header), flags | MSG_DONTWAIT);
      return n == -1 ? wouldBlock(s, "sendmsg") : (int) n;
    }
  }

  /** An option whose value is an integer. */
  public static int getsockopt(int fd, int level, int option) {
    try (Scratch s = Scratch.take()) {
      int at = s.allocZero(4);
      int size = s.alloc(4);
      s.putInt(size, 4);
      GETSOCKOPT.callInt(s, fd, level, option, s.ptr(at), s.ptr(size));
      return s.getInt(at);
    }
  }

  /** An option whose value is a structure of at most {@code room} bytes. */
  public static byte[] getsockopt(int fd, int level, int option, int room) {
    try (Scratch s = Scratch.take(room)) {
      int at = s.allocZero(room);
      int size = s.alloc(4);
      s.putInt(size, room);
      GETSOCKOPT.callInt(s, fd, level, option, s.ptr(at), s.ptr(size));
      return s.getBytes(at, Math.min(room, s.getInt(size)));
    }
  }

  public static void setsockopt(int fd, int level, int option, int value) {
    try (Scratch s = Scratch.take()) {
      int at = s.alloc(4);
      s.putInt(at, value);
      SETSOCKOPT.callInt(s, fd, level, option, s.ptr(at), 4);
    }
  }

  public static void setsockopt(int fd, int level, int option, byte[] value) {
    try (Scratch s = Scratch.take(value.length)) {
      int at = s.put(value, 0, value.length);
      SETSOCKOPT.callInt(s, fd, level, option, s.ptr(at), value.length);
    }
  }

  /** An option without a value but with a length. */
  public static void setsockoptNull(int fd, int level, int option, int length) {
    try (Scratch s = Scratch.take()) {
      SETSOCKOPT.callInt(s, fd, level, option, 0, length);
    }
  }

  /** Ends one direction or both: 0 reading, 1 writing, 2 both. */
  public static void shutdown(int fd, int how) {
    try (Scratch s = Scratch.take()) {
      SHUTDOWN.callInt(s, fd, how);
    }
  }

  public static SockAddr getsockname(int fd) {
    return name(GETSOCKNAME, fd);
  }

  public static SockAddr getpeername(int fd) {
    return name(GETPEERNAME, fd);
  }

  private static SockAddr name(Fn fn, int fd) {
    try (Scratch s = Scratch.take()) {
      int at = s.allocZero(SockAddr.SIZEOF_STORAGE);
      int size = s.alloc(4);
      s.putInt(size, SockAddr.SIZEOF_STORAGE);
      fn.callInt(s, fd, s.ptr(at), s.ptr(size));
      return address(s, at, s.getInt(size));
    }
  }
}
