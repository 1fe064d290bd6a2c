/**
 * Which thread runs next: the strategies of the deterministic scheduler. They know threads only as
 * numbers. The scheduler uses them; a checker makes them.
 */
@NullMarked
package org.plait.sched.strategy;

import org.jspecify.annotations.NullMarked;
