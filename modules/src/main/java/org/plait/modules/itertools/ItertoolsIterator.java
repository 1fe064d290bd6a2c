package org.plait.modules.itertools;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyIterator;

/**
 * What all iterators of {@code itertools} have. Those that keep nothing but a position race on it
 * benignly; those with several numbers that must agree step them under a lock, without user code.
 */
abstract class ItertoolsIterator extends PyIterator {
  @PyMethod(name = "__iter__")
  final PyObject iter() {
    return this;
  }

  @Override
  @PyMethod(name = "__next__")
  public abstract @Nullable PyObject next();
}
