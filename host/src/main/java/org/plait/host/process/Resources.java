package org.plait.host.process;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.plait.host.Errno;
import org.plait.host.Fn;
import org.plait.host.HostException;
import org.plait.host.Platform;
import org.plait.host.Scratch;

/** What the process uses and may use: times, rusage, limits, priorities, processors. */
public final class Resources {
  public static final int RUSAGE_SELF = 0;
  public static final int RUSAGE_CHILDREN = -1;
  public static final int RUSAGE_THREAD = 1;

  static final int SIZEOF_RUSAGE = 144;

  /** Bytes of the processor sets we ask for: 8,192 processors. */
  private static final int CPU_SET = 1024;

  private static final int SYS_GETPRIORITY = Platform.AARCH64 ? 141 : 140;

  private static final Fn GETRUSAGE = new Fn("getrusage");
  private static final Fn PRLIMIT = new Fn("prlimit");
  private static final Fn TIMES = new Fn("times");
  private static final Fn SETPRIORITY = new Fn("setpriority");
  private static final Fn SYSCALL = new Fn("syscall");
  private static final Fn GETAFFINITY = new Fn("sched_getaffinity");
  private static final Fn SETAFFINITY = new Fn("sched_setaffinity");
  private static final Fn GETSCHEDULER = new Fn("sched_getscheduler");
  private static final Fn SETSCHEDULER = new Fn("sched_setscheduler");
  private static final Fn GETPARAM = new Fn("sched_getparam");
  private static final Fn SETPARAM = new Fn("sched_setparam");
  private static final Fn PRIORITY_MAX = new Fn("sched_get_priority_max");
  private static final Fn PRIORITY_MIN = new Fn("sched_get_priority_min");
  private static final Fn RR_INTERVAL = new Fn("sched_rr_get_interval");
  private static final Fn GETLOADAVG = new Fn("getloadavg");

  private Resources() {}

  /**
   * struct rusage. Times in microseconds.
   *
   * @param maxrss kilobytes
   */
  public record Usage(
      long utimeMicros,
      long stimeMicros,
      long maxrss,
      long ixrss,
      long idrss,
      long isrss,
      long minflt,
      long majflt,
      long nswap,
      long inblock,
      long oublock,
      long msgsnd,
      long msgrcv,
      long nsignals,
      long nvcsw,
      long nivcsw) {

    /** With so much time, in microseconds, divided between user and system as here. */
    public Usage withTime(long micros) {
      long all = Math.max(1, utimeMicros + stimeMicros);
      long system = (long) ((double) micros * stimeMicros / all);
      return new Usage(
          micros - system,
          system,
          maxrss,
          ixrss,
          idrss,
          isrss,
          minflt,
          majflt,
          nswap,
          inblock,
          oublock,
          msgsnd,
          msgrcv,
          nsignals,
          nvcsw,
          nivcsw);
    }

    static Usage of(Scratch s, int at) {
      long[] n = new long[14];
      for (int i = 0; i < 14; i++) {
        n[i] = s.getLong(at + 32 + 8 * i);
      }
      return new Usage(
          s.getLong(at) * 1_000_000 + s.getLong(at + 8),
          s.getLong(at + 16) * 1_000_000 + s.getLong(at + 24),
          n[0],
          n[1],
          n[2],
          n[3],
          n[4],
          n[5],
          n[6],
          n[7],
          n[8],
          n[9],
          n[10],
          n[11],
          n[12],
          n[13]);
    }
  }

  public static Usage getrusage(int who) {
    try (Scratch s = Scratch.take()) {
      int at = s.allocZero(SIZEOF_RUSAGE);
      GETRUSAGE.callInt(s, who, s.ptr(at));
      return Usage.of(s, at);
    }
  }

  /** Soft and hard limit; -1 is unlimited. */
  public static long[] getrlimit(int resource) {
    return prlimit(0, resource, null);
  }

  public static void setrlimit(int resource, long soft, long hard) {
    prlimit(0, resource, new long[] {soft, hard});
  }

  /** Gets the limits of a process (0 is ours) and sets new ones unless null. */
  public static long[] prlimit(int pid, int resource, long @Nullable [] limits) {
    try (Scratch s = Scratch.take()) {
      int old = s.allocZero(16);
      long set = 0;
      if (limits != null) {
        int at = s.alloc(16);
        s.putLong(at, limits[0]);
        s.putLong(at + 8, limits[1]);
        set = s.ptr(at);
      }
      PRLIMIT.callInt(s, pid, resource, set, s.ptr(old));
      return new long[] {s.getLong(old), s.getLong(old + 8)};
    }
  }

  /** {@code times}: user, system, children's user, children's system, elapsed; clock ticks. */
  public static long[] times() {
    try (Scratch s = Scratch.take()) {
      int at = s.allocZero(32);
      long elapsed = TIMES.callLong(s, s.ptr(at));
      return new long[] {
        s.getLong(at), s.getLong(at + 8), s.getLong(at + 16), s.getLong(at + 24), elapsed
      };
    }
  }

  /** The nice value; which is 0 process, 1 group, 2 user. */
  public static int getpriority(int which, int who) {
    try (Scratch s = Scratch.take()) {
      int r = (int) SYSCALL.call(s, SYS_GETPRIORITY, which, who);
      if (r == -1) {
        throw new HostException(s.errno(), "getpriority");
      }
      return 20 - r;
    }
  }

  public static void setpriority(int which, int who, int nice) {
    try (Scratch s = Scratch.take()) {
      SETPRIORITY.callInt(s, which, who, nice);
    }
  }

  /** Adds to our nice value and gives the new one. */
  public static int nice(int increment) {
    int wanted = Math.clamp(getpriority(0, 0) + (long) increment, -20, 19);
    try {
      setpriority(0, 0, wanted);
    } catch (HostException e) {
      throw new HostException(e.errno() == Errno.EACCES ? Errno.EPERM : e.errno(), "nice");
    }
    return getpriority(0, 0);
  }

  /** The processors a process may run on. */
  public static int[] getAffinity(int pid) {
    try (Scratch s = Scratch.take()) {
      int at = s.allocZero(CPU_SET);
      GETAFFINITY.callInt(s, pid, CPU_SET, s.ptr(at));
      BitSet set = BitSet.valueOf(s.getBytes(at, CPU_SET));
      return set.stream().toArray();
    }
  }

  public static void setAffinity(int pid, int... processors) {
    try (Scratch s = Scratch.take()) {
      int at = s.allocZero(CPU_SET);
      for (int cpu : processors) {
        if (cpu < 0 || cpu >= CPU_SET * 8) {
          throw new HostException(Errno.EINVAL, "sched_setaffinity");
        }
        s.putByte(at + cpu / 8, s.getByte(at + cpu / 8) | 1 << (cpu % 8));
      }
      SETAFFINITY.callInt(s, pid, CPU_SET, s.ptr(at));
    }
  }

  public static int getScheduler(int pid) {
    try (Scratch s = Scratch.take()) {
      return GETSCHEDULER.callInt(s, pid);
    }
  }

  public static void setScheduler(int pid, int policy, int priority) {
    try (Scratch s = Scratch.take()) {
      SETSCHEDULER.callInt(s, pid, policy, param(s, priority));
    }
  }

  /** The real-time priority of a process. */
  public static int getParam(int pid) {
    try (Scratch s = Scratch.take()) {
      int at = s.allocZero(16);
      GETPARAM.callInt(s, pid, s.ptr(at));
      return s.getInt(at);
    }
  }

  public static void setParam(int pid, int priority) {
    try (Scratch s = Scratch.take()) {
      SETPARAM.callInt(s, pid, param(s, priority));
    }
  }

  private static long param(Scratch s, int priority) {
    int at = s.allocZero(16);
    s.putInt(at, priority);
    return s.ptr(at);
  }

  public static int priorityMax(int policy) {
    try (Scratch s = Scratch.take()) {
      return PRIORITY_MAX.callInt(s, policy);
    }
  }

  public static int priorityMin(int policy) {
    try (Scratch s = Scratch.take()) {
      return PRIORITY_MIN.callInt(s, policy);
    }
  }

  /** The round-robin quantum, nanoseconds. */
  public static long rrInterval(int pid) {
    try (Scratch s = Scratch.take()) {
      int at = s.allocZero(16);
      RR_INTERVAL.callInt(s, pid, s.ptr(at));
      return s.getLong(at) * 1_000_000_000L + s.getLong(at + 8);
    }
  }

  /** Load of the last 1, 5 and 15 minutes. */
  public static double[] loadAverage() {
    try (Scratch s = Scratch.take()) {
      int at = s.allocZero(24);
      if ((int) GETLOADAVG.call(s, s.ptr(at), 3) != 3) {
        throw new HostException(Errno.EINVAL, "getloadavg");
      }
      double[] r = new double[3];
      for (int i = 0; i < 3; i++) {
        r[i] = Double.longBitsToDouble(s.getLong(at + 8 * i));
      }
      return r;
    }
  }
}
