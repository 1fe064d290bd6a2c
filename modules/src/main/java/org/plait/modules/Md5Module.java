package org.plait.modules;

import org.bouncycastle.crypto.ExtendedDigest;
import org.jspecify.annotations.Nullable;
import org.plait.modules.hash.Algorithm;
import org.plait.modules.hash.PyHash;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.types.PyModule;

/** {@code _md5}. */
@PyModuleDef(name = "_md5")
public final class Md5Module implements NativeModule {
  @Override
  public NativeTable table() {
    return new Md5ModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    m.add("_GIL_MINSIZE", Py.int_(2048));
    m.add("MD5Type", Md5.TYPE);
  }

  /** {@code _md5.md5}. */
  @PyTypeDef(
      name = "md5",
      module = "_md5",
      flags = {TypeFlag.DISALLOW_INSTANTIATION})
  static final class Md5 extends PyHash {
    static final PyType TYPE = PyType.builtin(Md5ModuleMd5Table.INSTANCE);

    Md5(Algorithm algorithm, ExtendedDigest state) {
      super(TYPE, algorithm, state, Md5::new);
    }
  }

  @PyFunction(sig = "(data=NULL, *, usedforsecurity=True, string=NULL)")
  static PyObject md5(@Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
    return PyHash.of("md5", Md5::new, data, string);
  }
}
