package org.plait.runtime.types;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PyObjects.CompareOp;

/**
 * Stable merge sort for {@code list.sort}: natural runs, lengthened by binary insertion, merged in
 * the order of Timsort. It needs no consistent comparison: whatever {@code __lt__} says, the result
 * is a permutation and nothing but the exceptions of {@code __lt__} comes out.
 */
final class ListSort {
  /** From so many items on it pays to make numbers of the keys. */
  private static final int MANY = 32;

  private ListSort() {}

  /** {@code a < b}. */
  @FunctionalInterface
  interface Less {
    boolean test(PyObject a, PyObject b);
  }

  private static final Less ANY =
      (a, b) -> PyObjects.isTrue(PyObjects.richCompare(a, b, CompareOp.LT));

  /** The items in order, in a new array unless there is nothing to order. Runs user code. */
  static PyObject[] sorted(PyObject[] items, PyObject key, boolean reverse) {
    int n = items.length;
    if (n < 2) {
      if (n == 1 && key != Py.None) {
        key.call1(items[0]);
      }
      return items;
    }
    PyObject[] a = items.clone();
    PyObject[] keys = null;
    if (key != Py.None) {
      keys = new PyObject[n];
      for (int i = 0; i < n; i++) {
        keys[i] = key.call1(a[i]);
      }
    }
    // Reversing before and after keeps equal items in their order.
    if (reverse) {
      reverse(a, 0, n);
      if (keys != null) {
        reverse(keys, 0, n);
      }
    }
    PyObject[] compared = keys == null ? a : keys;
    PlainOrder order = PlainOrder.of(compared, n);
    if (order == null) {
      sort(compared, keys == null ? null : a, ANY);
    } else {
      sortPlain(compared, a, order);
    }
    if (reverse) {
      reverse(a, 0, n);
    }
    return a;
  }

  /** Sorts items by keys, which may be the items themselves. */
  static void sortPlain(PyObject[] keys, PyObject[] items, PlainOrder order) {
    if (items.length < MANY || !order.isTotal()) {
      sort(keys, keys == items ? null : items, order);
    } else {
      RankSort.sort(keys, items, order);
    }
  }

  /** Sorts the keys, and moves the values along. */
  static void sort(PyObject[] keys, PyObject @Nullable [] values, Less less) {
    new Sorter(keys, values, less).sort();
  }

  private static void reverse(PyObject[] a, int from, int to) {
    for (int i = from, j = to - 1; i < j; i++, j--) {
      PyObject x = a[i];
      a[i] = a[j];
      a[j] = x;
    }
  }

  private static final class Sorter {
    private static final int SHORT = 64;
    private static final int MAX_RUNS = 48;
    private static final int[] NO_RUNS = {};

    private final PyObject[] keys;
    private final PyObject @Nullable [] values;
    private final Less less;

    /** Room for merging; none where there is a single run. */
    private final PyObject[] keyRoom;

    private final PyObject @Nullable [] valueRoom;

    /** Runs that wait to be merged: where they begin. Their lengths shrink quickly. */
    private final int[] starts;

    private final int[] lengths;
    private int runs;

    Sorter(PyObject[] keys, PyObject @Nullable [] values, Less less) {
      this.keys = keys;
      this.values = values;
      this.less = less;
      boolean merges = keys.length >= SHORT;
      int room = keys.length / 2 + 1;
      keyRoom = merges ? new PyObject[room] : PyObject.NO_ARGS;
      valueRoom = merges && values != null ? new PyObject[room] : null;
      starts = merges ? new int[MAX_RUNS] : NO_RUNS;
      lengths = merges ? new int[MAX_RUNS] : NO_RUNS;
    }

    void sort() {
      int n = keys.length;
      if (n < SHORT) {
        if (n > 1) {
          insertionSort(0, naturalRun(0, n), n);
        }
        return;
      }
      int minimum = minimumRun(n);
      int from = 0;
      while (from < n) {
        int length = naturalRun(from, n);
        int wanted = Math.min(minimum, n - from);
        if (length < wanted) {
          insertionSort(from, from + length, from + wanted);
          length = wanted;
        }
        starts[runs] = from;
        lengths[runs++] = length;
        collapse();
        from += length;
      }
      while (runs > 1) {
        int at = runs - 2;
        if (at > 0 && lengths[at - 1] < lengths[at + 1]) {
          at--;
        }
        mergeAt(at);
      }
    }

    private static int minimumRun(int n) {
      int odd = 0;
      while (n >= SHORT) {
        odd |= n & 1;
        n >>= 1;
      }
      return n + odd;
    }

    /** The length of the run that begins at an index; a strictly falling one is turned round. */
    private int naturalRun(int from, int end) {
      int i = from + 1;
      if (i == end) {
        return 1;
      }
      boolean falling = less.test(keys[i], keys[i - 1]);
      i++;
      while (i < end && less.test(keys[i], keys[i - 1]) == falling) {
        i++;
      }
      if (falling) {
        reverse(keys, from, i);
        if (values != null) {
          reverse(values, from, i);
        }
      }
      return i - from;
    }

    /** Inserts the elements from {@code sorted} on into the sorted part before them. */
    private void insertionSort(int from, int sorted, int to) {
      for (int i = sorted; i < to; i++) {
        PyObject key = keys[i];
        int low = from;
        int high = i;
        while (low < high) {
          int middle = low + high >>> 1;
          if (less.test(key, keys[middle])) {
            high = middle;
          } else {
            low = middle + 1;
          }
        }
        System.arraycopy(keys, low, keys, low + 1, i - low);
        keys[low] = key;
        if (values != null) {
          PyObject value = values[i];
          System.arraycopy(values, low, values, low + 1, i - low);
          values[low] = value;
        }
      }
    }

    private void collapse() {
      while (runs > 1) {
        int at = runs - 2;
        boolean unbalanced =
            at > 0 && lengths[at - 1] <= lengths[at] + lengths[at + 1]
                || at > 1 && lengths[at - 2] <= lengths[at - 1] + lengths[at];
        if (unbalanced) {
          if (lengths[at - 1] < lengths[at + 1]) {
            at--;
          }
        } else if (lengths[at] > lengths[at + 1]) {
          return;
        }
        mergeAt(at);
      }
    }

    private void mergeAt(int at) {
      int a = starts[at];
      int b = starts[at + 1];
      int end = b + lengths[at + 1];
      lengths[at] += lengths[at + 1];
      if (at == runs - 3) {
        starts[at + 1] = starts[at + 2];
        lengths[at + 1] = lengths[at + 2];
      }
      runs--;
      // What of the left run is in place already, and what of the right one.
      a = firstGreater(keys[b], a, b);
      if (a == b) {
        return;
      }
      end = firstNotLess(keys[b - 1], b, end);
      if (b - a <= end - b) {
        mergeLow(a, b, end);
      } else {
        mergeHigh(a, b, end);
      }
    }

    /** The first index whose key is greater; searched from the left in growing steps. */
    private int firstGreater(PyObject key, int from, int to) {
      int low = from;
      int step = 1;
      int high = from;
      while (high < to && !less.test(key, keys[high])) {
        low = high + 1;
        high = step > to - high ? to : high + step;
        step <<= 1;
      }
      high = Math.min(high, to);
      while (low < high) {
        int middle = low + high >>> 1;
        if (less.test(key, keys[middle])) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      return low;
    }

    /** The first index whose key is not less; searched from the right in growing steps. */
    private int firstNotLess(PyObject key, int from, int to) {
      int high = to;
      int step = 1;
      int low = to;
      while (low > from && !less.test(keys[low - 1], key)) {
        high = low - 1;
        low = step > low - from ? from : low - step;
        step <<= 1;
      }
      low = Math.max(low, from);
      while (low < high) {
        int middle = low + high >>> 1;
        if (less.test(keys[middle], key)) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return high;
    }

    private void mergeLow(int a, int b, int end) {
      int n = b - a;
      System.arraycopy(keys, a, keyRoom, 0, n);
      if (values != null) {
        System.arraycopy(values, a, valueRoom, 0, n);
      }
      int left = 0;
      int right = b;
      int to = a;
      while (left < n && right < end) {
        if (less.test(keys[right], keyRoom[left])) {
          if (values != null) {
            values[to] = values[right];
          }
          keys[to++] = keys[right++];
        } else {
          if (values != null) {
            values[to] = valueRoom[left];
          }
          keys[to++] = keyRoom[left++];
        }
      }
      System.arraycopy(keyRoom, left, keys, to, n - left);
      if (values != null) {
        System.arraycopy(valueRoom, left, values, to, n - left);
      }
    }

    private void mergeHigh(int a, int b, int end) {
      int n = end - b;
      System.arraycopy(keys, b, keyRoom, 0, n);
      if (values != null) {
        System.arraycopy(values, b, valueRoom, 0, n);
      }
      int left = b - 1;
      int right = n - 1;
      int to = end - 1;
      while (left >= a && right >= 0) {
        if (less.test(keyRoom[right], keys[left])) {
          if (values != null) {
            values[to] = values[left];
          }
          keys[to--] = keys[left--];
        } else {
          if (values != null) {
            values[to] = valueRoom[right];
          }
          keys[to--] = keyRoom[right--];
        }
      }
      System.arraycopy(keyRoom, 0, keys, to - right, right + 1);
      if (values != null) {
        System.arraycopy(valueRoom, 0, values, to - right, right + 1);
      }
    }
  }
}
