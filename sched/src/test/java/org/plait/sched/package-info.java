/** Tests of the scheduler. */
package org.plait.sched;
