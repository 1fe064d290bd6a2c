package org.plait.runtime.interp;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.plait.compiler.code.CodeUnit;
import org.plait.compiler.code.Opcode;

/**
 * The state of a warm code object on its way to the compiler, and the compiled code it has.
 *
 * <p>{@link PyCode#linked} is the array that frames run; elements of it become {@link
 * CompiledEntry} and back. {@link #base} is the same without those: where compiled code goes on
 * when a guess was wrong. Elements are replaced one by one, each a valid instruction at any time,
 * so frames that run meanwhile see the old or the new one. Everything else is guarded by this
 * object's monitor, under which nothing blocks and no Python code runs.
 */
final class CodeTier implements Tier.Linkage {
  /** A guess that was wrong so often at one instruction is not made again. */
  private static final int MAX_DEOPTS_PER_GUESS = 3;

  /** An entry is compiled so often at most, the last time without any guess. */
  private static final int MAX_COMPILATIONS = 6;

  /** Code without a frame that is left so often at one instruction is made anew, without that. */
  private static final int MAX_LEFT = 6000;

  /**
   * The time in which that must happen, in nanoseconds: leaving takes some microseconds, but making
   * frames for each call, and those of all callers, costs more than leaving now and then.
   */
  private static final long LEFT_WITHIN = 250_000_000;

  /** As often at what had never been done when the code was made: it is made anew with that. */
  private static final int MAX_LEFT_COLD = 30;

  private static final int MAX_FAST_COMPILATIONS = 12;

  /** In place of an entry: the code without a frame alone. */
  private static final int FAST = -1;

  final PyCode code;
  final Instr[] base;
  private final Instr[] live;
  private final BitSet warm = new BitSet();
  private final BitSet requested = new BitSet();
  private final int[] compilations;
  private final boolean[] unguessed;

  /** Replaced as a whole. */
  private DrainedCode[] drained = DrainedCode.NONE;

  /** Until the next consumer's code is made; counted racily. */
  private int drainCountdown = Tiering.HOT;

  /** Where code without a frame was left too often. */
  private final boolean[] needsFrame;

  /** Whether code without a frame has been tried with what is known now. */
  private boolean triedFast;

  private int fastCompilations;

  /** Guarded by the lock of all compilations. */
  private boolean compilingFast;

  /**
   * How often pieces of the code were left for an instruction; a racy count, made at first need.
   */
  private short @Nullable [] leftFor;

  CodeTier(PyCode code, Instr[] live) {
    this.code = code;
    this.live = live;
    base = live.clone();
    compilations = new int[base.length];
    unguessed = new boolean[base.length];
    needsFrame = new boolean[base.length];
  }

  /** Starts taking notes. */
  void profile() {
    for (int pc = 0; pc < base.length; pc++) {
      base[pc] = Profiled.of(code, pc, base[pc]);
      live[pc] = base[pc];
    }
  }

  /**
   * An entry is warm or, the second time, hot.
   *
   * @return after how many more times to tell again
   */
  int hot(int entry) {
    synchronized (this) {
      if (!warm.get(entry)) {
        warm.set(entry);
        return Tiering.HOT;
      }
      if (!request(entry)) {
        return Integer.MAX_VALUE;
      }
    }
    Tiering.compile(this, entry);
    return Integer.MAX_VALUE;
  }

  /** Whether the caller is to have the entry compiled. */
  private boolean request(int entry) {
    if (requested.get(entry) || compilations[entry] >= MAX_COMPILATIONS) {
      return false;
    }
    requested.set(entry);
    compilations[entry]++;
    return true;
  }

  /** The compiled code for a consumer of a generator's values; counts where there is none. */
  @Nullable CompiledCode drained(int kind, int from) {
    CompiledCode c = DrainedCode.find(drained, kind, from);
    if (c == null && --drainCountdown < 0) {
      drainCountdown = Tiering.HOT;
      requestDrained(kind, from);
      // With jit=eager it is there now.
      c = DrainedCode.find(drained, kind, from);
    }
    return c;
  }

  private void requestDrained(int kind, int from) {
    DrainedCode wanted = new DrainedCode(code.unit, kind, from);
    synchronized (this) {
      for (DrainedCode d : drained) {
        if (d.kind == kind && d.from == from) {
          return;
        }
      }
      wanted.compilations = 1;
      DrainedCode[] more = java.util.Arrays.copyOf(drained, drained.length + 1);
      more[drained.length] = wanted;
      drained = more;
    }
    Tiering.compile(this, wanted);
  }

  /** Has a generator compiled together with a consumer; called by the compiler's thread. */
  void compile(Tier tier, DrainedCode what) {
    CompiledCode c =
        tier.compile(
            code, what.entry, what.kind, feedback(what.compilations == MAX_COMPILATIONS), this);
    if (c != null) {
      prepare(c, what.entry);
      c.drained = what;
      CompiledSupport.PUBLISH.setRelease(c);
      what.compiled = c;
    }
  }

  private Feedback feedback(boolean last) {
    boolean[] none = unguessed;
    if (last) {
      none = new boolean[base.length];
      java.util.Arrays.fill(none, true);
    }
    return new Feedback(base, none, needsFrame);
  }

  private void prepare(CompiledCode c, int entry) {
    c.deoptsAt = new short[base.length];
    c.tier = this;
    c.entry = entry;
  }

  /** Has an entry compiled; called by the compiler's thread. */
  void compile(Tier tier, int entry) {
    if (entry == FAST) {
      compileFast(tier);
      return;
    }
    boolean last;
    synchronized (this) {
      last = compilations[entry] == MAX_COMPILATIONS;
    }
    if (entry == 0 && compileFast(tier)) {
      return;
    }
    compileDelegates(tier);
    CompiledCode c = tier.compile(code, entry, -1, feedback(last), this);
    synchronized (this) {
      if (c == null) {
        return;
      }
      prepare(c, entry);
      CompiledSupport.PUBLISH.setRelease(c);
      live[entry] = new CompiledEntry(c, base[entry]);
      if (entry == 0) {
        code.entry = c;
      }
    }
  }

  /** Has the generators' first steps compiled to which this code delegates. */
  private void compileDelegates(Tier tier) {
    for (int pc = 0; pc + 1 < base.length; pc++) {
      if (op(pc + 1) == Opcode.GET_YIELD_FROM_ITER && base[pc] instanceof Profiled p) {
        PyCode callee = p.callee;
        if (callee != null && callee.startsGenerator()) {
          compileFast(tier, callee);
        }
      }
    }
  }

  /** Has the function compiled without a frame, if that can be. Called by the compiler's thread. */
  private boolean compileFast(Tier tier) {
    synchronized (this) {
      if (triedFast) {
        return installed() != null;
      }
      triedFast = true;
      compilingFast = true;
    }
    try {
      return compileFastNow(tier);
    } finally {
      compilingFast = false;
    }
  }

  /** Whether that is going on now, in this thread. */
  boolean isCompilingFast() {
    return compilingFast;
  }

  private static void compileFast(Tier tier, PyCode callee) {
    CodeTier t = callee.warmTier();
    if (t != null) {
      t.compileFast(tier);
    }
  }

  private boolean compileFastNow(Tier tier) {
    Feedback seen = feedback(false);
    for (int pc = 0; pc < base.length; pc++) {
      seen.callees(pc).forEach(callee -> compileFast(tier, callee));
      seen.behind(pc).forEach(callee -> compileFast(tier, callee));
    }
    Feedback feedback = feedback(false);
    FastCode c = tier.compileWithoutFrame(code, false, feedback, this);
    if (c == null) {
      return false;
    }
    prepare(c);
    if (code.unit.name.equals("__init__")) {
      FastCode fresh = tier.compileWithoutFrame(code, true, feedback, this);
      if (fresh != null) {
        prepare(fresh);
        c.fresh = fresh;
      }
    }
    CompiledSupport.PUBLISH.setRelease(c);
    install(c);
    return true;
  }

  private @Nullable FastCode installed() {
    return code.startsGenerator() ? code.started : code.fast;
  }

  private void install(@Nullable FastCode c) {
    if (code.startsGenerator()) {
      code.started = c;
    } else {
      code.fast = c;
    }
  }

  private void prepare(FastCode c) {
    c.leftAt = new short[base.length];
    c.tier = this;
    c.parameters = code.parameters();
  }

  /** Whether it is what runs now, as a function or as a constructor. */
  private boolean isCurrent(FastCode c) {
    FastCode fast = installed();
    return fast != null && (fast == c || fast.fresh == c);
  }

  /**
   * Code without a frame has been left.
   *
   * @param how a wrong guess, or what was rare, or has never been done before
   */
  void left(FastCode c, int pc, int how) {
    int limit =
        how == FastCode.GUESS
            ? MAX_DEOPTS_PER_GUESS
            : how == FastCode.COLD ? MAX_LEFT_COLD : MAX_LEFT;
    if (++c.leftAt[pc] < limit) {
      return;
    }
    if (limit == MAX_LEFT && c.isLeftSeldom(LEFT_WITHIN)) {
      return;
    }
    synchronized (this) {
      if (!isCurrent(c)) {
        return;
      }
      if (how == FastCode.GUESS) {
        unguessed[pc] = true;
      } else if (how == FastCode.AT || how == FastCode.THROWN) {
        needsFrame[pc] = true;
      }
      install(null);
      triedFast = ++fastCompilations >= MAX_FAST_COMPILATIONS;
      Tiering.log(
          "deoptimised",
          code,
          0,
          "without a frame, left at " + pc + " " + op(pc) + " (" + how + ")");
    }
    Tiering.compile(this, fastEntry());
  }

  /** What to have compiled to get code without a frame, or what is possible instead. */
  private int fastEntry() {
    return code.startsGenerator() ? FAST : 0;
  }

  private Opcode op(int pc) {
    return Opcode.of(code.unit.code[pc * CodeUnit.WORDS]);
  }

  /**
   * A guess of compiled code was wrong.
   *
   * @param pc the instruction that the interpreter does instead
   * @param guessed false if it has never been done before: then there are notes of it from now on,
   *     and the code is made anew with all its guesses
   */
  void deopted(CompiledCode c, int pc, boolean guessed) {
    c.deopts++;
    if (++c.deoptsAt[pc] < (guessed ? MAX_DEOPTS_PER_GUESS : MAX_LEFT_COLD)) {
      return;
    }
    if (c.drained != null) {
      deoptedDrained(c, c.drained, pc, guessed);
      return;
    }
    synchronized (this) {
      if (!(live[c.entry] instanceof CompiledEntry e) || e.compiled != c) {
        return;
      }
      unguessed[pc] |= guessed;
      live[c.entry] = base[c.entry];
      if (c.entry == 0) {
        code.entry = null;
      }
      requested.clear(c.entry);
      Tiering.log("deoptimised", code, c.entry, (guessed ? "wrong guesses at " : "began ") + pc);
      if (!guessed) {
        compilations[c.entry]--;
      }
      if (!request(c.entry)) {
        return;
      }
    }
    Tiering.compile(this, c.entry);
  }

  private void deoptedDrained(CompiledCode c, DrainedCode d, int pc, boolean guessed) {
    synchronized (this) {
      if (d.compiled != c) {
        return;
      }
      unguessed[pc] |= guessed;
      d.compiled = null;
      Tiering.log("deoptimised", code, c.entry, (guessed ? "wrong guesses at " : "began ") + pc);
      if (guessed && ++d.compilations > MAX_COMPILATIONS) {
        return;
      }
    }
    Tiering.compile(this, d);
  }

  /** The constants of code are those of shapes that are no longer met: it is made anew. */
  void outdated(CompiledCode c) {
    if (c.drained != null) {
      return;
    }
    synchronized (this) {
      if (!(live[c.entry] instanceof CompiledEntry e) || e.compiled != c) {
        return;
      }
      if (compilations[c.entry] >= MAX_COMPILATIONS - 1) {
        return;
      }
      compilations[c.entry]++;
      Tiering.log("outdated", code, c.entry, "other shapes");
    }
    Tiering.compile(this, c.entry);
  }

  void outdated(FastCode c) {
    synchronized (this) {
      if (!isCurrent(c) || ++fastCompilations >= MAX_FAST_COMPILATIONS) {
        return;
      }
      triedFast = false;
      Tiering.log("outdated", code, 0, "without a frame, other shapes");
    }
    Tiering.compile(this, fastEntry());
  }

  /** A piece of the code was left for an instruction, which may become the entry of another. */
  void left(int target) {
    short[] counts = leftFor;
    if (counts == null) {
      counts = new short[base.length];
      leftFor = counts;
    }
    if (counts[target] > Tiering.HOT_EXITS || ++counts[target] <= Tiering.HOT_EXITS) {
      return;
    }
    synchronized (this) {
      if (!request(target)) {
        return;
      }
    }
    Tiering.compile(this, target);
  }

  // ---- for the compiler

  @Override
  public Object define(byte[] classFile, Object[] constants) {
    return CompiledSupport.define(classFile, constants);
  }

  @Override
  public void defineEntry(String kinds, byte[] classFile) {
    CompiledSupport.defineEntry(kinds, classFile);
  }

  @Override
  public Object instruction(int pc) {
    Instr i = base[pc];
    return i instanceof Profiled p ? p.plain : i;
  }

  @Override
  public synchronized boolean isEntry(int pc) {
    return pc < base.length && requested.get(pc);
  }

  @Override
  public void log(String line) {
    Tiering.log(line);
  }

  @Override
  public boolean wantsListings() {
    return Tiering.LISTINGS;
  }
}
