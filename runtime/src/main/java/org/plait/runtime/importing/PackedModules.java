package org.plait.runtime.importing;

import org.jspecify.annotations.Nullable;

/**
 * The list of native modules in a distribution, whose packing replaces this class: reading it out
 * of the jars took longer than the rest of the start.
 */
final class PackedModules {
  private PackedModules() {}

  /** The lines of all jars' {@code META-INF/plait/native-modules}; null where nothing is packed. */
  static @Nullable String text() {
    return null;
  }
}
