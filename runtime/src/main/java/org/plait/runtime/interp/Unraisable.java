package org.plait.runtime.interp;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.PyBaseException;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyStructSequence;

/** Exceptions that can't be raised because nobody is there to catch them. */
public final class Unraisable {
  private Unraisable() {}

  /** The argument of {@code sys.unraisablehook}. */
  private static final PyStructSequence.Kind ARGS =
      new PyStructSequence.Kind(
          "builtins",
          "UnraisableHookArgs",
          true,
          5,
          "exc_type",
          "exc_value",
          "exc_traceback",
          "err_msg",
          "object");

  /** Whether an object is what {@code sys.unraisablehook} gets. */
  public static boolean isReport(PyObject o) {
    return o.type() == ARGS.type();
  }

  /** Equivalent of CPython's {@code PyErr_WriteUnraisable}. */
  public static void report(PyBaseException e, @Nullable PyObject object) {
    report(e, null, object);
  }

  /**
   * Equivalent of CPython's {@code PyErr_FormatUnraisable}: hands the exception to {@code
   * sys.unraisablehook}.
   *
   * @param message what was going on, or null for "Exception ignored in"
   * @param object what raised, or null
   */
  public static void report(
      PyBaseException e, @Nullable String message, @Nullable PyObject object) {
    ThreadState ts = ThreadState.current();
    PyInterpreter interpreter = ts.interpreter;
    PyFrame f = ts.frame;
    if (e.traceback() == null && f != null) {
      e.setTraceback(new PyTraceback(null, f, f.pc, f.line()));
    }
    PyObject args =
        ARGS.make(e.type(), e, Py.orNone(e.traceback()), Py.strOrNone(message), Py.orNone(object));
    PyObject hook = interpreter.sys("unraisablehook");
    try {
      if (hook == null || hook == Py.None) {
        hook = interpreter.sys("__unraisablehook__");
      }
      if (hook != null && isHeard(interpreter, hook, args)) {
        hook.call1(args);
      }
    } catch (PyException inner) {
      showFailure(interpreter, inner, "Exception ignored in sys.unraisablehook", hook);
    }
  }

  /** As {@link #report}, naming an object by its repr in the message itself. */
  public static void reportAbout(PyBaseException e, String message, PyObject object) {
    String text = message;
    try {
      text += " " + PyObjects.repr(object);
    } catch (PyException ignored) {
      // The object can't even be shown: the message goes without it.
    }
    report(e, text, null);
  }

  /**
   * Tells the audit hooks; false when one of them has raised an exception, which is told instead.
   */
  private static boolean isHeard(PyInterpreter interpreter, PyObject hook, PyObject args) {
    try {
      Audit.raise("sys.unraisablehook", hook, args);
      return true;
    } catch (PyException e) {
      showFailure(interpreter, e, "Exception ignored in audit hook", null);
      return false;
    }
  }

  /** The hook itself has failed: the default one tells so, and gives up if it fails too. */
  private static void showFailure(
      PyInterpreter interpreter, PyException inner, String message, @Nullable PyObject hook) {
    PyObject fallback = interpreter.sys("__unraisablehook__");
    if (fallback == null) {
      return;
    }
    PyBaseException e = inner.value;
    try {
      fallback.call1(
          ARGS.make(e.type(), e, Py.orNone(e.traceback()), Py.str(message), Py.orNone(hook)));
    } catch (PyException last) {
      System.err.println(message + ": " + last.getMessage());
    }
  }
}
