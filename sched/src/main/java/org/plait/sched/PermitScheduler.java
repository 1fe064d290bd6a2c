package org.plait.sched;

import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Free threading and the GIL: N permits.
 *
 * <p><b>No wake-up is lost</b>, because both sides write first and then look: who frees a permit
 * makes it idle, then looks at the run queue; who queues appends itself, then looks for idle
 * permits ({@link #matchIdle}). One of them sees the other.
 *
 * <p><b>Fast path.</b> {@link #release} is an exchange on the thread's own permit and a read of the
 * queue's size; {@link #acquire} is a compare-and-set on the same permit. Nothing is counted. Both
 * together with the rest of {@link Blocking#call} take 21 ns, and two threads side by side do twice
 * as many as one (2-core x86).
 *
 * <p><b>Time slices.</b> A thread that queues asks the holder that has run longest to hand over, if
 * it has run for {@link #earlyNanos}; otherwise the {@link Ticker} asks later. The ticker sleeps
 * while nobody queues.
 *
 * <p><b>Waking later.</b> Most threads that wake another block soon after: who starts a thread
 * waits for its first sign, who passes a lock to and fro waits for its return. To wake a second
 * core for that costs both of them more than the work itself. So the woken thread is only queued,
 * and gets the waker's own permit when that blocks; or an idle one, if the waker still runs after
 * {@link #WAKE_LATER_NANOS} (it looks at its safe points, the ticker for threads that reach none)
 * or wakes another. Until then a thread is queued though a permit is idle.
 *
 * <p><b>Threads that reach no safe point</b> (a power of a huge int, a search in a huge string,
 * Java code of somebody else's) keep their permit beyond their slice. In free threading the ticker
 * then makes another permit in the place of theirs ({@link #replace}), and sees to it that there is
 * a carrier for it. The one that was replaced ends when its owner gives it up. Until then it is one
 * of {@link #permits}, so that stopping the world waits for its owner.
 *
 * <p><b>The world is stopped</b> when {@link #world} owns all permits but the stopper's.
 */
final class PermitScheduler extends Scheduler {
  private static final long DEFAULT_SLICE_NANOS = 5_000_000;
  private static final long EARLY_NANOS = 500_000;
  private static final long STOP_RECHECK_NANOS = 50_000;
  private static final int SPINS = 60;

  /** How long a thread that wakes another may run on before that is given a core of its own. */
  private static final long WAKE_LATER_NANOS = 20_000;

  /** How long the end of the program waits for threads that reach no safe point. */
  private static final long FREEZE_NANOS = 1_000_000_000;

  /** How long a thread may go on that was asked for its permit and reaches no safe point. */
  private static final long STUCK_NANOS = 25_000_000;

  /** How often the ticker must have looked meanwhile: a pause of the whole process is none. */
  private static final int STUCK_TICKS = 8;

  /** The most permits that are replaced at the same time. */
  private static final int MOST_REPLACED = 64;

  /** The array is never written; changed under {@link #permitsLock}. */
  private volatile Permit[] permits;

  private final SpinLock permitsLock = new SpinLock();
  private final int count;
  private final boolean gil;
  private final RunQueue queue = new RunQueue();
  private final Ticker ticker = new Ticker(this);
  private final Timers timers = new Timers(this);

  /** Owns the permits of a stopped world; runs nothing. */
  private final PlaitThread world = new PlaitThread(this, "the stopped world", true);

  /** Owns a permit that is on its way from being idle to a queued thread. */
  private final PlaitThread broker = new PlaitThread(this, "a permit between two threads", true);

  /** Held by the thread that stops the world. */
  private final Mutex worldLock = new Mutex();

  private volatile @Nullable PlaitThread stopper;
  private volatile boolean frozen;
  private volatile long sliceNanos = DEFAULT_SLICE_NANOS;
  private volatile long earlyNanos;

  PermitScheduler(int count, boolean gil) {
    if (count < 1) {
      throw new IllegalArgumentException("permits: " + count);
    }
    this.gil = gil;
    this.count = count;
    Permit[] all = new Permit[count];
    for (int i = 0; i < count; i++) {
      all[i] = new Permit();
    }
    permits = all;
    earlyNanos = gil ? DEFAULT_SLICE_NANOS : EARLY_NANOS;
  }

  @Override
  public boolean isExclusive() {
    return gil;
  }

  @Override
  public long switchInterval() {
    return sliceNanos;
  }

  @Override
  public void setSwitchInterval(long nanos) {
    if (nanos < 1) {
      throw new IllegalArgumentException("switch interval: " + nanos);
    }
    sliceNanos = nanos;
    earlyNanos = gil ? nanos : Math.min(nanos, EARLY_NANOS);
  }

  @Override
  int spins() {
    int running = 0;
    for (Permit p : permits) {
      if (p.owner() != null && ++running == 2) {
        return SPINS;
      }
    }
    return 0;
  }

  @Override
  long nanoTime() {
    return hostNanos();
  }

  @Override
  long epochNanos() {
    return Clock.hostEpochNanos();
  }

  @Override
  void point(PlaitThread t) {}

  // ---------------------------------------------------------------- getting and giving permits

  @Override
  void release(PlaitThread t) {
    if (frozen) {
      forgetHandOver(t);
      return;
    }
    Permit p = t.heldPermit();
    t.permit = null;
    if (p.replaced) {
      retire(p);
    } else {
      p.free();
    }
    if (queue.size() != 0 || stopper != null) {
      matchIdle();
    }
    forgetHandOver(t);
  }

  /**
   * A thread that has just given up its permit need not be asked to. Who asks writes the request
   * and then looks at the permit's owner; we have written the owner and now look at the requests:
   * one of us sees the other, and no request stays with a thread that waits.
   */
  private static void forgetHandOver(PlaitThread t) {
    if ((t.requests() & (SafePoint.HAND_OVER | SafePoint.WAKE_LATER)) != 0) {
      t.cancelRequest(SafePoint.HAND_OVER | SafePoint.WAKE_LATER);
    }
  }

  @Override
  void acquire(PlaitThread t) {
    Permit p = t.lastPermit;
    if (p != null && p.tryTake(t)) {
      t.permit = p;
    } else {
      acquireSlowly(t);
    }
    if (stopper != null) {
      handOver(t);
    }
  }

  private void acquireSlowly(PlaitThread t) {
    if (frozen && t.permit != null) {
      return;
    }
    Permit p = takeIdle(t);
    if (p != null) {
      t.permit = p;
      t.lastPermit = p;
      return;
    }
    enqueue(t);
    awaitGrant(t);
  }

  /** Takes any idle permit for a thread. */
  private @Nullable Permit takeIdle(PlaitThread t) {
    Permit last = t.lastPermit;
    if (last != null && last.tryTake(t)) {
      return last;
    }
    for (Permit p : permits) {
      if (p.tryTake(t)) {
        p.since = hostNanos();
        return p;
      }
    }
    return null;
  }

  private void awaitGrant(PlaitThread t) {
    boolean interrupted = false;
    CpuClock clock = t.cpuClock;
    if (clock != null) {
      clock.stop();
    }
    Permit p;
    while ((p = t.granted) == null) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (clock != null) {
      clock.start();
    }
    t.granted = null;
    t.permit = p;
    t.lastPermit = p;
    if (interrupted) {
      t.request(SafePoint.JAVA_INTERRUPT);
    }
  }

  /** Gives a permit that is marked as the thread's to it, and wakes it. */
  private static void grant(PlaitThread t, Permit p) {
    t.granted = p;
    t.resume();
  }

  /** Finds a permit for a thread that waits for one, now or later. */
  void makeRunnable(PlaitThread t) {
    Permit kept = t.permit;
    if (frozen && kept != null) {
      grant(t, kept);
      return;
    }
    if (wakeLater(t)) {
      return;
    }
    Permit p = takeIdle(t);
    if (p != null) {
      grant(t, p);
    } else {
      enqueue(t);
    }
  }

  /** See the class comment; false if the thread should have a permit at once. */
  private boolean wakeLater(PlaitThread t) {
    PlaitThread waker = PlaitThread.currentOrNull();
    if (waker == null
        || waker.permit == null
        || waker.scheduler != this
        || (waker.requests() & SafePoint.WAKE_LATER) != 0
        || queue.size() != 0
        || !hasIdle()) {
      return false;
    }
    waker.wakeLaterAt = hostNanos() + WAKE_LATER_NANOS;
    waker.request(SafePoint.WAKE_LATER);
    queue.addFresh(t);
    ticker.wake();
    return true;
  }

  private boolean hasIdle() {
    for (Permit p : permits) {
      if (p.owner() == null) {
        return true;
      }
    }
    return false;
  }

  @Override
  boolean isTimeToWake(PlaitThread t) {
    return hostNanos() >= t.wakeLaterAt;
  }

  @Override
  void wakeNow() {
    matchIdle();
  }

  private void enqueue(PlaitThread t) {
    queue.addFresh(t);
    matchIdle();
    if (queue.size() != 0) {
      askEarly();
      ticker.wake();
    }
  }

  /** Brings idle permits and queued threads together until one of them runs out. */
  private void matchIdle() {
    while (queue.size() != 0 && stopper == null) {
      Permit p = takeIdle(broker);
      if (p == null) {
        return;
      }
      PlaitThread t = queue.poll();
      if (t == null) {
        p.free();
      } else {
        p.passTo(t, hostNanos());
        grant(t, p);
      }
    }
    PlaitThread s = stopper;
    if (s != null) {
      LockSupport.unpark(s.javaThread());
    }
  }

  @Override
  void handOver(PlaitThread t) {
    PlaitThread s = stopper;
    if (s != null) {
      handToStopper(t, s);
      return;
    }
    Permit p = t.heldPermit();
    if (p.replaced) {
      release(t);
      acquireSlowly(t);
      return;
    }
    PlaitThread next = queue.size() == 0 ? null : queue.swap(t);
    if (next == null) {
      p.since = hostNanos();
      return;
    }
    t.permit = null;
    p.passTo(next, hostNanos());
    forgetHandOver(t);
    grant(next, p);
    matchIdle();
    awaitGrant(t);
  }

  /** The stopper cannot have all permits while this thread holds one, so it is still there. */
  private void handToStopper(PlaitThread t, PlaitThread s) {
    if (t == s) {
      return;
    }
    queue.addFresh(t);
    Permit p = t.heldPermit();
    t.permit = null;
    p.passTo(world, hostNanos());
    forgetHandOver(t);
    LockSupport.unpark(s.javaThread());
    awaitGrant(t);
  }

  // ---------------------------------------------------------------- time slices

  /** Asks the holder that has run longest to hand over, if it has run for a while. */
  private void askEarly() {
    long now = hostNanos();
    long longest = earlyNanos;
    Permit from = null;
    for (Permit p : permits) {
      long ran = now - p.since;
      if (ran >= longest) {
        longest = ran;
        from = p;
      }
    }
    if (from != null) {
      askHandOver(from);
    }
  }

  private void askHandOver(Permit p) {
    PlaitThread holder = p.owner();
    if (holder == null || holder == world || holder == broker) {
      return;
    }
    holder.request(SafePoint.HAND_OVER);
    if (p.owner() != holder) {
      holder.cancelRequest(SafePoint.HAND_OVER);
    }
  }

  /**
   * Asks those whose time is over to hand over.
   *
   * @return nanoseconds until it is worth looking again, or 0 if nobody waits
   */
  long tick() {
    int waiting = queue.size();
    if (waiting == 0 || frozen) {
      return 0;
    }
    matchIdle();
    long limit = queue.hasFresh() ? earlyNanos : sliceNanos;
    long now = hostNanos();
    long soonest = limit;
    for (Permit p : permits) {
      long left = limit - (now - p.since);
      if (left > 0) {
        soonest = Math.min(soonest, left);
      } else if (p.replaced) {
        askHandOver(p); // whoever waits has another permit to wait for
      } else if (waiting-- > 0) {
        if (isStuck(p, now)) {
          replace(p);
        } else {
          askHandOver(p);
        }
      }
    }
    return Math.min(soonest, earlyNanos);
  }

  /** Whether the owner of a permit has been asked to hand it over, in vain, for a while. */
  private boolean isStuck(Permit p, long now) {
    PlaitThread owner = p.owner();
    if (gil || p.replaced || owner == null || (owner.requests() & SafePoint.HAND_OVER) == 0) {
      p.asked = 0;
      return false;
    }
    if (p.asked == 0 || p.since > p.askedAt) {
      p.asked = 1;
      p.askedAt = now;
      return false;
    }
    return ++p.asked >= STUCK_TICKS && now - p.askedAt >= STUCK_NANOS;
  }

  /** Makes another permit in the place of one; see the class comment. */
  private void replace(Permit p) {
    Permit[] before = permits;
    int replaced = before.length + 1 - count;
    if (replaced > MOST_REPLACED || !Carriers.makeRoomFor(count + replaced)) {
      return;
    }
    p.asked = 0;
    Permit fresh = new Permit();
    fresh.since = hostNanos();
    permitsLock.lock();
    if (stopper == null) {
      Permit[] all = Arrays.copyOf(permits, permits.length + 1);
      all[all.length - 1] = fresh;
      permits = all;
      p.replaced = true;
    }
    permitsLock.unlock();
    matchIdle();
  }

  /** Ends a permit that was replaced; on the thread that had it. */
  private void retire(Permit p) {
    p.retire(broker);
    permitsLock.lock();
    Permit[] before = permits;
    Permit[] all = new Permit[before.length - 1];
    int n = 0;
    for (Permit other : before) {
      if (other != p) {
        all[n++] = other;
      }
    }
    permits = all;
    permitsLock.unlock();
  }

  // ---------------------------------------------------------------- threads

  @Override
  void launch(PlaitThread t) {
    makeRunnable(t);
  }

  @Override
  void begin(PlaitThread t) {
    awaitGrant(t);
    t.setParkState(PlaitThread.RUNNING);
  }

  @Override
  void end(PlaitThread t) {
    release(t);
  }

  @Override
  boolean park(PlaitThread t, long deadline) {
    if (!giveUp(t, deadline)) {
      return true;
    }
    boolean wokeItself = false;
    while (!wokeItself && t.parkState() == PlaitThread.PARKED) {
      if (deadline == Clock.FOREVER || t.javaThread().isVirtual()) {
        LockSupport.park(this);
      } else {
        parkUntil(deadline);
      }
      wokeItself = wakesItself(t, deadline);
    }
    return resume(t, deadline, wokeItself);
  }

  /** All that comes before parking; false if there is nothing to wait for. */
  private boolean giveUp(PlaitThread t, long deadline) {
    if (t.casParkState(PlaitThread.TOKEN, PlaitThread.RUNNING)) {
      return false;
    }
    release(t);
    if (!t.casParkState(PlaitThread.RUNNING, PlaitThread.PARKED)) {
      t.setParkState(PlaitThread.RUNNING);
      acquire(t);
      return false;
    }
    if (usesTimers(t, deadline)) {
      timers.add(t, deadline);
    }
    CpuClock clock = t.cpuClock;
    if (clock != null) {
      clock.stop();
    }
    return true;
  }

  private static boolean usesTimers(PlaitThread t, long deadline) {
    return deadline != Clock.FOREVER && t.javaThread().isVirtual();
  }

  /** For platform threads. */
  private void parkUntil(long deadline) {
    long left = deadline - hostNanos();
    if (left > 0) {
      LockSupport.parkNanos(this, left);
    }
  }

  /** Whether the deadline or an interrupt ends the wait, and not an unpark. */
  private static boolean wakesItself(PlaitThread t, long deadline) {
    boolean enough =
        deadline != Clock.FOREVER && !t.javaThread().isVirtual() && hostNanos() >= deadline;
    if (Thread.interrupted()) {
      t.request(SafePoint.JAVA_INTERRUPT);
      enough = true;
    }
    return enough && t.casParkState(PlaitThread.PARKED, PlaitThread.RUNNING);
  }

  private boolean resume(PlaitThread t, long deadline, boolean wokeItself) {
    CpuClock clock = t.cpuClock;
    if (clock != null) {
      clock.start();
    }
    boolean timedOut = usesTimers(t, deadline) && timers.remove(t);
    if (wokeItself) {
      acquire(t);
      return deadline == Clock.FOREVER || hostNanos() < deadline;
    }
    awaitGrant(t);
    t.setParkState(PlaitThread.RUNNING);
    return !timedOut;
  }

  @Override
  void unpark(PlaitThread t) {
    while (true) {
      switch (t.parkState()) {
        case PlaitThread.RUNNING -> {
          if (t.casParkState(PlaitThread.RUNNING, PlaitThread.TOKEN)) {
            return;
          }
        }
        case PlaitThread.PARKED -> {
          if (t.casParkState(PlaitThread.PARKED, PlaitThread.READY)) {
            makeRunnable(t);
            return;
          }
        }
        default -> {
          return;
        }
      }
    }
  }

  // ---------------------------------------------------------------- the world

  @Override
  public void stopTheWorld(Runnable action) {
    PlaitThread t = PlaitThread.current();
    worldLock.acquireUninterruptibly();
    try {
      takeAll(t, Clock.FOREVER);
      try {
        action.run();
      } finally {
        giveBack();
      }
    } finally {
      worldLock.release();
    }
  }

  @Override
  public boolean stopTheRestingWorld(Runnable action) {
    PlaitThread t = PlaitThread.current();
    if (!worldLock.tryAcquire()) {
      return false;
    }
    try {
      stopper = t;
      boolean all = true;
      for (Permit p : allPermits()) {
        all = all && (p == t.permit || p.tryTake(world));
      }
      try {
        if (all) {
          action.run();
        }
      } finally {
        giveBack();
      }
      return all;
    } finally {
      worldLock.release();
    }
  }

  @Override
  boolean isRunning(PlaitThread t) {
    for (Permit p : permits) {
      if (p.owner() == t) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void freeze() {
    PlaitThread t = PlaitThread.current();
    worldLock.acquireUninterruptibly();
    takeAll(t, hostNanos() + FREEZE_NANOS);
    frozen = true;
  }

  @Override
  public boolean isFrozen() {
    return frozen;
  }

  private void takeAll(PlaitThread t, long deadline) {
    stopper = t;
    boolean interrupted = false;
    while (!tryTakeAll(t) && hostNanos() < deadline) {
      LockSupport.parkNanos(this, STOP_RECHECK_NANOS);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      t.request(SafePoint.JAVA_INTERRUPT);
    }
  }

  private boolean tryTakeAll(PlaitThread t) {
    boolean all = true;
    for (Permit p : allPermits()) {
      PlaitThread owner = p.owner();
      if (owner != t && owner != world && !p.tryTake(world)) {
        askHandOver(p);
        all = false;
      }
    }
    return all;
  }

  /** The permits, for the stopper: none is added as long as he is that. */
  private Permit[] allPermits() {
    permitsLock.lock();
    Permit[] all = permits;
    permitsLock.unlock();
    return all;
  }

  private void giveBack() {
    stopper = null;
    for (Permit p : permits) {
      if (p.owner() != world) {
        continue;
      }
      if (p.replaced) {
        retire(p);
      } else {
        p.free();
      }
    }
    matchIdle();
  }
}
