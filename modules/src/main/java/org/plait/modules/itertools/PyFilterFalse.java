package org.plait.modules.itertools;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyBool;

/** {@code itertools.filterfalse}. */
@PyTypeDef(
    name = "filterfalse",
    module = "itertools",
    subclassable = true,
    sig = "(function, iterable, /)",
    doc =
        "The items for which the function is false.\n\n"
            + "With None for the function: the items that are false themselves.")
public class PyFilterFalse extends ItertoolsIterator {
  public static final PyType TYPE = PyType.builtin(PyFilterFalseTable.INSTANCE);

  private final PyObject function;
  private final PyObject iterator;

  PyFilterFalse(PyObject function, PyObject iterator) {
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
    return cls == TYPE ? new PyFilterFalse(a[0], it) : new PyFilterFalseDerived(cls, a[0], it);
  }

  @Override
  public @Nullable PyObject next() {
    boolean byTruth = function == Py.None || function == PyBool.TYPE;
    for (PyObject v = PyIters.next(iterator); v != null; v = PyIters.next(iterator)) {
      if (!PyObjects.isTrue(byTruth ? v : function.call1(v))) {
        return v;
      }
    }
    return null;
  }
}
