package org.plait.processor.annotation;

/** Special values of the {@code sig} elements. */
final class Sig {
  /** Stands for "no signature written": all parameters required and positional only. */
  static final String FROM_JAVA = "\0";

  private Sig() {}
}
