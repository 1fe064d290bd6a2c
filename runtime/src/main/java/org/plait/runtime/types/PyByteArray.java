package org.plait.runtime.types;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
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
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.Buffer;
import org.plait.runtime.protocol.BufferExporter;
import org.plait.runtime.protocol.Exports;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyCodecs;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects.CompareOp;
import org.plait.runtime.protocol.PySequences;
import org.plait.runtime.text.TextRepr;
import org.plait.sched.BiasedLock;

/**
 * {@code bytearray}: a mutable array of bytes that any number of threads may share.
 *
 * <p>Invariants: reads take no lock; they read {@link #state} with acquire and then its size. All
 * writes happen under {@link #lock}. A {@link State} is replaced by every change but an append
 * within its capacity and the overwriting of bytes.
 */
@PyTypeDef(
    name = "bytearray",
    subclassable = true,
    flags = {TypeFlag.MATCH_SELF},
    sig = "none",
    doc =
        "bytearray(iterable_of_ints)\n"
            + "bytearray(string, encoding[, errors])\n"
            + "bytearray(bytes_or_buffer)\n"
            + "bytearray(int)\n"
            + "bytearray()\n\n"
            + "A mutable sequence of bytes: from numbers below 256, from encoded text, "
            + "copied\n"
            + "from a buffer, as many zeros as told, or empty.")
public class PyByteArray extends ByteString {
  public static final PyType TYPE = PyType.builtin(PyByteArrayTable.INSTANCE);

  private static final VarHandle STATE;
  private static final VarHandle LOCK;

  static {
    try {
      MethodHandles.Lookup l = MethodHandles.lookup();
      STATE = l.findVarHandle(PyByteArray.class, "state", State.class);
      LOCK = l.findVarHandle(PyByteArray.class, "lock", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Where the bytes are. */
  static final class State {
    final byte[] data;
    final int start;
    volatile int size;

    State(byte[] data, int start, int size) {
      this.data = data;
      this.start = start;
      this.size = size;
    }
  }

  private State state;
  private volatile @Nullable Exports exports;
  private int lock;

  protected PyByteArray() {
    this.state = new State(new byte[0], 0, 0);
  }

  protected PyByteArray(byte[] data) {
    this.state = new State(data, 0, data.length);
  }

  /** Takes over the array. */
  public static PyByteArray of(byte[] data) {
    return new PyByteArray(data);
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  final State state() {
    return (State) STATE.getAcquire(this);
  }

  @Override
  public final int size() {
    return state().size;
  }

  /** A copy. */
  public final byte[] toByteArray() {
    State s = state();
    return Arrays.copyOfRange(s.data, s.start, s.start + s.size);
  }

  /** The byte at an index, or -1 beyond the end. */
  final int byteAt(long i) {
    State s = state();
    return i >= 0 && i < s.size ? s.data[s.start + (int) i] & 0xff : -1;
  }

  @Override
  final ByteOps.Span span() {
    State s = state();
    return new ByteOps.Span(s.data, s.start, s.start + s.size);
  }

  @Override
  final ByteOps.Span still() {
    byte[] copy = toByteArray();
    return new ByteOps.Span(copy, 0, copy.length);
  }

  /** A new bytearray of a result that may still be our own array. */
  @Override
  final PyByteArray make(byte[] result) {
    return of(result == state().data ? result.clone() : result);
  }

  @Override
  final PyObject asResult(PyObject separator, byte[] bytes) {
    return of(bytes.clone());
  }

  @Override
  final boolean overflows() {
    return false;
  }

  // ---- writing

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
        throw Errors.bufferError("Existing exports of data: object cannot be re-sized");
      }
    }
  }

  private void lock() {
    BiasedLock.lock(lock, LOCK, this);
  }

  private void unlock() {
    BiasedLock.unlock(lock, LOCK, this);
  }

  private void setState(byte[] data, int start, int size) {
    STATE.setRelease(this, new State(data, start, size));
  }

  /** Under the lock: makes room for {@code more} bytes at the end and counts them in. */
  private State grow(int more) {
    State s = state;
    long size = (long) s.size + more;
    if (s.start + size <= s.data.length) {
      return s;
    }
    if (size > ByteOps.MAX) {
      unlock();
      throw Errors.memoryError();
    }
    byte[] data;
    try {
      int capacity = (int) Math.min(ByteOps.MAX, size + (size >> 3) + (size < 9 ? 3 : 6));
      data = Arrays.copyOfRange(s.data, s.start, s.start + capacity);
    } catch (OutOfMemoryError e) {
      unlock();
      throw Errors.memoryError();
    }
    State fresh = new State(data, 0, s.size);
    STATE.setRelease(this, fresh);
    return fresh;
  }

  /** Appends bytes. */
  public final void append(byte[] b, int from, int n) {
    if (n == 0) {
      return;
    }
    lockForResize();
    State s = grow(n);
    System.arraycopy(b, from, s.data, s.start + s.size, n);
    s.size += n;
    unlock();
  }

  /** Puts bytes in the place of {@code i..j-1}, clipped to what there is. */
  private void splice(int i, int j, byte[] b) {
    State now = state();
    if (j - i == b.length && j <= now.size) {
      lock();
      try {
        State s = state;
        if (j <= s.size) {
          System.arraycopy(b, 0, s.data, s.start + i, b.length);
          return;
        }
      } finally {
        unlock();
      }
    }
    lockForResize();
    try {
      State s = state;
      int to = Math.min(j, s.size);
      int from = Math.min(i, to);
      int tail = s.size - to;
      if (b.length == 0 && from == 0) {
        setState(s.data, s.start + to, tail);
        return;
      }
      if (b.length == 0 && tail == 0) {
        setState(s.data, s.start, from);
        return;
      }
      long size = (long) from + b.length + tail;
      byte[] data = ByteOps.allocate(size);
      System.arraycopy(s.data, s.start, data, 0, from);
      System.arraycopy(b, 0, data, from, b.length);
      System.arraycopy(s.data, s.start + to, data, from + b.length, tail);
      setState(data, 0, (int) size);
    } finally {
      unlock();
    }
  }

  // ---- buffer

  @Override
  public Buffer getBuffer(int flags) {
    lock();
    try {
      State s = state;
      Buffer b = Buffer.ofBytes(this, this, s.data, s.start, s.size, false);
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

  // ---- construction

  @PyNew(sig = "!(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return cls == TYPE ? new PyByteArray() : new PyByteArrayDerived(cls);
  }

  @PyMethod(name = "__init__", sig = "(*args, **kwargs)", raw = true)
  void init(PyObject[] args, String @Nullable [] kwnames) {
    PyObject[] bound = ByteOps.bind("bytearray", args, kwnames);
    if (size() > 0) {
      splice(0, size(), new byte[0]);
    }
    byte[] text = ByteOps.fromText(bound);
    byte[] fresh = text != null ? text : ByteOps.fromObject(bound[0], "bytearray");
    lockForResize();
    setState(text != null ? fresh.clone() : fresh, 0, fresh.length);
    unlock();
  }

  @PyMethod(name = "__reduce__", sig = "()", doc = "Return state information for pickling.")
  PyObject reduce() {
    return reduceEx(2);
  }

  @PyMethod(
      name = "__reduce_ex__",
      sig = "(proto=0, /)",
      doc = "Return state information for pickling.")
  PyObject reduceEx(int proto) {
    byte[] b = toByteArray();
    PyObject state = PyCalls.callMethod(this, "__getstate__");
    PyObject args;
    if (proto >= 3) {
      args = b.length == 0 ? Py.EmptyTuple : Py.tuple(PyBytes.of(b));
    } else {
      args =
          b.length == 0
              ? Py.EmptyTuple
              : Py.tuple(
                  PyStr.ofBmp(new String(b, java.nio.charset.StandardCharsets.ISO_8859_1)),
                  Py.str("latin-1"));
    }
    return Py.tuple(type(), args, state);
  }

  @PyMethod(name = "__sizeof__", sig = "()", doc = "Memory taken by the bytearray in bytes.")
  long sizeof() {
    return 72L + alloc();
  }

  @PyMethod(name = "__alloc__", sig = "()", doc = "How many bytes the bytearray holds room for.")
  int alloc() {
    State s = state();
    return Math.max(s.data.length - s.start, s.size + 1);
  }

  // ---- text, comparison

  @PyMethod(name = "__repr__")
  PyObject repr() {
    String text = TextRepr.repr(toByteArray());
    if (text.charAt(1) == '"') {
      // Unlike that of bytes, the repr escapes apostrophes whatever the quotes.
      text = text.replace("'", "\\'");
    }
    return PyStr.ofBmp(type().name() + "(" + text + ")");
  }

  @PyMethod(name = "__str__")
  PyObject str() {
    ByteOps.warnStr("bytearray");
    return repr();
  }

  @PyRichCompare
  PyObject compare(PyObject other, CompareOp op) {
    if (!PyBuffers.isBuffer(other)) {
      ByteOps.warnCompare(other, "bytearray", op);
      return Py.NotImplemented;
    }
    byte[] b = PyBuffers.toBytes(other);
    return switch (op) {
      case EQ -> Py.bool_(ByteOps.equal(span(), b));
      case NE -> Py.bool_(!ByteOps.equal(span(), b));
      default -> Py.bool_(op.test(ByteOps.compare(span(), b)));
    };
  }

  // ---- sequence

  @PyMethod(name = "__len__")
  int len() {
    return size();
  }

  private static PyException badIndex(PyObject key) {
    return Errors.typeError(
        "bytearray indices must be integers or slices, not " + key.type().name());
  }

  @PyMethod(name = "__getitem__")
  PyObject getItem(PyObject key) {
    if (key instanceof PySlice slice) {
      PySlice.Bounds bounds = slice.unpack();
      ByteOps.Span s = span();
      return make(ByteOps.slice(s, bounds.within(s.size())));
    }
    if (!PyNumbers.isIndex(key)) {
      throw badIndex(key);
    }
    long i = PyNumbers.asIndex(key);
    int b = byteAt(i < 0 ? i + size() : i);
    if (b < 0) {
      throw Errors.indexError("bytearray index out of range");
    }
    return PyInt.of(b);
  }

  @PyMethod(name = "__setitem__")
  void setItem(PyObject key, PyObject value) {
    if (key instanceof PySlice slice) {
      setSlice(slice, value);
      return;
    }
    if (!PyNumbers.isIndex(key)) {
      throw badIndex(key);
    }
    long i = PyNumbers.asIndex(key);
    int v = ByteOps.byteValue(value);
    lock();
    try {
      State s = state;
      long at = i < 0 ? i + s.size : i;
      if (at >= 0 && at < s.size) {
        s.data[s.start + (int) at] = (byte) v;
        return;
      }
    } finally {
      unlock();
    }
    throw Errors.indexError("bytearray index out of range");
  }

  private void setSlice(PySlice slice, PyObject value) {
    byte[] b;
    if (value == this) {
      b = toByteArray();
    } else if (value instanceof PyByteArray || PyBuffers.isBuffer(value)) {
      b = PyBuffers.toBytes(value);
    } else {
      if (PyNumbers.isIndex(value) || value instanceof PyStr || !isIterable(value)) {
        throw Errors.typeError(
            "can assign only bytes, buffers, or iterables of ints in range(0, 256)");
      }
      b = ByteOps.collect(value, "byte");
    }
    PySlice.Bounds bounds = slice.unpack();
    PySlice.Range r = bounds.within(size());
    int i = (int) r.start();
    if (r.step() == 1) {
      splice(i, i + (int) r.count(), b);
      return;
    }
    int n = (int) r.count();
    if (b.length == 0) {
      deleteSlice(r);
      return;
    }
    if (n != b.length) {
      throw Errors.valueError(
          "attempt to assign bytes of size " + b.length + " to extended slice of size " + n);
    }
    lock();
    State s = state;
    for (int k = 0; k < n; k++) {
      long at = r.start() + k * r.step();
      if (at < s.size) {
        s.data[s.start + (int) at] = b[k];
      }
    }
    unlock();
  }

  private static boolean isIterable(PyObject o) {
    return o.type().special(Special.ITER) != null || PySequences.isSequence(o);
  }

  @PyMethod(name = "__delitem__")
  void delItem(PyObject key) {
    if (key instanceof PySlice slice) {
      PySlice.Bounds bounds = slice.unpack();
      PySlice.Range r = bounds.within(size());
      if (r.step() == 1) {
        splice((int) r.start(), (int) (r.start() + r.count()), new byte[0]);
      } else {
        deleteSlice(r);
      }
      return;
    }
    if (!PyNumbers.isIndex(key)) {
      throw badIndex(key);
    }
    long i = PyNumbers.asIndex(key);
    int n = size();
    long at = i < 0 ? i + n : i;
    if (at < 0 || at >= n) {
      throw Errors.indexError("bytearray index out of range");
    }
    splice((int) at, (int) at + 1, new byte[0]);
  }

  private void deleteSlice(PySlice.Range r) {
    if (r.count() == 0) {
      return;
    }
    lockForResize();
    try {
      State s = state;
      byte[] data = new byte[s.size];
      long step = Math.abs(r.step());
      long first = r.step() > 0 ? r.start() : r.start() + (r.count() - 1) * r.step();
      long last = first + (r.count() - 1) * step;
      int n = 0;
      for (int i = 0; i < s.size; i++) {
        if (i < first || i > last || (i - first) % step != 0) {
          data[n++] = s.data[s.start + i];
        }
      }
      setState(data, 0, n);
    } finally {
      unlock();
    }
  }

  @PyMethod(name = "__iter__")
  PyObject iter() {
    return new PyByteArrayIterator(this);
  }

  /** What is to be appended: a buffer's bytes. */
  private static byte[] operand(PyObject other) {
    if (!PyBuffers.isBuffer(other)) {
      throw Errors.typeError("can't concat " + other.type().name() + " to bytearray");
    }
    return PyBuffers.toBytes(other);
  }

  @PyMethod(name = "__add__", kind = SlotKind.SQ_CONCAT)
  PyObject concat(PyObject other) {
    byte[] b = operand(other);
    return of(ByteOps.concat(span(), b));
  }

  @PyMethod(name = "__iadd__", kind = SlotKind.SQ_INPLACE_CONCAT)
  PyObject inplaceConcat(PyObject other) {
    byte[] b = operand(other);
    append(b, 0, b.length);
    return this;
  }

  @PyMethod(name = "__mul__", kind = SlotKind.SQ_REPEAT)
  PyObject repeat(PyObject count) {
    return make(ByteOps.repeat(span(), PyNumbers.asLong(count, Exceptions.OverflowError), false));
  }

  @PyMethod(name = "__rmul__", kind = SlotKind.SQ_REPEAT)
  PyObject repeatReflected(PyObject count) {
    return repeat(count);
  }

  @PyMethod(name = "__imul__", kind = SlotKind.SQ_INPLACE_REPEAT)
  PyObject inplaceRepeat(PyObject count) {
    long n = PyNumbers.asLong(count, Exceptions.OverflowError);
    if (n == 1) {
      return this;
    }
    lockForResize();
    try {
      byte[] all = ByteOps.repeat(span(), n, false);
      setState(all, 0, all.length);
    } finally {
      unlock();
    }
    return this;
  }

  @PyBinary("mod")
  static PyObject mod(PyObject format, PyObject args) {
    if (!(format instanceof PyByteArray f)) {
      return Py.NotImplemented;
    }
    try (Buffer pin = f.getBuffer(PyBuffers.SIMPLE)) {
      return of(ByteOps.percent(pin.toBytes(), args));
    }
  }

  // ---- mutation

  @PyMethod(sig = "(item, /)")
  void append(PyObject item) {
    int v = ByteOps.byteValue(item);
    lockForResize();
    State s = grow(1);
    s.data[s.start + s.size] = (byte) v;
    s.size++;
    unlock();
  }

  @PyMethod(sig = "(iterable_of_ints, /)")
  void extend(PyObject iterableOfInts) {
    byte[] b;
    if (PyBuffers.isBuffer(iterableOfInts)) {
      b = PyBuffers.toBytes(iterableOfInts);
    } else {
      if (!isIterable(iterableOfInts)) {
        throw Errors.typeError("can't extend bytearray with " + iterableOfInts.type().name());
      }
      if (iterableOfInts instanceof PyStr) {
        throw Errors.typeError("expected iterable of integers; got: 'str'");
      }
      b = ByteOps.collect(iterableOfInts, "byte");
    }
    append(b, 0, b.length);
  }

  @PyMethod(sig = "(index, item, /)")
  void insert(long index, PyObject item) {
    byte[] b = {(byte) ByteOps.byteValue(item)};
    int n = size();
    long at = index < 0 ? Math.max(index + n, 0) : Math.min(index, n);
    splice((int) at, (int) at, b);
  }

  @PyMethod(sig = "(index=-1, /)")
  int pop(long index) {
    int n = size();
    if (n == 0) {
      throw Errors.indexError("pop from empty bytearray");
    }
    lockForResize();
    try {
      State s = state;
      long at = index < 0 ? index + s.size : index;
      if (at >= 0 && at < s.size) {
        int i = (int) at;
        int v = s.data[s.start + i] & 0xff;
        if (i == s.size - 1) {
          setState(s.data, s.start, i);
        } else if (i == 0) {
          setState(s.data, s.start + 1, s.size - 1);
        } else {
          byte[] data = new byte[s.size - 1];
          System.arraycopy(s.data, s.start, data, 0, i);
          System.arraycopy(s.data, s.start + i + 1, data, i, data.length - i);
          setState(data, 0, data.length);
        }
        return v;
      }
    } finally {
      unlock();
    }
    throw Errors.indexError("pop index out of range");
  }

  @PyMethod(sig = "(value, /)")
  void remove(PyObject value) {
    byte v = (byte) ByteOps.byteValue(value);
    ByteOps.Span s = span();
    int i = ByteOps.find(s, new byte[] {v}, 0, s.size());
    if (i < 0) {
      throw Errors.valueError("value not found in bytearray");
    }
    splice(i, i + 1, new byte[0]);
  }

  @PyMethod(sig = "()")
  void clear() {
    lockForResize();
    setState(new byte[0], 0, 0);
    unlock();
  }

  @PyMethod(sig = "()")
  PyObject copy() {
    return of(toByteArray());
  }

  @PyMethod(sig = "(size, /)")
  void resize(long size) {
    if (size < 0) {
      throw Errors.valueError("Can only resize to positive sizes, got " + size);
    }
    if (size == size()) {
      return;
    }
    lockForResize();
    try {
      State s = state;
      if (size <= s.size) {
        setState(s.data, s.start, (int) size);
      } else {
        byte[] data = ByteOps.allocate(size);
        System.arraycopy(s.data, s.start, data, 0, s.size);
        setState(data, 0, (int) size);
      }
    } finally {
      unlock();
    }
  }

  @PyMethod(sig = "()")
  void reverse() {
    lock();
    State s = state;
    for (int i = s.start, j = s.start + s.size - 1; i < j; i++, j--) {
      byte t = s.data[i];
      s.data[i] = s.data[j];
      s.data[j] = t;
    }
    unlock();
  }

  // ---- arguments

  /** As in CPython, code run for an argument can't resize the array meanwhile. */
  @Override
  final byte[] needle(PyObject sub) {
    if (sub.attrs() == null && sub instanceof BufferExporter) {
      return ByteOps.needle(sub);
    }
    try (Buffer pin = getBuffer(PyBuffers.SIMPLE)) {
      return ByteOps.needle(sub);
    }
  }

  @Override
  final byte[] member(PyObject key) {
    if (key instanceof PyInt) {
      return ByteOps.member(key);
    }
    try (Buffer pin = getBuffer(PyBuffers.SIMPLE)) {
      return ByteOps.member(key);
    }
  }

  @Override
  final byte @Nullable [] separator(PyObject sep) {
    try (Buffer pin = getBuffer(PyBuffers.SIMPLE)) {
      return ByteOps.separator(sep);
    }
  }

  // ---- join

  @PyMethod(sig = "(iterable_of_bytes, /)")
  PyObject join(PyObject iterableOfBytes) {
    // The iterable is user code, which must not change the separator meanwhile.
    try (Buffer held = getBuffer(PyBuffers.SIMPLE)) {
      return make(ByteOps.join(toByteArray(), iterableOfBytes));
    }
  }

  // ---- text

  @PyMethod(sig = "(encoding='utf-8', errors='strict')")
  PyObject decode(String encoding, String errors) {
    return PyCodecs.decode(toByteArray(), encoding, errors);
  }

  @PyMethod(sig = "(sep=NULL, bytes_per_sep=1)")
  PyObject hex(@Nullable PyObject sep, int bytesPerSep) {
    try (Buffer pin = getBuffer(PyBuffers.SIMPLE)) {
      byte[] b = pin.toBytes();
      return ByteOps.hex(b, 0, b.length, sep, bytesPerSep);
    }
  }

  @PyClassMethod(sig = "(string, /)")
  static PyObject fromhex(PyType cls, PyObject string) {
    PyByteArray made = PyByteArray.of(ByteOps.fromHex(string));
    return cls == TYPE ? made : cls.call1(made);
  }
}
