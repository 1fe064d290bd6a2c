package org.plait.modules.mmap;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.types.PyIterator;

/** The bytes of a map, one by one. The position is a benign race. */
@PyTypeDef(
    name = "iterator",
    module = "mmap",
    flags = {TypeFlag.DISALLOW_INSTANTIATION})
final class PyMmapIterator extends PyIterator {
  static final PyType TYPE = PyType.builtin(PyMmapIteratorTable.INSTANCE);

  private final PyMmap map;
  private volatile long at;

  PyMmapIterator(PyMmap map) {
    this.map = map;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyMethod(name = "__iter__")
  PyObject iter() {
    return this;
  }

  @Override
  @PyMethod(name = "__next__")
  public @Nullable PyObject next() {
    long i = at;
    PyObject b = map.byteOrNull(i);
    if (b != null) {
      at = i + 1;
    }
    return b;
  }
}
