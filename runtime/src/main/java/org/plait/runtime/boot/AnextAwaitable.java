package org.plait.runtime.boot;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.interp.Awaiting;
import org.plait.runtime.interp.PyCoroutine;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.types.PyIterator;

/** {@code anext(it, default)}: the awaitable that gives the default at the end. */
@PyTypeDef(name = "anext_awaitable")
final class AnextAwaitable extends PyIterator {
  static final PyType TYPE = PyType.builtin(AnextAwaitableTable.INSTANCE);

  private final PyObject wrapped;
  private final PyObject otherwise;
  private @Nullable PyObject iterator;

  private AnextAwaitable(PyObject wrapped, PyObject otherwise) {
    this.wrapped = wrapped;
    this.otherwise = otherwise;
  }

  static PyObject anext(PyObject[] args, String @Nullable [] kwnames) {
    if (kwnames != null) {
      throw Errors.typeError("anext() takes no keyword arguments");
    }
    if (args.length < 1 || args.length > 2) {
      throw Errors.typeError(
          args.length < 1
              ? "anext expected at least 1 argument, got 0"
              : "anext expected at most 2 arguments, got " + args.length);
    }
    PyObject f = args[0].type().special(Special.ANEXT);
    if (f == null) {
      throw Errors.typeError("'" + args[0].type().name() + "' object is not an async iterator");
    }
    PyObject awaitable = PyCalls.invoke(f, args[0]);
    return args.length == 1 ? awaitable : new AnextAwaitable(awaitable, args[1]);
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  private PyObject iterator() {
    PyObject it = iterator;
    if (it == null) {
      it = Awaiting.iterator(wrapped);
      if (it instanceof PyCoroutine) {
        it = PyCalls.callMethod(it, "__await__");
      }
      iterator = it;
    }
    return it;
  }

  /** The end of the iteration is the default's turn. */
  private PyException ended(PyException e) {
    return e.matches(Exceptions.StopAsyncIteration) ? Errors.stopIteration(otherwise) : e;
  }

  @PyMethod(name = "__await__")
  PyObject await() {
    return this;
  }

  @PyMethod(name = "__iter__")
  PyObject iter() {
    return this;
  }

  @Override
  @PyMethod(name = "__next__")
  public @Nullable PyObject next() {
    try {
      // Not the iteration protocol's next(), which forgets what a generator has returned.
      return PyCalls.callMethod(iterator(), "__next__");
    } catch (PyException e) {
      throw ended(e);
    }
  }

  private PyObject forward(String method, PyObject... args) {
    try {
      return PyCalls.callMethod(iterator(), method, args);
    } catch (PyException e) {
      throw ended(e);
    }
  }

  @PyMethod(sig = "(value, /)")
  PyObject send(PyObject value) {
    return forward("send", value);
  }

  @PyMethod(name = "throw", sig = "!(type, value=NULL, traceback=NULL, /)")
  PyObject throw_(PyObject type, @Nullable PyObject value, @Nullable PyObject traceback) {
    if (value == null) {
      return forward("throw", type);
    }
    return traceback == null
        ? forward("throw", type, value)
        : forward("throw", type, value, traceback);
  }

  @PyMethod(sig = "()")
  PyObject close() {
    return forward("close");
  }
}
