package org.plait.runtime.interp;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyClassMethod;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PySetter;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.types.PyGenericAlias;

/** {@code async_generator}: driven through the awaitables of {@link AsyncGenSteps}. */
@PyTypeDef(
    name = "async_generator",
    flags = {TypeFlag.WEAKREF})
public final class PyAsyncGenerator extends PyGeneratorBase {
  public static final PyType TYPE = PyType.builtin(PyAsyncGeneratorTable.INSTANCE);

  /** {@code aclose()} has been called or the generator is at its end. */
  volatile boolean closed;

  /** An {@code anext()}, {@code asend()}, {@code athrow()} or {@code aclose()} is under way. */
  volatile boolean runningAsync;

  private boolean hooksInitialized;
  @Nullable PyObject finalizer;

  PyAsyncGenerator(PyFrame frame) {
    super(frame);
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @Override
  String kind() {
    return "async generator";
  }

  @Override
  public @Nullable PyObject next() {
    throw Errors.typeError("'async_generator' object is not an iterator");
  }

  // Compare CPython async_gen_init_hooks in genobject.c.
  private void initHooks() {
    if (hooksInitialized) {
      return;
    }
    hooksInitialized = true;
    ThreadState ts = ThreadState.current();
    finalizer = ts.asyncGenFinalizer;
    if (finalizer != null) {
      Finalization.watchAsyncGenerator(this);
    }
    PyObject first = ts.asyncGenFirstIter;
    if (first != null) {
      first.call1(this);
    }
  }

  /** What one of the awaitables of async generators holds, for the collector's module. */
  public static PyObject[] heldBy(PyObject step) {
    return switch (step) {
      case AsyncGenSteps.Send s -> s.held();
      case AsyncGenSteps.Throw t -> t.held();
      default -> NO_ARGS;
    };
  }

  @PyMethod(name = "__aiter__")
  PyObject aiter() {
    return this;
  }

  @PyMethod(name = "__anext__")
  PyObject anext() {
    initHooks();
    return new AsyncGenSteps.Send(this, Py.None);
  }

  @PyMethod(sig = "(object, /)", doc = "An awaitable that sends a value into generator.")
  PyObject asend(PyObject value) {
    initHooks();
    return new AsyncGenSteps.Send(this, value);
  }

  @PyMethod(
      sig = "!(type, value=NULL, traceback=NULL, /)",
      doc = "An awaitable that raises an exception in generator.")
  PyObject athrow(PyObject type, @Nullable PyObject value, @Nullable PyObject traceback) {
    if (value != null) {
      warnSignature("athrow");
    }
    initHooks();
    return new AsyncGenSteps.Throw(this, type, Py.orNone(value), Py.orNone(traceback));
  }

  @PyMethod(sig = "()", doc = "An awaitable that raises GeneratorExit inside generator.")
  PyObject aclose() {
    initHooks();
    return new AsyncGenSteps.Throw(this);
  }

  @PyMethod(name = "__repr__")
  String repr() {
    return reprText();
  }

  @PyClassMethod(
      name = "__class_getitem__",
      sig = "(object, /)",
      doc = "The class with type arguments (PEP 585).")
  static PyObject classGetitem(PyType cls, PyObject item) {
    return new PyGenericAlias(cls, item);
  }

  @PyGetter(value = "__name__", doc = "name of the async generator")
  PyObject getName() {
    return name;
  }

  @PySetter("__name__")
  void setName(@Nullable PyObject value) {
    name = checkName(value, "__name__");
  }

  @PyGetter(value = "__qualname__", doc = "qualified name of the async generator")
  PyObject getQualname() {
    return qualname;
  }

  @PySetter("__qualname__")
  void setQualname(@Nullable PyObject value) {
    qualname = checkName(value, "__qualname__");
  }

  @PyGetter("ag_frame")
  PyObject getFrame() {
    Audit.getAttribute(this, "ag_frame");
    return Py.orNone(visibleFrame());
  }

  @PyGetter("ag_code")
  PyObject getCode() {
    Audit.getAttribute(this, "ag_code");
    return code();
  }

  @PyGetter("ag_running")
  boolean getRunning() {
    return runningAsync;
  }

  @PyGetter("ag_suspended")
  boolean getSuspended() {
    return isSuspended();
  }

  @PyGetter(value = "ag_await", doc = "what is being awaited, or None")
  PyObject getAwait() {
    return Py.orNone(yieldFrom());
  }
}
