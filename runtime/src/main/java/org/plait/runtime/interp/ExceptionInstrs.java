package org.plait.runtime.interp;

import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.CodeFlags;
import org.plait.compiler.code.Opcode;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyBaseException;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.types.PyTuple;

/** Raising and matching exceptions. */
final class ExceptionInstrs {
  private ExceptionInstrs() {}

  /** RAISE_BARE, RAISE, RAISE_FROM, RERAISE. */
  static final class Raise extends Instr {
    private final Opcode op;
    private final int a;
    private final int b;
    private final @Nullable PyObject constA;
    private final @Nullable PyObject constB;

    Raise(Opcode op, Operands o) {
      this.op = op;
      a = o.a;
      b = o.b;
      constA = o.constantOrNull(o.a);
      constB = op == Opcode.RAISE_FROM ? o.constantOrNull(o.b) : null;
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      if (op == Opcode.RAISE_BARE) {
        throw bare(f);
      }
      PyObject what = constA != null ? constA : r[a];
      throw switch (op) {
        case RERAISE -> {
          f.reraisingInPlace = b == 1;
          yield again(f, (PyBaseException) what);
        }
        case RAISE -> PyException.of(what);
        default -> from(what, constB != null ? constB : r[b]);
      };
    }
  }

  /** The exception once more, without a traceback entry for this frame. */
  static PyException again(PyFrame f, PyBaseException e) {
    f.reraising = true;
    return new PyException(e);
  }

  private static PyException bare(PyFrame f) {
    PyBaseException e = f.ts.currentException();
    if (e == null) {
      return Errors.runtimeError("No active exception to reraise");
    }
    return again(f, e);
  }

  private static PyException from(PyObject what, PyObject cause) {
    PyBaseException e = Errors.instantiate(what);
    if (cause == Py.None) {
      e.setCause(null);
    } else if (cause instanceof PyBaseException
        || cause instanceof PyType t && t.isSubtypeOf(PyBaseException.TYPE)) {
      e.setCause(Errors.instantiate(cause));
    } else {
      return Errors.typeError("exception causes must derive from BaseException");
    }
    return new PyException(e);
  }

  /** {@code except X}: jumps over the clause unless the exception matches. */
  static final class UnlessMatch extends Instr {
    private final int exception;
    private final int type;
    private final int target;
    private final int next;

    UnlessMatch(Operands o) {
      exception = o.a;
      type = o.b;
      target = o.c;
      next = o.next;
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      return isCaughtBy((PyBaseException) r[exception], r[type]) ? next : target;
    }
  }

  /** Whether {@code except type} catches an exception; TypeError if it can't catch any. */
  static boolean isCaughtBy(PyBaseException e, PyObject type) {
    if (e.type() == type) {
      return true;
    }
    checkCatchable(type);
    return matches(e, type);
  }

  private static final String NOT_CATCHABLE =
      "catching classes that do not inherit from BaseException is not allowed";

  private static void checkCatchable(PyObject t) {
    if (t instanceof PyTuple tuple) {
      for (PyObject item : tuple.array()) {
        if (!(item instanceof PyType c && c.isSubtypeOf(PyBaseException.TYPE))) {
          throw Errors.typeError(NOT_CATCHABLE);
        }
      }
    } else if (!(t instanceof PyType c && c.isSubtypeOf(PyBaseException.TYPE))) {
      throw Errors.typeError(NOT_CATCHABLE);
    }
  }

  /** Equivalent of CPython's {@code PyErr_GivenExceptionMatches}: by real class, no user code. */
  static boolean matches(PyBaseException e, PyObject t) {
    if (t instanceof PyTuple tuple) {
      for (PyObject item : tuple.array()) {
        if (matches(e, item)) {
          return true;
        }
      }
      return false;
    }
    return t instanceof PyType c && e.type().isSubtypeOf(c);
  }

  // Compare CPython _PyEval_CheckExceptStarTypeValid and _PyEval_ExceptionGroupMatch in ceval.c.
  static void checkGroupMatch(PyFrame f, PyObject[] r, int dst, int src, int type) {
    PyObject t = r[type];
    checkCatchable(t);
    boolean group = false;
    PyObject[] types = t instanceof PyTuple tuple ? tuple.array() : new PyObject[] {t};
    for (PyObject item : types) {
      group |= item instanceof PyType c && c.isSubtypeOf(Exceptions.BaseExceptionGroup);
    }
    if (group) {
      throw Errors.typeError(
          "catching ExceptionGroup with except* is not allowed. Use except instead.");
    }
    if (r[src] == Py.None) {
      r[dst] = Py.None;
      return;
    }
    PyObject[] split = ExceptionGroups.match((PyBaseException) r[src], t, f);
    r[dst] = split[0];
    r[src] = split[1];
    if (split[0] instanceof PyBaseException matched) {
      f.ts.handled.exception = matched;
    }
  }

  /** A StopIteration that leaves a generator becomes a RuntimeError (PEP 479). */
  static PyBaseException stopIterationError(PyFrame f, PyBaseException e) {
    String what;
    boolean async = f.code.unit.has(CodeFlags.ASYNC_GENERATOR);
    boolean coroutine = f.code.unit.has(CodeFlags.COROUTINE);
    if (e.type().isSubtypeOf(Exceptions.StopIteration)) {
      what =
          async
              ? "async generator raised StopIteration"
              : coroutine ? "coroutine raised StopIteration" : "generator raised StopIteration";
    } else if (async && e.type().isSubtypeOf(Exceptions.StopAsyncIteration)) {
      what = "async generator raised StopAsyncIteration";
    } else {
      return e;
    }
    PyBaseException error = Errors.runtimeError(what).value;
    error.setCause(e);
    error.setContext(e);
    return error;
  }

  /** Leaves {@code async for} on StopAsyncIteration. */
  static final class EndAsyncFor extends Instr {
    private final int exception;
    private final int next;

    EndAsyncFor(Operands o) {
      exception = o.a;
      next = o.next;
    }

    @Override
    int exec(PyFrame f, PyObject[] r) {
      PyBaseException e = (PyBaseException) r[exception];
      if (matches(e, Exceptions.StopAsyncIteration)) {
        return next;
      }
      throw again(f, e);
    }
  }
}
