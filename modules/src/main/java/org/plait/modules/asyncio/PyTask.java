package org.plait.modules.asyncio;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PySetter;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.boot.PyContext;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyBaseException;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.interp.Awaiting;
import org.plait.runtime.interp.PyCoroutine;
import org.plait.runtime.interp.PyGenerator;
import org.plait.runtime.interp.PyInterpreter;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.ObjectExtras;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyStr;

/**
 * {@code _asyncio.Task}. While it isn't done it is in one of three states: it waits for {@link
 * #waiter}, which has a {@link PyTaskWakeup} among its callbacks; a {@link PyTaskStep} is scheduled
 * in the loop; or it runs. Only the thread of its loop moves it.
 */
@PyTypeDef(
    name = "Task",
    module = "_asyncio",
    base = PyFuture.class,
    subclassable = true,
    flags = {TypeFlag.DICT, TypeFlag.WEAKREF},
    sig = "(coro, *, loop=None, name=None, context=None, eager_start=False)",
    doc = "Runs a coroutine in an event loop; a future of what that returns.")
public class PyTask extends PyFuture {
  public static final PyType TYPE = PyType.builtin(PyTaskTable.INSTANCE);

  private static final AtomicLong NAMES = new AtomicLong();

  final PyInterpreter owner = ThreadState.current().interpreter;

  private volatile @Nullable PyObject coroutine;
  private volatile @Nullable PyObject context;
  private volatile @Nullable PyObject name;
  private volatile long number;

  /** The future it waits for. */
  private volatile @Nullable PyObject waiter;

  private volatile boolean mustCancel;
  private volatile int cancels;
  private volatile boolean logDestroyPending = true;
  private volatile Tasks.@Nullable Entry entry;

  PyTask(PyType type) {
    super(type);
  }

  @PyNew(sig = "(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return new PyTask(cls);
  }

  // Compare CPython _asyncio_Task___init___impl in _asynciomodule.c.
  @PyMethod(
      name = "__init__",
      sig = "(coro, *, loop=None, name=None, context=None, eager_start=False)")
  void init(PyObject coro, PyObject loop, PyObject name, PyObject context, boolean eagerStart) {
    initFuture(loop);
    if (coro.getClass() != PyCoroutine.class
        && !PyObjects.isTrue(Loops.library("coroutines", "iscoroutine").call1(coro))) {
      logDestroyPending = false;
      throw Errors.typeError("a coroutine was expected, got " + PyObjects.repr(coro));
    }
    this.context = context == Py.None ? PyContext.copyOfCurrent() : context;
    waiter = null;
    mustCancel = false;
    cancels = 0;
    logDestroyPending = true;
    coroutine = coro;
    if (name == Py.None) {
      number = NAMES.incrementAndGet();
      this.name = null;
    } else {
      setName(name);
    }
    ObjectExtras.watch(this);
    if (eagerStart && PyObjects.isTrue(PyCalls.callMethod(requireLoop(), "is_running"))) {
      startEagerly();
      return;
    }
    stepSoon(null);
    register();
  }

  final void register() {
    if (entry == null && isPending()) {
      entry = Tasks.add(this);
    }
  }

  final void unregister() {
    Tasks.Entry e = entry;
    if (e != null) {
      entry = null;
      Tasks.remove(e);
    }
  }

  @Override
  void onDone() {
    unregister();
  }

  private PyObject context() {
    PyObject c = context;
    return c == null ? Py.None : c;
  }

  // ---- running

  private void stepSoon(@Nullable PyBaseException e) {
    Loops.callSoon(requireLoop(), new PyTaskStep(this, e), null, context());
  }

  private void failSoon(String message) {
    stepSoon(Errors.runtimeError(message).value);
  }

  /** The first step, at once and inside the task that creates this one. */
  private void startEagerly() {
    PyObject loop = requireLoop();
    PyObject previous = Loops.swap(loop, this);
    try {
      register();
      PyCalls.callMethod(context(), "run", new PyTaskStep(this, null).eager());
    } finally {
      Loops.swap(loop, previous);
      if (!isPending()) {
        coroutine = null;
      }
    }
  }

  /** A step in the loop: as the thread's running task. */
  final void step(@Nullable PyBaseException e) {
    PyObject loop = requireLoop();
    Loops.enter(loop, this);
    try {
      run(e);
    } finally {
      Loops.leave(loop, this);
    }
  }

  // Compare CPython task_step_impl in _asynciomodule.c.
  final void run(@Nullable PyBaseException given) {
    if (!isPending()) {
      throw Errors.of(
          Loops.exception("InvalidStateError"),
          "__step(): already done: "
              + PyObjects.repr(this)
              + " "
              + PyObjects.repr(Py.orNone(given)));
    }
    PyBaseException e = given;
    if (mustCancel) {
      if (e == null || !Loops.exception("CancelledError").isInstance(e)) {
        e = cancelledException();
      }
      mustCancel = false;
    }
    waiter = null;
    PyObject c = coroutine;
    if (c == null) {
      throw Errors.runtimeError("uninitialized Task object");
    }
    Awaiting.Step step;
    try {
      step = e == null ? Awaiting.send(c) : Awaiting.throwInto(c, new PyException(e));
    } catch (PyException failure) {
      failed(failure);
      return;
    }
    PyObject yielded = step.yielded();
    if (yielded != null) {
      waitFor(yielded);
    } else if (mustCancel) {
      // Cancelled right before the coroutine stopped.
      mustCancel = false;
      cancelNow(message());
    } else {
      finishWith(step.returned());
    }
  }

  private void failed(PyException failure) {
    if (failure.matches(Loops.exception("CancelledError"))) {
      cancelledError = failure.value;
      cancelNow(Py.None);
      return;
    }
    failWith(failure.value);
    if (failure.matches(Exceptions.KeyboardInterrupt) || failure.matches(Exceptions.SystemExit)) {
      throw failure;
    }
  }

  // Compare CPython task_step_handle_result_impl in _asynciomodule.c.
  private void waitFor(PyObject o) {
    if (o == this) {
      failSoon("Task cannot await on itself: " + PyObjects.repr(this));
    } else if (o instanceof PyFuture f && (f.type() == PyFuture.TYPE || f.type() == TYPE)) {
      if (f.loop() != loop()) {
        otherLoop(o);
      } else if (!f.blocking) {
        notAwaited(o, "in");
      } else {
        f.awaitedBy(this);
        f.blocking = false;
        f.whenDone(new PyTaskWakeup(this), context());
        waiter = f;
        if (mustCancel && cancel(f, message())) {
          mustCancel = false;
        }
      }
    } else if (o == Py.None) {
      stepSoon(null);
    } else {
      waitForForeign(o);
    }
  }

  private void waitForForeign(PyObject o) {
    PyObject blocking = PyObjects.getOptionalAttr(o, "_asyncio_future_blocking");
    if (blocking != null && blocking != Py.None) {
      if (loopOf(o) != loop()) {
        otherLoop(o);
      } else if (!PyObjects.isTrue(blocking)) {
        notAwaited(o, "in");
      } else {
        addAwaitedBy(o, this);
        PyObjects.setAttr(o, "_asyncio_future_blocking", Py.False);
        PyObjects.getAttr(o, "add_done_callback")
            .call(new PyObject[] {new PyTaskWakeup(this), context()}, new String[] {"context"});
        waiter = o;
        if (mustCancel && cancel(o, message())) {
          mustCancel = false;
        }
      }
    } else if (o instanceof PyGenerator) {
      notAwaited(o, "for generator in");
    } else {
      failSoon("Task got bad yield: " + PyObjects.repr(o));
    }
  }

  private void otherLoop(PyObject o) {
    failSoon(
        "Task "
            + PyObjects.repr(this)
            + " got Future "
            + PyObjects.repr(o)
            + " attached to a different loop");
  }

  private void notAwaited(PyObject o, String where) {
    failSoon(
        "yield was used instead of yield from "
            + where
            + " task "
            + PyObjects.repr(this)
            + " with "
            + PyObjects.repr(o));
  }

  private static boolean cancel(PyObject future, PyObject message) {
    return PyObjects.isTrue(
        PyObjects.getAttr(future, "cancel").call(new PyObject[] {message}, new String[] {"msg"}));
  }

  /** The future it waited for is done. */
  final void wakeUp(PyObject future) {
    discardAwaitedBy(future, this);
    PyBaseException failure = null;
    if (future instanceof PyFuture f && (f.type() == PyFuture.TYPE || f.type() == TYPE)) {
      PyException e = f.failure();
      failure = e == null ? null : e.value;
    } else {
      try {
        PyCalls.callMethod(future, "result");
      } catch (PyException e) {
        failure = e.value;
      }
    }
    step(failure);
  }

  public static void addAwaitedBy(PyObject future, PyObject waiter) {
    if (future instanceof PyFuture f && waiter instanceof PyFuture) {
      f.awaitedBy(waiter);
    }
  }

  public static void discardAwaitedBy(PyObject future, PyObject waiter) {
    if (future instanceof PyFuture f && waiter instanceof PyFuture) {
      f.notAwaitedBy(waiter);
    }
  }

  // ---- Python's methods

  // Not overriding: Future.cancel(task) is that of futures, and so on.

  @PyMethod(
      name = "cancel",
      sig = "(msg=None)",
      doc = "Has CancelledError raised in the coroutine, unless it has ended; returns whether.")
  boolean cancelTask(PyObject msg) {
    dontLog();
    if (!isPending()) {
      return false;
    }
    cancels++;
    PyObject w = waiter;
    if (w != null && cancel(w, msg)) {
      // It stays the waiter: it may be a task that catches the cancellation.
      return true;
    }
    mustCancel = true;
    message(msg);
    return true;
  }

  @PyMethod(sig = "()", doc = "How many cancellations were asked for and not taken back.")
  int cancelling() {
    return cancels;
  }

  @PyMethod(sig = "()", doc = "Takes one cancellation back; returns how many are left.")
  int uncancel() {
    if (cancels > 0) {
      cancels--;
      if (cancels == 0) {
        mustCancel = false;
      }
    }
    return cancels;
  }

  @PyMethod(name = "get_coro", sig = "()", doc = "The coroutine.")
  PyObject getCoro() {
    return Py.orNone(coroutine);
  }

  @PyMethod(name = "get_context", sig = "()", doc = "The context it runs in.")
  PyObject getContext() {
    return context();
  }

  @PyMethod(name = "get_name", sig = "()", doc = "Its name.")
  PyObject getName() {
    PyObject n = name;
    if (n == null) {
      if (number == 0) {
        return Py.None;
      }
      n = PyStr.of("Task-" + number);
      name = n;
    }
    return n;
  }

  @PyMethod(name = "set_name", sig = "(value, /)", doc = "Names it.")
  void setName(PyObject value) {
    name = value.getClass() == PyStr.class ? value : PyObjects.str(value);
  }

  @PyMethod(name = "set_result", sig = "(result, /)", doc = "Not for tasks.")
  void refuseResult(PyObject value) {
    throw Errors.runtimeError("Task does not support set_result operation");
  }

  @PyMethod(name = "set_exception", sig = "(exception, /)", doc = "Not for tasks.")
  void refuseException(PyObject e) {
    throw Errors.runtimeError("Task does not support set_exception operation");
  }

  @PyMethod(
      name = "get_stack",
      sig = "(*, limit=None)",
      doc = "The frames where the coroutine stands, or those of its exception.")
  PyObject getStack(PyObject limit) {
    return Loops.library("base_tasks", "_task_get_stack").call2(this, limit);
  }

  @PyMethod(
      name = "print_stack",
      sig = "(*, limit=None, file=None)",
      doc = "Prints what get_stack() returns.")
  PyObject printStack(PyObject limit, PyObject file) {
    return Loops.library("base_tasks", "_task_print_stack").call3(this, limit, file);
  }

  @PyMethod(name = "__repr__")
  PyObject taskRepr() {
    return Loops.library("base_tasks", "_task_repr").call1(this);
  }

  // Compare CPython TaskObj_finalize in _asynciomodule.c.
  @PyMethod(name = "__del__", sig = "()")
  void taskDel() {
    if (isPending() && logDestroyPending && coroutine != null) {
      PyDict context = new PyDict();
      context.putStr("task", this);
      context.putStr("message", Py.str("Task was destroyed but it is pending!"));
      report(context);
    }
    del();
  }

  // ---- fields

  @PyGetter("_log_destroy_pending")
  boolean getLogDestroyPending() {
    return logDestroyPending;
  }

  @PySetter("_log_destroy_pending")
  void setLogDestroyPending(@Nullable PyObject o) {
    if (o == null) {
      throw Errors.of(Exceptions.AttributeError, "cannot delete attribute");
    }
    logDestroyPending = PyObjects.isTrue(o);
  }

  @PyGetter("_must_cancel")
  boolean getMustCancel() {
    return mustCancel;
  }

  @PyGetter("_coro")
  PyObject getCoroField() {
    return Py.orNone(coroutine);
  }

  @PyGetter("_fut_waiter")
  PyObject getFutWaiter() {
    return Py.orNone(waiter);
  }
}
