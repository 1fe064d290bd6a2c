package org.plait.runtime.io;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.ObjectExtras;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyInstance;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PySequences;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyTuple;

/** {@code _io._IOBase}. Compare CPython iobase.c. */
@PyTypeDef(
    name = "_IOBase",
    module = "_io",
    subclassable = true,
    hostErrors = true,
    flags = {TypeFlag.DICT, TypeFlag.WEAKREF},
    doc =
        "What all streams have in common.\n\n"
            + "Most methods here raise UnsupportedOperation; classes replace those they "
            + "can do, and\n"
            + "add read and write. Binary streams read bytes and write bytes-like objects, "
            + "text\n"
            + "streams use str. A stream can be iterated over, line by line, and is closed "
            + "by a\n"
            + "with statement. All but close() raise ValueError once it is closed.\n")
public class PyIOBase extends PyInstance {
  public static final PyType TYPE = PyType.builtin(PyIOBaseTable.INSTANCE);

  private volatile boolean baseClosed;

  /** Whether a native object around this one has a finalizer that closes both. */
  volatile boolean wrapped;

  /** Set while the finalizer runs; {@code close} then warns. */
  volatile boolean finalizing;

  protected PyIOBase(PyType type) {
    super(type);
  }

  /** Has the object closed when nobody uses it any more. */
  final void watch() {
    wrapped = false;
    ObjectExtras.watch(this);
  }

  @PyNew(sig = "(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return new PyIOBase(cls);
  }

  /** Whether the object is of the built-in type itself and its own method is not hidden. */
  final boolean isPlain(String method) {
    return !type().isHeap() && getDictAttr(method) == null;
  }

  /** The method as Python code sees it. */
  final PyObject callSelf(String method, PyObject... args) {
    return PyCalls.callMethod(this, method, args);
  }

  /** {@code self.closed} as Python code sees it. */
  final boolean seesClosed() {
    return PyObjects.isTrue(PyObjects.getAttr(this, "closed"));
  }

  final void checkClosedAttribute() {
    if (seesClosed()) {
      throw Errors.valueError(IoErrors.CLOSED_DOT);
    }
  }

  @PyMethod(sig = "(offset, whence=0, /)", doc = "Moves the position to an offset.")
  static PyObject seek(PyObject self, PyObject offset, PyObject whence) {
    throw IoErrors.unsupported("seek");
  }

  @PyMethod(sig = "()", doc = "Return current stream position.")
  static PyObject tell(PyObject self) {
    return PyCalls.callMethod(self, "seek", Py.int_(0), Py.int_(1));
  }

  @PyMethod(
      sig = "(size=None, /)",
      doc =
          "Cuts or extends the stream to a size, by default to the position, which "
              + "stays.\n"
              + "Returns the size.")
  static PyObject truncate(PyObject self, PyObject size) {
    throw IoErrors.unsupported("truncate");
  }

  @PyMethod(
      name = "flush",
      sig = "()",
      doc = "Passes on what is still in the buffer; nothing to do for streams without " + "one.")
  static void baseFlush(PyIOBase self) {
    if (self.baseClosed) {
      throw Errors.valueError(IoErrors.CLOSED_DOT);
    }
  }

  @PyMethod(
      name = "close",
      sig = "()",
      doc = "Flushes and closes the stream. A second time does nothing.")
  static void baseClose(PyIOBase self) {
    if (self.baseClosed) {
      return;
    }
    try {
      self.callSelf("flush");
    } finally {
      self.baseClosed = true;
    }
  }

  @PyGetter("closed")
  static boolean baseClosed(PyIOBase self) {
    return self.baseClosed;
  }

  // Compare CPython iobase_finalize.
  @PyMethod(name = "__del__", sig = "()")
  static void finalizeFile(PyIOBase self) {
    if (self.wrapped) {
      // The finalizer of the object around this one writes what is buffered there, then closes
      // both.
      return;
    }
    boolean closed;
    try {
      PyObject c = PyObjects.getOptionalAttr(self, "closed");
      closed = c != null && PyObjects.isTrue(c);
    } catch (PyException e) {
      // never initialized, or detached
      closed = true;
    }
    if (closed) {
      return;
    }
    self.finalizing = true;
    try {
      self.callSelf("close");
    } catch (PyException e) {
      if (!closedNow(self)) {
        IoErrors.unraisable(e, self);
      }
    }
  }

  /** Whether somebody else, a daemon thread at the end of the program, closed it meanwhile. */
  private static boolean closedNow(PyIOBase self) {
    try {
      PyObject c = PyObjects.getOptionalAttr(self, "closed");
      return ThreadState.current().interpreter.finalizing && c != null && PyObjects.isTrue(c);
    } catch (PyException e) {
      return false;
    }
  }

  @PyMethod(
      sig = "()",
      doc = "Whether seek(), tell() and truncate() work; if not, they raise OSError.")
  static boolean seekable(PyObject self) {
    return false;
  }

  @PyMethod(sig = "()", doc = "Whether read() works; if not, it raises OSError.")
  static boolean readable(PyObject self) {
    return false;
  }

  @PyMethod(sig = "()", doc = "Whether write() works; if not, it raises OSError.")
  static boolean writable(PyObject self) {
    return false;
  }

  private static void check(PyObject self, String method, String message) {
    PyObject r = PyCalls.callMethod(self, method);
    if (r != Py.True) {
      throw IoErrors.unsupported(message);
    }
  }

  static void requireSeekable(PyObject o) {
    check(o, "seekable", "File or stream is not seekable.");
  }

  static void requireReadable(PyObject o) {
    check(o, "readable", "File or stream is not readable.");
  }

  static void requireWritable(PyObject o) {
    check(o, "writable", "File or stream is not writable.");
  }

  @PyMethod(name = "_checkSeekable", sig = "()")
  static boolean checkSeekable(PyObject self) {
    requireSeekable(self);
    return true;
  }

  @PyMethod(name = "_checkReadable", sig = "()")
  static boolean checkReadable(PyObject self) {
    requireReadable(self);
    return true;
  }

  @PyMethod(name = "_checkWritable", sig = "()")
  static boolean checkWritable(PyObject self) {
    requireWritable(self);
    return true;
  }

  @PyMethod(name = "_checkClosed", sig = "()")
  static void checkClosed(PyIOBase self) {
    self.checkClosedAttribute();
  }

  @PyMethod(name = "__enter__", sig = "()")
  PyObject enter() {
    checkClosedAttribute();
    return this;
  }

  @PyMethod(name = "__exit__", sig = "!(*args)")
  PyObject exit(PyTuple args) {
    return callSelf("close");
  }

  @PyMethod(sig = "()", doc = "The descriptor of the stream; OSError if it has none.")
  static PyObject fileno(PyObject self) {
    throw IoErrors.unsupported("fileno");
  }

  @PyMethod(sig = "()", doc = "Whether there is a terminal at the other end, as far as is known.")
  static boolean isatty(PyIOBase self) {
    self.checkClosedAttribute();
    return false;
  }

  @PyMethod(
      name = "readline",
      sig = "(size=-1, /)",
      doc =
          "The next line with its line feed, or size bytes or characters of it.\n\n"
              + "Text files may know other line ends, see open().")
  static PyObject baseReadline(PyIOBase self, PyObject size) {
    long limit = IoErrors.size(size);
    PyObject peek = PyObjects.getOptionalAttr(self, "peek");
    java.io.ByteArrayOutputStream line = new java.io.ByteArrayOutputStream();
    while (limit < 0 || line.size() < limit) {
      long want = 1;
      if (peek != null) {
        PyObject ahead = peek.call1(Py.int_(1));
        if (!(ahead instanceof PyBytes a)) {
          throw Errors.of(
              Exceptions.OSError,
              "peek() should have returned a bytes object, not '" + ahead.type().name() + "'");
        }
        int n = a.size();
        if (n > 0) {
          byte[] data = a.array();
          long most = limit < 0 ? n : Math.min(n, limit - line.size());
          int i = 0;
          while (i < most && data[i++] != '\n') {}
          want = i;
        }
      }
      PyObject got = self.callSelf("read", Py.int_(want));
      if (!(got instanceof PyBytes b)) {
        throw Errors.of(
            Exceptions.OSError,
            "read() should have returned a bytes object, not '" + got.type().name() + "'");
      }
      if (b.size() == 0) {
        break;
      }
      line.write(b.array(), 0, b.size());
      if (b.byteAt(b.size() - 1) == '\n') {
        break;
      }
    }
    return Py.bytes(line.toByteArray());
  }

  @PyMethod(name = "__iter__")
  PyObject iter() {
    checkClosedAttribute();
    return this;
  }

  @PyMethod(name = "__next__")
  static @Nullable PyObject baseNext(PyIOBase self) {
    PyObject line = self.callSelf("readline");
    return PySequences.length(line) <= 0 ? null : line;
  }

  @PyMethod(
      sig = "(hint=-1, /)",
      doc =
          "The lines that are left, or enough of them to have as many bytes or "
              + "characters as\n"
              + "the hint says.")
  PyObject readlines(PyObject hint) {
    long most = IoErrors.size(hint);
    PyList lines = new PyList();
    long total = 0;
    PyObject it = PyIters.getIter(this);
    for (PyObject line = PyIters.next(it); line != null; line = PyIters.next(it)) {
      lines.append(line);
      if (most > 0) {
        long n = PySequences.length(line);
        if (n > most - total) {
          break;
        }
        total += n;
      }
    }
    return lines;
  }

  @PyMethod(sig = "(lines, /)", doc = "Writes the items of an iterable, with nothing between them.")
  void writelines(PyObject lines) {
    checkClosedAttribute();
    PyObject it = PyIters.getIter(lines);
    for (PyObject line = PyIters.next(it); line != null; line = PyIters.next(it)) {
      callSelf("write", line);
    }
  }
}
