package org.plait.modules.array;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyClassMethod;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyRichCompare;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.SlotKind;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.interp.Audit;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyIdentity;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.Buffer;
import org.plait.runtime.protocol.BufferExporter;
import org.plait.runtime.protocol.Exports;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyCodecs;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PyObjects.CompareOp;
import org.plait.runtime.protocol.Warnings;
import org.plait.runtime.types.PyByteArray;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyGenericAlias;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PySlice;
import org.plait.runtime.types.PyStr;
import org.plait.sched.BiasedLock;

/**
 * {@code array.array}: items of one machine type in a Java byte array.
 *
 * <p>{@link #data} and {@link #size} are guarded by {@link #lock}; conversions, which may run user
 * code, happen outside. While somebody looks at the memory through a buffer, it can't be resized.
 */
@PyTypeDef(
    name = "array",
    module = "array",
    subclassable = true,
    flags = {TypeFlag.SEQUENCE, TypeFlag.WEAKREF},
    sig = "none",
    doc = "array(typecode [, initializer]) -> array\n\nAn array of items of one basic type.")
public class PyArray extends PyObject implements BufferExporter {
  public static final PyType TYPE = PyType.builtin(PyArrayTable.INSTANCE);

  private static final VarHandle LOCK;

  static {
    try {
      LOCK = MethodHandles.lookup().findVarHandle(PyArray.class, "lock", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  final ItemKind kind;
  private byte[] data;

  /** In items. */
  private int size;

  private volatile @Nullable Exports exports;
  private int lock;

  protected PyArray(ItemKind kind, byte[] data) {
    this.kind = kind;
    this.data = data;
    this.size = data.length / kind.size;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  // ---- construction

  // Compare CPython array_new in arraymodule.c.
  @PyNew(sig = "(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    if (kwnames != null && (cls == TYPE || cls.lookup("__init__") == TYPE.lookup("__init__"))) {
      throw Errors.typeError("array.array() takes no keyword arguments");
    }
    int n = PyCalls.positional(args, kwnames);
    if (n < 1) {
      throw Errors.typeError("array() takes at least 1 argument (0 given)");
    }
    if (n > 2) {
      throw Errors.typeError("array() takes at most 2 arguments (" + n + " given)");
    }
    if (!(args[0] instanceof PyStr code)) {
      throw Errors.typeError(
          "array() argument 1 must be a unicode character, not " + args[0].type().name());
    }
    if (code.length() != 1) {
      throw Errors.typeError(
          "array() argument 1 must be a unicode character, not a string of length "
              + code.length());
    }
    PyObject initial = n == 2 ? args[1] : null;
    Audit.raise("array.__new__", code, Py.orNone(initial));
    ItemKind kind = ItemKind.of(code.codePointAt(0));
    if (kind == ItemKind.WCHAR) {
      Warnings.warn(
          Exceptions.DeprecationWarning,
          "The 'u' type code is deprecated and will be removed in Python 3.16",
          1);
    }
    if (initial != null && (kind == null || !kind.isText())) {
      checkNoText(initial, code);
    }
    if (kind == null) {
      throw Errors.valueError("bad typecode (must be b, B, u, w, h, H, i, I, l, L, q, Q, f or d)");
    }
    PyArray a =
        cls == TYPE ? new PyArray(kind, new byte[0]) : new PyArrayDerived(cls, kind, new byte[0]);
    if (initial != null) {
      a.fill(initial);
    }
    return a;
  }

  private static void checkNoText(PyObject initial, PyStr code) {
    if (initial instanceof PyStr) {
      throw Errors.typeError(
          "cannot use a str to initialize an array with typecode '" + code + "'");
    }
    if (initial instanceof PyArray a && a.kind.isText()) {
      throw Errors.typeError(
          "cannot use a unicode array to initialize an array with typecode '" + code + "'");
    }
  }

  private void fill(PyObject initial) {
    if (initial instanceof PyStr s) {
      fromunicode(s);
    } else if (initial instanceof PyBytes || initial instanceof PyByteArray) {
      frombytes(initial);
    } else if (initial instanceof PyArray a && a.kind == kind) {
      appendBytes(a.bytes());
    } else {
      extendWith(initial);
    }
  }

  private static PyArray make(ItemKind kind, byte[] data) {
    return new PyArray(kind, data);
  }

  /** The typecode and initializer as the class takes them. */
  private static PyStr typecode(ItemKind kind) {
    return Py.str(String.valueOf(kind.code));
  }

  // ---- under the lock

  private void lock() {
    BiasedLock.lock(lock, LOCK, this);
  }

  private void unlock() {
    BiasedLock.unlock(lock, LOCK, this);
  }

  /** Takes the lock; BufferError while somebody looks at the memory. */
  private void lockForResize() {
    while (true) {
      lock();
      Exports e = exports;
      if (e == null || e.isEmpty()) {
        return;
      }
      unlock();
      if (e.alive() > 0) {
        throw Errors.bufferError("cannot resize an array that is exporting buffers");
      }
    }
  }

  /** Replaces items from..to-1 by bytes; the caller holds the lock for resizing. */
  private void splice(int from, int to, byte[] bytes) {
    int w = kind.size;
    long total = (long) (size - (to - from)) * w + bytes.length;
    if (total > Integer.MAX_VALUE - 64) {
      throw Errors.memoryError();
    }
    int length = (int) total;
    int tail = (size - to) * w;
    byte[] to_ = data;
    if (length > data.length || length < data.length / 4) {
      to_ =
          new byte
              [length > data.length
                  ? (int) Math.min(length + (length >> 3) + 8L * w, Integer.MAX_VALUE - 64L)
                  : length];
      System.arraycopy(data, 0, to_, 0, from * w);
    }
    System.arraycopy(data, to * w, to_, from * w + bytes.length, tail);
    System.arraycopy(bytes, 0, to_, from * w, bytes.length);
    data = to_;
    size = length / w;
  }

  private void appendBytes(byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    lockForResize();
    try {
      splice(size, size, bytes);
    } finally {
      unlock();
    }
  }

  /** A copy of the items' bytes. */
  private byte[] bytes() {
    lock();
    try {
      return Arrays.copyOf(data, size * kind.size);
    } finally {
      unlock();
    }
  }

  final int size() {
    lock();
    try {
      return size;
    } finally {
      unlock();
    }
  }

  /** The item at an index, or null beyond the end. */
  final @Nullable PyObject itemOrNull(long i) {
    long bits;
    lock();
    try {
      if (i < 0 || i >= size) {
        return null;
      }
      bits = ItemKind.bits(data, (int) i * kind.size, kind.size);
    } finally {
      unlock();
    }
    return kind.value(bits);
  }

  private byte[] encoded(long bits) {
    byte[] b = new byte[kind.size];
    kind.put(b, 0, bits);
    return b;
  }

  /** Items of a copy of the memory. */
  private PyObject[] values(byte[] bytes) {
    PyObject[] values = new PyObject[bytes.length / kind.size];
    for (int i = 0; i < values.length; i++) {
      values[i] = kind.value(ItemKind.bits(bytes, i * kind.size, kind.size));
    }
    return values;
  }

  // ---- sequence

  @PyMethod(name = "__len__")
  int len() {
    return size();
  }

  @PyMethod(name = "__iter__")
  PyObject iter() {
    return new PyArrayIterator(this);
  }

  private PyArray slice(PySlice.Range r, byte[] all) {
    int w = kind.size;
    byte[] part = new byte[(int) r.count() * w];
    for (int i = 0; i < r.count(); i++) {
      System.arraycopy(all, (int) (r.start() + i * r.step()) * w, part, i * w, w);
    }
    return make(kind, part);
  }

  @PyMethod(name = "__getitem__")
  PyObject getitem(PyObject key) {
    if (key instanceof PySlice s) {
      PySlice.Bounds bounds = s.unpack();
      byte[] all = bytes();
      return slice(bounds.within(all.length / kind.size), all);
    }
    PyObject v = itemOrNull(index(key));
    if (v == null) {
      throw Errors.indexError("array index out of range");
    }
    return v;
  }

  /** A subscript that counts from the end when negative. */
  private long index(PyObject key) {
    if (!PyNumbers.isIndex(key)) {
      throw Errors.typeError("array indices must be integers");
    }
    long i = PyNumbers.asIndex(key);
    return i < 0 ? i + size() : i;
  }

  @PyMethod(name = "__setitem__")
  void setitem(PyObject key, PyObject value) {
    if (!(key instanceof PySlice s)) {
      long i = index(key);
      if (i < 0 || i >= size()) {
        throw Errors.indexError("array assignment index out of range");
      }
      long bits = kind.toBits(value);
      lock();
      try {
        if (i < size) {
          kind.put(data, (int) i * kind.size, bits);
          return;
        }
      } finally {
        unlock();
      }
      throw Errors.indexError("array assignment index out of range");
    }
    if (!(value instanceof PyArray other)) {
      throw Errors.typeError(
          "can only assign array (not \"" + value.type().name() + "\") to array slice");
    }
    if (other.kind != kind) {
      throw Errors.typeError("bad argument type for built-in operation");
    }
    PySlice.Bounds bounds = s.unpack();
    byte[] bytes = other.bytes();
    int n = bytes.length / kind.size;
    PySlice.Range now = bounds.within(size());
    boolean resizes = now.step() == 1 && now.count() != n;
    if (resizes) {
      lockForResize();
    } else {
      lock();
    }
    try {
      PySlice.Range r = bounds.within(size);
      if (r.step() == 1) {
        int from = (int) r.start();
        int to = (int) Math.max(r.stop(), r.start());
        if (to - from == n || resizes) {
          splice(from, to, bytes);
          return;
        }
      } else if (r.count() == n) {
        for (int i = 0; i < n; i++) {
          System.arraycopy(
              bytes, i * kind.size, data, (int) (r.start() + i * r.step()) * kind.size, kind.size);
        }
        return;
      }
      now = r;
    } finally {
      unlock();
    }
    throw Errors.valueError(
        "attempt to assign array of size " + n + " to extended slice of size " + now.count());
  }

  @PyMethod(name = "__delitem__")
  void delitem(PyObject key) {
    PySlice.Bounds bounds = null;
    long i = 0;
    if (key instanceof PySlice s) {
      bounds = s.unpack();
    } else {
      i = index(key);
      if (i < 0 || i >= size()) {
        throw Errors.indexError("array assignment index out of range");
      }
    }
    lockForResize();
    try {
      if (bounds == null) {
        if (i < size) {
          splice((int) i, (int) i + 1, new byte[0]);
        }
        return;
      }
      PySlice.Range r = bounds.within(size);
      if (r.count() == 0) {
        return;
      }
      boolean[] gone = new boolean[size];
      for (int k = 0; k < r.count(); k++) {
        gone[(int) (r.start() + k * r.step())] = true;
      }
      int w = kind.size;
      byte[] kept = new byte[(size - (int) r.count()) * w];
      for (int k = 0, at = 0; k < size; k++) {
        if (!gone[k]) {
          System.arraycopy(data, k * w, kept, at, w);
          at += w;
        }
      }
      data = kept;
      size = kept.length / w;
    } finally {
      unlock();
    }
  }

  @PyMethod(name = "__contains__")
  boolean contains(PyObject v) {
    for (long i = 0; ; i++) {
      PyObject item = itemOrNull(i);
      if (item == null) {
        return false;
      }
      if (PyObjects.equal(item, v)) {
        return true;
      }
    }
  }

  private static byte[] joined(byte[] a, byte[] b) {
    if ((long) a.length + b.length > Integer.MAX_VALUE - 64) {
      throw Errors.memoryError();
    }
    byte[] c = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, c, a.length, b.length);
    return c;
  }

  @PyMethod(name = "__add__", kind = SlotKind.SQ_CONCAT)
  PyObject add(PyObject value) {
    if (!(value instanceof PyArray other)) {
      throw Errors.typeError(
          "can only append array (not \"" + value.type().name() + "\") to array");
    }
    if (other.kind != kind) {
      throw Errors.typeError("bad argument type for built-in operation");
    }
    return make(kind, joined(bytes(), other.bytes()));
  }

  private static byte[] repeated(byte[] b, long n) {
    if (n <= 0 || b.length == 0) {
      return new byte[0];
    }
    if (n > (Integer.MAX_VALUE - 64) / b.length) {
      throw Errors.memoryError();
    }
    byte[] out = new byte[(int) (b.length * n)];
    for (int i = 0; i < n; i++) {
      System.arraycopy(b, 0, out, i * b.length, b.length);
    }
    return out;
  }

  @PyMethod(name = "__mul__", kind = SlotKind.SQ_REPEAT)
  PyObject mul(long n) {
    return make(kind, repeated(bytes(), n));
  }

  @PyMethod(name = "__rmul__", kind = SlotKind.SQ_REPEAT)
  PyObject rmul(long n) {
    return mul(n);
  }

  @PyMethod(name = "__iadd__", kind = SlotKind.SQ_INPLACE_CONCAT)
  PyObject iadd(PyObject value) {
    if (!(value instanceof PyArray other)) {
      throw Errors.typeError(
          "can only extend array with array (not \"" + value.type().name() + "\")");
    }
    extendArray(other);
    return this;
  }

  @PyMethod(name = "__imul__", kind = SlotKind.SQ_INPLACE_REPEAT)
  PyObject imul(long n) {
    if (n == 1) {
      return this;
    }
    lockForResize();
    try {
      splice(0, size, repeated(Arrays.copyOf(data, size * kind.size), n));
    } finally {
      unlock();
    }
    return this;
  }

  // ---- comparison and text

  @PyRichCompare
  PyObject compare(PyObject value, CompareOp op) {
    if (!(value instanceof PyArray other)) {
      return Py.NotImplemented;
    }
    byte[] mine = bytes();
    byte[] others = other.bytes();
    int count = mine.length / kind.size;
    int otherCount = others.length / other.kind.size;
    if (count != otherCount && (op == CompareOp.EQ || op == CompareOp.NE)) {
      return Py.bool_(op == CompareOp.NE);
    }
    if (kind == other.kind && !kind.isFloat()) {
      int at = Arrays.mismatch(mine, others);
      boolean differ = at >= 0 && at < Math.min(mine.length, others.length);
      return Py.bool_(
          op.test(
              differ
                  ? kind.compare(mine, others, at - at % kind.size)
                  : Integer.compare(count, otherCount)));
    }
    PyObject[] a = values(mine);
    PyObject[] b = other.values(others);
    for (int i = 0; i < Math.min(a.length, b.length); i++) {
      if (!PyObjects.isTrue(PyObjects.richCompare(a[i], b[i], CompareOp.EQ))) {
        return switch (op) {
          case EQ -> Py.False;
          case NE -> Py.True;
          default -> PyObjects.richCompare(a[i], b[i], op);
        };
      }
    }
    return Py.bool_(op.test(Integer.compare(count, otherCount)));
  }

  @PyMethod(name = "__repr__")
  String repr() {
    String name = type().simpleName();
    byte[] b = bytes();
    if (b.length == 0) {
      return name + "('" + kind.code + "')";
    }
    PyObject shown = kind.isText() ? tounicode() : Py.list(values(b));
    return name + "('" + kind.code + "', " + PyObjects.repr(shown) + ")";
  }

  // ---- methods

  @PyMethod(sig = "(v, /)", doc = "Puts one value behind the last.")
  void append(PyObject v) {
    appendBytes(encoded(kind.toBits(v)));
  }

  private void extendArray(PyArray other) {
    if (other.kind != kind) {
      throw Errors.typeError("can only extend with array of same kind");
    }
    appendBytes(other.bytes());
  }

  private void extendWith(PyObject iterable) {
    PyObject it = PyIters.getIter(iterable);
    for (PyObject v = PyIters.next(it); v != null; v = PyIters.next(it)) {
      append(v);
    }
  }

  @PyMethod(sig = "(bb, /)", doc = "Puts the items of an array or iterable behind the last.")
  void extend(PyObject bb) {
    if (bb instanceof PyArray other) {
      extendArray(other);
    } else {
      extendWith(bb);
    }
  }

  @PyMethod(sig = "(i, v, /)", doc = "Puts a value before the item at a position.")
  void insert(long i, PyObject v) {
    byte[] item = encoded(kind.toBits(v));
    lockForResize();
    try {
      long at = i < 0 ? Math.max(0, i + size) : Math.min(i, size);
      splice((int) at, (int) at, item);
    } finally {
      unlock();
    }
  }

  @PyMethod(sig = "(i=-1, /)", doc = "Takes out the item at a position and returns it.")
  PyObject pop(long i) {
    if (size() == 0) {
      throw Errors.indexError("pop from empty array");
    }
    long bits;
    lockForResize();
    try {
      long at = i < 0 ? i + size : i;
      if (at < 0 || at >= size) {
        throw Errors.indexError("pop index out of range");
      }
      bits = ItemKind.bits(data, (int) at * kind.size, kind.size);
      splice((int) at, (int) at + 1, new byte[0]);
    } finally {
      unlock();
    }
    return kind.value(bits);
  }

  @PyMethod(sig = "()", doc = "Remove all items from the array.")
  void clear() {
    lockForResize();
    try {
      data = new byte[0];
      size = 0;
    } finally {
      unlock();
    }
  }

  @PyMethod(sig = "(v, /)", doc = "How many items equal the value.")
  long count(PyObject v) {
    long n = 0;
    for (long i = 0; ; i++) {
      PyObject item = itemOrNull(i);
      if (item == null) {
        return n;
      }
      if (PyObjects.equal(item, v)) {
        n++;
      }
    }
  }

  @PyMethod(
      sig = "(v, start=0, stop=sys.maxsize, /)",
      doc = "Where the first item is that equals the value.")
  long index(PyObject v, PyObject start, PyObject stop) {
    long from = PySlice.indexArgument(start);
    long to = PySlice.indexArgument(stop);
    int n = size();
    from = from < 0 ? Math.max(0, from + n) : from;
    to = to < 0 ? to + n : to;
    for (long i = from; i < to; i++) {
      PyObject item = itemOrNull(i);
      if (item == null) {
        break;
      }
      if (PyObjects.equal(item, v)) {
        return i;
      }
    }
    throw Errors.valueError("array.index(x): x not in array");
  }

  @PyMethod(sig = "(v, /)", doc = "Takes out the first item that equals the value.")
  void remove(PyObject v) {
    for (long i = 0; ; i++) {
      PyObject item = itemOrNull(i);
      if (item == null) {
        throw Errors.valueError("array.remove(x): x not in array");
      }
      if (PyObjects.equal(item, v)) {
        lockForResize();
        try {
          if (i < size) {
            splice((int) i, (int) i + 1, new byte[0]);
          }
        } finally {
          unlock();
        }
        return;
      }
    }
  }

  @PyMethod(sig = "()", doc = "Turns the order of the items round.")
  void reverse() {
    lock();
    try {
      int w = kind.size;
      for (int i = 0, j = size - 1; i < j; i++, j--) {
        long a = ItemKind.bits(data, i * w, w);
        kind.put(data, i * w, ItemKind.bits(data, j * w, w));
        kind.put(data, j * w, a);
      }
    } finally {
      unlock();
    }
  }

  @PyMethod(sig = "()", doc = "Byteswap all items of the array.")
  void byteswap() {
    lock();
    try {
      int w = kind.size;
      for (int i = 0; i < size; i++) {
        long a = Long.reverseBytes(ItemKind.bits(data, i * w, w));
        kind.put(data, i * w, a >>> 64 - 8 * w);
      }
    } finally {
      unlock();
    }
  }

  @PyMethod(
      name = "buffer_info",
      sig = "()",
      doc = "Return a tuple (address, length): an id, since memory moves, and the number of items.")
  PyObject bufferInfo() {
    return Py.tuple(Py.int_(PyIdentity.id(this)), Py.int_(size()));
  }

  // ---- bytes, lists, text, files

  @PyMethod(
      sig = "(buffer, /)",
      doc = "Appends items from the buffer, interpreting it as machine values.")
  void frombytes(PyObject buffer) {
    byte[] b = PyBuffers.toBytes(buffer);
    if (b.length % kind.size != 0) {
      throw Errors.valueError("bytes length not a multiple of item size");
    }
    appendBytes(b);
  }

  @PyMethod(sig = "()", doc = "The memory of the array as bytes.")
  PyObject tobytes() {
    return Py.bytes(bytes());
  }

  @PyMethod(sig = "(list, /)", doc = "Append items to array from list.")
  void fromlist(PyObject list) {
    if (!(list instanceof PyList l)) {
      throw Errors.typeError("arg must be list");
    }
    PyObject[] items = l.toArray();
    byte[] b = new byte[items.length * kind.size];
    for (int i = 0; i < items.length; i++) {
      kind.put(b, i * kind.size, kind.toBits(items[i]));
      if (l.size() != items.length) {
        throw Errors.runtimeError("list changed size during iteration");
      }
    }
    appendBytes(b);
  }

  @PyMethod(sig = "()", doc = "The items as a list.")
  PyObject tolist() {
    return Py.list(values(bytes()));
  }

  @PyMethod(sig = "(ustr, /)", doc = "Puts the characters of a str behind the last.")
  void fromunicode(PyStr ustr) {
    if (!kind.isText()) {
      throw Errors.valueError(
          "fromunicode() may only be called on unicode type arrays ('u' or 'w')");
    }
    byte[] b = new byte[ustr.length() * kind.size];
    for (int i = 0; i < ustr.length(); i++) {
      kind.put(b, i * kind.size, ustr.codePointAt(i));
    }
    appendBytes(b);
  }

  @PyMethod(sig = "()", doc = "Convert the array to a unicode string.")
  PyObject tounicode() {
    if (!kind.isText()) {
      throw Errors.valueError("tounicode() may only be called on unicode type arrays ('u' or 'w')");
    }
    byte[] b = bytes();
    if (kind == ItemKind.UCS4) {
      return PyCodecs.decode(b, "utf-32", null);
    }
    int[] points = new int[b.length / kind.size];
    for (int i = 0; i < points.length; i++) {
      points[i] = (int) ItemKind.bits(b, i * kind.size, kind.size);
      if (!Character.isValidCodePoint(points[i])) {
        throw Errors.valueError(
            "character U+"
                + Integer.toHexString(points[i])
                + " is not in range [U+0000; U+10ffff]");
      }
    }
    return PyStr.ofCodePoints(points, 0, points.length);
  }

  @PyMethod(sig = "(f, /)", doc = "Writes the memory of the array to a binary file.")
  void tofile(PyObject f) {
    byte[] all = bytes();
    int block = 64 * 1024;
    for (int at = 0; at < all.length; at += block) {
      PyCalls.callMethod(
          f, "write", Py.bytes(Arrays.copyOfRange(all, at, Math.min(all.length, at + block))));
    }
  }

  @PyMethod(sig = "(f, n, /)", doc = "Read n items from the file object f and append them.")
  void fromfile(PyObject f, long n) {
    if (n < 0) {
      throw Errors.valueError("negative count");
    }
    if (n > Integer.MAX_VALUE / kind.size) {
      throw Errors.memoryError();
    }
    PyObject b = PyCalls.callMethod(f, "read", Py.int_(n * kind.size));
    if (!(b instanceof PyBytes bytes)) {
      throw Errors.typeError("read() didn't return bytes");
    }
    boolean enough = bytes.size() == n * kind.size;
    frombytes(bytes);
    if (!enough) {
      throw Errors.eofError("read() didn't return enough bytes");
    }
  }

  // ---- copying and pickling

  @PyMethod(name = "__copy__", sig = "()", doc = "Return a copy of the array.")
  PyObject copy() {
    return make(kind, bytes());
  }

  @PyMethod(name = "__deepcopy__", sig = "(unused, /)", doc = "Return a copy of the array.")
  PyObject deepcopy(PyObject unused) {
    return copy();
  }

  // Compare CPython array_array___reduce_ex___impl in arraymodule.c.
  @PyMethod(
      name = "__reduce_ex__",
      sig = "(value, /)",
      doc = "Return state information for pickling.")
  PyObject reduceEx(PyObject value) {
    if (!(value instanceof org.plait.runtime.types.PyInt protocol)) {
      throw Errors.typeError(
          "__reduce_ex__ argument should be an integer, not " + value.type().name());
    }
    PyObject dict = PyObjects.getOptionalAttr(this, "__dict__");
    PyObject state = Py.orNone(dict);
    if (protocol.longValue() < 3) {
      return Py.tuple(
          type(), Py.tuple(typecode(kind), kind.isText() ? tounicode() : tolist()), state);
    }
    PyObject make = PyObjects.getAttr(Imports.importModule("array"), "_array_reconstructor");
    return Py.tuple(
        make, Py.tuple(type(), typecode(kind), Py.int_(kind.machineFormat), tobytes()), state);
  }

  // Compare CPython array__array_reconstructor_impl in arraymodule.c.
  /** {@code array._array_reconstructor}. */
  public static PyObject reconstruct(
      PyObject arrayType, PyStr typecode, int machineFormat, PyObject items) {
    if (!(arrayType instanceof PyType t)) {
      throw Errors.typeError(
          "first argument must be a type object, not " + arrayType.type().name());
    }
    if (!t.isSubtypeOf(TYPE)) {
      throw Errors.typeError(t.name() + " is not a subtype of " + TYPE.name());
    }
    ItemKind kind = typecode.length() == 1 ? ItemKind.of(typecode.codePointAt(0)) : null;
    if (kind == null) {
      throw Errors.valueError("second argument must be a valid type code");
    }
    if (!MachineFormat.isValid(machineFormat)) {
      throw Errors.valueError("third argument must be a valid machine format code.");
    }
    if (!(items instanceof PyBytes b)) {
      throw Errors.typeError("fourth argument should be bytes, not " + items.type().name());
    }
    if (machineFormat == kind.machineFormat) {
      return new_(t, new PyObject[] {typecode, b}, null);
    }
    PyObject read = MachineFormat.read(machineFormat, b.array());
    ItemKind fitting = MachineFormat.fitting(machineFormat, kind);
    return new_(t, new PyObject[] {typecode(fitting), read}, null);
  }

  @PyMethod(name = "__sizeof__", sig = "()", doc = "Memory taken by the array in bytes.")
  long sizeof() {
    return 64 + (long) size() * kind.size;
  }

  @PyClassMethod(name = "__class_getitem__", sig = "(object, /)", doc = "See PEP 585")
  static PyObject classGetitem(PyType cls, PyObject item) {
    return new PyGenericAlias(cls, item);
  }

  @PyGetter(value = "typecode", doc = "the character for the type of the items")
  PyObject getTypecode() {
    return typecode(kind);
  }

  @PyGetter(value = "itemsize", doc = "how many bytes one item takes")
  int getItemsize() {
    return kind.size;
  }

  // ---- buffer

  @Override
  public Buffer getBuffer(int flags) {
    lock();
    try {
      Buffer b = Buffer.ofItems(this, this, data, 0, size, kind.format(), kind.size, false);
      Exports e = exports;
      if (e == null) {
        e = new Exports();
        exports = e;
      }
      e.add(b);
      return b;
    } finally {
      unlock();
    }
  }

  @Override
  public void releaseBuffer(Buffer buffer) {
    Exports e = exports;
    if (e != null) {
      e.remove(buffer);
    }
  }

  @PyMethod(name = "__buffer__")
  PyObject buffer(PyObject flags) {
    return PyBuffers.specialBuffer(this, flags);
  }

  @PyMethod(name = "__release_buffer__")
  void release(PyObject buffer) {
    PyBuffers.specialRelease(this, buffer);
  }
}
