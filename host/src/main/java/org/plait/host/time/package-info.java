/**
 * Clocks and broken-down time as the C library computes it. Used by time and by whoever needs a
 * deadline.
 */
@NullMarked
package org.plait.host.time;

import org.jspecify.annotations.NullMarked;
