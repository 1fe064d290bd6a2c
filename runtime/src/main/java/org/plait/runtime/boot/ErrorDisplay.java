package org.plait.runtime.boot;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.PyBaseException;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.interp.PyTraceback;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyStr;

/**
 * Showing exceptions that nobody caught. The library's {@code traceback} module writes them; a
 * plain text to the process's stderr is the last resort when that can't be had.
 */
public final class ErrorDisplay {
  private ErrorDisplay() {}

  /** {@code sys.__excepthook__}. */
  static void show(PyObject value, PyObject traceback) {
    PyObject err = ThreadState.current().interpreter.sys("stderr");
    if (err == Py.None) {
      return;
    }
    if (value instanceof PyBaseException e
        && traceback instanceof PyTraceback tb
        && e.traceback() == null) {
      e.setTraceback(tb);
    }
    if (value instanceof PyBaseException && err != null) {
      try {
        PyObject module = Imports.importModule("traceback");
        PyObjects.getAttr(module, "_print_exception_bltin").call1(value);
        return;
      } catch (PyException inner) {
        raw(text((PyBaseException) value) + "\nduring that:\n" + text(inner.value));
        return;
      }
    }
    if (value instanceof PyBaseException e) {
      raw(text(e));
    } else {
      String text =
          "TypeError: print_exception(): Exception expected for value, "
              + value.type().name()
              + " found\n";
      if (err != null) {
        PyCalls.callMethod(err, "write", PyStr.of(text));
      } else {
        raw(text);
      }
    }
  }

  // Compare CPython _PyErr_PrintEx in pythonrun.c.
  /** Prints an uncaught exception through {@code sys.excepthook}. */
  public static void print(PyBaseException e) {
    ThreadState ts = ThreadState.current();
    ts.interpreter.sysDict.putStr("last_exc", e);
    ts.interpreter.sysDict.putStr("last_type", e.type());
    ts.interpreter.sysDict.putStr("last_value", e);
    ts.interpreter.sysDict.putStr("last_traceback", Py.orNone(e.traceback()));
    PyObject hook = ts.interpreter.sys("excepthook");
    if (hook == null) {
      raw("sys.excepthook is missing\n" + text(e));
      return;
    }
    try {
      hook.call3(e.type(), e, Py.orNone(e.traceback()));
    } catch (PyException inner) {
      if (inner.matches(org.plait.runtime.exceptions.Exceptions.SystemExit)) {
        throw inner;
      }
      raw("Error in sys.excepthook:\n");
      show(inner.value, Py.orNone(inner.value.traceback()));
      raw("\nOriginal exception was:\n");
      show(e, Py.orNone(e.traceback()));
    }
  }

  /** {@code sys.__unraisablehook__}. */
  static void showUnraisable(PyObject u) {
    PyObject value = PyObjects.getAttr(u, "exc_value");
    PyObject message = PyObjects.getAttr(u, "err_msg");
    PyObject object = PyObjects.getAttr(u, "object");
    PyObject err = ThreadState.current().interpreter.sys("stderr");
    if (err == null || err == Py.None) {
      return;
    }
    String head = message == Py.None ? "Exception ignored" : PyObjects.str(message).toString();
    if (object != Py.None) {
      String shown;
      try {
        shown = PyObjects.repr(object).toString();
      } catch (PyException e) {
        shown = "<object repr() failed>";
      }
      head += message == Py.None ? " in: " + shown : ": " + shown;
    } else {
      head += ":";
    }
    PyCalls.callMethod(err, "write", PyStr.of(head + "\n"));
    show(value, PyObjects.getAttr(u, "exc_traceback"));
  }

  /** Writes to the process's own stderr. */
  static void raw(String text) {
    byte[] b = text.getBytes(StandardCharsets.UTF_8);
    System.err.write(b, 0, b.length);
    System.err.flush();
  }

  private static String text(PyBaseException e) {
    StringBuilder b = new StringBuilder();
    PyBaseException cause = e.cause() != null ? e.cause() : e.context();
    if (cause != null && cause != e) {
      b.append(text(cause)).append("\nthen:\n");
    }
    b.append("Traceback (most recent call last):\n");
    for (@Nullable PyTraceback t = e.traceback(); t != null; t = t.next()) {
      b.append("  File \"")
          .append(t.frame.code.filename)
          .append("\", line ")
          .append(t.line())
          .append(", in ")
          .append(t.frame.code.name)
          .append('\n');
    }
    String message;
    try {
      message = PyObjects.str(e).toString();
    } catch (PyException x) {
      message = "<exception str() failed>";
    }
    return b.append(e.type().name())
        .append(message.isEmpty() ? "" : ": " + message)
        .append('\n')
        .toString();
  }
}
