/**
 * From a syntax tree to a code object: validation, symbol table, optimisation, code generation.
 * {@link org.plait.compiler.Compiler} is the door; anybody may use it. Knows no runtime object.
 */
@NullMarked
package org.plait.compiler;

import org.jspecify.annotations.NullMarked;
