package org.plait.modules.asyncio;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyClassMethod;
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
import org.plait.runtime.interp.PyTraceback;
import org.plait.runtime.interp.Unraisable;
import org.plait.runtime.object.ObjectExtras;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyInstance;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyFrozenSet;
import org.plait.runtime.types.PyGenericAlias;
import org.plait.runtime.types.PySet;
import org.plait.runtime.types.PyStr;

/**
 * {@code _asyncio.Future}. It belongs to the thread of its loop, as in CPython; used by others all
 * the same it loses no callback: state and callbacks change under the object's monitor, and no user
 * code runs there. {@link #loop} is null until {@code __init__} has run.
 */
@PyTypeDef(
    name = "Future",
    module = "_asyncio",
    subclassable = true,
    flags = {TypeFlag.DICT, TypeFlag.WEAKREF},
    sig = "(*, loop=None)",
    doc = "A value that is not there yet; coroutines of one event loop can await it.")
public class PyFuture extends PyInstance {
  public static final PyType TYPE = PyType.builtin(PyFutureTable.INSTANCE);

  /** Where a future is in its life; the names are those of {@code _state}. */
  enum State {
    PENDING,
    CANCELLED,
    FINISHED;

    final PyStr text = PyStr.intern(name());
  }

  /** A function to call when the future is done, and where. */
  private record Callback(PyObject function, PyObject context) {}

  private volatile @Nullable PyObject loop;
  private volatile State state = State.PENDING;
  private List<Callback> callbacks = List.of();

  private volatile @Nullable PyObject result;
  private volatile @Nullable PyBaseException exception;
  private volatile @Nullable PyTraceback traceback;
  private volatile PyObject sourceTraceback = Py.None;
  private volatile PyObject cancelMessage = Py.None;

  /** What the coroutine of a cancelled task raised, raised again once. */
  volatile @Nullable PyBaseException cancelledError;

  /** Set by {@code await}, so that a task can tell it from a bare {@code yield}. */
  volatile boolean blocking;

  /** The exception has been seen by nobody yet. */
  private volatile boolean logTraceback;

  /** Which tasks await this: null, one, or a set of them. Under the monitor. */
  private @Nullable PyObject awaitedBy;

  PyFuture(PyType type) {
    super(type);
  }

  @PyNew(sig = "(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return new PyFuture(cls);
  }

  @PyMethod(name = "__init__", sig = "(*, loop=None)")
  void init(PyObject loop) {
    initFuture(loop);
  }

  // Compare CPython future_init in _asynciomodule.c.
  final void initFuture(PyObject given) {
    synchronized (this) {
      callbacks = List.of();
      awaitedBy = null;
    }
    state = State.PENDING;
    result = null;
    exception = null;
    traceback = null;
    sourceTraceback = Py.None;
    cancelMessage = Py.None;
    cancelledError = null;
    blocking = false;
    logTraceback = false;
    loop = null;
    PyObject l = given == Py.None ? Loops.current() : given;
    loop = l;
    if (PyObjects.isTrue(PyCalls.callMethod(l, "get_debug"))) {
      sourceTraceback = Loops.library("format_helpers", "extract_stack").call0();
    }
  }

  // ---- what others in this package need

  final boolean isPending() {
    return state == State.PENDING;
  }

  final @Nullable PyObject loop() {
    return loop;
  }

  final PyObject requireLoop() {
    PyObject l = loop;
    if (l == null) {
      throw Errors.runtimeError("Future object is not initialized.");
    }
    return l;
  }

  /** The loop of any future. */
  static PyObject loopOf(PyObject future) {
    if (future instanceof PyFuture f && (f.type() == TYPE || f.type() == PyTask.TYPE)) {
      return Py.orNone(f.loop);
    }
    PyObject method = PyObjects.getOptionalAttr(future, "get_loop");
    return method != null ? method.call0() : PyObjects.getAttr(future, "_loop");
  }

  private static PyException invalidState(String message) {
    return Errors.of(Loops.exception("InvalidStateError"), message);
  }

  /** What happens when it is done, once. */
  void onDone() {}

  private void scheduleCallbacks() {
    onDone();
    List<Callback> all;
    synchronized (this) {
      all = callbacks;
      callbacks = List.of();
    }
    for (Callback c : all) {
      Loops.callSoon(requireLoop(), c.function, this, c.context);
    }
  }

  /** {@code Future.set_result}, of a task too. */
  final void finishWith(PyObject value) {
    requireLoop();
    synchronized (this) {
      if (state != State.PENDING) {
        throw invalidState("invalid state");
      }
      result = value;
      state = State.FINISHED;
    }
    scheduleCallbacks();
  }

  /** {@code Future.set_exception}, of a task too. */
  final void failWith(PyObject given) {
    requireLoop();
    if (state != State.PENDING) {
      throw invalidState("invalid state");
    }
    PyObject made =
        given instanceof PyType t && t.isSubtypeOf(PyBaseException.TYPE) ? t.call0() : given;
    if (!(made instanceof PyBaseException e)) {
      throw Errors.typeError("invalid exception object");
    }
    if (e.type().isSubtypeOf(Exceptions.StopIteration)) {
      PyBaseException instead =
          Errors.runtimeError(
                  "StopIteration interacts badly with generators and cannot be raised into a"
                      + " Future")
              .value;
      instead.setCause(e);
      instead.setContext(e);
      e = instead;
    }
    synchronized (this) {
      if (state != State.PENDING) {
        throw invalidState("invalid state");
      }
      exception = e;
      traceback = e.traceback();
      state = State.FINISHED;
    }
    scheduleCallbacks();
    logTraceback = true;
    ObjectExtras.watch(this);
  }

  /** {@code Future.cancel}, of a task too. */
  final boolean cancelNow(PyObject message) {
    requireLoop();
    logTraceback = false;
    synchronized (this) {
      if (state != State.PENDING) {
        return false;
      }
      cancelMessage = message;
      state = State.CANCELLED;
    }
    scheduleCallbacks();
    return true;
  }

  final PyBaseException cancelledException() {
    PyBaseException saved = cancelledError;
    if (saved != null) {
      cancelledError = null;
      return saved;
    }
    PyType type = Loops.exception("CancelledError");
    PyObject message = cancelMessage;
    return (message == Py.None ? Errors.of(type) : Errors.of(type, message)).value;
  }

  /** The exception to raise instead of giving the result, or null. */
  final @Nullable PyException failure() {
    switch (state) {
      case CANCELLED -> {
        return new PyException(cancelledException());
      }
      case PENDING -> {
        return invalidState("Result is not set.");
      }
      case FINISHED -> {
        logTraceback = false;
        PyBaseException e = exception;
        if (e == null) {
          return null;
        }
        PyTraceback tb = traceback;
        traceback = null;
        // Whoever asks again gets the exception without what the first one has added.
        e.setTraceback(tb);
        return new PyException(e);
      }
    }
    throw new AssertionError(state);
  }

  final PyObject value() {
    return Py.orNone(result);
  }

  final void dontLog() {
    logTraceback = false;
  }

  final PyObject message() {
    return cancelMessage;
  }

  final void message(PyObject m) {
    cancelMessage = m;
  }

  /** Has a function called when it is done, perhaps soon. */
  final void whenDone(PyObject function, PyObject context) {
    PyObject l = requireLoop();
    synchronized (this) {
      if (state == State.PENDING) {
        List<Callback> more = new ArrayList<>(callbacks.size() + 1);
        more.addAll(callbacks);
        more.add(new Callback(function, context));
        callbacks = more;
        return;
      }
    }
    Loops.callSoon(l, function, this, context);
  }

  // ---- who awaits whom

  final void awaitedBy(PyObject waiter) {
    PySet all;
    synchronized (this) {
      if (awaitedBy == null || awaitedBy == waiter) {
        awaitedBy = waiter;
        return;
      }
      if (awaitedBy instanceof PySet s) {
        all = s;
      } else {
        all = new PySet();
        all.add(awaitedBy);
        awaitedBy = all;
      }
    }
    all.add(waiter);
  }

  final void notAwaitedBy(PyObject waiter) {
    PySet all;
    synchronized (this) {
      if (awaitedBy == waiter) {
        awaitedBy = null;
      }
      if (!(awaitedBy instanceof PySet s)) {
        return;
      }
      all = s;
    }
    all.discard(waiter);
  }

  @PyGetter("_asyncio_awaited_by")
  PyObject getAwaitedBy() {
    PyObject by;
    synchronized (this) {
      by = awaitedBy;
    }
    if (by == null) {
      return Py.None;
    }
    return by instanceof PySet ? PyFrozenSet.from(by) : PyFrozenSet.of(by);
  }

  // ---- Python's methods

  @PyMethod(sig = "()", doc = "The value, or raises the exception that was set.")
  PyObject result() {
    PyException e = failure();
    if (e != null) {
      throw e;
    }
    return value();
  }

  @PyMethod(name = "exception", sig = "()", doc = "The exception that was set, or None.")
  PyObject exception_() {
    switch (state) {
      case CANCELLED -> throw new PyException(cancelledException());
      case PENDING -> throw invalidState("Exception is not set.");
      case FINISHED -> {
        logTraceback = false;
        return Py.orNone(exception);
      }
    }
    throw new AssertionError(state);
  }

  @PyMethod(name = "set_result", sig = "(result, /)", doc = "Ends it with a value.")
  void setResult(PyObject value) {
    finishWith(value);
  }

  @PyMethod(name = "set_exception", sig = "(exception, /)", doc = "Ends it with an exception.")
  void setException(PyObject e) {
    failWith(e);
  }

  @PyMethod(
      name = "add_done_callback",
      sig = "!(fn, /, *, context=NULL)",
      doc = "Has a function called with the future when that is done.")
  void addDoneCallback(PyObject fn, @Nullable PyObject context) {
    requireLoop();
    whenDone(fn, context == null || context == Py.None ? PyContext.copyOfCurrent() : context);
  }

  @PyMethod(
      name = "remove_done_callback",
      sig = "(fn, /)",
      doc = "Takes a function off the list of callbacks; returns how often it was there.")
  int removeDoneCallback(PyObject fn) {
    requireLoop();
    List<Callback> before;
    synchronized (this) {
      before = callbacks;
    }
    Map<Callback, Boolean> gone = new IdentityHashMap<>();
    for (Callback c : before) {
      if (c.function == fn || PyObjects.equal(fn, c.function)) {
        gone.put(c, true);
      }
    }
    synchronized (this) {
      List<Callback> left = new ArrayList<>(callbacks.size());
      for (Callback c : callbacks) {
        if (!gone.containsKey(c)) {
          left.add(c);
        }
      }
      callbacks = left;
    }
    return gone.size();
  }

  @PyMethod(sig = "(msg=None)", doc = "Cancels it, unless it is done; returns whether.")
  boolean cancel(PyObject msg) {
    return cancelNow(msg);
  }

  @PyMethod(sig = "()", doc = "Whether it was cancelled.")
  boolean cancelled() {
    return state == State.CANCELLED;
  }

  @PyMethod(sig = "()", doc = "Whether it has a result or an exception, or was cancelled.")
  boolean done() {
    return state != State.PENDING;
  }

  @PyMethod(name = "get_loop", sig = "()", doc = "The event loop it belongs to.")
  PyObject getLoop() {
    return requireLoop();
  }

  @PyMethod(
      name = "_make_cancelled_error",
      sig = "()",
      doc = "The CancelledError to raise for it; meant to be asked once.")
  PyObject makeCancelledError() {
    return cancelledException();
  }

  @PyMethod(name = "__iter__")
  PyObject iter() {
    requireLoop();
    return new PyFutureIter(this);
  }

  @PyMethod(name = "__await__")
  PyObject await() {
    return iter();
  }

  @PyMethod(name = "__repr__")
  PyObject repr() {
    return Loops.library("base_futures", "_future_repr").call1(this);
  }

  @PyClassMethod(
      name = "__class_getitem__",
      sig = "(object, /)",
      doc = "The class with type arguments (PEP 585).")
  static PyObject classGetitem(PyType cls, PyObject item) {
    return new PyGenericAlias(cls, item);
  }

  // Compare CPython FutureObj_finalize in _asynciomodule.c.
  @PyMethod(name = "__del__", sig = "()")
  void del() {
    if (!logTraceback) {
      return;
    }
    PyBaseException e = exception;
    if (e == null) {
      return;
    }
    logTraceback = false;
    PyDict context = new PyDict();
    context.putStr("message", Py.str(type().simpleName() + " exception was never retrieved"));
    context.putStr("exception", e);
    context.putStr("future", this);
    report(context);
  }

  /** Tells the loop about a problem that nobody waits for. */
  final void report(PyDict context) {
    PyObject l = loop;
    if (l == null) {
      return;
    }
    if (sourceTraceback != Py.None) {
      context.putStr("source_traceback", sourceTraceback);
    }
    try {
      PyCalls.callMethod(l, "call_exception_handler", context);
    } catch (PyException failed) {
      Unraisable.report(failed.value, this);
    }
  }

  // ---- fields

  private static PyObject value(@Nullable PyObject o) {
    if (o == null) {
      throw Errors.of(Exceptions.AttributeError, "cannot delete attribute");
    }
    return o;
  }

  @PyGetter("_asyncio_future_blocking")
  boolean getBlocking() {
    return blocking;
  }

  @PySetter("_asyncio_future_blocking")
  void setBlocking(@Nullable PyObject o) {
    requireLoop();
    blocking = PyObjects.isTrue(value(o));
  }

  @PyGetter("_log_traceback")
  boolean getLogTraceback() {
    return logTraceback;
  }

  @PySetter("_log_traceback")
  void setLogTraceback(@Nullable PyObject o) {
    if (PyObjects.isTrue(value(o))) {
      throw Errors.valueError("_log_traceback can only be set to False");
    }
    logTraceback = false;
  }

  @PyGetter("_state")
  PyObject getState() {
    return state.text;
  }

  @PyGetter("_result")
  PyObject getResult() {
    return value();
  }

  @PyGetter("_exception")
  PyObject getException() {
    return Py.orNone(exception);
  }

  @PyGetter("_loop")
  PyObject getLoopField() {
    return Py.orNone(loop);
  }

  @PyGetter("_callbacks")
  PyObject getCallbacks() {
    List<Callback> all;
    synchronized (this) {
      all = callbacks;
    }
    if (all.isEmpty()) {
      return Py.None;
    }
    List<PyObject> pairs = new ArrayList<>();
    all.forEach(c -> pairs.add(Py.tuple(c.function, c.context)));
    return Py.list(pairs);
  }

  @PyGetter("_source_traceback")
  PyObject getSourceTraceback() {
    return sourceTraceback;
  }

  @PyGetter("_cancel_message")
  PyObject getCancelMessage() {
    return cancelMessage;
  }

  @PySetter("_cancel_message")
  void setCancelMessage(@Nullable PyObject o) {
    cancelMessage = value(o);
  }
}
