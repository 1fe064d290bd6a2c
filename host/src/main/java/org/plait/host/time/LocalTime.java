package org.plait.host.time;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.plait.host.Errno;
import org.plait.host.Fn;
import org.plait.host.HostException;
import org.plait.host.Native;
import org.plait.host.Scratch;
import org.plait.host.process.CLocale;
import org.plait.host.process.Env;

/**
 * Time of day where we are, as the C library computes it from {@code TZ}: its rules, its names and
 * its strftime are what programs expect to the letter.
 *
 * <p>{@code TZ} of our own environment is handed to the C library by the first call and by {@link
 * #tzset}, under this class's monitor. Invariant: {@code ZONES} maps an address of the C library's
 * zone names, which it never frees, to the text there.
 */
public final class LocalTime {
  private static final int SIZEOF_TM = 56;
  private static final long YEAR = (365 * 24 + 6) * 3600L;

  private static final Fn LOCALTIME = new Fn("localtime_r");
  private static final Fn GMTIME = new Fn("gmtime_r");
  private static final Fn MKTIME = new Fn("mktime");
  private static final Fn STRFTIME = new Fn("strftime");
  private static final Fn TZSET = new Fn("tzset");
  private static final Fn SETENV = new Fn("setenv");
  private static final Fn UNSETENV = new Fn("unsetenv");

  private static final ConcurrentHashMap<Long, String> ZONES = new ConcurrentHashMap<>();

  /** The part that needs the C library, set up by its first use. */
  private static final class Setup {
    static {
      CLocale.ensure();
      applyZone();
    }

    static void ensure() {}
  }

  private LocalTime() {}

  /**
   * The standard and the summer time of the year as {@code time.tzname} and its like have them.
   *
   * @param timezone seconds west of UTC, standard time
   * @param altzone seconds west of UTC, summer time
   * @param daylight whether they differ
   */
  public record Zone(
      long timezone, long altzone, boolean daylight, String standardName, String summerName) {}

  /** Takes {@code TZ} from our environment, as {@code tzset} does. */
  public static void tzset() {
    Setup.ensure();
    applyZone();
  }

  private static synchronized void applyZone() {
    String tz = Env.get("TZ");
    try (Scratch s = Scratch.take()) {
      long name = s.cstr("TZ".getBytes(StandardCharsets.US_ASCII));
      if (tz == null) {
        UNSETENV.call(s, name);
      } else {
        SETENV.call(s, name, s.cstr(tz.getBytes(StandardCharsets.ISO_8859_1)), 1);
      }
      TZSET.call(s);
    }
  }

  /** The zone in force this year. Doesn't load the C library when it is plainly UTC. */
  public static Zone zone() {
    if (!Native.isLoaded() && plainlyUtc()) {
      return new Zone(0, 0, false, "UTC", "UTC");
    }
    long now = Clocks.time() / 1_000_000_000L;
    Tm january = localtime(now - now % YEAR);
    Tm july = localtime(now - now % YEAR + YEAR / 2);
    String januaryName = name(january);
    String julyName = name(july);
    if (january.gmtoff() > july.gmtoff()) { // the southern half of the world
      return new Zone(-july.gmtoff(), -january.gmtoff(), true, julyName, januaryName);
    }
    return new Zone(
        -january.gmtoff(),
        -july.gmtoff(),
        january.gmtoff() != july.gmtoff(),
        januaryName,
        julyName);
  }

  private static String name(Tm tm) {
    return tm.zone() == null ? "   " : tm.zone();
  }

  private static boolean plainlyUtc() {
    String tz = Env.get("TZ");
    if (tz != null) {
      return tz.equals("UTC") || tz.equals("UTC0") || tz.isEmpty();
    }
    Path local = Path.of("/etc/localtime");
    try {
      String target = Files.readSymbolicLink(local).toString();
      return target.endsWith("/UTC") || target.endsWith("/Universal");
    } catch (java.io.IOException noLink) {
      return Files.notExists(local);
    }
  }

  /**
   * Local time of a moment.
   *
   * @param seconds since 1970, UTC
   * @throws HostException EOVERFLOW when the year doesn't fit
   */
  public static Tm localtime(long seconds) {
    Setup.ensure();
    return broken(LOCALTIME, seconds);
  }

  /** UTC of a moment; EOVERFLOW when the year doesn't fit. */
  public static Tm gmtime(long seconds) {
    return broken(GMTIME, seconds);
  }

  private static Tm broken(Fn fn, long seconds) {
    try (Scratch s = Scratch.take()) {
      int clock = s.alloc(8);
      int at = s.allocZero(SIZEOF_TM);
      s.putLong(clock, seconds);
      if (fn.call(s, s.ptr(clock), s.ptr(at)) == 0) {
        throw new HostException(s.errno() == 0 ? Errno.EINVAL : s.errno(), fn.name());
      }
      return new Tm(
          Math.addExact(s.getInt(at + 20), 1900),
          s.getInt(at + 16),
          s.getInt(at + 12),
          s.getInt(at + 8),
          s.getInt(at + 4),
          s.getInt(at),
          s.getInt(at + 24),
          s.getInt(at + 28),
          s.getInt(at + 32),
          s.getLong(at + 40),
          zoneName(s.getLong(at + 48)));
    } catch (ArithmeticException yearTooLarge) {
      throw new HostException(Errno.EOVERFLOW, fn.name());
    }
  }

  private static @Nullable String zoneName(long address) {
    if (address == 0) {
      return null;
    }
    String known = ZONES.get(address);
    if (known == null) {
      known = new String(Scratch.stringAt(address), StandardCharsets.ISO_8859_1);
      ZONES.put(address, known);
    }
    return known;
  }

  private static int put(Scratch s, Tm tm) {
    int at = s.allocZero(SIZEOF_TM);
    s.putInt(at, tm.second());
    s.putInt(at + 4, tm.minute());
    s.putInt(at + 8, tm.hour());
    s.putInt(at + 12, tm.day());
    s.putInt(at + 16, tm.month());
    s.putInt(at + 20, tm.year() - 1900);
    s.putInt(at + 24, tm.weekday());
    s.putInt(at + 28, tm.yearday());
    s.putInt(at + 32, tm.dst());
    s.putLong(at + 40, tm.gmtoff());
    if (tm.zone() != null) {
      s.putLong(at + 48, s.cstr(tm.zone().getBytes(StandardCharsets.UTF_8)));
    }
    return at;
  }

  /**
   * The moment of a local time, seconds since 1970; weekday, yearday and gmtoff don't count.
   *
   * @throws HostException EOVERFLOW when there is none
   */
  public static long mktime(Tm tm) {
    Setup.ensure();
    try (Scratch s = Scratch.take()) {
      int at = put(s, tm);
      s.putInt(at + 24, -1); // -1 is a moment as well as an error: success sets the weekday
      long seconds = MKTIME.call(s, s.ptr(at));
      if (seconds == -1 && s.getInt(at + 24) == -1) {
        throw new HostException(Errno.EOVERFLOW, "mktime");
      }
      return seconds;
    }
  }

  /** Formats a time as C's strftime in the locale in force; bytes in the locale's encoding. */
  public static byte[] strftime(byte[] format, Tm tm) {
    Setup.ensure();
    if (format.length == 0) {
      return format;
    }
    for (long size = 1024; ; size *= 2) {
      try (Scratch s = Scratch.take(format.length + size + 512)) {
        int at = put(s, tm);
        int out = s.alloc((int) size);
        long n = STRFTIME.call(s, s.ptr(out), size, s.cstr(format), s.ptr(at));
        if (n > 0 || size >= 256L * format.length) {
          return s.getBytes(out, (int) n); // nothing in that much room is an empty text
        }
      }
    }
  }
}
