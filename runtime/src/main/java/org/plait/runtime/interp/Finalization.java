package org.plait.runtime.interp;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.plait.host.time.Clocks;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.ObjectExtras;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyCalls;
import org.plait.sched.Blocking;
import org.plait.sched.PlaitThread;
import org.plait.sched.Scheduler;
import org.plait.sched.Unblocker;

/**
 * What happens when the collector finds objects dead: callbacks of weak references, {@code
 * __del__}, the end of suspended generators and of coroutines that nobody awaited.
 *
 * <p>The JVM puts what has died into {@link #QUEUE}. A daemon thread of the interpreter takes it
 * from there and runs the Python code, so that code never runs in the middle of somebody else's;
 * {@code gc.collect()} takes it too and runs it in the caller. The thread starts with the first
 * object that needs it.
 *
 * <p>Finalizers see the whole object. It is tied to a {@link Guard}, which has a Java finalizer:
 * the one mechanism of the JVM that hands a dead object out again, once, as Python wants it.
 */
public final class Finalization {
  private Finalization() {}

  /** Something that has been found dead and what to do about it. */
  public interface Dead {
    /** Runs Python code. What it throws is reported as unraisable. */
    void run();

    /** Of what has died together the highest runs first; the JVM's queue knows no order. */
    default long rank() {
      return Long.MAX_VALUE;
    }
  }

  private static final ReferenceQueue<Object> QUEUE = new ReferenceQueue<>();
  private static final AtomicBoolean STARTED = new AtomicBoolean();

  /** The finalizer thread, if it has been started. */
  private static volatile @Nullable PlaitThread server;

  /** How many threads are in {@link #collect}. */
  private static final AtomicInteger COLLECTING = new AtomicInteger();

  /** What the finalizer thread took from the queue, until somebody runs it. */
  private static final ConcurrentLinkedQueue<Dead> HANDED_OVER = new ConcurrentLinkedQueue<>();

  /** Odd while the finalizer thread waits for something in the queue and hands it over. */
  private static final AtomicInteger TAKES = new AtomicInteger();

  /** Counts the calls of {@link #collect}, from 1. */
  private static final AtomicInteger ERA = new AtomicInteger(1);

  /** Whether {@link #letGo} was called in this era. */
  private static volatile boolean someLetGo;

  /** How long {@link #collect} waits for the JVM to tell what has died. */
  private static final long PATIENCE_MILLIS = 500;

  /** How long it takes a thread to notice that it is to wake up. */
  private static final long TAKE_NANOS = 20_000;

  /** How often the finalizer thread looks whether the process is at rest, unless it is asleep. */
  private static final long IDLE_MILLIS = 100;

  /**
   * Whether the finalizer thread waits until something has died, or is created: a process that
   * waits takes no processor time. Who creates counts first and then looks here, the finalizer
   * thread says that it sleeps and then looks at the count, so one of them sees the other.
   */
  private static volatile boolean asleep;

  /** What finalizers let go dies in the next round. */
  private static final int MAX_ROUNDS = 3;

  /** The queue for Java references that are {@link Dead}; somebody will take them from it. */
  public static ReferenceQueue<Object> queue() {
    start();
    newNumber();
    return QUEUE;
  }

  // ---- objects with finalizers

  /** Notices the end of its owner, on which alone it hangs. */
  private static final class Guard {
    private final PyObject owner;

    /** Whose finalizer it is, as far as that is known. */
    private final @Nullable PyInterpreter interpreter;

    private final @Nullable Alive entry;
    private volatile boolean fired;

    /** Which of those that its thread has made; begins anew after 2^31. */
    private final int number;

    Guard(PyObject owner) {
      this.owner = owner;
      ThreadState ts = ThreadState.currentOrNull();
      interpreter = ts == null ? null : ts.interpreter;
      number = ts == null ? 0 : ts.guards++ & Integer.MAX_VALUE;
      if (owner instanceof PyGeneratorBase) {
        entry = null;
      } else {
        entry = new Alive(this);
        ALIVE.add(entry);
      }
    }

    /** Runs on the JVM's finalizer thread, once: only passes the object on. */
    @Override
    @SuppressWarnings({"removal", "Finalize"})
    protected void finalize() {
      if (entry != null) {
        ALIVE.remove(entry);
      }
      if (!fired) {
        fired = true;
        new Finalizable(this).enqueue();
      }
    }
  }

  /** The guards of objects that may be alive when the program ends; no generators. */
  private static final Set<Alive> ALIVE = ConcurrentHashMap.newKeySet();

  /** Whether there was a coroutine: then a last collection finds those that nobody awaited. */
  private static volatile boolean coroutines;

  /** The largest heap in bytes that the last collection is worth its time for: some 50 ms. */
  private static final long LAST_COLLECTION_LIMIT = 256L << 20;

  /** How many guards and callbacks of weak references were made. */
  private static final AtomicLong CREATED = new AtomicLong();

  private static long newNumber() {
    long number = CREATED.getAndIncrement();
    wake();
    return number;
  }

  private static final class Alive extends WeakReference<Guard> {
    private final long number = newNumber();

    Alive(Guard guard) {
      super(guard);
    }
  }

  /**
   * Runs the finalizers of what is still alive at the end of an interpreter: those written in
   * Python, oldest first, then those of native objects, newest first but for {@link HoldersFirst},
   * which closes files. Before that, coroutines that nobody awaited are told of.
   *
   * @param interpreter whose objects
   * @param kept stays as it is
   */
  public static void finish(PyInterpreter interpreter, Predicate<PyObject> kept) {
    Runtime jvm = Runtime.getRuntime();
    if (coroutines && jvm.totalMemory() - jvm.freeMemory() < LAST_COLLECTION_LIMIT) {
      collect();
    }
    List<Alive> all = new ArrayList<>(ALIVE);
    // Comparator's own factories make classes at run time, for 7 ms at each program's end.
    all.sort((a, b) -> Long.compare(a.number, b.number));
    List<Guard> natives = new ArrayList<>();
    for (Alive a : all) {
      Guard g = a.get();
      if (g == null || g.interpreter != interpreter || kept.test(g.owner)) {
        continue;
      }
      if (g.owner.type().special(Special.DEL) instanceof PyFunction) {
        finish(g);
      } else {
        natives.add(g);
      }
    }
    HoldersFirst.ordered(natives.reversed(), g -> g.owner).forEach(Finalization::finish);
  }

  private static void finish(Guard g) {
    if (!g.fired) {
      g.fired = true;
      run(new Finalizable(g));
    }
  }

  /**
   * Runs Python code for an object that has died, in the object's own interpreter, whichever the
   * thread belongs to; not at all when that interpreter is no more.
   *
   * @param interpreter null for the thread's
   */
  public static void runIn(@Nullable PyInterpreter interpreter, Runnable code) {
    ThreadState ts = ThreadState.current();
    if (interpreter == null || ts.interpreter == interpreter) {
      code.run();
    } else if (!interpreter.finalizing) {
      ThreadState.in(
          interpreter,
          () -> {
            code.run();
            return null;
          });
    }
  }

  /** Carries a dead object through the queue. */
  private static final class Finalizable extends WeakReference<Object> implements Dead {
    private final PyObject object;
    private final @Nullable PyInterpreter interpreter;
    private final int number;

    Finalizable(Guard guard) {
      super(QUEUE, QUEUE);
      this.object = guard.owner;
      this.interpreter = guard.interpreter;
      this.number = guard.number;
    }

    /**
     * Oldest first, as in CPython. Files and their like come last, newest first: Python code that
     * dies with them may be about to close them, and a layer of a file is flushed into that below.
     */
    @Override
    public long rank() {
      return isPython() ? Long.MAX_VALUE - number : Long.MIN_VALUE + number;
    }

    /** The object, if it is a file or its like. */
    @Nullable PyObject file() {
      return isPython() ? null : object;
    }

    private boolean isPython() {
      return object instanceof PyGeneratorBase
          || object.type().special(Special.DEL) instanceof PyFunction;
    }

    @Override
    public void run() {
      runIn(interpreter, () -> finalizeObject(object));
    }
  }

  /** An object that must hang on the owner alone; when they die, the owner's finalizer runs. */
  public static Object guard(PyObject owner) {
    start();
    return new Guard(owner);
  }

  /** Whether the finalizer of an object has run. */
  public static boolean isFinalized(PyObject o) {
    Object guard = o instanceof PyGeneratorBase g ? g.guard : ObjectExtras.guardOf(o);
    return guard instanceof Guard g && g.fired;
  }

  static void watchCoroutine(PyCoroutine c) {
    if (!coroutines) {
      coroutines = true;
    }
    watchGenerator(c);
  }

  static void watchAsyncGenerator(PyAsyncGenerator g) {
    watchGenerator(g);
  }

  /** Has a generator closed when it dies suspended. */
  static void watchGenerator(PyGeneratorBase g) {
    if (g.guard == null) {
      g.guard = guard(g);
    }
  }

  /** Runs {@code __del__} or what a native object does instead. */
  private static void finalizeObject(PyObject o) {
    if (o instanceof PyGeneratorBase g) {
      g.finalizeGenerator();
      return;
    }
    PyObject del = o.type().special(Special.DEL);
    if (del == null) {
      return;
    }
    try {
      PyCalls.invoke(del, o);
    } catch (PyException e) {
      Unraisable.reportAbout(e.value, "Exception ignored while calling deallocator", del);
    }
  }

  // ---- running

  private static void start() {
    if (STARTED.get()) {
      return;
    }
    ThreadState ts = ThreadState.currentOrNull();
    PlaitThread current = PlaitThread.currentOrNull();
    if (ts == null || current == null || !STARTED.compareAndSet(false, true)) {
      return;
    }
    PyInterpreter interpreter = ts.interpreter.runtime.main();
    try {
      server =
          PlaitThread.startServer(
              () -> serve(interpreter), "finalizer", new ThreadState(interpreter));
    } catch (IllegalStateException e) {
      // The program is ending: what dies now dies silently.
      STARTED.set(false);
    }
  }

  /** Whether a thread is none of the program's but the finalizer thread. */
  public static boolean isServer(PlaitThread thread) {
    return thread == server;
  }

  /** Whether there is a finalizer thread. */
  public static boolean hasServer() {
    PlaitThread thread = server;
    return thread != null && thread.isAlive();
  }

  private static void serve(PyInterpreter interpreter) {
    while (!interpreter.finalizing) {
      if (!Blocking.call(Unblocker.INTERRUPT, Finalization::take, null)) {
        IDLE.look();
        continue;
      }
      PlaitThread.joinProgram();
      // Whoever collects wants it done when that is over.
      if (COLLECTING.get() == 0) {
        // As if each time a thread of its own did it: what finalizers leave in thread locals, such
        // as what threading keeps of threads that it did not start, is not kept for ever.
        ThreadState.in(interpreter, Finalization::drain);
      }
      PlaitThread.leaveProgram();
    }
    // The next guard of an interpreter that goes on starts another one.
    STARTED.set(false);
  }

  /**
   * Waits a while for something dead, and puts it where whoever collects meanwhile, perhaps at the
   * end of the program, finds it too.
   */
  private static boolean take() {
    TAKES.incrementAndGet();
    try {
      Object dead = asleep ? QUEUE.remove() : QUEUE.remove(IDLE_MILLIS);
      return dead instanceof Dead d && HANDED_OVER.add(d);
    } catch (InterruptedException e) {
      return false;
    } finally {
      TAKES.incrementAndGet();
    }
  }

  /** Has the finalizer thread look again what there is to do, if it is asleep. */
  public static void wake() {
    if (asleep) {
      asleep = false;
      new Nudge().enqueue();
    }
  }

  /** Ends the finalizer thread's waiting. */
  private static final class Nudge extends WeakReference<Object> {
    Nudge() {
      super(QUEUE, QUEUE);
    }
  }

  /** Waits until what the finalizer thread is just taking from the queue has been handed over. */
  private static void awaitTake() {
    int take = TAKES.get();
    if (take % 2 != 0) {
      new Nudge().enqueue();
      while (TAKES.get() == take) {
        LockSupport.parkNanos(TAKE_NANOS);
      }
    }
  }

  /** The finalizer thread's alone. */
  private static final Idle IDLE = new Idle();

  /**
   * Collects when the process has come to rest and objects with finalizers or with callbacks of
   * weak references were made since the last time. A program that waits allocates nothing, so that
   * the JVM would never find what it has let go of; but somebody may wait for just that: the other
   * end of a dropped socket for its close, the threads of a dropped executor for their end.
   *
   * <p>A collection takes about a second per gigabyte, and stops everything meanwhile. So a process
   * must have been at rest for {@link #PATIENCE} times as long before it, and for each nanosecond
   * spent that way there are at least {@link #REST} without, or {@link #LONG_REST} after a long
   * one.
   */
  private static final class Idle {
    private static final long REST = 30;
    private static final long LONG_REST = 100;
    private static final long LONG_NANOS = 50_000_000;
    private static final long PATIENCE = 10;

    /** Looks after a start that do nothing. */
    private static final int LEAD = 5;

    /** The same as long as nobody else has called the C library, whose first call is dear. */
    private static final int LONG_LEAD = 20;

    /** Share of the time, one in so many, that a process at rest may spend on a processor. */
    private static final long BUSY = 10;

    private int looks;
    private long created;

    /** When the rest began that lasts, or 0 while nobody watches. */
    private long restsSince;

    private long seenAt;
    private long seenCpu;
    private long notBefore;

    void look() {
      if (looks < LEAD || (looks < LONG_LEAD && !Clocks.isProcessTimeCheap())) {
        looks++;
        return;
      }
      long made = CREATED.get();
      if (made == created) {
        restsSince = 0;
        asleep = true;
        asleep = CREATED.get() == created;
        return;
      }
      long now = Clocks.monotonic();
      long cpu = Clocks.processTime();
      boolean rests = restsSince != 0 && (cpu - seenCpu) * BUSY < now - seenAt;
      if (!rests) {
        restsSince = now;
      } else if (now >= notBefore && now - restsSince >= PATIENCE * expectedNanos()) {
        created = made;
        restsSince = 0;
        clearWaitingThreads();
        Blocking.call(
            Unblocker.NONE,
            () -> {
              System.gc();
              return null;
            },
            null);
        long took = Clocks.processTime() - cpu;
        notBefore = Clocks.monotonic() + (took < LONG_NANOS ? REST : LONG_REST) * took;
        return;
      }
      seenAt = now;
      seenCpu = cpu;
    }

    private static long expectedNanos() {
      Runtime jvm = Runtime.getRuntime();
      return jvm.totalMemory() - jvm.freeMemory();
    }
  }

  private static void run(Dead dead) {
    try {
      dead.run();
    } catch (PyException e) {
      Unraisable.report(e.value, null, null);
    }
  }

  /** Runs what is waiting, in the current thread; returns how much it was. */
  public static int drain() {
    List<Dead> found = new ArrayList<>();
    for (Object dead = next(); dead != null; dead = next()) {
      found.add((Dead) dead);
    }
    found.sort((a, b) -> Long.compare(b.rank(), a.rank()));
    HoldersFirst.ordered(found, d -> d instanceof Finalizable f ? f.file() : null)
        .forEach(Finalization::run);
    return found.size();
  }

  private static @Nullable Object next() {
    Object dead = HANDED_OVER.poll();
    if (dead != null) {
      return dead;
    }
    boolean nudged = false;
    do {
      dead = QUEUE.poll();
      nudged |= dead instanceof Nudge;
    } while (dead instanceof Nudge);
    if (nudged && !isServer(PlaitThread.current())) {
      // The finalizer thread has not seen it yet.
      new Nudge().enqueue();
    }
    return dead;
  }

  /** Dies at once, in two ways; when both have been noticed, so has what died with it. */
  private static final class Canary {
    private final CountDownLatch finalized;

    Canary(CountDownLatch finalized) {
      this.finalized = finalized;
    }

    @Override
    @SuppressWarnings({"removal", "Finalize"})
    protected void finalize() {
      finalized.countDown();
    }
  }

  /**
   * Collects garbage and runs, in the current thread, the Python code that this entails.
   *
   * @return how many objects had something to do
   */
  public static int collect() {
    int n = 0;
    COLLECTING.incrementAndGet();
    someLetGo = false;
    ERA.incrementAndGet();
    try {
      PyCode.forgetCaches();
      PyType.clearCaches();
      for (int round = 0; round < MAX_ROUNDS; round++) {
        int ran = collectOnce();
        n += ran;
        if (ran == 0) {
          break;
        }
      }
    } finally {
      COLLECTING.decrementAndGet();
    }
    return n + drain();
  }

  /** Lets go of what the frames of the current thread keep although no code will read it. */
  public static void clearDeadTemporaries() {
    ThreadState ts = ThreadState.currentOrNull();
    if (ts != null) {
      DeadRegisters.clear(ts);
    }
  }

  /**
   * Does the same for threads that wait, unless another one runs just now: what they have let go of
   * may still stand in their registers.
   */
  private static void clearWaitingThreads() {
    Scheduler scheduler = PlaitThread.current().scheduler();
    List<PlaitThread> threads = scheduler.threads();
    scheduler.stopTheRestingWorld(
        () -> {
          for (PlaitThread thread : threads) {
            if (thread.isWaiting() && thread.attachment instanceof ThreadState ts) {
              DeadRegisters.clear(ts);
            }
          }
        });
  }

  /**
   * Tells that the interpreter itself no longer holds an object of the program's. If nobody else
   * does, CPython would free it in this moment. Here the first look at it through a weak reference,
   * where a difference would show, {@linkplain #collect collects} before; so this is for what is
   * rarely let go.
   */
  public static void letGo(PyObject o) {
    if (ObjectExtras.isReferable(o)) {
      ObjectExtras.letGo(o, ERA.get());
      someLetGo = true;
    }
  }

  /** Whether an object was let go since the last collection. */
  public static boolean isLetGo(PyObject o) {
    return someLetGo && ObjectExtras.isLetGo(o, ERA.get());
  }

  private static int collectOnce() {
    ReferenceQueue<Object> cleared = new ReferenceQueue<>();
    CountDownLatch finalized = new CountDownLatch(1);
    DeadRegisters.clear(ThreadState.current());
    clearWaitingThreads();
    WeakReference<Object> canary = new WeakReference<>(new Canary(finalized), cleared);
    Blocking.call(
        Unblocker.NONE,
        () -> {
          System.gc();
          awaitReferences(cleared, finalized);
          awaitTake();
          return null;
        },
        null);
    Reference.reachabilityFence(canary);
    return drain();
  }

  /**
   * The JVM's threads that pass on what has died. Each takes things out of a list or queue and may
   * lose its core while it has them in hand, where nobody else can see them. A thread that is not
   * found, as it has another name, is not waited for.
   */
  private static final class Carriers {
    /** Puts references into their queues, all that one collection found at once, in any order. */
    private static final @Nullable Thread REFERENCE_HANDLER = find("Reference Handler");

    /** Runs Java finalizers, one by one. */
    private static final @Nullable Thread FINALIZER = find("Finalizer");

    private static @Nullable Thread find(String name) {
      ThreadGroup group = Thread.currentThread().getThreadGroup();
      while (group.getParent() != null) {
        group = group.getParent();
      }
      Thread[] threads = new Thread[group.activeCount() + 16];
      int n = group.enumerate(threads);
      for (int i = 0; i < n; i++) {
        if (threads[i].getName().equals(name)) {
          return threads[i];
        }
      }
      return null;
    }

    static void awaitReferenceHandler() {
      await(
          REFERENCE_HANDLER,
          t -> {
            StackTraceElement[] stack = t.getStackTrace();
            return stack.length > 0
                && stack[0].getMethodName().equals("waitForReferencePendingList");
          });
    }

    static void awaitFinalizer() {
      await(
          FINALIZER,
          t ->
              t.getState() == Thread.State.WAITING
                  && !Arrays.toString(t.getStackTrace()).contains("runFinalizer"));
    }

    private static void await(@Nullable Thread t, Predicate<Thread> hasEmptyHands) {
      long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
      while (t != null && !hasEmptyHands.test(t) && System.nanoTime() - until < 0) {
        LockSupport.parkNanos(TAKE_NANOS);
      }
    }
  }

  /** Waits until the JVM has passed on what the collection found dead. */
  @SuppressWarnings("removal")
  private static void awaitReferences(ReferenceQueue<Object> cleared, CountDownLatch finalized) {
    try {
      cleared.remove(PATIENCE_MILLIS);
      Carriers.awaitReferenceHandler();
      finalized.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // The canary's companions may still be in the finalizer's queue, which is not first in, first
    // out.
    System.runFinalization();
    Carriers.awaitFinalizer();
  }
}
