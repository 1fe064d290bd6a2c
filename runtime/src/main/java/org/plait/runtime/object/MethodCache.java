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

  private static final int BEHIND_SIZE = 1 << 10;
  private static final VarHandle BEHIND_ELEMENT =
      MethodHandles.arrayElementVarHandle(Behind[].class);
  private static final Behind[] BEHIND = new Behind[BEHIND_SIZE];

  /** What {@code super()} finds: in the MRO of a type, behind another. */
  private record Behind(
      PyType start, PyType type, int version, String name, @Nullable PyObject value) {}

  private record Entry(PyType type, int version, String name, @Nullable PyObject value) {}

  private MethodCache() {}

  /** Empties the cache, which keeps classes alive. */
  static void clear() {
    for (int i = 0; i < SIZE; i++) {
      ELEMENT.setRelease(ENTRIES, i, (Entry) null);
    }
    for (int i = 0; i < BEHIND_SIZE; i++) {
      BEHIND_ELEMENT.setRelease(BEHIND, i, (Behind) null);
    }
  }

  static @Nullable PyObject lookup(PyType type, String name) {
    int version = type.version();
    int at = (version * 0x9E3779B1 >>> 8 ^ name.hashCode()) & (SIZE - 1);
    Entry e = (Entry) ELEMENT.getAcquire(ENTRIES, at);
    if (e != null
        && e.type == type
        && e.version == version
        && (e.name == name || e.name.equals(name))) {
      return e.value;
    }
    PyObject value = type.lookupUncached(name);
    ELEMENT.setRelease(ENTRIES, at, new Entry(type, version, name, value));
    return value;
  }

  /** The attribute that follows {@code start} in the MRO of a type, or null. */
  static @Nullable PyObject lookupBehind(PyType start, PyType type, String name) {
    int version = type.version();
    int at =
        (version * 0x9E3779B1 >>> 8 ^ System.identityHashCode(start) ^ name.hashCode())
            & (BEHIND_SIZE - 1);
    Behind e = (Behind) BEHIND_ELEMENT.getAcquire(BEHIND, at);
    if (e != null
        && e.type == type
        && e.start == start
        && e.version == version
        && (e.name == name || e.name.equals(name))) {
      return e.value;
    }
    PyObject value = type.lookupBehindUncached(start, name);
    BEHIND_ELEMENT.setRelease(BEHIND, at, new Behind(start, type, version, name, value));
    return value;
  }
}
