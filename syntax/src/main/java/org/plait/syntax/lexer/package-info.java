/**
 * The tokenizer: source text to tokens, for the parser (all at once) and for Python's {@code
 * tokenize} module (one by one). Used by the parser and by the {@code _tokenize} module.
 */
@NullMarked
package org.plait.syntax.lexer;

import org.jspecify.annotations.NullMarked;
