package org.plait.runtime.interp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The nearest of some names, as CPython's "Did you mean" computes it. */
public final class Suggestions {
  private static final int MAX_CANDIDATES = 750;
  private static final int MAX_LENGTH = 40;
  private static final int MOVE_COST = 2;
  private static final int CASE_COST = 1;

  private Suggestions() {}

  /** The candidate with the smallest edit distance if that is small enough, else null. */
  public static @Nullable String nearest(String name, List<String> candidates) {
    if (candidates.size() >= MAX_CANDIDATES || name.length() > MAX_LENGTH) {
      return null;
    }
    String best = null;
    int bestDistance = Integer.MAX_VALUE;
    for (String c : candidates) {
      if (c.equals(name)) {
        continue;
      }
      int max = Math.min((name.length() + c.length() + 3) * MOVE_COST / 6, bestDistance - 1);
      int d = distance(name, c, max);
      if (d <= max && d < bestDistance) {
        best = c;
        bestDistance = d;
      }
    }
    return best;
  }

  private static int substitution(char a, char b) {
    if (a == b) {
      return 0;
    }
    return Character.toLowerCase(a) == Character.toLowerCase(b) ? CASE_COST : MOVE_COST;
  }

  /** Levenshtein distance in units of MOVE_COST; anything over {@code max} is max + 1. */
  private static int distance(String a, String b, int max) {
    if (a.length() > MAX_LENGTH || b.length() > MAX_LENGTH) {
      return max + 1;
    }
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j * MOVE_COST;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i * MOVE_COST;
      int least = row[0];
      for (int j = 1; j <= b.length(); j++) {
        int sub = diagonal + substitution(a.charAt(i - 1), b.charAt(j - 1));
        diagonal = row[j];
        row[j] = Math.min(sub, Math.min(row[j], row[j - 1]) + MOVE_COST);
        least = Math.min(least, row[j]);
      }
      if (least > max) {
        return max + 1;
      }
    }
    return row[b.length()];
  }
}
