package org.plait.runtime.exceptions;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.text.TextException;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyTuple;

/** Factories for raised exceptions: {@code throw Errors.typeError("...")}. */
public final class Errors {
  private Errors() {}

  /** An exception of the class with one str argument. */
  public static PyException of(PyType type, String message) {
    return of(type, Py.str(message));
  }

  /** Calls the class with the arguments, as {@code raise type(*args)}. */
  public static PyException of(PyType type, PyObject... args) {
    return new PyException(instantiate(type.call(args, null)));
  }

  /** The exception instance for what stands after {@code raise}. */
  public static PyBaseException instantiate(PyObject exception) {
    if (exception instanceof PyBaseException e) {
      return e;
    }
    if (exception instanceof PyType t && t.isSubtypeOf(PyBaseException.TYPE)) {
      PyObject made = t.call0();
      if (made instanceof PyBaseException e) {
        return e;
      }
      throw typeError(
          "calling "
              + t.fullReprName()
              + " should have returned an instance of BaseException, not "
              + made.type().fullReprName());
    }
    throw typeError("exceptions must derive from BaseException");
  }

  /**
   * A new exception class as C code makes them: equivalent of CPython's {@code PyErr_NewException}.
   */
  public static PyType newException(String module, String name, PyType base, @Nullable String doc) {
    PyDict dict = new PyDict();
    dict.putStr("__module__", Py.str(module));
    if (doc != null) {
      dict.putStr("__doc__", Py.str(doc));
    }
    PyObject[] args = {Py.str(name), Py.tuple(base), dict};
    return ((PyType) PyType.TYPE.call(args, null)).shared();
  }

  public static PyException typeError(String message) {
    return of(Exceptions.TypeError, message);
  }

  public static PyException valueError(String message) {
    return of(Exceptions.ValueError, message);
  }

  public static PyException indexError(String message) {
    return of(Exceptions.IndexError, message);
  }

  /** KeyError whose argument is the key itself. */
  public static PyException keyError(PyObject key) {
    // A tuple key must stay one argument.
    return of(Exceptions.KeyError, new PyObject[] {key});
  }

  public static PyException overflowError(String message) {
    return of(Exceptions.OverflowError, message);
  }

  public static PyException zeroDivisionError(String message) {
    return of(Exceptions.ZeroDivisionError, message);
  }

  public static PyException runtimeError(String message) {
    return of(Exceptions.RuntimeError, message);
  }

  public static PyException systemError(String message) {
    return of(Exceptions.SystemError, message);
  }

  public static PyException bufferError(String message) {
    return of(Exceptions.BufferError, message);
  }

  public static PyException memoryError() {
    return of(Exceptions.MemoryError);
  }

  public static PyException recursionError(String message) {
    return of(Exceptions.RecursionError, message);
  }

  public static PyException notImplemented(String message) {
    return of(Exceptions.NotImplementedError, message);
  }

  public static PyException eofError(String message) {
    return of(Exceptions.EOFError, message);
  }

  public static PyException referenceError(String message) {
    return of(Exceptions.ReferenceError, message);
  }

  public static PyException unicodeError(String message) {
    return of(Exceptions.UnicodeError, message);
  }

  public static PyException nameError(String message, String name) {
    PyException e = of(Exceptions.NameError, message);
    e.value.setAttribute("name", Py.str(name));
    return e;
  }

  public static PyException stopIteration(@Nullable PyObject value) {
    return value == null || value == Py.None
        ? of(Exceptions.StopIteration)
        : of(Exceptions.StopIteration, new PyObject[] {value});
  }

  /** AttributeError with its {@code obj} and {@code name}. */
  public static PyException attributeError(String message, PyObject obj, String name) {
    PyException e = of(Exceptions.AttributeError, message);
    e.value.setAttribute("name", Py.str(name));
    e.value.setAttribute("obj", obj);
    return e;
  }

  /** The standard "'T' object has no attribute 'x'" of any object. */
  public static PyException noAttribute(PyObject o, String name) {
    String text =
        o instanceof PyType t
            ? "type object '" + t.name() + "' has no attribute '" + name + "'"
            : "'" + o.type().name() + "' object has no attribute '" + name + "'";
    return attributeError(text, o, name);
  }

  /** {@code OSError(errno, strerror[, filename[, None, filename2]])}: the subclass by errno. */
  public static PyException osError(int errno, String strerror, PyObject... filenames) {
    PyObject number = Py.int_(errno);
    PyObject text = Py.str(strerror);
    PyObject[] args =
        switch (filenames.length) {
          case 0 -> new PyObject[] {number, text};
          case 1 -> new PyObject[] {number, text, filenames[0]};
          default -> new PyObject[] {number, text, filenames[0], Py.None, filenames[1]};
        };
    return of(Exceptions.OSError, args);
  }

  /** The Python exception for an error of the text algorithms. */
  public static PyException of(TextException e) {
    PyType type =
        switch (e.kind()) {
          case VALUE, STRUCT -> Exceptions.ValueError;
          case OVERFLOW -> Exceptions.OverflowError;
          case TYPE -> Exceptions.TypeError;
          case KEY -> Exceptions.KeyError;
          case INDEX -> Exceptions.IndexError;
          case LOOKUP -> Exceptions.LookupError;
          case MEMORY -> Exceptions.MemoryError;
        };
    return e.kind() == TextException.Kind.MEMORY ? memoryError() : of(type, e.text());
  }

  public static PyException importError(String message, @Nullable PyObject name) {
    PyException e = of(Exceptions.ImportError, message);
    if (name != null) {
      e.value.setAttribute("name", name);
    }
    return e;
  }

  /** The exception for arguments that are one tuple, e.g. SyntaxError details. */
  public static PyException ofTuple(PyType type, String message, PyTuple details) {
    return of(type, Py.str(message), details);
  }
}
