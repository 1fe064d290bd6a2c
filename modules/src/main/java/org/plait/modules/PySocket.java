package org.plait.modules;

import java.util.Arrays;
import java.util.List;
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
import org.plait.runtime.importing.Imports;
import org.plait.runtime.interp.Audit;
import org.plait.runtime.interp.Unraisable;
import org.plait.runtime.object.ArgumentConverters;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyInstance;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.QuietMethods;
import org.plait.runtime.protocol.Buffer;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyFloat;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyStr;
import org.plait.sched.Clock;

/**
 * {@code _socket.socket}. Every operation tries without blocking and, unless the socket is
 * non-blocking, waits for readiness in between, so that a waiting thread holds no permit and no
 * carrier. {@link #fd} is -1 once closed; the time-out is in nanoseconds, -1 for none, 0 for
 * non-blocking.
 */
@PyTypeDef(name = "socket", module = "_socket", subclassable = true, hostErrors = true)
public class PySocket extends PyInstance implements QuietMethods.Receiver {
  public static final PyType TYPE = PyType.builtin(PySocketTable.INSTANCE);

  private static final int SOCK_TYPE_MASK = 0xf;

  /** Bytes that a read of a stream asks for without knowing that there are so many. */
  private static final int PORTION = 32 * 1024;

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
    if (Audit.isUsed()) {
      Audit.raise("socket.__new__", this, Py.int_(family), Py.int_(type), Py.int_(proto));
    }
    if (fileno != Py.None) {
      int given = (int) PyNumbers.asLong(fileno, Exceptions.OverflowError);
      if (given < 0) {
        throw Errors.valueError("negative file descriptor");
      }
      SockAddr name = Sockets.getsockname(given);
      this.family = family == -1 ? name.family() : family;
      this.kind = type == -1 ? Sockets.getsockopt(given, Sockets.SOL_SOCKET, 3) : type;
      this.proto = proto == -1 ? Sockets.getsockopt(given, Sockets.SOL_SOCKET, 38) : proto;
      adopt(given);
      return;
    }
    this.family = family == -1 ? SockAddr.AF_INET : family;
    this.kind = (type == -1 ? Sockets.SOCK_STREAM : type) & SOCK_TYPE_MASK;
    this.proto = proto == -1 ? 0 : proto;
    int flags = type == -1 ? 0 : type & Sockets.SOCK_NONBLOCK;
    adopt(Sockets.socket(this.family, this.kind | flags | Sockets.SOCK_CLOEXEC, this.proto));
    if (flags != 0) {
      timeout = 0;
    }
  }

  /** One of a pair; no event is raised for these. */
  static PySocket of(int family, int type, int proto, int fd) {
    PySocket s = new PySocket(TYPE);
    s.family = family;
    s.kind = type;
    s.proto = proto;
    s.adopt(fd);
    return s;
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
  interface Try<T> {
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
    return blocking(events, 0, deadline(), operation);
  }

  private <T> T blocking(int events, int flags, Try<T> operation) {
    return blocking(events, flags, deadline(), operation);
  }

  private <T> T blocking(int events, int flags, long deadline, Try<T> operation) {
    while (true) {
      T result = operation.run();
      if (result != null) {
        return result;
      }
      if ((flags & Sockets.MSG_DONTWAIT) != 0 && timeout < 0) {
        throw new HostException(Errno.EAGAIN, "socket");
      }
      await(events, deadline);
    }
  }

  /** Waits for readiness; raises if the socket is non-blocking or the time is over. */
  private void await(int events, long deadline) {
    if (timeout == 0) {
      throw new HostException(Errno.EAGAIN, "socket");
    }
    if (!Waits.await(Readiness.of(open(), events), deadline)) {
      throw Errors.of(Exceptions.TimeoutError, "timed out");
    }
  }

  private static @Nullable Integer count(int n) {
    return n == Fd.WOULD_BLOCK ? null : n;
  }

  // ---- connecting

  @PyMethod(sig = "(address, /)")
  void bind(PyObject address) {
    SockAddr a = SocketAddresses.of(family, proto, address, "bind");
    Audit.raise("socket.bind", this, address);
    Sockets.bind(open(), a);
  }

  @PyMethod(sig = "(backlog=128, /)")
  void listen(int backlog) {
    Sockets.listen(open(), Math.max(0, backlog));
  }

  @PyMethod(name = "_accept", sig = "()")
  PyObject accept() {
    Sockets.Accepted a = blocking(Fd.POLLIN, () -> Sockets.tryAccept(open(), Sockets.SOCK_CLOEXEC));
    return Py.tuple(Py.int_(a.fd()), SocketAddresses.toPython(a.address()));
  }

  private void connect(SockAddr a) {
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
    await(Fd.POLLOUT, deadline());
    Sockets.finishConnect(open());
  }

  @PyMethod(sig = "(address, /)")
  void connect(PyObject address) {
    SockAddr a = SocketAddresses.of(family, proto, address, "connect");
    Audit.raise("socket.connect", this, address);
    connect(a);
  }

  @PyMethod(name = "connect_ex", sig = "(address, /)")
  int connectEx(PyObject address) {
    SockAddr a = SocketAddresses.of(family, proto, address, "connect_ex");
    Audit.raise("socket.connect", this, address);
    try {
      connect(a);
      return 0;
    } catch (HostException e) {
      return e.errno();
    } catch (PyException e) {
      if (e.matches(Exceptions.TimeoutError)) {
        return Errno.EAGAIN;
      }
      throw e;
    }
  }

  @PyMethod(sig = "(how, /)")
  void shutdown(int how) {
    Sockets.shutdown(open(), how);
  }

  @PyMethod(sig = "()")
  void close() {
    int old = detach();
    if (old >= 0) {
      try {
        Fd.close(old);
      } catch (HostException e) {
        // A connection reset by the other end is closed all the same.
        if (e.errno() != Errno.ECONNRESET) {
          throw e;
        }
      }
    }
  }

  // Compare CPython sock_finalize in socketmodule.c.
  @PyMethod(name = "__del__", sig = "()")
  void del() {
    if (fd < 0) {
      return;
    }
    try {
      PyObjects.getAttr(Imports.importModule("_warnings"), "warn")
          .call(
              new PyObject[] {
                PyStr.of("unclosed " + PyObjects.repr(this)),
                Exceptions.ResourceWarning,
                Py.int_(1),
                this
              },
              null);
    } catch (PyException e) {
      if (e.matches(Exceptions.Warning)) {
        Unraisable.report(e.value, this);
      }
    }
    int old = detach();
    if (old >= 0) {
      try {
        Fd.close(old);
      } catch (HostException e) {
        // Nobody is there to be told.
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

  /**
   * How much to ask for at once. A stream gives no more than it has, so that room for a large read
   * is only taken if there is much to read; a datagram must fit whole.
   */
  private int portion(int wanted) {
    return wanted > PORTION && kind == Sockets.SOCK_STREAM
        ? Math.min(wanted, Math.max(PORTION, Sockets.available(open())))
        : wanted;
  }

  @PyMethod(sig = "(bufsize, flags=0, /)")
  PyObject recv(int bufsize, int flags) {
    size(bufsize, "recv");
    return Py.bytes(
        blocking(Fd.POLLIN, flags, () -> Sockets.tryRecv(open(), portion(bufsize), flags)));
  }

  @Override
  public final @Nullable PyObject receiveQuietly(PyObject n) {
    int at = fd;
    if (at < 0 || n.getClass() != PyInt.class || !((PyInt) n).isLong()) {
      return null;
    }
    long wanted = ((PyInt) n).longValue();
    if (wanted < 0 || wanted > PORTION) {
      return null;
    }
    try {
      byte[] b = Sockets.tryRecv(at, (int) wanted, 0);
      return b == null ? null : Py.bytes(b);
    } catch (HostException e) {
      throw OsErrors.of(e);
    }
  }

  /** Receives to the front of a buffer; the count may be more than fits (MSG_TRUNC). */
  private int receive(Buffer to, int wanted, int flags) {
    byte[] array = to.array;
    if (array != null) {
      int at = (int) to.offset;
      return blocking(
          Fd.POLLIN,
          flags,
          () -> count(Sockets.tryRecv(open(), array, at, portion(wanted), flags)));
    }
    byte[] b = blocking(Fd.POLLIN, flags, () -> Sockets.tryRecv(open(), portion(wanted), flags));
    to.set(0, b, 0, b.length);
    return b.length;
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
      return receive(to, nbytes == 0 ? (int) to.length : nbytes, flags);
    }
  }

  @PyMethod(sig = "(bufsize, flags=0, /)")
  PyObject recvfrom(int bufsize, int flags) {
    byte[] b = new byte[size(bufsize, "recvfrom")];
    Sockets.Received r =
        blocking(Fd.POLLIN, flags, () -> Sockets.tryRecvFrom(open(), b, 0, b.length, flags));
    int n = Math.min(r.count(), b.length);
    return Py.tuple(Py.bytes(Arrays.copyOf(b, n)), SocketAddresses.toPython(r.address()));
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
          blocking(Fd.POLLIN, flags, () -> Sockets.tryRecvFrom(open(), b, 0, b.length, flags));
      to.set(0, b, 0, Math.min(r.count(), b.length));
      return Py.tuple(Py.int_(r.count()), SocketAddresses.toPython(r.address()));
    }
  }

  @PyMethod(sig = "(data, flags=0, /)")
  int send(PyObject data, int flags) {
    byte[] b = PyBuffers.toBytes(data);
    return blocking(Fd.POLLOUT, flags, () -> count(Sockets.trySend(open(), b, 0, b.length, flags)));
  }

  @PyMethod(sig = "(data, flags=0, /)")
  void sendall(PyObject data, int flags) {
    byte[] b = PyBuffers.toBytes(data);
    long deadline = deadline();
    int done = 0;
    while (done < b.length) {
      int from = done;
      done +=
          blocking(
              Fd.POLLOUT,
              flags,
              deadline,
              () -> count(Sockets.trySend(open(), b, from, b.length - from, flags)));
    }
  }

  @PyMethod(sig = "(*args, **kwargs)", raw = true)
  PyObject sendto(PyObject[] args, String @Nullable [] kwnames) {
    if (kwnames != null && kwnames.length > 0) {
      throw Errors.typeError("socket.sendto() takes no keyword arguments");
    }
    if (args.length < 2 || args.length > 3) {
      throw Errors.typeError("sendto() takes 2 or 3 arguments (" + args.length + " given)");
    }
    byte[] b = PyBuffers.toBytes(args[0]);
    int flags = args.length == 2 ? 0 : ArgumentConverters.toInt(args[1]);
    PyObject address = args[args.length - 1];
    SockAddr a = SocketAddresses.of(family, proto, address, "sendto");
    Audit.raise("socket.sendto", this, address);
    return Py.int_(
        blocking(
            Fd.POLLOUT, flags, () -> count(Sockets.trySendTo(open(), b, 0, b.length, flags, a))));
  }

  // ---- messages

  @PyMethod(sig = "!(buffers, ancdata=NULL, flags=0, address=NULL, /)")
  int sendmsg(PyObject buffers, @Nullable PyObject ancdata, int flags, @Nullable PyObject address) {
    SockAddr to =
        address == null || address == Py.None
            ? null
            : SocketAddresses.of(family, proto, address, "sendmsg");
    Audit.raise("socket.sendmsg", this, Py.orNone(address));
    byte[] b = SocketMessages.gather(buffers);
    List<Sockets.Control> controls = ancdata == null ? List.of() : SocketMessages.controls(ancdata);
    return blocking(
        Fd.POLLOUT,
        flags,
        () -> count(Sockets.trySendMsg(open(), b, 0, b.length, controls, flags, to)));
  }

  private Sockets.Message receiveMessage(byte[] to, int ancbufsize, int flags) {
    if (ancbufsize < 0) {
      throw Errors.valueError("invalid ancillary data buffer length");
    }
    return blocking(
        Fd.POLLIN, flags, () -> Sockets.tryRecvMsg(open(), to, 0, to.length, ancbufsize, flags));
  }

  @PyMethod(sig = "(bufsize, ancbufsize=0, flags=0, /)")
  PyObject recvmsg(int bufsize, int ancbufsize, int flags) {
    if (bufsize < 0) {
      throw Errors.valueError("negative buffer size in recvmsg()");
    }
    byte[] b = new byte[bufsize];
    Sockets.Message m = receiveMessage(b, ancbufsize, flags);
    return SocketMessages.result(Py.bytes(Arrays.copyOf(b, Math.min(m.count(), b.length))), m);
  }

  @PyMethod(name = "recvmsg_into", sig = "(buffers, ancbufsize=0, flags=0, /)")
  PyObject recvmsgInto(PyObject buffers, int ancbufsize, int flags) {
    List<Buffer> parts = SocketMessages.targets(buffers);
    try {
      long room = 0;
      for (Buffer part : parts) {
        room += part.length;
      }
      byte[] b = new byte[(int) Math.min(room, Sockets.MAX_MESSAGE)];
      Sockets.Message m = receiveMessage(b, ancbufsize, flags);
      SocketMessages.scatter(b, Math.min(m.count(), b.length), parts);
      return SocketMessages.result(Py.int_(m.count()), m);
    } finally {
      parts.forEach(Buffer::close);
    }
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
    Fd.setBlocking(open(), nanos < 0);
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
    if (buflen == 0) {
      if (family == SockAddr.AF_VSOCK) {
        return Py.int_(SocketFamilies.long_(Sockets.getsockopt(open(), level, option, 8)));
      }
      return Py.int_(Sockets.getsockopt(open(), level, option));
    }
    if (buflen < 0 || buflen > 1024) {
      throw Errors.of(Exceptions.OSError, "getsockopt buflen out of range");
    }
    return Py.bytes(Sockets.getsockopt(open(), level, option, buflen));
  }

  @PyMethod(sig = "!(level, option, value, optlen=NULL, /)")
  void setsockopt(int level, int option, PyObject value, @Nullable PyObject optlen) {
    if (value == Py.None) {
      if (optlen == null) {
        throw Errors.typeError("socket option should be integer, bytes-like object or None");
      }
      Sockets.setsockoptNull(
          open(), level, option, (int) PyNumbers.asLong(optlen, Exceptions.OverflowError));
    } else if (family == SockAddr.AF_VSOCK && PyNumbers.isIndex(value)) {
      long n = PyNumbers.asLong(value, Exceptions.OverflowError);
      Sockets.setsockopt(open(), level, option, SocketFamilies.bytes(n));
    } else if (PyNumbers.isIndex(value)) {
      Sockets.setsockopt(
          open(), level, option, (int) PyNumbers.asLong(value, Exceptions.OverflowError));
    } else {
      Sockets.setsockopt(open(), level, option, PyBuffers.toBytes(value));
    }
  }

  @PyMethod(sig = "()")
  PyObject getsockname() {
    return SocketAddresses.toPython(Sockets.getsockname(open()));
  }

  @PyMethod(sig = "()")
  PyObject getpeername() {
    return SocketAddresses.toPython(Sockets.getpeername(open()));
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
