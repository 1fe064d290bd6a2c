package org.plait.modules.ssl;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.DERT61String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyDict;

/** What {@code getpeercert()} tells of a certificate. */
final class CertificateText {
  private CertificateText() {}

  private static final String[] MONTHS = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
  };

  private static final ASN1ObjectIdentifier AD_OCSP = AccessDescription.id_ad_ocsp;
  private static final ASN1ObjectIdentifier AD_CA_ISSUERS = AccessDescription.id_ad_caIssuers;

  // Compare CPython _decode_certificate in _ssl.c.
  static PyDict decode(Certificate c) {
    TBSCertificate t = c.getTBSCertificate();
    PyDict d = new PyDict();
    d.putStr("subject", name(t.getSubject()));
    d.putStr("issuer", name(t.getIssuer()));
    d.putStr("version", Py.int_(t.getVersionNumber()));
    byte[] serial = t.getSerialNumber().getValue().abs().toByteArray();
    String hex = HexFormat.of().withUpperCase().formatHex(serial);
    if (serial.length > 1 && serial[0] == 0) {
      hex = hex.substring(2);
    }
    d.putStr("serialNumber", Py.str(t.getSerialNumber().getValue().signum() < 0 ? "-" + hex : hex));
    d.putStr("notBefore", Py.str(time(t.getStartDate())));
    d.putStr("notAfter", Py.str(time(t.getEndDate())));
    Extensions x = t.getExtensions();
    if (x == null) {
      return d;
    }
    Extension alternatives = x.getExtension(Extension.subjectAlternativeName);
    if (alternatives != null) {
      List<PyObject> all = new ArrayList<>();
      for (GeneralName g : GeneralNames.getInstance(alternatives.getParsedValue()).getNames()) {
        all.add(general(g));
      }
      d.putStr("subjectAltName", Py.tuple(all));
    }
    Extension access = x.getExtension(Extension.authorityInfoAccess);
    if (access != null) {
      AuthorityInformationAccess a =
          AuthorityInformationAccess.getInstance(access.getParsedValue());
      put(d, "OCSP", accessUris(a, AD_OCSP));
      put(d, "caIssuers", accessUris(a, AD_CA_ISSUERS));
    }
    Extension points = x.getExtension(Extension.cRLDistributionPoints);
    if (points != null) {
      put(d, "crlDistributionPoints", crlUris(CRLDistPoint.getInstance(points.getParsedValue())));
    }
    return d;
  }

  private static void put(PyDict d, String key, List<PyObject> values) {
    if (!values.isEmpty()) {
      d.putStr(key, Py.tuple(values));
    }
  }

  private static List<PyObject> accessUris(
      AuthorityInformationAccess access, ASN1ObjectIdentifier method) {
    List<PyObject> all = new ArrayList<>();
    for (AccessDescription a : access.getAccessDescriptions()) {
      if (a.getAccessMethod().equals(method)) {
        addUri(all, a.getAccessLocation());
      }
    }
    return all;
  }

  private static List<PyObject> crlUris(CRLDistPoint points) {
    List<PyObject> all = new ArrayList<>();
    for (DistributionPoint p : points.getDistributionPoints()) {
      DistributionPointName n = p.getDistributionPoint();
      if (n != null && n.getType() == DistributionPointName.FULL_NAME) {
        for (GeneralName g : GeneralNames.getInstance(n.getName()).getNames()) {
          addUri(all, g);
        }
      }
    }
    return all;
  }

  private static void addUri(List<PyObject> all, GeneralName g) {
    if (g.getTagNo() == GeneralName.uniformResourceIdentifier) {
      all.add(Py.str(string(g.getName())));
    }
  }

  private static PyObject pair(String kind, PyObject value) {
    return Py.tuple(Py.str(kind), value);
  }

  private static PyObject general(GeneralName g) {
    ASN1Encodable n = g.getName();
    return switch (g.getTagNo()) {
      case GeneralName.rfc822Name -> pair("email", Py.str(string(n)));
      case GeneralName.dNSName -> pair("DNS", Py.str(string(n)));
      case GeneralName.uniformResourceIdentifier -> pair("URI", Py.str(string(n)));
      case GeneralName.directoryName -> pair("DirName", name(X500Name.getInstance(n)));
      case GeneralName.registeredID ->
          pair("Registered ID", Py.str(ASN1ObjectIdentifier.getInstance(n).getId()));
      case GeneralName.iPAddress ->
          pair("IP Address", Py.str(address(ASN1OctetString.getInstance(n).getOctets())));
      case GeneralName.x400Address -> pair("X400Name", Py.str("<unsupported>"));
      case GeneralName.ediPartyName -> pair("EdiPartyName", Py.str("<unsupported>"));
      default -> pair("othername", Py.str("<unsupported>"));
    };
  }

  private static String address(byte[] b) {
    StringBuilder s = new StringBuilder();
    if (b.length == 4) {
      for (byte x : b) {
        s.append(s.isEmpty() ? "" : ".").append(x & 0xff);
      }
    } else if (b.length == 16) {
      for (int i = 0; i < 16; i += 2) {
        int group = (b[i] & 0xff) << 8 | b[i + 1] & 0xff;
        s.append(i == 0 ? "" : ":").append(Integer.toHexString(group).toUpperCase(Locale.ROOT));
      }
    } else {
      return "<invalid>";
    }
    return s.toString();
  }

  /** A name as a tuple of relative names, each a tuple of pairs. */
  private static PyObject name(X500Name name) {
    List<PyObject> all = new ArrayList<>();
    for (RDN rdn : name.getRDNs()) {
      List<PyObject> parts = new ArrayList<>();
      for (AttributeTypeAndValue a : rdn.getTypesAndValues()) {
        parts.add(pair(OpensslObjects.longName(a.getType().getId()), Py.str(string(a.getValue()))));
      }
      all.add(Py.tuple(parts));
    }
    return Py.tuple(all);
  }

  static String string(ASN1Encodable value) {
    if (value instanceof DERT61String t) {
      return new String(t.getOctets(), StandardCharsets.ISO_8859_1);
    }
    return value instanceof ASN1String s ? s.getString() : value.toString();
  }

  private static String time(Time t) {
    ZonedDateTime z = Instant.ofEpochMilli(t.getDate().getTime()).atZone(ZoneOffset.UTC);
    return MONTHS[z.getMonthValue() - 1]
        + (z.getDayOfMonth() < 10 ? "  " : " ")
        + z.getDayOfMonth()
        + " "
        + two(z.getHour())
        + ":"
        + two(z.getMinute())
        + ":"
        + two(z.getSecond())
        + " "
        + z.getYear()
        + " GMT";
  }

  private static String two(int n) {
    return n < 10 ? "0" + n : String.valueOf(n);
  }

  /** A name in one line as RFC 2253 has it: last part first, short names. */
  static String line(X500Name name) {
    StringBuilder s = new StringBuilder();
    RDN[] rdns = name.getRDNs();
    for (int i = rdns.length - 1; i >= 0; i--) {
      AttributeTypeAndValue[] parts = rdns[i].getTypesAndValues();
      for (int k = 0; k < parts.length; k++) {
        s.append(s.isEmpty() ? "" : k == 0 ? "," : "+");
        s.append(OpensslObjects.shortName(parts[k].getType().getId())).append('=');
        escape(s, string(parts[k].getValue()));
      }
    }
    return s.toString();
  }

  private static void escape(StringBuilder to, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c == 0x7f) {
        to.append('\\').append(HexFormat.of().withUpperCase().toHexDigits((byte) c));
        continue;
      }
      if (",+\"\\<>;".indexOf(c) >= 0
          || c == '#' && i == 0
          || c == ' ' && (i == 0 || i == value.length() - 1)) {
        to.append('\\');
      }
      to.append(c);
    }
  }

  /** A text as it counts in comparing names: one space between words, small ASCII letters. */
  static byte[] canonical(String text) {
    StringBuilder s = new StringBuilder();
    for (String word : text.strip().split("[ \\t\\n\\x0b\\f\\r]+")) {
      s.append(s.isEmpty() ? "" : " ");
      for (int i = 0; i < word.length(); i++) {
        char c = word.charAt(i);
        s.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
      }
    }
    return s.toString().getBytes(StandardCharsets.UTF_8);
  }
}
