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
  /** The state of Keccak, of which each block of input changes the part that is called the rate. */
  private static final int STATE_BITS = 1600;

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

  /** The hashes of a fixed length. */
  abstract static class Sha3 extends PyHash {
    Sha3(PyType type, Algorithm algorithm, ExtendedDigest state, Maker maker) {
      super(type, algorithm, state, maker);
    }

    @PyGetter("_capacity_bits")
    final int capacity() {
      return STATE_BITS - rate();
    }

    @PyGetter("_rate_bits")
    final int rate() {
      return getBlockSize() * Byte.SIZE;
    }

    @PyGetter("_suffix")
    final PyObject suffix() {
      return Py.bytes(new byte[] {6});
    }
  }

  /** The hashes of any length. */
  abstract static class Shake extends PyHashXof {
    Shake(PyType type, Algorithm algorithm, ExtendedDigest state, Maker maker) {
      super(type, algorithm, state, maker);
    }

    @PyGetter("_capacity_bits")
    final int capacity() {
      return STATE_BITS - rate();
    }

    @PyGetter("_rate_bits")
    final int rate() {
      return getBlockSize() * Byte.SIZE;
    }

    @PyGetter("_suffix")
    final PyObject suffix() {
      return Py.bytes(new byte[] {0x1f});
    }
  }

  /** {@code _sha3.sha3_224}. */
  @PyTypeDef(name = "sha3_224", module = "_sha3")
  static final class Sha3X224 extends Sha3 {
    static final PyType TYPE = PyType.builtin(Sha3ModuleSha3X224Table.INSTANCE);

    Sha3X224(Algorithm algorithm, ExtendedDigest state) {
      super(TYPE, algorithm, state, Sha3X224::new);
    }

    @PyNew(sig = "(data=NULL, *, usedforsecurity=True, string=NULL)")
    static PyObject new_(
        PyType cls, @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
      return PyHash.of("sha3_224", Sha3X224::new, data, string);
    }
  }

  /** {@code _sha3.sha3_256}. */
  @PyTypeDef(name = "sha3_256", module = "_sha3")
  static final class Sha3X256 extends Sha3 {
    static final PyType TYPE = PyType.builtin(Sha3ModuleSha3X256Table.INSTANCE);

    Sha3X256(Algorithm algorithm, ExtendedDigest state) {
      super(TYPE, algorithm, state, Sha3X256::new);
    }

    @PyNew(sig = "(data=NULL, *, usedforsecurity=True, string=NULL)")
    static PyObject new_(
        PyType cls, @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
      return PyHash.of("sha3_256", Sha3X256::new, data, string);
    }
  }

  /** {@code _sha3.sha3_384}. */
  @PyTypeDef(name = "sha3_384", module = "_sha3")
  static final class Sha3X384 extends Sha3 {
    static final PyType TYPE = PyType.builtin(Sha3ModuleSha3X384Table.INSTANCE);

    Sha3X384(Algorithm algorithm, ExtendedDigest state) {
      super(TYPE, algorithm, state, Sha3X384::new);
    }

    @PyNew(sig = "(data=NULL, *, usedforsecurity=True, string=NULL)")
    static PyObject new_(
        PyType cls, @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
      return PyHash.of("sha3_384", Sha3X384::new, data, string);
    }
  }

  /** {@code _sha3.sha3_512}. */
  @PyTypeDef(name = "sha3_512", module = "_sha3")
  static final class Sha3X512 extends Sha3 {
    static final PyType TYPE = PyType.builtin(Sha3ModuleSha3X512Table.INSTANCE);

    Sha3X512(Algorithm algorithm, ExtendedDigest state) {
      super(TYPE, algorithm, state, Sha3X512::new);
    }

    @PyNew(sig = "(data=NULL, *, usedforsecurity=True, string=NULL)")
    static PyObject new_(
        PyType cls, @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
      return PyHash.of("sha3_512", Sha3X512::new, data, string);
    }
  }

  /** {@code _sha3.shake_128}. */
  @PyTypeDef(name = "shake_128", module = "_sha3")
  static final class ShakeX128 extends Shake {
    static final PyType TYPE = PyType.builtin(Sha3ModuleShakeX128Table.INSTANCE);

    ShakeX128(Algorithm algorithm, ExtendedDigest state) {
      super(TYPE, algorithm, state, ShakeX128::new);
    }

    @PyNew(sig = "(data=NULL, *, usedforsecurity=True, string=NULL)")
    static PyObject new_(
        PyType cls, @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
      return PyHash.of("shake_128", ShakeX128::new, data, string);
    }
  }

  /** {@code _sha3.shake_256}. */
  @PyTypeDef(name = "shake_256", module = "_sha3")
  static final class ShakeX256 extends Shake {
    static final PyType TYPE = PyType.builtin(Sha3ModuleShakeX256Table.INSTANCE);

    ShakeX256(Algorithm algorithm, ExtendedDigest state) {
      super(TYPE, algorithm, state, ShakeX256::new);
    }

    @PyNew(sig = "(data=NULL, *, usedforsecurity=True, string=NULL)")
    static PyObject new_(
        PyType cls, @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
      return PyHash.of("shake_256", ShakeX256::new, data, string);
    }
  }
}
