package org.plait.modules.itertools;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyIters;

/** {@code itertools.pairwise}. */
@PyTypeDef(
    name = "pairwise",
    module = "itertools",
    subclassable = true,
    sig = "(iterable, /)",
    doc = "Each item with the one behind it.")
public class PyPairwise extends ItertoolsIterator {
  public static final PyType TYPE = PyType.builtin(PyPairwiseTable.INSTANCE);

  /** Null once exhausted. */
  private volatile @Nullable PyObject iterator;

  private volatile @Nullable PyObject old;

  PyPairwise(PyObject iterator) {
    this.iterator = iterator;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "!(iterable, /)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    PyObject it = PyIters.getIter(Arguments.check(cls, TYPE, args, kwnames, 1)[0]);
    return cls == TYPE ? new PyPairwise(it) : new PyPairwiseDerived(cls, it);
  }

  // Compare CPython pairwise_next in itertoolsmodule.c.
  @Override
  public @Nullable PyObject next() {
    PyObject it = iterator;
    if (it == null) {
      return null;
    }
    try {
      PyObject first = old;
      if (first == null) {
        first = PyIters.next(it);
        old = first;
        if (first == null) {
          iterator = null;
          return null;
        }
        it = iterator;
        if (it == null) {
          old = null;
          return null;
        }
      }
      PyObject second = PyIters.next(it);
      old = second;
      if (second == null) {
        iterator = null;
        return null;
      }
      return Py.tuple(first, second);
    } catch (PyException e) {
      iterator = null;
      old = null;
      throw e;
    }
  }
}
