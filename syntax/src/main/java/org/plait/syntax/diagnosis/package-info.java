/**
 * The search for the words of a syntax error, when the parser has found that there is one. Used by
 * the parser only.
 */
@NullMarked
package org.plait.syntax.diagnosis;

import org.jspecify.annotations.NullMarked;
