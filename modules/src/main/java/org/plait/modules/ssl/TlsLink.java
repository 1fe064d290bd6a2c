package org.plait.modules.ssl;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.plait.host.HostException;
import org.plait.runtime.exceptions.PyException;
import org.plait.sched.Mutex;

/**
 * One TLS connection: an engine, the records on their way to and from it, and what is known of the
 * other end. Nothing here waits: each step does what can be done at once and says what it lacks.
 *
 * <p>All state is under {@link #lock}, which each step takes and releases. No Python code runs
 * under it. Records are read from the wire one by one, so that what follows the end of TLS stays
 * there for whoever goes on in clear text.
 *
 * <p>A server's engine is made when the client's first message is complete: who is asked for the
 * name in it may choose another context.
 */
final class TlsLink {
  /** What a step lacks to get on. */
  enum Lacks {
    /** Nothing: it is done. */
    NOTHING,
    /** Data from the wire. */
    INPUT,
    /** Room on the wire. */
    OUTPUT,
    /** A server's answer to the client's first message: {@link #accept} or {@link #reject}. */
    ANSWER,
  }

  private enum State {
    OPEN,
    /** The other end has said what it does not like. */
    REFUSED,
    /** Anything else that can't be mended. */
    BROKEN,
  }

  /** The connection for which the engine asks about keys and certificates, on this thread. */
  static final ScopedValue<TlsLink> CURRENT = ScopedValue.newInstance();

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int ALERT = 21;
  private static final int HANDSHAKE = 22;
  private static final int HEAD = 5;

  /** The plain text that one record can hold. */
  static final int MAX_RECORD = 16384;

  private static final int MAX_RECORD_BODY = MAX_RECORD + 2048;

  /** How long a client's first message may be: OpenSSL's bound. */
  private static final int MAX_HELLO = 131_396;

  private final Mutex lock = new Mutex();
  private final Wire wire;
  private final boolean server;
  private final @Nullable String hostname;

  private PySslContext context;
  private @Nullable SessionKey session;
  private @Nullable SSLEngine engine;
  private State state = State.OPEN;
  private boolean handshakeDone;
  private boolean closeSent;
  private boolean closeReceived;
  private boolean endSeen;

  /** The record that is being read. */
  private byte[] record = new byte[HEAD];

  private int recordHas;
  private boolean anyRecord;

  /** What has come out of records and has not been read. */
  private byte[] plain = new byte[0];

  private int plainAt;

  /** What is still to go on the wire: out[outAt] to out[outEnd - 1]. */
  private byte[] out = new byte[0];

  private int outAt;
  private int outEnd;

  /** How many bytes have been queued and sent since the beginning. */
  private long queued;

  private long sent;

  /** A write that was broken off after its record was made: the next one takes it up. */
  private int retryCount;

  private long retryTarget;

  private @Nullable ByteArrayOutputStream firstRecords;
  private @Nullable Hello clientHello;
  private byte[] clientSessionId = new byte[0];
  private boolean reused;
  private boolean inCipher;
  private boolean outCipher;

  private ChainVerifier.@Nullable Refused refused;
  private List<X509Certificate> peer = List.of();
  private List<X509Certificate> verified = List.of();
  private final MessageLog log = new MessageLog();

  TlsLink(PySslContext context, Wire wire, boolean server, @Nullable String hostname) {
    this.context = context;
    this.wire = wire;
    this.server = server;
    this.hostname = hostname;
  }

  // ---- what is known

  /** Runs under the lock. */
  private <T extends @Nullable Object> T locked(java.util.function.Supplier<T> what) {
    lock.acquireUninterruptibly();
    try {
      return what.get();
    } finally {
      lock.release();
    }
  }

  boolean isServer() {
    return server;
  }

  MessageLog log() {
    return log;
  }

  PySslContext context() {
    return locked(() -> context);
  }

  /** Another context; counts for a server that has not answered the client yet. */
  void setContext(PySslContext c) {
    locked(() -> context = c);
  }

  boolean isHandshakeDone() {
    return locked(() -> handshakeDone);
  }

  int pending() {
    return locked(() -> plain.length - plainAt);
  }

  /** What the other end sent, its own first. */
  List<X509Certificate> peer() {
    return locked(() -> peer);
  }

  List<X509Certificate> verified() {
    return locked(() -> verified);
  }

  boolean isReused() {
    return locked(() -> reused);
  }

  @Nullable Hello clientHello() {
    return locked(() -> clientHello);
  }

  /** The session to take up; counts before the handshake. */
  void setSession(SessionKey s) {
    locked(() -> session = s);
  }

  @Nullable SessionKey session() {
    return locked(() -> handshakeDone ? session : null);
  }

  /** The engine after the handshake. */
  @Nullable SSLEngine established() {
    return locked(() -> handshakeDone ? engine : null);
  }

  boolean isCloseSent() {
    return locked(() -> closeSent);
  }

  // ---- the certificate of the other end

  /** Checks what the other end sent, if the context wants that. Called by the engine. */
  void check(X509Certificate[] chain) throws CertificateException {
    peer = List.of(chain);
    if (context.verifyMode() == PySslContext.CERT_NONE) {
      return;
    }
    try {
      verified = context.verifier(!server).verify(peer, context.wantedName(hostname));
    } catch (ChainVerifier.Refused e) {
      refused = e;
      throw new CertificateException(
          e.getMessage(),
          new CertPathValidatorException(e.getMessage(), null, null, -1, reason(e.code)));
    }
  }

  /** The reason that makes the engine send the alert that OpenSSL would. */
  private static CertPathValidatorException.Reason reason(int code) {
    return switch (code) {
      case 10, 12 -> CertPathValidatorException.BasicReason.EXPIRED;
      case 23 -> CertPathValidatorException.BasicReason.REVOKED;
      case 7, 8, 9, 62, 64 -> CertPathValidatorException.BasicReason.INVALID_SIGNATURE;
      default -> CertPathValidatorException.BasicReason.UNSPECIFIED;
    };
  }

  private static boolean meansUnknownAuthority(int code) {
    return code == 2 || code == 3 || code >= 18 && code <= 22;
  }

  // ---- steps

  /** Shakes hands. */
  Lacks handshake(int line) {
    lock.acquireUninterruptibly();
    try {
      return shake(line);
    } finally {
      lock.release();
    }
  }

  private Lacks shake(int line) {
    while (true) {
      if (handshakeDone || engine == null) {
        if (!flush()) {
          return Lacks.OUTPUT;
        }
        if (handshakeDone) {
          return Lacks.NOTHING;
        }
        checkState(line);
        Lacks l = begin(line);
        if (l != Lacks.NOTHING) {
          return l;
        }
      }
      checkState(line);
      HandshakeStatus status = engine.getHandshakeStatus();
      // What belongs together goes out together, before anything is waited for.
      if (status != HandshakeStatus.NEED_WRAP && status != HandshakeStatus.NEED_TASK && !flush()) {
        return Lacks.OUTPUT;
      }
      try {
        switch (status) {
          case NEED_TASK -> runTasks();
          case NEED_WRAP -> wrap(NOTHING);
          case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
            int n = fill(line);
            if (n == Wire.WOULD_BLOCK) {
              return Lacks.INPUT;
            }
            if (n == Wire.END) {
              throw end(line);
            }
            unwrap();
          }
          default -> handshakeFinished();
        }
      } catch (SSLException e) {
        throw broken(e, line);
      } catch (RuntimeException e) {
        throw e instanceof PyException || e instanceof HostException ? e : broken(e, line);
      }
      if (closeReceived && !handshakeDone) {
        state = State.BROKEN;
        throw SslErrors.unexpectedEof(line);
      }
    }
  }

  /** Makes the engine. A server waits for the client's first message before. */
  private Lacks begin(int line) {
    if (!server) {
      start(line);
      return Lacks.NOTHING;
    }
    if (clientHello == null) {
      if (firstRecords == null) {
        firstRecords = new ByteArrayOutputStream();
      }
      while (true) {
        int n = fill(line);
        if (n == Wire.WOULD_BLOCK) {
          return Lacks.INPUT;
        }
        if (n == Wire.END) {
          throw end(line);
        }
        boolean handshake = record[0] == HANDSHAKE;
        firstRecords.write(record, 0, recordHas);
        recordDone();
        byte[] message = handshake ? message(firstRecords.toByteArray()) : new byte[0];
        if (message == null) {
          if (firstRecords.size() > MAX_HELLO) {
            state = State.BROKEN;
            throw SslErrors.tls("EXCESSIVE_MESSAGE_SIZE", line);
          }
          continue;
        }
        clientHello = message.length == 0 ? null : Hello.read(message);
        if (clientHello == null) {
          accepted(line); // the engine will know what is wrong
          return Lacks.NOTHING;
        }
        break;
      }
    }
    return Lacks.ANSWER;
  }

  /** The handshake message at the start of these records, null if there is more to come. */
  private static byte @Nullable [] message(byte[] records) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int at = 0; at < records.length; ) {
      int n = (records[at + 3] & 0xff) << 8 | records[at + 4] & 0xff;
      all.write(records, at + HEAD, n);
      at += HEAD + n;
    }
    byte[] m = all.toByteArray();
    if (m.length < 4) {
      return null;
    }
    int n = 4 + ((m[1] & 0xff) << 16 | (m[2] & 0xff) << 8 | m[3] & 0xff);
    return m.length < n ? null : Arrays.copyOf(m, n);
  }

  private void start(int line) {
    SessionKey s = session == null || server ? new SessionKey() : session;
    session = s;
    engine = context.engine(server, hostname, s.name());
    context.count(server ? "accept" : "connect");
    try {
      engine.beginHandshake();
    } catch (SSLException e) {
      throw broken(e, line);
    }
  }

  /** Goes on with the handshake as the context has it. */
  void accept(int line) {
    lock.acquireUninterruptibly();
    try {
      accepted(line);
    } finally {
      lock.release();
    }
  }

  private void accepted(int line) {
    if (engine != null || firstRecords == null) {
      return;
    }
    start(line);
    byte[] all = firstRecords.toByteArray();
    firstRecords = null;
    try {
      ScopedValue.where(CURRENT, this)
          .call(
              () -> {
                ByteBuffer in = ByteBuffer.wrap(all);
                while (in.hasRemaining()) {
                  engine.unwrap(in, ByteBuffer.allocate(MAX_RECORD_BODY));
                }
                return null;
              });
    } catch (SSLException e) {
      throw broken(e, line);
    }
  }

  /** Ends the handshake with an alert. */
  void reject(int alert) {
    lock.acquireUninterruptibly();
    try {
      state = State.BROKEN;
      firstRecords = null;
      queue(new byte[] {ALERT, 3, 3, 0, 2, 2, (byte) alert}, 7);
      flushQuietly();
    } finally {
      lock.release();
    }
  }

  private void handshakeFinished() {
    handshakeDone = true;
    context.count(server ? "accept_good" : "connect_good");
    if (reused) {
      context.count("hits");
    }
    if (peer.isEmpty()) {
      peer = context.peerOf(engine);
    }
    if (session != null) {
      session.begin(engine.getSession());
    }
  }

  /**
   * Reads.
   *
   * @param result of one element: how many bytes, 0 at the end
   */
  Lacks read(byte[] to, int count, int line, int[] result) {
    lock.acquireUninterruptibly();
    try {
      while (true) {
        if (plainAt < plain.length) {
          int n = Math.min(count, plain.length - plainAt);
          System.arraycopy(plain, plainAt, to, 0, n);
          plainAt += n;
          result[0] = n;
          return Lacks.NOTHING;
        }
        result[0] = 0;
        if (state == State.REFUSED || closeReceived && !closeSent) {
          return Lacks.NOTHING;
        }
        if (closeReceived) {
          throw SslErrors.zeroReturn(line);
        }
        checkState(line);
        if (!handshakeDone) {
          Lacks l = shake(line);
          if (l != Lacks.NOTHING) {
            return l;
          }
        }
        int n = fill(line);
        if (n == Wire.WOULD_BLOCK) {
          return Lacks.INPUT;
        }
        if (n == Wire.END) {
          throw end(line);
        }
        take(line);
      }
    } finally {
      lock.release();
    }
  }

  /** Takes one record after the handshake. */
  private void take(int line) {
    try {
      unwrap();
      while (!closeReceived) {
        HandshakeStatus s = engine.getHandshakeStatus();
        if (s == HandshakeStatus.NEED_TASK) {
          runTasks();
        } else if (s == HandshakeStatus.NEED_WRAP) {
          wrap(NOTHING);
        } else {
          break;
        }
      }
      flush();
    } catch (SSLException e) {
      throw broken(e, line);
    }
  }

  /**
   * Starts to write: one record at most.
   *
   * @param result of two elements: how many bytes count as written, and up to where what is queued
   *     must have been sent for that; for {@link #flushed}
   */
  Lacks write(byte[] from, int line, long[] result) {
    lock.acquireUninterruptibly();
    try {
      if (retryCount > 0) {
        result[0] = retryCount;
        result[1] = retryTarget;
        retryCount = 0;
        return Lacks.NOTHING;
      }
      if (state == State.REFUSED) {
        throw SslErrors.tls("PROTOCOL_IS_SHUTDOWN", line);
      }
      checkState(line);
      if (!handshakeDone) {
        Lacks l = shake(line);
        if (l != Lacks.NOTHING) {
          return l;
        }
      }
      if (closeSent || engine.isOutboundDone()) {
        throw SslErrors.tls("PROTOCOL_IS_SHUTDOWN", line);
      }
      if (!flush()) {
        return Lacks.OUTPUT;
      }
      ByteBuffer b = ByteBuffer.wrap(from, 0, Math.min(from.length, MAX_RECORD));
      try {
        while (b.hasRemaining()) {
          int before = b.remaining();
          SSLEngineResult r = wrap(b);
          if (r.getStatus() == SSLEngineResult.Status.CLOSED) {
            throw SslErrors.tls("PROTOCOL_IS_SHUTDOWN", line);
          }
          if (b.remaining() == before && r.bytesProduced() == 0) {
            return Lacks.INPUT; // in the middle of another handshake
          }
          if (b.remaining() < before) {
            break;
          }
        }
      } catch (SSLException e) {
        throw broken(e, line);
      }
      result[0] = b.position();
      result[1] = queued;
      return Lacks.NOTHING;
    } finally {
      lock.release();
    }
  }

  /** Whether all that was queued up to there has been sent; sends what it can. */
  boolean flushed(long target) {
    lock.acquireUninterruptibly();
    try {
      return sent >= target || flush() || sent >= target;
    } finally {
      lock.release();
    }
  }

  /** A write gives up waiting; the next one will go on with it. */
  void brokenOff(long count, long target) {
    locked(
        () -> {
          retryCount = (int) count;
          retryTarget = target;
          return null;
        });
  }

  /** Ends TLS: says so, and waits for the other end to say so. */
  Lacks shutdown(int line) {
    lock.acquireUninterruptibly();
    try {
      if (!handshakeDone || state == State.BROKEN) {
        throw SslErrors.tls("SHUTDOWN_WHILE_IN_INIT", line);
      }
      if (state == State.REFUSED) {
        return Lacks.NOTHING;
      }
      try {
        if (!closeSent) {
          closeSent = true;
          engine.closeOutbound();
          while (!engine.isOutboundDone()
              && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            wrap(NOTHING);
          }
        }
        if (!flush()) {
          return Lacks.OUTPUT;
        }
        while (!closeReceived) {
          int n = fill(line);
          if (n == Wire.WOULD_BLOCK) {
            return Lacks.INPUT;
          }
          if (n == Wire.END) {
            throw end(line);
          }
          if (record[0] == ALERT && engine.isInboundDone()) {
            recordDone();
            closeReceived = true;
            break;
          }
          unwrap();
          if (plainAt < plain.length) {
            plainAt = plain.length;
            throw SslErrors.tls("APPLICATION_DATA_AFTER_CLOSE_NOTIFY", line);
          }
        }
      } catch (SSLException e) {
        throw broken(e, line);
      }
      return Lacks.NOTHING;
    } finally {
      lock.release();
    }
  }

  // ---- the engine

  private void runTasks() {
    ScopedValue.where(CURRENT, this)
        .run(
            () -> {
              for (Runnable r = engine.getDelegatedTask();
                  r != null;
                  r = engine.getDelegatedTask()) {
                r.run();
              }
            });
  }

  private SSLEngineResult wrap(ByteBuffer from) throws SSLException {
    if (handshakeDone) {
      return wrapNow(from);
    }
    return ScopedValue.where(CURRENT, this).call(() -> wrapNow(from));
  }

  private SSLEngineResult wrapNow(ByteBuffer from) throws SSLException {
    int room = engine.getSession().getPacketBufferSize();
    while (true) {
      ByteBuffer to = ByteBuffer.allocate(room);
      SSLEngineResult r = engine.wrap(from, to);
      if (r.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
        room *= 2;
        continue;
      }
      if (to.position() > 0) {
        byte[] b = to.array();
        if (!outCipher && b[0] == ALERT && to.position() == HEAD + 2 && refused != null) {
          b[HEAD + 1] = meansUnknownAuthority(refused.code) ? 48 : b[HEAD + 1];
        }
        look(b, to.position(), true);
        queue(b, to.position());
      }
      if (r.getHandshakeStatus() == HandshakeStatus.FINISHED) {
        handshakeFinished();
      }
      return r;
    }
  }

  private void unwrap() throws SSLException {
    if (handshakeDone) {
      unwrapNow();
    } else {
      ScopedValue.where(CURRENT, this)
          .call(
              () -> {
                unwrapNow();
                return null;
              });
    }
  }

  /** Hands the record that has been read to the engine. */
  private void unwrapNow() throws SSLException {
    look(record, recordHas, false);
    ByteBuffer from = ByteBuffer.wrap(record, 0, recordHas);
    ByteBuffer to = ByteBuffer.allocate(handshakeDone ? recordHas : MAX_RECORD_BODY);
    SSLEngineResult r;
    do {
      r = engine.unwrap(from, to);
      if (r.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
        ByteBuffer more = ByteBuffer.allocate(to.capacity() + MAX_RECORD_BODY);
        more.put(to.flip());
        to = more;
      }
      if (r.getHandshakeStatus() == HandshakeStatus.FINISHED && !handshakeDone) {
        handshakeFinished();
      }
      if (r.getHandshakeStatus() == HandshakeStatus.NEED_TASK && from.hasRemaining()) {
        runTasks();
      }
    } while (from.hasRemaining()
        && r.getStatus() != SSLEngineResult.Status.CLOSED
        && (r.bytesConsumed() > 0 || r.getStatus() != SSLEngineResult.Status.OK));
    recordDone();
    if (to.position() > 0) {
      plain = Arrays.copyOf(to.array(), to.position());
      plainAt = 0;
    }
    if (r.getStatus() == SSLEngineResult.Status.CLOSED || engine.isInboundDone()) {
      closeReceived = true;
    }
  }

  // ---- records

  private void recordDone() {
    recordHas = 0;
    record = new byte[HEAD];
  }

  /** Reads until there is a whole record: 1, or {@link Wire#END} or {@link Wire#WOULD_BLOCK}. */
  private int fill(int line) {
    while (true) {
      int need = HEAD;
      if (recordHas >= HEAD) {
        need += (record[3] & 0xff) << 8 | record[4] & 0xff;
        if (recordHas == need) {
          anyRecord = true;
          return 1;
        }
        if (record.length < need) {
          record = Arrays.copyOf(record, need);
        }
      }
      int n = wire.receive(record, recordHas, need - recordHas);
      if (n == Wire.WOULD_BLOCK || n == Wire.END) {
        return n;
      }
      recordHas += n;
      if (recordHas == HEAD) {
        checkHead(line);
      }
    }
  }

  private void checkHead(int line) {
    int length = (record[3] & 0xff) << 8 | record[4] & 0xff;
    if (record[0] >= CHANGE_CIPHER_SPEC
        && record[0] <= 24
        && record[1] == 3
        && length <= MAX_RECORD_BODY) {
      return;
    }
    state = State.BROKEN;
    String start = new String(record, 0, HEAD, java.nio.charset.StandardCharsets.ISO_8859_1);
    if (!anyRecord) {
      for (String word : List.of("GET ", "POST ", "HEAD ", "PUT ")) {
        if (start.startsWith(word.substring(0, Math.min(4, word.length())))) {
          throw SslErrors.tls("HTTP_REQUEST", line);
        }
      }
      if (start.equals("CONNE")) {
        throw SslErrors.tls("HTTPS_PROXY_REQUEST", line);
      }
      if (!server) {
        throw SslErrors.tls("WRONG_VERSION_NUMBER", line);
      }
    }
    throw SslErrors.tls("RECORD_LAYER_FAILURE", line);
  }

  private void queue(byte[] b, int n) {
    if (outAt == outEnd) {
      out = Arrays.copyOf(b, n);
      outAt = 0;
      outEnd = n;
    } else {
      byte[] all = new byte[outEnd - outAt + n];
      System.arraycopy(out, outAt, all, 0, outEnd - outAt);
      System.arraycopy(b, 0, all, outEnd - outAt, n);
      outEnd = all.length;
      outAt = 0;
      out = all;
    }
    queued += n;
  }

  /** Sends what is queued; false if some is left. */
  private boolean flush() {
    while (outAt < outEnd) {
      int n = wire.send(out, outAt, outEnd - outAt);
      if (n == Wire.WOULD_BLOCK) {
        return false;
      }
      outAt += n;
      sent += n;
    }
    if (out.length > 0) {
      out = new byte[0];
      outAt = 0;
      outEnd = 0;
    }
    return true;
  }

  private void flushQuietly() {
    try {
      flush();
    } catch (HostException e) {
      outAt = outEnd; // the other end is gone, and there is a better error to tell of
    }
  }

  /** Looks at what is not encrypted: is the session one of before? */
  private void look(byte[] b, int n, boolean outgoing) {
    int type = b[0];
    boolean cipher = outgoing ? outCipher : inCipher;
    log.record(outgoing, b, n, cipher);
    if (type == CHANGE_CIPHER_SPEC) {
      if (outgoing) {
        outCipher = true;
      } else {
        inCipher = true;
      }
    }
    if (handshakeDone || cipher || type != HANDSHAKE || n < HEAD + 4) {
      return;
    }
    byte[] message = Arrays.copyOfRange(b, HEAD, n);
    if (!server && outgoing && message[0] == Hello.CLIENT) {
      Hello h = Hello.read(message);
      clientSessionId = h == null ? clientSessionId : h.sessionId();
    } else if (server == outgoing && message[0] == Hello.SERVER) {
      Hello h = Hello.read(message);
      byte[] offered = server && clientHello != null ? clientHello.sessionId() : clientSessionId;
      if (h != null) {
        reused =
            h.tls13() ? h.preShared() : offered.length > 0 && Arrays.equals(offered, h.sessionId());
      }
    }
  }

  // ---- errors

  private void checkState(int line) {
    if (state != State.OPEN) {
      throw SslErrors.eof(line);
    }
  }

  private PyException end(int line) {
    if (endSeen) {
      return SslErrors.eof(line);
    }
    endSeen = true;
    state = State.BROKEN;
    return SslErrors.unexpectedEof(line);
  }

  /** The engine has given up: tells the other end why, and gives the error for Python. */
  private PyException broken(Exception e, int line) {
    recordDone();
    String text = String.valueOf(e.getMessage());
    state = SslErrors.alertReason(text) != null ? State.REFUSED : State.BROKEN;
    try {
      for (int i = 0; i < 8 && engine != null && !engine.isOutboundDone(); i++) {
        if (engine.getHandshakeStatus() != HandshakeStatus.NEED_WRAP) {
          break;
        }
        wrap(NOTHING);
      }
    } catch (SSLException | RuntimeException ignored) {
      // there was nothing to say
    }
    flushQuietly();
    return refused != null
        ? SslErrors.certificate(refused.code, String.valueOf(refused.getMessage()), line)
        : SslErrors.ofEngine(e, line);
  }
}
