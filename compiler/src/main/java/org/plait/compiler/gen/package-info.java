/**
 * Code generation: from tree and symbol table to code objects. Only the compiler's door uses it.
 */
@NullMarked
package org.plait.compiler.gen;

import org.jspecify.annotations.NullMarked;
