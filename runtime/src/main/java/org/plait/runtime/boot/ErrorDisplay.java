package org.plait.runtime.boot;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
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
  /** How many equal lines of a traceback are shown. */
  private static final int MAX_REPEATED = 3;

  private ErrorDisplay() {}

  /** {@code sys.__excepthook__}. */
  static void show(PyObject value, PyObject traceback) {
    PyObject err = ThreadState.current().interpreter.sys("stderr");
    if (err != Py.None) {
      show(value, traceback, err);
    }
  }

  /** The same where {@code sys.stderr} is None; {@code err} is the last resort but one. */
  static void show(PyObject value, PyObject traceback, @Nullable PyObject err) {
    if (value instanceof PyBaseException e
        && traceback instanceof PyTraceback tb
        && e.traceback() == null) {
      e.setTraceback(tb);
    }
    if (value instanceof PyBaseException && err != null) {
      try {
        // Its choice of the file is CPython's, too: sys.__stderr__ where sys.stderr is None.
        PyObject module = Imports.importModule("traceback");
        PyObjects.getAttr(module, "_print_exception_bltin").call1(value);
        return;
      } catch (PyException inner) {
        try {
          PyCalls.callMethod(err, "write", PyStr.of(text((PyBaseException) value)));
        } catch (PyException unwritable) {
          raw(text((PyBaseException) value));
        }
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
      raw("sys.excepthook is missing\n");
      show(e, Py.orNone(e.traceback()));
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

  /** Shows an exception without running Python code. */
  static void showPlainly(PyBaseException e) {
    raw(text(e));
  }

  /** Writes to the process's own stderr. */
  static void raw(String text) {
    byte[] b = text.getBytes(StandardCharsets.UTF_8);
    System.err.write(b, 0, b.length);
    System.err.flush();
  }

  // Compare CPython print_exception_recursive in pythonrun.c.
  /** The display without the traceback module, for when that can't be used. */
  private static String text(PyBaseException e) {
    StringBuilder b = new StringBuilder();
    append(b, e, Collections.newSetFromMap(new IdentityHashMap<>()));
    return b.toString();
  }

  private static void append(StringBuilder b, PyBaseException e, Set<PyBaseException> seen) {
    if (!seen.add(e)) {
      return;
    }
    PyBaseException cause = e.cause();
    if (cause != null) {
      if (!seen.contains(cause)) {
        append(b, cause, seen);
        b.append("\nThe above exception was the direct cause of the following exception:\n\n");
      }
    } else {
      PyBaseException context = e.context();
      if (context != null && !e.suppressContext() && !seen.contains(context)) {
        append(b, context, seen);
        b.append("\nDuring handling of the above exception, another exception occurred:\n\n");
      }
    }
    if (e.traceback() != null) {
      b.append("Traceback (most recent call last):\n");
      appendEntries(b, e.traceback());
    }
    PyObject module = PyObjects.getOptionalAttr(e.type(), "__module__");
    String prefix = module instanceof PyStr ? module.toString() : "builtins";
    if (!prefix.equals("builtins") && !prefix.equals("__main__")) {
      b.append(prefix).append('.');
    }
    b.append(e.type().qualname());
    String message;
    try {
      message = PyObjects.str(e).toString();
    } catch (PyException x) {
      message = "<exception str() failed>";
    }
    b.append(message.isEmpty() ? "" : ": " + message).append('\n');
  }

  // Compare CPython tb_printinternal in traceback.c.
  private static void appendEntries(StringBuilder b, PyTraceback first) {
    boolean source = PyObjects.getOptionalAttr(Imports.importModule("io"), "open") != null;
    String last = null;
    int repeated = 0;
    for (@Nullable PyTraceback t = first; t != null; t = t.next()) {
      String file = t.frame.code.filename.toString();
      String entry =
          "  File \"" + file + "\", line " + t.line() + ", in " + t.frame.code.name + "\n";
      repeated = entry.equals(last) ? repeated + 1 : 0;
      if (repeated == 0) {
        last = entry;
      }
      if (repeated < MAX_REPEATED) {
        b.append(entry);
        String line = source ? Compiling.lineOf(file, t.line()) : null;
        if (line != null) {
          b.append("    ").append(line.strip()).append('\n');
        }
      }
      PyTraceback next = t.next();
      if (repeated >= MAX_REPEATED && (next == null || !sameEntry(t, next))) {
        int more = repeated - MAX_REPEATED + 1;
        b.append("  [Previous line repeated ")
            .append(more)
            .append(more == 1 ? " more time]\n" : " more times]\n");
      }
    }
  }

  private static boolean sameEntry(PyTraceback x, PyTraceback y) {
    return x.line() == y.line()
        && x.frame.code.filename.equalTo(y.frame.code.filename)
        && x.frame.code.name.equalTo(y.frame.code.name);
  }
}
