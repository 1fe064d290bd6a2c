package org.plait.runtime.boot;

import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.interp.InterpreterConfig;
import org.plait.runtime.interp.PyInterpreter;
import org.plait.runtime.interp.PyRuntime;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.interp.Unraisable;
import org.plait.runtime.object.Py;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.Warnings;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyStr;

/** Making and ending the interpreters beside the main one. */
public final class Subinterpreters {
  private Subinterpreters() {}

  /**
   * Makes an interpreter with modules of its own and an empty {@code __main__}.
   *
   * @return the interpreter, ready and idle
   * @throws PyException if its start fails; then there is none
   */
  public static PyInterpreter create(PyRuntime runtime, InterpreterConfig config, int whence) {
    PyInterpreter i = new PyInterpreter(runtime, config, whence);
    try {
      ThreadState.in(
          i,
          () -> {
            Boot.fill(i, BootOptions.current());
            addPath0(i, runtime.main().sysPath0);
            Boot.addMain(i);
            return null;
          });
    } catch (PyException e) {
      i.ended();
      throw e;
    }
    i.setReady();
    return i;
  }

  private static void addPath0(PyInterpreter i, String dir) {
    if (dir != null && i.sys("path") instanceof PyList path) {
      i.sysPath0 = dir;
      PyCalls.callMethod(path, "insert", Py.int_(0), PyStr.of(dir));
    }
  }

  /**
   * Ends an interpreter whose end has begun ({@link PyInterpreter#beginEnd}): waits for its
   * threads, runs its atexit functions and finalizers.
   */
  public static void end(PyInterpreter i) {
    try {
      ThreadState.in(i, () -> Boot.finish(i, 0));
    } finally {
      i.ended();
      i.modules.clear();
    }
  }

  /** Ends those that the program has left; one that still runs code ends with the process. */
  static void endAll(PyRuntime runtime) {
    boolean warned = false;
    for (PyInterpreter i : runtime.all()) {
      if (i.isMain() || !i.isReady()) {
        continue;
      }
      if (!warned) {
        warned = true;
        warn();
      }
      if (i.beginEnd()) {
        end(i);
      }
    }
  }

  private static void warn() {
    try {
      Warnings.warn(
          Exceptions.RuntimeWarning,
          "remaining subinterpreters; close them with Interpreter.close()",
          0);
    } catch (PyException e) {
      Unraisable.report(e.value, null);
    }
  }
}
