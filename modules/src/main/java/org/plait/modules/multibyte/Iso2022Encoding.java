package org.plait.modules.multibyte;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.text.CodePointBuilder;

/**
 * ISO 2022: escape sequences choose among character sets. The state's first three bytes are the
 * marks of G0, G1 and G2, the fifth holds flags.
 */
// Compare CPython _codecs_iso2022.c.
final class Iso2022Encoding extends MultibyteEncoding {
  static final int NO_SHIFT = 1;
  static final int USE_G2 = 2;
  static final int USE_EXTENSION = 4;

  private static final int ESC = 0x1b;
  private static final int SO = 0x0e;
  private static final int SI = 0x0f;
  private static final int FLAGS = 4;
  private static final int SHIFTED = 1;
  private static final int THROUGH = 2;
  private static final int LONGEST = 16;

  private final int options;
  private final Designation[] sets;

  Iso2022Encoding(String name, int options, Designation... sets) {
    super(name);
    this.options = options;
    this.sets = sets;
  }

  private boolean has(int option) {
    return (options & option) != 0;
  }

  @Override
  void startEncoding(byte[] state) {
    state[FLAGS] = 0;
    state[0] = Designation.ASCII;
    state[1] = Designation.ASCII;
  }

  @Override
  void startDecoding(byte[] state) {
    state[FLAGS] = 0;
    state[0] = Designation.ASCII;
    state[1] = Designation.ASCII;
    state[2] = Designation.ASCII;
  }

  @Override
  void resetDecoding(byte[] state) {
    state[0] = Designation.ASCII;
    state[FLAGS] &= ~SHIFTED;
  }

  // ---- decoding

  @Override
  int decode(byte[] in, int at, int end, byte[] state, CodePointBuilder out) {
    int c = in[at] & 0xff;
    if ((state[FLAGS] & THROUGH) != 0) {
      if (c < 0x80 && endsEscape(c)) {
        state[FLAGS] &= ~THROUGH;
      }
      out.append(c);
      return 1;
    }
    switch (c) {
      case ESC -> {
        return escape(in, at, end, state, out);
      }
      case SI, SO -> {
        if (!has(NO_SHIFT)) {
          state[FLAGS] = (byte) (c == SO ? state[FLAGS] | SHIFTED : state[FLAGS] & ~SHIFTED);
          return 1;
        }
        out.append(c);
        return 1;
      }
      case '\n' -> {
        state[FLAGS] &= ~SHIFTED;
        out.append(c);
        return 1;
      }
      default -> {
        return character(in, at, end, state, out);
      }
    }
  }

  private int character(byte[] in, int at, int end, byte[] state, CodePointBuilder out) {
    int c = in[at] & 0xff;
    if (c >= 0x80) {
      return -1;
    }
    int mark = state[(state[FLAGS] & SHIFTED) != 0 ? 1 : 0] & 0xff;
    if (c < 0x20 || mark == Designation.ASCII) {
      out.append(c);
      return 1;
    }
    Designation set = set(mark);
    if (set == null) {
      return -1;
    }
    if (at + set.width() > end) {
      return TOO_FEW;
    }
    int code = set.width() == 2 ? c << 8 | in[at + 1] & 0xff : c;
    if ((code & 0x80) != 0) {
      return -set.width();
    }
    int full = set.full(code);
    int[] pair = set.table().get().pair(full);
    if (pair != null) {
      out.append(pair[0]).append(pair[1]);
      return set.width();
    }
    int decoded = set.table().get().character(full);
    if (decoded == CharTable.NONE) {
      return -set.width();
    }
    out.append(decoded);
    return set.width();
  }

  private @Nullable Designation set(int mark) {
    for (Designation d : sets) {
      if (d.mark() == mark) {
        return d;
      }
    }
    return null;
  }

  private static boolean endsEscape(int c) {
    return c >= 'A' && c <= 'Z' || c == '@';
  }

  private int escape(byte[] in, int at, int end, byte[] state, CodePointBuilder out) {
    if (at + 1 >= end) {
      return TOO_FEW;
    }
    int kind = in[at + 1];
    if (kind == '(' || kind == ')' || kind == '$' || kind == '.' || kind == '&') {
      return designate(in, at, end, state);
    }
    if (has(USE_G2) && kind == 'N') {
      return at + 2 >= end ? TOO_FEW : single(in[at + 2] & 0xff, state, out);
    }
    out.append(ESC);
    state[FLAGS] |= THROUGH;
    return 1;
  }

  /** One character of G2. */
  private int single(int code, byte[] state, CodePointBuilder out) {
    if (state[2] == Designation.ASCII && code < 0x80) {
      out.append(code);
      return 3;
    }
    Designation set = set(state[2] & 0xff);
    if (set == null || set.plane() != 2 || code >= 0x80) {
      return -1;
    }
    int c = set.table().get().character(set.full(code));
    if (c == CharTable.NONE) {
      return -1;
    }
    out.append(c);
    return 3;
  }

  private int designate(byte[] in, int at, int end, byte[] state) {
    int length = 0;
    for (int i = 1; i < LONGEST && length == 0; i++) {
      if (at + i >= end) {
        return TOO_FEW;
      }
      if (endsEscape(in[at + i])) {
        length = i + 1;
      } else if (has(USE_EXTENSION) && in[at + i] == '&') {
        if (at + i + 1 < end && in[at + i + 1] == '@') {
          i += 3; // ESC & @ stands before another sequence
        }
      }
    }
    int plane;
    int mark;
    switch (length) {
      case 0 -> {
        return -1;
      }
      case 3 -> {
        if (in[at + 1] == '$') {
          plane = 0;
          mark = in[at + 2] | Designation.DOUBLE;
        } else {
          plane = plane(in[at + 1]);
          mark = in[at + 2];
        }
      }
      case 4 -> {
        if (in[at + 1] != '$') {
          return -length;
        }
        plane = in[at + 2] == '.' ? -1 : plane(in[at + 2]);
        mark = in[at + 3] | Designation.DOUBLE;
      }
      case 6 -> {
        boolean revised = has(USE_EXTENSION) && in[at + 3] == ESC && in[at + 4] == '$';
        plane = revised && in[at + 5] == 'B' ? 0 : -1;
        mark = 'B' | Designation.DOUBLE;
      }
      default -> {
        return -length;
      }
    }
    if (plane < 0 || mark != Designation.ASCII && set(mark) == null) {
      return -length;
    }
    state[plane] = (byte) mark;
    return length;
  }

  private int plane(int intermediate) {
    return switch (intermediate) {
      case '(' -> 0;
      case ')' -> 1;
      case '.' -> has(USE_G2) ? 2 : -1;
      default -> -1;
    };
  }

  // ---- encoding

  @Override
  int encode(int[] in, int at, int end, boolean last, byte[] state, Bytes out) {
    int c = in[at];
    if (c < 0x80) {
      finish(state, out);
      out.write(c);
      return 1;
    }
    for (Designation d : sets) {
      if (d.table().get().beginsPair(c)) {
        if (at + 1 < end) {
          int both = d.bare(d.table().get().code(c, in[at + 1]));
          if (both != CharTable.NONE) {
            write(d, both, state, out);
            return 2;
          }
        } else if (!last) {
          return TOO_FEW;
        }
      }
    }
    for (Designation d : sets) {
      int code = d.plane() == 2 ? CharTable.NONE : d.bare(d.table().get().code(c));
      if (code != CharTable.NONE) {
        write(d, code, state, out);
        return 1;
      }
    }
    return -1;
  }

  private void write(Designation d, int code, byte[] state, Bytes out) {
    choose(d, state, out);
    if (d.width() == 2) {
      out.write(code >> 8);
    }
    out.write(code);
  }

  private void choose(Designation d, byte[] state, Bytes out) {
    boolean wide = d.width() == 2;
    int last = d.mark() & 0x7f;
    if (d.plane() == 0) {
      if ((state[FLAGS] & SHIFTED) != 0) {
        out.write(SI);
        state[FLAGS] &= ~SHIFTED;
      }
      if ((state[0] & 0xff) != d.mark()) {
        out.write(ESC);
        if (wide) {
          out.write('$');
        }
        if (!wide || last != '@' && last != 'A' && last != 'B') {
          out.write('(');
        }
        out.write(last);
        state[0] = (byte) d.mark();
      }
      return;
    }
    if ((state[1] & 0xff) != d.mark()) {
      out.write(ESC);
      if (wide) {
        out.write('$');
      }
      out.all(')', last);
      state[1] = (byte) d.mark();
    }
    if ((state[FLAGS] & SHIFTED) == 0) {
      out.write(SO);
      state[FLAGS] |= SHIFTED;
    }
  }

  @Override
  void finish(byte[] state, Bytes out) {
    if ((state[FLAGS] & SHIFTED) != 0) {
      out.write(SI);
      state[FLAGS] &= ~SHIFTED;
    }
    if (state[0] != Designation.ASCII) {
      out.all(ESC, '(', 'B');
      state[0] = Designation.ASCII;
    }
  }
}
