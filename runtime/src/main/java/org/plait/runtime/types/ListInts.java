package org.plait.runtime.types;

import org.plait.runtime.object.PyObject;

/**
 * Which ints are in a list that has nothing else than ints from 0 to 30, each once: a bit for each
 * and the sign, which says that the rest is true. Looking one up is a shift then, where a search
 * reads an array, an object for each element, and ends in a branch that nobody can predict.
 *
 * <p>It is found out when a list is searched for the second time, and kept up with by what puts in
 * or takes out a single element; nothing else is worth it. A list that had something else once, or
 * was changed otherwise, is always searched.
 */
final class ListInts {
  /** Nobody has searched the list yet. */
  static final int UNKNOWN = 0;

  static final int SEARCHED = 1;

  /** The list has to be searched. */
  static final int NEVER = 2;

  private static final int NONE = Integer.MIN_VALUE;
  private static final int COUNT = 31;

  private ListInts() {}

  /** Whether a list of which so much is known has an int: 1 or 0. */
  static int has(int known, long value) {
    return value >= 0 && value < COUNT ? known >>> (int) value & 1 : 0;
  }

  /** What is known of a list with these elements. */
  static int of(PyObject[] items, int size) {
    int known = NONE;
    for (int i = 0; i < size && known < 0; i++) {
      known = with(known, items[i]);
    }
    return known;
  }

  /** What is known with one more element. */
  static int with(int known, PyObject item) {
    int bit = bit(item);
    return bit != 0 && (known & bit) == 0 ? known | bit : NEVER;
  }

  /** What is known without an element. */
  static int without(int known, PyObject item) {
    return known & ~bit(item);
  }

  private static int bit(PyObject item) {
    if (item.getClass() != PyInt.class) {
      return 0;
    }
    PyInt i = (PyInt) item;
    long value = i.longValue();
    return value >= 0 && value < COUNT && i.isLong() ? 1 << (int) value : 0;
  }
}
