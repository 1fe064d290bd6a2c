package org.plait.runtime.text;

/** {@code repr()} and {@code ascii()} of str, {@code repr()} of bytes. */
public final class TextRepr {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private TextRepr() {}

  /** {@code repr(s)}; surrogate pairs are read as one code point. */
  public static String repr(String s) {
    return quoted(s, false);
  }

  /** {@code ascii(s)}; surrogate pairs are read as one code point. */
  public static String ascii(String s) {
    return quoted(s, true);
  }

  /** {@code repr(s)} with exact code points. */
  public static CodePointSource repr(CodePointSource s) {
    String bmp = s.bmp();
    if (bmp != null) {
      return CodePointSource.ofBmp(quoted(bmp, false));
    }
    boolean dq = false;
    boolean sq = false;
    int n = s.length();
    for (int i = 0; i < n; i++) {
      int c = s.at(i);
      dq |= c == '"';
      sq |= c == '\'';
    }
    char quote = sq && !dq ? '"' : '\'';
    CodePointBuilder out = new CodePointBuilder(n + 2);
    StringBuilder esc = new StringBuilder();
    out.append(quote);
    for (int i = 0; i < n; i++) {
      int c = s.at(i);
      if (c >= 0x20 && c < 0x7f
          ? c != quote && c != '\\'
          : c > 0x7f && UnicodeInfo.isPrintable(c)) {
        out.append(c);
      } else {
        esc.setLength(0);
        escape(esc, c, quote);
        out.append(esc.toString());
      }
    }
    return out.append(quote).toSource();
  }

  /** {@code ascii(s)} with exact code points. */
  public static String ascii(CodePointSource s) {
    String bmp = s.bmp();
    if (bmp != null) {
      return quoted(bmp, true);
    }
    boolean dq = false;
    boolean sq = false;
    for (int c : s.codePoints()) {
      dq |= c == '"';
      sq |= c == '\'';
    }
    char quote = sq && !dq ? '"' : '\'';
    StringBuilder out = new StringBuilder().append(quote);
    for (int c : s.codePoints()) {
      put(out, c, quote, true);
    }
    return out.append(quote).toString();
  }

  private static String quoted(String s, boolean ascii) {
    int n = s.length();
    boolean plain = true;
    boolean sq = false;
    boolean dq = false;
    for (int i = 0; i < n; i++) {
      char c = s.charAt(i);
      sq |= c == '\'';
      dq |= c == '"';
      plain &= c >= 0x20 && c < 0x7f && c != '\\';
    }
    char quote = sq && !dq ? '"' : '\'';
    StringBuilder out = new StringBuilder(n + 2).append(quote);
    if (plain && !(sq && dq)) {
      return out.append(s).append(quote).toString();
    }
    for (int i = 0; i < n; ) {
      int c = s.codePointAt(i);
      i += Character.charCount(c);
      put(out, c, quote, ascii);
    }
    return out.append(quote).toString();
  }

  private static void put(StringBuilder out, int c, char quote, boolean ascii) {
    if (c >= 0x20 && c < 0x7f && c != quote && c != '\\') {
      out.append((char) c);
    } else if (c > 0x7f && !ascii && UnicodeInfo.isPrintable(c)) {
      out.appendCodePoint(c);
    } else {
      escape(out, c, quote);
    }
  }

  private static void escape(StringBuilder out, int c, char quote) {
    switch (c) {
      case '\\' -> out.append("\\\\");
      case '\t' -> out.append("\\t");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      default -> {
        if (c == quote) {
          out.append('\\').append((char) c);
        } else {
          backslash(out, c);
        }
      }
    }
  }

  /** Appends the shortest of {@code \xhh}, {@code \\uhhhh} and {@code \Uhhhhhhhh}. */
  public static void backslash(StringBuilder out, int c) {
    if (c <= 0xff) {
      out.append("\\x");
      hex(out, c, 2);
    } else if (c <= 0xffff) {
      out.append("\\u");
      hex(out, c, 4);
    } else {
      out.append("\\U");
      hex(out, c, 8);
    }
  }

  static void hex(StringBuilder out, int value, int digits) {
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
      out.append(HEX[value >>> shift & 15]);
    }
  }

  /** {@code repr(b)}: {@code b'...'}. */
  public static String repr(byte[] b) {
    return repr(b, 0, b.length);
  }

  /** {@code repr()} of a part of an array. */
  public static String repr(byte[] b, int start, int end) {
    boolean sq = false;
    boolean dq = false;
    for (int i = start; i < end; i++) {
      sq |= b[i] == '\'';
      dq |= b[i] == '"';
    }
    char quote = sq && !dq ? '"' : '\'';
    StringBuilder out = new StringBuilder(end - start + 3).append('b').append(quote);
    for (int i = start; i < end; i++) {
      int c = b[i] & 0xff;
      if (c >= 0x20 && c < 0x7f && c != quote && c != '\\') {
        out.append((char) c);
      } else {
        escape(out, c, quote);
      }
    }
    return out.append(quote).toString();
  }
}
