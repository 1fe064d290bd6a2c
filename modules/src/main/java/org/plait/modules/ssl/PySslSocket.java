package org.plait.modules.ssl;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLEngine;
import org.bouncycastle.asn1.x509.Certificate;
import org.jspecify.annotations.Nullable;
import org.plait.host.HostException;
import org.plait.host.file.Fd;
import org.plait.host.wait.Readiness;
import org.plait.modules.PySocket;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PySetter;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.boot.Waits;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.OsErrors;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.interp.Unraisable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.Buffer;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.types.PyTuple;

/**
 * {@code _ssl._SSLSocket}: a TLS connection as Python sees it. Does the waiting that {@link
 * TlsLink} leaves out, and calls back into Python; both without any lock. Over memory, or where the
 * socket is non-blocking, what is lacking is an error that says so.
 */
@PyTypeDef(
    name = "_SSLSocket",
    module = "_ssl",
    flags = {TypeFlag.DISALLOW_INSTANTIATION})
public final class PySslSocket extends PyObject {
  public static final PyType TYPE = PyType.builtin(PySslSocketTable.INSTANCE);

  private static final int ALERT_HANDSHAKE_FAILURE = 40;
  private static final int ALERT_INTERNAL_ERROR = 80;

  private final TlsLink link;

  /** Null where the records go through memory. */
  private final @Nullable PySocket socket;

  private final @Nullable String hostname;
  private volatile PyObject owner;

  PySslSocket(TlsLink link, @Nullable PySocket socket, @Nullable String hostname, PyObject owner) {
    this.link = link;
    this.socket = socket;
    this.hostname = hostname;
    this.owner = owner;
    if (link.context().messageCallback() != Py.None) {
      link.log().turnOn();
    }
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  // ---- waiting

  /** When the operation that begins now must be done. */
  private long deadline() {
    if (socket == null) {
      return 0;
    }
    if (socket.descriptor() < 0) {
      throw SslErrors.plain("Underlying socket has been closed.", SslErrors.IN_HANDSHAKE);
    }
    return socket.deadline();
  }

  /** Waits for what a step lacks. */
  private void await(TlsLink.Lacks lacks, int line, long deadline) {
    if (lacks == TlsLink.Lacks.ANSWER) {
      answer(line);
      return;
    }
    boolean input = lacks == TlsLink.Lacks.INPUT;
    if (socket == null || socket.isNonBlocking()) {
      throw input ? SslErrors.wantRead(line) : SslErrors.wantWrite(line);
    }
    int fd = socket.descriptor();
    if (fd < 0) {
      throw SslErrors.plain("Underlying socket has been closed.", line);
    }
    if (!Waits.await(Readiness.of(fd, input ? Fd.POLLIN : Fd.POLLOUT), deadline)) {
      String text =
          switch (line) {
            case SslErrors.IN_HANDSHAKE -> "_ssl.c:1064: The handshake operation timed out";
            case SslErrors.IN_WRITE -> "The write operation timed out";
            default -> input ? "The read operation timed out" : "The write operation timed out";
          };
      throw Errors.of(Exceptions.TimeoutError, text);
    }
  }

  /** Tells the debugging callback of what went by. */
  private void tell() {
    List<MessageLog.Entry> entries = link.log().drain();
    if (entries.isEmpty()) {
      return;
    }
    PyObject callback = link.context().messageCallback();
    if (callback == Py.None) {
      return;
    }
    for (MessageLog.Entry e : entries) {
      callback.call(
          new PyObject[] {
            owner == Py.None ? this : owner,
            Py.str(e.outgoing() ? "write" : "read"),
            Py.int_(e.version()),
            Py.int_(e.contentType()),
            Py.int_(e.messageType()),
            Py.bytes(e.data())
          },
          null);
    }
  }

  /** The client has said whom it wants: asks the program which context is to answer. */
  // Compare CPython _servername_callback in _ssl.c.
  private void answer(int line) {
    PySslContext context = link.context();
    PyObject callback = context.sniCallback();
    if (callback == Py.None) {
      link.accept(line);
      return;
    }
    Hello hello = link.clientHello();
    String name = hello == null ? null : hello.serverName();
    int alert;
    PyObject result = null;
    try {
      result = callback.call3(owner == Py.None ? this : owner, Py.strOrNone(name), context);
      if (result == Py.None) {
        link.accept(line);
        return;
      }
    } catch (PyException e) {
      Unraisable.reportAbout(
          e.value,
          "Exception ignored in ssl servername callback while calling set SNI callback",
          callback);
    }
    alert = ALERT_HANDSHAKE_FAILURE;
    if (result != null) {
      try {
        alert = (int) PyNumbers.asLong(PyNumbers.index(result), Exceptions.OverflowError);
      } catch (PyException e) {
        Unraisable.reportAbout(
            e.value,
            "Exception ignored in ssl servername callback while calling set SNI callback",
            callback);
        alert = ALERT_INTERNAL_ERROR;
      }
    }
    link.reject(alert);
    throw SslErrors.tls("CALLBACK_FAILED", line);
  }

  // ---- data

  /** One step of an operation of the link; takes the line that errors name. */
  private interface Step {
    TlsLink.Lacks take(int line);
  }

  /** Takes steps until nothing is lacking. */
  private void untilDone(int line, long deadline, Step step) {
    for (TlsLink.Lacks l = step.take(line); l != TlsLink.Lacks.NOTHING; l = step.take(line)) {
      await(l, line, deadline);
    }
  }

  /** A whole operation, within the socket's time-out. */
  private void finish(int line, Step step) {
    try {
      untilDone(line, deadline(), step);
    } catch (HostException e) {
      throw OsErrors.of(e);
    }
    tell();
  }

  @PyMethod(name = "do_handshake", sig = "()")
  void doHandshake() {
    finish(SslErrors.IN_HANDSHAKE, link::handshake);
  }

  @PyMethod(sig = "(b, /)", doc = "Writes as much as fits into one record.")
  int write(PyObject b) {
    byte[] bytes;
    try (Buffer from = PyBuffers.read(b)) {
      bytes = new byte[room((int) Math.min(from.length, Integer.MAX_VALUE))];
      from.get(0, bytes, 0, bytes.length);
    }
    int line = SslErrors.IN_WRITE;
    long deadline = deadline();
    long[] result = new long[2];
    try {
      untilDone(line, deadline, n -> link.write(bytes, n, result));
      boolean done = false;
      try {
        while (!link.flushed(result[1])) {
          await(TlsLink.Lacks.OUTPUT, line, deadline);
        }
        done = true;
      } finally {
        if (!done) {
          link.brokenOff(result[0], result[1]);
        }
      }
    } catch (HostException e) {
      throw OsErrors.of(e);
    }
    tell();
    return (int) result[0];
  }

  private int read(byte[] to, int count) {
    int[] result = new int[1];
    finish(SslErrors.IN_READ, line -> link.read(to, count, line, result));
    return result[0];
  }

  /** How much of that size one record holds. */
  private static int room(int size) {
    return Math.min(size, TlsLink.MAX_RECORD);
  }

  @PyMethod(raw = true, sig = "!(len, buffer=NULL, /)")
  PyObject read(PyObject[] args, String @Nullable [] kwnames) {
    if (args.length < 1 || args.length > 2 || kwnames != null) {
      throw Errors.typeError("_ssl._SSLSocket.read requires 1 to 2 arguments");
    }
    int size = (int) PyNumbers.asLong(PyNumbers.index(args[0]), Exceptions.OverflowError);
    if (args.length == 2) {
      try (Buffer to = PyBuffers.write(args[1], "read() argument 2")) {
        int count = size <= 0 || size > to.length ? (int) to.length : size;
        if (count == 0) {
          return Py.int_(0);
        }
        byte[] b = new byte[room(count)];
        int n = read(b, b.length);
        to.set(0, b, 0, n);
        return Py.int_(n);
      }
    }
    if (size < 0) {
      throw Errors.valueError("size should not be negative");
    }
    if (size == 0) {
      return Py.bytes(new byte[0]);
    }
    byte[] b = new byte[room(size)];
    int n = read(b, b.length);
    return Py.bytes(n == b.length ? b : Arrays.copyOf(b, n));
  }

  @PyMethod(sig = "()", doc = "How many bytes can be read without looking at the wire.")
  int pending() {
    return link.pending();
  }

  @PyMethod(sig = "()", doc = "Ends TLS in both directions; gives the socket back.")
  PyObject shutdown() {
    finish(SslErrors.IN_SHUTDOWN, link::shutdown);
    return Py.orNone(socket);
  }

  // ---- the connection

  @PyMethod(sig = "(der=False, /)", doc = "The certificate of the other end.")
  PyObject getpeercert(boolean der) {
    if (!link.isHandshakeDone()) {
      throw Errors.valueError("handshake not done yet");
    }
    List<X509Certificate> peer = link.peer();
    if (peer.isEmpty()) {
      return Py.None;
    }
    byte[] b = CertificateFiles.der(peer.getFirst());
    if (der) {
      return Py.bytes(b);
    }
    return link.context().verifyMode() == PySslContext.CERT_NONE
        ? Py.dict()
        : CertificateText.decode(Certificate.getInstance(b));
  }

  private static PyObject list(List<X509Certificate> chain) {
    List<PyObject> all = new ArrayList<>();
    for (X509Certificate c : chain) {
      all.add(new PyCertificate(CertificateFiles.der(c)));
    }
    return Py.list(all);
  }

  @PyMethod(name = "get_unverified_chain", sig = "()")
  PyObject getUnverifiedChain() {
    List<X509Certificate> peer = link.peer();
    return peer.isEmpty() ? Py.None : list(peer);
  }

  @PyMethod(name = "get_verified_chain", sig = "()")
  PyObject getVerifiedChain() {
    List<X509Certificate> verified = link.verified();
    return verified.isEmpty() ? getUnverifiedChain() : list(verified);
  }

  @PyMethod(name = "get_channel_binding", sig = "(cb_type='tls-unique')")
  PyObject getChannelBinding(String kind) {
    if (!kind.equals("tls-unique")) {
      throw Errors.valueError("'" + kind + "' channel binding type not implemented");
    }
    if (!link.isHandshakeDone()) {
      return Py.None;
    }
    // The JDK keeps the messages to itself that this value comes from.
    throw Errors.notImplemented("'tls-unique' channel binding is not supported");
  }

  private static PyTuple describe(CipherSuites.Suite s) {
    return Py.tuple(Py.str(s.name()), Py.str(s.version()), Py.int_(s.bits()));
  }

  @PyMethod(sig = "()")
  PyObject cipher() {
    SSLEngine e = link.established();
    CipherSuites.Suite s = e == null ? null : CipherSuites.byJava(e.getSession().getCipherSuite());
    return s == null ? Py.None : describe(s);
  }

  @PyMethod(name = "shared_ciphers", sig = "()")
  PyObject sharedCiphers() {
    Hello hello = link.isServer() ? link.clientHello() : null;
    if (hello == null) {
      return Py.None;
    }
    List<PyObject> all = new ArrayList<>();
    for (CipherSuites.Suite s : link.context().suites()) {
      if (hello.suites().contains(s.id())) {
        all.add(describe(s));
      }
    }
    return Py.list(all);
  }

  @PyMethod(sig = "()")
  PyObject version() {
    SSLEngine e = link.established();
    return e == null ? Py.None : Py.str(e.getSession().getProtocol());
  }

  @PyMethod(name = "selected_alpn_protocol", sig = "()")
  PyObject selectedAlpnProtocol() {
    SSLEngine e = link.established();
    String name = e == null ? null : e.getApplicationProtocol();
    return name == null || name.isEmpty() ? Py.None : Py.str(name);
  }

  @PyMethod(sig = "()")
  PyObject compression() {
    return Py.None;
  }

  @PyMethod(name = "verify_client_post_handshake", sig = "()")
  PyObject verifyClientPostHandshake() {
    throw Errors.notImplemented("Post-handshake auth is not supported by your OpenSSL version.");
  }

  // ---- attributes

  @PyGetter("context")
  PyObject getContext() {
    return link.context();
  }

  @PySetter("context")
  void setContext(@Nullable PyObject value) {
    if (!(value instanceof PySslContext c)) {
      throw Errors.typeError("The value must be a SSLContext");
    }
    link.setContext(c);
  }

  @PyGetter("server_side")
  boolean getServerSide() {
    return link.isServer();
  }

  @PyGetter("server_hostname")
  PyObject getServerHostname() {
    return Py.strOrNone(hostname);
  }

  @PyGetter("owner")
  PyObject getOwner() {
    return owner;
  }

  @PySetter("owner")
  void setOwner(@Nullable PyObject value) {
    owner = Py.orNone(value);
  }

  @PyGetter("session")
  PyObject getSession() {
    SessionKey s = link.session();
    return s == null ? Py.None : new PySslSession(s, link.context());
  }

  // Compare CPython _ssl__SSLSocket_session_set_impl in _ssl.c.
  @PySetter("session")
  void setSession(@Nullable PyObject value) {
    if (!(value instanceof PySslSession s)) {
      throw Errors.typeError("Value is not a SSLSession.");
    }
    if (s.context != link.context()) {
      throw Errors.valueError("Session refers to a different SSLContext.");
    }
    if (link.isServer()) {
      throw Errors.valueError("Cannot set session for server-side SSLSocket.");
    }
    if (link.isHandshakeDone()) {
      throw Errors.valueError("Cannot set session after handshake.");
    }
    link.setSession(s.key);
  }

  @PyGetter("session_reused")
  boolean getSessionReused() {
    return link.isReused();
  }
}
