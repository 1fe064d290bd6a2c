package org.plait.modules.array;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyCodecs;

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
      case 2, 3, 4, 5 -> 2;
      // UTF-16 comes in pairs of units, as CPython has it.
      case 6, 7, 8, 9, 14, 15, 18, 19 -> 4;
      default -> 8;
    };
  }

  /** The kind of array for a format of integers, null for floats and text. */
  static @Nullable ItemKind integers(int format) {
    return switch (format) {
      case 0 -> ItemKind.UINT8;
      case 1 -> ItemKind.INT8;
      case 2, 3 -> ItemKind.UINT16;
      case 4, 5 -> ItemKind.INT16;
      case 6, 7 -> ItemKind.UINT32;
      case 8, 9 -> ItemKind.INT32;
      case 10, 11 -> ItemKind.UINT64;
      case 12, 13 -> ItemKind.INT64;
      default -> null;
    };
  }

  /** What an array is made from: bytes for integers, a list of floats, or a str. */
  static PyObject read(int format, byte[] data) {
    int size = size(format);
    if (data.length % size != 0) {
      throw Errors.valueError("string length not a multiple of item size");
    }
    return switch (format) {
      case 14, 15, 16, 17 -> floats(size, inMemory(format, size, data));
      case 18 -> PyCodecs.decode(data, "utf-16-le", null);
      case 19 -> PyCodecs.decode(data, "utf-16-be", null);
      case 20 -> PyCodecs.decode(data, "utf-32-le", null);
      case 21 -> PyCodecs.decode(data, "utf-32-be", null);
      default -> Py.bytes(inMemory(format, size, data));
    };
  }

  /** The items as this machine has them: from number 2 on, odd formats are big-endian. */
  private static byte[] inMemory(int format, int size, byte[] data) {
    if (format < 2 || (format & 1) == 0) {
      return data;
    }
    byte[] turned = new byte[data.length];
    for (int i = 0; i < data.length; i++) {
      turned[i - i % size + size - 1 - i % size] = data[i];
    }
    return turned;
  }

  private static PyObject floats(int size, byte[] data) {
    ItemKind kind = size == 4 ? ItemKind.FLOAT : ItemKind.DOUBLE;
    PyObject[] items = new PyObject[data.length / size];
    for (int i = 0; i < items.length; i++) {
      items[i] = kind.value(ItemKind.bits(data, i * size, size));
    }
    return Py.list(items);
  }
}
