package org.plait.modules.datetime;

import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.types.PyModule;

/** Puts the types, with the limits they have as attributes, into the module. */
public final class DatetimeConstants {
  private DatetimeConstants() {}

  public static void add(PyModule m) {
    PyObject micro = PyTimedelta.of(0, 0, 1);
    PyObject day = PyTimedelta.of(1, 0, 0);
    limits(
        PyTimedelta.TYPE,
        new PyTimedelta(-PyTimedelta.MAX_DAYS, 0, 0),
        new PyTimedelta(PyTimedelta.MAX_DAYS, 86_399, 999_999),
        micro);
    limits(PyDate.TYPE, new PyDate(1, 1, 1), new PyDate(9999, 12, 31), day);
    limits(
        PyTime.TYPE,
        new PyTime(0, 0, 0, 0, null, 0),
        new PyTime(23, 59, 59, 999_999, null, 0),
        micro);
    limits(PyDateTime.TYPE, PyDateTime.limit(false), PyDateTime.limit(true), micro);
    PyType zone = PyTimezone.TYPE;
    zone.setOwn("utc", PyTimezone.UTC);
    zone.setOwn("min", PyTimezone.of(PyTimedelta.of(-1, 60, 0), null));
    zone.setOwn("max", PyTimezone.of(PyTimedelta.of(0, 86_340, 0), null));
    m.add("date", PyDate.TYPE);
    m.add("datetime", PyDateTime.TYPE);
    m.add("time", PyTime.TYPE);
    m.add("timedelta", PyTimedelta.TYPE);
    m.add("timezone", PyTimezone.TYPE);
    m.add("tzinfo", PyTzinfo.TYPE);
    m.add("UTC", PyTimezone.UTC);
  }

  private static void limits(PyType t, PyObject least, PyObject most, PyObject resolution) {
    t.setOwn("min", least);
    t.setOwn("max", most);
    t.setOwn("resolution", resolution);
  }
}
