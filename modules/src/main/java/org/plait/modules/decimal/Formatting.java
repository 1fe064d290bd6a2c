package org.plait.modules.decimal;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.Warnings;
import org.plait.runtime.text.FormatSpec.NumberLocale;
import org.plait.runtime.types.NumberLocales;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyStr;

/** {@code Decimal.__format__}. */
final class Formatting {
  /** Longer separators libmpdec does not take. */
  private static final int MOST_SEPARATOR = 4;

  private Formatting() {}

  static String format(PyDecimal x, PyObject spec, @Nullable PyObject override) {
    if (!(spec instanceof PyStr text)) {
      throw Errors.typeError("format arg must be str");
    }
    PyDecimalContext c = Contexts.current();
    NumberFormat f = NumberFormat.parse(text.toString(), c.capitals());
    if (f == null) {
      return inPython(x, text, c);
    }
    if (f.isDeprecated()) {
      Warnings.warn(
          Exceptions.DeprecationWarning,
          "Format specifier 'N' is deprecated and slated for removal in Python 3.18",
          1);
    }
    if (f.usesLocale()) {
      f.locale = NumberLocales.current();
    }
    if (override != null) {
      if (!(override instanceof PyDict d)) {
        throw Errors.typeError("optional argument must be a dict");
      }
      f.locale = overridden(f.locale, d);
    }
    return f.format(x, c.rules());
  }

  private static NumberLocale overridden(NumberLocale l, PyDict d) {
    String point = entry(d, "decimal_point");
    String separator = entry(d, "thousands_sep");
    String grouping = entry(d, "grouping");
    NumberLocale result =
        new NumberLocale(
            point == null ? l.decimalPoint() : point,
            separator == null ? l.thousandsSep() : separator,
            grouping == null ? l.grouping() : grouping.getBytes(StandardCharsets.ISO_8859_1));
    if (size(result.decimalPoint()) > MOST_SEPARATOR
        || size(result.thousandsSep()) > MOST_SEPARATOR
        || grouping != null && grouping.chars().anyMatch(c -> c > Byte.MAX_VALUE)) {
      throw Errors.valueError("invalid override dict");
    }
    return result;
  }

  private static int size(String s) {
    return s.getBytes(StandardCharsets.UTF_8).length;
  }

  private static @Nullable String entry(PyDict d, String name) {
    PyObject v = d.get(Py.str(name));
    if (v == null) {
      return null;
    }
    if (!(v instanceof PyStr s)) {
      throw Errors.typeError("bad argument type for built-in operation");
    }
    return s.toString();
  }

  // As CPython, which leaves what libmpdec does not know to the module written in Python.
  private static String inPython(PyDecimal x, PyStr spec, PyDecimalContext c) {
    PyObject type = PyObjects.getAttr(Imports.importModule("_pydecimal"), "Decimal");
    PyObject d = type.call1(Py.str(NumberText.scientific(x, true)));
    try {
      return PyCalls.callMethod(d, "__format__", spec, c).toString();
    } catch (PyException e) {
      if (!e.matches(Exceptions.ValueError)) {
        throw e;
      }
      // The other module's message would tell more than there is.
      throw Errors.valueError("invalid format string");
    }
  }
}
