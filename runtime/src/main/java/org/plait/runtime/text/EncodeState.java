package org.plait.runtime.text;

import java.util.Arrays;

/** The input, the position in it and the output of a running encoder, and its error calls. */
final class EncodeState {
  final CodePointSource in;
  int pos;
  private byte[] out;
  private int length;
  private final CodecErrors errors;

  EncodeState(CodePointSource in, CodecErrors errors, int capacity) {
    this.in = in;
    this.errors = errors;
    this.out = new byte[Math.max(16, capacity)];
  }

  void put(int b) {
    if (length == out.length) {
      out = Arrays.copyOf(out, grown(length + 1));
    }
    out[length++] = (byte) b;
  }

  void put(byte[] bytes) {
    if (out.length - length < bytes.length) {
      out = Arrays.copyOf(out, grown(Math.addExact(length, bytes.length)));
    }
    System.arraycopy(bytes, 0, out, length, bytes.length);
    length += bytes.length;
  }

  private static int grown(int need) {
    return (int) Math.min(Integer.MAX_VALUE - 16L, need * 3L / 2 + 16);
  }

  byte[] result() {
    return length == out.length ? out : Arrays.copyOf(out, length);
  }

  /**
   * With the handler "surrogateescape", writes the bytes that the first characters of a run stand
   * for: it may handle those and fail at a later one.
   *
   * @return the first character that is still to be handled
   */
  int escaped(int start, int end) {
    int i = start;
    if (errors == BuiltinCodecErrors.SURROGATEESCAPE) {
      while (i < end && in.at(i) >= 0xdc80 && in.at(i) <= 0xdcff) {
        put(in.at(i++) - 0xdc00);
      }
      pos = i;
    }
    return i;
  }

  /** Asks the error handler about characters start to end; the position moves where it says. */
  CodecErrors.EncodeFix error(String encoding, int start, int end, String reason) {
    CodecErrors.EncodeFix fix = errors.encode(encoding, in, start, end, reason);
    int resume = fix.resume() < 0 ? fix.resume() + in.length() : fix.resume();
    if (resume < 0 || resume > in.length()) {
      throw DecodeState.outOfBounds(fix.resume());
    }
    pos = resume;
    return fix;
  }

  /** The failure that no handler can repair: a replacement that can't be encoded itself. */
  CodecException fail(String encoding, int start, int end, String reason) {
    return CodecException.encode(encoding, in, start, end, reason);
  }
}
