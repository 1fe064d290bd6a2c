package org.plait.host.file;

import static org.plait.host.file.OpenFlags.AT_FDCWD;
import static org.plait.host.file.OpenFlags.AT_REMOVEDIR;
import static org.plait.host.file.OpenFlags.AT_SYMLINK_NOFOLLOW;
import static org.plait.host.file.OpenFlags.O_CLOEXEC;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.plait.host.Errno;
import org.plait.host.Fn;
import org.plait.host.HostException;
import org.plait.host.Scratch;

/**
 * Calls that name a file by its path. Paths are the bytes the kernel sees, without the closing
 * null; a null inside gives IllegalArgumentException, everything else {@link HostException}.
 *
 * <p>The current directory is the kernel's, changed by {@link #chdir}. Relative paths always mean
 * that one; the JDK's way, which remembers the directory of the start, is used for them only until
 * the first chdir.
 *
 * <p>Where a {@code dirFd} is asked for, {@link OpenFlags#AT_FDCWD} means the current directory.
 */
public final class HostFiles {
  /** Nanoseconds that mean "now" in {@link #utimens}. */
  public static final long UTIME_NOW = 0x3fffffff;

  /** Nanoseconds that mean "leave it" in {@link #utimens}. */
  public static final long UTIME_OMIT = 0x3ffffffe;

  private static final Fn OPENAT = new Fn("openat");
  private static final Fn STATX = new Fn("statx");
  private static final Fn ACCESS = new Fn("faccessat");
  private static final Fn CHMOD = new Fn("fchmodat");
  private static final Fn FCHMOD = new Fn("fchmod");
  private static final Fn CHOWN = new Fn("fchownat");
  private static final Fn FCHOWN = new Fn("fchown");
  private static final Fn LINK = new Fn("linkat");
  private static final Fn SYMLINK = new Fn("symlinkat");
  private static final Fn READLINK = new Fn("readlinkat");
  private static final Fn MKDIR = new Fn("mkdirat");
  private static final Fn UNLINK = new Fn("unlinkat");
  private static final Fn RENAME = new Fn("renameat");
  private static final Fn MKFIFO = new Fn("mkfifoat");
  private static final Fn MKNOD = new Fn("mknodat");
  private static final Fn UTIMENS = new Fn("utimensat");
  private static final Fn FUTIMENS = new Fn("futimens");
  private static final Fn TRUNCATE = new Fn("truncate");
  private static final Fn STATVFS = new Fn("statvfs");
  private static final Fn FSTATVFS = new Fn("fstatvfs");
  private static final Fn CHDIR = new Fn("chdir");
  private static final Fn FCHDIR = new Fn("fchdir");
  private static final Fn CHROOT = new Fn("chroot");
  private static final Fn GETCWD = new Fn("getcwd");
  private static final Fn UMASK = new Fn("umask");
  private static final Fn SYNC = new Fn("sync");

  private HostFiles() {}

  /** Opens as given: the caller says O_CLOEXEC. May block on a FIFO, see {@code SlowCalls}. */
  public static int open(int dirFd, byte[] path, int flags, int mode) {
    try (Scratch s = Scratch.take(path.length)) {
      return Fd.made(OPENAT.callInt(s, dirFd, s.cstr(path), flags, mode));
    }
  }

  public static int open(byte[] path, int flags, int mode) {
    return open(AT_FDCWD, path, flags, mode);
  }

  /** All of a file, by the cheapest way there is. */
  public static byte[] readAll(byte[] path) {
    byte[] early = EarlyFiles.readAll(path);
    if (early != null) {
      return early;
    }
    int fd = open(path, O_CLOEXEC, 0);
    try {
      long size = Fd.fstat(fd).size();
      if (size > Integer.MAX_VALUE - 64) {
        throw new HostException(Errno.EFBIG, "read");
      }
      byte[] all = new byte[(int) Math.max(size + 1, 8192)];
      int n = 0;
      while (true) {
        int got = Fd.read(fd, all, n, Math.min(all.length - n, 1 << 24));
        if (got == 0) {
          return Arrays.copyOf(all, n);
        }
        n += got;
        if (n == all.length) {
          all = Arrays.copyOf(all, n * 2);
        }
      }
    } finally {
      Fd.close(fd);
    }
  }

  /**
   * Describes a file by the cheapest way there is; the block counts may be missing then, see {@link
   * Stat#complete()}.
   *
   * @param follow whether a symbolic link stands for what it points to
   */
  public static Stat stat(byte[] path, boolean follow) {
    Stat early = EarlyFiles.stat(path, follow);
    return early != null ? early : statAt(AT_FDCWD, path, follow);
  }

  /** Describes a file, completely. */
  public static Stat statAt(int dirFd, byte[] path, boolean follow) {
    try (Scratch s = Scratch.take(path.length + Stat.SIZEOF_STATX)) {
      int at = s.alloc(Stat.SIZEOF_STATX);
      int flags = follow ? 0 : AT_SYMLINK_NOFOLLOW;
      if ((int) STATX.call(s, dirFd, s.cstr(path), flags, Stat.STATX_MASK, s.ptr(at)) == -1) {
        throw new HostException(s.errno(), follow ? "stat" : "lstat");
      }
      return Stat.ofStatx(s, at);
    }
  }

  /**
   * Whether the file may be used so (4 read, 2 write, 1 execute, 0 exists).
   *
   * @param flags AT_EACCESS, AT_SYMLINK_NOFOLLOW
   */
  public static boolean access(int dirFd, byte[] path, int mode, int flags) {
    try (Scratch s = Scratch.take(path.length)) {
      return (int) ACCESS.call(s, dirFd, s.cstr(path), mode, flags) == 0;
    }
  }

  public static void chmod(int dirFd, byte[] path, int mode, boolean follow) {
    try (Scratch s = Scratch.take(path.length)) {
      CHMOD.callInt(s, dirFd, s.cstr(path), mode, follow ? 0 : AT_SYMLINK_NOFOLLOW);
    }
  }

  public static void fchmod(int fd, int mode) {
    try (Scratch s = Scratch.take()) {
      FCHMOD.callInt(s, fd, mode);
    }
  }

  /** Changes owner and group; -1 leaves one as it is. */
  public static void chown(int dirFd, byte[] path, int uid, int gid, boolean follow) {
    try (Scratch s = Scratch.take(path.length)) {
      CHOWN.callInt(s, dirFd, s.cstr(path), uid, gid, follow ? 0 : AT_SYMLINK_NOFOLLOW);
    }
  }

  public static void fchown(int fd, int uid, int gid) {
    try (Scratch s = Scratch.take()) {
      FCHOWN.callInt(s, fd, uid, gid);
    }
  }

  /** Makes another name for a file; flags may hold AT_SYMLINK_FOLLOW. */
  public static void link(int fromDir, byte[] from, int toDir, byte[] to, int flags) {
    try (Scratch s = Scratch.take(from.length + to.length)) {
      LINK.callInt(s, fromDir, s.cstr(from), toDir, s.cstr(to), flags);
    }
  }

  public static void symlink(byte[] target, int dirFd, byte[] path) {
    try (Scratch s = Scratch.take(target.length + path.length)) {
      SYMLINK.callInt(s, s.cstr(target), dirFd, s.cstr(path));
    }
  }

  public static byte[] readlink(int dirFd, byte[] path) {
    if (dirFd == AT_FDCWD) {
      byte[] early = EarlyFiles.readlink(path);
      if (early != null) {
        return early;
      }
    }
    try (Scratch s = Scratch.take(path.length + 4096L)) {
      int at = s.alloc(4096);
      int n = (int) READLINK.callLong(s, dirFd, s.cstr(path), s.ptr(at), 4096);
      return s.getBytes(at, n);
    }
  }

  public static void mkdir(int dirFd, byte[] path, int mode) {
    try (Scratch s = Scratch.take(path.length)) {
      MKDIR.callInt(s, dirFd, s.cstr(path), mode);
    }
  }

  public static void rmdir(int dirFd, byte[] path) {
    try (Scratch s = Scratch.take(path.length)) {
      UNLINK.callInt(s, dirFd, s.cstr(path), AT_REMOVEDIR);
    }
  }

  public static void unlink(int dirFd, byte[] path) {
    try (Scratch s = Scratch.take(path.length)) {
      UNLINK.callInt(s, dirFd, s.cstr(path), 0);
    }
  }

  public static void rename(int fromDir, byte[] from, int toDir, byte[] to) {
    try (Scratch s = Scratch.take(from.length + to.length)) {
      RENAME.callInt(s, fromDir, s.cstr(from), toDir, s.cstr(to));
    }
  }

  public static void mkfifo(int dirFd, byte[] path, int mode) {
    try (Scratch s = Scratch.take(path.length)) {
      MKFIFO.callInt(s, dirFd, s.cstr(path), mode);
    }
  }

  public static void mknod(int dirFd, byte[] path, int mode, long device) {
    try (Scratch s = Scratch.take(path.length)) {
      MKNOD.callInt(s, dirFd, s.cstr(path), mode, device);
    }
  }

  /**
   * Sets the times of a file; the nanosecond parts may be {@link #UTIME_NOW} or {@link
   * #UTIME_OMIT}.
   *
   * @param atimeSeconds seconds since 1970
   * @param atimeNanos 0 to 999,999,999
   */
  public static void utimens(
      int dirFd,
      byte[] path,
      long atimeSeconds,
      long atimeNanos,
      long mtimeSeconds,
      long mtimeNanos,
      boolean follow) {
    try (Scratch s = Scratch.take(path.length)) {
      long times = times(s, atimeSeconds, atimeNanos, mtimeSeconds, mtimeNanos);
      UTIMENS.callInt(s, dirFd, s.cstr(path), times, follow ? 0 : AT_SYMLINK_NOFOLLOW);
    }
  }

  /** Sets the times of an open file, as {@link #utimens}. */
  public static void futimens(
      int fd, long atimeSeconds, long atimeNanos, long mtimeSeconds, long mtimeNanos) {
    try (Scratch s = Scratch.take()) {
      FUTIMENS.callInt(s, fd, times(s, atimeSeconds, atimeNanos, mtimeSeconds, mtimeNanos));
    }
  }

  private static long times(Scratch s, long as, long an, long ms, long mn) {
    int at = s.alloc(32);
    s.putLong(at, as);
    s.putLong(at + 8, an);
    s.putLong(at + 16, ms);
    s.putLong(at + 24, mn);
    return s.ptr(at);
  }

  public static void truncate(byte[] path, long length) {
    try (Scratch s = Scratch.take(path.length)) {
      TRUNCATE.callInt(s, s.cstr(path), length);
    }
  }

  /**
   * What {@code statvfs} says of a file system.
   *
   * @param fsid file system id
   */
  public record StatVfs(
      long bsize,
      long frsize,
      long blocks,
      long bfree,
      long bavail,
      long files,
      long ffree,
      long favail,
      long fsid,
      long flag,
      long namemax) {

    static final int SIZEOF = 128;

    static StatVfs of(Scratch s, int at) {
      return new StatVfs(
          s.getLong(at),
          s.getLong(at + 8),
          s.getLong(at + 16),
          s.getLong(at + 24),
          s.getLong(at + 32),
          s.getLong(at + 40),
          s.getLong(at + 48),
          s.getLong(at + 56),
          s.getLong(at + 64),
          s.getLong(at + 72),
          s.getLong(at + 80));
    }
  }

  public static StatVfs statvfs(byte[] path) {
    try (Scratch s = Scratch.take(path.length)) {
      int at = s.allocZero(StatVfs.SIZEOF);
      STATVFS.callInt(s, s.cstr(path), s.ptr(at));
      return StatVfs.of(s, at);
    }
  }

  public static StatVfs fstatvfs(int fd) {
    try (Scratch s = Scratch.take()) {
      int at = s.allocZero(StatVfs.SIZEOF);
      FSTATVFS.callInt(s, fd, s.ptr(at));
      return StatVfs.of(s, at);
    }
  }

  /** Changes the current directory of the whole process. */
  public static void chdir(byte[] path) {
    try (Scratch s = Scratch.take(path.length)) {
      EarlyFiles.directoryChanged();
      CHDIR.callInt(s, s.cstr(path));
    }
  }

  public static void fchdir(int fd) {
    try (Scratch s = Scratch.take()) {
      EarlyFiles.directoryChanged();
      FCHDIR.callInt(s, fd);
    }
  }

  public static void chroot(byte[] path) {
    try (Scratch s = Scratch.take(path.length)) {
      EarlyFiles.directoryChanged();
      CHROOT.callInt(s, s.cstr(path));
    }
  }

  /** The current directory. */
  public static byte[] getcwd() {
    byte[] early = EarlyFiles.readlink("/proc/self/cwd".getBytes(StandardCharsets.US_ASCII));
    if (early != null && !new String(early, StandardCharsets.ISO_8859_1).endsWith(" (deleted)")) {
      return early;
    }
    for (int size = 4096; ; size *= 4) {
      try (Scratch s = Scratch.take(size)) {
        int at = s.alloc(size);
        if (GETCWD.call(s, s.ptr(at), size) != 0) {
          return s.getString(at, size);
        }
        if (s.errno() != Errno.ERANGE || size > 1 << 20) {
          throw new HostException(s.errno(), "getcwd");
        }
      }
    }
  }

  /** Sets the mask of permissions for new files and returns the one before. */
  public static int umask(int mask) {
    try (Scratch s = Scratch.take()) {
      return (int) UMASK.call(s, mask);
    }
  }

  public static void sync() {
    try (Scratch s = Scratch.take()) {
      SYNC.call(s);
    }
  }

  /**
   * The names in a directory, in the order of the file system, without . and .. and, in that of our
   * descriptors, those that are not the program's.
   */
  public static byte[][] list(byte[] path) {
    if (!FdOwners.isDirectory(path)) {
      return listAll(path);
    }
    try (DirStream dir = DirStream.open(path)) {
      return names(dir);
    }
  }

  /** As {@link #list}, but nothing is left out. */
  static byte[][] listAll(byte[] path) {
    byte[][] early = EarlyFiles.list(path);
    if (early != null) {
      return early;
    }
    try (DirStream dir = DirStream.openAll(path)) {
      return names(dir);
    }
  }

  /** The names in an open directory; the descriptor stays open and its position changes. */
  public static byte[][] list(int fd) {
    try (DirStream dir = DirStream.of(fd)) {
      return names(dir);
    }
  }

  private static byte[][] names(DirStream dir) {
    List<byte[]> names = new ArrayList<>();
    for (DirStream.Entry e = dir.next(); e != null; e = dir.next()) {
      names.add(e.name());
    }
    return names.toArray(new byte[0][]);
  }
}
