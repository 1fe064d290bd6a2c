package org.plait.runtime.types;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PySequences;
import org.plait.runtime.text.AsciiText;
import org.plait.runtime.text.CodePointBuilder;
import org.plait.runtime.text.CodePointSource;
import org.plait.runtime.text.LinearSearch;
import org.plait.runtime.text.UnicodeInfo;

/**
 * The algorithms of str: searching, splitting, joining, padding. Positions count code points. Each
 * has a way by the Java string for texts whose chars are code points, and one by code points.
 */
final class StrOps {
  private StrOps() {}

  /** Longest text we make; a Java array has no more elements. */
  static final int MAX = Integer.MAX_VALUE - 64;

  /** Up to this length a text is joined in a buffer first. */
  private static final int MAX_BUILT = 1 << 16;

  /** So many characters of an item are copied sooner by a loop. */
  private static final int SHORT = 4;

  // ---- ranges

  /** A start argument clipped to 0..length; null and None are the default. */
  static int start(@Nullable PyObject o, int length) {
    long i = o == null || o == Py.None ? 0 : bound(o);
    return (int) (i < 0 ? Math.max(i + length, 0) : Math.min(i, length + 1L));
  }

  /** An end argument clipped to 0..length. */
  static int end(@Nullable PyObject o, int length) {
    long i = o == null || o == Py.None ? length : bound(o);
    return (int) (i < 0 ? Math.max(i + length, 0) : Math.min(i, length));
  }

  private static long bound(PyObject o) {
    if (!PyNumbers.isIndex(o)) {
      throw Errors.typeError("slice indices must be integers or None or have an __index__ method");
    }
    return PyNumbers.asLong(o, null);
  }

  // ---- search

  /**
   * The first position of a part in {@code from..to-1}, or -1. A start beyond the end finds none.
   */
  static int find(PyStr s, PyStr sub, int from, int to) {
    int m = sub.length();
    if (to - from < m || s.points == null && sub.points != null) {
      return -1;
    }
    if (s.points == null && m < LinearSearch.MIN_PATTERN) {
      return s.text().indexOf(sub.text(), from, to);
    }
    if (m == 0) {
      return from;
    }
    long compared = 0;
    int last = to - m;
    for (int i = from; i <= last; i++) {
      i = next(s, sub.codePointAt(0), i, last + 1);
      if (i < 0) {
        return -1;
      }
      int k = 1;
      while (k < m && s.codePointAt(i + k) == sub.codePointAt(k)) {
        k++;
      }
      if (k == m) {
        return i;
      }
      compared += k;
      if (LinearSearch.isSlow(compared, i - from)) {
        return LinearSearch.find(s::codePointAt, i + 1, to, sub::codePointAt, m);
      }
    }
    return -1;
  }

  private static int next(PyStr s, int c, int from, int to) {
    if (s.points == null) {
      return s.text().indexOf(c, from, to);
    }
    for (int i = from; i < to; i++) {
      if (s.points[i] == c) {
        return i;
      }
    }
    return -1;
  }

  /** The last position of a part in {@code from..to-1}, or -1. */
  static int rfind(PyStr s, PyStr sub, int from, int to) {
    int m = sub.length();
    if (to - from < m || s.points == null && sub.points != null) {
      return -1;
    }
    if (s.points == null && m < LinearSearch.MIN_PATTERN) {
      int i = s.text().lastIndexOf(sub.text(), to - m);
      return i >= from ? i : -1;
    }
    long compared = 0;
    for (int i = to - m; i >= from; i--) {
      int k = 0;
      while (k < m && s.codePointAt(i + k) == sub.codePointAt(k)) {
        k++;
      }
      if (k == m) {
        return i;
      }
      compared += k;
      if (LinearSearch.isSlow(compared, to - m - i)) {
        return LinearSearch.findLast(s::codePointAt, from, i + m - 1, sub::codePointAt, m);
      }
    }
    return -1;
  }

  private static boolean matches(int[] a, int at, PyStr sub, int m) {
    for (int k = 0; k < m; k++) {
      if (a[at + k] != sub.codePointAt(k)) {
        return false;
      }
    }
    return true;
  }

  /** Occurrences that don't overlap in {@code from..to-1}, {@code max} at most. */
  static int count(PyStr s, PyStr sub, int from, int to, int max) {
    int m = sub.length();
    if (m == 0) {
      return from > to ? 0 : (int) Math.min(to - from + 1L, max);
    }
    int n = 0;
    for (int i = find(s, sub, from, to); i >= 0 && n < max; i = find(s, sub, i + m, to)) {
      n++;
    }
    return n;
  }

  /** Whether the range {@code from..to-1} of the text begins or ends with a part. */
  static boolean tailMatch(PyStr s, PyStr sub, int from, int to, boolean atEnd) {
    int m = sub.length();
    if (to - from < m) {
      return false;
    }
    int at = atEnd ? to - m : from;
    if (s.points == null) {
      return sub.points == null && s.text().startsWith(sub.text(), at);
    }
    return matches(s.points, at, sub, m);
  }

  // ---- replace

  static PyStr replace(PyStr s, PyStr old, PyStr fresh, long count) {
    int max = (int) (count < 0 ? Integer.MAX_VALUE : Math.min(count, Integer.MAX_VALUE));
    int m = old.length();
    int n = s.length();
    if (max == 0 || m > n || m == 0 && n == 0 && count >= 0 && max == 0) {
      return exact(s);
    }
    if (max == Integer.MAX_VALUE && s.points == null && old.points == null) {
      PyStr all = replaceAll(s, old, fresh);
      if (all != null) {
        return all;
      }
    }
    int hits = count(s, old, 0, n, max);
    if (hits == 0) {
      return exact(s);
    }
    checkSize(n + (long) hits * (fresh.length() - m));
    if (s.points == null && fresh.points == null && joinsCleanly(fresh)) {
      StringBuilder b = new StringBuilder(n + hits * (fresh.length() - m));
      String text = s.text();
      int at = 0;
      if (m == 0) {
        for (int k = 0; k < hits; k++) {
          b.append(fresh.text());
          if (at < n) {
            b.append(text.charAt(at++));
          }
        }
      } else {
        for (int k = 0; k < hits; k++) {
          int i = find(s, old, at, n);
          b.append(text, at, i).append(fresh.text());
          at = i + m;
        }
      }
      return PyStr.ofBmp(b.append(text, at, n).toString());
    }
    CodePointSource src = s.source();
    CodePointSource with = fresh.source();
    CodePointBuilder b = new CodePointBuilder(n + hits * (fresh.length() - m));
    int at = 0;
    for (int k = 0; k < hits; k++) {
      if (m == 0) {
        b.append(with);
        if (at < n) {
          b.append(src.at(at++));
        }
      } else {
        int i = find(s, old, at, n);
        b.append(src, at, i).append(with);
        at = i + m;
      }
    }
    return PyStr.of(b.append(src, at, n).toSource());
  }

  /** Replaces all occurrences by way of the Java string; null where that can't be. */
  private static @Nullable PyStr replaceAll(PyStr s, PyStr old, PyStr fresh) {
    int m = old.text().length();
    if (m == 0
        || m >= LinearSearch.MIN_PATTERN
        || fresh.points != null
        || (long) s.text().length() * fresh.text().length() > MAX) {
      return null;
    }
    String before = s.text();
    if (m == 1 && before.indexOf(old.text().charAt(0)) < 0) {
      return exact(s);
    }
    String text = before.replace(old.text(), fresh.text());
    if (text.equals(before)) {
      return exact(s);
    }
    return PyStr.hasPairs(text) ? null : PyStr.ofBmp(text);
  }

  /** Whether a text put between others can't make two lone surrogates a pair. */
  private static boolean joinsCleanly(PyStr s) {
    String t = s.text();
    return !t.isEmpty()
        && !Character.isSurrogate(t.charAt(0))
        && !Character.isSurrogate(t.charAt(t.length() - 1));
  }

  /** The text as a plain str. */
  static PyStr exact(PyStr s) {
    return s.getClass() == PyStr.class ? s : new PyStr(s.text(), s.points);
  }

  static void checkSize(long n) {
    if (n > MAX || n < 0) {
      throw Errors.memoryError();
    }
  }

  // ---- repeat, pad

  static PyStr repeat(PyStr s, long count) {
    int n = s.length();
    if (count <= 0 || n == 0) {
      return PyStr.EMPTY;
    }
    if (count == 1) {
      return exact(s);
    }
    if (count > Long.MAX_VALUE / n) {
      throw Errors.overflowError("repeated string is too long");
    }
    checkSize(n * count);
    try {
      String t = s.text();
      if (s.points == null
          && !(Character.isLowSurrogate(t.charAt(0))
              && Character.isHighSurrogate(t.charAt(n - 1)))) {
        return PyStr.ofBmp(t.repeat((int) count));
      }
      int[] from = s.toCodePoints();
      int[] all = new int[(int) (n * count)];
      for (int i = 0; i < all.length; i += n) {
        System.arraycopy(from, 0, all, i, n);
      }
      return PyStr.ofCodePoints(all, 0, all.length);
    } catch (OutOfMemoryError e) {
      throw Errors.memoryError();
    }
  }

  /** The text with fill characters on both sides. */
  static PyStr pad(PyStr s, long left, long right, int fill) {
    if (left <= 0 && right <= 0) {
      return exact(s);
    }
    left = Math.max(left, 0);
    right = Math.max(right, 0);
    if (left > Long.MAX_VALUE - s.length() || right > Long.MAX_VALUE - s.length() - left) {
      throw Errors.overflowError("padded string is too long");
    }
    checkSize(left + right + s.length());
    try {
      if (s.points == null && fill < 0xd800) {
        String f = String.valueOf((char) fill);
        return PyStr.ofBmp(f.repeat((int) left) + s.text() + f.repeat((int) right));
      }
      CodePointBuilder b = new CodePointBuilder((int) (left + right) + s.length());
      b.appendRepeated(fill, (int) left).append(s.source()).appendRepeated(fill, (int) right);
      return PyStr.of(b.toSource());
    } catch (OutOfMemoryError e) {
      throw Errors.memoryError();
    }
  }

  static int fillChar(@Nullable PyObject fill) {
    if (fill == null) {
      return ' ';
    }
    if (!(fill instanceof PyStr f)) {
      throw Errors.typeError(
          "The fill character must be a unicode character, not " + fill.type().name());
    }
    if (f.length() != 1) {
      throw Errors.typeError("The fill character must be exactly one character long");
    }
    return f.codePointAt(0);
  }

  static PyStr expandTabs(PyStr s, int tabSize) {
    int n = s.length();
    long column = 0;
    long total = 0;
    boolean found = false;
    for (int i = 0; i < n; i++) {
      int c = s.codePointAt(i);
      if (c == '\t') {
        found = true;
        if (tabSize > 0) {
          long more = tabSize - column % tabSize;
          column += more;
          total += more;
        }
      } else {
        total++;
        column = c == '\n' || c == '\r' ? 0 : column + 1;
      }
      if (total > MAX) {
        throw Errors.memoryError();
      }
    }
    if (!found) {
      return exact(s);
    }
    try {
      CodePointBuilder b = new CodePointBuilder((int) total);
      column = 0;
      for (int i = 0; i < n; i++) {
        int c = s.codePointAt(i);
        if (c == '\t') {
          if (tabSize > 0) {
            int more = (int) (tabSize - column % tabSize);
            column += more;
            b.appendRepeated(' ', more);
          }
        } else {
          b.append(c);
          column = c == '\n' || c == '\r' ? 0 : column + 1;
        }
      }
      return PyStr.of(b.toSource());
    } catch (OutOfMemoryError e) {
      throw Errors.memoryError();
    }
  }

  static PyStr zfill(PyStr s, long width) {
    int n = s.length();
    if (n >= width) {
      return exact(s);
    }
    PyStr padded = pad(s, width - n, 0, '0');
    if (n == 0) {
      return padded;
    }
    int sign = s.codePointAt(0);
    if (sign != '+' && sign != '-') {
      return padded;
    }
    return PyStr.ofCodePoint(sign).concat(pad(s.substring(1, n), width - n, 0, '0'));
  }

  // ---- strip

  /** Strips on the left (1), the right (2) or both sides (3). */
  static PyStr strip(PyStr s, @Nullable PyObject chars, int sides, String name) {
    if (chars != null && chars != Py.None && !(chars instanceof PyStr)) {
      throw Errors.typeError(name + " arg must be None or str");
    }
    PyStr set = chars instanceof PyStr t ? t : null;
    int from = 0;
    int to = s.length();
    if (s.points == null && (set == null || set.points == null)) {
      String text = s.text();
      String chosen = set == null ? null : set.text();
      if ((sides & 1) != 0) {
        while (from < to && stripped(text.charAt(from), chosen)) {
          from++;
        }
      }
      if ((sides & 2) != 0) {
        while (to > from && stripped(text.charAt(to - 1), chosen)) {
          to--;
        }
      }
      return s.substring(from, to);
    }
    if ((sides & 1) != 0) {
      while (from < to && stripped(s.codePointAt(from), set)) {
        from++;
      }
    }
    if ((sides & 2) != 0) {
      while (to > from && stripped(s.codePointAt(to - 1), set)) {
        to--;
      }
    }
    return s.substring(from, to);
  }

  private static boolean stripped(char c, @Nullable String set) {
    if (set == null) {
      return UnicodeInfo.isSpace(c);
    }
    if (set.length() > 4) {
      return set.indexOf(c) >= 0;
    }
    for (int i = 0; i < set.length(); i++) {
      if (set.charAt(i) == c) {
        return true;
      }
    }
    return false;
  }

  private static boolean stripped(int c, @Nullable PyStr set) {
    if (set == null) {
      return UnicodeInfo.isSpace(c);
    }
    if (set.points == null) {
      return c < 0x10000 && set.text().indexOf(c) >= 0;
    }
    for (int p : set.points) {
      if (p == c) {
        return true;
      }
    }
    return false;
  }

  // ---- split

  static PyList split(PyStr s, @Nullable PyStr sep, long max) {
    long left = max < 0 ? Long.MAX_VALUE : max;
    if (s.points == null) {
      return sep == null ? splitWords(s, left) : splitSimple(s, sep, left);
    }
    return Py.list(sep == null ? splitWordsByPoints(s, left) : splitByPoints(s, sep, left));
  }

  private static PyList splitWords(PyStr s, long left) {
    String text = s.text();
    int n = text.length();
    TextPieces parts = new TextPieces(text);
    if (n >= TextPieces.LONG && left == Long.MAX_VALUE) {
      byte[] ascii = AsciiText.bytes(text);
      if (ascii != null) {
        return parts.addWords(ascii).toList();
      }
    }
    int i = 0;
    while (true) {
      while (i < n && UnicodeInfo.isSpace(text.charAt(i))) {
        i++;
      }
      if (i == n) {
        return parts.toList();
      }
      int from = i;
      if (left-- <= 0) {
        return from == 0 ? Py.list(exact(s)) : parts.add(from, n).toList();
      }
      while (i < n && !UnicodeInfo.isSpace(text.charAt(i))) {
        i++;
      }
      if (i - from == n) {
        return Py.list(exact(s));
      }
      parts.add(from, i);
    }
  }

  private static PyList splitSimple(PyStr s, PyStr sep, long left) {
    int m = separatorLength(sep);
    int n = s.length();
    int i = left > 0 ? find(s, sep, 0, n) : -1;
    if (i < 0) {
      return Py.list(exact(s));
    }
    TextPieces parts = new TextPieces(s.text());
    int at = 0;
    while (i >= 0) {
      parts.add(at, i);
      at = i + m;
      i = --left > 0 ? find(s, sep, at, n) : -1;
    }
    return parts.add(at, n).toList();
  }

  private static List<PyObject> splitWordsByPoints(PyStr s, long left) {
    List<PyObject> parts = new ArrayList<>();
    int n = s.length();
    int i = 0;
    while (true) {
      while (i < n && UnicodeInfo.isSpace(s.codePointAt(i))) {
        i++;
      }
      if (i == n) {
        return parts;
      }
      int from = i;
      if (left-- <= 0) {
        parts.add(s.substring(from, n));
        return parts;
      }
      while (i < n && !UnicodeInfo.isSpace(s.codePointAt(i))) {
        i++;
      }
      parts.add(s.substring(from, i));
    }
  }

  private static List<PyObject> splitByPoints(PyStr s, PyStr sep, long left) {
    List<PyObject> parts = new ArrayList<>();
    int n = s.length();
    int m = separatorLength(sep);
    int at = 0;
    while (left-- > 0) {
      int i = find(s, sep, at, n);
      if (i < 0) {
        break;
      }
      parts.add(s.substring(at, i));
      at = i + m;
    }
    parts.add(s.substring(at, n));
    return parts;
  }

  static List<PyObject> rsplit(PyStr s, @Nullable PyStr sep, long max) {
    long left = max < 0 ? Long.MAX_VALUE : max;
    List<PyObject> parts = new ArrayList<>();
    int end = s.length();
    if (sep == null) {
      int i = end;
      while (true) {
        while (i > 0 && UnicodeInfo.isSpace(s.codePointAt(i - 1))) {
          i--;
        }
        if (i == 0) {
          break;
        }
        int to = i;
        if (left-- <= 0) {
          parts.add(s.substring(0, to));
          break;
        }
        while (i > 0 && !UnicodeInfo.isSpace(s.codePointAt(i - 1))) {
          i--;
        }
        parts.add(s.substring(i, to));
      }
    } else {
      int m = separatorLength(sep);
      while (left-- > 0) {
        int i = rfind(s, sep, 0, end);
        if (i < 0) {
          break;
        }
        parts.add(s.substring(i + m, end));
        end = i;
      }
      parts.add(s.substring(0, end));
    }
    java.util.Collections.reverse(parts);
    return parts;
  }

  static int separatorLength(PyStr sep) {
    if (sep.isEmpty()) {
      throw Errors.valueError("empty separator");
    }
    return sep.length();
  }

  static List<PyObject> splitLines(PyStr s, boolean keepEnds) {
    List<PyObject> lines = new ArrayList<>();
    int n = s.length();
    int i = 0;
    while (i < n) {
      int from = i;
      while (i < n && !UnicodeInfo.isLineBreak(s.codePointAt(i))) {
        i++;
      }
      int to = i;
      if (i < n) {
        i += s.codePointAt(i) == '\r' && i + 1 < n && s.codePointAt(i + 1) == '\n' ? 2 : 1;
        to = keepEnds ? i : to;
      }
      lines.add(s.substring(from, to));
    }
    return lines;
  }

  // ---- join

  static PyStr join(PyStr sep, PyObject iterable) {
    PyObject[] items =
        iterable.getClass() == PyList.class
            ? ((PyList) iterable).toArray()
            : PySequences.fast(iterable, "can only join an iterable");
    int n = items.length;
    if (n == 0) {
      return PyStr.EMPTY;
    }
    if (n == 1 && items[0].getClass() == PyStr.class) {
      return (PyStr) items[0];
    }
    long size = (long) sep.length() * (n - 1);
    boolean simple = sep.points == null;
    for (int i = 0; i < n; i++) {
      PyObject item = items[i];
      if (item.getClass() == PyStr.class) {
        PyStr s = (PyStr) item;
        size += s.length();
        simple &= s.points == null;
        continue;
      }
      if (!(item instanceof PyStr s)) {
        throw Errors.typeError(
            "sequence item " + i + ": expected str instance, " + items[i].type().name() + " found");
      }
      size += s.length();
      simple &= s.points == null;
    }
    checkSize(size);
    try {
      return simple ? joinSimple(sep, items, (int) size) : joinPoints(sep, items, (int) size);
    } catch (OutOfMemoryError e) {
      throw Errors.memoryError();
    }
  }

  /** Items whose chars are code points each, and so are those of the whole, but for new pairs. */
  private static PyStr joinSimple(PyStr sep, PyObject[] items, int size) {
    if (sep.isEmpty() && size <= MAX_BUILT && size <= SHORT * (long) items.length) {
      String all = latin1(items, size);
      if (all != null) {
        return PyStr.ofBmp(all);
      }
    }
    String all = size <= MAX_BUILT ? built(sep, items, size) : joined(sep, items);
    return PyStr.hasPairs(all) ? joinPoints(sep, items, size) : PyStr.ofBmp(all);
  }

  /**
   * Character by character, which is the quickest where an item has few; null if one is not
   * Latin-1.
   */
  private static @Nullable String latin1(PyObject[] items, int size) {
    byte[] bytes = new byte[size];
    int at = 0;
    int all = 0;
    for (PyObject item : items) {
      String text = ((PyStr) item).text();
      int n = text.length();
      for (int k = 0; k < n; k++) {
        char c = text.charAt(k);
        all |= c;
        bytes[at++] = (byte) c;
      }
    }
    return all < 256 ? new String(bytes, StandardCharsets.ISO_8859_1) : null;
  }

  /** Costs less for an item, but the whole is copied once more. */
  private static String built(PyStr sep, PyObject[] items, int size) {
    StringBuilder b = new StringBuilder(size);
    String between = sep.text();
    int length = between.length();
    b.append(((PyStr) items[0]).text());
    for (int i = 1; i < items.length; i++) {
      if (length == 1) {
        b.append(between.charAt(0));
      } else if (length > 1) {
        b.append(between);
      }
      b.append(((PyStr) items[i]).text());
    }
    return b.toString();
  }

  private static String joined(PyStr sep, PyObject[] items) {
    String[] texts = new String[items.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = ((PyStr) items[i]).text();
    }
    return String.join(sep.text(), texts);
  }

  private static PyStr joinPoints(PyStr sep, PyObject[] items, int size) {
    CodePointBuilder b = new CodePointBuilder(size);
    for (int i = 0; i < items.length; i++) {
      if (i > 0) {
        b.append(sep.source());
      }
      b.append(((PyStr) items[i]).source());
    }
    return PyStr.of(b.toSource());
  }

  // ---- comparison

  /** By code points. */
  static int compare(PyStr a, PyStr b) {
    if (a.points == null && b.points == null) {
      return a.text().compareTo(b.text());
    }
    int n = Math.min(a.length(), b.length());
    for (int i = 0; i < n; i++) {
      int c = Integer.compare(a.codePointAt(i), b.codePointAt(i));
      if (c != 0) {
        return c;
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
