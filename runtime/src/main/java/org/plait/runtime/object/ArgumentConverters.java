package org.plait.runtime.object;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyBool;
import org.plait.runtime.types.PyFloat;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyStr;

/**
 * Conversions from Python arguments to Java parameters, called by generated tables. Errors are
 * those of Argument Clinic's converters.
 */
public final class ArgumentConverters {
  private ArgumentConverters() {}

  /** A C int. */
  public static int toInt(PyObject o) {
    PyInt i = o instanceof PyInt p ? p : PyNumbers.index(o);
    if (!i.isInt()) {
      throw Errors.overflowError("Python int too large to convert to C int");
    }
    return (int) i.longValue();
  }

  /** A Py_ssize_t. */
  public static long toSsize(PyObject o) {
    PyInt i = o instanceof PyInt p ? p : PyNumbers.index(o);
    if (!i.isLong()) {
      throw Errors.overflowError("Python int too large to convert to C ssize_t");
    }
    return i.longValue();
  }

  /** Equivalent of CPython's {@code PyFloat_AsDouble}. */
  public static double toDouble(PyObject o) {
    return o instanceof PyFloat f ? f.value() : PyNumbers.asDouble(o);
  }

  /** The truth of the object. */
  public static boolean toBoolean(PyObject o) {
    return o == Py.True || o != Py.False && PyObjects.isTrue(o);
  }

  public static String toString(PyObject o, String what) {
    if (o instanceof PyStr s) {
      return s.toString();
    }
    throw badArgument(what, "str", o);
  }

  public static @Nullable String toStringOrNull(PyObject o, String what) {
    if (o == Py.None) {
      return null;
    }
    if (o instanceof PyStr s) {
      return s.toString();
    }
    throw badArgument(what, "str or None", o);
  }

  /** Never returns; in the form of an expression for the generated code. */
  public static PyObject bad(String what, String expected, PyObject got) {
    throw badArgument(what, expected, got);
  }

  /**
   * Equivalent of CPython's {@code _PyArg_BadArgument}.
   *
   * @param what names function and argument: {@code encode() argument 'encoding'}
   */
  public static RuntimeException badArgument(String what, String expected, PyObject got) {
    String type = got == Py.None ? "None" : got.type().name();
    return Errors.typeError(what + " must be " + expected + ", not " + type);
  }

  // ---- attributes

  /** The value of a setter that doesn't know deletion. */
  public static PyObject present(@Nullable PyObject value, String name) {
    if (value == null) {
      throw Errors.typeError("cannot delete attribute '" + name + "'");
    }
    return value;
  }

  /** The value of a member that reads as missing while it is null. */
  public static PyObject required(PyObject self, @Nullable PyObject value, String name) {
    if (value == null) {
      throw Errors.noAttribute(self, name);
    }
    return value;
  }

  /** The value to store in such a member; deleting a missing one is an error. */
  public static @Nullable PyObject stored(
      PyObject self, @Nullable PyObject value, @Nullable PyObject old, String name) {
    if (value == null && old == null) {
      throw Errors.noAttribute(self, name);
    }
    return value;
  }

  /** The value for a numeric member. */
  public static PyObject numeric(@Nullable PyObject value) {
    if (value == null) {
      throw Errors.typeError("can't delete numeric/char attribute");
    }
    return value;
  }

  /** The value for a boolean member. */
  public static boolean toMemberBoolean(@Nullable PyObject value) {
    PyObject v = numeric(value);
    if (v instanceof PyBool) {
      return v == Py.True;
    }
    throw Errors.typeError("attribute value type must be bool");
  }
}
