package org.plait.modules.profiling;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.interp.Unraisable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyBuiltinFunction;
import org.plait.runtime.object.PyMethodDescriptor;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStructSequence;
import org.plait.sched.Clock;
import org.plait.sched.PlaitThread;

/**
 * {@code _lsprof.Profiler}: a tool of {@code sys.monitoring} that counts and times calls. Each
 * thread has a record of its own, so that what threads do at once is not taken for recursion.
 */
@PyTypeDef(
    name = "Profiler",
    module = "_lsprof",
    subclassable = true,
    flags = {TypeFlag.WEAKREF},
    doc =
        "Counts the calls of functions and times them.\n\n"
            + "timer is what is asked for the time instead of the system's clock; if it answers\n"
            + "with integers, timeunit says how many seconds one is. subcalls also counts by\n"
            + "caller, builtins also counts functions that are not written in Python.")
public class PyProfiler extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyProfilerTable.INSTANCE);

  public static final PyStructSequence.Kind ENTRY =
      new PyStructSequence.Kind(
          "_lsprof",
          "profiler_entry",
          true,
          6,
          "code",
          "callcount",
          "reccallcount",
          "totaltime",
          "inlinetime",
          "calls");

  public static final PyStructSequence.Kind SUBENTRY =
      new PyStructSequence.Kind(
          "_lsprof",
          "profiler_subentry",
          true,
          5,
          "code",
          "callcount",
          "reccallcount",
          "totaltime",
          "inlinetime");

  /** {@code sys.monitoring.PROFILER_ID}. */
  private static final PyObject TOOL = Py.int_(2);

  /** The events and who takes them. */
  private static final Map<Integer, String> CALLBACKS = new LinkedHashMap<>();

  static {
    CALLBACKS.put(1, "_pystart_callback"); // PY_START
    CALLBACKS.put(2, "_pystart_callback"); // PY_RESUME
    CALLBACKS.put(1 << 14, "_pythrow_callback"); // PY_THROW
    CALLBACKS.put(4, "_pyreturn_callback"); // PY_RETURN
    CALLBACKS.put(8, "_pyreturn_callback"); // PY_YIELD
    CALLBACKS.put(1 << 13, "_pyreturn_callback"); // PY_UNWIND
    CALLBACKS.put(16, "_ccall_callback"); // CALL
    CALLBACKS.put(1 << 16, "_creturn_callback"); // C_RETURN
    CALLBACKS.put(1 << 17, "_creturn_callback"); // C_RAISE
  }

  private final Map<Long, ThreadCalls> threads = new ConcurrentHashMap<>();
  private volatile @Nullable PyObject timer;
  private volatile double timeUnit;
  private volatile boolean subcalls = true;
  private volatile boolean builtins = true;
  private volatile boolean enabled;

  /** The thread that asks {@link #timer}, or 0. */
  private volatile long timing;

  /** {@code sys.monitoring.MISSING}, once enabled. */
  private volatile @Nullable PyObject missing;

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "!(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return cls == TYPE ? new PyProfiler() : new PyProfilerDerived(cls);
  }

  @PyMethod(name = "__init__", sig = "(timer=None, timeunit=0.0, subcalls=True, builtins=True)")
  void init(PyObject timer, double timeunit, boolean subcalls, boolean builtins) {
    this.timer = timer == Py.None ? null : timer;
    this.timeUnit = timeunit;
    this.subcalls = subcalls;
    this.builtins = builtins;
  }

  // ---- switching

  private static PyObject monitoring() {
    return PyObjects.getAttr(Imports.importModule("sys"), "monitoring");
  }

  @PyMethod(
      sig = "(subcalls=True, builtins=True)",
      doc =
          "Begins to collect.\n\n"
              + "subcalls: also count by caller. builtins: also count functions that are not\n"
              + "written in Python.")
  void enable(boolean subcalls, boolean builtins) {
    this.subcalls = subcalls;
    this.builtins = builtins;
    PyObject monitoring = monitoring();
    try {
      PyCalls.callMethod(monitoring, "use_tool_id", TOOL, Py.str("cProfile"));
    } catch (PyException e) {
      throw Errors.valueError("Another profiling tool is already active");
    }
    missing = PyObjects.getAttr(monitoring, "MISSING");
    int all = 0;
    for (Map.Entry<Integer, String> e : CALLBACKS.entrySet()) {
      PyObject callback = PyObjects.getAttr(this, e.getValue());
      PyCalls.callMethod(monitoring, "register_callback", TOOL, Py.int_(e.getKey()), callback);
      all |= e.getKey();
    }
    enabled = true;
    PyCalls.callMethod(monitoring, "set_events", TOOL, Py.int_(all));
  }

  @PyMethod(sig = "()", doc = "Ends collecting; calls that are not over end now.")
  void disable() {
    refuseInTimer("disable");
    if (!enabled) {
      return;
    }
    enabled = false;
    PyObject monitoring = monitoring();
    for (int event : CALLBACKS.keySet()) {
      PyCalls.callMethod(monitoring, "register_callback", TOOL, Py.int_(event), Py.None);
    }
    PyCalls.callMethod(monitoring, "set_events", TOOL, Py.int_(0));
    PyCalls.callMethod(monitoring, "free_tool_id", TOOL);
    long now = time();
    threads.values().forEach(t -> t.leaveAll(now));
  }

  @PyMethod(sig = "()", doc = "Forgets all that was collected.")
  void clear() {
    refuseInTimer("clear");
    threads.values().forEach(ThreadCalls::clear);
    threads.clear();
  }

  private void refuseInTimer(String what) {
    if (timing == PlaitThread.current().ident()) {
      throw Errors.runtimeError("cannot " + what + " profiler in external timer");
    }
  }

  // ---- events

  @PyMethod(name = "_pystart_callback", sig = "(code, instruction_offset, /)")
  void pystart(PyObject code, PyObject offset) {
    enter(code, code);
  }

  @PyMethod(name = "_pythrow_callback", sig = "(code, instruction_offset, exception, /)")
  void pythrow(PyObject code, PyObject offset, PyObject exception) {
    enter(code, code);
  }

  @PyMethod(name = "_pyreturn_callback", sig = "(code, instruction_offset, retval, /)")
  void pyreturn(PyObject code, PyObject offset, PyObject result) {
    leave(code);
  }

  @PyMethod(name = "_ccall_callback", sig = "(code, instruction_offset, callable, self_arg, /)")
  void ccall(PyObject code, PyObject offset, PyObject callable, PyObject self) {
    Object key = builtins ? keyOf(callable, self) : null;
    if (key != null) {
      enter(key, callable);
    }
  }

  @PyMethod(name = "_creturn_callback", sig = "(code, instruction_offset, callable, self_arg, /)")
  void creturn(PyObject code, PyObject offset, PyObject callable, PyObject self) {
    Object key = builtins ? keyOf(callable, self) : null;
    if (key != null) {
      leave(key);
    }
  }

  /** What calls of a native function are counted under; null if it is none. */
  private @Nullable Object keyOf(PyObject callable, PyObject self) {
    return switch (callable) {
      case PyBuiltinFunction f -> f.def();
      case PyMethodDescriptor d when self != missing -> d.def();
      default -> null;
    };
  }

  private ThreadCalls mine() {
    return threads.computeIfAbsent(PlaitThread.current().ident(), id -> new ThreadCalls());
  }

  private void enter(Object key, PyObject callable) {
    ThreadCalls calls = mine();
    if (!calls.knows(key)) {
      calls.introduce(key, shown(callable));
    }
    calls.enter(key, subcalls);
    calls.started(time());
  }

  private void leave(Object key) {
    ThreadCalls calls = threads.get(PlaitThread.current().ident());
    if (calls != null) {
      calls.leave(key, time());
    }
  }

  // Compare CPython normalizeUserObj in _lsprof.c.
  /** A code object as it is, a native function by a text that says where it is from. */
  private static PyObject shown(PyObject callable) {
    if (callable instanceof PyMethodDescriptor d) {
      return PyObjects.repr(d);
    }
    if (!(callable instanceof PyBuiltinFunction f)) {
      return callable;
    }
    PyObject self = f.self();
    if (self instanceof PyModule) {
      PyObject module = PyObjects.getOptionalAttr(self, "__name__");
      return Py.str("<built-in method " + (module == null ? "" : module + ".") + f.name() + ">");
    }
    PyObject method = self.type().lookup(f.name());
    return method == null ? Py.str("<built-in method " + f.name() + ">") : PyObjects.repr(method);
  }

  // ---- time

  private long time() {
    PyObject t = timer;
    if (t == null) {
      return Clock.nanoTime();
    }
    timing = PlaitThread.current().ident();
    try {
      PyObject now = t.call0();
      return timeUnit > 0
          ? PyNumbers.asLong(now, Exceptions.OverflowError)
          : (long) (PyNumbers.asDouble(now) * 1e9);
    } catch (PyException e) {
      Unraisable.reportAbout(e.value, "Exception ignored while calling _lsprof timer", t);
      return 0;
    } finally {
      timing = 0;
    }
  }

  @PyMethod(
      sig = "()",
      doc =
          "What was collected, a list of profiler_entry.\n\n"
              + "Each has the code object (or a text for what is not written in Python), how\n"
              + "often it was called, how often of these by itself, the seconds with and without\n"
              + "what it called, and calls, a list of profiler_subentry: the same for each\n"
              + "function that it called, or None.")
  PyObject getstats() {
    double factor = timer == null || timeUnit == 0 ? 1e-9 : timeUnit;
    Map<Object, ThreadCalls.Function> all = new LinkedHashMap<>();
    threads.values().forEach(t -> t.addTo(all));
    List<PyObject> entries = new ArrayList<>();
    for (ThreadCalls.Function f : all.values()) {
      if (f.calls != 0) {
        entries.add(entry(f, factor));
      }
    }
    return PyList.of(entries.toArray(PyObject[]::new));
  }

  private static PyObject entry(ThreadCalls.Function f, double factor) {
    List<PyObject> calls = new ArrayList<>();
    for (ThreadCalls.Sums s : f.callees.values()) {
      calls.add(
          SUBENTRY.make(
              s.shown,
              Py.int_(s.calls),
              Py.int_(s.recursiveCalls),
              Py.float_(s.total * factor),
              Py.float_(s.own * factor)));
    }
    return ENTRY.make(
        f.shown,
        Py.int_(f.calls),
        Py.int_(f.recursiveCalls),
        Py.float_(f.total * factor),
        Py.float_(f.own * factor),
        calls.isEmpty() ? Py.None : PyList.of(calls.toArray(PyObject[]::new)));
  }
}
