/** Tests of the strategies. */
package org.plait.sched.strategy;
