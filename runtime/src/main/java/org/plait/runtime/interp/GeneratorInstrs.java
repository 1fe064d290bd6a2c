package org.plait.runtime.interp;

import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.CodeFlags;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyBaseException;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyIters;

/** Generators from the inside: making them, yielding, delegating, awaiting. */
final class GeneratorInstrs {
  private GeneratorInstrs() {}

  /** Ends the call with a generator that will run the rest of the frame. */
  static final class ReturnGenerator extends Instr {
    private final int next;

    ReturnGenerator(Operands o) {
      next = o.next;
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      // The frame gets a copy: this activation ends here, the generator's has its own life.
      PyFrame own = new PyFrame(f.code, f.r, f.globals, f.builtins, f.locals, f.function);
      own.pc = next;
      f.result = PyGeneratorBase.create(own);
      return RETURN;
    }
  }

  static final class YieldValue extends Instr {
    private final int src;
    private final @Nullable PyObject constant;
    private final int next;
    private int countdown = Tiering.WARM_LOOPS;

    /** What is sent in takes its place: till then the frame must not keep the value alive. */
    private final boolean replaced;

    YieldValue(Operands o) {
      src = o.b;
      replaced = o.a == o.b;
      constant = o.constantOrNull(o.b);
      next = o.next;
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      if (Tiering.ON && --countdown < 0) {
        countdown = Tiering.hot(f.code, next);
      }
      if (constant != null) {
        f.result = constant;
      } else {
        f.result = r[src];
        if (replaced) {
          r[src] = null;
        }
      }
      return YIELD;
    }
  }

  static final class YieldDelegate extends Instr {
    private final int value;
    private final int next;
    private int countdown = Tiering.WARM_LOOPS;

    YieldDelegate(Operands o) {
      value = o.a;
      next = o.next;
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      if (Tiering.ON && --countdown < 0) {
        countdown = Tiering.hot(f.code, next);
      }
      f.result = r[value];
      r[value] = null;
      return YIELD;
    }
  }

  /** One step of {@code yield from} or {@code await}. */
  static final class Send extends Instr {
    private final int value;
    private final int receiver;
    private final int target;
    private final int next;

    Send(Operands o) {
      value = o.a;
      receiver = o.b;
      target = o.c;
      next = o.next;
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      int then = step(r);
      // No signals: what they raise would lose the value.
      return Tracer.looks() ? Tracer.checkEvents(f, then) : then;
    }

    private int step(PyObject[] r) {
      PyObject v = r[value];
      PyObject to = r[receiver];
      if (to instanceof PyGeneratorBase g && g.attrs() == null) {
        PyObject yielded = g.sendOrNull(v);
        if (yielded != null) {
          r[value] = yielded;
          return next;
        }
        r[value] = g.takeReturnValue();
        return target;
      }
      if (to instanceof Awaiting.Delegate d) {
        PyObject yielded = d.step();
        if (yielded != null) {
          r[value] = yielded;
          return next;
        }
        r[value] = d.takeReturned();
        return target;
      }
      try {
        PyObject yielded = send(to, v);
        if (yielded == null) {
          r[value] = Py.None;
          return target;
        }
        r[value] = yielded;
        return next;
      } catch (PyException e) {
        if (!e.matches(Exceptions.StopIteration)) {
          throw e;
        }
        r[value] = PyGeneratorBase.stopValue(e.value);
        return target;
      }
    }

    /** Null when a native iterator without a return value is at its end. */
    private static @Nullable PyObject send(PyObject to, PyObject v) {
      if (v == Py.None) {
        return PyIters.nextRaising(to);
      }
      return PyCalls.callMethod(to, "send", v);
    }
  }

  static final class CleanupThrow extends Instr {
    private final int dst;
    private final int exception;
    private final int target;

    CleanupThrow(Operands o) {
      dst = o.a;
      exception = o.b;
      target = o.c;
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      PyBaseException e = (PyBaseException) r[exception];
      if (!e.type().isSubtypeOf(Exceptions.StopIteration)) {
        throw ExceptionInstrs.again(f, e);
      }
      r[dst] = PyGeneratorBase.stopValue(e);
      return target;
    }
  }

  // Compare CPython GET_YIELD_FROM_ITER in bytecodes.c.
  static PyObject yieldFromIter(PyFrame f, PyObject o) {
    if (o instanceof PyCoroutine) {
      if (!f.code.unit.has(CodeFlags.COROUTINE) && !f.code.unit.has(CodeFlags.ITERABLE_COROUTINE)) {
        throw Errors.typeError(
            "cannot 'yield from' a coroutine object in a non-coroutine generator");
      }
      return o;
    }
    return o instanceof PyGenerator ? o : PyIters.getIter(o);
  }

  // Compare CPython _PyCoro_GetAwaitableIter in genobject.c.
  /** The iterator that {@code await o} drives; context 1 and 2 are async with's, for messages. */
  static PyObject awaitable(PyObject o, int context) {
    PyObject it;
    if (o instanceof PyCoroutine || isIterableCoroutine(o)) {
      it = o;
    } else {
      PyObject f = o.type().special(Special.AWAIT);
      if (f == null) {
        String name = o.type().name();
        throw Errors.typeError(
            switch (context) {
              case 1 ->
                  "'async with' received an object from __aenter__ that does not implement"
                      + " __await__: "
                      + name;
              case 2 ->
                  "'async with' received an object from __aexit__ that does not implement"
                      + " __await__: "
                      + name;
              default -> "'" + name + "' object can't be awaited";
            });
      }
      it = PyCalls.invoke(f, o);
      if (it instanceof PyCoroutine || isIterableCoroutine(it)) {
        throw Errors.typeError("__await__() returned a coroutine");
      }
      if (!PyIters.isIterator(it)) {
        throw Errors.typeError(
            "__await__() returned non-iterator of type '" + it.type().name() + "'");
      }
    }
    if (it instanceof PyCoroutine c && c.yieldFrom() != null) {
      throw Errors.runtimeError("coroutine is being awaited already");
    }
    return it;
  }

  private static boolean isIterableCoroutine(PyObject o) {
    return o instanceof PyGenerator g && g.code().unit.has(CodeFlags.ITERABLE_COROUTINE);
  }

  static PyObject aiter(PyObject o) {
    PyType type = o.type();
    PyObject f = type.special(Special.AITER);
    if (f == null) {
      throw Errors.typeError(
          "'async for' requires an object with __aiter__ method, got " + type.name());
    }
    PyObject it = PyCalls.invoke(f, o);
    if (it.type().special(Special.ANEXT) == null) {
      throw Errors.typeError(
          "'async for' received an object from __aiter__ that does not implement __anext__: "
              + it.type().name());
    }
    return it;
  }

  static PyObject anext(PyObject it) {
    PyType type = it.type();
    PyObject f = type.special(Special.ANEXT);
    if (f == null) {
      throw Errors.typeError(
          "'async for' requires an iterator with __anext__ method, got " + type.name());
    }
    PyObject next = PyCalls.invoke(f, it);
    if (it instanceof PyAsyncGenerator) {
      return next;
    }
    try {
      return awaitable(next, 0);
    } catch (PyException e) {
      PyException error =
          Errors.typeError(
              "'async for' received an invalid object from __anext__: " + next.type().name());
      error.value.setCause(e.value);
      throw error;
    }
  }
}
