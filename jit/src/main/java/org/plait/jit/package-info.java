/**
 * The compiler of hot code: a code object from one instruction on becomes a method of a hidden
 * class beside the interpreter, guessing kinds of values from what the interpreter saw. Reached by
 * the runtime through {@link org.plait.runtime.interp.Tier} alone. Start reading at {@link
 * org.plait.jit.Translator}; how frames are left at a wrong guess is in {@code
 * docs/performance.md}.
 */
package org.plait.jit;
