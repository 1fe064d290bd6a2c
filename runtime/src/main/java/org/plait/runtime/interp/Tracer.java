package org.plait.runtime.interp;

import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.CodeUnit;
import org.plait.compiler.code.Opcode;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyStr;

/**
 * {@code sys.settrace} and {@code sys.setprofile}: the interpreter loop with events.
 *
 * <p>A frame runs in this loop when its thread traces as it starts, or from its next call or
 * back-edge on once somebody has set its {@code f_trace} ({@link #checkFrame}). {@link #armed} says
 * whether any thread has ever traced, so that programs that don't pay one read.
 */
public final class Tracer {
  private static final PyStr CALL = PyStr.intern("call");
  private static final PyStr LINE = PyStr.intern("line");
  private static final PyStr RETURN = PyStr.intern("return");
  private static final PyStr EXCEPTION = PyStr.intern("exception");
  private static final PyStr OPCODE = PyStr.intern("opcode");

  private static volatile boolean armed;

  private Tracer() {}

  static boolean armed() {
    return armed;
  }

  /** Makes running frames look for a trace function from now on. */
  public static void arm() {
    armed = true;
  }

  /** Sets the trace function of the current thread; null ends tracing. */
  public static void setTrace(@Nullable PyObject function) {
    ThreadState.current().traceFunction = function;
    if (function != null) {
      arm();
    }
  }

  public static void setProfile(@Nullable PyObject function) {
    ThreadState.current().profileFunction = function;
  }

  /** Behind a call in the untraced loop: whether the frame has to change loops. */
  static int checkFrame(PyFrame f, int next) {
    ThreadState ts = f.ts;
    if (f.trace == null || f.inTracedLoop || ts.traceFunction == null || ts.tracing > 0) {
      return next;
    }
    f.resumeAt = next;
    return Instr.RETRACE;
  }

  /** Goes on with a frame that has just got a trace function. */
  static PyObject resume(PyFrame f, ThreadState ts) {
    f.tracedLine = f.line();
    return finish(f, ts, f.resumeAt, null);
  }

  /** Runs a frame from its start or resumption. */
  static PyObject run(PyFrame f, ThreadState ts, @Nullable PyException thrown) {
    if (ts.tracing > 0) {
      return Interpreter.loop(f, thrown == null ? f.pc : Interpreter.unwind(f, thrown));
    }
    if (ts.traceFunction != null) {
      PyObject local = callGuarded(ts, ts.traceFunction, f, CALL, Py.None, true);
      f.trace = local == Py.None ? null : local;
    }
    if (ts.profileFunction != null) {
      callGuarded(ts, ts.profileFunction, f, CALL, Py.None, false);
    }
    return finish(f, ts, f.pc, thrown);
  }

  private static PyObject finish(
      PyFrame f, ThreadState ts, int start, @Nullable PyException thrown) {
    f.inTracedLoop = true;
    PyObject result;
    try {
      result = loop(f, ts, start, thrown);
    } catch (PyException e) {
      returned(f, ts, Py.None);
      throw e;
    } finally {
      f.inTracedLoop = false;
    }
    returned(f, ts, result);
    return result;
  }

  private static void returned(PyFrame f, ThreadState ts, PyObject result) {
    if (ts.tracing > 0) {
      return;
    }
    if (f.trace != null && ts.traceFunction != null) {
      callLocal(ts, f, RETURN, result);
    }
    if (ts.profileFunction != null) {
      callGuarded(ts, ts.profileFunction, f, RETURN, result, false);
    }
  }

  private static PyObject loop(PyFrame f, ThreadState ts, int start, @Nullable PyException thrown) {
    Instr[] code = f.code.linked();
    PyObject[] r = f.r;
    int pc = start;
    int previous = -1;
    PyException pending = thrown;
    while (true) {
      try {
        if (pending != null) {
          PyException e = pending;
          pending = null;
          pc = unwindTraced(f, ts, e);
        }
        while (pc >= 0) {
          f.pc = pc;
          if (f.trace != null && ts.tracing == 0 && ts.traceFunction != null) {
            events(f, ts, pc, previous);
          }
          previous = pc;
          pc = code[pc].exec(f, r);
        }
        f.finished = pc == Instr.RETURN;
        return Interpreter.takeResult(f);
      } catch (PyException e) {
        if (f.finished) {
          throw e;
        }
        pending = e;
      } catch (StackOverflowError | OutOfMemoryError | RuntimeException e) {
        pending = Interpreter.asPython(e);
      }
    }
  }

  private static int unwindTraced(PyFrame f, ThreadState ts, PyException e) {
    boolean again = f.reraising;
    int handler;
    try {
      handler = Interpreter.unwind(f, e);
    } catch (PyException out) {
      if (!again) {
        exceptionEvent(f, ts, e);
      }
      throw out;
    }
    if (!again) {
      exceptionEvent(f, ts, e);
    }
    return handler;
  }

  private static void exceptionEvent(PyFrame f, ThreadState ts, PyException e) {
    if (f.trace != null && ts.tracing == 0 && ts.traceFunction != null) {
      PyObject info = Py.tuple(e.value.type(), e.value, Py.orNone(e.value.traceback()));
      callLocal(ts, f, EXCEPTION, info);
    }
  }

  /** Line and opcode events in front of an instruction. */
  private static void events(PyFrame f, ThreadState ts, int pc, int previous) {
    CodeUnit u = f.code.unit;
    if (f.traceLines) {
      int line = u.line(pc);
      boolean back = pc <= previous && (pc == 0 || u.line(pc - 1) != line);
      if (line >= 0 && (line != f.tracedLine || back) && isBody(u, pc)) {
        f.tracedLine = line;
        callLocal(ts, f, LINE, Py.None);
      }
    }
    if (f.traceOpcodes && f.trace != null) {
      callLocal(ts, f, OPCODE, Py.None);
    }
  }

  /** Whether the instruction is of the source, not of the function's set-up. */
  private static boolean isBody(CodeUnit u, int pc) {
    return switch (Opcode.of(u.code[pc * CodeUnit.WORDS])) {
      case RESUME, COPY_FREE_VARS, MAKE_CELL, RETURN_GENERATOR -> false;
      default -> true;
    };
  }

  /** Calls the frame's own trace function and keeps what it returns. */
  private static void callLocal(ThreadState ts, PyFrame f, PyStr event, PyObject arg) {
    PyObject trace = f.trace;
    if (trace == null) {
      return;
    }
    PyObject result = callGuarded(ts, trace, f, event, arg, true);
    if (result != Py.None) {
      f.trace = result;
    }
  }

  /** Calls a trace or profile function untraced; an exception in it ends tracing. */
  private static PyObject callGuarded(
      ThreadState ts, PyObject function, PyFrame f, PyStr event, PyObject arg, boolean trace) {
    ts.tracing++;
    try {
      return function.call3(f, event, arg);
    } catch (PyException e) {
      if (trace) {
        ts.traceFunction = null;
        f.trace = null;
      } else {
        ts.profileFunction = null;
      }
      throw e;
    } finally {
      ts.tracing--;
    }
  }

  /** {@code f_lineno = n}. Registers of loops and handlers may not be set at the target. */
  static void jump(PyFrame f, @Nullable PyObject value) {
    if (value == null) {
      throw Errors.attributeError("cannot delete attribute", f, "f_lineno");
    }
    throw Errors.valueError("f_lineno can't be set: jumps are not supported by this interpreter");
  }
}
