package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyMappings;

/**
 * A built-in iterator: Java code calls {@link #next} and never sees StopIteration. The exposed
 * {@code __next__} of each is {@code next}; its null becomes StopIteration there.
 *
 * <p>Iterators may be shared by threads: {@code next} must neither fail in Java nor corrupt
 * anything, but may hand an item out twice or skip one where CPython's free-threaded build may.
 */
public abstract class PyIterator extends PyObject {
  /** The next item, or null at the end and ever after. */
  public abstract @Nullable PyObject next();

  /**
   * A {@code __reduce__} result: a built-in function, its argument, and the position as state. The
   * function is looked up before the position is read, as the lookup may run user code.
   */
  protected static PyObject reduceAt(PyObject function, PyObject container, long position) {
    return Py.tuple(function, Py.tuple(container), Py.int_(position));
  }

  /** The {@code __reduce__} result of an exhausted iterator over such a container. */
  protected static PyObject reduceExhausted(PyObject function, PyObject emptyContainer) {
    return Py.tuple(function, Py.tuple(emptyContainer));
  }

  // Compare CPython _PyEval_GetBuiltin in ceval.c.
  /** A built-in function as the running code sees it; AttributeError where it has none. */
  protected static PyObject builtin(String name) {
    ThreadState ts = ThreadState.current();
    PyObject namespace = ts.frame != null ? ts.frame.builtins : ts.interpreter.builtins;
    PyObject f = PyMappings.getOptionalItem(namespace, PyStr.of(name));
    if (f == null) {
      throw Errors.of(Exceptions.AttributeError, name);
    }
    return f;
  }
}
