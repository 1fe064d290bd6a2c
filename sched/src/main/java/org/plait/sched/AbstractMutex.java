package org.plait.sched;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Mutex} and {@link RecursiveMutex} are made of; they extend it rather than refer to
 * it, as there are many. What a thread did before {@link #unlock} happens-before what another does
 * after it has locked.
 *
 * <p><b>Fairness.</b> A running thread may take a free lock ahead of those that wait for it:
 * handing the lock to a parked thread would leave it unused for the microseconds of a wake-up.
 * Waiters are woken in order, one at a time. One that has been overtaken for {@link
 * #PATIENCE_NANOS} has the next release hand the lock to it directly.
 *
 * <p><b>State bits</b> (compare-and-set only). LOCKED: somebody has it. WAITERS: the queue isn't
 * empty. WOKEN: the head of the queue has been woken and has not made up its mind, so that a
 * release need not wake anybody. STARVING: the next release is to hand over. All but LOCKED change
 * only under the queue's lock. A waiter that was woken either takes the lock or withdraws WOKEN by
 * a compare-and-set that proves that the lock is held, so that the holder's release will wake it
 * again: no wake-up is lost.
 */
abstract sealed class AbstractMutex permits Mutex, RecursiveMutex {
  private static final int LOCKED = 1;
  private static final int WAITERS = 2;
  private static final int WOKEN = 4;
  private static final int STARVING = 8;

  private static final long PATIENCE_NANOS = 1_000_000;

  private static final VarHandle STATE;
  private static final VarHandle QUEUE;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      STATE = lookup.findVarHandle(AbstractMutex.class, "state", int.class);
      QUEUE = lookup.findVarHandle(AbstractMutex.class, "queue", Queue.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile int state;

  /** Made when two threads meet for the first time. */
  private volatile @Nullable Queue queue;

  /** Takes the lock if it is free; whether it was. */
  final boolean tryLock() {
    SafePoint.point();
    return tryTake();
  }

  private boolean tryTake() {
    int s = state;
    while ((s & LOCKED) == 0) {
      if (STATE.compareAndSet(this, s, s | LOCKED)) {
        return true;
      }
      s = state;
    }
    return false;
  }

  /** As {@link #tryLock}, where the lock is expected to be free, and free of waiters. */
  final boolean takeFree() {
    SafePoint.point();
    return STATE.compareAndSet(this, 0, LOCKED);
  }

  /** Takes the lock; requests for attention wait. */
  final void lockUninterruptibly() {
    if (!takeFree()) {
      acquireSlowly(Clock.FOREVER, false);
    }
  }

  /**
   * Releases the lock, on whichever thread.
   *
   * @throws IllegalMonitorStateException if it isn't locked
   */
  final void unlock() {
    if (!STATE.compareAndSet(this, LOCKED, 0)) {
      releaseSlowly();
    }
    SafePoint.point();
  }

  /** Whether somebody has the lock, at some moment. */
  final boolean isTaken() {
    return (state & LOCKED) != 0;
  }

  // ---------------------------------------------------------------- contended

  // What stays on the stack of each thread that waits is small, and does nothing else: of a million
  // waiting threads half of the memory is their stacks.
  final Outcome acquireSlowly(long deadline, boolean interruptible) {
    PlaitThread t = PlaitThread.current();
    Waiter me = spinOrJoin(t);
    if (me == null) {
      return Outcome.DONE;
    }
    long patience = t.scheduler.nanoTime() + PATIENCE_NANOS;
    Outcome end = null;
    while (end == null) {
      end = afterPark(me, Blocking.park(t, this, deadline, interruptible), patience);
    }
    return end;
  }

  /** Takes the lock or joins its waiters; null if it has been taken. */
  private @Nullable Waiter spinOrJoin(PlaitThread t) {
    for (int i = t.scheduler.spins(); i > 0; i--) {
      if (tryTake()) {
        return null;
      }
      Thread.onSpinWait();
    }
    Waiter me = new Waiter(t);
    return takeOrJoin(queue(), me) ? null : me;
  }

  /** How the wait ends, or null if it goes on. */
  private @Nullable Outcome afterPark(Waiter me, Outcome outcome, long patience) {
    if (me.owns) {
      return Outcome.DONE;
    }
    Queue q = queue();
    if (outcome != Outcome.DONE) {
      return leave(q, me) ? Outcome.DONE : outcome;
    }
    if (tryTake()) {
      removeTaker(q, me);
      return Outcome.DONE;
    }
    boolean starving = me.thread.scheduler.nanoTime() >= patience;
    return takeOrStay(q, me, starving) ? Outcome.DONE : null;
  }

  /** Takes the lock if it is free, otherwise appends the waiter. */
  private boolean takeOrJoin(Queue q, Waiter me) {
    q.lock.lock();
    boolean taken = takeOrMark(WAITERS, 0);
    if (!taken) {
      q.addLast(me);
    }
    q.lock.unlock();
    return taken;
  }

  /** Takes the lock if it is free, otherwise goes back to waiting. */
  private boolean takeOrStay(Queue q, Waiter me, boolean starving) {
    q.lock.lock();
    boolean taken = me.owns || takeOrMark(starving ? STARVING : 0, me.woken ? WOKEN : 0);
    if (!me.owns) {
      me.woken = false;
      if (taken) {
        q.remove(me);
        tidy(q, 0);
      }
    }
    q.lock.unlock();
    return taken;
  }

  /** Under the queue's lock: takes the lock, or sets and clears bits while somebody else has it. */
  private boolean takeOrMark(int set, int clear) {
    while (true) {
      int s = state;
      if ((s & LOCKED) == 0) {
        if (STATE.compareAndSet(this, s, (s | LOCKED) & ~clear)) {
          return true;
        }
      } else if (STATE.compareAndSet(this, s, (s | set) & ~clear)) {
        return false;
      }
    }
  }

  /**
   * A waiter has taken the lock by itself. If another thread has released it since, which handed it
   * to the waiter once more, that hand-over is passed on.
   */
  private void removeTaker(Queue q, Waiter me) {
    q.lock.lock();
    boolean ownsTwice = me.owns;
    if (!ownsTwice) {
      q.remove(me);
      tidy(q, me.woken ? WOKEN : 0);
    }
    q.lock.unlock();
    if (ownsTwice) {
      unlock();
    }
  }

  /** A waiter gives up; true if the lock has been handed to it meanwhile. */
  private boolean leave(Queue q, Waiter me) {
    PlaitThread heir = null;
    q.lock.lock();
    boolean owns = me.owns;
    if (!owns) {
      q.remove(me);
      tidy(q, me.woken ? WOKEN : 0);
      Waiter head = q.head;
      if (me.woken && head != null && (state & LOCKED) == 0) {
        heir = wake(head);
      }
    }
    q.lock.unlock();
    if (heir != null) {
      Blocking.unpark(heir);
    }
    return owns;
  }

  /** Under the queue's lock: clears bits, and those that mean nothing when the queue is empty. */
  private void tidy(Queue q, int clear) {
    STATE.getAndBitwiseAnd(this, ~(q.head == null ? WAITERS | WOKEN | STARVING : clear));
  }

  /** Under the queue's lock: marks a waiter as woken. */
  private PlaitThread wake(Waiter head) {
    head.woken = true;
    STATE.getAndBitwiseOr(this, WOKEN);
    return head.thread;
  }

  private void releaseSlowly() {
    while (true) {
      int s = state;
      if ((s & LOCKED) == 0) {
        throw new IllegalMonitorStateException("release unlocked lock");
      }
      if ((s & WAITERS) == 0 || (s & (WOKEN | STARVING)) == WOKEN) {
        if (STATE.compareAndSet(this, s, s & ~LOCKED)) {
          return;
        }
      } else {
        releaseToQueue();
        return;
      }
    }
  }

  private void releaseToQueue() {
    Queue q = queue();
    PlaitThread heir = null;
    q.lock.lock();
    try {
      heir = chooseHeir(q);
    } finally {
      q.lock.unlock();
    }
    if (heir != null) {
      Blocking.unpark(heir);
    }
  }

  /** Under the queue's lock: frees the lock or hands it over; says whom to wake. */
  private @Nullable PlaitThread chooseHeir(Queue q) {
    while (true) {
      int s = state;
      if ((s & LOCKED) == 0) {
        throw new IllegalMonitorStateException("release unlocked lock");
      }
      Waiter head = q.head;
      if (head == null || (s & (WOKEN | STARVING)) == WOKEN) {
        if (STATE.compareAndSet(this, s, s & ~LOCKED)) {
          return null;
        }
      } else if ((s & STARVING) == 0) {
        if (STATE.compareAndSet(this, s, s & ~LOCKED | WOKEN)) {
          head.woken = true;
          return head.thread;
        }
      } else if (STATE.compareAndSet(this, s, s & ~(STARVING | (head.woken ? WOKEN : 0)))) {
        q.remove(head);
        head.owns = true;
        tidy(q, 0);
        return head.thread;
      }
    }
  }

  private Queue queue() {
    Queue q = queue;
    if (q != null) {
      return q;
    }
    Queue fresh = new Queue();
    Queue other = (Queue) QUEUE.compareAndExchange(this, null, fresh);
    return other == null ? fresh : other;
  }

  /** The threads that wait, in order. */
  private static final class Queue {
    private final SpinLock lock = new SpinLock();
    private @Nullable Waiter head;
    private @Nullable Waiter tail;

    private void addLast(Waiter w) {
      w.previous = tail;
      if (tail == null) {
        head = w;
      } else {
        tail.next = w;
      }
      tail = w;
    }

    private void remove(Waiter w) {
      if (w.previous == null) {
        head = w.next;
      } else {
        w.previous.next = w.next;
      }
      if (w.next == null) {
        tail = w.previous;
      } else {
        w.next.previous = w.previous;
      }
    }
  }

  /** One waiting thread; guarded by the queue's lock, except as said. */
  private static final class Waiter {
    private final PlaitThread thread;
    private @Nullable Waiter next;
    private @Nullable Waiter previous;
    private boolean woken;

    /** The lock was handed to it. Written under the lock, also read by the thread without it. */
    private volatile boolean owns;

    private Waiter(PlaitThread thread) {
      this.thread = thread;
    }
  }
}
