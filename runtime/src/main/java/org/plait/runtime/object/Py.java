package org.plait.runtime.object;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.types.PyBool;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyEllipsis;
import org.plait.runtime.types.PyFloat;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyNone;
import org.plait.runtime.types.PyNotImplemented;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/** Singletons and factories for the common built-in objects. */
@SuppressWarnings("ConstantName") // Python's own spelling
public final class Py {
  private Py() {}

  public static final PyObject None = PyNone.INSTANCE;
  public static final PyBool True = PyBool.TRUE;
  public static final PyBool False = PyBool.FALSE;
  public static final PyObject NotImplemented = PyNotImplemented.INSTANCE;
  public static final PyObject Ellipsis = PyEllipsis.INSTANCE;
  public static final PyTuple EmptyTuple = PyTuple.EMPTY;
  public static final PyStr EmptyStr = PyStr.EMPTY;

  public static PyInt int_(long v) {
    return PyInt.of(v);
  }

  public static PyInt int_(BigInteger v) {
    return PyInt.of(v);
  }

  /** The int whose 64 bits these are, without a sign. */
  public static PyInt unsigned(long v) {
    return v >= 0 ? int_(v) : int_(new BigInteger(Long.toUnsignedString(v)));
  }

  public static PyFloat float_(double v) {
    return new PyFloat(v);
  }

  public static PyBool bool_(boolean v) {
    return v ? PyBool.TRUE : PyBool.FALSE;
  }

  public static PyStr str(String s) {
    return PyStr.of(s);
  }

  /** The str, or None for null. */
  public static PyObject strOrNone(@Nullable String s) {
    return s == null ? None : PyStr.of(s);
  }

  /** The object, or None for null. */
  public static PyObject orNone(@Nullable PyObject o) {
    return o == null ? None : o;
  }

  /** Takes over the array. */
  public static PyBytes bytes(byte[] b) {
    return PyBytes.of(b);
  }

  /** Takes over the array. */
  public static PyTuple tuple(PyObject... items) {
    return PyTuple.of(items);
  }

  public static PyTuple tuple(List<? extends PyObject> items) {
    return PyTuple.of(items.toArray(PyObject.NO_ARGS));
  }

  /** Takes over the array. */
  public static PyList list(PyObject... items) {
    return PyList.of(items);
  }

  public static PyList list(List<? extends PyObject> items) {
    return PyList.of(items.toArray(PyObject.NO_ARGS));
  }

  public static PyDict dict() {
    return new PyDict();
  }
}
