package org.plait.modules.pickle;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;

/**
 * Collects a pickle and puts it in frames. Without a file everything stays in memory; with one,
 * each finished frame and large payload goes to it. Used by one thread.
 */
final class PickleOutput {
  private static final int FRAME_SIZE_MIN = 4;
  private static final int FRAME_SIZE_TARGET = 64 * 1024;
  private static final int FRAME_HEADER = 9;

  private final @Nullable PyObject write;
  private byte[] buffer = new byte[256];
  private int size;
  private boolean framing;

  /** Where the open frame's header is, or -1. */
  private int frameStart = -1;

  PickleOutput(@Nullable PyObject write) {
    this.write = write;
  }

  /** From here on the output is in frames. */
  void startFraming() {
    framing = true;
  }

  private void reserve(int n) {
    if (framing && frameStart < 0) {
      frameStart = size;
      grow(FRAME_HEADER + n);
      size += FRAME_HEADER;
    } else {
      grow(n);
    }
  }

  private void grow(int n) {
    int needed = Math.addExact(size, n);
    if (needed > buffer.length) {
      int doubled = buffer.length > Integer.MAX_VALUE / 2 - 8 ? needed : buffer.length * 2;
      buffer = Arrays.copyOf(buffer, Math.max(needed, doubled));
    }
  }

  void op(int b) {
    reserve(1);
    buffer[size++] = (byte) b;
  }

  /** An opcode and a little-endian number of some bytes. */
  void op(int b, long number, int bytes) {
    reserve(1 + bytes);
    buffer[size++] = (byte) b;
    for (int i = 0; i < bytes; i++) {
      buffer[size++] = (byte) (number >> 8 * i);
    }
  }

  void bytes(byte[] data) {
    reserve(data.length);
    System.arraycopy(data, 0, buffer, size, data.length);
    size += data.length;
  }

  void ascii(String text) {
    bytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /**
   * Header and data of a str or bytes; large data stay out of frames and are written as they are.
   */
  void payload(byte[] header, byte[] data) {
    boolean large = data.length >= FRAME_SIZE_TARGET;
    boolean framed = framing;
    if (large) {
      closeFrame();
      framing = false;
    }
    bytes(header);
    if (large && write != null) {
      flush();
      write.call1(Py.bytes(data.clone()));
    } else {
      bytes(data);
    }
    framing = framed;
  }

  /** An object has been written in full: a good place to end a frame that is long enough. */
  void boundary() {
    if (framing && frameStart >= 0 && size - frameStart - FRAME_HEADER >= FRAME_SIZE_TARGET) {
      closeFrame();
      if (write != null) {
        flush();
      }
    }
  }

  private void closeFrame() {
    if (!framing || frameStart < 0) {
      return;
    }
    int length = size - frameStart - FRAME_HEADER;
    if (length >= FRAME_SIZE_MIN) {
      buffer[frameStart] = (byte) Op.FRAME;
      for (int i = 0; i < 8; i++) {
        buffer[frameStart + 1 + i] = i < 4 ? (byte) (length >> 8 * i) : 0;
      }
    } else {
      System.arraycopy(buffer, frameStart + FRAME_HEADER, buffer, frameStart, length);
      size -= FRAME_HEADER;
    }
    frameStart = -1;
  }

  private void flush() {
    PyObject chunk = Py.bytes(Arrays.copyOf(buffer, size));
    size = 0;
    if (write != null) {
      write.call1(chunk);
    }
  }

  /** Ends the pickle and hands all to the file. */
  void finish() {
    closeFrame();
    framing = false;
    if (write != null) {
      flush();
    }
  }

  /** Everything, when there is no file. */
  byte[] toBytes() {
    return Arrays.copyOf(buffer, size);
  }
}
