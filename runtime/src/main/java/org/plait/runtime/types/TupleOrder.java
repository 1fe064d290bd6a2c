package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.PyObject;

/**
 * The order of tuples of one length whose columns each hold ints, floats or strs of a plain kind:
 * comparing them needs no user code.
 */
final class TupleOrder implements ListSort.Less {
  private enum Column {
    INT,
    FLOAT,
    TEXT
  }

  private final Column[] columns;

  private TupleOrder(Column[] columns) {
    this.columns = columns;
  }

  /** The order of the first {@code n} items, or null when they are anything else. */
  static @Nullable TupleOrder of(PyObject[] items, int n) {
    PyObject[] first = ((PyTuple) items[0]).items;
    Column[] columns = new Column[first.length];
    for (int i = 0; i < n; i++) {
      if (items[i].getClass() != PyTuple.class) {
        return null;
      }
      PyObject[] row = ((PyTuple) items[i]).items;
      if (row.length != columns.length) {
        return null;
      }
      for (int k = 0; k < row.length; k++) {
        Column c = columnOf(row[k]);
        if (c == null || i > 0 && c != columns[k]) {
          return null;
        }
        columns[k] = c;
      }
    }
    return new TupleOrder(columns);
  }

  private static @Nullable Column columnOf(PyObject x) {
    Class<?> c = x.getClass();
    if (c == PyInt.class) {
      return ((PyInt) x).big == null ? Column.INT : null;
    }
    if (c == PyStr.class) {
      return ((PyStr) x).isSimple() ? Column.TEXT : null;
    }
    return c == PyFloat.class ? Column.FLOAT : null;
  }

  @Override
  public boolean test(PyObject a, PyObject b) {
    PyObject[] p = ((PyTuple) a).items;
    PyObject[] q = ((PyTuple) b).items;
    for (int k = 0; k < columns.length; k++) {
      PyObject x = p[k];
      PyObject y = q[k];
      // The same object counts as equal, be it a NaN.
      if (x == y) {
        continue;
      }
      switch (columns[k]) {
        case INT -> {
          long i = ((PyInt) x).value;
          long j = ((PyInt) y).value;
          if (i != j) {
            return i < j;
          }
        }
        case FLOAT -> {
          double i = ((PyFloat) x).value;
          double j = ((PyFloat) y).value;
          if (i != j) {
            return i < j;
          }
        }
        case TEXT -> {
          int order = ((PyStr) x).text().compareTo(((PyStr) y).text());
          if (order != 0) {
            return order < 0;
          }
        }
      }
    }
    return false;
  }
}
