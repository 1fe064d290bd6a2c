package org.plait.runtime.exceptions;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.PyObject;

/** Keyword arguments of exception constructors that take some. */
final class KeywordFields {
  private KeywordFields() {}

  /**
   * The values of the allowed keywords, null where absent.
   *
   * @param function the name for the TypeError about any other keyword
   */
  static PyObject[] take(
      String function, PyObject[] args, String @Nullable [] kwnames, String... allowed) {
    PyObject[] values = new PyObject[allowed.length];
    int n = kwnames == null ? 0 : kwnames.length;
    for (int i = 0; i < n; i++) {
      int at = java.util.Arrays.asList(allowed).indexOf(kwnames[i]);
      if (at < 0) {
        throw Errors.typeError(
            function + "() got an unexpected keyword argument '" + kwnames[i] + "'");
      }
      values[at] = args[args.length - n + i];
    }
    return values;
  }

  /** The positional arguments. */
  static PyObject[] positional(PyObject[] args, String @Nullable [] kwnames) {
    return kwnames == null
        ? args.clone()
        : java.util.Arrays.copyOf(args, args.length - kwnames.length);
  }
}
