package org.plait.modules;

import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStructSequence;

/**
 * {@code _remote_debugging}: the records of {@code asyncio.tools}. Looking into another process, at
 * the structures of CPython's interpreter in its memory, fails as it does in CPython for a process
 * that runs no CPython.
 */
@PyModuleDef(name = "_remote_debugging", doc = "What other processes run; records of it.")
public final class RemoteDebuggingModule implements NativeModule {
  private static PyStructSequence.Kind kind(String name, String... fields) {
    return new PyStructSequence.Kind("_remote_debugging", name, true, fields.length, fields);
  }

  /** Made with the module. */
  private static final class Kinds {
    static final PyStructSequence.Kind[] ALL = {
      kind("FrameInfo", "filename", "lineno", "funcname"),
      kind("CoroInfo", "call_stack", "task_name"),
      kind("TaskInfo", "task_id", "task_name", "coroutine_stack", "awaited_by"),
      kind("AwaitedInfo", "thread_id", "awaited_by"),
      kind("ThreadInfo", "thread_id", "frame_info")
    };
  }

  @Override
  public NativeTable table() {
    return new RemoteDebuggingModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    for (PyStructSequence.Kind k : Kinds.ALL) {
      m.add(k.type().simpleName(), k.type());
    }
    m.add("PROCESS_VM_READV_SUPPORTED", Py.int_(0));
  }

  @PyFunction(
      name = "RemoteUnwinder",
      sig = "(pid, *, all_threads=False, only_active_thread=False, debug=False)",
      doc = "Fails: Plait does not look into other processes.")
  static PyObject remoteUnwinder(
      int pid, boolean allThreads, boolean onlyActiveThread, boolean debug) {
    throw Errors.runtimeError(
        "Failed to find the PyRuntime section in process " + pid + " on Linux platform");
  }
}
