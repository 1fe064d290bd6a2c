package org.plait.modules;

import org.bouncycastle.crypto.digests.SHA224Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.jspecify.annotations.Nullable;
import org.plait.modules.hash.PyHash;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyModule;

/** {@code _sha2}. */
@PyModuleDef(name = "_sha2")
public final class Sha2Module implements NativeModule {
  @Override
  public NativeTable table() {
    return new Sha2ModuleTable(this);
  }

  @Override
  public void exec(PyModule module) {
    module.add("_GIL_MINSIZE", Py.int_(2048));
  }

  @PyFunction(name = "sha224", sig = "!(data=NULL, *, usedforsecurity=True, string=NULL)")
  static PyObject sha224(
      @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
    return new PyHash("sha224", new SHA224Digest(), PyHash.MEMOABLE)
        .with(data != null ? data : string);
  }

  @PyFunction(name = "sha256", sig = "!(data=NULL, *, usedforsecurity=True, string=NULL)")
  static PyObject sha256(
      @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
    return new PyHash("sha256", new SHA256Digest(), PyHash.MEMOABLE)
        .with(data != null ? data : string);
  }

  @PyFunction(name = "sha384", sig = "!(data=NULL, *, usedforsecurity=True, string=NULL)")
  static PyObject sha384(
      @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
    return new PyHash("sha384", new SHA384Digest(), PyHash.MEMOABLE)
        .with(data != null ? data : string);
  }

  @PyFunction(name = "sha512", sig = "!(data=NULL, *, usedforsecurity=True, string=NULL)")
  static PyObject sha512(
      @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
    return new PyHash("sha512", new SHA512Digest(), PyHash.MEMOABLE)
        .with(data != null ? data : string);
  }
}
