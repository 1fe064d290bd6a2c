package org.plait.modules.array;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyStr;

/** What an array's type code stands for. Items are little-endian in memory. */
enum ItemKind {
  INT8('b', 1, 1),
  UINT8('B', 1, 0),
  WCHAR('u', 4, 20),
  UCS4('w', 4, 20),
  INT16('h', 2, 4),
  UINT16('H', 2, 2),
  INT32('i', 4, 8),
  UINT32('I', 4, 6),
  LONG('l', 8, 12),
  ULONG('L', 8, 10),
  INT64('q', 8, 12),
  UINT64('Q', 8, 10),
  FLOAT('f', 4, 14),
  DOUBLE('d', 8, 16);

  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final BigInteger TWO_64 = BigInteger.ONE.shiftLeft(64);

  final char code;
  final int size;

  /** The number of this format in pickles, see {@link MachineFormat}. */
  final int machineFormat;

  ItemKind(char code, int size, int machineFormat) {
    this.code = code;
    this.size = size;
    this.machineFormat = machineFormat;
  }

  static @Nullable ItemKind of(int code) {
    for (ItemKind k : values()) {
      if (k.code == code) {
        return k;
      }
    }
    return null;
  }

  boolean isText() {
    return this == WCHAR || this == UCS4;
  }

  boolean isFloat() {
    return this == FLOAT || this == DOUBLE;
  }

  private boolean isUnsigned() {
    return this == UINT8
        || this == UINT16
        || this == UINT32
        || this == ULONG
        || this == UINT64
        || this == UCS4;
  }

  /** Compares the items of two arrays, of no floats, at an offset in bytes. */
  int compare(byte[] a, byte[] b, int at) {
    long x = bits(a, at, size);
    long y = bits(b, at, size);
    // Sign-extended bits keep the order of unsigned numbers.
    return isUnsigned() ? Long.compareUnsigned(x, y) : Long.compare(x, y);
  }

  /** The struct format of one item, as a memoryview shows it. */
  String format() {
    return isText() ? "w" : String.valueOf(code);
  }

  // ---- memory

  static long bits(byte[] data, int at, int size) {
    return switch (size) {
      case 1 -> data[at];
      case 2 -> (short) SHORTS.get(data, at);
      case 4 -> (int) INTS.get(data, at);
      default -> (long) LONGS.get(data, at);
    };
  }

  void put(byte[] data, int at, long bits) {
    switch (size) {
      case 1 -> data[at] = (byte) bits;
      case 2 -> SHORTS.set(data, at, (short) bits);
      case 4 -> INTS.set(data, at, (int) bits);
      default -> LONGS.set(data, at, bits);
    }
  }

  /** The Python object for an item whose sign-extended bits are given. */
  PyObject value(long bits) {
    return switch (this) {
      case INT8, INT16, INT32, LONG, INT64 -> Py.int_(bits);
      case UINT8 -> Py.int_(bits & 0xff);
      case UINT16 -> Py.int_(bits & 0xffff);
      case UINT32 -> Py.int_(bits & 0xffffffffL);
      case ULONG, UINT64 ->
          bits >= 0 ? Py.int_(bits) : Py.int_(BigInteger.valueOf(bits).add(TWO_64));
      case FLOAT -> Py.float_(Float.intBitsToFloat((int) bits));
      case DOUBLE -> Py.float_(Double.longBitsToDouble(bits));
      case WCHAR, UCS4 -> {
        if (bits < 0 || bits > Character.MAX_CODE_POINT) {
          throw Errors.valueError("chr() arg not in range(0x110000)");
        }
        yield PyStr.ofCodePoint((int) bits);
      }
    };
  }

  // ---- conversion, with the messages of PyArg_Parse

  /** The bits of an item for a Python object. May run user code. */
  long toBits(PyObject o) {
    return switch (this) {
      case INT8 -> small(toShort(o), Byte.MIN_VALUE, Byte.MAX_VALUE, "signed char is ");
      case UINT8 -> small(toLong(o), 0, 255, "unsigned byte integer is ");
      case INT16 -> toShort(o);
      case UINT16 -> small(toInt(o), 0, 65535, "unsigned short is ");
      case INT32 -> toInt(o);
      case UINT32 -> toUnsignedInt(o);
      case LONG -> toLong(o);
      case ULONG -> toUnsignedLong(o);
      case INT64 -> {
        PyInt i = PyNumbers.index(o);
        if (!i.isLong()) {
          throw Errors.overflowError("int too big to convert");
        }
        yield i.longValue();
      }
      case UINT64 -> {
        PyInt i = PyNumbers.index(o);
        if (i.signum() < 0) {
          throw Errors.overflowError("can't convert negative int to unsigned");
        }
        if (i.bigValue().bitLength() > 64) {
          throw Errors.overflowError("int too big to convert");
        }
        yield i.longValue();
      }
      case FLOAT -> Float.floatToRawIntBits((float) PyNumbers.asDouble(o));
      case DOUBLE -> Double.doubleToRawLongBits(PyNumbers.asDouble(o));
      case WCHAR, UCS4 -> character(o);
    };
  }

  private static long character(PyObject o) {
    if (!(o instanceof PyStr s)) {
      throw Errors.typeError("array item must be a unicode character, not " + o.type().name());
    }
    if (s.length() != 1) {
      throw Errors.typeError(
          "array item must be a unicode character, not a string of length " + s.length());
    }
    return s.codePointAt(0);
  }

  private static long small(long v, long min, long max, String what) {
    if (v < min) {
      throw Errors.overflowError(what + "less than minimum");
    }
    if (v > max) {
      throw Errors.overflowError(what + "greater than maximum");
    }
    return v;
  }

  private static long toLong(PyObject o) {
    PyInt i = PyNumbers.index(o);
    if (!i.isLong()) {
      throw Errors.overflowError("Python int too large to convert to C long");
    }
    return i.longValue();
  }

  private static long toShort(PyObject o) {
    return small(toLong(o), Short.MIN_VALUE, Short.MAX_VALUE, "signed short integer is ");
  }

  private static long toInt(PyObject o) {
    return small(toLong(o), Integer.MIN_VALUE, Integer.MAX_VALUE, "signed integer is ");
  }

  private static long toUnsignedLong(PyObject o) {
    PyInt i = PyNumbers.index(o);
    if (i.signum() < 0) {
      throw Errors.overflowError("can't convert negative value to unsigned int");
    }
    if (i.bigValue().bitLength() > 64) {
      throw Errors.overflowError("Python int too large to convert to C unsigned long");
    }
    return i.longValue();
  }

  private static long toUnsignedInt(PyObject o) {
    long v = toUnsignedLong(o);
    if (v >>> 32 != 0) {
      throw Errors.overflowError("unsigned int is greater than maximum");
    }
    return v;
  }
}
