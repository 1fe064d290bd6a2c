package org.plait.runtime.object;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * One cache for class-attribute lookups of all types, as CPython's type attribute cache.
 *
 * <p>Entries are immutable and published with release, so racing threads see a whole entry or none;
 * a lost entry is looked up again.
 */
final class MethodCache {
  private static final int SIZE = 1 << 12;
  private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(Entry[].class);
  private static final Entry[] ENTRIES = new Entry[SIZE];

  /** An attribute of a type; of those behind another in its MRO if there is a start. */
  private record Entry(
      PyType type, @Nullable PyType start, int version, String name, @Nullable PyObject value) {}

  private MethodCache() {}

  /** Empties the cache, which keeps classes alive. */
  static void clear() {
    for (int i = 0; i < SIZE; i++) {
      ELEMENT.setRelease(ENTRIES, i, (Entry) null);
    }
  }

  static @Nullable PyObject lookup(PyType type, String name) {
    return lookupBehind(null, type, name);
  }

  /** The attribute that follows {@code start}, if there is one, in the MRO of a type; or null. */
  static @Nullable PyObject lookupBehind(@Nullable PyType start, PyType type, String name) {
    int version = type.version();
    int from = start == null ? 0 : System.identityHashCode(start);
    int at = (version * 0x9E3779B1 >>> 8 ^ from ^ name.hashCode()) & (SIZE - 1);
    Entry e = (Entry) ELEMENT.getAcquire(ENTRIES, at);
    if (e != null
        && e.type == type
        && e.start == start
        && e.version == version
        && (e.name == name || e.name.equals(name))) {
      return e.value;
    }
    PyObject value = type.lookupBehindUncached(start, name);
    ELEMENT.setRelease(ENTRIES, at, new Entry(type, start, version, name, value));
    return value;
  }
}
