package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects;

/** {@code callable_iterator}: what {@code iter(callable, sentinel)} makes. */
@PyTypeDef(
    name = "callable_iterator",
    flags = {TypeFlag.DISALLOW_INSTANTIATION})
public final class PyCallableIterator extends PyIterator {
  public static final PyType TYPE = PyType.builtin(PyCallableIteratorTable.INSTANCE);

  private final PyObject callable;
  private final PyObject sentinel;
  private volatile boolean done;

  public PyCallableIterator(PyObject callable, PyObject sentinel) {
    this.callable = callable;
    this.sentinel = sentinel;
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
    if (done) {
      return null;
    }
    PyObject v;
    try {
      v = callable.call0();
    } catch (PyException e) {
      if (!e.matches(Exceptions.StopIteration)) {
        throw e;
      }
      done = true;
      return null;
    }
    if (done) {
      return null;
    }
    if (PyObjects.equal(sentinel, v)) {
      done = true;
      return null;
    }
    return v;
  }

  @PyMethod(name = "__reduce__", sig = "()", doc = "Return state information for pickling.")
  PyObject reduce() {
    PyObject f = builtin("iter");
    return done ? Py.tuple(f, Py.tuple(Py.EmptyTuple)) : Py.tuple(f, Py.tuple(callable, sentinel));
  }
}
