package org.plait.modules;

import org.bouncycastle.crypto.digests.MD5Digest;
import org.jspecify.annotations.Nullable;
import org.plait.modules.hash.PyHash;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyModule;

/** {@code _md5}. */
@PyModuleDef(name = "_md5")
public final class Md5Module implements NativeModule {
  @Override
  public NativeTable table() {
    return new Md5ModuleTable(this);
  }

  @Override
  public void exec(PyModule module) {
    module.add("_GIL_MINSIZE", Py.int_(2048));
  }

  @PyFunction(name = "md5", sig = "!(data=NULL, *, usedforsecurity=True, string=NULL)")
  static PyObject md5(@Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
    return new PyHash("md5", new MD5Digest(), PyHash.MEMOABLE).with(data != null ? data : string);
  }
}
