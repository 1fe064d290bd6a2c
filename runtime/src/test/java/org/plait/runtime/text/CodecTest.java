package org.plait.runtime.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plait.runtime.text.WideCodecs.Order;

/** The codecs, results, errors and calls of error handlers, against CPython (gen_codecs.py). */
class CodecTest {
  private static final CodePointSource TABLE = table();

  private static CodePointSource table() {
    CodePointBuilder b = new CodePointBuilder();
    for (int i = 0; i < 128; i++) {
      b.append(i);
    }
    b.append("\u20ac\ufffe\u201a").append(0x1f600);
    return b.append("\u00e9".repeat(20)).toSource();
  }

  /** The handler "custom" of the script, which notes its calls. */
  private static final class Custom implements CodecErrors {
    final List<String> calls = new ArrayList<>();

    @Override
    public DecodeFix decode(String encoding, byte[] input, int start, int end, String reason) {
      calls.add(encoding + " " + start + " " + end + " " + reason);
      return new DecodeFix(CodePointSource.ofBmp("<\u20ac>"), end, null);
    }

    @Override
    public EncodeFix encode(
        String encoding, CodePointSource input, int start, int end, String reason) {
      calls.add(encoding + " " + start + " " + end + " " + reason);
      return start % 2 != 0
          ? new EncodeFix(CodePointSource.ofBmp("<>"), null, end)
          : new EncodeFix(null, new byte[] {1, 2, 3, 4}, end);
    }
  }

  @Test
  void agreesWithCPython() {
    List<String> bad = new ArrayList<>();
    for (String[] c : TestCases.read("codecs.tsv.gz")) {
      String want = c[c.length - 1];
      String name = c[0].equals("bytes") ? c[1] : c[2];
      Custom custom = new Custom();
      CodecErrors errors = name.equals("custom") ? custom : CodecErrors.builtin(name);
      String got;
      try {
        got = "=" + eval(c, errors);
      } catch (CodecException e) {
        got = "!" + e.encoding() + " " + e.start() + " " + e.end() + " " + e.reason();
      } catch (TextException e) {
        String kind = e.kind() == TextException.Kind.TYPE ? "TypeError: " : "ValueError: ";
        got = "!" + kind + e.text();
      }
      String calls = String.join(";", custom.calls);
      if (!got.equals(want) || !calls.equals(c[c.length - 2])) {
        bad.add(TextRepr.ascii(String.join(" | ", c) + " but got " + got + " calls " + calls));
      }
    }
    assertThat(bad).isEmpty();
  }

  private static byte[] bytes(String latin1) {
    return latin1.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static String eval(String[] c, CodecErrors errors) {
    return switch (c[0]) {
      case "dec" -> decode(c[1], bytes(c[4]), errors, c[3].equals("True"));
      case "dec1" ->
          (c[1].equals("ascii")
                  ? ByteCodecs.decodeAscii(bytes(c[3]), errors)
                  : ByteCodecs.decodeCharmap(bytes(c[3]), TABLE, errors))
              .toString();
      case "enc" -> text(encode(c[1], CodePointSource.of(c[3]), errors));
      default -> text(EscapeCodecs.decodeBytes(bytes(c[2]), c[1]).bytes());
    };
  }

  private static Order order(String codec) {
    return codec.endsWith("le") ? Order.LITTLE : codec.endsWith("be") ? Order.BIG : Order.MARKED;
  }

  private static String decode(String codec, byte[] in, CodecErrors errors, boolean last) {
    if (codec.startsWith("utf-16") || codec.startsWith("utf-32")) {
      WideCodecs.OrderedResult r =
          codec.startsWith("utf-16")
              ? WideCodecs.decodeUtf16(in, order(codec), errors, last)
              : WideCodecs.decodeUtf32(in, order(codec), errors, last);
      String found =
          order(codec) != Order.MARKED
              ? ""
              : r.order() == Order.MARKED ? "|0" : r.order() == Order.BIG ? "|1" : "|-1";
      return r.text() + "|" + r.consumed() + found;
    }
    if (codec.equals("unicode_escape")) {
      EscapeCodecs.EscapeResult r = EscapeCodecs.decodeUnicode(in, errors, last);
      return r.text() + "|" + r.consumed();
    }
    Decoded d =
        switch (codec) {
          case "utf-8" -> Utf8Codec.decode(in, errors, last);
          case "utf-7" -> Utf7Codec.decode(in, errors, last);
          default -> EscapeCodecs.decodeRaw(in, errors, last);
        };
    return d.text() + "|" + d.consumed();
  }

  private static byte[] encode(String codec, CodePointSource s, CodecErrors errors) {
    return switch (codec) {
      case "utf-8" -> Utf8Codec.encode(s, errors);
      case "utf-7" -> Utf7Codec.encode(s);
      case "utf-16", "utf-16-le", "utf-16-be" -> WideCodecs.encodeUtf16(s, order(codec), errors);
      case "utf-32", "utf-32-le", "utf-32-be" -> WideCodecs.encodeUtf32(s, order(codec), errors);
      case "unicode_escape" -> EscapeCodecs.encodeUnicode(s);
      case "raw_unicode_escape" -> EscapeCodecs.encodeRaw(s);
      case "ascii" -> ByteCodecs.encodeAscii(s, errors);
      case "latin-1" -> ByteCodecs.encodeLatin1(s, errors);
      default -> ByteCodecs.encodeCharmap(s, ByteCodecs.buildMap(TABLE), errors);
    };
  }
}
