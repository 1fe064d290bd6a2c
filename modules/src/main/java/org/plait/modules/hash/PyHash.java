package org.plait.modules.hash;

import java.util.HexFormat;
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
 * A hash object, {@code _hashlib.HASH} and the base of those of the other modules. The digest's
 * state is guarded by the object's monitor; no Python code runs under it.
 */
@PyTypeDef(
    name = "HASH",
    module = "_hashlib",
    flags = {TypeFlag.DISALLOW_INSTANTIATION},
    doc = "Computes the digest of the bytes it is given.")
public class PyHash extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyHashTable.INSTANCE);

  private final PyType type;
  private final Algorithm algorithm;
  private final ExtendedDigest digest;
  private final Maker maker;

  /** The constructor of a type of hash objects. */
  public interface Maker {
    PyHash make(Algorithm algorithm, ExtendedDigest state);
  }

  /** Copies a digest with its state. */
  public interface Copier {
    ExtendedDigest copy(ExtendedDigest from);
  }

  /** Copies digests that can be copied by themselves. */
  public static final Copier MEMOABLE = from -> (ExtendedDigest) ((Memoable) from).copy();

  private PyHash(Algorithm algorithm, ExtendedDigest state) {
    this(TYPE, algorithm, state, PyHash::new);
  }

  /**
   * @param state what the object goes on from, its own from now on
   * @param maker makes another object of the same type
   */
  protected PyHash(PyType type, Algorithm algorithm, ExtendedDigest state, Maker maker) {
    this.type = type;
    this.algorithm = algorithm;
    this.digest = state;
    this.maker = maker;
  }

  /** A hash object of {@code _hashlib}. */
  public static PyHash of(Algorithm a) {
    return a.isXof() ? new PyHashXof(a, a.make()) : new PyHash(a, a.make());
  }

  /** A hash object of another module, of the arguments of its constructor. */
  public static PyHash of(
      String algorithm, Maker maker, @Nullable PyObject data, @Nullable PyObject string) {
    Algorithm a = Algorithm.find(algorithm);
    return maker.make(a, a.make()).with(data, string);
  }

  @Override
  public final PyType type() {
    return type;
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

  /** Hashes the argument of a constructor, which has an old name too. */
  public final PyHash with(@Nullable PyObject data, @Nullable PyObject string) {
    if (data != null && string != null) {
      throw Errors.typeError(
          "'data' and 'string' are mutually exclusive and support for 'string' keyword parameter is"
              + " slated for removal in a future version.");
    }
    PyObject o = data != null ? data : string;
    if (o != null) {
      update(o);
    }
    return this;
  }

  @PyMethod(sig = "(obj, /)", doc = "Hash more bytes.")
  void update(PyObject obj) {
    byte[] b = data(obj);
    synchronized (this) {
      digest.update(b, 0, b.length);
    }
  }

  private synchronized ExtendedDigest snapshot() {
    return algorithm.copier().copy(digest);
  }

  final byte[] result() {
    ExtendedDigest d = snapshot();
    byte[] out = new byte[d.getDigestSize()];
    d.doFinal(out, 0);
    return out;
  }

  final byte[] result(long length) {
    if (length < 0) {
      throw Errors.valueError("length must be non-negative");
    }
    if (length > Integer.MAX_VALUE - 16) {
      throw Errors.memoryError();
    }
    byte[] out = new byte[(int) length];
    ((Xof) snapshot()).doFinal(out, 0, out.length);
    return out;
  }

  @PyMethod(sig = "()", doc = "The digest of all bytes so far.")
  PyObject digest() {
    return Py.bytes(result());
  }

  @PyMethod(sig = "()", doc = "The digest as hexadecimal digits.")
  String hexdigest() {
    return HexFormat.of().formatHex(result());
  }

  @PyMethod(sig = "()", doc = "A copy in the present state.")
  PyObject copy() {
    return maker.make(algorithm, snapshot());
  }

  @PyGetter("name")
  String getName() {
    return algorithm.name();
  }

  @PyGetter("digest_size")
  int getDigestSize() {
    return digest.getDigestSize();
  }

  @PyGetter("block_size")
  protected final int getBlockSize() {
    return digest.getByteLength();
  }

  @PyMethod(name = "__repr__")
  String repr() {
    String kind = type().fullName();
    return kind.startsWith("_hashlib")
        ? "<" + getName() + " " + kind + " object @ " + PyIdentity.address(this) + ">"
        : "<" + kind + " object at " + PyIdentity.address(this) + ">";
  }
}
