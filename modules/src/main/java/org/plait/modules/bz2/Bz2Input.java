package org.plait.modules.bz2;

import java.util.Arrays;

/**
 * The bits of a bzip2 stream that have arrived and not been used yet. A read beyond them throws
 * {@link Starved}; the reader goes back to its {@link #mark} then and tries again with more.
 */
final class Bz2Input {
  /** There are not enough bits yet. */
  static final class Starved extends Exception {
    private static final long serialVersionUID = 1;
    static final Starved INSTANCE = new Starved();

    private Starved() {
      super(null, null, false, false);
    }
  }

  private byte[] bytes = new byte[0];
  private long bit;
  private long end;

  void add(byte[] more) {
    int from = (int) (bit >> 3);
    byte[] all = Arrays.copyOfRange(bytes, from, bytes.length + more.length);
    System.arraycopy(more, 0, all, bytes.length - from, more.length);
    bytes = all;
    bit &= 7;
    end = 8L * all.length;
  }

  long mark() {
    return bit;
  }

  void reset(long mark) {
    bit = mark;
  }

  boolean isEmpty() {
    return bit >= end;
  }

  /** The next bits without taking them, zeros behind the last; at most 24. */
  int peek(int n) {
    int at = (int) (bit >> 3);
    int window = 0;
    for (int i = 0; i < 4; i++) {
      window = window << 8 | (at + i < bytes.length ? bytes[at + i] & 0xff : 0);
    }
    return window << (int) (bit & 7) >>> 32 - n;
  }

  void skip(int n) throws Starved {
    if (bit + n > end) {
      throw Starved.INSTANCE;
    }
    bit += n;
  }

  /** The next 1 to 24 bits. */
  int read(int n) throws Starved {
    int v = peek(n);
    skip(n);
    return v;
  }

  int readInt() throws Starved {
    return read(16) << 16 | read(16);
  }

  /** What is behind the byte that the last bit is in. */
  byte[] rest() {
    return Arrays.copyOfRange(bytes, (int) ((bit + 7) >> 3), bytes.length);
  }
}
