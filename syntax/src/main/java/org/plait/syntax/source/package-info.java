/**
 * Source text before it is tokenized: decoding, lines, the errors and warnings that point into it.
 * Anybody may use it.
 */
@NullMarked
package org.plait.syntax.source;

import org.jspecify.annotations.NullMarked;
