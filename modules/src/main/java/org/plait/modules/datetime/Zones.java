package org.plait.modules.datetime;

import org.jspecify.annotations.Nullable;
import org.plait.host.HostException;
import org.plait.host.time.LocalTime;
import org.plait.host.time.Tm;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.OsErrors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyStr;

/** What zones say of a time, checked; and the zone of the machine. */
final class Zones {
  /** Seconds of {@link Gregorian#seconds} at 1970. */
  static final long EPOCH = Gregorian.EPOCH_ORDINAL * 86_400L;

  private static final long MAX_FOLD = 24 * 3600;

  private Zones() {}

  /** The tzinfo argument of a constructor: null for None. */
  static @Nullable PyTzinfo argument(PyObject o) {
    if (o == Py.None) {
      return null;
    }
    if (o instanceof PyTzinfo tz) {
      return tz;
    }
    throw Errors.typeError(
        "tzinfo argument must be None or of a tzinfo subclass, not type '" + o.type().name() + "'");
  }

  static @Nullable PyTimedelta utcoffset(@Nullable PyTzinfo tz, PyObject of) {
    return offset(tz, "utcoffset", of);
  }

  static @Nullable PyTimedelta dst(@Nullable PyTzinfo tz, PyObject of) {
    return offset(tz, "dst", of);
  }

  private static @Nullable PyTimedelta offset(@Nullable PyTzinfo tz, String method, PyObject of) {
    if (tz == null) {
      return null;
    }
    if (tz instanceof PyTimezone fixed) {
      return method.equals("dst") ? null : fixed.offset;
    }
    PyObject o = PyCalls.callMethod(tz, method, of);
    if (o == Py.None) {
      return null;
    }
    if (!(o instanceof PyTimedelta d)) {
      throw Errors.typeError(
          "tzinfo." + method + "() must return None or timedelta, not '" + o.type().name() + "'");
    }
    checkOffset(d);
    return d;
  }

  static void checkOffset(PyTimedelta d) {
    if (d.days < -1 || d.days >= 1 || d.days == -1 && d.seconds == 0 && d.micros == 0) {
      throw Errors.valueError(
          "offset must be a timedelta strictly between -timedelta(hours=24) and"
              + " timedelta(hours=24), not "
              + PyObjects.repr(d));
    }
  }

  /** None or a str. */
  static PyObject tzname(@Nullable PyTzinfo tz, PyObject of) {
    if (tz == null) {
      return Py.None;
    }
    PyObject name = PyCalls.callMethod(tz, "tzname", of);
    if (name != Py.None && !(name instanceof PyStr)) {
      throw Errors.typeError(
          "tzinfo.tzname() must return None or a string, not '" + name.type().name() + "'");
    }
    return name;
  }

  // ---- the machine's zone

  static Tm localtime(long timestamp) {
    try {
      return LocalTime.localtime(timestamp);
    } catch (HostException e) {
      throw OsErrors.of(e);
    }
  }

  static Tm gmtime(long timestamp) {
    try {
      return LocalTime.gmtime(timestamp);
    } catch (HostException e) {
      throw OsErrors.of(e);
    }
  }

  /** What the local clock shows at a moment; both in {@link Gregorian#seconds}. */
  static long local(long moment) {
    if (moment < Gregorian.seconds(1, 1, 1, 0, 0, 0)
        || moment > Gregorian.seconds(9999, 12, 31, 23, 59, 59)) {
      throw Errors.valueError("year is out of range");
    }
    Tm t = localtime(moment - EPOCH);
    return Gregorian.seconds(t.year(), t.month() + 1, t.day(), t.hour(), t.minute(), t.second());
  }

  /** Whether a local time, read at a timestamp, is the second of its kind. */
  static boolean isFold(long timestamp, long shown) {
    long before = EPOCH + timestamp - MAX_FOLD;
    if (before < Gregorian.seconds(1, 1, 1, 0, 0, 0)) {
      return false;
    }
    long transition = shown - local(before) - MAX_FOLD;
    return transition < 0 && local(EPOCH + timestamp + transition) == shown;
  }

  /** The moment at which the local clock shows a time. */
  // Compare CPython local_to_seconds in _datetimemodule.c.
  static long moment(long shown, int fold) {
    long a = local(shown) - shown;
    long u1 = shown - a;
    long t1 = local(u1);
    long b;
    if (t1 == shown) {
      long other = fold != 0 ? u1 + MAX_FOLD : u1 - MAX_FOLD;
      b = local(other) - other;
      if (a == b) {
        return u1;
      }
    } else {
      b = t1 - u1;
    }
    long u2 = shown - b;
    if (local(u2) == shown) {
      return u2;
    }
    if (t1 == shown) {
      return u1;
    }
    // It falls in a gap.
    return fold != 0 ? Math.min(u1, u2) : Math.max(u1, u2);
  }

  /** The fixed zone that is the local one at a timestamp. */
  static PyTimezone localZone(long timestamp) {
    Tm t = localtime(timestamp);
    PyTimedelta offset = PyTimedelta.of(0, t.gmtoff(), 0);
    return PyTimezone.of(offset, t.zone() == null ? null : Py.str(t.zone()));
  }
}
