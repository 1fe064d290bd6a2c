package org.plait.host.process;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.plait.host.Fn;
import org.plait.host.HostException;
import org.plait.host.Scratch;

/**
 * The C library's locale. The JVM sets all categories from the environment; a program starts with
 * the C locale in all but LC_CTYPE, which the initializer of this class restores. Whoever calls a C
 * function that looks at the locale calls {@link #ensure} first.
 *
 * <p>The locale belongs to the process. {@link #setlocale} is as little safe beside threads that
 * format as it is in C.
 */
public final class CLocale {
  public static final int LC_CTYPE = 0;
  public static final int LC_NUMERIC = 1;
  public static final int LC_TIME = 2;
  public static final int LC_COLLATE = 3;
  public static final int LC_MONETARY = 4;
  public static final int LC_MESSAGES = 5;
  public static final int LC_ALL = 6;

  private static final Fn SETLOCALE = new Fn("setlocale");
  private static final Fn LOCALECONV = new Fn("localeconv");
  private static final Fn LANGINFO = new Fn("nl_langinfo");
  private static final Fn STRCOLL = new Fn("strcoll");
  private static final Fn STRXFRM = new Fn("strxfrm");

  private static final Fn GETTEXT = new Fn("dcgettext");
  private static final Fn TEXTDOMAIN = new Fn("textdomain");
  private static final Fn BINDTEXTDOMAIN = new Fn("bindtextdomain");
  private static final Fn BIND_CODESET = new Fn("bind_textdomain_codeset");
  private static final Fn SETENV = new Fn("setenv");
  private static final Fn UNSETENV = new Fn("unsetenv");

  /** Paper, name, address, telephone, measurement, identification: the JVM sets these too. */
  private static final int LAST_CATEGORY = 12;

  private static final String[] VARIABLES = {
    "LC_ALL",
    "LC_CTYPE",
    "LC_NUMERIC",
    "LC_TIME",
    "LC_COLLATE",
    "LC_MONETARY",
    "LC_MESSAGES",
    "LANG",
    "LANGUAGE"
  };

  static {
    byte[] c = {'C'};
    for (int category = LC_NUMERIC; category <= LAST_CATEGORY; category++) {
      if (category != LC_ALL) {
        setlocale(category, c);
      }
    }
    // PEP 538: without a locale of one's own, texts are UTF-8
    byte[] type = setlocale(LC_CTYPE, null);
    String all = Env.get("LC_ALL");
    if (type != null && isC(type) && (all == null || all.isEmpty())) {
      setlocale(LC_CTYPE, "C.UTF-8".getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static boolean isC(byte[] name) {
    String s = new String(name, StandardCharsets.ISO_8859_1);
    return s.equals("C") || s.equals("POSIX");
  }

  private CLocale() {}

  /** Makes sure the process starts in the locale a C program starts in. */
  public static void ensure() {}

  /**
   * Sets one category, or asks for it when {@code name} is null; an empty name means the
   * environment's.
   *
   * @return the locale's name, or null when there is no such locale
   */
  public static synchronized byte @Nullable [] setlocale(int category, byte @Nullable [] name) {
    if (name != null && name.length == 0) {
      handEnvironment();
    }
    try (Scratch s = Scratch.take(name == null ? 0 : name.length)) {
      long r = SETLOCALE.call(s, category, name == null ? 0 : s.cstr(name));
      return r == 0 ? null : Scratch.stringAt(r);
    }
  }

  /** Shows the C library those variables of our environment that name locales. */
  private static void handEnvironment() {
    for (String variable : VARIABLES) {
      byte[] name = variable.getBytes(StandardCharsets.US_ASCII);
      String value = Env.get(variable);
      byte[] bytes = value == null ? new byte[0] : value.getBytes(StandardCharsets.ISO_8859_1);
      try (Scratch s = Scratch.take(name.length + (long) bytes.length + 64)) {
        if (value == null) {
          UNSETENV.call(s, s.cstr(name));
        } else {
          SETENV.call(s, s.cstr(name), s.cstr(bytes), 1);
        }
      }
    }
  }

  /**
   * The conventions for numbers and money; strings in the locale's encoding, grouping as C has it
   * (CHAR_MAX ends it, and stands for "unknown" in the single characters).
   */
  public record Conventions(
      byte[] decimalPoint,
      byte[] thousandsSep,
      byte[] grouping,
      byte[] intCurrSymbol,
      byte[] currencySymbol,
      byte[] monDecimalPoint,
      byte[] monThousandsSep,
      byte[] monGrouping,
      byte[] positiveSign,
      byte[] negativeSign,
      int intFracDigits,
      int fracDigits,
      int pCsPrecedes,
      int pSepBySpace,
      int nCsPrecedes,
      int nSepBySpace,
      int pSignPosn,
      int nSignPosn) {}

  /** What {@code localeconv} says. */
  public static synchronized Conventions localeconv() {
    try (Scratch s = Scratch.take()) {
      ByteBuffer b = Scratch.at(LOCALECONV.call(s), 96);
      byte[][] strings = new byte[10][];
      for (int i = 0; i < 10; i++) {
        strings[i] = Scratch.stringAt(b.getLong(i * 8));
      }
      return new Conventions(
          strings[0],
          strings[1],
          strings[2],
          strings[3],
          strings[4],
          strings[5],
          strings[6],
          strings[7],
          strings[8],
          strings[9],
          b.get(80),
          b.get(81),
          b.get(82),
          b.get(83),
          b.get(84),
          b.get(85),
          b.get(86),
          b.get(87));
    }
  }

  /** One item of {@code nl_langinfo}. */
  public static synchronized byte[] langinfo(int item) {
    try (Scratch s = Scratch.take()) {
      return Scratch.stringAt(LANGINFO.call(s, item));
    }
  }

  /** Compares two texts, in the locale's encoding, by its collation. */
  public static int strcoll(byte[] a, byte[] b) {
    try (Scratch s = Scratch.take(a.length + (long) b.length)) {
      return (int) STRCOLL.call(s, s.cstr(a), s.cstr(b));
    }
  }

  /** What must be compared byte by byte to compare texts by the locale's collation. */
  public static byte[] strxfrm(byte[] text) {
    int size = text.length * 4 + 64;
    while (true) {
      try (Scratch s = Scratch.take(size + (long) text.length)) {
        int at = s.alloc(size);
        long n = STRXFRM.call(s, s.ptr(at), s.cstr(text), size);
        if (n < size) {
          return s.getBytes(at, (int) n);
        }
        size = (int) n + 1;
      }
    }
  }

  // ---- messages

  /** A message's translation in a domain (null: the current one), or the message itself. */
  public static byte[] gettext(byte @Nullable [] domain, byte[] message, int category) {
    try (Scratch s = Scratch.take(message.length + 512L + (domain == null ? 0 : domain.length))) {
      long name = domain == null ? 0 : s.cstr(domain);
      return Scratch.stringAt(GETTEXT.call(s, name, s.cstr(message), category));
    }
  }

  /** Sets the domain of messages unless null, and says what it is. */
  public static byte[] textdomain(byte @Nullable [] domain) {
    try (Scratch s = Scratch.take(domain == null ? 0 : domain.length)) {
      return text(s, TEXTDOMAIN, TEXTDOMAIN.call(s, domain == null ? 0 : s.cstr(domain)));
    }
  }

  /** Sets the folder of a domain's messages unless null, and says which it is. */
  public static byte[] bindtextdomain(byte[] domain, byte @Nullable [] folder) {
    try (Scratch s = Scratch.take(domain.length + 64L + (folder == null ? 0 : folder.length))) {
      long name = s.cstr(domain);
      return text(
          s, BINDTEXTDOMAIN, BINDTEXTDOMAIN.call(s, name, folder == null ? 0 : s.cstr(folder)));
    }
  }

  private static byte[] text(Scratch s, Fn fn, long result) {
    if (result == 0) {
      throw new HostException(s.errno(), fn.name());
    }
    return Scratch.stringAt(result);
  }

  /** Sets the encoding of a domain's messages unless null, and says which it is, if any. */
  public static byte @Nullable [] bindCodeset(byte[] domain, byte @Nullable [] codeset) {
    try (Scratch s = Scratch.take(domain.length + 64L + (codeset == null ? 0 : codeset.length))) {
      long name = s.cstr(domain);
      long result = BIND_CODESET.call(s, name, codeset == null ? 0 : s.cstr(codeset));
      return result == 0 ? null : Scratch.stringAt(result);
    }
  }

  /** The encoding of the locale's texts. */
  public static String encoding() {
    return new String(langinfo(14), StandardCharsets.US_ASCII);
  }
}
