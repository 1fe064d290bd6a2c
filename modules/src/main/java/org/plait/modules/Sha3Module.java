package org.plait.modules;

import org.bouncycastle.crypto.ExtendedDigest;
import org.jspecify.annotations.Nullable;
import org.plait.modules.hash.Algorithm;
import org.plait.modules.hash.PyHash;
import org.plait.modules.hash.PyHashXof;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.types.PyModule;

/** {@code _sha3}. */
@PyModuleDef(name = "_sha3")
public final class Sha3Module implements NativeModule {
  @Override
  public NativeTable table() {
    return new Sha3ModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    m.add("_GIL_MINSIZE", Py.int_(2048));
    m.add("sha3_224", Sha3X224.TYPE);
    m.add("sha3_256", Sha3X256.TYPE);
    m.add("sha3_384", Sha3X384.TYPE);
    m.add("sha3_512", Sha3X512.TYPE);
    m.add("shake_128", ShakeX128.TYPE);
    m.add("shake_256", ShakeX256.TYPE);
    m.add("implementation", Py.str("HACL"));
  }

  /** {@code _sha3.sha3_224}. */
  @PyTypeDef(name = "sha3_224", module = "_sha3")
  static final class Sha3X224 extends PyHash {
    static final PyType TYPE = PyType.builtin(Sha3ModuleSha3X224Table.INSTANCE);

    Sha3X224(String name, ExtendedDigest digest, Copier copier) {
      super(name, digest, copier);
    }

    @Override
    public PyType type() {
      return TYPE;
    }

    @Override
    protected PyHash like(String name, ExtendedDigest state, Copier copier) {
      return new Sha3X224(name, state, copier);
    }

    @PyNew(sig = "(data=NULL, *, usedforsecurity=True, string=NULL)")
    static PyObject new_(
        PyType cls, @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
      Algorithm a = Algorithm.find("sha3_224");
      return new Sha3X224(a.name(), a.make(), a.copier()).with(data, string);
    }

    @PyGetter("_capacity_bits")
    int capacity() {
      return 448;
    }

    @PyGetter("_rate_bits")
    int rate() {
      return 1152;
    }

    @PyGetter("_suffix")
    PyObject suffix() {
      return Py.bytes(new byte[] {6});
    }
  }

  /** {@code _sha3.sha3_256}. */
  @PyTypeDef(name = "sha3_256", module = "_sha3")
  static final class Sha3X256 extends PyHash {
    static final PyType TYPE = PyType.builtin(Sha3ModuleSha3X256Table.INSTANCE);

    Sha3X256(String name, ExtendedDigest digest, Copier copier) {
      super(name, digest, copier);
    }

    @Override
    public PyType type() {
      return TYPE;
    }

    @Override
    protected PyHash like(String name, ExtendedDigest state, Copier copier) {
      return new Sha3X256(name, state, copier);
    }

    @PyNew(sig = "(data=NULL, *, usedforsecurity=True, string=NULL)")
    static PyObject new_(
        PyType cls, @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
      Algorithm a = Algorithm.find("sha3_256");
      return new Sha3X256(a.name(), a.make(), a.copier()).with(data, string);
    }

    @PyGetter("_capacity_bits")
    int capacity() {
      return 512;
    }

    @PyGetter("_rate_bits")
    int rate() {
      return 1088;
    }

    @PyGetter("_suffix")
    PyObject suffix() {
      return Py.bytes(new byte[] {6});
    }
  }

  /** {@code _sha3.sha3_384}. */
  @PyTypeDef(name = "sha3_384", module = "_sha3")
  static final class Sha3X384 extends PyHash {
    static final PyType TYPE = PyType.builtin(Sha3ModuleSha3X384Table.INSTANCE);

    Sha3X384(String name, ExtendedDigest digest, Copier copier) {
      super(name, digest, copier);
    }

    @Override
    public PyType type() {
      return TYPE;
    }

    @Override
    protected PyHash like(String name, ExtendedDigest state, Copier copier) {
      return new Sha3X384(name, state, copier);
    }

    @PyNew(sig = "(data=NULL, *, usedforsecurity=True, string=NULL)")
    static PyObject new_(
        PyType cls, @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
      Algorithm a = Algorithm.find("sha3_384");
      return new Sha3X384(a.name(), a.make(), a.copier()).with(data, string);
    }

    @PyGetter("_capacity_bits")
    int capacity() {
      return 768;
    }

    @PyGetter("_rate_bits")
    int rate() {
      return 832;
    }

    @PyGetter("_suffix")
    PyObject suffix() {
      return Py.bytes(new byte[] {6});
    }
  }

  /** {@code _sha3.sha3_512}. */
  @PyTypeDef(name = "sha3_512", module = "_sha3")
  static final class Sha3X512 extends PyHash {
    static final PyType TYPE = PyType.builtin(Sha3ModuleSha3X512Table.INSTANCE);

    Sha3X512(String name, ExtendedDigest digest, Copier copier) {
      super(name, digest, copier);
    }

    @Override
    public PyType type() {
      return TYPE;
    }

    @Override
    protected PyHash like(String name, ExtendedDigest state, Copier copier) {
      return new Sha3X512(name, state, copier);
    }

    @PyNew(sig = "(data=NULL, *, usedforsecurity=True, string=NULL)")
    static PyObject new_(
        PyType cls, @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
      Algorithm a = Algorithm.find("sha3_512");
      return new Sha3X512(a.name(), a.make(), a.copier()).with(data, string);
    }

    @PyGetter("_capacity_bits")
    int capacity() {
      return 1024;
    }

    @PyGetter("_rate_bits")
    int rate() {
      return 576;
    }

    @PyGetter("_suffix")
    PyObject suffix() {
      return Py.bytes(new byte[] {6});
    }
  }

  /** {@code _sha3.shake_128}. */
  @PyTypeDef(name = "shake_128", module = "_sha3")
  static final class ShakeX128 extends PyHashXof {
    static final PyType TYPE = PyType.builtin(Sha3ModuleShakeX128Table.INSTANCE);

    ShakeX128(String name, ExtendedDigest digest, Copier copier) {
      super(name, digest, copier);
    }

    @Override
    public PyType type() {
      return TYPE;
    }

    @Override
    protected PyHash like(String name, ExtendedDigest state, Copier copier) {
      return new ShakeX128(name, state, copier);
    }

    @PyNew(sig = "(data=NULL, *, usedforsecurity=True, string=NULL)")
    static PyObject new_(
        PyType cls, @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
      Algorithm a = Algorithm.find("shake_128");
      return new ShakeX128(a.name(), a.make(), a.copier()).with(data, string);
    }

    @PyGetter("_capacity_bits")
    int capacity() {
      return 256;
    }

    @PyGetter("_rate_bits")
    int rate() {
      return 1344;
    }

    @PyGetter("_suffix")
    PyObject suffix() {
      return Py.bytes(new byte[] {0x1f});
    }
  }

  /** {@code _sha3.shake_256}. */
  @PyTypeDef(name = "shake_256", module = "_sha3")
  static final class ShakeX256 extends PyHashXof {
    static final PyType TYPE = PyType.builtin(Sha3ModuleShakeX256Table.INSTANCE);

    ShakeX256(String name, ExtendedDigest digest, Copier copier) {
      super(name, digest, copier);
    }

    @Override
    public PyType type() {
      return TYPE;
    }

    @Override
    protected PyHash like(String name, ExtendedDigest state, Copier copier) {
      return new ShakeX256(name, state, copier);
    }

    @PyNew(sig = "(data=NULL, *, usedforsecurity=True, string=NULL)")
    static PyObject new_(
        PyType cls, @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
      Algorithm a = Algorithm.find("shake_256");
      return new ShakeX256(a.name(), a.make(), a.copier()).with(data, string);
    }

    @PyGetter("_capacity_bits")
    int capacity() {
      return 512;
    }

    @PyGetter("_rate_bits")
    int rate() {
      return 1088;
    }

    @PyGetter("_suffix")
    PyObject suffix() {
      return Py.bytes(new byte[] {0x1f});
    }
  }
}
