package org.plait.syntax.source;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A source text as the tokenizer sees it: UTF-8 bytes with {@code \n} as the only line end. Behind
 * the text the array holds at least one zero byte. Immutable; the array must not be changed.
 */
public final class Source {
  private final byte[] bytes;
  private final int length;

  private Source(byte[] bytes, int length) {
    this.bytes = bytes;
    this.length = length;
  }

  /**
   * A source given as text, whose encoding declaration does not count.
   *
   * @param text the text; lone surrogates are the caller's to refuse
   * @param endWithNewline whether a missing newline is added at the end, as in exec mode
   * @throws PySyntaxError if the text has null characters
   */
  public static Source of(String text, boolean endWithNewline) {
    return ofUtf8(text.getBytes(StandardCharsets.UTF_8), 0, endWithNewline);
  }

  /**
   * A source given as UTF-8 known to be valid.
   *
   * @param utf8 the bytes, copied
   * @param from where the text starts
   * @param endWithNewline whether a missing newline is added at the end
   * @throws PySyntaxError if the text has null characters
   */
  public static Source ofUtf8(byte[] utf8, int from, boolean endWithNewline) {
    byte[] out = new byte[utf8.length - from + 2];
    int n = 0;
    for (int i = from; i < utf8.length; i++) {
      byte b = utf8[i];
      if (b == '\r') {
        b = '\n';
        if (i + 1 < utf8.length && utf8[i + 1] == '\n') {
          i++;
        }
      } else if (b == 0) {
        throw PySyntaxError.withoutPosition(
            PySyntaxError.Kind.SYNTAX_WITHOUT_POSITION,
            "source code string cannot contain null bytes");
      }
      out[n++] = b;
    }
    if (endWithNewline && n > 0 && out[n - 1] != '\n') {
      out[n++] = '\n';
    }
    return new Source(out, n);
  }

  /** The UTF-8 bytes; only the first {@link #length} belong to the text. */
  public byte[] bytes() {
    return bytes;
  }

  /** How many bytes the text has. */
  public int length() {
    return length;
  }

  /** The whole text. */
  public String text() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  /** A part of the text, with malformed bytes replaced. */
  public String text(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  /**
   * The offset of the first byte of a line, from 1; the end of the text if there is no such line.
   */
  public int lineStart(int lineno) {
    int at = 0;
    for (int line = 1; line < lineno; line++) {
      int end = lineEnd(at);
      if (end >= length) {
        return length;
      }
      at = end + 1;
    }
    return at;
  }

  /** The offset of the newline that ends the line at {@code at}, or the end of the text. */
  public int lineEnd(int at) {
    int i = at;
    while (i < length && bytes[i] != '\n') {
      i++;
    }
    return i;
  }

  /** How many characters the bytes of a range hold; used to turn byte columns into columns. */
  public static int characters(byte[] bytes, int from, int to) {
    int n = 0;
    for (int i = from; i < to; i++) {
      if ((bytes[i] & 0xC0) != 0x80) {
        n++;
      }
    }
    return n;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Source other
        && Arrays.equals(bytes, 0, length, other.bytes, 0, other.length);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
