package org.plait.syntax.parser;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.plait.syntax.ast.BytesValue;
import org.plait.syntax.ast.CodePoints;
import org.plait.syntax.source.CharacterNames;

/** Decodes the insides of string and bytes literals. Made for one literal. */
final class Escapes {
  /** What is wrong with a literal, in Python's words. */
  static final class BadEscape extends Exception {
    private static final long serialVersionUID = 1L;

    BadEscape(String message) {
      super(message, null, false, false);
    }

    String message() {
      String m = getMessage();
      return m == null ? "" : m;
    }
  }

  private final byte[] b;
  private final int from;
  private final int to;
  private int at;

  /** Where the first invalid escape's backslash is; -1 if there is none. */
  private int firstInvalid = -1;

  Escapes(byte[] b, int from, int to) {
    this.b = b;
    this.from = from;
    this.to = to;
    this.at = from;
  }

  int firstInvalid() {
    return firstInvalid;
  }

  /** The value of a literal without escapes. */
  static String plain(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      if (b[i] < 0) {
        return new String(b, from, to - from, StandardCharsets.UTF_8);
      }
    }
    return new String(b, from, to - from, StandardCharsets.ISO_8859_1);
  }

  static boolean hasBackslash(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      if (b[i] == '\\') {
        return true;
      }
    }
    return false;
  }

  /** A String or CodePoints. */
  Object decodeText(CharacterNames names) throws BadEscape {
    int[] out = new int[to - from];
    int n = 0;
    while (at < to) {
      int c = b[at];
      if (c < 0) {
        int end = at;
        while (end < to && b[end] < 0) {
          end++;
        }
        String s = new String(b, at, end - at, StandardCharsets.UTF_8);
        for (int i = 0; i < s.length(); ) {
          int cp = s.codePointAt(i);
          out[n++] = cp;
          i += Character.charCount(cp);
        }
        at = end;
        continue;
      }
      at++;
      if (c != '\\') {
        out[n++] = c;
        continue;
      }
      if (at >= to || b[at] < 0) {
        out[n++] = '\\';
        continue;
      }
      int r = escape(names);
      if (r >= 0) {
        out[n++] = r;
      } else if (r == INVALID) {
        out[n++] = '\\';
        out[n++] = b[at - 1];
      }
    }
    return CodePoints.of(out, n);
  }

  private static final int NOTHING = -1;
  private static final int INVALID = -2;

  /** Reads what follows a backslash: a code point, NOTHING or INVALID. */
  private int escape(CharacterNames names) throws BadEscape {
    int start = at - 1;
    int c = b[at++];
    return switch (c) {
      case '\n' -> NOTHING;
      case '\\', '\'', '"' -> c;
      case 'a' -> 7;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 11;
      case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(start, c);
      case 'x' -> hex(start, 2, "truncated \\xXX escape");
      case 'u' -> hex(start, 4, "truncated \\uXXXX escape");
      case 'U' -> hex(start, 8, "truncated \\UXXXXXXXX escape");
      case 'N' -> named(start, names);
      default -> {
        invalid(start);
        yield INVALID;
      }
    };
  }

  private void invalid(int start) {
    if (firstInvalid < 0) {
      firstInvalid = start;
    }
  }

  private int octal(int start, int first) {
    int value = first - '0';
    for (int i = 0; i < 2 && at < to && b[at] >= '0' && b[at] <= '7'; i++) {
      value = value * 8 + (b[at++] - '0');
    }
    if (value > 0377) {
      invalid(start);
    }
    return value;
  }

  private int hex(int start, int digits, String message) throws BadEscape {
    long value = 0;
    for (int i = 0; i < digits; i++) {
      int d = at < to ? Character.digit(b[at], 16) : -1;
      if (d < 0) {
        throw unicodeError(start, message);
      }
      value = value * 16 + d;
      at++;
    }
    if (value > 0x10FFFF) {
      throw unicodeError(start, "illegal Unicode character");
    }
    return (int) value;
  }

  private int named(int start, CharacterNames names) throws BadEscape {
    if (at < to && b[at] == '{') {
      int nameStart = ++at;
      while (at < to && b[at] != '}') {
        at++;
      }
      if (at < to && at > nameStart) {
        String name = new String(b, nameStart, at - nameStart, StandardCharsets.UTF_8);
        at++;
        int cp = names.codePoint(name);
        if (cp >= 0) {
          return cp;
        }
        throw unicodeError(start, "unknown Unicode character name");
      }
    }
    throw unicodeError(start, "malformed \\N character escape");
  }

  private BadEscape unicodeError(int start, String reason) {
    int first = position(start);
    int last = position(at) - 1;
    String where =
        first == last
            ? "byte 0x5c in position " + first
            : "bytes in position " + first + "-" + last;
    return new BadEscape(
        "(unicode error) 'unicodeescape' codec can't decode " + where + ": " + reason);
  }

  /** The offset in the text CPython hands to its codec, in which other than ASCII is escaped. */
  private int position(int end) {
    int n = 0;
    for (int i = from; i < end; i++) {
      if (b[i] >= 0) {
        n++;
        if (b[i] == '\\' && i + 1 < to && b[i + 1] < 0) {
          n += 5;
        }
      } else if ((b[i] & 0xC0) != 0x80) {
        n += 10;
      }
    }
    return n;
  }

  /** The value of a bytes literal with escapes. */
  BytesValue decodeBytes() throws BadEscape {
    ByteArrayOutputStream out = new ByteArrayOutputStream(to - from);
    while (at < to) {
      int c = b[at++];
      if (c != '\\' || at >= to) {
        out.write(c);
        continue;
      }
      int start = at - 1;
      c = b[at++];
      switch (c) {
        case '\n' -> {}
        case '\\', '\'', '"' -> out.write(c);
        case 'a' -> out.write(7);
        case 'b' -> out.write('\b');
        case 'f' -> out.write('\f');
        case 'n' -> out.write('\n');
        case 'r' -> out.write('\r');
        case 't' -> out.write('\t');
        case 'v' -> out.write(11);
        case '0', '1', '2', '3', '4', '5', '6', '7' -> out.write(octal(start, c));
        case 'x' -> out.write(byteHex(start));
        default -> {
          invalid(start);
          out.write('\\');
          out.write(c);
        }
      }
    }
    return new BytesValue(out.toByteArray());
  }

  private int byteHex(int start) throws BadEscape {
    int hi = at < to ? Character.digit(b[at], 16) : -1;
    int lo = at + 1 < to ? Character.digit(b[at + 1], 16) : -1;
    if (hi < 0 || lo < 0) {
      throw new BadEscape("(value error) invalid \\x escape at position " + (start - from));
    }
    at += 2;
    return hi * 16 + lo;
  }

  /** A copy of a part of the source as a bytes constant. */
  static BytesValue copy(byte[] b, int from, int to) {
    return new BytesValue(Arrays.copyOfRange(b, from, to));
  }
}
