package org.plait.modules.hash;

import java.util.Arrays;
import org.bouncycastle.crypto.ExtendedDigest;

/**
 * BLAKE2b and BLAKE2s with all the parameters of RFC 7693's authors, tree hashing included. Words
 * of both are kept in longs; those of BLAKE2s use the lower half.
 */
public final class Blake2 implements ExtendedDigest {
  private static final byte[][] SIGMA = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
    {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4},
    {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13},
    {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11},
    {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5},
    {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0}
  };

  private static final long[] IV_B = {
    0x6a09e667f3bcc908L, 0xbb67ae8584caa73bL, 0x3c6ef372fe94f82bL, 0xa54ff53a5f1d36f1L,
    0x510e527fade682d1L, 0x9b05688c2b3e6c1fL, 0x1f83d9abfb41bd6bL, 0x5be0cd19137e2179L
  };

  private static final int[] ROTATIONS_B = {32, 24, 16, 63};
  private static final int[] ROTATIONS_S = {16, 12, 8, 7};

  private final boolean big;
  private final int wordBytes;
  private final int digestSize;
  private final boolean lastNode;
  private final long[] start;
  private final byte[] firstBlock;
  private final long[] h;
  private final byte[] buffer;
  private int filled;
  private long counted;

  /**
   * What distinguishes one hash from another besides its input.
   *
   * @param salt padded to its full length, and so is person
   */
  public record Parameters(
      int digestSize,
      byte[] key,
      byte[] salt,
      byte[] person,
      int fanout,
      int depth,
      long leafSize,
      long nodeOffset,
      int nodeDepth,
      int innerSize,
      boolean lastNode) {

    /** Whether it is the plain hash of a text, not of a node in a tree. */
    public boolean isSequential() {
      return fanout == 1
          && depth == 1
          && leafSize == 0
          && nodeOffset == 0
          && nodeDepth == 0
          && innerSize == 0
          && !lastNode;
    }
  }

  /** BLAKE2b if {@code big}, else BLAKE2s. */
  public Blake2(boolean big, Parameters p) {
    this.big = big;
    this.wordBytes = big ? 8 : 4;
    this.digestSize = p.digestSize;
    this.lastNode = p.lastNode;
    this.buffer = new byte[16 * wordBytes];
    this.start = new long[8];
    byte[] block = block(p);
    for (int i = 0; i < 8; i++) {
      start[i] = iv(i) ^ word(block, i * wordBytes);
    }
    this.h = start.clone();
    this.firstBlock = p.key.length == 0 ? new byte[0] : Arrays.copyOf(p.key, buffer.length);
    update(firstBlock, 0, firstBlock.length);
  }

  public Blake2(Blake2 from) {
    big = from.big;
    wordBytes = from.wordBytes;
    digestSize = from.digestSize;
    lastNode = from.lastNode;
    start = from.start;
    firstBlock = from.firstBlock;
    h = from.h.clone();
    buffer = from.buffer.clone();
    filled = from.filled;
    counted = from.counted;
  }

  private byte[] block(Parameters p) {
    byte[] b = new byte[8 * wordBytes];
    b[0] = (byte) p.digestSize;
    b[1] = (byte) p.key.length;
    b[2] = (byte) p.fanout;
    b[3] = (byte) p.depth;
    for (int i = 0; i < 4; i++) {
      b[4 + i] = (byte) (p.leafSize >> 8 * i);
    }
    int offsetBytes = big ? 8 : 6;
    for (int i = 0; i < offsetBytes; i++) {
      b[8 + i] = (byte) (p.nodeOffset >> 8 * i);
    }
    b[8 + offsetBytes] = (byte) p.nodeDepth;
    b[9 + offsetBytes] = (byte) p.innerSize;
    System.arraycopy(p.salt, 0, b, 4 * wordBytes, p.salt.length);
    System.arraycopy(p.person, 0, b, 6 * wordBytes, p.person.length);
    return b;
  }

  private long iv(int i) {
    return big ? IV_B[i] : IV_B[i] >>> 32;
  }

  private long word(byte[] from, int at) {
    long w = 0;
    for (int i = wordBytes - 1; i >= 0; i--) {
      w = w << 8 | from[at + i] & 0xff;
    }
    return w;
  }

  @Override
  public String getAlgorithmName() {
    return big ? "BLAKE2b" : "BLAKE2s";
  }

  @Override
  public int getDigestSize() {
    return digestSize;
  }

  @Override
  public int getByteLength() {
    return buffer.length;
  }

  @Override
  public void update(byte in) {
    update(new byte[] {in}, 0, 1);
  }

  @Override
  public void update(byte[] in, int offset, int length) {
    int at = offset;
    int left = length;
    while (left > 0) {
      if (filled == buffer.length) { // the last block is another matter, so wait for more
        counted += filled;
        compress(false);
        filled = 0;
      }
      int n = Math.min(left, buffer.length - filled);
      System.arraycopy(in, at, buffer, filled, n);
      filled += n;
      at += n;
      left -= n;
    }
  }

  @Override
  public int doFinal(byte[] out, int offset) {
    Arrays.fill(buffer, filled, buffer.length, (byte) 0);
    counted += filled;
    compress(true);
    for (int i = 0; i < digestSize; i++) {
      out[offset + i] = (byte) (h[i / wordBytes] >>> 8 * (i % wordBytes));
    }
    reset();
    return digestSize;
  }

  @Override
  public void reset() {
    System.arraycopy(start, 0, h, 0, 8);
    filled = 0;
    counted = 0;
    update(firstBlock, 0, firstBlock.length);
  }

  private void compress(boolean last) {
    long mask = big ? -1L : 0xffffffffL;
    long[] v = Arrays.copyOf(h, 16);
    long[] m = new long[16];
    for (int i = 0; i < 16; i++) {
      m[i] = word(buffer, i * wordBytes);
    }
    for (int i = 0; i < 8; i++) {
      v[8 + i] = iv(i);
    }
    v[12] ^= counted & mask;
    v[13] ^= big ? 0 : counted >>> 32;
    if (last) {
      v[14] ^= mask;
      v[15] ^= lastNode ? mask : 0;
    }
    int[] r = big ? ROTATIONS_B : ROTATIONS_S;
    for (int round = 0; round < (big ? 12 : 10); round++) {
      byte[] s = SIGMA[round % 10];
      for (int i = 0; i < 4; i++) {
        mix(v, i, 4 + i, 8 + i, 12 + i, m[s[2 * i]], m[s[2 * i + 1]], r);
      }
      for (int i = 0; i < 4; i++) {
        int b = 4 + (i + 1) % 4;
        mix(v, i, b, 8 + (i + 2) % 4, 12 + (i + 3) % 4, m[s[8 + 2 * i]], m[s[9 + 2 * i]], r);
      }
    }
    for (int i = 0; i < 8; i++) {
      h[i] ^= v[i] ^ v[8 + i];
    }
  }

  private void mix(long[] v, int a, int b, int c, int d, long x, long y, int[] r) {
    v[a] = sum(v[a] + v[b] + x);
    v[d] = rotated(v[d] ^ v[a], r[0]);
    v[c] = sum(v[c] + v[d]);
    v[b] = rotated(v[b] ^ v[c], r[1]);
    v[a] = sum(v[a] + v[b] + y);
    v[d] = rotated(v[d] ^ v[a], r[2]);
    v[c] = sum(v[c] + v[d]);
    v[b] = rotated(v[b] ^ v[c], r[3]);
  }

  private long sum(long n) {
    return big ? n : n & 0xffffffffL;
  }

  private long rotated(long n, int by) {
    return big ? Long.rotateRight(n, by) : Integer.rotateRight((int) n, by) & 0xffffffffL;
  }
}
