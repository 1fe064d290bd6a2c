package org.plait.runtime.io;

import org.plait.host.Errno;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.interp.Unraisable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyStr;

/** The exceptions of {@code _io} and what its classes share. */
final class IoErrors {
  static final String CLOSED = "I/O operation on closed file";
  static final String CLOSED_DOT = "I/O operation on closed file.";

  /** {@code io.DEFAULT_BUFFER_SIZE}, bytes. */
  static final int DEFAULT_BUFFER_SIZE = 128 * 1024;

  private IoErrors() {}

  /** Made when it is first needed. */
  private static final class Types {
    static final PyType UNSUPPORTED = make();

    private static PyType make() {
      PyDict dict = Py.dict();
      dict.putStr("__module__", PyStr.intern("io"));
      return (PyType)
          PyType.TYPE.call3(
              PyStr.intern("UnsupportedOperation"),
              Py.tuple(Exceptions.OSError, Exceptions.ValueError),
              dict);
    }
  }

  static PyType unsupportedType() {
    return Types.UNSUPPORTED;
  }

  static PyException unsupported(String message) {
    return Errors.of(Types.UNSUPPORTED, message);
  }

  static PyException closed() {
    return Errors.valueError(CLOSED);
  }

  static PyException blocking(String message, long written) {
    return Errors.of(
        Exceptions.BlockingIOError, Py.int_(Errno.EAGAIN), Py.str(message), Py.int_(written));
  }

  /** Raises {@code second} with {@code first} as context, as one error during another. */
  static PyException chain(PyException first, PyException second) {
    if (second.value != first.value && second.value.context() == null) {
      second.value.setContext(first.value);
    }
    return second;
  }

  /** A size argument: an index or None for -1. */
  static long size(PyObject o) {
    if (o == Py.None) {
      return -1;
    }
    if (!PyNumbers.isIndex(o)) {
      throw Errors.typeError("argument should be integer or None, not '" + o.type().name() + "'");
    }
    return PyNumbers.asLong(PyNumbers.index(o), Exceptions.OverflowError);
  }

  /** Equivalent of CPython's {@code PyNumber_AsOff_t}. */
  static long offset(PyObject o) {
    return PyNumbers.asLong(PyNumbers.index(o), Exceptions.ValueError);
  }

  static void unraisable(PyException e, PyObject where) {
    Unraisable.report(e.value, where);
  }

  /** Ends the traceback of what native code has caught and handles by itself. */
  static boolean isBlocking(PyException e) {
    return e.matches(Exceptions.BlockingIOError);
  }
}
