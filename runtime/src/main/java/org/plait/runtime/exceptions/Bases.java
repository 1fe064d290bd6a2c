package org.plait.runtime.exceptions;

import org.plait.runtime.object.PyType;

/** Names for the bases of exception classes that have no Java class of their own. */
final class Bases {
  private Bases() {}

  static final class OfException {
    static final PyType TYPE = Exceptions.Exception;
  }

  static final class OfLookupError {
    static final PyType TYPE = Exceptions.LookupError;
  }

  static final class OfUnicodeError {
    static final PyType TYPE = Exceptions.UnicodeError;
  }
}
