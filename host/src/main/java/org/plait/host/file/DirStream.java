package org.plait.host.file;

import static org.plait.host.file.OpenFlags.O_CLOEXEC;
import static org.plait.host.file.OpenFlags.O_DIRECTORY;
import static org.plait.host.file.OpenFlags.O_NONBLOCK;

import org.jspecify.annotations.Nullable;
import org.plait.host.Errno;
import org.plait.host.Fn;
import org.plait.host.HostException;
import org.plait.host.Scratch;

/**
 * An open directory that gives its entries one by one, as {@code readdir} does.
 *
 * <p>Invariants: entries {@code next..end} of the buffer are still to be given; {@code fd} is ours
 * and is closed once. Not for several threads at once: the caller locks.
 */
public final class DirStream implements AutoCloseable {
  public static final int DT_UNKNOWN = 0;
  public static final int DT_FIFO = 1;
  public static final int DT_CHR = 2;
  public static final int DT_DIR = 4;
  public static final int DT_BLK = 6;
  public static final int DT_REG = 8;
  public static final int DT_LNK = 10;
  public static final int DT_SOCK = 12;

  /** Bytes asked of the kernel at a time. */
  private static final int BUFFER = 32 * 1024;

  private static final Fn GETDENTS = new Fn("getdents64");

  /**
   * One entry.
   *
   * @param type one of the DT constants
   */
  public record Entry(byte[] name, long inode, int type) {}

  private int fd;
  private byte[] buffer = new byte[0];
  private int next;

  /** Whether those of our descriptors are left out that are not the program's. */
  private final boolean onlyVisible;

  private DirStream(int fd, boolean onlyVisible) {
    this.fd = fd;
    this.onlyVisible = onlyVisible;
  }

  /** Opens a directory. In that of our descriptors the program's are alone. */
  public static DirStream open(byte[] path) {
    return open(path, FdOwners.isDirectory(path));
  }

  /** As {@link #open}, also of our descriptors whatever there is. */
  static DirStream openAll(byte[] path) {
    return open(path, false);
  }

  private static DirStream open(byte[] path, boolean onlyVisible) {
    try {
      int fd = HostFiles.open(path, O_DIRECTORY | O_NONBLOCK | O_CLOEXEC, 0);
      return new DirStream(fd, onlyVisible);
    } catch (HostException e) {
      throw new HostException(e.errno(), "opendir", e);
    }
  }

  /** Reads an open directory from its start; closing the stream leaves {@code fd} open. */
  public static DirStream of(int fd) {
    if (!Fd.fstat(fd).isDirectory()) {
      throw new HostException(Errno.ENOTDIR, "opendir");
    }
    int own = Fd.dup(fd, false);
    try {
      Fd.lseek(own, 0, 0);
    } catch (HostException e) {
      Fd.close(own);
      throw e;
    }
    return new DirStream(own, false);
  }

  /** The next entry, . and .. left out, or null at the end. */
  public @Nullable Entry next() {
    while (fd >= 0) {
      if (next >= buffer.length && !fill()) {
        return null;
      }
      Entry e = parse();
      byte[] name = e.name();
      boolean dots = name[0] == '.' && (name.length == 1 || (name.length == 2 && name[1] == '.'));
      if (!dots && !(onlyVisible && FdOwners.isForeign(FdOwners.number(name)))) {
        return e;
      }
    }
    return null;
  }

  private boolean fill() {
    try (Scratch s = Scratch.take(BUFFER)) {
      int at = s.alloc(BUFFER);
      long n = GETDENTS.call(s, fd, s.ptr(at), BUFFER);
      if (n == -1) {
        throw new HostException(s.errno(), "readdir");
      }
      buffer = s.getBytes(at, (int) n);
      next = 0;
      return n > 0;
    }
  }

  /** struct linux_dirent64: ino 8, off 8, reclen 2, type 1, name. */
  private Entry parse() {
    int at = next;
    long inode = 0;
    for (int i = 7; i >= 0; i--) {
      inode = inode << 8 | (buffer[at + i] & 0xff);
    }
    int length = (buffer[at + 16] & 0xff) | (buffer[at + 17] & 0xff) << 8;
    int type = buffer[at + 18];
    int end = at + 19;
    while (buffer[end] != 0) {
      end++;
    }
    next = at + length;
    byte[] name = new byte[end - at - 19];
    System.arraycopy(buffer, at + 19, name, 0, name.length);
    return new Entry(name, inode, type);
  }

  @Override
  public void close() {
    int open = fd;
    fd = -1;
    if (open >= 0) {
      Fd.close(open);
    }
  }
}
