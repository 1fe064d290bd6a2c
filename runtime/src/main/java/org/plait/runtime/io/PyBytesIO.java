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
    doc = "Buffered I/O implementation using an in-memory bytes buffer.")
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

  @PyMethod(
      name = "isatty",
      sig = "()",
      doc = "Always returns False.\n\nBytesIO objects are not connected to a TTY-like device.")
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

  @PyMethod(sig = "()", doc = "Get a read-write view over the contents of the BytesIO object.")
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

  @PyMethod(sig = "()", doc = "Retrieve the entire contents of the BytesIO object.")
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
      doc =
          "Read at most size bytes, returned as a bytes object.\n\n"
              + "If the size argument is negative, read until EOF is reached.\n"
              + "Return an empty bytes object at EOF.")
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
      doc =
          "Read at most size bytes, returned as a bytes object.\n\n"
              + "If the size argument is negative or omitted, read until EOF is reached.\n"
              + "Return an empty bytes object at EOF.")
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
      doc =
          "Next line from the file, as a bytes object.\n\n"
              + "Retain newline.  A non-negative size argument limits the maximum\n"
              + "number of bytes to return (an incomplete line may be returned then).\n"
              + "Return an empty bytes object at EOF.")
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
      doc =
          "List of bytes objects, each a line from the file.\n\n"
              + "Call readline() repeatedly and return a list of the lines so read.\n"
              + "The optional size argument, if given, is an approximate bound on the\n"
              + "total number of bytes in the lines returned.")
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
      doc =
          "Read bytes into buffer.\n\n"
              + "Returns number of bytes read (0 for EOF), or None if the object\n"
              + "is set not to block and has no data to read.")
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

  @PyMethod(sig = "(b, /)", doc = "Write bytes to file.\n\nReturn the number of bytes written.")
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
      doc =
          "Write lines to the file.\n\n"
              + "Note that newlines are not added.  lines can be any iterable object\n"
              + "producing bytes-like objects. This is equivalent to calling write() for\n"
              + "each element.")
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
          "Change stream position.\n\n"
              + "Seek to byte offset pos relative to position indicated by whence:\n"
              + "     0  Start of stream (the default).  pos should be >= 0;\n"
              + "     1  Current position - pos may be negative;\n"
              + "     2  End of stream - pos usually negative.\n"
              + "Returns the new absolute position.")
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
          "Truncate the file to at most size bytes.\n\n"
              + "Size defaults to the current file position, as returned by tell().\n"
              + "The current file position is unchanged.  Returns the new size.")
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
