package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyObjects;

/** {@code filter}. */
@PyTypeDef(
    name = "filter",
    subclassable = true,
    sig = "(function, iterable, /)",
    doc =
        "An iterator over the items that a function finds true.\n\n"
            + "With None for the function: over the items that are true themselves.")
public class PyFilter extends PyIterator {
  public static final PyType TYPE = PyType.builtin(PyFilterTable.INSTANCE);

  private final PyObject function;
  private final PyObject iterator;
  private final boolean byTruth;

  PyFilter(PyObject function, PyObject iterator) {
    this.function = function;
    this.iterator = iterator;
    byTruth = function == Py.None || function == PyBool.TYPE;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "(function, iterable, /)")
  static PyObject new_(PyType cls, PyObject function, PyObject iterable) {
    PyObject it = PyIters.getIter(iterable);
    return cls == TYPE ? new PyFilter(function, it) : new PyFilterDerived(cls, function, it);
  }

  @PyMethod(name = "__iter__")
  PyObject iter() {
    return this;
  }

  @Override
  @PyMethod(name = "__next__")
  public @Nullable PyObject next() {
    for (PyObject v = PyIters.next(iterator); v != null; v = PyIters.next(iterator)) {
      if (PyObjects.isTrue(byTruth ? v : function.call1(v))) {
        return v;
      }
    }
    return null;
  }

  @PyMethod(name = "__reduce__", sig = "()", doc = "Return state information for pickling.")
  PyObject reduce() {
    return Py.tuple(type(), Py.tuple(function, iterator));
  }
}
