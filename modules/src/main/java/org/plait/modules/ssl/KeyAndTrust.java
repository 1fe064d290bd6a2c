package org.plait.modules.ssl;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** What the engine asks of a context: keys to show, and whether to trust the other end. */
final class KeyAndTrust {
  private KeyAndTrust() {}

  /**
   * A key with its certificate and those above it.
   *
   * @param chain its own first
   */
  record Identity(PrivateKey key, List<X509Certificate> chain) {
    /** The kind of key, which the JDK calls by the algorithm. */
    String kind() {
      return chain.getFirst().getPublicKey().getAlgorithm();
    }
  }

  /** Gives the identities of a context by their number. */
  static final class Keys extends X509ExtendedKeyManager {
    private final PySslContext context;

    Keys(PySslContext context) {
      this.context = context;
    }

    private @Nullable String alias(String kind) {
      List<Identity> all = context.identities();
      for (int i = all.size() - 1; i >= 0; i--) {
        if (all.get(i).kind().equals(kind)) {
          return String.valueOf(i);
        }
      }
      return null;
    }

    private @Nullable Identity identity(String alias) {
      List<Identity> all = context.identities();
      int i = Integer.parseInt(alias);
      return i < all.size() ? all.get(i) : null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
        String kind, Principal @Nullable [] issuers, SSLEngine engine) {
      return alias(kind);
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
        String[] kinds, Principal @Nullable [] issuers, SSLEngine engine) {
      for (String kind : kinds) {
        String alias = alias(kind);
        if (alias != null) {
          return alias;
        }
      }
      return null;
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
      Identity i = identity(alias);
      return i == null ? null : i.key;
    }

    /** The chain that was given; of a certificate alone, what the trust store has above it. */
    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
      Identity i = identity(alias);
      if (i == null) {
        return null;
      }
      List<X509Certificate> chain = new ArrayList<>(i.chain);
      while (i.chain.size() == 1 && chain.size() < 10) {
        X509Certificate last = chain.getLast();
        List<X509Certificate> above = context.store().named(last.getIssuerX500Principal());
        if (above.isEmpty() || chain.contains(above.getFirst())) {
          break;
        }
        chain.add(above.getFirst());
      }
      return chain.toArray(new X509Certificate[0]);
    }

    @Override
    public String @Nullable [] getClientAliases(String kind, Principal @Nullable [] issuers) {
      String alias = alias(kind);
      return alias == null ? null : new String[] {alias};
    }

    @Override
    public String @Nullable [] getServerAliases(String kind, Principal @Nullable [] issuers) {
      return getClientAliases(kind, issuers);
    }

    @Override
    public @Nullable String chooseClientAlias(
        String[] kinds, Principal @Nullable [] issuers, Socket socket) {
      return null;
    }

    @Override
    public @Nullable String chooseServerAlias(
        String kind, Principal @Nullable [] issuers, Socket socket) {
      return null;
    }
  }

  /** Leaves the decision to the connection whose handshake this is. */
  static final class Trust extends X509ExtendedTrustManager {
    private static void check(X509Certificate[] chain) throws CertificateException {
      if (!TlsLink.CURRENT.isBound()) {
        throw new CertificateException("no connection");
      }
      TlsLink.CURRENT.get().check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind)
        throws CertificateException {
      check(chain);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
