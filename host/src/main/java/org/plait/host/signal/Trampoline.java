package org.plait.host.signal;

import java.nio.ByteBuffer;
import org.plait.host.Fn;
import org.plait.host.HostException;
import org.plait.host.Platform;
import org.plait.host.Scratch;
import org.plait.host.file.Fd;

/**
 * The handler of all signals that the program catches: a few instructions of our own that write the
 * {@code siginfo_t} into a pipe and return. Nothing of the JVM runs in it, so it is safe at any
 * instant, works for signals the JVM can't dispatch (SIGQUIT, the real-time ones), and keeps who
 * sent the signal. One platform thread reads the pipe.
 *
 * <p>Invariant: the code page, the pipe and the thread live as long as the process.
 */
final class Trampoline {
  /** Bytes of siginfo_t; a pipe takes it in one piece. */
  private static final int SIZEOF_SIGINFO = 128;

  private static final int O_CLOEXEC = 0x80000;
  private static final int O_NONBLOCK = 0x800;
  private static final int PAGE = 65536; // a multiple of every page size

  private static final Fn MMAP = new Fn("mmap");
  private static final Fn MPROTECT = new Fn("mprotect");
  private static final int SIG_UNBLOCK = 1;
  private static final int SIZEOF_SIGSET = 128;

  private static final Fn SIGMASK = new Fn("pthread_sigmask");
  private static final Fn READ = new Fn("read");

  /** The address for sigaction with SA_SIGINFO. */
  static final long ADDRESS;

  private static final int READ_END;

  static {
    int[] pipe = Fd.pipe2(O_CLOEXEC);
    READ_END = Fd.hide(pipe[0]);
    Fd.hide(pipe[1]);
    // the handler must never block, its reader should
    Fd.fcntl(pipe[1], Fd.F_SETFL, O_NONBLOCK | 1);
    try (Scratch s = Scratch.take()) {
      long page = MMAP.call(s, 0, PAGE, 3, 0x22, -1, 0);
      if (page == -1) {
        throw new HostException(s.errno(), "mmap");
      }
      ByteBuffer code = Scratch.at(page, 64);
      if (Platform.AARCH64) {
        arm(code, pipe[1]);
      } else {
        intel(code, pipe[1]);
      }
      MPROTECT.callInt(s, page, PAGE, 5);
      ADDRESS = page;
    }
    Thread.ofPlatform().daemon().name("plait-signals").unstarted(Trampoline::read).start();
  }

  private Trampoline() {}

  /** write(fd, info, 128); the second argument of the handler is that of write already. */
  private static void intel(ByteBuffer code, int fd) {
    code.put((byte) 0xbf).putInt(fd); // mov edi, fd
    code.put((byte) 0xba).putInt(SIZEOF_SIGINFO); // mov edx, 128
    code.put((byte) 0xb8).putInt(1); // mov eax, SYS_write
    code.put((byte) 0x0f).put((byte) 0x05); // syscall
    code.put((byte) 0xc3); // ret
  }

  private static void arm(ByteBuffer code, int fd) {
    code.putInt(0x52800000 | (fd & 0xffff) << 5); // movz w0, fd
    code.putInt(0x72a00000 | (fd >>> 16) << 5); // movk w0, fd >> 16, lsl 16
    code.putInt(0xd2800002 | SIZEOF_SIGINFO << 5); // movz x2, 128
    code.putInt(0xd2800008 | 64 << 5); // movz x8, SYS_write
    code.putInt(0xd4000001); // svc 0
    code.putInt(0xd65f03c0); // ret
  }

  /** Lets the kernel deliver to this thread what all others have blocked since the start. */
  private static void unblockInherited(Scratch s) {
    if (Signals.INHERITED_MASK != 0) {
      int set = s.allocZero(SIZEOF_SIGSET);
      s.putLong(set, Signals.INHERITED_MASK);
      SIGMASK.call(s, SIG_UNBLOCK, s.ptr(set), 0);
    }
  }

  private static void read() {
    try (Scratch s = Scratch.take()) {
      unblockInherited(s);
      int at = s.alloc(SIZEOF_SIGINFO);
      while (true) {
        // blocks this platform thread
        if (READ.call(s, READ_END, s.ptr(at), SIZEOF_SIGINFO) == SIZEOF_SIGINFO) {
          Signals.arrived(
              new SigInfo(
                  s.getInt(at),
                  s.getInt(at + 8),
                  s.getInt(at + 4),
                  s.getInt(at + 16),
                  s.getInt(at + 20),
                  s.getInt(at + 24),
                  s.getLong(at + 16)));
        }
      }
    }
  }
}
