package org.plait.syntax.ast;

import java.util.Arrays;

/**
 * A str constant that a Java String can't hold: one in which a lone high surrogate is followed by a
 * lone low one, which a Java String would take for a single code point. Every other str is a plain
 * String. The array must not be changed.
 */
public record CodePoints(int[] codePoints) {
  /** A String where that is unambiguous, otherwise a CodePoints over a copy. */
  public static Object of(int[] points, int length) {
    for (int i = 1; i < length; i++) {
      if (isHigh(points[i - 1]) && isLow(points[i])) {
        return new CodePoints(Arrays.copyOf(points, length));
      }
    }
    return new String(points, 0, length);
  }

  private static boolean isHigh(int c) {
    return c >= 0xD800 && c <= 0xDBFF;
  }

  private static boolean isLow(int c) {
    return c >= 0xDC00 && c <= 0xDFFF;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof CodePoints other && Arrays.equals(codePoints, other.codePoints);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(codePoints);
  }

  @Override
  public String toString() {
    return "CodePoints" + Arrays.toString(codePoints);
  }
}
