package org.plait.modules.hash;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.bouncycastle.crypto.ExtendedDigest;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.bouncycastle.crypto.digests.Blake2sDigest;
import org.bouncycastle.crypto.digests.MD5Digest;
import org.bouncycastle.crypto.digests.RIPEMD160Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA224Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA3Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.digests.SHA512tDigest;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.jspecify.annotations.Nullable;
import org.plait.modules.hash.PyHash.Copier;

/**
 * One of the hash functions that have names.
 *
 * @param name as Python writes it
 */
public record Algorithm(String name, Supplier<ExtendedDigest> maker, Copier copier) {
  private static final Map<String, Algorithm> ALL = new HashMap<>();

  static {
    Copier memoable = PyHash.MEMOABLE;
    add(new Algorithm("md5", MD5Digest::new, memoable));
    add(new Algorithm("sha1", SHA1Digest::new, memoable), "sha-1");
    add(new Algorithm("sha224", SHA224Digest::new, memoable), "sha-224", "sha2-224");
    add(new Algorithm("sha256", SHA256Digest::new, memoable), "sha-256", "sha2-256");
    add(new Algorithm("sha384", SHA384Digest::new, memoable), "sha-384", "sha2-384");
    add(new Algorithm("sha512", SHA512Digest::new, memoable), "sha-512", "sha2-512");
    for (int bits : new int[] {224, 256}) {
      add(
          new Algorithm("sha512_" + bits, () -> new SHA512tDigest(bits), memoable),
          "sha512-" + bits,
          "sha-512/" + bits,
          "sha2-512/" + bits);
    }
    for (int bits : new int[] {224, 256, 384, 512}) {
      add(
          new Algorithm(
              "sha3_" + bits,
              () -> new SHA3Digest(bits),
              from -> new SHA3Digest((SHA3Digest) from)),
          "sha3-" + bits);
    }
    for (int bits : new int[] {128, 256}) {
      add(
          new Algorithm(
              "shake_" + bits,
              () -> new SHAKEDigest(bits),
              from -> new SHAKEDigest((SHAKEDigest) from)),
          "shake" + bits,
          "shake-" + bits);
    }
    add(
        new Algorithm(
            "blake2b",
            () -> new Blake2bDigest(512),
            from -> new Blake2bDigest((Blake2bDigest) from)),
        "blake2b512",
        "blake2b-512");
    add(
        new Algorithm(
            "blake2s",
            () -> new Blake2sDigest(256),
            from -> new Blake2sDigest((Blake2sDigest) from)),
        "blake2s256",
        "blake2s-256");
    add(
        new Algorithm("ripemd160", RIPEMD160Digest::new, memoable),
        "ripemd",
        "ripemd-160",
        "rmd160");
    add(new Algorithm("sm3", SM3Digest::new, memoable));
    add(
        new Algorithm(
            "md5-sha1", Md5Sha1Digest::new, from -> new Md5Sha1Digest((Md5Sha1Digest) from)));
  }

  private static void add(Algorithm a, String... aliases) {
    ALL.put(a.name, a);
    for (String alias : aliases) {
      ALL.put(alias, a);
    }
  }

  /** The algorithm of a name as OpenSSL takes it, null when there is none. */
  public static @Nullable Algorithm find(String name) {
    return ALL.get(name.toLowerCase(Locale.ROOT));
  }

  /** The names of all, as Python writes them. */
  public static String[] names() {
    return ALL.values().stream().map(Algorithm::name).distinct().sorted().toArray(String[]::new);
  }

  /** A digest that has seen nothing yet. */
  public ExtendedDigest make() {
    return maker.get();
  }

  /** Whether digests can be of any length. */
  public boolean isXof() {
    return name.startsWith("shake");
  }
}
