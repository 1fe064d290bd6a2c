/**
 * Waiting without holding a carrier thread: readiness of descriptors and a bounded pool for calls
 * that can only block. Whoever blocks (the runtime's choke point) asks here; nothing here knows the
 * scheduler.
 */
@NullMarked
package org.plait.host.wait;

import org.jspecify.annotations.NullMarked;
