package org.plait.runtime.text.sre;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A set of characters: a table for those below 256 and a test for the others. Immutable. */
abstract class CharClass {
  /** Membership of the characters 0 to 255. */
  final boolean[] low = new boolean[256];

  /** Membership of a character above 255. */
  abstract boolean high(int c);

  /** Whether there may be members above 255. */
  boolean mayBeHigh() {
    return true;
  }

  /** The only member, or -1. */
  int single() {
    return -1;
  }

  final boolean test(int c) {
    return c < 256 ? low[c] : high(c);
  }

  /** The first position from i on, up to end, whose character is not in the set. */
  int run(SreMatcher m, int from, int end) {
    int i = from;
    boolean[] table = low;
    String s = m.str;
    if (s != null) {
      while (i < end) {
        char c = s.charAt(i);
        if (c < 256 ? !table[c] : !high(c)) {
          break;
        }
        i++;
      }
      return i;
    }
    byte[] b = m.bytes;
    if (b != null) {
      while (i < end && table[b[i] & 0xff]) {
        i++;
      }
      return i;
    }
    while (i < end && test(m.at(i))) {
      i++;
    }
    return i;
  }

  /** The first position from i on, up to end, whose character is in the set; end if none. */
  int find(SreMatcher m, int from, int end) {
    int i = from;
    boolean[] table = low;
    String s = m.str;
    if (s != null) {
      while (i < end) {
        char c = s.charAt(i);
        if (c < 256 ? table[c] : high(c)) {
          break;
        }
        i++;
      }
      return i;
    }
    byte[] b = m.bytes;
    if (b != null) {
      while (i < end && !table[b[i] & 0xff]) {
        i++;
      }
      return i;
    }
    while (i < end && !test(m.at(i))) {
      i++;
    }
    return i;
  }

  /** Whether no character is in both; false where that is not known. */
  static boolean disjoint(CharClass a, CharClass b) {
    if (a.single() >= 0) {
      return !b.test(a.single());
    }
    if (b.single() >= 0) {
      return !a.test(b.single());
    }
    if (a.mayBeHigh() && b.mayBeHigh()) {
      return false;
    }
    for (int i = 0; i < 256; i++) {
      if (a.low[i] && b.low[i]) {
        return false;
      }
    }
    return true;
  }

  /** One character. */
  static final class Single extends CharClass {
    private final int c;

    Single(int c) {
      this.c = c;
      if (c >= 0 && c < 256) {
        low[c] = true;
      }
    }

    @Override
    boolean high(int x) {
      return x == c;
    }

    @Override
    boolean mayBeHigh() {
      return c > 255;
    }

    @Override
    int single() {
      return c;
    }

    @Override
    int find(SreMatcher m, int from, int end) {
      String s = m.str;
      if (s == null) {
        return super.find(m, from, end);
      }
      int i = from < end ? s.indexOf(c, from, end) : -1;
      return i < 0 ? end : i;
    }
  }

  /** Every character but one. */
  static final class NotSingle extends CharClass {
    private final int c;

    NotSingle(int c) {
      this.c = c;
      Arrays.fill(low, true);
      if (c >= 0 && c < 256) {
        low[c] = false;
      }
    }

    @Override
    boolean high(int x) {
      return x != c;
    }

    @Override
    int run(SreMatcher m, int from, int end) {
      String s = m.str;
      if (s == null) {
        return super.run(m, from, end);
      }
      int i = from < end ? s.indexOf(c, from, end) : -1;
      return i < 0 ? end : i;
    }
  }

  /** Every character. */
  static final class All extends CharClass {
    static final All INSTANCE = new All();

    private All() {
      Arrays.fill(low, true);
    }

    @Override
    boolean high(int x) {
      return true;
    }

    @Override
    int run(SreMatcher m, int from, int end) {
      return end;
    }
  }

  /** What is in one of several sets. */
  static final class Union extends CharClass {
    private final CharClass[] members;

    Union(List<CharClass> sets) {
      List<CharClass> flat = new ArrayList<>();
      for (CharClass s : sets) {
        for (int i = 0; i < 256; i++) {
          low[i] |= s.low[i];
        }
        if (s instanceof Union u) {
          flat.addAll(Arrays.asList(u.members));
        } else if (s.mayBeHigh()) {
          flat.add(s);
        }
      }
      members = flat.toArray(CharClass[]::new);
    }

    @Override
    boolean high(int x) {
      for (CharClass s : members) {
        if (s.high(x)) {
          return true;
        }
      }
      return false;
    }

    @Override
    boolean mayBeHigh() {
      return members.length > 0;
    }
  }

  static @Nullable CharClass union(@Nullable CharClass a, @Nullable CharClass b) {
    return a == null || b == null ? null : a == b ? a : new Union(List.of(a, b));
  }

  /** How characters are compared without regard to case. */
  enum Case {
    EXACT,
    ASCII,
    LOCALE,
    UNICODE;

    int lower(int c) {
      return switch (this) {
        case EXACT -> c;
        case UNICODE -> SreChars.unicodeLower(c);
        default -> SreChars.asciiLower(c);
      };
    }
  }

  /** One lower case character, or all but it, without regard to case. */
  static final class SingleIgnore extends CharClass {
    private final int c;
    private final Case mode;
    private final boolean negated;

    SingleIgnore(int c, Case mode, boolean negated) {
      this.c = c;
      this.mode = mode;
      this.negated = negated;
      for (int i = 0; i < 256; i++) {
        low[i] = high(i);
      }
    }

    @Override
    boolean high(int x) {
      boolean is =
          mode.lower(x) == c || (mode == Case.LOCALE && (x == c || SreChars.asciiUpper(x) == c));
      return is != negated;
    }

    @Override
    boolean mayBeHigh() {
      return negated || c > 255 || mode == Case.UNICODE;
    }
  }

  /** A set of code words. Compare CPython SRE(charset) in sre_lib.h. */
  static final class Words extends CharClass {
    private final int[] code;
    private final int start;
    private final Case mode;

    Words(int[] code, int start, Case mode) {
      this.code = code;
      this.start = start;
      this.mode = mode;
      for (int i = 0; i < 256; i++) {
        low[i] = high(i);
      }
    }

    @Override
    boolean high(int c) {
      if (mode == Case.LOCALE) {
        int lo = SreChars.asciiLower(c);
        int up = SreChars.asciiUpper(c);
        return charset(lo) || (up != lo && charset(up));
      }
      return charset(mode.lower(c));
    }

    private boolean charset(int c) {
      int[] w = code;
      int p = start;
      boolean ok = true;
      while (true) {
        switch (w[p++]) {
          case Op.FAILURE -> {
            return !ok;
          }
          case Op.LITERAL -> {
            if (c == w[p++]) {
              return ok;
            }
          }
          case Op.CATEGORY -> {
            if (SreChars.category(w[p++], c)) {
              return ok;
            }
          }
          case Op.CHARSET -> {
            if (c < 256 && (w[p + (c >> 5)] >>> (c & 31) & 1) != 0) {
              return ok;
            }
            p += 8;
          }
          case Op.RANGE -> {
            if (w[p] <= c && c <= w[p + 1]) {
              return ok;
            }
            p += 2;
          }
          case Op.RANGE_UNI_IGNORE -> {
            int up = SreChars.unicodeUpper(c);
            if ((w[p] <= c && c <= w[p + 1]) || (w[p] <= up && up <= w[p + 1])) {
              return ok;
            }
            p += 2;
          }
          case Op.NEGATE -> ok = !ok;
          case Op.BIGCHARSET -> {
            int count = w[p++];
            if (c < 65536) {
              int block = w[p + (c >> 10)] >>> (8 * (c >> 8 & 3)) & 0xff;
              int bit = block * 256 + (c & 255);
              if ((w[p + 64 + (bit >> 5)] >>> (bit & 31) & 1) != 0) {
                return ok;
              }
            }
            p += 64 + count * 8;
          }
          default -> throw new IllegalArgumentException("invalid SRE code");
        }
      }
    }
  }
}
