package org.plait.runtime.text;

import org.jspecify.annotations.Nullable;

/**
 * A Python string as algorithms see it: a sequence of code points (lone surrogates included) with
 * constant-time indexing. Backed by a Java String when every code point is a single char and no two
 * chars would read as a surrogate pair ({@link #bmp()} is then not null), else by an int array.
 * Immutable.
 */
public interface CodePointSource {

  /** A string without surrogate pairs: its chars are the code points. */
  static CodePointSource ofBmp(String s) {
    return new Bmp(s);
  }

  /** Code points; the array is not copied and must not change. */
  static CodePointSource of(int[] codePoints) {
    return new Wide(codePoints);
  }

  /** A Java string; surrogate pairs in it are read as one code point. */
  static CodePointSource of(String s) {
    for (int i = 0; i < s.length() - 1; i++) {
      if (Character.isHighSurrogate(s.charAt(i)) && Character.isLowSurrogate(s.charAt(i + 1))) {
        return new Wide(s.codePoints().toArray());
      }
    }
    return new Bmp(s);
  }

  int length();

  int at(int index);

  /** The string, when chars and code points are the same thing; else null. */
  @Nullable String bmp();

  /** All code points; may be the backing array: do not write to it. */
  int[] codePoints();

  CodePointSource sub(int start, int end);

  /** As a Java string; code points above U+FFFF become surrogate pairs. */
  @Override
  String toString();

  /** Chars are code points. */
  final class Bmp implements CodePointSource {
    private final String s;

    Bmp(String s) {
      this.s = s;
    }

    @Override
    public int length() {
      return s.length();
    }

    @Override
    public int at(int index) {
      return s.charAt(index);
    }

    @Override
    public String bmp() {
      return s;
    }

    @Override
    public int[] codePoints() {
      int[] out = new int[s.length()];
      for (int i = 0; i < out.length; i++) {
        out[i] = s.charAt(i);
      }
      return out;
    }

    @Override
    public CodePointSource sub(int start, int end) {
      return start == 0 && end == s.length() ? this : new Bmp(s.substring(start, end));
    }

    @Override
    public String toString() {
      return s;
    }
  }

  /** Has code points above U+FFFF. */
  final class Wide implements CodePointSource {
    private final int[] cps;

    Wide(int[] cps) {
      this.cps = cps;
    }

    @Override
    public int length() {
      return cps.length;
    }

    @Override
    public int at(int index) {
      return cps[index];
    }

    @Override
    public @Nullable String bmp() {
      return null;
    }

    @Override
    public int[] codePoints() {
      return cps;
    }

    @Override
    public CodePointSource sub(int start, int end) {
      CodePointBuilder b = new CodePointBuilder(end - start);
      for (int i = start; i < end; i++) {
        b.append(cps[i]);
      }
      return b.toSource();
    }

    @Override
    public String toString() {
      return new String(cps, 0, cps.length);
    }
  }
}
