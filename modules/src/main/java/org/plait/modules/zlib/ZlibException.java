package org.plait.modules.zlib;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.PyType;

/** What zlib reports by a code and a message. */
public final class ZlibException extends Exception {
  private static final long serialVersionUID = 1;

  static final int NEED_DICT = 2;
  static final int STREAM_ERROR = -2;
  static final int DATA_ERROR = -3;
  static final int BUF_ERROR = -5;

  /** {@code zlib.error}. */
  public static final PyType ERROR =
      Errors.newException("zlib", "error", org.plait.runtime.exceptions.Exceptions.Exception, null);

  private final int code;
  private final @Nullable String doing;

  private ZlibException(int code, @Nullable String message, @Nullable String doing) {
    super(message, null, false, false);
    this.code = code;
    this.doing = doing;
  }

  static ZlibException data(String message) {
    return new ZlibException(DATA_ERROR, message, null);
  }

  static ZlibException needDictionary() {
    return new ZlibException(NEED_DICT, null, null);
  }

  static ZlibException wrongDictionary() {
    return new ZlibException(DATA_ERROR, "invalid input data", "while setting zdict");
  }

  /** As the Python exception; {@code otherwise} says what was going on unless we know better. */
  public PyException error(String otherwise) {
    return error(code, doing == null ? otherwise : doing, getMessage());
  }

  /** A {@code zlib.error}. */
  public static PyException error(int code, String doing, @Nullable String message) {
    return Errors.of(
        ERROR, "Error " + code + " " + doing + (message == null ? "" : ": " + message));
  }
}
