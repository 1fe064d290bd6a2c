package org.plait.sched;

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

  private Carriers() {}

  /** Has an effect only before the first virtual thread of the process. */
  static void configure() {}

  /** The largest number of permits that leaves a carrier for threads that have none. */
  static int mostPermits() {
    return Math.max(Integer.getInteger(PARALLELISM, 2) - 1, 1);
  }
}
