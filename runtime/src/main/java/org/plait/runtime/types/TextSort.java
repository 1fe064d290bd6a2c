package org.plait.runtime.types;

import java.util.Arrays;
import org.plait.runtime.object.PyObject;

/**
 * Stable sort by keys that are all texts without surrogate pairs: the first characters of each
 * become a number that decides nearly all comparisons without a look at the text, which lies
 * somewhere else in memory.
 */
final class TextSort {
  /** Characters of a text that go into its rank: as many as there is room for. */
  private static final int NARROW_CHARS = 7;

  private static final int NARROW_BITS = 9;
  private static final int WIDE_CHARS = 3;
  private static final int WIDE_BITS = 17;

  private TextSort() {}

  private record Ranked(long rank, String text, PyObject item) implements Comparable<Ranked> {
    @Override
    public int compareTo(Ranked other) {
      return rank == other.rank ? text.compareTo(other.text) : rank < other.rank ? -1 : 1;
    }
  }

  /**
   * Sorts items in place.
   *
   * @param keys exact strs, one for each item; may be the items themselves
   */
  static void sort(PyObject[] keys, PyObject[] items) {
    Ranked[] all = new Ranked[keys.length];
    boolean narrow = areNarrow(keys);
    for (int i = 0; i < all.length; i++) {
      String text = ((PyStr) keys[i]).text();
      all[i] = new Ranked(rank(text, narrow), text, items[i]);
    }
    Arrays.sort(all);
    for (int i = 0; i < all.length; i++) {
      items[i] = all[i].item;
    }
  }

  private static boolean areNarrow(PyObject[] keys) {
    for (PyObject key : keys) {
      String text = ((PyStr) key).text();
      for (int i = Math.min(text.length(), NARROW_CHARS) - 1; i >= 0; i--) {
        if (text.charAt(i) > 0xff) {
          return false;
        }
      }
    }
    return true;
  }

  /** The first characters, each one more than it is: 0 stands for the end. */
  private static long rank(String text, boolean narrow) {
    int chars = narrow ? NARROW_CHARS : WIDE_CHARS;
    int bits = narrow ? NARROW_BITS : WIDE_BITS;
    long rank = 0;
    for (int i = 0; i < chars; i++) {
      rank = rank << bits | (i < text.length() ? text.charAt(i) + 1 : 0);
    }
    return rank;
  }
}
