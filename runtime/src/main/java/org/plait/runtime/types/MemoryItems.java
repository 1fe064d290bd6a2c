package org.plait.runtime.types;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.Buffer;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.text.StructLayout;
import org.plait.runtime.text.TextException;

/** Items of memoryviews: Python values from and to memory. */
final class MemoryItems {
  private MemoryItems() {}

  private static final String NATIVE = "cbBhHiIlLqQnNfde?P";

  /** Native sizes and byte order; the format itself doesn't matter. */
  private static final StructLayout LAYOUT = StructLayout.parse("@b");

  /** The character of a native format of one, maybe with a leading {@code @}; else 0. */
  static char nativeCode(String format) {
    int i = format.startsWith("@") ? 1 : 0;
    return format.length() == i + 1 && NATIVE.indexOf(format.charAt(i)) >= 0 ? format.charAt(i) : 0;
  }

  static int size(char code) {
    return StructLayout.itemSize(code, true);
  }

  static boolean isByte(char code) {
    return code == 'b' || code == 'B' || code == 'c';
  }

  /** The value at a position. */
  static PyObject unpack(Buffer b, long at, char code) {
    switch (code) {
      case 'B' -> {
        return PyInt.of(b.get(at) & 0xff);
      }
      case 'b' -> {
        return PyInt.of(b.get(at));
      }
      case 'c' -> {
        return PyBytes.of(new byte[] {b.get(at)});
      }
      case '?' -> {
        return Py.bool_(b.get(at) != 0);
      }
      default -> {}
    }
    byte[] src = b.array;
    int p = (int) (b.offset + at);
    if (src == null) {
      src = new byte[8];
      p = 0;
      b.get(at, src, 0, size(code));
    }
    return switch (code) {
      case 'e', 'f', 'd' -> Py.float_(LAYOUT.unpackDouble(code, src, p));
      default -> number(LAYOUT.unpackInt(code, src, p));
    };
  }

  private static PyInt number(Number n) {
    return n instanceof BigInteger big ? PyInt.of(big) : PyInt.of(n.longValue());
  }

  /** Stores a value at a position. */
  static void pack(Buffer b, long at, char code, PyObject value) {
    byte[] item = new byte[8];
    switch (code) {
      case '?' -> item[0] = (byte) (PyObjects.isTrue(value) ? 1 : 0);
      case 'c' -> {
        if (!(value instanceof PyBytes v)) {
          throw badType(code);
        }
        if (v.size() != 1) {
          throw badValue(code);
        }
        item[0] = v.byteAt(0);
      }
      case 'e', 'f', 'd' -> packDouble(item, code, value);
      default -> packInt(item, code, value);
    }
    b.set(at, item, 0, size(code));
  }

  private static void packDouble(byte[] item, char code, PyObject value) {
    double d;
    try {
      d = PyNumbers.asDouble(value);
    } catch (PyException e) {
      throw mapped(e, code);
    }
    if (code == 'f') {
      LAYOUT.packInt('i', item, 0, (long) Float.floatToRawIntBits((float) d));
      return;
    }
    try {
      LAYOUT.packDouble(code, item, 0, d);
    } catch (TextException e) {
      throw badValue(code);
    }
  }

  private static void packInt(byte[] item, char code, PyObject value) {
    PyInt i;
    try {
      i = PyNumbers.index(value);
    } catch (PyException e) {
      throw mapped(e, code);
    }
    if (code == 'P') {
      BigInteger v = i.bigValue();
      if (v.bitLength() > 64 || v.signum() < 0 && v.bitLength() > 63) {
        throw badValue(code);
      }
      LAYOUT.packInt('q', item, 0, v.longValue());
      return;
    }
    try {
      LAYOUT.packInt(code, item, 0, i.isLong() ? (Number) i.longValue() : i.bigValue());
    } catch (TextException e) {
      throw badValue(code);
    }
  }

  private static PyException mapped(PyException e, char code) {
    if (e.matches(Exceptions.TypeError)) {
      return badType(code);
    }
    return e.matches(Exceptions.OverflowError) || e.matches(Exceptions.ValueError)
        ? badValue(code)
        : e;
  }

  private static PyException badType(char code) {
    return Errors.typeError("memoryview: invalid type for format '" + code + "'");
  }

  private static PyException badValue(char code) {
    return Errors.valueError("memoryview: invalid value for format '" + code + "'");
  }

  // ---- comparison

  /** Reads items in any format for comparison. */
  interface Reader {
    Object read(Buffer b, long at);
  }

  /** A reader, or null for a format that can't be read. */
  static @Nullable Reader reader(String format, int itemsize) {
    char code = nativeCode(format);
    if (code != 0) {
      return (b, at) -> unpack(b, at, code);
    }
    StructLayout layout;
    try {
      layout = StructLayout.parse(format);
    } catch (TextException e) {
      return null;
    }
    if (layout.size() != itemsize || layout.valueCount() > 1 << 16) {
      return null;
    }
    return (b, at) -> {
      byte[] src = new byte[itemsize];
      b.get(at, src, 0, itemsize);
      return structure(layout, src);
    };
  }

  private static PyObject structure(StructLayout layout, byte[] src) {
    PyObject[] values = new PyObject[(int) layout.valueCount()];
    int n = 0;
    for (StructLayout.Field f : layout.fields()) {
      for (int k = 0; k < f.count(); k++) {
        values[n++] = value(layout.unpack(f, src, (int) (f.offset() + k * f.size())));
      }
    }
    return n == 1 ? values[0] : Py.tuple(values);
  }

  private static PyObject value(Object o) {
    return switch (o) {
      case Boolean b -> Py.bool_(b);
      case Double d -> Py.float_(d);
      case double[] c -> new PyComplex(c[0], c[1]);
      case byte[] b -> PyBytes.of(b);
      default -> number((Number) o);
    };
  }

  /**
   * Whether two buffers have the same shape and equal items. Compare CPython memory_richcompare.
   */
  static boolean equal(Buffer v, Buffer w) {
    if (!java.util.Arrays.equals(v.shape, w.shape)) {
      return false;
    }
    if (v.length == 0 && v.ndim() > 0) {
      return formatsReadable(v, w);
    }
    char vc = nativeCode(v.format);
    char wc = nativeCode(w.format);
    if (vc == wc && vc != 0 && "efd".indexOf(vc) < 0 && vc != '?') {
      return java.util.Arrays.equals(v.toBytes(), w.toBytes());
    }
    Reader rv = reader(v.format, v.itemsize);
    Reader rw = reader(w.format, w.itemsize);
    if (rv == null || rw == null) {
      return false;
    }
    long[] index = new long[v.ndim()];
    do {
      PyObject a = (PyObject) rv.read(v, v.position(index));
      PyObject b = (PyObject) rw.read(w, w.position(index));
      if (!PyObjects.isTrue(PyObjects.richCompare(a, b, PyObjects.CompareOp.EQ))) {
        return false;
      }
    } while (v.step(index, false));
    return true;
  }

  private static boolean formatsReadable(Buffer v, Buffer w) {
    return reader(v.format, v.itemsize) != null && reader(w.format, w.itemsize) != null;
  }
}
