package org.plait.runtime.boot;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyBaseObject;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PySimpleNamespace;
import org.plait.runtime.types.PyStr;

/**
 * {@code sys.monitoring} (PEP 669): tools can register and name their callbacks. The interpreter
 * sends no events yet, so switching any on is refused; {@code sys.settrace} serves debuggers.
 */
@PyModuleDef(name = "sys.monitoring")
public final class SysMonitoringModule implements NativeModule {
  /** Tools with these numbers can be used; 6 and 7 belong to settrace and setprofile. */
  private static final int TOOLS = 6;

  private static final int EVENTS = 19;

  private static final AtomicReferenceArray<PyObject> NAMES = new AtomicReferenceArray<>(TOOLS);
  private static final AtomicReferenceArray<PyObject> CALLBACKS =
      new AtomicReferenceArray<>(TOOLS * EVENTS);

  @Override
  public NativeTable table() {
    return new SysMonitoringModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    m.add("DEBUGGER_ID", Py.int_(0));
    m.add("COVERAGE_ID", Py.int_(1));
    m.add("PROFILER_ID", Py.int_(2));
    m.add("OPTIMIZER_ID", Py.int_(5));
    m.add("DISABLE", new PyBaseObject.Plain());
    m.add("MISSING", new PyBaseObject.Plain());
    m.add("events", events());
  }

  private static PyObject events() {
    PySimpleNamespace n = new PySimpleNamespace();
    PyDict d = n.dict();
    d.putStr("BRANCH", Py.int_(262144));
    d.putStr("BRANCH_LEFT", Py.int_(256));
    d.putStr("BRANCH_RIGHT", Py.int_(512));
    d.putStr("CALL", Py.int_(16));
    d.putStr("C_RAISE", Py.int_(131072));
    d.putStr("C_RETURN", Py.int_(65536));
    d.putStr("EXCEPTION_HANDLED", Py.int_(4096));
    d.putStr("INSTRUCTION", Py.int_(64));
    d.putStr("JUMP", Py.int_(128));
    d.putStr("LINE", Py.int_(32));
    d.putStr("NO_EVENTS", Py.int_(0));
    d.putStr("PY_RESUME", Py.int_(2));
    d.putStr("PY_RETURN", Py.int_(4));
    d.putStr("PY_START", Py.int_(1));
    d.putStr("PY_THROW", Py.int_(16384));
    d.putStr("PY_UNWIND", Py.int_(8192));
    d.putStr("PY_YIELD", Py.int_(8));
    d.putStr("RAISE", Py.int_(2048));
    d.putStr("RERAISE", Py.int_(32768));
    d.putStr("STOP_ITERATION", Py.int_(1024));
    return n;
  }

  private static int tool(int id) {
    if (id < 0 || id >= TOOLS) {
      throw Errors.valueError("invalid tool " + id + " (must be between 0 and 5)");
    }
    return id;
  }

  private static int used(int id) {
    if (NAMES.get(tool(id)) == null) {
      throw Errors.valueError("tool " + id + " is not in use");
    }
    return id;
  }

  @PyFunction(name = "use_tool_id", sig = "(tool_id, name, /)")
  static void useToolId(int id, PyObject name) {
    tool(id);
    if (!(name instanceof PyStr)) {
      throw Errors.valueError("tool name must be a str");
    }
    if (!NAMES.compareAndSet(id, null, name)) {
      throw Errors.valueError("tool " + id + " is already in use");
    }
  }

  @PyFunction(name = "clear_tool_id", sig = "(tool_id, /)")
  static void clearToolId(int id) {
    tool(id);
    for (int i = 0; i < EVENTS; i++) {
      CALLBACKS.set(id * EVENTS + i, null);
    }
  }

  @PyFunction(name = "free_tool_id", sig = "(tool_id, /)")
  static void freeToolId(int id) {
    clearToolId(id);
    NAMES.set(id, null);
  }

  @PyFunction(name = "get_tool", sig = "(tool_id, /)")
  static PyObject getTool(int id) {
    return Py.orNone(NAMES.get(tool(id)));
  }

  @PyFunction(name = "register_callback", sig = "(tool_id, event, func, /)")
  static PyObject registerCallback(int id, int event, @Nullable PyObject func) {
    tool(id);
    int number = Integer.numberOfTrailingZeros(event);
    if (event <= 0 || Integer.bitCount(event) != 1) {
      throw Errors.valueError("The callback can only be set for one event at a time");
    }
    if (number >= EVENTS) {
      throw Errors.valueError("invalid event " + event);
    }
    return Py.orNone(CALLBACKS.getAndSet(id * EVENTS + number, func == Py.None ? null : func));
  }

  @PyFunction(name = "get_events", sig = "(tool_id, /)")
  static int getEvents(int id) {
    used(id);
    return 0;
  }

  @PyFunction(name = "set_events", sig = "(tool_id, event_set, /)")
  static void setEvents(int id, int events) {
    used(id);
    refuse(events);
  }

  @PyFunction(name = "get_local_events", sig = "(tool_id, code, /)")
  static int getLocalEvents(int id, PyObject code) {
    used(id);
    return 0;
  }

  @PyFunction(name = "set_local_events", sig = "(tool_id, code, event_set, /)")
  static void setLocalEvents(int id, PyObject code, int events) {
    used(id);
    refuse(events);
  }

  private static void refuse(int events) {
    if (events != 0) {
      throw Errors.notImplemented("sys.monitoring: the interpreter sends no events yet");
    }
  }

  @PyFunction(name = "restart_events", sig = "()")
  static void restartEvents() {}

  @PyFunction(name = "_all_events", sig = "()")
  static PyObject allEvents() {
    return new PyDict();
  }
}
