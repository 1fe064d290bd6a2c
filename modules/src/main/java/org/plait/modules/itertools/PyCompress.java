package org.plait.modules.itertools;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyObjects;

/** {@code itertools.compress}. */
@PyTypeDef(
    name = "compress",
    module = "itertools",
    subclassable = true,
    sig = "(data, selectors)",
    doc = "The items of data whose selector is true.")
public class PyCompress extends ItertoolsIterator {
  public static final PyType TYPE = PyType.builtin(PyCompressTable.INSTANCE);

  private final PyObject data;
  private final PyObject selectors;

  PyCompress(PyObject data, PyObject selectors) {
    this.data = data;
    this.selectors = selectors;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "!(data, selectors)")
  static PyObject new_(PyType cls, PyObject data, PyObject selectors) {
    PyObject d = PyIters.getIter(data);
    PyObject s = PyIters.getIter(selectors);
    return cls == TYPE ? new PyCompress(d, s) : new PyCompressDerived(cls, d, s);
  }

  @Override
  public @Nullable PyObject next() {
    while (true) {
      PyObject d = PyIters.next(data);
      PyObject s = d == null ? null : PyIters.next(selectors);
      if (s == null) {
        return null;
      }
      if (PyObjects.isTrue(s)) {
        return d;
      }
    }
  }
}
