package org.plait.runtime.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** Character properties of every code point, and case mappings, against CPython. */
class UnicodeTest {
  @Test
  void agreesWithCPython() {
    List<String> bad = new ArrayList<>();
    for (String[] c : TestCases.read("unicode.tsv.gz")) {
      switch (c[0]) {
        case "crc" -> {
          int block = Integer.parseInt(c[2], 16);
          CRC32 crc = new CRC32();
          crc.update(
              IntStream.range(block, block + 4096)
                  .mapToObj(cp -> property(c[1], cp))
                  .collect(Collectors.joining("\n"))
                  .getBytes(StandardCharsets.UTF_8));
          if (crc.getValue() != Long.parseLong(c[3], 16)) {
            bad.add(c[1] + " of the block at " + c[2]);
          }
        }
        case "case" -> {
          String[] got = strings(c[1]);
          for (int i = 0; i < got.length; i++) {
            if (!got[i].equals(c[i + 2])) {
              bad.add("case " + i + " of " + TextRepr.ascii(c[1]) + ": " + TextRepr.ascii(got[i]));
            }
          }
        }
        case "name" -> {
          int[] found = UnicodeNames.lookupSequence(c[1]);
          String got = found == null ? "-" : hex(CodePointSource.of(found));
          if (!got.equals(c[2])) {
            bad.add("name " + c[1] + ": " + got);
          }
        }
        default -> bad.add(c[0]);
      }
    }
    assertThat(bad).isEmpty();
  }

  private static String[] strings(String text) {
    CodePointSource s = CodePointSource.of(text);
    return new String[] {
      UnicodeInfo.upper(s).toString(),
      UnicodeInfo.lower(s).toString(),
      UnicodeInfo.title(s).toString(),
      UnicodeInfo.casefold(s).toString(),
      UnicodeInfo.capitalize(s).toString(),
      UnicodeInfo.swapcase(s).toString(),
      bool(UnicodeInfo.isUpper(s)),
      bool(UnicodeInfo.isLower(s)),
      bool(UnicodeInfo.isTitle(s)),
      bool(UnicodeInfo.isIdentifier(s)),
      UnicodeData.normalize(Normalizer.Form.NFC, s).toString(),
      UnicodeData.normalize(Normalizer.Form.NFKD, s).toString(),
      bool(UnicodeData.isNormalized(Normalizer.Form.NFD, s)),
    };
  }

  private static String bool(boolean b) {
    return b ? "True" : "False";
  }

  private static String property(String name, int c) {
    CodePointSource s = CodePointSource.of(new int[] {c});
    Object value =
        switch (name) {
          case "category" -> UnicodeData.category(c);
          case "bidirectional" -> UnicodeData.bidirectional(c);
          case "combining" -> UnicodeData.combining(c);
          case "width" -> UnicodeData.eastAsianWidth(c);
          case "mirrored" -> UnicodeData.isMirrored(c);
          case "decimal" -> UnicodeInfo.decimal(c);
          case "digit" -> UnicodeInfo.digit(c);
          case "numeric" -> number(UnicodeData.numeric(c));
          case "category 3.2" -> UnicodeData32.category(c);
          case "bidirectional 3.2" -> UnicodeData32.bidirectional(c);
          case "combining 3.2" -> UnicodeData32.combining(c);
          case "width 3.2" -> UnicodeData32.eastAsianWidth(c);
          case "mirrored 3.2" -> UnicodeData32.isMirrored(c);
          case "decimal 3.2" -> UnicodeData32.decimal(c);
          case "numeric 3.2" -> number(UnicodeData32.numeric(c));
          case "decomposition 3.2" -> UnicodeData32.decomposition(c);
          case "NFC 3.2" -> hex(UnicodeData32.normalize(Normalizer.Form.NFC, s));
          case "NFKD 3.2" -> hex(UnicodeData32.normalize(Normalizer.Form.NFKD, s));
          case "alpha" -> UnicodeInfo.isAlpha(c);
          case "isnumeric" -> UnicodeInfo.isNumeric(c);
          case "space" -> UnicodeInfo.isSpace(c);
          case "isupper" -> UnicodeInfo.isUpper(s);
          case "islower" -> UnicodeInfo.isLower(s);
          case "istitle" -> UnicodeInfo.isTitle(s);
          case "printable" -> UnicodeInfo.isPrintable(c);
          case "start" -> UnicodeInfo.isIdentifierStart(c);
          case "part" -> UnicodeInfo.isIdentifierPart(c);
          case "linebreak" -> UnicodeInfo.isLineBreak(c);
          case "upper" -> hex(UnicodeInfo.upper(s));
          case "lower" -> hex(UnicodeInfo.lower(s));
          case "title" -> hex(UnicodeInfo.title(s));
          case "casefold" -> hex(UnicodeInfo.casefold(s));
          case "capitalize" -> hex(UnicodeInfo.capitalize(s));
          case "swapcase" -> hex(UnicodeInfo.swapcase(s));
          case "name" -> {
            String n = UnicodeNames.name(c);
            yield n == null ? "" : n;
          }
          case "decomposition" -> UnicodeData.decomposition(c);
          default -> hex(UnicodeData.normalize(Normalizer.Form.valueOf(name), s));
        };
    return value instanceof Boolean b ? (b ? "1" : "0") : value.toString();
  }

  private static String number(double d) {
    return FloatText.repr(Double.isNaN(d) ? -1 : d);
  }

  private static String hex(CodePointSource s) {
    return IntStream.of(s.codePoints())
        .mapToObj(Integer::toHexString)
        .collect(Collectors.joining(","));
  }
}
