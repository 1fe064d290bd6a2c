/**
 * Python inside a Java program: {@link org.plait.embed.Plait} is where to start. This package and
 * {@code javax.script} are the only API for others; everything below them may change at any time.
 */
@NullMarked
package org.plait.embed;

import org.jspecify.annotations.NullMarked;
