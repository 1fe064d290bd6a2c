package org.plait.runtime.exceptions;

import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;

/**
 * The Java throwable that carries a raised Python exception. It has no Java stack trace and no
 * message of its own; the Python traceback is in {@link #value}.
 *
 * <p>One is made per raise; while it unwinds it belongs to the raising thread.
 */
public final class PyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The Python exception object. */
  public final transient PyBaseException value;

  /** Whether {@code __context__} has been decided: the first frame it passes does that. */
  public boolean contextSet;

  public PyException(PyBaseException value) {
    super(null, null, false, false);
    this.value = value;
  }

  /** Whether the exception is an instance of the class. */
  public boolean matches(PyType type) {
    return type.isInstance(value);
  }

  /** Raises {@code exception}, an exception instance or class, as {@code raise} does. */
  public static PyException of(PyObject exception) {
    return new PyException(Errors.instantiate(exception));
  }

  /** The class and the text; the class alone on a Java thread that runs no Python. */
  @Override
  public String getMessage() {
    String name = value.type().name();
    return ThreadState.currentOrNull() == null ? name : name + ": " + value.argsText();
  }
}
