package org.plait.runtime.text.sre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.plait.runtime.text.CodePointSource;
import org.plait.runtime.text.TestCases;

/** The engine against CPython's, on code words that CPython made (gen_regex.py). */
class SreTest {
  @Test
  void agreesWithCPython() {
    List<String> bad = new ArrayList<>();
    for (String[] c : TestCases.read("regex.tsv.gz")) {
      int[] code = Stream.of(c[0].split(" ")).mapToInt(w -> (int) Long.parseLong(w)).toArray();
      SrePattern p = new SrePattern(code, Integer.parseInt(c[1]), Integer.parseInt(c[2]));
      String[] got = new String[4];
      try {
        SreMatcher m = matcher(p, c);
        got[0] = m.match() ? show(p, m) : "-";
        m = matcher(p, c);
        got[1] = m.fullMatch() ? show(p, m) : "-";
        m = matcher(p, c);
        got[2] = m.search() ? show(p, m) : "-";
        m = matcher(p, c);
        List<String> all = new ArrayList<>();
        while (m.search()) {
          all.add(show(p, m));
          m.advance();
        }
        got[3] = String.join("|", all);
      } catch (RuntimeException e) {
        got[0] = e.toString();
      }
      for (int i = 0; i < 4; i++) {
        if (!c[6 + i].equals(got[i])) {
          bad.add(c[10] + " on " + c[3] + " [" + i + "]: " + got[i] + ", not " + c[6 + i]);
          break;
        }
      }
    }
    assertThat(bad).isEmpty();
  }

  private static SreMatcher matcher(SrePattern p, String[] c) {
    int start = Integer.parseInt(c[4]);
    int end = Integer.parseInt(c[5]);
    String s = c[3].substring(1);
    return c[3].charAt(0) == 'b'
        ? p.matcher(s.getBytes(StandardCharsets.ISO_8859_1), start, end, null)
        : p.matcher(CodePointSource.of(s), start, end, null);
  }

  private static String show(SrePattern p, SreMatcher m) {
    StringBuilder b = new StringBuilder().append(m.start()).append(':').append(m.end());
    int[] g = m.groups();
    for (int i = 0; i < p.groups(); i++) {
      b.append(',').append(g[2 * i]).append(':').append(g[2 * i + 1]);
    }
    return b.append('/').append(m.lastIndex()).toString();
  }

  /** {@code (a|b)*} as code words. */
  private static SrePattern starOfGroup() {
    return new SrePattern(
        new int[] {23, 19, 0, -1, 17, 0, 7, 5, 16, 'a', 15, 7, 5, 16, 'b', 15, 2, 0, 17, 1, 18, 1},
        32,
        1);
  }

  @Test
  void longSubjectsNeedNoJavaStack() {
    SrePattern p = starOfGroup();
    String s = "ab".repeat(500_000);
    SreMatcher m = p.matcher(CodePointSource.ofBmp(s), 0, s.length(), null);
    assertThat(m.fullMatch()).isTrue();
    assertThat(m.start(1)).isEqualTo(999_999);
  }

  @Test
  void backtrackingCanBeInterrupted() {
    // (?:a|a)*b
    SrePattern p =
        new SrePattern(
            new int[] {23, 15, 0, -1, 7, 5, 16, 'a', 15, 7, 5, 16, 'a', 15, 2, 0, 18, 16, 'b', 1},
            32,
            0);
    String s = "a".repeat(200);
    SreMatcher m =
        p.matcher(
            CodePointSource.ofBmp(s),
            0,
            s.length(),
            () -> {
              throw new IllegalStateException("interrupted");
            });
    assertThatThrownBy(m::match).hasMessage("interrupted");
  }

  @Test
  void caseOfCharacters() {
    assertThat(SreChars.isUnicodeCased(0xdf)).isTrue();
    assertThat(SreChars.isUnicodeCased(0x149)).isTrue();
    assertThat(SreChars.isUnicodeCased('1')).isFalse();
    assertThat(SreChars.isAsciiCased(0xe9)).isFalse();
    assertThat(SreChars.unicodeLower(0x130)).isEqualTo('i');
    assertThat(SreChars.lower(0xc9, SrePattern.FLAG_UNICODE)).isEqualTo(0xe9);
    assertThat(SreChars.lower(0xc9, SrePattern.FLAG_LOCALE)).isEqualTo(0xc9);
  }

  @Test
  void invalidCode() {
    assertThatThrownBy(() -> new SrePattern(new int[] {99, 1}, 0, 0).validate())
        .hasMessage("invalid SRE code");
    assertThatThrownBy(() -> new SrePattern(new int[] {17, 5, 1}, 0, 1).validate())
        .hasMessage("invalid SRE code");
  }
}
