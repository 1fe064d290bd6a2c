package org.plait.modules.hash;

import java.util.HexFormat;
import java.util.Locale;
import org.bouncycastle.crypto.ExtendedDigest;
import org.bouncycastle.crypto.Xof;
import org.bouncycastle.util.Memoable;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyIdentity;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.types.PyStr;

/**
 * A hash object. The digest's state is guarded by the object's monitor; no Python code runs under
 * it.
 */
@PyTypeDef(
    name = "HASH",
    module = "_hashlib",
    flags = {TypeFlag.DISALLOW_INSTANTIATION})
public class PyHash extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyHashTable.INSTANCE);

  private final String name;
  private final ExtendedDigest digest;
  private final Copier copier;

  /** Copies a digest with its state. */
  public interface Copier {
    ExtendedDigest copy(ExtendedDigest from);
  }

  /** Copies digests that can be copied by themselves. */
  public static final Copier MEMOABLE = from -> (ExtendedDigest) ((Memoable) from).copy();

  public PyHash(String name, ExtendedDigest digest, Copier copier) {
    this.name = name;
    this.digest = digest;
    this.copier = copier;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  /** The bytes to hash: no str, as CPython's message says. */
  public static byte[] data(PyObject o) {
    if (o instanceof PyStr) {
      throw Errors.typeError("Strings must be encoded before hashing");
    }
    if (!PyBuffers.isBuffer(o)) {
      throw Errors.typeError("object supporting the buffer API required");
    }
    return PyBuffers.toBytes(o);
  }

  /** Hashes more; nothing for null. */
  public final PyHash with(@Nullable PyObject o) {
    if (o != null) {
      update(o);
    }
    return this;
  }

  @PyMethod(sig = "(obj, /)")
  void update(PyObject obj) {
    byte[] b = data(obj);
    synchronized (this) {
      digest.update(b, 0, b.length);
    }
  }

  private synchronized ExtendedDigest snapshot() {
    return copier.copy(digest);
  }

  private byte[] result(@Nullable PyObject length) {
    ExtendedDigest d = snapshot();
    if (d instanceof Xof x) {
      if (length == null) {
        throw Errors.typeError("digest() missing required argument 'length' (pos 1)");
      }
      long n =
          org.plait.runtime.protocol.PyNumbers.asLong(
              length, org.plait.runtime.exceptions.Exceptions.OverflowError);
      if (n < 0 || n >= 1 << 29) {
        throw Errors.valueError(n < 0 ? "value must be positive" : "length is too large");
      }
      byte[] out = new byte[(int) n];
      x.doFinal(out, 0, out.length);
      return out;
    }
    if (length != null) {
      throw Errors.typeError("digest() takes no arguments (1 given)");
    }
    byte[] out = new byte[d.getDigestSize()];
    d.doFinal(out, 0);
    return out;
  }

  @PyMethod(sig = "!(length=NULL)")
  PyObject digest(@Nullable PyObject length) {
    return Py.bytes(result(length));
  }

  @PyMethod(sig = "!(length=NULL)")
  String hexdigest(@Nullable PyObject length) {
    return HexFormat.of().formatHex(result(length));
  }

  @PyMethod(sig = "()")
  PyObject copy() {
    return new PyHash(name, snapshot(), copier);
  }

  @PyGetter("name")
  String getName() {
    return name;
  }

  @PyGetter("digest_size")
  int getDigestSize() {
    return digest instanceof Xof ? 0 : digest.getDigestSize();
  }

  @PyGetter("block_size")
  int getBlockSize() {
    return digest.getByteLength();
  }

  @PyMethod(name = "__repr__")
  String repr() {
    return "<"
        + name.toLowerCase(Locale.ROOT)
        + " "
        + type().fullName()
        + " object @ "
        + PyIdentity.address(this)
        + ">";
  }
}
