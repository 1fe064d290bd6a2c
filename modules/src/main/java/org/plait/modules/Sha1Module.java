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

/** {@code _sha1}. */
@PyModuleDef(name = "_sha1")
public final class Sha1Module implements NativeModule {
  @Override
  public NativeTable table() {
    return new Sha1ModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    m.add("_GIL_MINSIZE", Py.int_(2048));
    m.add("SHA1Type", Sha1.TYPE);
  }

  /** {@code _sha1.sha1}. */
  @PyTypeDef(
      name = "sha1",
      module = "_sha1",
      flags = {TypeFlag.DISALLOW_INSTANTIATION})
  static final class Sha1 extends PyHash {
    static final PyType TYPE = PyType.builtin(Sha1ModuleSha1Table.INSTANCE);

    Sha1(Algorithm algorithm, ExtendedDigest state) {
      super(TYPE, algorithm, state, Sha1::new);
    }
  }

  @PyFunction(sig = "(data=NULL, *, usedforsecurity=True, string=NULL)")
  static PyObject sha1(
      @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
    return PyHash.of("sha1", Sha1::new, data, string);
  }
}
