package org.plait.runtime.object;

public final class ArgumentConverters {
  public static int toInt(PyObject o) {
    return ((Number) ((Value) o).value).intValue();
  }

  public static long toSsize(PyObject o) {
    return ((Number) ((Value) o).value).longValue();
  }

  public static double toDouble(PyObject o) {
    return ((Number) ((Value) o).value).doubleValue();
  }

  public static boolean toBoolean(PyObject o) {
    return o == Py.True;
  }

  public static String toString(PyObject o, String what) {
    if (o instanceof Value v && v.value instanceof String s && o != Py.None) {
      return s;
    }
    throw new IllegalArgumentException(what + " must be str");
  }

  public static String toStringOrNull(PyObject o, String what) {
    return o == Py.None ? null : toString(o, what);
  }

  public static PyObject bad(String what, String expected, PyObject got) {
    throw new IllegalArgumentException(what + " must be " + expected);
  }

  public static PyObject present(PyObject value, String name) {
    if (value == null) {
      throw new IllegalArgumentException("can't delete " + name);
    }
    return value;
  }

  public static PyObject required(PyObject self, PyObject value, String name) {
    return present(value, name);
  }

  public static PyObject stored(PyObject self, PyObject value, PyObject old, String name) {
    return value;
  }

  public static PyObject numeric(PyObject value) {
    return present(value, "number");
  }

  public static boolean toMemberBoolean(PyObject value) {
    return value == Py.True;
  }
}
