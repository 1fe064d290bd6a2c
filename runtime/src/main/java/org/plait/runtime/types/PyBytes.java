package org.plait.runtime.types;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyBinary;
import org.plait.processor.annotation.PyClassMethod;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyRichCompare;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.SlotKind;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.Buffer;
import org.plait.runtime.protocol.HashSecret;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyCodecs;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PyObjects.CompareOp;
import org.plait.runtime.text.TextRepr;

/** {@code bytes}: an immutable array of bytes; {@link #hash} is a benign race. */
@PyTypeDef(
    name = "bytes",
    subclassable = true,
    flags = {TypeFlag.MATCH_SELF},
    sig = "none",
    doc =
        "bytes(iterable_of_ints)\n"
            + "bytes(string, encoding[, errors])\n"
            + "bytes(bytes_or_buffer)\n"
            + "bytes(int)\n"
            + "bytes()\n\n"
            + "An immutable sequence of bytes: from numbers below 256, from encoded text,\n"
            + "copied from a buffer, as many zeros as told, or empty.")
public class PyBytes extends ByteString {
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

  @Override
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
  PyObject buffer(PyObject flags) {
    return PyBuffers.specialBuffer(this, flags);
  }

  // ---- construction

  /** A bytes of a class that is bytes or derives from it. Takes over the array. */
  public static PyBytes make(PyType cls, byte[] data) {
    return cls == TYPE ? of(data) : new PyBytesDerived(cls, data);
  }

  @PyNew(sig = "!(source=NULL, encoding=NULL, errors=NULL)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    PyObject[] bound = ByteOps.bind("bytes", args, kwnames);
    byte[] text = ByteOps.fromText(bound);
    if (text != null) {
      return make(cls, text);
    }
    PyObject source = bound[0];
    PyBytes b = PyObjects.bytesBySpecial(source);
    if (b != null) {
      return cls == TYPE ? b : make(cls, b.data);
    }
    return make(cls, ByteOps.fromObject(source, "bytes"));
  }

  /** The bytes of a result: this object itself where that is right. */
  @Override
  final PyBytes make(byte[] result) {
    return result == data && getClass() == PyBytes.class ? this : of(result);
  }

  @Override
  final ByteOps.Span span() {
    return new ByteOps.Span(data, 0, data.length);
  }

  @Override
  final ByteOps.Span still() {
    return span();
  }

  @Override
  final PyObject asResult(PyObject separator, byte[] bytes) {
    return separator instanceof PyBytes ? separator : of(bytes);
  }

  @Override
  final boolean overflows() {
    return true;
  }

  @PyMethod(name = "__getnewargs__", sig = "()")
  PyObject getnewargs() {
    return Py.tuple(of(data));
  }

  @PyMethod(name = "__bytes__", sig = "()", doc = "Convert this value to exact type bytes.")
  PyObject bytes() {
    return make(data);
  }

  @PyMethod(name = "__sizeof__", sig = "()")
  long sizeof() {
    return 49L + data.length;
  }

  // ---- text, comparison, hash

  @PyMethod(name = "__repr__")
  PyObject repr() {
    return PyStr.ofBmp(TextRepr.repr(data));
  }

  @PyMethod(name = "__str__")
  PyObject str() {
    ByteOps.warnStr("bytes");
    return repr();
  }

  @PyMethod(name = "__hash__")
  long hashSlot() {
    return hash();
  }

  @PyRichCompare
  PyObject compare(PyObject other, CompareOp op) {
    if (!(other instanceof PyBytes b)) {
      ByteOps.warnCompare(other, "bytes", op);
      return Py.NotImplemented;
    }
    return switch (op) {
      case EQ -> Py.bool_(this == b || equalTo(b));
      case NE -> Py.bool_(this != b && !equalTo(b));
      default -> Py.bool_(op.test(Arrays.compareUnsigned(data, b.data)));
    };
  }

  // ---- sequence

  @PyMethod(name = "__len__")
  int len() {
    return data.length;
  }

  @PyMethod(name = "__getitem__")
  PyObject getItem(PyObject key) {
    if (key instanceof PySlice slice) {
      return make(ByteOps.slice(span(), slice.within(data.length)));
    }
    if (!PyNumbers.isIndex(key)) {
      throw Errors.typeError("byte indices must be integers or slices, not " + key.type().name());
    }
    long i = PyNumbers.asIndex(key);
    if (i < 0) {
      i += data.length;
    }
    if (i < 0 || i >= data.length) {
      throw Errors.indexError("index out of range");
    }
    return PyInt.of(data[(int) i] & 0xff);
  }

  @PyMethod(name = "__iter__")
  PyObject iter() {
    return new PyBytesIterator(this);
  }

  @PyMethod(name = "__add__", kind = SlotKind.SQ_CONCAT)
  PyObject concat(PyObject other) {
    if (!PyBuffers.isBuffer(other)) {
      throw Errors.typeError("can't concat " + other.type().name() + " to bytes");
    }
    if (data.length == 0 && other.getClass() == PyBytes.class) {
      return other;
    }
    byte[] b = PyBuffers.toBytes(other);
    return b.length == 0 ? make(data) : of(ByteOps.concat(span(), b));
  }

  @PyMethod(name = "__mul__", kind = SlotKind.SQ_REPEAT)
  PyObject repeat(PyObject count) {
    return make(ByteOps.repeat(span(), PyNumbers.asLong(count, Exceptions.OverflowError), true));
  }

  @PyMethod(name = "__rmul__", kind = SlotKind.SQ_REPEAT)
  PyObject repeatReflected(PyObject count) {
    return repeat(count);
  }

  @PyBinary("mod")
  static PyObject mod(PyObject format, PyObject args) {
    return format instanceof PyBytes f ? of(ByteOps.percent(f.data, args)) : Py.NotImplemented;
  }

  // ---- join

  /** {@code self.join(iterable)}. */
  @PyMethod(sig = "(iterable_of_bytes, /)")
  public PyObject join(PyObject iterableOfBytes) {
    return make(ByteOps.join(data, iterableOfBytes));
  }

  // ---- text

  @PyMethod(sig = "(encoding='utf-8', errors='strict')")
  PyObject decode(String encoding, String errors) {
    return PyCodecs.decode(data, encoding, errors);
  }

  @PyMethod(sig = "(sep=NULL, bytes_per_sep=1)")
  PyObject hex(@Nullable PyObject sep, int bytesPerSep) {
    ByteOps.Span s = span();
    return ByteOps.hex(s.a(), s.from(), s.to(), sep, bytesPerSep);
  }

  @PyClassMethod(sig = "(string, /)")
  static PyObject fromhex(PyType cls, PyObject string) {
    PyBytes made = PyBytes.of(ByteOps.fromHex(string));
    return cls == TYPE ? made : cls.call1(made);
  }
}
