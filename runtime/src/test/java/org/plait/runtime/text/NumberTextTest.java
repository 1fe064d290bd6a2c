package org.plait.runtime.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plait.runtime.text.FormatSpec.Target;

/** Float, int and format-spec texts against CPython's own (gen_numbers.py). */
class NumberTextTest {
  private static final int LIMIT = 4300;

  @Test
  void agreesWithCPython() {
    assertThat(failures(TestCases.read("numbers.tsv.gz"))).isEmpty();
  }

  static List<String> failures(List<String[]> cases) {
    List<String> bad = new ArrayList<>();
    for (String[] c : cases) {
      String want = c[c.length - 1];
      String got;
      try {
        got = "=" + eval(c);
      } catch (TextException e) {
        String kind =
            switch (e.kind()) {
              case VALUE -> "ValueError";
              case OVERFLOW -> "OverflowError";
              case TYPE -> "TypeError";
              default -> e.kind().toString();
            };
        got = "!" + kind + ": " + e.text();
      }
      if (!got.equals(want)) {
        bad.add(String.join(" | ", c) + " but got " + got);
      }
    }
    return bad;
  }

  private static double dbl(String hex) {
    return FloatText.fromHex(hex);
  }

  private static String eval(String[] c) {
    return switch (c[0]) {
      case "frepr" -> FloatText.repr(dbl(c[1]));
      case "hex" -> FloatText.hex(dbl(c[1]));
      case "round" -> FloatText.repr(FloatText.round(dbl(c[1]), Integer.parseInt(c[2])));
      case "ffmt" -> FormatSpec.parse(c[2], Target.FLOAT).format(dbl(c[1]));
      case "ifmt" -> formatInt(new BigInteger(c[1]), FormatSpec.parse(c[2], Target.INT));
      case "sfmt" -> FormatSpec.parse(c[2], Target.STR).format(CodePointSource.of(c[1])).toString();
      case "cfmt" -> FormatSpec.parse(c[3], Target.COMPLEX).format(dbl(c[1]), dbl(c[2]));
      case "fparse" -> FloatText.hex(FloatText.parse(c[1]));
      case "iparse" -> IntText.parse(c[1], Integer.parseInt(c[2]), LIMIT).toString();
      case "fromhex" -> FloatText.hex(FloatText.fromHex(c[1]));
      case "ratio" -> {
        BigInteger[] r = FloatText.asIntegerRatio(dbl(c[1]));
        yield r[0] + "/" + r[1];
      }
      case "srepr" -> TextRepr.repr(CodePointSource.of(c[1])).toString();
      case "sascii" -> TextRepr.ascii(c[1]);
      case "brepr" -> TextRepr.repr(c[1].getBytes(StandardCharsets.ISO_8859_1));
      default -> throw new IllegalArgumentException(c[0]);
    };
  }

  private static String formatInt(BigInteger i, FormatSpec spec) {
    String big = spec.format(i, LIMIT);
    if (i.bitLength() < 64) {
      assertThat(spec.format(i.longValue())).isEqualTo(big);
    }
    return big;
  }

  @Test
  void digitLimit() {
    assertThat(error(() -> IntText.parse("1".repeat(4301), 10, LIMIT)))
        .isEqualTo(
            "Exceeds the limit (4300 digits) for integer string conversion: value has 4301 digits;"
                + " use sys.set_int_max_str_digits() to increase the limit");
    assertThat(error(() -> IntText.toDecimal(BigInteger.TEN.pow(4300), LIMIT)))
        .isEqualTo(
            "Exceeds the limit (4300 digits) for integer string conversion; use"
                + " sys.set_int_max_str_digits() to increase the limit");
    assertThat(IntText.toDecimal(BigInteger.TEN.pow(4300).subtract(BigInteger.ONE), LIMIT))
        .hasSize(4300);
  }

  @Test
  void hugeIntegers() {
    String s = "7".repeat(99_999) + "3";
    BigInteger b = (BigInteger) IntText.parse(s, 10, 0);
    assertThat(b.toString()).isEqualTo(s);
    for (int base : new int[] {2, 8, 16}) {
      String d = IntText.digits(b, base);
      assertThat(d).isEqualTo(b.toString(base));
      assertThat(IntText.parse(d, base, 0)).isEqualTo(b);
    }
    String t = "z1y".repeat(3000);
    assertThat(IntText.parse(t, 36, 0)).isEqualTo(new BigInteger(t, 36));
  }

  private static String error(Runnable r) {
    try {
      r.run();
      return "no error";
    } catch (TextException e) {
      return e.text();
    }
  }
}
