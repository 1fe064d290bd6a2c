package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyMappings;
import org.plait.runtime.text.CodePointBuilder;

/** {@code str.translate} and {@code str.maketrans}. */
final class StrTranslate {
  private StrTranslate() {}

  /** From so many characters on, what ASCII characters become is remembered. */
  private static final int MANY = 16;

  private static final int ASCII = 128;
  private static final int[] NOTHING = {};

  static PyStr translate(PyStr s, PyObject table) {
    int n = s.length();
    CodePointBuilder out = new CodePointBuilder(n);
    int[] known = n < MANY || table.getClass() != PyDict.class ? NOTHING : new int[ASCII];
    for (int i = 0; i < n; i++) {
      int c = s.codePointAt(i);
      if (c < known.length && known[c] != 0) {
        out.append(known[c]);
        continue;
      }
      PyObject to = lookup(table, c);
      if (c < known.length) {
        known[c] = single(c, to);
      }
      if (to == null) {
        out.append(c);
      } else if (to instanceof PyInt v) {
        if (!v.isLong() || v.longValue() < 0 || v.longValue() > 0x10ffff) {
          throw Errors.valueError("character mapping must be in range(0x110000)");
        }
        out.append((int) v.longValue());
      } else if (to instanceof PyStr t) {
        out.append(t.source());
      } else if (to != Py.None) {
        throw Errors.typeError("character mapping must return integer, None or str");
      }
    }
    return PyStr.of(out.toSource());
  }

  /** The one character that a character becomes, or 0 for anything else. */
  private static int single(int c, @Nullable PyObject to) {
    if (to == null) {
      return c;
    }
    if (to instanceof PyInt v) {
      return v.isLong() && v.longValue() > 0 && v.longValue() <= 0x10ffff ? (int) v.longValue() : 0;
    }
    return to instanceof PyStr t && t.length() == 1 ? t.codePointAt(0) : 0;
  }

  /** What a table says of a character; null for nothing. */
  private static @Nullable PyObject lookup(PyObject table, int c) {
    if (table.getClass() == PyDict.class) {
      return ((PyDict) table).get(PyInt.of(c));
    }
    try {
      return PyMappings.getItem(table, PyInt.of(c));
    } catch (PyException e) {
      if (e.matches(Exceptions.LookupError)) {
        return null;
      }
      throw e;
    }
  }

  static PyObject makeTable(PyObject x, @Nullable PyStr y, @Nullable PyStr z) {
    PyDict table = new PyDict();
    if (y != null) {
      if (!(x instanceof PyStr from)) {
        throw Errors.typeError(
            "first maketrans argument must be a string if there is a second argument");
      }
      if (from.length() != y.length()) {
        throw Errors.valueError("the first two maketrans arguments must have equal length");
      }
      for (int i = 0; i < from.length(); i++) {
        table.put(PyInt.of(from.codePointAt(i)), PyInt.of(y.codePointAt(i)));
      }
      if (z != null) {
        for (int i = 0; i < z.length(); i++) {
          table.put(PyInt.of(z.codePointAt(i)), Py.None);
        }
      }
      return table;
    }
    if (!PyDict.isExact(x)) {
      throw Errors.typeError("if you give only one argument to maketrans it must be a dict");
    }
    PyObject[] items = ((PyDict) x).snapshotItems();
    for (int i = 0; i < items.length; i += 2) {
      PyObject key = items[i];
      if (key instanceof PyStr k) {
        if (k.length() != 1) {
          throw Errors.valueError("string keys in translate table must be of length 1");
        }
        key = PyInt.of(k.codePointAt(0));
      } else if (!(key instanceof PyInt)) {
        throw Errors.typeError("keys in translate table must be strings or integers");
      }
      table.put(key, items[i + 1]);
    }
    return table;
  }
}
