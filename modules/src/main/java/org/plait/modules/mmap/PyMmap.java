package org.plait.modules.mmap;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;
import org.plait.host.Errno;
import org.plait.host.file.Fd;
import org.plait.host.file.Mapping;
import org.plait.host.file.Stat;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.OsErrors;
import org.plait.runtime.interp.Audit;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.Buffer;
import org.plait.runtime.protocol.BufferExporter;
import org.plait.runtime.protocol.Exports;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PySlice;

/**
 * {@code mmap.mmap}. Position and mapping change under the monitor, under which no Python code
 * runs; whoever has a view of the memory keeps the object from being closed or resized.
 */
@PyTypeDef(
    name = "mmap",
    module = "mmap",
    subclassable = true,
    hostErrors = true,
    flags = {TypeFlag.WEAKREF},
    sig = "none",
    doc = "A file, or fresh memory, that can be read and written as a bytearray.")
public class PyMmap extends PyObject implements BufferExporter {
  public static final PyType TYPE = PyType.builtin(PyMmapTable.INSTANCE);

  static final int ACCESS_DEFAULT = 0;
  static final int ACCESS_READ = 1;
  static final int ACCESS_WRITE = 2;
  static final int ACCESS_COPY = 3;

  private static final String[] ACCESS_NAMES = {
    "ACCESS_DEFAULT", "ACCESS_READ", "ACCESS_WRITE", "ACCESS_COPY"
  };
  private static final int READ_WRITE = Mapping.PROT_READ | Mapping.PROT_WRITE;

  private final Mapping mapping;
  private final int access;
  private final long offset;
  private final boolean tracked;
  private final boolean shared;
  private final Exports exports = new Exports();
  private long position;

  public PyMmap(Mapping mapping, int access, long offset, boolean tracked, boolean shared) {
    this.mapping = mapping;
    this.access = access;
    this.offset = offset;
    this.tracked = tracked;
    this.shared = shared;
    mapping.closeAfter(this);
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  // Compare CPython new_mmap_object in mmapmodule.c.
  @PyNew(sig = "!(fileno, length, flags=1, prot=3, access=0, offset=0, *, trackfd=True)")
  static PyObject new_(
      PyType cls,
      int fd,
      PyObject length,
      int flags,
      int prot,
      int access,
      long offset,
      boolean trackfd) {
    PyInt n = PyNumbers.index(length);
    if (!n.isLong()) {
      throw Errors.overflowError("Python int too large to convert to C ssize_t");
    }
    long size = n.longValue();
    if (size < 0) {
      throw Errors.overflowError("memory mapped length must be positive");
    }
    if (offset < 0) {
      throw Errors.overflowError("memory mapped offset must be positive");
    }
    if (access != ACCESS_DEFAULT && (flags != Mapping.MAP_SHARED || prot != READ_WRITE)) {
      throw Errors.valueError("mmap can't specify both access and flags, prot.");
    }
    int how = access;
    int protection = prot;
    int sharing = flags;
    switch (access) {
      case ACCESS_READ -> protection = Mapping.PROT_READ;
      case ACCESS_WRITE -> protection = READ_WRITE;
      case ACCESS_COPY -> sharing = Mapping.MAP_PRIVATE;
      case ACCESS_DEFAULT -> {
        if ((prot & READ_WRITE) != READ_WRITE) {
          how = (prot & Mapping.PROT_WRITE) != 0 ? ACCESS_WRITE : ACCESS_READ;
        }
      }
      default -> throw Errors.valueError("mmap invalid access parameter.");
    }
    if (Audit.isUsed()) {
      Audit.raise("mmap.__new__", Py.int_(fd), Py.int_(size), Py.int_(how), Py.int_(offset));
    }
    if (fd == -1) {
      sharing |= Mapping.MAP_ANONYMOUS;
    } else {
      size = length(fd, size, offset);
    }
    Mapping m = Mapping.map(fd, size, protection, sharing, offset);
    if (fd != -1 && trackfd) {
      try {
        m.own(Fd.dup(fd, false));
      } catch (RuntimeException e) {
        m.close();
        throw e;
      }
    }
    boolean shared = (sharing & Mapping.MAP_PRIVATE) == 0;
    return cls == TYPE
        ? new PyMmap(m, how, offset, trackfd, shared)
        : new PyMmapDerived(cls, m, how, offset, trackfd, shared);
  }

  /** How much to map of a file. */
  private static long length(int fd, long size, long offset) {
    Stat st = Fd.fstat(fd);
    if (st.type() != Stat.S_IFREG) {
      return size;
    }
    if (size == 0) {
      if (st.size() == 0) {
        throw Errors.valueError("cannot mmap an empty file");
      }
      if (offset >= st.size()) {
        throw Errors.valueError("mmap offset is greater than file size");
      }
      return st.size() - offset;
    }
    if (offset > st.size() || st.size() - offset < size) {
      throw Errors.valueError("mmap length is greater than file size");
    }
    return size;
  }

  // ---- access to the memory

  private static RuntimeException closed() {
    return Errors.valueError("mmap closed or invalid");
  }

  private MemorySegment memory() {
    if (!mapping.isOpen()) {
      throw closed();
    }
    return mapping.segment();
  }

  private long size() {
    return memory().byteSize();
  }

  private void checkWritable() {
    memory();
    if (access == ACCESS_READ) {
      throw Errors.typeError("mmap can't modify a readonly memory map.");
    }
  }

  // Several bytes are read and written as a whole, under the monitor.

  private synchronized byte[] bytes(long from, long n) {
    byte[] b = new byte[(int) n];
    try {
      MemorySegment.copy(memory(), ValueLayout.JAVA_BYTE, from, b, 0, b.length);
    } catch (IllegalStateException | IndexOutOfBoundsException changedMeanwhile) {
      throw closed();
    }
    return b;
  }

  private synchronized void put(long at, byte[] from) {
    try {
      MemorySegment.copy(from, 0, memory(), ValueLayout.JAVA_BYTE, at, from.length);
    } catch (IllegalStateException | IndexOutOfBoundsException changedMeanwhile) {
      throw closed();
    }
  }

  private byte get(long at) {
    try {
      return memory().get(ValueLayout.JAVA_BYTE, at);
    } catch (IllegalStateException | IndexOutOfBoundsException changedMeanwhile) {
      throw closed();
    }
  }

  private void put(long at, int value) {
    try {
      memory().set(ValueLayout.JAVA_BYTE, at, (byte) value);
    } catch (IllegalStateException | IndexOutOfBoundsException changedMeanwhile) {
      throw closed();
    }
  }

  /** One byte as bytes, null beyond the end. */
  @Nullable PyObject byteOrNull(long i) {
    return i < size() ? Py.bytes(new byte[] {get(i)}) : null;
  }

  // ---- sequence

  @PyMethod(name = "__len__")
  int len() {
    return (int) size();
  }

  @PyMethod(name = "__iter__")
  PyObject iter() {
    memory();
    return new PyMmapIterator(this);
  }

  @PyMethod(name = "__contains__")
  boolean contains(PyObject o) {
    byte[] b = PyBuffers.toBytesOrNull(o);
    memory();
    return b != null && b.length == 1 && find(b, 0, size(), false) >= 0;
  }

  private long index(PyObject key) {
    long i = PyNumbers.asIndex(key);
    long n = size();
    if (i < 0) {
      i += n;
    }
    if (i < 0 || i >= n) {
      throw Errors.indexError("mmap index out of range");
    }
    return i;
  }

  @PyMethod(name = "__getitem__")
  PyObject getItem(PyObject key) {
    memory();
    if (PyNumbers.isIndex(key)) {
      return Py.int_(get(index(key)) & 0xff);
    }
    if (!(key instanceof PySlice s)) {
      throw Errors.typeError("mmap indices must be integers");
    }
    PySlice.Range r = s.unpack().within(size());
    if (r.step() == 1) {
      return Py.bytes(bytes(r.start(), r.count()));
    }
    byte[] b = new byte[(int) r.count()];
    synchronized (this) {
      for (int i = 0; i < b.length; i++) {
        b[i] = get(r.start() + i * r.step());
      }
    }
    return Py.bytes(b);
  }

  @PyMethod(name = "__setitem__")
  void setItem(PyObject key, PyObject value) {
    checkWritable();
    if (PyNumbers.isIndex(key)) {
      index(key);
      if (!PyNumbers.isIndex(value)) {
        throw Errors.typeError("mmap item value must be an int");
      }
      long v = PyNumbers.asLong(value, Exceptions.TypeError);
      if (v < 0 || v > 255) {
        throw Errors.valueError("mmap item value must be in range(0, 256)");
      }
      put(index(key), (int) v);
      return;
    }
    if (!(key instanceof PySlice s)) {
      throw Errors.typeError("mmap indices must be integer");
    }
    PySlice.Bounds bounds = s.unpack();
    byte[] from = PyBuffers.toBytes(value);
    PySlice.Range r = bounds.within(size());
    if (from.length != r.count()) {
      throw Errors.indexError("mmap slice assignment is wrong size");
    }
    if (r.step() == 1) {
      put(r.start(), from);
      return;
    }
    synchronized (this) {
      for (int i = 0; i < from.length; i++) {
        put(r.start() + i * r.step(), from[i]);
      }
    }
  }

  @PyMethod(name = "__delitem__")
  void delItem(PyObject key) {
    checkWritable();
    throw Errors.typeError(
        key instanceof PySlice
            ? "mmap object doesn't support slice deletion"
            : "mmap doesn't support item deletion");
  }

  // ---- search

  private static long clip(PyObject o, long otherwise, long size) {
    if (o == Py.None) {
      return otherwise;
    }
    long i = PyNumbers.asLong(o, null);
    return Math.clamp(i < 0 ? i + size : i, 0, size);
  }

  private PyObject search(PyObject view, PyObject start, PyObject end, boolean last) {
    memory();
    byte[] b = PyBuffers.toBytes(view);
    long n = size();
    long from = clip(start, Math.min(position(), n), n);
    return Py.int_(find(b, from, clip(end, n, n), last));
  }

  private synchronized long position() {
    return position;
  }

  private long find(byte[] b, long from, long to, boolean last) {
    MemorySegment memory = memory();
    try {
      MemorySegment wanted = MemorySegment.ofArray(b);
      long i = last ? to - b.length : from;
      while (last ? i >= from : i + b.length <= to) {
        boolean begins = b.length == 0 || memory.get(ValueLayout.JAVA_BYTE, i) == b[0];
        if (begins && MemorySegment.mismatch(memory, i, i + b.length, wanted, 0, b.length) < 0) {
          return i;
        }
        i += last ? -1 : 1;
      }
      return -1;
    } catch (IllegalStateException | IndexOutOfBoundsException changedMeanwhile) {
      throw closed();
    }
  }

  @PyMethod(sig = "(view, start=None, end=None, /)", doc = "Find bytes from the position on.")
  PyObject find(PyObject view, PyObject start, PyObject end) {
    return search(view, start, end, false);
  }

  @PyMethod(sig = "(view, start=None, end=None, /)", doc = "Find bytes from the end.")
  PyObject rfind(PyObject view, PyObject start, PyObject end) {
    return search(view, start, end, true);
  }

  // ---- file

  private synchronized byte[] take(long n) {
    long rest = Math.max(0, size() - position);
    byte[] b = rest == 0 ? new byte[0] : bytes(position, n < 0 || n > rest ? rest : n);
    position += b.length;
    return b;
  }

  @PyMethod(sig = "(n=None, /)", doc = "Read n bytes, or all that is left.")
  PyObject read(PyObject n) {
    memory();
    long count = -1;
    if (n != Py.None) {
      if (!PyNumbers.isIndex(n)) {
        throw Errors.typeError("argument should be integer or None, not '" + n.type().name() + "'");
      }
      count = PyNumbers.asLong(n, Exceptions.OverflowError);
    }
    return Py.bytes(take(count));
  }

  @PyMethod(sig = "()", doc = "Read up to the end of a line.")
  synchronized PyObject readline() {
    long n = size();
    long start = Math.min(position, n);
    long end = find(new byte[] {'\n'}, start, n, false);
    return Py.bytes(take((end < 0 ? n : end + 1) - start));
  }

  @PyMethod(name = "read_byte", sig = "()", doc = "Read one byte, as an int.")
  synchronized int readByte() {
    if (position >= size()) {
      throw Errors.valueError("read byte out of range");
    }
    return get(position++) & 0xff;
  }

  @PyMethod(sig = "(bytes, /)", doc = "Write bytes at the position.")
  int write(PyObject data) {
    memory();
    byte[] b = PyBuffers.toBytes(data);
    synchronized (this) {
      checkWritable();
      if (position > size() || size() - position < b.length) {
        throw Errors.valueError("data out of range");
      }
      put(position, b);
      position += b.length;
    }
    return b.length;
  }

  @PyMethod(name = "write_byte", sig = "(byte, /)", doc = "Write one byte, given as an int.")
  void writeByte(PyObject value) {
    long v = PyNumbers.asLong(value, Exceptions.OverflowError);
    if (v < 0 || v > 255) {
      throw Errors.overflowError(
          v < 0
              ? "unsigned byte integer is less than minimum"
              : "unsigned byte integer is greater than maximum");
    }
    synchronized (this) {
      checkWritable();
      if (position >= size()) {
        throw Errors.valueError("write byte out of range");
      }
      put(position++, (int) v);
    }
  }

  @PyMethod(sig = "(pos, whence=0, /)", doc = "Set the position.")
  synchronized long seek(long pos, int whence) {
    long n = size();
    long from =
        switch (whence) {
          case 0 -> 0;
          case 1 -> position;
          case 2 -> n;
          default -> throw Errors.valueError("unknown seek type");
        };
    long to = from + pos;
    if (to < 0 || to > n) {
      throw Errors.valueError("seek out of range");
    }
    position = to;
    return to;
  }

  @PyMethod(sig = "()", doc = "Whether it can seek: always.")
  boolean seekable() {
    return true;
  }

  @PyMethod(sig = "()", doc = "The position.")
  synchronized long tell() {
    memory();
    return position;
  }

  @PyMethod(name = "size", sig = "()", doc = "The size of the file.")
  long fileSize() {
    memory();
    int fd = mapping.fd();
    if (fd < 0) {
      throw OsErrors.of(Errno.EBADF);
    }
    return Fd.fstat(fd).size();
  }

  // ---- the map

  @PyMethod(sig = "(dest, src, count, /)", doc = "Copy bytes within the map.")
  void move(long dest, long src, long count) {
    checkWritable();
    long n = size();
    if (dest < 0 || src < 0 || count < 0 || n - dest < count || n - src < count) {
      throw Errors.valueError("source, destination, or count out of range");
    }
    try {
      MemorySegment m = memory();
      MemorySegment.copy(m, src, m, dest, count);
    } catch (IllegalStateException | IndexOutOfBoundsException changedMeanwhile) {
      throw closed();
    }
  }

  @PyMethod(sig = "(offset=0, size=None, /)", doc = "Write changes to the file.")
  void flush(long start, PyObject length) {
    long n = size();
    long wanted = length == Py.None ? n : PyNumbers.asLong(length, Exceptions.OverflowError);
    if (start < 0 || wanted < 0 || start > n - wanted) {
      throw Errors.valueError("flush values out of range");
    }
    if (access != ACCESS_READ && access != ACCESS_COPY) {
      mapping.flush(start, wanted);
    }
  }

  @PyMethod(sig = "(option, start=0, length=None, /)", doc = "Tell how the memory will be used.")
  void madvise(int option, long start, PyObject length) {
    long n = size();
    long wanted = length == Py.None ? n : PyNumbers.asLong(length, Exceptions.OverflowError);
    if (start < 0 || start >= n) {
      throw Errors.valueError("madvise start out of bounds");
    }
    if (wanted < 0) {
      throw Errors.valueError("madvise length invalid");
    }
    if (Long.MAX_VALUE - start < wanted) {
      throw Errors.overflowError("madvise length too large");
    }
    mapping.advise(option, start, Math.min(wanted, n - start));
  }

  @PyMethod(sig = "(newsize, /)", doc = "Make the map, and its file, longer or shorter.")
  void resize(long newSize) {
    memory();
    if (exports.alive() > 0) {
      throw Errors.bufferError("mmap can't resize with extant buffers exported.");
    }
    if (!tracked) {
      throw Errors.valueError("mmap can't resize with trackfd=False.");
    }
    if (access != ACCESS_DEFAULT && access != ACCESS_WRITE) {
      throw Errors.typeError("mmap can't resize a readonly or copy-on-write memory map.");
    }
    if (newSize < 0 || Long.MAX_VALUE - newSize < offset) {
      throw Errors.valueError("new size out of range");
    }
    synchronized (this) {
      if (mapping.fd() < 0 && shared && newSize > size()) {
        throw Errors.valueError("mmap: can't expand a shared anonymous mapping on Linux");
      }
      if (mapping.fd() >= 0) {
        Fd.ftruncate(mapping.fd(), offset + newSize);
      }
      mapping.resize(newSize);
    }
  }

  @PyMethod(sig = "()", doc = "Give the memory back.")
  void close() {
    if (exports.alive() > 0) {
      throw Errors.bufferError("cannot close exported pointers exist");
    }
    mapping.close();
  }

  @PyGetter("closed")
  boolean isClosed() {
    return !mapping.isOpen();
  }

  @PyMethod(name = "__enter__", sig = "()", doc = "The map itself.")
  PyObject enter() {
    memory();
    return this;
  }

  @PyMethod(name = "__exit__", sig = "(exc_type, exc_value, traceback, /)", doc = "Close the map.")
  void exit(PyObject type, PyObject value, PyObject traceback) {
    close();
  }

  @PyMethod(name = "__repr__")
  String repr() {
    PyType t = type();
    String name = t.isHeap() ? t.name() : t.fullName();
    if (!mapping.isOpen()) {
      return "<" + name + " closed=True>";
    }
    return "<"
        + name
        + " closed=False, access="
        + ACCESS_NAMES[access]
        + ", length="
        + size()
        + ", pos="
        + position()
        + ", offset="
        + offset
        + ">";
  }

  // ---- buffer

  @Override
  public Buffer getBuffer(int flags) {
    MemorySegment m = memory();
    PyBuffers.checkPlain(access == ACCESS_READ, flags);
    Buffer b = Buffer.ofSegment(this, this, m, access == ACCESS_READ);
    exports.add(b);
    return b;
  }

  @Override
  public void releaseBuffer(Buffer buffer) {
    exports.remove(buffer);
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
