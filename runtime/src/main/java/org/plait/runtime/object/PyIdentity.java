package org.plait.runtime.object;

import java.util.concurrent.atomic.AtomicLong;
import org.plait.runtime.types.PyInt;

/**
 * {@code id()}. Objects move in a JVM, so an id is a number handed out at the first question and
 * remembered as long as the object lives. Ints have no identity of their own: theirs goes by value.
 */
public final class PyIdentity {
  private static final long FIRST = 0x7f00_0000_0000L;
  private static final AtomicLong NEXT = new AtomicLong(FIRST);
  private static final WeakIdentityMap<Long> IDS = new WeakIdentityMap<>();

  private PyIdentity() {}

  /** The id: positive, unique among objects alive at the same time. */
  public static long id(PyObject o) {
    if (o.getClass() == PyInt.class && ((PyInt) o).isLong()) {
      // Odd multiples of 8: never equal to a number handed out.
      return (((PyInt) o).longValue() << 4 | 8) & Long.MAX_VALUE;
    }
    if (o instanceof KeepsIdentity k) {
      long own = k.identity();
      return own != 0 ? own : k.identity(NEXT.getAndAdd(16));
    }
    KeepsIdentity extras = ObjectExtras.keeper(o);
    if (extras != null) {
      long own = extras.identity();
      if (own != 0) {
        return own;
      }
      Long before = IDS.get(o);
      return extras.identity(before != null ? before : NEXT.getAndAdd(16));
    }
    Long known = IDS.get(o);
    return known != null ? known : IDS.putIfAbsent(o, NEXT.getAndAdd(16));
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
