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

    Sha224(String name, ExtendedDigest digest, Copier copier) {
      super(name, digest, copier);
    }

    @Override
    public PyType type() {
      return TYPE;
    }

    @Override
    protected PyHash like(String name, ExtendedDigest state, Copier copier) {
      return new Sha224(name, state, copier);
    }
  }

  @PyFunction(sig = "(data=NULL, *, usedforsecurity=True, string=NULL)")
  static PyObject sha224(
      @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
    Algorithm a = Algorithm.find("sha224");
    return new Sha224(a.name(), a.make(), a.copier()).with(data, string);
  }

  /** {@code _sha2.SHA256Type}. */
  @PyTypeDef(
      name = "SHA256Type",
      module = "_sha2",
      flags = {TypeFlag.DISALLOW_INSTANTIATION})
  static final class Sha256 extends PyHash {
    static final PyType TYPE = PyType.builtin(Sha2ModuleSha256Table.INSTANCE);

    Sha256(String name, ExtendedDigest digest, Copier copier) {
      super(name, digest, copier);
    }

    @Override
    public PyType type() {
      return TYPE;
    }

    @Override
    protected PyHash like(String name, ExtendedDigest state, Copier copier) {
      return new Sha256(name, state, copier);
    }
  }

  @PyFunction(sig = "(data=NULL, *, usedforsecurity=True, string=NULL)")
  static PyObject sha256(
      @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
    Algorithm a = Algorithm.find("sha256");
    return new Sha256(a.name(), a.make(), a.copier()).with(data, string);
  }

  /** {@code _sha2.SHA384Type}. */
  @PyTypeDef(
      name = "SHA384Type",
      module = "_sha2",
      flags = {TypeFlag.DISALLOW_INSTANTIATION})
  static final class Sha384 extends PyHash {
    static final PyType TYPE = PyType.builtin(Sha2ModuleSha384Table.INSTANCE);

    Sha384(String name, ExtendedDigest digest, Copier copier) {
      super(name, digest, copier);
    }

    @Override
    public PyType type() {
      return TYPE;
    }

    @Override
    protected PyHash like(String name, ExtendedDigest state, Copier copier) {
      return new Sha384(name, state, copier);
    }
  }

  @PyFunction(sig = "(data=NULL, *, usedforsecurity=True, string=NULL)")
  static PyObject sha384(
      @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
    Algorithm a = Algorithm.find("sha384");
    return new Sha384(a.name(), a.make(), a.copier()).with(data, string);
  }

  /** {@code _sha2.SHA512Type}. */
  @PyTypeDef(
      name = "SHA512Type",
      module = "_sha2",
      flags = {TypeFlag.DISALLOW_INSTANTIATION})
  static final class Sha512 extends PyHash {
    static final PyType TYPE = PyType.builtin(Sha2ModuleSha512Table.INSTANCE);

    Sha512(String name, ExtendedDigest digest, Copier copier) {
      super(name, digest, copier);
    }

    @Override
    public PyType type() {
      return TYPE;
    }

    @Override
    protected PyHash like(String name, ExtendedDigest state, Copier copier) {
      return new Sha512(name, state, copier);
    }
  }

  @PyFunction(sig = "(data=NULL, *, usedforsecurity=True, string=NULL)")
  static PyObject sha512(
      @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
    Algorithm a = Algorithm.find("sha512");
    return new Sha512(a.name(), a.make(), a.copier()).with(data, string);
  }
}
