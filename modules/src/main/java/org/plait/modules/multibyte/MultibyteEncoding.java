package org.plait.modules.multibyte;

import org.plait.runtime.text.CodePointBuilder;

/**
 * An encoding, one step at a time. Encodings have no state of their own: eight bytes of it, kept
 * with the conversion, belong to whoever converts.
 */
public abstract class MultibyteEncoding {
  /** Result of a step: the input ends too early. */
  static final int TOO_FEW = 0;

  private final String name;

  MultibyteEncoding(String name) {
    this.name = name;
  }

  public final String name() {
    return name;
  }

  void startEncoding(byte[] state) {}

  void startDecoding(byte[] state) {}

  /**
   * Decodes one piece.
   *
   * @return how many bytes it took; {@link #TOO_FEW}; or, negative, how many bytes are illegal
   */
  abstract int decode(byte[] in, int at, int end, byte[] state, CodePointBuilder out);

  /**
   * Encodes one character, or two that go together.
   *
   * @param last whether nothing comes behind {@code end}
   * @return how many characters it took; {@link #TOO_FEW}; or, negative, how many are illegal
   */
  abstract int encode(int[] in, int at, int end, boolean last, byte[] state, Bytes out);

  /** Writes what must stand at the end of a text. */
  void finish(byte[] state, Bytes out) {}

  /** Makes the state that of a decoder before a new text. */
  void resetDecoding(byte[] state) {
    startDecoding(state);
  }
}
