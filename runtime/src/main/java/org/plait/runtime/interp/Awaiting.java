package org.plait.runtime.interp;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyCalls;

/** Awaiting from native code, and native objects to await. */
public final class Awaiting {
  private Awaiting() {}

  /** A native iterator that {@code await} drives without StopIteration; it ignores values sent. */
  public interface Delegate {
    /** What it yields next, or null when it has returned. */
    @Nullable PyObject step();

    /** The value it returned. */
    PyObject takeReturned();
  }

  /** The outcome of a step: a yielded value or, if that is null, a returned one. */
  public record Step(@Nullable PyObject yielded, PyObject returned) {}

  /** The iterator that {@code await o} drives; TypeError when the object can't be awaited. */
  public static PyObject iterator(PyObject o) {
    return GeneratorInstrs.awaitable(o, 0);
  }

  /** The exception for the arguments of {@code throw(type[, value[, traceback]])}. */
  public static PyException thrown(
      PyObject type, @Nullable PyObject value, @Nullable PyObject traceback) {
    return PyGeneratorBase.thrown(type, value, traceback);
  }

  private static boolean isPlain(PyObject o) {
    return o instanceof PyGeneratorBase g && g.attrs() == null && !(g instanceof PyAsyncGenerator);
  }

  private static Step step(@Nullable PyObject yielded, PyGeneratorBase g) {
    return new Step(yielded, yielded == null ? g.takeReturnValue() : Py.None);
  }

  /** Goes on with None. Equivalent of CPython's {@code PyIter_Send}. */
  public static Step send(PyObject o) {
    if (isPlain(o)) {
      PyGeneratorBase g = (PyGeneratorBase) o;
      return step(g.sendOrNull(Py.None), g);
    }
    return call(o, "send", Py.None);
  }

  /** Goes on with an exception. */
  public static Step throwInto(PyObject o, PyException e) {
    if (isPlain(o)) {
      PyGeneratorBase g = (PyGeneratorBase) o;
      return step(g.throwOrNull(e), g);
    }
    return call(o, "throw", e.value);
  }

  private static Step call(PyObject o, String method, PyObject argument) {
    try {
      return new Step(PyCalls.callMethod(o, method, argument), Py.None);
    } catch (PyException e) {
      if (!e.matches(Exceptions.StopIteration)) {
        throw e;
      }
      return new Step(null, PyGeneratorBase.stopValue(e.value));
    }
  }
}
