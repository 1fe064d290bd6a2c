package org.plait.runtime.types;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A long text that {@code s += t} makes longer, so that appending costs only what is appended. The
 * strs made on the way are beginnings of one array: each has a length that never changes, and the
 * bytes below it never change either. Latin-1 only.
 *
 * <p>Whoever holds the longest of them may append, in the room behind it, which is taken by a
 * compare-and-set of {@link #used}; a str that has been appended to before is copied instead.
 */
final class GrowingText {
  /** Texts shorter than this are cheaper to copy. */
  static final int MIN_LENGTH = 1024;

  private static final int MAX_CAPACITY = 1 << 30;
  private static final VarHandle USED;

  static {
    try {
      USED = MethodHandles.lookup().findVarHandle(GrowingText.class, "used", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final byte[] chars;

  /** So many bytes belong to strs, or are about to. */
  private int used;

  private GrowingText(byte[] chars, int used) {
    this.chars = chars;
    this.used = used;
  }

  /** A text in its array: what a str has in place of a Java string. */
  record Part(GrowingText of, int length) {
    @Override
    public String toString() {
      return new String(of.chars, 0, length, StandardCharsets.ISO_8859_1);
    }

    /** This text and another behind it; null if it has to be done by copying. */
    @Nullable Part append(String more) {
      int n = more.length();
      int end = length + n;
      byte[] chars = of.chars;
      if (n == 0 || end < 0 || end > MAX_CAPACITY || !isLatin1(more)) {
        return null;
      }
      if (end > chars.length) {
        byte[] larger = new byte[room(end)];
        System.arraycopy(chars, 0, larger, 0, length);
        put(more, larger, length);
        return new Part(new GrowingText(larger, end), end);
      }
      if (!USED.compareAndSet(of, length, end)) {
        return null;
      }
      put(more, chars, length);
      return new Part(of, end);
    }
  }

  /** Two texts, the first of which is long, as the beginning of a growing one; or null. */
  static @Nullable Part of(String text, String more) {
    int end = text.length() + more.length();
    if (end < 0 || end > MAX_CAPACITY || !isLatin1(more)) {
      return null;
    }
    byte[] own = text.getBytes(StandardCharsets.ISO_8859_1);
    if (!new String(own, StandardCharsets.ISO_8859_1).equals(text)) {
      return null;
    }
    byte[] chars = Arrays.copyOf(own, room(end));
    put(more, chars, own.length);
    return new Part(new GrowingText(chars, end), end);
  }

  private static int room(int end) {
    return Math.min(MAX_CAPACITY, end + (end >> 1));
  }

  private static boolean isLatin1(String s) {
    for (int i = 0; i < s.length(); i++) {
      if (s.charAt(i) > 0xff) {
        return false;
      }
    }
    return true;
  }

  private static void put(String s, byte[] to, int at) {
    for (int i = 0; i < s.length(); i++) {
      to[at + i] = (byte) s.charAt(i);
    }
  }
}
