package org.plait.modules.interpreters;

import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;

/**
 * The classes of one interpreter, made in Python or in one of its modules, whose instances know how
 * to go over. Guarded by its own monitor, under which no Python code runs.
 */
final class CrossTypes {
  private final Map<PyType, Function<PyObject, CrossData>> known = new WeakHashMap<>();

  /** Those of the current interpreter. */
  static CrossTypes current() {
    return ThreadState.current().interpreter.state(CrossTypes.class, CrossTypes::new);
  }

  synchronized void register(PyType type, Function<PyObject, CrossData> data) {
    known.put(type, data);
  }

  synchronized void unregister(PyType type) {
    known.remove(type);
  }

  synchronized @Nullable Function<PyObject, CrossData> find(PyType type) {
    return known.get(type);
  }
}
