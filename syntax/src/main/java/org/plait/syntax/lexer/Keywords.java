package org.plait.syntax.lexer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Tells keywords from names. */
final class Keywords {
  private static final byte[][] SPELLINGS = new byte[T.KEYWORDS.length][];

  /** Keywords by a hash without collisions among them; -1 where there is none. */
  private static final byte[] TABLE = new byte[512];

  static {
    Arrays.fill(TABLE, (byte) -1);
    for (int i = 0; i < T.KEYWORDS.length; i++) {
      String k = T.KEYWORDS[i];
      byte[] b = k.getBytes(StandardCharsets.US_ASCII);
      SPELLINGS[i] = b;
      int slot = slot(b, 0, b.length);
      if (TABLE[slot] >= 0) {
        throw new IllegalStateException("keywords collide: " + k);
      }
      TABLE[slot] = (byte) i;
    }
  }

  private Keywords() {}

  private static int slot(byte[] b, int from, int to) {
    return (b[from] + b[to - 1] + b[from + 1] * 11 + (to - from)) & 511;
  }

  /** The type of the keyword in {@code b[from, to)}, or 0. */
  static int type(byte[] b, int from, int to) {
    int length = to - from;
    if (length < 2 || length > 8) {
      return 0;
    }
    int i = TABLE[slot(b, from, to)];
    if (i < 0) {
      return 0;
    }
    byte[] k = SPELLINGS[i];
    if (k.length != length) {
      return 0;
    }
    for (int j = 0; j < length; j++) {
      if (k[j] != b[from + j]) {
        return 0;
      }
    }
    return T.FIRST_KEYWORD + i;
  }
}
