package org.plait.runtime.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Struct formats against CPython (gen_struct.py). */
class StructTest {
  @Test
  void agreesWithCPython() {
    List<String> bad = new ArrayList<>();
    for (String[] c : TestCases.read("struct.tsv.gz")) {
      String got;
      String back = "";
      try {
        StructLayout layout = StructLayout.parse(c[0]);
        byte[] packed = pack(layout, c[1]);
        got = "=" + packed.length + "|" + new String(packed, StandardCharsets.ISO_8859_1);
        back = unpack(layout, packed);
      } catch (TextException e) {
        String kind = e.kind() == TextException.Kind.STRUCT ? "error: " : "OverflowError: ";
        got = "!" + kind + e.text();
      }
      if (!got.equals(c[2]) || !back.equals(c[3])) {
        bad.add(TextRepr.ascii(String.join(" | ", c) + " but got " + got + " and " + back));
      }
    }
    assertThat(bad).isEmpty();
  }

  private static byte[] pack(StructLayout layout, String values) {
    byte[] out = new byte[(int) layout.size()];
    Deque<String> v =
        new ArrayDeque<>(
            layout.valueCount() == 0 ? List.of() : Arrays.asList(values.split("\u0002", -1)));
    for (StructLayout.Field f : layout.fields()) {
      for (long k = 0; k < f.count(); k++) {
        int at = (int) (f.offset() + k * f.size());
        String s = v.pop().substring(1);
        switch (f.code()) {
          case 's', 'p' -> layout.packBytes(f, out, at, s.getBytes(StandardCharsets.ISO_8859_1));
          case 'c' -> out[at] = (byte) s.charAt(0);
          case '?' -> out[at] = (byte) (s.equals("True") ? 1 : 0);
          case 'e', 'f', 'd' -> layout.packDouble(f.code(), out, at, FloatText.fromHex(s));
          case 'F', 'D' -> {
            String[] p = s.split(",");
            layout.packComplex(f.code(), out, at, FloatText.fromHex(p[0]), FloatText.fromHex(p[1]));
          }
          default -> layout.packInt(f.code(), out, at, IntText.parse(s, 10, 0));
        }
      }
    }
    return out;
  }

  private static String unpack(StructLayout layout, byte[] packed) {
    List<String> out = new ArrayList<>();
    for (StructLayout.Field f : layout.fields()) {
      for (long k = 0; k < f.count(); k++) {
        Object v = layout.unpack(f, packed, (int) (f.offset() + k * f.size()));
        out.add(
            switch (v) {
              case byte[] b -> "b" + new String(b, StandardCharsets.ISO_8859_1);
              case Boolean b -> "?" + (b ? "True" : "False");
              case Double d -> "f" + FloatText.hex(d);
              case double[] z -> "c" + FloatText.hex(z[0]) + "," + FloatText.hex(z[1]);
              case BigInteger i -> "i" + i;
              default -> "i" + v;
            });
      }
    }
    return String.join("\u0002", out);
  }
}
