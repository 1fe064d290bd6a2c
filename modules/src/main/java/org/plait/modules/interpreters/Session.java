package org.plait.modules.interpreters;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.boot.Subinterpreters;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.interp.Interpreter;
import org.plait.runtime.interp.PyInterpreter;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStr;

/**
 * A visit of the current thread to an interpreter, to do something in its {@code __main__}: one
 * thread at a time. No Python object comes back from there but through {@link CrossData}.
 */
public final class Session {
  private Session() {}

  /** What a visit has come to: one of a result, an exception of the code, an own failure. */
  record Outcome(
      @Nullable CrossData result,
      @Nullable ExceptionSnapshot uncaught,
      @Nullable Supplier<PyException> failure) {
    static Outcome of(@Nullable CrossData result) {
      return new Outcome(result, null, null);
    }

    static Outcome uncaught(PyException e) {
      return new Outcome(null, ExceptionSnapshot.of(e.value), null);
    }

    /** NotShareableError in the visitor's interpreter, because of an exception over there. */
    static Outcome notShareable(String message, PyException e) {
      String text = ExceptionSnapshot.of(e.value).text();
      return failed(() -> InterpreterErrors.notShareable(message, CrossObjects.standIn(text)));
    }

    static Outcome failed(Supplier<PyException> failure) {
      return new Outcome(null, null, failure);
    }
  }

  /** What to do there. */
  interface Visit {
    Outcome run(PyDict main);
  }

  /**
   * Visits an interpreter.
   *
   * @throws PyException InterpreterError if somebody else is there, or it can't be entered; the
   *     visit's own failure
   */
  static Outcome in(PyInterpreter i, Visit visit) {
    if (!i.enterMain()) {
      if (i.isEnding()) {
        throw Errors.of(InterpreterErrors.NOT_FOUND, "unrecognized interpreter ID " + i.id);
      }
      throw InterpreterErrors.error("interpreter already running");
    }
    Outcome outcome;
    try {
      outcome = ThreadState.in(i, () -> visitMain(i, visit));
    } finally {
      i.leaveMain();
      // Its last reference may have gone meanwhile.
      endIfUnreferenced(i);
    }
    if (outcome.failure() != null) {
      throw outcome.failure().get();
    }
    return outcome;
  }

  /** Ends an interpreter that lives by references and has none left. */
  public static void endIfUnreferenced(PyInterpreter i) {
    if (i.isUnreferenced() && i.beginEnd()) {
      Subinterpreters.end(i);
    }
  }

  private static Outcome visitMain(PyInterpreter i, Visit visit) {
    try {
      if (!(mainModule(i) instanceof PyModule main)) {
        return Outcome.failed(() -> InterpreterErrors.error("failed to get __main__ namespace"));
      }
      ThreadState.current().baseGlobals = main.dict();
      return visit.run(main.dict());
    } catch (PyException e) {
      return Outcome.uncaught(e);
    } catch (StackOverflowError | OutOfMemoryError e) {
      return Outcome.uncaught(Interpreter.pythonError(e));
    }
  }

  /** {@code sys.modules['__main__']} of an interpreter that the current thread is in, or null. */
  static @Nullable PyObject mainModule(PyInterpreter i) {
    PyObject modules = i.sys("modules");
    return (modules instanceof PyDict d ? d : i.modules).get(PyStr.intern("__main__"));
  }
}
