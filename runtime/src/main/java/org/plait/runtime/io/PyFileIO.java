package org.plait.runtime.io;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plait.host.Errno;
import org.plait.host.HostException;
import org.plait.host.Native;
import org.plait.host.file.Fd;
import org.plait.host.file.HostFiles;
import org.plait.host.file.OpenFlags;
import org.plait.host.file.Stat;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PySetter;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.boot.BootOptions;
import org.plait.runtime.boot.FsPaths;
import org.plait.runtime.boot.Waits;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.OsErrors;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.interp.Audit;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.ArgumentConverters;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.Buffer;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.Warnings;
import org.plait.runtime.types.PyBool;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyStr;

/**
 * {@code _io.FileIO}: a descriptor. Compare CPython fileio.c.
 *
 * <p>Until the C library is loaded, which costs milliseconds at start, a small file opened for
 * reading is read at once through the JDK, and a descriptor is opened only when something else than
 * reading is asked for. {@link #early} holds its bytes then, and {@link #fd} is {@link #EARLY}.
 */
@PyTypeDef(
    name = "FileIO",
    module = "_io",
    subclassable = true,
    hostErrors = true,
    flags = {TypeFlag.DICT, TypeFlag.WEAKREF},
    sig = "(file, mode='r', closefd=True, opener=None)",
    doc =
        "A file without a buffer.\n\n"
            + "The mode is 'r' to read (the default), 'w' to write to an emptied file, 'a' "
            + "to write\n"
            + "behind its end, 'x' to make a file that must not exist; a '+' adds the "
            + "other\n"
            + "direction. The file may be a path or a descriptor. An opener is called with "
            + "path and\n"
            + "flags, as os.open is, and returns a descriptor.")
public class PyFileIO extends PyRawIOBase {
  public static final PyType TYPE = PyType.builtin(PyFileIOTable.INSTANCE);

  private static final int CLOSED = -1;
  private static final int EARLY = -2;

  /** Largest file that is read at once before the C library is there, bytes. */
  private static final int EARLY_LIMIT = 4 << 20;

  private volatile int fd = CLOSED;
  private volatile boolean created;
  private volatile boolean readable;
  private volatile boolean writable;
  private volatile boolean appending;
  private volatile boolean closefd = true;

  /** Whether it can seek: 0 unknown, 1 yes, 2 no. */
  private volatile int seekable;

  private volatile int blksize = IoErrors.DEFAULT_BUFFER_SIZE;

  /** Type bits of the file's mode when it was opened; 0 unknown. */
  private volatile int typeAtOpen;

  private volatile long sizeAtOpen = -1;
  private volatile byte @Nullable [] early;
  private volatile byte @Nullable [] earlyPath;
  private volatile int earlyPosition;

  protected PyFileIO(PyType type) {
    super(type);
  }

  @PyNew(sig = "!(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return new PyFileIO(cls);
  }

  // ---- opening

  /** For {@code open}: the object that will be around this one is the one to be watched. */
  static PyFileIO opened(PyObject file, String mode, boolean closefd, PyObject opener) {
    PyFileIO f = new PyFileIO(TYPE);
    f.wrapped = true;
    f.init(file, mode, closefd, opener);
    return f;
  }

  @PyMethod(name = "__init__", sig = "(file, mode='r', closefd=True, opener=None)")
  void init(PyObject file, String mode, boolean closefd, PyObject opener) {
    int old = fd;
    if (old >= 0) {
      if (this.closefd) {
        internalClose();
      } else {
        fd = CLOSED;
      }
    }
    int number = descriptor(file);
    byte[] path = number < 0 ? FsPaths.toBytes(file) : null;
    int flags = parseMode(mode);
    this.closefd = closefd;
    seekable = 0;
    Audit.raise("open", file, Py.str(mode), Py.int_(flags));
    if (path == null) {
      fd = number;
    } else {
      if (!closefd) {
        throw Errors.valueError("Cannot use closefd=False with file name");
      }
      if (opener != Py.None) {
        fd = open(file, flags, opener);
      } else if (!readEarly(path)) {
        try {
          fd = Waits.open(OpenFlags.AT_FDCWD, path, flags, 0666);
        } catch (HostException e) {
          throw OsErrors.of(e, file);
        }
      }
    }
    boolean own = path != null;
    try {
      examine(file);
      PyObjects.setAttr(this, "name", file);
      if (appending) {
        try {
          Fd.lseek(fd(), 0, 2);
        } catch (HostException e) {
          if (e.errno() != Errno.ESPIPE) {
            throw OsErrors.of(e);
          }
        }
      }
    } catch (RuntimeException e) {
      // What was not opened here stays open.
      if (own) {
        internalClose();
      } else {
        fd = CLOSED;
      }
      throw e;
    }
    if (this.closefd && fd >= 0 && !wrapped) {
      watch();
    }
  }

  /** A descriptor given instead of a name, or -1. */
  private static int descriptor(PyObject file) {
    if (file instanceof PyBool) {
      Warnings.warn(Exceptions.RuntimeWarning, "bool is used as a file descriptor", 1);
    }
    if (!PyNumbers.isIndex(file)) {
      return -1;
    }
    PyInt i = PyNumbers.index(file);
    if (i.signum() < 0) {
      throw Errors.valueError("negative file descriptor");
    }
    if (!i.isInt()) {
      // as a name, it is refused
      return -1;
    }
    return (int) i.longValue();
  }

  private static int open(PyObject file, int flags, PyObject opener) {
    PyObject r = opener.call2(file, Py.int_(flags));
    if (!(r instanceof PyInt i)) {
      throw Errors.typeError("expected integer from opener");
    }
    if (i.signum() < 0) {
      throw Errors.valueError("opener returned " + PyObjects.str(i));
    }
    int fd = ArgumentConverters.toInt(i);
    try {
      Fd.setInheritable(fd, false);
    } catch (HostException e) {
      throw OsErrors.of(e);
    }
    return fd;
  }

  private int parseMode(String mode) {
    boolean plus = false;
    boolean kind = false;
    boolean wrong = false;
    created = false;
    readable = false;
    writable = false;
    appending = false;
    int flags = 0;
    for (int i = 0; i < mode.length(); i++) {
      switch (mode.charAt(i)) {
        case 'x' -> {
          wrong |= kind;
          kind = true;
          created = true;
          writable = true;
          flags |= OpenFlags.O_EXCL | OpenFlags.O_CREAT;
        }
        case 'r' -> {
          wrong |= kind;
          kind = true;
          readable = true;
        }
        case 'w' -> {
          wrong |= kind;
          kind = true;
          writable = true;
          flags |= OpenFlags.O_CREAT | OpenFlags.O_TRUNC;
        }
        case 'a' -> {
          wrong |= kind;
          kind = true;
          writable = true;
          appending = true;
          flags |= OpenFlags.O_APPEND | OpenFlags.O_CREAT;
        }
        case 'b' -> {}
        case '+' -> {
          wrong |= plus;
          plus = true;
          readable = true;
          writable = true;
        }
        default -> throw Errors.valueError("invalid mode: " + mode);
      }
    }
    if (wrong || !kind) {
      throw Errors.valueError(
          "Must have exactly one of create/read/write/append mode and at most one plus");
    }
    return flags
        | OpenFlags.O_CLOEXEC
        | (readable ? writable ? OpenFlags.O_RDWR : OpenFlags.O_RDONLY : OpenFlags.O_WRONLY);
  }

  private boolean readEarly(byte[] path) {
    if (writable || Native.isLoaded() || BootOptions.current().devMode) {
      return false;
    }
    try {
      Stat s = HostFiles.stat(path, true);
      if (!s.isRegular() || s.size() > EARLY_LIMIT || s.size() == 0) {
        return false;
      }
      byte[] all = HostFiles.readAll(path);
      typeAtOpen = Stat.S_IFREG;
      sizeAtOpen = s.size();
      early = all;
      earlyPath = path;
      earlyPosition = 0;
      fd = EARLY;
      return true;
    } catch (HostException e) {
      // open() says what is wrong
      return false;
    }
  }

  /** Refuses directories and notes what is of use later. */
  private void examine(PyObject file) {
    if (fd == EARLY) {
      return;
    }
    try {
      Stat s = Fd.fstat(fd);
      if (s.isDirectory()) {
        throw OsErrors.of(Errno.EISDIR, file);
      }
      typeAtOpen = s.type();
      sizeAtOpen = s.isRegular() ? s.size() : -1;
      blksize = s.blksize() > 1 ? s.blksize() : IoErrors.DEFAULT_BUFFER_SIZE;
    } catch (HostException e) {
      if (e.errno() == Errno.EBADF) {
        throw OsErrors.of(e);
      }
    }
  }

  /** The descriptor; opened now if reading was all that has been asked for. */
  private int fd() {
    int n = fd;
    if (n == EARLY) {
      synchronized (this) {
        n = fd;
        byte[] path = earlyPath;
        if (n == EARLY && path != null) {
          try {
            n = HostFiles.open(path, OpenFlags.O_RDONLY | OpenFlags.O_CLOEXEC, 0);
            Fd.lseek(n, earlyPosition, 0);
          } catch (HostException e) {
            throw OsErrors.of(e, FsPaths.decode(path));
          }
          fd = n;
          early = null;
          earlyPath = null;
        }
      }
      watch();
    }
    if (n < 0) {
      throw IoErrors.closed();
    }
    return n;
  }

  private void checkOpen() {
    if (fd == CLOSED) {
      throw IoErrors.closed();
    }
  }

  /** Whether it is closed, without going through Python. */
  final boolean isClosed() {
    return fd == CLOSED;
  }

  /**
   * Whether nothing has to happen when nobody uses it any more: it is one of the standard streams,
   * which nobody ever drops, or it holds no descriptor.
   */
  final boolean needsNoWatch() {
    return !closefd && fd >= 0 && fd <= 2 || fd == EARLY;
  }

  // ---- closing

  private void internalClose() {
    int n;
    synchronized (this) {
      n = fd;
      fd = CLOSED;
      early = null;
      earlyPath = null;
    }
    if (n >= 0) {
      try {
        Fd.close(n);
      } catch (HostException e) {
        throw OsErrors.of(e);
      }
    }
  }

  @PyMethod(
      sig = "()",
      doc = "Closes the file, which is of no use from then on. A second time does " + "nothing.")
  void close() {
    PyException failure = null;
    try {
      baseClose(this);
    } catch (PyException e) {
      failure = e;
    }
    if (!closefd) {
      fd = CLOSED;
    } else {
      if (finalizing) {
        deallocWarn(this);
      }
      try {
        internalClose();
      } catch (PyException e) {
        throw failure == null ? e : IoErrors.chain(failure, e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  @PyMethod(name = "_dealloc_warn", sig = "(object, /)")
  void deallocWarn(PyObject source) {
    if (fd < 0 || !closefd) {
      return;
    }
    try {
      PyObject warn = PyObjects.getAttr(Imports.importModule("_warnings"), "warn");
      warn.call(
          new PyObject[] {
            PyStr.of("unclosed file " + PyObjects.repr(source)),
            Exceptions.ResourceWarning,
            Py.int_(1),
            source
          },
          null);
    } catch (PyException e) {
      if (e.matches(Exceptions.Warning)) {
        IoErrors.unraisable(e, this);
      }
    }
  }

  // ---- properties

  @PyMethod(sig = "()", doc = "Return the underlying file descriptor (an integer).")
  int fileno() {
    checkOpen();
    return fd();
  }

  @PyMethod(sig = "()", doc = "Whether the mode allows reading.")
  boolean readable() {
    checkOpen();
    return readable;
  }

  @PyMethod(sig = "()", doc = "Whether the mode allows writing.")
  boolean writable() {
    checkOpen();
    return writable;
  }

  @PyMethod(sig = "()", doc = "True if file supports random-access.")
  boolean seekable() {
    checkOpen();
    if (seekable == 0) {
      try {
        seekable = fd == EARLY || Fd.lseek(fd(), 0, 1) >= 0 ? 1 : 2;
      } catch (HostException e) {
        seekable = 2;
      }
    }
    return seekable == 1;
  }

  @PyMethod(sig = "()", doc = "Whether the file is a terminal.")
  boolean isatty() {
    checkOpen();
    return fd != EARLY && Fd.isatty(fd());
  }

  @PyMethod(name = "_isatty_open_only", sig = "()")
  boolean isattyOpenOnly() {
    if (typeAtOpen != 0 && typeAtOpen != Stat.S_IFCHR) {
      return false;
    }
    return isatty();
  }

  @PyGetter(value = "closed", doc = "True if the file is closed")
  boolean getClosed() {
    return fd == CLOSED;
  }

  @PyGetter(value = "closefd", doc = "Whether close() closes the descriptor.")
  boolean getClosefd() {
    return closefd;
  }

  @PyGetter("_blksize")
  int getBlksize() {
    return blksize;
  }

  @PyGetter("_finalizing")
  boolean getFinalizing() {
    return finalizing;
  }

  @PySetter("_finalizing")
  void setFinalizing(PyObject value) {
    finalizing = PyObjects.isTrue(value);
  }

  @PyGetter(value = "mode", doc = "String giving the file mode")
  String getMode() {
    if (created) {
      return readable ? "xb+" : "xb";
    }
    if (appending) {
      return readable ? "ab+" : "ab";
    }
    if (readable) {
      return writable ? "rb+" : "rb";
    }
    return "wb";
  }

  /** The name of a class in reprs. */
  static String typeName(PyType t) {
    return t.name();
  }

  /** The attribute {@code name}; absent, or failing as of a detached stream, it is null. */
  static @Nullable PyObject nameOrNull(PyObject o) {
    try {
      return PyObjects.getOptionalAttr(o, "name");
    } catch (PyException e) {
      if (e.matches(Exceptions.ValueError)) {
        return null;
      }
      throw e;
    }
  }

  /** The repr of the name inside the repr of {@code o}, which the name may refer to. */
  static String nameRepr(PyObject o, PyObject name) {
    ThreadState ts = ThreadState.current();
    if (ts.reprEnter(o)) {
      throw Errors.runtimeError("reentrant call inside " + typeName(o.type()) + ".__repr__");
    }
    try {
      return PyObjects.repr(name).toString();
    } finally {
      ts.reprLeave(o);
    }
  }

  @PyMethod(name = "__repr__")
  PyObject repr() {
    String t = typeName(type());
    int n = fd;
    if (n == CLOSED) {
      return Py.str("<" + t + " [closed]>");
    }
    PyObject name = PyObjects.getOptionalAttr(this, "name");
    return Py.str(
        "<"
            + t
            + (name == null ? " fd=" + n : " name=" + nameRepr(this, name))
            + " mode='"
            + getMode()
            + "' closefd="
            + (closefd ? "True" : "False")
            + ">");
  }

  @PyMethod(name = "__getstate__", sig = "()")
  PyObject getstate() {
    throw Errors.typeError("cannot pickle '" + type().qualname() + "' instances");
  }

  // ---- reading

  private void checkReadable() {
    checkOpen();
    if (!readable) {
      throw IoErrors.unsupported("File not open for reading");
    }
  }

  private void checkWritable() {
    checkOpen();
    if (!writable) {
      throw IoErrors.unsupported("File not open for writing");
    }
  }

  /**
   * Reads once.
   *
   * @return bytes read, 0 at the end, -1 when a non-blocking file has none
   */
  final int readBytes(byte[] to, int start, int length) {
    checkReadable();
    if (fd == EARLY) {
      synchronized (this) {
        byte[] all = early;
        if (all != null) {
          int n = Math.min(length, all.length - earlyPosition);
          System.arraycopy(all, earlyPosition, to, start, n);
          earlyPosition += n;
          return n;
        }
      }
    }
    try {
      return Waits.read(fd(), to, start, length);
    } catch (HostException e) {
      if (e.errno() == Errno.EAGAIN) {
        return -1;
      }
      throw OsErrors.of(e);
    }
  }

  @PyMethod(
      sig = "(size=-1, /)",
      doc =
          "Up to size bytes by one call of the system; without a size all that are "
              + "left.\n\n"
              + "Fewer bytes may come than asked for, none at the end. None means that there "
              + "is\n"
              + "nothing now, in a file that does not block.")
  PyObject read(PyObject size) {
    checkReadable();
    long n = IoErrors.size(size);
    if (n < 0) {
      return readall();
    }
    byte[] b = new byte[(int) Math.min(n, 0x7ffff000)];
    int got = readBytes(b, 0, b.length);
    return got < 0 ? Py.None : Py.bytes(got == b.length ? b : Arrays.copyOf(b, got));
  }

  @PyMethod(
      sig = "()",
      doc =
          "All bytes that are left.\n\n"
              + "None means that there is nothing now, in a file that does not block.")
  PyObject readall() {
    checkReadable();
    long expected = 8192;
    if (fd != EARLY && sizeAtOpen > 0) {
      expected = sizeAtOpen;
      if (expected > 65536) {
        try {
          expected -= Math.max(Fd.lseek(fd(), 0, 1), 0);
        } catch (HostException e) {
          // then it is a pipe
        }
      }
      expected = Math.max(expected, 0) + 1;
    } else if (sizeAtOpen > 0) {
      expected = sizeAtOpen + 1;
    }
    byte[] all = new byte[(int) Math.min(expected, Integer.MAX_VALUE - 8)];
    int n = 0;
    while (true) {
      if (n == all.length) {
        if (n == Integer.MAX_VALUE - 8) {
          throw Errors.overflowError(
              "unbounded read returned more bytes than a Python bytes object can hold");
        }
        long more = n < 65536 ? n + 65536L : n + (n >> 3) + 256L * 1024;
        all = Arrays.copyOf(all, (int) Math.min(more, Integer.MAX_VALUE - 8));
      }
      int got = readBytes(all, n, all.length - n);
      if (got < 0) {
        if (n == 0) {
          return Py.None;
        }
        break;
      }
      if (got == 0) {
        break;
      }
      n += got;
    }
    return Py.bytes(n == all.length ? all : Arrays.copyOf(all, n));
  }

  @PyMethod(sig = "(buffer, /)", doc = "Same as RawIOBase.readinto().")
  PyObject readinto(PyObject buffer) {
    checkReadable();
    try (Buffer view = PyBuffers.write(buffer, "readinto() argument")) {
      int length = (int) Math.min(view.length, 0x7ffff000);
      if (view.array != null) {
        int n = readBytes(view.array, (int) view.offset, length);
        return n < 0 ? Py.None : Py.int_(n);
      }
      byte[] b = new byte[length];
      int n = readBytes(b, 0, length);
      if (n < 0) {
        return Py.None;
      }
      view.set(0, b, 0, n);
      return Py.int_(n);
    }
  }

  // ---- writing

  /**
   * Writes.
   *
   * @return bytes written, -1 when a non-blocking file takes none
   */
  final int writeBytes(byte[] from, int start, int length) {
    checkWritable();
    try {
      return Waits.write(fd(), from, start, length);
    } catch (HostException e) {
      if (e.errno() == Errno.EAGAIN) {
        return -1;
      }
      throw OsErrors.of(e);
    }
  }

  @PyMethod(
      sig = "(b, /)",
      doc =
          "Writes by one call of the system and returns how many bytes were taken.\n\n"
              + "These may be fewer than given. None means that nothing can be written now, "
              + "in a file\n"
              + "that does not block.")
  PyObject write(PyObject b) {
    checkWritable();
    int n;
    try (Buffer view = PyBuffers.read(b)) {
      int length = (int) Math.min(view.length, 0x7ffff000);
      if (view.array != null) {
        n = writeBytes(view.array, (int) view.offset, length);
      } else {
        byte[] data = new byte[length];
        view.get(0, data, 0, length);
        n = writeBytes(data, 0, length);
      }
    }
    return n < 0 ? Py.None : Py.int_(n);
  }

  // ---- position

  /** Moves the position and returns the new one. */
  final long seekTo(long position, int whence) {
    checkOpen();
    if (fd == EARLY && position >= 0 && position <= EARLY_LIMIT && whence != 2) {
      synchronized (this) {
        byte[] all = early;
        long at = whence == 0 ? position : earlyPosition + position;
        if (all != null && (whence == 0 || whence == 1) && at <= all.length) {
          earlyPosition = (int) at;
          return at;
        }
      }
    }
    long at = Fd.lseek(fd(), position, whence);
    if (seekable == 0) {
      seekable = 1;
    }
    return at;
  }

  @PyMethod(
      sig = "(pos, whence=0, /)",
      doc =
          "Moves the position and returns it.\n\n"
              + "The offset counts from the start (whence SEEK_SET), from the position "
              + "(SEEK_CUR) or\n"
              + "from the end (SEEK_END). Not all files can do that.")
  long seek(PyObject pos, int whence) {
    checkOpen();
    return seekTo(IoErrors.offset(pos), whence);
  }

  @PyMethod(sig = "()", doc = "The position. OSError where a file has none.")
  long tell() {
    return seekTo(0, 1);
  }

  @PyMethod(
      sig = "(size=None, /)",
      doc =
          "Cuts or extends the file to a size, by default to the position. Returns the " + "size.")
  PyObject truncate(PyObject size) {
    checkWritable();
    PyObject s = size == Py.None ? Py.int_(tell()) : size;
    Fd.ftruncate(fd(), IoErrors.offset(s));
    return s;
  }
}
