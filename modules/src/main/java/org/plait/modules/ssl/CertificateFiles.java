package org.plait.modules.ssl;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.x509.Certificate;
import org.jspecify.annotations.Nullable;
import org.plait.host.Errno;
import org.plait.host.HostException;
import org.plait.host.file.HostFiles;
import org.plait.host.process.Env;
import org.plait.runtime.boot.FsPaths;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.OsErrors;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.types.PyStr;

/** Reads the files that a context is given, with OpenSSL's errors. */
final class CertificateFiles {
  private CertificateFiles() {}

  private static final int MAX_PASSWORD = 1024;

  /** Where systems keep what they trust in: a file, a folder. */
  private static final String[][] DEFAULTS = {
    {"/etc/ssl/certs/ca-certificates.crt", "/etc/ssl/certs"},
    {"/etc/pki/tls/certs/ca-bundle.crt", "/etc/pki/tls/certs"},
    {"/etc/ssl/ca-bundle.pem", "/etc/ssl/certs"},
    {"/etc/ssl/cert.pem", "/etc/ssl/certs"},
  };

  static final String FILE_VARIABLE = "SSL_CERT_FILE";
  static final String FOLDER_VARIABLE = "SSL_CERT_DIR";

  static byte[] der(X509Certificate c) {
    try {
      return c.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] path(PyObject o, String argument) {
    try {
      return FsPaths.toBytes(o);
    } catch (PyException e) {
      if (e.matches(Exceptions.TypeError)) {
        throw Errors.typeError(argument + " should be a valid filesystem path");
      }
      throw e;
    }
  }

  /** The contents of a file; the error has no name in it, as OpenSSL knows none. */
  private static byte[] contents(byte[] path) {
    try {
      return HostFiles.readAll(path);
    } catch (HostException e) {
      throw OsErrors.of(e);
    }
  }

  // ---- keys

  private static final class AskedPassword implements PrivateKeys.Password {
    private final PyObject given;

    AskedPassword(PyObject given) {
      this.given = given;
      if (given != Py.None && !isText(given) && given.type().special(Special.CALL) == null) {
        throw Errors.typeError("password should be a string or callable");
      }
    }

    private static boolean isText(PyObject o) {
      return o instanceof PyStr || PyBuffers.isBuffer(o);
    }

    @Override
    public byte[] get() {
      if (given == Py.None) {
        return new byte[0];
      }
      PyObject p = given;
      if (!isText(p)) {
        p = p.call0();
        if (!isText(p)) {
          throw Errors.typeError("password callback must return a string");
        }
      }
      byte[] b =
          p instanceof PyStr s
              ? s.toString().getBytes(StandardCharsets.UTF_8)
              : PyBuffers.toBytes(p);
      if (b.length > MAX_PASSWORD) {
        throw Errors.valueError("password cannot be longer than " + MAX_PASSWORD + " bytes");
      }
      return b;
    }
  }

  private static final int IN_CERTIFICATE = 4158;
  private static final int IN_KEY = 4179;

  // Compare CPython load_cert_chain_lock_held in _ssl.c.
  static KeyAndTrust.Identity identity(PyObject certfile, PyObject keyfile, PyObject password) {
    byte[] certPath = path(certfile, "certfile");
    byte[] keyPath = keyfile == Py.None ? certPath : path(keyfile, "keyfile");
    AskedPassword asked = new AskedPassword(password);
    List<X509Certificate> chain = new ArrayList<>();
    try {
      for (Pem p : Pem.read(contents(certPath))) {
        if (p.isCertificate()) {
          chain.add(TrustStore.certificate(p.body()));
        }
      }
    } catch (Pem.BadPem | CertificateException e) {
      throw SslErrors.pemLib("SSL", IN_CERTIFICATE);
    }
    if (chain.isEmpty()) {
      throw SslErrors.pemLib("SSL", IN_CERTIFICATE);
    }
    PrivateKey key = null;
    try {
      for (Pem p : Pem.read(contents(keyPath))) {
        if (p.isPrivateKey()) {
          key = PrivateKeys.read(p, asked);
          break;
        }
      }
    } catch (Pem.BadPem | GeneralSecurityException e) {
      throw SslErrors.pemLib("SSL", IN_KEY);
    }
    if (key == null) {
      throw SslErrors.pemLib("SSL", IN_KEY);
    }
    if (!belongs(key, chain.getFirst())) {
      throw SslErrors.of("X509", "KEY_VALUES_MISMATCH", "key values mismatch", 116, IN_KEY);
    }
    return new KeyAndTrust.Identity(key, List.copyOf(chain));
  }

  /** Whether what the key signs, the certificate can check. */
  private static boolean belongs(PrivateKey key, X509Certificate c) {
    String algorithm =
        switch (c.getPublicKey().getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          case "DSA" -> "SHA256withDSA";
          default -> null;
        };
    if (algorithm == null) {
      return key.getAlgorithm().equals(c.getPublicKey().getAlgorithm());
    }
    byte[] text = {1, 2, 3};
    try {
      Signature s = Signature.getInstance(algorithm);
      s.initSign(key);
      s.update(text);
      byte[] signature = s.sign();
      s.initVerify(c.getPublicKey());
      s.update(text);
      return s.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  // ---- trust

  private static final int IN_FILE = 4411;
  private static final int IN_DATA = 4277;
  private static final int IN_DATA_BODY = 4290;

  // Compare CPython _ssl__SSLContext_load_verify_locations_impl and _add_ca_certs in _ssl.c.
  static void trust(TrustStore store, PyObject cafile, PyObject capath, PyObject cadata) {
    if (cafile == Py.None && capath == Py.None && cadata == Py.None) {
      throw Errors.typeError("cafile, capath and cadata cannot be all omitted");
    }
    byte[] file = cafile == Py.None ? null : path(cafile, "cafile");
    byte[] folder = capath == Py.None ? null : path(capath, "capath");
    if (cadata instanceof PyStr s) {
      String text = s.toString();
      if (!text.chars().allMatch(c -> c < 128)) {
        throw badData();
      }
      addPem(store, text.getBytes(StandardCharsets.US_ASCII));
    } else if (cadata != Py.None) {
      byte[] b = PyBuffers.toBytesOrNull(cadata);
      if (b == null) {
        throw badData();
      }
      addDer(store, b);
    }
    if (file != null) {
      addFile(store, contents(file));
    }
    if (folder != null) {
      store.addFolder(folder);
    }
  }

  private static PyException badData() {
    return Errors.typeError("cadata should be an ASCII string or a bytes-like object");
  }

  private static void checkData(byte[] b) {
    if (b.length == 0) {
      throw Errors.valueError("Empty certificate data");
    }
  }

  private static void addPem(TrustStore store, byte[] data) {
    checkData(data);
    int n = 0;
    try {
      for (Pem p : Pem.read(data)) {
        if (p.isCertificate()) {
          store.add(TrustStore.certificate(p.body()));
          n++;
        }
      }
    } catch (Pem.BadPem | CertificateException e) {
      throw SslErrors.pemLib("X509", IN_DATA_BODY);
    }
    if (n == 0) {
      throw SslErrors.plain("no start line: cadata does not contain a certificate", IN_DATA);
    }
  }

  private static void addDer(TrustStore store, byte[] data) {
    checkData(data);
    int at = 0;
    while (at < data.length) {
      int n = derLength(data, at);
      if (n < 0 || at + n > data.length) {
        if (at == 0) {
          throw SslErrors.plain("not enough data: cadata does not contain a certificate", IN_DATA);
        }
        throw SslErrors.of("ASN1", "HEADER_TOO_LONG", "header too long", 123, IN_DATA_BODY);
      }
      try {
        store.add(TrustStore.certificate(Arrays.copyOfRange(data, at, at + n)));
      } catch (CertificateException e) {
        throw SslErrors.of("ASN1", "BAD_OBJECT_HEADER", "bad object header", 102, IN_DATA_BODY);
      }
      at += n;
    }
  }

  /** The length of the sequence that begins there, with its head; -1 if none does. */
  private static int derLength(byte[] b, int at) {
    if (b.length - at < 4 || b[at] != 0x30) {
      return -1;
    }
    int n = b[at + 1] & 0xff;
    if (n < 0x80) {
      return 2 + n;
    }
    int bytes = n & 0x7f;
    if (bytes == 0 || bytes > 3 || at + 2 + bytes > b.length) {
      return -1;
    }
    int length = 0;
    for (int i = 0; i < bytes; i++) {
      length = length << 8 | b[at + 2 + i] & 0xff;
    }
    return 2 + bytes + length;
  }

  /** Certificates and revocation lists of a file. */
  private static void addFile(TrustStore store, byte[] data) {
    int n = 0;
    try {
      for (Pem p : Pem.read(data)) {
        if (p.isCertificate()) {
          store.add(TrustStore.certificate(p.body()));
          n++;
        } else if (p.isCrl()) {
          store.add(TrustStore.crl(p.body()));
          n++;
        }
      }
    } catch (Pem.BadPem | GeneralSecurityException e) {
      throw SslErrors.pemLib("X509", IN_FILE);
    }
    if (n == 0) {
      throw SslErrors.of(
          "X509", "NO_CERTIFICATE_OR_CRL_FOUND", "no certificate or crl found", 136, IN_FILE);
    }
  }

  // ---- defaults

  private static boolean exists(String path) {
    return new java.io.File(path).exists();
  }

  /** The file and the folder that this system uses. */
  static String[] defaults() {
    for (String[] d : DEFAULTS) {
      if (exists(d[0])) {
        return d;
      }
    }
    return DEFAULTS[0];
  }

  private static byte[] variable(String name, String otherwise) {
    byte @Nullable [] b = Env.get(name.getBytes(StandardCharsets.US_ASCII));
    return b != null ? b : otherwise.getBytes(StandardCharsets.UTF_8);
  }

  /** What can't be read is passed over. */
  static void trustDefaults(TrustStore store) {
    String[] d = defaults();
    try {
      for (Pem p : Pem.read(HostFiles.readAll(variable(FILE_VARIABLE, d[0])))) {
        if (p.isCertificate()) {
          store.add(TrustStore.certificate(p.body()));
        }
      }
    } catch (HostException | Pem.BadPem | CertificateException e) {
      // as if there were none
    }
    store.addFolder(variable(FOLDER_VARIABLE, d[1]));
  }

  // ---- others

  /** Whether a file holds parameters for Diffie-Hellman; the JDK has groups of its own. */
  static void checkDhParameters(PyObject path) {
    byte[] data = contents(FsPaths.toBytes(path));
    try {
      for (Pem p : Pem.read(data)) {
        if (p.label().equals("DH PARAMETERS") || p.label().equals("X9.42 DH PARAMETERS")) {
          return;
        }
      }
    } catch (Pem.BadPem e) {
      // none, then
    }
    throw SslErrors.of("PEM", "NO_START_LINE", "no start line", 108, 4467);
  }

  /** What {@code getpeercert()} would tell of the first certificate in a file. */
  static PyObject decode(PyObject path) {
    byte[] data;
    try {
      data = HostFiles.readAll(FsPaths.toBytes(path));
    } catch (HostException e) {
      if (e.errno() == Errno.EINTR) {
        throw OsErrors.of(e);
      }
      throw Errors.of(SslErrors.ERROR, "Can't open file");
    }
    try {
      for (Pem p : Pem.read(data)) {
        if (p.isCertificate()) {
          return CertificateText.decode(Certificate.getInstance(p.body()));
        }
      }
    } catch (Pem.BadPem | IllegalArgumentException e) {
      // the error below says it
    }
    throw Errors.of(SslErrors.ERROR, "Error decoding PEM-encoded file");
  }
}
