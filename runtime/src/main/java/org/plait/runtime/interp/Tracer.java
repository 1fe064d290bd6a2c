package org.plait.runtime.interp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.CodeUnit;
import org.plait.compiler.code.Opcode;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.PyBaseException;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyBuiltinFunction;
import org.plait.runtime.object.PyMethodDescriptor;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyStr;
import org.plait.sched.PlaitThread;
import org.plait.sched.SafePoint;

/**
 * {@code sys.settrace}, {@code sys.setprofile} and {@code sys.monitoring}: the interpreter loop
 * with events.
 *
 * <p>A frame runs in this loop when somebody wants its events as it starts, or from its next call
 * or back-edge on ({@link #checkFrame}). {@link #armed} says whether anybody has ever wanted
 * events, so that programs that don't pay one read; the same read tells the main thread of signals.
 */
public final class Tracer {
  private static final PyStr CALL = PyStr.intern("call");
  private static final PyStr LINE = PyStr.intern("line");
  private static final PyStr RETURN = PyStr.intern("return");
  private static final PyStr EXCEPTION = PyStr.intern("exception");
  private static final PyStr OPCODE = PyStr.intern("opcode");
  private static final PyStr C_CALL = PyStr.intern("c_call");
  private static final PyStr C_RETURN = PyStr.intern("c_return");
  private static final PyStr C_EXCEPTION = PyStr.intern("c_exception");

  /** Somebody has wanted events; never taken back. */
  private static final int EVENTS = 1;

  /** The main thread is to look for signals behind a call as well. */
  private static final int SIGNALS = 1 << 1;

  private static volatile int armed;
  private static final VarHandle ARMED;

  static {
    try {
      ARMED = MethodHandles.lookup().findStaticVarHandle(Tracer.class, "armed", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private Tracer() {}

  static boolean armed() {
    return (armed & EVENTS) != 0;
  }

  /** Behind a call: whether to look what there is to do, by {@link #checkFrame}. */
  static boolean looks() {
    return armed != 0;
  }

  /** Makes running frames look from now on whether somebody wants their events. */
  public static void arm() {
    if (((int) ARMED.getAndBitwiseOr(EVENTS) & EVENTS) == 0) {
      SafePoint.stayArmed();
    }
  }

  /**
   * Makes the main thread, which has been asked to run the handlers of signals, do so behind the
   * call that it is in, as CPython does, and not only at the next loop or function. To be called
   * after the request. Whoever takes the flag away, because the handlers have run already, looks
   * once more, lest it was another's.
   */
  public static void expectSignals(PlaitThread main) {
    do {
      ARMED.getAndBitwiseOr(SIGNALS);
    } while (!main.isInterruptRequested() && signalsTaken(main));
  }

  /** The main thread is about to run the handlers. Returns whether it has been asked again. */
  public static boolean signalsTaken(PlaitThread main) {
    ARMED.getAndBitwiseAnd(~SIGNALS);
    return main.isInterruptRequested();
  }

  private static boolean isSignalled() {
    if ((armed & SIGNALS) == 0) {
      return false;
    }
    PlaitThread t = PlaitThread.currentOrNull();
    return t != null && t.isInterruptRequested();
  }

  /** Whether a frame of compiled code has to be left for {@link #checkFrame}. */
  static boolean wantsLook(PyFrame f) {
    return isSignalled() || wanted(f);
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
    if (function != null) {
      arm();
    }
  }

  /**
   * Behind a call in the loop without events: whether the frame has to change loops. Sees to
   * signals first, but not between the __enter__ of a with statement and its body: what has been
   * entered is left.
   */
  static int checkFrame(PyFrame f, int next) {
    if (isSignalled() && !f.code.unit.beginsBlock(next)) {
      SafePoint.poll();
    }
    return checkEvents(f, next);
  }

  /** As {@link #checkFrame}, but signals are seen to elsewhere. */
  static int checkEvents(PyFrame f, int next) {
    if (!wanted(f)) {
      return next;
    }
    f.extras().resumeAt = next;
    return Instr.RETRACE;
  }

  /** Whether a frame in the loop without events has to change loops. */
  static boolean wanted(PyFrame f) {
    ThreadState ts = f.ts;
    return !inTracedLoop(f)
        && ts.tracing == 0
        && (ts.traceFunction != null && f.trace() != null
            || ts.profileFunction != null
            || Monitoring.wanted(f.code));
  }

  /** Whether a frame is in the loop with events already. */
  static boolean inTracedLoop(PyFrame f) {
    FrameExtras x = f.extrasOrNull();
    return x != null && x.inTracedLoop;
  }

  /** As {@link #resume} with an exception that has come up to the frame. */
  static PyObject resume(PyFrame f, ThreadState ts, PyException e) {
    f.extras().tracedLine = f.line();
    return new Tracing(f, ts, true).run(f.pc, e);
  }

  /** Goes on with a frame whose events somebody has come to want. */
  static PyObject resume(PyFrame f, ThreadState ts) {
    FrameExtras x = f.extras();
    x.tracedLine = f.line();
    return new Tracing(f, ts, true).run(x.resumeAt, null);
  }

  /** Runs a frame from its start or resumption. */
  static PyObject run(PyFrame f, ThreadState ts, @Nullable PyException thrown) {
    if (ts.tracing > 0
        || ts.traceFunction == null && ts.profileFunction == null && !Monitoring.wanted(f.code)) {
      return Interpreter.loop(f, thrown == null ? f.pc : Interpreter.unwind(f, thrown));
    }
    return new Tracing(f, ts, false).run(f.pc, thrown);
  }

  private static Opcode opcode(PyFrame f, int pc) {
    return Opcode.of(f.code.unit.code[pc * CodeUnit.WORDS]);
  }

  /** One activation of a frame in the loop with events. */
  private static final class Tracing {
    private final PyFrame f;
    private final FrameExtras x;
    private final ThreadState ts;
    private final PyCode code;

    /** The function's own code has begun: events of its end are due. */
    private boolean entered;

    /** The instruction before, -1 where a line event is due whatever the line. */
    private int previous = -1;

    Tracing(PyFrame f, ThreadState ts, boolean entered) {
      this.f = f;
      this.x = f.extras();
      this.ts = ts;
      this.code = f.code;
      this.entered = entered;
      if (entered) {
        previous = f.pc;
      }
    }

    PyObject run(int start, @Nullable PyException thrown) {
      boolean nested = x.inTracedLoop;
      x.inTracedLoop = true;
      try {
        return loop(start, thrown);
      } finally {
        x.inTracedLoop = nested;
      }
    }

    private boolean monitored(int event) {
      return ts.tracing == 0 && (Monitoring.wantedEvents(code) >> event & 1) != 0;
    }

    private boolean traced() {
      return x.trace != null && ts.tracing == 0 && ts.traceFunction != null;
    }

    private PyObject loop(int start, @Nullable PyException thrown) {
      Instr[] instrs = code.linked();
      PyObject[] r = f.r;
      int pc = start;
      PyException pending = null;
      boolean started = entered || thrown == null && opcode(f, pc) != Opcode.RESUME;
      // A function starts with instructions before its RESUME, a generator is resumed behind a
      // yield.
      boolean resumes = !entered && f.generator != null && started;
      try {
        if (entered) {
          pending = thrown;
          if (thrown == null) {
            pc = behindCall(opcode(f, f.pc), pc);
          }
        } else if (thrown != null) {
          begin(Monitoring.PY_THROW, pc, thrown.value);
          pending = thrown;
        } else if (resumes) {
          // As long as this is told the frame is still at its yield.
          previous = pc - 1;
          f.pc = previous;
          x.tracedLine = f.line();
          begin(Monitoring.PY_RESUME, previous, null);
        }
      } catch (PyException e) {
        pending = e;
      }
      while (true) {
        try {
          if (pending != null) {
            PyException e = pending;
            pending = null;
            pc = unwind(e);
          }
          while (pc >= 0) {
            f.pc = pc;
            Opcode op = opcode(f, pc);
            if (op == Opcode.RESUME) {
              x.tracedLine = -1;
              begin(Monitoring.PY_START, pc, null);
              previous = -1;
              pc = instrs[pc].exec(f, r);
              continue;
            }
            if (entered) {
              int jumped = before(pc);
              if (jumped != pc) {
                pc = jumped;
                previous = -1;
                continue;
              }
            }
            previous = pc;
            if (entered) {
              boolean watched = instructionsWanted();
              pc = step(instrs[pc], op, pc, r);
              if (!watched) {
                pc = behindCall(op, pc);
              }
            } else {
              pc = instrs[pc].exec(f, r);
            }
          }
          if (pc == Instr.RETRACE) {
            pc = x.resumeAt;
            continue;
          }
          if (entered) {
            int jumped = ended(pc == Instr.RETURN, f.result);
            if (jumped >= 0) {
              Interpreter.takeResult(f);
              pc = jumped;
              previous = -1;
              continue;
            }
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

    // ---- start and end

    private void begin(int event, int pc, @Nullable PyBaseException thrown) {
      entered = true;
      if (monitored(event)) {
        if (thrown == null) {
          Monitoring.fire(ts, code, pc, event, code, Monitoring.offset(pc));
        } else {
          Monitoring.fire(ts, code, pc, event, code, Monitoring.offset(pc), thrown);
        }
      }
      if (ts.tracing > 0) {
        return;
      }
      if (ts.traceFunction != null) {
        PyObject local = callGuarded(ts, ts.traceFunction, f, CALL, Py.None, true);
        x.trace = local == Py.None ? null : local;
      }
      if (ts.profileFunction != null) {
        callGuarded(ts, ts.profileFunction, f, CALL, Py.None, false);
      }
    }

    /** Tells of a return or yield; a yield may be jumped away from: where to, or -1. */
    private int ended(boolean returned, PyObject result) {
      int event = returned ? Monitoring.PY_RETURN : Monitoring.PY_YIELD;
      if (monitored(event)) {
        Monitoring.fire(ts, code, f.pc, event, code, Monitoring.offset(f.pc), result);
      }
      if (returned) {
        returnEvents(result);
        return -1;
      }
      return jumping(-1, () -> returnEvents(result));
    }

    private void returnEvents(PyObject result) {
      if (ts.tracing > 0) {
        return;
      }
      if (traced()) {
        callLocal(ts, f, RETURN, result);
      }
      if (ts.profileFunction != null) {
        callGuarded(ts, ts.profileFunction, f, RETURN, result, false);
      }
    }

    // ---- instructions

    /** Line and instruction events; returns where to go on, elsewhere after f_lineno was set. */
    private int before(int pc) {
      CodeUnit u = code.unit;
      int line = u.line(pc);
      if (line >= 0 && isBody(opcode(f, pc))) {
        boolean first = previous < 0 || u.line(previous) != line;
        if (first && monitored(Monitoring.LINE)) {
          Monitoring.fire(ts, code, pc, Monitoring.LINE, code, Py.int_(line));
        }
        if (traced() && x.traceLines) {
          boolean back = previous >= pc && opcode(f, previous) == Opcode.JUMP_BACK;
          if (line != x.tracedLine || back || previous < 0) {
            x.tracedLine = line;
            int jumped = jumping(pc, () -> callLocal(ts, f, LINE, Py.None));
            if (jumped != pc) {
              return jumped;
            }
          }
        }
      }
      return instructionEvents(pc, pc);
    }

    private boolean instructionsWanted() {
      return traced() && x.traceOpcodes || monitored(Monitoring.INSTRUCTION);
    }

    /** Tells of an instruction; returns where to go on, elsewhere after f_lineno was set. */
    private int instructionEvents(int pc, int next) {
      if (!instructionsWanted()) {
        return next;
      }
      return jumping(
          next,
          () -> {
            if (traced() && x.traceOpcodes) {
              callLocal(ts, f, OPCODE, Py.None);
            }
            if (monitored(Monitoring.INSTRUCTION)) {
              Monitoring.fire(ts, code, pc, Monitoring.INSTRUCTION, code, Monitoring.offset(pc));
            }
          });
    }

    /**
     * Shows the instruction at which the frame stands, if it is a call during which somebody began
     * to look at instructions. In CPython another one of that line follows, which takes the result;
     * that is where {@code breakpoint()} stops.
     *
     * @param next the instruction behind it
     * @return where to go on
     */
    private int behindCall(Opcode op, int next) {
      boolean call =
          switch (op) {
            case CALL, CALL_METHOD, CALL_KW, CALL_METHOD_KW, CALL_EX -> true;
            default -> false;
          };
      return call && next >= 0 && code.unit.line(next) != code.unit.line(f.pc)
          ? instructionEvents(f.pc, next)
          : next;
    }

    private int step(Instr instr, Opcode op, int pc, PyObject[] r) {
      switch (op) {
        case CALL, CALL_METHOD, CALL_KW, CALL_METHOD_KW, CALL_EX -> {
          return call(instr, op, pc, r);
        }
        case LOAD_SUPER_ATTR, LOAD_ZERO_SUPER_ATTR, LOAD_SUPER_METHOD, LOAD_ZERO_SUPER_METHOD -> {
          return superCall(instr, op, pc, r);
        }
        case FOR_ITER, SEND -> {
          PyObject it = r[f.code.unit.code[pc * CodeUnit.WORDS + 2]];
          int next;
          if (op == Opcode.FOR_ITER && it instanceof PyGenerator g) {
            next = nextOf(g, pc, r);
          } else {
            next = instr.exec(f, r);
            if (next != pc + 1) {
              PyObject value =
                  op == Opcode.SEND ? r[code.unit.code[pc * CodeUnit.WORDS + 1]] : Py.None;
              iterationEnded(op, pc, it, value);
            }
          }
          return op == Opcode.FOR_ITER ? branch(pc, next) : next;
        }
        case JUMP, JUMP_BACK -> {
          int next = instr.exec(f, r);
          // Going round within an await is no jump of the source.
          return monitored(Monitoring.JUMP) && opcode(f, next) != Opcode.SEND
              ? moving(Monitoring.JUMP, pc, next)
              : next;
        }
        default -> {
          int next = instr.exec(f, r);
          return isBranch(op) ? branch(pc, next) : next;
        }
      }
    }

    /** FOR_ITER over a generator, whose return value the events show. */
    private int nextOf(PyGenerator g, int pc, PyObject[] r) {
      int at = pc * CodeUnit.WORDS;
      PyObject v = g.sendOrNull(Py.None);
      if (v != null) {
        r[code.unit.code[at + 1]] = v;
        return pc + 1;
      }
      iterationEnded(Opcode.FOR_ITER, pc, g, g.takeReturnValue());
      return code.unit.code[at + 3];
    }

    /** An end without an exception is told as one; those of Python code were exceptions. */
    private void iterationEnded(Opcode op, int pc, PyObject it, PyObject value) {
      boolean generator = it instanceof PyGenerator || it instanceof PyCoroutine;
      boolean raised =
          generator && op == Opcode.FOR_ITER && value != Py.None
              || it.type().isHeap()
              || it instanceof AsyncGenSteps.Send
              || it instanceof AsyncGenSteps.Throw;
      int event = generator && !raised ? Monitoring.STOP_ITERATION : Monitoring.RAISE;
      boolean tell = (generator || raised) && monitored(event);
      boolean trace = traced() && (raised || generator && op == Opcode.SEND);
      if (!tell && !trace) {
        return;
      }
      PyException stop = Errors.stopIteration(value == Py.None ? null : value);
      if (tell) {
        Monitoring.fire(ts, code, pc, event, code, Monitoring.offset(pc), stop.value);
      }
      if (trace) {
        exceptionEvent(stop);
      }
    }

    private int branch(int pc, int next) {
      int event = next == pc + 1 ? Monitoring.BRANCH_LEFT : Monitoring.BRANCH_RIGHT;
      return next >= 0 && monitored(event) ? moving(event, pc, next) : next;
    }

    /** Tells of a jump; returns where it goes, elsewhere if the callback sets f_lineno. */
    private int moving(int event, int pc, int next) {
      return jumping(
          next,
          () ->
              Monitoring.fire(
                  ts, code, pc, event, code, Monitoring.offset(pc), Monitoring.offset(next)));
    }

    /** Runs what may set f_lineno; returns where that leads, or {@code next}. */
    private int jumping(int next, Runnable events) {
      x.jumpTo = -1;
      x.mayJump = true;
      try {
        events.run();
      } finally {
        x.mayJump = false;
      }
      int target = x.jumpTo;
      x.jumpTo = -1;
      return target < 0 ? next : target;
    }

    private int call(Instr instr, Opcode op, int pc, PyObject[] r) {
      boolean monitor = monitored(Monitoring.CALL);
      boolean profile = ts.profileFunction != null && ts.tracing == 0;
      if (!monitor && !profile) {
        return instr.exec(f, r);
      }
      int[] words = code.unit.code;
      int base = words[pc * CodeUnit.WORDS + 2];
      int count = words[pc * CodeUnit.WORDS + 3];
      PyObject callee = r[base];
      PyObject first =
          switch (op) {
            case CALL -> count > 0 ? r[base + 1] : null;
            case CALL_METHOD -> r[base + 1] != null ? r[base + 1] : count > 0 ? r[base + 2] : null;
            case CALL_KW -> code.unit.callShapes[count].argCount > 0 ? r[base + 1] : null;
            case CALL_METHOD_KW ->
                r[base + 1] != null
                    ? r[base + 1]
                    : code.unit.callShapes[count].argCount > 0 ? r[base + 2] : null;
            default -> firstOf(r[base + 1]);
          };
      boolean spread = op == Opcode.CALL_EX;
      // As in CPython, a call that spreads its arguments tells of the bound method itself.
      if (callee instanceof PyMethod m && !spread) {
        first = m.self();
        callee = m.function();
      }
      PyObject shown = first == null ? Monitoring.MISSING : first;
      if (monitor) {
        Monitoring.fire(ts, code, pc, Monitoring.CALL, code, Monitoring.offset(pc), callee, shown);
      }
      if (callee instanceof PyFunction || callee instanceof PyMethod) {
        return instr.exec(f, r);
      }
      PyObject nativeCallee = profile ? nativeFunction(callee, first) : null;
      profileEvent(C_CALL, nativeCallee);
      int next;
      try {
        next = instr.exec(f, r);
      } catch (PyException e) {
        if (monitor) {
          fireNative(pc, Monitoring.C_RAISE, callee, shown);
        }
        profileEvent(C_EXCEPTION, nativeCallee);
        throw e;
      }
      if (monitor) {
        fireNative(pc, Monitoring.C_RETURN, callee, shown);
      }
      profileEvent(C_RETURN, nativeCallee);
      return next;
    }

    /** The attribute of a super object: the call of super is part of it. */
    private int superCall(Instr instr, Opcode op, int pc, PyObject[] r) {
      if (!monitored(Monitoring.CALL)) {
        return instr.exec(f, r);
      }
      int base = code.unit.code[pc * CodeUnit.WORDS + 2];
      boolean explicit = op == Opcode.LOAD_SUPER_ATTR || op == Opcode.LOAD_SUPER_METHOD;
      PyObject callee = r[base];
      PyObject first = explicit ? r[base + 1] : Monitoring.MISSING;
      Monitoring.fire(ts, code, pc, Monitoring.CALL, code, Monitoring.offset(pc), callee, first);
      boolean isNative = !(callee instanceof PyFunction);
      int next;
      try {
        next = instr.exec(f, r);
      } catch (PyException e) {
        if (isNative) {
          fireNative(pc, Monitoring.C_RAISE, callee, first);
        }
        throw e;
      }
      if (isNative) {
        fireNative(pc, Monitoring.C_RETURN, callee, first);
      }
      return next;
    }

    private void fireNative(int pc, int event, PyObject callee, PyObject first) {
      if (ts.tracing == 0) {
        Monitoring.fire(
            ts, code, pc, event, Monitoring.CALL, code, Monitoring.offset(pc), callee, first);
      }
    }

    private void profileEvent(PyStr event, @Nullable PyObject callee) {
      if (callee != null && ts.profileFunction != null && ts.tracing == 0) {
        callGuarded(ts, ts.profileFunction, f, event, callee, false);
      }
    }

    // ---- exceptions

    private int unwind(PyException e) {
      boolean again = f.reraising;
      int at = f.pc;
      int event = again ? Monitoring.RERAISE : Monitoring.RAISE;
      PyException raised = e;
      if (entered && monitored(event)) {
        raised = told(event, at, e);
      }
      int handler;
      try {
        handler = Interpreter.unwind(f, raised);
      } catch (PyException out) {
        f.finished = false;
        if (!again) {
          exceptionEvent(raised);
        }
        PyException leaving = out;
        if (entered && monitored(Monitoring.PY_UNWIND)) {
          leaving = told(Monitoring.PY_UNWIND, at, out);
        }
        f.finished = true;
        if (entered) {
          returnEvents(Py.None);
        }
        throw leaving;
      }
      if (!again) {
        exceptionEvent(raised);
      }
      if (monitored(Monitoring.EXCEPTION_HANDLED)) {
        Monitoring.fire(
            ts,
            code,
            handler,
            Monitoring.EXCEPTION_HANDLED,
            code,
            Monitoring.offset(handler),
            raised.value);
      }
      return handler;
    }

    /** Tells of an exception; one of a callback takes its place. */
    private PyException told(int event, int pc, PyException e) {
      try {
        Monitoring.fire(ts, code, pc, event, code, Monitoring.offset(pc), e.value);
        return e;
      } catch (PyException other) {
        f.reraising = false;
        return other;
      }
    }

    private void exceptionEvent(PyException e) {
      if (traced()) {
        PyObject info = Py.tuple(e.value.type(), e.value, Py.orNone(e.value.traceback()));
        callLocal(ts, f, EXCEPTION, info);
      }
    }
  }

  private static @Nullable PyObject firstOf(PyObject args) {
    return args instanceof org.plait.runtime.types.PyTuple t && t.size() > 0 ? t.get(0) : null;
  }

  /** What a profile function is told is called, null for what is not native code. */
  private static @Nullable PyObject nativeFunction(PyObject callee, @Nullable PyObject self) {
    if (callee instanceof PyBuiltinFunction) {
      return callee;
    }
    if (callee instanceof PyMethodDescriptor d && self != null) {
      try {
        return PyObjects.getAttr(d, "__get__").call2(self, self.type());
      } catch (PyException e) {
        return null;
      }
    }
    return null;
  }

  /** Whether the instruction goes one of two ways that the source tells apart. */
  static boolean isBranch(Opcode op) {
    return switch (op) {
      case JUMP, JUMP_BACK, SEND, CLEANUP_THROW -> false;
      default -> op.isJump();
    };
  }

  /** Whether the instruction is of the source, not of the function's set-up. */
  private static boolean isBody(Opcode op) {
    return switch (op) {
      case RESUME, COPY_FREE_VARS, MAKE_CELL, RETURN_GENERATOR -> false;
      default -> true;
    };
  }

  /** Calls the frame's own trace function and keeps what it returns. */
  private static void callLocal(ThreadState ts, PyFrame f, PyStr event, PyObject arg) {
    PyObject trace = f.trace();
    if (trace == null) {
      return;
    }
    PyObject result = callGuarded(ts, trace, f, event, arg, true);
    if (result != Py.None) {
      f.extras().trace = result;
    }
  }

  /** Calls a trace or profile function untraced; an exception in it ends tracing. */
  private static PyObject callGuarded(
      ThreadState ts, PyObject function, PyFrame f, PyStr event, PyObject arg, boolean trace) {
    ts.tracing++;
    FrameExtras x = f.extras();
    String outer = x.event;
    x.event = trace ? event.toString() : null;
    try {
      return function.call3(f, event, arg);
    } catch (PyException e) {
      if (trace) {
        ts.traceFunction = null;
        x.trace = null;
      } else {
        ts.profileFunction = null;
      }
      throw e;
    } finally {
      x.event = outer;
      ts.tracing--;
    }
  }

  /** {@code f_lineno = n}. */
  static void jump(PyFrame f, @Nullable PyObject value) {
    if (value == null) {
      throw Errors.attributeError("cannot delete attribute", f, "f_lineno");
    }
    LineJump.jump(f, value);
  }
}
