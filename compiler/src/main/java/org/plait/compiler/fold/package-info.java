/** What is computed at compile time: operations on constants, simpler trees. */
@NullMarked
package org.plait.compiler.fold;

import org.jspecify.annotations.NullMarked;
