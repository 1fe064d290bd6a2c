package org.plait.runtime.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Long ASCII texts, eight characters at a time. */
public final class AsciiText {
  private AsciiText() {}

  /** Shorter texts are done by the JDK's loop over characters. */
  private static final int MIN_LENGTH = 48;

  private static final long ONES = 0x0101010101010101L;
  private static final long TOP_BITS = 0x8080808080808080L;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int BEYOND_SPACE = ' ' + 1;

  /** The text in lower case; null if it is short or not ASCII. */
  static @Nullable String lower(String s) {
    byte[] b = bytes(s);
    return b == null ? null : flipped(b, 'A', 'Z');
  }

  /** The text in upper case; null if it is short or not ASCII. */
  static @Nullable String upper(String s) {
    byte[] b = bytes(s);
    return b == null ? null : flipped(b, 'a', 'z');
  }

  /** The characters; null if the text is short or not ASCII. */
  public static byte @Nullable [] bytes(String s) {
    int n = s.length();
    if (n < MIN_LENGTH || s.charAt(0) >= 0x80 || s.charAt(n - 1) >= 0x80) {
      return null;
    }
    byte[] b = s.getBytes(StandardCharsets.UTF_8);
    // A lone surrogate takes one byte too: a question mark.
    return b.length == n && new String(b, StandardCharsets.ISO_8859_1).equals(s) ? b : null;
  }

  /** Where the word at an index ends: at white space, or with the text. */
  public static int wordEnd(byte[] b, int from) {
    int n = b.length;
    int i = from;
    while (i <= n - Long.BYTES) {
      long low = ~(eight(b, i) + (0x80 - BEYOND_SPACE) * ONES) & TOP_BITS;
      if (low == 0) {
        i += Long.BYTES;
      } else {
        i += Long.numberOfTrailingZeros(low) >>> 3;
        if (UnicodeInfo.isSpace(b[i])) {
          return i;
        }
        i++;
      }
    }
    while (i < n && !UnicodeInfo.isSpace(b[i])) {
      i++;
    }
    return i;
  }

  /** Eight characters, the first in the lowest byte. */
  public static long eight(byte[] b, int at) {
    return (long) LONGS.get(b, at);
  }

  /** The other case of the letters in a range. */
  private static String flipped(byte[] b, char first, char last) {
    int n = b.length;
    int i = 0;
    for (; i <= n - Long.BYTES; i += Long.BYTES) {
      long x = eight(b, i);
      // The top bit of each byte: whether it is at least the first, and whether it is beyond the
      // last.
      long letters = (x + (0x80 - first) * ONES ^ x + (0x7f - last) * ONES) & TOP_BITS;
      LONGS.set(b, i, x ^ letters >>> 2);
    }
    for (; i < n; i++) {
      if (b[i] >= first && b[i] <= last) {
        b[i] ^= 0x20;
      }
    }
    return new String(b, StandardCharsets.ISO_8859_1);
  }
}
