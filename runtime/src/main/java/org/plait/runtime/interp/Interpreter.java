package org.plait.runtime.interp;

import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.CodeUnit;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.PyBaseException;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.PyObject;

/** The loop that runs frames, and what happens when an exception passes through one. */
public final class Interpreter {
  private Interpreter() {}

  /**
   * Runs a frame from {@code frame.pc} until it returns or yields.
   *
   * @return what it returned or yielded ({@code frame.finished} tells which)
   */
  public static PyObject run(PyFrame f) {
    return run(f, ThreadState.current(), null);
  }

  /** As {@link #run(PyFrame)}, raising an exception, if any, at {@code frame.pc} first. */
  static PyObject run(PyFrame f, ThreadState ts, @Nullable PyException thrown) {
    ts.enterRecursive("");
    PyFrame back = ts.frame;
    f.back = back;
    f.ts = ts;
    ts.frame = f;
    try {
      return Tracer.armed()
          ? Tracer.run(f, ts, thrown)
          : loop(f, thrown == null ? f.pc : unwind(f, thrown));
    } finally {
      ts.frame = back;
      if (f.generator != null) {
        f.back = null;
      }
      ts.leaveRecursive();
    }
  }

  /** Runs a generator's frame that stands where compiled code is entered. */
  static PyObject runCompiled(PyFrame f, ThreadState ts, CompiledCode compiled) {
    f.poked = false;
    try {
      return runFrom(ts, ts.frame, f, compiled);
    } finally {
      f.back = null;
    }
  }

  /** As {@link #run(PyFrame)} for a caller that is compiled code: its thread is known. */
  static PyObject runFrom(PyFrame back, PyFrame f, @Nullable CompiledCode compiled) {
    return runFrom(back.ts, back, f, compiled);
  }

  private static PyObject runFrom(
      ThreadState ts, PyFrame back, PyFrame f, @Nullable CompiledCode compiled) {
    ts.enterRecursive("");
    f.back = back;
    f.ts = ts;
    ts.frame = f;
    try {
      if (Tracer.armed()) {
        return Tracer.run(f, ts, null);
      }
      if (compiled == null) {
        return loop(f, 0);
      }
      PyObject v = compiled.run(f, f.r);
      if (v != null) {
        f.finished = true;
        return v;
      }
      return goOn(f, f.exit);
    } catch (PyException e) {
      if (f.finished) {
        throw e;
      }
      return loopAfter(f, e);
    } catch (StackOverflowError | OutOfMemoryError | RuntimeException e) {
      return loopAfter(f, asPython(e));
    } finally {
      ts.frame = back;
      ts.leaveRecursive();
    }
  }

  /** Goes on in the loop with what compiled code left. */
  static PyObject goOn(PyFrame f, int pc) {
    if (pc >= 0) {
      return loop(f, pc);
    }
    if (pc == Instr.RETRACE) {
      return Tracer.resume(f, f.ts);
    }
    f.finished = pc == Instr.RETURN;
    return takeResult(f);
  }

  /** Goes on in the loop with an exception that compiled code let through. */
  static PyObject loopAfter(PyFrame f, PyException e) {
    if (Tracer.armed() && Tracer.wanted(f)) {
      return Tracer.resume(f, f.ts, e);
    }
    return loop(f, unwind(f, e));
  }

  /** Executes from an instruction on, untraced until somebody traces the frame. */
  static PyObject loop(PyFrame f, int start) {
    Instr[] code = f.code.linked();
    PyObject[] r = f.r;
    int pc = start;
    while (true) {
      try {
        while (pc >= 0) {
          f.pc = pc;
          pc = code[pc].exec(f, r);
        }
        break;
      } catch (PyException e) {
        if (Tracer.armed() && Tracer.wanted(f)) {
          return Tracer.resume(f, f.ts, e);
        }
        pc = unwind(f, e);
      } catch (StackOverflowError | OutOfMemoryError | RuntimeException e) {
        pc = unwind(f, asPython(e));
      }
    }
    // not in there: what the traced loop lets out has been through this frame's handlers
    return goOn(f, pc);
  }

  static PyObject takeResult(PyFrame f) {
    PyObject result = f.result;
    f.result = null;
    return result;
  }

  /** As {@link #asPython}, for code outside of the interpreter. */
  public static PyException pythonError(Throwable e) {
    return asPython(e);
  }

  /**
   * The Python exception for a Java one: errors of the machine, and faults of native code, which
   * become a SystemError that says where, so that a program meets an exception it can handle.
   */
  static PyException asPython(Throwable e) {
    if (e instanceof OutOfMemoryError) {
      return Errors.memoryError();
    }
    if (e instanceof StackOverflowError) {
      return Errors.recursionError("maximum recursion depth exceeded: the thread's stack is full");
    }
    StackTraceElement[] trace = e.getStackTrace();
    return Errors.systemError(
        "internal error: " + e + (trace.length == 0 ? "" : " at " + trace[0]));
  }

  /**
   * Finds the handler of an exception raised at {@code f.pc}.
   *
   * @return the handler's instruction; throws the exception if there is none
   */
  static int unwind(PyFrame f, PyException e) {
    PyBaseException value = e.value;
    int at = f.pc;
    if (f.reraising) {
      f.reraising = false;
      e.contextSet = true;
      if (f.reraisingInPlace) {
        f.reraisingInPlace = false;
        at = f.raisedAt;
      }
    } else {
      addTraceback(f, value);
    }
    if (!e.contextSet) {
      e.contextSet = true;
      setContext(value, f.ts.currentException());
    }
    CodeUnit u = f.code.unit;
    int entry = u.handler(f.pc);
    if (entry < 0) {
      f.finished = true;
      f.pc = at;
      throw e;
    }
    f.raisedAt = at;
    f.r[u.exceptionTable[entry + 3]] = value;
    return u.exceptionTable[entry + 2];
  }

  static void addTraceback(PyFrame f, PyBaseException value) {
    value.setTraceback(new PyTraceback(value.traceback(), f, f.pc, f.line()));
  }

  // Compare CPython _PyErr_SetObject in errors.c.
  /** Chains the exception being handled as the context of a new one, without making a cycle. */
  static void setContext(PyBaseException value, PyBaseException handled) {
    if (handled == null || handled == value) {
      return;
    }
    PyBaseException o = handled;
    PyBaseException slow = o;
    boolean step = false;
    for (PyBaseException c = o.context(); c != null; c = o.context()) {
      if (c == value) {
        o.setContext(null);
        break;
      }
      o = c;
      if (o == slow) {
        break;
      }
      if (step) {
        slow = slow.context();
      }
      step = !step;
    }
    value.setContext(handled);
  }
}
