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
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.ArgumentConverters;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PyObjects.CompareOp;
import org.plait.runtime.types.PyStr;

/** {@code datetime.date}. Immutable. */
@PyTypeDef(
    name = "date",
    module = "datetime",
    subclassable = true,
    sig = "none",
    doc = "date(year, month, day) --> date object")
public class PyDate extends PyObject implements Strftime.Source {
  public static final PyType TYPE = PyType.builtin(PyDateTable.INSTANCE);

  private static final String[] DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  private static final String[] MONTHS = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
  };

  final int year;
  final int month;
  final int day;

  public PyDate(int year, int month, int day) {
    this.year = year;
    this.month = month;
    this.day = day;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  // ---- making

  @PyNew(sig = "!(year=NULL, month=NULL, day=NULL)")
  static PyObject new_(
      PyType cls, @Nullable PyObject year, @Nullable PyObject month, @Nullable PyObject day) {
    if (month == null && day == null) {
      byte[] s = State.of(year, 4);
      if (s != null && State.isMonth(s[2])) {
        return unchecked(cls, (s[0] & 0xff) << 8 | s[1] & 0xff, s[2], s[3] & 0xff);
      }
    }
    return checked(
        cls,
        State.required(year, "year", 1),
        State.required(month, "month", 2),
        State.required(day, "day", 3));
  }

  private static PyObject checked(PyType cls, int year, int month, int day) {
    Gregorian.checkDate(year, month, day);
    return unchecked(cls, year, month, day);
  }

  private static PyObject unchecked(PyType cls, int year, int month, int day) {
    return cls == TYPE ? new PyDate(year, month, day) : new PyDateDerived(cls, year, month, day);
  }

  /** A date of a class, made by calling the class unless it is date. */
  static PyObject create(PyType cls, int year, int month, int day) {
    return cls == TYPE
        ? checked(cls, year, month, day)
        : cls.call3(Py.int_(year), Py.int_(month), Py.int_(day));
  }

  private static PyObject create(PyType cls, Gregorian.Day d) {
    return create(cls, d.year(), d.month(), d.day());
  }

  @PyClassMethod(
      name = "fromtimestamp",
      sig = "(timestamp, /)",
      doc = "The local date at a POSIX timestamp.")
  static PyObject fromtimestamp(PyType cls, PyObject timestamp) {
    Tm t = Zones.localtime(Timestamps.seconds(timestamp));
    return create(cls, t.year(), t.month() + 1, t.day());
  }

  @PyClassMethod(
      name = "fromordinal",
      sig = "!(ordinal, /)",
      doc = "int -> The date with this ordinal; 1 is the first of January of year 1.")
  static PyObject fromordinal(PyType cls, int ordinal) {
    if (ordinal < 1) {
      throw Errors.valueError("ordinal must be >= 1");
    }
    return create(cls, Gregorian.ofOrdinal(ordinal));
  }

  @PyClassMethod(
      name = "fromisoformat",
      sig = "(object, /)",
      doc = "str -> The date that an ISO 8601 text names.")
  static PyObject fromisoformat(PyType cls, PyObject object) {
    return create(cls, IsoText.date(object));
  }

  @PyClassMethod(
      name = "fromisocalendar",
      sig = "!(year, week, day)",
      doc = "int, int, int -> The date of a year, week and weekday as ISO 8601 counts " + "them.")
  static PyObject fromisocalendar(PyType cls, PyObject year, PyObject week, PyObject day) {
    int y;
    int w;
    int d;
    try {
      y = ArgumentConverters.toInt(year);
      w = ArgumentConverters.toInt(week);
      d = ArgumentConverters.toInt(day);
    } catch (PyException e) {
      if (e.matches(Exceptions.OverflowError)) {
        throw Errors.valueError("ISO calendar component out of range");
      }
      throw e;
    }
    return create(cls, Gregorian.ofIso(y, w, d));
  }

  @PyClassMethod(
      name = "strptime",
      sig = "!(string, format, /)",
      doc = "string, format -> The date that a text names in a format of time.strptime().")
  static PyObject strptime(PyType cls, PyStr string, PyStr format) {
    return Strftime.parse("_strptime_datetime_date", cls, string, format);
  }

  @PyClassMethod(
      name = "today",
      sig = "()",
      doc = "Current date or datetime:  same as self.__class__.fromtimestamp(time.time()).")
  static PyObject today(PyType cls) {
    return PyCalls.callMethod(
        cls, "fromtimestamp", PyCalls.callMethod(Strftime.timeModule(), "time"));
  }

  // ---- parts

  @Override
  @PyGetter("year")
  public int year() {
    return year;
  }

  @Override
  @PyGetter("month")
  public int month() {
    return month;
  }

  @Override
  @PyGetter("day")
  public int day() {
    return day;
  }

  @Override
  public int micro() {
    return 0;
  }

  @Override
  public @Nullable PyTzinfo zone() {
    return null;
  }

  @Override
  public PyObject zoneArgument() {
    return this;
  }

  final int ordinal() {
    return Gregorian.ordinal(year, month, day);
  }

  @PyMethod(
      name = "toordinal",
      sig = "()",
      doc = "The ordinal of the date; 1 is the first of January of year 1.")
  int toordinal() {
    return ordinal();
  }

  @PyMethod(name = "weekday", sig = "()", doc = "The day of the week: 0 is Monday, 6 is Sunday.")
  int weekday() {
    return Gregorian.weekday(year, month, day);
  }

  @PyMethod(name = "isoweekday", sig = "()", doc = "The day of the week: 1 is Monday, 7 is Sunday.")
  int isoweekday() {
    return weekday() + 1;
  }

  @PyMethod(
      name = "isocalendar",
      sig = "()",
      doc = "Year, week and weekday as ISO 8601 counts them, as a named tuple.")
  PyObject isocalendar() {
    return new PyIsoCalendarDate(Gregorian.iso(year, month, day));
  }

  @PyMethod(
      name = "timetuple",
      sig = "()",
      doc = "Return time tuple, compatible with time.localtime().")
  PyObject timetuple() {
    return Strftime.structTime(year, month, day, 0, 0, 0, -1);
  }

  // ---- text

  /** The type's name in reprs. */
  final String reprName() {
    PyType t = type();
    return t.isHeap() ? t.name() : t.fullName();
  }

  @PyMethod(name = "__repr__")
  String repr() {
    return reprName() + "(" + year + ", " + month + ", " + day + ")";
  }

  @PyMethod(name = "__str__")
  PyObject str() {
    return PyCalls.callMethod(this, "isoformat");
  }

  @PyMethod(name = "isoformat", sig = "()", doc = "Return string in ISO 8601 format, YYYY-MM-DD.")
  String isoformat() {
    return IsoText.date(year, month, day);
  }

  final String ctime(int hour, int minute, int second) {
    StringBuilder b = new StringBuilder();
    b.append(DAYS[weekday()]).append(' ').append(MONTHS[month - 1]).append(' ');
    b.append(day < 10 ? " " : "").append(day).append(' ');
    b.append(IsoText.time(hour, minute, second, 0, "seconds")).append(' ');
    return IsoText.digits(b, year, 4).toString();
  }

  @PyMethod(name = "ctime", sig = "()", doc = "Return ctime() style string.")
  String ctime() {
    return ctime(0, 0, 0);
  }

  @PyMethod(name = "strftime", sig = "!(format)", doc = "format -> strftime() style string.")
  PyObject strftime(PyStr format) {
    return Strftime.format(this, format, PyCalls.callMethod(this, "timetuple"));
  }

  @PyMethod(name = "__format__", sig = "!(format, /)", doc = "Formats self with strftime.")
  PyObject format(PyStr format) {
    return Strftime.byFormat(this, format);
  }

  // ---- arithmetic and comparison

  private static PyObject shifted(PyDate d, int days) {
    int ordinal = d.ordinal() + days;
    if (ordinal < 1 || ordinal > Gregorian.MAX_ORDINAL) {
      throw Errors.overflowError("date value out of range");
    }
    return create(d.type(), Gregorian.ofOrdinal(ordinal));
  }

  @PyBinary("add")
  static PyObject add(PyObject left, PyObject right) {
    if (left instanceof PyDateTime || right instanceof PyDateTime) {
      return Py.NotImplemented;
    }
    if (left instanceof PyDate d && right instanceof PyTimedelta t) {
      return shifted(d, t.days);
    }
    if (left instanceof PyTimedelta t && right instanceof PyDate d) {
      return shifted(d, t.days);
    }
    return Py.NotImplemented;
  }

  @PyBinary("sub")
  static PyObject sub(PyObject left, PyObject right) {
    if (left instanceof PyDateTime || right instanceof PyDateTime) {
      return Py.NotImplemented;
    }
    if (left instanceof PyDate a && right instanceof PyDate b) {
      return PyTimedelta.of(a.ordinal() - b.ordinal(), 0, 0);
    }
    if (left instanceof PyDate d && right instanceof PyTimedelta t) {
      return shifted(d, -t.days);
    }
    return Py.NotImplemented;
  }

  final int compareDate(PyDate o) {
    return Integer.compare(
        (year << 9) + (month << 5) + day, (o.year << 9) + (o.month << 5) + o.day);
  }

  @PyRichCompare
  PyObject compare(PyObject other, int op) {
    // A datetime is a date, but one can't tell their order.
    return other instanceof PyDate d && !(other instanceof PyDateTime)
        ? Py.bool_(CompareOp.of(op).test(compareDate(d)))
        : Py.NotImplemented;
  }

  @PyMethod(name = "__hash__")
  long hash() {
    return PyObjects.hash(Py.bytes(state()));
  }

  byte[] state() {
    return new byte[] {(byte) (year >> 8), (byte) year, (byte) month, (byte) day};
  }

  // ---- copies

  @PyMethod(
      name = "replace",
      sig = "(year=NULL, month=NULL, day=NULL)",
      doc = "Return date with new specified fields.")
  PyObject replace(
      @Nullable PyObject newYear, @Nullable PyObject newMonth, @Nullable PyObject newDay) {
    return create(
        type(), State.or(newYear, year), State.or(newMonth, month), State.or(newDay, day));
  }

  @PyMethod(name = "__replace__", sig = "(**changes)", raw = true, doc = "The same as replace().")
  PyObject replaceDunder(PyObject[] args, String @Nullable [] kwnames) {
    return PyObjects.getAttr(this, "replace").call(args, kwnames);
  }

  @PyMethod(name = "__reduce__", sig = "()", doc = "__reduce__() -> (cls, state)")
  PyObject reduce() {
    return Py.tuple(type(), Py.tuple(Py.bytes(state())));
  }
}
