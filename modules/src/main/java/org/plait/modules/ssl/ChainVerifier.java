package org.plait.modules.ssl;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.jspecify.annotations.Nullable;
import org.plait.sched.Clock;

/**
 * Checks a chain of certificates as OpenSSL does, to the same error numbers; what passes that is
 * checked once more by the JDK, for what is not looked at here (constraints on names, policies,
 * critical extensions that nobody knows).
 */
final class ChainVerifier {
  static final int CRL_CHECK = 0x4;
  static final int CRL_CHECK_ALL = 0x8;
  static final int STRICT = 0x20;
  static final int PARTIAL_CHAIN = 0x80000;

  private static final String AUTHORITY_KEY_ID = "2.5.29.35";
  private static final String SUBJECT_KEY_ID = "2.5.29.14";
  private static final String ANY_PURPOSE = "2.5.29.37.0";
  private static final String SERVER_PURPOSE = "1.3.6.1.5.5.7.3.1";
  private static final String CLIENT_PURPOSE = "1.3.6.1.5.5.7.3.2";

  /** How many certificates a chain may have. */
  private static final int MAX_DEPTH = 100;

  /** Why a chain is not accepted. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    final int code;

    Refused(int code, String message) {
      super(message, null, false, false);
      this.code = code;
    }
  }

  private final TrustStore store;
  private final int flags;
  private final int level;
  private final boolean ofServer;

  /**
   * How to check.
   *
   * @param flags of {@code verify_flags}
   * @param level of security, 0 to 5
   * @param ofServer whether the certificate is a server's
   */
  ChainVerifier(TrustStore store, int flags, int level, boolean ofServer) {
    this.store = store;
    this.flags = flags;
    this.level = level;
    this.ofServer = ofServer;
  }

  /**
   * Checks.
   *
   * @param sent the certificates that came, that of the other end first
   * @param hostname what the certificate must be for; null for anything
   * @return from the certificate of the other end to one that is trusted
   * @throws Refused if it is not accepted
   */
  List<X509Certificate> verify(List<X509Certificate> sent, @Nullable HostName hostname)
      throws Refused {
    List<X509Certificate> chain = build(sent);
    checkExtensions(chain);
    if (hostname != null) {
      hostname.check(chain.getFirst());
    }
    checkStrength(chain);
    checkRevocation(chain);
    checkSignaturesAndTimes(chain);
    checkByJdk(chain);
    return chain;
  }

  private static boolean isSelfSigned(X509Certificate c) {
    return c.getSubjectX500Principal().equals(c.getIssuerX500Principal()) && isIssuer(c, c);
  }

  /** Whether names and key identifiers fit; signatures are looked at later. */
  private static boolean isIssuer(X509Certificate issuer, X509Certificate of) {
    if (!issuer.getSubjectX500Principal().equals(of.getIssuerX500Principal())) {
      return false;
    }
    byte[] wanted = keyId(of, AUTHORITY_KEY_ID);
    byte[] has = keyId(issuer, SUBJECT_KEY_ID);
    return wanted == null || has == null || Arrays.equals(wanted, has);
  }

  private static byte @Nullable [] keyId(X509Certificate c, String extension) {
    byte[] value = c.getExtensionValue(extension);
    if (value == null) {
      return null;
    }
    try {
      byte[] inner = ASN1OctetString.getInstance(value).getOctets();
      return extension.equals(SUBJECT_KEY_ID)
          ? ASN1OctetString.getInstance(inner).getOctets()
          : AuthorityKeyIdentifier.getInstance(inner).getKeyIdentifier();
    } catch (RuntimeException e) {
      return null;
    }
  }

  private boolean isTrusted(X509Certificate c) {
    return store.named(c.getSubjectX500Principal()).contains(c);
  }

  // Compare OpenSSL build_chain in x509_vfy.c, with trusted certificates first.
  private List<X509Certificate> build(List<X509Certificate> sent) throws Refused {
    List<X509Certificate> chain = new ArrayList<>();
    X509Certificate current = sent.getFirst();
    chain.add(current);
    boolean inStore = false;
    while (chain.size() < MAX_DEPTH) {
      boolean selfSigned = isSelfSigned(current);
      if (inStore && (selfSigned || (flags & PARTIAL_CHAIN) != 0)) {
        return chain;
      }
      if ((selfSigned || (flags & PARTIAL_CHAIN) != 0) && isTrusted(current)) {
        return chain;
      }
      if (selfSigned) {
        throw chain.size() == 1
            ? new Refused(18, "self-signed certificate")
            : new Refused(19, "self-signed certificate in certificate chain");
      }
      X509Certificate issuer =
          issuer(current, store.named(current.getIssuerX500Principal()), chain);
      boolean trusted = issuer != null;
      if (issuer == null && !inStore) {
        issuer = issuer(current, sent, chain);
      }
      if (issuer == null) {
        throw inStore
            ? new Refused(2, "unable to get issuer certificate")
            : new Refused(20, "unable to get local issuer certificate");
      }
      inStore |= trusted;
      chain.add(issuer);
      current = issuer;
    }
    throw new Refused(22, "certificate chain too long");
  }

  /** An issuer that is not in the chain yet; one that is valid now before one that isn't. */
  private static @Nullable X509Certificate issuer(
      X509Certificate of, List<X509Certificate> among, List<X509Certificate> chain) {
    X509Certificate found = null;
    for (X509Certificate c : among) {
      if (isIssuer(c, of) && !chain.contains(c)) {
        if (isValidNow(c)) {
          return c;
        }
        found = found == null ? c : found;
      }
    }
    return found;
  }

  private static Date now() {
    return new Date(Clock.epochNanos() / 1_000_000);
  }

  private static boolean isValidNow(X509Certificate c) {
    Date now = now();
    return !now.before(c.getNotBefore()) && !now.after(c.getNotAfter());
  }

  private void checkExtensions(List<X509Certificate> chain) throws Refused {
    for (int i = 0; i < chain.size(); i++) {
      X509Certificate c = chain.get(i);
      if (i > 0) {
        if (!TrustStore.isAuthority(c)) {
          throw new Refused(79, "invalid CA certificate");
        }
        int pathLength = c.getBasicConstraints();
        if (pathLength >= 0 && i - 1 > pathLength && !isSelfSigned(c)) {
          throw new Refused(25, "path length constraint exceeded");
        }
        boolean[] usage = c.getKeyUsage();
        if (usage != null && !usage[5]) {
          throw new Refused(79, "invalid CA certificate");
        }
      }
      if (!fitsPurpose(c)) {
        throw new Refused(26, "unsuitable certificate purpose");
      }
      if ((flags & STRICT) != 0) {
        checkStrict(c, i, chain.size());
      }
    }
  }

  private boolean fitsPurpose(X509Certificate c) throws Refused {
    try {
      List<String> purposes = c.getExtendedKeyUsage();
      return purposes == null
          || purposes.contains(ofServer ? SERVER_PURPOSE : CLIENT_PURPOSE)
          || purposes.contains(ANY_PURPOSE);
    } catch (CertificateParsingException e) {
      throw new Refused(41, "invalid or inconsistent certificate extension");
    }
  }

  // Compare OpenSSL check_extensions in x509_vfy.c: what X509_V_FLAG_X509_STRICT adds.
  private static void checkStrict(X509Certificate c, int depth, int length) throws Refused {
    Set<String> critical = c.getCriticalExtensionOIDs();
    boolean authority = c.getBasicConstraints() >= 0;
    boolean[] usage = c.getKeyUsage();
    if (c.getVersion() < 3) {
      return;
    }
    if (authority && critical != null && !critical.contains("2.5.29.19")) {
      throw new Refused(89, "Basic Constraints of CA cert not marked critical");
    }
    if (authority && usage == null) {
      throw new Refused(92, "CA cert does not include key usage extension");
    }
    if (!authority && usage != null && usage[5]) {
      throw new Refused(81, "Using key usage keyCertSign without CA certificate");
    }
    boolean selfSigned = isSelfSigned(c);
    if ((depth + 1 < length || !selfSigned) && keyId(c, AUTHORITY_KEY_ID) == null) {
      throw new Refused(85, "Missing Authority Key Identifier");
    }
    if (authority && keyId(c, SUBJECT_KEY_ID) == null) {
      throw new Refused(86, "Missing Subject Key Identifier");
    }
  }

  /** Bits of security that a level asks for. */
  private static final int[] LEVEL_BITS = {0, 80, 112, 128, 192, 256};

  private static int strength(PublicKey key) {
    if (key instanceof ECPublicKey e) {
      return e.getParams().getOrder().bitLength() / 2;
    }
    int bits =
        switch (key) {
          case RSAPublicKey r -> r.getModulus().bitLength();
          case DSAPublicKey d -> d.getParams() == null ? 0 : d.getParams().getP().bitLength();
          default -> Integer.MAX_VALUE;
        };
    return bits >= 15360
        ? 256
        : bits >= 7680 ? 192 : bits >= 3072 ? 128 : bits >= 2048 ? 112 : bits >= 1024 ? 80 : 0;
  }

  private void checkStrength(List<X509Certificate> chain) throws Refused {
    int wanted = LEVEL_BITS[level];
    for (int i = 0; i < chain.size(); i++) {
      X509Certificate c = chain.get(i);
      if (strength(c.getPublicKey()) < wanted) {
        throw i == 0
            ? new Refused(66, "EE certificate key too weak")
            : new Refused(67, "CA certificate key too weak");
      }
      boolean last = i == chain.size() - 1;
      String algorithm = c.getSigAlgName();
      if (!last && wanted > 0 && (algorithm.startsWith("SHA1") || algorithm.startsWith("MD"))) {
        throw new Refused(68, "CA signature digest algorithm too weak");
      }
    }
  }

  private void checkRevocation(List<X509Certificate> chain) throws Refused {
    if ((flags & CRL_CHECK) == 0) {
      return;
    }
    int n = (flags & CRL_CHECK_ALL) != 0 ? chain.size() : 1;
    for (int i = 0; i < n; i++) {
      X509Certificate c = chain.get(i);
      X509Certificate issuer = chain.get(Math.min(i + 1, chain.size() - 1));
      List<X509CRL> lists = store.crlsOf(c.getIssuerX500Principal());
      if (lists.isEmpty()) {
        throw new Refused(3, "unable to get certificate CRL");
      }
      for (X509CRL list : lists) {
        try {
          list.verify(issuer.getPublicKey());
        } catch (GeneralSecurityException e) {
          throw new Refused(8, "CRL signature failure");
        }
        if (now().before(list.getThisUpdate())) {
          throw new Refused(11, "CRL is not yet valid");
        }
        if (list.getNextUpdate() != null && now().after(list.getNextUpdate())) {
          throw new Refused(12, "CRL has expired");
        }
        if (list.isRevoked(c)) {
          throw new Refused(23, "certificate revoked");
        }
      }
    }
  }

  private void checkSignaturesAndTimes(List<X509Certificate> chain) throws Refused {
    for (int i = chain.size() - 1; i >= 0; i--) {
      X509Certificate c = chain.get(i);
      if (i < chain.size() - 1) {
        try {
          c.verify(chain.get(i + 1).getPublicKey());
        } catch (GeneralSecurityException e) {
          throw new Refused(7, "certificate signature failure");
        }
      }
      if (now().before(c.getNotBefore())) {
        throw new Refused(9, "certificate is not yet valid");
      }
      if (now().after(c.getNotAfter())) {
        throw new Refused(10, "certificate has expired");
      }
    }
  }

  private static void checkByJdk(List<X509Certificate> chain) throws Refused {
    if (chain.size() == 1) {
      return;
    }
    try {
      PKIXParameters p = new PKIXParameters(Set.of(new TrustAnchor(chain.getLast(), null)));
      p.setRevocationEnabled(false);
      p.setDate(now());
      CertPathValidator.getInstance("PKIX")
          .validate(
              CertificateFactory.getInstance("X.509")
                  .generateCertPath(chain.subList(0, chain.size() - 1)),
              p);
    } catch (CertPathValidatorException e) {
      if (e.getReason() == CertPathValidatorException.BasicReason.ALGORITHM_CONSTRAINED) {
        throw new Refused(68, "CA signature digest algorithm too weak");
      }
      if (e.getReason() == PKIXReason.INVALID_NAME) {
        throw new Refused(47, "permitted subtree violation");
      }
      if (e.getReason() == PKIXReason.UNRECOGNIZED_CRIT_EXT) {
        throw new Refused(34, "unhandled critical extension");
      }
      throw new Refused(1, "unspecified certificate verification error");
    } catch (GeneralSecurityException e) {
      throw new Refused(1, "unspecified certificate verification error");
    }
  }
}
