package org.plait.host.time;

import java.time.Instant;
import org.plait.host.Fn;
import org.plait.host.HostException;
import org.plait.host.Native;
import org.plait.host.Scratch;

/**
 * Clocks, in nanoseconds. The wall clock and the monotonic clock come from the JDK, which reads the
 * same kernel clocks without a downcall.
 */
public final class Clocks {
  public static final int CLOCK_REALTIME = 0;
  public static final int CLOCK_MONOTONIC = 1;
  public static final int CLOCK_PROCESS_CPUTIME_ID = 2;
  public static final int CLOCK_THREAD_CPUTIME_ID = 3;
  public static final int CLOCK_MONOTONIC_RAW = 4;
  public static final int CLOCK_BOOTTIME = 7;
  public static final int CLOCK_TAI = 11;

  private static final Fn GETTIME = new Fn("clock_gettime");
  private static final Fn GETRES = new Fn("clock_getres");
  private static final Fn SETTIME = new Fn("clock_settime");
  private static final Fn CPUCLOCKID = new Fn("pthread_getcpuclockid");
  private static final Fn SELF = new Fn("pthread_self");

  private Clocks() {}

  /** Nanoseconds since 1970, UTC. */
  public static long time() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  /** CLOCK_MONOTONIC: never goes back; the same count as {@code System.nanoTime}. */
  public static long monotonic() {
    return System.nanoTime();
  }

  /** User and system time of the whole process, the JVM's own threads included. */
  public static long processTime() {
    return get(CLOCK_PROCESS_CPUTIME_ID);
  }

  /** Whether that costs no more than a call, as the C library has been called already. */
  public static boolean isProcessTimeCheap() {
    return Native.isLoaded();
  }

  /**
   * CPU time of the carrier thread the caller is on. A virtual thread that changed carriers in
   * between compares times of different threads; {@code sched.CpuClock} counts per virtual thread.
   */
  public static long carrierTime() {
    return get(CLOCK_THREAD_CPUTIME_ID);
  }

  /** Any clock, nanoseconds. */
  public static long get(int clock) {
    if (clock == CLOCK_REALTIME) {
      return time();
    }
    if (clock == CLOCK_MONOTONIC) {
      return monotonic();
    }
    try (Scratch s = Scratch.take()) {
      int at = s.alloc(16);
      GETTIME.callInt(s, clock, s.ptr(at));
      return s.getLong(at) * 1_000_000_000L + s.getLong(at + 8);
    }
  }

  /** The resolution of a clock, nanoseconds. */
  public static long resolution(int clock) {
    try (Scratch s = Scratch.take()) {
      int at = s.alloc(16);
      GETRES.callInt(s, clock, s.ptr(at));
      return s.getLong(at) * 1_000_000_000L + s.getLong(at + 8);
    }
  }

  /** Sets a clock, where the process may. */
  public static void set(int clock, long nanos) {
    try (Scratch s = Scratch.take()) {
      int at = s.alloc(16);
      s.putLong(at, Math.floorDiv(nanos, 1_000_000_000L));
      s.putLong(at + 8, Math.floorMod(nanos, 1_000_000_000L));
      SETTIME.callInt(s, clock, s.ptr(at));
    }
  }

  /** The id of the CPU clock of the carrier thread the caller is on. */
  public static int carrierClockId() {
    try (Scratch s = Scratch.take()) {
      int at = s.alloc(4);
      int errno = (int) CPUCLOCKID.call(s, SELF.call(s), s.ptr(at));
      if (errno != 0) {
        throw new HostException(errno, "pthread_getcpuclockid");
      }
      return s.getInt(at);
    }
  }
}
