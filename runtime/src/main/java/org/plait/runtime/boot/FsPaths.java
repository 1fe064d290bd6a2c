package org.plait.runtime.boot;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyDescriptors;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyStr;

/**
 * File names between Python and the system: UTF-8 with surrogateescape, so that every byte string
 * comes through.
 */
public final class FsPaths {
  private FsPaths() {}

  /** Equivalent of CPython's {@code PyOS_FSPath}: a str or bytes. */
  public static PyObject fspath(PyObject path) {
    if (path instanceof PyStr || path instanceof PyBytes) {
      return path;
    }
    PyObject r = represented(path);
    if (r == null) {
      throw Errors.typeError(
          "expected str, bytes or os.PathLike object, not " + path.type().name());
    }
    return r;
  }

  /**
   * What {@code __fspath__()} gives, a str or bytes. Null where there is no such method: also where
   * it is None, or, as in CPython, where getting it raises anything.
   */
  static @Nullable PyObject represented(PyObject path) {
    PyObject f = path.type().special(Special.FSPATH);
    if (f == null || f == Py.None) {
      return null;
    }
    PyObject r;
    if (PyDescriptors.isMethod(f)) {
      r = f.call1(path);
    } else {
      PyObject bound;
      try {
        bound = PyDescriptors.get(f, path, path.type());
      } catch (PyException e) {
        return null;
      }
      if (bound == Py.None) {
        return null;
      }
      r = bound.call0();
    }
    if (r instanceof PyStr || r instanceof PyBytes) {
      return r;
    }
    throw Errors.typeError(
        "expected "
            + path.type().name()
            + ".__fspath__() to return str or bytes, not "
            + r.type().name());
  }

  /** Equivalent of CPython's {@code PyUnicode_FSDecoder}. */
  public static PyStr toStr(PyObject path) {
    PyObject p = path instanceof PyStr || path instanceof PyBytes ? path : null;
    if (p == null) {
      p = PyBuffers.isBuffer(path) ? path : fspath(path);
    }
    PyStr s = p instanceof PyStr t ? t : decode(PyBuffers.toBytes(p));
    if (s.toString().indexOf('\0') >= 0) {
      throw Errors.valueError("embedded null character");
    }
    return s;
  }

  /** Bytes from the system as str. */
  public static PyStr decode(byte[] b) {
    boolean ascii = true;
    for (int i = 0; i < b.length && ascii; i++) {
      ascii = b[i] >= 0;
    }
    if (ascii) {
      return PyStr.ofBmp(new String(b, StandardCharsets.ISO_8859_1));
    }
    int[] points = new int[b.length];
    int n = 0;
    for (int i = 0; i < b.length; ) {
      int length = sequence(b, i);
      if (length == 0) {
        points[n++] = 0xdc00 | b[i] & 0xff;
        i++;
      } else {
        points[n++] = new String(b, i, length, StandardCharsets.UTF_8).codePointAt(0);
        i += length;
      }
    }
    return PyStr.ofCodePoints(points, 0, n);
  }

  /** The length of the valid UTF-8 sequence at an index, 0 when there is none. */
  private static int sequence(byte[] b, int i) {
    int c = b[i] & 0xff;
    int length =
        c < 0x80
            ? 1
            : c >= 0xc2 && c < 0xe0 ? 2 : c >= 0xe0 && c < 0xf0 ? 3 : c >= 0xf0 && c < 0xf5 ? 4 : 0;
    if (length == 0 || i + length > b.length) {
      return 0;
    }
    for (int k = 1; k < length; k++) {
      if ((b[i + k] & 0xc0) != 0x80) {
        return 0;
      }
    }
    if (length > 1) {
      int second = b[i + 1] & 0xff;
      boolean wrong =
          c == 0xe0 && second < 0xa0
              || c == 0xed && second >= 0xa0
              || c == 0xf0 && second < 0x90
              || c == 0xf4 && second >= 0x90;
      return wrong ? 0 : length;
    }
    return length;
  }

  /** Equivalent of CPython's {@code PyUnicode_FSConverter}: bytes for the system. */
  public static byte[] toBytes(PyObject path) {
    PyObject p = fspath(path);
    byte[] b = p instanceof PyBytes y ? y.toByteArray() : encode((PyStr) p);
    for (byte x : b) {
      if (x == 0) {
        throw Errors.valueError("embedded null byte");
      }
    }
    return b;
  }

  /** A str as bytes for the system; escaped bytes come out as they were. */
  public static byte[] encode(PyStr s) {
    String text = s.toString();
    boolean plain = true;
    for (int i = 0; i < text.length() && plain; i++) {
      plain = !Character.isSurrogate(text.charAt(i));
    }
    if (plain) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream(text.length() * 2);
    for (int i = 0; i < s.length(); i++) {
      int c = s.codePointAt(i);
      if (c >= 0xdc80 && c <= 0xdcff) {
        out.write(c & 0xff);
      } else if (c >= 0xd800 && c <= 0xdfff) {
        throw Errors.of(
            org.plait.runtime.exceptions.Exceptions.UnicodeEncodeError,
            PyStr.of("utf-8"),
            s,
            org.plait.runtime.object.Py.int_(i),
            org.plait.runtime.object.Py.int_(i + 1),
            PyStr.of("surrogates not allowed"));
      } else {
        byte[] part = Character.toString(c).getBytes(StandardCharsets.UTF_8);
        out.write(part, 0, part.length);
      }
    }
    return out.toByteArray();
  }
}
