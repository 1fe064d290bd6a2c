package org.plait.host.process;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;

/**
 * Has the whole heap collected when it has grown much since the last time.
 *
 * <p>The collector rather lets the old generation grow, up to half of the machine's memory, than
 * collect it. A program whose lists live a little longer than the young generation takes to fill
 * would get there: what dies in the old generation is garbage for good. A short program that splits
 * texts took 1.5 GB within seconds.
 *
 * <p>A sentinel dies with each collection of the young generation, which wakes a thread of the JVM.
 */
public final class HeapWatch {
  private HeapWatch() {}

  /** Least heap in bytes that is worth a look; a JVM that has just started has 92 MB. */
  private static final long MIN_LIMIT = 160L << 20;

  /**
   * By how much the heap may grow until the next time. Where little was found, the program is
   * building something: then rarely, since a collection takes about a second per gigabyte.
   */
  private static final double GROWTH = 2.5;

  private static final double GROWTH_WHILE_BUILDING = 4;

  /**
   * Milliseconds until a sentinel that did not die is given up: where much survives, the JVM may
   * move it to the old generation at once, and it would tell nothing until that is collected.
   */
  private static final long SENTINEL_LIFE = 2_000;

  /** Held here, since a reference that is itself garbage is not reported. */
  private static WeakReference<Object> sentinel = new WeakReference<>(null);

  /** Starts to watch, with a daemon thread that runs no Python; once per process. */
  public static void start() {
    Thread thread = new Thread(null, HeapWatch::run, "plait-heap", 256 << 10);
    thread.setDaemon(true);
    thread.start();
  }

  private static void run() {
    var dead = new ReferenceQueue<Object>();
    long limit = MIN_LIMIT;
    while (true) {
      sentinel = new WeakReference<>(new Object(), dead);
      try {
        dead.remove(SENTINEL_LIFE);
      } catch (InterruptedException e) {
        return;
      }
      limit = look(limit);
    }
  }

  /** The limit in bytes of the next time. */
  private static long look(long limit) {
    long before = used();
    if (before < limit) {
      return limit;
    }
    System.gc();
    long after = used();
    double growth = after > before / 2 ? GROWTH_WHILE_BUILDING : GROWTH;
    return Math.max(MIN_LIMIT, (long) (after * growth));
  }

  private static long used() {
    Runtime jvm = Runtime.getRuntime();
    return jvm.totalMemory() - jvm.freeMemory();
  }
}
