package org.plait.runtime.boot;

import org.jspecify.annotations.Nullable;
import org.plait.host.HostException;
import org.plait.host.time.Clocks;
import org.plait.host.time.LocalTime;
import org.plait.host.time.Tm;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.OsErrors;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.interp.Audit;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.text.CodePointBuilder;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyFloat;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PySimpleNamespace;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyStructSequence;
import org.plait.runtime.types.PyTuple;
import org.plait.sched.Blocking;
import org.plait.sched.Clock;

/** {@code time}. Wall and monotonic time and sleeping come from the scheduler's {@link Clock}. */
@PyModuleDef(name = "time")
public final class TimeModule implements NativeModule {
  private static final String[] WEEKDAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  private static final String[] MONTHS = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
  };

  private static final PyStructSequence.Kind STRUCT_TIME =
      new PyStructSequence.Kind(
          "time",
          "struct_time",
          true,
          9,
          "tm_year",
          "tm_mon",
          "tm_mday",
          "tm_hour",
          "tm_min",
          "tm_sec",
          "tm_wday",
          "tm_yday",
          "tm_isdst",
          "tm_zone",
          "tm_gmtoff");

  private @Nullable PyModule module;

  @Override
  public NativeTable table() {
    return new TimeModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    module = m;
    m.add("struct_time", STRUCT_TIME.type());
    m.add("_STRUCT_TM_ITEMS", Py.int_(11));
    m.add("CLOCK_REALTIME", Py.int_(Clocks.CLOCK_REALTIME));
    m.add("CLOCK_MONOTONIC", Py.int_(Clocks.CLOCK_MONOTONIC));
    m.add("CLOCK_PROCESS_CPUTIME_ID", Py.int_(Clocks.CLOCK_PROCESS_CPUTIME_ID));
    m.add("CLOCK_THREAD_CPUTIME_ID", Py.int_(Clocks.CLOCK_THREAD_CPUTIME_ID));
    m.add("CLOCK_MONOTONIC_RAW", Py.int_(Clocks.CLOCK_MONOTONIC_RAW));
    m.add("CLOCK_BOOTTIME", Py.int_(Clocks.CLOCK_BOOTTIME));
    m.add("CLOCK_TAI", Py.int_(Clocks.CLOCK_TAI));
    addZone(m);
  }

  private static void addZone(PyModule m) {
    LocalTime.Zone z = LocalTime.zone();
    m.add("timezone", Py.int_(z.timezone()));
    m.add("altzone", Py.int_(z.altzone()));
    m.add("daylight", Py.int_(z.daylight() ? 1 : 0));
    m.add("tzname", Py.tuple(PyStr.of(z.standardName()), PyStr.of(z.summerName())));
  }

  @PyFunction(sig = "()")
  void tzset() {
    LocalTime.tzset();
    if (module != null) {
      addZone(module);
    }
  }

  // ---- clocks

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }

  @PyFunction(sig = "()")
  static double time() {
    return seconds(Clock.epochNanos());
  }

  @PyFunction(name = "time_ns", sig = "()")
  static long timeNs() {
    return Clock.epochNanos();
  }

  @PyFunction(sig = "()")
  static double monotonic() {
    return seconds(Clock.nanoTime());
  }

  @PyFunction(name = "monotonic_ns", sig = "()")
  static long monotonicNs() {
    return Clock.nanoTime();
  }

  @PyFunction(name = "perf_counter", sig = "()")
  static double perfCounter() {
    return seconds(Clock.nanoTime());
  }

  @PyFunction(name = "perf_counter_ns", sig = "()")
  static long perfCounterNs() {
    return Clock.nanoTime();
  }

  @PyFunction(name = "process_time", sig = "()")
  static double processTime() {
    return seconds(Clocks.processTime());
  }

  @PyFunction(name = "process_time_ns", sig = "()")
  static long processTimeNs() {
    return Clocks.processTime();
  }

  @PyFunction(name = "thread_time", sig = "()")
  static double threadTime() {
    return seconds(CpuTime.ofThread());
  }

  @PyFunction(name = "thread_time_ns", sig = "()")
  static long threadTimeNs() {
    return CpuTime.ofThread();
  }

  private interface HostCall {
    long call();
  }

  private static long host(HostCall c) {
    try {
      return c.call();
    } catch (HostException e) {
      throw Errors.osError(e.errno(), e.text());
    }
  }

  @PyFunction(name = "clock_gettime", sig = "(clk_id, /)")
  static double clockGettime(int clock) {
    return seconds(clockGettimeNs(clock));
  }

  @PyFunction(name = "clock_gettime_ns", sig = "(clk_id, /)")
  static long clockGettimeNs(int clock) {
    return clock == Clocks.CLOCK_THREAD_CPUTIME_ID
        ? CpuTime.ofThread()
        : host(() -> Clocks.get(clock));
  }

  @PyFunction(name = "clock_getres", sig = "!(clk_id, /)")
  static double clockGetres(int clock) {
    return seconds(host(() -> Clocks.resolution(clock)));
  }

  @PyFunction(name = "clock_settime", sig = "!(clk_id, time, /)")
  static void clockSettime(int clock, double time) {
    host(
        () -> {
          Clocks.set(clock, (long) (time * 1e9));
          return 0;
        });
  }

  @PyFunction(name = "clock_settime_ns", sig = "!(clk_id, time, /)")
  static void clockSettimeNs(int clock, long time) {
    host(
        () -> {
          Clocks.set(clock, time);
          return 0;
        });
  }

  @PyFunction(name = "get_clock_info", sig = "!(name, /)")
  static PyObject getClockInfo(String name) {
    String clock =
        switch (name) {
          case "time" -> "CLOCK_REALTIME";
          case "monotonic", "perf_counter" -> "CLOCK_MONOTONIC";
          case "process_time" -> "CLOCK_PROCESS_CPUTIME_ID";
          case "thread_time" -> "CLOCK_THREAD_CPUTIME_ID";
          default -> throw Errors.valueError("unknown clock");
        };
    boolean wall = name.equals("time");
    PySimpleNamespace info = new PySimpleNamespace();
    PyDict d = info.dict();
    d.putStr("implementation", PyStr.of("clock_gettime(" + clock + ")"));
    d.putStr("monotonic", Py.bool_(!wall));
    d.putStr("adjustable", Py.bool_(wall));
    d.putStr("resolution", Py.float_(1e-9));
    return info;
  }

  // ---- sleeping

  // Compare CPython time_sleep in timemodule.c.
  @PyFunction(sig = "(seconds, /)")
  static void sleep(PyObject seconds) {
    Audit.raise("time.sleep", seconds);
    long nanos = nanos(seconds);
    if (nanos < 0) {
      throw Errors.valueError("sleep length must be non-negative");
    }
    LockTimeout.wait(Blocking::sleep, Clock.deadline(nanos));
  }

  /** Nanoseconds of a number of seconds, rounded up. */
  static long nanos(PyObject seconds) {
    if (seconds instanceof PyFloat f) {
      double d = f.value();
      if (Double.isNaN(d)) {
        throw Errors.valueError("Invalid value NaN (not a number)");
      }
      double n = Math.ceil(d * 1e9);
      if (Math.abs(n) >= 0x1p63) {
        throw Errors.overflowError("timestamp out of range for platform time_t");
      }
      return (long) n;
    }
    if (!PyNumbers.isIndex(seconds)) {
      throw Errors.typeError(
          "'" + seconds.type().name() + "' object cannot be interpreted as an integer or float");
    }
    PyInt i = PyNumbers.index(seconds);
    if (!i.isLong() || Math.abs(i.longValue()) > Long.MAX_VALUE / 1_000_000_000L) {
      throw Errors.overflowError("timestamp too large to convert to C PyTime_t");
    }
    return i.longValue() * 1_000_000_000L;
  }

  // ---- calendar

  /** Whole seconds of a timestamp, rounded down; None is now. */
  private static long timestamp(PyObject t) {
    if (t == Py.None) {
      return Math.floorDiv(Clock.epochNanos(), 1_000_000_000L);
    }
    if (t instanceof PyFloat f) {
      double d = Math.floor(f.value());
      if (Double.isNaN(d)) {
        throw Errors.valueError("Invalid value NaN (not a number)");
      }
      if (Math.abs(d) >= 0x1p63) {
        throw Errors.overflowError("timestamp out of range for platform time_t");
      }
      return (long) d;
    }
    PyInt i = PyNumbers.index(t);
    if (!i.isLong()) {
      throw Errors.overflowError("timestamp out of range for platform time_t");
    }
    return i.longValue();
  }

  private static PyObject structTime(Tm t) {
    return STRUCT_TIME.make(
        Py.int_(t.year()),
        Py.int_(t.month() + 1),
        Py.int_(t.day()),
        Py.int_(t.hour()),
        Py.int_(t.minute()),
        Py.int_(t.second()),
        Py.int_((t.weekday() + 6) % 7),
        Py.int_(t.yearday() + 1),
        Py.int_(t.dst()),
        Py.strOrNone(t.zone()),
        Py.int_(t.gmtoff()));
  }

  private interface Broken {
    Tm of(long seconds);
  }

  private static Tm broken(Broken how, PyObject seconds) {
    long s = timestamp(seconds);
    try {
      return how.of(s);
    } catch (HostException e) {
      throw OsErrors.of(e);
    }
  }

  @PyFunction(sig = "!(seconds=None, /)")
  static PyObject gmtime(PyObject seconds) {
    return structTime(broken(LocalTime::gmtime, seconds));
  }

  @PyFunction(sig = "!(seconds=None, /)")
  static PyObject localtime(PyObject seconds) {
    return structTime(broken(LocalTime::localtime, seconds));
  }

  private static int field(PyTuple t, int i) {
    PyInt v = PyNumbers.index(t.get(i));
    if (!v.isLong()) {
      throw Errors.overflowError("Python int too large to convert to C long");
    }
    long n = v.longValue();
    if (n != (int) n) {
      throw Errors.overflowError(
          n > 0 ? "signed integer is greater than maximum" : "signed integer is less than minimum");
    }
    return (int) n;
  }

  // Compare CPython gettmarg and checktm in timemodule.c.
  private static Tm tm(PyObject o, String function) {
    if (!(o instanceof PyTuple t)) {
      throw Errors.typeError("Tuple or struct_time argument required");
    }
    if (t.size() != 9) {
      throw Errors.typeError(function + "(): illegal time tuple argument");
    }
    PyObject zone = Py.None;
    long offset = 0;
    if (t instanceof PyStructSequence) {
      zone = PyObjects.getAttr(t, "tm_zone");
      PyObject off = PyObjects.getAttr(t, "tm_gmtoff");
      offset = off == Py.None ? 0 : PyNumbers.asLong(off, null);
    }
    int year = field(t, 0);
    if (year < Integer.MIN_VALUE + 1900) {
      throw Errors.overflowError("year out of range");
    }
    return new Tm(
        year,
        field(t, 1) - 1,
        field(t, 2),
        field(t, 3),
        field(t, 4),
        field(t, 5),
        Math.floorMod(field(t, 6) + 1, 7),
        field(t, 7) - 1,
        field(t, 8),
        offset,
        zone instanceof PyStr s ? s.toString() : null);
  }

  private static int checked(int value, int least, int most, String what) {
    if (value < least || value > most) {
      throw Errors.valueError(what + " out of range");
    }
    return value;
  }

  /** A tuple of zeros means the first of everything. */
  private static Tm checked(Tm t, int weekday) {
    int month = t.month() == -1 ? 0 : t.month();
    int day = t.day() == 0 ? 1 : t.day();
    int yearday = t.yearday() == -1 ? 0 : t.yearday();
    checked(month, 0, 11, "month");
    checked(day, 1, 31, "day of month");
    checked(t.hour(), 0, 23, "hour");
    checked(t.minute(), 0, 59, "minute");
    checked(t.second(), 0, 61, "seconds");
    if (weekday < -1) {
      throw Errors.valueError("day of week out of range");
    }
    checked(yearday, 0, 365, "day of year");
    int dst = Integer.signum(t.dst());
    return new Tm(
        t.year(),
        month,
        day,
        t.hour(),
        t.minute(),
        t.second(),
        t.weekday(),
        yearday,
        dst,
        t.gmtoff(),
        t.zone());
  }

  private static Tm given(PyObject o, String function) {
    if (o == Py.None) {
      return broken(LocalTime::localtime, Py.None);
    }
    Tm t = tm(o, function);
    return checked(t, field((PyTuple) o, 6));
  }

  private static String two(int n) {
    return n < 10 ? "0" + n : "" + n;
  }

  private static PyObject text(Tm t) {
    String day = t.day() < 10 ? " " + t.day() : "" + t.day();
    return PyStr.of(
        WEEKDAYS[(t.weekday() + 6) % 7]
            + " "
            + MONTHS[t.month()]
            + " "
            + day
            + " "
            + two(t.hour())
            + ":"
            + two(t.minute())
            + ":"
            + two(t.second())
            + " "
            + t.year());
  }

  @PyFunction(sig = "!(time_tuple=None, /)")
  static PyObject asctime(PyObject tuple) {
    return text(given(tuple, "asctime"));
  }

  @PyFunction(sig = "!(seconds=None, /)")
  static PyObject ctime(PyObject seconds) {
    return text(broken(LocalTime::localtime, seconds));
  }

  @PyFunction(sig = "(time_tuple, /)")
  static PyObject mktime(PyObject tuple) {
    try {
      return Py.float_(LocalTime.mktime(tm(tuple, "mktime")));
    } catch (HostException e) {
      throw Errors.overflowError("mktime argument out of range");
    }
  }

  @PyFunction(sig = "!(format, time_tuple=None, /)")
  static PyObject strftime(PyStr format, PyObject tuple) {
    Tm t = given(tuple, "strftime");
    int[] points = format.toCodePoints();
    CodePointBuilder out = new CodePointBuilder(points.length);
    int start = 0;
    for (int i = 0; i <= points.length; i++) {
      // C can be told neither NUL nor surrogates
      if (i == points.length || points[i] == 0 || points[i] >= 0xd800 && points[i] <= 0xdfff) {
        if (start < i) {
          byte[] piece = FsPaths.encode(PyStr.ofCodePoints(points, start, i));
          for (int c : FsPaths.decode(LocalTime.strftime(piece, t)).toCodePoints()) {
            out.append(c);
          }
        }
        if (i < points.length) {
          out.append(points[i]);
        }
        start = i + 1;
      }
    }
    return PyStr.of(out.toSource());
  }

  @PyFunction(sig = "!(string, format='%a %b %d %H:%M:%S %Y', /)", raw = true)
  static PyObject strptime(PyObject[] args, String @Nullable [] kwnames) {
    return PyObjects.getAttr(Imports.importModule("_strptime"), "_strptime_time")
        .call(args, kwnames);
  }
}
