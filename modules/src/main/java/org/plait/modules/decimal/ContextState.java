package org.plait.modules.decimal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyStr;

/**
 * The state of a {@code Context}. Threads may share one: an operation reads the rules once, so that
 * it never sees half of a change; flags are only ever added to, by one atomic operation, and only
 * where one of them is not set yet; each setter is atomic.
 */
abstract class ContextState extends PyObject {
  static final String[] ROUNDINGS = {
    "ROUND_UP",
    "ROUND_DOWN",
    "ROUND_CEILING",
    "ROUND_FLOOR",
    "ROUND_HALF_UP",
    "ROUND_HALF_DOWN",
    "ROUND_HALF_EVEN",
    "ROUND_05UP"
  };

  private static final VarHandle RULES;
  private static final VarHandle FLAGS;
  private static final VarHandle TRAPS;
  private static final VarHandle SIGNALS;

  static {
    try {
      MethodHandles.Lookup l = MethodHandles.lookup();
      RULES = l.findVarHandle(ContextState.class, "rules", Rules.class);
      FLAGS = l.findVarHandle(ContextState.class, "flags", int.class);
      TRAPS = l.findVarHandle(ContextState.class, "traps", int.class);
      SIGNALS = MethodHandles.arrayElementVarHandle(PySignalDict[].class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile Rules rules;
  private int flags;
  private int traps;
  private volatile boolean capitals;

  /** The mappings {@code flags} and {@code traps}, made at first need. */
  private final @Nullable PySignalDict[] signals = new PySignalDict[2];

  ContextState(Rules rules, boolean capitals, int flags, int traps) {
    this.rules = rules;
    this.capitals = capitals;
    this.flags = flags;
    this.traps = traps;
  }

  final Rules rules() {
    return rules;
  }

  final boolean capitals() {
    return capitals;
  }

  final int flags() {
    return (int) FLAGS.getOpaque(this);
  }

  final int traps() {
    return (int) TRAPS.getOpaque(this);
  }

  // ---- signals

  /** What an operation gives: the result, or the exception of what it signals and is trapped. */
  final PyDecimal finish(PyDecimal x, Status st) {
    if (st.bits != 0) {
      signal(st.bits);
    }
    return x;
  }

  /** Sets flags; raises those that are trapped. */
  final void signal(int bits) {
    flag(bits);
    int trapped = bits & (traps() | Status.MALLOC_ERROR);
    if (trapped != 0) {
      throw Signals.exception(trapped);
    }
  }

  /** Sets flags. */
  final void flag(int bits) {
    if ((flags() & bits) != bits) {
      FLAGS.getAndBitwiseOr(this, bits);
    }
  }

  /** Sets or clears some flags or traps. */
  final void change(boolean ofTraps, int mask, boolean set) {
    VarHandle v = ofTraps ? TRAPS : FLAGS;
    if (set) {
      v.getAndBitwiseOr(this, mask);
    } else {
      v.getAndBitwiseAnd(this, ~mask);
    }
  }

  final void setAll(boolean ofTraps, int bits) {
    (ofTraps ? TRAPS : FLAGS).setVolatile(this, bits);
  }

  final PySignalDict signals(boolean ofTraps) {
    int i = ofTraps ? 1 : 0;
    PySignalDict d = (PySignalDict) SIGNALS.getAcquire(signals, i);
    if (d == null) {
      d = Contexts.signals((PyDecimalContext) this, ofTraps);
      if (!SIGNALS.compareAndSet(signals, i, null, d)) {
        d = (PySignalDict) SIGNALS.getAcquire(signals, i);
      }
    }
    return d;
  }

  // ---- changing

  private void update(UnaryOperator<Rules> change) {
    Rules before;
    do {
      before = rules;
    } while (!RULES.compareAndSet(this, before, change.apply(before)));
  }

  static long ssize(PyObject o) {
    if (!(o instanceof PyInt i)) {
      throw Errors.typeError("an integer is required");
    }
    if (!i.isLong()) {
      throw Errors.overflowError("Python int too large to convert to C ssize_t");
    }
    return i.longValue();
  }

  private static long inRange(PyObject o, long low, long high, String message) {
    long v = ssize(o);
    if (v < low || v > high) {
      throw Errors.valueError(message);
    }
    return v;
  }

  private static PyObject present(@Nullable PyObject value) {
    if (value == null) {
      throw cannotDelete();
    }
    return value;
  }

  static RuntimeException cannotDelete() {
    return Errors.of(Exceptions.AttributeError, "context attributes cannot be deleted");
  }

  final void setPrec(@Nullable PyObject value) {
    long v = inRange(present(value), 1, Rules.MAX_PREC, "valid range for prec is [1, MAX_PREC]");
    update(r -> r.withPrec(v));
  }

  final void setEmax(@Nullable PyObject value) {
    long v = inRange(present(value), 0, Rules.MAX_EMAX, "valid range for Emax is [0, MAX_EMAX]");
    update(r -> new Rules(r.prec, r.emin, v, r.rounding, r.clamp));
  }

  final void setEmin(@Nullable PyObject value) {
    long v = inRange(present(value), Rules.MIN_EMIN, 0, "valid range for Emin is [MIN_EMIN, 0]");
    update(r -> new Rules(r.prec, v, r.emax, r.rounding, r.clamp));
  }

  final void setRounding(@Nullable PyObject value) {
    int mode = rounding(present(value));
    update(r -> r.withRounding(mode));
  }

  final void setClamp(@Nullable PyObject value) {
    boolean v = inRange(present(value), 0, 1, "valid values for clamp are 0 or 1") != 0;
    update(r -> new Rules(r.prec, r.emin, r.emax, r.rounding, v));
  }

  final void setCapitals(@Nullable PyObject value) {
    capitals = inRange(present(value), 0, 1, "valid values for capitals are 0 or 1") != 0;
  }

  /** The number of a rounding mode. */
  static int rounding(PyObject o) {
    if (o instanceof PyStr s) {
      for (int i = 0; i < ROUNDINGS.length; i++) {
        if (s.equalTo(ROUNDINGS[i])) {
          return i;
        }
      }
    }
    throw Errors.typeError(
        "valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n"
            + "   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]");
  }

  /** Sets flags or traps from a mapping. */
  final void setSignals(boolean ofTraps, @Nullable PyObject value) {
    setAll(ofTraps, ofMapping(present(value)));
  }

  private static int ofMapping(PyObject o) {
    if (o instanceof PySignalDict d) {
      return d.bits();
    }
    if (o instanceof PyDict d) {
      return PySignalDict.of(d);
    }
    throw Errors.typeError("argument must be a signal dict");
  }

  /** Sets flags or traps from a mapping or a list of signals. */
  final void setSignalsOrList(boolean ofTraps, PyObject value) {
    if (!(value instanceof PyList l)) {
      setSignals(ofTraps, value);
      return;
    }
    int bits = 0;
    for (PyObject o : l.toArray()) {
      Signals s = Signals.of(o);
      if (s == null) {
        throw PySignalDict.noSignal();
      }
      bits |= s.mask;
    }
    setAll(ofTraps, bits);
  }

  /** Sets what was given and is not None. */
  final void setGiven(
      @Nullable PyObject prec,
      @Nullable PyObject rounding,
      @Nullable PyObject emin,
      @Nullable PyObject emax,
      @Nullable PyObject caps,
      @Nullable PyObject clamp,
      @Nullable PyObject flagged,
      @Nullable PyObject trapped) {
    if (isGiven(prec)) {
      setPrec(prec);
    }
    if (isGiven(rounding)) {
      setRounding(rounding);
    }
    if (isGiven(emin)) {
      setEmin(emin);
    }
    if (isGiven(emax)) {
      setEmax(emax);
    }
    if (isGiven(caps)) {
      setCapitals(caps);
    }
    if (isGiven(clamp)) {
      setClamp(clamp);
    }
    if (isGiven(flagged)) {
      setSignalsOrList(false, flagged);
    }
    if (isGiven(trapped)) {
      setSignalsOrList(true, trapped);
    }
  }

  private static boolean isGiven(@Nullable PyObject o) {
    return o != null && o != Py.None;
  }

  final void assign(ContextState o) {
    rules = o.rules;
    capitals = o.capitals;
    setAll(false, o.flags());
    setAll(true, o.traps());
  }

  final PyDecimalContext copyOf(int newFlags) {
    return new PyDecimalContext(rules, capitals, newFlags, traps());
  }

  // ---- operations with the current rules

  /** An operation on one number. */
  interface Unary {
    PyDecimal apply(PyDecimal a, Rules r, Status st);
  }

  /** An operation on two numbers. */
  interface Binary {
    PyDecimal apply(PyDecimal a, PyDecimal b, Rules r, Status st);
  }

  final PyDecimal run(Unary f, PyDecimal a) {
    Status st = new Status();
    return finish(f.apply(a, rules, st), st);
  }

  final PyDecimal run(Binary f, PyDecimal a, PyDecimal b) {
    Status st = new Status();
    return finish(f.apply(a, b, rules, st), st);
  }

  final PyDecimal runRounding(Unary f, PyDecimal a, int mode) {
    Status st = new Status();
    return finish(f.apply(a, rules.withRounding(mode), st), st);
  }
}
