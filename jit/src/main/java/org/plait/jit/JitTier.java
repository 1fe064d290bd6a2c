package org.plait.jit;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.interp.CompiledCode;
import org.plait.runtime.interp.Drain;
import org.plait.runtime.interp.Feedback;
import org.plait.runtime.interp.PyCode;
import org.plait.runtime.interp.Tier;
import org.plait.sched.Clock;

/** The tier's door to the runtime. */
public final class JitTier implements Tier {
  /** HotSpot never compiles larger methods. */
  static final int MAX_BYTES = 7900;

  /** Larger code objects are not tried. */
  private static final int MAX_INSTRUCTIONS = 2500;

  @Override
  public @Nullable CompiledCode compile(
      PyCode code, int entry, int drain, Feedback feedback, Linkage linkage) {
    long start = Clock.nanoTime();
    String where =
        code.unit.qualname
            + " ("
            + code.unit.filename
            + ":"
            + code.unit.firstLine
            + ") at "
            + entry
            + (drain < 0 ? "" : ", " + Drain.method(drain));
    if (code.unit.length() > MAX_INSTRUCTIONS) {
      linkage.log("refused " + where + ": " + code.unit.length() + " instructions");
      return null;
    }
    Unit unit = new Unit(code, entry, drain, feedback, linkage);
    byte[] classFile = unit.build();
    int bytes = Unit.codeLength(classFile);
    if (bytes > MAX_BYTES) {
      linkage.log("refused " + where + ": " + bytes + " bytes");
      return null;
    }
    CompiledCode compiled = linkage.define(classFile, unit.constants());
    linkage.log(
        String.format(
            Locale.ROOT,
            "compiled %s: %d bytes, interpreted %s, %d ms",
            where,
            bytes,
            unit.left(),
            (Clock.nanoTime() - start) / 1_000_000));
    if (linkage.wantsListings()) {
      linkage.log(
          "code of "
              + code.unit.qualname
              + " in "
              + code.unit.filename
              + " at "
              + entry
              + "\n"
              + Listing.of(classFile)
              + "end");
    }
    return compiled;
  }
}
