package org.plait.host.file;

import static org.plait.host.file.OpenFlags.O_CLOEXEC;
import static org.plait.host.file.OpenFlags.O_NONBLOCK;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.plait.host.Errno;
import org.plait.host.Fn;
import org.plait.host.HostException;
import org.plait.host.Native;
import org.plait.host.Scratch;

/**
 * File descriptors. All methods throw {@link HostException}.
 *
 * <p>The plain calls ({@link #read}, {@link #write}) do what the kernel does, blocking included,
 * and hold the carrier thread meanwhile: use them where nothing can block for long (regular files).
 * The try calls ({@link #tryRead}, {@link #tryWrite}) never block: they return {@link #WOULD_BLOCK}
 * when a descriptor in blocking mode isn't ready, and fail with EAGAIN when it is in non-blocking
 * mode.
 *
 * <p>EINTR never comes out of the try calls of this class; signals are no business of these calls.
 */
public final class Fd {
  /** The answer of a try call on a descriptor that isn't ready. */
  public static final int WOULD_BLOCK = -2;

  public static final int F_DUPFD = 0;
  public static final int F_GETFD = 1;
  public static final int F_SETFD = 2;
  public static final int F_GETFL = 3;
  public static final int F_SETFL = 4;
  public static final int F_DUPFD_CLOEXEC = 1030;
  public static final int FD_CLOEXEC = 1;

  public static final short POLLIN = 1;
  public static final short POLLPRI = 2;
  public static final short POLLOUT = 4;
  public static final short POLLERR = 8;
  public static final short POLLHUP = 16;
  public static final short POLLNVAL = 32;

  private static final int RWF_NOWAIT = 8;
  private static final int MSG_DONTWAIT = 0x40;

  /** Longest piece of a read or write that goes through native memory at once, bytes. */
  private static final int CHUNK = 16 << 20;

  /** Longest read of a pipe, a socket or a terminal: none of them holds that much. */
  private static final int STREAM_CHUNK = 1 << 20;

  /** Longest single write to a terminal, bytes: more could block in mid-write. */
  private static final int TTY_CHUNK = 1024;

  private static final Fn CLOSE = new Fn("close");
  private static final Fn READ = new Fn("read");
  private static final Fn WRITE = new Fn("write");
  private static final Fn PREAD = new Fn("pread");
  private static final Fn PWRITE = new Fn("pwrite");
  private static final Fn PREADV2 = new Fn("preadv2");
  private static final Fn PWRITEV2 = new Fn("pwritev2");
  private static final Fn RECV = new Fn("recv");
  private static final Fn SEND = new Fn("send");
  private static final Fn LSEEK = new Fn("lseek");
  private static final Fn STATX = new Fn("statx");
  private static final Fn FTRUNCATE = new Fn("ftruncate");
  private static final Fn FSYNC = new Fn("fsync");
  private static final Fn FDATASYNC = new Fn("fdatasync");
  private static final Fn DUP = new Fn("dup");
  private static final Fn DUP2 = new Fn("dup2");
  private static final Fn DUP3 = new Fn("dup3");
  private static final Fn PIPE2 = new Fn("pipe2");
  private static final Fn FCNTL = new Fn("fcntl");
  private static final Fn ISATTY = new Fn("isatty");
  private static final Fn TTYNAME = new Fn("ttyname_r");
  private static final Fn POLL = new Fn("poll");
  private static final Fn FADVISE = new Fn("posix_fadvise");
  private static final Fn FALLOCATE = new Fn("posix_fallocate");
  private static final Fn SENDFILE = new Fn("sendfile");
  private static final Fn COPY_RANGE = new Fn("copy_file_range");
  private static final Fn SPLICE = new Fn("splice");
  private static final Fn EVENTFD = new Fn("eventfd");
  private static final Fn MEMFD = new Fn("memfd_create");

  private static final CopyOnWriteArrayList<IntConsumer> CLOSE_LISTENERS =
      new CopyOnWriteArrayList<>();

  private Fd() {}

  /** Registers what is told a descriptor's number just after it was closed or replaced. */
  public static void onClose(IntConsumer listener) {
    CLOSE_LISTENERS.add(listener);
  }

  private static void closed(int fd) {
    FdKinds.forget(fd);
    FdOwners.closed(fd);
    for (IntConsumer listener : CLOSE_LISTENERS) {
      listener.accept(fd);
    }
  }

  /** Notes a descriptor that was made by another call, and returns it. */
  public static int made(int fd) {
    FdKinds.forget(fd);
    FdOwners.made(fd);
    return fd;
  }

  /** Takes a descriptor of this module out of the program's reach; for use inside this module. */
  public static int hide(int fd) {
    FdOwners.hide(fd);
    return fd;
  }

  /** Keeps children from inheriting the JVM's own files. */
  public static void sealJvmFiles() {
    FdOwners.seal();
  }

  /**
   * Closes a descriptor; threads that wait for it are woken and fail with EBADF. The JVM's own
   * descriptors look as if they weren't open.
   */
  public static void close(int fd) {
    FdOwners.check(fd, "close");
    closeHidden(fd);
  }

  /** Fails with EBADF for the JVM's own descriptors, which look as if they weren't open. */
  public static void checkVisible(int fd, String syscall) {
    FdOwners.check(fd, syscall);
  }

  /** Closes a descriptor that {@link #hide} may have been called for. */
  public static void closeHidden(int fd) {
    FdKinds.forget(fd);
    try (Scratch s = Scratch.take()) {
      if ((int) CLOSE.call(s, fd) != 0 && s.errno() != Errno.EINTR) {
        throw new HostException(s.errno(), "close");
      }
    }
    closed(fd);
  }

  /** All open descriptors, whoever they belong to; for use inside this module. */
  public static int[] all() {
    return FdOwners.all();
  }

  /** Closes all descriptors from {@code low} up to but not including {@code high}; no errors. */
  public static void closeRange(int low, int high) {
    if (high <= low) {
      return;
    }
    for (int fd : all()) {
      if (fd >= low && fd < high && !FdOwners.isForeign(fd)) {
        try {
          closeHidden(fd);
        } catch (HostException alreadyClosed) {
          // such as the one that read the directory
        }
      }
    }
  }

  /** Reads as {@code read(2)}: 0 at the end. */
  public static int read(int fd, byte[] to, int start, int length) {
    int part = Math.min(length, CHUNK);
    try (Scratch s = Scratch.take(part)) {
      int at = s.alloc(part);
      int done = 0;
      while (true) {
        long n = READ.call(s, fd, s.ptr(at), Math.min(part, length - done));
        if (n == -1) {
          if (done > 0) {
            return done;
          }
          throw new HostException(s.errno(), "read");
        }
        s.getBytes(at, to, start + done, (int) n);
        done += (int) n;
        if (n < part || done == length) {
          return done;
        }
      }
    }
  }

  /** Reads into native memory. */
  public static long read(int fd, MemorySegment to) {
    try (Scratch s = Scratch.take()) {
      return READ.callLong(s, fd, to.address(), to.byteSize());
    }
  }

  /** Writes as {@code write(2)}, perhaps less than asked for. */
  public static int write(int fd, byte[] from, int start, int length) {
    if (EarlyFiles.write(fd, from, start, length)) {
      return length;
    }
    int done = 0;
    while (true) {
      int part = Math.min(length - done, CHUNK);
      try (Scratch s = Scratch.take(part)) {
        int at = s.put(from, start + done, part);
        long n = WRITE.call(s, fd, s.ptr(at), part);
        if (n == -1) {
          if (done > 0) {
            return done;
          }
          throw new HostException(s.errno(), "write");
        }
        done += (int) n;
        if (n < part || done == length) {
          return done;
        }
      }
    }
  }

  /** Writes from native memory. */
  public static long write(int fd, MemorySegment from) {
    try (Scratch s = Scratch.take()) {
      return WRITE.callLong(s, fd, from.address(), from.byteSize());
    }
  }

  /**
   * Reads without blocking.
   *
   * @return bytes read, 0 at the end, or {@link #WOULD_BLOCK}
   */
  public static int tryRead(int fd, byte[] to, int start, int length) {
    int early = EarlyFiles.read(fd, to, start, length);
    if (early != -2) {
      return early;
    }
    byte kind = FdKinds.of(fd);
    if (kind == FdKinds.FILE) {
      return read(fd, to, start, length);
    }
    int part = Math.min(length, STREAM_CHUNK);
    try (Scratch s = Scratch.take(part + 64L)) {
      int at = s.alloc(part);
      long n;
      if (kind == FdKinds.SOCKET) {
        n = RECV.call(s, fd, s.ptr(at), part, MSG_DONTWAIT);
      } else {
        n = kind == FdKinds.PIPE ? vector(PREADV2, s, fd, at, part) : -1;
        if (kind != FdKinds.PIPE || (n == -1 && s.errno() == Errno.EOPNOTSUPP)) {
          if (!ready(s, fd, POLLIN) && part > 0) {
            return notReady(s, fd, "read");
          }
          n = READ.call(s, fd, s.ptr(at), part);
        }
      }
      if (n == -1) {
        return failed(s, fd, "read");
      }
      s.getBytes(at, to, start, (int) n);
      return (int) n;
    }
  }

  /**
   * Writes without blocking; a descriptor in blocking mode may take only a part, and the caller
   * goes on with the rest as a blocking write would.
   *
   * @return bytes written or {@link #WOULD_BLOCK}
   */
  public static int tryWrite(int fd, byte[] from, int start, int length) {
    if (EarlyFiles.write(fd, from, start, length)) {
      return length;
    }
    byte kind = FdKinds.of(fd);
    if (kind == FdKinds.FILE) {
      return write(fd, from, start, length);
    }
    // no more than fits a pooled block: the rest has to wait for room in a pipe anyway
    int part = Math.min(length, kind == FdKinds.OTHER ? TTY_CHUNK : 65536);
    try (Scratch s = Scratch.take(part)) {
      int at = s.put(from, start, part);
      long n;
      if (kind == FdKinds.SOCKET) {
        n = SEND.call(s, fd, s.ptr(at), part, MSG_DONTWAIT);
      } else {
        n = kind == FdKinds.PIPE ? vector(PWRITEV2, s, fd, at, part) : -1;
        if (kind != FdKinds.PIPE || (n == -1 && s.errno() == Errno.EOPNOTSUPP)) {
          if (!ready(s, fd, POLLOUT)) {
            return notReady(s, fd, "write");
          }
          n = WRITE.call(s, fd, s.ptr(at), part);
        }
      }
      return n == -1 ? failed(s, fd, "write") : (int) n;
    }
  }

  /** One preadv2 or pwritev2 at the current position that fails rather than waits. */
  private static long vector(Fn fn, Scratch s, int fd, int at, int length) {
    int iov = s.alloc(16);
    s.putLong(iov, s.ptr(at));
    s.putLong(iov + 8, length);
    return fn.call(s, fd, s.ptr(iov), 1, -1, RWF_NOWAIT);
  }

  private static boolean ready(Scratch s, int fd, int events) {
    int p = s.alloc(8);
    s.putInt(p, fd);
    s.putInt(p + 4, events);
    return (int) POLL.call(s, s.ptr(p), 1, 0) != 0;
  }

  private static int failed(Scratch s, int fd, String syscall) {
    int errno = s.errno();
    if (errno == Errno.EAGAIN) {
      return notReady(s, fd, syscall);
    }
    if (errno == Errno.EINTR) {
      return WOULD_BLOCK;
    }
    throw new HostException(errno, syscall);
  }

  private static int notReady(Scratch s, int fd, String syscall) {
    if ((FCNTL.callInt(s, fd, F_GETFL) & O_NONBLOCK) != 0) {
      throw new HostException(Errno.EAGAIN, syscall);
    }
    return WOULD_BLOCK;
  }

  /** Which of the asked events (POLLIN…) a descriptor has now, errors included; 0 for none. */
  public static int poll(int fd, int events) {
    try (Scratch s = Scratch.take()) {
      int p = s.alloc(8);
      s.putInt(p, fd);
      s.putShort(p + 4, events);
      s.putShort(p + 6, 0);
      return (int) POLL.call(s, s.ptr(p), 1, 0) > 0 ? s.getShort(p + 6) & 0xffff : 0;
    }
  }

  public static int pread(int fd, byte[] to, int start, int length, long offset) {
    try (Scratch s = Scratch.take(length)) {
      int at = s.alloc(length);
      int n = (int) PREAD.callLong(s, fd, s.ptr(at), length, offset);
      s.getBytes(at, to, start, n);
      return n;
    }
  }

  public static int pwrite(int fd, byte[] from, int start, int length, long offset) {
    try (Scratch s = Scratch.take(length)) {
      int at = s.put(from, start, length);
      return (int) PWRITE.callLong(s, fd, s.ptr(at), length, offset);
    }
  }

  /** One {@code preadv2} into one buffer, with RWF_* flags; offset -1 is the current position. */
  public static int preadv2(int fd, byte[] to, int start, int length, long offset, int flags) {
    try (Scratch s = Scratch.take(length + 64L)) {
      int at = s.alloc(length);
      int iov = s.alloc(16);
      s.putLong(iov, s.ptr(at));
      s.putLong(iov + 8, length);
      int n = (int) PREADV2.callLong(s, fd, s.ptr(iov), 1, offset, flags);
      s.getBytes(at, to, start, n);
      return n;
    }
  }

  /** One {@code pwritev2} from one buffer, with RWF_* flags; offset -1 is the current position. */
  public static int pwritev2(int fd, byte[] from, int start, int length, long offset, int flags) {
    try (Scratch s = Scratch.take(length + 64L)) {
      int at = s.put(from, start, length);
      int iov = s.alloc(16);
      s.putLong(iov, s.ptr(at));
      s.putLong(iov + 8, length);
      return (int) PWRITEV2.callLong(s, fd, s.ptr(iov), 1, offset, flags);
    }
  }

  /**
   * Reads once into several buffers, filling each before the next; without blocking, as tryRead.
   */
  public static int tryReadv(int fd, byte[][] to) {
    byte[] all = new byte[total(to)];
    int n = tryRead(fd, all, 0, all.length);
    int done = 0;
    for (byte[] part : to) {
      int take = Math.min(part.length, n - done);
      if (take <= 0) {
        break;
      }
      System.arraycopy(all, done, part, 0, take);
      done += take;
    }
    return n;
  }

  /** Writes several buffers with one call; without blocking, as tryWrite. */
  public static int tryWritev(int fd, byte[][] from) {
    byte[] all = new byte[total(from)];
    int done = 0;
    for (byte[] part : from) {
      System.arraycopy(part, 0, all, done, part.length);
      done += part.length;
    }
    return tryWrite(fd, all, 0, all.length);
  }

  private static int total(byte[][] parts) {
    long sum = 0;
    for (byte[] part : parts) {
      sum += part.length;
    }
    if (sum > Integer.MAX_VALUE - 64) {
      throw new HostException(Errno.EINVAL, "readv");
    }
    return (int) sum;
  }

  /** Moves the position; whence 0 start, 1 current, 2 end, 3 data, 4 hole. Returns the new one. */
  public static long lseek(int fd, long offset, int whence) {
    if (!Native.isLoaded() && offset == 0 && whence == 1 && fd >= 0 && fd <= 2) {
      Stat st = EarlyFiles.fstat(fd);
      if (st != null
          && (st.type() == Stat.S_IFIFO || st.type() == Stat.S_IFSOCK || isTerminal(st))) {
        throw new HostException(Errno.ESPIPE, "lseek");
      }
      if (st != null && st.type() == Stat.S_IFCHR && st.rdev() == Stat.makedev(1, 3)) {
        return 0; // /dev/null has no position
      }
      long position = st != null && st.isRegular() ? EarlyFiles.position(fd) : -1;
      if (position >= 0) {
        return position;
      }
    }
    try (Scratch s = Scratch.take()) {
      return LSEEK.callLong(s, fd, offset, whence);
    }
  }

  /**
   * Describes an open file; see {@link Stat#complete()} for answers before the C library is loaded.
   */
  public static Stat fstat(int fd) {
    Stat early = EarlyFiles.fstat(fd);
    if (early != null) {
      return early;
    }
    try (Scratch s = Scratch.take()) {
      int at = s.alloc(Stat.SIZEOF_STATX);
      if ((int)
              STATX.call(
                  s, fd, s.cstr(new byte[0]), OpenFlags.AT_EMPTY_PATH, Stat.STATX_MASK, s.ptr(at))
          == -1) {
        throw new HostException(s.errno(), "fstat");
      }
      return Stat.ofStatx(s, at);
    }
  }

  public static void ftruncate(int fd, long length) {
    try (Scratch s = Scratch.take()) {
      FTRUNCATE.callInt(s, fd, length);
    }
  }

  /** Flushes to the disk; may take long, see {@code SlowCalls}. */
  public static void fsync(int fd) {
    try (Scratch s = Scratch.take()) {
      FSYNC.callInt(s, fd);
    }
  }

  public static void fdatasync(int fd) {
    try (Scratch s = Scratch.take()) {
      FDATASYNC.callInt(s, fd);
    }
  }

  /** Duplicates a descriptor; the new one is closed on exec unless {@code inheritable}. */
  public static int dup(int fd, boolean inheritable) {
    try (Scratch s = Scratch.take()) {
      return made(inheritable ? DUP.callInt(s, fd) : FCNTL.callInt(s, fd, F_DUPFD_CLOEXEC, 0));
    }
  }

  /** Makes {@code to} another name of what {@code from} is, closing what it was. */
  public static int dup2(int from, int to, boolean inheritable) {
    FdOwners.check(to, "dup2");
    try (Scratch s = Scratch.take()) {
      FdKinds.forget(to);
      int fd = DUP2.callInt(s, from, to);
      if (from != to) {
        closed(to);
      }
      if (!inheritable) {
        setInheritable(fd, false);
      }
      return made(fd);
    }
  }

  public static int dup3(int from, int to, int flags) {
    FdOwners.check(to, "dup3");
    try (Scratch s = Scratch.take()) {
      FdKinds.forget(to);
      int fd = DUP3.callInt(s, from, to, flags);
      closed(to);
      return made(fd);
    }
  }

  /** Makes a pipe: {read end, write end}. */
  public static int[] pipe2(int flags) {
    try (Scratch s = Scratch.take()) {
      int at = s.alloc(8);
      PIPE2.callInt(s, s.ptr(at), flags);
      return new int[] {made(s.getInt(at)), made(s.getInt(at + 4))};
    }
  }

  /** A pipe whose ends children don't inherit. */
  public static int[] pipe() {
    return pipe2(O_CLOEXEC);
  }

  /** Any fcntl command with an integer argument, raw result; lock commands may block. */
  public static int fcntl(int fd, int command, long argument) {
    try (Scratch s = Scratch.take()) {
      int r = FCNTL.callInt(s, fd, command, argument);
      return command == F_DUPFD || command == F_DUPFD_CLOEXEC ? made(r) : r;
    }
  }

  public static boolean getInheritable(int fd) {
    return (fcntl(fd, F_GETFD, 0) & FD_CLOEXEC) == 0;
  }

  public static void setInheritable(int fd, boolean inheritable) {
    int flags = fcntl(fd, F_GETFD, 0);
    int wanted = inheritable ? flags & ~FD_CLOEXEC : flags | FD_CLOEXEC;
    if (flags != wanted) {
      fcntl(fd, F_SETFD, wanted);
    }
  }

  public static boolean getBlocking(int fd) {
    return (fcntl(fd, F_GETFL, 0) & O_NONBLOCK) == 0;
  }

  public static void setBlocking(int fd, boolean blocking) {
    int flags = fcntl(fd, F_GETFL, 0);
    int wanted = blocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK;
    if (flags != wanted) {
      fcntl(fd, F_SETFL, wanted);
    }
  }

  /** Whether the descriptor is a terminal; false too when it isn't open. */
  public static boolean isatty(int fd) {
    Stat st = EarlyFiles.fstat(fd);
    if (st != null) {
      return isTerminal(st);
    }
    try (Scratch s = Scratch.take()) {
      return (int) ISATTY.call(s, fd) == 1;
    }
  }

  private static boolean isTerminal(Stat st) {
    int major = Stat.major(st.rdev());
    // 4 virtual consoles and serial lines, 5 /dev/tty and /dev/console, 136-143 pseudo terminals
    return st.type() == Stat.S_IFCHR
        && (major == 4 || major == 5 || (major >= 136 && major <= 143));
  }

  public static byte[] ttyname(int fd) {
    try (Scratch s = Scratch.take()) {
      int at = s.alloc(4096);
      int errno = (int) TTYNAME.call(s, fd, s.ptr(at), 4096);
      if (errno != 0) {
        throw new HostException(errno, "ttyname");
      }
      return s.getString(at, 4096);
    }
  }

  public static void posixFadvise(int fd, long offset, long length, int advice) {
    try (Scratch s = Scratch.take()) {
      result((int) FADVISE.call(s, fd, offset, length, advice), "posix_fadvise");
    }
  }

  public static void posixFallocate(int fd, long offset, long length) {
    try (Scratch s = Scratch.take()) {
      result((int) FALLOCATE.call(s, fd, offset, length), "posix_fallocate");
    }
  }

  private static void result(int errno, String syscall) {
    if (errno != 0) {
      throw new HostException(errno, syscall);
    }
  }

  /**
   * Copies from a file to a descriptor in the kernel; a null offset uses and moves the position.
   */
  public static long sendfile(int out, int in, @Nullable Long offset, long count) {
    try (Scratch s = Scratch.take()) {
      long at = offset(s, offset);
      return SENDFILE.callLong(s, out, in, at, count);
    }
  }

  /** {@code copy_file_range}; null offsets use and move the positions. */
  public static long copyFileRange(
      int in, @Nullable Long inOffset, int out, @Nullable Long outOffset, long count) {
    try (Scratch s = Scratch.take()) {
      return COPY_RANGE.callLong(s, in, offset(s, inOffset), out, offset(s, outOffset), count, 0);
    }
  }

  /** {@code splice}; null offsets use and move the positions. */
  public static long splice(
      int in, @Nullable Long inOffset, int out, @Nullable Long outOffset, long count, int flags) {
    try (Scratch s = Scratch.take()) {
      return SPLICE.callLong(s, in, offset(s, inOffset), out, offset(s, outOffset), count, flags);
    }
  }

  private static long offset(Scratch s, @Nullable Long offset) {
    if (offset == null) {
      return 0;
    }
    int at = s.alloc(8);
    s.putLong(at, offset);
    return s.ptr(at);
  }

  public static int eventfd(int initial, int flags) {
    try (Scratch s = Scratch.take()) {
      return made(EVENTFD.callInt(s, initial, flags));
    }
  }

  public static int memfdCreate(byte[] name, int flags) {
    try (Scratch s = Scratch.take(name.length)) {
      return made(MEMFD.callInt(s, s.cstr(name), flags));
    }
  }
}
