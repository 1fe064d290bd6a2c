package org.plait.sched;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Our record of a thread that runs Python: a virtual thread unless it needs a larger stack than
 * those have, or a Java thread that has attached itself.
 *
 * <p><b>Run state</b> ({@link #parkState}), driven by the {@link Scheduler}:
 *
 * <pre>
 *   RUNNING --park--> PARKED --unpark--> READY --granted a permit--> RUNNING
 *   RUNNING --unpark--> TOKEN --park--> RUNNING                (the wake came first)
 *   PARKED --deadline--> RUNNING, and acquires a permit itself
 * </pre>
 *
 * Whoever moves the thread from PARKED decides who finds it a permit: an unparker puts it in the
 * run queue on its behalf, so that it wakes once, with its permit in hand. A thread starts READY.
 *
 * <p><b>Requests</b> ({@link #requests}) are what others want of it at its next safe point.
 */
public final class PlaitThread implements Thread.UncaughtExceptionHandler {
  static final int RUNNING = 0;
  static final int TOKEN = 1;
  static final int PARKED = 2;
  static final int READY = 3;

  private static final int UNBLOCKER_MAX_SPINS = 1_000;

  /**
   * For Java threads that were attached. Those that were started here have their record for a
   * handler of uncaught exceptions: that is a field of theirs, where a thread local is a table.
   */
  private static final ThreadLocal<PlaitThread> ATTACHED = new ThreadLocal<>();

  private static final VarHandle PARK_STATE;
  private static final VarHandle REQUESTS;
  private static final VarHandle UNBLOCKER;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      PARK_STATE = lookup.findVarHandle(PlaitThread.class, "parkState", int.class);
      REQUESTS = lookup.findVarHandle(PlaitThread.class, "requests", int.class);
      UNBLOCKER = lookup.findVarHandle(PlaitThread.class, "unblocker", Unblocker.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Stands in {@link #unblocker} while somebody is calling it, and afterwards. */
  private static final Unblocker FIRING = new Marker();

  private static final Unblocker FIRED = new Marker();

  /**
   * The runtime's own record of this thread. Set before the thread starts or by the thread itself.
   */
  public @Nullable Object attachment;

  /**
   * The runtime's own: how many waits took longer than it hoped, less those that did not; -1 before
   * the first. Only the thread itself touches it.
   */
  public byte waitsInVain = -1;

  final Scheduler scheduler;
  private final long ident;
  private final boolean daemon;
  private final Latch done = new Latch();
  private Thread java;

  /** Whether the Java thread was made for it. As {@link #java}. */
  private boolean ownsJava;

  private volatile @Nullable String name;
  private volatile long nativeId;
  private @Nullable List<Runnable> exitHooks;

  /** Volatile; see the class comment. */
  private volatile int parkState = READY;

  /** Volatile; bits are set by anyone and taken by the thread itself. */
  @SuppressWarnings("unused")
  private volatile int requests;

  /** How to get this thread out of {@link Blocking#call}; null when it isn't in there. */
  @SuppressWarnings("unused")
  private volatile @Nullable Unblocker unblocker;

  /** What it waits for, for reports; written by the thread itself before it parks. */
  volatile @Nullable Object waitingFor;

  /** Whether a thread that isn't ours is going to unpark it; written by the thread itself. */
  volatile boolean wokenFromOutside;

  /** Null until somebody asks; only the thread itself touches it. */
  @Nullable CpuClock cpuClock;

  /** The permit it holds; only the thread itself touches it. */
  @Nullable Permit permit;

  /** The permit it held last, which its caches are near; only the thread itself and its granter. */
  @Nullable Permit lastPermit;

  /** Written by the granter, taken by the thread. */
  volatile @Nullable Permit granted;

  /**
   * When the thread that it has woken should get a permit, {@link Scheduler#hostNanos()}; only the
   * thread itself.
   */
  long wakeLaterAt;

  /** How often compiled code has polled while that was so; only the thread itself. */
  int polls;

  /** Where it is in {@link Timers}; guarded by their lock, see there. */
  int timerSlot = Timers.NONE;

  /** Link in the run queue; guarded by the run queue's lock. */
  @Nullable PlaitThread nextInQueue;

  /** Whether the Java thread has been started; written by whoever makes it runnable. */
  boolean started;

  /** Whether it is in {@link Blocking#outside}; only the thread itself. */
  boolean outside;

  /** Whether it has owned a {@link BiasedLock}; only the thread itself. */
  boolean ownsLocks;

  /**
   * The word of the {@link BiasedLock} of which it took a sample last, and how many samples in a
   * row were its own; only the thread itself.
   */
  int lockSample;

  int lockSamples;

  /** When it last got a contended {@link BiasedLock} of its own; a hint for who wants that. */
  long turnSince;

  /** Only the thread itself, and only with checking on. */
  int microLocksHeld;

  /** The deterministic scheduler's record, which its lock guards. */
  @Nullable DeterministicThread deterministic;

  PlaitThread(Scheduler scheduler, @Nullable String name, boolean daemon) {
    this.scheduler = scheduler;
    this.name = name;
    this.daemon = daemon;
    this.ident = scheduler.nextIdent();
    this.nativeId = Scheduler.FIRST_INVENTED_NATIVE_ID + ident;
    this.java = Thread.currentThread();
  }

  // ---------------------------------------------------------------- starting and ending

  /**
   * Starts a thread in the current thread's scheduler. It counts as running, and is listed, from
   * the moment this returns.
   *
   * @param body what it does; runs with a permit held. What it throws goes to the Java thread's
   *     handler for uncaught exceptions
   * @param name for people, or null
   * @param daemon whether the program may end without it
   * @param stackBytes 0 for the default; more than {@link Scheduler#defaultStackBytes()} makes it a
   *     platform thread with that much stack
   * @param attachment the runtime's record
   * @return the thread
   * @throws IllegalStateException if the program is ending ({@link Scheduler#freeze}), or the host
   *     cannot start another thread
   */
  public static PlaitThread start(
      Runnable body,
      @Nullable String name,
      boolean daemon,
      long stackBytes,
      @Nullable Object attachment) {
    return current().scheduler.start(body, name, daemon, stackBytes, attachment);
  }

  /**
   * As {@link #start}, a daemon that serves the runtime: it does not touch anything of the program
   * before it calls {@link #joinProgram}.
   *
   * @param body what it does
   * @param name for people
   * @param attachment the runtime's record
   * @return the thread
   * @throws IllegalStateException as {@link #start}
   */
  public static PlaitThread startServer(Runnable body, String name, @Nullable Object attachment) {
    return current().scheduler.startQuietly(body, name, true, 0, attachment);
  }

  /** The current thread's clock of its processor time, which goes from the first call on. */
  public static CpuClock cpuClock(CpuClock.Carrier carrier) {
    PlaitThread t = current();
    if (t.cpuClock == null) {
      t.cpuClock = new CpuClock(carrier);
    }
    return t.cpuClock;
  }

  /** The current thread, a server, may run Python until {@link #leaveProgram}. May block. */
  public static void joinProgram() {
    current().scheduler.visit();
  }

  /** The end of what {@link #joinProgram} began. May block. */
  public static void leaveProgram() {
    current().scheduler.leave();
  }

  /**
   * Makes the current Java thread, which was not started here, one that may run Python. Blocks
   * until there is a permit for it.
   *
   * @param scheduler whose
   * @param name for people, or null
   * @return its record
   * @throws IllegalStateException if it is attached already, or the program is ending
   */
  public static PlaitThread attach(Scheduler scheduler, @Nullable String name) {
    if (currentOrNull() != null) {
      throw new IllegalStateException("this Java thread is attached already");
    }
    PlaitThread t = new PlaitThread(scheduler, name, true);
    t.started = true;
    scheduler.register(t);
    scheduler.launch(t);
    t.enter();
    scheduler.share();
    return t;
  }

  /**
   * Ends what {@link #attach} began: runs the exit hooks and gives up the permit.
   *
   * @throws IllegalStateException if the current thread isn't attached
   */
  public static void detach() {
    current().leave();
  }

  /**
   * Runs something with a permit on the current Java thread, whatever that is: attached to the
   * scheduler, outside of it ({@link Blocking#outside}), or attached to another one or none, in
   * which case it is attached for as long as this takes.
   *
   * @param scheduler whose
   * @param attachment makes the runtime's record, if the thread must be attached
   * @param op what to run
   * @return what it returned
   * @throws E if it throws it
   * @throws IllegalStateException if the program is ending
   */
  public static <T extends @Nullable Object, E extends Exception> T inside(
      Scheduler scheduler, Supplier<Object> attachment, BlockingOp<T, E> op) throws E {
    PlaitThread t = currentOrNull();
    if (t != null && t.scheduler == scheduler) {
      return t.outside ? t.backInside(op) : op.run();
    }
    setCurrent(null);
    try {
      attach(scheduler, Thread.currentThread().getName()).attachment = attachment.get();
      try {
        return op.run();
      } finally {
        detach();
      }
    } finally {
      if (t != null) {
        setCurrent(t);
      }
    }
  }

  private <T extends @Nullable Object, E extends Exception> T backInside(BlockingOp<T, E> op)
      throws E {
    Object waited = waitingFor;
    scheduler.acquire(this);
    waitingFor = null;
    outside = false;
    try {
      return op.run();
    } finally {
      outside = true;
      waitingFor = waited;
      scheduler.release(this);
    }
  }

  /** The current thread becomes this one and gets its first permit. */
  void enter() {
    setCurrent(this);
    scheduler.begin(this);
  }

  /** The current thread stops being this one. */
  void leave() {
    try {
      runExitHooks();
    } finally {
      scheduler.unregister(this);
      endRequests();
      if (ownsLocks) {
        BiasedLock.disown();
      }
      done.open();
      setCurrent(null);
      scheduler.end(this);
    }
  }

  private void runExitHooks() {
    List<Runnable> hooks = exitHooks;
    if (hooks != null) {
      for (Runnable hook : hooks) {
        hook.run();
      }
    }
  }

  /**
   * Has something done by this thread when its body has returned, while it still holds its permit
   * and before {@link #done()} opens. Only the thread itself, or its starter before it starts.
   *
   * @param hook runs in the order of registration; must not throw
   */
  public void onExit(Runnable hook) {
    if (exitHooks == null) {
      exitHooks = new ArrayList<>(2);
    }
    exitHooks.add(hook);
  }

  /**
   * Waits until the thread has ended.
   *
   * @param deadline of {@link Clock}
   * @return how the wait ended
   * @throws IllegalStateException if a thread waits for itself
   */
  public Outcome join(long deadline) {
    if (this == currentOrNull()) {
      throw new IllegalStateException("a thread cannot wait for itself");
    }
    return done.await(deadline);
  }

  /**
   * Opens when the thread has ended.
   *
   * @return the latch
   */
  public Latch done() {
    return done;
  }

  // ---------------------------------------------------------------- who it is

  /**
   * The current thread.
   *
   * @return its record
   * @throws IllegalStateException if this Java thread isn't attached
   */
  public static PlaitThread current() {
    PlaitThread t = currentOrNull();
    if (t == null) {
      throw new IllegalStateException(
          "this Java thread is not attached: " + Thread.currentThread().getName());
    }
    return t;
  }

  /**
   * The current thread, if it is one of ours.
   *
   * @return its record, or null
   */
  public static @Nullable PlaitThread currentOrNull() {
    return Thread.currentThread().getUncaughtExceptionHandler() instanceof PlaitThread t
        ? t
        : ATTACHED.get();
  }

  private static void setCurrent(@Nullable PlaitThread t) {
    Thread java = Thread.currentThread();
    if (t == null ? java.getUncaughtExceptionHandler() instanceof PlaitThread : t.ownsJava) {
      java.setUncaughtExceptionHandler(t);
    } else if (t == null) {
      ATTACHED.remove();
    } else {
      ATTACHED.set(t);
    }
  }

  /** Nobody is told: what a body throws comes after {@link #leave}. */
  @Override
  public void uncaughtException(Thread thread, Throwable e) {
    thread.getThreadGroup().uncaughtException(thread, e);
  }

  /**
   * The scheduler that this thread belongs to.
   *
   * @return the scheduler
   */
  public Scheduler scheduler() {
    return scheduler;
  }

  /**
   * Identifies the thread within its scheduler; never 0, never used twice.
   *
   * @return the number
   */
  public long ident() {
    return ident;
  }

  /**
   * The operating system's number for it where there is one (see {@link #setNativeId}); otherwise
   * one above all that Linux gives out.
   *
   * @return the number
   */
  public long nativeId() {
    return nativeId;
  }

  /**
   * Tells what the operating system calls this thread; the host knows, for platform threads.
   *
   * @param id the number
   */
  public void setNativeId(long id) {
    nativeId = id;
  }

  /**
   * The name given to it.
   *
   * @return the name, or null
   */
  public @Nullable String name() {
    return name;
  }

  /**
   * Names the thread and its Java thread.
   *
   * @param newName for people
   */
  public void setName(String newName) {
    name = newName;
    java.setName(newName);
  }

  /**
   * Whether the program may end without it.
   *
   * @return true for a daemon
   */
  public boolean isDaemon() {
    return daemon;
  }

  /**
   * Whether it has not ended yet.
   *
   * @return true from its start to its end
   */
  public boolean isAlive() {
    return !done.isOpen();
  }

  /**
   * The Java thread that runs it.
   *
   * @return the thread
   */
  public Thread javaThread() {
    return java;
  }

  /** Whether its Java thread was made for it, and ends with it. */
  boolean ownsJava() {
    return ownsJava;
  }

  void setJavaThread(Thread thread) {
    java = thread;
    ownsJava = true;
  }

  /**
   * Whether it is in a blocking operation; true of a thread that is not running in a stopped world.
   */
  public boolean isWaiting() {
    return waitingFor != null;
  }

  /** What it waits for, if it waits; a snapshot for reports. */
  @Nullable Object waitingFor() {
    return waitingFor;
  }

  @Override
  public String toString() {
    String n = name;
    return n == null ? "thread " + ident : "thread " + ident + " (" + n + ")";
  }

  // ---------------------------------------------------------------- requests

  /**
   * Asks this thread for something at its next safe point. If the bits include one that interrupts
   * waits, a wait in progress ends with {@link Outcome#INTERRUPTED}. May be called by any thread,
   * attached or not, but not under a lock that comes after the scheduler's in the lock order.
   *
   * @param bits of {@link SafePoint}
   */
  public void request(int bits) {
    int before = (int) REQUESTS.getAndBitwiseOr(this, bits);
    if (before == 0) {
      SafePoint.arm();
    }
    if ((bits & SafePoint.INTERRUPTS) != 0) {
      fireUnblocker();
      scheduler.unpark(this);
    }
  }

  /** Withdraws a request that has lost its point. */
  void cancelRequest(int bits) {
    int before = (int) REQUESTS.getAndBitwiseAnd(this, ~bits);
    if (before != 0 && (before & ~bits) == 0) {
      SafePoint.disarm();
    }
  }

  int requests() {
    return requests;
  }

  /** Whether any of these is requested. */
  boolean isRequested(int bits) {
    return (requests & bits) != 0;
  }

  int takeRequests() {
    int before = (int) REQUESTS.getAndBitwiseAnd(this, SafePoint.EVERY_POLL);
    if (before != 0 && (before & SafePoint.EVERY_POLL) == 0) {
      SafePoint.disarm();
    }
    return before;
  }

  /** From now on requests have no effect. */
  void endRequests() {
    int before = (int) REQUESTS.getAndSet(this, SafePoint.ENDED);
    if (before != 0 && before != SafePoint.ENDED) {
      SafePoint.disarm();
    }
  }

  /**
   * Whether a wait that began now would end with {@link Outcome#INTERRUPTED}.
   *
   * @return true if this thread should poll first
   */
  public boolean isInterruptRequested() {
    return isRequested(SafePoint.INTERRUPTS);
  }

  // ---------------------------------------------------------------- getting it out of an operation

  /** Publishes how to get this thread out of what it is about to do. */
  void publish(Unblocker how) {
    unblocker = how;
  }

  /** Takes it back, waiting for a call in progress to finish. */
  void withdraw(Unblocker how) {
    if (UNBLOCKER.compareAndSet(this, how, null)) {
      return;
    }
    for (int i = 0; unblocker == FIRING; i++) {
      if (i < UNBLOCKER_MAX_SPINS) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
    unblocker = null;
    if (how == Unblocker.INTERRUPT) {
      Thread.interrupted();
    }
  }

  private void fireUnblocker() {
    Unblocker how = unblocker;
    if (how == null || how == FIRING || how == FIRED) {
      return;
    }
    if (UNBLOCKER.compareAndSet(this, how, FIRING)) {
      try {
        how.unblock(this);
      } finally {
        unblocker = FIRED;
      }
    }
  }

  private static final class Marker implements Unblocker {
    @Override
    public void unblock(PlaitThread blocked) {}
  }

  // ---------------------------------------------------------------- for schedulers

  /** The permit it holds; on the thread itself. */
  Permit heldPermit() {
    Permit p = permit;
    if (p == null) {
      throw new IllegalStateException(this + " holds no permit: a blocking call within another?");
    }
    return p;
  }

  int parkState() {
    return parkState;
  }

  void setParkState(int state) {
    parkState = state;
  }

  boolean casParkState(int from, int to) {
    return PARK_STATE.compareAndSet(this, from, to);
  }

  /** Wakes the Java thread, or starts it if this is its first turn. */
  void resume() {
    if (started) {
      LockSupport.unpark(java);
    } else {
      started = true;
      java.start();
    }
  }

  /** What the Java thread runs. */
  static final class Body implements Runnable {
    private final PlaitThread thread;
    private final Runnable body;

    Body(PlaitThread thread, Runnable body) {
      this.thread = thread;
      this.body = body;
    }

    @Override
    public void run() {
      thread.enter();
      try {
        body.run();
      } finally {
        thread.leave();
      }
    }
  }
}
