package org.plait.runtime.exceptions;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyByteArray;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyStr;

/** What the three Unicode errors share: the object and the range in it that is wrong. */
public abstract class PyUnicodeErrorBase extends PyBaseException {
  volatile int start;
  volatile int end;

  PyUnicodeErrorBase(PyType type) {
    super(type);
  }

  /** The str or bytes being converted. */
  public abstract @Nullable PyObject object();

  /** The str that says what is wrong. */
  public abstract @Nullable PyObject reason();

  /** First wrong item, clipped to the object. */
  public final int start() {
    int n = length();
    return Math.max(0, Math.min(start, n - 1));
  }

  /** Behind the last wrong item, clipped to the object. */
  public final int end() {
    return Math.max(1, Math.min(end, length()));
  }

  private int length() {
    return switch (object()) {
      case PyStr s -> s.length();
      case PyBytes b -> b.size();
      case null, default -> 0;
    };
  }

  static void checkCount(PyObject[] args, int n) {
    if (args.length != n) {
      throw Errors.typeError(
          "function takes exactly " + n + " arguments (" + args.length + " given)");
    }
  }

  static PyObject text(PyObject[] args, int i) {
    if (args[i] instanceof PyStr) {
      return args[i];
    }
    throw Errors.typeError("argument " + (i + 1) + " must be str, not " + args[i].type().name());
  }

  static PyObject bytesLike(PyObject[] args, int i) {
    PyObject o = args[i];
    if (o instanceof PyBytes) {
      return o;
    }
    if (o instanceof PyByteArray || PyBuffers.isBuffer(o)) {
      return Py.bytes(PyBuffers.toBytes(o));
    }
    throw Errors.typeError("a bytes-like object is required, not '" + o.type().name() + "'");
  }

  static int index(PyObject o) {
    return (int) PyNumbers.asLong(PyNumbers.index(o), Exceptions.OverflowError);
  }

  // Compare CPython UnicodeDecodeError_str and its neighbours in exceptions.c.
  final PyObject describe(@Nullable PyObject encoding, String verb) {
    if (object() == null) {
      return Py.EmptyStr;
    }
    // These may run user code that changes the object.
    String text = PyObjects.str(Py.orNone(reason())).toString();
    String codec = encoding == null ? "can't " : "'" + PyObjects.str(encoding) + "' codec can't ";
    PyObject o = object();
    boolean decoding = verb.equals("decode");
    if (!(decoding ? o instanceof PyBytes : o instanceof PyStr)) {
      throw Errors.typeError(
          o == null
              ? "UnicodeError 'object' attribute is not set"
              : "UnicodeError 'object' attribute must be a " + (decoding ? "bytes" : "string"));
    }
    int from = start;
    int to = end;
    boolean one = from >= 0 && from < length() && to == from + 1;
    if (o instanceof PyBytes b) {
      return Py.str(
          one
              ? codec
                  + verb
                  + " byte 0x"
                  + hex(b.byteAt(from) & 0xff, 2)
                  + " in position "
                  + from
                  + ": "
                  + text
              : codec + verb + " bytes in position " + from + "-" + (to - 1) + ": " + text);
    }
    if (one) {
      int c = ((PyStr) o).codePointAt(from);
      String escape =
          c <= 0xff ? "\\x" + hex(c, 2) : c <= 0xffff ? "\\u" + hex(c, 4) : "\\U" + hex(c, 8);
      return Py.str(codec + verb + " character '" + escape + "' in position " + from + ": " + text);
    }
    return Py.str(codec + verb + " characters in position " + from + "-" + (to - 1) + ": " + text);
  }

  private static String hex(int c, int digits) {
    String s = Integer.toHexString(c);
    return "0".repeat(Math.max(0, digits - s.length())) + s;
  }
}
