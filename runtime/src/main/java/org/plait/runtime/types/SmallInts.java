package org.plait.runtime.types;

import java.lang.invoke.VarHandle;

/**
 * The table of a set that has nothing in it but ints from {@link #LOW} to {@link #HIGH}, put there
 * one by one: a bit for each. Looking one up is a shift, where a hash table costs some ten
 * nanoseconds, most of them for branches that nobody can predict.
 *
 * <p>It has no entries. Whoever wants some gets a table made of it ({@link PyHashTable#table}),
 * which the set has from then on; this one isn't written any more, so whoever still looks at it
 * sees the set as it was when that happened, which is while he looked.
 */
final class SmallInts extends PyHashTable.Table {
  static final int LOW = -16;
  static final int HIGH = LOW + 63;

  /**
   * Written under the set's lock or by the only thread. The JVMs this runs on write a long at once.
   */
  private long bits;

  SmallInts(PyHashTable.Table empty) {
    super(empty.index, empty.shift, empty.keys, empty.hashes, empty.values);
  }

  static boolean hasBit(long value) {
    return (value - LOW & -64) == 0;
  }

  /** The elements, each a bit, the lowest that of {@link #LOW}. */
  long bits() {
    long b = bits;
    VarHandle.acquireFence();
    return b;
  }

  boolean has(long value) {
    return hasBit(value) && (bits() >>> value - LOW & 1) != 0;
  }

  /** Puts in a value that has a bit. */
  void add(long value) {
    VarHandle.releaseFence();
    bits |= 1L << value - LOW;
  }

  /** Takes out a value that has a bit. */
  void remove(long value) {
    VarHandle.releaseFence();
    bits &= ~(1L << value - LOW);
  }

  int count() {
    return Long.bitCount(bits());
  }

  /** The same elements as entries. */
  PyHashTable.Table entries() {
    PyHashTable.Table t = new PyHashTable.Table(PyHashTable.logFor(count() + 1));
    for (long rest = bits; rest != 0; rest &= rest - 1) {
      long value = Long.numberOfTrailingZeros(rest) + LOW;
      PyInt item = PyInt.of(value);
      t.append(item, PyInt.hash(value), item);
    }
    return t;
  }
}
