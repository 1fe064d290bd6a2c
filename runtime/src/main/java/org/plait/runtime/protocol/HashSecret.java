package org.plait.runtime.protocol;

import java.util.concurrent.ThreadLocalRandom;

/**
 * The per-process salt of str and bytes hashes, from {@code PYTHONHASHSEED} or random. Set once
 * before the first hash is taken.
 */
public final class HashSecret {
  private HashSecret() {}

  private static volatile long salt = initial();

  private static long initial() {
    String seed = System.getenv("PYTHONHASHSEED");
    if (seed != null && !seed.isEmpty() && seed.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return mix(Long.parseUnsignedLong(seed));
    }
    return ThreadLocalRandom.current().nextLong();
  }

  /** Replaces the salt, as {@code PYTHONHASHSEED} asks; before any hash is taken. */
  public static void seed(long value) {
    salt = mix(value);
  }

  public static long ofString(String s) {
    return ofSeed(seedOfString(s));
  }

  /** What a string's hash is made of, for {@link #ofSeed}; 0 only for the empty one. */
  public static int seedOfString(String s) {
    return s.isEmpty() ? 0 : seed(s.hashCode(), s.length());
  }

  /** A hash from 32 bits, which are all that there are to it. */
  public static long ofSeed(int seed) {
    return seed * 0x9E3779B97F4A7C15L;
  }

  public static long ofBytes(byte[] b, int from, int to) {
    if (from == to) {
      return 0;
    }
    // As the hash of the text with these characters.
    int h = 0;
    for (int i = from; i < to; i++) {
      h = 31 * h + (b[i] & 0xff);
    }
    return ofSeed(seed(h, to - from));
  }

  private static int seed(int h, int length) {
    int seed = (int) (mix(h * 0x9E3779B97F4A7C15L ^ (long) length << 32 ^ salt) >>> 32);
    return seed == 0 ? 1 : seed;
  }

  private static long mix(long z) {
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
