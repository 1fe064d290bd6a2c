package org.plait.runtime.importing;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.plait.runtime.boot.BootOptions;
import org.plait.sched.Clock;

/** {@code -X importtime}: a line on stderr per module, its own time and that of what it imports. */
final class ImportTimes {
  private static final AtomicBoolean HEADED = new AtomicBoolean();

  /** What is under way in this thread: nanoseconds its imports took so far. */
  private static final ThreadLocal<long[]> NESTED = ThreadLocal.withInitial(() -> new long[2]);

  private ImportTimes() {}

  static boolean isOn() {
    return BootOptions.current().importTime != 0;
  }

  /** A module that was there already; shown on demand only. */
  static void cached(String name) {
    if (BootOptions.current().importTime > 1) {
      line("cached    | cached    ", name, (int) NESTED.get()[1]);
    }
  }

  /** Begins an import; hand what this returns to {@link #end}. */
  static long[] begin() {
    long[] now = NESTED.get();
    long[] mark = {now[0], Clock.nanoTime()};
    now[0] = 0;
    now[1]++;
    return mark;
  }

  static void end(String name, long[] mark) {
    long[] now = NESTED.get();
    long all = Clock.nanoTime() - mark[1];
    long own = all - now[0];
    now[0] = mark[0] + all;
    now[1]--;
    line(String.format(Locale.ROOT, "%9d | %10d", own / 1000, all / 1000), name, (int) now[1]);
  }

  private static void line(String times, String name, int depth) {
    String head =
        HEADED.getAndSet(true) ? "" : "import time: self [us] | cumulative | imported package\n";
    System.err.print(head + "import time: " + times + " | " + "  ".repeat(depth) + name + "\n");
    System.err.flush();
  }
}
