/**
 * Signals as far as a JVM lets them be caught, and interval timers. Used by _signal and the
 * launcher.
 */
@NullMarked
package org.plait.host.signal;

import org.jspecify.annotations.NullMarked;
