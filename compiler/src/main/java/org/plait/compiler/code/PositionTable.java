package org.plait.compiler.code;

import org.jspecify.annotations.Nullable;

/**
 * The positions of a code object's instructions, as {@link CodeUnit#positions()} gives them. Those
 * of a code object that was read from a file stay packed until somebody asks, as hardly anybody
 * does: they are half of what there is to read.
 */
public final class PositionTable {
  private final byte[] packed;
  private final int count;

  /** Published by a racing but idempotent store: an array is written before it is shared. */
  private volatile int @Nullable [] words;

  private PositionTable(byte[] packed, int count, int @Nullable [] words) {
    this.packed = packed;
    this.count = count;
    this.words = words;
  }

  /** Positions that are known. */
  public static PositionTable of(int[] words) {
    return new PositionTable(new byte[0], words.length, words);
  }

  /**
   * Packed positions.
   *
   * @param packed each int's difference from the one {@link CodeUnit#POSITION_WORDS} before it, as
   *     a zigzag base-128 number
   * @param count how many ints
   */
  public static PositionTable packed(byte[] packed, int count) {
    return new PositionTable(packed, count, null);
  }

  /** The ints; not to be changed. */
  int[] words() {
    int[] known = words;
    if (known == null) {
      known = unpack();
      words = known;
    }
    return known;
  }

  private int[] unpack() {
    int[] all = new int[count];
    int at = 0;
    for (int i = 0; i < count; i++) {
      int z = 0;
      int shift = 0;
      int part;
      do {
        part = packed[at++];
        z |= (part & 0x7f) << shift;
        shift += 7;
      } while (part < 0);
      int difference = z >>> 1 ^ -(z & 1);
      all[i] =
          i < CodeUnit.POSITION_WORDS ? difference : difference + all[i - CodeUnit.POSITION_WORDS];
    }
    return all;
  }
}
