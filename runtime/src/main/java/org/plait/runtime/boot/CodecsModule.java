package org.plait.runtime.boot;

import java.nio.charset.StandardCharsets;
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
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyCodecs;
import org.plait.runtime.protocol.PyMappings;
import org.plait.runtime.protocol.Warnings;
import org.plait.runtime.text.ByteCodecs;
import org.plait.runtime.text.CodePointSource;
import org.plait.runtime.text.Decoded;
import org.plait.runtime.text.EscapeCodecs;
import org.plait.runtime.text.Utf7Codec;
import org.plait.runtime.text.Utf8Codec;
import org.plait.runtime.text.WideCodecs;
import org.plait.runtime.text.WideCodecs.Order;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStr;

/** {@code _codecs}: the codec registry and the codecs that are built in. */
@PyModuleDef(name = "_codecs")
public final class CodecsModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new CodecsModuleTable(this);
  }

  @Override
  public void exec(PyModule module) {
    CodecErrorHandlers.register(PyCodecs.registry());
  }

  // ---- registry

  @PyFunction(
      name = "register",
      sig = "(search_function, /)",
      doc =
          "Register a codec search function.\n\nSearch functions take the encoding name in lower"
              + " case and return None\nor a tuple (encoder, decoder, stream_reader,"
              + " stream_writer).")
  static void register(PyObject searchFunction) {
    PyCodecs.registry().register(searchFunction);
  }

  @PyFunction(
      name = "unregister",
      sig = "(search_function, /)",
      doc = "Takes away a search function, and forgets all codecs found so far.")
  static void unregister(PyObject searchFunction) {
    PyCodecs.registry().unregister(searchFunction);
  }

  @PyFunction(sig = "(encoding, /)", doc = "The CodecInfo of an encoding.")
  static PyObject lookup(String encoding) {
    return PyCodecs.registry().lookup(checked(encoding));
  }

  private static String checked(String name) {
    PyCodecs.checkName(name);
    return name;
  }

  @PyFunction(
      sig = "(obj, encoding='utf-8', errors='strict')",
      doc = "Has the codec of an encoding encode an object.")
  static PyObject encode(PyObject obj, String encoding, String errors) {
    return PyCodecs.encodeAny(obj, checked(encoding), checked(errors));
  }

  @PyFunction(
      sig = "(obj, encoding='utf-8', errors='strict')",
      doc = "Has the codec of an encoding decode an object.")
  static PyObject decode(PyObject obj, String encoding, String errors) {
    return PyCodecs.decodeAny(obj, checked(encoding), checked(errors));
  }

  @PyFunction(
      name = "register_error",
      sig = "(errors, handler, /)",
      doc = "Gives an error handler a name.")
  static void registerError(String errors, PyObject handler) {
    PyCodecs.registry().registerError(checked(errors), handler);
  }

  @PyFunction(
      name = "_unregister_error",
      sig = "(errors, /)",
      doc = "Takes away the error handler of a name; those of the language stay.")
  static boolean unregisterError(String errors) {
    if (org.plait.runtime.text.CodecErrors.builtin(errors) != null) {
      throw Errors.valueError("cannot un-register built-in error handler '" + errors + "'");
    }
    return PyCodecs.registry().unregisterError(checked(errors));
  }

  @PyFunction(
      name = "lookup_error",
      sig = "(name, /)",
      doc = "lookup_error(errors) -> handler\n\n" + "The error handler of a name.")
  static PyObject lookupError(String name) {
    return PyCodecs.registry().lookupError(checked(name));
  }

  // ---- helpers

  private static PyObject encoded(PyCodecs.Run<byte[]> codec, PyStr s) {
    return Py.tuple(PyBytes.of(PyCodecs.guard(codec)), Py.int_(s.length()));
  }

  private static PyObject decoded(PyCodecs.Run<Decoded> codec) {
    Decoded d = PyCodecs.guard(codec);
    return Py.tuple(PyStr.of(d.text()), Py.int_(d.consumed()));
  }

  /** The bytes of a bytes-like object, or of a str in UTF-8. */
  private static byte[] textOrBytes(PyObject data) {
    return data instanceof PyStr s ? PyCodecs.utf8(s, null).array() : PyBuffers.toBytes(data);
  }

  private static byte[] bytes(PyObject data) {
    return PyBuffers.toBytes(data);
  }

  // ---- UTF-8 and UTF-7

  @PyFunction(name = "utf_8_encode", sig = "(str, errors=None, /)")
  static PyObject utf8Encode(PyStr str, @Nullable String errors) {
    return Py.tuple(PyCodecs.utf8(str, errors), Py.int_(str.length()));
  }

  @PyFunction(name = "utf_8_decode", sig = "(data, errors=None, final=False, /)")
  static PyObject utf8Decode(PyObject data, @Nullable String errors, boolean last) {
    byte[] b = bytes(data);
    if (PyCodecs.isAscii(b)) {
      return latin1Decode(data, null);
    }
    return decoded(() -> Utf8Codec.decode(b, PyCodecs.errors(errors), last));
  }

  @PyFunction(name = "utf_7_encode", sig = "(str, errors=None, /)")
  static PyObject utf7Encode(PyStr str, @Nullable String errors) {
    return encoded(() -> Utf7Codec.encode(str.source()), str);
  }

  @PyFunction(name = "utf_7_decode", sig = "(data, errors=None, final=False, /)")
  static PyObject utf7Decode(PyObject data, @Nullable String errors, boolean last) {
    byte[] b = bytes(data);
    return decoded(() -> Utf7Codec.decode(b, PyCodecs.errors(errors), last));
  }

  // ---- UTF-16 and UTF-32

  private static Order order(int byteorder) {
    return byteorder == 0 ? Order.MARKED : byteorder < 0 ? Order.LITTLE : Order.BIG;
  }

  private static PyObject encode16(PyStr s, @Nullable String errors, Order order) {
    return encoded(() -> WideCodecs.encodeUtf16(s.source(), order, PyCodecs.errors(errors)), s);
  }

  private static PyObject encode32(PyStr s, @Nullable String errors, Order order) {
    return encoded(() -> WideCodecs.encodeUtf32(s.source(), order, PyCodecs.errors(errors)), s);
  }

  private static PyObject decodeWide(
      PyObject data, @Nullable String errors, int byteorder, boolean last, int bits, boolean ex) {
    byte[] b = bytes(data);
    Order order = order(byteorder);
    WideCodecs.OrderedResult r =
        PyCodecs.guard(
            () ->
                bits == 16
                    ? WideCodecs.decodeUtf16(b, order, PyCodecs.errors(errors), last)
                    : WideCodecs.decodeUtf32(b, order, PyCodecs.errors(errors), last));
    PyObject text = PyStr.of(r.text());
    PyObject consumed = Py.int_(r.consumed());
    if (!ex) {
      return Py.tuple(text, consumed);
    }
    int found =
        byteorder != 0
            ? byteorder
            : switch (r.order()) {
              case MARKED -> 0;
              case LITTLE -> -1;
              case BIG -> 1;
            };
    return Py.tuple(text, consumed, Py.int_(found));
  }

  @PyFunction(name = "utf_16_encode", sig = "(str, errors=None, byteorder=0, /)")
  static PyObject utf16Encode(PyStr str, @Nullable String errors, int byteorder) {
    return encode16(str, errors, order(byteorder));
  }

  @PyFunction(name = "utf_16_le_encode", sig = "(str, errors=None, /)")
  static PyObject utf16LeEncode(PyStr str, @Nullable String errors) {
    return encode16(str, errors, Order.LITTLE);
  }

  @PyFunction(name = "utf_16_be_encode", sig = "(str, errors=None, /)")
  static PyObject utf16BeEncode(PyStr str, @Nullable String errors) {
    return encode16(str, errors, Order.BIG);
  }

  @PyFunction(name = "utf_16_decode", sig = "(data, errors=None, final=False, /)")
  static PyObject utf16Decode(PyObject data, @Nullable String errors, boolean last) {
    return decodeWide(data, errors, 0, last, 16, false);
  }

  @PyFunction(name = "utf_16_le_decode", sig = "(data, errors=None, final=False, /)")
  static PyObject utf16LeDecode(PyObject data, @Nullable String errors, boolean last) {
    return decodeWide(data, errors, -1, last, 16, false);
  }

  @PyFunction(name = "utf_16_be_decode", sig = "(data, errors=None, final=False, /)")
  static PyObject utf16BeDecode(PyObject data, @Nullable String errors, boolean last) {
    return decodeWide(data, errors, 1, last, 16, false);
  }

  @PyFunction(name = "utf_16_ex_decode", sig = "(data, errors=None, byteorder=0, final=False, /)")
  static PyObject utf16ExDecode(
      PyObject data, @Nullable String errors, int byteorder, boolean last) {
    return decodeWide(data, errors, byteorder, last, 16, true);
  }

  @PyFunction(name = "utf_32_encode", sig = "(str, errors=None, byteorder=0, /)")
  static PyObject utf32Encode(PyStr str, @Nullable String errors, int byteorder) {
    return encode32(str, errors, order(byteorder));
  }

  @PyFunction(name = "utf_32_le_encode", sig = "(str, errors=None, /)")
  static PyObject utf32LeEncode(PyStr str, @Nullable String errors) {
    return encode32(str, errors, Order.LITTLE);
  }

  @PyFunction(name = "utf_32_be_encode", sig = "(str, errors=None, /)")
  static PyObject utf32BeEncode(PyStr str, @Nullable String errors) {
    return encode32(str, errors, Order.BIG);
  }

  @PyFunction(name = "utf_32_decode", sig = "(data, errors=None, final=False, /)")
  static PyObject utf32Decode(PyObject data, @Nullable String errors, boolean last) {
    return decodeWide(data, errors, 0, last, 32, false);
  }

  @PyFunction(name = "utf_32_le_decode", sig = "(data, errors=None, final=False, /)")
  static PyObject utf32LeDecode(PyObject data, @Nullable String errors, boolean last) {
    return decodeWide(data, errors, -1, last, 32, false);
  }

  @PyFunction(name = "utf_32_be_decode", sig = "(data, errors=None, final=False, /)")
  static PyObject utf32BeDecode(PyObject data, @Nullable String errors, boolean last) {
    return decodeWide(data, errors, 1, last, 32, false);
  }

  @PyFunction(name = "utf_32_ex_decode", sig = "(data, errors=None, byteorder=0, final=False, /)")
  static PyObject utf32ExDecode(
      PyObject data, @Nullable String errors, int byteorder, boolean last) {
    return decodeWide(data, errors, byteorder, last, 32, true);
  }

  // ---- escapes

  @PyFunction(name = "escape_encode", sig = "(data, errors=None, /)")
  static PyObject escapeEncode(PyBytes data, @Nullable String errors) {
    byte[] b = data.array();
    return Py.tuple(
        PyBytes.of(PyCodecs.guard(() -> EscapeCodecs.encodeBytes(b))), Py.int_(b.length));
  }

  @PyFunction(name = "escape_decode", sig = "(data, errors=None, /)")
  static PyObject escapeDecode(PyObject data, @Nullable String errors) {
    byte[] b = textOrBytes(data);
    EscapeCodecs.BytesResult r =
        PyCodecs.guard(() -> EscapeCodecs.decodeBytes(b, errors == null ? "strict" : errors));
    if (r.invalidEscape() >= 0) {
      warnEscape(b, r.invalidEscape());
    }
    return Py.tuple(PyBytes.of(r.bytes()), Py.int_(b.length));
  }

  /** The warning about an escape that means nothing, or an octal one beyond 255. */
  private static void warnEscape(byte[] b, int at) {
    int c = b[at + 1];
    if (c >= '4' && c <= '7') {
      String octal = new String(b, at + 1, 3, StandardCharsets.ISO_8859_1);
      Warnings.warn(
          Exceptions.DeprecationWarning,
          "\"\\"
              + octal
              + "\" is an invalid octal escape sequence. Such sequences will not work in"
              + " the future. ",
          1);
    } else {
      Warnings.warn(
          Exceptions.DeprecationWarning,
          "\"\\"
              + (char) (c & 0xff)
              + "\" is an invalid escape sequence. Such sequences will not work in the future. ",
          1);
    }
  }

  @PyFunction(name = "unicode_escape_encode", sig = "(str, errors=None, /)")
  static PyObject unicodeEscapeEncode(PyStr str, @Nullable String errors) {
    return encoded(() -> EscapeCodecs.encodeUnicode(str.source()), str);
  }

  @PyFunction(name = "unicode_escape_decode", sig = "(data, errors=None, final=True, /)")
  static PyObject unicodeEscapeDecode(PyObject data, @Nullable String errors, boolean last) {
    byte[] b = textOrBytes(data);
    EscapeCodecs.EscapeResult r =
        PyCodecs.guard(() -> EscapeCodecs.decodeUnicode(b, PyCodecs.errors(errors), last));
    if (r.invalidEscape() >= 0) {
      warnEscape(r.input(), r.invalidEscape());
    }
    return Py.tuple(PyStr.of(r.text()), Py.int_(last ? b.length : r.consumed()));
  }

  @PyFunction(name = "raw_unicode_escape_encode", sig = "(str, errors=None, /)")
  static PyObject rawUnicodeEscapeEncode(PyStr str, @Nullable String errors) {
    return encoded(() -> EscapeCodecs.encodeRaw(str.source()), str);
  }

  @PyFunction(name = "raw_unicode_escape_decode", sig = "(data, errors=None, final=True, /)")
  static PyObject rawUnicodeEscapeDecode(PyObject data, @Nullable String errors, boolean last) {
    byte[] b = textOrBytes(data);
    return decoded(() -> EscapeCodecs.decodeRaw(b, PyCodecs.errors(errors), last));
  }

  // ---- one byte per character

  @PyFunction(name = "latin_1_encode", sig = "(str, errors=None, /)")
  static PyObject latin1Encode(PyStr str, @Nullable String errors) {
    return encoded(() -> ByteCodecs.encodeLatin1(str.source(), PyCodecs.errors(errors)), str);
  }

  @PyFunction(name = "latin_1_decode", sig = "(data, errors=None, /)")
  static PyObject latin1Decode(PyObject data, @Nullable String errors) {
    byte[] b = bytes(data);
    return Py.tuple(PyStr.ofBmp(new String(b, StandardCharsets.ISO_8859_1)), Py.int_(b.length));
  }

  @PyFunction(name = "ascii_encode", sig = "(str, errors=None, /)")
  static PyObject asciiEncode(PyStr str, @Nullable String errors) {
    return encoded(() -> ByteCodecs.encodeAscii(str.source(), PyCodecs.errors(errors)), str);
  }

  @PyFunction(name = "ascii_decode", sig = "(data, errors=None, /)")
  static PyObject asciiDecode(PyObject data, @Nullable String errors) {
    byte[] b = bytes(data);
    CodePointSource text = PyCodecs.guard(() -> ByteCodecs.decodeAscii(b, PyCodecs.errors(errors)));
    return Py.tuple(PyStr.of(text), Py.int_(b.length));
  }

  // ---- character maps

  @PyFunction(name = "charmap_encode", sig = "(str, errors=None, mapping=None, /)")
  static PyObject charmapEncode(PyStr str, @Nullable String errors, PyObject mapping) {
    if (mapping == Py.None) {
      return latin1Encode(str, errors);
    }
    ByteCodecs.EncodeMap map =
        mapping instanceof CharacterMap m ? m.map : c -> mappedBytes(mapping, c);
    return encoded(() -> ByteCodecs.encodeCharmap(str.source(), map, PyCodecs.errors(errors)), str);
  }

  private static byte @Nullable [] mappedBytes(PyObject mapping, int c) {
    PyObject v = mapped(mapping, c);
    if (v instanceof PyInt i) {
      if (!i.isLong() || i.longValue() < 0 || i.longValue() > 255) {
        throw Errors.typeError("character mapping must be in range(256)");
      }
      return new byte[] {(byte) i.longValue()};
    }
    if (v instanceof PyBytes b) {
      return b.array();
    }
    if (v == null) {
      return null;
    }
    throw Errors.typeError(
        "character mapping must return integer, bytes or None, not " + v.type().name());
  }

  /** {@code mapping[c]}, null for None and for a missing key. */
  private static @Nullable PyObject mapped(PyObject mapping, int c) {
    PyObject v;
    try {
      v = PyMappings.getItem(mapping, Py.int_(c));
    } catch (PyException e) {
      if (e.matches(Exceptions.LookupError)) {
        return null;
      }
      throw e;
    }
    return v == Py.None ? null : v;
  }

  @PyFunction(name = "charmap_decode", sig = "(data, errors=None, mapping=None, /)")
  static PyObject charmapDecode(PyObject data, @Nullable String errors, PyObject mapping) {
    byte[] b = bytes(data);
    if (mapping == Py.None) {
      return latin1Decode(data, errors);
    }
    CodePointSource text =
        PyCodecs.guard(
            () ->
                mapping.getClass() == PyStr.class
                    ? ByteCodecs.decodeCharmap(
                        b, ((PyStr) mapping).source(), PyCodecs.errors(errors))
                    : ByteCodecs.decodeCharmap(
                        b, c -> mappedText(mapping, c), PyCodecs.errors(errors)));
    return Py.tuple(PyStr.of(text), Py.int_(b.length));
  }

  private static @Nullable CodePointSource mappedText(PyObject mapping, int c) {
    PyObject v = mapped(mapping, c);
    if (v instanceof PyInt i) {
      if (i.isLong() && i.longValue() == 0xfffe) {
        return null;
      }
      if (!i.isLong() || i.longValue() < 0 || i.longValue() > 0x10ffff) {
        throw Errors.typeError("character mapping must be in range(0x110000)");
      }
      return PyStr.ofCodePoint((int) i.longValue()).source();
    }
    if (v instanceof PyStr s) {
      return s.length() == 1 && s.codePointAt(0) == 0xfffe ? null : s.source();
    }
    if (v == null) {
      return null;
    }
    throw Errors.typeError("character mapping must return integer, None or str");
  }

  @PyFunction(name = "charmap_build", sig = "(map, /)")
  static PyObject charmapBuild(PyStr map) {
    // Compare CPython PyUnicode_BuildEncodingMap: a dict where the compact form can't hold the map.
    boolean compact = map.length() == 256 && map.codePointAt(0) == 0;
    for (int i = 1; i < map.length() && compact; i++) {
      int c = map.codePointAt(i);
      compact = c != 0 && c <= 0xffff;
    }
    if (compact) {
      return new CharacterMap(ByteCodecs.buildMap(map.source()));
    }
    var dict = Py.dict();
    for (int i = 0; i < Math.min(256, map.length()); i++) {
      dict.put(Py.int_(map.codePointAt(i)), Py.int_(i));
    }
    return dict;
  }

  @PyFunction(name = "readbuffer_encode", sig = "(data, errors=None, /)")
  static PyObject readbufferEncode(PyObject data, @Nullable String errors) {
    byte[] b = textOrBytes(data);
    return Py.tuple(PyBytes.of(b.clone()), Py.int_(b.length));
  }
}
