package org.plait.modules.datetime;

import org.jspecify.annotations.Nullable;
import org.plait.host.time.Tm;
import org.plait.processor.annotation.PyBinary;
import org.plait.processor.annotation.PyClassMethod;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyRichCompare;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.ArgumentConverters;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PyObjects.CompareOp;
import org.plait.runtime.protocol.Warnings;
import org.plait.runtime.types.PyStr;
import org.plait.sched.Clock;

/**
 * {@code datetime.datetime}. Immutable but for {@link #fold}, which is set once, before anybody
 * else sees the object.
 */
@PyTypeDef(
    name = "datetime",
    module = "datetime",
    subclassable = true,
    sig = "none",
    doc =
        "datetime(year, month, day[, hour[, minute[, second[, "
            + "microsecond[,tzinfo]]]]])\n\n"
            + "A date and a time, in a time zone if tzinfo is given.\n")
public class PyDateTime extends PyDate {
  public static final PyType TYPE = PyType.builtin(PyDateTimeTable.INSTANCE);

  final int hour;
  final int minute;
  final int second;
  final int micro;
  final @Nullable PyTzinfo tzinfo;
  int fold;

  public PyDateTime(
      int year,
      int month,
      int day,
      int hour,
      int minute,
      int second,
      int micro,
      @Nullable PyTzinfo tzinfo,
      int fold) {
    super(year, month, day);
    this.hour = hour;
    this.minute = minute;
    this.second = second;
    this.micro = micro;
    this.tzinfo = tzinfo;
    this.fold = fold;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  // ---- making

  @PyNew(
      sig =
          "!(year=NULL, month=NULL, day=NULL, hour=0, minute=0, second=0, microsecond=0,"
              + " tzinfo=None, *, fold=0)")
  static PyObject new_(
      PyType cls,
      @Nullable PyObject year,
      @Nullable PyObject month,
      @Nullable PyObject day,
      int hour,
      int minute,
      int second,
      int micro,
      PyObject tzinfo,
      int fold) {
    if (day == null) {
      byte[] s = State.of(year, 10);
      if (s != null && State.isMonth(s[2])) {
        return unchecked(
            cls,
            (s[0] & 0xff) << 8 | s[1] & 0xff,
            s[2] & 0x7f,
            s[3] & 0xff,
            s[4] & 0xff,
            s[5] & 0xff,
            s[6] & 0xff,
            (s[7] & 0xff) << 16 | (s[8] & 0xff) << 8 | s[9] & 0xff,
            State.zone(month),
            (s[2] & 0xff) >> 7);
      }
    }
    return checked(
        cls,
        State.required(year, "year", 1),
        State.required(month, "month", 2),
        State.required(day, "day", 3),
        hour,
        minute,
        second,
        micro,
        Zones.argument(tzinfo),
        fold);
  }

  private static PyDateTime checked(
      PyType cls,
      int year,
      int month,
      int day,
      int hour,
      int minute,
      int second,
      int micro,
      @Nullable PyTzinfo tz,
      int fold) {
    Gregorian.checkDate(year, month, day);
    Gregorian.checkTime(hour, minute, second, micro, fold);
    return unchecked(cls, year, month, day, hour, minute, second, micro, tz, fold);
  }

  private static PyDateTime unchecked(
      PyType cls,
      int year,
      int month,
      int day,
      int hour,
      int minute,
      int second,
      int micro,
      @Nullable PyTzinfo tz,
      int fold) {
    return cls == TYPE
        ? new PyDateTime(year, month, day, hour, minute, second, micro, tz, fold)
        : new PyDateTimeDerived(cls, year, month, day, hour, minute, second, micro, tz, fold);
  }

  /** A datetime of a class, made by calling the class unless it is datetime. */
  static PyObject create(
      PyType cls,
      int year,
      int month,
      int day,
      int hour,
      int minute,
      int second,
      int micro,
      @Nullable PyTzinfo tz,
      int fold) {
    if (cls == TYPE) {
      return checked(cls, year, month, day, hour, minute, second, micro, tz, fold);
    }
    PyObject made =
        cls.call(
            new PyObject[] {
              Py.int_(year),
              Py.int_(month),
              Py.int_(day),
              Py.int_(hour),
              Py.int_(minute),
              Py.int_(second),
              Py.int_(micro),
              Py.orNone(tz)
            },
            null);
    if (made instanceof PyDateTime d) {
      d.fold = fold;
    }
    return made;
  }

  private static PyObject ofTimestamp(
      PyType cls, long timestamp, int micro, boolean local, @Nullable PyTzinfo tz) {
    Tm t = local ? Zones.localtime(timestamp) : Zones.gmtime(timestamp);
    Gregorian.checkYear(t.year());
    int second = Math.min(59, t.second());
    int fold = 0;
    if (tz == null && local) {
      long shown =
          Gregorian.seconds(t.year(), t.month() + 1, t.day(), t.hour(), t.minute(), second);
      fold = Zones.isFold(timestamp, shown) ? 1 : 0;
    }
    return create(
        cls, t.year(), t.month() + 1, t.day(), t.hour(), t.minute(), second, micro, tz, fold);
  }

  private static PyObject now(PyType cls, boolean local, @Nullable PyTzinfo tz) {
    long nanos = Clock.epochNanos();
    long seconds = Math.floorDiv(nanos, 1_000_000_000L);
    return ofTimestamp(
        cls, seconds, (int) (Math.floorMod(nanos, 1_000_000_000L) / 1000), local, tz);
  }

  private static PyObject toZone(PyObject utc, @Nullable PyTzinfo tz) {
    return tz == null ? utc : PyCalls.callMethod(tz, "fromutc", utc);
  }

  @PyClassMethod(
      name = "now",
      sig = "(tz=None)",
      doc =
          "The current date and time.\n\n"
              + "  tz\n"
              + "    the time zone; the local one, without tzinfo, if it is None")
  static PyObject now(PyType cls, PyObject tz) {
    PyTzinfo zone = Zones.argument(tz);
    return toZone(now(cls, zone == null, zone), zone);
  }

  @PyClassMethod(
      name = "utcnow",
      sig = "()",
      doc = "The current date and time in UTC, without tzinfo.")
  static PyObject utcnow(PyType cls) {
    Warnings.warn(
        Exceptions.DeprecationWarning,
        "datetime.datetime.utcnow() is deprecated and scheduled for removal in a future version."
            + " Use timezone-aware objects to represent datetimes in UTC:"
            + " datetime.datetime.now(datetime.UTC).",
        1);
    return now(cls, false, null);
  }

  @PyClassMethod(
      name = "fromtimestamp",
      sig = "!(timestamp, tz=None)",
      doc = "timestamp[, tz] -> The datetime in tz, or the local one, at a POSIX " + "timestamp.")
  static PyObject fromtimestamp(PyType cls, PyObject timestamp, PyObject tz) {
    PyTzinfo zone = Zones.argument(tz);
    long[] t = Timestamps.secondsAndMicros(timestamp);
    return toZone(ofTimestamp(cls, t[0], (int) t[1], zone == null, zone), zone);
  }

  @PyClassMethod(
      name = "utcfromtimestamp",
      sig = "!(timestamp, /)",
      doc = "The datetime in UTC, without tzinfo, at a POSIX timestamp.")
  static PyObject utcfromtimestamp(PyType cls, PyObject timestamp) {
    Warnings.warn(
        Exceptions.DeprecationWarning,
        "datetime.datetime.utcfromtimestamp() is deprecated and scheduled for removal in a future"
            + " version. Use timezone-aware objects to represent datetimes in UTC:"
            + " datetime.datetime.fromtimestamp(timestamp, datetime.UTC).",
        1);
    long[] t = Timestamps.secondsAndMicros(timestamp);
    return ofTimestamp(cls, t[0], (int) t[1], false, null);
  }

  @PyClassMethod(
      name = "strptime",
      sig = "!(string, format, /)",
      doc = "string, format -> The datetime that a text names in a format of " + "time.strptime().")
  static PyObject strptime(PyType cls, PyStr string, PyStr format) {
    return Strftime.parse("_strptime_datetime_datetime", cls, string, format);
  }

  @PyClassMethod(
      name = "combine",
      sig = "!(date, time, tzinfo=NULL)",
      doc = "date, time -> A datetime made of the two")
  static PyObject combine(PyType cls, PyDate date, PyTime time, @Nullable PyObject tzinfo) {
    return create(
        cls,
        date.year,
        date.month,
        date.day,
        time.hour,
        time.minute,
        time.second,
        time.micro,
        tzinfo == null ? time.tzinfo : Zones.argument(tzinfo),
        time.fold);
  }

  @PyClassMethod(
      name = "fromisoformat",
      sig = "(object, /)",
      doc = "string -> The datetime that an ISO 8601 text names")
  static PyObject fromisoformat(PyType cls, PyObject object) {
    IsoText.DateAndTime both = IsoText.dateTime(object);
    Gregorian.Day d = both.day();
    IsoText.Time t = both.time();
    int hour = t.hour();
    int year = d.year();
    int month = d.month();
    int day = d.day();
    if (hour == 24 && month >= 1 && month <= 12) {
      PyTime.checkMidnight(t);
      hour = 0;
      if (day == Gregorian.daysInMonth(year, month)) {
        day = 1;
        month++;
        if (month > 12) {
          month = 1;
          year++;
        }
      } else if (day < Gregorian.daysInMonth(year, month)) {
        day++;
      }
    }
    return create(cls, year, month, day, hour, t.minute(), t.second(), t.micro(), t.zone(), 0);
  }

  // ---- parts

  @PyGetter("hour")
  int hour() {
    return hour;
  }

  @PyGetter("minute")
  int minute() {
    return minute;
  }

  @PyGetter("second")
  int second() {
    return second;
  }

  @Override
  @PyGetter("microsecond")
  public int micro() {
    return micro;
  }

  @PyGetter("tzinfo")
  PyObject tzinfo() {
    return Py.orNone(tzinfo);
  }

  @PyGetter("fold")
  int fold() {
    return fold;
  }

  @Override
  public @Nullable PyTzinfo zone() {
    return tzinfo;
  }

  @PyMethod(name = "date", sig = "()", doc = "The date.")
  PyObject date() {
    return new PyDate(year, month, day);
  }

  @PyMethod(name = "time", sig = "()", doc = "The time, without a time zone.")
  PyObject time() {
    return new PyTime(hour, minute, second, micro, null, fold);
  }

  @PyMethod(name = "timetz", sig = "()", doc = "The time, with the time zone.")
  PyObject timetz() {
    return new PyTime(hour, minute, second, micro, tzinfo, fold);
  }

  @PyMethod(name = "utcoffset", sig = "()", doc = "Return self.tzinfo.utcoffset(self).")
  PyObject utcoffset() {
    return Py.orNone(Zones.utcoffset(tzinfo, this));
  }

  @PyMethod(name = "dst", sig = "()", doc = "Return self.tzinfo.dst(self).")
  PyObject dst() {
    return Py.orNone(Zones.dst(tzinfo, this));
  }

  @PyMethod(name = "tzname", sig = "()", doc = "Return self.tzinfo.tzname(self).")
  PyObject tzname() {
    return Zones.tzname(tzinfo, this);
  }

  @Override
  @PyMethod(
      name = "timetuple",
      sig = "()",
      doc = "Return time tuple, compatible with time.localtime().")
  PyObject timetuple() {
    PyTimedelta dst = Zones.dst(tzinfo, this);
    return Strftime.structTime(
        year, month, day, hour, minute, second, dst == null ? -1 : dst.isZero() ? 0 : 1);
  }

  @PyMethod(
      name = "utctimetuple",
      sig = "()",
      doc = "Return UTC time tuple, compatible with time.localtime().")
  PyObject utctimetuple() {
    PyTimedelta offset = Zones.utcoffset(tzinfo, this);
    PyDateTime utc = offset == null ? this : plain().shifted(offset, -1);
    return Strftime.structTime(utc.year, utc.month, utc.day, utc.hour, utc.minute, utc.second, 0);
  }

  /** Seconds since year 1 as the clock shows them. */
  private long shown() {
    return Gregorian.seconds(year, month, day, hour, minute, second);
  }

  @PyMethod(name = "timestamp", sig = "()", doc = "Return POSIX timestamp as float.")
  PyObject timestamp() {
    if (tzinfo != null) {
      PyTimedelta offset = Zones.utcoffset(tzinfo, this);
      if (offset == null) {
        throw Errors.typeError("can't subtract offset-naive and offset-aware datetimes");
      }
      return PyTimedelta.of(0, shown() - Zones.EPOCH, micro).minus(offset).totalSeconds();
    }
    long moment = Zones.moment(shown(), fold) - Zones.EPOCH;
    return Py.float_(moment + micro / 1e6);
  }

  // ---- text

  @Override
  @PyMethod(name = "__repr__")
  String repr() {
    StringBuilder b = new StringBuilder(reprName()).append('(');
    b.append(year).append(", ").append(month).append(", ").append(day);
    b.append(", ").append(hour).append(", ").append(minute);
    if (second != 0 || micro != 0) {
      b.append(", ").append(second);
    }
    if (micro != 0) {
      b.append(", ").append(micro);
    }
    if (fold != 0) {
      b.append(", fold=1");
    }
    if (tzinfo != null) {
      b.append(", tzinfo=").append(PyObjects.repr(tzinfo));
    }
    return b.append(')').toString();
  }

  @Override
  @PyMethod(name = "__str__")
  PyObject str() {
    return PyCalls.callMethod(this, "isoformat", Py.str(" "));
  }

  @PyMethod(
      name = "isoformat",
      sig = "!(sep='T', timespec='auto')",
      doc =
          "[sep] -> The datetime in ISO 8601 format, "
              + "YYYY-MM-DDT[HH[:MM[:SS[.mmm[uuu]]]]][+HH:MM].\n"
              + "sep stands between date and time. timespec is the last part shown: 'hours',\n"
              + "'minutes', 'seconds', 'milliseconds', 'microseconds', or 'auto'.\n")
  PyObject isoformat(PyObject sep, String timespec) {
    if (!(sep instanceof PyStr s)) {
      throw Errors.typeError(
          "isoformat() argument 1 must be a unicode character, not " + sep.type().name());
    }
    if (s.length() != 1) {
      throw Errors.typeError(
          "isoformat() argument 1 must be a unicode character, not a string of length "
              + s.length());
    }
    String rest = IsoText.time(hour, minute, second, micro, timespec);
    PyTimedelta offset = Zones.utcoffset(tzinfo, this);
    return Py.str(
        IsoText.date(year, month, day)
            + s
            + rest
            + (offset == null ? "" : IsoText.offset(offset, ":")));
  }

  @Override
  @PyMethod(name = "ctime", sig = "()", doc = "Return ctime() style string.")
  String ctime() {
    return ctime(hour, minute, second);
  }

  // ---- arithmetic

  /** This time without a zone, of class datetime. */
  private PyDateTime plain() {
    return new PyDateTime(year, month, day, hour, minute, second, micro, null, 0);
  }

  private PyDateTime withZone(@Nullable PyTzinfo tz, int newFold) {
    return new PyDateTime(year, month, day, hour, minute, second, micro, tz, newFold);
  }

  /** Later, or with sign -1 earlier, by a timedelta; of the same class. */
  final PyDateTime shifted(PyTimedelta by, int sign) {
    PyObject made = moved(by, sign);
    if (!(made instanceof PyDateTime d)) {
      throw Errors.typeError("datetime expected, not " + made.type().name());
    }
    return d;
  }

  private PyObject moved(PyTimedelta by, int sign) {
    long us = micro + (long) sign * by.micros;
    long s =
        (hour * 60L + minute) * 60
            + second
            + (long) sign * by.seconds
            + Math.floorDiv(us, 1_000_000L);
    long ordinal = ordinal() + (long) sign * by.days + Math.floorDiv(s, 86_400L);
    if (ordinal < 1 || ordinal > Gregorian.MAX_ORDINAL) {
      throw Errors.overflowError("date value out of range");
    }
    Gregorian.Day d = Gregorian.ofOrdinal((int) ordinal);
    int t = (int) Math.floorMod(s, 86_400L);
    return create(
        type(),
        d.year(),
        d.month(),
        d.day(),
        t / 3600,
        t / 60 % 60,
        t % 60,
        (int) Math.floorMod(us, 1_000_000L),
        tzinfo,
        0);
  }

  @PyBinary("add")
  static PyObject add(PyObject left, PyObject right) {
    if (left instanceof PyDateTime d && right instanceof PyTimedelta t) {
      return d.moved(t, 1);
    }
    if (left instanceof PyTimedelta t && right instanceof PyDateTime d) {
      return d.moved(t, 1);
    }
    return Py.NotImplemented;
  }

  @PyBinary("sub")
  static PyObject sub(PyObject left, PyObject right) {
    if (!(left instanceof PyDateTime a)) {
      return Py.NotImplemented;
    }
    if (right instanceof PyTimedelta t) {
      return a.moved(t, -1);
    }
    return right instanceof PyDateTime b ? a.minus(b) : Py.NotImplemented;
  }

  private PyTimedelta minus(PyDateTime o) {
    PyTimedelta mine = null;
    PyTimedelta its = null;
    if (tzinfo != o.tzinfo) {
      mine = Zones.utcoffset(tzinfo, this);
      its = Zones.utcoffset(o.tzinfo, o);
      if ((mine == null) != (its == null)) {
        throw Errors.typeError("can't subtract offset-naive and offset-aware datetimes");
      }
    }
    PyTimedelta d = PyTimedelta.of(0, shown() - o.shown(), (long) micro - o.micro);
    return mine == null || its == null || mine.compareTo(its) == 0 ? d : d.minus(mine.minus(its));
  }

  // ---- comparison

  private int compareClock(PyDateTime o) {
    int c = compareDate(o);
    if (c == 0) {
      c = Long.compare(shown(), o.shown());
    }
    return c == 0 ? Integer.compare(micro, o.micro) : c;
  }

  /** Whether the offset depends on fold: such times equal none of another zone. */
  private boolean dependsOnFold(@Nullable PyTimedelta offset) {
    PyTimedelta flipped = Zones.utcoffset(tzinfo, withZone(tzinfo, 1 - fold));
    return flipped != offset
        && (flipped == null || offset == null || flipped.compareTo(offset) != 0);
  }

  // Compare CPython datetime_richcompare in _datetimemodule.c.
  @Override
  @PyRichCompare
  PyObject compare(PyObject other, int op) {
    if (!(other instanceof PyDateTime o)) {
      return Py.NotImplemented;
    }
    CompareOp how = CompareOp.of(op);
    if (tzinfo == o.tzinfo) {
      return Py.bool_(how.test(compareClock(o)));
    }
    boolean equality = how == CompareOp.EQ || how == CompareOp.NE;
    PyTimedelta mine = Zones.utcoffset(tzinfo, this);
    PyTimedelta its = Zones.utcoffset(o.tzinfo, o);
    int c;
    if (mine == its || mine != null && its != null && mine.compareTo(its) == 0) {
      c = compareClock(o);
    } else if (mine != null && its != null) {
      PyTimedelta d = PyTimedelta.of(0, shown() - o.shown(), (long) micro - o.micro);
      d = d.minus(mine.minus(its));
      c = d.days < 0 ? -1 : d.isZero() ? 0 : 1;
    } else if (equality) {
      return Py.bool_(how == CompareOp.NE);
    } else {
      throw Errors.typeError("can't compare offset-naive and offset-aware datetimes");
    }
    if (equality && c == 0 && (dependsOnFold(mine) || o.dependsOnFold(its))) {
      c = 1;
    }
    return Py.bool_(how.test(c));
  }

  @Override
  @PyMethod(name = "__hash__")
  long hash() {
    PyTimedelta offset = Zones.utcoffset(tzinfo, fold == 0 ? this : withZone(tzinfo, 0));
    if (offset == null) {
      return PyObjects.hash(Py.bytes(state(false)));
    }
    long seconds = (hour * 60L + minute) * 60 + second;
    return PyTimedelta.of(ordinal(), seconds, micro).minus(offset).hash();
  }

  private byte[] state(boolean withFold) {
    return new byte[] {
      (byte) (year >> 8),
      (byte) year,
      (byte) (month | (withFold && fold != 0 ? 0x80 : 0)),
      (byte) day,
      (byte) hour,
      (byte) minute,
      (byte) second,
      (byte) (micro >> 16),
      (byte) (micro >> 8),
      (byte) micro
    };
  }

  // ---- zones

  // Compare CPython datetime_datetime_astimezone_impl in _datetimemodule.c.
  @PyMethod(
      name = "astimezone",
      sig = "!(tz=None)",
      doc = "tz -> The same moment in another time zone, the local one by default\n")
  PyObject astimezone(PyObject tz) {
    PyTzinfo target = Zones.argument(tz);
    PyTzinfo own = tzinfo == null ? localZone() : tzinfo;
    if (own == target) {
      return this;
    }
    PyTimedelta offset = Zones.utcoffset(own, this);
    if (offset == null) {
      own = localZone();
      if (own == target) {
        return this;
      }
      offset = Zones.utcoffset(own, this);
    }
    PyDateTime utc = offset == null ? this : shifted(offset, -1);
    if (target == null) {
      target = Zones.localZone(utc.shown() - Zones.EPOCH);
    }
    return PyCalls.callMethod(target, "fromutc", utc.inZone(target));
  }

  // Compare CPython local_timezone_from_local in _datetimemodule.c.
  private PyTzinfo localZone() {
    long moment = Zones.moment(shown(), fold);
    long other = Zones.moment(shown(), 1 - fold);
    if (other != moment && other > moment == (fold == 1)) {
      moment = other; // it falls in a gap
    }
    return Zones.localZone(moment - Zones.EPOCH);
  }

  /** The same clock time in another zone, of the same class. */
  private PyDateTime inZone(PyTzinfo tz) {
    return type() == TYPE
        ? withZone(tz, fold)
        : new PyDateTimeDerived(type(), year, month, day, hour, minute, second, micro, tz, fold);
  }

  // ---- copies

  @PyMethod(
      name = "replace",
      sig =
          "(year=NULL, month=NULL, day=NULL, hour=NULL, minute=NULL, second=NULL,"
              + " microsecond=NULL, tzinfo=NULL, *, fold=NULL)",
      doc = "Return datetime with new specified fields.")
  PyObject replace(
      @Nullable PyObject newYear,
      @Nullable PyObject newMonth,
      @Nullable PyObject newDay,
      @Nullable PyObject newHour,
      @Nullable PyObject newMinute,
      @Nullable PyObject newSecond,
      @Nullable PyObject newMicro,
      @Nullable PyObject newTzinfo,
      @Nullable PyObject newFold) {
    int f = State.or(newFold, fold);
    Gregorian.checkTime(0, 0, 0, 0, f);
    return create(
        type(),
        State.or(newYear, year),
        State.or(newMonth, month),
        State.or(newDay, day),
        State.or(newHour, hour),
        State.or(newMinute, minute),
        State.or(newSecond, second),
        State.or(newMicro, micro),
        newTzinfo == null ? tzinfo : Zones.argument(newTzinfo),
        f);
  }

  private PyObject reduce(int protocol) {
    PyObject state = Py.bytes(state(protocol > 3));
    return Py.tuple(type(), tzinfo == null ? Py.tuple(state) : Py.tuple(state, tzinfo));
  }

  @PyMethod(
      name = "__reduce_ex__",
      sig = "!(proto, /)",
      doc = "__reduce_ex__(proto) -> (cls, state)")
  PyObject reduceEx(PyObject protocol) {
    return reduce(ArgumentConverters.toInt(protocol));
  }

  @Override
  @PyMethod(name = "__reduce__", sig = "()", doc = "__reduce__() -> (cls, state)")
  PyObject reduce() {
    return reduce(2);
  }

  /** {@code datetime.min} and {@code datetime.max}. */
  static PyDateTime limit(boolean largest) {
    return largest
        ? new PyDateTime(9999, 12, 31, 23, 59, 59, 999_999, null, 0)
        : new PyDateTime(1, 1, 1, 0, 0, 0, 0, null, 0);
  }
}
