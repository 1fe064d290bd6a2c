package org.plait.modules.pickle;

import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyType;
import org.plait.runtime.types.PyDict;

/** The exception classes of {@code _pickle}. */
public final class PickleErrors {
  public static final PyType PICKLE_ERROR = make("PickleError", Exceptions.Exception);
  public static final PyType PICKLING_ERROR = make("PicklingError", PICKLE_ERROR);
  public static final PyType UNPICKLING_ERROR = make("UnpicklingError", PICKLE_ERROR);

  private PickleErrors() {}

  private static PyType make(String name, PyType base) {
    PyDict namespace = Py.dict();
    namespace.putStr("__module__", Py.str("_pickle"));
    return (PyType) PyType.TYPE.call3(Py.str(name), Py.tuple(base), namespace);
  }

  static PyException pickling(String message) {
    return Errors.of(PICKLING_ERROR, message);
  }

  /** An error that arose from another one. */
  static PyException after(PyException first, PyException second) {
    second.value.setContext(first.value);
    return second;
  }

  static PyException unpickling(String message) {
    return Errors.of(UNPICKLING_ERROR, message);
  }
}
