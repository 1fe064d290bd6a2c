package org.plait.runtime.interp;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyDict;
import org.plait.sched.RecursiveMutex;

/**
 * One Python interpreter: its modules and settings. The main one is made by {@code
 * org.plait.runtime.boot.Boot}, others by {@code org.plait.runtime.boot.Subinterpreters}; they have
 * their own modules and classes, and share the built-in types and the scheduler.
 *
 * <p>What it is doing in its {@code __main__} ({@link #main}) is one number that compare-and-set
 * changes: idle, running, or ending for good, which only an idle one can begin.
 */
public final class PyInterpreter {
  /** Where an interpreter comes from: {@code _interpreters.WHENCE_*}. */
  public static final int WHENCE_RUNTIME = 1;

  public static final int WHENCE_STDLIB = 5;

  private static final int IDLE = 0;
  private static final int RUNNING = 1;
  private static final int ENDING = 2;

  public final long id;

  /** What it shares with the others of the program. */
  public final PyRuntime runtime;

  public final InterpreterConfig config;

  /** Who made it, a {@code WHENCE_} number. */
  public final int whence;

  private final AtomicInteger main = new AtomicInteger();

  /** References that keep it alive, if it ends with the last one. */
  private final AtomicLong references = new AtomicLong();

  /** Whether it ends with its last reference. */
  private volatile boolean counted;

  /** Whether Python code can run in it. */
  private volatile boolean ready;

  private final ConcurrentLinkedQueue<Runnable> endHooks = new ConcurrentLinkedQueue<>();

  /** What native modules keep for this interpreter, by their class. */
  private final KeptStates states = new KeptStates();

  /** What {@code _thread.stack_size()} has set for threads to come, 0 for the default. */
  public volatile long threadStackSize;

  /** {@code sys.set_int_max_str_digits}. */
  public volatile int intMaxStrDigits = 4300;

  /** The lock of {@code _imp.acquire_lock()}. */
  public final RecursiveMutex importLock = new RecursiveMutex();

  /** {@code sys.addaudithook}; only ever added to. */
  public final CopyOnWriteArrayList<PyObject> auditHooks = new CopyOnWriteArrayList<>();

  /** {@code sys.monitoring}. */
  final Monitoring.State monitoring = new Monitoring.State();

  /** {@code sys.setrecursionlimit}, for all its threads. */
  public volatile int recursionLimit = 1000;

  /** {@code sys.modules}, the dict made at start; sys.modules may be rebound by Python code. */
  public final PyDict modules = new PyDict();

  /** The namespaces of {@code sys} and {@code builtins}; set once at start. */
  public final PyDict sysDict = new PyDict();

  public final PyDict builtins = new PyDict();

  /** Codecs and their error handlers. */
  public final org.plait.runtime.protocol.CodecRegistry codecs =
      new org.plait.runtime.protocol.CodecRegistry();

  /** {@code importlib._bootstrap}, set once importlib is installed. */
  public volatile @Nullable PyObject importlib;

  public volatile @Nullable PyObject importlibExternal;

  /** The functions {@code all} and {@code any}, whatever their names are bound to. */
  public volatile PyObject originalAll = Py.None;

  public volatile PyObject originalAny = Py.None;

  /** All running threads by identity of their state, for {@code sys._current_frames}. */
  public final ConcurrentHashMap<Long, ThreadState> threads = new ConcurrentHashMap<>();

  /** What {@code _warnings} keeps; made and used by that module alone. */
  public final AtomicReference<@Nullable Object> warningState = new AtomicReference<>();

  /** The directory of the script as it stands in {@code sys.path[0]}, or null. */
  public volatile @Nullable String sysPath0;

  /** Set when {@code Py_Finalize} has begun. */
  public volatile boolean finalizing;

  /** The main interpreter of a new program. */
  public PyInterpreter() {
    this(new PyRuntime(), InterpreterConfig.MAIN, WHENCE_RUNTIME);
  }

  /** Another interpreter of a program. */
  public PyInterpreter(PyRuntime runtime, InterpreterConfig config, int whence) {
    this.runtime = runtime;
    this.id = runtime.takeId();
    this.config = config;
    this.whence = whence;
    runtime.add(this);
  }

  /** Whether it is the one that the program started with. */
  public boolean isMain() {
    return id == 0;
  }

  public boolean isReady() {
    return ready;
  }

  /** Says that Python code can run in it from now on. */
  public void setReady() {
    ready = true;
  }

  /** What somebody keeps for this interpreter, made at first need. */
  public <T> T state(Class<T> kind, Supplier<T> make) {
    return states.get(kind, make);
  }

  // ---- running and ending

  /** Whether somebody runs code in its {@code __main__}. */
  public boolean isRunningMain() {
    return main.get() == RUNNING;
  }

  /** Begins to run code in {@code __main__}: one at a time; false if it can't be now. */
  public boolean enterMain() {
    return main.compareAndSet(IDLE, RUNNING);
  }

  /** Ends what {@link #enterMain} began. */
  public void leaveMain() {
    main.compareAndSet(RUNNING, IDLE);
  }

  /** Whether it is being destroyed. */
  public boolean isEnding() {
    return main.get() == ENDING;
  }

  /** Begins to end it; false when code runs in its {@code __main__} or it is ending already. */
  public boolean beginEnd() {
    return main.compareAndSet(IDLE, ENDING);
  }

  /** Has something done when it is no more; by a thread of another interpreter. */
  public void onEnd(Runnable hook) {
    endHooks.add(hook);
  }

  /** It is no more. */
  public void ended() {
    runtime.remove(this);
    endHooks.forEach(Runnable::run);
  }

  /** Makes it end with its last reference. */
  public void countReferences() {
    counted = true;
  }

  /** Takes a reference. */
  public void reference() {
    references.incrementAndGet();
  }

  /**
   * Gives a reference back.
   *
   * @return whether it was the last one of an interpreter that ends with that
   */
  public boolean dereference() {
    long left = references.updateAndGet(n -> n > 0 ? n - 1 : 0);
    return left == 0 && counted;
  }

  /** Whether nothing keeps an interpreter that ends with its last reference. */
  public boolean isUnreferenced() {
    return counted && references.get() == 0;
  }

  /** The value of a name of the {@code sys} module, or null. */
  public @Nullable PyObject sys(String name) {
    return sysDict.getStr(name);
  }

  /** The value of a name of the {@code builtins} module. */
  public PyObject builtin(String name) {
    PyObject v = builtins.getStr(name);
    return v == null ? Py.None : v;
  }
}
