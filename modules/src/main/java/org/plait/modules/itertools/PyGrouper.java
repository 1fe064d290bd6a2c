package org.plait.modules.itertools;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects;

/** {@code itertools._grouper}: one group of a groupby. */
@PyTypeDef(name = "_grouper", module = "itertools", sig = "none", doc = "")
public final class PyGrouper extends ItertoolsIterator {
  public static final PyType TYPE = PyType.builtin(PyGrouperTable.INSTANCE);

  private final PyGroupBy parent;
  private final PyObject targetKey;

  PyGrouper(PyGroupBy parent, PyObject targetKey) {
    this.parent = parent;
    this.targetKey = targetKey;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "!(parent, tgtkey, /)")
  static PyObject new_(PyType cls, PyGroupBy parent, PyObject key) {
    PyGrouper g = new PyGrouper(parent, key);
    parent.currentGrouper = g;
    return g;
  }

  @Override
  public @Nullable PyObject next() {
    if (parent.currentGrouper != this) {
      return null;
    }
    if (parent.currentValue == null && !parent.step()) {
      return null;
    }
    PyObject key = parent.currentKey;
    if (key == null || !PyObjects.equal(targetKey, key)) {
      return null;
    }
    PyObject v = parent.currentValue;
    parent.currentValue = null;
    return v;
  }
}
