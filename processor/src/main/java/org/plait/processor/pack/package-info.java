/**
 * Makes one jar out of Plait's own, for a quick start. A program of the build; nothing depends on
 * it at run time.
 */
@NullMarked
package org.plait.processor.pack;

import org.jspecify.annotations.NullMarked;
