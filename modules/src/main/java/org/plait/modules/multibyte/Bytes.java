package org.plait.modules.multibyte;

import java.io.ByteArrayOutputStream;

/** Bytes being written. */
final class Bytes extends ByteArrayOutputStream {
  Bytes(int capacity) {
    super(capacity);
  }

  /** Writes a code of one, two or three bytes. */
  void code(int code) {
    if (code > 0xffff) {
      write(code >> 16);
    }
    if (code > 0xff) {
      write(code >> 8);
    }
    write(code);
  }

  void all(int... bytes) {
    for (int b : bytes) {
      write(b);
    }
  }

  /** Forgets what has been written from a length on. */
  void cut(int length) {
    count = length;
  }
}
