package org.plait.modules.itertools;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyObjects;

/** {@code itertools.takewhile}. */
@PyTypeDef(
    name = "takewhile",
    module = "itertools",
    subclassable = true,
    sig = "(predicate, iterable, /)",
    doc = "The items before the first for which the predicate is false.")
public class PyTakeWhile extends ItertoolsIterator {
  public static final PyType TYPE = PyType.builtin(PyTakeWhileTable.INSTANCE);

  private final PyObject function;
  private final PyObject iterator;
  private volatile boolean stopped;

  PyTakeWhile(PyObject function, PyObject iterator) {
    this.function = function;
    this.iterator = iterator;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "!(predicate, iterable, /)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    PyObject[] a = Arguments.check(cls, TYPE, args, kwnames, 2);
    PyObject it = PyIters.getIter(a[1]);
    return cls == TYPE ? new PyTakeWhile(a[0], it) : new PyTakeWhileDerived(cls, a[0], it);
  }

  @Override
  public @Nullable PyObject next() {
    if (stopped) {
      return null;
    }
    PyObject v = PyIters.next(iterator);
    if (v == null || PyObjects.isTrue(function.call1(v))) {
      return v;
    }
    stopped = true;
    return null;
  }
}
