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

/** {@code _sha2}. */
@PyModuleDef(name = "_sha2")
public final class Sha2Module implements NativeModule {
  @Override
  public NativeTable table() {
    return new Sha2ModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    m.add("_GIL_MINSIZE", Py.int_(2048));
    m.add("SHA224Type", Sha224.TYPE);
    m.add("SHA256Type", Sha256.TYPE);
    m.add("SHA384Type", Sha384.TYPE);
    m.add("SHA512Type", Sha512.TYPE);
  }

  /** {@code _sha2.SHA224Type}. */
  @PyTypeDef(
      name = "SHA224Type",
      module = "_sha2",
      flags = {TypeFlag.DISALLOW_INSTANTIATION})
  static final class Sha224 extends PyHash {
    static final PyType TYPE = PyType.builtin(Sha2ModuleSha224Table.INSTANCE);

    Sha224(Algorithm algorithm, ExtendedDigest state) {
      super(TYPE, algorithm, state, Sha224::new);
    }
  }

  @PyFunction(sig = "(data=NULL, *, usedforsecurity=True, string=NULL)")
  static PyObject sha224(
      @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
    return PyHash.of("sha224", Sha224::new, data, string);
  }

  /** {@code _sha2.SHA256Type}. */
  @PyTypeDef(
      name = "SHA256Type",
      module = "_sha2",
      flags = {TypeFlag.DISALLOW_INSTANTIATION})
  static final class Sha256 extends PyHash {
    static final PyType TYPE = PyType.builtin(Sha2ModuleSha256Table.INSTANCE);

    Sha256(Algorithm algorithm, ExtendedDigest state) {
      super(TYPE, algorithm, state, Sha256::new);
    }
  }

  @PyFunction(sig = "(data=NULL, *, usedforsecurity=True, string=NULL)")
  static PyObject sha256(
      @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
    return PyHash.of("sha256", Sha256::new, data, string);
  }

  /** {@code _sha2.SHA384Type}. */
  @PyTypeDef(
      name = "SHA384Type",
      module = "_sha2",
      flags = {TypeFlag.DISALLOW_INSTANTIATION})
  static final class Sha384 extends PyHash {
    static final PyType TYPE = PyType.builtin(Sha2ModuleSha384Table.INSTANCE);

    Sha384(Algorithm algorithm, ExtendedDigest state) {
      super(TYPE, algorithm, state, Sha384::new);
    }
  }

  @PyFunction(sig = "(data=NULL, *, usedforsecurity=True, string=NULL)")
  static PyObject sha384(
      @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
    return PyHash.of("sha384", Sha384::new, data, string);
  }

  /** {@code _sha2.SHA512Type}. */
  @PyTypeDef(
      name = "SHA512Type",
      module = "_sha2",
      flags = {TypeFlag.DISALLOW_INSTANTIATION})
  static final class Sha512 extends PyHash {
    static final PyType TYPE = PyType.builtin(Sha2ModuleSha512Table.INSTANCE);

    Sha512(Algorithm algorithm, ExtendedDigest state) {
      super(TYPE, algorithm, state, Sha512::new);
    }
  }

  @PyFunction(sig = "(data=NULL, *, usedforsecurity=True, string=NULL)")
  static PyObject sha512(
      @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
    return PyHash.of("sha512", Sha512::new, data, string);
  }
}
