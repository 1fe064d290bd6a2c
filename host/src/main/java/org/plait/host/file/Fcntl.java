package org.plait.host.file;

import org.plait.host.Fn;
import org.plait.host.Scratch;

/** fcntl and ioctl with structures, and file locks. */
public final class Fcntl {
  public static final int F_GETLK = 5;
  public static final int F_SETLK = 6;
  public static final int F_SETLKW = 7;
  public static final int LOCK_SH = 1;
  public static final int LOCK_EX = 2;
  public static final int LOCK_NB = 4;
  public static final int LOCK_UN = 8;
  public static final short F_RDLCK = 0;
  public static final short F_WRLCK = 1;
  public static final short F_UNLCK = 2;

  /** Bytes of struct flock. */
  private static final int SIZEOF_FLOCK = 32;

  /** Room behind a structure, in case the kernel's is larger than the caller's. */
  private static final int SLACK = 4096;

  private static final Fn FCNTL = new Fn("fcntl");
  private static final Fn IOCTL = new Fn("ioctl");
  private static final Fn FLOCK = new Fn("flock");

  private Fcntl() {}

  /** fcntl with a structure, which is written back; raw result. */
  public static int fcntl(int fd, int command, byte[] argument) {
    return structure(FCNTL, fd, command, argument);
  }

  /** fcntl with an integer argument; raw result. */
  public static int fcntl(int fd, int command, long argument) {
    try (Scratch s = Scratch.take()) {
      return FCNTL.callInt(s, fd, command, argument);
    }
  }

  /** ioctl with an integer argument; raw result. */
  public static int ioctl(int fd, long request, long argument) {
    try (Scratch s = Scratch.take()) {
      return IOCTL.callInt(s, fd, request, argument);
    }
  }

  /** ioctl with a structure, which is written back; raw result. */
  public static int ioctl(int fd, long request, byte[] argument) {
    return structure(IOCTL, fd, request, argument);
  }

  private static int structure(Fn fn, int fd, long request, byte[] argument) {
    try (Scratch s = Scratch.take(argument.length + (long) SLACK)) {
      int at = s.put(argument, 0, argument.length);
      s.alloc(SLACK - 64);
      int r = fn.callInt(s, fd, request, s.ptr(at));
      s.getBytes(at, argument, 0, argument.length);
      return r;
    }
  }

  /** flock; blocks without LOCK_NB or LOCK_UN. */
  public static void flock(int fd, int operation) {
    try (Scratch s = Scratch.take()) {
      FLOCK.callInt(s, fd, operation);
    }
  }

  /**
   * The structure of a record lock for {@link #fcntl}.
   *
   * @param type F_RDLCK, F_WRLCK or F_UNLCK
   */
  public static byte[] lock(short type, short whence, long start, long length) {
    try (Scratch s = Scratch.take()) {
      int at = s.allocZero(SIZEOF_FLOCK);
      s.putShort(at, type);
      s.putShort(at + 2, whence);
      s.putLong(at + 8, start);
      s.putLong(at + 16, length);
      return s.getBytes(at, SIZEOF_FLOCK);
    }
  }
}
