package org.plait.runtime.io;

import org.plait.runtime.types.PyStr;

/**
 * Where lines end in text that has been decoded: at LF alone, at LF, CR or CRLF, or at a given
 * string.
 *
 * @param universal whether each of LF, CR and CRLF ends a line
 * @param end what does, when {@code universal} is false
 */
record LineEnds(boolean universal, String end) {
  static final LineEnds LF = new LineEnds(false, "\n");

  /** For a {@code newline} argument of None (null), '' or one of the three. */
  static LineEnds of(String newline) {
    return newline == null
        ? LF
        : newline.isEmpty() ? new LineEnds(true, "") : new LineEnds(false, newline);
  }

  /**
   * The index behind the first line end that begins at or after {@code from}, or -1. Indices count
   * code points.
   */
  int find(PyStr s, int from) {
    if (s.isSimple()) {
      return find(s.toString(), from);
    }
    int n = s.length();
    for (int i = from; i < n; i++) {
      int c = s.codePointAt(i);
      boolean next = i + 1 < n;
      if (universal) {
        if (c == '\n') {
          return i + 1;
        } else if (c == '\r') {
          return next && s.codePointAt(i + 1) == '\n' ? i + 2 : i + 1;
        }
      } else if (c == end.charAt(0)) {
        if (end.length() == 1) {
          return i + 1;
        } else if (next && s.codePointAt(i + 1) == end.charAt(1)) {
          return i + 2;
        }
      }
    }
    return -1;
  }

  private int find(String s, int from) {
    if (!universal) {
      int at = s.indexOf(end, from);
      return at < 0 ? -1 : at + end.length();
    }
    for (int i = from; i < s.length(); i++) {
      char c = s.charAt(i);
      if (c == '\n') {
        return i + 1;
      } else if (c == '\r') {
        return i + 1 < s.length() && s.charAt(i + 1) == '\n' ? i + 2 : i + 1;
      }
    }
    return -1;
  }

  /** How much of a text without a line end can't be the beginning of one. */
  int safeLength(PyStr s) {
    int n = s.length();
    boolean half = end.length() == 2 && n > 0 && s.codePointAt(n - 1) == end.charAt(0);
    return half ? n - 1 : n;
  }
}
