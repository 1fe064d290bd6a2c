package org.plait.runtime.types;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyBinary;
import org.plait.processor.annotation.PyClassMethod;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyRichCompare;
import org.plait.processor.annotation.PyStaticMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.SlotKind;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.Buffer;
import org.plait.runtime.protocol.BufferExporter;
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
  private PyBytes make(byte[] result) {
    return result == data && getClass() == PyBytes.class ? this : of(result);
  }

  private ByteOps.Span span() {
    return new ByteOps.Span(data, 0, data.length);
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

  // ---- search

  @PyMethod(
      sig = "!(sub, start=None, end=None, /)",
      doc =
          "find($self, sub[, start[, end]], /)\n--\n\n"
              + "The first position of sub between start and end, or -1.")
  int find(PyObject sub, @Nullable PyObject start, @Nullable PyObject end) {
    byte[] part = ByteOps.needle(sub);
    int i = StrOps.start(start, size());
    int j = StrOps.end(end, size());
    ByteOps.Span s = span();
    return ByteOps.find(s, part, i, Math.min(j, s.size()));
  }

  @PyMethod(
      sig = "!(sub, start=None, end=None, /)",
      doc =
          "rfind($self, sub[, start[, end]], /)\n--\n\n"
              + "The last position of sub between start and end, or -1.")
  int rfind(PyObject sub, @Nullable PyObject start, @Nullable PyObject end) {
    byte[] part = ByteOps.needle(sub);
    int i = StrOps.start(start, size());
    int j = StrOps.end(end, size());
    ByteOps.Span s = span();
    return ByteOps.rfind(s, part, i, Math.min(j, s.size()));
  }

  @PyMethod(
      sig = "!(sub, start=None, end=None, /)",
      doc =
          "index($self, sub[, start[, end]], /)\n--\n\n"
              + "The first position of sub between start and end, or ValueError.")
  int index(PyObject sub, @Nullable PyObject start, @Nullable PyObject end) {
    return found(find(sub, start, end));
  }

  @PyMethod(
      sig = "!(sub, start=None, end=None, /)",
      doc =
          "rindex($self, sub[, start[, end]], /)\n--\n\n"
              + "The last position of sub between start and end, or ValueError.")
  int rindex(PyObject sub, @Nullable PyObject start, @Nullable PyObject end) {
    return found(rfind(sub, start, end));
  }

  private static int found(int at) {
    if (at < 0) {
      throw Errors.valueError("subsection not found");
    }
    return at;
  }

  @PyMethod(
      sig = "!(sub, start=None, end=None, /)",
      doc =
          "count($self, sub[, start[, end]], /)\n--\n\n"
              + "How often sub stands between start and end, without overlaps.")
  int count(PyObject sub, @Nullable PyObject start, @Nullable PyObject end) {
    byte[] part = ByteOps.needle(sub);
    int i = StrOps.start(start, size());
    int j = StrOps.end(end, size());
    ByteOps.Span s = span();
    return ByteOps.count(s, part, i, Math.min(j, s.size()), Integer.MAX_VALUE);
  }

  @PyMethod(name = "__contains__")
  boolean containsItem(PyObject key) {
    byte[] part = ByteOps.member(key);
    ByteOps.Span s = span();
    return ByteOps.find(s, part, 0, s.size()) >= 0;
  }

  @PyMethod(
      sig = "!(prefix, start=None, end=None, /)",
      doc =
          "startswith($self, prefix[, start[, end]], /)\n--\n\n"
              + "Whether prefix, or one of a tuple of them, stands at start.")
  boolean startswith(PyObject prefix, @Nullable PyObject start, @Nullable PyObject end) {
    return ByteOps.startsOrEnds(this::span, prefix, start, end, false);
  }

  @PyMethod(
      sig = "!(suffix, start=None, end=None, /)",
      doc =
          "endswith($self, suffix[, start[, end]], /)\n--\n\n"
              + "Whether suffix, or one of a tuple of them, stands before end.")
  boolean endswith(PyObject suffix, @Nullable PyObject start, @Nullable PyObject end) {
    return ByteOps.startsOrEnds(this::span, suffix, start, end, true);
  }

  // ---- change

  @PyMethod(sig = "(old, new, count=-1, /)")
  PyObject replace(PyObject old, PyObject fresh, long count) {
    byte[] from = PyBuffers.toBytes(old);
    byte[] to = PyBuffers.toBytes(fresh);
    return make(ByteOps.replace(span(), from, to, count));
  }

  @PyMethod(sig = "(prefix, /)")
  PyObject removeprefix(PyObject prefix) {
    byte[] part = PyBuffers.toBytes(prefix);
    ByteOps.Span s = span();
    boolean has = ByteOps.tailMatch(s, part, 0, s.size(), false);
    return make(s.copy(has ? part.length : 0, s.size()));
  }

  @PyMethod(sig = "(suffix, /)")
  PyObject removesuffix(PyObject suffix) {
    byte[] part = PyBuffers.toBytes(suffix);
    ByteOps.Span s = span();
    boolean has = ByteOps.tailMatch(s, part, 0, s.size(), true);
    return make(s.copy(0, s.size() - (has ? part.length : 0)));
  }

  @PyMethod(sig = "(bytes=None, /)")
  PyObject strip(PyObject bytes) {
    byte[] set = bytes == Py.None ? null : PyBuffers.toBytes(bytes);
    return make(ByteOps.strip(span(), set, 3));
  }

  @PyMethod(sig = "(bytes=None, /)")
  PyObject lstrip(PyObject bytes) {
    byte[] set = bytes == Py.None ? null : PyBuffers.toBytes(bytes);
    return make(ByteOps.strip(span(), set, 1));
  }

  @PyMethod(sig = "(bytes=None, /)")
  PyObject rstrip(PyObject bytes) {
    byte[] set = bytes == Py.None ? null : PyBuffers.toBytes(bytes);
    return make(ByteOps.strip(span(), set, 2));
  }

  @PyMethod(
      sig = "!(width, fillchar=NULL, /)",
      doc =
          "center($self, width, fillchar=b' ', /)\n--\n\n"
              + "The bytes with padding on both sides, up to the width.")
  PyObject center(long width, @Nullable PyObject fillchar) {
    byte fill = ByteOps.fill(fillchar, "center");
    return make(ByteOps.center(span(), width, fill, true));
  }

  @PyMethod(
      sig = "!(width, fillchar=NULL, /)",
      doc =
          "ljust($self, width, fillchar=b' ', /)\n--\n\n"
              + "The bytes with padding behind them, up to the width.")
  PyObject ljust(long width, @Nullable PyObject fillchar) {
    byte fill = ByteOps.fill(fillchar, "ljust");
    ByteOps.Span s = span();
    return make(ByteOps.pad(s, 0, width < s.size() ? 0 : width - s.size(), fill, true));
  }

  @PyMethod(
      sig = "!(width, fillchar=NULL, /)",
      doc =
          "rjust($self, width, fillchar=b' ', /)\n--\n\n"
              + "The bytes with padding before them, up to the width.")
  PyObject rjust(long width, @Nullable PyObject fillchar) {
    byte fill = ByteOps.fill(fillchar, "rjust");
    ByteOps.Span s = span();
    return make(ByteOps.pad(s, width < s.size() ? 0 : width - s.size(), 0, fill, true));
  }

  @PyMethod(sig = "(width, /)")
  PyObject zfill(long width) {
    return make(ByteOps.zfill(span(), width, true));
  }

  @PyMethod(sig = "(tabsize=8)")
  PyObject expandtabs(int tabsize) {
    return make(ByteOps.expandTabs(span(), tabsize));
  }

  @PyMethod(
      sig = "!(table, /, delete=NULL)",
      doc =
          "translate($self, table, /, delete=b'')\n--\n\n"
              + "Each byte replaced by that in the table; those in delete are left out.")
  PyObject translate(PyObject table, @Nullable PyObject delete) {
    byte[] t = ByteOps.table(table);
    byte[] d = delete == null ? new byte[0] : PyBuffers.toBytes(delete);
    return make(ByteOps.translate(span(), t, d));
  }

  @PyStaticMethod(sig = "(frm, to, /)")
  static PyObject maketrans(PyObject frm, PyObject to) {
    return ByteOps.makeTable(frm, to);
  }

  // ---- split and join

  @PyMethod(sig = "(sep=None, maxsplit=-1)")
  PyObject split(PyObject sep, long maxsplit) {
    byte[] s = ByteOps.separator(sep);
    return Py.list(ByteOps.split(span(), s, maxsplit, this::make));
  }

  @PyMethod(sig = "(sep=None, maxsplit=-1)")
  PyObject rsplit(PyObject sep, long maxsplit) {
    byte[] s = ByteOps.separator(sep);
    return Py.list(ByteOps.rsplit(span(), s, maxsplit, this::make));
  }

  @PyMethod(sig = "(keepends=False)")
  PyObject splitlines(boolean keepends) {
    return Py.list(ByteOps.splitLines(span(), keepends, this::make));
  }

  @PyMethod(sig = "(sep, /)")
  PyObject partition(PyObject sep) {
    byte[] b = ByteOps.nonEmpty(PyBuffers.toBytes(sep));
    ByteOps.Span s = span();
    int i = ByteOps.find(s, b, 0, s.size());
    return i < 0
        ? Py.tuple(make(s.copy(0, s.size())), make(new byte[0]), make(new byte[0]))
        : Py.tuple(
            make(s.copy(0, i)),
            sep instanceof PyBytes ? sep : of(b),
            make(s.copy(i + b.length, s.size())));
  }

  @PyMethod(sig = "(sep, /)")
  PyObject rpartition(PyObject sep) {
    byte[] b = ByteOps.nonEmpty(PyBuffers.toBytes(sep));
    ByteOps.Span s = span();
    int i = ByteOps.rfind(s, b, 0, s.size());
    return i < 0
        ? Py.tuple(make(new byte[0]), make(new byte[0]), make(s.copy(0, s.size())))
        : Py.tuple(
            make(s.copy(0, i)),
            sep instanceof PyBytes ? sep : of(b),
            make(s.copy(i + b.length, s.size())));
  }

  /** {@code self.join(iterable)}. */
  @PyMethod(sig = "(iterable_of_bytes, /)")
  public PyObject join(PyObject iterableOfBytes) {
    return make(ByteOps.join(data, iterableOfBytes));
  }

  // ---- case and classes

  @PyMethod(sig = "()")
  PyObject capitalize() {
    return make(ByteOps.change(span(), ByteOps.Case.CAPITALIZE));
  }

  @PyMethod(sig = "()")
  PyObject title() {
    return make(ByteOps.change(span(), ByteOps.Case.TITLE));
  }

  @PyMethod(sig = "()")
  PyObject lower() {
    return make(ByteOps.change(span(), ByteOps.Case.LOWER));
  }

  @PyMethod(sig = "()")
  PyObject upper() {
    return make(ByteOps.change(span(), ByteOps.Case.UPPER));
  }

  @PyMethod(sig = "()")
  PyObject swapcase() {
    return make(ByteOps.change(span(), ByteOps.Case.SWAP));
  }

  @PyMethod(sig = "()")
  boolean isalnum() {
    return ByteOps.all(span(), ByteOps.Kind.ALNUM);
  }

  @PyMethod(sig = "()")
  boolean isalpha() {
    return ByteOps.all(span(), ByteOps.Kind.ALPHA);
  }

  @PyMethod(sig = "()")
  boolean isdigit() {
    return ByteOps.all(span(), ByteOps.Kind.DIGIT);
  }

  @PyMethod(sig = "()")
  boolean isspace() {
    return ByteOps.all(span(), ByteOps.Kind.SPACE);
  }

  @PyMethod(sig = "()")
  boolean isascii() {
    return ByteOps.isAscii(span());
  }

  @PyMethod(sig = "()")
  boolean islower() {
    return ByteOps.isCase(span(), false);
  }

  @PyMethod(sig = "()")
  boolean isupper() {
    return ByteOps.isCase(span(), true);
  }

  @PyMethod(sig = "()")
  boolean istitle() {
    return ByteOps.isTitle(span());
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
