package org.plait.runtime.interp;

import java.util.Locale;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.boot.BootOptions;
import org.plait.sched.BackgroundWork;

/**
 * When code goes to the compiler. The instructions of function entries, back-edges and yields count
 * down; at zero they call {@link #hot}: first to have notes taken ({@link Profiled}), then to have
 * it compiled. With {@code -X jit=off} nothing counts.
 */
final class Tiering {
  private static final String MODE = BootOptions.current().jit;
  static final boolean ON = !MODE.equals("off");

  /** Everything is compiled at once, by the thread that runs it. For tests. */
  static final boolean EAGER = MODE.equals("eager");

  /** Calls until a function is warm. */
  static final int WARM_CALLS = EAGER ? 0 : 60;

  /** Turns until a loop is warm. */
  static final int WARM_LOOPS = EAGER ? 0 : 800;

  /** Calls or turns from warm to hot. */
  static final int HOT = EAGER ? 0 : 400;

  /** So often a piece of long code is left for the same place, and the next piece is compiled. */
  static final int HOT_EXITS = EAGER ? 0 : 40;

  private static final boolean LOG = BootOptions.current().jitLog != null;
  static final boolean LISTINGS = "code".equals(BootOptions.current().jitLog);

  /** Found at first need; guarded by the class's monitor. */
  private static @Nullable Tier tier;

  private static boolean missing;

  private Tiering() {}

  /**
   * An instruction has counted down.
   *
   * @param entry the instruction that is entered so often
   * @return where to count down from now
   */
  static int hot(PyCode code, int entry) {
    return code.tier().hot(entry);
  }

  static void compile(CodeTier code, int entry) {
    if (EAGER) {
      compileNow(code, entry);
    } else {
      BackgroundWork.submit(() -> compileNow(code, entry));
    }
  }

  /** Has a generator compiled together with a consumer. */
  static void compile(CodeTier code, DrainedCode what) {
    if (EAGER) {
      guarded(code, what.entry, tier -> code.compile(tier, what));
    } else {
      BackgroundWork.submit(() -> guarded(code, what.entry, tier -> code.compile(tier, what)));
    }
  }

  private static void compileNow(CodeTier code, int entry) {
    guarded(code, entry, tier -> code.compile(tier, entry));
  }

  private static void guarded(CodeTier code, int entry, Consumer<Tier> work) {
    try {
      synchronized (Tiering.class) {
        if (tier == null && !missing) {
          tier = PackedTier.create();
          if (tier == null) {
            tier = ServiceLoader.load(Tier.class).findFirst().orElse(null);
          }
          missing = tier == null;
        }
        if (tier != null) {
          work.accept(tier);
        }
      }
    } catch (RuntimeException | LinkageError | VirtualMachineError e) {
      log("failed", code.code, entry, e.toString());
      for (StackTraceElement at : e.getStackTrace()) {
        log("  at " + at);
      }
    }
  }

  static void log(String what, PyCode code, int entry, String detail) {
    if (LOG) {
      log(
          String.format(
              Locale.ROOT,
              "%s %s (%s:%d) at %d: %s",
              what,
              code.unit.qualname,
              code.filename,
              code.unit.firstLine,
              entry,
              detail));
    }
  }

  static void log(String line) {
    if (LOG) {
      System.err.println("jit: " + line);
    }
  }
}
