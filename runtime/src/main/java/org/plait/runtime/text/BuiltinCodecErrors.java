package org.plait.runtime.text;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The error handlers that every interpreter has. */
public enum BuiltinCodecErrors implements CodecErrors {
  STRICT,
  IGNORE,
  REPLACE,
  XMLCHARREFREPLACE,
  BACKSLASHREPLACE,
  NAMEREPLACE,
  SURROGATEPASS,
  SURROGATEESCAPE;

  private static final CodePointSource EMPTY = CodePointSource.ofBmp("");
  private static final CodePointSource UNKNOWN = CodePointSource.ofBmp("\ufffd");

  static @Nullable CodecErrors find(String name) {
    return switch (name) {
      case "strict" -> STRICT;
      case "ignore" -> IGNORE;
      case "replace" -> REPLACE;
      case "xmlcharrefreplace" -> XMLCHARREFREPLACE;
      case "backslashreplace" -> BACKSLASHREPLACE;
      case "namereplace" -> NAMEREPLACE;
      case "surrogatepass" -> SURROGATEPASS;
      case "surrogateescape" -> SURROGATEESCAPE;
      default -> null;
    };
  }

  /** The name under which it is registered. */
  public String handlerName() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public DecodeFix decode(String encoding, byte[] input, int start, int end, String reason) {
    switch (this) {
      case IGNORE -> {
        return new DecodeFix(EMPTY, end, null);
      }
      case REPLACE -> {
        return new DecodeFix(UNKNOWN, end, null);
      }
      case BACKSLASHREPLACE -> {
        StringBuilder b = new StringBuilder((end - start) * 4);
        for (int i = start; i < end; i++) {
          TextRepr.backslash(b, input[i] & 0xff);
        }
        return new DecodeFix(CodePointSource.ofBmp(b.toString()), end, null);
      }
      case SURROGATEESCAPE -> {
        StringBuilder b = new StringBuilder();
        for (int i = start; i < end && b.length() < 4 && input[i] < 0; i++) {
          b.append((char) (0xdc00 + (input[i] & 0xff)));
        }
        if (b.length() > 0) {
          return new DecodeFix(CodePointSource.ofBmp(b.toString()), start + b.length(), null);
        }
      }
      case SURROGATEPASS -> {
        int c = SurrogateForm.of(encoding).read(input, start);
        if (c >= 0) {
          int next = start + SurrogateForm.of(encoding).size;
          return new DecodeFix(CodePointSource.ofBmp(String.valueOf((char) c)), next, null);
        }
      }
      case XMLCHARREFREPLACE, NAMEREPLACE ->
          throw TextException.type("don't know how to handle UnicodeDecodeError in error callback");
      default -> {}
    }
    throw CodecException.decode(encoding, input, start, end, reason);
  }

  @Override
  public EncodeFix encode(
      String encoding, CodePointSource input, int start, int end, String reason) {
    switch (this) {
      case IGNORE -> {
        return text("", end);
      }
      case REPLACE -> {
        return text("?".repeat(end - start), end);
      }
      case XMLCHARREFREPLACE -> {
        StringBuilder b = new StringBuilder();
        for (int i = start; i < end; i++) {
          b.append("&#").append(input.at(i)).append(';');
        }
        return text(b.toString(), end);
      }
      case BACKSLASHREPLACE, NAMEREPLACE -> {
        StringBuilder b = new StringBuilder();
        for (int i = start; i < end; i++) {
          String name = this == NAMEREPLACE ? UnicodeNames.name(input.at(i)) : null;
          if (name != null) {
            b.append("\\N{").append(name).append('}');
          } else {
            TextRepr.backslash(b, input.at(i));
          }
        }
        return text(b.toString(), end);
      }
      case SURROGATEESCAPE -> {
        byte[] out = new byte[end - start];
        for (int i = start; i < end; i++) {
          int c = input.at(i);
          if (c < 0xdc80 || c > 0xdcff) {
            throw CodecException.encode(encoding, input, start, end, reason);
          }
          out[i - start] = (byte) (c - 0xdc00);
        }
        return new EncodeFix(null, out, end);
      }
      case SURROGATEPASS -> {
        SurrogateForm form = SurrogateForm.of(encoding);
        byte[] out = new byte[form.size * (end - start)];
        for (int i = start; i < end; i++) {
          int c = input.at(i);
          if (form == SurrogateForm.NONE || c < 0xd800 || c > 0xdfff) {
            throw CodecException.encode(encoding, input, start, end, reason);
          }
          form.write(c, out, (i - start) * form.size);
        }
        return new EncodeFix(null, out, end);
      }
      default -> throw CodecException.encode(encoding, input, start, end, reason);
    }
  }

  private static EncodeFix text(String s, int resume) {
    return new EncodeFix(CodePointSource.ofBmp(s), null, resume);
  }

  /** How one surrogate is written in the Unicode encodings. */
  private enum SurrogateForm {
    NONE(0),
    UTF8(3),
    UTF16LE(2),
    UTF16BE(2),
    UTF32LE(4),
    UTF32BE(4);

    final int size;

    SurrogateForm(int size) {
      this.size = size;
    }

    static SurrogateForm of(String encoding) {
      return switch (encoding.toLowerCase(Locale.ROOT).replace('_', '-')) {
        case "utf-8", "utf8", "cp65001" -> UTF8;
        case "utf-16", "utf16", "utf-16-le", "utf-16le", "utf16-le", "utf16le" -> UTF16LE;
        case "utf-16-be", "utf-16be", "utf16-be", "utf16be" -> UTF16BE;
        case "utf-32", "utf32", "utf-32-le", "utf-32le", "utf32-le", "utf32le" -> UTF32LE;
        case "utf-32-be", "utf-32be", "utf32-be", "utf32be" -> UTF32BE;
        default -> NONE;
      };
    }

    void write(int c, byte[] out, int at) {
      switch (this) {
        case UTF8 -> {
          out[at] = (byte) (0xe0 | c >> 12);
          out[at + 1] = (byte) (0x80 | (c >> 6 & 0x3f));
          out[at + 2] = (byte) (0x80 | (c & 0x3f));
        }
        case UTF16LE, UTF32LE -> {
          out[at] = (byte) c;
          out[at + 1] = (byte) (c >> 8);
        }
        default -> {
          out[at + size - 1] = (byte) c;
          out[at + size - 2] = (byte) (c >> 8);
        }
      }
    }

    /** The surrogate that stands at a position, or -1. */
    int read(byte[] in, int at) {
      if (this == NONE || in.length - at < size) {
        return -1;
      }
      int c;
      switch (this) {
        case UTF8 -> {
          if ((in[at] & 0xf0) != 0xe0
              || (in[at + 1] & 0xc0) != 0x80
              || (in[at + 2] & 0xc0) != 0x80) {
            return -1;
          }
          c = (in[at] & 0xf) << 12 | (in[at + 1] & 0x3f) << 6 | (in[at + 2] & 0x3f);
        }
        case UTF16LE -> c = (in[at + 1] & 0xff) << 8 | (in[at] & 0xff);
        case UTF16BE -> c = (in[at] & 0xff) << 8 | (in[at + 1] & 0xff);
        case UTF32LE ->
            c =
                in[at + 3] << 24
                    | (in[at + 2] & 0xff) << 16
                    | (in[at + 1] & 0xff) << 8
                    | (in[at] & 0xff);
        default ->
            c =
                in[at] << 24
                    | (in[at + 1] & 0xff) << 16
                    | (in[at + 2] & 0xff) << 8
                    | (in[at + 3] & 0xff);
      }
      return c >= 0xd800 && c <= 0xdfff ? c : -1;
    }
  }
}
