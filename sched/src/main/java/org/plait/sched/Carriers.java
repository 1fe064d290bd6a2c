package org.plait.sched;

import java.lang.management.ManagementFactory;
import jdk.management.VirtualThreadSchedulerMXBean;

/**
 * The Java platform threads that carry virtual ones. There must be more of them than permits, or
 * threads that run Python would occupy them all and a woken thread would never get to ask for a
 * permit.
 */
final class Carriers {
  private static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";

  /** Carriers beyond one per core. */
  private static final int SPARE = 2;

  static {
    if (System.getProperty(PARALLELISM) == null) {
      int cores = Runtime.getRuntime().availableProcessors();
      System.setProperty(PARALLELISM, Integer.toString(cores + SPARE));
    }
  }

  /** How many there may be now; guarded by the class. */
  private static int parallelism = Integer.getInteger(PARALLELISM, 2);

  private Carriers() {}

  /** Has an effect only before the first virtual thread of the process. */
  static void configure() {}

  /** The largest number of permits that leaves a carrier for threads that have none. */
  static int mostPermits() {
    return Math.max(Integer.getInteger(PARALLELISM, 2) - 1, 1);
  }

  /**
   * Sees to it that so many permits leave two carriers for threads that have none: the pool looks
   * for more only when one of them empties a queue. The JVM's management interface, which this
   * needs when there are not enough carriers, takes some 50 ms to load.
   *
   * @return false if that is impossible
   */
  static synchronized boolean makeRoomFor(int permits) {
    int needed = permits + 2;
    if (needed <= parallelism) {
      return true;
    }
    try {
      ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class)
          .setParallelism(needed);
      parallelism = needed;
      return true;
    } catch (IllegalArgumentException | UnsupportedOperationException e) {
      return false;
    }
  }
}
