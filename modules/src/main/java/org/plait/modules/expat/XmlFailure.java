package org.plait.modules.expat;

/**
 * Ends the parsing of a document. Carries no stack trace: a document has the error, not the code.
 */
final class XmlFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** The position in the text that has no other. */
  static final int HERE = -1;

  final XmlError error;

  /** Where in the text that is being parsed, or HERE for where the parser has come. */
  final int position;

  XmlFailure(XmlError error, int position) {
    super(error.message(), null, false, false);
    this.error = error;
    this.position = position;
  }

  XmlFailure(XmlError error) {
    this(error, HERE);
  }
}
