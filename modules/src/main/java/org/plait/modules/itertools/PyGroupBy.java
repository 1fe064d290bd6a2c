package org.plait.modules.itertools;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyObjects;

/** {@code itertools.groupby}. */
@PyTypeDef(
    name = "groupby",
    module = "itertools",
    subclassable = true,
    sig = "(iterable, key=None)",
    doc = "pairs of a key and an iterator over the items in a row that have it")
public class PyGroupBy extends ItertoolsIterator {
  public static final PyType TYPE = PyType.builtin(PyGroupByTable.INSTANCE);

  private final PyObject iterator;
  private final PyObject keyFunction;

  /** The key of the group being given. */
  volatile @Nullable PyObject targetKey;

  volatile @Nullable PyObject currentKey;
  volatile @Nullable PyObject currentValue;

  /** The group given last; older ones are empty. */
  volatile @Nullable PyGrouper currentGrouper;

  PyGroupBy(PyObject iterator, PyObject keyFunction) {
    this.iterator = iterator;
    this.keyFunction = keyFunction;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "!(iterable, key=None)")
  static PyObject new_(PyType cls, PyObject iterable, PyObject key) {
    PyObject it = PyIters.getIter(iterable);
    return cls == TYPE ? new PyGroupBy(it, key) : new PyGroupByDerived(cls, it, key);
  }

  /** Takes the next value and its key; false at the end. */
  boolean step() {
    PyObject v = PyIters.next(iterator);
    if (v == null) {
      return false;
    }
    PyObject k = keyFunction == Py.None ? v : keyFunction.call1(v);
    currentValue = v;
    currentKey = k;
    return true;
  }

  @Override
  public @Nullable PyObject next() {
    currentGrouper = null;
    while (true) {
      PyObject current = currentKey;
      PyObject target = targetKey;
      if (current != null && (target == null || !PyObjects.equal(target, current))) {
        break;
      }
      if (!step()) {
        return null;
      }
    }
    PyObject key = currentKey;
    targetKey = key;
    PyGrouper g = new PyGrouper(this, key);
    currentGrouper = g;
    return Py.tuple(key, g);
  }
}
