package org.plait.runtime.io;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.Buffer;
import org.plait.runtime.protocol.BufferExporter;
import org.plait.runtime.protocol.Exports;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyMemoryView;
import org.plait.runtime.types.PyTuple;

/**
 * {@code _io.BytesIO}. All fields are guarded by {@link #lock}; no Python code runs under it.
 *
 * <p>Invariant: while {@link #shared} is set, {@link #data} belongs to a bytes object and is not
 * written.
 */
@PyTypeDef(
    name = "BytesIO",
    module = "_io",
    subclassable = true,
    flags = {TypeFlag.DICT, TypeFlag.WEAKREF},
    sig = "(initial_bytes=b'')",
    doc = "A binary file in memory.")
public class PyBytesIO extends PyBufferedIOBase {
  public static final PyType TYPE = PyType.builtin(PyBytesIOTable.INSTANCE);

  private final IoLock lock = new IoLock();
  private byte @Nullable [] data = {};
  private boolean shared;
  private int size;
  private long pos;
  private final Exports exports = new Exports();

  protected PyBytesIO(PyType type) {
    super(type);
  }

  @PyNew(sig = "!(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return new PyBytesIO(cls);
  }

  @PyMethod(name = "__init__", sig = "(initial_bytes=NULL)")
  void init(@Nullable PyObject initial_bytes) {
    byte[] b = {};
    boolean share = false;
    if (initial_bytes != null && initial_bytes != Py.None) {
      if (initial_bytes.getClass() == PyBytes.class) {
        b = ((PyBytes) initial_bytes).array();
        share = true;
      } else {
        b = PyBuffers.toBytes(initial_bytes);
      }
    }
    lock.enter(this);
    try {
      checkExports();
      data = b;
      shared = share;
      size = b.length;
      pos = 0;
    } finally {
      lock.leave();
    }
  }

  private byte[] open() {
    byte[] d = data;
    if (d == null) {
      throw Errors.valueError(IoErrors.CLOSED_DOT);
    }
    return d;
  }

  private void checkExports() {
    if (!exports.isEmpty() && exports.alive() > 0) {
      throw Errors.bufferError("Existing exports of data: object cannot be re-sized");
    }
  }

  /** Room for {@code n} bytes in an array of our own. */
  private byte[] room(long n) {
    if (n > Integer.MAX_VALUE - 8) {
      throw Errors.overflowError("new buffer size too large");
    }
    byte[] d = open();
    if (n > d.length) {
      checkExports();
      long more = Math.max(n, n + (n >> 3) + (n < 9 ? 3 : 6));
      d =
          Arrays.copyOf(
              d, (int) Math.min(Math.max(more, d.length + (d.length >> 1)), Integer.MAX_VALUE - 8));
      data = d;
      shared = false;
    } else if (shared) {
      checkExports();
      d = Arrays.copyOf(d, d.length);
      data = d;
      shared = false;
    }
    return d;
  }

  @PyGetter(value = "closed", doc = "True if the file is closed.")
  boolean getClosed() {
    return data == null;
  }

  private boolean whenOpen() {
    open();
    return true;
  }

  @PyMethod(sig = "()")
  boolean readable() {
    return whenOpen();
  }

  @PyMethod(sig = "()")
  boolean writable() {
    return whenOpen();
  }

  @PyMethod(sig = "()")
  boolean seekable() {
    return whenOpen();
  }

  @PyMethod(name = "isatty", sig = "()", doc = "False: memory is no terminal.")
  boolean isTerminal() {
    return !whenOpen();
  }

  @PyMethod(sig = "()", doc = "Does nothing.")
  void flush() {
    open();
  }

  @PyMethod(sig = "()", doc = "Disable all I/O operations.")
  void close() {
    lock.enter(this);
    try {
      checkExports();
      data = null;
    } finally {
      lock.leave();
    }
  }

  @PyMethod(sig = "()", doc = "A view of the contents, through which they can be changed.")
  PyObject getbuffer() {
    lock.enter(this);
    try {
      room(size);
      Storage s = new Storage(this);
      return PyMemoryView.from(s);
    } finally {
      lock.leave();
    }
  }

  /** What a view of the contents is a view of. */
  @PyTypeDef(
      name = "_BytesIOBuffer",
      module = "_io",
      flags = {TypeFlag.DISALLOW_INSTANTIATION})
  public static final class Storage extends PyObject implements BufferExporter {
    public static final PyType TYPE = PyType.builtin(PyBytesIOStorageTable.INSTANCE);

    private final PyBytesIO source;

    Storage(PyBytesIO source) {
      this.source = source;
    }

    @Override
    public PyType type() {
      return TYPE;
    }

    @Override
    public Buffer getBuffer(int flags) {
      return source.export(this);
    }

    @Override
    public void releaseBuffer(Buffer buffer) {
      source.exports.remove(buffer);
    }

    @PyMethod(name = "__buffer__", sig = "(flags, /)")
    PyObject dunderBuffer(PyObject flags) {
      return PyBuffers.specialBuffer(this, flags);
    }

    @PyMethod(name = "__release_buffer__", sig = "(buffer, /)")
    void dunderReleaseBuffer(PyObject buffer) {
      PyBuffers.specialRelease(this, buffer);
    }
  }

  private Buffer export(Storage by) {
    byte[] d = open();
    Buffer b = Buffer.ofBytes(by, by, d, 0, size, false);
    exports.add(b);
    return b;
  }

  @PyMethod(sig = "()", doc = "The whole contents as bytes.")
  PyObject getvalue() {
    lock.enter(this);
    try {
      byte[] d = open();
      if (shared && size == d.length) {
        return PyBytes.of(d);
      }
      if (size == d.length && exports.isEmpty()) {
        shared = true;
        return PyBytes.of(d);
      }
      return PyBytes.copyOf(d, 0, size);
    } finally {
      lock.leave();
    }
  }

  // ---- reading

  private PyBytes take(long most) {
    byte[] d = open();
    int n = (int) Math.max(Math.min(most < 0 ? Long.MAX_VALUE : most, size - pos), 0);
    if (n == 0) {
      return PyBytes.EMPTY;
    }
    int from = (int) pos;
    pos += n;
    return n == d.length && shared ? PyBytes.of(d) : PyBytes.copyOf(d, from, from + n);
  }

  @PyMethod(
      sig = "(size=-1, /)",
      doc = "Up to size bytes, or all that are left for a negative size. No bytes at the " + "end.")
  PyObject read(PyObject size) {
    long n = IoErrors.size(size);
    lock.enter(this);
    try {
      return take(n);
    } finally {
      lock.leave();
    }
  }

  @PyMethod(
      sig = "(size=-1, /)",
      doc = "Up to size bytes, or all that are left without a size. No bytes at the end.")
  PyObject read1(PyObject size) {
    return read(size);
  }

  private PyBytes takeLine(long most) {
    byte[] d = open();
    if (pos >= size) {
      return PyBytes.EMPTY;
    }
    int end = (int) pos;
    int stop = most < 0 ? size : (int) Math.min(size, pos + most);
    while (end < stop && d[end++] != '\n') {}
    int from = (int) pos;
    pos = end;
    return PyBytes.copyOf(d, from, end);
  }

  @PyMethod(
      sig = "(size=-1, /)",
      doc = "The next line with its line feed, or size bytes of it. No bytes at the end.")
  PyObject readline(PyObject size) {
    long n = IoErrors.size(size);
    lock.enter(this);
    try {
      return takeLine(n);
    } finally {
      lock.leave();
    }
  }

  @Override
  @PyMethod(
      sig = "(size=None, /)",
      doc = "The lines that are left, or enough of them to have size bytes.")
  PyObject readlines(PyObject size) {
    long most = IoErrors.size(size);
    PyList lines = new PyList();
    lock.enter(this);
    try {
      open();
      long total = 0;
      for (PyBytes line = takeLine(-1); line.size() > 0; line = takeLine(-1)) {
        lines.append(line);
        total += line.size();
        if (most > 0 && total >= most) {
          break;
        }
      }
    } finally {
      lock.leave();
    }
    return lines;
  }

  @Override
  @PyMethod(name = "__iter__")
  PyObject iter() {
    open();
    return this;
  }

  @PyMethod(name = "__next__")
  @Nullable PyObject next() {
    lock.enter(this);
    try {
      PyBytes line = takeLine(-1);
      return line.size() == 0 ? null : line;
    } finally {
      lock.leave();
    }
  }

  @PyMethod(
      sig = "(buffer, /)",
      doc = "Fills a buffer and returns how many bytes that were; 0 at the end.")
  long readinto(PyObject buffer) {
    open();
    try (Buffer view = PyBuffers.write(buffer, "readinto() argument")) {
      lock.enter(this);
      try {
        byte[] d = open();
        int n = (int) Math.max(Math.min(view.length, size - pos), 0);
        if (n > 0) {
          view.set(0, d, (int) pos, n);
          pos += n;
        }
        return n;
      } finally {
        lock.leave();
      }
    }
  }

  // ---- writing

  @PyMethod(sig = "(b, /)", doc = "Writes bytes and returns how many.")
  long write(PyObject b) {
    open();
    byte[] bytes;
    if (b instanceof PyBytes y) {
      bytes = y.array();
    } else {
      bytes = PyBuffers.toBytes(b);
    }
    lock.enter(this);
    try {
      open();
      checkExports();
      if (bytes.length == 0) {
        return 0;
      }
      long end = pos + bytes.length;
      byte[] d = room(end);
      if (pos > size) {
        Arrays.fill(d, size, (int) pos, (byte) 0);
      }
      System.arraycopy(bytes, 0, d, (int) pos, bytes.length);
      pos = end;
      size = (int) Math.max(size, end);
      return bytes.length;
    } finally {
      lock.leave();
    }
  }

  @Override
  @PyMethod(
      sig = "(lines, /)",
      doc = "Writes the bytes-like objects of an iterable, with nothing between them.")
  void writelines(PyObject lines) {
    open();
    PyObject it = PyIters.getIter(lines);
    for (PyObject line = PyIters.next(it); line != null; line = PyIters.next(it)) {
      write(line);
    }
  }

  // ---- position

  @PyMethod(sig = "()", doc = "Current file position, an integer.")
  long tell() {
    open();
    return pos;
  }

  @PyMethod(
      sig = "(pos, whence=0, /)",
      doc =
          "Moves the position and returns it.\n\n"
              + "The offset counts from the start (whence 0), from the position (1) or from "
              + "the\n"
              + "end (2).")
  long seek(long pos, int whence) {
    lock.enter(this);
    try {
      open();
      if (pos < 0 && whence == 0) {
        throw Errors.valueError("negative seek value " + pos);
      }
      long base =
          switch (whence) {
            case 0 -> 0;
            case 1 -> this.pos;
            case 2 -> size;
            default ->
                throw Errors.valueError("invalid whence (" + whence + ", should be 0, 1 or 2)");
          };
      if (pos > Long.MAX_VALUE - base) {
        throw Errors.overflowError("new position too large");
      }
      this.pos = Math.max(base + pos, 0);
      return this.pos;
    } finally {
      lock.leave();
    }
  }

  @PyMethod(
      sig = "(size=None, /)",
      doc =
          "Cuts the contents at a size, by default at the position, which stays. "
              + "Returns\n"
              + "the size.")
  long truncate(PyObject size) {
    open();
    long n = size == Py.None ? pos : IoErrors.size(size);
    lock.enter(this);
    try {
      open();
      checkExports();
      if (size != Py.None && n < 0) {
        throw Errors.valueError("negative size value " + n);
      }
      if (n < this.size) {
        this.size = (int) n;
        byte[] d = open();
        if (n < d.length / 2) {
          data = Arrays.copyOf(d, (int) n);
          shared = false;
        }
      }
      return n;
    } finally {
      lock.leave();
    }
  }

  // ---- pickling

  @PyMethod(name = "__getstate__", sig = "()")
  PyObject getstate() {
    PyObject value = getvalue();
    PyDict d = dictIfPresent();
    PyObject dict = d != null || countSlotAttrs() > 0 ? dict().copy() : Py.None;
    return Py.tuple(value, Py.int_(pos), dict);
  }

  @PyMethod(name = "__setstate__", sig = "(object, /)")
  void setstate(PyObject state) {
    open();
    if (!(state instanceof PyTuple t) || t.size() < 3) {
      throw Errors.typeError(
          PyFileIO.typeName(type())
              + ".__setstate__ argument should be 3-tuple, got "
              + state.type().name());
    }
    byte[] b = PyBuffers.toBytes(t.get(0));
    if (!PyNumbers.isIndex(t.get(1)) || !(t.get(1) instanceof org.plait.runtime.types.PyInt)) {
      throw Errors.typeError(
          "second item of state must be an integer, not " + t.get(1).type().name());
    }
    long p = PyNumbers.asLong(t.get(1), Exceptions.OverflowError);
    if (p < 0) {
      throw Errors.valueError("position value cannot be negative");
    }
    PyObject dict = t.get(2);
    if (dict != Py.None && !(dict instanceof PyDict)) {
      throw Errors.typeError("third item of state should be a dict, got a " + dict.type().name());
    }
    lock.enter(this);
    try {
      checkExports();
      data = b;
      shared = false;
      size = b.length;
      pos = p;
    } finally {
      lock.leave();
    }
    if (dict instanceof PyDict d) {
      dict().putAll(d);
    }
  }

  @PyMethod(name = "__sizeof__", sig = "()")
  long sizeof() {
    byte[] d = data;
    return 96L + (d == null || shared ? 0 : d.length);
  }
}
