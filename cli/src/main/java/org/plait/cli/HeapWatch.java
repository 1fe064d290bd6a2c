package org.plait.cli;

/**
 * Has the whole heap collected when it has grown much since the last time.
 *
 * <p>The serial collector rather lets the old generation grow, up to half of the machine's memory,
 * than collect it. A program whose lists live a little longer than the young generation takes to
 * fill would get there: what dies in the old generation is garbage for good. A short program that
 * splits texts took 1.5 GB within seconds.
 *
 * <p>A sentinel dies with each collection of the young generation; the JVM's thread for finalizers
 * then runs {@link #look}, alone, and makes the next one. So nothing is polled.
 */
final class HeapWatch {
  private HeapWatch() {}

  /** Least heap in bytes that is worth a look; a JVM that has just started has 92 MB. */
  private static final long MIN_LIMIT = 160L << 20;

  /**
   * By how much the heap may grow until the next time. Where little was found, the program is
   * building something: then rarely, since a collection takes about a second per gigabyte.
   */
  private static final double GROWTH = 2.5;

  private static final double GROWTH_WHILE_BUILDING = 4;

  private static long limit = MIN_LIMIT;

  static void start() {
    new Sentinel();
  }

  private static final class Sentinel {
    @Override
    @SuppressWarnings({"removal", "Finalize"})
    protected void finalize() {
      look();
      start();
    }
  }

  private static void look() {
    long before = used();
    if (before >= limit) {
      System.gc();
      long after = used();
      double growth = after > before / 2 ? GROWTH_WHILE_BUILDING : GROWTH;
      limit = Math.max(MIN_LIMIT, (long) (after * growth));
    }
  }

  private static long used() {
    Runtime jvm = Runtime.getRuntime();
    return jvm.totalMemory() - jvm.freeMemory();
  }
}
