package org.plait.modules;

import org.bouncycastle.crypto.digests.SHA3Digest;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.jspecify.annotations.Nullable;
import org.plait.modules.hash.PyHash;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyModule;

/** {@code _sha3}. */
@PyModuleDef(name = "_sha3")
public final class Sha3Module implements NativeModule {
  @Override
  public NativeTable table() {
    return new Sha3ModuleTable(this);
  }

  @Override
  public void exec(PyModule module) {
    module.add("_GIL_MINSIZE", Py.int_(2048));
  }

  @PyFunction(name = "sha3_224", sig = "!(data=NULL, *, usedforsecurity=True, string=NULL)")
  static PyObject sha3x224(
      @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
    return new PyHash("sha3_224", new SHA3Digest(224), from -> new SHA3Digest((SHA3Digest) from))
        .with(data != null ? data : string);
  }

  @PyFunction(name = "sha3_256", sig = "!(data=NULL, *, usedforsecurity=True, string=NULL)")
  static PyObject sha3x256(
      @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
    return new PyHash("sha3_256", new SHA3Digest(256), from -> new SHA3Digest((SHA3Digest) from))
        .with(data != null ? data : string);
  }

  @PyFunction(name = "sha3_384", sig = "!(data=NULL, *, usedforsecurity=True, string=NULL)")
  static PyObject sha3x384(
      @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
    return new PyHash("sha3_384", new SHA3Digest(384), from -> new SHA3Digest((SHA3Digest) from))
        .with(data != null ? data : string);
  }

  @PyFunction(name = "sha3_512", sig = "!(data=NULL, *, usedforsecurity=True, string=NULL)")
  static PyObject sha3x512(
      @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
    return new PyHash("sha3_512", new SHA3Digest(512), from -> new SHA3Digest((SHA3Digest) from))
        .with(data != null ? data : string);
  }

  @PyFunction(name = "shake_128", sig = "!(data=NULL, *, usedforsecurity=True, string=NULL)")
  static PyObject shake128(
      @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
    return new PyHash(
            "shake_128", new SHAKEDigest(128), from -> new SHAKEDigest((SHAKEDigest) from))
        .with(data != null ? data : string);
  }

  @PyFunction(name = "shake_256", sig = "!(data=NULL, *, usedforsecurity=True, string=NULL)")
  static PyObject shake256(
      @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
    return new PyHash(
            "shake_256", new SHAKEDigest(256), from -> new SHAKEDigest((SHAKEDigest) from))
        .with(data != null ? data : string);
  }
}
