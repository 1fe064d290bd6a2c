package org.plait.host.process;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.plait.host.Errno;
import org.plait.host.Fn;
import org.plait.host.HostException;
import org.plait.host.Native;
import org.plait.host.Scratch;

/**
 * Who we are: process, group, session, user and group ids. The set calls change all threads, as the
 * C library makes them.
 */
public final class Ids {
  private static final Fn GETPID = new Fn("getpid");
  private static final Fn GETPPID = new Fn("getppid");
  private static final Fn GETUID = new Fn("getuid");
  private static final Fn GETEUID = new Fn("geteuid");
  private static final Fn GETGID = new Fn("getgid");
  private static final Fn GETEGID = new Fn("getegid");
  private static final Fn GETTID = new Fn("gettid");
  private static final Fn SETUID = new Fn("setuid");
  private static final Fn SETEUID = new Fn("seteuid");
  private static final Fn SETGID = new Fn("setgid");
  private static final Fn SETEGID = new Fn("setegid");
  private static final Fn SETREUID = new Fn("setreuid");
  private static final Fn SETREGID = new Fn("setregid");
  private static final Fn GETRESUID = new Fn("getresuid");
  private static final Fn GETRESGID = new Fn("getresgid");
  private static final Fn SETRESUID = new Fn("setresuid");
  private static final Fn SETRESGID = new Fn("setresgid");
  private static final Fn GETGROUPS = new Fn("getgroups");
  private static final Fn SETGROUPS = new Fn("setgroups");
  private static final Fn INITGROUPS = new Fn("initgroups");
  private static final Fn GETGROUPLIST = new Fn("getgrouplist");
  private static final Fn GETPGRP = new Fn("getpgrp");
  private static final Fn GETPGID = new Fn("getpgid");
  private static final Fn SETPGID = new Fn("setpgid");
  private static final Fn GETSID = new Fn("getsid");
  private static final Fn SETSID = new Fn("setsid");
  private static final Fn UNSHARE = new Fn("unshare");
  private static final Fn SETNS = new Fn("setns");

  /** 0 until it is known. */
  private static volatile int pid;

  private Ids() {}

  private static int plain(Fn fn) {
    try (Scratch s = Scratch.take()) {
      return (int) fn.call(s);
    }
  }

  private static void set(Fn fn, long a, long b, long c) {
    try (Scratch s = Scratch.take()) {
      fn.callInt(s, a, b, c);
    }
  }

  /** One number of /proc/self/status, or -1; used before the C library is loaded. */
  private static int early(String key, int column) {
    if (Native.isLoaded()) {
      return -1;
    }
    String line = statusLine(key);
    if (line == null) {
      return -1;
    }
    String[] fields = line.trim().split("\\s+", -1);
    try {
      return column < fields.length ? Integer.parseInt(fields[column]) : -1;
    } catch (NumberFormatException tooLarge) {
      return -1;
    }
  }

  /** What stands behind a key in /proc/self/status. */
  public static @Nullable String statusLine(String key) {
    return statusLines(key)[0];
  }

  /** What stands behind some keys in /proc/self/status, read once; null for one that is missing. */
  public static @Nullable String[] statusLines(String... keys) {
    @Nullable String[] found = new @Nullable String[keys.length];
    try (FileInputStream in = new FileInputStream("/proc/self/status")) {
      String all = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
      for (int i = 0; i < keys.length; i++) {
        int at = all.indexOf("\n".concat(keys[i]).concat(":"));
        if (at >= 0) {
          found[i] = all.substring(at + keys[i].length() + 2, all.indexOf('\n', at + 1));
        }
      }
    } catch (IOException noProc) {
      // all stay null
    }
    return found;
  }

  /** The process's id. It never changes, as a JVM can't fork. */
  public static int getpid() {
    int known = pid;
    if (known == 0) {
      int early = early("Tgid", 0);
      known = early > 0 ? early : plain(GETPID);
      pid = known;
    }
    return known;
  }

  public static int getppid() {
    int early = early("PPid", 0);
    return early > 0 ? early : plain(GETPPID);
  }

  /** The real user id; unsigned 32 bits in an int. */
  public static int getuid() {
    int early = early("Uid", 0);
    return early >= 0 ? early : plain(GETUID);
  }

  public static int geteuid() {
    int early = early("Uid", 1);
    return early >= 0 ? early : plain(GETEUID);
  }

  public static int getgid() {
    int early = early("Gid", 0);
    return early >= 0 ? early : plain(GETGID);
  }

  public static int getegid() {
    int early = early("Gid", 1);
    return early >= 0 ? early : plain(GETEGID);
  }

  /** The kernel's id of the carrier thread the caller is on. */
  public static int carrierThreadId() {
    return plain(GETTID);
  }

  public static void setuid(int uid) {
    set(SETUID, uid, 0, 0);
  }

  public static void seteuid(int uid) {
    set(SETEUID, uid, 0, 0);
  }

  public static void setgid(int gid) {
    set(SETGID, gid, 0, 0);
  }

  public static void setegid(int gid) {
    set(SETEGID, gid, 0, 0);
  }

  public static void setreuid(int ruid, int euid) {
    set(SETREUID, ruid, euid, 0);
  }

  public static void setregid(int rgid, int egid) {
    set(SETREGID, rgid, egid, 0);
  }

  public static void setresuid(int ruid, int euid, int suid) {
    set(SETRESUID, ruid, euid, suid);
  }

  public static void setresgid(int rgid, int egid, int sgid) {
    set(SETRESGID, rgid, egid, sgid);
  }

  /** Real, effective and saved user id. */
  public static int[] getresuid() {
    return three(GETRESUID);
  }

  /** Real, effective and saved group id. */
  public static int[] getresgid() {
    return three(GETRESGID);
  }

  private static int[] three(Fn fn) {
    try (Scratch s = Scratch.take()) {
      int at = s.alloc(12);
      fn.callInt(s, s.ptr(at), s.ptr(at + 4), s.ptr(at + 8));
      return new int[] {s.getInt(at), s.getInt(at + 4), s.getInt(at + 8)};
    }
  }

  public static int[] getgroups() {
    while (true) {
      try (Scratch s = Scratch.take()) {
        int n = GETGROUPS.callInt(s, 0, 0);
        try (Scratch t = Scratch.take(4L * n)) {
          int at = t.alloc(4 * Math.max(1, n));
          int got = (int) GETGROUPS.call(t, n, t.ptr(at));
          if (got >= 0) {
            return ints(t, at, got);
          }
          if (t.errno() != Errno.EINVAL) {
            throw new HostException(t.errno(), "getgroups");
          }
        }
      }
    }
  }

  public static void setgroups(int... groups) {
    try (Scratch s = Scratch.take(4L * groups.length)) {
      int at = s.alloc(4 * groups.length);
      for (int i = 0; i < groups.length; i++) {
        s.putInt(at + 4 * i, groups[i]);
      }
      SETGROUPS.callInt(s, groups.length, s.ptr(at));
    }
  }

  public static void initgroups(byte[] user, int gid) {
    try (Scratch s = Scratch.take(user.length)) {
      INITGROUPS.callInt(s, s.cstr(user), gid);
    }
  }

  /** The groups a user belongs to, {@code gid} among them. */
  public static int[] getgrouplist(byte[] user, int gid) {
    for (int max = 128; ; max *= 4) {
      try (Scratch s = Scratch.take(4L * max + user.length)) {
        int count = s.alloc(4);
        int at = s.alloc(4 * max);
        s.putInt(count, max);
        if ((int) GETGROUPLIST.call(s, s.cstr(user), gid, s.ptr(at), s.ptr(count)) != -1) {
          return ints(s, at, s.getInt(count));
        }
        if (max > 1 << 20) {
          throw new HostException(Errno.ENOMEM, "getgrouplist");
        }
      }
    }
  }

  private static int[] ints(Scratch s, int at, int n) {
    int[] r = new int[n];
    for (int i = 0; i < n; i++) {
      r[i] = s.getInt(at + 4 * i);
    }
    return r;
  }

  public static int getpgrp() {
    return plain(GETPGRP);
  }

  public static int getpgid(int pid) {
    try (Scratch s = Scratch.take()) {
      return GETPGID.callInt(s, pid);
    }
  }

  public static void setpgid(int pid, int group) {
    set(SETPGID, pid, group, 0);
  }

  public static int getsid(int pid) {
    try (Scratch s = Scratch.take()) {
      return GETSID.callInt(s, pid);
    }
  }

  public static int setsid() {
    try (Scratch s = Scratch.take()) {
      return SETSID.callInt(s);
    }
  }

  /** unshare, for the calling carrier thread only where Linux keeps the thing per thread. */
  public static void unshare(int flags) {
    set(UNSHARE, flags, 0, 0);
  }

  public static void setns(int fd, int type) {
    set(SETNS, fd, type, 0);
  }
}
