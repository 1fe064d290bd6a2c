package org.plait.jit;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.CodeFlags;
import org.plait.compiler.code.CodeUnit;
import org.plait.runtime.interp.CompiledCode;
import org.plait.runtime.interp.Drain;
import org.plait.runtime.interp.FastCode;
import org.plait.runtime.interp.Feedback;
import org.plait.runtime.interp.PyCode;
import org.plait.runtime.interp.Tier;
import org.plait.sched.Clock;

/** The tier's door to the runtime. */
public final class JitTier implements Tier {
  /** HotSpot never compiles larger methods. */
  static final int MAX_BYTES = 7900;

  /** More is not tried in one method. */
  private static final int MAX_INSTRUCTIONS = 800;

  /** Less is not worth leaving the interpreter for. */
  private static final int MIN_INSTRUCTIONS = 4;

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
    Piece piece = Piece.whole(code.unit, entry);
    if (piece.size() > MAX_INSTRUCTIONS) {
      if (drain >= 0) {
        linkage.log("refused " + where + ": " + piece.size() + " instructions");
        return null;
      }
      piece = Piece.loop(code.unit, entry).first(code.unit, MAX_INSTRUCTIONS, linkage::isEntry);
    }
    Unit unit;
    byte[] classFile;
    int bytes;
    while (true) {
      unit = new Unit(code, piece, drain, null, true, feedback, linkage);
      classFile = unit.build();
      bytes = Unit.codeLength(classFile);
      if (bytes <= MAX_BYTES) {
        break;
      }
      Piece less = smaller(code.unit, piece, bytes, linkage);
      if (drain >= 0 || less.size() < MIN_INSTRUCTIONS || less.size() >= piece.size()) {
        linkage.log("refused " + where + ": " + bytes + " bytes");
        return null;
      }
      piece = less;
    }
    CompiledCode compiled = (CompiledCode) linkage.define(classFile, unit.constants());
    linkage.log(
        String.format(
            Locale.ROOT,
            "compiled %s: %d bytes%s, interpreted %s, %d ms",
            where,
            bytes,
            piece.size() == code.unit.length() ? "" : " up to " + piece.to(),
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

  /** A piece in place of one that became too large. */
  private static Piece smaller(CodeUnit u, Piece piece, int bytes, Linkage linkage) {
    Piece loop = Piece.loop(u, piece.entry());
    if (loop.size() < piece.size() && piece.size() == u.length()) {
      return loop;
    }
    int count = (int) ((long) piece.size() * MAX_BYTES * 8 / 10 / bytes);
    return piece.first(u, count, linkage::isEntry);
  }

  @Override
  public @Nullable FastCode compileWithoutFrame(
      PyCode code, boolean fresh, Feedback feedback, Linkage linkage) {
    int refused = CodeFlags.GENERATOR | CodeFlags.COROUTINE | CodeFlags.ASYNC_GENERATOR;
    boolean starts = code.startsGenerator() && feedback.yieldsSeldom();
    if (code.unit.has(refused) && !starts
        || !code.unit.has(CodeFlags.OPTIMIZED)
        || code.parameters() > FastCode.MAX_ARGUMENTS
        || code.unit.length() > MAX_INSTRUCTIONS) {
      return null;
    }
    String where = code.unit.qualname + " (" + code.unit.filename + ":" + code.unit.firstLine + ")";
    try {
      return withoutFrame(code, where, fresh, false, feedback, linkage);
    } catch (VerifyError | IllegalArgumentException e) {
      // A variable is read that may have no value yet: they all get one.
      linkage.log("again: " + where + ": " + e.getMessage());
      return withoutFrame(code, where, fresh, true, feedback, linkage);
    }
  }

  private static @Nullable FastCode withoutFrame(
      PyCode code,
      String where,
      boolean fresh,
      boolean initialisesAll,
      Feedback feedback,
      Linkage linkage) {
    Signature signature = Signature.of(code, feedback);
    Piece whole = Piece.whole(code.unit, 0);
    Unit unit = new Unit(code, whole, -1, signature, initialisesAll, feedback, linkage);
    if (fresh && !unit.takesFresh()) {
      return null;
    }
    byte[] classFile;
    try {
      classFile = unit.build();
    } catch (NeedsFrame e) {
      linkage.log("with a frame: " + where + ": " + e.getMessage());
      return null;
    }
    int bytes = Unit.codeLength(classFile);
    if (bytes > MAX_BYTES) {
      linkage.log("with a frame: " + where + ": " + bytes + " bytes");
      return null;
    }
    if (!signature.isBoxed()) {
      linkage.defineEntry(signature.text(), signature.entryClass());
    }
    FastCode compiled = (FastCode) linkage.define(classFile, unit.constants());
    linkage.log(
        "compiled without a frame: "
            + where
            + (fresh ? " for new instances" : "")
            + (signature.isBoxed() ? "" : " " + signature.text())
            + ": "
            + bytes
            + " bytes");
    if (linkage.wantsListings()) {
      linkage.log(
          "code of "
              + code.unit.qualname
              + " in "
              + code.unit.filename
              + " without a frame\n"
              + Listing.of(classFile)
              + "end");
    }
    return compiled;
  }
}
