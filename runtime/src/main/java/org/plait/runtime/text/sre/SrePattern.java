package org.plait.runtime.text.sre;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.text.CodePointSource;

/** A compiled pattern. Immutable; the code words are decoded at the first match. */
public final class SrePattern {
  /** {@code _sre.MAGIC}: the version of the code words. */
  public static final int MAGIC = 20230612;

  /** {@code _sre.CODESIZE}: bytes of a code word. */
  public static final int CODESIZE = 4;

  public static final long MAXREPEAT = 0xffffffffL;
  public static final int MAXGROUPS = Integer.MAX_VALUE / 2;

  public static final int FLAG_IGNORECASE = 2;
  public static final int FLAG_LOCALE = 4;
  public static final int FLAG_MULTILINE = 8;
  public static final int FLAG_DOTALL = 16;
  public static final int FLAG_UNICODE = 32;
  public static final int FLAG_VERBOSE = 64;
  public static final int FLAG_DEBUG = 128;
  public static final int FLAG_ASCII = 256;

  private final int[] code;
  private final int flags;
  private final int groups;
  private volatile @Nullable SreProgram program;

  /**
   * A pattern of code words.
   *
   * @param code words of 32 bits; not copied
   * @param groups the number of capturing groups
   */
  public SrePattern(int[] code, int flags, int groups) {
    this.code = code;
    this.flags = flags;
    this.groups = groups;
  }

  public int flags() {
    return flags;
  }

  public int groups() {
    return groups;
  }

  /** The code words; do not write to them. */
  public int[] code() {
    return code;
  }

  SreProgram program() {
    SreProgram p = program;
    if (p == null) {
      p = new SreDecoder(code, groups).decode();
      program = p;
    }
    return p;
  }

  /**
   * Decodes the code words now.
   *
   * @throws IllegalArgumentException "invalid SRE code"
   */
  public void validate() {
    program();
  }

  /**
   * A matcher over characters.
   *
   * @param start where matching begins, 0 to length
   * @param end where the subject ends for it, start to length
   * @param poll called now and then while matching, so that it can be interrupted; may throw
   */
  public SreMatcher matcher(CodePointSource s, int start, int end, @Nullable Runnable poll) {
    String bmp = s.bmp();
    return new SreMatcher(this, bmp, null, bmp == null ? s.codePoints() : null, start, end, poll);
  }

  /** A matcher over bytes; otherwise as the one over characters. */
  public SreMatcher matcher(byte[] s, int start, int end, @Nullable Runnable poll) {
    return new SreMatcher(this, null, s, null, start, end, poll);
  }
}
