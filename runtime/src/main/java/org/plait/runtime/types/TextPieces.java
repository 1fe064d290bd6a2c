package org.plait.runtime.types;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.text.AsciiText;
import org.plait.runtime.text.UnicodeInfo;

/**
 * The pieces that a text is split into, in a growing array.
 *
 * <p>A long text has the same words again and again. Short pieces are looked up in a small table of
 * those before, so that they are one object: it is not made anew, its hash is known, and a dict
 * finds it by identity. The table is given up where it doesn't pay.
 */
final class TextPieces {
  /** Shortest text that may repeat itself. */
  static final int LONG = 512;

  /** Longest piece that is looked up, in chars. */
  private static final int SHORT = 16;

  private static final int TABLE_LOG = 9;
  private static final int TABLE_SIZE = 1 << TABLE_LOG;

  /** After so many misses more than hits the table is given up. */
  private static final int PATIENCE = 512;

  private final String text;
  private PyObject[] items = new PyObject[8];
  private int size;
  private PyStr @Nullable [] table;

  /** The characters of the words in the table, where it is used for words of up to eight. */
  private long @Nullable [] heads;

  private int patience;

  /**
   * @param text whose chars are code points
   */
  TextPieces(String text) {
    this.text = text;
    patience = text.length() < LONG ? 0 : PATIENCE;
  }

  /** Adds the chars {@code from..to-1}. */
  TextPieces add(int from, int to) {
    int n = to - from;
    append(
        n < 2 || n > SHORT || patience <= 0
            ? PyStr.ofBmp(text.substring(from, to))
            : shared(from, to, n));
    return this;
  }

  private PyStr shared(int from, int to, int n) {
    PyStr[] known = table;
    if (known == null) {
      known = new PyStr[TABLE_SIZE];
      table = known;
    }
    int h = (text.charAt(from) * 31 + text.charAt(from + (n >> 1))) * 31 + text.charAt(to - 1);
    h = h * 31 + n;
    h = (h ^ h >>> 9) & TABLE_SIZE - 1;
    PyStr s = known[h];
    if (s != null) {
      String t = s.text();
      if (t.length() == n && text.startsWith(t, from)) {
        patience = Math.min(patience + 1, PATIENCE);
        return s;
      }
    }
    patience--;
    s = PyStr.ofBmp(text.substring(from, to));
    known[h] = s;
    return s;
  }

  /** Adds all words of the text. */
  TextPieces addWords(byte[] ascii) {
    int n = ascii.length;
    int i = 0;
    while (true) {
      while (i < n && UnicodeInfo.isSpace(ascii[i])) {
        i++;
      }
      if (i == n) {
        return this;
      }
      int from = i;
      i = AsciiText.wordEnd(ascii, i);
      if (i - from <= Long.BYTES && from <= n - Long.BYTES && patience > 0) {
        append(sharedHead(ascii, from, i - from));
      } else {
        add(from, i);
      }
    }
  }

  private PyStr sharedHead(byte[] ascii, int from, int n) {
    PyStr[] known = table;
    long[] keys = heads;
    if (known == null || keys == null) {
      known = new PyStr[TABLE_SIZE];
      keys = new long[TABLE_SIZE];
      table = known;
      heads = keys;
    }
    long key = AsciiText.eight(ascii, from) & -1L >>> Long.SIZE - n * 8;
    int h = (int) (key * 0x9E3779B97F4A7C15L >>> Long.SIZE - TABLE_LOG);
    PyStr s = known[h];
    if (s != null && keys[h] == key && s.text().length() == n) {
      patience = Math.min(patience + 1, PATIENCE);
      return s;
    }
    patience--;
    s = PyStr.ofBmp(text.substring(from, from + n));
    known[h] = s;
    keys[h] = key;
    return s;
  }

  private void append(PyStr s) {
    if (size == items.length) {
      items = Arrays.copyOf(items, size * 2);
    }
    items[size++] = s;
  }

  PyList toList() {
    return new PyList(size == items.length ? items : Arrays.copyOf(items, size));
  }
}
