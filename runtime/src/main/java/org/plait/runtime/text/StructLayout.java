package org.plait.runtime.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A format of {@code struct} as a layout of bytes, and the conversion of single items to and from
 * bytes, which {@code array} and {@code memoryview} share. Native sizes and alignments are those of
 * Linux on 64 bits. Immutable.
 */
public final class StructLayout {
  /**
   * One item of a format.
   *
   * @param code the format character
   * @param offset of the first element from the start of the structure, in bytes
   * @param size of one element in bytes; of s and p, the length of the string
   * @param count how many elements; 1 for s and p
   */
  public record Field(char code, long offset, long size, long count) {
    /** Whether it is a string (s or p). */
    public boolean isString() {
      return code == 's' || code == 'p';
    }
  }

  private static final VarHandle SHORT_LE = view(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORT_BE = view(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT_LE = view(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT_BE = view(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG_LE = view(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG_BE = view(long[].class, ByteOrder.BIG_ENDIAN);
  private static final BigInteger UNSIGNED_MAX =
      BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  private final List<Field> fields;
  private final long size;
  private final long valueCount;
  private final boolean bigEndian;
  private final boolean nativeSizes;

  private StructLayout(
      List<Field> fields, long size, long valueCount, boolean bigEndian, boolean nativeSizes) {
    this.fields = List.copyOf(fields);
    this.size = size;
    this.valueCount = valueCount;
    this.bigEndian = bigEndian;
    this.nativeSizes = nativeSizes;
  }

  private static VarHandle view(Class<?> array, ByteOrder order) {
    return MethodHandles.byteArrayViewVarHandle(array, order);
  }

  public List<Field> fields() {
    return fields;
  }

  /** The size of the structure in bytes; may be more than an array holds. */
  public long size() {
    return size;
  }

  /** How many values are packed or unpacked. */
  public long valueCount() {
    return valueCount;
  }

  public boolean bigEndian() {
    return bigEndian;
  }

  private static TextException error(String message) {
    return new TextException(TextException.Kind.STRUCT, message);
  }

  /**
   * Parses a format.
   *
   * @throws TextException of kind STRUCT
   */
  public static StructLayout parse(String format) {
    if (format.indexOf('\0') >= 0) {
      throw error("embedded null character");
    }
    int pos = 0;
    boolean big = false;
    boolean nativeMode = true;
    if (!format.isEmpty()) {
      char c = format.charAt(0);
      switch (c) {
        case '@' -> pos = 1;
        case '=', '<' -> {
          nativeMode = false;
          pos = 1;
        }
        case '>', '!' -> {
          nativeMode = false;
          big = true;
          pos = 1;
        }
        default -> {}
      }
    }
    List<Field> fields = new ArrayList<>();
    long size = 0;
    long values = 0;
    try {
      while (pos < format.length()) {
        char c = format.charAt(pos++);
        if (IntText.isAsciiSpace(c)) {
          continue;
        }
        long count = 1;
        if (c >= '0' && c <= '9') {
          count = c - '0';
          while (pos < format.length() && Character.digit(c = format.charAt(pos), 10) >= 0) {
            count = Math.addExact(Math.multiplyExact(count, 10L), c - '0');
            pos++;
          }
          if (pos == format.length()) {
            throw error("repeat count given without format specifier");
          }
          pos++;
        }
        int item = itemSize(c, nativeMode);
        if (item < 0) {
          throw error("bad char in struct format");
        }
        if (nativeMode && item > 1) {
          long align = c == 'F' ? 4 : c == 'D' ? 8 : item;
          size = Math.addExact(size, align - 1) / align * align;
        }
        if (c == 's' || c == 'p') {
          fields.add(new Field(c, size, count, 1));
          values++;
        } else if (c != 'x' && count > 0) {
          fields.add(new Field(c, size, item, count));
          values = Math.addExact(values, count);
        }
        size = Math.addExact(size, Math.multiplyExact(item, count));
      }
    } catch (ArithmeticException e) {
      throw error("total struct size too long");
    }
    return new StructLayout(fields, size, values, big, nativeMode);
  }

  /** The size of one item in bytes, or -1 when there is no such format character. */
  public static int itemSize(char code, boolean nativeSizes) {
    return switch (code) {
      case 'x', 'b', 'B', 'c', 's', 'p', '?' -> 1;
      case 'h', 'H', 'e' -> 2;
      case 'i', 'I', 'f' -> 4;
      case 'l', 'L' -> nativeSizes ? 8 : 4;
      case 'q', 'Q', 'd', 'F' -> 8;
      case 'n', 'N', 'P' -> nativeSizes ? 8 : -1;
      case 'D' -> 16;
      default -> -1;
    };
  }

  // ---- packing

  /**
   * Packs an integer (b B h H i I l L q Q n N P) of this layout's sizes and order.
   *
   * @throws TextException of kind STRUCT when it is out of range
   */
  public void packInt(char code, byte[] dst, int at, Number value) {
    int bytes = itemSize(code, nativeSizes);
    boolean unsigned = code < 'a';
    if (code == 'P') {
      packPointer(dst, at, value);
      return;
    }
    long v = value.longValue();
    boolean fits;
    if (value instanceof BigInteger b) {
      fits = unsigned && bytes == 8 && b.signum() > 0 && b.compareTo(UNSIGNED_MAX) <= 0;
    } else if (bytes == 8) {
      fits = !unsigned || v >= 0;
    } else {
      int bits = bytes * 8;
      fits = unsigned ? v >>> bits == 0 : v << (64 - bits) >> (64 - bits) == v;
    }
    if (!fits) {
      throw outOfRange(code, bytes, unsigned);
    }
    put(dst, at, bytes, v);
  }

  private static TextException outOfRange(char code, int bytes, boolean unsigned) {
    int bits = unsigned ? bytes * 8 : bytes * 8 - 1;
    BigInteger limit = BigInteger.ONE.shiftLeft(bits);
    return error(
        "'"
            + code
            + "' format requires "
            + (unsigned ? "0" : limit.negate())
            + " <= number <= "
            + limit.subtract(BigInteger.ONE));
  }

  private void packPointer(byte[] dst, int at, Number value) {
    if (value instanceof BigInteger b && (b.signum() < 0 || b.compareTo(UNSIGNED_MAX) > 0)) {
      throw error("int too large to convert");
    }
    put(dst, at, 8, value.longValue());
  }

  private void put(byte[] dst, int at, int bytes, long v) {
    switch (bytes) {
      case 1 -> dst[at] = (byte) v;
      case 2 -> (bigEndian ? SHORT_BE : SHORT_LE).set(dst, at, (short) v);
      case 4 -> (bigEndian ? INT_BE : INT_LE).set(dst, at, (int) v);
      default -> (bigEndian ? LONG_BE : LONG_LE).set(dst, at, v);
    }
  }

  /**
   * Packs a float (e f d).
   *
   * @throws TextException OverflowError when it is too large
   */
  public void packDouble(char code, byte[] dst, int at, double value) {
    switch (code) {
      case 'e' -> put(dst, at, 2, toHalf(value));
      case 'f' -> put(dst, at, 4, Float.floatToRawIntBits(toFloat(value, !nativeSizes)));
      default -> put(dst, at, 8, Double.doubleToRawLongBits(value));
    }
  }

  /** Packs a complex number (F D). */
  public void packComplex(char code, byte[] dst, int at, double re, double im) {
    if (code == 'F') {
      // CPython packs little-endian ones as native ones, which it does not check.
      put(dst, at, 4, Float.floatToRawIntBits(toFloat(re, bigEndian)));
      put(dst, at + 4, 4, Float.floatToRawIntBits(toFloat(im, bigEndian)));
    } else {
      packDouble('d', dst, at, re);
      packDouble('d', dst, at + 8, im);
    }
  }

  /** Packs bytes (s p), cut or filled up with zeros. */
  public void packBytes(Field field, byte[] dst, int at, byte[] value) {
    int length = (int) field.size;
    int from = at;
    int room = length;
    int n = Math.min(value.length, length);
    if (field.code == 'p') {
      if (length == 0) {
        return;
      }
      n = Math.min(value.length, length - 1);
      dst[at] = (byte) Math.min(n, 255);
      from = at + 1;
      room = length - 1;
    }
    System.arraycopy(value, 0, dst, from, n);
    java.util.Arrays.fill(dst, from + n, from + room, (byte) 0);
  }

  private static float toFloat(double value, boolean checked) {
    float f = (float) value;
    if (checked && Float.isInfinite(f) && !Double.isInfinite(value)) {
      throw TextException.overflow("float too large to pack with f format");
    }
    return f;
  }

  /** Rounds to half precision, ties to even. */
  private static long toHalf(double x) {
    long sign = Double.doubleToRawLongBits(x) >>> 48 & 0x8000;
    double a = Math.abs(x);
    if (Double.isNaN(x)) {
      return sign | 0x7e00;
    }
    if (Double.isInfinite(x)) {
      return sign | 0x7c00;
    }
    if (a >= 65520) {
      throw TextException.overflow("float too large to pack with e format");
    }
    int e = Math.getExponent(a);
    if (e < -14) {
      return sign | (long) Math.rint(a * 0x1p24);
    }
    long m = (long) Math.rint(Math.scalb(a, 10 - e));
    return sign | ((long) (e + 15) << 10) + m - 1024;
  }

  // ---- unpacking

  private long get(byte[] src, int at, int bytes) {
    return switch (bytes) {
      case 1 -> src[at];
      case 2 -> (short) (bigEndian ? SHORT_BE : SHORT_LE).get(src, at);
      case 4 -> (int) (bigEndian ? INT_BE : INT_LE).get(src, at);
      default -> (long) (bigEndian ? LONG_BE : LONG_LE).get(src, at);
    };
  }

  /**
   * Unpacks one element: Long or BigInteger (integers), Double (e f d), double[2] (F D), Boolean
   * (?) or byte[] (c s p).
   */
  public Object unpack(Field field, byte[] src, int at) {
    switch (field.code) {
      case 'c' -> {
        return new byte[] {src[at]};
      }
      case 's' -> {
        return java.util.Arrays.copyOfRange(src, at, at + (int) field.size);
      }
      case 'p' -> {
        int length = (int) field.size;
        int n = length == 0 ? 0 : Math.min(src[at] & 0xff, length - 1);
        return length == 0 ? new byte[0] : java.util.Arrays.copyOfRange(src, at + 1, at + 1 + n);
      }
      case '?' -> {
        return src[at] != 0;
      }
      case 'e', 'f', 'd' -> {
        return unpackDouble(field.code, src, at);
      }
      case 'F' -> {
        return new double[] {unpackDouble('f', src, at), unpackDouble('f', src, at + 4)};
      }
      case 'D' -> {
        return new double[] {unpackDouble('d', src, at), unpackDouble('d', src, at + 8)};
      }
      default -> {
        return unpackInt(field.code, src, at);
      }
    }
  }

  /** Unpacks an integer: Long, or BigInteger for unsigned ones above the range of long. */
  public Number unpackInt(char code, byte[] src, int at) {
    int bytes = itemSize(code, nativeSizes);
    long v = get(src, at, bytes);
    if (code >= 'a') {
      return v;
    }
    if (bytes < 8) {
      return v & (1L << bytes * 8) - 1;
    }
    return v >= 0 ? (Number) v : BigInteger.valueOf(v).and(UNSIGNED_MAX);
  }

  /** Unpacks a float (e f d). */
  public double unpackDouble(char code, byte[] src, int at) {
    return switch (code) {
      case 'e' -> Float.float16ToFloat((short) get(src, at, 2));
      case 'f' -> Float.intBitsToFloat((int) get(src, at, 4));
      default -> Double.longBitsToDouble(get(src, at, 8));
    };
  }
}
