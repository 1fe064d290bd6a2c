package org.plait.modules.csv;

import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.types.PyDict;

/** What the types of {@code _csv} share: the exception, the dialects by name, the field limit. */
public final class CsvState {
  private CsvState() {}

  public static final PyType ERROR =
      Errors.newException("_csv", "Error", Exceptions.Exception, null);

  public static final PyDict DIALECTS = Py.dict();

  /** {@code field_size_limit}, in characters. */
  public static volatile long fieldLimit = 128 * 1024;

  static PyException error(String message) {
    return Errors.of(ERROR, message);
  }

  /** The dialect registered under a name. */
  public static PyObject dialect(PyObject name) {
    PyObject d = DIALECTS.get(name);
    if (d == null) {
      throw error("unknown dialect");
    }
    return d;
  }
}
