/** Errors and warnings of a compilation. Used by every part of the compiler and by its callers. */
@NullMarked
package org.plait.compiler.diag;

import org.jspecify.annotations.NullMarked;
