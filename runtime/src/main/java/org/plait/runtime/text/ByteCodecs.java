package org.plait.runtime.text;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The codecs with one byte per character: ASCII, Latin-1 and character maps. */
public final class ByteCodecs {
  private static final String UNDEFINED = "character maps to <undefined>";

  private ByteCodecs() {}

  /** How a charmap decodes a byte; asked once per byte. */
  @FunctionalInterface
  public interface DecodeMap {
    /** The characters of a byte (0 to 255), or null when it maps to nothing. */
    @Nullable CodePointSource get(int b);
  }

  /** How a charmap encodes a character. */
  @FunctionalInterface
  public interface EncodeMap {
    /** The bytes of a character, or null when it maps to nothing. */
    byte @Nullable [] get(int c);
  }

  // ---- ASCII and Latin-1

  /** Decodes ASCII. */
  public static CodePointSource decodeAscii(byte[] in, CodecErrors errors) {
    int n = in.length;
    int i = 0;
    while (i < n && in[i] >= 0) {
      i++;
    }
    if (i == n) {
      return CodePointSource.ofBmp(new String(in, StandardCharsets.US_ASCII));
    }
    DecodeState d = new DecodeState(in, errors);
    while (d.pos < d.in.length) {
      int b = d.in[d.pos];
      if (b >= 0) {
        d.out.append(b);
        d.pos++;
      } else {
        d.error("ascii", d.pos, d.pos + 1, "ordinal not in range(128)");
      }
    }
    return d.out.toSource();
  }

  /** Decodes Latin-1, which can't fail. */
  public static String decodeLatin1(byte[] in) {
    return new String(in, StandardCharsets.ISO_8859_1);
  }

  /** Encodes ASCII. */
  public static byte[] encodeAscii(CodePointSource s, CodecErrors errors) {
    return encodeBelow(s, errors, 0x80, "ascii", "ordinal not in range(128)");
  }

  /** Encodes Latin-1. */
  public static byte[] encodeLatin1(CodePointSource s, CodecErrors errors) {
    return encodeBelow(s, errors, 0x100, "latin-1", "ordinal not in range(256)");
  }

  private static byte[] encodeBelow(
      CodePointSource s, CodecErrors errors, int limit, String name, String reason) {
    String bmp = s.bmp();
    int n = s.length();
    if (bmp != null) {
      int i = 0;
      while (i < n && bmp.charAt(i) < limit) {
        i++;
      }
      if (i == n) {
        return bmp.getBytes(StandardCharsets.ISO_8859_1);
      }
    }
    EncodeState e = new EncodeState(s, errors, n);
    while (e.pos < n) {
      int c = s.at(e.pos);
      if (c < limit) {
        e.put(c);
        e.pos++;
        continue;
      }
      int start = e.pos;
      int end = start + 1;
      while (end < n && s.at(end) >= limit) {
        end++;
      }
      start = e.escaped(start, end);
      if (start == end) {
        continue;
      }
      CodecErrors.EncodeFix fix = e.error(name, start, end, reason);
      byte[] bytes = fix.bytes();
      CodePointSource text = fix.text();
      if (bytes != null) {
        e.put(bytes);
      } else if (text != null) {
        for (int i = 0; i < text.length(); i++) {
          if (text.at(i) >= limit) {
            throw e.fail(name, start, end, reason);
          }
          e.put(text.at(i));
        }
      }
    }
    return e.result();
  }

  // ---- character maps

  /** Decodes by a table of up to 256 characters, where U+FFFE means undefined. */
  public static CodePointSource decodeCharmap(
      byte[] in, CodePointSource table, CodecErrors errors) {
    DecodeState d = new DecodeState(in, errors);
    int size = table.length();
    while (d.pos < d.in.length) {
      int b = d.in[d.pos] & 0xff;
      int c = b < size ? table.at(b) : 0xfffe;
      if (c != 0xfffe) {
        d.out.append(c);
        d.pos++;
      } else {
        d.error("charmap", d.pos, d.pos + 1, UNDEFINED);
      }
    }
    return d.out.toSource();
  }

  /** Decodes by a mapping. */
  public static CodePointSource decodeCharmap(byte[] in, DecodeMap map, CodecErrors errors) {
    DecodeState d = new DecodeState(in, errors);
    while (d.pos < d.in.length) {
      CodePointSource text = map.get(d.in[d.pos] & 0xff);
      if (text != null) {
        d.out.append(text);
        d.pos++;
      } else {
        d.error("charmap", d.pos, d.pos + 1, UNDEFINED);
      }
    }
    return d.out.toSource();
  }

  /** Encodes by a mapping. */
  public static byte[] encodeCharmap(CodePointSource s, EncodeMap map, CodecErrors errors) {
    int n = s.length();
    EncodeState e = new EncodeState(s, errors, n);
    while (e.pos < n) {
      byte[] b = map.get(s.at(e.pos));
      if (b != null) {
        e.put(b);
        e.pos++;
        continue;
      }
      int start = e.pos;
      int end = start + 1;
      while (end < n && map.get(s.at(end)) == null) {
        end++;
      }
      CodecErrors.EncodeFix fix = e.error("charmap", start, end, UNDEFINED);
      byte[] bytes = fix.bytes();
      CodePointSource text = fix.text();
      if (bytes != null) {
        e.put(bytes);
      } else if (text != null) {
        for (int i = 0; i < text.length(); i++) {
          byte[] r = map.get(text.at(i));
          if (r == null) {
            throw e.fail("charmap", start, end, UNDEFINED);
          }
          e.put(r);
        }
      }
    }
    return e.result();
  }

  /**
   * The encoding map of a decoding table of up to 256 characters ({@code codecs.charmap_build}).
   */
  public static EncodeMap buildMap(CodePointSource table) {
    return new BuiltMap(table);
  }

  private static final class BuiltMap implements EncodeMap {
    // Pages of 256 characters, entries are byte + 1 so that 0 means undefined.
    private final short[][] pages = new short[0x1100][];

    BuiltMap(CodePointSource table) {
      for (int i = 0; i < table.length() && i < 256; i++) {
        int c = table.at(i);
        if (c != 0xfffe) {
          if (pages[c >> 8] == null) {
            pages[c >> 8] = new short[256];
          }
          pages[c >> 8][c & 0xff] = (short) (i + 1);
        }
      }
    }

    @Override
    public byte @Nullable [] get(int c) {
      short[] page = pages[c >> 8];
      int v = page == null ? 0 : page[c & 0xff];
      return v == 0 ? null : new byte[] {(byte) (v - 1)};
    }
  }
}
