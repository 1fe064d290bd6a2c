package org.plait.runtime.io;

import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PySetter;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.boot.BootOptions;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.ExclusiveStream;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyCodecs;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.Warnings;
import org.plait.runtime.protocol.WholeWriter;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;
import org.plait.sched.Clock;
import org.plait.sched.MicroLock;
import org.plait.sched.Outcome;
import org.plait.sched.PlaitThread;
import org.plait.sched.RecursiveMutex;
import org.plait.sched.SafePoint;

/**
 * {@code _io.TextIOWrapper}. Compare CPython textio.c.
 *
 * <p>Invariants, under {@link #lock}: {@code decoded}, from code point {@code used} on, is text
 * that has been decoded and not yet read. {@code snapshotInput} is null, or the bytes that were fed
 * to the decoder, from state {@code snapshotFlags} on, to give {@code decoded}. {@code pending}
 * holds {@code pendingCount} encoded bytes that the buffer has not been given. The thread that
 * holds the lock may take it again: the layers below may come back, and so may signal handlers.
 */
@PyTypeDef(
    name = "TextIOWrapper",
    module = "_io",
    subclassable = true,
    hostErrors = true,
    flags = {TypeFlag.DICT, TypeFlag.WEAKREF},
    sig =
        "(buffer, encoding=None, errors=None, newline=None,\n"
            + "              line_buffering=False, write_through=False)",
    doc =
        "Text over a buffered binary stream.\n\n"
            + "encoding and errors are those of str.encode(); without an encoding the "
            + "locale's is\n"
            + "used, and errors is 'strict'.\n\n"
            + "newline tells how lines end. With None any of '\\n', '\\r' and '\\r\\n' ends a "
            + "line that\n"
            + "is read, and reads as '\\n'; '\\n' is written as os.linesep. With '' the same "
            + "ends\n"
            + "count, but nothing is changed. With one of the three just that one ends a "
            + "line, and\n"
            + "'\\n' is written as it.\n\n"
            + "With line_buffering a write that holds a line feed is flushed.")
public class PyTextIOWrapper extends PyTextIOBase implements WholeWriter, ExclusiveStream {
  public static final PyType TYPE = PyType.builtin(PyTextIOWrapperTable.INSTANCE);

  private static final int DEFAULT_CHUNK = 8192;

  /** Another one only in a frozen world. */
  private RecursiveMutex lock = new RecursiveMutex();

  private volatile boolean ok;
  private volatile boolean detached;
  private volatile @Nullable PyObject buffer;
  private volatile @Nullable PyObject encoding;
  private volatile @Nullable PyObject errors;
  private volatile boolean lineBuffering;
  private volatile boolean writeThrough;
  private volatile int chunkSize = DEFAULT_CHUNK;

  private @Nullable TextEncoder encoder;
  private @Nullable TextDecoder decoder;
  private LineEnds ends = LineEnds.LF;
  private @Nullable String newline;
  private @Nullable String writeNewline;
  private boolean seekable;
  private boolean telling;
  private boolean hasRead1;

  private byte[] pending = {};
  private int pendingCount;

  private PyStr decoded = PyStr.EMPTY;
  private int used;
  private byte @Nullable [] snapshotInput;
  private int snapshotFlags;
  private double bytesPerChar;

  /** The buffer when it is a native one. */
  private volatile @Nullable PyBuffered nativeBuffer;

  protected PyTextIOWrapper(PyType type) {
    super(type);
  }

  @PyNew(sig = "!(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return new PyTextIOWrapper(cls);
  }

  // ---- making

  @PyMethod(
      name = "__init__",
      sig =
          "(buffer, encoding=None, errors=None, newline=None, line_buffering=False,"
              + " write_through=False)")
  void init(
      PyObject buffer,
      PyObject encoding,
      PyObject errors,
      PyObject newline,
      boolean line_buffering,
      boolean write_through) {
    ok = false;
    detached = false;
    checkStrOrNone("TextIOWrapper() argument 'encoding'", encoding);
    checkStrOrNone("TextIOWrapper() argument 'newline'", newline);
    if (encoding == Py.None && BootOptions.current().warnDefaultEncoding != 0) {
      Warnings.warn(Exceptions.EncodingWarning, "'encoding' argument not specified", 1);
    }
    if (errors != Py.None && !(errors instanceof PyStr)) {
      throw Errors.typeError(
          "TextIOWrapper() argument 'errors' must be str or None, not " + errors.type().name());
    }
    checkNewline(newline);
    encodable(encoding);
    encodable(errors);
    String name = encodingName(encoding);
    String errorsName = errors == Py.None ? "strict" : errors.toString();
    if (name.indexOf('\0') >= 0 || errorsName.indexOf('\0') >= 0) {
      throw Errors.valueError("embedded null character");
    }
    checkErrorsName(errorsName);
    acquire();
    try {
      forgetDecoded();
      pendingCount = 0;
      bytesPerChar = 0;
      chunkSize = DEFAULT_CHUNK;
      lineBuffering = line_buffering;
      writeThrough = write_through;
      setNewline(newline == Py.None ? null : newline.toString());
      setCodecs(buffer, name, errorsName);
      this.encoding =
          encoding instanceof PyStr && name.equals(encoding.toString()) ? encoding : Py.str(name);
      this.errors = errors == Py.None ? PyStr.intern("strict") : errors;
      this.buffer = buffer;
      nativeBuffer = buffer instanceof PyBuffered b && !b.type().isHeap() ? b : null;
      seekable = PyObjects.isTrue(PyCalls.callMethod(buffer, "seekable"));
      telling = seekable;
      hasRead1 = nativeBuffer != null || PyObjects.getOptionalAttr(buffer, "read1") != null;
      fixEncoderState();
      ok = true;
    } finally {
      lock.release();
    }
    if (buffer instanceof PyIOBase inner) {
      inner.wrapped = true;
    }
    if (!(buffer instanceof PyBuffered b) || !b.needsNoWatch()) {
      watch();
    }
  }

  private static void checkStrOrNone(String what, PyObject o) {
    if (o != Py.None && !(o instanceof PyStr)) {
      throw Errors.typeError(what + " must be str or None, not " + o.type().name());
    }
  }

  /** Names of codecs go through UTF-8 in CPython, which refuses surrogates. */
  private static void encodable(PyObject name) {
    if (name instanceof PyStr s) {
      PyCodecs.utf8(s, null);
    }
  }

  private static void checkNewline(PyObject newline) {
    if (newline instanceof PyStr s && !PyStringIO.isNewline(s.toString())) {
      throw Errors.valueError("illegal newline value: " + s);
    }
  }

  /** In development mode, an unknown error handler is noticed at once. */
  private static void checkErrorsName(String errors) {
    if (BootOptions.current().devMode) {
      PyCodecs.registry().lookupError(errors);
    }
  }

  private static String encodingName(PyObject encoding) {
    if (encoding == Py.None) {
      return BootOptions.current().utf8Mode != 0 ? "utf-8" : "UTF-8";
    }
    String s = encoding.toString();
    return s.equals("locale") ? "UTF-8" : s;
  }

  private void setNewline(@Nullable String nl) {
    newline = nl;
    ends = LineEnds.of(nl);
    writeNewline = nl != null && nl.startsWith("\r") ? nl : null;
  }

  /** The codec done here for a name, or null. */
  private static @Nullable String directCodec(String name) {
    return switch (name.toLowerCase(java.util.Locale.ROOT).replace('_', '-')) {
      case "utf-8", "utf8" -> "utf-8";
      case "ascii", "us-ascii" -> "ascii";
      case "latin-1", "latin1", "iso-8859-1", "iso8859-1" -> "latin-1";
      default -> null;
    };
  }

  private void setCodecs(PyObject from, String name, String errorsName) {
    String direct = directCodec(name);
    PyTuple info = direct == null ? PyCodecs.textCodec(name, "codecs.open()") : null;
    decoder = null;
    encoder = null;
    if (PyObjects.isTrue(PyCalls.callMethod(from, "readable"))) {
      NewlineTranslator n =
          newline == null || newline.isEmpty() ? new NewlineTranslator(newline == null) : null;
      if (direct == null) {
        decoder = new TextDecoder.OfObject(n, incremental(info, "incrementaldecoder", errorsName));
      } else if (direct.equals("utf-8")) {
        decoder = new TextDecoder.OfUtf8(n, errorsName);
      } else {
        decoder = new TextDecoder.OfBytes(n, direct, errorsName);
      }
    }
    if (PyObjects.isTrue(PyCalls.callMethod(from, "writable"))) {
      encoder =
          direct == null
              ? TextEncoder.of(incremental(info, "incrementalencoder", errorsName))
              : TextEncoder.direct(direct, errorsName);
    }
  }

  private static PyObject incremental(PyTuple info, String which, String errorsName) {
    return PyObjects.getAttr(info, which).call1(Py.str(errorsName));
  }

  /** An encoder that starts in the middle of a file writes no byte order mark. */
  private void fixEncoderState() {
    TextEncoder e = encoder;
    if (!seekable || e == null) {
      return;
    }
    PyBuffered b = nativeBuffer;
    if (b != null) {
      if (b.tell() != 0) {
        e.reset(false);
      }
      return;
    }
    PyObject cookie = PyCalls.callMethod(buffer(), "tell");
    if (!PyObjects.equal(cookie, Py.int_(0))) {
      e.reset(false);
    }
  }

  @PyMethod(
      sig =
          "(*, encoding=None, errors=None, newline=NULL, line_buffering=None,"
              + " write_through=None)",
      doc =
          "reconfigure($self, /, *, encoding=None, errors=None, newline=None,\n"
              + "            line_buffering=None, write_through=None)\n"
              + "--\n\n"
              + "Changes how the stream works, after a flush.")
  void reconfigure(
      PyObject encoding,
      PyObject errors,
      @Nullable PyObject newline,
      PyObject line_buffering,
      PyObject write_through) {
    checkAttached();
    checkStrOrNone("reconfigure() argument 'encoding'", encoding);
    checkStrOrNone("reconfigure() argument 'errors'", errors);
    encodable(encoding);
    encodable(errors);
    acquire();
    try {
      if (decoder != null
          && (snapshotInput != null || !decoded.isEmpty())
          && (encoding != Py.None || errors != Py.None || newline != null)) {
        throw IoErrors.unsupported(
            "It is not possible to set the encoding or newline of stream after the first read");
      }
      if (newline != null) {
        checkStrOrNone("reconfigure() argument 'newline'", newline);
        checkNewline(newline);
      }
      boolean line = line_buffering == Py.None ? lineBuffering : flag(line_buffering);
      boolean through = write_through == Py.None ? writeThrough : flag(write_through);
      callSelf("flush");
      bytesPerChar = 0;
      if (newline != null) {
        setNewline(newline == Py.None ? null : newline.toString());
      }
      if (encoding != Py.None || errors != Py.None || newline != null) {
        changeCodecs(encoding, errors);
      }
      lineBuffering = line;
      writeThrough = through;
    } finally {
      lock.release();
    }
  }

  private static boolean flag(PyObject o) {
    return org.plait.runtime.object.ArgumentConverters.toInt(o) != 0;
  }

  private void changeCodecs(PyObject newEncoding, PyObject newErrors) {
    PyObject name;
    PyObject errorsName = newErrors;
    if (newEncoding == Py.None) {
      name = encoding;
      if (errorsName == Py.None) {
        errorsName = errors;
      }
    } else {
      name = Py.str(encodingName(newEncoding));
      if (errorsName == Py.None) {
        errorsName = PyStr.intern("strict");
      }
    }
    checkErrorsName(errorsName.toString());
    setCodecs(buffer(), name.toString(), errorsName.toString());
    encoding =
        newEncoding instanceof PyStr && name.toString().equals(newEncoding.toString())
            ? newEncoding
            : name;
    errors = errorsName;
    fixEncoderState();
  }

  // ---- checks

  private void checkInitialized() {
    if (!ok) {
      throw Errors.valueError("I/O operation on uninitialized object");
    }
  }

  private void checkAttached() {
    checkInitialized();
    if (detached) {
      throw Errors.valueError("underlying buffer has been detached");
    }
  }

  private PyObject buffer() {
    PyObject b = buffer;
    if (b == null) {
      throw Errors.valueError(
          detached
              ? "underlying buffer has been detached"
              : "I/O operation on uninitialized object");
    }
    return b;
  }

  private void checkClosed() {
    boolean closed;
    PyBuffered b = nativeBuffer;
    if (b != null && !type().isHeap()) {
      closed =
          b.raw instanceof PyFileIO f && !f.type().isHeap()
              ? f.isClosed()
              : PyObjects.isTrue(b.getClosed());
    } else {
      closed = seesClosed();
    }
    if (closed) {
      throw Errors.valueError(IoErrors.CLOSED_DOT);
    }
  }

  @Override
  public boolean hold(long deadline) {
    Outcome outcome = lock.acquire(deadline);
    while (outcome == Outcome.INTERRUPTED) {
      SafePoint.poll();
      outcome = lock.acquire(deadline);
    }
    return outcome == Outcome.DONE;
  }

  @Override
  public void letGo() {
    lock.release();
  }

  private void acquire() {
    if (lock.tryAcquire()) {
      return;
    }
    if (PlaitThread.current().scheduler().isFrozen()) {
      // A daemon thread was stopped in here for good: nobody but us will ever use this object.
      lock = new RecursiveMutex();
    }
    while (lock.acquire(Clock.FOREVER) == Outcome.INTERRUPTED) {
      SafePoint.poll();
    }
  }

  // ---- writing

  @PyMethod(sig = "(text, /)", doc = "Writes text and returns its length.")
  long write(PyObject text) {
    if (!(text instanceof PyStr s)) {
      throw Errors.typeError("write() argument must be str, not " + text.type().name());
    }
    checkAttached();
    checkClosed();
    acquire();
    try {
      writeText(s);
    } finally {
      lock.release();
    }
    return s.length();
  }

  @Override
  public final boolean writesWhole() {
    return isPlain("write");
  }

  @Override
  public final void writeWhole(PyStr text) {
    write(text);
  }

  private void writeText(PyStr s) {
    TextEncoder e = encoder;
    if (e == null) {
      throw IoErrors.unsupported("not writable");
    }
    boolean hasLf = (writeNewline != null || lineBuffering) && s.toString().indexOf('\n') >= 0;
    PyStr out = hasLf && writeNewline != null ? PyStringIO.replaceNewlines(s, writeNewline) : s;
    boolean flushText = writeThrough;
    boolean flushAll = lineBuffering && (hasLf || s.toString().indexOf('\r') >= 0);
    PyBytes b = e.encode(out);
    int n = b.size();
    // What the layer below does while it is written to may come back and write more.
    while (pendingCount > 0 && (long) pendingCount + n > chunkSize) {
      writePending();
    }
    append(b, n);
    if (pendingCount >= chunkSize || flushAll || flushText) {
      writePending();
    }
    if (flushAll) {
      flushBuffer();
    }
    if (snapshotInput != null) {
      forgetDecoded();
    }
    TextDecoder d = decoder;
    if (d != null) {
      d.reset();
    }
  }

  private void append(PyBytes b, int n) {
    if (pendingCount + n > pending.length) {
      pending = Arrays.copyOf(pending, Math.max(pendingCount + n, Math.min(chunkSize, 1 << 16)));
    }
    System.arraycopy(b.array(), 0, pending, pendingCount, n);
    pendingCount += n;
  }

  private void forgetDecoded() {
    decoded = PyStr.EMPTY;
    used = 0;
    snapshotInput = null;
  }

  /** Gives the buffer what has been encoded. */
  private void writePending() {
    int n = pendingCount;
    if (n == 0) {
      return;
    }
    byte[] data = pending;
    pendingCount = 0;
    PyBuffered b = nativeBuffer;
    if (b != null && b.writes && b.isPlain("write")) {
      if (n > DEFAULT_CHUNK) {
        pending = new byte[0];
      }
      b.writeBytes(data, 0, n);
      return;
    }
    pending = new byte[0];
    PyObject bytes = PyBytes.of(n == data.length ? data : Arrays.copyOf(data, n));
    PyCalls.callMethod(buffer(), "write", bytes);
  }

  private void flushBuffer() {
    PyBuffered b = nativeBuffer;
    if (b != null && b.isPlain("flush")) {
      b.flush();
    } else {
      PyCalls.callMethod(buffer(), "flush");
    }
  }

  @PyMethod(sig = "()")
  PyObject flush() {
    checkAttached();
    checkClosed();
    acquire();
    try {
      telling = seekable;
      writePending();
      return PyCalls.callMethod(buffer(), "flush");
    } finally {
      lock.release();
    }
  }

  // ---- reading

  private PyStr takeDecoded(long n) {
    int length = decoded.length();
    int avail = length - used;
    if (avail <= 0) {
      return PyStr.EMPTY;
    }
    int k = n < 0 || n > avail ? avail : (int) n;
    PyStr r = used == 0 && k == length ? decoded : decoded.substring(used, used + k);
    used += k;
    return r;
  }

  private TextDecoder decoderOrFail() {
    TextDecoder d = decoder;
    if (d == null) {
      throw IoErrors.unsupported("not readable");
    }
    return d;
  }

  /** Reads and decodes a piece; false at the end of the file. */
  private boolean readChunk(long hint) {
    TextDecoder d = decoderOrFail();
    TextDecoder.State state = telling ? d.state() : null;
    long wanted = hint > 0 ? (long) (Math.max(bytesPerChar, 1.0) * hint) : 0;
    long size = Math.max(chunkSize, wanted);
    PyObject input;
    PyBuffered b = nativeBuffer;
    if (b instanceof PyBufferedReader && b.isPlain("read1")) {
      input = b.read1Bytes(size);
    } else {
      input = PyCalls.callMethod(buffer(), hasRead1 ? "read1" : "read", Py.int_(size));
    }
    int bytes = inputSize(input);
    boolean eof = bytes == 0;
    PyStr text = d.decode(input, eof);
    decoded = text;
    used = 0;
    int chars = text.length();
    bytesPerChar = chars > 0 ? (double) bytes / chars : 0;
    if (chars > 0) {
      eof = false;
    }
    if (state != null) {
      byte[] in = input instanceof PyBytes y ? y.array() : PyBuffers.toBytes(input);
      if (state.buffer().length > 0) {
        byte[] all = Arrays.copyOf(state.buffer(), state.buffer().length + in.length);
        System.arraycopy(in, 0, all, state.buffer().length, in.length);
        in = all;
      }
      snapshotFlags = state.flags();
      snapshotInput = in;
    }
    return !eof;
  }

  private int inputSize(PyObject input) {
    if (input instanceof PyBytes b) {
      return b.size();
    }
    if (!PyBuffers.isBuffer(input)) {
      throw Errors.typeError(
          "underlying "
              + (hasRead1 ? "read1" : "read")
              + "() should have returned a bytes-like object, not '"
              + input.type().name()
              + "'");
    }
    return PyBuffers.toBytes(input).length;
  }

  @PyMethod(
      sig = "(size=-1, /)",
      doc = "Up to size characters, or all that are left without a size.")
  PyObject read(PyObject size) {
    long n = IoErrors.size(size);
    checkAttached();
    checkClosed();
    acquire();
    try {
      decoderOrFail();
      writePending();
      return n < 0 ? readAll() : readChars(n);
    } finally {
      lock.release();
    }
  }

  private PyStr readAll() {
    PyObject bytes = PyCalls.callMethod(buffer(), "read");
    if (bytes == Py.None) {
      throw Errors.of(Exceptions.BlockingIOError, "Read returned None.");
    }
    PyStr rest;
    if (bytes instanceof PyBytes || decoder instanceof TextDecoder.OfObject) {
      rest = decoderOrFail().decode(bytes, true);
    } else {
      if (!PyBuffers.isBuffer(bytes)) {
        throw Errors.typeError(
            "a bytes-like object is required, not '" + bytes.type().name() + "'");
      }
      rest = decoderOrFail().decode(bytes, true);
    }
    PyStr first = takeDecoded(-1);
    PyStr all = first.isEmpty() ? rest : first.concat(rest);
    forgetDecoded();
    return all;
  }

  private PyStr readChars(long n) {
    PyStr result = takeDecoded(n);
    long remaining = n - result.length();
    PyStrJoiner parts = null;
    while (remaining > 0) {
      if (!readChunk(remaining)) {
        break;
      }
      if (parts == null) {
        parts = new PyStrJoiner();
        parts.add(result);
      }
      PyStr more = takeDecoded(remaining);
      parts.add(more);
      remaining -= more.length();
    }
    return parts == null ? result : parts.join();
  }

  @PyMethod(sig = "(size=-1, /)", doc = "The next line, or no text at the end.")
  PyObject readline(long size) {
    checkAttached();
    return readLine(size);
  }

  private PyStr readLine(long limit) {
    checkClosed();
    if (limit < 0 && pendingCount == 0 && MicroLock.isAlone()) {
      PyStr line = decodedLine();
      if (line != null) {
        return line;
      }
    }
    acquire();
    try {
      writePending();
      return readLineLocked(limit);
    } finally {
      lock.release();
    }
  }

  /** The next line if all of it has been decoded, else null. */
  private @Nullable PyStr decodedLine() {
    int from = used;
    int end = from < decoded.length() ? ends.find(decoded, from) : -1;
    if (end < 0) {
      return null;
    }
    used = end;
    return decoded.substring(from, end);
  }

  private PyStr readLineLocked(long limit) {
    PyStrJoiner parts = null;
    long length = 0;
    PyStr held = null; // half a line end, to be looked at together with what follows
    while (true) {
      while (used >= decoded.length()) {
        if (!readChunk(0)) {
          // End of file: whatever there is is the line.
          forgetDecoded();
          if (held != null) {
            parts.add(held);
          }
          return parts == null ? PyStr.EMPTY : parts.join();
        }
      }
      int offset = 0;
      PyStr text = decoded;
      int from = used;
      if (held != null) {
        offset = held.length();
        text = held.concat(decoded.substring(used, decoded.length()));
        from = 0;
        length -= offset;
        held = null;
      }
      int shift = from == 0 && offset > 0 ? used - offset : 0;
      int end = ends.find(text, from);
      if (end >= 0) {
        if (limit >= 0 && length + (end - from) > limit) {
          end = from + (int) (limit - length);
        }
        PyStr part = text.substring(from, end);
        used = Math.max(end + shift, 0);
        return parts == null ? part : parts.add(part).join();
      }
      int stop = ends.safeLength(text);
      if (limit >= 0 && length + (text.length() - from) >= limit) {
        end = from + (int) (limit - length);
        PyStr part = text.substring(from, end);
        used = Math.max(end + shift, 0);
        return parts == null ? part : parts.add(part).join();
      }
      if (parts == null) {
        parts = new PyStrJoiner();
      }
      if (stop > from) {
        parts.add(text.substring(from, stop));
      }
      if (stop < text.length()) {
        held = text.substring(Math.max(stop, from), text.length());
      }
      length += text.length() - from;
      decoded = PyStr.EMPTY;
      used = 0;
    }
  }

  @PyMethod(name = "__next__")
  @Nullable PyObject next() {
    checkAttached();
    telling = false;
    PyStr line;
    if (isPlain("readline")) {
      line = readLine(-1);
    } else {
      PyObject r = callSelf("readline");
      if (!(r instanceof PyStr s)) {
        throw Errors.of(
            Exceptions.OSError,
            "readline() should have returned a str object, not '" + r.type().name() + "'");
      }
      line = s;
    }
    if (line.isEmpty()) {
      snapshotInput = null;
      telling = seekable;
      return null;
    }
    return line;
  }

  // ---- position

  /** What {@code tell} gives, taken apart. */
  private record Cookie(long start, int flags, int feed, int skip, boolean eof) {
    PyInt pack() {
      if (flags == 0 && feed == 0 && skip == 0 && !eof) {
        return PyInt.of(start);
      }
      BigInteger v = BigInteger.valueOf(start);
      v = v.or(unsigned(flags).shiftLeft(64));
      v = v.or(unsigned(feed).shiftLeft(96));
      v = v.or(unsigned(skip).shiftLeft(128));
      return PyInt.of(eof ? v.setBit(160) : v);
    }

    private static BigInteger unsigned(int v) {
      return BigInteger.valueOf(Integer.toUnsignedLong(v));
    }

    static Cookie unpack(PyInt cookie) {
      BigInteger v = cookie.bigValue();
      if (v.bitLength() > 168) {
        throw Errors.overflowError("int too big to convert");
      }
      return new Cookie(
          v.longValue(),
          v.shiftRight(64).intValue(),
          v.shiftRight(96).intValue(),
          v.shiftRight(128).intValue(),
          v.shiftRight(160).signum() != 0);
    }
  }

  private void checkSeekable() {
    if (!seekable) {
      throw IoErrors.unsupported("underlying stream is not seekable");
    }
  }

  private static PyException atEnd(int whence) {
    return IoErrors.unsupported(
        whence == 1
            ? "can't do nonzero cur-relative seeks"
            : "can't do nonzero end-relative seeks");
  }

  @PyMethod(
      sig = "(cookie, whence=0, /)",
      doc =
          "Moves the position and returns it.\n\n"
              + "  cookie\n"
              + "    0, or what tell() returned\n"
              + "  whence\n"
              + "    SEEK_SET for such a place, SEEK_END with 0 for the end, SEEK_CUR with 0 "
              + "to stay")
  PyObject seek(PyObject cookie, int whence) {
    checkAttached();
    checkClosed();
    acquire();
    try {
      checkSeekable();
      PyObject to = cookie;
      switch (whence) {
        case 0 -> {}
        case 1 -> {
          if (!PyObjects.equal(cookie, Py.int_(0))) {
            throw atEnd(1);
          }
          to = callSelf("tell");
        }
        case 2 -> {
          if (!PyObjects.equal(cookie, Py.int_(0))) {
            throw atEnd(2);
          }
          return seekToEnd();
        }
        default -> throw Errors.valueError("invalid whence (" + whence + ", should be 0, 1 or 2)");
      }
      if (PyObjects.compareBool(to, Py.int_(0), PyObjects.CompareOp.LT)) {
        throw Errors.valueError("negative seek position " + PyObjects.repr(to));
      }
      callSelf("flush");
      restore(Cookie.unpack(PyNumbers.index(to)));
      return to;
    } finally {
      lock.release();
    }
  }

  private PyObject seekToEnd() {
    callSelf("flush");
    forgetDecoded();
    TextDecoder d = decoder;
    if (d != null) {
      d.reset();
    }
    PyObject r = PyCalls.callMethod(buffer(), "seek", Py.int_(0), Py.int_(2));
    TextEncoder e = encoder;
    if (e != null) {
      e.reset(PyObjects.equal(r, Py.int_(0)));
    }
    return r;
  }

  private void restore(Cookie c) {
    PyCalls.callMethod(buffer(), "seek", Py.int_(c.start));
    forgetDecoded();
    TextDecoder d = decoder;
    if (d != null) {
      if (c.start == 0 && c.flags == 0) {
        d.reset();
      } else {
        d.setState(new byte[0], c.flags);
      }
    }
    if (c.skip > 0) {
      PyObject input = PyCalls.callMethod(buffer(), "read", Py.int_(c.feed));
      if (!(input instanceof PyBytes b)) {
        throw Errors.typeError(
            "underlying read() should have returned a bytes object, not '"
                + input.type().name()
                + "'");
      }
      snapshotFlags = c.flags;
      snapshotInput = b.array();
      decoded = decoderOrFail().decode(input, c.eof);
      if (decoded.length() < c.skip) {
        throw Errors.of(Exceptions.OSError, "can't restore logical file position");
      }
      used = c.skip;
    } else {
      snapshotFlags = c.flags;
      snapshotInput = new byte[0];
    }
    TextEncoder e = encoder;
    if (e != null) {
      e.reset(c.start == 0 && c.flags == 0);
    }
  }

  @PyMethod(sig = "()", doc = "The position as a number that only seek() can make use of.")
  PyObject tell() {
    checkAttached();
    checkClosed();
    acquire();
    try {
      checkSeekable();
      if (!telling) {
        throw Errors.of(Exceptions.OSError, "telling position disabled by next() call");
      }
      writePending();
      callSelf("flush");
      PyObject position = PyCalls.callMethod(buffer(), "tell");
      TextDecoder d = decoder;
      byte[] input = snapshotInput;
      if (d == null || input == null) {
        return position;
      }
      long start = IoErrors.offset(position) - input.length;
      if (used == 0) {
        return new Cookie(start, snapshotFlags, 0, 0, false).pack();
      }
      TextDecoder.State saved = d.state();
      try {
        return reconstruct(d, input, start).pack();
      } finally {
        d.setState(saved.buffer(), saved.flags());
      }
    } finally {
      lock.release();
    }
  }

  /** Finds a place before the logical position where the decoder has no state, and how to go on. */
  private Cookie reconstruct(TextDecoder d, byte[] input, long position) {
    int flags = snapshotFlags;
    int charsToSkip = used;
    int skipBytes = (int) (bytesPerChar * charsToSkip);
    int skipBack = 1;
    while (skipBytes > 0) {
      d.setState(new byte[0], flags);
      int n = d.decode(Arrays.copyOf(input, Math.min(skipBytes, input.length)), false).length();
      if (n <= charsToSkip) {
        TextDecoder.State s = d.state();
        if (s.buffer().length == 0) {
          flags = s.flags();
          charsToSkip -= n;
          break;
        }
        skipBytes -= s.buffer().length;
        skipBack = 1;
      } else {
        skipBytes -= skipBack;
        skipBack *= 2;
      }
    }
    if (skipBytes <= 0) {
      skipBytes = 0;
      d.setState(new byte[0], flags);
    }
    long start = position + skipBytes;
    if (charsToSkip == 0) {
      return new Cookie(start, flags, 0, 0, false);
    }
    return feedByByte(d, input, skipBytes, start, flags, charsToSkip);
  }

  private static Cookie feedByByte(
      TextDecoder d, byte[] input, int from, long position, int startFlags, int skip) {
    long start = position;
    int flags = startFlags;
    int charsToSkip = skip;
    int fed = 0;
    int charsDecoded = 0;
    boolean eof = false;
    int i = from;
    for (; i < input.length; i++) {
      fed++;
      charsDecoded += d.decode(new byte[] {input[i]}, false).length();
      TextDecoder.State s = d.state();
      if (s.buffer().length == 0 && charsDecoded <= charsToSkip) {
        start += fed;
        charsToSkip -= charsDecoded;
        flags = s.flags();
        fed = 0;
        charsDecoded = 0;
      }
      if (charsDecoded >= charsToSkip) {
        break;
      }
    }
    if (i == input.length) {
      charsDecoded += d.decode(new byte[0], true).length();
      eof = true;
      if (charsDecoded < charsToSkip) {
        throw Errors.of(Exceptions.OSError, "can't reconstruct logical file position");
      }
    }
    return new Cookie(start, flags, fed, charsToSkip, eof);
  }

  @PyMethod(sig = "(pos=None, /)")
  PyObject truncate(PyObject pos) {
    checkAttached();
    callSelf("flush");
    return PyCalls.callMethod(buffer(), "truncate", pos);
  }

  // ---- the rest

  @PyMethod(sig = "()")
  PyObject detach() {
    checkAttached();
    PyObject b = buffer();
    callSelf("flush");
    if (b instanceof PyIOBase inner) {
      inner.watch();
    }
    buffer = null;
    nativeBuffer = null;
    detached = true;
    return b;
  }

  @PyMethod(sig = "()")
  PyObject close() {
    checkAttached();
    PyObject b = buffer();
    if (PyObjects.isTrue(PyObjects.getAttr(this, "closed"))) {
      return Py.None;
    }
    if (detached) {
      // by what "closed" has called
      return Py.None;
    }
    if (finalizing) {
      try {
        PyCalls.callMethod(b, "_dealloc_warn", this);
      } catch (PyException e) {
        if (!e.matches(Exceptions.Exception)) {
          throw e;
        }
      }
    }
    PyException failure = null;
    try {
      callSelf("flush");
    } catch (PyException e) {
      failure = e;
    }
    PyObject r;
    try {
      r = PyCalls.callMethod(b, "close");
    } catch (PyException e) {
      throw failure == null ? e : IoErrors.chain(failure, e);
    }
    if (failure != null) {
      throw failure;
    }
    return r;
  }

  @PyMethod(sig = "()")
  PyObject fileno() {
    checkAttached();
    return PyCalls.callMethod(buffer(), "fileno");
  }

  @PyMethod(sig = "()")
  PyObject seekable() {
    checkAttached();
    return PyCalls.callMethod(buffer(), "seekable");
  }

  @PyMethod(sig = "()")
  PyObject readable() {
    checkAttached();
    return PyCalls.callMethod(buffer(), "readable");
  }

  @PyMethod(sig = "()")
  PyObject writable() {
    checkAttached();
    return PyCalls.callMethod(buffer(), "writable");
  }

  @PyMethod(name = "isatty", sig = "()")
  PyObject bufferIsatty() {
    checkAttached();
    return PyCalls.callMethod(buffer(), "isatty");
  }

  @PyMethod(name = "__repr__")
  PyObject repr() {
    checkInitialized();
    StringBuilder b = new StringBuilder("<");
    b.append(PyFileIO.typeName(type()));
    org.plait.runtime.interp.ThreadState ts = org.plait.runtime.interp.ThreadState.current();
    if (ts.reprEnter(this)) {
      throw Errors.runtimeError("reentrant call inside " + PyFileIO.typeName(type()) + ".__repr__");
    }
    try {
      PyObject name = PyFileIO.nameOrNull(this);
      if (name != null) {
        b.append(" name=").append(PyObjects.repr(name));
      }
      PyObject mode = PyObjects.getOptionalAttr(this, "mode");
      if (mode != null) {
        b.append(" mode=").append(PyObjects.repr(mode));
      }
    } finally {
      ts.reprLeave(this);
    }
    b.append(" encoding=").append(PyObjects.repr(Py.orNone(encoding))).append('>');
    return Py.str(b.toString());
  }

  @PyMethod(name = "__getstate__", sig = "()")
  PyObject getstate() {
    throw Errors.typeError("cannot pickle '" + type().qualname() + "' instances");
  }

  @PyGetter("encoding")
  @Nullable PyObject getEncoding() {
    return encoding;
  }

  @PyGetter("buffer")
  @Nullable PyObject getBuffer() {
    return buffer;
  }

  @PyGetter("line_buffering")
  boolean getLineBuffering() {
    return lineBuffering;
  }

  @PyGetter("write_through")
  boolean getWriteThrough() {
    return writeThrough;
  }

  @PyGetter("_finalizing")
  boolean getFinalizing() {
    return finalizing;
  }

  @PySetter("_finalizing")
  void setFinalizing(PyObject value) {
    finalizing = PyObjects.isTrue(value);
  }

  @PyGetter("name")
  PyObject getName() {
    checkAttached();
    return PyObjects.getAttr(buffer(), "name");
  }

  @PyGetter("closed")
  PyObject getClosed() {
    checkAttached();
    return PyObjects.getAttr(buffer(), "closed");
  }

  @PyGetter("newlines")
  PyObject getNewlines() {
    checkAttached();
    TextDecoder d = decoder;
    if (d == null) {
      return Py.None;
    }
    return d.newlines();
  }

  @PyGetter("errors")
  @Nullable PyObject getErrors() {
    checkInitialized();
    return errors;
  }

  @PyGetter("_CHUNK_SIZE")
  int getChunkSize() {
    checkAttached();
    return chunkSize;
  }

  @PySetter("_CHUNK_SIZE")
  void setChunkSize(@Nullable PyObject value) {
    checkAttached();
    if (value == null) {
      throw Errors.of(Exceptions.AttributeError, "cannot delete attribute");
    }
    PyInt i = PyNumbers.index(value);
    if (!i.isLong()) {
      throw Errors.valueError("cannot fit 'int' into an index-sized integer");
    }
    if (i.longValue() <= 0) {
      throw Errors.valueError("a strictly positive integer is required");
    }
    chunkSize = (int) Math.min(i.longValue(), 1 << 30);
  }
}
