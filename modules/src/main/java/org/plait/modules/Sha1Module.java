package org.plait.modules;

import org.bouncycastle.crypto.digests.SHA1Digest;
import org.jspecify.annotations.Nullable;
import org.plait.modules.hash.PyHash;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyModule;

/** {@code _sha1}. */
@PyModuleDef(name = "_sha1")
public final class Sha1Module implements NativeModule {
  @Override
  public NativeTable table() {
    return new Sha1ModuleTable(this);
  }

  @Override
  public void exec(PyModule module) {
    module.add("_GIL_MINSIZE", Py.int_(2048));
  }

  @PyFunction(name = "sha1", sig = "!(data=NULL, *, usedforsecurity=True, string=NULL)")
  static PyObject sha1(
      @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
    return new PyHash("sha1", new SHA1Digest(), PyHash.MEMOABLE).with(data != null ? data : string);
  }
}
