package org.plait.runtime.text;

/**
 * The result of decoding.
 *
 * @param text what was decoded
 * @param consumed how many bytes of the input; fewer than all only in an incremental call
 */
public record Decoded(CodePointSource text, int consumed) {}
