package org.plait.modules;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStr;

/** {@code binascii}. */
@PyModuleDef(name = "binascii", doc = "Conversion between binary data and ASCII")
public final class BinasciiModule implements NativeModule {
  private static final PyType ERROR =
      Errors.newException("binascii", "Error", Exceptions.ValueError, null);
  private static final PyType INCOMPLETE =
      Errors.newException("binascii", "Incomplete", Exceptions.Exception, null);

  private static final byte[] BASE64 =
      ascii("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
  private static final byte[] BASE64_VALUES = new byte[256];
  private static final int[] CRC32 = new int[256];
  private static final byte[] HEX = ascii("0123456789ABCDEF");
  private static final int MAX_LINE = 76;

  static {
    java.util.Arrays.fill(BASE64_VALUES, (byte) -1);
    for (int i = 0; i < BASE64.length; i++) {
      BASE64_VALUES[BASE64[i]] = (byte) i;
    }
    for (int i = 0; i < CRC32.length; i++) {
      int c = i;
      for (int k = 0; k < 8; k++) {
        c = c >>> 1 ^ ((c & 1) == 0 ? 0 : 0xedb88320);
      }
      CRC32[i] = c;
    }
  }

  private static byte[] ascii(String s) {
    return s.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  @Override
  public NativeTable table() {
    return new BinasciiModuleTable(this);
  }

  @Override
  public void exec(PyModule module) {
    module.add("Error", ERROR);
    module.add("Incomplete", INCOMPLETE);
  }

  private static PyException error(String message) {
    return Errors.of(ERROR, message);
  }

  /** The bytes of a buffer or an ASCII str. */
  private static byte[] asciiBytes(PyObject o) {
    if (o instanceof PyStr s) {
      String text = s.toString();
      for (int i = 0; i < text.length(); i++) {
        if (text.charAt(i) > 127) {
          throw Errors.valueError("string argument should contain only ASCII characters");
        }
      }
      return ascii(text);
    }
    byte[] b = PyBuffers.isBuffer(o) ? PyBuffers.plainBytes(o) : null;
    if (b == null) {
      throw Errors.typeError(
          "argument should be bytes, buffer or ASCII string, not '" + o.type().name() + "'");
    }
    return b;
  }

  // ---- base 64

  // Compare CPython binascii_a2b_base64_impl in binascii.c.
  @PyFunction(
      name = "a2b_base64",
      sig = "(data, /, *, strict_mode=False)",
      doc = "Decode a line of base64 data; in strict mode anything else is an error.")
  static PyObject a2bBase64(PyObject data, boolean strict) {
    byte[] in = asciiBytes(data);
    ByteArrayOutputStream out = new ByteArrayOutputStream(in.length / 4 * 3 + 3);
    if (strict && in.length > 0 && in[0] == '=') {
      throw error("Leading padding not allowed");
    }
    int quad = 0;
    int left = 0;
    int pads = 0;
    boolean padding = false;
    for (int i = 0; i < in.length; i++) {
      if (in[i] == '=') {
        padding = true;
        if (quad >= 2 && quad + ++pads >= 4) {
          if (strict && i + 1 < in.length) {
            throw error("Excess data after padding");
          }
          return Py.bytes(out.toByteArray());
        }
        if (strict && quad == 0) {
          throw error("Excess padding not allowed");
        }
        continue;
      }
      int v = BASE64_VALUES[in[i] & 0xff];
      if (v < 0) {
        if (strict) {
          throw error("Only base64 data is allowed");
        }
        continue;
      }
      if (strict && padding) {
        throw error("Discontinuous padding not allowed");
      }
      pads = 0;
      switch (quad) {
        case 0 -> left = v;
        case 1 -> {
          out.write(left << 2 | v >> 4);
          left = v & 15;
        }
        case 2 -> {
          out.write(left << 4 | v >> 2);
          left = v & 3;
        }
        default -> out.write(left << 6 | v);
      }
      quad = quad + 1 & 3;
    }
    if (quad == 1) {
      throw error(
          "Invalid base64-encoded string: number of data characters ("
              + (out.size() / 3 * 4 + 1)
              + ") cannot be 1 more than a multiple of 4");
    }
    if (quad != 0) {
      throw error("Incorrect padding");
    }
    return Py.bytes(out.toByteArray());
  }

  @PyFunction(
      name = "b2a_base64",
      sig = "(data, /, *, newline=True)",
      doc = "Base64-code line of data.")
  static PyObject b2aBase64(PyObject data, boolean newline) {
    byte[] encoded = java.util.Base64.getEncoder().encode(PyBuffers.plainBytes(data));
    if (newline) {
      encoded = java.util.Arrays.copyOf(encoded, encoded.length + 1);
      encoded[encoded.length - 1] = '\n';
    }
    return Py.bytes(encoded);
  }

  // ---- hexadecimal

  @PyFunction(
      name = "a2b_hex",
      sig = "(hexstr, /)",
      doc = "Binary data of hexadecimal representation.")
  static PyObject a2bHex(PyObject hexstr) {
    byte[] in = asciiBytes(hexstr);
    if ((in.length & 1) != 0) {
      throw error("Odd-length string");
    }
    byte[] out = new byte[in.length / 2];
    for (int i = 0; i < out.length; i++) {
      int high = Character.digit(in[2 * i], 16);
      int low = Character.digit(in[2 * i + 1], 16);
      if (high < 0 || low < 0) {
        throw error("Non-hexadecimal digit found");
      }
      out[i] = (byte) (high << 4 | low);
    }
    return Py.bytes(out);
  }

  @PyFunction(
      name = "unhexlify",
      sig = "(hexstr, /)",
      doc = "Binary data of hexadecimal representation.")
  static PyObject unhexlify(PyObject hexstr) {
    return a2bHex(hexstr);
  }

  @PyFunction(
      name = "b2a_hex",
      sig = "(data, sep=NULL, bytes_per_sep=1)",
      doc = "Hexadecimal representation of binary data.")
  static PyObject b2aHex(PyObject data, @Nullable PyObject sep, int bytesPerSep) {
    PyObject bytes = Py.bytes(PyBuffers.plainBytes(data));
    PyObject hex =
        sep == null
            ? PyCalls.callMethod(bytes, "hex")
            : PyCalls.callMethod(bytes, "hex", sep, Py.int_(bytesPerSep));
    return Py.bytes(ascii(hex.toString()));
  }

  @PyFunction(
      name = "hexlify",
      sig = "(data, sep=NULL, bytes_per_sep=1)",
      doc = "Hexadecimal representation of binary data.")
  static PyObject hexlify(PyObject data, @Nullable PyObject sep, int bytesPerSep) {
    return b2aHex(data, sep, bytesPerSep);
  }

  // ---- checksums

  @PyFunction(sig = "(data, crc=0, /)", doc = "Compute CRC-32 incrementally.")
  static PyObject crc32(PyObject data, PyObject crc) {
    byte[] in = PyBuffers.plainBytes(data);
    int c = (int) PyNumbers.index(crc).longValue();
    if (c == 0) {
      java.util.zip.CRC32 fast = new java.util.zip.CRC32();
      fast.update(in);
      return Py.int_(fast.getValue());
    }
    c = ~c;
    for (byte b : in) {
      c = CRC32[(c ^ b) & 0xff] ^ c >>> 8;
    }
    return Py.int_(~c & 0xffffffffL);
  }

  @PyFunction(name = "crc_hqx", sig = "(data, crc, /)", doc = "Compute CRC-CCITT incrementally.")
  static int crcHqx(PyObject data, PyObject crc) {
    int c = (int) PyNumbers.index(crc).longValue() & 0xffff;
    for (byte b : PyBuffers.plainBytes(data)) {
      c ^= (b & 0xff) << 8;
      for (int k = 0; k < 8; k++) {
        c = (c & 0x8000) == 0 ? c << 1 : c << 1 ^ 0x1021;
      }
      c &= 0xffff;
    }
    return c;
  }

  // ---- uuencode

  @PyFunction(name = "a2b_uu", sig = "(data, /)", doc = "Decode a line of uuencoded data.")
  static PyObject a2bUu(PyObject data) {
    byte[] in = asciiBytes(data);
    int length = ((in.length == 0 ? 0 : in[0]) - ' ') & 63;
    byte[] out = new byte[length];
    int at = 1;
    int left = 0;
    int bits = 0;
    for (int n = 0; n < length; at++) {
      int c = at < in.length ? in[at] & 0xff : 0;
      if (c == '\n' || c == '\r' || at >= in.length) {
        // Spaces at the end of the line may have been eaten.
        c = 0;
      } else if (c < ' ' || c > ' ' + 64) {
        throw error("Illegal char");
      } else {
        c = c - ' ' & 63;
      }
      left = left << 6 | c;
      bits += 6;
      if (bits >= 8) {
        bits -= 8;
        out[n++] = (byte) (left >> bits);
        left &= (1 << bits) - 1;
      }
    }
    for (; at < in.length; at++) {
      int c = in[at];
      if (c != ' ' && c != ' ' + 64 && c != '\n' && c != '\r') {
        throw error("Trailing garbage");
      }
    }
    return Py.bytes(out);
  }

  @PyFunction(name = "b2a_uu", sig = "(data, /, *, backtick=False)", doc = "Uuencode line of data.")
  static PyObject b2aUu(PyObject data, boolean backtick) {
    byte[] in = PyBuffers.plainBytes(data);
    if (in.length > 45) {
      throw error("At most 45 bytes at once");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(64);
    out.write(backtick && in.length == 0 ? '`' : ' ' + in.length);
    int left = 0;
    int bits = 0;
    for (int i = 0; i < in.length || bits != 0; i++) {
      left = left << 8 | (i < in.length ? in[i] & 0xff : 0);
      bits += 8;
      while (bits >= 6) {
        int c = left >> bits - 6 & 63;
        bits -= 6;
        out.write(backtick && c == 0 ? '`' : c + ' ');
      }
    }
    out.write('\n');
    return Py.bytes(out.toByteArray());
  }

  // ---- quoted-printable

  @PyFunction(
      name = "a2b_qp",
      sig = "(data, header=False)",
      doc = "Decode a string of qp-encoded data.")
  static PyObject a2bQp(PyObject data, boolean header) {
    byte[] in = asciiBytes(data);
    ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
    int i = 0;
    while (i < in.length) {
      byte c = in[i++];
      if (header && c == '_') {
        out.write(' ');
      } else if (c != '=') {
        out.write(c);
      } else if (i < in.length) {
        i = escape(in, i, out);
      }
    }
    return Py.bytes(out.toByteArray());
  }

  /** Decodes what follows an equals sign; returns where to go on. */
  private static int escape(byte[] in, int from, ByteArrayOutputStream out) {
    int i = from;
    if (in[i] == '\n' || in[i] == '\r') {
      while (i < in.length && in[i] != '\n') {
        i++;
      }
      return i + 1;
    }
    if (in[i] == '=') {
      out.write('=');
      return i + 1;
    }
    if (i + 1 < in.length) {
      int high = Character.digit(in[i], 16);
      int low = Character.digit(in[i + 1], 16);
      if (high >= 0 && low >= 0) {
        out.write(high << 4 | low);
        return i + 2;
      }
    }
    out.write('=');
    return i;
  }

  @PyFunction(
      name = "b2a_qp",
      sig = "(data, quotetabs=False, istext=True, header=False)",
      doc = "Encode a string using quoted-printable encoding.")
  static PyObject b2aQp(PyObject data, boolean quotetabs, boolean istext, boolean header) {
    return Py.bytes(
        new QuotedPrintable(PyBuffers.plainBytes(data), quotetabs, istext, header).encode());
  }

  // Compare CPython binascii_b2a_qp_impl in binascii.c.
  private static final class QuotedPrintable {
    private final byte[] in;
    private final boolean quoteTabs;
    private final boolean text;
    private final boolean header;
    private final boolean crlf;
    private byte[] out;
    private int n;
    private int line;

    QuotedPrintable(byte[] in, boolean quoteTabs, boolean text, boolean header) {
      this.in = in;
      this.quoteTabs = quoteTabs;
      this.text = text;
      this.header = header;
      int newline = 0;
      while (newline < in.length && in[newline] != '\n') {
        newline++;
      }
      crlf = newline > 0 && newline < in.length && in[newline - 1] == '\r';
      out = new byte[in.length + 16];
    }

    private void put(int c) {
      if (n == out.length) {
        out = java.util.Arrays.copyOf(out, 2 * n);
      }
      out[n++] = (byte) c;
    }

    private void putHex(int c) {
      put(HEX[c >> 4 & 15]);
      put(HEX[c & 15]);
    }

    private void newline() {
      if (crlf) {
        put('\r');
      }
      put('\n');
      line = 0;
    }

    private void softBreak() {
      put('=');
      newline();
    }

    private boolean mustQuote(int i) {
      int c = in[i] & 0xff;
      boolean last = i + 1 == in.length;
      if (c > 126 || c == '=' || header && c == '_') {
        return true;
      }
      if (c == '.' && line == 0) {
        return last || in[i + 1] == '\n' || in[i + 1] == '\r' || in[i + 1] == 0;
      }
      if (c == '\r' || c == '\n') {
        return !text;
      }
      boolean blank = c == '\t' || c == ' ';
      return blank && last || c < 33 && (quoteTabs || !blank);
    }

    byte[] encode() {
      int i = 0;
      while (i < in.length) {
        if (mustQuote(i)) {
          if (line + 3 >= MAX_LINE) {
            softBreak();
          }
          put('=');
          putHex(in[i++]);
          line += 3;
        } else if (text
            && (in[i] == '\n' || in[i] == '\r' && i + 1 < in.length && in[i + 1] == '\n')) {
          if (n > 0 && (out[n - 1] == ' ' || out[n - 1] == '\t')) {
            // A blank at the end of a line might get lost.
            int blank = out[--n];
            put('=');
            putHex(blank);
          }
          newline();
          i += in[i] == '\r' ? 2 : 1;
        } else {
          if (i + 1 != in.length && in[i + 1] != '\n' && line + 1 >= MAX_LINE) {
            softBreak();
          }
          line++;
          put(header && in[i] == ' ' ? '_' : in[i]);
          i++;
        }
      }
      return java.util.Arrays.copyOf(out, n);
    }
  }
}
