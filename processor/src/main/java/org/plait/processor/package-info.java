/**
 * The annotation processor that turns the annotations of {@code org.plait.processor.annotation}
 * into method tables. It runs inside javac only; nothing depends on it at run time.
 */
@NullMarked
package org.plait.processor;

import org.jspecify.annotations.NullMarked;
