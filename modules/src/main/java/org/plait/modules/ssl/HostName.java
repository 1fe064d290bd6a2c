package org.plait.modules.ssl;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.jspecify.annotations.Nullable;

/** What a server's certificate must be for: a name or an address. */
final class HostName {
  /** Does without the subject's common name altogether. */
  static final int NEVER_CHECK_SUBJECT = 0x20;

  private static final int ALWAYS_CHECK_SUBJECT = 0x1;
  private static final int NO_WILDCARDS = 0x2;

  private final String text;
  private final byte @Nullable [] address;
  private final int flags;

  HostName(String text, int flags) {
    this.text = text;
    this.address = address(text);
    this.flags = flags;
  }

  /** The bytes of an address in figures, null for a name. */
  static byte @Nullable [] address(String text) {
    String[] v4 = text.split("\\.", -1);
    if (v4.length == 4) {
      byte[] b = new byte[4];
      for (int i = 0; i < 4; i++) {
        if (!v4[i].matches("[0-9]{1,3}") || Integer.parseInt(v4[i]) > 255) {
          return null;
        }
        b[i] = (byte) Integer.parseInt(v4[i]);
      }
      return b;
    }
    if (text.indexOf(':') < 0 || text.indexOf('%') >= 0) {
      return null;
    }
    try {
      return java.net.Inet6Address.ofLiteral(text).getAddress();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  void check(X509Certificate c) throws ChainVerifier.Refused {
    if (address != null) {
      for (GeneralName n : alternatives(c)) {
        if (n.getTagNo() == GeneralName.iPAddress
            && java.util.Arrays.equals(
                ASN1OctetString.getInstance(n.getName()).getOctets(), address)) {
          return;
        }
      }
      throw new ChainVerifier.Refused(
          64, "IP address mismatch, certificate is not valid for '" + text + "'.");
    }
    boolean any = false;
    for (GeneralName n : alternatives(c)) {
      if (n.getTagNo() == GeneralName.dNSName) {
        any = true;
        if (matches(CertificateText.string(n.getName()))) {
          return;
        }
      }
    }
    boolean subject =
        (flags & NEVER_CHECK_SUBJECT) == 0 && (!any || (flags & ALWAYS_CHECK_SUBJECT) != 0);
    if (subject) {
      for (String name : commonNames(c)) {
        if (matches(name)) {
          return;
        }
      }
    }
    throw new ChainVerifier.Refused(
        62, "Hostname mismatch, certificate is not valid for '" + text + "'.");
  }

  private static GeneralName[] alternatives(X509Certificate c) {
    byte[] value = c.getExtensionValue("2.5.29.17");
    if (value == null) {
      return new GeneralName[0];
    }
    try {
      return GeneralNames.getInstance(ASN1OctetString.getInstance(value).getOctets()).getNames();
    } catch (RuntimeException e) {
      return new GeneralName[0];
    }
  }

  private static List<String> commonNames(X509Certificate c) {
    List<String> all = new ArrayList<>();
    for (RDN rdn : X500Name.getInstance(c.getSubjectX500Principal().getEncoded()).getRDNs()) {
      for (AttributeTypeAndValue a : rdn.getTypesAndValues()) {
        if (a.getType().equals(BCStyle.CN)) {
          all.add(CertificateText.string(a.getValue()));
        }
      }
    }
    return all;
  }

  private static String lower(String s) {
    return s.toLowerCase(Locale.ROOT);
  }

  /** A star stands for the whole of the first label, before at least two others. */
  private boolean matches(String pattern) {
    if (lower(pattern).equals(lower(text))) {
      return true;
    }
    if ((flags & NO_WILDCARDS) != 0 || !pattern.startsWith("*.")) {
      return false;
    }
    String rest = pattern.substring(1);
    int dot = text.indexOf('.');
    return dot > 0
        && rest.indexOf('*') < 0
        && rest.indexOf('.', 1) > 0
        && lower(text.substring(dot)).equals(lower(rest));
  }
}
