package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.PyObject;

/**
 * A built-in iterator: Java code calls {@link #next} and never sees StopIteration. The exposed
 * {@code __next__} of each is {@code next}; its null becomes StopIteration there.
 *
 * <p>Iterators may be shared by threads: {@code next} must neither fail in Java nor corrupt anything,
 * but may hand an item out twice or skip one where CPython's free-threaded build may.
 */
public abstract class PyIterator extends PyObject {
  /** The next item, or null at the end and ever after. */
  public abstract @Nullable PyObject next();
}
