package org.plait.runtime.interp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.CodeFlags;
import org.plait.compiler.code.CodeUnit;
import org.plait.compiler.code.Opcode;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyBaseException;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.object.KeepsIdentity;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyIdentity;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.Warnings;
import org.plait.runtime.types.PyIterator;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;
import org.plait.sched.MicroLock;

/**
 * What generators, coroutines and async generators share: a suspended frame that can be resumed
 * with a value or an exception.
 *
 * <p>{@link #state} is claimed by compare-and-set, so of two threads that resume at once one gets
 * "already executing". Everything else belongs to the thread that has claimed it.
 */
public abstract class PyGeneratorBase extends PyIterator implements KeepsIdentity {
  static final int CREATED = 0;
  static final int SUSPENDED = 1;
  static final int RUNNING = 2;
  static final int CLOSED = 3;

  private static final VarHandle STATE;
  private static final VarHandle NAME;
  private static final VarHandle QUALNAME;

  static {
    try {
      MethodHandles.Lookup l = MethodHandles.lookup();
      STATE = l.findVarHandle(PyGeneratorBase.class, "state", int.class);
      NAME = l.findVarHandle(PyGeneratorBase.class, "name", PyStr.class);
      QUALNAME = l.findVarHandle(PyGeneratorBase.class, "qualname", PyStr.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private int state = CREATED;
  final PyFrame frame;

  /** The exception it is handling, kept while it is suspended; null where it handles none. */
  private final ThreadState.@Nullable ExcState handled;

  volatile PyStr name;
  volatile PyStr qualname;

  /** What the frame returned, until the thread that ran it has taken it. */
  private volatile @Nullable Returned returned;

  private record Returned(ThreadState by, PyObject value) {}

  /** What takes its values while it runs in code compiled together with a consumer. */
  @Nullable Drain drain;

  /** Notices the end of this generator, see {@link Finalization}; null when nobody need know. */
  @Nullable Object guard;

  private long id;

  @Override
  public final synchronized long identity() {
    return id;
  }

  @Override
  public final synchronized long identity(long given) {
    id = id == 0 ? given : id;
    return id;
  }

  PyGeneratorBase(PyFrame frame) {
    this.frame = frame;
    frame.generator = this;
    handled = frame.code.handlesExceptions ? new ThreadState.ExcState() : null;
    PyFunction f = frame.function;
    // Plain: the generator reaches other threads by a later release.
    NAME.set(this, f == null ? frame.code.name : f.name);
    QUALNAME.set(this, f == null ? frame.code.qualname : f.qualname);
  }

  /** The generator object for a frame, by the flags of its code. */
  static PyGeneratorBase create(PyFrame frame) {
    CodeUnit u = frame.code.unit;
    if (u.has(CodeFlags.COROUTINE)) {
      return new PyCoroutine(frame);
    }
    return u.has(CodeFlags.ASYNC_GENERATOR) ? new PyAsyncGenerator(frame) : new PyGenerator(frame);
  }

  /** "generator", "coroutine" or "async generator", for messages. */
  abstract String kind();

  public final PyCode code() {
    return frame.code;
  }

  final int state() {
    return (int) STATE.getAcquire(this);
  }

  // ---- resuming

  /**
   * Resumes with a value.
   *
   * @return what is yielded next, or null when it returned: see {@link #takeReturnValue}
   */
  final @Nullable PyObject sendOrNull(PyObject value) {
    return begin(value) ? resume(ThreadState.current(), null, null) : null;
  }

  /** As {@link #sendOrNull} for compiled code: its thread is known. */
  final @Nullable PyObject sendFrom(PyFrame caller, PyObject value) {
    return begin(value) ? resume(caller.ts, null, frame.code.compiledAt(frame.pc)) : null;
  }

  /** Claims the frame and puts a value where it goes on; false if there is nothing to go on. */
  private boolean begin(PyObject value) {
    int from = claim();
    if (from == CLOSED) {
      onExhausted();
      return false;
    }
    if (from == CREATED) {
      if (value != Py.None) {
        STATE.setRelease(this, CREATED);
        throw Errors.typeError("can't send non-None value to a just-started " + kind());
      }
    } else {
      int pc = frame.pc;
      frame.r[frame.code.unit.code[pc * CodeUnit.WORDS + 1]] = value;
      frame.pc = pc + 1;
    }
    return true;
  }

  /**
   * As resuming with None, for a native consumer.
   *
   * @return the next value that the consumer has not taken already, or null at the end
   */
  final @Nullable PyObject drain(Drain consumer) {
    int from = claim();
    if (from == CLOSED) {
      return null;
    }
    if (from == SUSPENDED) {
      int pc = frame.pc;
      frame.r[frame.code.unit.code[pc * CodeUnit.WORDS + 1]] = Py.None;
      frame.pc = pc + 1;
    }
    CompiledCode compiled = frame.code.drained(consumer.kind, frame.pc);
    PyObject v;
    if (compiled == null) {
      v = resume(ThreadState.current(), null, null);
    } else {
      drain = consumer;
      v = resume(ThreadState.current(), null, compiled);
    }
    if (v == null) {
      takeReturnValue();
    }
    return v;
  }

  /** What happens at a resumption after the end; coroutines complain. */
  void onExhausted() {}

  /** Claims the right to run; returns the state before, RUNNING never. */
  final int claim() {
    int s = state();
    if (MicroLock.isAlone() && s != RUNNING && s != CLOSED) {
      STATE.setRelease(this, RUNNING);
      return s;
    }
    while (true) {
      if (s == RUNNING) {
        throw Errors.valueError(kind() + " already executing");
      }
      if (s == CLOSED) {
        return s;
      }
      int seen = (int) STATE.compareAndExchange(this, s, RUNNING);
      if (seen == s) {
        return s;
      }
      s = seen;
    }
  }

  private @Nullable PyObject resume(
      ThreadState ts, @Nullable PyException thrown, @Nullable CompiledCode compiled) {
    ThreadState.ExcState own = handled;
    if (own != null) {
      own.previous = ts.handled;
      ts.handled = own;
    }
    boolean suspended = false;
    try {
      PyObject result =
          compiled == null
              ? Interpreter.run(frame, ts, thrown)
              : Interpreter.runCompiled(frame, ts, compiled);
      if (frame.finished) {
        if (result != Py.None) { // else it is null as ever, without a fence
          returned = new Returned(ts, result);
        }
        return null;
      }
      suspended = true;
      return result;
    } finally {
      if (own != null) {
        ts.handled = own.previous;
        own.previous = null;
      }
      drain = null;
      endStep(suspended);
    }
  }

  /** Lets others resume it, or nobody any more. */
  final void endStep(boolean suspended) {
    if (suspended
        && frame.code.hasHandlers
        && guard == null
        && frame.code.mustClose(frame.pc, frame.r)) {
      Finalization.watchGenerator(this);
    }
    STATE.setRelease(this, suspended ? SUSPENDED : CLOSED);
  }

  /** The value of the return statement that ended the generator. */
  final PyObject takeReturnValue() {
    Returned r = returned;
    if (r == null || r.by != ThreadState.current()) {
      return Py.None;
    }
    returned = null;
    return r.value;
  }

  /** {@code send()}: raises StopIteration at the end. */
  final PyObject send(PyObject value) {
    PyObject v = sendOrNull(value);
    if (v == null) {
      throw stop(takeReturnValue());
    }
    return v;
  }

  /** What ends the iteration for Python callers. */
  PyException stop(PyObject value) {
    if (value == Py.None) {
      return Errors.stopIteration(null);
    }
    // A tuple or exception as value must stay the one argument.
    return Errors.stopIteration(value);
  }

  /** {@code StopIteration.value}. */
  static PyObject stopValue(PyBaseException e) {
    return PyObjects.getAttr(e, "value");
  }

  // ---- delegation

  /** {@code gi_yieldfrom}, or null. Another thread may resume the frame meanwhile. */
  final @Nullable PyObject yieldFrom() {
    if (state() != SUSPENDED) {
      return null;
    }
    int[] code = frame.code.unit.code;
    int at = frame.pc * CodeUnit.WORDS;
    return Opcode.of(code[at]) == Opcode.YIELD_DELEGATE ? frame.r[code[at + 2]] : null;
  }

  // ---- throw and close

  /** {@code throw()}: the yielded value, or null when it returned. */
  final @Nullable PyObject throwOrNull(PyException e) {
    PyObject sub = yieldFrom();
    if (sub != null) {
      return throwInto(sub, e);
    }
    return throwHere(e);
  }

  private @Nullable PyObject throwHere(PyException e) {
    int from = claim();
    if (from == CLOSED) {
      onExhausted();
      throw e;
    }
    if (from == CREATED) {
      // The function has not started: the exception appears at its first line.
      STATE.setRelease(this, CLOSED);
      frame.finished = true;
      frame.ts = ThreadState.current();
      Interpreter.addTraceback(frame, e.value);
      e.contextSet = true;
      throw e;
    }
    // Only what this generator itself is handling becomes the context, not what the caller is.
    e.contextSet |= handled == null || handled.exception == null;
    return resume(ThreadState.current(), e, null);
  }

  // Compare CPython _gen_throw in genobject.c.
  private @Nullable PyObject throwInto(PyObject sub, PyException e) {
    if (e.matches(Exceptions.GeneratorExit)) {
      int from = claim();
      PyException failed = null;
      try {
        closeDelegate(sub);
      } catch (PyException x) {
        failed = x;
      }
      STATE.setRelease(this, from);
      return throwHere(failed == null ? e : new PyException(failed.value));
    }
    int from = claim();
    PyObject result;
    boolean thrown = true;
    PyObject returned = null;
    try {
      if (sub instanceof PyGeneratorBase g
          && g.attrs() == null
          && !(g instanceof PyAsyncGenerator)) {
        result = inFrame(() -> g.throwOrNull(e));
        returned = result == null ? g.takeReturnValue() : null;
      } else {
        PyObject method = PyObjects.getOptionalAttr(sub, "throw");
        thrown = method != null;
        result = method == null ? null : inFrame(() -> method.call1(e.value));
      }
    } catch (PyException x) {
      STATE.setRelease(this, from);
      if (x.matches(Exceptions.StopIteration)) {
        return afterDelegate(stopValue(x.value));
      }
      // Chained anew: to what this generator is handling.
      return throwHere(new PyException(x.value));
    }
    STATE.setRelease(this, from);
    if (returned != null) {
      return afterDelegate(returned);
    }
    return thrown ? result : throwHere(e);
  }

  /** Runs something that belongs to the suspended frame: it sees the frame as its caller. */
  private @Nullable PyObject inFrame(Supplier<@Nullable PyObject> action) {
    ThreadState ts = ThreadState.current();
    PyFrame back = ts.frame;
    frame.back = back;
    ts.frame = frame;
    try {
      return action.get();
    } finally {
      ts.frame = back;
      frame.back = null;
    }
  }

  /** The delegate has returned: go on behind the yield from with its value. */
  private @Nullable PyObject afterDelegate(PyObject value) {
    claim();
    int[] code = frame.code.unit.code;
    int at = frame.pc * CodeUnit.WORDS;
    frame.r[code[at + 1]] = value;
    // Behind YIELD_DELEGATE stands the jump back to SEND, whose target is the way out.
    int pc = frame.pc + 1;
    while (Opcode.of(code[pc * CodeUnit.WORDS]) != Opcode.SEND) {
      pc =
          switch (Opcode.of(code[pc * CodeUnit.WORDS])) {
            case JUMP, JUMP_BACK -> code[pc * CodeUnit.WORDS + 1];
            default -> pc + 1;
          };
    }
    frame.pc = code[pc * CodeUnit.WORDS + 3];
    return resume(ThreadState.current(), null, null);
  }

  private static void closeDelegate(PyObject sub) {
    if (sub instanceof PyGeneratorBase g && g.attrs() == null && !(g instanceof PyAsyncGenerator)) {
      g.close();
      return;
    }
    PyObject method;
    try {
      method = PyObjects.getOptionalAttr(sub, "close");
    } catch (PyException e) {
      Unraisable.reportAbout(e.value, "Exception ignored while closing generator", sub);
      return;
    }
    if (method != null) {
      method.call0();
    }
  }

  /** {@code close()}: returns the value of a return statement reached by GeneratorExit. */
  final PyObject close() {
    int s = state();
    if (s == CREATED) {
      if ((int) STATE.compareAndExchange(this, CREATED, CLOSED) == CREATED) {
        frame.finished = true;
        frame.forgetVariables();
        return Py.None;
      }
    }
    if (s == CLOSED) {
      return Py.None;
    }
    PyObject result;
    try {
      result = throwOrNull(Errors.of(Exceptions.GeneratorExit));
    } catch (PyException e) {
      if (e.matches(Exceptions.StopIteration) || e.matches(Exceptions.GeneratorExit)) {
        if (!frame.code.hasHandlers && state() == CLOSED) {
          frame.forgetVariables();
        }
        return Py.None;
      }
      throw e;
    }
    if (result != null) {
      throw Errors.runtimeError(kind() + " ignored GeneratorExit");
    }
    return takeReturnValue();
  }

  // Compare CPython _PyGen_Finalize in genobject.c.
  /** What happens when the collector has found it dead. */
  final void finalizeGenerator() {
    int s = state();
    if (s == CLOSED || s == RUNNING) {
      return;
    }
    if (this instanceof PyAsyncGenerator a && a.finalizer != null && !a.closed) {
      try {
        a.finalizer.call1(a);
      } catch (PyException e) {
        Unraisable.reportAbout(e.value, "Exception ignored while finalizing generator", this);
      }
      return;
    }
    if (this instanceof PyCoroutine && s == CREATED) {
      warnNeverAwaited();
      return;
    }
    try {
      close();
    } catch (PyException e) {
      Unraisable.reportAbout(e.value, "Exception ignored while closing generator", this);
    }
  }

  // Compare CPython _PyErr_WarnUnawaitedCoroutine in _warnings.c.
  private void warnNeverAwaited() {
    PyObject warnings = Imports.loaded(PyStr.intern("warnings"));
    try {
      PyObject f =
          warnings == null
              ? null
              : PyObjects.getOptionalAttr(warnings, "_warn_unawaited_coroutine");
      if (f != null) {
        f.call1(this);
        return;
      }
    } catch (PyException e) {
      reportUnawaited(e);
      if (e.matches(Exceptions.RuntimeWarning)) {
        return;
      }
    }
    try {
      Warnings.warn(Exceptions.RuntimeWarning, "coroutine '" + qualname + "' was never awaited", 1);
    } catch (PyException e) {
      reportUnawaited(e);
    }
  }

  private void reportUnawaited(PyException e) {
    Unraisable.reportAbout(e.value, "Exception ignored while finalizing coroutine", this);
  }

  // Compare CPython gen_throw in genobject.c.
  /** The exception for the arguments of {@code throw(type[, value[, traceback]])}. */
  static PyException thrown(
      PyObject type, @Nullable PyObject given, @Nullable PyObject givenTraceback) {
    if (given != null) {
      warnSignature("throw");
    }
    return exception(type, Py.orNone(given), Py.orNone(givenTraceback));
  }

  /** DeprecationWarning about {@code throw()} with more than one argument. */
  static void warnSignature(String method) {
    Warnings.warn(
        Exceptions.DeprecationWarning,
        "the (type, exc, tb) signature of "
            + method
            + "() is deprecated, use the single-arg signature instead.",
        1);
  }

  static PyException exception(PyObject type, PyObject value, PyObject traceback) {
    if (traceback != Py.None && !(traceback instanceof PyTraceback)) {
      throw Errors.typeError("throw() third argument must be a traceback object");
    }
    PyBaseException e;
    if (type instanceof PyType t && t.isSubtypeOf(PyBaseException.TYPE)) {
      try {
        e = normalized(t, value);
      } catch (PyException failed) {
        e = failed.value;
      }
    } else if (type instanceof PyBaseException x) {
      if (value != Py.None) {
        throw Errors.typeError("instance exception may not have a separate value");
      }
      e = x;
    } else {
      throw Errors.typeError(
          "exceptions must be classes or instances deriving from BaseException, not "
              + type.type().name());
    }
    if (traceback instanceof PyTraceback tb) {
      e.setTraceback(tb);
    }
    return new PyException(e);
  }

  private static PyBaseException normalized(PyType t, PyObject value) {
    if (value instanceof PyBaseException v && v.type().isSubtypeOf(t)) {
      return v;
    }
    if (value == Py.None) {
      return Errors.instantiate(t);
    }
    return Errors.instantiate(
        value instanceof PyTuple args ? t.call(args.toArray(), null) : t.call1(value));
  }

  /** Whether the frame can be seen: not yet finished. */
  final @Nullable PyFrame visibleFrame() {
    return state() == CLOSED ? null : frame;
  }

  final boolean isSuspended() {
    return state() == SUSPENDED;
  }

  final boolean isRunning() {
    return state() == RUNNING;
  }

  final String reprText() {
    return "<" + type().name() + " object " + qualname + " at " + PyIdentity.address(this) + ">";
  }

  static PyStr checkName(@Nullable PyObject value, String attribute) {
    if (value instanceof PyStr s) {
      return s;
    }
    throw Errors.typeError(attribute + " must be set to a string object");
  }
}
