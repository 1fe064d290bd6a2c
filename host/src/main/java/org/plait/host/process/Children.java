package org.plait.host.process;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.plait.host.Errno;
import org.plait.host.Fn;
import org.plait.host.HostException;
import org.plait.host.Scratch;
import org.plait.host.file.Fd;
import org.plait.host.file.HostFiles;
import org.plait.host.file.OpenFlags;
import org.plait.host.wait.BlockingPool;
import org.plait.host.wait.PoolCall;
import org.plait.host.wait.Readiness;
import org.plait.host.wait.Wait;

/**
 * Waiting for children. To wait as waitpid does: {@link #tryWait}, and while it gives null wait for
 * {@link #change} in between.
 */
public final class Children {
  public static final int WNOHANG = 1;
  public static final int WUNTRACED = 2;
  public static final int WSTOPPED = 2;
  public static final int WEXITED = 4;
  public static final int WCONTINUED = 8;
  public static final int WNOWAIT = 0x1000000;
  public static final int P_ALL = 0;
  public static final int P_PID = 1;
  public static final int P_PGID = 2;
  public static final int P_PIDFD = 3;

  private static final int SYS_PIDFD_OPEN = 434;
  private static final int SYS_PIDFD_SEND_SIGNAL = 424;
  private static final int SIZEOF_SIGINFO = 128;

  private static final Fn WAIT4 = new Fn("wait4");
  private static final Fn WAITID = new Fn("waitid");
  private static final Fn SYSCALL = new Fn("syscall");
  private static final Fn KILL = new Fn("kill");
  private static final Fn KILLPG = new Fn("killpg");

  private Children() {}

  /**
   * A child's change of state.
   *
   * @param status as wait encodes it
   */
  public record Status(int pid, int status, Resources.Usage usage) {}

  /**
   * What {@code waitid} says.
   *
   * @param status exit code or signal
   * @param code CLD_EXITED (1) and so on
   */
  public record Info(int pid, int uid, int signo, int status, int code) {}

  /** {@code wait4} with WNOHANG: a change of state, or null when there is none yet. */
  public static @Nullable Status tryWait(int pid, int options) {
    try (Scratch s = Scratch.take()) {
      int status = s.allocZero(4);
      int usage = s.allocZero(Resources.SIZEOF_RUSAGE);
      int r = WAIT4.callInt(s, pid, s.ptr(status), options | WNOHANG, s.ptr(usage));
      return r == 0 ? null : new Status(r, s.getInt(status), Resources.Usage.of(s, usage));
    }
  }

  /** {@code waitid} with WNOHANG, or null when nothing has happened yet. */
  public static @Nullable Info tryWaitId(int idType, int id, int options) {
    return waitId(idType, id, options | WNOHANG);
  }

  private static @Nullable Info waitId(int idType, int id, int options) {
    try (Scratch s = Scratch.take()) {
      int at = s.allocZero(SIZEOF_SIGINFO);
      WAITID.callInt(s, idType, id, s.ptr(at), options);
      int pid = s.getInt(at + 16);
      return pid == 0
          ? null
          : new Info(pid, s.getInt(at + 20), s.getInt(at), s.getInt(at + 24), s.getInt(at + 8));
    }
  }

  /**
   * Waits for a change of state without consuming it.
   *
   * @param pid as for waitpid: a child, -1 any, 0 our group, below -1 that group
   * @param options WUNTRACED and WCONTINUED count
   */
  public static ChangeWait change(int pid, int options) {
    int idType = pid > 0 ? P_PID : pid == -1 ? P_ALL : P_PGID;
    int id = pid > 0 ? pid : pid == -1 ? 0 : pid == 0 ? Ids.getpgrp() : -pid;
    return new ChangeWait(idType, id, WEXITED | (options & (WSTOPPED | WCONTINUED)));
  }

  /** The same for the arguments of waitid. */
  public static ChangeWait changeId(int idType, int id, int options) {
    return new ChangeWait(idType, id, options & (WEXITED | WSTOPPED | WCONTINUED));
  }

  /** A descriptor that becomes readable when the process ends. */
  public static int pidfdOpen(int pid, int flags) {
    try (Scratch s = Scratch.take()) {
      int fd = (int) SYSCALL.call(s, SYS_PIDFD_OPEN, pid, flags);
      if (fd == -1) {
        throw new HostException(s.errno(), "pidfd_open");
      }
      return Fd.made(fd);
    }
  }

  public static void pidfdSendSignal(int pidfd, int signal) {
    try (Scratch s = Scratch.take()) {
      if ((int) SYSCALL.call(s, SYS_PIDFD_SEND_SIGNAL, pidfd, signal, 0, 0) == -1) {
        throw new HostException(s.errno(), "pidfd_send_signal");
      }
    }
  }

  /** The process that a pidfd, or an open folder of /proc, stands for; -1 if it is neither. */
  public static int pidfdProcess(int fd) {
    String name = Integer.toString(fd);
    try {
      String info = text(HostFiles.readAll(ascii("/proc/self/fdinfo/" + name)));
      int at = info.indexOf("\nPid:");
      if (at >= 0) {
        return Integer.parseInt(info.substring(at + 5, info.indexOf('\n', at + 1)).trim());
      }
      String target = text(HostFiles.readlink(OpenFlags.AT_FDCWD, ascii("/proc/self/fd/" + name)));
      return target.startsWith("/proc/") ? Integer.parseInt(target.substring(6)) : -1;
    } catch (HostException | NumberFormatException neither) {
      return -1;
    }
  }

  private static byte[] ascii(String s) {
    return s.getBytes(StandardCharsets.US_ASCII);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Sends a signal to another process; for our own use {@code Signals.kill}. */
  public static void kill(int pid, int signal) {
    try (Scratch s = Scratch.take()) {
      KILL.callInt(s, pid, signal);
    }
  }

  public static void killpg(int group, int signal) {
    try (Scratch s = Scratch.take()) {
      KILLPG.callInt(s, group, signal);
    }
  }

  /**
   * A child's change of state. One child's end is watched through a pidfd, everything else by a
   * blocking waitid in the pool. Close it after use.
   *
   * <p>Invariant: at most one of {@code ready} and {@code call} is in use; all fields belong to the
   * thread that waits.
   */
  public static final class ChangeWait implements Wait, AutoCloseable {
    private final int idType;
    private final int id;
    private final int options;
    private int pidfd = -1;
    private @Nullable Readiness ready;
    private @Nullable PoolCall<Integer> call;
    private @Nullable Runnable wake;

    private ChangeWait(int idType, int id, int options) {
      this.idType = idType;
      this.id = id;
      this.options = options;
    }

    /** True also when there is no such child: the caller's wait will say so. */
    @Override
    public boolean tryNow() {
      try {
        if (waitId(idType, id, options | WNOHANG | WNOWAIT) != null) {
          return true;
        }
      } catch (HostException e) {
        if (e.errno() != Errno.EINTR) {
          return true;
        }
      }
      armAgain();
      return false;
    }

    /** A change was reported but somebody else has consumed it. */
    private void armAgain() {
      Runnable w = wake;
      if (w == null) {
        return;
      }
      if (ready != null) {
        ready.tryNow();
      } else if (call != null && call.tryNow()) {
        submit(w);
      }
    }

    @Override
    public void arm(Runnable newWake) {
      wake = newWake;
      if (ready == null && call == null && options == WEXITED) {
        if (idType == P_PIDFD) {
          ready = Readiness.of(id, Fd.POLLIN);
        } else if (idType == P_PID) {
          openPidfd();
        }
      }
      if (ready != null) {
        ready.arm(newWake);
      } else if (call == null || call.tryNow()) {
        submit(newWake);
      } else {
        call.arm(newWake);
      }
    }

    private void submit(Runnable newWake) {
      PoolCall<Integer> pooled =
          BlockingPool.submit(
              () -> {
                waitId(idType, id, options | WNOWAIT);
                return 0;
              });
      call = pooled;
      pooled.arm(newWake);
    }

    private void openPidfd() {
      try {
        pidfd = Fd.hide(pidfdOpen(id, 0));
        ready = Readiness.of(pidfd, Fd.POLLIN);
      } catch (HostException unavailable) {
        // an old kernel, or no such process: the blocking call finds out
      }
    }

    @Override
    public void disarm() {
      wake = null;
      if (ready != null) {
        ready.disarm();
      }
      if (call != null) {
        call.disarm();
      }
    }

    @Override
    public void close() {
      if (pidfd >= 0) {
        Fd.closeHidden(pidfd);
        pidfd = -1;
      }
      ready = null;
      if (call != null && !call.tryNow()) {
        call.interrupt();
      }
      call = null;
    }
  }
}
