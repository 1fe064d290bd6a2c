package org.plait.runtime.boot;

import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.text.CodePointSource;
import org.plait.runtime.text.sre.SreMatcher;
import org.plait.runtime.text.sre.SrePattern;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyStr;
import org.plait.sched.SafePoint;

/**
 * What a pattern is matched against: the characters of a str, or the bytes of a bytes-like object.
 */
final class SreSubject {
  final PyObject object;
  private final CodePointSource text;
  private final byte[] bytes;
  final int length;

  /** Takes the characters or bytes of an object. */
  SreSubject(PyObject object) {
    this.object = object;
    if (object instanceof PyStr s) {
      text = s.source();
      bytes = null;
      length = s.length();
    } else if (PyBuffers.isBuffer(object)) {
      text = null;
      bytes = PyBuffers.toBytes(object);
      length = bytes.length;
    } else {
      throw Errors.typeError(
          "expected string or bytes-like object, got '" + object.type().name() + "'");
    }
  }

  boolean isBytes() {
    return text == null;
  }

  SreMatcher matcher(SrePattern p, int start, int end) {
    return text != null
        ? p.matcher(text, start, end, SafePoint::poll)
        : p.matcher(bytes, start, end, SafePoint::poll);
  }

  /** A part: str or bytes. */
  PyObject slice(int start, int end) {
    if (text != null) {
      return ((PyStr) object).substring(start, end);
    }
    int to = Math.min(end, bytes.length);
    int from = Math.min(start, to);
    if (from == 0 && to == bytes.length && object.getClass() == PyBytes.class) {
      return object;
    }
    return PyBytes.copyOf(bytes, from, to);
  }

  /** Joins parts that are, or should be, of the kind of the subject. */
  PyObject join(PyObject list) {
    return text != null ? PyStr.EMPTY.join(list) : PyBytes.EMPTY.join(list);
  }
}
