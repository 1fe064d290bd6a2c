package org.plait.modules.datetime;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyObjects;

/** {@code datetime.tzinfo}: the base of time zones. */
@PyTypeDef(
    name = "tzinfo",
    module = "datetime",
    subclassable = true,
    sig = "none",
    doc = "What time zones have in common.")
public class PyTzinfo extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyTzinfoTable.INSTANCE);

  public PyTzinfo() {}

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "!(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return cls == TYPE ? new PyTzinfo() : new PyTzinfoDerived(cls);
  }

  private static RuntimeException abstractMethod(String name) {
    return Errors.notImplemented("a tzinfo subclass must implement " + name + "()");
  }

  @PyMethod(name = "tzname", sig = "(object, /)", doc = "datetime -> string name of time zone.")
  PyObject tzname(PyObject dt) {
    throw abstractMethod("tzname");
  }

  @PyMethod(
      name = "utcoffset",
      sig = "(object, /)",
      doc =
          "datetime -> By how much the zone is ahead of UTC, as a timedelta; negative "
              + "in the west.")
  PyObject utcoffset(PyObject dt) {
    throw abstractMethod("utcoffset");
  }

  @PyMethod(
      name = "dst",
      sig = "(object, /)",
      doc = "datetime -> By how much summer time is ahead, as a timedelta.")
  PyObject dst(PyObject dt) {
    throw abstractMethod("dst");
  }

  // Compare CPython tzinfo_fromutc in _datetimemodule.c.
  @PyMethod(name = "fromutc", sig = "(object, /)", doc = "datetime in UTC -> The same moment here.")
  PyObject fromutc(PyObject argument) {
    PyDateTime dt = zoned(argument);
    PyTimedelta offset = Zones.utcoffset(this, dt);
    if (offset == null) {
      throw Errors.valueError("fromutc: non-None utcoffset() result required");
    }
    PyTimedelta dst = Zones.dst(this, dt);
    if (dst == null) {
      throw Errors.valueError("fromutc: non-None dst() result required");
    }
    PyDateTime result = dt.shifted(offset.minus(dst), 1);
    dst = Zones.dst(result.tzinfo, result);
    if (dst == null) {
      throw Errors.valueError("fromutc: tz.dst() gave inconsistent results; cannot convert");
    }
    return dst.isZero() ? result : result.shifted(dst, 1);
  }

  /** The argument of fromutc, which must be a datetime of this zone. */
  final PyDateTime zoned(PyObject argument) {
    if (!(argument instanceof PyDateTime dt)) {
      throw Errors.typeError("fromutc: argument must be a datetime");
    }
    if (dt.tzinfo != this) {
      throw Errors.valueError("fromutc: dt.tzinfo is not self");
    }
    return dt;
  }

  @PyMethod(name = "__reduce__", sig = "()", doc = "-> (cls, state)")
  PyObject reduce() {
    PyObject getArgs = PyObjects.getOptionalAttr(this, "__getinitargs__");
    PyObject args = getArgs == null ? Py.EmptyTuple : getArgs.call0();
    return Py.tuple(type(), args, PyCalls.callMethod(this, "__getstate__"));
  }
}
