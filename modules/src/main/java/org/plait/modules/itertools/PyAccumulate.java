package org.plait.modules.itertools;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyNumbers;

/** {@code itertools.accumulate}. */
@PyTypeDef(
    name = "accumulate",
    module = "itertools",
    subclassable = true,
    sig = "(iterable, func=None, *, initial=None)",
    doc = "Running totals of the items, by addition or by another function of two " + "arguments.")
public class PyAccumulate extends ItertoolsIterator {
  public static final PyType TYPE = PyType.builtin(PyAccumulateTable.INSTANCE);

  private final PyObject iterator;
  private final PyObject function;
  private volatile @Nullable PyObject total;

  /** The first result, until it is given. */
  private volatile @Nullable PyObject initial;

  PyAccumulate(PyObject iterator, PyObject function, @Nullable PyObject initial) {
    this.iterator = iterator;
    this.function = function;
    this.initial = initial;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "!(iterable, func=None, *, initial=None)")
  static PyObject new_(PyType cls, PyObject iterable, PyObject func, PyObject initial) {
    PyObject it = PyIters.getIter(iterable);
    PyObject first = initial == Py.None ? null : initial;
    return cls == TYPE
        ? new PyAccumulate(it, func, first)
        : new PyAccumulateDerived(cls, it, func, first);
  }

  @Override
  public @Nullable PyObject next() {
    PyObject first = initial;
    if (first != null) {
      initial = null;
      total = first;
      return first;
    }
    PyObject v = PyIters.next(iterator);
    if (v == null) {
      return null;
    }
    PyObject t = total;
    if (t != null) {
      v = function == Py.None ? PyNumbers.add(t, v) : function.call2(t, v);
    }
    total = v;
    return v;
  }
}
