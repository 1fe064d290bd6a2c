package org.plait.modules.datetime;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyClassMethod;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyRichCompare;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.ArgumentConverters;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PyObjects.CompareOp;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/**
 * {@code datetime.time}. Immutable but for {@link #fold}, which is set once, before anybody else
 * sees the object.
 */
@PyTypeDef(
    name = "time",
    module = "datetime",
    subclassable = true,
    sig = "none",
    doc =
        "time([hour[, minute[, second[, microsecond[, tzinfo]]]]]) --> a time "
            + "object\n\n"
            + "A time of the day, in a time zone if tzinfo is given.\n")
public class PyTime extends PyObject implements Strftime.Source {
  public static final PyType TYPE = PyType.builtin(PyTimeTable.INSTANCE);

  final int hour;
  final int minute;
  final int second;
  final int micro;
  final @Nullable PyTzinfo tzinfo;
  int fold;

  public PyTime(int hour, int minute, int second, int micro, @Nullable PyTzinfo tzinfo, int fold) {
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

  @PyNew(sig = "!(hour=NULL, minute=NULL, second=0, microsecond=0, tzinfo=None, *, fold=0)")
  static PyObject new_(
      PyType cls,
      @Nullable PyObject hour,
      @Nullable PyObject minute,
      int second,
      int micro,
      PyObject tzinfo,
      int fold) {
    byte[] s = State.of(hour, 6);
    if (s != null && (s[0] & 0x7f) < 24) {
      return checked(
          cls,
          s[0] & 0x7f,
          s[1],
          s[2],
          (s[3] & 0xff) << 16 | (s[4] & 0xff) << 8 | s[5] & 0xff,
          State.zone(minute),
          (s[0] & 0xff) >> 7);
    }
    return checked(
        cls, State.or(hour, 0), State.or(minute, 0), second, micro, Zones.argument(tzinfo), fold);
  }

  private static PyTime checked(
      PyType cls, int hour, int minute, int second, int micro, @Nullable PyTzinfo tz, int fold) {
    Gregorian.checkTime(hour, minute, second, micro, fold);
    return cls == TYPE
        ? new PyTime(hour, minute, second, micro, tz, fold)
        : new PyTimeDerived(cls, hour, minute, second, micro, tz, fold);
  }

  /** A time of a class, made by calling the class unless it is time. */
  static PyObject create(
      PyType cls, int hour, int minute, int second, int micro, @Nullable PyTzinfo tz, int fold) {
    if (cls == TYPE) {
      return checked(cls, hour, minute, second, micro, tz, fold);
    }
    PyObject made =
        cls.call(
            new PyObject[] {
              Py.int_(hour), Py.int_(minute), Py.int_(second), Py.int_(micro), Py.orNone(tz)
            },
            null);
    if (made instanceof PyTime t) {
      t.fold = fold;
    }
    return made;
  }

  @PyClassMethod(
      name = "strptime",
      sig = "!(string, format, /)",
      doc = "string, format -> The time that a text names in a format of time.strptime().")
  static PyObject strptime(PyType cls, PyStr string, PyStr format) {
    return Strftime.parse("_strptime_datetime_time", cls, string, format);
  }

  @PyClassMethod(
      name = "fromisoformat",
      sig = "(object, /)",
      doc = "string -> The time that an ISO 8601 text names")
  static PyObject fromisoformat(PyType cls, PyObject object) {
    IsoText.Time t = IsoText.time(object);
    int hour = t.hour();
    if (hour == 24) {
      checkMidnight(t);
      hour = 0;
    }
    return create(cls, hour, t.minute(), t.second(), t.micro(), t.zone(), 0);
  }

  static void checkMidnight(IsoText.Time t) {
    if (t.minute() != 0 || t.second() != 0 || t.micro() != 0) {
      throw Errors.valueError("minute, second, and microsecond must be 0 when hour is 24");
    }
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
  public int year() {
    return 1900;
  }

  @Override
  public int month() {
    return 1;
  }

  @Override
  public int day() {
    return 1;
  }

  @Override
  public @Nullable PyTzinfo zone() {
    return tzinfo;
  }

  @Override
  public PyObject zoneArgument() {
    return Py.None;
  }

  @PyMethod(name = "utcoffset", sig = "()", doc = "Return self.tzinfo.utcoffset(self).")
  PyObject utcoffset() {
    return Py.orNone(Zones.utcoffset(tzinfo, Py.None));
  }

  @PyMethod(name = "dst", sig = "()", doc = "Return self.tzinfo.dst(self).")
  PyObject dst() {
    return Py.orNone(Zones.dst(tzinfo, Py.None));
  }

  @PyMethod(name = "tzname", sig = "()", doc = "Return self.tzinfo.tzname(self).")
  PyObject tzname() {
    return Zones.tzname(tzinfo, Py.None);
  }

  // ---- text

  @PyMethod(name = "__repr__")
  String repr() {
    PyType t = type();
    StringBuilder b = new StringBuilder(t.isHeap() ? t.name() : t.fullName());
    b.append('(').append(hour).append(", ").append(minute);
    if (second != 0 || micro != 0) {
      b.append(", ").append(second);
    }
    if (micro != 0) {
      b.append(", ").append(micro);
    }
    if (tzinfo != null) {
      b.append(", tzinfo=").append(PyObjects.repr(tzinfo));
    }
    if (fold != 0) {
      b.append(", fold=1");
    }
    return b.append(')').toString();
  }

  @PyMethod(name = "__str__")
  PyObject str() {
    return PyCalls.callMethod(this, "isoformat");
  }

  @PyMethod(
      name = "isoformat",
      sig = "!(timespec='auto')",
      doc =
          "The time in ISO 8601 format, [HH[:MM[:SS[.mmm[uuu]]]]][+HH:MM].\n\n"
              + "timespec is the last part shown: 'hours', 'minutes', 'seconds', "
              + "'milliseconds',\n"
              + "'microseconds', or 'auto'.\n")
  String isoformat(String timespec) {
    String text = IsoText.time(hour, minute, second, micro, timespec);
    PyTimedelta offset = Zones.utcoffset(tzinfo, Py.None);
    return offset == null ? text : text + IsoText.offset(offset, ":");
  }

  @PyMethod(name = "strftime", sig = "!(format)", doc = "format -> strftime() style string.")
  PyObject strftime(PyStr format) {
    PyTuple tuple =
        Py.tuple(
            Py.int_(1900),
            Py.int_(1),
            Py.int_(1),
            Py.int_(hour),
            Py.int_(minute),
            Py.int_(second),
            Py.int_(0),
            Py.int_(1),
            Py.int_(-1));
    return Strftime.format(this, format, tuple);
  }

  @PyMethod(name = "__format__", sig = "!(format, /)", doc = "Formats self with strftime.")
  PyObject format(PyStr format) {
    return Strftime.byFormat(this, format);
  }

  // ---- comparison

  private int seconds() {
    return (hour * 60 + minute) * 60 + second;
  }

  private int compareClock(PyTime o) {
    int c = Integer.compare(seconds(), o.seconds());
    return c == 0 ? Integer.compare(micro, o.micro) : c;
  }

  // Compare CPython time_richcompare in _datetimemodule.c.
  @PyRichCompare
  PyObject compare(PyObject other, int op) {
    if (!(other instanceof PyTime o)) {
      return Py.NotImplemented;
    }
    CompareOp how = CompareOp.of(op);
    if (tzinfo == o.tzinfo) {
      return Py.bool_(how.test(compareClock(o)));
    }
    PyTimedelta mine = Zones.utcoffset(tzinfo, Py.None);
    PyTimedelta its = Zones.utcoffset(o.tzinfo, Py.None);
    if (mine == its || mine != null && its != null && mine.compareTo(its) == 0) {
      return Py.bool_(how.test(compareClock(o)));
    }
    if (mine != null && its != null) {
      int a = seconds() - mine.days * 86_400 - mine.seconds;
      int b = o.seconds() - its.days * 86_400 - its.seconds;
      int c = Integer.compare(a, b);
      return Py.bool_(how.test(c == 0 ? Integer.compare(micro, o.micro) : c));
    }
    if (how == CompareOp.EQ || how == CompareOp.NE) {
      return Py.bool_(how == CompareOp.NE);
    }
    throw Errors.typeError("can't compare offset-naive and offset-aware times");
  }

  @PyMethod(name = "__hash__")
  long hash() {
    PyTimedelta offset = tzinfo == null ? null : Zones.utcoffset(tzinfo, Py.None);
    if (offset == null) {
      return PyObjects.hash(Py.bytes(state(false)));
    }
    return PyTimedelta.of(0, seconds(), micro).minus(offset).hash();
  }

  private byte[] state(boolean withFold) {
    return new byte[] {
      (byte) (hour | (withFold && fold != 0 ? 0x80 : 0)),
      (byte) minute,
      (byte) second,
      (byte) (micro >> 16),
      (byte) (micro >> 8),
      (byte) micro
    };
  }

  // ---- copies

  @PyMethod(
      name = "replace",
      sig = "(hour=NULL, minute=NULL, second=NULL, microsecond=NULL, tzinfo=NULL, *, fold=NULL)",
      doc = "Return time with new specified fields.")
  PyObject replace(
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
        State.or(newHour, hour),
        State.or(newMinute, minute),
        State.or(newSecond, second),
        State.or(newMicro, micro),
        newTzinfo == null ? tzinfo : Zones.argument(newTzinfo),
        f);
  }

  @PyMethod(name = "__replace__", sig = "(**changes)", raw = true, doc = "The same as replace().")
  PyObject replaceDunder(PyObject[] args, String @Nullable [] kwnames) {
    return PyObjects.getAttr(this, "replace").call(args, kwnames);
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

  @PyMethod(name = "__reduce__", sig = "()", doc = "__reduce__() -> (cls, state)")
  PyObject reduce() {
    return reduce(2);
  }
}
