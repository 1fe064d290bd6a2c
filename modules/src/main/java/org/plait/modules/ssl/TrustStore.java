package org.plait.modules.ssl;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.plait.host.HostException;
import org.plait.host.file.HostFiles;

/**
 * The certificates and revocation lists that a context trusts in, and the folders where it looks
 * for more. Grows only, under its monitor; {@link #certificates} and the like are lists that never
 * change.
 */
final class TrustStore {
  private volatile List<X509Certificate> certificates = List.of();
  private volatile List<X509CRL> crls = List.of();
  private volatile List<byte[]> folders = List.of();

  List<X509Certificate> certificates() {
    return certificates;
  }

  List<X509CRL> crls() {
    return crls;
  }

  static X509Certificate certificate(byte[] der) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  static X509CRL crl(byte[] der) throws GeneralSecurityException {
    return (X509CRL)
        CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der));
  }

  private static <T> List<T> with(List<T> all, T one) {
    if (all.contains(one)) {
      return all;
    }
    List<T> more = new ArrayList<>(all);
    more.add(one);
    return List.copyOf(more);
  }

  synchronized void add(X509Certificate c) {
    certificates = with(certificates, c);
  }

  synchronized void add(X509CRL c) {
    crls = with(crls, c);
  }

  synchronized void addFolder(byte[] path) {
    for (byte[] f : folders) {
      if (Arrays.equals(f, path)) {
        return;
      }
    }
    folders = with(folders, path);
  }

  /** As {@code X509_check_ca}. */
  static boolean isAuthority(X509Certificate c) {
    if (c.getBasicConstraints() >= 0) {
      return true;
    }
    if (c.getExtensionValue("2.5.29.19") != null) {
      return false;
    }
    boolean[] usage = c.getKeyUsage();
    if (usage != null) {
      return usage[5];
    }
    return c.getVersion() == 1 && c.getSubjectX500Principal().equals(c.getIssuerX500Principal());
  }

  /** Certificates of the name, from the folders too, which are kept then. */
  List<X509Certificate> named(X500Principal name) {
    List<X509Certificate> found = new ArrayList<>();
    for (X509Certificate c : certificates) {
      if (c.getSubjectX500Principal().equals(name)) {
        found.add(c);
      }
    }
    if (found.isEmpty() && !folders.isEmpty()) {
      for (byte[] file : hashed(name, "")) {
        for (Pem p : sections(file)) {
          try {
            X509Certificate c = p.isCertificate() ? certificate(p.body()) : null;
            if (c != null && c.getSubjectX500Principal().equals(name)) {
              add(c);
              found.add(c);
            }
          } catch (CertificateException e) {
            continue; // OpenSSL passes over what it can't read
          }
        }
      }
    }
    return found;
  }

  /** Revocation lists of the issuer. */
  List<X509CRL> crlsOf(X500Principal issuer) {
    List<X509CRL> found = new ArrayList<>();
    for (X509CRL c : crls) {
      if (c.getIssuerX500Principal().equals(issuer)) {
        found.add(c);
      }
    }
    if (found.isEmpty() && !folders.isEmpty()) {
      for (byte[] file : hashed(issuer, "r")) {
        for (Pem p : sections(file)) {
          try {
            if (p.isCrl()) {
              X509CRL c = crl(p.body());
              add(c);
              found.add(c);
            }
          } catch (GeneralSecurityException e) {
            continue;
          }
        }
      }
    }
    return found;
  }

  private static List<Pem> sections(byte[] file) {
    try {
      return Pem.read(file);
    } catch (Pem.BadPem e) {
      return List.of();
    }
  }

  /** The files in the folders that are named after the hash of a name: {@code 1a2b3c4d.0}… */
  private List<byte[]> hashed(X500Principal name, String kind) {
    List<byte[]> files = new ArrayList<>();
    String hash = hash(name);
    for (byte[] folder : folders) {
      for (int i = 0; ; i++) {
        byte[] file = ("/" + hash + "." + kind + i).getBytes(StandardCharsets.US_ASCII);
        byte[] path = Arrays.copyOf(folder, folder.length + file.length);
        System.arraycopy(file, 0, path, folder.length, file.length);
        try {
          files.add(HostFiles.readAll(path));
        } catch (HostException e) {
          break;
        }
      }
    }
    return files;
  }

  // Compare OpenSSL X509_NAME_hash_ex: SHA-1 of the name in a form that disregards case and spaces.
  private static String hash(X500Principal name) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      for (RDN rdn : X500Name.getInstance(name.getEncoded()).getRDNs()) {
        ASN1EncodableVector parts = new ASN1EncodableVector();
        for (AttributeTypeAndValue a : rdn.getTypesAndValues()) {
          ASN1Primitive value = a.getValue().toASN1Primitive();
          if (value instanceof ASN1String) {
            byte[] text = CertificateText.canonical(CertificateText.string(value));
            value = new DERUTF8String(new String(text, StandardCharsets.UTF_8));
          }
          ASN1EncodableVector pair = new ASN1EncodableVector();
          pair.add(a.getType());
          pair.add(value);
          parts.add(new DERSequence(pair));
        }
        all.write(new DERSet(parts).getEncoded(ASN1Encoding.DER));
      }
      byte[] d = MessageDigest.getInstance("SHA-1").digest(all.toByteArray());
      int h = d[3] << 24 | (d[2] & 0xff) << 16 | (d[1] & 0xff) << 8 | d[0] & 0xff;
      String hex = Integer.toHexString(h);
      return "0".repeat(8 - hex.length()) + hex;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
