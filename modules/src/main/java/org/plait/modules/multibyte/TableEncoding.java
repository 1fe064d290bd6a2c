package org.plait.modules.multibyte;

import org.plait.runtime.text.CodePointBuilder;

/** An encoding without state whose codes are all in one table. */
class TableEncoding extends MultibyteEncoding {
  final CharTable table;

  TableEncoding(String name, CharTable table) {
    super(name);
    this.table = table;
  }

  @Override
  int decode(byte[] in, int at, int end, byte[] state, CodePointBuilder out) {
    int a = in[at] & 0xff;
    int c = table.character(a);
    if (c != CharTable.NONE) {
      out.append(c);
      return 1;
    }
    if (!isLead(a)) {
      return -1;
    }
    int length = a == 0x8f && hasThree() ? 3 : 2;
    if (at + length > end) {
      return TOO_FEW;
    }
    int code = a << 8 | in[at + 1] & 0xff;
    return emit(length == 3 ? code << 8 | in[at + 2] & 0xff : code, length, out);
  }

  boolean hasThree() {
    return false;
  }

  /** Whether a byte that is no character may be the first of several. */
  boolean isLead(int a) {
    return true;
  }

  final int emit(int code, int length, CodePointBuilder out) {
    int[] pair = table.pair(code);
    if (pair != null) {
      out.append(pair[0]).append(pair[1]);
      return length;
    }
    int c = table.character(code);
    if (c == CharTable.NONE) {
      return -1;
    }
    out.append(c);
    return length;
  }

  @Override
  int encode(int[] in, int at, int end, boolean last, byte[] state, Bytes out) {
    int c = in[at];
    if (table.beginsPair(c)) {
      if (at + 1 < end) {
        int both = table.code(c, in[at + 1]);
        if (both != CharTable.NONE) {
          out.code(both);
          return 2;
        }
      } else if (!last) {
        return TOO_FEW;
      }
    }
    int code = table.code(c);
    if (code == CharTable.NONE) {
      return -1;
    }
    out.code(code);
    return 1;
  }

  /** The kinds of Shift_JIS that don't take every byte for the first of two. */
  static final class ShiftJis extends TableEncoding {
    private final int lastLead;

    ShiftJis(String name, CharTable table, int lastLead) {
      super(name, table);
      this.lastLead = lastLead;
    }

    @Override
    boolean isLead(int a) {
      return a >= 0x81 && a != 0xa0 && a <= lastLead;
    }
  }

  /** EUC with a third plane behind 0x8f. */
  static final class Euc extends TableEncoding {
    Euc(String name, CharTable table) {
      super(name, table);
    }

    @Override
    boolean hasThree() {
      return true;
    }
  }

  /** GB 18030: four bytes for what has no code of two. */
  static final class Gb18030 extends TableEncoding {
    Gb18030(String name, CharTable table) {
      super(name, table);
    }

    @Override
    int decode(byte[] in, int at, int end, byte[] state, CodePointBuilder out) {
      int a = in[at] & 0xff;
      if (a < 0x80) {
        out.append(a);
        return 1;
      }
      if (at + 2 > end) {
        return TOO_FEW;
      }
      int b = in[at + 1] & 0xff;
      if (b < 0x30 || b > 0x39) {
        return emit(a << 8 | b, 2, out);
      }
      if (at + 4 > end) {
        return TOO_FEW;
      }
      int c = in[at + 2] & 0xff;
      int d = in[at + 3] & 0xff;
      if (a < 0x81 || a > 0xfe || c < 0x81 || c > 0xfe || d < 0x30 || d > 0x39) {
        return -1;
      }
      int n = ((a - 0x81) * 10 + b - 0x30) * 1260 + (c - 0x81) * 10 + d - 0x30;
      int character = Gb18030Ranges.character(n);
      if (character < 0) {
        return -1;
      }
      out.append(character);
      return 4;
    }

    @Override
    int encode(int[] in, int at, int end, boolean last, byte[] state, Bytes out) {
      int c = in[at];
      int code = table.code(c);
      if (code != CharTable.NONE) {
        out.code(code);
        return 1;
      }
      int n = Gb18030Ranges.number(c);
      if (n < 0) {
        return -1;
      }
      out.all(n / 12600 + 0x81, n / 1260 % 10 + 0x30, n / 10 % 126 + 0x81, n % 10 + 0x30);
      return 1;
    }
  }

  /** EUC-KR: syllables without a code are spelled, a filler and three letters. */
  static final class EucKr extends TableEncoding {
    private static final int FILLER = 0xa4d4;
    private static final int FIRST_LETTER = 0x3131;
    private static final String INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
    private static final String FINALS = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";
    private static final int FIRST_VOWEL = 0x314f;
    private static final int VOWELS = 21;
    private static final int SYLLABLES = 0xac00;

    EucKr(String name, CharTable table) {
      super(name, table);
    }

    @Override
    int decode(byte[] in, int at, int end, byte[] state, CodePointBuilder out) {
      if (in[at] < 0 && at + 1 < end && (in[at] & 0xff) == 0xa4 && (in[at + 1] & 0xff) == 0xd4) {
        return spelled(in, at, end, out);
      }
      return super.decode(in, at, end, state, out);
    }

    private static int spelled(byte[] in, int at, int end, CodePointBuilder out) {
      if (at + 8 > end) {
        return TOO_FEW;
      }
      int[] letters = new int[3];
      for (int i = 0; i < 3; i++) {
        int lead = in[at + 2 + 2 * i] & 0xff;
        int code = in[at + 3 + 2 * i] & 0xff;
        if (lead != 0xa4 || code < 0xa1 || code > 0xd4) {
          return -1;
        }
        letters[i] = code - 0xa1 + FIRST_LETTER;
      }
      int initial = INITIALS.indexOf(letters[0]);
      int vowel = letters[1] - FIRST_VOWEL;
      boolean open = letters[2] == FIRST_LETTER + (FILLER & 0xff) - 0xa1;
      int coda = open ? 0 : FINALS.indexOf(letters[2]) + 1;
      if (initial < 0 || vowel < 0 || vowel >= VOWELS || !open && coda == 0) {
        return -1;
      }
      out.append(SYLLABLES + (initial * VOWELS + vowel) * 28 + coda);
      return 8;
    }

    @Override
    int encode(int[] in, int at, int end, boolean last, byte[] state, Bytes out) {
      int c = in[at];
      if (c >= SYLLABLES && c <= 0xd7a3 && table.code(c) == CharTable.NONE) {
        int n = c - SYLLABLES;
        int coda = n % 28;
        out.code(FILLER);
        letter(INITIALS.charAt(n / 28 / VOWELS), out);
        letter(FIRST_VOWEL + n / 28 % VOWELS, out);
        if (coda == 0) {
          out.code(FILLER);
        } else {
          letter(FINALS.charAt(coda - 1), out);
        }
        return 1;
      }
      return super.encode(in, at, end, last, state, out);
    }

    private static void letter(int character, Bytes out) {
      out.all(0xa4, character - FIRST_LETTER + 0xa1);
    }
  }
}
