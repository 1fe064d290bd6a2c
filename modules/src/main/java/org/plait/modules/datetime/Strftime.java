package org.plait.modules.datetime;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.text.CodePointBuilder;
import org.plait.runtime.types.PyStr;

/** {@code strftime}: the formats that {@code time.strftime} doesn't know are put in first. */
final class Strftime {
  private Strftime() {}

  static PyObject timeModule() {
    return Imports.importModule("time");
  }

  /** A {@code struct_time}. */
  static PyObject structTime(
      int year, int month, int day, int hour, int minute, int second, int dst) {
    PyObject fields =
        Py.tuple(
            Py.int_(year),
            Py.int_(month),
            Py.int_(day),
            Py.int_(hour),
            Py.int_(minute),
            Py.int_(second),
            Py.int_(Gregorian.weekday(year, month, day)),
            Py.int_(Gregorian.daysBeforeMonth(year, month) + day),
            Py.int_(dst));
    return PyCalls.callMethod(timeModule(), "struct_time", fields);
  }

  /** What a format is applied to. */
  interface Source {
    int year();

    int month();

    int day();

    int micro();

    @Nullable PyTzinfo zone();

    /** What the zone is asked about. */
    PyObject zoneArgument();
  }

  static PyObject format(Source of, PyStr format, PyObject tuple) {
    CodePointBuilder out = new CodePointBuilder(format.length() + 16);
    int[] f = format.toCodePoints();
    for (int i = 0; i < f.length; i++) {
      int c = f[i];
      if (c != '%' || i + 1 == f.length) {
        out.append(c);
        continue;
      }
      int k = f[++i];
      switch (k) {
        case 'f' -> out.append(IsoText.digits(new StringBuilder(), of.micro(), 6).toString());
        case 'z' -> out.append(offset(of, ""));
        case 'Z' -> {
          for (int n : name(of)) {
            out.append(n);
          }
        }
        case ':' -> {
          if (i + 1 < f.length && f[i + 1] == 'z') {
            i++;
            out.append(offset(of, ":"));
          } else {
            out.append("%:");
          }
        }
        case 'Y', 'G', 'F', 'C' -> out.append(century(of, (char) k));
        default -> out.append('%').append(k);
      }
    }
    return PyCalls.callMethod(timeModule(), "strftime", PyStr.of(out.toSource()), tuple);
  }

  private static String offset(Source of, String separator) {
    PyTimedelta d = Zones.utcoffset(of.zone(), of.zoneArgument());
    return d == null ? "" : IsoText.offset(d, separator);
  }

  private static int[] name(Source of) {
    PyObject name = Zones.tzname(of.zone(), of.zoneArgument());
    if (name == Py.None) {
      return new int[0];
    }
    PyObject escaped = PyCalls.callMethod(name, "replace", Py.str("%"), Py.str("%%"));
    if (!(escaped instanceof PyStr s)) {
      throw Errors.typeError("tzname.replace() did not return a string");
    }
    return s.toCodePoints();
  }

  /** Years before 1000, which the C library writes with fewer digits. */
  private static String century(Source of, char k) {
    StringBuilder out = new StringBuilder();
    if (of.year() >= 1000) {
      return out.append('%').append(k).toString();
    }
    int year = of.year();
    if (k == 'G') {
      year = Gregorian.iso(of.year(), of.month(), of.day()).year();
    }
    if (k == 'C') {
      return IsoText.digits(out, year / 100, 2).toString();
    }
    IsoText.digits(out, year, 4);
    if (k == 'F') {
      IsoText.digits(out.append('-'), of.month(), 2);
      IsoText.digits(out.append('-'), of.day(), 2);
    }
    return out.toString();
  }

  /** {@code __format__}: str() for an empty format, otherwise strftime. */
  static PyObject byFormat(PyObject self, PyStr format) {
    return format.isEmpty() ? PyObjects.str(self) : PyCalls.callMethod(self, "strftime", format);
  }

  /** {@code strptime} by the function of {@code _strptime} for a class. */
  static PyObject parse(String function, PyObject cls, PyObject string, PyObject format) {
    return PyCalls.callMethod(Imports.importModule("_strptime"), function, cls, string, format);
  }
}
