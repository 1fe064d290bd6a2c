package org.plait.modules.bz2;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.plait.modules.bz2.Bz2Input.Starved;

/**
 * Decodes one bzip2 stream, given in pieces. Not for several threads at once: the owner locks.
 *
 * <p>Between calls a block is at one of the places {@link State} names; a header that is not
 * complete is read again from its start.
 */
final class Bz2Decoder {
  private static final long BLOCK_MAGIC = 0x314159265359L;
  private static final long END_MAGIC = 0x177245385090L;
  private static final int GROUP = 50;
  private static final int LONGEST = 20;
  private static final int MAX_SYMBOLS = 258;
  private static final int[] CRC_TABLE = new int[256];

  static {
    for (int i = 0; i < 256; i++) {
      int c = i << 24;
      for (int k = 0; k < 8; k++) {
        c = c << 1 ^ (c < 0 ? 0x04c11db7 : 0);
      }
      CRC_TABLE[i] = c;
    }
  }

  private enum State {
    MAGIC,
    BLOCK,
    SYMBOLS,
    OUTPUT,
    END
  }

  /** The data are no bzip2 stream. */
  static final class Invalid extends Exception {
    private static final long serialVersionUID = 1;

    Invalid() {
      super(null, null, false, false);
    }
  }

  /** The codes of one Huffman table, by length. */
  private static final class Codes {
    final int[] limit = new int[LONGEST + 2];
    final int[] base = new int[LONGEST + 2];
    final int[] symbols = new int[MAX_SYMBOLS];
    int shortest;
    int longest;

    Codes(int[] lengths, int n) {
      shortest = LONGEST + 1;
      int[] count = new int[LONGEST + 2];
      for (int i = 0; i < n; i++) {
        count[lengths[i]]++;
        shortest = Math.min(shortest, lengths[i]);
        longest = Math.max(longest, lengths[i]);
      }
      int k = 0;
      int code = 0;
      for (int length = shortest; length <= longest; length++) {
        base[length] = k - code;
        for (int i = 0; i < n; i++) {
          if (lengths[i] == length) {
            symbols[k++] = i;
          }
        }
        code += count[length];
        limit[length] = code;
        code <<= 1;
      }
    }

    int read(Bz2Input in) throws Starved, Invalid {
      for (int length = shortest; length <= longest; length++) {
        int v = in.peek(length);
        if (v < limit[length]) {
          in.skip(length);
          int at = v + base[length];
          if (at < 0 || at >= MAX_SYMBOLS) {
            throw new Invalid();
          }
          return symbols[at];
        }
      }
      in.skip(longest);
      throw new Invalid();
    }
  }

  final Bz2Input in = new Bz2Input();
  private State state = State.MAGIC;
  private int combinedCrc;

  // the block
  private int[] tt = new int[0];
  private int blockCrc;
  private int origin;
  private int symbolCount;
  private byte[] selectors = new byte[0];
  private Codes[] codes = new Codes[0];

  // the place in its symbols
  private final byte[] front = new byte[256];
  private int used;
  private int filled;
  private int group;
  private int inGroup;
  private int run;
  private int runWeight;

  // the place in its output
  private int crc;
  private int left;
  private int position;
  private int last;
  private int repeats;
  private int pending;

  boolean isFinished() {
    return state == State.END;
  }

  /** Whether there is output that needs no more input. */
  boolean hasOutput() {
    return state == State.OUTPUT;
  }

  /** Decodes as far as the input goes, at most so many bytes. */
  byte[] decode(int max) throws Invalid {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long mark = in.mark();
    try {
      while (state != State.END && (out.size() < max || state != State.OUTPUT)) {
        mark = in.mark();
        switch (state) {
          case MAGIC -> magic();
          case BLOCK -> block();
          case SYMBOLS -> symbols();
          default -> output(out, max);
        }
      }
    } catch (Starved e) {
      if (state != State.SYMBOLS) {
        in.reset(mark);
      }
    }
    return out.toByteArray();
  }

  private void magic() throws Starved, Invalid {
    for (int i = 0; i < 3; i++) {
      if (in.read(8) != "BZh".charAt(i)) {
        throw new Invalid();
      }
    }
    int level = in.read(8) - '0';
    if (level < 1 || level > 9) {
      throw new Invalid();
    }
    tt = new int[level * 100_000];
    state = State.BLOCK;
  }

  private void block() throws Starved, Invalid {
    long magic = (long) in.read(24) << 24;
    magic |= in.read(24);
    if (magic == END_MAGIC) {
      if (in.readInt() != combinedCrc) {
        throw new Invalid();
      }
      state = State.END;
      return;
    }
    if (magic != BLOCK_MAGIC) {
      throw new Invalid();
    }
    blockCrc = in.readInt();
    boolean randomised = in.read(1) != 0;
    origin = in.read(24);
    if (randomised || origin > tt.length) {
      throw new Invalid(); // randomised blocks have not been written since 1997
    }
    usedBytes();
    int groups = in.read(3);
    int n = in.read(15);
    if (groups < 2 || groups > 6 || n < 1) {
      throw new Invalid();
    }
    readSelectors(groups, n);
    codes = new Codes[groups];
    for (int i = 0; i < groups; i++) {
      codes[i] = readCodes();
    }
    filled = 0;
    group = -1;
    inGroup = 0;
    run = 0;
    runWeight = 1;
    state = State.SYMBOLS;
  }

  private void usedBytes() throws Starved, Invalid {
    int ranges = in.read(16);
    used = 0;
    for (int i = 0; i < 16; i++) {
      if ((ranges & 0x8000 >> i) != 0) {
        int bits = in.read(16);
        for (int j = 0; j < 16; j++) {
          if ((bits & 0x8000 >> j) != 0) {
            front[used++] = (byte) (16 * i + j);
          }
        }
      }
    }
    if (used == 0) {
      throw new Invalid();
    }
    symbolCount = used + 2;
  }

  private void readSelectors(int groups, int n) throws Starved, Invalid {
    byte[] order = {0, 1, 2, 3, 4, 5};
    selectors = new byte[n];
    for (int i = 0; i < n; i++) {
      int j = 0;
      while (in.read(1) != 0) {
        if (++j >= groups) {
          throw new Invalid();
        }
      }
      byte chosen = order[j];
      System.arraycopy(order, 0, order, 1, j);
      order[0] = chosen;
      selectors[i] = chosen;
    }
  }

  private Codes readCodes() throws Starved, Invalid {
    int[] lengths = new int[MAX_SYMBOLS];
    int length = in.read(5);
    for (int i = 0; i < symbolCount; i++) {
      while (true) {
        if (length < 1 || length > LONGEST) {
          throw new Invalid();
        }
        if (in.read(1) == 0) {
          break;
        }
        length += in.read(1) == 0 ? 1 : -1;
      }
      lengths[i] = length;
    }
    return new Codes(lengths, symbolCount);
  }

  /** Goes on with the symbols; what has been read of them stays read. */
  private void symbols() throws Starved, Invalid {
    while (true) {
      if (inGroup == 0) {
        if (group + 1 >= selectors.length) {
          throw new Invalid();
        }
        group++;
        inGroup = GROUP;
      }
      int symbol = codes[selectors[group]].read(in);
      inGroup--;
      if (symbol <= 1) {
        if (runWeight > 1 << 21) {
          throw new Invalid();
        }
        run += runWeight << symbol;
        runWeight <<= 1;
        continue;
      }
      endRun();
      if (symbol == symbolCount - 1) {
        startOutput();
        return;
      }
      int at = symbol - 1;
      byte b = front[at];
      System.arraycopy(front, 0, front, 1, at);
      front[0] = b;
      if (filled >= tt.length) {
        throw new Invalid();
      }
      tt[filled++] = b & 0xff;
    }
  }

  private void endRun() throws Invalid {
    if (run > 0) {
      if (run > tt.length - filled) {
        throw new Invalid();
      }
      Arrays.fill(tt, filled, filled + run, front[0] & 0xff);
      filled += run;
    }
    run = 0;
    runWeight = 1;
  }

  /** Undoes the Burrows-Wheeler transform. */
  private void startOutput() throws Invalid {
    if (origin >= filled) {
      throw new Invalid();
    }
    int[] starts = new int[257];
    for (int i = 0; i < filled; i++) {
      starts[(tt[i] & 0xff) + 1]++;
    }
    for (int i = 0; i < 256; i++) {
      starts[i + 1] += starts[i];
    }
    for (int i = 0; i < filled; i++) {
      tt[starts[tt[i] & 0xff]++] |= i << 8;
    }
    position = tt[origin] >>> 8;
    left = filled;
    crc = -1;
    last = -1;
    repeats = 0;
    pending = 0;
    state = State.OUTPUT;
  }

  private void output(ByteArrayOutputStream out, int max) throws Invalid {
    while (out.size() < max) {
      if (pending > 0) {
        pending--;
        emit(out, last);
        continue;
      }
      if (left == 0) {
        endBlock();
        return;
      }
      position = tt[position];
      int b = position & 0xff;
      position >>>= 8;
      left--;
      if (repeats == 4) {
        pending = b; // four equal bytes, and how many more
        repeats = 0;
        continue;
      }
      repeats = b == last ? repeats + 1 : 1;
      last = b;
      emit(out, b);
    }
    if (left == 0 && pending == 0) {
      endBlock();
    }
  }

  private void emit(ByteArrayOutputStream out, int b) {
    crc = crc << 8 ^ CRC_TABLE[crc >>> 24 ^ b];
    out.write(b);
  }

  private void endBlock() throws Invalid {
    if (~crc != blockCrc) {
      throw new Invalid();
    }
    combinedCrc = Integer.rotateLeft(combinedCrc, 1) ^ blockCrc;
    state = State.BLOCK;
  }
}
