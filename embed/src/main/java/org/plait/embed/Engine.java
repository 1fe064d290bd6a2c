package org.plait.embed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.boot.Boot;
import org.plait.runtime.boot.BootOptions;
import org.plait.runtime.boot.Compiling;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.interp.PyCode;
import org.plait.runtime.interp.PyInterpreter;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyModule;
import org.plait.sched.BlockingOp;
import org.plait.sched.Clock;
import org.plait.sched.Latch;
import org.plait.sched.Outcome;
import org.plait.sched.PlaitThread;
import org.plait.sched.Scheduler;
import org.plait.syntax.parser.PythonParser;

/**
 * One interpreter and the way into it. Every public method of this package goes through {@link
 * #call}, which attaches the Java thread for as long as it takes. {@link #calls} counts the
 * outermost calls in progress; its lowest bit says that no more may begin. The call that brings it
 * to {@link #CLOSED} opens {@link #idle}.
 */
final class Engine {
  private static final int CLOSED = 1;
  private static final int ONE_CALL = 2;

  final Conversions conversions = new Conversions(this);

  private final Scheduler scheduler = Scheduler.free();
  private final AtomicInteger calls = new AtomicInteger();
  private final Latch idle = new Latch();
  private final PyInterpreter interpreter;
  private final PyModule support;

  enum Mode {
    EXPRESSION,
    STATEMENTS
  }

  /** A piece of Python's work. Runs with a permit. */
  @FunctionalInterface
  interface Work<T extends @Nullable Object> {
    T run();
  }

  Engine(BootOptions options) {
    PlaitThread.attach(scheduler, Thread.currentThread().getName());
    try {
      interpreter = Boot.start(options);
      support = new PyModule("plait");
      interpreter.modules.putStr("plait", support);
      support.add("__builtins__", interpreter.modules.getStr("builtins"));
      PyCode code = Compiling.compileSource(source(), "<plait>", PythonParser.Mode.EXEC, 0);
      Compiling.run(code, support.dict(), support.dict(), null);
      PyModule main = new PyModule("__main__");
      main.add("__builtins__", interpreter.modules.getStr("builtins"));
      interpreter.modules.putStr("__main__", main);
    } catch (PyException e) {
      throw PlaitException.of(this, e.value);
    } finally {
      PlaitThread.detach();
    }
  }

  private static byte[] source() {
    try (InputStream in = Engine.class.getResourceAsStream("plait.py")) {
      if (in == null) {
        throw new IllegalStateException("the resource org/plait/embed/plait.py is missing");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // ---- in and out

  /** Whether the current thread runs Python of this interpreter further out. */
  private boolean isInside() {
    PlaitThread t = PlaitThread.currentOrNull();
    return t != null && t.scheduler() == scheduler;
  }

  boolean isClosed() {
    return (calls.get() & CLOSED) != 0 && !isInside();
  }

  /** Runs something in Python; what Python raises comes out as a PlaitException. */
  <T extends @Nullable Object> T call(Work<T> work) {
    if (isInside()) {
      return inside(work);
    }
    if ((calls.getAndUpdate(n -> (n & CLOSED) != 0 ? n : n + ONE_CALL) & CLOSED) != 0) {
      throw new IllegalStateException("this Plait is closed");
    }
    try {
      return inside(work);
    } finally {
      if (calls.addAndGet(-ONE_CALL) == CLOSED) {
        idle.open();
      }
    }
  }

  private <T extends @Nullable Object> T inside(Work<T> work) {
    BlockingOp<T, RuntimeException> guarded =
        () -> {
          try {
            return work.run();
          } catch (PyException e) {
            throw PlaitException.of(this, e.value);
          } catch (StackOverflowError e) {
            throw PlaitException.of(
                this, Errors.recursionError("maximum recursion depth exceeded").value);
          }
        };
    return PlaitThread.inside(scheduler, () -> new ThreadState(interpreter), guarded);
  }

  /** Ends the interpreter when all calls in progress have returned; false if it is closed. */
  boolean close() {
    if (isInside()) {
      throw new IllegalStateException("a Plait cannot be closed from within");
    }
    int before = calls.getAndUpdate(n -> n | CLOSED);
    if ((before & CLOSED) != 0) {
      return false;
    }
    if (before == 0) {
      idle.open();
    }
    PlaitThread.attach(scheduler, Thread.currentThread().getName());
    try {
      PlaitThread.current().attachment = new ThreadState(interpreter);
      while (idle.await(Clock.FOREVER) != Outcome.DONE) {
        // somebody wants this thread's attention, which has time until then
      }
      Boot.finish(interpreter, 0);
    } finally {
      PlaitThread.detach();
    }
    return true;
  }

  // ---- what the others need

  PyInterpreter interpreter() {
    return interpreter;
  }

  PyModule support() {
    return support;
  }

  /** Imports a module; with a permit. */
  static PyObject module(String name) {
    return Imports.importModule(name);
  }

  PyCode compile(String source, String filename, Mode mode) {
    return Compiling.compileSource(
        source.getBytes(StandardCharsets.UTF_8),
        filename,
        mode == Mode.EXPRESSION ? PythonParser.Mode.EVAL : PythonParser.Mode.EXEC,
        0);
  }

  /** The result, or null if Python raises an exception. */
  static @Nullable Object quietly(Work<@Nullable PyObject> work) {
    try {
      return work.run();
    } catch (PyException e) {
      return null;
    }
  }

  /** The Python exception for one that a Java function threw; with a permit. */
  PyException toPython(Throwable t) {
    if (t instanceof PlaitException p && p.value().engine == this) {
      return PyException.of(p.value().object);
    }
    PyObject e = PyObjects.getAttr(support, "JavaError").call1(Py.str(t.toString()));
    PyObjects.setAttr(e, "java_exception", new JavaObject(this, t));
    return PyException.of(e);
  }
}
