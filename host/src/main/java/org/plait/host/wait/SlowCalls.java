package org.plait.host.wait;

import java.util.concurrent.Callable;
import org.plait.host.Errno;
import org.plait.host.HostException;
import org.plait.host.file.Fcntl;
import org.plait.host.file.Fd;
import org.plait.host.file.HostFiles;
import org.plait.host.file.OpenFlags;
import org.plait.host.file.Stat;

/** The calls on files that can block without a descriptor to watch, on the {@link BlockingPool}. */
public final class SlowCalls {
  private SlowCalls() {}

  /** Whether opening may have to wait for another process: the path names a FIFO. */
  public static boolean openMayBlock(int dirFd, byte[] path, int flags) {
    if ((flags & (OpenFlags.O_NONBLOCK | OpenFlags.O_PATH)) != 0
        || (flags & OpenFlags.O_ACCMODE) == OpenFlags.O_RDWR) {
      return false;
    }
    try {
      Stat st =
          dirFd == OpenFlags.AT_FDCWD
              ? HostFiles.stat(path, true)
              : HostFiles.statAt(dirFd, path, true);
      return st.type() == Stat.S_IFIFO;
    } catch (HostException missing) {
      return false;
    }
  }

  public static PoolCall<Integer> open(int dirFd, byte[] path, int flags, int mode) {
    byte[] copy = path.clone();
    return BlockingPool.submit(() -> HostFiles.open(dirFd, copy, flags, mode));
  }

  /** fsync. */
  public static PoolCall<Integer> fsync(int fd) {
    return run(() -> Fd.fsync(fd));
  }

  public static PoolCall<Integer> fdatasync(int fd) {
    return run(() -> Fd.fdatasync(fd));
  }

  public static PoolCall<Integer> sync() {
    return run(HostFiles::sync);
  }

  /** A blocking flock, to be used when the try with LOCK_NB said EWOULDBLOCK. */
  public static PoolCall<Integer> flock(int fd, int operation) {
    return run(() -> Fcntl.flock(fd, operation));
  }

  /** A fcntl command on a structure that may block, such as F_SETLKW; gives the structure. */
  public static PoolCall<byte[]> fcntl(int fd, int command, byte[] argument) {
    byte[] copy = argument.clone();
    return BlockingPool.submit(
        () -> {
          Fcntl.fcntl(fd, command, copy);
          return copy;
        });
  }

  /** Any other call. */
  public static PoolCall<Integer> run(Runnable action) {
    Callable<Integer> call =
        () -> {
          action.run();
          return 0;
        };
    return BlockingPool.submit(call);
  }

  /** Whether a failure only says that a try would have had to wait. */
  public static boolean wouldBlock(HostException e) {
    return e.errno() == Errno.EAGAIN || e.errno() == Errno.EACCES;
  }
}
