/** The symbol table: which names each scope has, and where each of them lives. */
@NullMarked
package org.plait.compiler.scope;

import org.jspecify.annotations.NullMarked;
