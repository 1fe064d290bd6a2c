package org.plait.runtime.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CodePointTest {
  @Test
  void twoLoneSurrogatesStayTwo() {
    CodePointSource s = new CodePointBuilder().append(0xd800).append(0xdc00).toSource();
    assertThat(s.bmp()).isNull();
    assertThat(s.codePoints()).containsExactly(0xd800, 0xdc00);
    assertThat(TextRepr.repr(s).toString()).isEqualTo("'\\ud800\\udc00'");
    assertThat(TextRepr.ascii(s)).isEqualTo("'\\ud800\\udc00'");
    CodePointSource high = CodePointSource.ofBmp("\ud800");
    CodePointSource low = CodePointSource.ofBmp("\udc00");
    assertThat(new CodePointBuilder().append(high).append(low).toSource().length()).isEqualTo(2);
    assertThat(s.sub(1, 2).bmp()).isEqualTo("\udc00");
  }

  @Test
  void astralCodePointsCountOnce() {
    CodePointSource s = CodePointSource.of("a\ud83d\ude00b");
    assertThat(s.length()).isEqualTo(3);
    assertThat(s.at(1)).isEqualTo(0x1f600);
    assertThat(s.sub(2, 3).bmp()).isEqualTo("b");
    assertThat(s).hasToString("a\ud83d\ude00b");
  }
}
