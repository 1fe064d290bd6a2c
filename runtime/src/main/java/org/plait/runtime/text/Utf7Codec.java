package org.plait.runtime.text;

/** UTF-7 (RFC 2152), as CPython reads and writes it. */
public final class Utf7Codec {
  private static final String NAME = "utf7";
  private static final String BASE64 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  private Utf7Codec() {}

  private static int base64(int c) {
    return c < 0x80 ? BASE64.indexOf(c) : -1;
  }

  /** Everything printable but plus, backslash and tilde, and tab, newline, return and space. */
  private static boolean isDirect(int c) {
    return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c < 0x7e && c != '+' && c != '\\');
  }

  /** Encodes; it can't fail. */
  public static byte[] encode(CodePointSource s) {
    EncodeState e = new EncodeState(s, CodecErrors.STRICT, s.length() * 2);
    boolean shifted = false;
    int bits = 0;
    long buffer = 0;
    for (int i = 0; i < s.length(); i++) {
      int c = s.at(i);
      boolean direct = isDirect(c);
      if (shifted && direct) {
        if (bits > 0) {
          e.put(BASE64.charAt((int) (buffer << (6 - bits) & 0x3f)));
        }
        bits = 0;
        buffer = 0;
        shifted = false;
        if (base64(c) >= 0 || c == '-') {
          e.put('-');
        }
      }
      if (direct) {
        e.put(c);
      } else if (!shifted && c == '+') {
        e.put('+');
        e.put('-');
      } else {
        if (!shifted) {
          e.put('+');
          shifted = true;
        }
        int units = c >= 0x10000 ? 2 : 1;
        long value =
            units == 2 ? (long) Character.highSurrogate(c) << 16 | Character.lowSurrogate(c) : c;
        buffer = (buffer & 0x3f) << 16 * units | value;
        bits += 16 * units;
        while (bits >= 6) {
          bits -= 6;
          e.put(BASE64.charAt((int) (buffer >>> bits & 0x3f)));
        }
      }
    }
    if (bits > 0) {
      e.put(BASE64.charAt((int) (buffer << (6 - bits) & 0x3f)));
    }
    if (shifted) {
      e.put('-');
    }
    return e.result();
  }

  /**
   * Decodes.
   *
   * @param last whether no more input follows; else an open shift sequence is left over
   */
  public static Decoded decode(byte[] in, CodecErrors errors, boolean last) {
    return new Decoder(in, errors, last).run();
  }

  private static final class Decoder {
    private final DecodeState d;
    private final boolean last;
    private boolean shifted;
    private int shiftStart;
    private int shiftOut;
    private int bits;
    private int buffer;
    private int surrogate;

    Decoder(byte[] in, CodecErrors errors, boolean last) {
      d = new DecodeState(in, errors);
      this.last = last;
    }

    Decoded run() {
      while (true) {
        while (d.pos < d.in.length) {
          int c = d.in[d.pos] & 0xff;
          if (shifted) {
            if (base64(c) >= 0) {
              d.pos++;
              digit(base64(c));
            } else {
              leave(c);
            }
          } else {
            plain(c);
          }
        }
        if (!shifted || !last) {
          break;
        }
        shifted = false;
        if (surrogate != 0 || bits >= 6 || (bits > 0 && buffer != 0)) {
          d.error(NAME, shiftStart, d.in.length, "unterminated shift sequence");
        }
        if (d.pos >= d.in.length) {
          break;
        }
      }
      if (shifted) {
        return new Decoded(d.out.toSource().sub(0, shiftOut), shiftStart);
      }
      return d.result(d.pos);
    }

    private void digit(int value) {
      buffer = buffer << 6 | value;
      bits += 6;
      if (bits < 16) {
        return;
      }
      int c = buffer >>> (bits - 16);
      bits -= 16;
      buffer &= (1 << bits) - 1;
      if (surrogate != 0) {
        int high = surrogate;
        surrogate = 0;
        if (c >= 0xdc00 && c <= 0xdfff) {
          d.out.append(Character.toCodePoint((char) high, (char) c));
          return;
        }
        d.out.append(high);
      }
      if (c >= 0xd800 && c <= 0xdbff) {
        surrogate = c;
      } else {
        d.out.append(c);
      }
    }

    private void leave(int c) {
      shifted = false;
      if (bits >= 6) {
        d.pos++;
        d.error(NAME, shiftStart, d.pos, "partial character in shift sequence");
        return;
      }
      if (bits > 0 && buffer != 0) {
        d.pos++;
        d.error(NAME, shiftStart, d.pos, "non-zero padding bits in shift sequence");
        return;
      }
      if (surrogate != 0 && c <= 127 && c != '+') {
        d.out.append(surrogate);
      }
      surrogate = 0;
      if (c == '-') {
        d.pos++;
      }
    }

    private void plain(int c) {
      int start = d.pos++;
      if (c == '+') {
        shiftStart = start;
        int next = d.pos < d.in.length ? d.in[d.pos] & 0xff : -1;
        if (next == '-') {
          d.pos++;
          d.out.append('+');
        } else if (next >= 0 && base64(next) < 0) {
          d.pos++;
          d.error(NAME, start, d.pos, "ill-formed sequence");
        } else {
          shifted = true;
          surrogate = 0;
          bits = 0;
          buffer = 0;
          shiftOut = d.out.length();
        }
      } else if (c <= 127) {
        d.out.append(c);
      } else {
        d.error(NAME, start, d.pos, "unexpected special character");
      }
    }
  }
}
