package org.plait.runtime.interp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.PyBuiltinFunction;
import org.plait.runtime.object.PyMethodDescriptor;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.types.PyBool;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyFloat;
import org.plait.runtime.types.PyFrozenSet;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyListIterator;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyRange;
import org.plait.runtime.types.PyRangeIterator;
import org.plait.runtime.types.PySet;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/**
 * What the interpreter saw of a code object's instructions since it became warm: sets of kinds of
 * values, as bits. Other threads go on adding to that while the compiler works, which walks over
 * the code several times and must find the same each time: so this is a copy of the notes, and
 * keeps the answers of what is asked of other places. It is made for one compilation, by the thread
 * that does it, and used by no other.
 */
public final class Feedback {
  /** An exact int that fits a Java long. */
  public static final int LONG = 1;

  /** An exact int that does not. */
  public static final int BIG = 1 << 1;

  public static final int FLOAT = 1 << 2;
  public static final int BOOL = 1 << 3;
  public static final int LIST = 1 << 4;
  public static final int TUPLE = 1 << 5;
  public static final int DICT = 1 << 6;
  public static final int STR = 1 << 7;
  public static final int RANGE_ITERATOR = 1 << 8;
  public static final int LIST_ITERATOR = 1 << 9;
  public static final int FUNCTION = 1 << 10;
  public static final int OTHER = 1 << 11;
  public static final int SET = 1 << 12;
  public static final int TYPE = 1 << 13;
  public static final int RANGE = 1 << 14;

  /** What is compared and added without Python code, and hashed. */
  public static final int PLAIN = LONG | BIG | FLOAT | BOOL | STR;

  /** A native callable that the compiler knows. */
  public enum Intrinsic {
    LEN,
    SQRT,
    APPEND,
    MAX,
    MIN
  }

  /** An instruction is rare that is done once where another is done so often. */
  private static final int RARE = 24;

  private final Instr[] base;
  private final boolean[] unguessed;

  private final boolean[] needsFrame;

  /** How often that instruction was done which was done most often. */
  private final int mostRuns;

  // Answers that might be others when asked again.

  private final Map<PyCode, Optional<String>> kinds = new IdentityHashMap<>();
  private final Map<PyCode, Boolean> frameless = new IdentityHashMap<>();
  private final Map<PyCode, Boolean> started = new IdentityHashMap<>();
  private final Map<Integer, Boolean> direct = new HashMap<>();
  private final Map<Integer, long[]> slots = new HashMap<>();
  private final Map<Integer, long[]> members = new HashMap<>();
  private final Map<Integer, long[]> firstStores = new HashMap<>();
  private final Map<Integer, Boolean> properties = new HashMap<>();
  private final Map<Integer, AttributeInstrs.MethodOfShape[]> methods = new HashMap<>();
  private final Map<Integer, Optional<PyMethodDescriptor>> builtinMethods = new HashMap<>();
  private final Map<Integer, Optional<GlobalCache>> globals = new HashMap<>();

  Feedback(Instr[] base, boolean[] unguessed, boolean[] needsFrame) {
    this.base = base.clone();
    this.unguessed = unguessed.clone();
    this.needsFrame = needsFrame.clone();
    int most = 0;
    for (int pc = 0; pc < base.length; pc++) {
      if (base[pc] instanceof Profiled p) {
        Profiled copy = p.snapshot();
        this.base[pc] = copy;
        most = Math.max(most, copy.runs);
      }
    }
    mostRuns = most;
  }

  static int kind(@Nullable PyObject o) {
    if (o == null) {
      return OTHER;
    }
    Class<?> c = o.getClass();
    if (c == PyInt.class) {
      return ((PyInt) o).isLong() ? LONG : BIG;
    }
    if (c == PyFloat.class) {
      return FLOAT;
    }
    if (c == PyBool.class) {
      return BOOL;
    }
    return c == PyList.class
        ? LIST
        : c == PyTuple.class
            ? TUPLE
            : c == PyDict.class
                ? DICT
                : c == PyStr.class
                    ? STR
                    : c == PyRangeIterator.class
                        ? RANGE_ITERATOR
                        : c == PyListIterator.class
                            ? LIST_ITERATOR
                            : c == PyFunction.class
                                ? FUNCTION
                                : c == PySet.class || c == PyFrozenSet.class
                                    ? SET
                                    : c == PyRange.class
                                        ? RANGE
                                        : o instanceof PyType ? TYPE : OTHER;
  }

  private @Nullable Profiled at(int pc) {
    return base[pc] instanceof Profiled p ? p : null;
  }

  /** Kinds of the first value operand; 0 when the instruction never ran. */
  public int left(int pc) {
    Profiled p = at(pc);
    return p == null ? 0 : p.leftKinds;
  }

  /** Kinds of the second value operand. */
  public int right(int pc) {
    Profiled p = at(pc);
    return p == null ? 0 : p.rightKinds;
  }

  /** Kinds of the result. */
  public int result(int pc) {
    Profiled p = at(pc);
    return p == null ? 0 : p.resultKinds;
  }

  /** The code of the Python function that a call always calls, or null. */
  public @Nullable PyCode callee(int pc) {
    Profiled p = at(pc);
    return p == null || p.manyCallees || p.leftKinds != FUNCTION ? null : p.callee;
  }

  /** The codes of the Python functions that a call has called. */
  public List<PyCode> callees(int pc) {
    Profiled p = at(pc);
    if (p == null || p.callee == null) {
      return List.of();
    }
    List<PyCode> all = new ArrayList<>(List.of(p.otherCallees));
    all.add(p.callee);
    return all;
  }

  /** Kinds of the arguments that the function was called with; empty when that is not known. */
  public int[] arguments() {
    for (Instr i : base) {
      if (i instanceof Profiled p && p.argumentKinds.length != 0) {
        return p.argumentKinds.clone();
      }
    }
    return new int[0];
  }

  /** Whether all functions that a call has called have code without a frame. */
  public boolean runWithoutFrame(int pc) {
    return direct.computeIfAbsent(
        pc,
        x -> {
          List<PyCode> all = callees(pc);
          return !all.isEmpty()
              && all.stream()
                  .allMatch(c -> c.fast != null && c.plainArgs <= FastCode.MAX_ARGUMENTS);
        });
  }

  /** The {@link FastCode#kinds} of a function's code, or null. */
  public @Nullable String kinds(PyCode callee) {
    return kinds
        .computeIfAbsent(
            callee,
            x -> {
              FastCode fast = callee.startsGenerator() ? callee.started : callee.fast;
              return fast == null ? Optional.empty() : Optional.ofNullable(fast.kinds());
            })
        .orElse(null);
  }

  /** The codes that a call has run of methods and constructors that are values. */
  public List<PyCode> behind(int pc) {
    Profiled p = at(pc);
    return p == null ? List.of() : List.of(p.behind);
  }

  /** Whether CALL_METHOD has called what is no method. */
  public boolean calledWithoutSelf(int pc) {
    Profiled p = at(pc);
    return p != null && p.withoutSelf;
  }

  /** Whether a call may go through {@link Quiet}. */
  public boolean isQuiet(int pc) {
    Profiled p = at(pc);
    return p != null && !p.noisy;
  }

  /** Whether it is known that an instruction has not been done since notes are taken. */
  public boolean neverRan(int pc) {
    Profiled p = at(pc);
    return p != null && p.runs == 0;
  }

  /** The same of all instructions from one on, as far as notes are taken of them. */
  public boolean neverRan(int from, int to) {
    boolean noted = false;
    for (int pc = from; pc < to; pc++) {
      Profiled p = at(pc);
      if (p != null && p.runs != 0) {
        return false;
      }
      noted |= p != null;
    }
    return noted;
  }

  /** Whether an instruction has been done much less often than others of its code. */
  public boolean isRare(int pc) {
    Profiled p = at(pc);
    return p != null && (long) p.runs * RARE < mostRuns;
  }

  /** Whether code without a frame was left at this instruction too often. */
  public boolean needsFrame(int pc) {
    return needsFrame[pc];
  }

  /** Whether a function has, or will have, code that needs no frame; or is too cold to tell. */
  public boolean mayRunWithoutFrame(PyCode callee) {
    return frameless.computeIfAbsent(
        callee,
        x -> {
          if (callee.fast != null) {
            return true;
          }
          if (callee.startsGenerator()) {
            return false;
          }
          CodeTier t = callee.warmTier();
          return t == null || t.isCompilingFast();
        });
  }

  /**
   * Whether the first step of the generators that a function makes has, or will have, code that
   * needs no frame.
   */
  public boolean mayStartWithoutFrame(PyCode generator) {
    return generator.startsGenerator()
        && started.computeIfAbsent(
            generator,
            x -> {
              CodeTier t = generator.warmTier();
              return generator.started != null || t != null && t.isCompilingFast();
            });
  }

  /** Whether most generators of this code end in their first step, without having yielded. */
  public boolean yieldsSeldom() {
    int starts = 0;
    int values = 0;
    for (Instr i : base) {
      if (i instanceof Profiled p) {
        starts += p.plain instanceof BasicInstrs.Resume ? p.runs : 0;
        boolean yields =
            p.plain instanceof GeneratorInstrs.YieldValue
                || p.plain instanceof GeneratorInstrs.YieldDelegate;
        values += yields ? p.runs : 0;
      }
    }
    return values <= starts / 2;
  }

  /** Whether it is a native callable that notes are taken of: it keeps nothing alive. */
  static boolean isNative(@Nullable PyObject x) {
    return x instanceof PyMethodDescriptor
        || x instanceof PyType t && !t.isHeap()
        || x instanceof PyBuiltinFunction f && f.self() instanceof PyModule;
  }

  /** The native callable that a call always calls, or null. */
  public @Nullable PyObject nativeCallee(int pc) {
    Profiled p = at(pc);
    return p == null || p.manyCallees || p.callee != null ? null : p.nativeCallee;
  }

  /** What a native callable is to the compiler, or null when it knows nothing of it. */
  public static @Nullable Intrinsic intrinsic(@Nullable PyObject callee) {
    if (callee instanceof PyBuiltinFunction f) {
      if (!(f.self() instanceof PyModule)) {
        return null;
      }
      return switch (f.def().table.moduleName() + "." + f.def().name) {
        case "builtins.len" -> Intrinsic.LEN;
        case "builtins.max" -> Intrinsic.MAX;
        case "builtins.min" -> Intrinsic.MIN;
        case "math.sqrt" -> Intrinsic.SQRT;
        default -> null;
      };
    }
    return callee instanceof PyMethodDescriptor d
            && d.objclass() == PyList.TYPE
            && d.name().equals("append")
        ? Intrinsic.APPEND
        : null;
  }

  /**
   * The test in {@code CompiledSupport} for the only argument of a built-in function with which
   * that runs no Python code; null if there is none.
   */
  public @Nullable String plainArgument(PyObject callee) {
    if (!(callee instanceof PyBuiltinFunction f)
        || !f.def().table.moduleName().equals("builtins")) {
      return null;
    }
    return switch (f.def().name) {
      case "max", "min", "sum" -> "isListOfNumbers";
      case "abs", "ord", "chr", "hash", "repr" -> "isPlain";
      default -> null;
    };
  }

  private Instr plain(int pc) {
    return base[pc] instanceof Profiled p ? p.plain : base[pc];
  }

  /**
   * Where LOAD_ATTR or STORE_ATTR finds the attribute: stamps of shapes and slots, alternating;
   * negative slots are those of wide instances that others have elsewhere. Empty when something
   * else was met, too.
   */
  public long[] slots(int pc) {
    return slots.computeIfAbsent(
        pc,
        x ->
            switch (plain(pc)) {
              case AttributeInstrs.LoadAttr i -> i.slots();
              case AttributeInstrs.StoreAttr i -> i.slots();
              default -> new long[0];
            });
  }

  /** As {@link #slots}, where STORE_ATTR stores an attribute of {@code __slots__}. */
  public long[] members(int pc) {
    return members.computeIfAbsent(
        pc, x -> plain(pc) instanceof AttributeInstrs.StoreAttr i ? i.members() : new long[0]);
  }

  /**
   * What STORE_ATTR does where it gives an instance a further attribute: stamps of the shapes
   * before and behind it and slots as those of {@link #slots}, one after the other.
   */
  public long[] firstStores(int pc) {
    return firstStores.computeIfAbsent(
        pc, x -> plain(pc) instanceof AttributeInstrs.StoreAttr i ? i.firstStores() : new long[0]);
  }

  /** Whether LOAD_ATTR has found a property. */
  public boolean isProperty(int pc) {
    return properties.computeIfAbsent(
        pc, x -> plain(pc) instanceof AttributeInstrs.LoadAttr i && i.isProperty());
  }

  /** Adds what LOAD_METHOD finds: by the stamp of the shape, an object that has the function. */
  public void methods(int pc, ObjLongConsumer<Object> add) {
    if (plain(pc) instanceof AttributeInstrs.LoadMethod i) {
      for (AttributeInstrs.MethodOfShape m : methods.computeIfAbsent(pc, x -> i.methods())) {
        add.accept(m, m.stamp);
      }
    }
  }

  /** The method of a built-in class that LOAD_METHOD always finds, or null. */
  public @Nullable PyMethodDescriptor builtinMethod(int pc) {
    return builtinMethods
        .computeIfAbsent(
            pc,
            x ->
                plain(pc) instanceof AttributeInstrs.LoadMethod i
                        && i.builtinMethod() instanceof PyMethodDescriptor d
                    ? Optional.of(d)
                    : Optional.empty())
        .orElse(null);
  }

  /** Where LOAD_GLOBAL has found its name, or null. */
  public @Nullable Object global(int pc) {
    return globals
        .computeIfAbsent(
            pc,
            x ->
                plain(pc) instanceof BasicInstrs.LoadGlobal i && mayGuess(pc)
                    ? Optional.ofNullable(i.cache())
                    : Optional.empty())
        .orElse(null);
  }

  /** Whether guesses at this instruction were wrong too often. */
  public boolean mayGuess(int pc) {
    return !unguessed[pc];
  }
}
