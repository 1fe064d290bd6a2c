package org.plait.host.process;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.plait.host.Errno;
import org.plait.host.Fn;
import org.plait.host.HostException;
import org.plait.host.Native;
import org.plait.host.Scratch;
import org.plait.host.file.HostFiles;
import org.plait.host.file.OpenFlags;

/** The system and the running program: names, limits, command line, randomness. */
public final class SysInfo {
  private static final int UTSNAME_FIELD = 65;

  private static final Fn UNAME = new Fn("uname");
  private static final Fn SYSCONF = new Fn("sysconf");
  private static final Fn PATHCONF = new Fn("pathconf");
  private static final Fn FPATHCONF = new Fn("fpathconf");
  private static final Fn CONFSTR = new Fn("confstr");
  private static final Fn GETRANDOM = new Fn("getrandom");
  private static final Fn SETHOSTNAME = new Fn("sethostname");
  private static final Fn EXIT = new Fn("_exit");
  private static final Fn ABORT = new Fn("abort");
  private static final Fn STRSIGNAL = new Fn("strsignal");

  private SysInfo() {}

  /** struct utsname. */
  public record Uname(
      byte[] sysname, byte[] nodename, byte[] release, byte[] version, byte[] machine) {}

  public static Uname uname() {
    try (Scratch s = Scratch.take()) {
      int at = s.allocZero(6 * UTSNAME_FIELD);
      UNAME.callInt(s, s.ptr(at));
      byte[][] f = new byte[5][];
      for (int i = 0; i < 5; i++) {
        f[i] = s.getString(at + i * UTSNAME_FIELD, UTSNAME_FIELD);
      }
      return new Uname(f[0], f[1], f[2], f[3], f[4]);
    }
  }

  public static byte[] hostname() {
    return uname().nodename();
  }

  public static void setHostname(byte[] name) {
    try (Scratch s = Scratch.take(name.length)) {
      int at = s.put(name, 0, name.length);
      SETHOSTNAME.callInt(s, s.ptr(at), name.length);
    }
  }

  /** A system limit; -1 when there is none. */
  public static long sysconf(int name) {
    try (Scratch s = Scratch.take()) {
      return limit(s, SYSCONF, name, 0);
    }
  }

  public static long pathconf(byte[] path, int name) {
    try (Scratch s = Scratch.take(path.length)) {
      return limit(s, PATHCONF, s.cstr(path), name);
    }
  }

  public static long fpathconf(int fd, int name) {
    try (Scratch s = Scratch.take()) {
      return limit(s, FPATHCONF, fd, name);
    }
  }

  private static long limit(Scratch s, Fn fn, long a, long b) {
    s.clearErrno();
    long r = fn.call(s, a, b);
    if (r == -1 && s.errno() != 0) {
      throw new HostException(s.errno(), fn.name());
    }
    return r;
  }

  /** A configuration string; empty when it has no value. */
  public static byte[] confstr(int name) {
    try (Scratch s = Scratch.take()) {
      s.clearErrno();
      int at = s.alloc(8192);
      long n = CONFSTR.call(s, name, s.ptr(at), 8192);
      if (n == 0 && s.errno() != 0) {
        throw new HostException(s.errno(), "confstr");
      }
      return n == 0 ? new byte[0] : s.getString(at, 8192);
    }
  }

  /** {@code getrandom} with flags: perhaps fewer bytes than asked for. */
  public static byte[] getrandom(int length, int flags) {
    try (Scratch s = Scratch.take(length)) {
      int at = s.alloc(length);
      int n = (int) GETRANDOM.callLong(s, s.ptr(at), length, flags);
      return s.getBytes(at, n);
    }
  }

  /** Random bytes for any use; before the C library is loaded they come from /dev/urandom. */
  public static byte[] random(int length) {
    if (!Native.isLoaded()) {
      try (FileInputStream in = new FileInputStream("/dev/urandom")) {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length == length) {
          return bytes;
        }
      } catch (IOException noDevice) {
        // the system call needs no device
      }
    }
    byte[] bytes = new byte[length];
    int n = 0;
    while (n < length) {
      byte[] part = getrandom(Math.min(length - n, 1 << 20), 0);
      System.arraycopy(part, 0, bytes, n, part.length);
      n += part.length;
    }
    return bytes;
  }

  /** The file this process runs: the JVM's launcher. */
  public static byte[] executable() {
    return HostFiles.readlink(
        OpenFlags.AT_FDCWD, "/proc/self/exe".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  /** The arguments of the process as the kernel has them, byte for byte. */
  public static List<byte[]> commandLine() {
    List<byte[]> all = new ArrayList<>();
    try (FileInputStream in = new FileInputStream("/proc/self/cmdline")) {
      byte[] block = in.readAllBytes();
      int start = 0;
      for (int i = 0; i < block.length; i++) {
        if (block[i] == 0) {
          all.add(java.util.Arrays.copyOfRange(block, start, i));
          start = i + 1;
        }
      }
    } catch (IOException noProc) {
      throw new HostException(Errno.ENOENT, "/proc/self/cmdline", noProc);
    }
    return all;
  }

  /** The C library's text for a signal, such as "Terminated". */
  public static byte[] strsignal(int signal) {
    try (Scratch s = Scratch.take()) {
      CLocale.ensure();
      return Scratch.stringAt(STRSIGNAL.call(s, signal));
    }
  }

  /** Ends the process at once, without any hook. */
  public static void exitNow(int status) {
    if (!Native.isLoaded()) {
      Runtime.getRuntime().halt(status);
    }
    try (Scratch s = Scratch.take()) {
      EXIT.call(s, status);
    }
  }

  /** Ends the process by SIGABRT. */
  public static void abort() {
    try (Scratch s = Scratch.take()) {
      ABORT.call(s);
    }
  }
}
