package org.plait.runtime.interp;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyClassMethod;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PySetter;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.types.PyGenericAlias;
import org.plait.runtime.types.PyIterator;
import org.plait.runtime.types.PyStr;

/** {@code coroutine}: what calling an {@code async def} function gives. */
@PyTypeDef(
    name = "coroutine",
    flags = {TypeFlag.WEAKREF})
public final class PyCoroutine extends PyGeneratorBase {
  public static final PyType TYPE = PyType.builtin(PyCoroutineTable.INSTANCE);

  /** {@code cr_origin}. */
  private final @Nullable PyObject origin;

  PyCoroutine(PyFrame frame) {
    super(frame);
    ThreadState ts = ThreadState.current();
    origin = ts.coroutineOriginDepth > 0 ? originOf(ts) : null;
    Finalization.watchCoroutine(this);
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @Override
  String kind() {
    return "coroutine";
  }

  @Override
  void onExhausted() {
    throw Errors.runtimeError("cannot reuse already awaited coroutine");
  }

  /** Where the coroutine was made: tuples of file, line and function. */
  private static PyObject originOf(ThreadState ts) {
    java.util.List<PyObject> entries = new java.util.ArrayList<>();
    // The innermost frame is the coroutine function's own.
    PyFrame f = ts.frame == null ? null : ts.frame.back;
    for (int i = 0; i < ts.coroutineOriginDepth && f != null; i++, f = f.back) {
      entries.add(Py.tuple(f.code.filename, Py.int_(f.line()), PyStr.of(f.code.name.toString())));
    }
    return Py.tuple(entries);
  }

  @Override
  public @Nullable PyObject next() {
    throw Errors.typeError("'coroutine' object is not an iterator");
  }

  @PyMethod(name = "__await__")
  PyObject await() {
    return new Wrapper(this);
  }

  @PyMethod(
      name = "send",
      sig = "(object, /)",
      doc =
          "Sends a value into coroutine, which goes on; returns what it yields or raises"
              + " StopIteration.")
  PyObject send_(PyObject value) {
    return send(value);
  }

  @PyMethod(
      name = "throw",
      sig = "!(type, value=NULL, traceback=NULL, /)",
      doc = "Goes on with an exception raised in coroutine; returns what it yields.")
  PyObject throw_(PyObject type, @Nullable PyObject value, @Nullable PyObject traceback) {
    PyException e = thrown(type, value, traceback);
    PyObject v = throwOrNull(e);
    if (v == null) {
      throw stop(takeReturnValue());
    }
    return v;
  }

  @PyMethod(name = "close", sig = "()", doc = "Ends it with GeneratorExit raised inside coroutine.")
  PyObject close_() {
    close();
    return Py.None;
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

  @PyGetter(value = "__name__", doc = "name of the coroutine")
  PyObject getName() {
    return name;
  }

  @PySetter("__name__")
  void setName(@Nullable PyObject value) {
    name = checkName(value, "__name__");
  }

  @PyGetter(value = "__qualname__", doc = "qualified name of the coroutine")
  PyObject getQualname() {
    return qualname;
  }

  @PySetter("__qualname__")
  void setQualname(@Nullable PyObject value) {
    qualname = checkName(value, "__qualname__");
  }

  @PyGetter("cr_frame")
  PyObject getFrame() {
    Audit.getAttribute(this, "cr_frame");
    return Py.orNone(visibleFrame());
  }

  @PyGetter("cr_code")
  PyObject getCode() {
    Audit.getAttribute(this, "cr_code");
    return code();
  }

  @PyGetter("cr_running")
  boolean getRunning() {
    return isRunning();
  }

  @PyGetter("cr_suspended")
  boolean getSuspended() {
    return isSuspended();
  }

  @PyGetter(value = "cr_await", doc = "what is being awaited, or None")
  PyObject getAwait() {
    return Py.orNone(yieldFrom());
  }

  @PyGetter("cr_origin")
  PyObject getOrigin() {
    return Py.orNone(origin);
  }

  /** {@code coroutine_wrapper}: what {@code __await__} returns. */
  @PyTypeDef(name = "coroutine_wrapper")
  public static final class Wrapper extends PyIterator {
    public static final PyType TYPE = PyType.builtin(PyCoroutineWrapperTable.INSTANCE);

    private final PyCoroutine coroutine;

    Wrapper(PyCoroutine coroutine) {
      this.coroutine = coroutine;
    }

    @Override
    public PyType type() {
      return TYPE;
    }

    @PyMethod(name = "__iter__")
    PyObject iter() {
      return this;
    }

    @Override
    @PyMethod(name = "__next__")
    public @Nullable PyObject next() {
      return coroutine.send(Py.None);
    }

    @PyMethod(sig = "(object, /)")
    PyObject send(PyObject value) {
      return coroutine.send(value);
    }

    @PyMethod(name = "throw", sig = "!(type, value=NULL, traceback=NULL, /)")
    PyObject throw_(PyObject type, @Nullable PyObject value, @Nullable PyObject traceback) {
      return coroutine.throw_(type, value, traceback);
    }

    @PyMethod(sig = "()")
    PyObject close() {
      return coroutine.close_();
    }
  }
}
