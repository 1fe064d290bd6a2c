package org.plait.modules.datetime;

import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.types.PyTuple;

/** {@code datetime.IsoCalendarDate}: year, week and weekday as a tuple. */
@PyTypeDef(
    name = "IsoCalendarDate",
    module = "datetime",
    flags = {TypeFlag.DISALLOW_INSTANTIATION},
    doc =
        "The result of date.isocalendar() or datetime.isocalendar()\n\n"
            + "This object may be accessed either as a tuple of\n"
            + "  ((year, week, weekday)\n"
            + "or via the object attributes as named in the above tuple.")
public final class PyIsoCalendarDate extends PyTuple {
  public static final PyType TYPE = PyType.builtin(PyIsoCalendarDateTable.INSTANCE);

  PyIsoCalendarDate(Gregorian.IsoDay d) {
    super(new PyObject[] {Py.int_(d.year()), Py.int_(d.week()), Py.int_(d.weekday())});
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyGetter("year")
  PyObject year() {
    return get(0);
  }

  @PyGetter("week")
  PyObject week() {
    return get(1);
  }

  @PyGetter("weekday")
  PyObject weekday() {
    return get(2);
  }

  @PyMethod(name = "__repr__")
  String repr() {
    return "datetime.IsoCalendarDate(year="
        + org.plait.runtime.protocol.PyObjects.repr(get(0))
        + ", week="
        + org.plait.runtime.protocol.PyObjects.repr(get(1))
        + ", weekday="
        + org.plait.runtime.protocol.PyObjects.repr(get(2))
        + ")";
  }

  @PyMethod(name = "__reduce__", sig = "()")
  PyObject reduce() {
    return Py.tuple(PyTuple.TYPE, Py.tuple(PyTuple.of(toArray())));
  }
}
