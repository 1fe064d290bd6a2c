package org.plait.modules;

import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.params.KeyParameter;
import org.jspecify.annotations.Nullable;
import org.plait.modules.hash.Algorithm;
import org.plait.modules.hash.PyHash;
import org.plait.modules.hash.PyHashXof;
import org.plait.modules.hash.PyHmac;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyFrozenSet;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStr;

/** {@code _hashlib}, on Bouncy Castle's digests where CPython has OpenSSL. */
@PyModuleDef(name = "_hashlib", doc = "Hash functions and what is made of them.")
public final class HashlibModule implements NativeModule {
  /** What OpenSSL lets scrypt use when nothing is said, bytes. */
  private static final long SCRYPT_MEMORY = 32 << 20;

  private static final String[] CONSTRUCTORS = {
    "md5",
    "sha1",
    "sha224",
    "sha256",
    "sha384",
    "sha512",
    "sha3_224",
    "sha3_256",
    "sha3_384",
    "sha3_512",
    "shake_128",
    "shake_256"
  };

  private static final PyType UNSUPPORTED =
      Errors.newException("_hashlib", "UnsupportedDigestmodError", Exceptions.ValueError, null);

  private final PyDict constructors = Py.dict();

  @Override
  public NativeTable table() {
    return new HashlibModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    m.add("HASH", PyHash.TYPE);
    m.add("HASHXOF", PyHashXof.TYPE);
    m.add("HMAC", PyHmac.TYPE);
    m.add("UnsupportedDigestmodError", UNSUPPORTED);
    m.add("_GIL_MINSIZE", Py.int_(2048));
    String[] names = Algorithm.names();
    PyObject[] set = new PyObject[names.length];
    for (int i = 0; i < names.length; i++) {
      set[i] = Py.str(names[i]);
    }
    m.add("openssl_md_meth_names", PyFrozenSet.of(set));
    for (String name : CONSTRUCTORS) {
      constructors.put(PyObjects.getAttr(m, "openssl_" + name), Py.str(name));
    }
    m.add("_constructors", constructors);
  }

  // ---- hash objects

  private static Algorithm algorithm(String name) {
    Algorithm a = Algorithm.find(name);
    if (a == null) {
      throw unsupported("[digital envelope routines] unsupported");
    }
    return a;
  }

  private static PyException unsupported(String message) {
    return Errors.of(UNSUPPORTED, message);
  }

  @PyFunction(
      name = "new",
      sig = "(name, data=NULL, *, usedforsecurity=True, string=NULL)",
      doc = "A hash object by its algorithm's name.")
  static PyObject new_(
      String name, @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
    return PyHash.of(algorithm(name)).with(data, string);
  }

  @PyFunction(
      name = "openssl_md5",
      sig = "(data=NULL, *, usedforsecurity=True, string=NULL)",
      doc = "A hash object for md5.")
  static PyObject opensslMd5(
      @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
    return new_("md5", data, usedForSecurity, string);
  }

  @PyFunction(
      name = "openssl_sha1",
      sig = "(data=NULL, *, usedforsecurity=True, string=NULL)",
      doc = "A hash object for sha1.")
  static PyObject opensslSha1(
      @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
    return new_("sha1", data, usedForSecurity, string);
  }

  @PyFunction(
      name = "openssl_sha224",
      sig = "(data=NULL, *, usedforsecurity=True, string=NULL)",
      doc = "A hash object for sha224.")
  static PyObject opensslSha224(
      @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
    return new_("sha224", data, usedForSecurity, string);
  }

  @PyFunction(
      name = "openssl_sha256",
      sig = "(data=NULL, *, usedforsecurity=True, string=NULL)",
      doc = "A hash object for sha256.")
  static PyObject opensslSha256(
      @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
    return new_("sha256", data, usedForSecurity, string);
  }

  @PyFunction(
      name = "openssl_sha384",
      sig = "(data=NULL, *, usedforsecurity=True, string=NULL)",
      doc = "A hash object for sha384.")
  static PyObject opensslSha384(
      @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
    return new_("sha384", data, usedForSecurity, string);
  }

  @PyFunction(
      name = "openssl_sha512",
      sig = "(data=NULL, *, usedforsecurity=True, string=NULL)",
      doc = "A hash object for sha512.")
  static PyObject opensslSha512(
      @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
    return new_("sha512", data, usedForSecurity, string);
  }

  @PyFunction(
      name = "openssl_sha3_224",
      sig = "(data=NULL, *, usedforsecurity=True, string=NULL)",
      doc = "A hash object for sha3_224.")
  static PyObject opensslSha3x224(
      @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
    return new_("sha3_224", data, usedForSecurity, string);
  }

  @PyFunction(
      name = "openssl_sha3_256",
      sig = "(data=NULL, *, usedforsecurity=True, string=NULL)",
      doc = "A hash object for sha3_256.")
  static PyObject opensslSha3x256(
      @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
    return new_("sha3_256", data, usedForSecurity, string);
  }

  @PyFunction(
      name = "openssl_sha3_384",
      sig = "(data=NULL, *, usedforsecurity=True, string=NULL)",
      doc = "A hash object for sha3_384.")
  static PyObject opensslSha3x384(
      @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
    return new_("sha3_384", data, usedForSecurity, string);
  }

  @PyFunction(
      name = "openssl_sha3_512",
      sig = "(data=NULL, *, usedforsecurity=True, string=NULL)",
      doc = "A hash object for sha3_512.")
  static PyObject opensslSha3x512(
      @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
    return new_("sha3_512", data, usedForSecurity, string);
  }

  @PyFunction(
      name = "openssl_shake_128",
      sig = "(data=NULL, *, usedforsecurity=True, string=NULL)",
      doc = "A hash object for shake_128.")
  static PyObject opensslShakex128(
      @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
    return new_("shake_128", data, usedForSecurity, string);
  }

  @PyFunction(
      name = "openssl_shake_256",
      sig = "(data=NULL, *, usedforsecurity=True, string=NULL)",
      doc = "A hash object for shake_256.")
  static PyObject opensslShakex256(
      @Nullable PyObject data, boolean usedForSecurity, @Nullable PyObject string) {
    return new_("shake_256", data, usedForSecurity, string);
  }

  // ---- HMAC

  /** The algorithm meant by a name or one of our constructors. */
  private Algorithm digestmod(PyObject o) {
    if (o instanceof PyStr s) {
      return algorithm(s.toString());
    }
    PyObject name = constructors.get(o);
    if (name == null) {
      throw unsupported("Unsupported digestmod " + PyObjects.repr(o));
    }
    return algorithm(name.toString());
  }

  private Algorithm hmacDigest(PyObject o) {
    Algorithm a = digestmod(o);
    if (a.isXof()) {
      throw Errors.valueError("no reason supplied");
    }
    return a;
  }

  @PyFunction(name = "hmac_new", sig = "(key, msg=NULL, digestmod=None)", doc = "An HMAC object.")
  PyObject hmacNew(PyObject key, @Nullable PyObject msg, PyObject digestmod) {
    byte[] k = PyBuffers.toBytes(key);
    if (digestmod == Py.None) {
      throw Errors.typeError("Missing required parameter 'digestmod'.");
    }
    PyHmac h = new PyHmac(hmacDigest(digestmod), k);
    if (msg != null && msg != Py.None) {
      h.add(PyHash.data(msg));
    }
    return h;
  }

  @PyFunction(name = "hmac_digest", sig = "(key, msg, digest)", doc = "The HMAC of one message.")
  PyObject hmacDigest(PyObject key, PyObject msg, PyObject digest) {
    byte[] k = PyBuffers.toBytes(key);
    byte[] m = PyBuffers.toBytes(msg);
    return Py.bytes(PyHmac.compute(hmacDigest(digest), k, m));
  }

  @PyFunction(
      name = "compare_digest",
      sig = "(a, b, /)",
      doc =
          "Whether two digests are equal, found out in a time that doesn't tell where they differ.")
  static boolean compareDigest(PyObject a, PyObject b) {
    return OperatorModule.compareDigest(a, b);
  }

  @PyFunction(
      name = "get_fips_mode",
      sig = "()",
      doc = "Whether only approved algorithms are to be had: 0.")
  static int getFipsMode() {
    return 0;
  }

  // ---- keys from passwords

  // Compare CPython pbkdf2_hmac_impl in _hashopenssl.c.
  @PyFunction(
      name = "pbkdf2_hmac",
      sig = "(hash_name, password, salt, iterations, dklen=None)",
      doc = "A key from a password, PBKDF2.")
  static PyObject pbkdf2(
      String hashName, PyObject password, PyObject salt, PyObject iterations, PyObject dklen) {
    byte[] p = PyBuffers.toBytes(password);
    byte[] s = PyBuffers.toBytes(salt);
    PyInt n = PyNumbers.index(iterations);
    if (!n.isLong()) {
      throw Errors.overflowError("Python int too large to convert to C long");
    }
    Algorithm a = algorithm(hashName);
    if (n.longValue() < 1) {
      throw Errors.valueError("iteration value must be greater than 0.");
    }
    if (n.longValue() > Integer.MAX_VALUE) {
      throw Errors.overflowError("iteration value is too great.");
    }
    long length = a.isXof() ? 0 : a.make().getDigestSize();
    if (dklen != Py.None) {
      PyInt l = PyNumbers.index(dklen);
      if (!l.isLong()) {
        throw Errors.overflowError("Python int too large to convert to C long");
      }
      length = l.longValue();
    }
    if (length < 1) {
      throw Errors.valueError("key length must be greater than 0.");
    }
    if (length > Integer.MAX_VALUE) {
      throw Errors.overflowError("key length is too great.");
    }
    if (a.isXof()) {
      throw unsupported("[digital envelope routines] unsupported");
    }
    PKCS5S2ParametersGenerator g = new PKCS5S2ParametersGenerator(a.make());
    g.init(p, s, (int) n.longValue());
    byte[] out = new byte[(int) length];
    // the generator counts bits in an int
    CipherParameters key = g.generateDerivedMacParameters(Math.toIntExact(length * 8));
    System.arraycopy(((KeyParameter) key).getKey(), 0, out, 0, out.length);
    return Py.bytes(out);
  }

  private static long unsigned(PyObject o) {
    PyInt i = PyNumbers.index(o);
    if (i.signum() < 0) {
      throw Errors.valueError("value must be positive");
    }
    if (!i.isLong()) {
      throw Errors.overflowError("Python int too large for C unsigned long");
    }
    return i.longValue();
  }

  // Compare CPython _hashlib_scrypt_impl in _hashopenssl.c.
  @PyFunction(
      sig = "(password, *, salt, n, r, p, maxmem=0, dklen=64)",
      doc = "A key from a password, scrypt.")
  static PyObject scrypt(
      PyObject password,
      PyObject salt,
      PyObject n,
      PyObject r,
      PyObject p,
      long maxmem,
      long dklen) {
    byte[] word = PyBuffers.toBytes(password);
    byte[] salted = PyBuffers.toBytes(salt);
    long cost = unsigned(n);
    long block = unsigned(r);
    long parallel = unsigned(p);
    if (cost < 2 || (cost & (cost - 1)) != 0) {
      throw Errors.valueError("n must be a power of 2.");
    }
    if (maxmem < 0 || maxmem > Integer.MAX_VALUE) {
      throw Errors.valueError("maxmem must be positive and smaller than 2147483647");
    }
    if (dklen < 1 || dklen > Integer.MAX_VALUE) {
      throw Errors.valueError("dklen must be greater than 0 and smaller than 2147483647");
    }
    if (block < 1 || parallel < 1 || parallel > ((1 << 30) - 1) / block) {
      throw Errors.valueError("Invalid parameter combination for n, r, p, maxmem.");
    }
    double memory = 128.0 * block * (parallel + cost + 2);
    if (memory > (maxmem == 0 ? SCRYPT_MEMORY : maxmem)) {
      throw Errors.valueError("[digital envelope routines] memory limit exceeded");
    }
    return Py.bytes(
        SCrypt.generate(word, salted, (int) cost, (int) block, (int) parallel, (int) dklen));
  }
}
