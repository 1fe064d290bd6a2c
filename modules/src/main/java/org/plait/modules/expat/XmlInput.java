package org.plait.modules.expat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of an entity into text, as far as its encoding is known: when it begins with an
 * XML declaration, the bytes behind that wait until {@link #declared}. A byte that can't be decoded
 * becomes {@link #BAD}, which may stand nowhere in XML, and ends the text.
 */
final class XmlInput {
  static final char BAD = '\uFFFF';

  private enum Form {
    UTF8,
    UTF16_BE,
    UTF16_LE,
    SINGLE
  }

  private @Nullable Form form;
  private int @Nullable [] table;

  /** Given from outside; what the document says of itself does not count then. */
  private @Nullable String protocol;

  private boolean decoding;
  private boolean bad;
  private byte[] held = {};

  void setProtocol(@Nullable String name) {
    protocol = name;
  }

  boolean hasProtocol() {
    return protocol != null;
  }

  /** Bytes that are no whole character yet. */
  boolean hasRest() {
    return held.length > 0;
  }

  boolean wide() {
    return form == Form.UTF16_BE || form == Form.UTF16_LE;
  }

  /** Whether text passes through as it is, and not by a buffer of limited size. */
  boolean plain() {
    return form == Form.UTF8 || form == null;
  }

  /** How many bytes a char takes in the document; the second of a pair counts with the first. */
  int width(char c) {
    if (form == Form.SINGLE) {
      return 1;
    }
    if (wide()) {
      return 2;
    }
    if (c < 0x80) {
      return 1;
    }
    if (c < 0x800) {
      return 2;
    }
    return Character.isHighSurrogate(c) ? 4 : Character.isLowSurrogate(c) ? 0 : 3;
  }

  /** The text as the bytes it was made of. */
  byte[] encode(char[] text, int from, int to) {
    String s = new String(text, from, to - from);
    if (form == Form.UTF16_BE) {
      return s.getBytes(StandardCharsets.UTF_16BE);
    }
    if (form == Form.UTF16_LE) {
      return s.getBytes(StandardCharsets.UTF_16LE);
    }
    if (form != Form.SINGLE) {
      return s.getBytes(StandardCharsets.UTF_8);
    }
    byte[] bytes = new byte[s.length()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) byteOf(s.charAt(i));
    }
    return bytes;
  }

  private int byteOf(char c) {
    if (c < 256 && table[c] == c) {
      return c;
    }
    for (int i = 0; i < table.length; i++) {
      if (table[i] == c) {
        return i;
      }
    }
    return '?';
  }

  /**
   * Takes bytes and appends what they say to the text.
   *
   * @return false if nothing else can be said before the encoding that {@code protocol} names is
   *     known
   */
  void feed(byte[] bytes, boolean last, XmlText to) throws XmlFailure {
    byte[] all = held;
    if (bytes.length > 0) {
      all = held.length == 0 ? bytes : concat(held, bytes);
    }
    int from = 0;
    if (form == null) {
      if (all.length < 3 && !last) {
        held = all.clone();
        return;
      }
      from = detect(all, to);
    }
    if (!decoding) {
      int limit = declarationEnd(all, from, last);
      if (limit < 0) {
        held = from == 0 ? all.clone() : Arrays.copyOfRange(all, from, all.length);
        return;
      }
      decoding = limit == 0;
      if (!decoding) {
        decode(Arrays.copyOfRange(all, from, from + limit), 0, to);
        held = Arrays.copyOfRange(all, from + limit, all.length);
        return;
      }
    }
    decode(all, from, to);
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] r = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, r, a.length, b.length);
    return r;
  }

  /** The XML declaration has been read: what is held can be decoded. */
  void proceed(XmlText to) {
    decoding = true;
    byte[] rest = held;
    held = new byte[0];
    decode(rest, 0, to);
  }

  /** By a mark or the first bytes, if not by the protocol. Returns how long the mark is. */
  private int detect(byte[] b, XmlText to) {
    Form given = protocol == null ? null : known(protocol);
    if (protocol != null && given == null && !upper(protocol).equals("UTF-16")) {
      form = Form.SINGLE;
      return 0;
    }
    int b0 = b.length > 0 ? b[0] & 0xFF : -1;
    int b1 = b.length > 1 ? b[1] & 0xFF : -1;
    int mark = 0;
    if (b0 == 0xFE && b1 == 0xFF) {
      form = Form.UTF16_BE;
      mark = 2;
    } else if (b0 == 0xFF && b1 == 0xFE) {
      form = Form.UTF16_LE;
      mark = 2;
    } else if (b0 == 0xEF && b1 == 0xBB && b.length > 2 && (b[2] & 0xFF) == 0xBF) {
      form = Form.UTF8;
      table = null;
      mark = 3;
    } else if (given != null) {
      form = given;
    } else if (b0 == '<' && b1 == 0) {
      form = Form.UTF16_LE;
    } else {
      form = b0 == 0 && b1 >= 0 || protocol != null ? Form.UTF16_BE : Form.UTF8;
    }
    to.skipMark(mark);
    return mark;
  }

  private static String upper(String name) {
    return name.toUpperCase(Locale.ROOT);
  }

  private @Nullable Form known(String name) {
    switch (upper(name)) {
      case "UTF-8" -> {
        return Form.UTF8;
      }
      case "UTF-16BE" -> {
        return Form.UTF16_BE;
      }
      case "UTF-16LE" -> {
        return Form.UTF16_LE;
      }
      case "ISO-8859-1", "US-ASCII" -> {
        int size = upper(name).equals("US-ASCII") ? 128 : 256;
        table = new int[256];
        for (int i = 0; i < 256; i++) {
          table[i] = i < size ? i : -1;
        }
        return Form.SINGLE;
      }
      default -> {
        return null;
      }
    }
  }

  /** Whether the protocol's encoding has to be asked for. */
  @Nullable String unknownProtocol() {
    return protocol != null
            && table == null
            && form == null
            && !upper(protocol).equals("UTF-16")
            && known(protocol) == null
        ? protocol
        : null;
  }

  void setTable(int[] characters) throws XmlFailure {
    checkMarkup(characters);
    table = characters;
  }

  /** The characters that markup is made of must be where they are in ASCII. */
  private static void checkMarkup(int[] characters) throws XmlFailure {
    for (int i = '\t'; i < 0x7F; i++) {
      boolean free = i < ' ' && !XmlChars.isSpace((char) i) || "$@\\^`{}~".indexOf(i) >= 0;
      if (!free && characters[i] != i) {
        throw new XmlFailure(XmlError.UNKNOWN_ENCODING);
      }
    }
  }

  /**
   * The encoding that the document names.
   *
   * @return whether it is known; otherwise the table is to be set
   */
  boolean declared(String name) throws XmlFailure {
    if (upper(name).equals("UTF-16")) {
      if (!wide()) {
        throw new XmlFailure(XmlError.INCORRECT_ENCODING);
      }
      return true;
    }
    Form named = known(name);
    if (named == null) {
      return false;
    }
    boolean namedWide = named == Form.UTF16_BE || named == Form.UTF16_LE;
    if (namedWide != wide() || namedWide && named != form) {
      throw new XmlFailure(XmlError.INCORRECT_ENCODING);
    }
    form = named;
    return true;
  }

  void single(int[] characters) throws XmlFailure {
    if (wide()) {
      throw new XmlFailure(XmlError.INCORRECT_ENCODING);
    }
    checkMarkup(characters);
    table = characters;
    form = Form.SINGLE;
  }

  /** Of how many bytes the XML declaration is; 0 if there is none, -1 if that is not known yet. */
  private int declarationEnd(byte[] b, int from, boolean last) {
    String start = "<?xml";
    int step = wide() ? 2 : 1;
    int units = (b.length - from) / step;
    for (int i = 0; i < Math.min(units, 6); i++) {
      int c = unit(b, from, i);
      if (i < 5 ? c != start.charAt(i) : c != ' ' && c != '\t' && c != '\r' && c != '\n') {
        return 0;
      }
    }
    if (units >= 6) {
      for (int i = 6; i < units; i++) {
        if (unit(b, from, i) == '>' && unit(b, from, i - 1) == '?') {
          return (i + 1) * step;
        }
      }
    }
    return last ? 0 : -1;
  }

  private int unit(byte[] b, int from, int i) {
    if (!wide()) {
      return b[from + i];
    }
    int high = b[from + 2 * i] & 0xFF;
    int low = b[from + 2 * i + 1] & 0xFF;
    return form == Form.UTF16_BE ? high << 8 | low : low << 8 | high;
  }

  private void decode(byte[] b, int from, XmlText to) {
    if (bad) {
      held = new byte[0];
      return;
    }
    to.reserve(b.length - from + 1);
    int used =
        switch (form) {
          case SINGLE -> single(b, from, to);
          case UTF8 -> utf8(b, from, to);
          default -> utf16(b, from, to);
        };
    held = bad || used == b.length ? new byte[0] : Arrays.copyOfRange(b, used, b.length);
  }

  private int bad(int at, XmlText to) {
    bad = true;
    to.add(BAD);
    return at;
  }

  private int single(byte[] b, int from, XmlText to) {
    for (int i = from; i < b.length; i++) {
      int c = table[b[i] & 0xFF];
      if (c < 0 || c > 0xFFFF || c >= 0xD800 && c < 0xE000) {
        return bad(i, to);
      }
      to.add((char) c);
    }
    return b.length;
  }

  private int utf16(byte[] b, int from, XmlText to) {
    int i = from;
    while (i + 1 < b.length) {
      char c = (char) unit(b, i, 0);
      if (Character.isLowSurrogate(c)) {
        return bad(i, to);
      }
      if (Character.isHighSurrogate(c)) {
        if (i + 3 >= b.length) {
          return i;
        }
        char d = (char) unit(b, i, 1);
        if (!Character.isLowSurrogate(d)) {
          return bad(i, to);
        }
        to.add(c);
        c = d;
        i += 2;
      }
      to.add(c);
      i += 2;
    }
    return i;
  }

  private int utf8(byte[] b, int from, XmlText to) {
    int i = from;
    while (i < b.length) {
      int c = b[i];
      if (c >= 0) {
        to.add((char) c);
        i++;
        continue;
      }
      c &= 0xFF;
      int more = c < 0xC2 ? 0 : c < 0xE0 ? 1 : c < 0xF0 ? 2 : c < 0xF5 ? 3 : 0;
      if (more == 0) {
        return bad(i, to);
      }
      int cp = c & 0x3F >> more;
      for (int k = 1; k <= more; k++) {
        if (i + k == b.length) {
          return i;
        }
        int next = b[i + k];
        if (next >= -0x40) {
          return bad(i, to);
        }
        cp = cp << 6 | next & 0x3F;
      }
      if (more == 2 && (cp < 0x800 || cp >= 0xD800 && cp < 0xE000)
          || more == 3 && (cp < 0x10000 || cp > 0x10FFFF)) {
        return bad(i, to);
      }
      if (cp < 0x10000) {
        to.add((char) cp);
      } else {
        to.add(Character.highSurrogate(cp));
        to.add(Character.lowSurrogate(cp));
      }
      i += more + 1;
    }
    return i;
  }
}
