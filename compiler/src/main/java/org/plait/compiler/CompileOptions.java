package org.plait.compiler;

/**
 * How to compile.
 *
 * @param optimize 0, 1 without assertions, 2 also without docstrings
 * @param flags bits of {@code CodeFlags}: inherited {@code FUTURE_*} and {@code PYCF_*}
 * @param validate whether the tree was made by a program and has to be checked first
 */
public record CompileOptions(int optimize, int flags, boolean validate) {
  /** A parsed source without special wishes. */
  public static final CompileOptions DEFAULT = new CompileOptions(0, 0, false);
}
