package org.plait.modules.ssl;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** Makes engines as a context wants them. The JDK's context, which keeps sessions, is made once. */
final class EngineMaker {
  /** How many sessions a context keeps to be taken up again. */
  private static final int SESSIONS = 1000;

  private final SSLContext jdk;
  private final List<String> offered;

  EngineMaker(PySslContext context) {
    try {
      jdk = SSLContext.getInstance("TLS");
      jdk.init(
          new KeyManager[] {new KeyAndTrust.Keys(context)},
          new TrustManager[] {new KeyAndTrust.Trust()},
          null);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    jdk.getClientSessionContext().setSessionCacheSize(SESSIONS);
    jdk.getServerSessionContext().setSessionCacheSize(SESSIONS);
    offered = Arrays.asList(jdk.getSupportedSSLParameters().getCipherSuites());
  }

  /** A name that Java's rules for host names would refuse. */
  private static final class AnyName extends SNIServerName {
    AnyName(byte[] name) {
      super(0, name);
    }
  }

  /**
   * What an engine is made with.
   *
   * @param hostname that a client asks for, null for none
   * @param sessionName of {@link SessionKey}
   * @param group the only one for key exchange, null for the JDK's choice
   */
  record Wanted(
      boolean server,
      @Nullable String hostname,
      String sessionName,
      List<String> protocols,
      List<CipherSuites.Suite> suites,
      boolean serverOrder,
      int verifyMode,
      List<String> alpn,
      @Nullable String group) {}

  SSLEngine make(Wanted w) {
    SSLEngine e = jdk.createSSLEngine(w.sessionName, 443);
    e.setUseClientMode(!w.server);
    SSLParameters p = e.getSSLParameters();
    p.setProtocols(w.protocols.toArray(new String[0]));
    List<String> suites = new ArrayList<>();
    for (CipherSuites.Suite s : w.suites) {
      if (offered.contains(s.java())) {
        suites.add(s.java());
      }
    }
    p.setCipherSuites(suites.toArray(new String[0]));
    p.setUseCipherSuitesOrder(!w.server || w.serverOrder);
    if (w.group != null) {
      p.setNamedGroups(new String[] {w.group});
    }
    if (w.server) {
      if (w.verifyMode == PySslContext.CERT_REQUIRED) {
        p.setNeedClientAuth(true);
      } else if (w.verifyMode == PySslContext.CERT_OPTIONAL) {
        p.setWantClientAuth(true);
      }
    } else {
      p.setServerNames(serverNames(w.hostname));
      if (!w.alpn.isEmpty()) {
        p.setApplicationProtocols(w.alpn.toArray(new String[0]));
      }
    }
    e.setSSLParameters(p);
    if (w.server && !w.alpn.isEmpty()) {
      e.setHandshakeApplicationProtocolSelector((engine, theirs) -> select(w.alpn, theirs));
    }
    return e;
  }

  /** The first of ours that they know too; none is no reason to end the connection. */
  private static String select(List<String> ours, List<String> theirs) {
    for (String name : ours) {
      if (theirs.contains(name)) {
        return name;
      }
    }
    return "";
  }

  private static List<SNIServerName> serverNames(@Nullable String hostname) {
    if (hostname == null || HostName.address(hostname) != null) {
      return List.of();
    }
    byte[] name = hostname.getBytes(StandardCharsets.US_ASCII);
    try {
      return List.of(new SNIHostName(name));
    } catch (IllegalArgumentException e) {
      return List.of(new AnyName(name));
    }
  }
}
