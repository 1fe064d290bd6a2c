package org.plait.sched;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.plait.sched.strategy.Strategy;

/**
 * Decides which threads run Python. Virtual threads know no pre-emption, so we own that decision: a
 * thread runs Python only while it holds a permit, gives it up where it blocks ({@link Blocking}),
 * and hands it on at a safe point when its time slice is over and somebody waits.
 *
 * <p>One mechanism, three backends: as many permits as cores is free threading ({@link #free}); one
 * permit is a GIL ({@link #gil}); one permit whose next holder a strategy chooses is the
 * deterministic scheduler ({@link #deterministic}). A thread belongs to one scheduler for life, and
 * the threads it starts belong to the same; several schedulers may live in one process.
 */
public abstract sealed class Scheduler permits PermitScheduler, DeterministicScheduler {
  /** Linux gives out thread numbers below 2^22. */
  static final long FIRST_INVENTED_NATIVE_ID = 1L << 22;

  private static final long ORIGIN = System.nanoTime() - 1_000_000_000L;

  /** Bytes of stack of a virtual thread, which is the carrier's: what {@code -Xss} says. */
  private static final long DEFAULT_STACK_BYTES = Long.getLong("plait.stack", 1L << 20);

  private final ConcurrentHashMap<Long, PlaitThread> threads = new ConcurrentHashMap<>();
  private final AtomicLong idents = new AtomicLong();
  private volatile SafePointActions actions = new NoActions();
  private volatile @Nullable PlaitThread main;

  Scheduler() {}

  // ---------------------------------------------------------------- which one

  /**
   * Threads run side by side on all cores.
   *
   * @return a scheduler with a permit per core
   */
  public static Scheduler free() {
    return free(Runtime.getRuntime().availableProcessors());
  }

  /**
   * Threads run side by side on so many cores.
   *
   * @param permits at least 1; what exceeds the carriers of virtual threads, less one, is ignored
   * @return a scheduler with so many permits
   */
  public static Scheduler free(int permits) {
    return new PermitScheduler(Math.min(permits, Carriers.mostPermits()), false);
  }

  /**
   * One thread runs at a time.
   *
   * @return a scheduler with one permit
   */
  public static Scheduler gil() {
    return new PermitScheduler(1, true);
  }

  /**
   * One thread runs at a time, and the strategy says which.
   *
   * @param strategy chooses at each switch point
   * @return a scheduler for one run of a program
   */
  public static DeterministicScheduler deterministic(Strategy strategy) {
    return new DeterministicScheduler(strategy);
  }

  /**
   * Whether at most one thread runs at a time.
   *
   * @return true for the GIL and for the deterministic scheduler
   */
  public abstract boolean isExclusive();

  /**
   * How long a thread may run while others wait.
   *
   * @return nanoseconds
   */
  public abstract long switchInterval();

  /**
   * Sets how long a thread may run while others wait; 5 ms at first.
   *
   * @param nanos at least 1
   */
  public abstract void setSwitchInterval(long nanos);

  // ---------------------------------------------------------------- threads

  /**
   * Runs the program's main thread to its end. Its body should tell the record its native id, which
   * is the process's.
   *
   * @param body what it does
   * @param attachment the runtime's record of the thread
   * @param virtual whether on a new virtual thread or on the current Java thread. A virtual one
   *     costs 1.3 ms more at the start (2.4 ms with an AOT cache, all of this package included) and
   *     is woken in 2 µs instead of 10
   */
  public final void runMain(Runnable body, @Nullable Object attachment, boolean virtual) {
    Carriers.configure();
    PlaitThread t = new PlaitThread(this, "MainThread", false);
    t.attachment = attachment;
    main = t;
    register(t);
    PlaitThread.Body run = new PlaitThread.Body(t, body);
    if (!virtual) {
      t.started = true;
      launch(t);
      run.run();
      return;
    }
    Thread java = Thread.ofVirtual().name("MainThread").unstarted(run);
    t.setJavaThread(java);
    launch(t);
    boolean interrupted = false;
    while (true) {
      try {
        java.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
        t.request(SafePoint.JAVA_INTERRUPT);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** See {@link PlaitThread#start}; here for threads of another scheduler or none. */
  final PlaitThread start(
      Runnable body,
      @Nullable String name,
      boolean daemon,
      long stackBytes,
      @Nullable Object attachment) {
    MicroLock.notAlone();
    return startQuietly(body, name, daemon, stackBytes, attachment);
  }

  /**
   * Starts a thread that leaves the program's only thread alone but when it {@link #visit visits}
   * it.
   */
  final PlaitThread startQuietly(
      Runnable body,
      @Nullable String name,
      boolean daemon,
      long stackBytes,
      @Nullable Object attachment) {
    PlaitThread t = new PlaitThread(this, name, daemon);
    t.attachment = attachment;
    PlaitThread.Body run = new PlaitThread.Body(t, body);
    register(t);
    try {
      if (stackBytes > DEFAULT_STACK_BYTES) {
        Thread java = new Thread(null, run, name == null ? "" : name, stackBytes);
        java.setDaemon(true);
        t.setJavaThread(java);
        t.started = true;
        java.start();
      } else {
        Carriers.configure();
        Thread.Builder builder = Thread.ofVirtual();
        if (name != null) {
          builder.name(name);
        }
        t.setJavaThread(builder.unstarted(run));
      }
    } catch (OutOfMemoryError e) {
      unregister(t);
      throw new IllegalStateException("can't start new thread", e);
    }
    launch(t);
    SafePoint.point();
    return t;
  }

  /**
   * The threads that have been started or attached and have not ended.
   *
   * @return a snapshot, in the order of starting
   */
  public final List<PlaitThread> threads() {
    List<PlaitThread> all = new ArrayList<>(threads.values());
    all.sort((a, b) -> Long.compare(a.ident(), b.ident()));
    return all;
  }

  /**
   * How many threads {@link #threads()} would list.
   *
   * @return the number
   */
  public final int threadCount() {
    return threads.size();
  }

  /**
   * Finds a living thread.
   *
   * @param ident of {@link PlaitThread#ident()}
   * @return the thread, or null
   */
  public final @Nullable PlaitThread thread(long ident) {
    return threads.get(ident);
  }

  /**
   * The thread that {@link #runMain} runs.
   *
   * @return the thread, or null if there is none
   */
  public final @Nullable PlaitThread mainThread() {
    return main;
  }

  /**
   * Declares which thread runs signal handlers; for a Java program whose attached thread is the
   * main one.
   *
   * @param t an attached thread, or null
   */
  public final void setMainThread(@Nullable PlaitThread t) {
    main = t;
  }

  /**
   * Has the main thread run the handlers of signals that have arrived, out of whatever it waits
   * for. May be called on any thread, attached or not.
   *
   * @return false if there is no main thread
   */
  public final boolean interruptMain() {
    PlaitThread t = main;
    if (t == null) {
      return false;
    }
    t.request(SafePoint.SIGNAL);
    return true;
  }

  /**
   * What threads do when asked for something at a safe point; nothing, at first.
   *
   * @param newActions the runtime's callback
   */
  public final void setActions(SafePointActions newActions) {
    actions = newActions;
  }

  final SafePointActions actions() {
    return actions;
  }

  final long nextIdent() {
    return idents.incrementAndGet();
  }

  /** Has containers take their locks from now on; for a thread that was not started as others. */
  final void share() {
    if (MicroLock.isAlone() || MicroLock.mayReturn()) {
      stopTheWorld(MicroLock::notAlone);
    }
  }

  /** As {@link #share}, until {@link #leave}. */
  final void visit() {
    if (MicroLock.isAlone()) {
      stopTheWorld(MicroLock::visited);
    }
  }

  /** The end of a visit. */
  final void leave() {
    if (MicroLock.mayReturn()) {
      stopTheWorld(MicroLock::left);
    }
  }

  void register(PlaitThread t) {
    if (isFrozen()) {
      throw new IllegalStateException("can't start a new thread while the program ends");
    }
    threads.put(t.ident(), t);
  }

  void unregister(PlaitThread t) {
    threads.remove(t.ident());
  }

  // ---------------------------------------------------------------- all of them at once

  /**
   * Stops all other threads at safe points or in blocking operations, runs the action on this
   * thread, and lets them go on. The action may look at what belongs to other threads. Waits for
   * threads that run without polling.
   *
   * @param action must not block and must not throw
   */
  public abstract void stopTheWorld(Runnable action);

  /**
   * As {@link #stopTheWorld}, but only if no other thread runs just now; waits for nobody.
   *
   * @param action must not block and must not throw
   * @return whether it was run
   */
  public abstract boolean stopTheRestingWorld(Runnable action);

  /**
   * Whether a thread may be running: if not, it sees all that was written before this was called
   * when it runs again. To be called after a full fence.
   */
  abstract boolean isRunning(PlaitThread t);

  /**
   * Stops all other threads for good, as at the end of the program. The caller runs on alone, and
   * nobody can be started or attached any more. A thread that is in a blocking operation stays in
   * there or stops as it comes out; one that reaches no safe point within a second stops at the
   * next it reaches.
   */
  public abstract void freeze();

  /**
   * Whether {@link #freeze} was called.
   *
   * @return true at the end of the program
   */
  public abstract boolean isFrozen();

  /**
   * The stack that a thread gets that doesn't ask for more: the system property {@code
   * plait.stack}, which the launcher sets along with {@code -Xss}.
   *
   * @return bytes
   */
  public static long defaultStackBytes() {
    return DEFAULT_STACK_BYTES;
  }

  // ---------------------------------------------------------------- what backends do

  /** Gives a READY thread its first permit as soon as there is one; starts it then if need be. */
  abstract void launch(PlaitThread t);

  /** First act of a thread, on the thread itself: returns holding a permit. */
  abstract void begin(PlaitThread t);

  /** Last act of a thread, on the thread itself: gives up the permit for good. */
  abstract void end(PlaitThread t);

  /**
   * Parks the current thread, without its permit, until {@link #unpark} or the deadline; returns at
   * once if it was unparked since it last parked. May return early without reason.
   *
   * @return false if the deadline passed first
   */
  abstract boolean park(PlaitThread t, long deadline);

  /** Wakes a parked thread, or lets its next {@link #park} return at once. On any thread. */
  abstract void unpark(PlaitThread t);

  /** The current thread gives up its permit to block somewhere outside. */
  abstract void release(PlaitThread t);

  /** The current thread is back from outside; returns holding a permit. */
  abstract void acquire(PlaitThread t);

  /** At a poll that was asked for: the current thread lets others go first. */
  abstract void handOver(PlaitThread t);

  /** At a poll: whether a thread that this one has woken has waited long enough for a permit. */
  boolean isTimeToWake(PlaitThread t) {
    return true;
  }

  /** Gives idle permits to threads that wait for one. */
  void wakeNow() {}

  /** A declared switch point; only the deterministic scheduler switches here. */
  abstract void point(PlaitThread t);

  /** How often it is worth looking at a lock before parking; 0 if nobody runs who could free it. */
  abstract int spins();

  abstract long nanoTime();

  abstract long epochNanos();

  static long hostNanos() {
    return System.nanoTime() - ORIGIN;
  }

  private static final class NoActions implements SafePointActions {
    @Override
    public void run(PlaitThread thread, int requests) {}
  }
}
