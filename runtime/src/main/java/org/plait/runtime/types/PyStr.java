package org.plait.runtime.types;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.HashSecret;
import org.plait.runtime.text.CodePointSource;
import org.plait.runtime.text.UnicodeInfo;

/**
 * {@code str}: immutable text of code points, lone surrogates included.
 *
 * <p>Invariant: {@link #points} is null exactly when each char of {@link #text} is one code point, so
 * that indices agree. Otherwise it holds the code points and {@code text} their UTF-16 form, which may
 * be ambiguous (two lone surrogates against one astral character); equality and hash then go by the
 * code points. Both parts may be shared; {@link #hash} is a benign race.
 */
@PyTypeDef(
    name = "str",
    subclassable = true,
    flags = {TypeFlag.MATCH_SELF})
public class PyStr extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyStrTable.INSTANCE);
  public static final PyStr EMPTY = new PyStr("", null);

  private static final PyStr[] LATIN1 = new PyStr[256];

  static {
    for (int i = 0; i < LATIN1.length; i++) {
      LATIN1[i] = new PyStr(String.valueOf((char) i), null);
    }
  }

  /** Strings interned by {@code sys.intern} and by code objects. */
  private static final ConcurrentHashMap<String, PyStr> INTERNED = new ConcurrentHashMap<>(4096);

  final String text;
  final int @Nullable [] points;
  private long hash;

  protected PyStr(String text, int @Nullable [] points) {
    this.text = text;
    this.points = points;
  }

  /** The str with the code points of a Java string: surrogate pairs are one code point. */
  public static PyStr of(String s) {
    int n = s.length();
    if (n == 0) {
      return EMPTY;
    }
    if (n == 1) {
      char c = s.charAt(0);
      return c < 256 ? LATIN1[c] : new PyStr(s, null);
    }
    for (int i = 0; i < n - 1; i++) {
      if (Character.isHighSurrogate(s.charAt(i)) && Character.isLowSurrogate(s.charAt(i + 1))) {
        return new PyStr(s, s.codePoints().toArray());
      }
    }
    return new PyStr(s, null);
  }

  /** The str of one code point. */
  public static PyStr ofCodePoint(int c) {
    if (c < 256) {
      return LATIN1[c];
    }
    return c < 0x10000
        ? new PyStr(String.valueOf((char) c), null)
        : new PyStr(Character.toString(c), new int[] {c});
  }

  /** The str of code points {@code from..to-1}; surrogates stay what they are. */
  public static PyStr ofCodePoints(int[] cps, int from, int to) {
    int n = to - from;
    if (n == 0) {
      return EMPTY;
    }
    if (n == 1) {
      return ofCodePoint(cps[from]);
    }
    boolean simple = true;
    for (int i = from; i < to && simple; i++) {
      simple =
          cps[i] < 0x10000
              && !(i + 1 < to
                  && cps[i] >>> 10 == 0xD800 >>> 10
                  && cps[i + 1] >>> 10 == 0xDC00 >>> 10);
    }
    String s = new String(cps, from, n);
    return new PyStr(s, simple ? null : java.util.Arrays.copyOfRange(cps, from, to));
  }

  /** A string known to have no surrogate pair: no scan. */
  public static PyStr ofBmp(String s) {
    return s.length() <= 1 ? of(s) : new PyStr(s, null);
  }

  /** The interned str for a name. */
  public static PyStr intern(String s) {
    PyStr known = INTERNED.get(s);
    if (known != null) {
      return known;
    }
    PyStr made = of(s.intern());
    known = INTERNED.putIfAbsent(made.text, made);
    return known == null ? made : known;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  /** The UTF-16 form. */
  @Override
  public final String toString() {
    return text;
  }

  /** Length in code points. */
  public final int length() {
    return points == null ? text.length() : points.length;
  }

  public final boolean isEmpty() {
    return text.isEmpty();
  }

  /** The code point at an index in 0..length-1. */
  public final int codePointAt(int i) {
    return points == null ? text.charAt(i) : points[i];
  }

  /** Whether char indices are code point indices. */
  public final boolean isSimple() {
    return points == null;
  }

  /** The code points in a new array. */
  public final int[] toCodePoints() {
    return points == null ? text.chars().toArray() : points.clone();
  }

  /** Code points {@code from..to-1}. */
  public final PyStr substring(int from, int to) {
    if (points != null) {
      return ofCodePoints(points, from, to);
    }
    return from == 0 && to == text.length() && getClass() == PyStr.class
        ? this
        : ofBmp(text.substring(from, to));
  }

  /** The two joined. */
  public final PyStr concat(PyStr other) {
    if (points == null && other.points == null) {
      int n = text.length();
      boolean pair =
          n > 0
              && !other.text.isEmpty()
              && Character.isHighSurrogate(text.charAt(n - 1))
              && Character.isLowSurrogate(other.text.charAt(0));
      if (!pair) {
        return ofBmp(text.concat(other.text));
      }
    }
    int[] a = toCodePoints();
    int[] b = other.toCodePoints();
    int[] all = java.util.Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return ofCodePoints(all, 0, all.length);
  }

  public final boolean equalTo(PyStr other) {
    if (points == null && other.points == null) {
      return text.equals(other.text);
    }
    return points != null
        && other.points != null
        && java.util.Arrays.equals(points, other.points);
  }

  public final boolean equalTo(String s) {
    return points == null ? text.equals(s) : equalTo(of(s));
  }

  /** The hash, salted per process; a hash of 0 is not cached and not worth caching. */
  public final long hash() {
    long h = hash;
    if (h == 0) {
      h = HashSecret.ofString(text);
      hash = h;
    }
    return h;
  }

  /** Whether it is a valid name (keywords included). */
  public final boolean isIdentifier() {
    return UnicodeInfo.isIdentifier(source());
  }

  /** This text for the algorithms of {@code runtime.text}. */
  public final CodePointSource source() {
    return points == null ? CodePointSource.ofBmp(text) : CodePointSource.of(points);
  }

  /** The str of a text of {@code runtime.text}. */
  public static PyStr of(CodePointSource s) {
    String bmp = s.bmp();
    if (bmp != null) {
      return ofBmp(bmp);
    }
    int[] cps = s.codePoints();
    return ofCodePoints(cps, 0, cps.length);
  }

  /** ASCII form with backslash escapes for the rest, as {@code ascii()} needs. */
  public final PyStr escapeNonAscii() {
    boolean ascii = true;
    for (int i = 0; i < text.length() && ascii; i++) {
      ascii = text.charAt(i) < 128;
    }
    if (ascii) {
      return this;
    }
    StringBuilder b = new StringBuilder(text.length() + 16);
    for (int i = 0; i < length(); i++) {
      int c = codePointAt(i);
      if (c < 128) {
        b.append((char) c);
      } else if (c < 256) {
        hex(b.append("\\x"), c, 2);
      } else if (c < 0x10000) {
        hex(b.append("\\u"), c, 4);
      } else {
        hex(b.append("\\U"), c, 8);
      }
    }
    return of(b.toString());
  }

  private static void hex(StringBuilder b, int c, int digits) {
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      b.append(Character.forDigit(c >>> shift & 15, 16));
    }
  }
}
