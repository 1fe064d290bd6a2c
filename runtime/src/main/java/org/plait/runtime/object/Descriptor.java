package org.plait.runtime.object;

import org.jspecify.annotations.Nullable;

/**
 * A built-in object with descriptor behaviour that Java code may use without going through its
 * dunder methods: functions, native methods, getset and member descriptors, property, classmethod,
 * staticmethod. Objects of Python subclasses of these go through the dunders.
 */
public interface Descriptor {
  /**
   * {@code __get__}.
   *
   * @param self the instance, or null for a lookup on the class
   */
  PyObject descriptorGet(@Nullable PyObject self, PyType owner);

  /** Whether this defines {@code __set__} or {@code __delete__}. */
  default boolean isDataDescriptor() {
    return false;
  }

  /** {@code __set__}, or {@code __delete__} when value is null; only for data descriptors. */
  default void descriptorSet(PyObject self, @Nullable PyObject value) {
    throw new UnsupportedOperationException();
  }

  /** Whether {@code get(self)(args)} is always {@code this(self, args)}. */
  default boolean isMethodDescriptor() {
    return false;
  }
}
