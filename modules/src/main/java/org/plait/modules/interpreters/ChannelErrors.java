package org.plait.modules.interpreters;

import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.PyType;

/** The exceptions of {@code _interpchannels}: one class each for all interpreters. */
public final class ChannelErrors {
  private static final String MODULE = "_interpchannels";

  public static final PyType ERROR =
      Errors.newException(MODULE, "ChannelError", Exceptions.RuntimeError, null);
  public static final PyType NOT_FOUND =
      Errors.newException(MODULE, "ChannelNotFoundError", ERROR, null);
  public static final PyType CLOSED =
      Errors.newException(MODULE, "ChannelClosedError", ERROR, null);
  public static final PyType EMPTY = Errors.newException(MODULE, "ChannelEmptyError", ERROR, null);
  public static final PyType NOT_EMPTY =
      Errors.newException(MODULE, "ChannelNotEmptyError", ERROR, null);

  private ChannelErrors() {}

  static PyException notFound(long id) {
    return Errors.of(NOT_FOUND, "channel " + id + " not found");
  }

  static PyException closed(long id) {
    return Errors.of(CLOSED, "channel " + id + " is closed");
  }

  static PyException released(long id) {
    return Errors.of(CLOSED, "channel " + id + " is already closed");
  }

  static PyException empty(long id) {
    return Errors.of(EMPTY, "channel " + id + " is empty");
  }

  static PyException notEmpty(long id) {
    return Errors.of(
        NOT_EMPTY, "channel " + id + " may not be closed if not empty (try force=True)");
  }
}
