package org.plait.host.tty;

import org.plait.host.Errno;
import org.plait.host.Fn;
import org.plait.host.HostException;
import org.plait.host.Scratch;
import org.plait.host.file.Fcntl;
import org.plait.host.file.Fd;
import org.plait.host.file.HostFiles;
import org.plait.host.file.OpenFlags;
import org.plait.host.process.Ids;

/**
 * Terminals. {@link #drain}, and {@link #setAttributes} when it waits for output, can block while
 * the other side doesn't read: run them through {@code SlowCalls.run} where that matters.
 */
public final class Terminal {
  public static final int TCSANOW = 0;
  public static final int TCSADRAIN = 1;
  public static final int TCSAFLUSH = 2;
  public static final int TIOCSCTTY = 0x540e;
  public static final int TIOCGWINSZ = 0x5413;
  public static final int TIOCSWINSZ = 0x5414;

  /** Control characters, NCCS. */
  public static final int NCCS = 32;

  private static final int SIZEOF_TERMIOS = 64;

  private static final Fn TCGETATTR = new Fn("tcgetattr");
  private static final Fn TCSETATTR = new Fn("tcsetattr");
  private static final Fn CFGETISPEED = new Fn("cfgetispeed");
  private static final Fn CFGETOSPEED = new Fn("cfgetospeed");
  private static final Fn CFSETISPEED = new Fn("cfsetispeed");
  private static final Fn CFSETOSPEED = new Fn("cfsetospeed");
  private static final Fn TCSENDBREAK = new Fn("tcsendbreak");
  private static final Fn TCDRAIN = new Fn("tcdrain");
  private static final Fn TCFLUSH = new Fn("tcflush");
  private static final Fn TCFLOW = new Fn("tcflow");
  private static final Fn TCGETPGRP = new Fn("tcgetpgrp");
  private static final Fn TCSETPGRP = new Fn("tcsetpgrp");
  private static final Fn OPENPT = new Fn("posix_openpt");
  private static final Fn GRANTPT = new Fn("grantpt");
  private static final Fn UNLOCKPT = new Fn("unlockpt");
  private static final Fn PTSNAME = new Fn("ptsname_r");

  private Terminal() {}

  /** struct termios; speeds as the B constants, {@code cc} of NCCS bytes. */
  public record Attributes(
      int iflag, int oflag, int cflag, int lflag, int ispeed, int ospeed, byte[] cc) {}

  public static Attributes getAttributes(int fd) {
    try (Scratch s = Scratch.take()) {
      int at = s.allocZero(SIZEOF_TERMIOS);
      TCGETATTR.callInt(s, fd, s.ptr(at));
      return new Attributes(
          s.getInt(at),
          s.getInt(at + 4),
          s.getInt(at + 8),
          s.getInt(at + 12),
          (int) CFGETISPEED.call(s, s.ptr(at)),
          (int) CFGETOSPEED.call(s, s.ptr(at)),
          s.getBytes(at + 17, NCCS));
    }
  }

  /** Sets the attributes now or after output (TCSADRAIN), perhaps dropping input (TCSAFLUSH). */
  public static void setAttributes(int fd, int when, Attributes a) {
    try (Scratch s = Scratch.take()) {
      int at = s.allocZero(SIZEOF_TERMIOS);
      TCGETATTR.callInt(s, fd, s.ptr(at)); // for the parts that have no name
      s.putInt(at, a.iflag());
      s.putInt(at + 4, a.oflag());
      s.putInt(at + 8, a.cflag());
      s.putInt(at + 12, a.lflag());
      for (int i = 0; i < NCCS && i < a.cc().length; i++) {
        s.putByte(at + 17 + i, a.cc()[i]);
      }
      CFSETISPEED.callInt(s, s.ptr(at), a.ispeed());
      CFSETOSPEED.callInt(s, s.ptr(at), a.ospeed());
      TCSETATTR.callInt(s, fd, when, s.ptr(at));
    }
  }

  public static void sendBreak(int fd, int duration) {
    try (Scratch s = Scratch.take()) {
      TCSENDBREAK.callInt(s, fd, duration);
    }
  }

  /** Waits until all output has gone. */
  public static void drain(int fd) {
    try (Scratch s = Scratch.take()) {
      TCDRAIN.callInt(s, fd);
    }
  }

  public static void flush(int fd, int queue) {
    try (Scratch s = Scratch.take()) {
      TCFLUSH.callInt(s, fd, queue);
    }
  }

  public static void flow(int fd, int action) {
    try (Scratch s = Scratch.take()) {
      TCFLOW.callInt(s, fd, action);
    }
  }

  /** {rows, columns}. */
  public static int[] getWindowSize(int fd) {
    byte[] size = new byte[8];
    Fcntl.ioctl(fd, TIOCGWINSZ, size);
    return new int[] {
      (size[0] & 0xff) | (size[1] & 0xff) << 8, (size[2] & 0xff) | (size[3] & 0xff) << 8
    };
  }

  public static void setWindowSize(int fd, int rows, int columns) {
    byte[] size = new byte[8];
    Fcntl.ioctl(fd, TIOCGWINSZ, size);
    size[0] = (byte) rows;
    size[1] = (byte) (rows >> 8);
    size[2] = (byte) columns;
    size[3] = (byte) (columns >> 8);
    Fcntl.ioctl(fd, TIOCSWINSZ, size);
  }

  public static int getForegroundGroup(int fd) {
    try (Scratch s = Scratch.take()) {
      return TCGETPGRP.callInt(s, fd);
    }
  }

  public static void setForegroundGroup(int fd, int group) {
    try (Scratch s = Scratch.take()) {
      TCSETPGRP.callInt(s, fd, group);
    }
  }

  /** Opens a pseudo terminal: {master, slave}, not inherited by children. */
  public static int[] openpty() {
    int master = openpt(OpenFlags.O_RDWR | OpenFlags.O_NOCTTY | OpenFlags.O_CLOEXEC);
    try {
      grantpt(master);
      unlockpt(master);
      int flags = OpenFlags.O_RDWR | OpenFlags.O_NOCTTY | OpenFlags.O_CLOEXEC;
      return new int[] {master, HostFiles.open(ptsname(master), flags, 0)};
    } catch (HostException e) {
      Fd.close(master);
      throw e;
    }
  }

  public static int openpt(int flags) {
    try (Scratch s = Scratch.take()) {
      return Fd.made(OPENPT.callInt(s, flags));
    }
  }

  public static void grantpt(int master) {
    try (Scratch s = Scratch.take()) {
      GRANTPT.callInt(s, master);
    }
  }

  public static void unlockpt(int master) {
    try (Scratch s = Scratch.take()) {
      UNLOCKPT.callInt(s, master);
    }
  }

  /** The name of a pseudo terminal's other side. */
  public static byte[] ptsname(int master) {
    try (Scratch s = Scratch.take()) {
      int at = s.allocZero(256);
      int r = (int) PTSNAME.call(s, master, s.ptr(at), 256);
      if (r != 0) {
        throw new HostException(s.errno() == 0 ? Errno.ENOTTY : s.errno(), "ptsname");
      }
      return s.getString(at, 256);
    }
  }

  /** Makes the terminal ours, in a new session, and our 0, 1 and 2; closes {@code fd}. */
  public static void loginTty(int fd) {
    Ids.setsid();
    Fcntl.ioctl(fd, TIOCSCTTY, 0);
    for (int i = 0; i < 3; i++) {
      Fd.dup2(fd, i, true);
    }
    if (fd > 2) {
      Fd.close(fd);
    }
  }
}
