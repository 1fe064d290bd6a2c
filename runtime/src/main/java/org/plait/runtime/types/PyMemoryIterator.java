package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;

/**
 * {@code memory_iterator}. The position is a benign race: threads that share one see items twice.
 */
@PyTypeDef(
    name = "memory_iterator",
    flags = {TypeFlag.DISALLOW_INSTANTIATION})
public final class PyMemoryIterator extends PyIterator {
  public static final PyType TYPE = PyType.builtin(PyMemoryIteratorTable.INSTANCE);

  private final PyMemoryView view;
  private final long length;
  private long at;

  PyMemoryIterator(PyMemoryView view, long length) {
    this.view = view;
    this.length = length;
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
    if (i >= length) {
      return null;
    }
    at = i + 1;
    return view.itemOrNull(i);
  }
}
