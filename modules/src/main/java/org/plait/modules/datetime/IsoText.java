package org.plait.modules.datetime;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyStr;

/** ISO 8601 texts of dates and times, written and read. */
final class IsoText {
  private IsoText() {}

  // ---- writing

  static StringBuilder digits(StringBuilder b, int n, int width) {
    String s = Integer.toString(n);
    for (int i = s.length(); i < width; i++) {
      b.append('0');
    }
    return b.append(s);
  }

  static String date(int year, int month, int day) {
    StringBuilder b = new StringBuilder();
    digits(b, year, 4).append('-');
    digits(b, month, 2).append('-');
    return digits(b, day, 2).toString();
  }

  static String time(int hour, int minute, int second, int micro, String spec) {
    StringBuilder b = new StringBuilder();
    digits(b, hour, 2);
    String what = spec.equals("auto") ? micro != 0 ? "microseconds" : "seconds" : spec;
    int level =
        switch (what) {
          case "hours" -> 0;
          case "minutes" -> 1;
          case "seconds" -> 2;
          case "milliseconds" -> 3;
          case "microseconds" -> 4;
          default -> throw Errors.valueError("Unknown timespec value");
        };
    if (level >= 1) {
      digits(b.append(':'), minute, 2);
    }
    if (level >= 2) {
      digits(b.append(':'), second, 2);
    }
    if (level == 3) {
      digits(b.append('.'), micro / 1000, 3);
    } else if (level == 4) {
      digits(b.append('.'), micro, 6);
    }
    return b.toString();
  }

  /** Sign, hours, minutes and what else there is. */
  static String offset(PyTimedelta offset, String separator) {
    boolean negative = offset.days < 0;
    PyTimedelta d = negative ? offset.negated() : offset;
    StringBuilder b = new StringBuilder().append(negative ? '-' : '+');
    int s = d.seconds + d.days * 86_400;
    digits(b, s / 3600, 2).append(separator);
    digits(b, s / 60 % 60, 2);
    if (s % 60 != 0 || d.micros != 0) {
      digits(b.append(separator), s % 60, 2);
      if (d.micros != 0) {
        digits(b.append('.'), d.micros, 6);
      }
    }
    return b.toString();
  }

  // ---- reading

  /** A text that doesn't follow the format; the caller names it. */
  private static final class Malformed extends RuntimeException {
    static final Malformed INSTANCE = new Malformed();

    private Malformed() {
      super(null, null, false, false);
    }
  }

  /** Hour, minute, second, microsecond and zone; an hour of 24 is still there. */
  record Time(int hour, int minute, int second, int micro, @Nullable PyTzinfo zone) {}

  private static int[] text(PyObject o) {
    if (!(o instanceof PyStr s)) {
      throw Errors.typeError("fromisoformat: argument must be str");
    }
    return s.toCodePoints();
  }

  private static RuntimeException invalid(PyObject o) {
    return Errors.valueError("Invalid isoformat string: " + PyObjects.repr(o));
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static int number(int[] s, int from, int n, int end) {
    if (from + n > end) {
      throw Malformed.INSTANCE;
    }
    int v = 0;
    for (int i = from; i < from + n; i++) {
      if (!isDigit(s[i])) {
        throw Malformed.INSTANCE;
      }
      v = v * 10 + s[i] - '0';
    }
    return v;
  }

  private static boolean at(int[] s, int i, int end, char c) {
    return i < end && s[i] == c;
  }

  static Gregorian.Day date(PyObject o) {
    int[] s = text(o);
    try {
      if (s.length != 7 && s.length != 8 && s.length != 10) {
        throw Malformed.INSTANCE;
      }
      return date(s, s.length);
    } catch (Malformed e) {
      throw invalid(o);
    }
  }

  private static Gregorian.Day date(int[] s, int end) {
    int year = number(s, 0, 4, end);
    int p = 4;
    boolean dashes = at(s, p, end, '-');
    if (dashes) {
      p++;
    }
    if (at(s, p, end, 'W')) {
      int week = number(s, p + 1, 2, end);
      p += 3;
      int day = 1;
      if (p < end) {
        if (at(s, p, end, '-') != dashes) {
          throw Malformed.INSTANCE;
        }
        p += dashes ? 1 : 0;
        day = number(s, p, 1, end);
        p++;
      }
      if (p != end) {
        throw Malformed.INSTANCE;
      }
      try {
        return Gregorian.ofIso(year, week, day);
      } catch (org.plait.runtime.exceptions.PyException e) {
        throw Malformed.INSTANCE;
      }
    }
    int month = number(s, p, 2, end);
    p += 2;
    if (at(s, p, end, '-') != dashes) {
      throw Malformed.INSTANCE;
    }
    p += dashes ? 1 : 0;
    int day = number(s, p, 2, end);
    if (p + 2 != end) {
      throw Malformed.INSTANCE;
    }
    return new Gregorian.Day(year, month, day);
  }

  static Time time(PyObject o) {
    int[] s = text(o);
    try {
      return time(s, at(s, 0, s.length, 'T') ? 1 : 0);
    } catch (Malformed e) {
      throw invalid(o);
    }
  }

  private static Time time(int[] s, int from) {
    int zoneAt = from;
    while (zoneAt < s.length && s[zoneAt] != '+' && s[zoneAt] != '-' && s[zoneAt] != 'Z') {
      zoneAt++;
    }
    int[] clock = clock(s, from, zoneAt);
    PyTzinfo zone = null;
    if (zoneAt < s.length) {
      if (s[zoneAt] == 'Z') {
        if (zoneAt + 1 != s.length) {
          throw Malformed.INSTANCE;
        }
        zone = PyTimezone.UTC;
      } else {
        int[] z = clock(s, zoneAt + 1, s.length);
        PyTimedelta offset = PyTimedelta.of(0, z[0] * 3600L + z[1] * 60L + z[2], z[3]);
        zone = PyTimezone.of(s[zoneAt] == '-' ? offset.negated() : offset, null);
      }
    }
    return new Time(clock[0], clock[1], clock[2], clock[3], zone);
  }

  /** HH[:?MM[:?SS[{.,}f+]]]. */
  private static int[] clock(int[] s, int from, int end) {
    int[] parts = new int[4];
    int p = from;
    boolean colons = false;
    for (int i = 0; i < 3; i++) {
      parts[i] = number(s, p, 2, end);
      p += 2;
      if (i == 0) {
        colons = at(s, p, end, ':');
      }
      if (p >= end || i == 2) {
        break;
      }
      if (colons && s[p] == ':') {
        p++;
      } else if (colons) {
        throw Malformed.INSTANCE;
      } else if (s[p] == '.' || s[p] == ',') {
        throw Malformed.INSTANCE;
      }
    }
    if (p < end) {
      if (s[p] != '.' && s[p] != ',' || p + 1 == end) {
        throw Malformed.INSTANCE;
      }
      p++;
      int scale = 100_000;
      for (; p < end; p++, scale /= 10) {
        if (!isDigit(s[p])) {
          throw Malformed.INSTANCE;
        }
        parts[3] += (s[p] - '0') * scale;
      }
    }
    return parts;
  }

  /** A date and a time, midnight if there is none. */
  record DateAndTime(Gregorian.Day day, Time time) {}

  static DateAndTime dateTime(PyObject o) {
    int[] s = text(o);
    try {
      if (s.length < 7) {
        throw Malformed.INSTANCE;
      }
      int separator = separator(s);
      if (separator > s.length) {
        throw Malformed.INSTANCE;
      }
      Gregorian.Day day = date(s, separator);
      Time t = separator == s.length ? new Time(0, 0, 0, 0, null) : time(s, separator + 1);
      return new DateAndTime(day, t);
    } catch (Malformed e) {
      throw invalid(o);
    }
  }

  /** Where the date ends; the character there can be anything. */
  // Compare CPython _find_isoformat_datetime_separator in _datetimemodule.c.
  private static int separator(int[] s) {
    int n = s.length;
    if (n == 7) {
      return 7;
    }
    if (s[4] == '-') {
      if (s[5] != 'W') {
        return 10;
      }
      if (n > 8 && s[8] == '-') {
        if (n == 9) {
          throw Malformed.INSTANCE;
        }
        // YYYY-Www-##: the dash is more likely to be the separator.
        return n > 10 && isDigit(s[10]) ? 8 : 10;
      }
      return 8;
    }
    if (s[4] == 'W') {
      int i = 7;
      while (i < n && isDigit(s[i])) {
        i++;
      }
      if (i < 9) {
        return i;
      }
      return i % 2 == 0 ? 7 : 8;
    }
    return 8;
  }
}
