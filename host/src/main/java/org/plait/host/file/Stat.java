package org.plait.host.file;

import org.plait.host.Scratch;

/**
 * What {@code stat} says of a file. Times are nanoseconds since 1970, UTC.
 *
 * @param mode type and permission bits
 * @param dev device number as {@code makedev} encodes it
 * @param rdev the device a special file stands for
 * @param blocks 512-byte blocks in use, or -1 when the answer came from the JDK, which does not say
 * @param blksize preferred block size in bytes, or -1 likewise
 */
public record Stat(
    int mode,
    long ino,
    long dev,
    long nlink,
    int uid,
    int gid,
    long size,
    long atimeNanos,
    long mtimeNanos,
    long ctimeNanos,
    long rdev,
    long blocks,
    int blksize) {

  public static final int S_IFMT = 0170000;
  public static final int S_IFSOCK = 0140000;
  public static final int S_IFLNK = 0120000;
  public static final int S_IFREG = 0100000;
  public static final int S_IFBLK = 0060000;
  public static final int S_IFDIR = 0040000;
  public static final int S_IFCHR = 0020000;
  public static final int S_IFIFO = 0010000;

  static final int SIZEOF_STATX = 256;

  /** STATX_BASIC_STATS. */
  static final int STATX_MASK = 0x7ff;

  static Stat ofStatx(Scratch s, int at) {
    return new Stat(
        s.getShort(at + 28) & 0xffff,
        s.getLong(at + 32),
        makedev(s.getInt(at + 136), s.getInt(at + 140)),
        s.getUInt(at + 16),
        s.getInt(at + 20),
        s.getInt(at + 24),
        s.getLong(at + 40),
        nanos(s, at + 64),
        nanos(s, at + 112),
        nanos(s, at + 96),
        makedev(s.getInt(at + 128), s.getInt(at + 132)),
        s.getLong(at + 48),
        s.getInt(at + 4));
  }

  private static long nanos(Scratch s, int at) {
    return s.getLong(at) * 1_000_000_000L + s.getUInt(at + 8);
  }

  /** Whether all fields are known. */
  public boolean complete() {
    return blocks >= 0;
  }

  /** The type bits of the mode, one of the S_IF constants. */
  public int type() {
    return mode & S_IFMT;
  }

  public boolean isDirectory() {
    return type() == S_IFDIR;
  }

  public boolean isRegular() {
    return type() == S_IFREG;
  }

  public boolean isSymbolicLink() {
    return type() == S_IFLNK;
  }

  /** The device number of a major and a minor number, as glibc's makedev. */
  public static long makedev(int major, int minor) {
    long ma = major & 0xffffffffL;
    long mi = minor & 0xffffffffL;
    return ((ma & 0xfffL) << 8) | ((ma & ~0xfffL) << 32) | (mi & 0xffL) | ((mi & ~0xffL) << 12);
  }

  public static int major(long dev) {
    return (int) (((dev >>> 8) & 0xfff) | ((dev >>> 32) & ~0xfffL));
  }

  public static int minor(long dev) {
    return (int) ((dev & 0xff) | ((dev >>> 12) & ~0xffL));
  }
}
