/**
 * Who runs, who waits, and what wakes them: threads, core permits, locks, safe points and time. It
 * knows no Python type. Every blocking act and every source of time of a Python program passes
 * through here, so that a Python thread can be a virtual thread, so that one permit makes a GIL,
 * and so that the deterministic scheduler sees everything. The runtime and the native modules use
 * it; it uses nobody.
 *
 * <p>Start reading at {@link org.plait.sched.Scheduler}, then {@link org.plait.sched.PlaitThread},
 * {@link org.plait.sched.SafePoint} and {@link org.plait.sched.Blocking}. The lock order and the
 * access mode of every shared field are in {@code docs/synchronization.md}.
 */
@NullMarked
package org.plait.sched;

import org.jspecify.annotations.NullMarked;
