package org.plait.runtime.object;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Values that belong to objects and live as long as they do. Keys go by identity and are held
 * weakly; a value must not lead to its key. Any thread may use it.
 */
final class WeakIdentityMap<V> {
  private final ConcurrentHashMap<Object, V> map = new ConcurrentHashMap<>();
  private final ReferenceQueue<PyObject> dead = new ReferenceQueue<>();

  private static final class Key extends WeakReference<PyObject> {
    private final int hash;

    Key(PyObject o, ReferenceQueue<PyObject> dead) {
      super(o, dead);
      hash = System.identityHashCode(o);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      if (this == other) {
        return true;
      }
      PyObject mine = get();
      return mine != null
          && (other instanceof Key k ? k.refersTo(mine) : other instanceof Probe p && p.o == mine);
    }
  }

  /** A key for looking up without making a weak reference. */
  private record Probe(PyObject o) {
    @Override
    public int hashCode() {
      return System.identityHashCode(o);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key k && k.refersTo(o);
    }
  }

  private void purge() {
    for (Object k = dead.poll(); k != null; k = dead.poll()) {
      map.remove(k);
    }
  }

  /** The value of an object, or null. */
  @Nullable V get(PyObject o) {
    return map.get(new Probe(o));
  }

  /** Gives an object a value unless it has one; returns the value it has then. */
  V putIfAbsent(PyObject o, V value) {
    purge();
    V other = map.putIfAbsent(new Key(o, dead), value);
    return other == null ? value : other;
  }
}
