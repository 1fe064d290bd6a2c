package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.PyObject;

/**
 * The order of keys that are all plain ints, all floats or all plain strs, or tuples of one length
 * whose columns are: comparing them needs no user code.
 */
final class PlainOrder implements ListSort.Less {
  enum Column {
    /** Ints that fit a long, and bools. */
    INT,
    FLOAT,
    /** Strs without surrogate pairs. */
    TEXT
  }

  /** Of tuples; otherwise a key is its only column. */
  private final boolean rows;

  private final Column[] columns;

  /** Whether each two keys are equal or one is less, which a NaN is not. */
  private boolean total = true;

  private PlainOrder(boolean rows, Column[] columns) {
    this.rows = rows;
    this.columns = columns;
  }

  /** The order of the first {@code n} keys, one at least, or null when they are anything else. */
  static @Nullable PlainOrder of(PyObject[] keys, int n) {
    boolean rows = keys[0].getClass() == PyTuple.class;
    int width = rows ? ((PyTuple) keys[0]).items.length : 1;
    PlainOrder order = new PlainOrder(rows, new Column[width]);
    for (int i = 0; i < n; i++) {
      if (!(rows ? order.acceptsRow(keys[i]) : order.accepts(keys[i], 0))) {
        return null;
      }
    }
    return order;
  }

  private boolean acceptsRow(PyObject key) {
    if (key.getClass() != PyTuple.class) {
      return false;
    }
    PyObject[] row = ((PyTuple) key).items;
    if (row.length != columns.length) {
      return false;
    }
    for (int k = 0; k < row.length; k++) {
      if (!accepts(row[k], k)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the first key, or one that is as those before, may have this in a column. */
  private boolean accepts(PyObject x, int k) {
    Column c = columnOf(x);
    if (columns[k] == null) {
      columns[k] = c;
    }
    if (c == Column.FLOAT && Double.isNaN(((PyFloat) x).value)) {
      total = false;
    }
    return c != null && c == columns[k];
  }

  private static @Nullable Column columnOf(PyObject x) {
    Class<?> c = x.getClass();
    if (c == PyInt.class || c == PyBool.class) {
      return ((PyInt) x).big == null ? Column.INT : null;
    }
    if (c == PyStr.class) {
      return ((PyStr) x).isSimple() ? Column.TEXT : null;
    }
    return c == PyFloat.class ? Column.FLOAT : null;
  }

  boolean isTotal() {
    return total;
  }

  int columns() {
    return columns.length;
  }

  Column column(int k) {
    return columns[k];
  }

  /** What a key has in a column. */
  PyObject part(PyObject key, int k) {
    return rows ? ((PyTuple) key).items[k] : key;
  }

  @Override
  public boolean test(PyObject a, PyObject b) {
    if (!rows) {
      return compare(columns[0], a, b) < 0;
    }
    PyObject[] p = ((PyTuple) a).items;
    PyObject[] q = ((PyTuple) b).items;
    for (int k = 0; k < columns.length; k++) {
      // The same object counts as equal, be it a NaN.
      if (p[k] != q[k]) {
        int order = compare(columns[k], p[k], q[k]);
        if (order != 0) {
          return order < 0;
        }
      }
    }
    return false;
  }

  /** Negative if x is less, 0 if they are equal. */
  private static int compare(Column c, PyObject x, PyObject y) {
    return switch (c) {
      case INT -> Long.compare(((PyInt) x).value, ((PyInt) y).value);
      case FLOAT -> {
        double i = ((PyFloat) x).value;
        double j = ((PyFloat) y).value;
        yield i == j ? 0 : i < j ? -1 : 1;
      }
      case TEXT -> ((PyStr) x).text().compareTo(((PyStr) y).text());
    };
  }
}
