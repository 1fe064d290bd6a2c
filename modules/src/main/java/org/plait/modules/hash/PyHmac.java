package org.plait.modules.hash;

import java.util.HexFormat;
import org.bouncycastle.crypto.ExtendedDigest;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyIdentity;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;

/**
 * {@code _hashlib.HMAC}, and the base of {@code _hmac.HMAC}: RFC 2104 on any of our digests. {@code
 * outer} is never changed; {@code inner} is guarded by the monitor.
 */
@PyTypeDef(
    name = "HMAC",
    module = "_hashlib",
    flags = {TypeFlag.DISALLOW_INSTANTIATION},
    doc = "Computes the code that authenticates a message by a key.")
public class PyHmac extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyHmacTable.INSTANCE);

  private final Algorithm algorithm;
  private final ExtendedDigest inner;
  private final ExtendedDigest outer;

  protected PyHmac(Algorithm algorithm, ExtendedDigest inner, ExtendedDigest outer) {
    this.algorithm = algorithm;
    this.inner = inner;
    this.outer = outer;
  }

  public PyHmac(Algorithm algorithm, byte[] key) {
    this(algorithm, padded(algorithm, key, 0x36), padded(algorithm, key, 0x5c));
  }

  private static ExtendedDigest padded(Algorithm a, byte[] key, int pad) {
    ExtendedDigest d = a.make();
    byte[] block = new byte[d.getByteLength()];
    if (key.length > block.length) {
      d.update(key, 0, key.length);
      d.doFinal(block, 0);
      d = a.make();
    } else {
      System.arraycopy(key, 0, block, 0, key.length);
    }
    for (int i = 0; i < block.length; i++) {
      block[i] ^= (byte) pad;
    }
    d.update(block, 0, block.length);
    return d;
  }

  /** The code of one message. */
  public static byte[] compute(Algorithm a, byte[] key, byte[] message) {
    PyHmac h = new PyHmac(a, key);
    h.add(message);
    return h.result();
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  /** An object of the same kind with another state. */
  protected PyHmac like(Algorithm same, ExtendedDigest newInner, ExtendedDigest newOuter) {
    return new PyHmac(same, newInner, newOuter);
  }

  public final synchronized void add(byte[] message) {
    inner.update(message, 0, message.length);
  }

  private synchronized ExtendedDigest snapshot() {
    return algorithm.copier().copy(inner);
  }

  private byte[] result() {
    ExtendedDigest in = snapshot();
    byte[] sum = new byte[in.getDigestSize()];
    in.doFinal(sum, 0);
    ExtendedDigest out = algorithm.copier().copy(outer);
    out.update(sum, 0, sum.length);
    out.doFinal(sum, 0);
    return sum;
  }

  @PyMethod(sig = "(msg)", doc = "Take in more of the message.")
  void update(PyObject msg) {
    add(PyHash.data(msg));
  }

  @PyMethod(sig = "()", doc = "The code of the message so far.")
  PyObject digest() {
    return Py.bytes(result());
  }

  @PyMethod(sig = "()", doc = "The code as hexadecimal digits.")
  String hexdigest() {
    return HexFormat.of().formatHex(result());
  }

  @PyMethod(sig = "()", doc = "A copy in the present state.")
  PyObject copy() {
    return like(algorithm, snapshot(), outer);
  }

  @PyGetter("name")
  String getName() {
    return "hmac-" + algorithm.name();
  }

  @PyGetter("digest_size")
  int getDigestSize() {
    return outer.getDigestSize();
  }

  @PyGetter("block_size")
  int getBlockSize() {
    return outer.getByteLength();
  }

  @PyMethod(name = "__repr__")
  String repr() {
    return "<" + algorithm.name() + " HMAC object @ " + PyIdentity.address(this) + ">";
  }
}
