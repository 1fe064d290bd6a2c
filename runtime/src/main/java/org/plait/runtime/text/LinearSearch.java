package org.plait.runtime.text;

import java.util.function.IntUnaryOperator;

/**
 * Searching in time linear in the text whatever the pattern (Knuth, Morris, Pratt). The plain
 * search is faster on ordinary input, so callers begin with that and change over when {@link
 * #isSlow} says that it compares too much.
 */
public final class LinearSearch {
  private LinearSearch() {}

  /** Patterns shorter than this are always searched for the plain way. */
  public static final int MIN_PATTERN = 16;

  /** Whether comparisons so far are out of proportion to the text gone through. */
  public static boolean isSlow(long compared, int passed) {
    return compared > 4096 + 8L * passed;
  }

  /**
   * The first position of a pattern, or -1.
   *
   * @param text gives the element at a position
   * @param from first position where a match may begin
   * @param to where the last match must end
   * @param pattern gives the pattern's elements 0 to m - 1
   */
  public static int find(IntUnaryOperator text, int from, int to, IntUnaryOperator pattern, int m) {
    int[] p = new int[m];
    for (int i = 0; i < m; i++) {
      p[i] = pattern.applyAsInt(i);
    }
    int[] fail = new int[m];
    for (int i = 1, k = 0; i < m; i++) {
      while (k > 0 && p[i] != p[k]) {
        k = fail[k - 1];
      }
      if (p[i] == p[k]) {
        k++;
      }
      fail[i] = k;
    }
    for (int i = from, k = 0; i < to; i++) {
      int c = text.applyAsInt(i);
      while (k > 0 && c != p[k]) {
        k = fail[k - 1];
      }
      if (c == p[k]) {
        k++;
      }
      if (k == m) {
        return i + 1 - m;
      }
    }
    return -1;
  }

  /** The last position of a pattern in {@code from..to-1}, or -1. */
  public static int findLast(
      IntUnaryOperator text, int from, int to, IntUnaryOperator pattern, int m) {
    int at =
        find(i -> text.applyAsInt(to - 1 - i), 0, to - from, i -> pattern.applyAsInt(m - 1 - i), m);
    return at < 0 ? -1 : to - at - m;
  }
}
