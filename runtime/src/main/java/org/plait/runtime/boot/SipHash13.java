package org.plait.runtime.boot;

/** SipHash-1-3, the keyed hash of checked hash-based .pyc files (PEP 552). */
final class SipHash13 {
  private SipHash13() {}

  static long hash(long k0, long k1, byte[] in) {
    long v0 = 0x736f6d6570736575L ^ k0;
    long v1 = 0x646f72616e646f6dL ^ k1;
    long v2 = 0x6c7967656e657261L ^ k0;
    long v3 = 0x7465646279746573L ^ k1;
    int blocks = in.length / 8;
    for (int b = 0; b <= blocks; b++) {
      long m = 0;
      int n = b < blocks ? 8 : in.length & 7;
      for (int i = 0; i < n; i++) {
        m |= (in[8 * b + i] & 0xffL) << 8 * i;
      }
      if (b == blocks) {
        m |= (long) in.length << 56;
      }
      v3 ^= m;
      v0 += v1;
      v2 += v3;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 = Long.rotateLeft(v0, 32);
      v2 += v1;
      v0 += v3;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 = Long.rotateLeft(v2, 32);
      v0 ^= m;
    }
    v2 ^= 0xff;
    for (int i = 0; i < 3; i++) {
      v0 += v1;
      v2 += v3;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 = Long.rotateLeft(v0, 32);
      v2 += v1;
      v0 += v3;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 = Long.rotateLeft(v2, 32);
    }
    return v0 ^ v1 ^ v2 ^ v3;
  }
}
