package org.plait.modules.asyncio;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.interp.Awaiting;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;

/** What {@code await future} drives: gives the future once, then returns its result. */
@PyTypeDef(
    name = "FutureIter",
    module = "_asyncio",
    flags = {TypeFlag.DISALLOW_INSTANTIATION})
public final class PyFutureIter extends PyObject implements Awaiting.Delegate {
  public static final PyType TYPE = PyType.builtin(PyFutureIterTable.INSTANCE);

  /** The future, null when the iterator is at its end. */
  private volatile @Nullable PyFuture future;

  PyFutureIter(PyFuture future) {
    this.future = future;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  private volatile boolean given;

  /** The future, or null when it is done; its failure is thrown. */
  @Override
  public @Nullable PyObject step() {
    PyFuture f = future;
    if (f == null) {
      return null;
    }
    if (f.isPending()) {
      if (given) {
        throw Errors.runtimeError("await wasn't used with future");
      }
      given = true;
      f.blocking = true;
      return f;
    }
    PyException e = f.failure();
    if (e != null) {
      future = null;
      throw e;
    }
    return null;
  }

  @Override
  public PyObject takeReturned() {
    PyFuture f = future;
    future = null;
    return f == null ? Py.None : f.value();
  }

  @PyMethod(name = "__iter__")
  PyObject iter() {
    return this;
  }

  @PyMethod(name = "__next__")
  PyObject next() {
    PyObject o = step();
    if (o == null) {
      throw Errors.stopIteration(takeReturned());
    }
    return o;
  }

  @PyMethod(sig = "(value, /)", doc = "Goes on; the value is not used.")
  PyObject send(PyObject value) {
    return next();
  }

  // Compare CPython FutureIter_throw in _asynciomodule.c.
  @PyMethod(
      name = "throw",
      sig = "!(type, value=NULL, traceback=NULL, /)",
      doc = "Raises an exception where the future is awaited.")
  PyObject throw_(PyObject type, @Nullable PyObject value, @Nullable PyObject traceback) {
    future = null;
    throw Awaiting.thrown(type, value, traceback);
  }

  @PyMethod(sig = "()", doc = "Ends it.")
  void close() {
    future = null;
  }
}
