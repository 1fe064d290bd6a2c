package org.plait.stress.runtime;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.plait.modules.CollectionsModule;
import org.plait.runtime.boot.BuiltinsModule;
import org.plait.runtime.boot.Compiling;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.interp.PyCode;
import org.plait.runtime.interp.PyInterpreter;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.Natives;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStr;
import org.plait.sched.PlaitThread;
import org.plait.sched.Scheduler;
import org.plait.syntax.parser.PythonParser;

/**
 * An interpreter without library: built-in functions and {@code deque}, no imports. There are so
 * many permits that no actor ever waits for one. jcstress's threads come and go without notice, so
 * each attaches itself for one action.
 */
final class Python {
  /** What stands for an exception in a result, by its type. */
  static final int KEY_ERROR = -1;

  static final int INDEX_ERROR = -2;
  static final int VALUE_ERROR = -3;
  static final int ATTRIBUTE_ERROR = -4;
  static final int RUNTIME_ERROR = -5;
  static final int STOP_ITERATION = -6;
  static final int NAME_ERROR = -7;

  private static final Scheduler SCHEDULER = Scheduler.free(64);
  private static final PyInterpreter INTERPRETER = new PyInterpreter();

  static {
    act(Python::fill);
  }

  private Python() {}

  private static void fill() {
    PyModule builtins = new PyModule("builtins", INTERPRETER.builtins);
    exec(builtins, new BuiltinsModule());
    PyModule collections = new PyModule("_collections");
    exec(collections, new CollectionsModule());
    INTERPRETER.builtins.putStr("deque", collections.get("deque"));
  }

  private static void exec(PyModule m, NativeModule n) {
    Natives.addFunctions(m, n.table());
    n.exec(m);
  }

  /** Gives the result of something that the calling Java thread does as a Python thread. */
  static <T> T in(Supplier<T> code) {
    if (PlaitThread.currentOrNull() != null) {
      return code.get();
    }
    PlaitThread.attach(SCHEDULER, null).attachment = new ThreadState(INTERPRETER);
    try {
      return code.get();
    } finally {
      PlaitThread.detach();
    }
  }

  /** Does something as a Python thread. */
  static void act(Runnable code) {
    in(
        () -> {
          code.run();
          return null;
        });
  }

  /** The namespace that a program leaves. */
  static PyDict run(String source) {
    PyDict globals = new PyDict();
    act(() -> run(globals, source));
    return globals;
  }

  private static void run(PyDict globals, String source) {
    globals.putStr("__builtins__", INTERPRETER.builtins);
    globals.putStr("__name__", Py.str("stress"));
    PyCode code =
        Compiling.compileSource(
            source.getBytes(StandardCharsets.UTF_8), "<stress>", PythonParser.Mode.EXEC, 0);
    Compiling.run(code, globals, globals, null);
  }

  /** Calls a method. */
  static PyObject call(PyObject o, String method, PyObject... args) {
    return PyCalls.callMethod(o, method, args);
  }

  /** The int that some code gives, or the number of the exception that it raises. */
  static int result(Supplier<PyObject> code) {
    return in(() -> resultHere(code));
  }

  private static int resultHere(Supplier<PyObject> code) {
    try {
      PyObject v = code.get();
      if (v instanceof PyInt i) {
        return (int) i.longValue();
      }
      return v == Py.None ? 0 : v instanceof PyStr s ? s.length() : 99;
    } catch (PyException e) {
      return number(e);
    }
  }

  static int number(PyException e) {
    return switch (e.value.type().name()) {
      case "KeyError" -> KEY_ERROR;
      case "IndexError" -> INDEX_ERROR;
      case "ValueError" -> VALUE_ERROR;
      case "AttributeError" -> ATTRIBUTE_ERROR;
      case "RuntimeError" -> RUNTIME_ERROR;
      case "StopIteration" -> STOP_ITERATION;
      case "NameError" -> NAME_ERROR;
      default -> throw e;
    };
  }
}
