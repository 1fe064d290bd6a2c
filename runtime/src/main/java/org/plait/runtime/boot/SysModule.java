package org.plait.runtime.boot;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyBaseException;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.importing.NativeModules;
import org.plait.runtime.interp.Audit;
import org.plait.runtime.interp.Finalization;
import org.plait.runtime.interp.PyFrame;
import org.plait.runtime.interp.PyInterpreter;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.interp.Tracer;
import org.plait.runtime.object.ArgumentConverters;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.Warnings;
import org.plait.runtime.types.PyBool;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;
import org.plait.sched.PlaitThread;

/** {@code sys}. */
@PyModuleDef(name = "sys")
public final class SysModule implements NativeModule {
  @Override
  public NativeTable table() {
    return new SysModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    SysConstants.fill(m);
    m.add("modules", ThreadState.current().interpreter.modules);
    m.add("builtin_module_names", PyTuple.of(strs(NativeModules.names())));
    PyModule jit = new PyModule("sys._jit");
    org.plait.runtime.object.Natives.addFunctions(jit, new SysJitModule().table());
    m.add("_jit", jit);
    PyModule monitoring = new PyModule("sys.monitoring");
    SysMonitoringModule events = new SysMonitoringModule();
    org.plait.runtime.object.Natives.addFunctions(monitoring, events.table());
    events.exec(monitoring);
    m.add("monitoring", monitoring);
    ThreadState.current().interpreter.modules.putStr("sys.monitoring", monitoring);
    m.add("_home", Py.None);
    m.add("meta_path", new PyList());
    m.add("path_hooks", new PyList());
    m.add("path_importer_cache", new PyDict());
    PyDict d = m.dict();
    for (String hook : List.of("displayhook", "excepthook", "unraisablehook", "breakpointhook")) {
      m.add("__" + hook + "__", d.getStr(hook));
    }
  }

  static PyObject[] strs(Iterable<String> all) {
    java.util.ArrayList<PyObject> list = new java.util.ArrayList<>();
    for (String s : all) {
      list.add(PyStr.of(s));
    }
    return list.toArray(PyObject.NO_ARGS);
  }

  // ---- exceptions and exit

  @PyFunction(sig = "(status=None, /)")
  static void exit(PyObject status) {
    throw status == Py.None
        ? Errors.of(org.plait.runtime.exceptions.Exceptions.SystemExit)
        : Errors.of(
            org.plait.runtime.exceptions.Exceptions.SystemExit,
            status instanceof PyTuple t ? t.toArray() : new PyObject[] {status});
  }

  @PyFunction(sig = "()")
  static PyObject exception() {
    return Py.orNone(ThreadState.current().currentException());
  }

  @PyFunction(name = "exc_info", sig = "()")
  static PyObject excInfo() {
    PyBaseException e = ThreadState.current().currentException();
    return e == null
        ? Py.tuple(Py.None, Py.None, Py.None)
        : Py.tuple(e.type(), e, Py.orNone(e.traceback()));
  }

  @PyFunction(sig = "(exctype, value, traceback, /)")
  static void excepthook(PyObject type, PyObject value, PyObject traceback) {
    ErrorDisplay.show(value, traceback);
  }

  // Compare CPython sys_displayhook in sysmodule.c.
  @PyFunction(sig = "(object, /)")
  static void displayhook(PyObject object) {
    if (object == Py.None) {
      return;
    }
    PyObject builtins = Imports.loaded(PyStr.intern("builtins"));
    if (builtins == null) {
      throw Errors.runtimeError("lost builtins module");
    }
    PyObjects.setAttr(builtins, "_", Py.None);
    PyObject out = ThreadState.current().interpreter.sys("stdout");
    if (out == null || out == Py.None) {
      throw Errors.runtimeError("lost sys.stdout");
    }
    PyStr text = PyObjects.repr(object);
    try {
      PyCalls.callMethod(out, "write", text);
    } catch (org.plait.runtime.exceptions.PyException e) {
      if (!e.matches(org.plait.runtime.exceptions.Exceptions.UnicodeEncodeError)) {
        throw e;
      }
      PyObject encoding = PyObjects.getAttr(out, "encoding");
      PyObject bytes = PyCalls.callMethod(text, "encode", encoding, PyStr.of("backslashreplace"));
      PyObject buffer = PyObjects.getOptionalAttr(out, "buffer");
      if (buffer != null) {
        PyCalls.callMethod(buffer, "write", bytes);
      } else {
        PyCalls.callMethod(
            out, "write", PyCalls.callMethod(bytes, "decode", encoding, PyStr.of("strict")));
      }
    }
    PyCalls.callMethod(out, "write", PyStr.of("\n"));
    PyObjects.setAttr(builtins, "_", object);
  }

  @PyFunction(sig = "(unraisable, /)")
  static void unraisablehook(PyObject unraisable) {
    ErrorDisplay.showUnraisable(unraisable);
  }

  @PyFunction(sig = "(*args, **kws)", raw = true)
  static PyObject breakpointhook(PyObject[] args, String @Nullable [] kwnames) {
    return BreakpointHook.call(args, kwnames);
  }

  @PyFunction(name = "is_finalizing", sig = "()")
  static boolean isFinalizing() {
    return ThreadState.current().interpreter.finalizing;
  }

  // ---- frames, tracing

  @PyFunction(name = "_getframe", sig = "(depth=0, /)")
  static PyObject getFrame(int depth) {
    PyFrame f = ThreadState.current().frame;
    for (int i = 0; i < depth && f != null; i++) {
      f = f.back;
    }
    if (f == null) {
      throw Errors.valueError("call stack is not deep enough");
    }
    Audit.raise("sys._getframe", f);
    return f;
  }

  @PyFunction(name = "_getframemodulename", sig = "(depth=0)")
  static PyObject getFrameModuleName(int depth) {
    if (Audit.isUsed()) {
      Audit.raise("sys._getframemodulename", Py.int_(depth));
    }
    PyFrame f = ThreadState.current().frame;
    for (int i = 0; i < depth && f != null; i++) {
      f = f.back;
    }
    if (f == null || f.function == null) {
      PyObject name = f == null ? null : f.globals.getStr("__name__");
      return Py.orNone(name);
    }
    return PyObjects.getAttr(f.function, "__module__");
  }

  @PyFunction(name = "_current_frames", sig = "()")
  static PyObject currentFrames() {
    Audit.raise("sys._current_frames");
    PyDict d = new PyDict();
    PyInterpreter interpreter = ThreadState.current().interpreter;
    for (PlaitThread t : newestFirst()) {
      ThreadState ts = ThreadState.of(t, interpreter);
      if (ts != null && ts.frame != null) {
        d.put(Py.int_(t.ident()), ts.frame);
      }
    }
    return d;
  }

  /** The program's threads in CPython's order. */
  private static List<PlaitThread> newestFirst() {
    List<PlaitThread> all = new ArrayList<>(PlaitThread.current().scheduler().threads());
    all.removeIf(Finalization::isServer);
    return all.reversed();
  }

  @PyFunction(name = "_current_exceptions", sig = "()")
  static PyObject currentExceptions() {
    Audit.raise("sys._current_exceptions");
    PyDict d = new PyDict();
    PyInterpreter interpreter = ThreadState.current().interpreter;
    for (PlaitThread t : newestFirst()) {
      ThreadState ts = ThreadState.of(t, interpreter);
      if (ts != null) {
        d.put(Py.int_(t.ident()), Py.orNone(ts.currentException()));
      }
    }
    return d;
  }

  @PyFunction(sig = "(function, /)")
  static void settrace(PyObject function) {
    Audit.raise("sys.settrace");
    Tracer.setTrace(function == Py.None ? null : function);
  }

  @PyFunction(sig = "()")
  static PyObject gettrace() {
    return Py.orNone(ThreadState.current().traceFunction);
  }

  @PyFunction(sig = "(function, /)")
  static void setprofile(PyObject function) {
    Audit.raise("sys.setprofile");
    Tracer.setProfile(function == Py.None ? null : function);
  }

  @PyFunction(sig = "()")
  static PyObject getprofile() {
    return Py.orNone(ThreadState.current().profileFunction);
  }

  @PyFunction(name = "_settraceallthreads", sig = "(function, /)")
  static void settraceAllThreads(PyObject function) {
    Audit.raise("sys.settrace");
    PyObject f = function == Py.None ? null : function;
    forAllThreads(ts -> ts.traceFunction = f);
    Tracer.arm();
  }

  @PyFunction(name = "_setprofileallthreads", sig = "(function, /)")
  static void setprofileAllThreads(PyObject function) {
    Audit.raise("sys.setprofile");
    PyObject f = function == Py.None ? null : function;
    forAllThreads(ts -> ts.profileFunction = f);
    Tracer.arm();
  }

  private static void forAllThreads(java.util.function.Consumer<ThreadState> change) {
    PyInterpreter interpreter = ThreadState.current().interpreter;
    for (PlaitThread t : newestFirst()) {
      ThreadState ts = ThreadState.of(t, interpreter);
      if (ts != null) {
        change.accept(ts);
      }
    }
  }

  @PyFunction(name = "call_tracing", sig = "(func, args, /)")
  static PyObject callTracing(PyObject func, PyTuple args) {
    ThreadState ts = ThreadState.current();
    int before = ts.tracing;
    ts.tracing = 0;
    try {
      return func.call(args.toArray(), null);
    } finally {
      ts.tracing = before;
    }
  }

  // ---- limits and sizes

  @PyFunction(sig = "()")
  static int getrecursionlimit() {
    return ThreadState.recursionLimit();
  }

  @PyFunction(sig = "(limit, /)")
  static void setrecursionlimit(int limit) {
    if (limit < 1) {
      throw Errors.valueError("recursion limit must be greater or equal than 1");
    }
    int depth = ThreadState.current().depth();
    if (depth >= limit) {
      throw Errors.recursionError(
          "cannot set the recursion limit to "
              + limit
              + " at the recursion depth "
              + depth
              + ": the limit is too low");
    }
    ThreadState.setRecursionLimit(limit);
  }

  @PyFunction(name = "get_int_max_str_digits", sig = "()")
  static int getIntMaxStrDigits() {
    return ThreadState.current().interpreter.intMaxStrDigits;
  }

  @PyFunction(name = "set_int_max_str_digits", sig = "(maxdigits)")
  static void setIntMaxStrDigits(int digits) {
    if (digits != 0 && digits < 640) {
      throw Errors.valueError("maxdigits must be >= 640 or 0 for unlimited");
    }
    ThreadState.current().interpreter.intMaxStrDigits = digits;
  }

  /** What CPython answers for objects that it never frees. */
  private static final long IMMORTAL = 3221225472L;

  /** Objects have no reference count: a number that pretends to nothing, or "never freed". */
  @PyFunction(sig = "(object, /)")
  static long getrefcount(PyObject object) {
    boolean immortal =
        object == Py.None
            || object == Py.Ellipsis
            || object == Py.NotImplemented
            || object instanceof PyBool
            || object == Py.EmptyTuple
            || object instanceof PyInt i
                && i.isLong()
                && i.longValue() >= -5
                && i.longValue() <= 256
            || object instanceof PyType t && !t.isHeap();
    return immortal ? IMMORTAL : 1;
  }

  @PyFunction(sig = "!(object, default=NULL)")
  static PyObject getsizeof(PyObject object, @Nullable PyObject otherwise) {
    PyObject f = object.type().special(org.plait.runtime.object.Special.SIZEOF);
    if (f == null) {
      if (otherwise != null) {
        return otherwise;
      }
      throw Errors.typeError("Type " + object.type().name() + " doesn't define __sizeof__");
    }
    PyObject size;
    try {
      size = PyCalls.invoke(f, object);
    } catch (org.plait.runtime.exceptions.PyException e) {
      if (otherwise != null && e.matches(org.plait.runtime.exceptions.Exceptions.TypeError)) {
        return otherwise;
      }
      throw e;
    }
    PyInt n = PyNumbers.index(size);
    if (n.signum() < 0) {
      throw Errors.valueError("__sizeof__() should return >= 0");
    }
    return n;
  }

  @PyFunction(sig = "()")
  static int getallocatedblocks() {
    return 0;
  }

  @PyFunction(sig = "(*, _only_immortal=False)")
  static int getunicodeinternedsize(boolean onlyImmortal) {
    return 0;
  }

  // ---- threads

  @PyFunction(sig = "()")
  static double getswitchinterval() {
    return PlaitThread.current().scheduler().switchInterval() / 1_000 * 1e-6;
  }

  @PyFunction(sig = "(interval, /)")
  static void setswitchinterval(double interval) {
    if (interval <= 0) {
      throw Errors.valueError("switch interval must be strictly positive");
    }
    // CPython keeps whole microseconds; less than one is as good as none.
    long micros = Math.min((long) (interval * 1e6), Long.MAX_VALUE / 1_000);
    PlaitThread.current().scheduler().setSwitchInterval(Math.max(1, micros * 1_000));
  }

  @PyFunction(name = "_baserepl", sig = "()")
  static void baseRepl() {
    BasicRepl.runInMain();
  }

  @PyFunction(name = "_is_gil_enabled", sig = "()")
  static boolean isGilEnabled() {
    return PlaitThread.current().scheduler().isExclusive();
  }

  /**
   * The number of processors that {@code -X cpu_count} or {@code PYTHON_CPU_COUNT} pretends, or -1.
   */
  @PyFunction(name = "_get_cpu_count_config", sig = "()")
  static int getCpuCountConfig() {
    return BootOptions.current().cpuCount;
  }

  // ---- text

  @PyFunction(sig = "(string, /)")
  static PyObject intern(PyObject string) {
    if (string.getClass() != PyStr.class) {
      throw Errors.typeError(
          string instanceof PyStr
              ? "can't intern " + string.type().name()
              : "intern() argument must be str, not " + string.type().name());
    }
    return PyStr.intern((PyStr) string);
  }

  @PyFunction(name = "_is_interned", sig = "(string, /)")
  static boolean isInterned(PyStr string) {
    return string.getClass() == PyStr.class && string.isInterned();
  }

  @PyFunction(name = "_is_immortal", sig = "(op, /)")
  static boolean isImmortal(PyObject op) {
    return false;
  }

  @PyFunction(sig = "()")
  static String getdefaultencoding() {
    return "utf-8";
  }

  @PyFunction(sig = "()")
  static String getfilesystemencoding() {
    return "utf-8";
  }

  @PyFunction(sig = "()")
  static String getfilesystemencodeerrors() {
    return "surrogateescape";
  }

  // ---- coroutines

  @PyFunction(name = "get_coroutine_origin_tracking_depth", sig = "()")
  static int getCoroutineOriginTrackingDepth() {
    return ThreadState.current().coroutineOriginDepth;
  }

  @PyFunction(name = "set_coroutine_origin_tracking_depth", sig = "(depth)")
  static void setCoroutineOriginTrackingDepth(int depth) {
    if (depth < 0) {
      throw Errors.valueError("depth must be >= 0");
    }
    ThreadState.current().coroutineOriginDepth = depth;
  }

  @PyFunction(name = "get_asyncgen_hooks", sig = "()")
  static PyObject getAsyncgenHooks() {
    ThreadState ts = ThreadState.current();
    return SysConstants.ASYNCGEN_HOOKS.make(
        Py.orNone(ts.asyncGenFirstIter), Py.orNone(ts.asyncGenFinalizer));
  }

  @PyFunction(name = "set_asyncgen_hooks", sig = "!(firstiter=NULL, finalizer=NULL)")
  static void setAsyncgenHooks(@Nullable PyObject firstiter, @Nullable PyObject finalizer) {
    ThreadState ts = ThreadState.current();
    if (finalizer != null && finalizer != Py.None) {
      checkCallable(finalizer, "finalizer");
    }
    if (firstiter != null && firstiter != Py.None) {
      checkCallable(firstiter, "firstiter");
    }
    PyObject before = ts.asyncGenFinalizer;
    if (finalizer != null) {
      Audit.raise("sys.set_asyncgen_hook_finalizer");
      ts.asyncGenFinalizer = finalizer == Py.None ? null : finalizer;
    }
    if (firstiter != null) {
      try {
        Audit.raise("sys.set_asyncgen_hook_firstiter");
      } catch (PyException e) {
        Audit.raise("sys.set_asyncgen_hook_finalizer");
        ts.asyncGenFinalizer = before;
        throw e;
      }
      ts.asyncGenFirstIter = firstiter == Py.None ? null : firstiter;
    }
  }

  private static void checkCallable(PyObject o, String what) {
    if (o.type().special(org.plait.runtime.object.Special.CALL) == null) {
      throw Errors.typeError("callable " + what + " expected, got " + o.type().name());
    }
  }

  // ---- audit

  @PyFunction(sig = "(event, /, *args)", raw = true)
  static void audit(PyObject[] args, String @Nullable [] kwnames) {
    if (kwnames != null) {
      throw Errors.typeError("sys.audit() takes no keyword arguments");
    }
    if (args.length == 0) {
      throw Errors.typeError("audit expected at least 1 argument, got 0");
    }
    if (!(args[0] instanceof PyStr event)) {
      throw ArgumentConverters.badArgument("audit() argument 1", "str", args[0]);
    }
    if (event.toString().indexOf('\0') >= 0) {
      throw Errors.valueError("embedded null character");
    }
    if (Audit.isUsed()) {
      Audit.raise(event.toString(), java.util.Arrays.copyOfRange(args, 1, args.length));
    }
  }

  @PyFunction(sig = "(hook)")
  static void addaudithook(PyObject hook) {
    Audit.add(hook);
  }

  // ---- the rest

  @PyFunction(name = "_clear_type_cache", sig = "()")
  static void clearTypeCache() {
    Warnings.warn(
        Exceptions.DeprecationWarning,
        "sys._clear_type_cache() is deprecated and scheduled for removal in a future version."
            + " Use sys._clear_internal_caches() instead.",
        1);
    PyType.clearCaches();
  }

  @PyFunction(name = "_clear_type_descriptors", sig = "(type, /)")
  static void clearTypeDescriptors(org.plait.runtime.object.PyType type) {
    type.setOwn("__dict__", null);
    type.setOwn("__weakref__", null);
  }

  @PyFunction(name = "_clear_internal_caches", sig = "()")
  static void clearInternalCaches() {}

  @PyFunction(name = "is_stack_trampoline_active", sig = "()")
  static boolean isStackTrampolineActive() {
    return false;
  }

  @PyFunction(name = "activate_stack_trampoline", sig = "(backend, /)")
  static void activateStackTrampoline(String backend) {
    throw Errors.valueError("perf trampoline not available");
  }

  @PyFunction(name = "deactivate_stack_trampoline", sig = "()")
  static void deactivateStackTrampoline() {}

  @PyFunction(name = "is_remote_debug_enabled", sig = "()")
  static boolean isRemoteDebugEnabled() {
    return false;
  }

  @PyFunction(name = "remote_exec", sig = "(pid, script)")
  static void remoteExec(int pid, PyObject script) {
    throw Errors.notImplemented("sys.remote_exec is not supported by this interpreter");
  }
}
