/**
 * jcstress and Lincheck tests of the scheduler: permits, locks, waits and safe points. jcstress's
 * threads are platform threads that attach themselves, as a Java program's threads do.
 */
package org.plait.stress.sched;
