package org.plait.runtime.boot;

import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.interp.Audit;
import org.plait.runtime.interp.Monitoring;
import org.plait.runtime.interp.PyCode;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PySimpleNamespace;
import org.plait.runtime.types.PyStr;

/** {@code sys.monitoring} (PEP 669). The state and the events are {@link Monitoring}'s. */
@PyModuleDef(name = "sys.monitoring")
public final class SysMonitoringModule implements NativeModule {
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
    m.add("DISABLE", Monitoring.DISABLE);
    m.add("MISSING", Monitoring.MISSING);
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
    if (id < 0 || id >= Monitoring.TOOLS) {
      throw Errors.valueError("invalid tool " + id + " (must be between 0 and 5)");
    }
    return id;
  }

  private static int used(int id) {
    if (Monitoring.tool(tool(id)) == null) {
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
    if (!Monitoring.use(id, name)) {
      throw Errors.valueError("tool " + id + " is already in use");
    }
  }

  @PyFunction(name = "clear_tool_id", sig = "(tool_id, /)")
  static void clearToolId(int id) {
    if (Monitoring.tool(tool(id)) != null) {
      Monitoring.clear(id);
    }
  }

  @PyFunction(name = "free_tool_id", sig = "(tool_id, /)")
  static void freeToolId(int id) {
    clearToolId(id);
    Monitoring.free(id);
  }

  @PyFunction(name = "get_tool", sig = "(tool_id, /)")
  static PyObject getTool(int id) {
    return Py.orNone(Monitoring.tool(tool(id)));
  }

  @PyFunction(name = "register_callback", sig = "(tool_id, event, func, /)")
  static PyObject registerCallback(int id, int event, PyObject func) {
    tool(id);
    if (event <= 0 || Integer.bitCount(event) != 1) {
      throw Errors.valueError("The callback can only be set for one event at a time");
    }
    int number = Integer.numberOfTrailingZeros(event);
    if (number >= Monitoring.EVENTS) {
      throw Errors.valueError("invalid event " + event);
    }
    Audit.raise("sys.monitoring.register_callback", func);
    PyObject callback = func == Py.None ? null : func;
    return Py.orNone(Monitoring.setCallback(id, number, callback));
  }

  @PyFunction(name = "get_events", sig = "(tool_id, /)")
  static int getEvents(int id) {
    return Monitoring.events(tool(id));
  }

  @PyFunction(name = "set_events", sig = "(tool_id, event_set, /)")
  static void setEvents(int id, int events) {
    tool(id);
    if (events < 0 || events >= 1 << Monitoring.EVENTS) {
      throw Errors.valueError("invalid event set 0x" + Integer.toHexString(events));
    }
    int set = normalized(events);
    Monitoring.setEvents(used(id), set);
  }

  /** C_RETURN and C_RAISE come with CALL; BRANCH means both directions. */
  private static int normalized(int events) {
    int set = events;
    int c = 1 << Monitoring.C_RETURN | 1 << Monitoring.C_RAISE;
    if ((set & c) != 0) {
      int all = c | 1 << Monitoring.CALL;
      if ((set & all) != all) {
        throw Errors.valueError("cannot set C_RETURN or C_RAISE events independently");
      }
      set &= ~c;
    }
    if ((set & 1 << Monitoring.BRANCH) != 0) {
      set &= ~(1 << Monitoring.BRANCH);
      set |= 1 << Monitoring.BRANCH_LEFT | 1 << Monitoring.BRANCH_RIGHT;
    }
    return set;
  }

  private static PyCode code(PyObject o) {
    if (o instanceof PyCode c) {
      return c;
    }
    throw Errors.typeError("code must be a code object");
  }

  @PyFunction(name = "get_local_events", sig = "(tool_id, code, /)")
  static int getLocalEvents(int id, PyObject code) {
    PyCode c = code(code);
    return Monitoring.localEvents(tool(id), c);
  }

  @PyFunction(name = "set_local_events", sig = "(tool_id, code, event_set, /)")
  static void setLocalEvents(int id, PyObject code, int events) {
    PyCode c = code(code);
    used(id);
    int set = normalized(events);
    if (set < 0 || set >= 1 << Monitoring.LOCAL_EVENTS) {
      throw Errors.valueError("invalid local event set 0x" + Integer.toHexString(set));
    }
    Monitoring.setLocalEvents(id, c, set);
  }

  @PyFunction(name = "restart_events", sig = "()")
  static void restartEvents() {
    Monitoring.restart();
  }

  /** The tools that want each event, as bit sets. */
  @PyFunction(name = "_all_events", sig = "()")
  static PyObject allEvents() {
    PyDict d = new PyDict();
    for (int e = 0; e < Monitoring.C_RETURN; e++) {
      int tools = 0;
      for (int t = 0; t < Monitoring.TOOLS; t++) {
        tools |= (Monitoring.events(t) >> e & 1) << t;
      }
      if (tools != 0) {
        d.putStr(Monitoring.name(e), Py.int_(tools));
      }
    }
    return d;
  }
}
