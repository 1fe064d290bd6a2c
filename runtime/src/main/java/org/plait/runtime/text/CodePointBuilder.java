package org.plait.runtime.text;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Builds a Python string from code points. It holds chars while all code points are below U+10000
 * and changes to ints at the first one above (or where two surrogates that were appended one by one
 * would read as one). Not safe for use by several threads.
 */
public final class CodePointBuilder {
  private char[] chars;
  private int @Nullable [] wide;
  private int length;
  // Two surrogates side by side that a Java string would read as one code point.
  private boolean pair;

  public CodePointBuilder() {
    this(16);
  }

  /** A builder with room for {@code capacity} code points. */
  public CodePointBuilder(int capacity) {
    chars = new char[Math.max(capacity, 8)];
  }

  public int length() {
    return length;
  }

  public CodePointBuilder append(int codePoint) {
    int[] w = wide;
    if (w == null) {
      if (codePoint < 0x10000) {
        if (length == chars.length) {
          chars = Arrays.copyOf(chars, grown(length + 1));
        }
        notePair(codePoint);
        chars[length++] = (char) codePoint;
        return this;
      }
      w = widen(1);
    } else if (length == w.length) {
      w = wide = Arrays.copyOf(w, grown(length + 1));
    }
    w[length++] = codePoint;
    return this;
  }

  private void notePair(int next) {
    if (next >= 0xdc00 && next <= 0xdfff && length > 0) {
      pair |= Character.isHighSurrogate(chars[length - 1]);
    }
  }

  /** Appends a Java string, reading surrogate pairs as one code point. */
  public CodePointBuilder append(String s) {
    int n = s.length();
    for (int i = 0; i < n; ) {
      int c = s.codePointAt(i);
      append(c);
      i += Character.charCount(c);
    }
    return this;
  }

  public CodePointBuilder append(CodePointSource s) {
    return append(s, 0, s.length());
  }

  public CodePointBuilder append(CodePointSource s, int start, int end) {
    String bmp = s.bmp();
    if (bmp != null && wide == null) {
      int n = end - start;
      reserve(n);
      if (n > 0) {
        notePair(bmp.charAt(start));
      }
      bmp.getChars(start, end, chars, length);
      length += n;
      return this;
    }
    for (int i = start; i < end; i++) {
      append(s.at(i));
    }
    return this;
  }

  public CodePointBuilder appendRepeated(int codePoint, int count) {
    reserve(Math.max(count, 0));
    for (int i = 0; i < count; i++) {
      append(codePoint);
    }
    return this;
  }

  /** Appends bytes as the code points U+0000 to U+00FF. */
  public CodePointBuilder appendLatin1(byte[] bytes, int start, int end) {
    reserve(end - start);
    int[] w = wide;
    if (w == null) {
      for (int i = start; i < end; i++) {
        chars[length++] = (char) (bytes[i] & 0xff);
      }
    } else {
      for (int i = start; i < end; i++) {
        w[length++] = bytes[i] & 0xff;
      }
    }
    return this;
  }

  /** Makes room for {@code more} further code points. */
  public void reserve(int more) {
    int need = Math.addExact(length, more);
    int[] w = wide;
    if (w == null) {
      if (need > chars.length) {
        chars = Arrays.copyOf(chars, grown(need));
      }
    } else if (need > w.length) {
      wide = Arrays.copyOf(w, grown(need));
    }
  }

  private static int grown(int need) {
    return (int) Math.min(Integer.MAX_VALUE - 16L, Math.max(need, (long) need * 3 / 2 + 8));
  }

  private int[] widen(int more) {
    int[] w = new int[grown(Math.max(length + more, chars.length))];
    for (int i = 0; i < length; i++) {
      w[i] = chars[i];
    }
    chars = new char[0];
    wide = w;
    return w;
  }

  /** The code point at an index that was already appended. */
  public int at(int index) {
    int[] w = wide;
    return w == null ? chars[index] : w[index];
  }

  public CodePointSource toSource() {
    int[] w = wide;
    if (w == null && pair) {
      w = widen(0);
    }
    return w == null
        ? CodePointSource.ofBmp(new String(chars, 0, length))
        : CodePointSource.of(Arrays.copyOf(w, length));
  }

  @Override
  public String toString() {
    int[] w = wide;
    return w == null ? new String(chars, 0, length) : new String(w, 0, length);
  }
}
