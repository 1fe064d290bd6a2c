package org.plait.modules.itertools;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyObjects;

/** {@code itertools.dropwhile}. */
@PyTypeDef(
    name = "dropwhile",
    module = "itertools",
    subclassable = true,
    sig = "(predicate, iterable, /)",
    doc = "The items from the first on for which the predicate is false.")
public class PyDropWhile extends ItertoolsIterator {
  public static final PyType TYPE = PyType.builtin(PyDropWhileTable.INSTANCE);

  private final PyObject function;
  private final PyObject iterator;
  private volatile boolean started;

  PyDropWhile(PyObject function, PyObject iterator) {
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
    return cls == TYPE ? new PyDropWhile(a[0], it) : new PyDropWhileDerived(cls, a[0], it);
  }

  @Override
  public @Nullable PyObject next() {
    while (true) {
      PyObject v = PyIters.next(iterator);
      if (v == null || started) {
        return v;
      }
      if (!PyObjects.isTrue(function.call1(v))) {
        started = true;
        return v;
      }
    }
  }
}
