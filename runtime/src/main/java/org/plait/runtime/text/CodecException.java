package org.plait.runtime.text;

/**
 * What becomes UnicodeDecodeError, UnicodeEncodeError or UnicodeTranslateError: the built-in error
 * handlers throw it, the caller turns it into the Python exception.
 */
public final class CodecException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String encoding;
  private final transient Object object;
  private final int start;
  private final int end;
  private final String reason;

  private CodecException(String encoding, Object object, int start, int end, String reason) {
    super(reason, null, false, false);
    this.encoding = encoding;
    this.object = object;
    this.start = start;
    this.end = end;
    this.reason = reason;
  }

  public static CodecException decode(
      String encoding, byte[] object, int start, int end, String reason) {
    return new CodecException(encoding, object, start, end, reason);
  }

  public static CodecException encode(
      String encoding, CodePointSource object, int start, int end, String reason) {
    return new CodecException(encoding, object, start, end, reason);
  }

  public boolean isDecode() {
    return object instanceof byte[];
  }

  public String encoding() {
    return encoding;
  }

  /** The input: byte[] when decoding, CodePointSource when encoding. */
  public Object object() {
    return object;
  }

  public int start() {
    return start;
  }

  public int end() {
    return end;
  }

  public String reason() {
    return reason;
  }
}
