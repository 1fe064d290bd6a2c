package org.plait.modules.interpreters;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyBaseException;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.PyType;

/** The exceptions of {@code concurrent.interpreters}: one class each for all interpreters. */
public final class InterpreterErrors {
  private static final String MODULE = "concurrent.interpreters";

  public static final PyType INTERPRETER_ERROR =
      Errors.newException(
          MODULE,
          "InterpreterError",
          Exceptions.Exception,
          "Something that was asked of an interpreter has failed.");

  public static final PyType NOT_FOUND =
      Errors.newException(
          MODULE, "InterpreterNotFoundError", INTERPRETER_ERROR, "There is no such interpreter.");

  public static final PyType NOT_SHAREABLE =
      Errors.newException(MODULE, "NotShareableError", Exceptions.TypeError, null);

  private InterpreterErrors() {}

  /** {@code InterpreterError}. */
  public static PyException error(String message) {
    return Errors.of(INTERPRETER_ERROR, message);
  }

  static PyException notShareable(String message, @Nullable PyBaseException cause) {
    PyException e = Errors.of(NOT_SHAREABLE, message);
    if (cause != null) {
      e.value.setCause(cause);
    }
    return e;
  }
}
