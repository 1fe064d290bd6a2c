package org.plait.modules.ssl;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.jspecify.annotations.Nullable;
import org.plait.host.process.SysInfo;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.boot.ConstantTable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStr;

/** {@code _ssl}. */
@PyModuleDef(name = "_ssl", doc = "TLS, provided by the Java platform (JSSE).")
public final class SslModule implements NativeModule {
  /** The version of OpenSSL whose interface this is. */
  private static final int[] VERSION = {3, 0, 0, 0, 0};

  @Override
  public NativeTable table() {
    return new SslModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    ConstantTable.add(m, SslModule.class, "constants.txt");
    m.add("_SSLContext", PySslContext.TYPE);
    m.add("_SSLSocket", PySslSocket.TYPE);
    m.add("MemoryBIO", PyMemoryBio.TYPE);
    m.add("SSLSession", PySslSession.TYPE);
    m.add("Certificate", PyCertificate.TYPE);
    m.add("SSLError", SslErrors.ERROR);
    m.add("SSLZeroReturnError", SslErrors.ZERO_RETURN_ERROR);
    m.add("SSLWantReadError", SslErrors.WANT_READ_ERROR);
    m.add("SSLWantWriteError", SslErrors.WANT_WRITE_ERROR);
    m.add("SSLSyscallError", SslErrors.SYSCALL_ERROR);
    m.add("SSLEOFError", SslErrors.EOF_ERROR);
    m.add("SSLCertVerificationError", SslErrors.CERT_ERROR);
    m.add("_DEFAULT_CIPHERS", Py.str(CipherSuites.DEFAULT));
    for (String name :
        new String[] {"HAS_SNI", "HAS_ECDH", "HAS_ALPN", "HAS_TLSv1_2", "HAS_TLSv1_3"}) {
      m.add(name, Py.True);
    }
    for (String name :
        new String[] {
          "HAS_NPN",
          "HAS_SSLv2",
          "HAS_SSLv3",
          "HAS_TLSv1",
          "HAS_TLSv1_1",
          "HAS_PSK",
          "HAS_PHA",
          "HAS_TLS_UNIQUE"
        }) {
      m.add(name, Py.False);
    }
    PyObject version =
        Py.tuple(
            Py.int_(VERSION[0]),
            Py.int_(VERSION[1]),
            Py.int_(VERSION[2]),
            Py.int_(VERSION[3]),
            Py.int_(VERSION[4]));
    m.add("_OPENSSL_API_VERSION", version);
    m.add("OPENSSL_VERSION_INFO", version);
    m.add("OPENSSL_VERSION_NUMBER", Py.int_(0x3000_0000));
    m.add(
        "OPENSSL_VERSION",
        Py.str("OpenSSL 3.0.0 interface over JSSE of Java " + Runtime.version()));
  }

  // ---- randomness

  @PyFunction(name = "RAND_add", sig = "(string, entropy, /)", doc = "The system has enough.")
  static void randAdd(PyObject string, double entropy) {
    if (!(string instanceof PyStr)) {
      PyBuffers.toBytes(string);
    }
  }

  @PyFunction(name = "RAND_bytes", sig = "(n, /)", doc = "Random bytes, fit for keys.")
  static PyObject randBytes(int n) {
    if (n < 0) {
      throw Errors.valueError("num must be positive");
    }
    return Py.bytes(SysInfo.random(n));
  }

  @PyFunction(name = "RAND_status", sig = "()")
  static boolean randStatus() {
    return true;
  }

  // ---- object identifiers

  private static PyObject entry(OpensslObjects.Entry e) {
    return Py.tuple(
        Py.int_(e.nid()),
        Py.str(e.shortName()),
        Py.str(e.longName()),
        e.oid().isEmpty() ? Py.None : Py.str(e.oid()));
  }

  @PyFunction(sig = "(txt, name=False)", doc = "Looks an object identifier up.")
  static PyObject txt2obj(String txt, boolean name) {
    OpensslObjects.@Nullable Entry e = OpensslObjects.byOid(txt);
    if (e == null && name) {
      e = OpensslObjects.byName(txt);
    }
    if (e != null) {
      return entry(e);
    }
    if (ASN1ObjectIdentifier.tryFromID(txt) != null) {
      throw Errors.valueError("Unknown object");
    }
    throw Errors.valueError(
        "unknown object '" + (txt.length() > 100 ? txt.substring(0, 100) : txt) + "'");
  }

  @PyFunction(sig = "(nid, /)", doc = "Looks an object identifier up by OpenSSL's number.")
  static PyObject nid2obj(int nid) {
    if (nid < 0) {
      throw Errors.valueError("NID must be positive.");
    }
    if (nid == 0) {
      throw Errors.valueError("Unknown object");
    }
    OpensslObjects.@Nullable Entry e = OpensslObjects.byNid(nid);
    if (e == null) {
      throw Errors.valueError("unknown NID " + nid);
    }
    return entry(e);
  }

  // ---- files

  @PyFunction(
      name = "get_default_verify_paths",
      sig = "()",
      doc = "The variables and places for what is trusted in.")
  static PyObject getDefaultVerifyPaths() {
    String[] d = CertificateFiles.defaults();
    return Py.tuple(
        Py.str(CertificateFiles.FILE_VARIABLE),
        Py.str(d[0]),
        Py.str(CertificateFiles.FOLDER_VARIABLE),
        Py.str(d[1]));
  }

  @PyFunction(name = "_test_decode_cert", sig = "(path, /)")
  static PyObject testDecodeCert(PyObject path) {
    return CertificateFiles.decode(path);
  }
}
