package org.plait.runtime.object;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.plait.runtime.types.PyInt;

/**
 * {@code id()}. Objects move in a JVM, so an id is a number handed out at the first question and
 * remembered as long as the object lives. Ints have no identity of their own: theirs goes by value.
 */
public final class PyIdentity {
  private static final long FIRST = 0x7f00_0000_0000L;
  private static final AtomicLong NEXT = new AtomicLong(FIRST);
  private static final ConcurrentHashMap<Object, Long> IDS = new ConcurrentHashMap<>();
  private static final ReferenceQueue<PyObject> DEAD = new ReferenceQueue<>();

  private PyIdentity() {}

  private static final class Key extends WeakReference<PyObject> {
    private final int hash;

    Key(PyObject o) {
      super(o, DEAD);
      hash = System.identityHashCode(o);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      return this == other
          || other instanceof Key k && k.get() == get() && get() != null
          || other instanceof Probe p && p.object == get();
    }
  }

  /** A key for looking up without making a weak reference. */
  private record Probe(PyObject object) {
    @Override
    public int hashCode() {
      return System.identityHashCode(object);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key k && k.get() == object;
    }
  }

  /** The id: positive, unique among objects alive at the same time. */
  public static long id(PyObject o) {
    if (o.getClass() == PyInt.class && ((PyInt) o).isLong()) {
      // Odd multiples of 8: never equal to a number handed out.
      return (((PyInt) o).longValue() << 4 | 8) & Long.MAX_VALUE;
    }
    for (Object dead = DEAD.poll(); dead != null; dead = DEAD.poll()) {
      IDS.remove(dead);
    }
    Long known = IDS.get(new Probe(o));
    if (known != null) {
      return known;
    }
    long fresh = NEXT.getAndAdd(16);
    Long other = IDS.putIfAbsent(new Key(o), fresh);
    return other == null ? fresh : other;
  }

  /** The id as reprs show it. */
  public static String address(PyObject o) {
    return "0x" + Long.toHexString(id(o));
  }

  /** {@code a is b}. */
  public static boolean same(PyObject a, PyObject b) {
    return a == b
        || a.getClass() == PyInt.class
            && b.getClass() == PyInt.class
            && ((PyInt) a).isLong()
            && ((PyInt) b).isLong()
            && ((PyInt) a).longValue() == ((PyInt) b).longValue();
  }
}
