package org.plait.runtime.types;

import java.util.Arrays;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.Buffer;
import org.plait.runtime.protocol.BufferExporter;
import org.plait.runtime.protocol.HashSecret;
import org.plait.runtime.protocol.PyBuffers;

/** {@code bytes}: an immutable array of bytes; {@link #hash} is a benign race. */
@PyTypeDef(
    name = "bytes",
    subclassable = true,
    flags = {TypeFlag.SEQUENCE, TypeFlag.MATCH_SELF})
public class PyBytes extends PyObject implements BufferExporter {
  public static final PyType TYPE = PyType.builtin(PyBytesTable.INSTANCE);
  public static final PyBytes EMPTY = new PyBytes(new byte[0]);

  private static final PyBytes[] SINGLE = new PyBytes[256];

  static {
    for (int i = 0; i < 256; i++) {
      SINGLE[i] = new PyBytes(new byte[] {(byte) i});
    }
  }

  final byte[] data;
  private long hash;

  protected PyBytes(byte[] data) {
    this.data = data;
  }

  /** Takes over the array. */
  public static PyBytes of(byte[] data) {
    return switch (data.length) {
      case 0 -> EMPTY;
      case 1 -> SINGLE[data[0] & 0xff];
      default -> new PyBytes(data);
    };
  }

  /** The bytes {@code from..to-1} of an array, copied. */
  public static PyBytes copyOf(byte[] data, int from, int to) {
    return of(Arrays.copyOfRange(data, from, to));
  }

  /** The bytes of one-byte characters. */
  public static PyBytes ofLatin1(String s) {
    return of(s.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  public final int size() {
    return data.length;
  }

  public final byte byteAt(int i) {
    return data[i];
  }

  /** A copy. */
  public final byte[] toByteArray() {
    return data.clone();
  }

  /** The bytes themselves; the caller must not change the array. */
  public final byte[] array() {
    return data;
  }

  public final boolean equalTo(PyBytes other) {
    return Arrays.equals(data, other.data);
  }

  public final long hash() {
    long h = hash;
    if (h == 0) {
      h = HashSecret.ofBytes(data, 0, data.length);
      hash = h;
    }
    return h;
  }

  @Override
  public Buffer getBuffer(int flags) {
    PyBuffers.checkPlain(true, flags);
    return Buffer.ofBytes(this, this, data, 0, data.length, true);
  }

  @PyMethod(name = "__buffer__")
  public PyObject __buffer__(PyObject flags) {
    return PyBuffers.specialBuffer(this, flags);
  }

  @PyMethod(name = "__hash__")
  public long __hash__() {
    return hash();
  }

  @PyMethod(name = "__len__")
  public int __len__() {
    return data.length;
  }
}
