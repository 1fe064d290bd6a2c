/** Trees and constants as source text. Anybody may use it. */
@NullMarked
package org.plait.compiler.unparse;

import org.jspecify.annotations.NullMarked;
