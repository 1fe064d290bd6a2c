package org.plait.runtime.io;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PySetter;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.Buffer;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyMemoryView;
import org.plait.sched.SafePoint;

/**
 * What BufferedReader, BufferedWriter and BufferedRandom have in common. Compare CPython
 * bufferedio.c.
 *
 * <p>Invariants, under {@link #lock}: {@code pos} is the logical position in {@link #buffer}; bytes
 * {@code pos..readEnd} are read ahead when {@code readEnd != -1}; bytes {@code writePos..writeEnd}
 * are to be written when {@code writeEnd != -1}; {@code rawPos} is the raw file's position counted
 * from the buffer's start; {@code absPos} its absolute position, or -1 when that isn't known.
 */
abstract class PyBuffered extends PyBufferedIOBase {
  /** The answer of a raw read or write that would block. */
  private static final int BLOCKED = -2;

  private static final byte[] NO_BUFFER = {};

  final IoLock lock = new IoLock();
  volatile @Nullable PyObject raw;
  private volatile boolean ok;
  private volatile boolean detached;
  private volatile boolean freed;
  private final boolean reads;
  final boolean writes;

  /** The raw file when it is a native one whose methods nobody has replaced. */
  private volatile @Nullable PyFileIO file;

  /** Made when it is first needed. */
  private byte[] buffer = NO_BUFFER;

  private int bufferSize;

  /** What a stream that is no file reads at first, bytes. */
  private static final int FIRST_ROOM = 8192;

  /** The last read got all it asked for. */
  private boolean filledUp;

  private int pos;
  private int rawPos;
  private int readEnd = -1;
  private int writePos;
  private int writeEnd = -1;
  private long absPos = -1;

  PyBuffered(PyType type, boolean reads, boolean writes) {
    super(type);
    this.reads = reads;
    this.writes = writes;
  }

  /** {@code __init__} once the raw stream has been checked. */
  final void start(PyObject newRaw, long size) {
    ok = false;
    if (size <= 0) {
      throw Errors.valueError("buffer size must be strictly positive");
    }
    if (size > Integer.MAX_VALUE - 8) {
      throw Errors.memoryError();
    }
    detached = false;
    freed = false;
    raw = newRaw;
    file =
        newRaw.getClass() == PyFileIO.class && !newRaw.type().isHeap() ? (PyFileIO) newRaw : null;
    bufferSize = (int) size;
    buffer = NO_BUFFER;
    pos = 0;
    rawPos = 0;
    readEnd = -1;
    writePos = 0;
    writeEnd = -1;
    absPos = -1;
    try {
      rawTell();
    } catch (PyException e) {
      if (!e.matches(Exceptions.Exception)) {
        throw e;
      }
    }
    ok = true;
    if (newRaw instanceof PyIOBase inner) {
      inner.wrapped = true;
    }
    if (!wrapped && !needsNoWatch()) {
      watch();
    }
  }

  final boolean needsNoWatch() {
    return raw instanceof PyFileIO f && f.needsNoWatch();
  }

  // ---- checks

  final PyObject rawOrFail() {
    PyObject r = raw;
    if (!ok || r == null) {
      throw Errors.valueError(
          detached ? "raw stream has been detached" : "I/O operation on uninitialized object");
    }
    return r;
  }

  private boolean rawClosed() {
    PyFileIO f = file;
    return f != null ? f.isClosed() : PyObjects.isTrue(PyObjects.getAttr(rawOrFail(), "closed"));
  }

  private int available() {
    return reads && readEnd != -1 ? readEnd - pos : 0;
  }

  private void checkClosed(String message) {
    rawOrFail();
    if (freed || rawClosed() && available() == 0) {
      throw Errors.valueError(message);
    }
  }

  private PyObject callRaw(String method, PyObject... args) {
    return PyCalls.callMethod(rawOrFail(), method, args);
  }

  // ---- the raw stream, under the lock

  private boolean validRead() {
    return reads && readEnd != -1;
  }

  private boolean validWrite() {
    return writes && writeEnd != -1;
  }

  private long rawOffset() {
    return (validRead() || validWrite()) && rawPos >= 0 ? rawPos - pos : 0;
  }

  private void adjust(int newPos) {
    pos = newPos;
    if (validRead() && readEnd < pos) {
      readEnd = pos;
    }
  }

  private void resetRead() {
    readEnd = -1;
  }

  private void resetWrite() {
    writePos = 0;
    writeEnd = -1;
  }

  private long rawTell() {
    PyFileIO f = file;
    long n;
    if (f != null && f.isPlain("tell")) {
      try {
        n = f.tell();
      } catch (org.plait.host.HostException e) {
        throw org.plait.runtime.exceptions.OsErrors.of(e);
      }
    } else {
      // It is asked before the stream is ready, too; or another thread has just detached it.
      PyObject r = raw;
      n = IoErrors.offset(PyCalls.callMethod(r != null ? r : rawOrFail(), "tell"));
    }
    if (n < 0) {
      throw Errors.of(Exceptions.OSError, "Raw stream returned invalid position " + n);
    }
    absPos = n;
    return n;
  }

  private long knownRawTell() {
    return absPos != -1 ? absPos : rawTell();
  }

  private long rawSeek(long target, int whence) {
    PyFileIO f = file;
    long n;
    if (f != null && f.isPlain("seek")) {
      try {
        n = f.seekTo(target, whence);
      } catch (org.plait.host.HostException e) {
        throw org.plait.runtime.exceptions.OsErrors.of(e);
      }
    } else {
      n = IoErrors.offset(callRaw("seek", Py.int_(target), Py.int_(whence)));
    }
    if (n < 0) {
      throw Errors.of(Exceptions.OSError, "Raw stream returned invalid position " + n);
    }
    absPos = n;
    return n;
  }

  /** One raw read into memory of ours. */
  private int rawRead(byte[] to, int start, int length) {
    PyFileIO f = file;
    int n;
    if (f != null && f.isPlain("readinto")) {
      n = f.readBytes(to, start, length);
      if (n < 0) {
        return BLOCKED;
      }
    } else {
      PyObject r = callRaw("readinto", to, start, length, false);
      if (r == Py.None) {
        return BLOCKED;
      }
      long got;
      try {
        got = PyNumbers.asLong(PyNumbers.index(r), Exceptions.ValueError);
      } catch (PyException e) {
        PyException failed = Errors.of(Exceptions.OSError, "raw readinto() failed");
        failed.value.setCause(e.value);
        failed.value.setContext(e.value);
        throw failed;
      }
      n = checkLength("readinto", got, length);
    }
    if (n > 0 && absPos != -1) {
      absPos += n;
    }
    return n;
  }

  /** Hands a piece of our buffer to a raw stream of any type. */
  private PyObject callRaw(String method, byte[] buffer, int start, int length, boolean readonly) {
    try (Buffer b = Buffer.ofBytes(this, null, buffer, start, length, readonly)) {
      PyMemoryView view = PyMemoryView.of(b);
      try {
        return callRaw(method, view);
      } finally {
        release(view);
      }
    }
  }

  private static int checkLength(String method, long got, int length) {
    if (got < 0 || got > length) {
      throw Errors.of(
          Exceptions.OSError,
          "raw "
              + method
              + "() returned invalid length "
              + got
              + " (should have been between 0 and "
              + length
              + ")");
    }
    return (int) got;
  }

  /** The view of a piece of our buffer is of no use once the raw call is over. */
  private static void release(PyMemoryView view) {
    try {
      view.release();
    } catch (PyException e) {
      // somebody still looks through it; what is seen may then be any later content
    }
  }

  private int rawWrite(byte[] from, int start, int length) {
    PyFileIO f = file;
    int n;
    if (f != null && f.isPlain("write")) {
      n = f.writeBytes(from, start, length);
      if (n < 0) {
        return BLOCKED;
      }
    } else {
      PyObject r = callRaw("write", from, start, length, true);
      if (r == Py.None) {
        return BLOCKED;
      }
      long got = PyNumbers.asLong(PyNumbers.index(r), Exceptions.ValueError);
      n = checkLength("write", got, length);
    }
    if (n > 0 && absPos != -1) {
      absPos += n;
    }
    return n;
  }

  private void needBuffer() {
    if (buffer.length < bufferSize) {
      buffer = Arrays.copyOf(buffer, bufferSize);
    }
  }

  /**
   * Makes room to read into. Streams other than files begin small and grow when they fill what they
   * have: thousands of idle connections would hold 128 KiB each.
   */
  private void needRoom(int start) {
    int room = buffer.length;
    if (file != null) {
      needBuffer();
    } else if (room == 0) {
      buffer = new byte[Math.min(bufferSize, FIRST_ROOM)];
    } else if (room < bufferSize && (start == room || filledUp)) {
      buffer = Arrays.copyOf(buffer, (int) Math.min(bufferSize, 4L * room));
    }
  }

  private int fill() {
    int start = validRead() ? readEnd : 0;
    needRoom(start);
    int wanted = buffer.length - start;
    int n = rawRead(buffer, start, wanted);
    if (n <= 0) {
      return n;
    }
    filledUp = n == wanted;
    readEnd = start + n;
    rawPos = start + n;
    return n;
  }

  private void flushWrites() {
    if (!validWrite() || writePos == writeEnd) {
      resetWrite();
      return;
    }
    long rewind = rawOffset() + (pos - writePos);
    if (rewind != 0) {
      rawSeek(-rewind, 1);
      rawPos -= (int) rewind;
    }
    while (writePos < writeEnd) {
      int n = rawWrite(buffer, writePos, writeEnd - writePos);
      if (n == BLOCKED) {
        throw IoErrors.blocking("write could not complete without blocking", 0);
      }
      writePos += n;
      rawPos = writePos;
      // A signal handler may raise; what has been written stays written.
      SafePoint.poll();
    }
    resetWrite();
  }

  private void flushAndRewind() {
    flushWrites();
    if (reads) {
      // Rewinding makes no difference to the file, but to those that share the position.
      try {
        rawSeek(-rawOffset(), 1);
      } finally {
        resetRead();
      }
    }
  }

  // ---- common methods

  @PyGetter("raw")
  @Nullable PyObject getRaw() {
    return raw;
  }

  @PyGetter("_finalizing")
  boolean getFinalizing() {
    return finalizing;
  }

  @PySetter("_finalizing")
  void setFinalizing(PyObject value) {
    finalizing = PyObjects.isTrue(value);
  }

  @PyGetter("closed")
  PyObject getClosed() {
    return PyObjects.getAttr(rawOrFail(), "closed");
  }

  @PyGetter("name")
  PyObject getName() {
    return PyObjects.getAttr(rawOrFail(), "name");
  }

  @PyGetter("mode")
  PyObject getMode() {
    return PyObjects.getAttr(rawOrFail(), "mode");
  }

  @PyMethod(sig = "()")
  PyObject seekable() {
    return callRaw("seekable");
  }

  @PyMethod(sig = "()")
  PyObject fileno() {
    return callRaw("fileno");
  }

  @PyMethod(name = "isatty", sig = "()")
  PyObject rawIsatty() {
    return callRaw("isatty");
  }

  @PyMethod(name = "__repr__")
  PyObject repr() {
    String t = PyFileIO.typeName(type());
    PyObject name = PyFileIO.nameOrNull(this);
    return Py.str(
        name == null ? "<" + t + ">" : "<" + t + " name=" + PyFileIO.nameRepr(this, name) + ">");
  }

  @PyMethod(name = "__getstate__", sig = "()")
  PyObject getstate() {
    throw Errors.typeError("cannot pickle '" + type().qualname() + "' instances");
  }

  @PyMethod(name = "__sizeof__", sig = "()")
  long sizeof() {
    return 152L + bufferSize;
  }

  @PyMethod(name = "_dealloc_warn", sig = "(source, /)")
  void deallocWarn(PyObject source) {
    if (ok && raw != null) {
      try {
        callRaw("_dealloc_warn", source);
      } catch (PyException e) {
        if (!e.matches(Exceptions.Exception)) {
          throw e;
        }
      }
    }
  }

  @PyMethod(sig = "()")
  PyObject close() {
    PyObject r = rawOrFail();
    lock.enter(this);
    try {
      if (rawClosed()) {
        freed = true;
        return Py.None;
      }
      if (finalizing) {
        deallocWarn(this);
      }
    } finally {
      lock.leave();
    }
    PyException failure = null;
    try {
      if (isPlain("flush")) {
        flush();
      } else {
        callSelf("flush");
      }
    } catch (PyException e) {
      failure = e;
    }
    lock.enter(this);
    try {
      PyObject result = PyCalls.callMethod(r, "close");
      freed = true;
      resetRead();
      buffer = NO_BUFFER;
      if (failure != null) {
        throw failure;
      }
      return result;
    } catch (PyException e) {
      if (failure != null && e != failure) {
        throw IoErrors.chain(failure, e);
      }
      throw e;
    } finally {
      if (rawIsClosedQuietly()) {
        freed = true;
      }
      lock.leave();
    }
  }

  private boolean rawIsClosedQuietly() {
    PyFileIO f = file;
    return f != null && f.isClosed();
  }

  @PyMethod(sig = "()")
  PyObject detach() {
    PyObject r = rawOrFail();
    callSelf("flush");
    raw = null;
    file = null;
    detached = true;
    ok = false;
    if (r instanceof PyIOBase inner) {
      inner.watch();
    }
    return r;
  }

  @PyMethod(sig = "()")
  PyObject flush() {
    if (!writes) {
      return callRaw("flush");
    }
    checkClosed("flush of closed file");
    lock.enter(this);
    try {
      flushAndRewind();
    } finally {
      lock.leave();
    }
    return Py.None;
  }

  @PyMethod(sig = "()")
  long tell() {
    rawOrFail();
    lock.enter(this);
    try {
      long p = rawTell() - rawOffset();
      return Math.max(p, 0);
    } finally {
      lock.leave();
    }
  }

  @PyMethod(sig = "(target, whence=0, /)")
  long seek(PyObject target, int whence) {
    rawOrFail();
    if (whence < 0 || whence > 4) {
      throw Errors.valueError("whence value " + whence + " unsupported");
    }
    checkClosed("seek of closed file");
    PyFileIO f = file;
    if (f == null || !f.isPlain("seekable")) {
      requireSeekable(rawOrFail());
    } else if (!f.seekable()) {
      throw IoErrors.unsupported("File or stream is not seekable.");
    }
    long to = IoErrors.offset(target);
    lock.enter(this);
    try {
      // SEEK_SET and SEEK_CUR inside the buffer need no system call.
      if ((whence == 0 || whence == 1) && reads) {
        long current = knownRawTell();
        int ahead = available();
        if (ahead > 0) {
          long offset = whence == 0 ? to - (current - rawOffset()) : to;
          if (offset >= -pos && offset <= ahead) {
            pos += (int) offset;
            return Math.max(current - ahead + offset, 0);
          }
        }
      }
      if (writes) {
        flushWrites();
      }
      if (whence == 1) {
        to -= rawOffset();
      }
      long n = rawSeek(to, whence);
      rawPos = -1;
      if (reads) {
        resetRead();
      }
      return n;
    } finally {
      lock.leave();
    }
  }

  @PyMethod(sig = "(pos=None, /)")
  PyObject truncate(PyObject pos) {
    checkClosed("truncate of closed file");
    if (!writes) {
      throw IoErrors.unsupported("truncate");
    }
    lock.enter(this);
    try {
      flushAndRewind();
      PyObject r = callRaw("truncate", pos);
      try {
        rawTell();
      } catch (PyException e) {
        if (!e.matches(Exceptions.Exception)) {
          throw e;
        }
      }
      return r;
    } finally {
      lock.leave();
    }
  }

  // ---- reading; the methods are exposed by the types that read

  private void flushBeforeRead() {
    if (writes) {
      flushAndRewind();
    }
  }

  private static PyBytes bytes(byte[] b, int n) {
    return PyBytes.of(n == b.length ? b : Arrays.copyOf(b, n));
  }

  final PyObject peekBytes() {
    checkClosed("peek of closed file");
    lock.enter(this);
    try {
      flushBeforeRead();
      int have = available();
      if (have > 0) {
        return PyBytes.copyOf(buffer, pos, pos + have);
      }
      resetRead();
      int n = fill();
      n = n == BLOCKED ? 0 : n;
      pos = 0;
      return PyBytes.copyOf(buffer, 0, n);
    } finally {
      lock.leave();
    }
  }

  final PyObject readBytes(long n) {
    rawOrFail();
    if (n < -1) {
      throw Errors.valueError("read length must be non-negative or -1");
    }
    checkClosed("read of closed file");
    lock.enter(this);
    try {
      if (n == -1) {
        return readAll();
      }
      if (n > Integer.MAX_VALUE - 8) {
        throw Errors.memoryError();
      }
      int have = available();
      if (n <= have) {
        PyBytes r = PyBytes.copyOf(buffer, pos, pos + (int) n);
        pos += (int) n;
        return r;
      }
      return readSome((int) n);
    } finally {
      lock.leave();
    }
  }

  private PyObject readAll() {
    int have = available();
    byte[] data = have > 0 ? Arrays.copyOfRange(buffer, pos, pos + have) : null;
    if (have > 0) {
      pos += have;
    }
    flushBeforeRead();
    resetRead();
    PyObject all = PyObjects.getOptionalAttr(rawOrFail(), "readall");
    if (all != null) {
      PyObject rest = all.call0();
      if (rest != Py.None && !(rest instanceof PyBytes)) {
        throw Errors.typeError("readall() should return bytes");
      }
      if (absPos != -1 && rest instanceof PyBytes b) {
        absPos = -1;
      }
      if (data == null) {
        return rest;
      }
      return rest instanceof PyBytes b ? joined(data, b) : PyBytes.of(data);
    }
    java.io.ByteArrayOutputStream chunks = new java.io.ByteArrayOutputStream();
    if (data != null) {
      chunks.write(data, 0, data.length);
    }
    while (true) {
      PyObject part = callRaw("read");
      if (part != Py.None && !(part instanceof PyBytes)) {
        throw Errors.typeError("read() should return bytes");
      }
      if (part == Py.None || ((PyBytes) part).size() == 0) {
        return chunks.size() == 0 ? part : PyBytes.of(chunks.toByteArray());
      }
      PyBytes b = (PyBytes) part;
      chunks.write(b.array(), 0, b.size());
      if (absPos != -1) {
        absPos += b.size();
      }
    }
  }

  private static PyBytes joined(byte[] a, PyBytes b) {
    byte[] all = Arrays.copyOf(a, a.length + b.size());
    System.arraycopy(b.array(), 0, all, a.length, b.size());
    return PyBytes.of(all);
  }

  /** Reads n bytes, more than there are ahead. */
  private PyObject readSome(int n) {
    int have = available();
    // A hostile size must not cost its memory before there is something to read.
    byte[] out = new byte[Math.min(n, Math.max(have, 1 << 20))];
    int written = 0;
    int remaining = n;
    if (have > 0) {
      System.arraycopy(buffer, pos, out, 0, have);
      remaining -= have;
      written += have;
      pos += have;
    }
    flushBeforeRead();
    resetRead();
    while (remaining > 0) {
      int whole = remaining - remaining % bufferSize;
      if (whole == 0) {
        break;
      }
      if (out.length - written < Math.min(whole, 1 << 20)) {
        out = grow(out, n);
      }
      int r = rawRead(out, written, Math.min(whole, out.length - written));
      if (r == 0 || r == BLOCKED) {
        return r == 0 || written > 0 ? bytes(out, written) : Py.None;
      }
      remaining -= r;
      written += r;
    }
    pos = 0;
    rawPos = 0;
    readEnd = 0;
    while (remaining > 0 && readEnd < bufferSize) {
      int r = fill();
      if (r == 0 || r == BLOCKED) {
        return r == 0 || written > 0 ? bytes(out, written) : Py.None;
      }
      int take = Math.min(r, remaining);
      while (out.length - written < take) {
        out = grow(out, n);
      }
      System.arraycopy(buffer, pos, out, written, take);
      written += take;
      pos += take;
      remaining -= take;
    }
    return bytes(out, written);
  }

  private static byte[] grow(byte[] out, int most) {
    return Arrays.copyOf(out, (int) Math.min(most, Math.max(out.length * 2L, 1 << 20)));
  }

  final PyObject read1Bytes(long size) {
    rawOrFail();
    long n = size < 0 ? bufferSize : size;
    checkClosed("read of closed file");
    if (n == 0) {
      return PyBytes.EMPTY;
    }
    lock.enter(this);
    try {
      int have = available();
      if (have > 0) {
        int k = (int) Math.min(have, n);
        PyBytes r = PyBytes.copyOf(buffer, pos, pos + k);
        pos += k;
        return r;
      }
      flushBeforeRead();
      resetRead();
      byte[] out = new byte[(int) Math.min(n, Integer.MAX_VALUE - 8)];
      int r = rawRead(out, 0, out.length);
      return bytes(out, r == BLOCKED ? 0 : r);
    } finally {
      lock.leave();
    }
  }

  final PyObject readIntoBuffer(PyObject target, boolean once) {
    checkClosed("readinto of closed file");
    try (Buffer view = PyBuffers.write(target, (once ? "readinto1" : "readinto") + "() argument")) {
      lock.enter(this);
      try {
        return readInto(view, once);
      } finally {
        lock.leave();
      }
    }
  }

  private PyObject readInto(Buffer view, boolean once) {
    long length = view.length;
    long written = 0;
    int have = available();
    if (have > 0) {
      int k = (int) Math.min(have, length);
      view.set(0, buffer, pos, k);
      pos += k;
      written = k;
      if (written == length) {
        return Py.int_(written);
      }
    }
    flushBeforeRead();
    resetRead();
    pos = 0;
    int n = 0;
    for (long remaining = length - written; remaining > 0; remaining -= n) {
      if (remaining > bufferSize) {
        n = readStraight(view, written, remaining);
      } else if (!(once && written > 0)) {
        n = fill();
        if (n > 0) {
          int k = (int) Math.min(n, remaining);
          view.set(written, buffer, pos, k);
          pos += k;
          written += k;
          n = k;
          if (once) {
            break;
          }
          continue;
        }
      } else {
        n = 0;
      }
      if (n == 0 || n == BLOCKED && written > 0) {
        break;
      }
      if (n == BLOCKED) {
        return Py.None;
      }
      written += n;
      if (once) {
        break;
      }
    }
    return Py.int_(written);
  }

  private int readStraight(Buffer view, long at, long length) {
    int n = (int) Math.min(length, 1 << 24);
    if (view.array != null) {
      return rawRead(view.array, (int) (view.offset + at), n);
    }
    byte[] b = new byte[n];
    int r = rawRead(b, 0, n);
    if (r > 0) {
      view.set(at, b, 0, r);
    }
    return r;
  }

  /** A line of at most {@code limit} bytes, -1 for no limit. */
  final PyBytes readLine(long limit) {
    checkClosed("readline of closed file");
    lock.enter(this);
    try {
      int n = available();
      if (limit >= 0 && n > limit) {
        n = (int) limit;
      }
      int end = newline(pos, pos + n);
      if (end >= 0 || limit >= 0 && n == limit) {
        int stop = end >= 0 ? end + 1 : pos + n;
        PyBytes line = PyBytes.copyOf(buffer, pos, stop);
        pos = stop;
        return line;
      }
      return readLongLine(limit, n);
    } finally {
      lock.leave();
    }
  }

  private int newline(int from, int to) {
    byte[] b = buffer;
    for (int i = from; i < to; i++) {
      if (b[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private PyBytes readLongLine(long most, int first) {
    long limit = most;
    java.io.ByteArrayOutputStream line = new java.io.ByteArrayOutputStream(first + 256);
    if (first > 0) {
      line.write(buffer, pos, first);
      pos += first;
      limit -= limit >= 0 ? first : 0;
    }
    flushBeforeRead();
    while (true) {
      resetRead();
      int n = fill();
      if (n <= 0) {
        break;
      }
      if (limit >= 0 && n > limit) {
        n = (int) limit;
      }
      int end = newline(0, n);
      if (end >= 0) {
        line.write(buffer, 0, end + 1);
        pos = end + 1;
        return PyBytes.of(line.toByteArray());
      }
      line.write(buffer, 0, n);
      if (limit >= 0 && n == limit) {
        pos = n;
        return PyBytes.of(line.toByteArray());
      }
      pos = n;
      limit -= limit >= 0 ? n : 0;
    }
    return PyBytes.of(line.toByteArray());
  }

  /** {@code __next__}. */
  final @Nullable PyObject nextLine() {
    if (isPlain("readline")) {
      PyBytes line = readLine(-1);
      return line.size() == 0 ? null : line;
    }
    PyObject line = callSelf("readline");
    if (!(line instanceof PyBytes b)) {
      throw Errors.of(
          Exceptions.OSError,
          "readline() should have returned a bytes object, not '" + line.type().name() + "'");
    }
    return b.size() == 0 ? null : b;
  }

  // ---- writing

  final PyObject writeBuffer(PyObject data) {
    rawOrFail();
    try (Buffer view = PyBuffers.read(data)) {
      byte[] from = view.array;
      int start = (int) view.offset;
      if (view.length > Integer.MAX_VALUE - 8) {
        throw Errors.memoryError();
      }
      int length = (int) view.length;
      if (from == null) {
        from = new byte[length];
        start = 0;
        view.get(0, from, 0, length);
      }
      return Py.int_(writeBytes(from, start, length));
    }
  }

  /** Takes all the bytes, or fails with BlockingIOError. */
  final int writeBytes(byte[] from, int start, int length) {
    lock.enter(this);
    try {
      if (freed || rawClosed()) {
        throw Errors.valueError("write to closed file");
      }
      write(from, start, length);
      return length;
    } finally {
      lock.leave();
    }
  }

  private void write(byte[] from, int start, int length) {
    needBuffer();
    if (!validRead() && !validWrite()) {
      pos = 0;
      rawPos = 0;
    }
    int room = bufferSize - pos;
    if (length <= room && length < bufferSize) {
      System.arraycopy(from, start, buffer, pos, length);
      if (!validWrite() || writePos > pos) {
        writePos = pos;
      }
      adjust(pos + length);
      if (writeEnd < pos) {
        writeEnd = pos;
      }
      return;
    }
    try {
      flushWrites();
    } catch (PyException e) {
      if (!IoErrors.isBlocking(e)) {
        throw e;
      }
      bufferWhatFits(from, start, length);
      return;
    }
    long offset = rawOffset();
    if (offset != 0) {
      rawSeek(-offset, 1);
      rawPos -= (int) offset;
    }
    writeThrough(from, start, length);
  }

  /** The raw file blocks: keeps the new bytes if there is room for them, else some of them. */
  private void bufferWhatFits(byte[] from, int start, int length) {
    if (reads) {
      resetRead();
    }
    int held = writeEnd - writePos;
    System.arraycopy(buffer, writePos, buffer, 0, held);
    rawPos -= writePos;
    pos -= writePos;
    writePos = 0;
    writeEnd = held;
    int room = bufferSize - writeEnd;
    int k = Math.min(room, length);
    System.arraycopy(from, start, buffer, writeEnd, k);
    writeEnd += k;
    pos += k;
    if (k < length) {
      throw IoErrors.blocking("write could not complete without blocking", k);
    }
  }

  private void writeThrough(byte[] from, int start, int length) {
    int remaining = length;
    int written = 0;
    while (remaining > bufferSize) {
      int n = rawWrite(from, start + written, length - written);
      if (n == BLOCKED) {
        if (remaining > bufferSize) {
          System.arraycopy(from, start + written, buffer, 0, bufferSize);
          rawPos = 0;
          adjust(bufferSize);
          writePos = 0;
          writeEnd = bufferSize;
          written += bufferSize;
          throw IoErrors.blocking("write could not complete without blocking", written);
        }
        break;
      }
      written += n;
      remaining -= n;
      SafePoint.poll();
    }
    if (reads) {
      resetRead();
    }
    if (remaining > 0) {
      System.arraycopy(from, start + written, buffer, 0, remaining);
    }
    writePos = 0;
    writeEnd = remaining;
    adjust(remaining);
    rawPos = 0;
  }

  /** A size argument of read: None stands for -1. */
  static long sizeOrAll(PyObject size) {
    if (size == Py.None) {
      return -1;
    }
    if (!(size instanceof PyInt) && !PyNumbers.isIndex(size)) {
      throw Errors.typeError(
          "argument should be integer or None, not '" + size.type().name() + "'");
    }
    return PyNumbers.asLong(PyNumbers.index(size), Exceptions.OverflowError);
  }
}
