package org.plait.runtime.interp;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyBaseObject;
import org.plait.runtime.object.PyObject;

/**
 * Who wants which events of PEP 669, and telling them. The events come from {@link Tracer}'s loop,
 * in which a frame runs only where somebody wants events of its code.
 *
 * <p>A set of events is an int, bit n standing for event n. Any thread may change what is wanted;
 * running frames notice at their next call or back-edge.
 */
public final class Monitoring {
  /** Tools with these numbers can be used. */
  public static final int TOOLS = 6;

  public static final int PY_START = 0;
  public static final int PY_RESUME = 1;
  public static final int PY_RETURN = 2;
  public static final int PY_YIELD = 3;
  public static final int CALL = 4;
  public static final int LINE = 5;
  public static final int INSTRUCTION = 6;
  public static final int JUMP = 7;
  public static final int BRANCH_LEFT = 8;
  public static final int BRANCH_RIGHT = 9;
  public static final int STOP_ITERATION = 10;
  public static final int RAISE = 11;
  public static final int EXCEPTION_HANDLED = 12;
  public static final int PY_UNWIND = 13;
  public static final int PY_THROW = 14;
  public static final int RERAISE = 15;
  public static final int C_RETURN = 16;
  public static final int C_RAISE = 17;
  public static final int BRANCH = 18;

  /** Number of events. */
  public static final int EVENTS = 19;

  /** Events below this number belong to a place in the code and can be disabled there. */
  public static final int LOCAL_EVENTS = 11;

  private static final String[] NAMES = {
    "PY_START",
    "PY_RESUME",
    "PY_RETURN",
    "PY_YIELD",
    "CALL",
    "LINE",
    "INSTRUCTION",
    "JUMP",
    "BRANCH_LEFT",
    "BRANCH_RIGHT",
    "STOP_ITERATION",
    "RAISE",
    "EXCEPTION_HANDLED",
    "PY_UNWIND",
    "PY_THROW",
    "RERAISE",
    "C_RETURN",
    "C_RAISE",
    "BRANCH"
  };

  /** What a callback returns to hear no more from this place. */
  public static final PyObject DISABLE = new PyBaseObject.Plain();

  /** The first argument of a call without any. */
  public static final PyObject MISSING = new PyBaseObject.Plain();

  /** What the tools of one interpreter want. */
  static final class State {
    private final AtomicIntegerArray global = new AtomicIntegerArray(TOOLS);
    private final AtomicReferenceArray<PyObject> callbacks =
        new AtomicReferenceArray<>(TOOLS * EVENTS);
    private final AtomicReferenceArray<PyObject> tools = new AtomicReferenceArray<>(TOOLS);

    /** All that {@link #global} holds. */
    private volatile int anyGlobal;

    /** Counts calls of {@link #restart}: what was disabled before counts no more. */
    private volatile int generation;

    /** Counts calls of {@link #clear} per tool: local events set before count no more. */
    private final AtomicIntegerArray toolVersion = new AtomicIntegerArray(TOOLS);
  }

  private Monitoring() {}

  private static State state() {
    return ThreadState.current().interpreter.monitoring;
  }

  /** Whether a tool wants to know something of all code. */
  public static boolean isWatchingAll() {
    return state().anyGlobal != 0;
  }

  /** Whether a tool is in use under its number: its name, or null. */
  public static @Nullable PyObject tool(int tool) {
    return state().tools.get(tool);
  }

  /** Takes a number for a tool; false if it is taken. */
  public static boolean use(int tool, PyObject name) {
    return state().tools.compareAndSet(tool, null, name);
  }

  /** Gives a tool's number back. */
  public static void free(int tool) {
    state().tools.set(tool, null);
  }

  /** What the tools want of one code object. */
  static final class Local {
    private final AtomicIntegerArray events = new AtomicIntegerArray(TOOLS);
    private final AtomicIntegerArray versions = new AtomicIntegerArray(TOOLS);
    private final Set<Long> disabled = ConcurrentHashMap.newKeySet();
    private volatile int disabledGeneration = state().generation;

    int events(int tool) {
      return versions.get(tool) == state().toolVersion.get(tool) ? events.get(tool) : 0;
    }

    private boolean isDisabled(int tool, int event, int pc) {
      int generation = state().generation;
      if (disabledGeneration != generation) {
        disabled.clear();
        disabledGeneration = generation;
      }
      return !disabled.isEmpty() && disabled.contains(key(tool, event, pc));
    }

    private static long key(int tool, int event, int pc) {
      return ((long) pc * EVENTS + event) * TOOLS + tool;
    }
  }

  // ---- what is wanted

  public static int events(int tool) {
    return state().global.get(tool);
  }

  public static void setEvents(int tool, int events) {
    State s = state();
    s.global.set(tool, events);
    int all = 0;
    for (int t = 0; t < TOOLS; t++) {
      all |= s.global.get(t);
    }
    s.anyGlobal = all;
    if (events != 0) {
      Tracer.arm();
    }
  }

  public static int localEvents(int tool, PyCode code) {
    Local l = code.monitors;
    return l == null ? 0 : l.events(tool);
  }

  public static void setLocalEvents(int tool, PyCode code, int events) {
    Local l = localOf(code);
    l.events.set(tool, events);
    l.versions.set(tool, state().toolVersion.get(tool));
    if (events != 0) {
      Tracer.arm();
    }
  }

  private static synchronized Local localOf(PyCode code) {
    Local l = code.monitors;
    if (l == null) {
      l = new Local();
      code.monitors = l;
    }
    return l;
  }

  /**
   * Sets a tool's callback, null for none; returns the one before. That of BRANCH is told of both
   * directions.
   */
  public static @Nullable PyObject setCallback(int tool, int event, @Nullable PyObject callback) {
    int first = tool * EVENTS;
    if (event == BRANCH) {
      replaceCallback(first + BRANCH, callback);
      replaceCallback(first + BRANCH_RIGHT, callback);
      return replaceCallback(first + BRANCH_LEFT, callback);
    }
    if (event == BRANCH_LEFT || event == BRANCH_RIGHT) {
      replaceCallback(first + BRANCH, null);
    }
    return replaceCallback(first + event, callback);
  }

  private static @Nullable PyObject replaceCallback(int index, @Nullable PyObject callback) {
    PyObject before = state().callbacks.getAndSet(index, callback);
    if (before != null && before != callback) {
      Finalization.letGo(before);
    }
    return before;
  }

  /** Forgets all that a tool wants. */
  public static void clear(int tool) {
    for (int e = 0; e < EVENTS; e++) {
      setCallback(tool, e, null);
    }
    setEvents(tool, 0);
    state().toolVersion.incrementAndGet(tool);
  }

  /** Turns on what callbacks have disabled. */
  public static synchronized void restart() {
    state().generation++;
  }

  /** Whether a frame of this code has to run in the loop with events. */
  static boolean wanted(PyCode code) {
    return state().anyGlobal != 0 || code.monitors != null && localUnion(code) != 0;
  }

  private static int localUnion(PyCode code) {
    Local l = code.monitors;
    int all = 0;
    if (l != null) {
      for (int t = 0; t < TOOLS; t++) {
        all |= l.events(t);
      }
    }
    return all;
  }

  /** The events wanted of a code object. */
  static int wantedEvents(PyCode code) {
    return state().anyGlobal | localUnion(code);
  }

  // ---- telling

  /**
   * Calls the tools that want an event. Exceptions are those of callbacks.
   *
   * @param control the event that switches this one on: CALL for C_RETURN and C_RAISE
   * @param args arguments of the callbacks
   */
  static void fire(ThreadState ts, PyCode code, int pc, int event, int control, PyObject... args) {
    State state = ts.interpreter.monitoring;
    for (int tool = 0; tool < TOOLS; tool++) {
      int wanted = state.global.get(tool);
      Local local = code.monitors;
      if (local != null) {
        wanted |= local.events(tool);
      }
      if ((wanted >> control & 1) == 0) {
        continue;
      }
      PyObject callback = state.callbacks.get(tool * EVENTS + event);
      if (callback == null || local != null && local.isDisabled(tool, event, pc)) {
        continue;
      }
      PyObject answer;
      ts.tracing++;
      try {
        answer = callback.call(args, null);
      } finally {
        ts.tracing--;
      }
      if (answer == DISABLE) {
        disable(code, pc, event, tool);
      }
    }
  }

  static void fire(ThreadState ts, PyCode code, int pc, int event, PyObject... args) {
    fire(ts, code, pc, event, event, args);
  }

  private static void disable(PyCode code, int pc, int event, int tool) {
    if (event >= LOCAL_EVENTS) {
      setCallback(tool, event, null);
      throw Errors.valueError("Cannot disable " + NAMES[event] + " events. Callback removed.");
    }
    Local l = localOf(code);
    l.isDisabled(tool, event, pc);
    l.disabled.add(Local.key(tool, event, pc));
    boolean branch = event == BRANCH_LEFT || event == BRANCH_RIGHT;
    if (branch && state().callbacks.get(tool * EVENTS + BRANCH) != null) {
      l.disabled.add(Local.key(tool, BRANCH_LEFT + BRANCH_RIGHT - event, pc));
    }
  }

  /** An instruction's number as Python counts. */
  static PyObject offset(int pc) {
    return Py.int_((long) pc * CodeAccess.UNIT);
  }

  /** The name of an event. */
  public static String name(int event) {
    return NAMES[event];
  }
}
