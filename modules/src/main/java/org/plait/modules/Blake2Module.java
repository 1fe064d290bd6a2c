package org.plait.modules;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.crypto.ExtendedDigest;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.bouncycastle.crypto.digests.Blake2sDigest;
import org.jspecify.annotations.Nullable;
import org.plait.modules.hash.Algorithm;
import org.plait.modules.hash.Blake2;
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
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.types.PyModule;

/** {@code _blake2}. */
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

  private static byte[] bytes(@Nullable PyObject o, int max, String what) {
    byte[] b = o == null ? new byte[0] : PyBuffers.toBytes(o);
    if (b.length > max) {
      throw Errors.valueError("maximum " + what + " length is " + max + " bytes");
    }
    return b;
  }

  private static long unsigned(PyObject o, int bits, String type, String what) {
    BigInteger v = PyNumbers.index(o).bigValue();
    if (v.signum() < 0) {
      throw Errors.valueError("Cannot convert negative int");
    }
    if (v.bitLength() > 64) {
      throw Errors.overflowError("Python int too large for C " + type);
    }
    if (v.bitLength() > bits) {
      throw Errors.overflowError(what + " is too large");
    }
    return v.longValue();
  }

  private static int between(int value, int least, int most, String message) {
    if (value < least || value > most) {
      throw Errors.valueError(message);
    }
    return value;
  }

  /** The checked parameters of a new hash. */
  private static Blake2.Parameters parameters(
      boolean big,
      int digestSize,
      @Nullable PyObject key,
      @Nullable PyObject salt,
      @Nullable PyObject person,
      int fanout,
      int depth,
      PyObject leafSize,
      PyObject nodeOffset,
      int nodeDepth,
      int innerSize,
      boolean lastNode) {
    int max = big ? 64 : 32;
    String name = big ? "Blake2b" : "Blake2s";
    between(
        digestSize,
        1,
        max,
        "digest_size for "
            + name
            + " must be between 1 and "
            + max
            + " bytes, here it is "
            + digestSize);
    byte[] salted = bytes(salt, max / 4, "salt");
    byte[] personal = bytes(person, max / 4, "person");
    between(fanout, 0, 255, "fanout must be between 0 and 255");
    between(depth, 1, 255, "depth must be between 1 and 255");
    long leaf = unsigned(leafSize, 32, "unsigned long", "leaf_size");
    long node = unsigned(nodeOffset, big ? 64 : 48, "unsigned long long", "node_offset");
    between(nodeDepth, 0, 255, "node_depth must be between 0 and 255");
    between(innerSize, 0, max, "inner_size must be between 0 and is " + max);
    return new Blake2.Parameters(
        digestSize,
        bytes(key, max, "key"),
        salted,
        personal,
        fanout,
        depth,
        leaf,
        node,
        nodeDepth,
        innerSize,
        lastNode);
  }

  private static byte @Nullable [] padded(byte[] b, int size) {
    return b.length == 0 ? null : Arrays.copyOf(b, size);
  }

  private static byte @Nullable [] orNull(byte[] b) {
    return b.length == 0 ? null : b;
  }

  /** {@code blake2b}. */
  @PyTypeDef(name = "blake2b", module = "_blake2")
  static final class Blake2b extends PyHash {
    static final PyType TYPE = PyType.builtin(Blake2ModuleBlake2bTable.INSTANCE);

    private static final Algorithm ALGORITHM =
        new Algorithm("blake2b", Blake2bDigest::new, Blake2b::copy);

    private Blake2b(Algorithm algorithm, ExtendedDigest state) {
      super(TYPE, algorithm, state, Blake2b::new);
    }

    private static ExtendedDigest copy(ExtendedDigest from) {
      return from instanceof Blake2 tree
          ? new Blake2(tree)
          : new Blake2bDigest((Blake2bDigest) from);
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
        PyObject leafSize,
        PyObject nodeOffset,
        int nodeDepth,
        int innerSize,
        boolean lastNode,
        boolean usedForSecurity,
        @Nullable PyObject string) {
      Blake2.Parameters p =
          parameters(
              true,
              digestSize,
              key,
              salt,
              person,
              fanout,
              depth,
              leafSize,
              nodeOffset,
              nodeDepth,
              innerSize,
              lastNode);
      ExtendedDigest d =
          p.isSequential()
              ? new Blake2bDigest(
                  orNull(p.key()), digestSize, padded(p.salt(), 16), padded(p.person(), 16))
              : new Blake2(true, p);
      return new Blake2b(ALGORITHM, d).with(data, string);
    }
  }

  /** {@code blake2s}. */
  @PyTypeDef(name = "blake2s", module = "_blake2")
  static final class Blake2s extends PyHash {
    static final PyType TYPE = PyType.builtin(Blake2ModuleBlake2sTable.INSTANCE);

    private static final Algorithm ALGORITHM =
        new Algorithm("blake2s", Blake2sDigest::new, Blake2s::copy);

    private Blake2s(Algorithm algorithm, ExtendedDigest state) {
      super(TYPE, algorithm, state, Blake2s::new);
    }

    private static ExtendedDigest copy(ExtendedDigest from) {
      return from instanceof Blake2 tree
          ? new Blake2(tree)
          : new Blake2sDigest((Blake2sDigest) from);
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
        PyObject leafSize,
        PyObject nodeOffset,
        int nodeDepth,
        int innerSize,
        boolean lastNode,
        boolean usedForSecurity,
        @Nullable PyObject string) {
      Blake2.Parameters p =
          parameters(
              false,
              digestSize,
              key,
              salt,
              person,
              fanout,
              depth,
              leafSize,
              nodeOffset,
              nodeDepth,
              innerSize,
              lastNode);
      ExtendedDigest d =
          p.isSequential()
              ? new Blake2sDigest(
                  orNull(p.key()), digestSize, padded(p.salt(), 8), padded(p.person(), 8))
              : new Blake2(false, p);
      return new Blake2s(ALGORITHM, d).with(data, string);
    }
  }
}
