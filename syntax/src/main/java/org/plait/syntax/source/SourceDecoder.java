package org.plait.syntax.source;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.plait.syntax.source.PySyntaxError.Kind;

/**
 * Decodes source bytes as PEP 263 says: UTF-8 unless a byte order mark or a comment in the first
 * two lines declares another encoding.
 */
public final class SourceDecoder {
  /** Decodes with codecs the Java platform does not have. */
  @FunctionalInterface
  public interface Codec {
    /**
     * Decodes bytes.
     *
     * @param encoding the encoding as the source spells it
     * @param bytes all bytes of the source
     * @return the text, or null if there is no such encoding
     * @throws PySyntaxError if the bytes are malformed; see {@link SourceDecoder#init}
     */
    @Nullable String decode(String encoding, byte[] bytes);
  }

  /** Knows the platform's charsets only. */
  public static final SourceDecoder PLATFORM = new SourceDecoder(null);

  private final @Nullable Codec codec;

  /** A decoder that asks {@code codec} for every encoding but UTF-8 and Latin-1. */
  public SourceDecoder(@Nullable Codec codec) {
    this.codec = codec;
  }

  /**
   * Decodes a source.
   *
   * @param bytes the bytes of a file or of {@code compile()}'s argument
   * @param endWithNewline whether a missing newline is added at the end
   * @throws PySyntaxError if the declaration names no encoding or the bytes are malformed
   */
  public Source decode(byte[] bytes, boolean endWithNewline) {
    boolean mark =
        bytes.length >= 3
            && bytes[0] == (byte) 0xEF
            && bytes[1] == (byte) 0xBB
            && bytes[2] == (byte) 0xBF;
    int from = mark ? 3 : 0;
    String declared = declaration(bytes, from);
    String encoding = declared == null ? "utf-8" : normalized(declared);
    if (mark && !encoding.equals("utf-8")) {
      String name = encoding.equals("iso-8859-1") ? encoding : declared;
      String first = line(bytes, from);
      int line = declaration(first.getBytes(StandardCharsets.UTF_8), 0) == null ? 2 : 1;
      String text = line == 1 ? first : line(bytes, nextLine(bytes, from));
      throw new PySyntaxError(
          Kind.SYNTAX,
          "encoding problem: " + name + " with BOM",
          line,
          0,
          text,
          line,
          text.length() + (line == 1 ? 0 : 1));
    }
    if (encoding.equals("utf-8")) {
      checkUtf8(bytes, from);
      return Source.ofUtf8(bytes, from, endWithNewline);
    }
    String text =
        encoding.equals("iso-8859-1")
            ? new String(bytes, StandardCharsets.ISO_8859_1)
            : decodeOther(declared == null ? encoding : declared, bytes);
    return Source.of(text, endWithNewline);
  }

  /** The text of a source without its byte order mark; errors as in {@link #decode}. */
  public String text(byte[] bytes) {
    boolean mark =
        bytes.length >= 3
            && bytes[0] == (byte) 0xEF
            && bytes[1] == (byte) 0xBB
            && bytes[2] == (byte) 0xBF;
    int from = mark ? 3 : 0;
    String declared = declaration(bytes, from);
    String encoding = declared == null ? "utf-8" : normalized(declared);
    return switch (encoding) {
      case "utf-8" -> new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
      case "iso-8859-1" -> new String(bytes, StandardCharsets.ISO_8859_1);
      default -> decodeOther(declared == null ? encoding : declared, bytes);
    };
  }

  private String decodeOther(String encoding, byte[] bytes) {
    if (codec != null) {
      String text = codec.decode(encoding, bytes);
      if (text == null) {
        throw init("unknown encoding: " + encoding);
      }
      return text;
    }
    Charset charset;
    try {
      charset = Charset.forName(encoding.replace('_', '-'));
    } catch (IllegalArgumentException e) {
      throw init("unknown encoding: " + encoding);
    }
    try {
      return charset
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      throw init("'" + encoding + "' codec can't decode the source");
    }
  }

  /**
   * The error for a source whose encoding is unknown or whose bytes its codec refuses.
   *
   * @param message the text of the codec's exception
   */
  public static PySyntaxError init(String message) {
    return new PySyntaxError(
        Kind.SYNTAX, message, 0, -1, null, PySyntaxError.NONE, PySyntaxError.NONE);
  }

  /** The encoding that the first two lines declare, or null. */
  public static @Nullable String declaration(byte[] b, int from) {
    int at = from;
    for (int line = 0; line < 2; line++) {
      int end = lineEnd(b, at);
      int i = at;
      while (i < end && (b[i] == ' ' || b[i] == '\t' || b[i] == '\f')) {
        i++;
      }
      if (i < end && b[i] != '#') {
        return null;
      }
      String found = i < end ? inComment(b, i, end) : null;
      if (found != null) {
        return found;
      }
      at = nextLine(b, at);
      if (at >= b.length) {
        return null;
      }
    }
    return null;
  }

  private static @Nullable String inComment(byte[] b, int from, int to) {
    for (int i = from; i + 7 <= to; i++) {
      if (b[i] == 'c'
          && b[i + 1] == 'o'
          && b[i + 2] == 'd'
          && b[i + 3] == 'i'
          && b[i + 4] == 'n'
          && b[i + 5] == 'g'
          && (b[i + 6] == ':' || b[i + 6] == '=')) {
        int start = i + 7;
        while (start < to && (b[start] == ' ' || b[start] == '\t')) {
          start++;
        }
        int end = start;
        while (end < to && isNameByte(b[end])) {
          end++;
        }
        if (end > start) {
          return new String(b, start, end - start, StandardCharsets.ISO_8859_1);
        }
      }
    }
    return null;
  }

  private static boolean isNameByte(byte c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_'
        || c == '.';
  }

  /** CPython's normal form of the two encodings it knows by itself. */
  private static String normalized(String declared) {
    String s = declared.toLowerCase(Locale.ROOT).replace('_', '-');
    if (s.length() > 12) {
      s = s.substring(0, 12);
    }
    if (s.equals("utf-8") || s.startsWith("utf-8-")) {
      return "utf-8";
    }
    for (String latin : new String[] {"latin-1", "iso-8859-1", "iso-latin-1"}) {
      if (s.equals(latin) || s.startsWith(latin + "-")) {
        return "iso-8859-1";
      }
    }
    return s;
  }

  private static void checkUtf8(byte[] b, int from) {
    int i = from;
    int n = b.length;
    while (i < n) {
      int c = b[i];
      if (c >= 0) {
        i++;
        continue;
      }
      int size = sequence(b, i, n);
      if (size == 0) {
        throw notUtf8(b, from, i);
      }
      i += size;
    }
  }

  /** The length of the well-formed UTF-8 sequence at {@code i}, or 0. */
  private static int sequence(byte[] b, int i, int n) {
    int c = b[i] & 0xFF;
    int size =
        c >= 0xF0 && c <= 0xF4 ? 4 : c >= 0xE0 && c < 0xF0 ? 3 : c >= 0xC2 && c < 0xE0 ? 2 : 0;
    if (size == 0 || i + size > n) {
      return 0;
    }
    int second = b[i + 1] & 0xFF;
    int low = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80;
    int high = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
    if (second < low || second > high) {
      return 0;
    }
    for (int k = 2; k < size; k++) {
      if ((b[i + k] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return size;
  }

  private static PySyntaxError notUtf8(byte[] b, int from, int bad) {
    int lineno = 1;
    int lineStart = from;
    for (int i = from; i < bad; i++) {
      if (b[i] == '\n' || (b[i] == '\r' && b[i + 1] != '\n')) {
        lineno++;
        lineStart = i + 1;
      }
    }
    int column = Source.characters(b, lineStart, bad) + 1;
    String text = line(b, lineStart);
    String message =
        String.format(
            Locale.ROOT,
            "Non-UTF-8 code starting with '\\x%02x' on line %d, but no encoding declared;"
                + " see https://peps.python.org/pep-0263/ for details",
            b[bad] & 0xFF,
            lineno);
    return new PySyntaxError(Kind.SYNTAX, message, lineno, column, text, lineno, column);
  }

  private static String line(byte[] b, int from) {
    return new String(b, from, lineEnd(b, from) - from, StandardCharsets.UTF_8);
  }

  private static int lineEnd(byte[] b, int from) {
    int end = from;
    while (end < b.length && b[end] != '\n' && b[end] != '\r') {
      end++;
    }
    return end;
  }

  private static int nextLine(byte[] b, int from) {
    int end = lineEnd(b, from);
    return end + (end + 1 < b.length && b[end] == '\r' && b[end + 1] == '\n' ? 2 : 1);
  }
}
