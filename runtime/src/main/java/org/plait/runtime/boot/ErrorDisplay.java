package org.plait.runtime.boot;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyBaseException;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.interp.Audit;
import org.plait.runtime.interp.PyTraceback;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.interp.Unraisable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyStr;

/**
 * Showing exceptions that nobody caught. The library's {@code traceback} module writes them; a
 * plain text to the process's stderr is the last resort when that can't be had.
 */
public final class ErrorDisplay {
  /** How many equal lines of a traceback are shown. */
  private static final int MAX_REPEATED = 3;

  /** How many entries of a traceback are shown unless {@code sys.tracebacklimit} says so. */
  private static final int MAX_ENTRIES = 1000;

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
    try {
      Audit.raise("sys.excepthook", Py.orNone(hook), e.type(), e, Py.orNone(e.traceback()));
    } catch (PyException refused) {
      if (refused.matches(Exceptions.RuntimeError)) {
        return;
      }
      Unraisable.report(refused.value, "Exception ignored in audit hook", null);
    }
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

  // Compare CPython write_unraisable_exc_file in errors.c.
  /** {@code sys.__unraisablehook__}: shorter than other displays, and without their module. */
  static void showUnraisable(PyObject u) {
    if (!Unraisable.isReport(u)) {
      throw Errors.typeError("sys.unraisablehook argument type must be UnraisableHookArgs");
    }
    PyObject err = ThreadState.current().interpreter.sys("stderr");
    if (err == null || err == Py.None) {
      return;
    }
    PyObject message = PyObjects.getAttr(u, "err_msg");
    PyObject object = PyObjects.getAttr(u, "object");
    StringBuilder b = new StringBuilder();
    if (object != Py.None) {
      b.append(message == Py.None ? "Exception ignored in" : PyObjects.str(message)).append(": ");
      try {
        b.append(PyObjects.repr(object));
      } catch (PyException e) {
        b.append("<object repr() failed>");
      }
      b.append('\n');
    } else if (message != Py.None) {
      b.append(PyObjects.str(message)).append(":\n");
    }
    if (PyObjects.getAttr(u, "exc_traceback") instanceof PyTraceback tb) {
      appendTraceback(b, tb);
    }
    PyObject type = PyObjects.getAttr(u, "exc_type");
    PyObject value = PyObjects.getAttr(u, "exc_value");
    b.append(type instanceof PyType t ? name(t) : "<unknown>");
    if (value != Py.None) {
      b.append(": ").append(message(value));
    }
    PyCalls.callMethod(err, "write", PyStr.of(b.append('\n').toString()));
    PyCalls.callMethod(err, "flush");
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
      appendTraceback(b, e.traceback());
    }
    String message = message(e);
    b.append(name(e.type())).append(message.isEmpty() ? "" : ": " + message).append('\n');
  }

  /** The qualified name, with the module except for the program's own and built-in ones. */
  private static String name(PyType type) {
    PyObject module = PyObjects.getOptionalAttr(type, "__module__");
    if (!(module instanceof PyStr)) {
      return "<unknown>" + type.qualname();
    }
    String prefix = module.toString();
    boolean plain = prefix.equals("builtins") || prefix.equals("__main__");
    return (plain ? "" : prefix + ".") + type.qualname();
  }

  private static String message(PyObject e) {
    try {
      return PyObjects.str(e).toString();
    } catch (PyException x) {
      return "<exception str() failed>";
    }
  }

  // Compare CPython tb_printinternal in traceback.c.
  private static void appendTraceback(StringBuilder b, PyTraceback outermost) {
    PyTraceback first = limited(outermost);
    if (first == null) {
      return;
    }
    b.append("Traceback (most recent call last):\n");
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
          b.append("    ").append(line.stripLeading());
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

  /** The innermost part, as long as {@code sys.tracebacklimit} lets it be. */
  private static @Nullable PyTraceback limited(PyTraceback outermost) {
    long limit = MAX_ENTRIES;
    if (ThreadState.current().interpreter.sys("tracebacklimit") instanceof PyInt i) {
      limit = i.signum() < 0 ? 0 : i.isLong() ? i.longValue() : Long.MAX_VALUE;
    }
    long depth = 0;
    for (@Nullable PyTraceback t = outermost; t != null; t = t.next()) {
      depth++;
    }
    PyTraceback first = outermost;
    for (; first != null && depth > limit; depth--) {
      first = first.next();
    }
    return first;
  }

  private static boolean sameEntry(PyTraceback x, PyTraceback y) {
    return x.line() == y.line()
        && x.frame.code.filename.equalTo(y.frame.code.filename)
        && x.frame.code.name.equalTo(y.frame.code.name);
  }
}
