package org.plait.modules.itertools;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PySequences;

/** {@code itertools.starmap}. */
@PyTypeDef(
    name = "starmap",
    module = "itertools",
    subclassable = true,
    sig = "(function, iterable, /)",
    doc = "Calls the function with each item of the iterable as its arguments.")
public class PyStarMap extends ItertoolsIterator {
  public static final PyType TYPE = PyType.builtin(PyStarMapTable.INSTANCE);

  private final PyObject function;
  private final PyObject iterator;

  PyStarMap(PyObject function, PyObject iterator) {
    this.function = function;
    this.iterator = iterator;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "!(function, iterable, /)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    PyObject[] a = Arguments.check(cls, TYPE, args, kwnames, 2);
    PyObject it = PyIters.getIter(a[1]);
    return cls == TYPE ? new PyStarMap(a[0], it) : new PyStarMapDerived(cls, a[0], it);
  }

  @Override
  public @Nullable PyObject next() {
    PyObject v = PyIters.next(iterator);
    return v == null ? null : function.call(PySequences.tuple(v).toArray(), null);
  }
}
