package org.plait.modules.ssl;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyDict;

/**
 * The exceptions of {@code ssl}, with the numbers, reasons and texts that OpenSSL gives. The place
 * "(_ssl.c:1081)" at the end of each text is the one of CPython 3.14: programs look for it.
 */
final class SslErrors {
  private SslErrors() {}

  static final int SSL = 1;
  static final int WANT_READ = 2;
  static final int WANT_WRITE = 3;
  static final int ZERO_RETURN = 6;
  static final int EOF = 8;

  /** Where in CPython the operations report errors. */
  static final int IN_HANDSHAKE = 1081;

  static final int IN_WRITE = 2553;
  static final int IN_READ = 2710;
  static final int IN_SHUTDOWN = 2838;

  static final PyType ERROR = PySslError.TYPE;
  static final PyType ZERO_RETURN_ERROR =
      make("SSLZeroReturnError", "The other end has closed the TLS connection.", ERROR);
  static final PyType WANT_READ_ERROR =
      make("SSLWantReadError", "Non-blocking, and more data must arrive first.", ERROR);
  static final PyType WANT_WRITE_ERROR =
      make("SSLWantWriteError", "Non-blocking, and data must leave first.", ERROR);
  static final PyType SYSCALL_ERROR =
      make("SSLSyscallError", "The system failed below TLS.", ERROR);
  static final PyType EOF_ERROR =
      make("SSLEOFError", "The connection ended without a TLS end.", ERROR);
  static final PyType CERT_ERROR =
      make(
          "SSLCertVerificationError",
          "A certificate was not accepted.",
          ERROR,
          Exceptions.ValueError);

  private static PyType make(String name, String doc, PyType... bases) {
    PyDict d = new PyDict();
    d.putStr("__module__", Py.str("ssl"));
    d.putStr("__doc__", Py.str(doc));
    return (PyType) PyType.TYPE.call3(Py.str(name), Py.tuple(bases), d);
  }

  private static String at(String text, int line) {
    return text + " (_ssl.c:" + line + ")";
  }

  private static PyException make(
      PyType type, int number, String text, @Nullable String library, @Nullable String reason) {
    PyException e = Errors.of(type, Py.int_(number), Py.str(text));
    PyObjects.setAttr(e.value, "library", Py.strOrNone(library));
    PyObjects.setAttr(e.value, "reason", Py.strOrNone(reason));
    return e;
  }

  /** An error that OpenSSL has no number for: of the interface itself. */
  static PyException plain(String text, int line) {
    return make(ERROR, 0, at(text, line), null, null);
  }

  /** An error of one of OpenSSL's libraries that has a number. */
  static PyException of(String library, String reason, String text, int number, int line) {
    return make(
        ERROR, number, at("[" + library + ": " + reason + "] " + text, line), library, reason);
  }

  /** An error of TLS; its text is the reason in small letters. */
  static PyException tls(String reason, int line) {
    return of("SSL", reason, text(reason), SSL, line);
  }

  /** What OpenSSL says where a PEM file can't be read. */
  static PyException pemLib(String library, int line) {
    return make(ERROR, 524297, at("[" + library + "] PEM lib", line), library, null);
  }

  static PyException wantRead(int line) {
    return make(
        WANT_READ_ERROR, WANT_READ, at("The operation did not complete (read)", line), null, null);
  }

  static PyException wantWrite(int line) {
    return make(
        WANT_WRITE_ERROR,
        WANT_WRITE,
        at("The operation did not complete (write)", line),
        null,
        null);
  }

  static PyException zeroReturn(int line) {
    return make(
        ZERO_RETURN_ERROR,
        ZERO_RETURN,
        at("TLS/SSL connection has been closed (EOF)", line),
        null,
        null);
  }

  private static final String EOF_TEXT = "EOF occurred in violation of protocol";

  /** The connection has ended, and that is noticed now. */
  static PyException unexpectedEof(int line) {
    String reason = "UNEXPECTED_EOF_WHILE_READING";
    return make(EOF_ERROR, EOF, at("[SSL: " + reason + "] " + EOF_TEXT, line), "SSL", reason);
  }

  /** The connection has ended before. */
  static PyException eof(int line) {
    return make(EOF_ERROR, EOF, at(EOF_TEXT, line), null, null);
  }

  static PyException certificate(int code, String message, int line) {
    String reason = "CERTIFICATE_VERIFY_FAILED";
    PyException e =
        make(
            CERT_ERROR,
            SSL,
            at("[SSL: " + reason + "] certificate verify failed: " + message, line),
            "SSL",
            reason);
    PyObjects.setAttr(e.value, "verify_code", Py.int_(code));
    PyObjects.setAttr(e.value, "verify_message", Py.str(message));
    return e;
  }

  // ---- reasons

  private static String text(String reason) {
    if (reason.startsWith("SSLV3_ALERT_")) {
      return "ssl/tls alert " + small(reason.substring("SSLV3_ALERT_".length()));
    }
    return small(reason);
  }

  private static String small(String reason) {
    return reason.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** OpenSSL's reasons for alerts that arrive, by the number of the alert. */
  private static final Map<Integer, String> ALERTS =
      Map.ofEntries(
          Map.entry(10, "SSLV3_ALERT_UNEXPECTED_MESSAGE"),
          Map.entry(20, "SSLV3_ALERT_BAD_RECORD_MAC"),
          Map.entry(21, "TLSV1_ALERT_DECRYPTION_FAILED"),
          Map.entry(22, "TLSV1_ALERT_RECORD_OVERFLOW"),
          Map.entry(30, "SSLV3_ALERT_DECOMPRESSION_FAILURE"),
          Map.entry(40, "SSLV3_ALERT_HANDSHAKE_FAILURE"),
          Map.entry(41, "SSLV3_ALERT_NO_CERTIFICATE"),
          Map.entry(42, "SSLV3_ALERT_BAD_CERTIFICATE"),
          Map.entry(43, "SSLV3_ALERT_UNSUPPORTED_CERTIFICATE"),
          Map.entry(44, "SSLV3_ALERT_CERTIFICATE_REVOKED"),
          Map.entry(45, "SSLV3_ALERT_CERTIFICATE_EXPIRED"),
          Map.entry(46, "SSLV3_ALERT_CERTIFICATE_UNKNOWN"),
          Map.entry(47, "SSLV3_ALERT_ILLEGAL_PARAMETER"),
          Map.entry(48, "TLSV1_ALERT_UNKNOWN_CA"),
          Map.entry(49, "TLSV1_ALERT_ACCESS_DENIED"),
          Map.entry(50, "TLSV1_ALERT_DECODE_ERROR"),
          Map.entry(51, "TLSV1_ALERT_DECRYPT_ERROR"),
          Map.entry(60, "TLSV1_ALERT_EXPORT_RESTRICTION"),
          Map.entry(70, "TLSV1_ALERT_PROTOCOL_VERSION"),
          Map.entry(71, "TLSV1_ALERT_INSUFFICIENT_SECURITY"),
          Map.entry(80, "TLSV1_ALERT_INTERNAL_ERROR"),
          Map.entry(86, "TLSV1_ALERT_INAPPROPRIATE_FALLBACK"),
          Map.entry(90, "TLSV1_ALERT_USER_CANCELLED"),
          Map.entry(100, "TLSV1_ALERT_NO_RENEGOTIATION"),
          Map.entry(109, "TLSV13_ALERT_MISSING_EXTENSION"),
          Map.entry(110, "TLSV1_UNSUPPORTED_EXTENSION"),
          Map.entry(111, "TLSV1_CERTIFICATE_UNOBTAINABLE"),
          Map.entry(112, "TLSV1_UNRECOGNIZED_NAME"),
          Map.entry(113, "TLSV1_BAD_CERTIFICATE_STATUS_RESPONSE"),
          Map.entry(114, "TLSV1_BAD_CERTIFICATE_HASH_VALUE"),
          Map.entry(115, "TLSV1_ALERT_UNKNOWN_PSK_IDENTITY"),
          Map.entry(116, "TLSV13_ALERT_CERTIFICATE_REQUIRED"),
          Map.entry(120, "TLSV1_ALERT_NO_APPLICATION_PROTOCOL"));

  private static final Pattern RECEIVED = Pattern.compile("Received fatal alert: (\\w+)");

  /**
   * The reason for an alert of the other end that the engine tells of.
   *
   * @return null when the engine tells of something else
   */
  static @Nullable String alertReason(String engineText) {
    Matcher m = RECEIVED.matcher(engineText);
    if (!m.find()) {
      return null;
    }
    String name = "_" + m.group(1).toUpperCase(Locale.ROOT);
    for (String reason : ALERTS.values()) {
      if (reason.endsWith(name)) {
        return reason;
      }
    }
    return "TLSV1_ALERT" + name;
  }

  /** What the engine says, in parts, and OpenSSL's reason for the same. */
  private static final String[][] REASONS = {
    {"no cipher suites in common", "NO_SHARED_CIPHER"},
    {"No cipher suites in common", "NO_SHARED_CIPHER"},
    {"No appropriate protocol", "NO_PROTOCOLS_AVAILABLE"},
    {"No negotiable cipher suite", "NO_CIPHERS_AVAILABLE"},
    {"not enabled or not supported", "UNSUPPORTED_PROTOCOL"},
    {"are not accepted by server preferences", "UNSUPPORTED_PROTOCOL"},
    {"The server selected protocol version", "UNSUPPORTED_PROTOCOL"},
    {"Empty client certificate chain", "PEER_DID_NOT_RETURN_A_CERTIFICATE"},
    {"Empty server certificate chain", "PEER_DID_NOT_RETURN_A_CERTIFICATE"},
    {"Client authentication required", "PEER_DID_NOT_RETURN_A_CERTIFICATE"},
    {"No available authentication scheme", "NO_SHARED_CIPHER"},
    {"No supported named group", "NO_SUITABLE_KEY_SHARE"},
    {"No common named group", "NO_SUITABLE_KEY_SHARE"},
    {"not supported key share", "NO_SUITABLE_KEY_SHARE"},
    {"No key_share extension", "NO_SUITABLE_KEY_SHARE"},
    {"Unexpected handshake message", "UNEXPECTED_MESSAGE"},
    {"bad record MAC", "DECRYPTION_FAILED_OR_BAD_RECORD_MAC"},
    {"Tag mismatch", "DECRYPTION_FAILED_OR_BAD_RECORD_MAC"},
    {"Insufficient buffer remaining for AEAD", "DECRYPTION_FAILED_OR_BAD_RECORD_MAC"},
    {"Unsupported or unrecognized SSL message", "WRONG_VERSION_NUMBER"},
    {"no matching application protocol", "NO_APPLICATION_PROTOCOL"},
    {"Received close_notify during handshake", "UNEXPECTED_MESSAGE"},
  };

  /** The error for what the engine throws, where nobody knows better. */
  static PyException ofEngine(Throwable e, int line) {
    String text = String.valueOf(e.getMessage());
    String alert = alertReason(text);
    if (alert != null) {
      return tls(alert, line);
    }
    for (Throwable t = e; t != null; t = t.getCause()) {
      for (String[] r : REASONS) {
        if (String.valueOf(t.getMessage()).contains(r[0])) {
          return tls(r[1], line);
        }
      }
    }
    return make(ERROR, SSL, at("[SSL] " + text, line), "SSL", null);
  }
}
