package org.plait.runtime.interp;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.types.PyIterator;
import org.plait.runtime.types.PyTuple;

/** The awaitables of async generators: one step each. */
final class AsyncGenSteps {
  private static final int INIT = 0;
  private static final int ITER = 1;
  private static final int CLOSED = 2;

  private AsyncGenSteps() {}

  /** What the generator gave its driver: an item ends the step, an awaited value passes on. */
  // Compare CPython async_gen_unwrap_value in genobject.c.
  private static PyObject unwrap(PyAsyncGenerator g, @Nullable PyObject result) {
    if (result == null) {
      g.takeReturnValue();
      g.closed = true;
      g.runningAsync = false;
      throw Errors.of(Exceptions.StopAsyncIteration);
    }
    if (result instanceof PyAsyncGenWrappedValue w) {
      g.runningAsync = false;
      throw Errors.stopIteration(w.value);
    }
    return result;
  }

  private static PyException failed(PyAsyncGenerator g, PyException e) {
    if (e.matches(Exceptions.StopAsyncIteration) || e.matches(Exceptions.GeneratorExit)) {
      g.closed = true;
    }
    g.runningAsync = false;
    return e;
  }

  /** {@code anext()} and {@code asend()}. */
  @PyTypeDef(name = "async_generator_asend")
  static final class Send extends PyIterator {
    static final PyType TYPE = PyType.builtin(AsyncGenStepsSendTable.INSTANCE);

    private final PyAsyncGenerator generator;
    private final PyObject initial;
    private int state = INIT;

    Send(PyAsyncGenerator generator, PyObject initial) {
      this.generator = generator;
      this.initial = initial;
    }

    PyObject[] held() {
      return new PyObject[] {generator, initial};
    }

    @Override
    public PyType type() {
      return TYPE;
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
      return send(Py.None);
    }

    // Compare CPython async_gen_asend_send in genobject.c.
    @PyMethod(sig = "(value, /)")
    PyObject send(PyObject value) {
      if (state == CLOSED) {
        throw Errors.runtimeError("cannot reuse already awaited __anext__()/asend()");
      }
      PyObject v = value;
      if (state == INIT) {
        if (generator.runningAsync) {
          state = CLOSED;
          throw Errors.runtimeError("anext(): asynchronous generator is already running");
        }
        if (v == Py.None) {
          v = initial;
        }
        state = ITER;
      }
      generator.runningAsync = true;
      try {
        PyObject result;
        try {
          result = generator.sendOrNull(v);
        } catch (PyException e) {
          throw failed(generator, e);
        }
        return unwrap(generator, result);
      } catch (PyException e) {
        state = CLOSED;
        throw e;
      }
    }

    @PyMethod(name = "throw", sig = "!(type, value=NULL, traceback=NULL, /)")
    PyObject throw_(PyObject type, @Nullable PyObject value, @Nullable PyObject traceback) {
      if (state == CLOSED) {
        throw Errors.runtimeError("cannot reuse already awaited __anext__()/asend()");
      }
      if (state == INIT) {
        if (generator.runningAsync) {
          state = CLOSED;
          throw Errors.runtimeError("anext(): asynchronous generator is already running");
        }
        state = ITER;
        generator.runningAsync = true;
      }
      try {
        PyObject result;
        try {
          result = generator.throwOrNull(PyGeneratorBase.thrown(type, value, traceback));
        } catch (PyException e) {
          throw failed(generator, e);
        }
        return unwrap(generator, result);
      } catch (PyException e) {
        state = CLOSED;
        throw e;
      }
    }

    @PyMethod(sig = "()")
    PyObject close() {
      if (state == CLOSED) {
        return Py.None;
      }
      PyObject result;
      try {
        result = throw_(Exceptions.GeneratorExit, null, null);
      } catch (PyException e) {
        if (e.matches(Exceptions.StopIteration)
            || e.matches(Exceptions.StopAsyncIteration)
            || e.matches(Exceptions.GeneratorExit)) {
          return Py.None;
        }
        throw e;
      }
      throw Errors.runtimeError(result == null ? "" : "coroutine ignored GeneratorExit");
    }
  }

  /** {@code athrow()} and {@code aclose()}. */
  @PyTypeDef(name = "async_generator_athrow")
  static final class Throw extends PyIterator {
    static final PyType TYPE = PyType.builtin(AsyncGenStepsThrowTable.INSTANCE);

    private final PyAsyncGenerator generator;

    /** The arguments of athrow(); null for aclose(). */
    private final PyObject @Nullable [] args;

    private int state = INIT;

    Throw(PyAsyncGenerator generator, PyObject... args) {
      this.generator = generator;
      this.args = args.length == 0 ? null : args;
    }

    PyObject[] held() {
      return args == null
          ? new PyObject[] {generator}
          : new PyObject[] {generator, PyTuple.of(args)};
    }

    @Override
    public PyType type() {
      return TYPE;
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
      return send(Py.None);
    }

    // Compare CPython async_gen_athrow_send in genobject.c.
    @PyMethod(sig = "(value, /)")
    PyObject send(PyObject value) {
      if (state == CLOSED) {
        throw Errors.runtimeError("cannot reuse already awaited aclose()/athrow()");
      }
      PyObject result;
      try {
        if (state == INIT) {
          if (generator.runningAsync) {
            state = CLOSED;
            throw Errors.runtimeError(
                args == null
                    ? "aclose(): asynchronous generator is already running"
                    : "athrow(): asynchronous generator is already running");
          }
          if (generator.closed) {
            state = CLOSED;
            throw args == null
                ? Errors.stopIteration(null)
                : Errors.of(Exceptions.StopAsyncIteration);
          }
          if (value != Py.None) {
            throw Errors.runtimeError("can't send non-None value to a just-started coroutine");
          }
          state = ITER;
          generator.runningAsync = true;
          if (args == null) {
            generator.closed = true;
            result = generator.throwOrNull(Errors.of(Exceptions.GeneratorExit));
            return afterClose(result);
          }
          result = generator.throwOrNull(PyGeneratorBase.exception(args[0], args[1], args[2]));
          return unwrapClosing(result);
        }
        result = generator.sendOrNull(value);
        return args == null ? afterClose(result) : unwrapClosing(result);
      } catch (PyException e) {
        if (state != ITER || finished) {
          throw e;
        }
        throw ended(e);
      }
    }

    private boolean finished;

    private PyObject unwrapClosing(@Nullable PyObject result) {
      try {
        return unwrap(generator, result);
      } catch (PyException e) {
        finished = true;
        state = CLOSED;
        throw e;
      }
    }

    private PyObject afterClose(@Nullable PyObject result) {
      if (result == null) {
        generator.takeReturnValue();
        throw ended(Errors.of(Exceptions.StopAsyncIteration));
      }
      if (result instanceof PyAsyncGenWrappedValue) {
        finished = true;
        state = CLOSED;
        generator.runningAsync = false;
        throw Errors.runtimeError("async generator ignored GeneratorExit");
      }
      return result;
    }

    /** The exception that ended the generator; for aclose() the expected ones mean success. */
    private PyException ended(PyException e) {
      finished = true;
      state = CLOSED;
      generator.runningAsync = false;
      if (e.matches(Exceptions.StopAsyncIteration) || e.matches(Exceptions.GeneratorExit)) {
        generator.closed = true;
        if (args == null) {
          return Errors.stopIteration(null);
        }
      }
      return e;
    }

    @PyMethod(name = "throw", sig = "!(type, value=NULL, traceback=NULL, /)")
    PyObject throw_(PyObject type, @Nullable PyObject value, @Nullable PyObject traceback) {
      if (state == CLOSED) {
        throw Errors.runtimeError("cannot reuse already awaited aclose()/athrow()");
      }
      if (state == INIT) {
        if (generator.runningAsync) {
          state = CLOSED;
          throw Errors.runtimeError(
              args == null
                  ? "aclose(): asynchronous generator is already running"
                  : "athrow(): asynchronous generator is already running");
        }
        state = ITER;
        generator.runningAsync = true;
      }
      try {
        PyObject result = generator.throwOrNull(PyGeneratorBase.thrown(type, value, traceback));
        return args == null ? afterClose(result) : unwrapClosing(result);
      } catch (PyException e) {
        if (finished) {
          throw e;
        }
        throw ended(e);
      }
    }

    @PyMethod(sig = "()")
    PyObject close() {
      if (state == CLOSED) {
        return Py.None;
      }
      try {
        throw_(Exceptions.GeneratorExit, null, null);
      } catch (PyException e) {
        if (e.matches(Exceptions.StopIteration)
            || e.matches(Exceptions.StopAsyncIteration)
            || e.matches(Exceptions.GeneratorExit)) {
          return Py.None;
        }
        throw e;
      }
      throw Errors.runtimeError("coroutine ignored GeneratorExit");
    }
  }
}
