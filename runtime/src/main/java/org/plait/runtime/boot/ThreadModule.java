package org.plait.runtime.boot;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.interp.Audit;
import org.plait.runtime.interp.Finalization;
import org.plait.runtime.interp.PyInterpreter;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.interp.Unraisable;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyCodecs;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyStructSequence;
import org.plait.runtime.types.PyTuple;
import org.plait.sched.PlaitThread;
import org.plait.sched.Scheduler;

/** {@code _thread}: Python threads are {@link PlaitThread}s. */
@PyModuleDef(name = "_thread")
public final class ThreadModule implements NativeModule {
  private static final PyStructSequence.Kind EXCEPT_HOOK_ARGS =
      new PyStructSequence.Kind(
          "_thread",
          "_ExceptHookArgs",
          true,
          4,
          "exc_type",
          "exc_value",
          "exc_traceback",
          "thread");

  /** The longest name the operating system shows, in bytes. */
  private static final int MAX_NAME = 15;

  /** What CPython asks for at least. */
  private static final long MIN_STACK_BYTES = 53_248;

  @Override
  public NativeTable table() {
    return new ThreadModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    m.add("error", Exceptions.RuntimeError);
    m.add("TIMEOUT_MAX", Py.float_(LockTimeout.MAX_SECONDS));
    m.add("_NAME_MAXLEN", Py.int_(MAX_NAME));
    m.add("lock", PyLock.TYPE);
    m.add("LockType", PyLock.TYPE);
    m.add("RLock", PyRLock.TYPE);
    m.add("_local", PyLocal.TYPE);
    m.add("_ThreadHandle", PyThreadHandle.TYPE);
    m.add("_ExceptHookArgs", EXCEPT_HOOK_ARGS.type());
  }

  @PyFunction(name = "allocate_lock", sig = "()")
  static PyObject allocateLock() {
    return new PyLock();
  }

  @PyFunction(sig = "()")
  static PyObject allocate() {
    return new PyLock();
  }

  @PyFunction(name = "get_ident", sig = "()")
  static long getIdent() {
    return PlaitThread.current().ident();
  }

  @PyFunction(name = "get_native_id", sig = "()")
  static long getNativeId() {
    PlaitThread t = PlaitThread.current();
    return t == t.scheduler().mainThread() ? org.plait.host.process.Ids.getpid() : t.nativeId();
  }

  @PyFunction(name = "_get_main_thread_ident", sig = "()")
  static long getMainThreadIdent() {
    PlaitThread main = PlaitThread.current().scheduler().mainThread();
    return main == null ? 0 : main.ident();
  }

  @PyFunction(name = "_is_main_interpreter", sig = "()")
  static boolean isMainInterpreter() {
    return ThreadState.current().interpreter.isMain();
  }

  @PyFunction(name = "daemon_threads_allowed", sig = "()")
  static boolean daemonThreadsAllowed() {
    return ThreadState.current().interpreter.config.allowDaemonThreads();
  }

  @PyFunction(name = "_count", sig = "()")
  static int count() {
    Scheduler s = PlaitThread.current().scheduler();
    PyInterpreter interpreter = ThreadState.current().interpreter;
    int n = s.threadCount();
    if (interpreter.runtime.hasOthers()) {
      n = 0;
      for (PlaitThread t : s.threads()) {
        n += ThreadState.home(t) == interpreter ? 1 : 0;
      }
    }
    if (interpreter.isMain()) {
      // Neither the main thread nor the finalizers' count.
      n -= Finalization.hasServer() ? 2 : 1;
    }
    return Math.max(0, n);
  }

  @PyFunction(name = "_get_name", sig = "()")
  static PyObject getName() {
    String n = PlaitThread.current().name();
    return PyStr.of(n == null ? "" : systemName(n));
  }

  @PyFunction(name = "set_name", sig = "(name)")
  static void setName(PyStr name) {
    // Java's tools show the whole name; a cut one for each thread would only take memory.
    PlaitThread.current().setName(name.toString());
  }

  /** What the operating system keeps of a thread's name. */
  public static String systemName(String name) {
    byte[] all = PyCodecs.encode(PyStr.of(name), "utf-8", "replace").array();
    int n = 0;
    while (n < all.length && n < MAX_NAME && all[n] != 0) {
      n++;
    }
    return FsPaths.decode(Arrays.copyOf(all, n)).toString();
  }

  @PyFunction(sig = "()")
  static void exit() {
    throw Errors.of(Exceptions.SystemExit);
  }

  @PyFunction(name = "exit_thread", sig = "()")
  static void exitThread() {
    exit();
  }

  @PyFunction(name = "interrupt_main", sig = "(signum=2, /)")
  static void interruptMain(int signum) {
    SignalModule.simulate(signum);
    org.plait.sched.SafePoint.poll();
  }

  @PyFunction(name = "stack_size", sig = "(size=0, /)")
  static long stackSize(long size) {
    if (size != 0 && size < MIN_STACK_BYTES) {
      throw Errors.valueError("size must be at least " + MIN_STACK_BYTES + " bytes");
    }
    PyInterpreter interpreter = ThreadState.current().interpreter;
    long before = interpreter.threadStackSize;
    interpreter.threadStackSize = size;
    return before;
  }

  // ---- starting

  @PyFunction(
      name = "start_new_thread",
      raw = true,
      doc =
          "start_new_thread($module, function, args, kwargs={}, /)\n--\n\n"
              + "Starts a thread that calls the function; returns its identifier.")
  static PyObject startNewThread(PyObject[] args, String @Nullable [] kwnames) {
    if (kwnames != null) {
      throw Errors.typeError("_thread.start_new_thread() takes no keyword arguments");
    }
    if (args.length < 2 || args.length > 3) {
      throw Errors.typeError(
          args.length < 2
              ? "start_new_thread expected at least 2 arguments, got " + args.length
              : "start_new_thread expected at most 3 arguments, got " + args.length);
    }
    if (args[0].type().special(Special.CALL) == null) {
      throw Errors.typeError("first arg must be callable");
    }
    if (!(args[1] instanceof PyTuple positional)) {
      throw Errors.typeError("2nd arg must be a tuple");
    }
    PyDict keywords = null;
    if (args.length == 3) {
      if (!(args[2] instanceof PyDict d)) {
        throw Errors.typeError("optional 3rd arg must be a dictionary");
      }
      keywords = d;
    }
    Audit.raise("_thread.start_new_thread", args[0], positional, Py.orNone(keywords));
    PyThreadHandle handle = new PyThreadHandle();
    start(args[0], positional, keywords, handle, true);
    return Py.int_(handle.ident());
  }

  @PyFunction(
      name = "start_new",
      raw = true,
      doc =
          "start_new($module, function, args, kwargs={}, /)\n--\n\n"
              + "An old name of start_new_thread().")
  static PyObject startNew(PyObject[] args, String @Nullable [] kwnames) {
    return startNewThread(args, kwnames);
  }

  @PyFunction(name = "start_joinable_thread", sig = "(function, handle=None, daemon=True)")
  static PyObject startJoinableThread(PyObject function, PyObject handle, boolean daemon) {
    if (function.type().special(Special.CALL) == null) {
      throw Errors.typeError("thread function must be callable");
    }
    if (handle != Py.None && !(handle instanceof PyThreadHandle)) {
      throw Errors.typeError("'handle' must be a _ThreadHandle");
    }
    if (Audit.isUsed()) {
      Audit.raise("_thread.start_joinable_thread", function, Py.int_(daemon ? 1 : 0), handle);
    }
    PyThreadHandle h = handle instanceof PyThreadHandle t ? t : new PyThreadHandle();
    start(function, Py.EmptyTuple, null, h, daemon);
    return h;
  }

  private static void start(
      PyObject function,
      PyTuple args,
      @Nullable PyDict kwargs,
      PyThreadHandle handle,
      boolean daemon) {
    PyInterpreter interpreter = ThreadState.current().interpreter;
    if (!interpreter.config.allowThreads()) {
      throw Errors.runtimeError("thread is not supported for isolated subinterpreters");
    }
    if (interpreter.finalizing) {
      throw Errors.of(
          Exceptions.PythonFinalizationError, "can't create new thread at interpreter shutdown");
    }
    ThreadState ts = new ThreadState(interpreter);
    ts.signals.setMask(SignalMasks.ofCurrentThread());
    handle.prepare();
    try {
      PlaitThread thread =
          PlaitThread.start(
              () -> run(function, args, kwargs, handle),
              null,
              daemon,
              interpreter.threadStackSize,
              ts);
      handle.started(thread, daemon);
    } catch (IllegalStateException e) {
      handle.failed();
      throw Errors.runtimeError("can't start new thread");
    }
  }

  /** The life of a thread: what escapes it is reported, not lost. */
  private static void run(
      PyObject function, PyTuple args, @Nullable PyDict kwargs, PyThreadHandle handle) {
    begin(handle);
    Throwable escaped = null;
    try {
      org.plait.runtime.protocol.PyCalls.call(function, args, kwargs);
    } catch (Throwable e) {
      escaped = e;
    }
    end(function, handle, escaped);
  }

  // Apart from run, whose frame is on the stack of each thread.
  private static void begin(PyThreadHandle handle) {
    handle.running(PlaitThread.current());
  }

  private static void end(PyObject function, PyThreadHandle handle, @Nullable Throwable escaped) {
    try {
      switch (escaped) {
        case null -> {}
        case PyException e -> {
          if (!e.matches(Exceptions.SystemExit)) {
            report(e, function);
          }
        }
        case StackOverflowError e ->
            report(org.plait.runtime.interp.Interpreter.pythonError(e), function);
        case OutOfMemoryError e ->
            report(org.plait.runtime.interp.Interpreter.pythonError(e), function);
        case Error e -> throw e;
        case RuntimeException e -> throw e;
        default -> throw new IllegalStateException(escaped);
      }
    } finally {
      handle.finished();
    }
  }

  private static void report(PyException e, PyObject function) {
    String what;
    try {
      what = PyObjects.repr(function).toString();
    } catch (PyException inner) {
      what = "<object " + function.type().name() + ">";
    }
    Unraisable.report(e.value, "Exception ignored in thread started by " + what, null);
  }

  @PyFunction(name = "_make_thread_handle", sig = "(ident)")
  static PyObject makeThreadHandle(PyObject ident) {
    long n = org.plait.runtime.protocol.PyNumbers.asLong(ident, Exceptions.OverflowError);
    Scheduler s = PlaitThread.current().scheduler();
    PlaitThread t = s.thread(n);
    return t == null ? PyThreadHandle.foreign(n) : PyThreadHandle.of(t);
  }

  /** Waits for all threads that are no daemons, until that is interrupted. */
  @PyFunction(name = "_shutdown", sig = "()")
  static void shutdown() {
    try {
      joinAll();
    } catch (PyException e) {
      Unraisable.report(
          e.value, "Exception ignored while joining a thread in _thread._shutdown()", null);
    }
  }

  private static void joinAll() {
    PlaitThread me = PlaitThread.current();
    PyInterpreter interpreter = ThreadState.current().interpreter;
    Set<PlaitThread> joined = Collections.newSetFromMap(new IdentityHashMap<>());
    joined.add(me);
    // Those that are waited for may start others.
    boolean more = true;
    while (more) {
      more = false;
      for (PlaitThread t : me.scheduler().threads()) {
        if (!t.isDaemon() && ThreadState.home(t) == interpreter && !joined.contains(t)) {
          LockTimeout.join(t, org.plait.sched.Clock.FOREVER);
          joined.add(t);
          more = true;
        }
      }
    }
  }

  // Compare CPython thread_excepthook in _threadmodule.c.
  @PyFunction(name = "_excepthook", sig = "(exceptHookArgs, /)")
  static void excepthook(PyObject args) {
    if (!(args instanceof PyStructSequence s) || s.type() != EXCEPT_HOOK_ARGS.type()) {
      throw Errors.typeError("_thread._excepthook argument type must be ExceptHookArgs");
    }
    if (s.get(0) == Exceptions.SystemExit) {
      return;
    }
    if (ThreadState.current().interpreter.finalizing) {
      // A daemon thread whose things are being finalized under it. In CPython it would stand still.
      return;
    }
    PyObject thread = s.get(3);
    PyObject err = ThreadState.current().interpreter.sys("stderr");
    if (err == null || err == Py.None) {
      if (thread == Py.None) {
        return;
      }
      err = PyObjects.getOptionalAttr(thread, "_stderr");
      if (err == null || err == Py.None) {
        return;
      }
    }
    PyObject name = thread == Py.None ? null : PyObjects.getOptionalAttr(thread, "name");
    String shown =
        name != null
            ? PyObjects.str(name).toString()
            : Long.toString(PlaitThread.current().ident());
    org.plait.runtime.protocol.PyCalls.callMethod(
        err, "write", PyStr.of("Exception in thread " + shown + ":\n"));
    ErrorDisplay.show(s.get(1), s.get(2), err);
    org.plait.runtime.protocol.PyCalls.callMethod(err, "flush");
  }
}
