package org.plait.modules.json;

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
  private int next;

  public JsonText(PyStr source) {
    this.source = source;
    this.s = source.toString();
    this.simple = source.isSimple();
  }

  public int charIndex(int point) {
    return simple ? point : s.offsetByCodePoints(0, point);
  }

  public int pointIndex(int at) {
    return simple
        ? at
        : s.codePointCount(0, Math.min(at, s.length())) + Math.max(0, at - s.length());
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
        return Py.str(b.append(s, from, i).toString());
      }
      if (b == null) {
        b = new StringBuilder();
      }
      b.append(s, from, i);
      i = escape(b, i, begin);
      from = i;
    }
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
        i += 6;
      }
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
