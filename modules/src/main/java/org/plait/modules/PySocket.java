package org.plait.modules;

import org.jspecify.annotations.Nullable;
import org.plait.host.Errno;
import org.plait.host.HostException;
import org.plait.host.file.Fd;
import org.plait.host.net.SockAddr;
import org.plait.host.net.Sockets;
import org.plait.host.wait.Readiness;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.boot.Waits;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.OsErrors;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyInstance;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.Buffer;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.types.PyFloat;
import org.plait.sched.Clock;

/**
 * {@code _socket.socket}. Every operation tries without blocking and, unless the socket is
 * non-blocking, waits for readiness in between, so that a waiting thread holds no permit and no
 * carrier. {@link #fd} is -1 once closed; the time-out is in nanoseconds, -1 for none, 0 for
 * non-blocking.
 */
@PyTypeDef(name = "socket", module = "_socket", subclassable = true)
public class PySocket extends PyInstance {
  public static final PyType TYPE = PyType.builtin(PySocketTable.INSTANCE);

  private static final int SOCK_TYPE_MASK = 0xf;

  /** {@code socket.setdefaulttimeout}, nanoseconds or -1. */
  static volatile long defaultTimeout = -1;

  private volatile int fd = -1;
  private volatile int family;
  private volatile int kind;
  private volatile int proto;
  private volatile long timeout = -1;

  PySocket(PyType type) {
    super(type);
  }

  @PyNew(sig = "(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return new PySocket(cls);
  }

  // Compare CPython sock_initobj_impl in socketmodule.c.
  @PyMethod(name = "__init__", sig = "(family=-1, type=-1, proto=-1, fileno=None)")
  void init(int family, int type, int proto, PyObject fileno) {
    if (fileno != Py.None) {
      int given = (int) PyNumbers.asLong(fileno, Exceptions.OverflowError);
      if (given < 0) {
        throw Errors.valueError("negative file descriptor");
      }
      try {
        SockAddr name = Sockets.getsockname(given);
        this.family = family == -1 ? name.family() : family;
        this.kind = type == -1 ? Sockets.getsockopt(given, Sockets.SOL_SOCKET, 3) : type;
        this.proto = proto == -1 ? Sockets.getsockopt(given, Sockets.SOL_SOCKET, 38) : proto;
      } catch (HostException e) {
        throw OsErrors.of(e);
      }
      adopt(given);
      return;
    }
    this.family = family == -1 ? SockAddr.AF_INET : family;
    this.kind = (type == -1 ? Sockets.SOCK_STREAM : type) & SOCK_TYPE_MASK;
    this.proto = proto == -1 ? 0 : proto;
    int flags = type == -1 ? 0 : type & Sockets.SOCK_NONBLOCK;
    try {
      adopt(Sockets.socket(this.family, this.kind | flags | Sockets.SOCK_CLOEXEC, this.proto));
    } catch (HostException e) {
      throw OsErrors.of(e);
    }
    if (flags != 0) {
      timeout = 0;
    }
  }

  private void adopt(int newFd) {
    fd = newFd;
    timeout = defaultTimeout;
    if (timeout >= 0) {
      Fd.setBlocking(newFd, false);
    }
  }

  private int open() {
    return fd;
  }

  // ---- waiting

  /** One try at an operation: null when it would block. */
  private interface Try<T> {
    @Nullable T run();
  }

  /** The descriptor, -1 once closed. */
  public int descriptor() {
    return fd;
  }

  /** Whether operations fail that would have to wait. */
  public boolean isNonBlocking() {
    return timeout == 0;
  }

  /** Until when an operation that begins now may wait: of {@link Clock}. */
  public long deadline() {
    long t = timeout;
    return t < 0 ? Clock.FOREVER : Clock.deadline(t);
  }

  private <T> T blocking(int events, Try<T> operation) {
    long deadline = deadline();
    try {
      while (true) {
        T result = operation.run();
        if (result != null) {
          return result;
        }
        if (timeout == 0) {
          throw new HostException(Errno.EAGAIN, "socket");
        }
        if (!Waits.await(Readiness.of(open(), events), deadline)) {
          throw Errors.of(Exceptions.TimeoutError, "timed out");
        }
      }
    } catch (HostException e) {
      throw OsErrors.of(e);
    }
  }

  private static @Nullable Integer count(int n) {
    return n == Fd.WOULD_BLOCK ? null : n;
  }

  // ---- connecting

  @PyMethod(sig = "(address, /)")
  void bind(PyObject address) {
    SockAddr a = SocketAddresses.of(family, address, "bind");
    try {
      Sockets.bind(open(), a);
    } catch (HostException e) {
      throw OsErrors.of(e);
    }
  }

  @PyMethod(sig = "(backlog=128, /)")
  void listen(int backlog) {
    try {
      Sockets.listen(open(), Math.max(0, backlog));
    } catch (HostException e) {
      throw OsErrors.of(e);
    }
  }

  @PyMethod(name = "_accept", sig = "()")
  PyObject accept() {
    Sockets.Accepted a = blocking(Fd.POLLIN, () -> Sockets.tryAccept(open(), Sockets.SOCK_CLOEXEC));
    return Py.tuple(Py.int_(a.fd()), SocketAddresses.toPython(a.address()));
  }

  private void connect(SockAddr a) {
    try {
      boolean done;
      try {
        done = Sockets.tryConnect(open(), a);
      } catch (HostException e) {
        if (e.errno() != Errno.EAGAIN || timeout == 0) {
          throw e;
        }
        Waits.result(Sockets.connectSlowly(open(), a));
        done = true;
      }
      if (done) {
        return;
      }
      if (timeout == 0) {
        throw new HostException(Errno.EINPROGRESS, "connect");
      }
      if (!Waits.await(Readiness.of(open(), Fd.POLLOUT), deadline())) {
        throw Errors.of(Exceptions.TimeoutError, "timed out");
      }
      Sockets.finishConnect(open());
    } catch (HostException e) {
      throw OsErrors.of(e);
    }
  }

  @PyMethod(sig = "(address, /)")
  void connect(PyObject address) {
    connect(SocketAddresses.of(family, address, "connect"));
  }

  @PyMethod(name = "connect_ex", sig = "(address, /)")
  int connectEx(PyObject address) {
    SockAddr a = SocketAddresses.of(family, address, "connect_ex");
    try {
      connect(a);
      return 0;
    } catch (PyException e) {
      if (e.value instanceof org.plait.runtime.exceptions.PyOSError o && o.errno() > 0) {
        return o.errno();
      }
      if (e.matches(Exceptions.TimeoutError)) {
        return Errno.EAGAIN;
      }
      throw e;
    }
  }

  @PyMethod(sig = "(how, /)")
  void shutdown(int how) {
    try {
      Sockets.shutdown(open(), how);
    } catch (HostException e) {
      throw OsErrors.of(e);
    }
  }

  @PyMethod(sig = "()")
  void close() {
    int old;
    synchronized (this) {
      old = fd;
      fd = -1;
    }
    if (old >= 0) {
      try {
        Fd.close(old);
      } catch (HostException e) {
        // A connection reset by the other end is closed all the same.
        if (e.errno() != Errno.ECONNRESET) {
          throw OsErrors.of(e);
        }
      }
    }
  }

  @PyMethod(sig = "()")
  synchronized int detach() {
    int old = fd;
    fd = -1;
    return old;
  }

  @PyMethod(sig = "()")
  int fileno() {
    return fd;
  }

  // ---- data

  private static int size(int n, String function) {
    if (n < 0) {
      throw Errors.valueError("negative buffersize in " + function);
    }
    return n;
  }

  @PyMethod(sig = "(bufsize, flags=0, /)")
  PyObject recv(int bufsize, int flags) {
    byte[] b = new byte[size(bufsize, "recv")];
    int n = blocking(Fd.POLLIN, () -> count(Sockets.tryRecv(open(), b, 0, b.length, flags)));
    return Py.bytes(n >= b.length ? b : java.util.Arrays.copyOf(b, n));
  }

  @PyMethod(name = "recv_into", sig = "(buffer, nbytes=0, flags=0)")
  int recvInto(PyObject buffer, int nbytes, int flags) {
    try (Buffer to = PyBuffers.write(buffer, "recv_into() argument 1")) {
      if (nbytes < 0) {
        throw Errors.valueError("negative buffersize in recv_into");
      }
      if (nbytes > to.length) {
        throw Errors.valueError("buffer too small for requested bytes");
      }
      byte[] b = new byte[nbytes == 0 ? (int) to.length : nbytes];
      int n = blocking(Fd.POLLIN, () -> count(Sockets.tryRecv(open(), b, 0, b.length, flags)));
      to.set(0, b, 0, Math.min(n, b.length));
      return n;
    }
  }

  @PyMethod(sig = "(bufsize, flags=0, /)")
  PyObject recvfrom(int bufsize, int flags) {
    byte[] b = new byte[size(bufsize, "recvfrom")];
    Sockets.Received r =
        blocking(Fd.POLLIN, () -> Sockets.tryRecvFrom(open(), b, 0, b.length, flags));
    int n = Math.min(r.count(), b.length);
    return Py.tuple(Py.bytes(java.util.Arrays.copyOf(b, n)), SocketAddresses.toPython(r.address()));
  }

  @PyMethod(name = "recvfrom_into", sig = "(buffer, nbytes=0, flags=0)")
  PyObject recvfromInto(PyObject buffer, int nbytes, int flags) {
    try (Buffer to = PyBuffers.write(buffer, "recvfrom_into() argument 1")) {
      if (nbytes < 0) {
        throw Errors.valueError("negative buffersize in recvfrom_into");
      }
      if (nbytes > to.length) {
        throw Errors.valueError("nbytes is greater than the length of the buffer");
      }
      byte[] b = new byte[nbytes == 0 ? (int) to.length : nbytes];
      Sockets.Received r =
          blocking(Fd.POLLIN, () -> Sockets.tryRecvFrom(open(), b, 0, b.length, flags));
      to.set(0, b, 0, Math.min(r.count(), b.length));
      return Py.tuple(Py.int_(r.count()), SocketAddresses.toPython(r.address()));
    }
  }

  @PyMethod(sig = "(data, flags=0, /)")
  int send(PyObject data, int flags) {
    byte[] b = PyBuffers.toBytes(data);
    return blocking(Fd.POLLOUT, () -> count(Sockets.trySend(open(), b, 0, b.length, flags)));
  }

  @PyMethod(sig = "(data, flags=0, /)")
  void sendall(PyObject data, int flags) {
    byte[] b = PyBuffers.toBytes(data);
    int done = 0;
    while (done < b.length) {
      int from = done;
      done +=
          blocking(
              Fd.POLLOUT, () -> count(Sockets.trySend(open(), b, from, b.length - from, flags)));
    }
  }

  @PyMethod(sig = "!(data, flags, address=NULL, /)")
  int sendto(PyObject data, PyObject flagsOrAddress, @Nullable PyObject address) {
    byte[] b = PyBuffers.toBytes(data);
    int flags =
        address == null ? 0 : (int) PyNumbers.asLong(flagsOrAddress, Exceptions.OverflowError);
    SockAddr a = SocketAddresses.of(family, address == null ? flagsOrAddress : address, "sendto");
    return blocking(Fd.POLLOUT, () -> count(Sockets.trySendTo(open(), b, 0, b.length, flags, a)));
  }

  // ---- settings

  @PyMethod(sig = "(flag, /)")
  void setblocking(boolean flag) {
    setTimeout(flag ? -1 : 0);
  }

  @PyMethod(sig = "()")
  boolean getblocking() {
    return timeout != 0;
  }

  @PyMethod(sig = "(timeout, /)")
  void settimeout(PyObject value) {
    setTimeout(nanos(value));
  }

  private void setTimeout(long nanos) {
    timeout = nanos;
    try {
      Fd.setBlocking(open(), nanos < 0);
    } catch (HostException e) {
      throw OsErrors.of(e);
    }
  }

  /** Nanoseconds of a time-out; None is -1. */
  static long nanos(PyObject value) {
    if (value == Py.None) {
      return -1;
    }
    double seconds = value instanceof PyFloat f ? f.value() : PyNumbers.asDouble(value);
    if (Double.isNaN(seconds)) {
      throw Errors.valueError("Invalid value NaN (not a number)");
    }
    if (seconds < 0) {
      throw Errors.valueError("Timeout value out of range");
    }
    if (seconds > 9.2e9) {
      throw Errors.overflowError("timeout doesn't fit into C timeval");
    }
    return (long) Math.ceil(seconds * 1e9);
  }

  @PyMethod(sig = "()")
  PyObject gettimeout() {
    return timeout < 0 ? Py.None : Py.float_(timeout / 1e9);
  }

  @PyGetter("timeout")
  PyObject getTimeout() {
    return gettimeout();
  }

  @PyGetter("family")
  int getFamily() {
    return family;
  }

  @PyGetter("type")
  int getType() {
    return kind;
  }

  @PyGetter("proto")
  int getProto() {
    return proto;
  }

  @PyMethod(sig = "(level, option, buflen=0, /)")
  PyObject getsockopt(int level, int option, int buflen) {
    try {
      if (buflen == 0) {
        return Py.int_(Sockets.getsockopt(open(), level, option));
      }
      if (buflen < 0 || buflen > 1024) {
        throw Errors.of(Exceptions.OSError, "getsockopt buflen out of range");
      }
      return Py.bytes(Sockets.getsockopt(open(), level, option, buflen));
    } catch (HostException e) {
      throw OsErrors.of(e);
    }
  }

  @PyMethod(sig = "!(level, option, value, optlen=NULL, /)")
  void setsockopt(int level, int option, PyObject value, @Nullable PyObject optlen) {
    try {
      if (value == Py.None) {
        if (optlen == null) {
          throw Errors.typeError("socket option should be integer, bytes-like object or None");
        }
        Sockets.setsockoptNull(
            open(), level, option, (int) PyNumbers.asLong(optlen, Exceptions.OverflowError));
      } else if (PyNumbers.isIndex(value)) {
        Sockets.setsockopt(
            open(), level, option, (int) PyNumbers.asLong(value, Exceptions.OverflowError));
      } else {
        Sockets.setsockopt(open(), level, option, PyBuffers.toBytes(value));
      }
    } catch (HostException e) {
      throw OsErrors.of(e);
    }
  }

  @PyMethod(sig = "()")
  PyObject getsockname() {
    try {
      return SocketAddresses.toPython(Sockets.getsockname(open()));
    } catch (HostException e) {
      throw OsErrors.of(e);
    }
  }

  @PyMethod(sig = "()")
  PyObject getpeername() {
    try {
      return SocketAddresses.toPython(Sockets.getpeername(open()));
    } catch (HostException e) {
      throw OsErrors.of(e);
    }
  }

  @PyMethod(name = "__repr__")
  String repr() {
    return "<socket object, fd="
        + fd
        + ", family="
        + family
        + ", type="
        + kind
        + ", proto="
        + proto
        + ">";
  }
}
