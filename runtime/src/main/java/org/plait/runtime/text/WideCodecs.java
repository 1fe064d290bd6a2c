package org.plait.runtime.text;

/** UTF-16 and UTF-32 in both byte orders and with a byte order mark. The native order is little. */
public final class WideCodecs {
  /** The byte order of a codec, and what decoding found. */
  public enum Order {
    /** By the mark, little where there is none; encoding writes a mark. */
    MARKED,
    LITTLE,
    BIG
  }

  /**
   * The result of decoding.
   *
   * @param text what was decoded
   * @param consumed how many bytes of the input
   * @param order the order in use at the end; MARKED while nothing has decided it
   */
  public record OrderedResult(CodePointSource text, int consumed, Order order) {}

  private static final String SURROGATES = "surrogates not allowed";

  private WideCodecs() {}

  // ---- UTF-16

  /**
   * Decodes UTF-16.
   *
   * @param last whether no more input follows
   */
  public static OrderedResult decodeUtf16(
      byte[] in, Order order, CodecErrors errors, boolean last) {
    DecodeState d = new DecodeState(in, errors);
    Order found = order;
    if (order == Order.MARKED && in.length >= 2) {
      int mark = (in[0] & 0xff) << 8 | (in[1] & 0xff);
      if (mark == 0xfffe || mark == 0xfeff) {
        found = mark == 0xfffe ? Order.LITTLE : Order.BIG;
        d.pos = 2;
      }
    }
    boolean big = found == Order.BIG;
    String name = big ? "utf-16-be" : "utf-16-le";
    while (true) {
      int p = d.pos;
      int n = d.in.length;
      if (n - p < 2) {
        if (p == n || !last) {
          return new OrderedResult(d.out.toSource(), p, found);
        }
        d.error(name, p, n, "truncated data");
        continue;
      }
      int c = unit(d.in, p, big);
      if (c < 0xd800 || c > 0xdfff) {
        d.out.append(c);
        d.pos = p + 2;
      } else if (c >= 0xdc00) {
        d.error(name, p, p + 2, "illegal encoding");
      } else if (n - p < 4) {
        if (!last) {
          return new OrderedResult(d.out.toSource(), p, found);
        }
        d.error(name, p, n, "unexpected end of data");
      } else {
        int low = unit(d.in, p + 2, big);
        if (low >= 0xdc00 && low <= 0xdfff) {
          d.out.append(Character.toCodePoint((char) c, (char) low));
          d.pos = p + 4;
        } else {
          d.error(name, p, p + 2, "illegal UTF-16 surrogate");
        }
      }
    }
  }

  private static int unit(byte[] in, int p, boolean big) {
    int a = in[p] & 0xff;
    int b = in[p + 1] & 0xff;
    return big ? a << 8 | b : b << 8 | a;
  }

  /** Encodes UTF-16. */
  public static byte[] encodeUtf16(CodePointSource s, Order order, CodecErrors errors) {
    boolean big = order == Order.BIG;
    String name = name("utf-16", order);
    EncodeState e = new EncodeState(s, errors, s.length() * 2 + 2);
    if (order == Order.MARKED) {
      put2(e, 0xfeff, big);
    }
    int n = s.length();
    while (e.pos < n) {
      int c = s.at(e.pos);
      if (c >= 0x10000) {
        put2(e, Character.highSurrogate(c), big);
        put2(e, Character.lowSurrogate(c), big);
        e.pos++;
      } else if (c < 0xd800 || c > 0xdfff) {
        put2(e, c, big);
        e.pos++;
      } else {
        surrogate(e, name, 2, big);
      }
    }
    return e.result();
  }

  private static String name(String base, Order order) {
    return order == Order.MARKED ? base : order == Order.BIG ? base + "-be" : base + "-le";
  }

  private static void put2(EncodeState e, int c, boolean big) {
    e.put(big ? c >> 8 : c);
    e.put(big ? c : c >> 8);
  }

  private static void put4(EncodeState e, int c, boolean big) {
    for (int i = 0; i < 4; i++) {
      e.put(c >>> (big ? 24 - 8 * i : 8 * i));
    }
  }

  private static void surrogate(EncodeState e, String name, int size, boolean big) {
    int start = e.pos;
    CodecErrors.EncodeFix fix = e.error(name, start, start + 1, SURROGATES);
    byte[] bytes = fix.bytes();
    CodePointSource text = fix.text();
    if (bytes != null) {
      if (bytes.length % size != 0) {
        throw e.fail(name, start, start + 1, SURROGATES);
      }
      e.put(bytes);
    } else if (text != null) {
      for (int i = 0; i < text.length(); i++) {
        int c = text.at(i);
        if (c >= 0x80) {
          throw e.fail(name, start, start + 1, SURROGATES);
        }
        if (size == 2) {
          put2(e, c, big);
        } else {
          put4(e, c, big);
        }
      }
    }
  }

  // ---- UTF-32

  /**
   * Decodes UTF-32.
   *
   * @param last whether no more input follows
   */
  public static OrderedResult decodeUtf32(
      byte[] in, Order order, CodecErrors errors, boolean last) {
    DecodeState d = new DecodeState(in, errors);
    Order found = order;
    if (order == Order.MARKED && in.length >= 4) {
      int mark = word(in, 0, true);
      if (mark == 0xfffe0000 || mark == 0xfeff) {
        found = mark == 0xfeff ? Order.BIG : Order.LITTLE;
        d.pos = 4;
      }
    }
    boolean big = found == Order.BIG;
    String name = big ? "utf-32-be" : "utf-32-le";
    while (true) {
      int p = d.pos;
      int n = d.in.length;
      if (n - p < 4) {
        if (p == n || !last) {
          return new OrderedResult(d.out.toSource(), p, found);
        }
        d.error(name, p, n, "truncated data");
        continue;
      }
      int c = word(d.in, p, big);
      if (c < 0 || c > 0x10ffff) {
        d.error(name, p, p + 4, "code point not in range(0x110000)");
      } else if (c >= 0xd800 && c <= 0xdfff) {
        d.error(name, p, p + 4, "code point in surrogate code point range(0xd800, 0xe000)");
      } else {
        d.out.append(c);
        d.pos = p + 4;
      }
    }
  }

  private static int word(byte[] in, int p, boolean big) {
    int hi = unit(in, big ? p : p + 2, big);
    int lo = unit(in, big ? p + 2 : p, big);
    return hi << 16 | lo;
  }

  /** Encodes UTF-32. */
  public static byte[] encodeUtf32(CodePointSource s, Order order, CodecErrors errors) {
    boolean big = order == Order.BIG;
    String name = name("utf-32", order);
    EncodeState e = new EncodeState(s, errors, s.length() * 4 + 4);
    if (order == Order.MARKED) {
      put4(e, 0xfeff, big);
    }
    int n = s.length();
    while (e.pos < n) {
      int c = s.at(e.pos);
      if (c < 0xd800 || c > 0xdfff) {
        put4(e, c, big);
        e.pos++;
      } else {
        surrogate(e, name, 4, big);
      }
    }
    return e.result();
  }
}
