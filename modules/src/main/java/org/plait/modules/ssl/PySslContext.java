package org.plait.modules.ssl;

import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.plait.modules.PySocket;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PySetter;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.interp.Audit;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyInstance;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.Warnings;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyStr;

/**
 * {@code _ssl._SSLContext}: settings, each a volatile field of its own, keys and trusted
 * certificates. A connection takes the settings as they are when its handshake begins.
 */
@PyTypeDef(
    name = "_SSLContext",
    module = "_ssl",
    subclassable = true,
    doc = "Settings, keys and trusted certificates of TLS connections.")
public class PySslContext extends PyInstance {
  public static final PyType TYPE = PyType.builtin(PySslContextTable.INSTANCE);

  static final int CERT_NONE = 0;
  static final int CERT_OPTIONAL = 1;
  static final int CERT_REQUIRED = 2;

  private static final int PROTOCOL_TLS = 2;
  private static final int PROTOCOL_TLS_V1_2 = 5;
  private static final int PROTOCOL_TLS_CLIENT = 16;
  private static final int PROTOCOL_TLS_SERVER = 17;

  private static final int MINIMUM_SUPPORTED = -2;
  private static final int MAXIMUM_SUPPORTED = -1;
  private static final int SSL_V3 = 0x300;
  private static final int TLS_V1 = 0x301;
  private static final int TLS_V1_2 = 0x303;
  private static final int TLS_V1_3 = 0x304;

  private static final long OP_NO_TLS_V1_2 = 0x0800_0000L;
  private static final long OP_NO_TLS_V1_3 = 0x2000_0000L;

  /** OP_NO_SSLv3 and the like for all versions, which are deprecated. */
  private static final long OP_NO_VERSIONS = 0x3e00_0000L;

  private static final long OP_CIPHER_SERVER_PREFERENCE = 0x40_0000L;

  /**
   * OP_ALL, OP_NO_SSLv3, OP_CIPHER_SERVER_PREFERENCE, OP_NO_COMPRESSION and
   * OP_ENABLE_MIDDLEBOX_COMPAT.
   */
  private static final long DEFAULT_OPTIONS = 0x8252_0050L;

  private static final int TRUSTED_FIRST = 0x8000;
  private static final int NO_PARTIAL_WILDCARDS = 0x4;

  /** The JDK's names of the curves that it has. */
  private static final Map<String, String> CURVES =
      Map.of(
          "prime256v1", "secp256r1",
          "secp256r1", "secp256r1",
          "P-256", "secp256r1",
          "secp384r1", "secp384r1",
          "P-384", "secp384r1",
          "secp521r1", "secp521r1",
          "P-521", "secp521r1",
          "X25519", "x25519",
          "X448", "x448");

  private static final List<String> STATS =
      List.of(
          "number",
          "connect",
          "connect_good",
          "connect_renegotiate",
          "accept",
          "accept_good",
          "accept_renegotiate",
          "hits",
          "misses",
          "timeouts",
          "cache_full");

  private final int protocol;
  private final TrustStore store = new TrustStore();
  private final Map<String, AtomicInteger> stats = new ConcurrentHashMap<>();
  private volatile List<KeyAndTrust.Identity> identities = List.of();
  private volatile CipherSuites.Choice ciphers;
  private volatile int level = 2;
  private volatile long options = DEFAULT_OPTIONS;
  private volatile int verifyMode;
  private volatile int verifyFlags = TRUSTED_FIRST;
  private volatile int hostFlags = NO_PARTIAL_WILDCARDS;
  private volatile boolean checkHostname;

  /** The versions allowed; 0 for no bound. */
  private volatile int minimum = TLS_V1_2;

  private volatile int maximum;
  private volatile List<String> alpn = List.of();
  private volatile @Nullable String group;
  private volatile PyObject sniCallback = Py.None;
  private volatile PyObject messageCallback = Py.None;

  /** Kept for the program to read: the JDK sends as many session tickets as it is set to. */
  private volatile int numTickets = 2;

  /** Kept for the program to read: the JDK does not shake hands for it later on. */
  private volatile boolean postHandshakeAuth;

  private @Nullable EngineMaker maker;

  PySslContext(PyType type, int protocol) {
    super(type);
    this.protocol = protocol;
    CipherSuites.Choice c = CipherSuites.choose(CipherSuites.DEFAULT);
    if (c == null) {
      throw new IllegalStateException("no cipher suites");
    }
    this.ciphers = c;
    if (protocol == PROTOCOL_TLS_CLIENT) {
      checkHostname = true;
      verifyMode = CERT_REQUIRED;
    }
    if (protocol == PROTOCOL_TLS_V1_2) {
      minimum = 0;
    }
  }

  // Compare CPython _ssl__SSLContext_impl in _ssl.c.
  @PyNew(sig = "(protocol, /)")
  static PyObject new_(PyType cls, int protocol) {
    switch (protocol) {
      case PROTOCOL_TLS -> deprecated("ssl.PROTOCOL_TLS is deprecated");
      case PROTOCOL_TLS_V1_2 -> deprecated("ssl.PROTOCOL_TLSv1_2 is deprecated");
      case PROTOCOL_TLS_CLIENT, PROTOCOL_TLS_SERVER -> {}
      default -> throw Errors.valueError("invalid or unsupported protocol version " + protocol);
    }
    return new PySslContext(cls, protocol);
  }

  static void deprecated(String text) {
    Warnings.warn(Exceptions.DeprecationWarning, text, 2);
  }

  // ---- for connections

  TrustStore store() {
    return store;
  }

  List<KeyAndTrust.Identity> identities() {
    return identities;
  }

  int verifyMode() {
    return verifyMode;
  }

  List<CipherSuites.Suite> suites() {
    return ciphers.suites();
  }

  PyObject sniCallback() {
    return sniCallback;
  }

  PyObject messageCallback() {
    return messageCallback;
  }

  ChainVerifier verifier(boolean ofServer) {
    return new ChainVerifier(store, verifyFlags, level, ofServer);
  }

  @Nullable HostName wantedName(@Nullable String hostname) {
    return checkHostname && hostname != null ? new HostName(hostname, hostFlags) : null;
  }

  void count(String what) {
    stats.computeIfAbsent(what, k -> new AtomicInteger()).incrementAndGet();
  }

  /** What the engine knows of the other end's certificates: those of a session taken up. */
  List<X509Certificate> peerOf(SSLEngine engine) {
    try {
      List<X509Certificate> all = new ArrayList<>();
      for (Certificate c : engine.getSession().getPeerCertificates()) {
        if (c instanceof X509Certificate x) {
          all.add(x);
        }
      }
      return List.copyOf(all);
    } catch (SSLPeerUnverifiedException e) {
      return List.of();
    }
  }

  private List<String> protocols() {
    int min = minimum;
    int max = maximum == 0 ? TLS_V1_3 : maximum;
    if (protocol == PROTOCOL_TLS_V1_2) {
      min = TLS_V1_2;
      max = TLS_V1_2;
    }
    List<String> all = new ArrayList<>();
    if (max >= TLS_V1_3 && min <= TLS_V1_3 && (options & OP_NO_TLS_V1_3) == 0) {
      all.add("TLSv1.3");
    }
    if (max >= TLS_V1_2 && min <= TLS_V1_2 && (options & OP_NO_TLS_V1_2) == 0) {
      all.add("TLSv1.2");
    }
    return all;
  }

  private synchronized EngineMaker maker() {
    if (maker == null) {
      maker = new EngineMaker(this);
    }
    return maker;
  }

  SSLEngine engine(boolean server, @Nullable String hostname, String sessionName) {
    List<String> protocols = protocols();
    if (protocols.isEmpty()) {
      throw SslErrors.tls("NO_PROTOCOLS_AVAILABLE", SslErrors.IN_HANDSHAKE);
    }
    return maker()
        .make(
            new EngineMaker.Wanted(
                server,
                hostname,
                sessionName,
                protocols,
                ciphers.suites(),
                (options & OP_CIPHER_SERVER_PREFERENCE) != 0,
                verifyMode,
                alpn,
                group));
  }

  // ---- connections

  // Compare CPython newPySSLSocket in _ssl.c.
  private PyObject connection(
      Wire wire,
      @Nullable PySocket socket,
      boolean server,
      PyObject hostname,
      PyObject owner,
      PyObject session) {
    String name = null;
    if (hostname != Py.None) {
      name = hostname(hostname);
      if (name.isEmpty() || name.startsWith(".")) {
        throw Errors.valueError(
            "server_hostname cannot be an empty string or start with a leading dot.");
      }
    }
    if (server && protocol == PROTOCOL_TLS_CLIENT) {
      throw SslErrors.plain(
          "Cannot create a server socket with a PROTOCOL_TLS_CLIENT context", 867);
    }
    if (!server && protocol == PROTOCOL_TLS_SERVER) {
      throw SslErrors.plain(
          "Cannot create a client socket with a PROTOCOL_TLS_SERVER context", 874);
    }
    TlsLink link = new TlsLink(this, wire, server, name);
    PySslSocket s = new PySslSocket(link, socket, name, owner);
    if (session != Py.None) {
      s.setSession(session);
    }
    return s;
  }

  private static String hostname(PyObject o) {
    String s;
    if (o instanceof PyStr t) {
      s = t.toString();
    } else {
      byte[] b = PyBuffers.toBytesOrNull(o);
      if (b == null) {
        throw Errors.typeError("argument must be str, bytes or bytearray, not " + o.type().name());
      }
      s = new String(b, StandardCharsets.ISO_8859_1);
    }
    if (s.indexOf(0) >= 0) {
      throw Errors.typeError(
          "argument must be encoded string without null bytes, not " + o.type().name());
    }
    return s;
  }

  @PyMethod(
      name = "_wrap_socket",
      sig = "(sock, server_side, server_hostname=None, *, owner=None, session=None)")
  PyObject wrapSocket(
      PySocket sock, boolean serverSide, PyObject hostname, PyObject owner, PyObject session) {
    return connection(new SocketWire(sock), sock, serverSide, hostname, owner, session);
  }

  @PyMethod(
      name = "_wrap_bio",
      sig = "(incoming, outgoing, server_side, server_hostname=None, *, owner=None, session=None)")
  PyObject wrapBio(
      PyMemoryBio incoming,
      PyMemoryBio outgoing,
      boolean serverSide,
      PyObject hostname,
      PyObject owner,
      PyObject session) {
    return connection(new BioWire(incoming, outgoing), null, serverSide, hostname, owner, session);
  }

  // ---- keys and certificates

  @PyMethod(
      name = "load_cert_chain",
      sig = "(certfile, keyfile=None, password=None)",
      doc = "Reads a certificate, those above it, and its key.")
  void loadCertChain(PyObject certfile, PyObject keyfile, PyObject password) {
    KeyAndTrust.Identity i = CertificateFiles.identity(certfile, keyfile, password);
    synchronized (this) {
      List<KeyAndTrust.Identity> all = new ArrayList<>(identities);
      all.removeIf(old -> old.kind().equals(i.kind()));
      all.add(i);
      identities = List.copyOf(all);
    }
  }

  @PyMethod(
      name = "load_verify_locations",
      sig = "(cafile=None, capath=None, cadata=None)",
      doc = "Adds to what is trusted in.")
  void loadVerifyLocations(PyObject cafile, PyObject capath, PyObject cadata) {
    CertificateFiles.trust(store, cafile, capath, cadata);
  }

  @PyMethod(
      name = "set_default_verify_paths",
      sig = "()",
      doc = "Trusts in what the system trusts in.")
  void setDefaultVerifyPaths() {
    CertificateFiles.trustDefaults(store);
  }

  @PyMethod(name = "cert_store_stats", sig = "()", doc = "How much is in the store.")
  PyObject certStoreStats() {
    List<X509Certificate> all = store.certificates();
    PyDict d = new PyDict();
    d.putStr("x509", Py.int_(all.size()));
    d.putStr("crl", Py.int_(store.crls().size()));
    d.putStr("x509_ca", Py.int_(all.stream().filter(TrustStore::isAuthority).count()));
    return d;
  }

  @PyMethod(
      name = "get_ca_certs",
      sig = "(binary_form=False)",
      doc = "The authorities' certificates that have been loaded.")
  PyObject getCaCerts(boolean binary) {
    List<PyObject> all = new ArrayList<>();
    for (X509Certificate c : store.certificates()) {
      if (TrustStore.isAuthority(c)) {
        byte[] der = CertificateFiles.der(c);
        all.add(
            binary
                ? Py.bytes(der)
                : CertificateText.decode(org.bouncycastle.asn1.x509.Certificate.getInstance(der)));
      }
    }
    return Py.list(all);
  }

  @PyMethod(name = "load_dh_params", sig = "(path, /)")
  void loadDhParams(PyObject path) {
    if (Audit.isUsed()) {
      Audit.raise("open", path, Py.str("rb"), Py.int_(0));
    }
    CertificateFiles.checkDhParameters(path);
  }

  @PyMethod(name = "set_ecdh_curve", sig = "(name, /)")
  void setEcdhCurve(PyObject name) {
    byte[] b = org.plait.runtime.boot.FsPaths.toBytes(name);
    String curve = CURVES.get(new String(b, StandardCharsets.UTF_8));
    if (curve == null) {
      throw Errors.valueError(
          "unknown elliptic curve name "
              + PyObjects.repr(
                  name instanceof PyStr ? name : Py.str(new String(b, StandardCharsets.UTF_8))));
    }
    group = curve;
  }

  // ---- cipher suites and protocols above TLS

  @PyMethod(name = "set_ciphers", sig = "(cipherlist, /)")
  void setCiphers(String list) {
    CipherSuites.Choice c = CipherSuites.choose(list);
    if (c == null) {
      throw Errors.of(SslErrors.ERROR, "No cipher can be selected.");
    }
    ciphers = c;
    if (c.level() >= 0) {
      level = c.level();
    }
  }

  @PyMethod(name = "get_ciphers", sig = "()")
  PyObject getCiphers() {
    List<PyObject> all = new ArrayList<>();
    for (CipherSuites.Suite s : ciphers.suites()) {
      boolean aead = s.mac().equals("AEAD");
      PyDict d = new PyDict();
      d.putStr("id", Py.int_(0x0300_0000L | s.id()));
      d.putStr("name", Py.str(s.name()));
      d.putStr("protocol", Py.str(s.version()));
      d.putStr("description", Py.str(CipherSuites.description(s)));
      d.putStr("strength_bits", Py.int_(s.bits()));
      d.putStr("alg_bits", Py.int_(s.bits()));
      d.putStr("aead", Py.bool_(aead));
      d.putStr("symmetric", Py.str(CipherSuites.symmetric(s)));
      d.putStr("digest", aead ? Py.None : Py.str(CipherSuites.lower(s.mac())));
      d.putStr("kea", Py.str("kx-" + CipherSuites.lower(s.exchange())));
      d.putStr("auth", Py.str("auth-" + CipherSuites.lower(s.authentication())));
      all.add(d);
    }
    return Py.list(all);
  }

  @PyMethod(name = "_set_alpn_protocols", sig = "(protos, /)")
  void setAlpnProtocols(PyObject protos) {
    byte[] b = PyBuffers.toBytes(protos);
    List<String> all = new ArrayList<>();
    for (int at = 0; at < b.length; ) {
      int n = b[at++] & 0xff;
      if (n == 0 || at + n > b.length) {
        throw Errors.memoryError();
      }
      all.add(new String(b, at, n, StandardCharsets.ISO_8859_1));
      at += n;
    }
    alpn = List.copyOf(all);
  }

  @PyMethod(name = "session_stats", sig = "()")
  PyObject sessionStats() {
    PyDict d = new PyDict();
    for (String name : STATS) {
      AtomicInteger n = stats.get(name);
      d.putStr(name, Py.int_(n == null ? 0 : n.get()));
    }
    return d;
  }

  @PyMethod(name = "set_psk_client_callback", sig = "(callback)")
  void setPskClientCallback(PyObject callback) {
    throw Errors.notImplemented("TLS-PSK is not supported by your OpenSSL version.");
  }

  @PyMethod(name = "set_psk_server_callback", sig = "(callback, identity_hint=None)")
  void setPskServerCallback(PyObject callback, PyObject hint) {
    throw Errors.notImplemented("TLS-PSK is not supported by your OpenSSL version.");
  }

  // ---- attributes

  private static PyObject given(@Nullable PyObject value, String name) {
    if (value == null) {
      throw Errors.of(Exceptions.AttributeError, "cannot delete attribute '" + name + "'");
    }
    return value;
  }

  private static int number(@Nullable PyObject value, String name) {
    PyInt i = PyNumbers.index(given(value, name));
    return (int) PyNumbers.asLong(i, Exceptions.OverflowError);
  }

  @PyGetter("check_hostname")
  boolean getCheckHostname() {
    return checkHostname;
  }

  @PySetter("check_hostname")
  synchronized void setCheckHostname(@Nullable PyObject value) {
    boolean on = PyObjects.isTrue(given(value, "check_hostname"));
    if (on && verifyMode == CERT_NONE) {
      verifyMode = CERT_REQUIRED;
    }
    checkHostname = on;
  }

  @PyGetter("_host_flags")
  int getHostFlags() {
    return hostFlags;
  }

  @PySetter("_host_flags")
  void setHostFlags(@Nullable PyObject value) {
    hostFlags = number(value, "_host_flags");
  }

  @PyGetter("minimum_version")
  int getMinimumVersion() {
    return minimum == 0 ? MINIMUM_SUPPORTED : minimum;
  }

  @PySetter("minimum_version")
  void setMinimumVersion(@Nullable PyObject value) {
    int v = version(value, "minimum_version");
    minimum =
        switch (v) {
          case MINIMUM_SUPPORTED -> 0;
          case MAXIMUM_SUPPORTED -> TLS_V1_3;
          default -> v;
        };
  }

  @PyGetter("maximum_version")
  int getMaximumVersion() {
    return maximum == 0 ? MAXIMUM_SUPPORTED : maximum;
  }

  @PySetter("maximum_version")
  void setMaximumVersion(@Nullable PyObject value) {
    int v = version(value, "maximum_version");
    maximum =
        switch (v) {
          case MINIMUM_SUPPORTED -> TLS_V1;
          case MAXIMUM_SUPPORTED -> 0;
          default -> v;
        };
  }

  // Compare CPython set_min_max_proto_version in _ssl.c.
  private int version(@Nullable PyObject value, String name) {
    int v = number(value, name);
    String old =
        switch (v) {
          case SSL_V3 -> "SSLv3";
          case TLS_V1 -> "TLSv1";
          case TLS_V1 + 1 -> "TLSv1_1";
          default -> null;
        };
    if (old != null) {
      deprecated("ssl.TLSVersion." + old + " is deprecated");
    }
    if (protocol == PROTOCOL_TLS_V1_2) {
      throw Errors.valueError(
          "The context's protocol doesn't support modification of highest and lowest version.");
    }
    if (v != MINIMUM_SUPPORTED && v != MAXIMUM_SUPPORTED && (v < SSL_V3 || v > TLS_V1_3)) {
      throw Errors.valueError("Unsupported TLS/SSL version 0x" + Integer.toHexString(v));
    }
    return v;
  }

  private static PyObject callback(@Nullable PyObject value, String name) {
    PyObject f = given(value, name);
    if (f != Py.None && f.type().special(Special.CALL) == null) {
      throw Errors.typeError("not a callable object");
    }
    return f;
  }

  @PyGetter("_msg_callback")
  PyObject getMessageCallback() {
    return messageCallback;
  }

  @PySetter("_msg_callback")
  void setMessageCallback(@Nullable PyObject value) {
    messageCallback = callback(value, "_msg_callback");
  }

  @PyGetter("sni_callback")
  PyObject getSniCallback() {
    return sniCallback;
  }

  @PySetter("sni_callback")
  void setSniCallback(@Nullable PyObject value) {
    if (protocol == PROTOCOL_TLS_CLIENT) {
      throw Errors.valueError("sni_callback cannot be set on TLS_CLIENT context");
    }
    sniCallback = callback(value, "sni_callback");
  }

  @PyGetter("num_tickets")
  int getNumTickets() {
    return numTickets;
  }

  @PySetter("num_tickets")
  void setNumTickets(@Nullable PyObject value) {
    int n = number(value, "num_tickets");
    if (n < 0) {
      throw Errors.valueError("value must be non-negative");
    }
    if (protocol != PROTOCOL_TLS_SERVER) {
      throw Errors.valueError("SSLContext is not a server context.");
    }
    numTickets = n;
  }

  @PyGetter("options")
  long getOptions() {
    return options;
  }

  @PySetter("options")
  void setOptions(@Nullable PyObject value) {
    PyInt i = PyNumbers.index(given(value, "options"));
    if (i.signum() < 0) {
      throw Errors.valueError("Cannot convert negative int");
    }
    if (PyNumbers.asBig(i).bitLength() > 64) {
      throw Errors.overflowError("Python int too large for C unsigned long long");
    }
    long v = PyNumbers.asBig(i).longValue();
    if ((v & ~options & OP_NO_VERSIONS) != 0) {
      deprecated("ssl.OP_NO_SSL*/ssl.OP_NO_TLS* options are deprecated");
    }
    options = v;
  }

  @PyGetter("post_handshake_auth")
  boolean getPostHandshakeAuth() {
    return postHandshakeAuth;
  }

  @PySetter("post_handshake_auth")
  void setPostHandshakeAuth(@Nullable PyObject value) {
    postHandshakeAuth = PyObjects.isTrue(given(value, "post_handshake_auth"));
  }

  @PyGetter("protocol")
  int getProtocol() {
    return protocol;
  }

  @PyGetter("verify_flags")
  int getVerifyFlags() {
    return verifyFlags;
  }

  @PySetter("verify_flags")
  void setVerifyFlags(@Nullable PyObject value) {
    PyObject v = given(value, "verify_flags");
    if (!PyNumbers.isIndex(v)) {
      throw Errors.typeError(
          "argument must be int, not " + (v == Py.None ? "None" : v.type().name()));
    }
    verifyFlags = number(v, "verify_flags");
  }

  @PyGetter("verify_mode")
  int getVerifyMode() {
    return verifyMode;
  }

  @PySetter("verify_mode")
  synchronized void setVerifyMode(@Nullable PyObject value) {
    int n = number(value, "verify_mode");
    if (n == CERT_NONE && checkHostname) {
      throw Errors.valueError(
          "Cannot set verify_mode to CERT_NONE when check_hostname is enabled.");
    }
    if (n < CERT_NONE || n > CERT_REQUIRED) {
      throw Errors.valueError("invalid value for verify_mode");
    }
    verifyMode = n;
  }

  @PyGetter("security_level")
  int getSecurityLevel() {
    return level;
  }
}
