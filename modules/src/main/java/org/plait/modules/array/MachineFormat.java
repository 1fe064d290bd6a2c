package org.plait.modules.array;

import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyCodecs;

/**
 * The formats of items in pickles, which may come from another machine. Numbers are CPython's; from
 * 2 on, even ones are little-endian and odd ones big-endian.
 */
final class MachineFormat {
  private static final int UTF_16 = 18;
  private static final int UTF_32 = 20;
  private static final int COUNT = 22;

  private MachineFormat() {}

  static boolean isValid(int format) {
    return format >= 0 && format < COUNT;
  }

  private static boolean isBigEndian(int format) {
    return format >= 2 && format % 2 != 0;
  }

  /** The kind of array that has such numbers in memory, in one of the two orders of bytes. */
  private static ItemKind numbers(int format) {
    int own = isBigEndian(format) ? format - 1 : format;
    ItemKind found = ItemKind.UINT8;
    for (ItemKind kind : ItemKind.values()) {
      if (kind.machineFormat == own) {
        // The last of several, as CPython takes it: `q` for what might be `l`.
        found = kind;
      }
    }
    return found;
  }

  private static boolean isText(int format) {
    return format >= UTF_16;
  }

  /** The kind of array that fits integers of a format; for others the one that is asked for. */
  static ItemKind fitting(int format, ItemKind asked) {
    ItemKind numbers = numbers(format);
    return isText(format) || numbers.isFloat() ? asked : numbers;
  }

  /** What an array is made from: a list of numbers, or a str. */
  static PyObject read(int format, byte[] data) {
    // UTF comes in pairs of units, as CPython has it.
    int size = format >= UTF_32 ? 8 : isText(format) ? 4 : numbers(format).size;
    if (data.length % size != 0) {
      throw Errors.valueError("string length not a multiple of item size");
    }
    if (isText(format)) {
      String codec = format >= UTF_32 ? "utf-32" : "utf-16";
      return PyCodecs.decode(data, codec + (isBigEndian(format) ? "-be" : "-le"), null);
    }
    PyArray items = new PyArray(numbers(format), isBigEndian(format) ? data.clone() : data);
    if (isBigEndian(format)) {
      items.byteswap();
    }
    return items.tolist();
  }
}
