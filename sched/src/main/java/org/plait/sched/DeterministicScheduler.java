package org.plait.sched;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.plait.sched.DeterministicThread.State;
import org.plait.sched.strategy.Recorder;
import org.plait.sched.strategy.Strategy;

/**
 * Runs one thread at a time, passing a baton at declared switch points: polls, taking and releasing
 * locks, starting threads, waiting. A {@link Strategy} chooses the next holder, so that a run can
 * be repeated from {@link #schedule()}.
 *
 * <p><b>Time is virtual.</b> It moves by {@link #STEP_NANOS} at each switch point and each reading
 * of the clock, so that loops that wait for a time end, and jumps to the next deadline when nothing
 * can run. When nothing can run, no deadline is left and nobody is outside, that is a deadlock: the
 * main thread gets a {@link DeadlockException}, and {@link #deadlock()} says who waits for what.
 *
 * <p><b>A thread that does not stop</b> is moved aside after {@link #FAIR_POINTS} points in a row,
 * or a loop that waits for another thread would go on for ever under a strategy that prefers it.
 *
 * <p><b>Outside.</b> While a thread is in a blocking operation of the host's the others go on; when
 * it comes back is not ours to decide, so such a run may not repeat ({@link #isRepeatable}).
 *
 * <p>One scheduler serves one run. All state is guarded by {@link #lock}, under which nothing
 * happens but bookkeeping and the strategy's choice.
 */
public final class DeterministicScheduler extends Scheduler {
  private static final long START_NANOS = 1_000_000_000L;
  private static final long START_EPOCH_NANOS = 1_767_225_600_000_000_000L; // 2026-01-01T00:00Z
  private static final long STEP_NANOS = 1_000;
  private static final int FAIR_POINTS = 10_000;

  private final SpinLock lock = new SpinLock();
  private final Recorder strategy;

  /** All that have not ended, in the order of starting. */
  private final List<PlaitThread> members = new ArrayList<>();

  /** Who has the baton; null if nobody can run now, but somebody is outside. */
  private @Nullable PlaitThread running;

  private int pointsInARow;
  private long now = START_NANOS;
  private long steps;
  private boolean repeatable = true;
  private @Nullable PlaitThread last;

  /** After {@link #freeze}, the only one that runs. */
  private @Nullable PlaitThread survivor;

  private volatile @Nullable String deadlock;
  private volatile @Nullable RuntimeException failure;
  private long switchInterval = 5_000_000;

  DeterministicScheduler(Strategy strategy) {
    this.strategy = new Recorder(strategy);
    SafePoint.declarePoints();
  }

  // ---------------------------------------------------------------- what came of it

  /**
   * The choices made so far.
   *
   * @return a string for {@link org.plait.sched.strategy.Replay}
   */
  public String schedule() {
    lock.lock();
    try {
      return strategy.schedule();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Who waits for what, if nothing can run any more.
   *
   * @return the report, or null if there was no deadlock
   */
  public @Nullable String deadlock() {
    return deadlock;
  }

  /**
   * Why the strategy could not choose: the program does not follow the schedule to be replayed, or
   * behaved differently under the same choices.
   *
   * @return what the strategy threw, or null
   */
  public @Nullable RuntimeException failure() {
    return failure;
  }

  /**
   * Whether the same choices give the same run: no thread has waited outside.
   *
   * @return true so far
   */
  public boolean isRepeatable() {
    lock.lock();
    try {
      return repeatable;
    } finally {
      lock.unlock();
    }
  }

  /**
   * How many switch points the run has passed.
   *
   * @return the number
   */
  public long steps() {
    lock.lock();
    try {
      return steps;
    } finally {
      lock.unlock();
    }
  }

  /** Gives up on threads that are left when the run is over; they stay parked, and cost nothing. */
  public void close() {
    lock.lock();
    List<PlaitThread> left = new ArrayList<>(members);
    members.clear();
    lock.unlock();
    for (PlaitThread t : left) {
      t.endRequests();
      unregister(t);
    }
  }

  // ---------------------------------------------------------------- choosing

  /** The record of a thread, made when it is launched. */
  private static DeterministicThread record(PlaitThread t) {
    DeterministicThread d = t.deterministic;
    if (d == null) {
      throw new IllegalStateException(t + " was not started under this scheduler");
    }
    return d;
  }

  /**
   * Under the lock: chooses who runs next, moving time if need be. The chosen one has the baton;
   * the caller resumes it after unlocking, unless it is the caller itself.
   *
   * @param current who has run up to here if it can go on, otherwise null
   */
  private @Nullable PlaitThread next(@Nullable PlaitThread current) {
    wakeSleepers();
    List<PlaitThread> runnable = runnable();
    while (runnable.isEmpty()) {
      if (!jumpToDeadline()) {
        running = null;
        return noneLeft();
      }
      runnable = runnable();
    }
    PlaitThread chosen = runnable.size() == 1 ? runnable.get(0) : choose(runnable, current);
    pointsInARow = chosen == last ? pointsInARow + 1 : 0;
    last = chosen;
    return pass(chosen);
  }

  private PlaitThread pass(PlaitThread chosen) {
    DeterministicThread d = record(chosen);
    d.state = State.RUNNING;
    d.turn = true;
    running = chosen;
    return chosen;
  }

  private List<PlaitThread> runnable() {
    PlaitThread only = survivor;
    List<PlaitThread> runnable = new ArrayList<>(members.size());
    for (PlaitThread t : members) {
      if (record(t).state == State.RUNNABLE && (only == null || only == t)) {
        runnable.add(t);
      }
    }
    return runnable;
  }

  private PlaitThread choose(List<PlaitThread> runnable, @Nullable PlaitThread current) {
    if (current != null && pointsInARow >= FAIR_POINTS) {
      runnable.remove(current);
      if (runnable.size() == 1) {
        return runnable.get(0);
      }
    }
    int[] candidates = new int[runnable.size()];
    for (int i = 0; i < candidates.length; i++) {
      candidates[i] = (int) runnable.get(i).ident();
    }
    return runnable.get(ask(candidates, runnable.indexOf(current)));
  }

  /** A strategy that fails is not asked again; the run goes on without switches. */
  private int ask(int[] candidates, int current) {
    if (failure == null) {
      try {
        return strategy.choose(candidates, current);
      } catch (RuntimeException e) {
        failure = e;
      }
    }
    return Strategy.unforced(current);
  }

  private void wakeSleepers() {
    for (PlaitThread t : members) {
      DeterministicThread d = record(t);
      if (d.state == State.PARKED && d.deadline <= now) {
        d.timedOut = true;
        d.state = State.RUNNABLE;
      }
    }
  }

  private boolean jumpToDeadline() {
    long soonest = Clock.FOREVER;
    for (PlaitThread t : members) {
      DeterministicThread d = record(t);
      if (d.state == State.PARKED && (survivor == null || survivor == t)) {
        soonest = Math.min(soonest, d.deadline);
      }
    }
    if (soonest == Clock.FOREVER) {
      return false;
    }
    now = soonest;
    wakeSleepers();
    return true;
  }

  // ---------------------------------------------------------------- when nothing can run

  /** Under the lock: the main thread, with a report, if this is a deadlock; otherwise null. */
  private @Nullable PlaitThread noneLeft() {
    if (deadlock != null || survivor != null || !isDeadlock()) {
      return null;
    }
    String report = describeDeadlock();
    deadlock = report;
    PlaitThread main = mainThread();
    if (main == null || !members.contains(main)) {
      return null;
    }
    record(main).deadlocked = true;
    return pass(main);
  }

  private boolean isDeadlock() {
    boolean wanted = false;
    for (PlaitThread t : members) {
      if (record(t).state == State.OUTSIDE || t.wokenFromOutside) {
        return false;
      }
      wanted |= !t.isDaemon();
    }
    return wanted;
  }

  private String describeDeadlock() {
    StringBuilder text = new StringBuilder("deadlock: nothing can run");
    for (PlaitThread t : members) {
      text.append(System.lineSeparator()).append("  ").append(t).append(" waits for ");
      text.append(t.waitingFor);
    }
    return text.toString();
  }

  // ---------------------------------------------------------------- the baton

  private void awaitTurn(PlaitThread t, DeterministicThread d) {
    boolean interrupted = false;
    while (!d.turn) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    d.turn = false;
    if (interrupted) {
      t.request(SafePoint.JAVA_INTERRUPT);
    }
    if (d.deadlocked) {
      d.deadlocked = false;
      throw new DeadlockException(String.valueOf(deadlock));
    }
  }

  private static void resume(@Nullable PlaitThread chosen, @Nullable PlaitThread caller) {
    if (chosen != null && chosen != caller) {
      chosen.resume();
    }
  }

  @Override
  void launch(PlaitThread t) {
    lock.lock();
    t.deterministic = new DeterministicThread();
    members.add(t);
    PlaitThread chosen = running == null ? next(null) : null;
    lock.unlock();
    t.request(SafePoint.EVERY_POLL);
    resume(chosen, null);
  }

  @Override
  void begin(PlaitThread t) {
    awaitTurn(t, record(t));
  }

  @Override
  void end(PlaitThread t) {
    lock.lock();
    members.remove(t);
    PlaitThread chosen = next(null);
    lock.unlock();
    resume(chosen, null);
  }

  @Override
  void point(PlaitThread t) {
    DeterministicThread d = record(t);
    lock.lock();
    now += STEP_NANOS;
    steps++;
    d.state = State.RUNNABLE;
    PlaitThread chosen = next(t);
    lock.unlock();
    resume(chosen, t);
    awaitTurn(t, d);
  }

  @Override
  void handOver(PlaitThread t) {
    point(t);
  }

  @Override
  boolean park(PlaitThread t, long deadline) {
    DeterministicThread d = record(t);
    lock.lock();
    if (d.token) {
      d.token = false;
      lock.unlock();
      return true;
    }
    d.deadline = deadline;
    d.timedOut = false;
    d.state = State.PARKED;
    PlaitThread chosen = next(null);
    lock.unlock();
    resume(chosen, t);
    awaitTurn(t, d);
    return !d.timedOut;
  }

  @Override
  void unpark(PlaitThread t) {
    DeterministicThread d = t.deterministic;
    if (d == null) {
      return;
    }
    PlaitThread chosen = null;
    lock.lock();
    if (d.state == State.PARKED) {
      d.state = State.RUNNABLE;
      if (running == null) {
        chosen = next(null);
      }
    } else {
      d.token = true;
    }
    lock.unlock();
    resume(chosen, null);
  }

  @Override
  void release(PlaitThread t) {
    DeterministicThread d = record(t);
    lock.lock();
    repeatable = false;
    d.state = State.OUTSIDE;
    PlaitThread chosen = next(null);
    lock.unlock();
    resume(chosen, t);
  }

  @Override
  void acquire(PlaitThread t) {
    DeterministicThread d = record(t);
    lock.lock();
    d.state = State.RUNNABLE;
    PlaitThread chosen = running == null ? next(null) : null;
    lock.unlock();
    resume(chosen, t);
    awaitTurn(t, d);
  }

  // ---------------------------------------------------------------- the rest

  @Override
  public boolean isExclusive() {
    return true;
  }

  @Override
  public long switchInterval() {
    return switchInterval;
  }

  /** Kept for those who ask; switches happen where the strategy says. */
  @Override
  public void setSwitchInterval(long nanos) {
    switchInterval = nanos;
  }

  @Override
  public void stopTheWorld(Runnable action) {
    action.run();
  }

  @Override
  public boolean stopTheRestingWorld(Runnable action) {
    action.run();
    return true;
  }

  /** One thread runs at a time, the others stand at switch points. */
  @Override
  boolean isRunning(PlaitThread t) {
    return t == PlaitThread.current();
  }

  @Override
  public void freeze() {
    lock.lock();
    survivor = PlaitThread.current();
    lock.unlock();
  }

  @Override
  public boolean isFrozen() {
    lock.lock();
    try {
      return survivor != null;
    } finally {
      lock.unlock();
    }
  }

  @Override
  int spins() {
    return 0;
  }

  @Override
  long nanoTime() {
    lock.lock();
    try {
      now += STEP_NANOS;
      return now;
    } finally {
      lock.unlock();
    }
  }

  @Override
  long epochNanos() {
    return START_EPOCH_NANOS + nanoTime();
  }
}
