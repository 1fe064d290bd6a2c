package org.plait.runtime.text;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Backslash escapes: unicode_escape, raw_unicode_escape, and the escapes of bytes literals. */
public final class EscapeCodecs {
  /**
   * The result of decoding escapes.
   *
   * @param text what was decoded
   * @param consumed how many bytes of the input
   * @param invalidEscape position of the first escape that Python does not know (of the backslash),
   *     about which the caller may warn; -1 for none
   * @param input where that position is: error handlers may replace the input
   */
  public record EscapeResult(CodePointSource text, int consumed, int invalidEscape, byte[] input) {}

  private static final String UNICODE = "unicodeescape";
  private static final String RAW = "rawunicodeescape";

  private EscapeCodecs() {}

  private static int hex(int b) {
    return b >= '0' && b <= '9'
        ? b - '0'
        : b >= 'a' && b <= 'f' ? b - 'a' + 10 : b >= 'A' && b <= 'F' ? b - 'A' + 10 : -1;
  }

  // ---- unicode_escape

  /**
   * Decodes unicode_escape.
   *
   * @param last whether no more input follows; else an unfinished escape is left over
   */
  public static EscapeResult decodeUnicode(byte[] in, CodecErrors errors, boolean last) {
    DecodeState d = new DecodeState(in, errors);
    int invalid = -1;
    byte[] where = in;
    while (d.pos < d.in.length) {
      int start = d.pos;
      int c = d.in[d.pos++] & 0xff;
      if (c != '\\') {
        d.out.append(c);
        continue;
      }
      if (d.pos >= d.in.length) {
        if (!last) {
          return new EscapeResult(d.out.toSource(), start, invalid, where);
        }
        d.error(UNICODE, start, d.pos, "\\ at end of string");
        continue;
      }
      c = d.in[d.pos++] & 0xff;
      String problem = null;
      switch (c) {
        case 'x' ->
            problem = hexEscape(d, 2, "truncated \\xXX escape", "illegal Unicode character");
        case 'u' ->
            problem = hexEscape(d, 4, "truncated \\uXXXX escape", "illegal Unicode character");
        case 'U' ->
            problem = hexEscape(d, 8, "truncated \\UXXXXXXXX escape", "illegal Unicode character");
        case 'N' -> problem = named(d);
        case '0', '1', '2', '3', '4', '5', '6', '7' -> {
          int v = octal(d, c);
          if (v > 0xff && invalid < 0) {
            invalid = start;
            where = d.in;
          }
          d.out.append(v);
        }
        case '\n' -> {}
        default -> {
          int simple = simple(c);
          if (simple >= 0) {
            d.out.append(simple);
          } else {
            if (invalid < 0) {
              invalid = start;
              where = d.in;
            }
            d.out.append('\\').append(c);
          }
        }
      }
      if (problem != null) {
        if (!last && d.pos >= d.in.length && incomplete(d.in, start)) {
          return new EscapeResult(d.out.toSource(), start, invalid, where);
        }
        d.error(UNICODE, start, d.pos, problem);
      }
    }
    return new EscapeResult(d.out.toSource(), d.pos, invalid, where);
  }

  /** Whether an escape that failed did so only because the input ends inside it. */
  private static boolean incomplete(byte[] in, int start) {
    int kind = in[start + 1];
    if (kind == 'N') {
      if (start + 2 >= in.length) {
        return true;
      }
      for (int i = start + 2; i < in.length; i++) {
        if (in[i] == '}') {
          return false;
        }
      }
      return in[start + 2] == '{';
    }
    int digits = kind == 'x' ? 2 : kind == 'u' ? 4 : 8;
    if (in.length - start - 2 >= digits) {
      return false;
    }
    for (int i = start + 2; i < in.length; i++) {
      if (hex(in[i]) < 0) {
        return false;
      }
    }
    return true;
  }

  private static int simple(int c) {
    return switch (c) {
      case '\\', '\'', '"' -> c;
      case 'b' -> '\b';
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 'f' -> '\f';
      case 'v' -> 11;
      case 'a' -> 7;
      default -> -1;
    };
  }

  private static int octal(DecodeState d, int first) {
    int v = first - '0';
    for (int k = 0; k < 2 && d.pos < d.in.length; k++) {
      int b = d.in[d.pos];
      if (b < '0' || b > '7') {
        break;
      }
      v = v * 8 + b - '0';
      d.pos++;
    }
    return v;
  }

  private static @Nullable String hexEscape(
      DecodeState d, int digits, String truncated, String illegal) {
    long v = 0;
    for (int k = 0; k < digits; k++) {
      int h = d.pos < d.in.length ? hex(d.in[d.pos]) : -1;
      if (h < 0) {
        return truncated;
      }
      v = v << 4 | h;
      d.pos++;
    }
    if (v > 0x10ffff) {
      return illegal;
    }
    d.out.append((int) v);
    return null;
  }

  private static @Nullable String named(DecodeState d) {
    String malformed = "malformed \\N character escape";
    if (d.pos >= d.in.length || d.in[d.pos] != '{') {
      return malformed;
    }
    int start = ++d.pos;
    while (d.pos < d.in.length && d.in[d.pos] != '}') {
      d.pos++;
    }
    if (d.pos >= d.in.length || d.pos == start) {
      return malformed;
    }
    String name = new String(d.in, start, d.pos - start, StandardCharsets.ISO_8859_1);
    d.pos++;
    int c = UnicodeNames.lookup(name);
    if (c < 0) {
      return "unknown Unicode character name";
    }
    d.out.append(c);
    return null;
  }

  /** Encodes unicode_escape. */
  public static byte[] encodeUnicode(CodePointSource s) {
    StringBuilder b = new StringBuilder(s.length() + 16);
    for (int i = 0; i < s.length(); i++) {
      int c = s.at(i);
      switch (c) {
        case '\\' -> b.append("\\\\");
        case '\t' -> b.append("\\t");
        case '\n' -> b.append("\\n");
        case '\r' -> b.append("\\r");
        default -> {
          if (c >= 0x20 && c < 0x7f) {
            b.append((char) c);
          } else {
            TextRepr.backslash(b, c);
          }
        }
      }
    }
    return b.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  // ---- raw_unicode_escape

  /**
   * Decodes raw_unicode_escape, which knows only u and U escapes.
   *
   * @param last whether no more input follows
   */
  public static Decoded decodeRaw(byte[] in, CodecErrors errors, boolean last) {
    DecodeState d = new DecodeState(in, errors);
    while (d.pos < d.in.length) {
      int start = d.pos;
      int c = d.in[d.pos++] & 0xff;
      if (c != '\\' || (d.pos >= d.in.length && last)) {
        d.out.append(c);
        continue;
      }
      if (d.pos >= d.in.length) {
        return d.result(start);
      }
      c = d.in[d.pos++] & 0xff;
      if (c != 'u' && c != 'U') {
        d.out.append('\\').append(c);
        continue;
      }
      String problem =
          c == 'u'
              ? hexEscape(d, 4, "truncated \\uXXXX escape", "")
              : hexEscape(d, 8, "truncated \\UXXXXXXXX escape", "\\Uxxxxxxxx out of range");
      if (problem != null) {
        if (!last && d.pos >= d.in.length && incomplete(d.in, start)) {
          return d.result(start);
        }
        d.error(RAW, start, d.pos, problem);
      }
    }
    return d.result(d.pos);
  }

  /** Encodes raw_unicode_escape. */
  public static byte[] encodeRaw(CodePointSource s) {
    StringBuilder b = new StringBuilder(s.length() + 16);
    for (int i = 0; i < s.length(); i++) {
      int c = s.at(i);
      if (c < 0x100) {
        b.append((char) c);
      } else {
        TextRepr.backslash(b, c);
      }
    }
    return b.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  // ---- bytes

  /**
   * The result of decoding the escapes of bytes.
   *
   * @param bytes what was decoded
   * @param invalidEscape position of the first unknown escape, or -1
   */
  public record BytesResult(byte[] bytes, int invalidEscape) {}

  /**
   * {@code codecs.escape_decode}: the escapes of a bytes literal.
   *
   * @param errors "strict", "replace" or "ignore" for x escapes without two digits
   * @throws TextException ValueError
   */
  public static BytesResult decodeBytes(byte[] in, String errors) {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream(in.length);
    int invalid = -1;
    int i = 0;
    while (i < in.length) {
      int start = i;
      int c = in[i++] & 0xff;
      if (c != '\\') {
        out.write(c);
        continue;
      }
      if (i >= in.length) {
        throw TextException.value("Trailing \\ in string");
      }
      c = in[i++] & 0xff;
      if (c == '\n') {
        continue;
      }
      if (simple(c) >= 0) {
        out.write(simple(c));
      } else if (c >= '0' && c <= '7') {
        int v = c - '0';
        for (int k = 0; k < 2 && i < in.length && in[i] >= '0' && in[i] <= '7'; k++) {
          v = v * 8 + in[i++] - '0';
        }
        if (v > 0xff && invalid < 0) {
          invalid = start;
        }
        out.write(v);
      } else if (c == 'x') {
        if (i + 1 < in.length && hex(in[i]) >= 0 && hex(in[i + 1]) >= 0) {
          out.write(hex(in[i]) << 4 | hex(in[i + 1]));
          i += 2;
          continue;
        }
        if (i < in.length && hex(in[i]) >= 0) {
          i++;
        }
        switch (errors) {
          case "strict" -> throw TextException.value("invalid \\x escape at position " + start);
          case "replace" -> out.write('?');
          case "ignore" -> {}
          default ->
              throw TextException.value("decoding error; unknown error handling code: " + errors);
        }
      } else {
        if (invalid < 0) {
          invalid = start;
        }
        out.write('\\');
        out.write(c);
      }
    }
    return new BytesResult(out.toByteArray(), invalid);
  }

  /** {@code codecs.escape_encode}: bytes as in a literal with single quotes. */
  public static byte[] encodeBytes(byte[] in) {
    StringBuilder b = new StringBuilder(in.length + 16);
    for (byte x : in) {
      int c = x & 0xff;
      switch (c) {
        case '\'', '\\' -> b.append('\\').append((char) c);
        case '\t' -> b.append("\\t");
        case '\n' -> b.append("\\n");
        case '\r' -> b.append("\\r");
        default -> {
          if (c >= 0x20 && c < 0x7f) {
            b.append((char) c);
          } else {
            TextRepr.backslash(b, c);
          }
        }
      }
    }
    return b.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
