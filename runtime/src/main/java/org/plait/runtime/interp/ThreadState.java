package org.plait.runtime.interp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.PyBaseException;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyDict;
import org.plait.sched.PlaitThread;
import org.plait.sched.SafePoint;

/**
 * What the interpreter keeps per Python thread. Only its own thread writes it; others read {@link
 * #frame} and {@link #handled} racily for {@code sys._current_frames} and its like.
 */
public final class ThreadState {
  private static final PyObject[] NO_OBJECTS = {};
  private static final int FIRST_REPRS = 4;
  private static final VarHandle ASYNC_EXCEPTION;

  static {
    try {
      ASYNC_EXCEPTION =
          MethodHandles.lookup().findVarHandle(ThreadState.class, "asyncException", PyObject.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** One level of {@code sys.exception()}: the thread's own, or that of a running generator. */
  public static final class ExcState {
    public @Nullable PyBaseException exception;
    public @Nullable ExcState previous;
  }

  public final PyInterpreter interpreter;

  /** What the thread was doing in another interpreter when it came into this one, or null. */
  public final @Nullable ThreadState outer;

  private @Nullable List<Runnable> exitHooks;

  /** The namespace that {@code globals()} and its like work on when no frame is running. */
  public @Nullable PyDict baseGlobals;

  /** Whether signals wait until the thread is back in the main interpreter, which handles them. */
  public boolean missedSignals;

  /** The innermost running frame. A plain field: a fence on every call would cost too much. */
  public @Nullable PyFrame frame;

  /** Frames of activations that are being left, from the innermost on; see {@link Frameless}. */
  @Nullable PyFrame left;

  /** The outermost of them. */
  @Nullable PyFrame leftLast;

  /** The exception that the innermost was left with. */
  @Nullable Throwable leftException;

  /** Code without a frame is about to be left because it would have to wait. */
  boolean wouldBlock;

  /** The exceptions being handled, innermost first. */
  public ExcState handled = new ExcState();

  private int depth;

  /** How many objects with finalizers the thread has made; begins anew at some time. */
  int guards;

  /** {@code sys.settrace} and {@code sys.setprofile} of this thread. */
  public @Nullable PyObject traceFunction;

  public @Nullable PyObject profileFunction;

  /** Greater than 0 while a trace or profile function runs, which is not traced itself. */
  public int tracing;

  /** The current {@code contextvars.Context}, null until one is needed. */
  public @Nullable PyObject context;

  /** {@code sys.set_coroutine_origin_tracking_depth}. */
  public int coroutineOriginDepth;

  public @Nullable PyObject asyncGenFirstIter;
  public @Nullable PyObject asyncGenFinalizer;

  /** The {@code _thread._local} objects used; made and used by that class alone. */
  public @Nullable Object locals;

  /** The running asyncio loop and task of this thread, see {@code _asyncio}. */
  public @Nullable PyObject runningLoop;

  public @Nullable PyObject runningTask;

  /** Objects whose repr is being taken, innermost last; see {@code Py_ReprEnter}. */
  private PyObject[] reprs = NO_OBJECTS;

  private int reprCount;

  public ThreadState(PyInterpreter interpreter) {
    this(interpreter, null);
  }

  private ThreadState(PyInterpreter interpreter, @Nullable ThreadState outer) {
    this.interpreter = interpreter;
    this.outer = outer;
    // The Java stack goes on.
    this.depth = outer == null ? 0 : outer.depth;
  }

  /**
   * Does something in an interpreter, with the current thread as a new thread of it.
   *
   * @return what it returned
   */
  public static <T extends @Nullable Object> T in(PyInterpreter interpreter, Supplier<T> what) {
    PlaitThread thread = PlaitThread.current();
    ThreadState own = (ThreadState) thread.attachment;
    ThreadState inner = new ThreadState(interpreter, own);
    thread.attachment = inner;
    try {
      return what.get();
    } finally {
      inner.runExitHooks();
      thread.attachment = own;
      if (inner.missedSignals) {
        thread.request(SafePoint.SIGNAL);
      }
    }
  }

  /** Has something done when the thread ends, or leaves the interpreter it came into. */
  public void onExit(Runnable hook) {
    if (outer == null) {
      PlaitThread.current().onExit(hook);
      return;
    }
    if (exitHooks == null) {
      exitHooks = new ArrayList<>(2);
    }
    exitHooks.add(hook);
  }

  private void runExitHooks() {
    if (exitHooks != null) {
      exitHooks.forEach(Runnable::run);
    }
  }

  /** The state of a thread in an interpreter, or null when it has no part in it. */
  public static @Nullable ThreadState of(PlaitThread thread, PyInterpreter interpreter) {
    ThreadState ts = (ThreadState) thread.attachment;
    while (ts != null && ts.interpreter != interpreter) {
      ts = ts.outer;
    }
    return ts;
  }

  /** The interpreter that a thread was started in, or null when it runs no Python. */
  public static @Nullable PyInterpreter home(PlaitThread thread) {
    ThreadState ts = (ThreadState) thread.attachment;
    while (ts != null && ts.outer != null) {
      ts = ts.outer;
    }
    return ts == null ? null : ts.interpreter;
  }

  /** The state of the current thread. */
  public static ThreadState current() {
    return (ThreadState) PlaitThread.current().attachment;
  }

  /** The state of the current Java thread, null when it runs no Python. */
  public static @Nullable ThreadState currentOrNull() {
    PlaitThread t = PlaitThread.currentOrNull();
    return t == null ? null : (ThreadState) t.attachment;
  }

  // ---- signals

  /** Of a thread that isn't the main one: the signals it blocks, and those it has been sent. */
  public final ThreadSignals signals = new ThreadSignals();

  // ---- exceptions from other threads

  private volatile @Nullable PyObject asyncException;

  /** Leaves an exception class for this thread to raise; null takes it back. */
  public void setAsyncException(@Nullable PyObject exception) {
    asyncException = exception;
  }

  /** The exception that another thread has left, or null. */
  public @Nullable PyObject takeAsyncException() {
    return (PyObject) ASYNC_EXCEPTION.getAndSet(this, (PyObject) null);
  }

  // ---- recursion

  public static int recursionLimit() {
    return current().interpreter.recursionLimit;
  }

  public static void setRecursionLimit(int limit) {
    current().interpreter.recursionLimit = limit;
  }

  public int depth() {
    return depth;
  }

  /** Counts one level of recursion; RecursionError beyond the limit. */
  public void enterRecursive(String where) {
    if (++depth > interpreter.recursionLimit) {
      tooDeep(where);
    }
  }

  public void leaveRecursive() {
    depth--;
  }

  /** As {@link #enterRecursive}, but tells that it is too deep; it is counted all the same. */
  boolean entersTooDeep() {
    return ++depth > interpreter.recursionLimit;
  }

  void enterRecursiveUnchecked() {
    depth++;
  }

  void setDepth(int depth) {
    this.depth = depth;
  }

  private void tooDeep(String where) {
    depth--;
    throw Errors.recursionError("maximum recursion depth exceeded" + where);
  }

  // ---- repr of recursive containers

  /** Equivalent of CPython's {@code Py_ReprEnter}: true when the repr of {@code o} is under way. */
  public boolean reprEnter(PyObject o) {
    for (int i = 0; i < reprCount; i++) {
      if (reprs[i] == o) {
        return true;
      }
    }
    if (reprCount == reprs.length) {
      reprs = Arrays.copyOf(reprs, Math.max(2 * reprCount, FIRST_REPRS));
    }
    reprs[reprCount++] = o;
    return false;
  }

  public void reprLeave(PyObject o) {
    reprCount--;
    reprs[reprCount] = null;
  }

  // ---- handled exception

  /** {@code sys.exception()}: the innermost exception being handled, or null. */
  public @Nullable PyBaseException currentException() {
    for (ExcState s = handled; s != null; s = s.previous) {
      if (s.exception != null) {
        return s.exception;
      }
    }
    return null;
  }
}
