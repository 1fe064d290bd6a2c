package org.plait.modules;

import java.util.Locale;
import java.util.Set;
import org.bouncycastle.crypto.ExtendedDigest;
import org.jspecify.annotations.Nullable;
import org.plait.modules.hash.Algorithm;
import org.plait.modules.hash.PyHash;
import org.plait.modules.hash.PyHmac;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStr;

/** {@code _hmac}. */
@PyModuleDef(name = "_hmac")
public final class HmacModule implements NativeModule {
  private static final Set<String> NAMES =
      Set.of(
          "md5",
          "sha1",
          "sha224",
          "sha256",
          "sha384",
          "sha512",
          "sha3_224",
          "sha3_256",
          "sha3_384",
          "sha3_512");

  private static final PyType UNKNOWN =
      Errors.newException("_hmac", "UnknownHashError", Exceptions.ValueError, null);

  /** {@code _hmac.HMAC}. */
  @PyTypeDef(
      name = "HMAC",
      module = "_hmac",
      flags = {TypeFlag.DISALLOW_INSTANTIATION})
  static final class Hmac extends PyHmac {
    static final PyType TYPE = PyType.builtin(HmacModuleHmacTable.INSTANCE);

    private Hmac(Algorithm algorithm, ExtendedDigest inner, ExtendedDigest outer) {
      super(algorithm, inner, outer);
    }

    Hmac(Algorithm algorithm, byte[] key) {
      super(algorithm, key);
    }

    @Override
    public PyType type() {
      return TYPE;
    }

    @Override
    protected PyHmac like(Algorithm same, ExtendedDigest inner, ExtendedDigest outer) {
      return new Hmac(same, inner, outer);
    }
  }

  @Override
  public NativeTable table() {
    return new HmacModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    m.add("HMAC", Hmac.TYPE);
    m.add("UnknownHashError", UNKNOWN);
    m.add("_GIL_MINSIZE", Py.int_(2048));
  }

  private static Algorithm algorithm(PyObject o) {
    if (o instanceof PyStr s) {
      String name = s.toString().toLowerCase(Locale.ROOT);
      if (name.startsWith("sha2_")) {
        name = "sha" + name.substring(5);
      }
      Algorithm a = NAMES.contains(name) ? Algorithm.find(name) : null;
      if (a != null) {
        return a;
      }
    }
    throw Errors.of(UNKNOWN, "unsupported hash type: " + PyObjects.repr(o));
  }

  @PyFunction(name = "new", sig = "(key, msg=None, digestmod=NULL)", doc = "An HMAC object.")
  static PyObject new_(PyObject key, PyObject msg, @Nullable PyObject digestmod) {
    if (digestmod == null) {
      throw Errors.typeError("new() missing 1 required argument 'digestmod'");
    }
    Algorithm a = algorithm(digestmod);
    Hmac h = new Hmac(a, PyHash.data(key));
    if (msg != Py.None) {
      h.add(PyHash.data(msg));
    }
    return h;
  }

  @PyFunction(name = "compute_digest", sig = "(key, msg, digest)", doc = "The HMAC of one message.")
  static PyObject computeDigest(PyObject key, PyObject msg, PyObject digest) {
    return compute(algorithm(digest), key, msg);
  }

  private static PyObject compute(@Nullable Algorithm a, PyObject key, PyObject msg) {
    byte[] k = PyBuffers.toBytes(key);
    return Py.bytes(PyHmac.compute(a, k, PyBuffers.toBytes(msg)));
  }

  @PyFunction(name = "compute_md5", sig = "(key, msg, /)")
  static PyObject computeMd5(PyObject key, PyObject msg) {
    return compute(Algorithm.find("md5"), key, msg);
  }

  @PyFunction(name = "compute_sha1", sig = "(key, msg, /)")
  static PyObject computeSha1(PyObject key, PyObject msg) {
    return compute(Algorithm.find("sha1"), key, msg);
  }

  @PyFunction(name = "compute_sha224", sig = "(key, msg, /)")
  static PyObject computeSha224(PyObject key, PyObject msg) {
    return compute(Algorithm.find("sha224"), key, msg);
  }

  @PyFunction(name = "compute_sha256", sig = "(key, msg, /)")
  static PyObject computeSha256(PyObject key, PyObject msg) {
    return compute(Algorithm.find("sha256"), key, msg);
  }

  @PyFunction(name = "compute_sha384", sig = "(key, msg, /)")
  static PyObject computeSha384(PyObject key, PyObject msg) {
    return compute(Algorithm.find("sha384"), key, msg);
  }

  @PyFunction(name = "compute_sha512", sig = "(key, msg, /)")
  static PyObject computeSha512(PyObject key, PyObject msg) {
    return compute(Algorithm.find("sha512"), key, msg);
  }

  @PyFunction(name = "compute_sha3_224", sig = "(key, msg, /)")
  static PyObject computeSha3X224(PyObject key, PyObject msg) {
    return compute(Algorithm.find("sha3_224"), key, msg);
  }

  @PyFunction(name = "compute_sha3_256", sig = "(key, msg, /)")
  static PyObject computeSha3X256(PyObject key, PyObject msg) {
    return compute(Algorithm.find("sha3_256"), key, msg);
  }

  @PyFunction(name = "compute_sha3_384", sig = "(key, msg, /)")
  static PyObject computeSha3X384(PyObject key, PyObject msg) {
    return compute(Algorithm.find("sha3_384"), key, msg);
  }

  @PyFunction(name = "compute_sha3_512", sig = "(key, msg, /)")
  static PyObject computeSha3X512(PyObject key, PyObject msg) {
    return compute(Algorithm.find("sha3_512"), key, msg);
  }

  @PyFunction(name = "compute_blake2b_32", sig = "(key, msg, /)")
  static PyObject computeBlake2bX32(PyObject key, PyObject msg) {
    return compute(Algorithm.find("blake2b"), key, msg);
  }

  @PyFunction(name = "compute_blake2s_32", sig = "(key, msg, /)")
  static PyObject computeBlake2sX32(PyObject key, PyObject msg) {
    return compute(Algorithm.find("blake2s"), key, msg);
  }
}
