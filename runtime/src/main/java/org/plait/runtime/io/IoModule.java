package org.plait.runtime.io;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.boot.BootOptions;
import org.plait.runtime.boot.FsPaths;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.Warnings;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStr;

/** {@code _io}. */
@PyModuleDef(
    name = "_io",
    doc =
        "Streams of bytes and of text, and open(). Programs import io, which has all " + "of this.")
public final class IoModule implements NativeModule {
  /** Largest buffer that a file system's block size may ask for, bytes. */
  private static final long MAX_BUFFER = 8192 * 1024;

  @Override
  public NativeTable table() {
    return new IoModuleTable(this);
  }

  @Override
  public void exec(PyModule module) {
    module.add("DEFAULT_BUFFER_SIZE", Py.int_(IoErrors.DEFAULT_BUFFER_SIZE));
    module.add("UnsupportedOperation", IoErrors.unsupportedType());
    module.add("BlockingIOError", Exceptions.BlockingIOError);
    module.add("_IOBase", PyIOBase.TYPE);
    module.add("_RawIOBase", PyRawIOBase.TYPE);
    module.add("_BufferedIOBase", PyBufferedIOBase.TYPE);
    module.add("_TextIOBase", PyTextIOBase.TYPE);
    module.add("FileIO", PyFileIO.TYPE);
    module.add("BytesIO", PyBytesIO.TYPE);
    module.add("StringIO", PyStringIO.TYPE);
    module.add("BufferedReader", PyBufferedReader.TYPE);
    module.add("BufferedWriter", PyBufferedWriter.TYPE);
    module.add("BufferedRWPair", PyBufferedRWPair.TYPE);
    module.add("BufferedRandom", PyBufferedRandom.TYPE);
    module.add("TextIOWrapper", PyTextIOWrapper.TYPE);
    module.add("IncrementalNewlineDecoder", PyIncrementalNewlineDecoder.TYPE);
    module.add("_BytesIOBuffer", PyBytesIO.Storage.TYPE);
  }

  /** The letters of a mode. */
  private record Mode(
      boolean create,
      boolean read,
      boolean write,
      boolean append,
      boolean update,
      boolean text,
      boolean binary) {
    static Mode parse(String mode) {
      boolean wrong = false;
      for (int i = 0; i < mode.length() && !wrong; i++) {
        char c = mode.charAt(i);
        wrong = "xrwa+tb".indexOf(c) < 0 || mode.indexOf(c, i + 1) >= 0;
      }
      if (wrong) {
        throw Errors.valueError("invalid mode: '" + mode + "'");
      }
      return new Mode(
          mode.indexOf('x') >= 0,
          mode.indexOf('r') >= 0,
          mode.indexOf('w') >= 0,
          mode.indexOf('a') >= 0,
          mode.indexOf('+') >= 0,
          mode.indexOf('t') >= 0,
          mode.indexOf('b') >= 0);
    }

    int kinds() {
      return (create ? 1 : 0) + (read ? 1 : 0) + (write ? 1 : 0) + (append ? 1 : 0);
    }

    String raw() {
      return (create ? "x" : "")
          + (read ? "r" : "")
          + (write ? "w" : "")
          + (append ? "a" : "")
          + (update ? "+" : "");
    }
  }

  // Compare CPython _io_open_impl in _iomodule.c.
  @PyFunction(
      sig =
          "(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True,"
              + " opener=None)",
      doc =
          "Opens a file and returns a stream, or raises OSError.\n\n"
              + "The file is a path, or a descriptor, which the stream closes unless closefd "
              + "is False.\n\n"
              + "The mode is 'r' to read (the default), 'w' to write to an emptied file, 'a' "
              + "to write\n"
              + "behind its end, 'x' to make a file that must not exist; a '+' adds the "
              + "other\n"
              + "direction, a 'b' makes it binary. A buffering of 0 means none (binary "
              + "files), 1 line by\n"
              + "line (text files), more the size of the buffer. encoding, errors and "
              + "newline are those\n"
              + "of TextIOWrapper; an opener is called with path and flags and returns a "
              + "descriptor.")
  static PyObject open(
      PyObject file,
      String mode,
      int buffering,
      @Nullable String encoding,
      @Nullable String errors,
      @Nullable String newline,
      boolean closefd,
      PyObject opener) {
    PyObject path = PyNumbers.isIndex(file) ? file : FsPaths.fspath(file);
    Mode m = Mode.parse(mode);
    check(m, encoding, errors, newline);
    if (m.binary && buffering == 1) {
      Warnings.warn(
          Exceptions.RuntimeWarning,
          "line buffering (buffering=1) isn't supported in binary mode, the default buffer size"
              + " will be used",
          1);
    }
    PyFileIO raw = PyFileIO.opened(path, m.raw(), closefd, opener);
    PyObject result = raw;
    try {
      int size = buffering;
      boolean line = size == 1;
      if (size < 0 && raw.isattyOpenOnly()) {
        size = -1;
        line = true;
      }
      if (line) {
        size = -1;
      }
      if (size < 0) {
        size = (int) Math.max(Math.min(raw.getBlksize(), MAX_BUFFER), IoErrors.DEFAULT_BUFFER_SIZE);
      }
      if (size == 0) {
        if (!m.binary) {
          throw Errors.valueError("can't have unbuffered text I/O");
        }
        if (closefd) {
          raw.watch();
        }
        return raw;
      }
      PyBuffered buffer =
          m.update
              ? new PyBufferedRandom(PyBufferedRandom.TYPE)
              : m.read
                  ? new PyBufferedReader(PyBufferedReader.TYPE)
                  : new PyBufferedWriter(PyBufferedWriter.TYPE);
      buffer.wrapped = true;
      result = buffer;
      if (m.update) {
        PyIOBase.requireSeekable(raw);
      }
      buffer.start(raw, size);
      if (m.binary) {
        if (!raw.needsNoWatch()) {
          buffer.watch();
        }
        return buffer;
      }
      PyObject text =
          PyTextIOWrapper.TYPE.call(
              new PyObject[] {
                buffer,
                Py.strOrNone(encoding),
                Py.strOrNone(errors),
                Py.strOrNone(newline),
                Py.bool_(line)
              },
              null);
      result = text;
      PyObjects.setAttr(text, "mode", PyStr.intern(mode));
      return text;
    } catch (PyException e) {
      try {
        PyCalls.callMethod(result instanceof PyBuffered b && b.raw == null ? raw : result, "close");
      } catch (PyException second) {
        throw IoErrors.chain(e, second);
      }
      throw e;
    }
  }

  private static void check(
      Mode m, @Nullable String encoding, @Nullable String errors, @Nullable String newline) {
    if (m.text && m.binary) {
      throw Errors.valueError("can't have text and binary mode at once");
    }
    if (m.kinds() != 1) {
      throw Errors.valueError("must have exactly one of create/read/write/append mode");
    }
    if (m.binary && encoding != null) {
      throw Errors.valueError("binary mode doesn't take an encoding argument");
    }
    if (m.binary && errors != null) {
      throw Errors.valueError("binary mode doesn't take an errors argument");
    }
    if (m.binary && newline != null) {
      throw Errors.valueError("binary mode doesn't take a newline argument");
    }
  }

  @PyFunction(
      name = "open_code",
      sig = "(path)",
      doc = "Opens a file whose contents will be run, as open(path, 'rb') does.")
  static PyObject openCode(PyObject path) {
    if (!(path instanceof PyStr)) {
      throw Errors.typeError("open_code() argument 'path' must be str, not " + path.type().name());
    }
    return open(path, "rb", -1, null, null, null, true, Py.None);
  }

  @PyFunction(
      name = "text_encoding",
      sig = "(encoding, stacklevel=2, /)",
      doc =
          "The encoding for a function that may get None as its encoding.\n\n"
              + "That is the argument if it is not None, else \"utf-8\" in UTF-8 mode and "
              + "\"locale\" without;\n"
              + "an EncodingWarning is given then if sys.flags.warn_default_encoding is set.")
  static PyObject textEncoding(PyObject encoding, int stacklevel) {
    if (encoding != Py.None) {
      return encoding;
    }
    BootOptions o = BootOptions.current();
    if (o.warnDefaultEncoding != 0) {
      Warnings.warn(Exceptions.EncodingWarning, "'encoding' argument not specified", stacklevel);
    }
    return PyStr.intern(o.utf8Mode != 0 ? "utf-8" : "locale");
  }
}
