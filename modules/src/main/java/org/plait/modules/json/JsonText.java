package org.plait.modules.json;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyStr;

/**
 * A JSON text being read: its strings, and where errors are. Positions are those of Java chars;
 * {@link #charIndex} and {@link #pointIndex} convert Python's. One thread.
 */
public final class JsonText {
  final PyStr source;
  final String s;
  private final boolean simple;

  /**
   * Char indices of the code points, where surrogates stand side by side that are no pair; else
   * null.
   */
  private final int @Nullable [] starts;

  /** Where the string being built has two surrogates that are no pair. */
  private final BitSet apart = new BitSet();

  private int next;

  public JsonText(PyStr source) {
    this.source = source;
    this.s = source.toString();
    this.simple = source.isSimple();
    this.starts =
        simple || s.codePointCount(0, s.length()) == source.length() ? null : starts(source);
  }

  private static int[] starts(PyStr source) {
    int[] starts = new int[source.length() + 1];
    for (int i = 0; i < source.length(); i++) {
      starts[i + 1] = starts[i] + Character.charCount(source.codePointAt(i));
    }
    return starts;
  }

  public int charIndex(int point) {
    if (starts != null) {
      return starts[point];
    }
    return simple ? point : s.offsetByCodePoints(0, point);
  }

  public int pointIndex(int at) {
    if (simple) {
      return at;
    }
    int inside = Math.min(at, s.length());
    int points = starts == null ? s.codePointCount(0, inside) : Arrays.binarySearch(starts, inside);
    return points + at - inside;
  }

  /** Where the string read last ended: behind its closing quote. */
  public int next() {
    return next;
  }

  /** {@code json.JSONDecodeError} at a position, which may be one before the start. */
  PyException error(String message, int at) {
    PyObject type = PyObjects.getAttr(Imports.importModule("json.decoder"), "JSONDecodeError");
    PyObject e = type.call3(Py.str(message), source, Py.int_(at < 0 ? at : pointIndex(at)));
    return new PyException((org.plait.runtime.exceptions.PyBaseException) e);
  }

  private PyStr part(int from, int to) {
    if (starts != null) {
      return source.substring(pointIndex(from), pointIndex(to));
    }
    String t = s.substring(from, to);
    return simple ? PyStr.ofBmp(t) : PyStr.of(t);
  }

  /**
   * Reads a string.
   *
   * @param begin behind the opening quote
   * @param strict whether control characters are errors
   */
  public PyStr string(int begin, boolean strict) {
    int n = s.length();
    int i = begin;
    StringBuilder b = null;
    int from = begin;
    apart.clear();
    while (true) {
      char c = 0;
      while (i < n) {
        c = s.charAt(i);
        if (c == '"' || c == '\\') {
          break;
        }
        if (c < ' ' && strict) {
          throw error("Invalid control character at", i);
        }
        i++;
      }
      if (i >= n) {
        throw error("Unterminated string starting at", begin - 1);
      }
      if (c == '"') {
        next = i + 1;
        if (b == null) {
          return part(from, i);
        }
        copy(b, from, i);
        return apart.isEmpty() ? Py.str(b.toString()) : withApart(b);
      }
      if (b == null) {
        b = new StringBuilder();
      }
      copy(b, from, i);
      i = escape(b, i, begin);
      from = i;
    }
  }

  private void copy(StringBuilder b, int from, int to) {
    if (starts != null) {
      for (int i = from; i < to; i++) {
        if (Arrays.binarySearch(starts, i) >= 0 && Character.isLowSurrogate(s.charAt(i))) {
          apart.set(b.length() + i - from);
        }
      }
    }
    b.append(s, from, to);
  }

  private PyStr withApart(StringBuilder b) {
    int[] points = new int[b.length()];
    int n = 0;
    for (int i = 0; i < b.length(); i++) {
      int c = b.codePointAt(i);
      if (c >= 0x10000 && apart.get(i + 1)) {
        c = b.charAt(i);
      }
      points[n++] = c;
      if (c >= 0x10000) {
        i++;
      }
    }
    return PyStr.ofCodePoints(points, 0, n);
  }

  /** Reads an escape; returns the position behind it. */
  private int escape(StringBuilder b, int at, int begin) {
    int n = s.length();
    int i = at + 1;
    if (i >= n) {
      throw error("Unterminated string starting at", begin - 1);
    }
    char c = s.charAt(i);
    if (c != 'u') {
      int plain = "\"\\/bfnrt".indexOf(c);
      if (plain < 0) {
        throw error("Invalid \\escape: ", at);
      }
      b.append("\"\\/\b\f\n\r\t".charAt(plain));
      return i + 1;
    }
    int unit = hex4(i + 1);
    // The end of a string needs room for the closing quote, as in CPython.
    if (unit < 0 || i + 5 >= n) {
      throw error("Invalid \\uXXXX escape", at + 1);
    }
    i += 5;
    b.append((char) unit);
    if (Character.isLowSurrogate((char) unit)) {
      apart.set(b.length() - 1);
    }
    if (Character.isHighSurrogate((char) unit)
        && i + 6 < n
        && s.charAt(i) == '\\'
        && s.charAt(i + 1) == 'u') {
      int low = hex4(i + 2);
      if (low < 0) {
        throw error("Invalid \\uXXXX escape", i + 1);
      }
      if (Character.isLowSurrogate((char) low)) {
        b.append((char) low);
        return i + 6;
      }
    }
    if (Character.isHighSurrogate((char) unit)) {
      apart.set(b.length());
    }
    return i;
  }

  private int hex4(int at) {
    if (at + 4 > s.length()) {
      return -1;
    }
    int v = 0;
    for (int k = 0; k < 4; k++) {
      char c = s.charAt(at + k);
      int d = c < 128 ? Character.digit(c, 16) : -1;
      if (d < 0) {
        return -1;
      }
      v = v << 4 | d;
    }
    return v;
  }

  // ---- writing

  private static final char[] HEX = "0123456789abcdef".toCharArray();

  /** Appends a str as a JSON string. */
  public static void quote(StringBuilder b, PyStr text, boolean ascii) {
    String s = text.toString();
    int n = s.length();
    b.append('"');
    int from = 0;
    for (int i = 0; i < n; i++) {
      char c = s.charAt(i);
      if (c >= ' ' && c != '"' && c != '\\' && (!ascii || c < 127)) {
        continue;
      }
      b.append(s, from, i);
      from = i + 1;
      switch (c) {
        case '"' -> b.append("\\\"");
        case '\\' -> b.append("\\\\");
        case '\b' -> b.append("\\b");
        case '\f' -> b.append("\\f");
        case '\n' -> b.append("\\n");
        case '\r' -> b.append("\\r");
        case '\t' -> b.append("\\t");
        default ->
            b.append("\\u")
                .append(HEX[c >> 12])
                .append(HEX[c >> 8 & 15])
                .append(HEX[c >> 4 & 15])
                .append(HEX[c & 15]);
      }
    }
    b.append(s, from, n).append('"');
  }
}
