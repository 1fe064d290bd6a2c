package org.plait.host;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

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

  static {
    byte[] c = {'C'};
    for (int category = LC_NUMERIC; category <= LC_MESSAGES; category++) {
      setlocale(category, c);
    }
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
    try (Scratch s = Scratch.take(name == null ? 0 : name.length)) {
      long r = SETLOCALE.call(s, category, name == null ? 0 : s.cstr(name));
      return r == 0 ? null : Scratch.stringAt(r);
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

  /** The encoding of the locale's texts. */
  public static String encoding() {
    return new String(langinfo(14), StandardCharsets.US_ASCII);
  }
}
