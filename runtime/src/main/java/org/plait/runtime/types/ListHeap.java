package org.plait.runtime.types;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.PyObject;

/**
 * Heap operations on lists as one atomic step each, for items that are compared without user code:
 * ints, floats, strings and tuples of these. Where others are met, an operation changes nothing and
 * says so. The order of the items afterwards is that of CPython's {@code heapq}.
 *
 * <p>Everything runs under the list's lock; comparisons come first, then the stores.
 */
public final class ListHeap {
  /** Whether the items may be compared here is seen only on the way. */
  private static final class NeedsUserCode extends RuntimeException {
    private static final long serialVersionUID = 1;
    static final NeedsUserCode INSTANCE = new NeedsUserCode();

    private NeedsUserCode() {
      super(null, null, false, false);
    }
  }

  /** An operation on the items under the lock. */
  private interface Step {
    @Nullable PyObject run(PyList heap, int size);
  }

  /** The greatest depth of a heap. */
  private static final int MAX_DEPTH = 32;

  private ListHeap() {}

  private static @Nullable PyObject locked(PyList heap, Step step) {
    heap.lock();
    try {
      return step.run(heap, heap.lockedSize());
    } catch (NeedsUserCode e) {
      return null;
    } finally {
      heap.unlock();
    }
  }

  /**
   * Puts an item into a heap.
   *
   * @param max whether the greatest item is on top
   * @return false when user code would be needed
   */
  public static boolean push(PyList heap, PyObject item, boolean max) {
    return locked(
            heap,
            (h, n) -> {
              PyObject[] a = h.lockedItems();
              int to = n;
              while (to > 0 && above(item, a[to - 1 >> 1], max)) {
                to = to - 1 >> 1;
              }
              h.lockedAppend(item);
              int at = n;
              while (at != to) {
                int parent = at - 1 >> 1;
                h.lockedSet(at, h.lockedItems()[parent]);
                at = parent;
              }
              h.lockedSet(to, item);
              return item;
            })
        != null;
  }

  /**
   * Takes the top out of a heap.
   *
   * @return null when there is none or user code would be needed
   */
  public static @Nullable PyObject pop(PyList heap, boolean max) {
    return locked(
        heap,
        (h, n) -> {
          if (n == 0) {
            return null;
          }
          PyObject[] a = h.lockedItems();
          PyObject top = a[0];
          if (n > 1) {
            Path path = new Path(a, n - 1, 0, a[n - 1], max);
            path.store(h);
          }
          h.lockedRemoveLast();
          return top;
        });
  }

  /**
   * Takes the top out and puts an item in.
   *
   * @return the top; null when there is none or user code would be needed
   */
  public static @Nullable PyObject replace(PyList heap, PyObject item, boolean max) {
    return locked(heap, (h, n) -> replaced(h, n, item, max));
  }

  /**
   * Puts an item in and takes the top out, which may be that item.
   *
   * @return null when the heap is empty or user code would be needed
   */
  public static @Nullable PyObject pushPop(PyList heap, PyObject item, boolean max) {
    return locked(
        heap,
        (h, n) -> {
          boolean under = n > 0 && above(h.lockedItems()[0], item, max);
          return under ? replaced(h, n, item, max) : n > 0 ? item : null;
        });
  }

  private static @Nullable PyObject replaced(PyList h, int n, PyObject item, boolean max) {
    if (n == 0) {
      return null;
    }
    PyObject[] a = h.lockedItems();
    PyObject top = a[0];
    new Path(a, n, 0, item, max).store(h);
    return top;
  }

  /**
   * Makes a heap of a list.
   *
   * @return false when user code would be needed
   */
  public static boolean build(PyList heap, boolean max) {
    return locked(
            heap,
            (h, n) -> {
              PyObject[] a = Arrays.copyOf(h.lockedItems(), n);
              for (int i = (n >> 1) - 1; i >= 0; i--) {
                new Path(a, n, i, a[i], max).store(a);
              }
              h.lockedReplace(a);
              return h;
            })
        != null;
  }

  // Compare CPython siftup in _heapqmodule.c.
  /** The way down along the upper children, and how far an item goes on it. */
  private static final class Path {
    private final PyObject item;
    private final int[] positions = new int[MAX_DEPTH];
    private final int end;

    Path(PyObject[] a, int n, int start, PyObject item, boolean max) {
      this.item = item;
      int depth = 0;
      int at = start;
      positions[0] = at;
      while (at < n >> 1) {
        int child = 2 * at + 1;
        if (child + 1 < n && !above(a[child], a[child + 1], max)) {
          child++;
        }
        at = child;
        positions[++depth] = at;
      }
      while (depth > 0 && above(item, a[positions[depth]], max)) {
        depth--;
      }
      end = depth;
    }

    void store(PyObject[] a) {
      for (int i = 0; i < end; i++) {
        a[positions[i]] = a[positions[i + 1]];
      }
      a[positions[end]] = item;
    }

    void store(PyList heap) {
      PyObject[] a = heap.lockedItems();
      for (int i = 0; i < end; i++) {
        heap.lockedSet(positions[i], a[positions[i + 1]]);
      }
      heap.lockedSet(positions[end], item);
    }
  }

  /** Whether {@code a} belongs above {@code b}. */
  private static boolean above(PyObject a, PyObject b, boolean max) {
    return (max ? compare(b, a) : compare(a, b)) < 0;
  }

  /** Negative where a is less; NaN is less than nothing. */
  private static int compare(PyObject a, PyObject b) {
    Class<?> c = a.getClass();
    if (c != b.getClass()) {
      throw NeedsUserCode.INSTANCE;
    }
    if (c == PyInt.class) {
      PyInt x = (PyInt) a;
      PyInt y = (PyInt) b;
      return x.isLong() && y.isLong()
          ? Long.compare(x.longValue(), y.longValue())
          : x.bigValue().compareTo(y.bigValue());
    }
    if (c == PyFloat.class) {
      double x = ((PyFloat) a).value();
      double y = ((PyFloat) b).value();
      return x < y ? -1 : x == y ? 0 : 1;
    }
    if (c == PyStr.class && ((PyStr) a).isSimple() && ((PyStr) b).isSimple()) {
      return ((PyStr) a).text().compareTo(((PyStr) b).text());
    }
    if (c == PyTuple.class) {
      return compareTuples((PyTuple) a, (PyTuple) b);
    }
    throw NeedsUserCode.INSTANCE;
  }

  private static int compareTuples(PyTuple a, PyTuple b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      PyObject x = a.get(i);
      PyObject y = b.get(i);
      int order = x == y ? 0 : compare(x, y);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }
}
