package org.plait.runtime.boot;

import org.jspecify.annotations.Nullable;
import org.plait.host.Errno;
import org.plait.host.HostException;
import org.plait.host.file.Fcntl;
import org.plait.host.file.Fd;
import org.plait.host.file.OpenFlags;
import org.plait.host.tty.Terminal;
import org.plait.host.wait.PoolCall;
import org.plait.host.wait.SlowCalls;
import org.plait.host.wait.TimerFd;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.OsErrors;
import org.plait.runtime.interp.Audit;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.Buffer;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PySequences;
import org.plait.runtime.protocol.Warnings;
import org.plait.runtime.types.PyBool;
import org.plait.runtime.types.PyInt;

/** The functions of {@code posix} on descriptors. */
@PyModuleDef(name = "posix", hostErrors = true)
public final class PosixDescriptors implements NativeModule {
  private static final long SECOND = 1_000_000_000L;

  @Override
  public NativeTable table() {
    return new PosixDescriptorsTable(this);
  }

  /** Equivalent of CPython's {@code PyObject_AsFileDescriptor}. */
  public static int fileno(PyObject o) {
    PyObject number = o;
    if (o instanceof PyInt) {
      if (o instanceof PyBool) {
        Warnings.warn(Exceptions.RuntimeWarning, "bool is used as a file descriptor", 1);
      }
    } else {
      PyObject f = PyObjects.getOptionalAttr(o, "fileno");
      if (f == null) {
        throw Errors.typeError("argument must be an int, or have a fileno() method.");
      }
      number = f.call0();
      if (!(number instanceof PyInt)) {
        throw Errors.typeError("fileno() returned a non-integer");
      }
    }
    PyInt i = (PyInt) number;
    if (!i.isInt()) {
      throw Errors.overflowError("Python int too large to convert to C int");
    }
    int fd = (int) i.longValue();
    if (fd < 0) {
      throw Errors.valueError("file descriptor cannot be a negative integer (" + fd + ")");
    }
    return fd;
  }

  // ---- opening and closing

  @PyFunction(
      sig = "(path, flags, mode=511, *, dir_fd=None)",
      doc = "Opens a file and returns its descriptor.")
  static int open(PyObject path, int flags, int mode, PyObject dir_fd) {
    PathArgument p = PathArgument.of("open", path);
    int dirFd = PathArgument.dirFd(dir_fd);
    int all = flags | OpenFlags.O_CLOEXEC;
    Audit.raise("open", p.object, Py.None, Py.int_(all));
    try {
      return Waits.open(dirFd, p.name(), all, mode);
    } catch (HostException e) {
      throw PosixModule.error(e, p);
    }
  }

  @PyFunction(sig = "(fd)", doc = "Close a file descriptor.")
  static void close(int fd) {
    Fd.close(fd);
  }

  @PyFunction(
      sig = "(fd_low, fd_high, /)",
      doc =
          "Closes the descriptors from fd_low up to, but not, fd_high; errors do not " + "matter.")
  static void closerange(int fd_low, int fd_high) {
    Fd.closeRange(Math.max(fd_low, 0), fd_high);
  }

  @PyFunction(sig = "(fd, /)", doc = "Return a duplicate of a file descriptor.")
  static int dup(int fd) {
    return Fd.dup(fd, false);
  }

  @PyFunction(sig = "(fd, fd2, inheritable=True)", doc = "Duplicate file descriptor.")
  static int dup2(int fd, int fd2, boolean inheritable) {
    if (fd < 0 || fd2 < 0) {
      throw OsErrors.of(Errno.EBADF);
    }
    return Fd.dup2(fd, fd2, inheritable);
  }

  @PyFunction(sig = "()", doc = "Create a pipe.")
  static PyObject pipe() {
    return pair(Fd.pipe2(OpenFlags.O_CLOEXEC));
  }

  @PyFunction(sig = "(flags, /)", doc = "Create a pipe with flags set atomically.")
  static PyObject pipe2(int flags) {
    return pair(Fd.pipe2(flags));
  }

  private static PyObject pair(int[] two) {
    return Py.tuple(Py.int_(two[0]), Py.int_(two[1]));
  }

  // ---- reading and writing

  @PyFunction(sig = "(fd, length, /)", doc = "Reads up to length bytes.")
  static PyObject read(int fd, long length) {
    if (length < 0) {
      throw OsErrors.of(Errno.EINVAL);
    }
    byte[] b = new byte[(int) Math.min(length, 0x7ffff000)];
    return bytes(b, Waits.read(fd, b, 0, b.length));
  }

  private static PyObject bytes(byte[] b, int n) {
    return Py.bytes(n == b.length ? b : java.util.Arrays.copyOf(b, n));
  }

  @PyFunction(sig = "(fd, buffer, /)", doc = "Reads into a buffer and returns how many bytes.")
  static int readinto(int fd, PyObject buffer) {
    try (Buffer view = PyBuffers.write(buffer, "readinto() argument 2")) {
      byte[] b = new byte[(int) Math.min(view.length, 0x7ffff000)];
      int n = Waits.read(fd, b, 0, b.length);
      view.set(0, b, 0, n);
      return n;
    }
  }

  @PyFunction(sig = "(fd, data, /)", doc = "Writes bytes and returns how many were written.")
  static int write(int fd, PyObject data) {
    byte[] b = PyBuffers.toBytes(data);
    return Waits.write(fd, b, 0, b.length);
  }

  @PyFunction(sig = "(fd, length, offset, /)", doc = "Read a number of bytes at a position.")
  static PyObject pread(int fd, long length, long offset) {
    if (length < 0) {
      throw OsErrors.of(Errno.EINVAL);
    }
    byte[] b = new byte[(int) Math.min(length, 0x7ffff000)];
    return bytes(b, Fd.pread(fd, b, 0, b.length, offset));
  }

  @PyFunction(
      sig = "(fd, buffer, offset, /)",
      doc = "Write bytes to a file descriptor at an offset.")
  static int pwrite(int fd, PyObject buffer, long offset) {
    byte[] b = PyBuffers.toBytes(buffer);
    return Fd.pwrite(fd, b, 0, b.length, offset);
  }

  private static PyObject[] buffers(String function, PyObject sequence) {
    if (!PySequences.isSequence(sequence)) {
      throw Errors.typeError(function + "() arg 2 must be a sequence");
    }
    return PySequences.fast(sequence, function + "() arg 2 must be a sequence");
  }

  private static byte[] gather(String function, PyObject sequence) {
    PyObject[] parts = buffers(function, sequence);
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    for (PyObject part : parts) {
      byte[] b = PyBuffers.toBytes(part);
      out.write(b, 0, b.length);
    }
    return out.toByteArray();
  }

  /** Reads through a temporary array into several buffers, in order. */
  private static int scatter(
      String function, PyObject sequence, java.util.function.ToIntFunction<byte[]> reader) {
    PyObject[] parts = buffers(function, sequence);
    Buffer[] views = new Buffer[parts.length];
    try {
      long total = 0;
      for (int i = 0; i < parts.length; i++) {
        views[i] = PyBuffers.get(parts[i], PyBuffers.WRITABLE);
        total += views[i].length;
      }
      byte[] b = new byte[(int) Math.min(total, 0x7ffff000)];
      int n = reader.applyAsInt(b);
      int done = 0;
      for (int i = 0; i < views.length && done < n; i++) {
        int part = (int) Math.min(views[i].length, n - done);
        views[i].set(0, b, done, part);
        done += part;
      }
      return n;
    } finally {
      for (Buffer v : views) {
        if (v != null) {
          v.close();
        }
      }
    }
  }

  @PyFunction(
      sig = "(fd, buffers, /)",
      doc = "Read from a file descriptor into an iterable of buffers.")
  static int readv(int fd, PyObject buffers) {
    return scatter("readv", buffers, b -> Waits.read(fd, b, 0, b.length));
  }

  @PyFunction(sig = "(fd, buffers, /)", doc = "Writes several buffers.")
  static int writev(int fd, PyObject buffers) {
    byte[] b = gather("writev", buffers);
    return Waits.write(fd, b, 0, b.length);
  }

  @PyFunction(
      sig = "(fd, buffers, offset, flags=0, /)",
      doc = "Reads from a position of a file into several buffers.")
  static int preadv(int fd, PyObject buffers, long offset, int flags) {
    return scatter("preadv2", buffers, b -> Fd.preadv2(fd, b, 0, b.length, offset, flags));
  }

  @PyFunction(
      sig = "(fd, buffers, offset, flags=0, /)",
      doc = "Writes several buffers at a position of a file.")
  static int pwritev(int fd, PyObject buffers, long offset, int flags) {
    byte[] b = gather("pwritev", buffers);
    return Fd.pwritev2(fd, b, 0, b.length, offset, flags);
  }

  @PyFunction(
      sig = "(fd, position, whence, /)",
      doc = "Moves the position of a descriptor and returns it.")
  static long lseek(int fd, long position, int whence) {
    return Fd.lseek(fd, position, whence);
  }

  @PyFunction(
      sig = "(fd, length, /)",
      doc = "Cuts or extends the file of a descriptor to a length.")
  static void ftruncate(int fd, long length) {
    Audit.raise("os.truncate", Py.int_(fd), Py.int_(length));
    Fd.ftruncate(fd, length);
  }

  @PyFunction(sig = "(fd)", doc = "Force write of fd to disk.")
  static void fsync(PyObject fd) {
    Waits.result(SlowCalls.fsync(fileno(fd)));
  }

  @PyFunction(
      sig = "(fd)",
      doc = "Waits until the data of a file is on the disk; its times may be late.")
  static void fdatasync(PyObject fd) {
    Waits.result(SlowCalls.fdatasync(fileno(fd)));
  }

  @PyFunction(
      sig = "(fd, offset, length, /)",
      doc = "Makes sure that a part of the file has room on the disk.")
  static void posix_fallocate(int fd, long offset, long length) {
    Fd.posixFallocate(fd, offset, length);
  }

  @PyFunction(
      sig = "(fd, offset, length, advice, /)",
      doc = "Tells the kernel how a part of the file will be used.")
  static void posix_fadvise(int fd, long offset, long length, int advice) {
    Fd.posixFadvise(fd, offset, length, advice);
  }

  @PyFunction(
      sig = "(fd, command, length, /)",
      doc = "Locks, tests or unlocks a part of an open file.")
  static void lockf(int fd, int command, long length) {
    Audit.raise("os.lockf", Py.int_(fd), Py.int_(command), Py.int_(length));
    short type = command == 0 ? Fcntl.F_UNLCK : Fcntl.F_WRLCK;
    byte[] lock = Fcntl.lock(type, (short) 1, 0, length);
    switch (command) {
      case 1 -> lockNowOrWait(fd, lock);
      case 0, 2 -> Fcntl.fcntl(fd, Fcntl.F_SETLK, lock);
      case 3 -> {
        Fcntl.fcntl(fd, Fcntl.F_GETLK, lock);
        if (lock[0] != Fcntl.F_UNLCK) {
          throw OsErrors.of(Errno.EAGAIN);
        }
      }
      default -> throw OsErrors.of(Errno.EINVAL);
    }
  }

  private static void lockNowOrWait(int fd, byte[] lock) {
    try {
      Fcntl.fcntl(fd, Fcntl.F_SETLK, lock.clone());
    } catch (HostException e) {
      if (!SlowCalls.wouldBlock(e)) {
        throw e;
      }
      Waits.result(SlowCalls.fcntl(fd, Fcntl.F_SETLKW, lock));
    }
  }

  // ---- moving bytes between descriptors

  /** A call that may block for long: tried again when the descriptors are ready. */
  private static long transfer(int in, int out, java.util.concurrent.Callable<Long> call) {
    PoolCall<Long> p = org.plait.host.wait.BlockingPool.submit(call);
    return Waits.result(p);
  }

  /** A position in a file, or null for None: the descriptor's own, which moves. */
  private static @Nullable Long offset(PyObject o) {
    if (o == Py.None) {
      return null;
    }
    PyInt i = PyNumbers.index(o);
    if (!i.isLong()) {
      throw Errors.overflowError("Python int too large to convert to C long");
    }
    return i.longValue();
  }

  @PyFunction(
      sig = "(out_fd, in_fd, offset, count)",
      doc = "Copies count bytes from in_fd to out_fd inside the kernel.")
  static long sendfile(int out_fd, int in_fd, PyObject offset, long count) {
    Long at = offset(offset);
    while (true) {
      try {
        if (Fd.getBlocking(out_fd)) {
          Waits.ready(out_fd, Fd.POLLOUT);
          return transfer(in_fd, out_fd, () -> Fd.sendfile(out_fd, in_fd, at, count));
        }
        return Fd.sendfile(out_fd, in_fd, at, count);
      } catch (HostException e) {
        if (e.errno() != Errno.EINTR) {
          throw e;
        }
      }
    }
  }

  @PyFunction(
      sig = "(src, dst, count, offset_src=None, offset_dst=None)",
      doc = "Copies count bytes between two descriptors inside the kernel.")
  static long copy_file_range(
      int src, int dst, long count, PyObject offset_src, PyObject offset_dst) {
    if (count < 0) {
      throw Errors.valueError("negative value for 'count' not allowed");
    }
    Long from = offset(offset_src);
    Long to = offset(offset_dst);
    return transfer(src, dst, () -> Fd.copyFileRange(src, from, dst, to, count));
  }

  @PyFunction(
      sig = "(src, dst, count, offset_src=None, offset_dst=None, flags=0)",
      doc = "Moves count bytes between two descriptors, one of which is a pipe.")
  static long splice(
      int src, int dst, long count, PyObject offset_src, PyObject offset_dst, int flags) {
    if (count < 0) {
      throw Errors.valueError("negative value for 'count' not allowed");
    }
    Long from = offset(offset_src);
    Long to = offset(offset_dst);
    return transfer(src, dst, () -> Fd.splice(src, from, dst, to, count, flags));
  }

  // ---- properties

  @PyFunction(sig = "(fd, /)", doc = "Whether there is a terminal behind the descriptor.")
  static boolean isatty(int fd) {
    return Fd.isatty(fd);
  }

  @PyFunction(sig = "(fd, /)", doc = "Whether child programs get the descriptor.")
  static boolean get_inheritable(int fd) {
    return Fd.getInheritable(fd);
  }

  @PyFunction(sig = "(fd, inheritable, /)", doc = "Sets whether child programs get the descriptor.")
  static void set_inheritable(int fd, int inheritable) {
    Fd.setInheritable(fd, inheritable != 0);
  }

  @PyFunction(sig = "(fd, /)", doc = "Whether operations on a descriptor wait.")
  static boolean get_blocking(int fd) {
    return Fd.getBlocking(fd);
  }

  @PyFunction(sig = "(fd, blocking, /)", doc = "Sets whether operations on a descriptor wait.")
  static void set_blocking(int fd, boolean blocking) {
    Fd.setBlocking(fd, blocking);
  }

  @PyFunction(
      sig = "(fd)",
      doc =
          "The encoding of the terminal behind a descriptor, or None if there is no " + "terminal.")
  static @Nullable String device_encoding(int fd) {
    return Fd.isatty(fd) ? "utf-8" : null;
  }

  @PyFunction(sig = "(fd, name, /)", doc = "A limit of the file of a descriptor, by its name.")
  static long fpathconf(PyObject fd, PyObject name) {
    return org.plait.host.process.SysInfo.fpathconf(
        fileno(fd), PosixConstants.configuration(name, "pathconf_names"));
  }

  // ---- terminals

  @PyFunction(sig = "()", doc = "The path of the terminal that controls the process.")
  static String ctermid() {
    return "/dev/tty";
  }

  @PyFunction(sig = "(fd, /)", doc = "The path of the terminal behind a descriptor.")
  static PyObject ttyname(int fd) {
    return FsPaths.decode(Fd.ttyname(fd));
  }

  @PyFunction(sig = "()", doc = "Open a pseudo-terminal.")
  static PyObject openpty() {
    return pair(Terminal.openpty());
  }

  @PyFunction(
      sig = "(fd, /)",
      doc = "Makes the terminal of a descriptor the one that controls a new session.")
  static void login_tty(PyObject fd) {
    Terminal.loginTty(fileno(fd));
  }

  @PyFunction(sig = "(oflag, /)", doc = "Opens the master side of a new pseudo-terminal.")
  static int posix_openpt(int oflag) {
    int fd = Terminal.openpt(oflag);
    Fd.setInheritable(fd, false);
    return fd;
  }

  @PyFunction(sig = "(fd, /)", doc = "Grant access to the slave pseudo-terminal device.")
  static void grantpt(PyObject fd) {
    Terminal.grantpt(fileno(fd));
  }

  @PyFunction(sig = "(fd, /)", doc = "Unlock a pseudo-terminal master/slave pair.")
  static void unlockpt(PyObject fd) {
    Terminal.unlockpt(fileno(fd));
  }

  @PyFunction(sig = "(fd, /)", doc = "The path of the slave side of a pseudo-terminal.")
  static PyObject ptsname(PyObject fd) {
    return FsPaths.decode(Terminal.ptsname(fileno(fd)));
  }

  @PyFunction(sig = "(fd, /)", doc = "The foreground process group of a terminal.")
  static int tcgetpgrp(int fd) {
    return Terminal.getForegroundGroup(fd);
  }

  @PyFunction(sig = "(fd, pgid, /)", doc = "Sets the foreground process group of a terminal.")
  static void tcsetpgrp(int fd, int pgid) {
    Terminal.setForegroundGroup(fd, pgid);
  }

  @PyFunction(sig = "(fd=NULL, /)", doc = "How many columns and lines the terminal has.")
  static PyObject get_terminal_size(@Nullable PyObject fd) {
    int n = fd == null ? 1 : org.plait.runtime.object.ArgumentConverters.toInt(fd);
    int[] size = Terminal.getWindowSize(n);
    return PosixSystem.TERMINAL_SIZE.make(Py.int_(size[1]), Py.int_(size[0]));
  }

  // ---- descriptors for other things

  @PyFunction(sig = "(initval, flags=524288)", doc = "A new descriptor that counts events.")
  static int eventfd(long initval, int flags) {
    if (initval < 0) {
      throw Errors.overflowError("can't convert negative value to unsigned int");
    }
    return Fd.eventfd((int) initval, flags);
  }

  @PyFunction(sig = "(fd)", doc = "Read eventfd value")
  static PyObject eventfd_read(PyObject fd) {
    byte[] b = new byte[8];
    Waits.read(fileno(fd), b, 0, 8);
    return StatResult.unsigned(
        java.nio.ByteBuffer.wrap(b).order(java.nio.ByteOrder.nativeOrder()).getLong());
  }

  @PyFunction(sig = "(fd, value)", doc = "Write eventfd value.")
  static void eventfd_write(PyObject fd, PyObject value) {
    PyInt v = PyNumbers.index(value);
    if (v.signum() < 0) {
      throw Errors.valueError("value must be non-negative");
    }
    if (v.bigValue().bitLength() > 64) {
      throw Errors.overflowError("Python int too large to convert to C unsigned long");
    }
    byte[] b =
        java.nio.ByteBuffer.allocate(8)
            .order(java.nio.ByteOrder.nativeOrder())
            .putLong(v.bigValue().longValue())
            .array();
    Waits.write(fileno(fd), b, 0, 8);
  }

  @PyFunction(sig = "(name, flags=1)")
  static int memfd_create(PyObject name, int flags) {
    return Fd.memfdCreate(FsPaths.toBytes(name), flags);
  }

  @PyFunction(sig = "(pid, flags=0)", doc = "A descriptor for a process.")
  static int pidfd_open(int pid, int flags) {
    return org.plait.host.process.Children.pidfdOpen(pid, flags);
  }

  @PyFunction(sig = "(clockid, /, *, flags=0)", doc = "Create and return a timer file descriptor.")
  static int timerfd_create(int clockid, int flags) {
    return TimerFd.create(clockid, flags);
  }

  private static long nanos(double seconds) {
    double nanos = Math.floor(seconds * SECOND);
    // Infinities and NaN are in no range.
    if (!(nanos >= Long.MIN_VALUE && nanos < Long.MAX_VALUE)) {
      throw Errors.overflowError("timestamp out of range for platform time_t");
    }
    return (long) nanos;
  }

  private static PyObject times(long[] t, boolean asNanos) {
    return asNanos
        ? Py.tuple(Py.int_(t[0]), Py.int_(t[1]))
        : Py.tuple(Py.float_(t[0] / 1e9), Py.float_(t[1] / 1e9));
  }

  @PyFunction(
      sig = "(fd, /, *, flags=0, initial=0.0, interval=0.0)",
      doc = "Sets a timer descriptor; times are in seconds.")
  static PyObject timerfd_settime(PyObject fd, int flags, double initial, double interval) {
    return times(TimerFd.set(fileno(fd), flags, nanos(initial), nanos(interval)), false);
  }

  @PyFunction(
      sig = "(fd, /, *, flags=0, initial=0, interval=0)",
      doc = "Sets a timer descriptor; times are in nanoseconds.")
  static PyObject timerfd_settime_ns(PyObject fd, int flags, long initial, long interval) {
    return times(TimerFd.set(fileno(fd), flags, initial, interval), true);
  }

  @PyFunction(
      sig = "(fd, /)",
      doc = "Interval and time until the next expiration of a timer descriptor, in " + "seconds.")
  static PyObject timerfd_gettime(PyObject fd) {
    return times(TimerFd.get(fileno(fd)), false);
  }

  @PyFunction(
      sig = "(fd, /)",
      doc =
          "Interval and time until the next expiration of a timer descriptor, in " + "nanoseconds.")
  static PyObject timerfd_gettime_ns(PyObject fd) {
    return times(TimerFd.get(fileno(fd)), true);
  }
}
