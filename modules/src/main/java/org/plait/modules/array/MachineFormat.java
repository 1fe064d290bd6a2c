package org.plait.modules.array;

import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyStr;

/** The formats of items in pickles, which may come from another machine. Numbers are CPython's. */
final class MachineFormat {
  private static final int COUNT = 22;

  private MachineFormat() {}

  static boolean isValid(int format) {
    return format >= 0 && format < COUNT;
  }

  private static int size(int format) {
    return switch (format) {
      case 0, 1 -> 1;
      case 2, 3, 4, 5, 18, 19 -> 2;
      case 6, 7, 8, 9, 14, 15, 20, 21 -> 4;
      default -> 8;
    };
  }

  /** The items in bytes of a format as Python objects; for text one str. */
  static PyObject items(int format, byte[] data) {
    int size = size(format);
    if (data.length % size != 0) {
      throw Errors.valueError("string length not a multiple of item size");
    }
    // From number 2 on, odd ones are big-endian.
    boolean big = format >= 2 && (format & 1) != 0;
    int n = data.length / size;
    PyObject[] items = new PyObject[n];
    int[] text = new int[n];
    for (int i = 0; i < n; i++) {
      long v = 0;
      for (int k = 0; k < size; k++) {
        int at = i * size + (big ? k : size - 1 - k);
        v = v << 8 | data[at] & 0xff;
      }
      if (format >= 18) {
        text[i] = (int) v;
      } else {
        items[i] = item(format, size, v);
      }
    }
    return format >= 18 ? text(format, text) : Py.list(items);
  }

  private static PyObject item(int format, int size, long v) {
    return switch (format) {
      case 14, 15 -> Py.float_(Float.intBitsToFloat((int) v));
      case 16, 17 -> Py.float_(Double.longBitsToDouble(v));
      case 1, 4, 5, 8, 9, 12, 13 -> Py.int_(v << 64 - 8 * size >> 64 - 8 * size);
      default -> Py.unsigned(v);
    };
  }

  private static PyObject text(int format, int[] units) {
    if (format >= 20) {
      return PyStr.ofCodePoints(units, 0, units.length);
    }
    StringBuilder b = new StringBuilder();
    for (int u : units) {
      b.append((char) u);
    }
    return PyStr.of(b.toString());
  }
}
