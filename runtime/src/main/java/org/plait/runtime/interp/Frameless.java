package org.plait.runtime.interp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.CodeUnit;
import org.plait.compiler.code.Opcode;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.QuietMethods;

/**
 * Leaving activations that have no frame ({@link FastCode}), and going on with them.
 *
 * <p>Such code does nothing that could look at frames: it calls only code of its own kind and
 * native code that runs no Python code. Where it must do more it makes its frame, with all
 * registers in their places, and returns null; so does each caller of the same kind, whose frame
 * stands at the call. The caller of another kind, which has a frame (or is native), then runs these
 * frames, the innermost first, each with the result or exception of the one before: {@link
 * #finish}. So whoever looks finds all frames, linked as ever.
 *
 * <p>The frame of a generator that was being started gets its generator then, which runs as if it
 * had been resumed; each such frame but the outermost has been started by the next one.
 *
 * <p>{@link ThreadState#left} is the innermost of the frames left, {@link ThreadState#leftLast} the
 * outermost; their {@code back} links those between. Both are null while nothing is being left.
 */
final class Frameless {
  private Frameless() {}

  // ---- leaving, for compiled code

  /** Makes the frame of an activation that is being left; the caller fills its registers. */
  static PyObject[] leave(FastCode self, ThreadState ts, PyFunction fn, int where) {
    return leave(self, ts, fn, FastCode.pcOf(where), FastCode.howOf(where)).r;
  }

  private static PyFrame leave(FastCode self, ThreadState ts, PyFunction fn, int pc, int how) {
    PyCode code = self.tier.code;
    PyFrame f =
        new PyFrame(code, new PyObject[code.unit.registerCount], fn.globals, fn.builtins, null, fn);
    f.pc = pc;
    f.exit = how;
    f.ts = ts;
    ts.leaveRecursive();
    if (how >= FastCode.CALLED) {
      ts.leftLast.back = f;
      ts.leftLast = f;
      return f;
    }
    ts.left = f;
    ts.leftLast = f;
    ts.leftException = null;
    if (ts.wouldBlock) {
      ts.wouldBlock = false;
    } else if (how <= FastCode.COLD
        || how == FastCode.THROWN && code.hasHandlers && code.unit.handler(pc) >= 0) {
      self.tier.left(self, pc, how);
    }
    return f;
  }

  static PyObject[] leave(FastCode self, ThreadState ts, PyFunction fn, int pc, Throwable e) {
    PyFrame f = leave(self, ts, fn, pc, FastCode.THROWN);
    ts.leftException = e;
    return f.r;
  }

  /** Code for numbers without boxes was called with something else: leaves it before its start. */
  static void leave(FastCode self, ThreadState ts, PyFunction fn, PyObject[] arguments) {
    ts.enterRecursiveUnchecked();
    PyFrame f = leave(self, ts, fn, 0, FastCode.GUESS);
    System.arraycopy(arguments, 0, f.r, 0, arguments.length);
  }

  /** Whether what looks like it is not a result: the code has been left. */
  static boolean isLeft(ThreadState ts) {
    return ts.left != null;
  }

  // ---- going on

  /** Calls a function by its code without a frame, from code of another kind. */
  static PyObject call0(FastCode fast, ThreadState ts, PyFunction fn) {
    int depth = ts.depth();
    PyObject v;
    try {
      v = fast.run0(ts, fn);
    } catch (Throwable e) {
      throw lost(ts, depth, e);
    }
    return v != null ? v : finish(ts, depth);
  }

  static PyObject call1(FastCode fast, ThreadState ts, PyFunction fn, PyObject a) {
    int depth = ts.depth();
    PyObject v;
    try {
      v = fast.run1(ts, fn, a);
    } catch (Throwable e) {
      throw lost(ts, depth, e);
    }
    return v != null ? v : finish(ts, depth);
  }

  static PyObject call2(FastCode fast, ThreadState ts, PyFunction fn, PyObject a, PyObject b) {
    int depth = ts.depth();
    PyObject v;
    try {
      v = fast.run2(ts, fn, a, b);
    } catch (Throwable e) {
      throw lost(ts, depth, e);
    }
    return v != null ? v : finish(ts, depth);
  }

  static PyObject call3(
      FastCode fast, ThreadState ts, PyFunction fn, PyObject a, PyObject b, PyObject c) {
    int depth = ts.depth();
    PyObject v;
    try {
      v = fast.run3(ts, fn, a, b, c);
    } catch (Throwable e) {
      throw lost(ts, depth, e);
    }
    return v != null ? v : finish(ts, depth);
  }

  /** With as many arguments as parameters, or more elements that don't count. */
  static PyObject call(FastCode fast, ThreadState ts, PyFunction fn, PyObject[] args) {
    int depth = ts.depth();
    PyObject v;
    try {
      v = fast.run(ts, fn, args);
    } catch (Throwable e) {
      throw lost(ts, depth, e);
    }
    return v != null ? v : finish(ts, depth);
  }

  /** What came through activations that could not even be left: the stack or the heap is full. */
  static RuntimeException lost(ThreadState ts, int depth, Throwable e) {
    ts.setDepth(depth);
    ts.left = null;
    ts.leftLast = null;
    ts.leftException = null;
    if (e instanceof Error x) {
      throw x;
    }
    throw (RuntimeException) e;
  }

  /** Runs the frames that were left, the innermost first. Returns what the outermost returns. */
  static PyObject finish(ThreadState ts, int depth) {
    PyFrame f = ts.left;
    final PyFrame last = ts.leftLast;
    Throwable e = ts.leftException;
    ts.left = null;
    ts.leftLast = null;
    ts.leftException = null;
    PyFrame back = ts.frame;
    last.back = back;
    int count = 0;
    for (PyFrame g = f; g != back; g = g.back) {
      count++;
      if (g.code.startsGenerator()) {
        PyGenerator.started(g);
      }
    }
    ts.setDepth(depth + count);
    PyObject v = null;
    PyGeneratorBase inner = null;
    try {
      while (true) {
        PyFrame next = f.back;
        ts.frame = f;
        boolean yielded = false;
        try {
          v = goOn(f, ts, inner, v, e);
          e = null;
          yielded = !f.finished;
        } catch (PyException x) {
          e = x;
        } finally {
          if (f.scope != null) {
            leaveScope(f);
          }
          inner = f.generator;
          if (inner != null) {
            f.back = null;
            inner.endStep(yielded);
          }
        }
        if (f == last) {
          if (e != null) {
            throw (PyException) e;
          }
          return v;
        }
        f = next;
        ts.leaveRecursive();
      }
    } finally {
      ts.frame = back;
      ts.setDepth(depth);
    }
  }

  private static void leaveScope(PyFrame f) {
    QuietMethods.Scope s = f.scope;
    f.scope = null;
    s.leave();
  }

  /**
   * The first step of a generator to which a frame delegates was left: goes on with it, as SEND.
   *
   * @param receiver the register that holds the generator if it yields
   * @return what it yielded; or what it returned, and then {@link PyFrame#exit} is 1
   */
  static PyObject finishStart(ThreadState ts, int depth, PyFrame caller, int receiver) {
    PyFrame f = ts.leftLast;
    PyObject v = finish(ts, depth);
    caller.exit = f.finished ? 1 : 0;
    if (!f.finished) {
      caller.r[receiver] = f.generator;
    }
    return v;
  }

  /**
   * Goes on with a frame.
   *
   * @param inner the generator whose step gave {@code v}, if it was one
   */
  private static PyObject goOn(
      PyFrame f,
      ThreadState ts,
      @Nullable PyGeneratorBase inner,
      @Nullable PyObject v,
      @Nullable Throwable e) {
    if (e != null) {
      return Interpreter.loopAfter(f, e instanceof PyException p ? p : Interpreter.asPython(e));
    }
    int next;
    switch (f.exit) {
      case FastCode.TOO_DEEP -> {
        f.pc = begin(f);
        ts.frame = f.back;
        ts.leaveRecursive();
        try {
          return Interpreter.run(f);
        } finally {
          ts.enterRecursiveUnchecked();
        }
      }
      case FastCode.CALLED, FastCode.CONSTRUCTED -> {
        try {
          next = called(f, v);
        } catch (PyException x) {
          return Interpreter.loopAfter(f, x);
        }
      }
      case FastCode.STARTED -> next = sent(f, inner, v);
      default -> {
        f.pc = begin(f);
        if (isTraced(f)) {
          f.extras().resumeAt = f.pc;
          return Tracer.resume(f, f.ts);
        }
        try {
          next = f.code.tier().base[f.pc].exec(f, f.r);
        } catch (PyException x) {
          return Interpreter.loopAfter(f, x);
        } catch (StackOverflowError | OutOfMemoryError | RuntimeException x) {
          return Interpreter.loopAfter(f, Interpreter.asPython(x));
        }
      }
    }
    return Interpreter.goOn(f, next);
  }

  /**
   * Whether somebody has come to want the frame's events, that of the instruction it is left at
   * included. The one at the function's start looks by itself.
   */
  private static boolean isTraced(PyFrame f) {
    return Tracer.armed()
        && Opcode.of(f.code.unit.code[f.pc * CodeUnit.WORDS]) != Opcode.RESUME
        && Tracer.wanted(f);
  }

  /**
   * Does what a call does before a generator's code begins, if that hasn't been done. Returns where
   * to go on.
   */
  private static int begin(PyFrame f) {
    int pc = f.pc;
    if (f.generator != null) {
      while (pc < f.code.returnGenerator) {
        pc = f.code.tier().base[pc].exec(f, f.r);
      }
      pc = Math.max(pc, f.code.returnGenerator + 1);
    }
    return pc;
  }

  /** The generator to which a frame delegates has done its first step. Returns where to go on. */
  private static int sent(PyFrame f, PyGeneratorBase generator, PyObject v) {
    int at = f.pc * CodeUnit.WORDS;
    int[] code = f.code.unit.code;
    f.r[code[at + 1]] = v;
    int next = code[at + 3];
    if (!generator.frame.finished) {
      f.r[code[at + 2]] = generator;
      next = f.pc + 1;
    }
    return Tracer.looks() ? Tracer.checkFrame(f, next) : next;
  }

  /** A call has returned. Returns where to go on. */
  private static int called(PyFrame f, PyObject v) {
    CodeUnit u = f.code.unit;
    int at = f.pc * CodeUnit.WORDS;
    int base = u.code[at + 2];
    PyObject result = v;
    if (f.exit == FastCode.CONSTRUCTED) {
      if (v != Py.None) {
        throw Errors.typeError("__init__() should return None, not '" + v.type().name() + "'");
      }
      result = f.r[base];
    }
    // The function, the arguments, and what may be self.
    int n = u.code[at + 3];
    int count =
        switch (Opcode.of(u.code[at])) {
          case CALL -> 1 + n;
          case CALL_METHOD -> 2 + n;
          case CALL_KW -> 1 + u.callShapes[n].argCount;
          case CALL_METHOD_KW -> 2 + u.callShapes[n].argCount;
          default -> 0;
        };
    Arrays.fill(f.r, base, base + count, null);
    f.r[u.code[at + 1]] = result;
    return Tracer.looks() ? Tracer.checkFrame(f, f.pc + 1) : f.pc + 1;
  }
}
