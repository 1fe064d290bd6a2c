package org.plait.modules.lzma;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/** Finds out whether a stream is there as a whole, without decoding it. */
final class Completeness {
  static final int NOT_YET = -1;

  private static final byte[] MAGIC = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0};
  private static final int HEADER = 12;

  private Completeness() {}

  /** Whether the bytes that are there can begin an xz stream. */
  static boolean mayBeXz(byte[] in) {
    for (int i = 0; i < Math.min(in.length, MAGIC.length); i++) {
      if (in[i] != MAGIC[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Where an xz stream ends: at a footer, which stands at a multiple of four bytes and has a
   * checksum.
   *
   * @param from where no footer has been looked for yet
   */
  static int xzEnd(byte[] in, int from) {
    ByteBuffer b = ByteBuffer.wrap(in).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = Math.max(HEADER, from & ~3); at + HEADER <= in.length; at += 4) {
      if (in[at + 10] == 'Y' && in[at + 11] == 'Z' && in[at + 8] == in[6] && in[at + 9] == in[7]) {
        CRC32 crc = new CRC32();
        crc.update(in, at + 4, 6);
        if ((int) crc.getValue() == b.getInt(at)) {
          return at + HEADER;
        }
      }
    }
    return NOT_YET;
  }

  /** Where a stream of LZMA2 chunks ends. */
  static int lzma2End(byte[] in) {
    long at = 0;
    while (at < in.length) {
      int control = in[(int) at] & 0xff;
      if (control == 0) {
        return (int) at + 1;
      }
      int header = control >= 0xc0 ? 6 : control >= 0x80 ? 5 : 3;
      if (at + header > in.length) {
        return NOT_YET;
      }
      int size = (int) at + (control >= 0x80 ? 3 : 1);
      at += header + ((in[size] & 0xff) << 8 | in[size + 1] & 0xff) + 1;
    }
    return NOT_YET;
  }
}
