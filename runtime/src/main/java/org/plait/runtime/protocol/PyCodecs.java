package org.plait.runtime.protocol;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.boot.BootOptions;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.text.ByteCodecs;
import org.plait.runtime.text.CodePointSource;
import org.plait.runtime.text.CodecErrors;
import org.plait.runtime.text.CodecException;
import org.plait.runtime.text.TextException;
import org.plait.runtime.text.Utf8Codec;
import org.plait.runtime.text.WideCodecs;
import org.plait.runtime.types.PyByteArray;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyMemoryView;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/**
 * Encoding and decoding: CPython's {@code PyUnicode_AsEncodedString}, {@code PyUnicode_Decode} and
 * {@code PyCodec_*}. UTF-8, ASCII and Latin-1 never touch the registry.
 */
public final class PyCodecs {
  private PyCodecs() {}

  /** The codecs done here. */
  private enum Known {
    UTF8,
    ASCII,
    LATIN1,
    UTF16,
    UTF32,
    OTHER
  }

  private static Known known(@Nullable String encoding) {
    if (encoding == null) {
      return Known.UTF8;
    }
    switch (encoding) {
      case "utf-8", "utf8", "UTF-8":
        return Known.UTF8;
      case "ascii":
        return Known.ASCII;
      case "latin-1", "latin1", "iso-8859-1":
        return Known.LATIN1;
      default:
    }
    if (encoding.length() > 16) {
      return Known.OTHER;
    }
    return switch (CodecRegistry.normalize(encoding)) {
      case "utf_8", "utf8" -> Known.UTF8;
      case "ascii", "us_ascii" -> Known.ASCII;
      case "latin1", "latin_1", "iso_8859_1", "iso8859_1" -> Known.LATIN1;
      case "utf_16" -> Known.UTF16;
      case "utf_32" -> Known.UTF32;
      default -> Known.OTHER;
    };
  }

  /** The registry of the current interpreter. */
  public static CodecRegistry registry() {
    return ThreadState.current().interpreter.codecs;
  }

  /** The error handler of that name; an unknown name is only noticed at the first error. */
  public static CodecErrors errors(@Nullable String name) {
    if (name == null || name.equals("strict")) {
      return CodecErrors.STRICT;
    }
    CodecErrors builtin = CodecErrors.builtin(name);
    return builtin != null ? builtin : new PythonCodecErrors(name);
  }

  /** The Python exception for what a text codec throws. */
  public static PyException error(CodecException e) {
    PyObject object =
        e.object() instanceof byte[] b ? PyBytes.of(b) : PyStr.of((CodePointSource) e.object());
    return Errors.of(
        e.isDecode() ? Exceptions.UnicodeDecodeError : Exceptions.UnicodeEncodeError,
        Py.str(e.encoding()),
        object,
        Py.int_(e.start()),
        Py.int_(e.end()),
        Py.str(e.reason()));
  }

  /** What a codec gives; a supplier that may run Python code. */
  public interface Run<T> {
    T run();
  }

  /** Runs a text codec, turning its exceptions into Python's. */
  public static <T> T guard(Run<T> codec) {
    try {
      return codec.run();
    } catch (CodecException e) {
      throw error(e);
    } catch (TextException e) {
      throw Errors.of(e);
    } catch (OutOfMemoryError | ArithmeticException | NegativeArraySizeException e) {
      throw Errors.memoryError();
    }
  }

  private static void checkNames(@Nullable String encoding, @Nullable String errors) {
    checkName(encoding);
    checkName(errors);
    if (BootOptions.current().devMode) {
      checkKnown(encoding, errors);
    }
  }

  // Compare CPython unicode_check_encoding_errors in unicodeobject.c.
  private static void checkKnown(@Nullable String encoding, @Nullable String errors) {
    if (ThreadState.current().interpreter.importlibExternal == null) {
      return;
    }
    if (encoding != null && known(encoding) == Known.OTHER) {
      registry().lookup(encoding);
    }
    if (errors != null) {
      registry().lookupError(errors);
    }
  }

  /** A name goes to C as UTF-8 in CPython: no surrogates, no null. */
  public static void checkName(@Nullable String name) {
    if (name == null) {
      return;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == 0) {
        throw Errors.valueError("embedded null character");
      }
      if (Character.isSurrogate(c)) {
        utf8(PyStr.of(name), null);
        return;
      }
    }
  }

  // ---- encode

  /**
   * Equivalent of CPython's {@code PyUnicode_AsEncodedString}.
   *
   * @param encoding null for UTF-8
   * @param errors null for strict
   */
  public static PyBytes encode(PyStr s, @Nullable String encoding, @Nullable String errors) {
    checkNames(encoding, errors);
    return switch (known(encoding)) {
      case UTF8 -> utf8(s, errors);
      case ASCII -> ascii(s, errors);
      case LATIN1 -> latin1(s, errors);
      case UTF16 ->
          guard(
              () ->
                  PyBytes.of(
                      WideCodecs.encodeUtf16(s.source(), WideCodecs.Order.MARKED, errors(errors))));
      case UTF32 ->
          guard(
              () ->
                  PyBytes.of(
                      WideCodecs.encodeUtf32(s.source(), WideCodecs.Order.MARKED, errors(errors))));
      case OTHER -> encodeByRegistry(s, encoding, errors);
    };
  }

  private static PyBytes encodeByRegistry(PyStr s, String encoding, @Nullable String errors) {
    PyObject r = encodeText(s, encoding, errors);
    if (r instanceof PyBytes b) {
      return b;
    }
    if (r instanceof PyByteArray a) {
      Warnings.warn(
          Exceptions.RuntimeWarning,
          "encoder "
              + encoding
              + " returned bytearray instead of bytes; use codecs.encode() to encode to"
              + " arbitrary types",
          1);
      return PyBytes.of(a.toByteArray());
    }
    throw Errors.typeError(
        "'"
            + encoding
            + "' encoder returned '"
            + r.type().name()
            + "' instead of 'bytes'; use codecs.encode() to encode to arbitrary types");
  }

  /** UTF-8; the common texts without surrogates go through Java's own encoder. */
  public static PyBytes utf8(PyStr s, @Nullable String errors) {
    String t = s.toString();
    byte[] bytes = t.getBytes(StandardCharsets.UTF_8);
    // Java writes a question mark for a lone surrogate. Comparing finds ASCII faster than looking
    // at
    // each character.
    if (t.equals(new String(bytes, StandardCharsets.ISO_8859_1)) || !hasSurrogates(s)) {
      return PyBytes.of(bytes);
    }
    return guard(() -> PyBytes.of(Utf8Codec.encode(s.source(), errors(errors))));
  }

  /** Whether a code point is a lone surrogate. */
  private static boolean hasSurrogates(PyStr s) {
    if (s.isSimple()) {
      String t = s.toString();
      for (int i = 0, n = t.length(); i < n; i++) {
        if (Character.isSurrogate(t.charAt(i))) {
          return true;
        }
      }
      return false;
    }
    for (int i = 0, n = s.length(); i < n; i++) {
      if (s.codePointAt(i) >>> 11 == 0xD800 >>> 11) {
        return true;
      }
    }
    return false;
  }

  private static PyBytes ascii(PyStr s, @Nullable String errors) {
    return guard(() -> PyBytes.of(ByteCodecs.encodeAscii(s.source(), errors(errors))));
  }

  private static PyBytes latin1(PyStr s, @Nullable String errors) {
    return guard(() -> PyBytes.of(ByteCodecs.encodeLatin1(s.source(), errors(errors))));
  }

  // ---- decode

  /**
   * Equivalent of CPython's {@code PyUnicode_Decode}.
   *
   * @param b not changed, and not to be changed while an error handler may see it
   * @param encoding null for UTF-8
   * @param errors null for strict
   */
  public static PyStr decode(byte[] b, @Nullable String encoding, @Nullable String errors) {
    checkNames(encoding, errors);
    return switch (known(encoding)) {
      case UTF8 -> fromUtf8(b, errors);
      case ASCII ->
          isAscii(b)
              ? fromLatin1(b)
              : guard(() -> PyStr.of(ByteCodecs.decodeAscii(b, errors(errors))));
      case LATIN1 -> fromLatin1(b);
      case UTF16 ->
          guard(
              () ->
                  PyStr.of(
                      WideCodecs.decodeUtf16(b, WideCodecs.Order.MARKED, errors(errors), true)
                          .text()));
      case UTF32 ->
          guard(
              () ->
                  PyStr.of(
                      WideCodecs.decodeUtf32(b, WideCodecs.Order.MARKED, errors(errors), true)
                          .text()));
      case OTHER -> decodeByRegistry(b, encoding, errors);
    };
  }

  private static PyStr decodeByRegistry(byte[] b, String encoding, @Nullable String errors) {
    PyObject view = PyMemoryView.from(PyBytes.of(b));
    PyObject r = decodeText(view, encoding, errors);
    if (r instanceof PyStr s) {
      return s;
    }
    throw Errors.typeError(
        "'"
            + encoding
            + "' decoder returned '"
            + r.type().name()
            + "' instead of 'str'; use codecs.decode() to decode to arbitrary types");
  }

  /** UTF-8. */
  public static PyStr fromUtf8(byte[] b, @Nullable String errors) {
    if (isAscii(b)) {
      return fromLatin1(b);
    }
    return guard(() -> PyStr.of(Utf8Codec.decode(b, errors(errors), true).text()));
  }

  public static boolean isAscii(byte[] b) {
    for (byte x : b) {
      if (x < 0) {
        return false;
      }
    }
    return true;
  }

  private static PyStr fromLatin1(byte[] b) {
    return PyStr.ofBmp(new String(b, StandardCharsets.ISO_8859_1));
  }

  /** Equivalent of CPython's {@code PyUnicode_FromEncodedObject}. */
  public static PyStr decodeObject(PyObject o, @Nullable String encoding, @Nullable String errors) {
    checkNames(encoding, errors);
    if (o instanceof PyBytes b) {
      return b.size() == 0 ? PyStr.EMPTY : decode(b.array(), encoding, errors);
    }
    if (o instanceof PyStr) {
      throw Errors.typeError("decoding str is not supported");
    }
    if (!PyBuffers.isBuffer(o)) {
      throw Errors.typeError(
          "decoding to str: need a bytes-like object, " + o.type().name() + " found");
    }
    byte[] b = PyBuffers.toBytes(o);
    return b.length == 0 ? PyStr.EMPTY : decode(b, encoding, errors);
  }

  // ---- by the registry

  /** Equivalent of CPython's {@code PyCodec_Encode}. */
  public static PyObject encodeAny(PyObject o, String encoding, @Nullable String errors) {
    return run(registry().lookup(encoding), 0, o, encoding, errors);
  }

  /** Equivalent of CPython's {@code PyCodec_Decode}. */
  public static PyObject decodeAny(PyObject o, String encoding, @Nullable String errors) {
    return run(registry().lookup(encoding), 1, o, encoding, errors);
  }

  private static PyObject encodeText(PyObject o, String encoding, @Nullable String errors) {
    return run(textCodec(encoding, "codecs.encode()"), 0, o, encoding, errors);
  }

  private static PyObject decodeText(PyObject o, String encoding, @Nullable String errors) {
    return run(textCodec(encoding, "codecs.decode()"), 1, o, encoding, errors);
  }

  /**
   * Equivalent of CPython's {@code _PyCodec_LookupTextEncoding}.
   *
   * @param alternative what the error recommends for other codecs
   */
  public static PyTuple textCodec(String encoding, String alternative) {
    PyTuple codec = registry().lookup(encoding);
    if (codec.getClass() != PyTuple.class) {
      PyObject is = PyObjects.getOptionalAttr(codec, "_is_text_encoding");
      if (is != null && !PyObjects.isTrue(is)) {
        throw Errors.of(
            Exceptions.LookupError,
            "'"
                + encoding
                + "' is not a text encoding; use "
                + alternative
                + " to handle arbitrary codecs");
      }
    }
    return codec;
  }

  private static PyObject run(
      PyTuple codec, int which, PyObject o, String encoding, @Nullable String errors) {
    PyObject f = codec.get(which);
    PyObject r;
    try {
      r = errors == null ? f.call1(o) : f.call2(o, Py.str(errors));
    } catch (PyException e) {
      e.value.addNote(
          (which == 0 ? "encoding" : "decoding") + " with '" + encoding + "' codec failed");
      throw e;
    }
    if (!(r instanceof PyTuple t) || t.size() != 2) {
      throw Errors.typeError(
          (which == 0 ? "encoder" : "decoder") + " must return a tuple (object, integer)");
    }
    return t.get(0);
  }
}
