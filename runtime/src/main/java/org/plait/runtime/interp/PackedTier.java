package org.plait.runtime.interp;

import org.jspecify.annotations.Nullable;

/**
 * The compiler of a distribution, whose packing replaces this class: to look for it in the jars of
 * the class path took each program that has hot code 40 ms.
 */
final class PackedTier {
  private PackedTier() {}

  /** A new one of the distribution's; null where nothing is packed. */
  static @Nullable Tier create() {
    return null;
  }
}
