package org.plait.modules.ssl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The cipher suites that the JDK offers, under OpenSSL's names, and OpenSSL's language for choosing
 * among them.
 */
final class CipherSuites {
  private CipherSuites() {}

  /**
   * A suite.
   *
   * @param name OpenSSL's
   * @param java the JDK's
   * @param id of two bytes
   * @param exchange any, ECDHE or DHE
   * @param authentication any, RSA or ECDSA
   * @param encryption AESGCM, AES or CHACHA20
   * @param bits of the key
   * @param mac AEAD, SHA1, SHA256 or SHA384
   */
  record Suite(
      String name,
      String java,
      int id,
      boolean tls13,
      String exchange,
      String authentication,
      String encryption,
      int bits,
      String mac) {
    /** Since which version of TLS, as OpenSSL says it. */
    String version() {
      return tls13 ? "TLSv1.3" : mac.equals("SHA1") ? "TLSv1.0" : "TLSv1.2";
    }
  }

  private static Suite tls13(String name, int id, String encryption, int bits) {
    return new Suite(name, name, id, true, "any", "any", encryption, bits, "AEAD");
  }

  private static Suite tls12(
      String name, int id, String exchange, String auth, String encryption, int bits, String mac) {
    String cipher =
        switch (encryption) {
          case "AESGCM" -> "AES_" + bits + "_GCM";
          case "AES" -> "AES_" + bits + "_CBC";
          default -> "CHACHA20_POLY1305";
        };
    String hash =
        switch (mac) {
          case "AEAD" -> bits == 256 && encryption.equals("AESGCM") ? "SHA384" : "SHA256";
          case "SHA1" -> "SHA";
          default -> mac;
        };
    String java = "TLS_" + exchange + "_" + auth + "_WITH_" + cipher + "_" + hash;
    return new Suite(name, java, id, false, exchange, auth, encryption, bits, mac);
  }

  /** All, in OpenSSL's order of preference. */
  static final List<Suite> ALL =
      List.of(
          tls13("TLS_AES_256_GCM_SHA384", 0x1302, "AESGCM", 256),
          tls13("TLS_CHACHA20_POLY1305_SHA256", 0x1303, "CHACHA20", 256),
          tls13("TLS_AES_128_GCM_SHA256", 0x1301, "AESGCM", 128),
          tls12("ECDHE-ECDSA-AES256-GCM-SHA384", 0xc02c, "ECDHE", "ECDSA", "AESGCM", 256, "AEAD"),
          tls12("ECDHE-RSA-AES256-GCM-SHA384", 0xc030, "ECDHE", "RSA", "AESGCM", 256, "AEAD"),
          tls12("DHE-RSA-AES256-GCM-SHA384", 0x009f, "DHE", "RSA", "AESGCM", 256, "AEAD"),
          tls12("ECDHE-ECDSA-CHACHA20-POLY1305", 0xcca9, "ECDHE", "ECDSA", "CHACHA20", 256, "AEAD"),
          tls12("ECDHE-RSA-CHACHA20-POLY1305", 0xcca8, "ECDHE", "RSA", "CHACHA20", 256, "AEAD"),
          tls12("DHE-RSA-CHACHA20-POLY1305", 0xccaa, "DHE", "RSA", "CHACHA20", 256, "AEAD"),
          tls12("ECDHE-ECDSA-AES128-GCM-SHA256", 0xc02b, "ECDHE", "ECDSA", "AESGCM", 128, "AEAD"),
          tls12("ECDHE-RSA-AES128-GCM-SHA256", 0xc02f, "ECDHE", "RSA", "AESGCM", 128, "AEAD"),
          tls12("DHE-RSA-AES128-GCM-SHA256", 0x009e, "DHE", "RSA", "AESGCM", 128, "AEAD"),
          tls12("ECDHE-ECDSA-AES256-SHA384", 0xc024, "ECDHE", "ECDSA", "AES", 256, "SHA384"),
          tls12("ECDHE-RSA-AES256-SHA384", 0xc028, "ECDHE", "RSA", "AES", 256, "SHA384"),
          tls12("DHE-RSA-AES256-SHA256", 0x006b, "DHE", "RSA", "AES", 256, "SHA256"),
          tls12("ECDHE-ECDSA-AES128-SHA256", 0xc023, "ECDHE", "ECDSA", "AES", 128, "SHA256"),
          tls12("ECDHE-RSA-AES128-SHA256", 0xc027, "ECDHE", "RSA", "AES", 128, "SHA256"),
          tls12("DHE-RSA-AES128-SHA256", 0x0067, "DHE", "RSA", "AES", 128, "SHA256"),
          tls12("ECDHE-ECDSA-AES256-SHA", 0xc00a, "ECDHE", "ECDSA", "AES", 256, "SHA1"),
          tls12("ECDHE-RSA-AES256-SHA", 0xc014, "ECDHE", "RSA", "AES", 256, "SHA1"),
          tls12("DHE-RSA-AES256-SHA", 0x0039, "DHE", "RSA", "AES", 256, "SHA1"),
          tls12("ECDHE-ECDSA-AES128-SHA", 0xc009, "ECDHE", "ECDSA", "AES", 128, "SHA1"),
          tls12("ECDHE-RSA-AES128-SHA", 0xc013, "ECDHE", "RSA", "AES", 128, "SHA1"),
          tls12("DHE-RSA-AES128-SHA", 0x0033, "DHE", "RSA", "AES", 128, "SHA1"));

  /** OpenSSL's own choice; means that at the beginning alone. */
  private static final String STANDARD = "DEFAULT";

  /** What Python chooses where the program doesn't. */
  static final String DEFAULT =
      "@SECLEVEL=2:ECDH+AESGCM:ECDH+CHACHA20:ECDH+AES:DHE+AES:!aNULL:!eNULL:!aDSS:!SHA1:!AESCCM";

  private static final Map<String, Suite> BY_JAVA = new HashMap<>();
  private static final Map<Integer, Suite> BY_ID = new HashMap<>();

  static {
    for (Suite s : ALL) {
      BY_JAVA.put(s.java, s);
      BY_ID.put(s.id, s);
    }
  }

  static @Nullable Suite byJava(String name) {
    return BY_JAVA.get(name);
  }

  static @Nullable Suite byId(int id) {
    return BY_ID.get(id);
  }

  /**
   * What a choice comes to.
   *
   * @param suites those of TLS 1.3, which are always on, and those chosen
   * @param level of security, -1 where the choice does not set it
   */
  record Choice(List<Suite> suites, int level) {}

  /**
   * Chooses suites as {@code openssl ciphers} does.
   *
   * @return null when none is left
   */
  static @Nullable Choice choose(String text) {
    Set<Suite> killed = new LinkedHashSet<>();
    List<Suite> chosen = new ArrayList<>();
    int level = -1;
    boolean first = true;
    for (String rule : text.split("[:,; ]+")) {
      if (rule.isEmpty() || rule.equals(STANDARD) && !first) {
        continue;
      }
      first = false;
      if (rule.startsWith("@")) {
        if (rule.equals("@STRENGTH")) {
          chosen.sort(Comparator.comparingInt(Suite::bits).reversed());
        } else if (rule.matches("@SECLEVEL=[0-5]")) {
          level = rule.charAt(rule.length() - 1) - '0';
        }
        continue;
      }
      char op = "!-+".indexOf(rule.charAt(0)) >= 0 ? rule.charAt(0) : 0;
      List<Suite> meant = meant(op == 0 ? rule : rule.substring(1), killed);
      switch (op) {
        case '!' -> {
          chosen.removeAll(meant);
          killed.addAll(meant);
        }
        case '-' -> chosen.removeAll(meant);
        case '+' -> {
          meant.retainAll(chosen);
          chosen.removeAll(meant);
          chosen.addAll(meant);
        }
        default -> {
          for (Suite s : meant) {
            if (!killed.contains(s) && !chosen.contains(s)) {
              chosen.add(s);
            }
          }
        }
      }
    }
    if (chosen.isEmpty()) {
      return null;
    }
    List<Suite> all = new ArrayList<>();
    for (Suite s : ALL) {
      if (s.tls13) {
        all.add(s);
      }
    }
    all.addAll(chosen);
    return new Choice(List.copyOf(all), level);
  }

  /** The suites that a rule without its operator names. */
  private static List<Suite> meant(String rule, Set<Suite> killed) {
    List<Suite> all = new ArrayList<>();
    if (rule.equals(STANDARD)) {
      Choice c = choose("ALL:!eNULL");
      for (Suite s : c == null ? List.<Suite>of() : c.suites) {
        if (!s.tls13 && !killed.contains(s)) {
          all.add(s);
        }
      }
      return all;
    }
    String[] words = rule.split("\\+");
    for (Suite s : ALL) {
      if (!s.tls13 && Arrays.stream(words).allMatch(w -> isMeant(s, w))) {
        all.add(s);
      }
    }
    return all;
  }

  private static boolean isMeant(Suite s, String word) {
    return switch (word) {
      case "ALL", "HIGH" -> true;
      case "ECDH", "ECDHE", "EECDH", "kECDHE", "kEECDH" -> s.exchange.equals("ECDHE");
      case "DH", "DHE", "EDH", "kDHE", "kEDH" -> s.exchange.equals("DHE");
      case "aRSA" -> s.authentication.equals("RSA");
      case "ECDSA", "aECDSA" -> s.authentication.equals("ECDSA");
      case "AES" -> s.encryption.startsWith("AES");
      case "AESGCM" -> s.encryption.equals("AESGCM");
      case "AES128" -> s.encryption.startsWith("AES") && s.bits == 128;
      case "AES256" -> s.encryption.startsWith("AES") && s.bits == 256;
      case "CBC" -> s.encryption.equals("AES");
      case "CHACHA20" -> s.encryption.equals("CHACHA20");
      case "SHA", "SHA1" -> s.mac.equals("SHA1");
      case "SHA256" -> s.mac.equals("SHA256");
      case "SHA384" -> s.mac.equals("SHA384");
      case "TLSv1.2" -> !s.mac.equals("SHA1");
      case "TLSv1.0", "TLSv1", "SSLv3" -> s.mac.equals("SHA1");
      default -> s.name.equals(word) || s.java.equals(word);
    };
  }

  /** The line that {@code openssl ciphers -v} prints. */
  static String description(Suite s) {
    String encryption =
        switch (s.encryption) {
          case "CHACHA20" -> "CHACHA20/POLY1305";
          default -> s.encryption;
        };
    String exchange =
        switch (s.exchange) {
          case "ECDHE" -> "ECDH";
          case "DHE" -> "DH";
          default -> s.exchange;
        };
    return pad(s.name, 30)
        + " "
        + pad(s.version().equals("TLSv1.0") ? "TLSv1" : s.version(), 7)
        + " Kx="
        + pad(exchange, 8)
        + " Au="
        + pad(s.authentication, 5)
        + " Enc="
        + pad(encryption + "(" + s.bits + ")", 22)
        + " Mac="
        + s.mac;
  }

  private static String pad(String s, int width) {
    return s.length() >= width ? s : s + " ".repeat(width - s.length());
  }

  /** OpenSSL's name of the cipher alone. */
  static String symmetric(Suite s) {
    return switch (s.encryption) {
      case "AESGCM" -> "aes-" + s.bits + "-gcm";
      case "AES" -> "aes-" + s.bits + "-cbc";
      default -> "chacha20-poly1305";
    };
  }

  static String lower(String s) {
    return s.toLowerCase(Locale.ROOT);
  }
}
