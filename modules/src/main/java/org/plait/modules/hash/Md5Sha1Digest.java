package org.plait.modules.hash;

import org.bouncycastle.crypto.ExtendedDigest;
import org.bouncycastle.crypto.digests.MD5Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;

/** MD5 and SHA-1, one behind the other, as TLS 1.0 uses them. */
final class Md5Sha1Digest implements ExtendedDigest {
  private final MD5Digest md5;
  private final SHA1Digest sha1;

  Md5Sha1Digest() {
    md5 = new MD5Digest();
    sha1 = new SHA1Digest();
  }

  Md5Sha1Digest(Md5Sha1Digest from) {
    md5 = new MD5Digest(from.md5);
    sha1 = new SHA1Digest(from.sha1);
  }

  @Override
  public String getAlgorithmName() {
    return "MD5-SHA1";
  }

  @Override
  public int getDigestSize() {
    return md5.getDigestSize() + sha1.getDigestSize();
  }

  @Override
  public int getByteLength() {
    return md5.getByteLength();
  }

  @Override
  public void update(byte in) {
    md5.update(in);
    sha1.update(in);
  }

  @Override
  public void update(byte[] in, int offset, int length) {
    md5.update(in, offset, length);
    sha1.update(in, offset, length);
  }

  @Override
  public int doFinal(byte[] out, int offset) {
    int n = md5.doFinal(out, offset);
    return n + sha1.doFinal(out, offset + n);
  }

  @Override
  public void reset() {
    md5.reset();
    sha1.reset();
  }
}
