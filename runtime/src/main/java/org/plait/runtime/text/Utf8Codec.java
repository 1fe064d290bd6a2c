package org.plait.runtime.text;

import java.nio.charset.StandardCharsets;

/** UTF-8, with CPython's error positions and reasons. */
public final class Utf8Codec {
  private static final String NAME = "utf-8";
  private static final String SURROGATES = "surrogates not allowed";

  private static final int TRUNCATED = 0;
  private static final int BAD_START = -1;
  private static final int BAD_1 = -2;
  private static final int BAD_2 = -3;
  private static final int BAD_3 = -4;

  private Utf8Codec() {}

  /**
   * Decodes.
   *
   * @param last whether no more input follows; else an unfinished sequence at the end is left over
   */
  public static Decoded decode(byte[] in, CodecErrors errors, boolean last) {
    int end = last ? in.length : completeEnd(in);
    String s = new String(in, 0, end, StandardCharsets.UTF_8);
    if (s.indexOf('\ufffd') < 0) {
      // No replacement: what Java decoded was valid.
      return new Decoded(CodePointSource.of(s), end);
    }
    return decodeChecked(in, errors, last);
  }

  /** The end of the last complete sequence, when what follows can only be an unfinished one. */
  private static int completeEnd(byte[] in) {
    int n = in.length;
    for (int back = 1; back <= 3 && back <= n; back++) {
      int b = in[n - back] & 0xff;
      if (b >= 0xc2 && b < 0xf5) {
        int need = b < 0xe0 ? 2 : b < 0xf0 ? 3 : 4;
        boolean possible = back == 1 || !badSecond(b, in[n - back + 1] & 0xff);
        return need > back && possible ? n - back : n;
      }
      if (b < 0x80 || b >= 0xc0) {
        return n;
      }
    }
    return n;
  }

  private static Decoded decodeChecked(byte[] input, CodecErrors errors, boolean last) {
    DecodeState d = new DecodeState(input, errors);
    while (true) {
      int r = run(d);
      byte[] in = d.in;
      int start = d.pos;
      int left = in.length - start;
      if (left == 0) {
        return d.result(start);
      }
      if (r == TRUNCATED) {
        if (!last) {
          return d.result(start);
        }
        d.error(NAME, start, in.length, "unexpected end of data");
      } else if (r == BAD_START) {
        d.error(NAME, start, start + 1, "invalid start byte");
      } else {
        if (r == BAD_1
            && !last
            && left == 2
            && (in[start] & 0xff) == 0xed
            && (in[start + 1] & 0xe0) == 0xa0) {
          // The beginning of a surrogate, which the handler "surrogatepass" may want whole.
          return d.result(start);
        }
        d.error(NAME, start, start - r - 1, "invalid continuation byte");
      }
    }
  }

  /** Whether a byte can't follow the first byte of a sequence. */
  private static boolean badSecond(int b, int b1) {
    return !continuation(b1)
        || (b == 0xe0 && b1 < 0xa0)
        || (b == 0xed && b1 >= 0xa0)
        || (b == 0xf0 && b1 < 0x90)
        || (b == 0xf4 && b1 >= 0x90);
  }

  private static boolean continuation(int b) {
    return (b & 0xc0) == 0x80;
  }

  /** Decodes up to the end or an error; the position is left in front of the error. */
  private static int run(DecodeState d) {
    byte[] in = d.in;
    int n = in.length;
    int i = d.pos;
    CodePointBuilder out = d.out;
    int r = TRUNCATED;
    while (i < n) {
      int b = in[i];
      if (b >= 0) {
        out.append(b);
        i++;
        continue;
      }
      b &= 0xff;
      int left = n - i;
      if (b < 0xc2 || b > 0xf4) {
        r = BAD_START;
        break;
      }
      if (left < 2) {
        break;
      }
      int b1 = in[i + 1];
      if (b < 0xe0) {
        if (!continuation(b1)) {
          r = BAD_1;
          break;
        }
        out.append((b & 0x1f) << 6 | (b1 & 0x3f));
        i += 2;
        continue;
      }
      b1 &= 0xff;
      if (badSecond(b, b1)) {
        r = BAD_1;
        break;
      }
      if (left < 3) {
        break;
      }
      int b2 = in[i + 2];
      if (!continuation(b2)) {
        r = BAD_2;
        break;
      }
      if (b < 0xf0) {
        out.append((b & 0xf) << 12 | (b1 & 0x3f) << 6 | (b2 & 0x3f));
        i += 3;
        continue;
      }
      if (left < 4) {
        break;
      }
      int b3 = in[i + 3];
      if (!continuation(b3)) {
        r = BAD_3;
        break;
      }
      out.append((b & 7) << 18 | (b1 & 0x3f) << 12 | (b2 & 0x3f) << 6 | (b3 & 0x3f));
      i += 4;
    }
    d.pos = i;
    return r;
  }

  /** Encodes. */
  public static byte[] encode(CodePointSource s, CodecErrors errors) {
    String bmp = s.bmp();
    if (bmp != null) {
      int n = bmp.length();
      int i = 0;
      while (i < n && !Character.isSurrogate(bmp.charAt(i))) {
        i++;
      }
      if (i == n) {
        return bmp.getBytes(StandardCharsets.UTF_8);
      }
    }
    EncodeState e = new EncodeState(s, errors, s.length() * 2);
    int n = s.length();
    while (e.pos < n) {
      int c = s.at(e.pos);
      if (c < 0xd800 || c > 0xdfff) {
        put(e, c);
        e.pos++;
        continue;
      }
      int start = e.pos;
      int end = start + 1;
      while (end < n && s.at(end) >= 0xd800 && s.at(end) <= 0xdfff) {
        end++;
      }
      start = e.escaped(start, end);
      if (start == end) {
        continue;
      }
      CodecErrors.EncodeFix fix = e.error(NAME, start, end, SURROGATES);
      byte[] bytes = fix.bytes();
      CodePointSource text = fix.text();
      if (bytes != null) {
        e.put(bytes);
      } else if (text != null) {
        for (int i = 0; i < text.length(); i++) {
          if (text.at(i) >= 0x80) {
            throw e.fail(NAME, start, end, SURROGATES);
          }
          e.put(text.at(i));
        }
      }
    }
    return e.result();
  }

  private static void put(EncodeState e, int c) {
    if (c < 0x80) {
      e.put(c);
    } else if (c < 0x800) {
      e.put(0xc0 | c >> 6);
      e.put(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
      e.put(0xe0 | c >> 12);
      e.put(0x80 | (c >> 6 & 0x3f));
      e.put(0x80 | (c & 0x3f));
    } else {
      e.put(0xf0 | c >> 18);
      e.put(0x80 | (c >> 12 & 0x3f));
      e.put(0x80 | (c >> 6 & 0x3f));
      e.put(0x80 | (c & 0x3f));
    }
  }
}
