/**
 * The syntax tree of Python 3.14, node by node as in Python's {@code ast} module, and its grammar
 * as data. Anybody may use it; it depends on nothing.
 */
@NullMarked
package org.plait.syntax.ast;

import org.jspecify.annotations.NullMarked;
