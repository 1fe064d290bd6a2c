/**
 * The parser: tokens to the syntax tree. {@link org.plait.syntax.parser.PythonParser} is the way in
 * for everybody.
 */
@NullMarked
package org.plait.syntax.parser;

import org.jspecify.annotations.NullMarked;
