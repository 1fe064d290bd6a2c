/**
 * The code object, its instruction set and what can be computed from them (disassembly, liveness).
 * Interpreter, just-in-time compiler, {@code marshal} and {@code dis} read these.
 */
@NullMarked
package org.plait.compiler.code;

import org.jspecify.annotations.NullMarked;
