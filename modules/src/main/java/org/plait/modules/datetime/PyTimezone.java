package org.plait.modules.datetime;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyRichCompare;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyStr;

/** {@code datetime.timezone}: a fixed offset from UTC. Immutable. */
@PyTypeDef(
    name = "timezone",
    module = "datetime",
    sig = "none",
    doc = "Fixed offset from UTC implementation of tzinfo.")
public final class PyTimezone extends PyTzinfo {
  public static final PyType TYPE = PyType.builtin(PyTimezoneTable.INSTANCE);

  /** {@code timezone.utc}, the only one with offset 0 and no name. */
  public static final PyTimezone UTC = new PyTimezone(PyTimedelta.ZERO, null);

  final PyTimedelta offset;
  private final @Nullable PyObject name;

  private PyTimezone(PyTimedelta offset, @Nullable PyObject name) {
    this.offset = offset;
    this.name = name;
  }

  /** ValueError when the offset is a day or more. */
  static PyTimezone of(PyTimedelta offset, @Nullable PyObject name) {
    if (name == null && offset.isZero()) {
      return UTC;
    }
    Zones.checkOffset(offset);
    return new PyTimezone(offset, name);
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "!(offset, name=NULL)")
  static PyObject new_(PyType cls, PyTimedelta offset, @Nullable PyStr name) {
    return of(offset, name);
  }

  private static void check(String method, PyObject dt) {
    if (dt != Py.None && !(dt instanceof PyDateTime)) {
      throw Errors.typeError(
          method + "(dt) argument must be a datetime instance or None, not " + dt.type().name());
    }
  }

  @Override
  @PyMethod(
      name = "tzname",
      sig = "(object, /)",
      doc = "The name that was given, else the offset as 'UTC+HH:MM'.")
  PyObject tzname(PyObject dt) {
    check("tzname", dt);
    return Py.str(str());
  }

  @Override
  @PyMethod(name = "utcoffset", sig = "(object, /)", doc = "Return fixed offset.")
  PyObject utcoffset(PyObject dt) {
    check("utcoffset", dt);
    return offset;
  }

  @Override
  @PyMethod(name = "dst", sig = "(object, /)", doc = "Return None.")
  PyObject dst(PyObject dt) {
    check("dst", dt);
    return Py.None;
  }

  @Override
  @PyMethod(name = "fromutc", sig = "(object, /)", doc = "datetime in UTC -> The same moment here.")
  PyObject fromutc(PyObject argument) {
    return zoned(argument).shifted(offset, 1);
  }

  @PyMethod(name = "__getinitargs__", sig = "()", doc = "pickle support")
  PyObject getInitArgs() {
    return name == null ? Py.tuple(offset) : Py.tuple(offset, name);
  }

  @PyMethod(name = "__repr__")
  String repr() {
    if (this == UTC) {
      return "datetime.timezone.utc";
    }
    return "datetime.timezone("
        + PyObjects.repr(offset)
        + (name == null ? "" : ", " + PyObjects.repr(name))
        + ")";
  }

  @PyMethod(name = "__str__")
  String str() {
    if (name != null) {
      return name.toString();
    }
    return this == UTC ? "UTC" : "UTC" + IsoText.offset(offset, ":");
  }

  @PyRichCompare
  PyObject compare(PyObject other, int op) {
    if (op != 2 && op != 3 || !(other instanceof PyTimezone o)) {
      return Py.NotImplemented;
    }
    return Py.bool_(offset.compareTo(o.offset) == 0 == (op == 2));
  }

  @PyMethod(name = "__hash__")
  long hash() {
    return offset.hash();
  }
}
