package org.plait.syntax.lexer;

import org.jspecify.annotations.Nullable;

/** What the tokenizer knows about an f-string or t-string it is inside of. */
final class Mode {
  /** 'f' or 't'; 0 outside of any. */
  char kind;

  /** Whether literal text is next, rather than code. */
  boolean literal;

  boolean raw;
  int quote;
  int quoteSize;
  int start;
  int lineStart;
  int lineno;
  boolean inFormatSpec;
  boolean inDebug;

  /** How many brackets of any kind are open inside. */
  int depth;

  /** How many replacement fields are open inside one another, minus one. */
  int fieldDepth = -1;

  /** Where the text of the replacement field's expression begins; -1 if there is none. */
  int exprStart = -1;

  /** Where it ends; -1 while it is being read. */
  int exprEnd = -1;

  @Nullable Mode outer;
}
