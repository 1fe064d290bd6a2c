package org.plait.runtime.exceptions;

import org.jspecify.annotations.Nullable;
import org.plait.host.Errno;
import org.plait.host.HostException;
import org.plait.runtime.object.PyObject;

/** Failures of the operating system as Python exceptions. */
public final class OsErrors {
  private OsErrors() {}

  /** Equivalent of CPython's {@code PyErr_SetFromErrno}. */
  public static PyException of(HostException e) {
    return of(e.errno());
  }

  /** Equivalent of CPython's {@code PyErr_SetFromErrnoWithFilenameObject}; null for no name. */
  public static PyException of(HostException e, @Nullable PyObject filename) {
    return of(e.errno(), filename);
  }

  /** Equivalent of CPython's {@code PyErr_SetFromErrnoWithFilenameObjects}. */
  public static PyException of(HostException e, PyObject filename, PyObject filename2) {
    return Errors.osError(e.errno(), e.text(), filename, filename2);
  }

  public static PyException of(int errno) {
    return Errors.osError(errno, Errno.text(errno));
  }

  public static PyException of(int errno, @Nullable PyObject filename) {
    return filename == null ? of(errno) : Errors.osError(errno, Errno.text(errno), filename);
  }
}
