package org.plait.runtime.types;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PlainOrder.Column;

/**
 * Stable sort by many keys of a {@link PlainOrder}. What decides of a key is packed into a word:
 * the column that comes first, as much of the next as there is room for, and below that the item's
 * index, which keeps equal keys in their order. Words are sorted as numbers, without a look at the
 * keys, which lie all over the memory. Where words are equal but for the index and don't say all,
 * the same is done with these few keys and what comes next.
 *
 * <p>Of a column of numbers a word has their distance from the least one, of texts the characters
 * behind what they all begin with.
 */
final class RankSort {
  /** So few keys are compared themselves. */
  private static final int FEW = 8;

  /** From so many words on they are sorted digit by digit. */
  private static final int MANY = 1000;

  private static final int DIGIT_BITS = 11;

  /** What isn't decided by so many words, one after the other, is: texts that begin alike. */
  private static final int MAX_WORDS = 6;

  /** Characters of a text that go into a word at most. */
  private static final int MAX_CHARS = 7;

  private final PyObject[] keys;
  private final PyObject[] items;
  private final PlainOrder order;
  private final PyObject[] sorted;
  private final long[] words;

  /** As large as the words, for sorting them; made at first need. */
  private long @Nullable [] spare;

  /** The bits of a word that hold the index. */
  private final int indexBits;

  private final long indexMask;

  /** Columns of numbers as they are in the keys, in the order of the keys; made at first need. */
  private final long @Nullable [][] numbers;

  private RankSort(PyObject[] keys, PyObject[] items, PlainOrder order) {
    int n = keys.length;
    this.keys = keys;
    this.items = items;
    this.order = order;
    sorted = new PyObject[n];
    words = new long[n];
    for (int i = 0; i < n; i++) {
      words[i] = i;
    }
    indexBits = Integer.SIZE - Integer.numberOfLeadingZeros(n - 1);
    indexMask = (1L << indexBits) - 1;
    numbers = new long[order.columns()][];
  }

  /**
   * Sorts items in place.
   *
   * @param keys one for each item; may be the items themselves
   * @param order a total one
   */
  static void sort(PyObject[] keys, PyObject[] items, PlainOrder order) {
    RankSort s = new RankSort(keys, items, order);
    s.sort(0, keys.length, 0, MAX_WORDS);
    System.arraycopy(s.sorted, 0, items, 0, items.length);
  }

  /** Sorts what stands in a part of the words, where all columns before one are equal. */
  private void sort(int from, int to, int firstColumn, int wordsLeft) {
    if (to - from <= FEW) {
      sortFew(from, to);
      return;
    }
    if (wordsLeft == 0) {
      merge(from, to);
      return;
    }
    for (int i = from; i < to; i++) {
      words[i] &= indexMask;
    }
    int room = Long.SIZE - 1 - indexBits;
    int column = firstColumn;
    while (column < order.columns()) {
      room =
          order.column(column) == Column.TEXT
              ? addTexts(from, to, column, room)
              : addNumbers(from, to, column, room);
      if (room < 0) {
        break;
      }
      column++;
    }
    sortWords(from, to, Long.SIZE - 1 - indexBits - Math.max(0, room));
    if (column == order.columns()) {
      take(from, to);
      return;
    }
    int start = from;
    while (start < to) {
      long rank = words[start] >>> indexBits;
      int end = start + 1;
      while (end < to && words[end] >>> indexBits == rank) {
        end++;
      }
      sort(start, end, column, wordsLeft - 1);
      start = end;
    }
  }

  private int index(int i) {
    return (int) (words[i] & indexMask);
  }

  private void append(int i, long rank, int bits) {
    long word = words[i];
    words[i] = (word >>> indexBits << bits | rank) << indexBits | word & indexMask;
  }

  /** Sorts a part of the words, in which the indices rise, by some bits above these. */
  private void sortWords(int from, int to, int bits) {
    if (to - from < MANY) {
      Arrays.sort(words, from, to);
    } else if (!isSorted(from, to)) {
      sortByDigits(from, to, bits);
    }
  }

  private boolean isSorted(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      if (words[i - 1] > words[i]) {
        return false;
      }
    }
    return true;
  }

  /** The last digit first, in each pass keeping the order of those before. */
  private void sortByDigits(int from, int to, int bits) {
    if (spare == null) {
      spare = new long[words.length];
    }
    long[] source = words;
    long[] target = spare;
    int[] places = new int[1 << DIGIT_BITS];
    for (int shift = indexBits; shift < indexBits + bits; shift += DIGIT_BITS) {
      Arrays.fill(places, 0);
      for (int i = from; i < to; i++) {
        places[digit(source[i], shift)]++;
      }
      int place = from;
      for (int d = 0; d < places.length; d++) {
        int count = places[d];
        places[d] = place;
        place += count;
      }
      for (int i = from; i < to; i++) {
        target[places[digit(source[i], shift)]++] = source[i];
      }
      long[] swap = source;
      source = target;
      target = swap;
    }
    if (source != words) {
      System.arraycopy(source, from, words, from, to - from);
    }
  }

  private static int digit(long word, int shift) {
    return (int) (word >>> shift) & (1 << DIGIT_BITS) - 1;
  }

  // ---- what is sorted by now

  private void take(int from, int to) {
    for (int i = from; i < to; i++) {
      sorted[i] = items[index(i)];
    }
  }

  private void sortFew(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      long word = words[i];
      PyObject key = keys[index(i)];
      int k = i;
      while (k > from && order.test(key, keys[index(k - 1)])) {
        words[k] = words[k - 1];
        k--;
      }
      words[k] = word;
    }
    take(from, to);
  }

  private void merge(int from, int to) {
    PyObject[] someKeys = new PyObject[to - from];
    PyObject[] some = new PyObject[to - from];
    for (int i = from; i < to; i++) {
      someKeys[i - from] = keys[index(i)];
      some[i - from] = items[index(i)];
    }
    ListSort.sort(someKeys, some, order);
    System.arraycopy(some, 0, sorted, from, some.length);
  }

  // ---- columns; both return the bits that are left, or -1 when the column has not gone in whole

  private int addNumbers(int from, int to, int column, int room) {
    long[] all = numbers(column);
    long least = Long.MAX_VALUE;
    long most = Long.MIN_VALUE;
    for (int i = from; i < to; i++) {
      long v = all[index(i)];
      least = Math.min(least, v);
      most = Math.max(most, v);
    }
    int bits = Long.SIZE - Long.numberOfLeadingZeros(most - least);
    int lost = Math.max(0, bits - room);
    if (lost == Long.SIZE) {
      return -1;
    }
    for (int i = from; i < to; i++) {
      append(i, all[index(i)] - least >>> lost, bits - lost);
    }
    return lost > 0 ? -1 : room - bits;
  }

  private long[] numbers(int column) {
    long[] made = numbers[column];
    if (made == null) {
      boolean ints = order.column(column) == Column.INT;
      made = new long[keys.length];
      for (int i = 0; i < made.length; i++) {
        PyObject x = order.part(keys[i], column);
        made[i] = ints ? ((PyInt) x).value : rank(((PyFloat) x).value);
      }
      numbers[column] = made;
    }
    return made;
  }

  /**
   * A number that is as much less or greater than others as a float is; adding 0.0 unites the
   * zeros.
   */
  private static long rank(double x) {
    long bits = Double.doubleToRawLongBits(x + 0.0);
    return bits ^ bits >> Long.SIZE - 1 & Long.MAX_VALUE;
  }

  private int addTexts(int from, int to, int column, int room) {
    String first = text(from, column);
    int prefix = first.length();
    int longest = 0;
    for (int i = from; i < to; i++) {
      String t = text(i, column);
      longest = Math.max(longest, t.length());
      prefix = commonPrefix(first, t, prefix);
    }
    char least = Character.MAX_VALUE;
    char most = 0;
    for (int i = from; i < to; i++) {
      String t = text(i, column);
      for (int k = Math.min(t.length(), prefix + MAX_CHARS) - 1; k >= prefix; k--) {
        char c = t.charAt(k);
        least = c < least ? c : least;
        most = c > most ? c : most;
      }
    }
    // One more than a character's distance from the least one; 0 stands for the end.
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(most - least + 1);
    int chars = Math.min(Math.min(MAX_CHARS, room / bits), longest - prefix);
    for (int i = from; i < to; i++) {
      String t = text(i, column);
      long rank = 0;
      for (int k = prefix; k < prefix + chars; k++) {
        rank = rank << bits | (k < t.length() ? t.charAt(k) - least + 1 : 0);
      }
      append(i, rank, chars * bits);
    }
    return prefix + chars < longest ? -1 : room - chars * bits;
  }

  private String text(int i, int column) {
    return ((PyStr) order.part(keys[index(i)], column)).text();
  }

  /** How many of their first characters are the same, up to a limit. */
  private static int commonPrefix(String s, String t, int limit) {
    int n = Math.min(limit, t.length());
    int i = 0;
    while (i < n && s.charAt(i) == t.charAt(i)) {
      i++;
    }
    return i;
  }
}
