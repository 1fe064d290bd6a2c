package org.plait.runtime.interp;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyClassMethod;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PySetter;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.types.PyGenericAlias;

/** {@code generator}. */
@PyTypeDef(
    name = "generator",
    flags = {TypeFlag.WEAKREF})
public final class PyGenerator extends PyGeneratorBase {
  public static final PyType TYPE = PyType.builtin(PyGeneratorTable.INSTANCE);

  PyGenerator(PyFrame frame) {
    super(frame);
  }

  /** That of a frame which is in its first step already, and so belongs to this thread. */
  static void started(PyFrame frame) {
    new PyGenerator(frame).claim();
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @Override
  String kind() {
    return "generator";
  }

  @org.plait.processor.annotation.PyMethod(name = "__iter__")
  PyObject iter() {
    return this;
  }

  /** {@code next()}: null at the end when there is no return value to tell. */
  @org.plait.processor.annotation.PyMethod(name = "__next__")
  @Nullable PyObject nextItem() {
    PyObject v = sendOrNull(Py.None);
    if (v != null) {
      return v;
    }
    PyObject value = takeReturnValue();
    if (value != Py.None) {
      throw stop(value);
    }
    return null;
  }

  /** For loops in Java: null at the end, whatever was returned. */
  @Override
  public @Nullable PyObject next() {
    PyObject v = sendOrNull(Py.None);
    if (v == null) {
      takeReturnValue();
    }
    return v;
  }

  @org.plait.processor.annotation.PyMethod(
      name = "send",
      sig = "(object, /)",
      doc = "Goes on with a value, which the yield gives; returns the next one.")
  PyObject send_(PyObject value) {
    return send(value);
  }

  @org.plait.processor.annotation.PyMethod(
      name = "throw",
      sig = "!(type, value=NULL, traceback=NULL, /)",
      doc = "Goes on with an exception raised in generator; returns the next value.")
  PyObject throw_(PyObject type, @Nullable PyObject value, @Nullable PyObject traceback) {
    PyException e = thrown(type, value, traceback);
    PyObject v = throwOrNull(e);
    if (v == null) {
      throw stop(takeReturnValue());
    }
    return v;
  }

  @org.plait.processor.annotation.PyMethod(
      name = "close",
      sig = "()",
      doc = "Ends it with GeneratorExit raised inside generator.")
  PyObject close_() {
    return close();
  }

  @org.plait.processor.annotation.PyMethod(name = "__repr__")
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

  @org.plait.processor.annotation.PyMethod(
      name = "__sizeof__",
      sig = "()",
      doc = "Size in memory, in bytes.")
  int sizeof() {
    return 200;
  }

  @PyGetter(value = "__name__", doc = "name of the generator")
  PyObject getName() {
    return name;
  }

  @PySetter("__name__")
  void setName(@Nullable PyObject value) {
    name = checkName(value, "__name__");
  }

  @PyGetter(value = "__qualname__", doc = "qualified name of the generator")
  PyObject getQualname() {
    return qualname;
  }

  @PySetter("__qualname__")
  void setQualname(@Nullable PyObject value) {
    qualname = checkName(value, "__qualname__");
  }

  @PyGetter("gi_frame")
  PyObject getFrame() {
    Audit.getAttribute(this, "gi_frame");
    return Py.orNone(visibleFrame());
  }

  @PyGetter("gi_code")
  PyObject getCode() {
    Audit.getAttribute(this, "gi_code");
    return code();
  }

  @PyGetter("gi_running")
  boolean getRunning() {
    return isRunning();
  }

  @PyGetter("gi_suspended")
  boolean getSuspended() {
    return isSuspended();
  }

  @PyGetter(value = "gi_yieldfrom", doc = "what yield from delegates to, or None")
  PyObject getYieldfrom() {
    return Py.orNone(yieldFrom());
  }
}
