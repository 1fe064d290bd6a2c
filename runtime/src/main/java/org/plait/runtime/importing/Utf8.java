package org.plait.runtime.importing;

import java.nio.charset.StandardCharsets;
import org.plait.runtime.protocol.PyCodecs;
import org.plait.runtime.types.PyStr;

/** UTF-8 with surrogates passed through, as marshal writes strings. */
final class Utf8 {
  private Utf8() {}

  static byte[] encodeSurrogatePass(PyStr s) {
    String text = s.toString();
    boolean plain = true;
    for (int i = 0; i < text.length() && plain; i++) {
      plain = !Character.isSurrogate(text.charAt(i));
    }
    if (plain) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream(text.length() * 3);
    for (int i = 0; i < s.length(); i++) {
      int c = s.codePointAt(i);
      if (c < 0x80) {
        out.write(c);
      } else if (c < 0x800) {
        out.write(0xc0 | c >> 6);
        out.write(0x80 | c & 0x3f);
      } else if (c < 0x10000) {
        out.write(0xe0 | c >> 12);
        out.write(0x80 | c >> 6 & 0x3f);
        out.write(0x80 | c & 0x3f);
      } else {
        out.write(0xf0 | c >> 18);
        out.write(0x80 | c >> 12 & 0x3f);
        out.write(0x80 | c >> 6 & 0x3f);
        out.write(0x80 | c & 0x3f);
      }
    }
    return out.toByteArray();
  }

  static PyStr decodeSurrogatePass(byte[] b) {
    // The JDK turns what it can't decode, such as surrogates, into U+FFFD.
    String text = new String(b, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') < 0) {
      return text.length() == b.length ? PyStr.ofBmp(text) : PyStr.of(text);
    }
    PyCodecs.fromUtf8(b, "surrogatepass"); // raises where that is not UTF-8
    int[] points = new int[b.length];
    int n = 0;
    for (int i = 0; i < b.length; ) {
      int c = b[i] & 0xff;
      int more = c < 0x80 ? 0 : c < 0xe0 ? 1 : c < 0xf0 ? 2 : 3;
      int p = more == 0 ? c : c & 0x3f >> more;
      for (int k = 1; k <= more; k++) {
        p = p << 6 | b[i + k] & 0x3f;
      }
      points[n++] = p;
      i += more + 1;
    }
    return PyStr.ofCodePoints(points, 0, n);
  }
}
