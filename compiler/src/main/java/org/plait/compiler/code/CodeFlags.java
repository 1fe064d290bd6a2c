package org.plait.compiler.code;

/** The bits of {@code co_flags} and of {@code compile()}'s {@code flags}, with CPython's values. */
public final class CodeFlags {
  public static final int OPTIMIZED = 0x1;
  public static final int NEWLOCALS = 0x2;
  public static final int VARARGS = 0x4;
  public static final int VARKEYWORDS = 0x8;
  public static final int NESTED = 0x10;
  public static final int GENERATOR = 0x20;
  public static final int COROUTINE = 0x80;
  public static final int ITERABLE_COROUTINE = 0x100;
  public static final int ASYNC_GENERATOR = 0x200;
  public static final int FUTURE_DIVISION = 0x20000;
  public static final int FUTURE_ABSOLUTE_IMPORT = 0x40000;
  public static final int FUTURE_WITH_STATEMENT = 0x80000;
  public static final int FUTURE_PRINT_FUNCTION = 0x100000;
  public static final int FUTURE_UNICODE_LITERALS = 0x200000;
  public static final int FUTURE_BARRY_AS_BDFL = 0x400000;
  public static final int FUTURE_GENERATOR_STOP = 0x800000;
  public static final int FUTURE_ANNOTATIONS = 0x1000000;
  public static final int HAS_DOCSTRING = 0x4000000;
  public static final int METHOD = 0x8000000;

  /** Every future flag. */
  public static final int FUTURE_MASK =
      FUTURE_DIVISION
          | FUTURE_ABSOLUTE_IMPORT
          | FUTURE_WITH_STATEMENT
          | FUTURE_PRINT_FUNCTION
          | FUTURE_UNICODE_LITERALS
          | FUTURE_BARRY_AS_BDFL
          | FUTURE_GENERATOR_STOP
          | FUTURE_ANNOTATIONS;

  /** {@code ast.PyCF_ONLY_AST}. */
  public static final int PYCF_ONLY_AST = 0x400;

  /** {@code ast.PyCF_DONT_IMPLY_DEDENT}. */
  public static final int PYCF_DONT_IMPLY_DEDENT = 0x200;

  /** {@code ast.PyCF_TYPE_COMMENTS}. */
  public static final int PYCF_TYPE_COMMENTS = 0x1000;

  /** {@code ast.PyCF_ALLOW_TOP_LEVEL_AWAIT}. */
  public static final int PYCF_ALLOW_TOP_LEVEL_AWAIT = 0x2000;

  /** {@code ast.PyCF_ALLOW_INCOMPLETE_INPUT}. */
  public static final int PYCF_ALLOW_INCOMPLETE_INPUT = 0x4000;

  /** {@code ast.PyCF_OPTIMIZED_AST}. */
  public static final int PYCF_OPTIMIZED_AST = 0x8000 | PYCF_ONLY_AST;

  private CodeFlags() {}
}
