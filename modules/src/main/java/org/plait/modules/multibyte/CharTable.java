package org.plait.modules.multibyte;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Which bytes stand for which characters. A code is the bytes as one number, of one, two or (with
 * 0x8f in front) three bytes. Built once, by one thread, then only read.
 */
final class CharTable {
  /** No character, or no code. */
  static final int NONE = -1;

  private static final int THREE = 0x8f0000;

  private final int[] two = filled();
  private int @Nullable [] three;
  private final int[][] codes = new int[0x300][];
  private final Map<Integer, int[]> pairs = new HashMap<>();
  private final Map<Long, Integer> pairCodes = new HashMap<>();
  private final Set<Integer> pairBegins = new HashSet<>();

  private static int[] filled() {
    int[] a = new int[0x10000];
    java.util.Arrays.fill(a, NONE);
    return a;
  }

  // ---- reading

  /** The character of a code, or {@link #NONE}. */
  int character(int code) {
    if (code >= THREE) {
      return three == null ? NONE : three[code - THREE];
    }
    return two[code];
  }

  /** The two characters of a code that stands for two, or null. */
  int @Nullable [] pair(int code) {
    return pairs.isEmpty() ? null : pairs.get(code);
  }

  /** The code of a character, or {@link #NONE}. */
  int code(int character) {
    int[] page = character >= 0x30000 ? null : codes[character >> 8];
    return page == null ? NONE : page[character & 0xff];
  }

  /** The code of two characters together, or {@link #NONE}. */
  int code(int first, int second) {
    Integer code = pairCodes.get((long) first << 32 | second);
    return code == null ? NONE : code;
  }

  /** Whether a character can be the first of two that have a code together. */
  boolean beginsPair(int character) {
    return !pairCodes.isEmpty() && pairBegins.contains(character);
  }

  // ---- building

  /** Adds a code for a character both ways; of several codes of a character the first counts. */
  void add(int code, int character) {
    decode(code, character);
    if (character != NONE && code(character) == NONE) {
      encode(character, code);
    }
  }

  void decode(int code, int character) {
    if (code >= THREE) {
      if (three == null) {
        three = filled();
      }
      three[code - THREE] = character;
    } else {
      two[code] = character;
    }
  }

  void encode(int character, int code) {
    int page = character >> 8;
    if (codes[page] == null) {
      codes[page] = new int[256];
      java.util.Arrays.fill(codes[page], NONE);
    }
    codes[page][character & 0xff] = code;
  }

  void addPair(int code, int first, int second) {
    pairBegins.add(first);
    pairs.put(code, new int[] {first, second});
    pairCodes.put((long) first << 32 | second, code);
  }

  /**
   * Adds what a charset of the JDK makes of all codes.
   *
   * @param asCode where the table has what the charset has at a code; NONE leaves it out
   */
  CharTable addAll(String charset, boolean threeBytes, IntUnaryOperator asCode) {
    CharsetDecoder d =
        Charset.forName(charset)
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    boolean[] single = new boolean[256];
    for (int a = 0; a < 256; a++) {
      single[a] = add(d, asCode.applyAsInt(a), new byte[] {(byte) a});
    }
    for (int a = 0x80; a < 256; a++) {
      for (int b = 0; b < 256 && !single[a]; b++) {
        add(d, asCode.applyAsInt(a << 8 | b), new byte[] {(byte) a, (byte) b});
      }
    }
    for (int a = 0xa1; threeBytes && a < 255; a++) {
      for (int b = 0xa1; b < 255; b++) {
        byte[] bytes = {(byte) 0x8f, (byte) a, (byte) b};
        add(d, asCode.applyAsInt(THREE | a << 8 | b), bytes);
      }
    }
    return this;
  }

  private boolean add(CharsetDecoder d, int code, byte[] bytes) {
    CharBuffer c;
    try {
      c = d.decode(ByteBuffer.wrap(bytes));
    } catch (CharacterCodingException none) {
      return false;
    }
    if (code == NONE) {
      return true;
    }
    int n = Character.codePointCount(c, 0, c.length());
    int first = Character.codePointAt(c, 0);
    if (n == 1) {
      add(code, first);
    } else if (n == 2) {
      addPair(code, first, Character.codePointAt(c, Character.charCount(first)));
    }
    return true;
  }

  /** Takes out the characters for which a condition holds. */
  CharTable without(IntPredicate which) {
    for (int[] table : three == null ? new int[][] {two} : new int[][] {two, three}) {
      for (int code = 0; code < table.length; code++) {
        if (table[code] != NONE && which.test(table[code])) {
          if (table[code] < 0x30000) {
            encode(table[code], NONE);
          }
          table[code] = NONE;
        }
      }
    }
    return this;
  }

  /**
   * Changes what bytes mean: {@code "815c=2015 a240="}, hexadecimal; nothing behind the sign takes
   * a code out, two numbers with a plus make a pair. The way back follows: what only this code
   * stood for has none any more.
   */
  CharTable decoding(String changes) {
    for (String change : changes.trim().split("\\s+")) {
      String[] sides = change.split("=", -1);
      int code = Integer.parseInt(sides[0], 16);
      int old = character(code);
      if (old != NONE && code(old) == code) {
        encode(old, NONE);
      }
      if (sides[1].isEmpty()) {
        decode(code, NONE);
      } else if (sides[1].contains("+")) {
        String[] both = sides[1].split("\\+");
        addPair(code, Integer.parseInt(both[0], 16), Integer.parseInt(both[1], 16));
      } else {
        add(code, Integer.parseInt(sides[1], 16));
      }
    }
    return this;
  }

  /** Changes how characters are written: {@code "2170=fa40 ff5e="}, hexadecimal. */
  CharTable encoding(String changes) {
    for (String change : changes.trim().split("\\s+")) {
      String[] sides = change.split("=", -1);
      encode(
          Integer.parseInt(sides[0], 16),
          sides[1].isEmpty() ? NONE : Integer.parseInt(sides[1], 16));
    }
    return this;
  }
}
