package org.plait.runtime.exceptions;

import org.jspecify.annotations.Nullable;
import org.plait.host.Errno;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMember;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PySetter;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyTuple;

/** {@code OSError}: errno, its text, and the files concerned. */
@PyTypeDef(name = "OSError", subclassable = true, base = Bases.OfException.class)
public final class PyOSError extends PyBaseException {
  public static final PyType TYPE = PyType.builtin(PyOSErrorTable.INSTANCE);

  @PyMember(readonly = false)
  volatile @Nullable PyObject errno;

  @PyMember(readonly = false)
  volatile @Nullable PyObject strerror;

  @PyMember(readonly = false)
  volatile @Nullable PyObject filename;

  @PyMember(readonly = false)
  volatile @Nullable PyObject filename2;

  /** {@code BlockingIOError.characters_written}, -1 when not set. */
  private volatile long written = -1;

  public PyOSError(PyType type) {
    super(type);
  }

  /** The subclass for an error number, when OSError itself is called. */
  private static PyType classFor(PyObject number) {
    if (!(number instanceof PyInt i) || !i.isInt()) {
      return TYPE;
    }
    int n = (int) i.longValue();
    if (n == Errno.EAGAIN || n == Errno.EALREADY || n == Errno.EINPROGRESS) {
      return Exceptions.BlockingIOError;
    } else if (n == Errno.EPIPE || n == Errno.ESHUTDOWN) {
      return Exceptions.BrokenPipeError;
    } else if (n == Errno.ECHILD) {
      return Exceptions.ChildProcessError;
    } else if (n == Errno.ECONNABORTED) {
      return Exceptions.ConnectionAbortedError;
    } else if (n == Errno.ECONNREFUSED) {
      return Exceptions.ConnectionRefusedError;
    } else if (n == Errno.ECONNRESET) {
      return Exceptions.ConnectionResetError;
    } else if (n == Errno.EEXIST) {
      return Exceptions.FileExistsError;
    } else if (n == Errno.ENOENT) {
      return Exceptions.FileNotFoundError;
    } else if (n == Errno.EISDIR) {
      return Exceptions.IsADirectoryError;
    } else if (n == Errno.ENOTDIR) {
      return Exceptions.NotADirectoryError;
    } else if (n == Errno.EINTR) {
      return Exceptions.InterruptedError;
    } else if (n == Errno.EACCES || n == Errno.EPERM) {
      return Exceptions.PermissionError;
    } else if (n == Errno.ESRCH) {
      return Exceptions.ProcessLookupError;
    } else if (n == Errno.ETIMEDOUT) {
      return Exceptions.TimeoutError;
    }
    return TYPE;
  }

  /** Whether __init__, not __new__, takes the arguments: a subclass overrides __init__ only. */
  private static boolean usesInit(PyType cls) {
    return cls.special(Special.INIT) != TYPE.special(Special.INIT)
        && cls.special(Special.NEW) == TYPE.special(Special.NEW);
  }

  @PyNew(sig = "(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    PyType type = cls;
    boolean init = usesInit(cls);
    if (!init && kwnames != null) {
      throw Errors.typeError(cls.name() + "() takes no keyword arguments");
    }
    if (cls == TYPE && args.length >= 2 && args.length <= 5) {
      type = classFor(args[0]);
    }
    PyOSError e = new PyOSError(type);
    if (!init) {
      e.setFields(args);
    }
    return e;
  }

  @Override
  @PyMethod(name = "__init__", sig = "(*args, **kwargs)", raw = true)
  void init(PyObject[] args, String @Nullable [] kwnames) {
    if (usesInit(type())) {
      checkNoKeywords(kwnames);
      setFields(args);
    }
  }

  // Compare CPython oserror_parse_args and oserror_init in exceptions.c.
  private void setFields(PyObject[] args) {
    PyTuple all = PyTuple.of(args.clone());
    if (args.length >= 2 && args.length <= 5) {
      errno = args[0];
      strerror = args[1];
      PyObject file = args.length >= 3 ? args[2] : Py.None;
      PyObject file2 = args.length >= 5 ? args[4] : Py.None;
      if (file != Py.None) {
        if (type() == Exceptions.BlockingIOError && file.type().special(Special.INDEX) != null) {
          written = PyNumbers.asLong(file, Exceptions.ValueError);
        } else {
          filename = file;
          if (file2 != Py.None) {
            filename2 = file2;
          }
          all = Py.tuple(args[0], args[1]);
        }
      }
    }
    this.args = all;
  }

  /** The error number, or -1. */
  public int errno() {
    return errno instanceof PyInt i && i.isInt() ? (int) i.longValue() : -1;
  }

  @Override
  @PyMethod(name = "__str__")
  PyObject str() {
    PyObject e = Py.orNone(errno);
    PyObject s = Py.orNone(strerror);
    if (filename != null) {
      String text =
          "[Errno " + PyObjects.str(e) + "] " + PyObjects.str(s) + ": " + PyObjects.repr(filename);
      return Py.str(filename2 == null ? text : text + " -> " + PyObjects.repr(filename2));
    }
    if (errno != null && strerror != null) {
      return Py.str("[Errno " + PyObjects.str(e) + "] " + PyObjects.str(s));
    }
    return super.str();
  }

  @Override
  @PyMethod(name = "__reduce__", sig = "()")
  PyObject reduce() {
    PyTuple a = args;
    if (a.size() == 2 && filename != null) {
      a =
          filename2 == null
              ? Py.tuple(a.get(0), a.get(1), filename)
              : Py.tuple(a.get(0), a.get(1), filename, Py.None, filename2);
    }
    var d = dictIfPresentOrUsed();
    return d == null ? Py.tuple(type(), a) : Py.tuple(type(), a, d.copy());
  }

  @PyGetter("characters_written")
  PyObject getCharactersWritten() {
    if (written == -1) {
      throw Errors.attributeError("characters_written", this, "characters_written");
    }
    return Py.int_(written);
  }

  @PySetter("characters_written")
  void setCharactersWritten(@Nullable PyObject value) {
    if (value == null) {
      if (written == -1) {
        throw Errors.attributeError("characters_written", this, "characters_written");
      }
      written = -1;
    } else {
      written = PyNumbers.asLong(value, Exceptions.ValueError);
    }
  }
}
