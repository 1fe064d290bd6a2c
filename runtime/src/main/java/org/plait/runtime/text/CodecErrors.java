package org.plait.runtime.text;

import org.jspecify.annotations.Nullable;

/**
 * An error handler of {@code codecs.register_error}. A codec calls it with the part of the input
 * that it can't convert; the handler gives a replacement and the position to go on from, or throws.
 */
public interface CodecErrors {
  /**
   * What stands for the undecodable bytes.
   *
   * @param text the replacement
   * @param resume where decoding goes on; negative counts from the end
   * @param input null, or what to decode from now on instead of the old input
   */
  record DecodeFix(CodePointSource text, int resume, byte @Nullable [] input) {}

  /**
   * What stands for the unencodable text: text to be encoded itself, or bytes.
   *
   * @param text the replacement, when bytes is null
   * @param bytes the replacement in the target encoding, or null
   * @param resume where encoding goes on; negative counts from the end
   */
  record EncodeFix(@Nullable CodePointSource text, byte @Nullable [] bytes, int resume) {}

  /** Handles bytes {@code start} to {@code end} of {@code input}. */
  DecodeFix decode(String encoding, byte[] input, int start, int end, String reason);

  /** Handles characters {@code start} to {@code end} of {@code input}. */
  EncodeFix encode(String encoding, CodePointSource input, int start, int end, String reason);

  /** The handler "strict". */
  CodecErrors STRICT = BuiltinCodecErrors.STRICT;

  /** A built-in handler by name ("strict", "ignore", "surrogateescape", ...), or null. */
  static @Nullable CodecErrors builtin(String name) {
    return BuiltinCodecErrors.find(name);
  }
}
