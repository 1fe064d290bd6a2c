package org.plait.modules.ssl;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The sections of a PEM file.
 *
 * @param label what stands behind BEGIN
 * @param headers such as DEK-Info; mostly none
 * @param body decoded
 */
record Pem(String label, Map<String, String> headers, byte[] body) {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";

  boolean isCertificate() {
    return label.equals("CERTIFICATE")
        || label.equals("X509 CERTIFICATE")
        || label.equals("TRUSTED CERTIFICATE");
  }

  boolean isCrl() {
    return label.equals("X509 CRL");
  }

  boolean isPrivateKey() {
    return label.endsWith("PRIVATE KEY");
  }

  /** A section that is broken: no end, or no base64. */
  static final class BadPem extends Exception {
    private static final long serialVersionUID = 1L;

    BadPem(String message) {
      super(message);
    }
  }

  /**
   * All sections in order; text around them is skipped.
   *
   * @throws BadPem at the first broken one
   */
  static List<Pem> read(byte[] file) throws BadPem {
    List<Pem> all = new ArrayList<>();
    String[] lines = new String(file, StandardCharsets.ISO_8859_1).split("\r\n|\n|\r", -1);
    int i = 0;
    while (i < lines.length) {
      String line = lines[i++].stripTrailing();
      if (!line.startsWith(BEGIN) || !line.endsWith(DASHES)) {
        continue;
      }
      String label = line.substring(BEGIN.length(), line.length() - DASHES.length());
      Map<String, String> headers = new HashMap<>();
      StringBuilder base64 = new StringBuilder();
      while (true) {
        if (i == lines.length) {
          throw new BadPem("no end of " + label);
        }
        String l = lines[i++].strip();
        if (l.startsWith(END)) {
          if (!l.equals(END + label + DASHES)) {
            throw new BadPem("bad end of " + label);
          }
          break;
        }
        int colon = l.indexOf(':');
        if (colon > 0) {
          headers.put(l.substring(0, colon), l.substring(colon + 1).strip());
        } else {
          base64.append(l);
        }
      }
      try {
        all.add(new Pem(label, headers, Base64.getDecoder().decode(base64.toString())));
      } catch (IllegalArgumentException e) {
        throw new BadPem("no base64 in " + label);
      }
    }
    return all;
  }

  /** A certificate in PEM, lines of 64 characters. */
  static String write(byte[] certificate) {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate)
        + "\n-----END CERTIFICATE-----\n";
  }
}
