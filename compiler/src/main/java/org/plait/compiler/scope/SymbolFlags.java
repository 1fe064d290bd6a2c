package org.plait.compiler.scope;

/** The bits of a symbol, with the values of the {@code _symtable} module. */
public final class SymbolFlags {
  public static final int DEF_GLOBAL = 1;
  public static final int DEF_LOCAL = 2;
  public static final int DEF_PARAM = 4;
  public static final int DEF_NONLOCAL = 8;
  public static final int USE = 16;
  public static final int DEF_FREE_CLASS = 64;
  public static final int DEF_IMPORT = 128;
  public static final int DEF_ANNOT = 256;
  public static final int DEF_COMP_ITER = 512;
  public static final int DEF_TYPE_PARAM = 1024;
  public static final int DEF_COMP_CELL = 2048;
  public static final int DEF_BOUND = DEF_LOCAL | DEF_PARAM | DEF_IMPORT | DEF_TYPE_PARAM;

  public static final int SCOPE_OFFSET = 12;
  public static final int SCOPE_MASK = 15;

  public static final int LOCAL = 1;
  public static final int GLOBAL_EXPLICIT = 2;
  public static final int GLOBAL_IMPLICIT = 3;
  public static final int FREE = 4;
  public static final int CELL = 5;

  private SymbolFlags() {}

  /** The place ({@link #LOCAL} to {@link #CELL}, 0 unknown) in a symbol's bits. */
  public static int place(int flags) {
    return (flags >> SCOPE_OFFSET) & SCOPE_MASK;
  }
}
