package org.plait.modules.lzma;

import java.io.IOException;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.PyType;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.UnsupportedOptionsException;
import org.tukaani.xz.XZFormatException;

/** {@code LZMAError} and its messages. */
public final class LzmaErrors {
  public static final PyType ERROR =
      Errors.newException("_lzma", "LZMAError", Exceptions.Exception, "Call to liblzma failed.");

  static final String OPTIONS = "Invalid or unsupported options";
  static final String FORMAT = "Input format not supported by decoder";
  static final String CORRUPT = "Corrupt input data";

  private LzmaErrors() {}

  public static PyException of(String message) {
    return Errors.of(ERROR, message);
  }

  static PyException of(IOException e) {
    if (e instanceof XZFormatException) {
      return of(FORMAT);
    }
    if (e instanceof MemoryLimitException) {
      return of("Memory usage limit exceeded");
    }
    return of(e instanceof UnsupportedOptionsException ? OPTIONS : CORRUPT);
  }
}
