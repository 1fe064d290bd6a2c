package org.plait.modules.multibyte;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;

/**
 * The numbers that GB 18030's codes of four bytes are: characters without a code of two bytes are
 * counted in their order, those beyond the basic plane from another start.
 */
final class Gb18030Ranges {
  /** Where the numbers of the other planes begin. */
  private static final int ASTRAL = 189_000;

  private static final int BASIC = 39_420;

  private static final char[] CHARACTERS = new char[BASIC];
  private static final int[] NUMBERS = new int[0x10000];

  static {
    java.util.Arrays.fill(NUMBERS, -1);
    CharsetDecoder d =
        Charset.forName("GB18030")
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    for (int n = 0; n < BASIC; n++) {
      byte[] code = {
        (byte) (n / 12600 + 0x81),
        (byte) (n / 1260 % 10 + 0x30),
        (byte) (n / 10 % 126 + 0x81),
        (byte) (n % 10 + 0x30)
      };
      try {
        CharBuffer c = d.decode(ByteBuffer.wrap(code));
        put(n, c.charAt(0));
      } catch (CharacterCodingException none) {
        // beyond the last character of the basic plane
      }
    }
    // CPython follows the edition of 2000 for some characters
    put(7457, '\u1e3f');
    for (int i = 0; i < 8; i++) {
      put(19057 + i, (char) (0x9fb4 + i));
    }
    for (int i = 0; i < 10; i++) {
      put(39076 + i, (char) (0xfe10 + i));
    }
  }

  private Gb18030Ranges() {}

  private static void put(int number, char c) {
    char old = CHARACTERS[number];
    if (old != 0) {
      NUMBERS[old] = -1;
    }
    CHARACTERS[number] = c;
    NUMBERS[c] = number;
  }

  /** The character of a number, or -1. */
  static int character(int number) {
    if (number >= ASTRAL) {
      return number - ASTRAL < 0x100000 ? number - ASTRAL + 0x10000 : -1;
    }
    return number < BASIC && CHARACTERS[number] != 0 ? CHARACTERS[number] : -1;
  }

  /** The number of a character, or -1. */
  static int number(int character) {
    return character >= 0x10000 ? character - 0x10000 + ASTRAL : NUMBERS[character];
  }
}
