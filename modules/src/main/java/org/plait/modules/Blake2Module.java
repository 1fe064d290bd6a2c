package org.plait.modules;

import org.bouncycastle.crypto.ExtendedDigest;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.bouncycastle.crypto.digests.Blake2sDigest;
import org.jspecify.annotations.Nullable;
import org.plait.modules.hash.PyHash;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.types.PyModule;

/** {@code _blake2}. Tree hashing is not supported and says so. */
@PyModuleDef(name = "_blake2")
public final class Blake2Module implements NativeModule {
  @Override
  public NativeTable table() {
    return new Blake2ModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    m.add("_GIL_MINSIZE", Py.int_(2048));
    constants(m, Blake2b.TYPE, "BLAKE2B", 16, 16, 64, 64);
    constants(m, Blake2s.TYPE, "BLAKE2S", 8, 8, 32, 32);
  }

  private static void constants(
      PyModule m, PyType type, String prefix, int salt, int person, int key, int digest) {
    m.add(prefix.toLowerCase(java.util.Locale.ROOT), type);
    type.setOwn("SALT_SIZE", Py.int_(salt));
    type.setOwn("PERSON_SIZE", Py.int_(person));
    type.setOwn("MAX_KEY_SIZE", Py.int_(key));
    type.setOwn("MAX_DIGEST_SIZE", Py.int_(digest));
    m.add(prefix + "_SALT_SIZE", Py.int_(salt));
    m.add(prefix + "_PERSON_SIZE", Py.int_(person));
    m.add(prefix + "_MAX_KEY_SIZE", Py.int_(key));
    m.add(prefix + "_MAX_DIGEST_SIZE", Py.int_(digest));
  }

  private static byte @Nullable [] padded(@Nullable PyObject o, int size, String what) {
    if (o == null) {
      return null;
    }
    byte[] b = PyBuffers.toBytes(o);
    if (b.length > size) {
      throw Errors.valueError("maximum " + what + " length is " + size + " bytes");
    }
    return b.length == 0 ? null : java.util.Arrays.copyOf(b, size);
  }

  private static byte @Nullable [] key(@Nullable PyObject o, int max) {
    byte[] b = o == null ? new byte[0] : PyBuffers.toBytes(o);
    if (b.length > max) {
      throw Errors.valueError("maximum key length is " + max + " bytes");
    }
    return b.length == 0 ? null : b;
  }

  private static void check(
      int digestSize,
      int max,
      int fanout,
      int depth,
      long leaf,
      long node,
      int nodeDepth,
      int inner,
      boolean last) {
    if (digestSize <= 0 || digestSize > max) {
      throw Errors.valueError(
          "digest_size for "
              + (max == 64 ? "Blake2b" : "Blake2s")
              + " must be between 1 and "
              + max
              + " bytes, got "
              + digestSize);
    }
    if (fanout != 1
        || depth != 1
        || leaf != 0
        || node != 0
        || nodeDepth != 0
        || inner != 0
        || last) {
      throw Errors.notImplemented("tree hashing of blake2 is not supported");
    }
  }

  /** {@code blake2b}. */
  @PyTypeDef(name = "blake2b", module = "_blake2")
  static final class Blake2b extends PyHash {
    static final PyType TYPE = PyType.builtin(Blake2ModuleBlake2bTable.INSTANCE);

    private Blake2b(ExtendedDigest digest) {
      super("blake2b", digest, from -> new Blake2bDigest((Blake2bDigest) from));
    }

    @Override
    protected PyHash like(String name, ExtendedDigest state, Copier copier) {
      return new Blake2b(state);
    }

    @Override
    public PyType type() {
      return TYPE;
    }

    @PyNew(
        sig =
            "!(data=NULL, *, digest_size=64, key=NULL, salt=NULL, person=NULL, fanout=1,"
                + " depth=1, leaf_size=0, node_offset=0, node_depth=0, inner_size=0,"
                + " last_node=False, usedforsecurity=True, string=NULL)")
    static PyObject new_(
        PyType cls,
        @Nullable PyObject data,
        int digestSize,
        @Nullable PyObject key,
        @Nullable PyObject salt,
        @Nullable PyObject person,
        int fanout,
        int depth,
        long leafSize,
        long nodeOffset,
        int nodeDepth,
        int innerSize,
        boolean lastNode,
        boolean usedForSecurity,
        @Nullable PyObject string) {
      check(digestSize, 64, fanout, depth, leafSize, nodeOffset, nodeDepth, innerSize, lastNode);
      return new Blake2b(
              new Blake2bDigest(
                  key(key, 64), digestSize, padded(salt, 16, "salt"), padded(person, 16, "person")))
          .with(data, string);
    }
  }

  /** {@code blake2s}. */
  @PyTypeDef(name = "blake2s", module = "_blake2")
  static final class Blake2s extends PyHash {
    static final PyType TYPE = PyType.builtin(Blake2ModuleBlake2sTable.INSTANCE);

    private Blake2s(ExtendedDigest digest) {
      super("blake2s", digest, from -> new Blake2sDigest((Blake2sDigest) from));
    }

    @Override
    protected PyHash like(String name, ExtendedDigest state, Copier copier) {
      return new Blake2s(state);
    }

    @Override
    public PyType type() {
      return TYPE;
    }

    @PyNew(
        sig =
            "!(data=NULL, *, digest_size=32, key=NULL, salt=NULL, person=NULL, fanout=1,"
                + " depth=1, leaf_size=0, node_offset=0, node_depth=0, inner_size=0,"
                + " last_node=False, usedforsecurity=True, string=NULL)")
    static PyObject new_(
        PyType cls,
        @Nullable PyObject data,
        int digestSize,
        @Nullable PyObject key,
        @Nullable PyObject salt,
        @Nullable PyObject person,
        int fanout,
        int depth,
        long leafSize,
        long nodeOffset,
        int nodeDepth,
        int innerSize,
        boolean lastNode,
        boolean usedForSecurity,
        @Nullable PyObject string) {
      check(digestSize, 32, fanout, depth, leafSize, nodeOffset, nodeDepth, innerSize, lastNode);
      return new Blake2s(
              new Blake2sDigest(
                  key(key, 32), digestSize, padded(salt, 8, "salt"), padded(person, 8, "person")))
          .with(data, string);
    }
  }
}
