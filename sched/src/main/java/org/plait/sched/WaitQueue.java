package org.plait.sched;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Threads that wait until an {@link Attempt} works, woken in the order in which they came: what a
 * queue's consumers wait in. The attempt must be atomic by itself; whoever makes it succeed (puts
 * an item) does so first and then calls {@link #wakeOne} or {@link #wakeAll}.
 *
 * <p><b>No wake-up is lost</b>: a waiter appends itself, then tries; a waker changes the state,
 * then looks at the queue. A waiter that was woken and gives up for another reason tries once more,
 * and if that fails there was nothing to be woken for; if somebody was faster, it goes back to the
 * head of the queue. One that is woken while it tries by itself, and succeeds, wakes the next.
 *
 * <p><b>One at a time is on its way.</b> A thread that has been woken needs some microseconds until
 * it looks, and often does then what several were to be woken for. So wake-ups that come meanwhile
 * are counted only ({@link #withheld}); it takes that number over when it looks, and once it has
 * succeeded, and another attempt might, it wakes the next, who takes over the rest. A producer of
 * small items would otherwise wake all consumers again and again, most of them for nothing.
 */
public final class WaitQueue {
  private final SpinLock lock = new SpinLock();
  private final Object owner;

  /** Guarded by the lock. */
  private @Nullable Waiter head;

  private @Nullable Waiter tail;

  /** Who has been woken by {@link #wakeOne} and has not looked yet; guarded by the lock. */
  private @Nullable Waiter coming;

  /** How often another should have been woken since; guarded by the lock. */
  private int withheld;

  /** Length; written under the lock, read by wakers. */
  private volatile int size;

  /**
   * An empty queue.
   *
   * @param owner what its threads wait for; its {@code toString} appears in deadlock reports
   */
  public WaitQueue(Object owner) {
    this.owner = owner;
  }

  /**
   * Waits until the attempt works.
   *
   * @param attempt tried at once, and each time this thread is woken
   * @param deadline of {@link Clock}
   * @return how the wait ended; {@link Outcome#DONE} if and only if an attempt worked
   */
  public Outcome await(Attempt attempt, long deadline) {
    PlaitThread t = PlaitThread.current();
    SafePoint.point();
    if (attempt.tryNow()) {
      return Outcome.DONE;
    }
    Waiter me = new Waiter(t);
    addLast(me);
    try {
      while (true) {
        // Queued here. Who is woken now, before the attempt, may have been woken for another item
        // than the attempt finds: that wake-up belongs to the next in the queue.
        if (attempt.tryNow()) {
          passOn(leave(me), attempt);
          return Outcome.DONE;
        }
        Outcome outcome = Blocking.park(t, owner, deadline, true);
        if (outcome == Outcome.DONE && isQueued(me)) {
          continue; // woken for nothing
        }
        int others = look(me);
        if (attempt.tryNow()) {
          passOn(others, attempt);
          return Outcome.DONE;
        }
        if (outcome != Outcome.DONE) {
          return outcome;
        }
        addFirst(me);
      }
    } catch (Throwable e) {
      wakeNext(leave(me) + size + 1); // an Error: the others look for themselves
      throw e;
    }
  }

  /** Wakes the thread that has waited longest, if there is one. */
  public void wakeOne() {
    if (size != 0) {
      wakeNext(1);
    }
  }

  /** One that has succeeded lets others try, if there is anything left to try for. */
  private void passOn(int others, Attempt attempt) {
    if (others != 0 && attempt.mightWorkAgain()) {
      wakeNext(others);
    }
  }

  /** Wakes a thread, who is to wake others until there were that many; at least one. */
  private void wakeNext(int many) {
    Waiter first = null;
    lock.lock();
    if (coming != null) {
      withheld += many;
    } else if (head != null) {
      first = head;
      unlink(first);
      coming = first;
      withheld = many - 1;
    }
    lock.unlock();
    if (first != null) {
      Blocking.unpark(first.thread);
    }
  }

  /** Wakes all threads that wait. */
  public void wakeAll() {
    if (size == 0) {
      return;
    }
    for (PlaitThread t : takeAll()) {
      Blocking.unpark(t);
    }
  }

  private List<PlaitThread> takeAll() {
    lock.lock();
    List<PlaitThread> all = new ArrayList<>(size);
    for (Waiter w = head; w != null; w = head) {
      all.add(w.thread);
      unlink(w);
    }
    lock.unlock();
    return all;
  }

  /**
   * How many threads wait.
   *
   * @return the number at some moment
   */
  public int size() {
    return size;
  }

  private void addLast(Waiter w) {
    lock.lock();
    link(w, tail, null);
    lock.unlock();
  }

  /** Back to the head of the queue. */
  private void addFirst(Waiter w) {
    lock.lock();
    link(w, null, head);
    lock.unlock();
  }

  private void link(Waiter w, @Nullable Waiter previous, @Nullable Waiter next) {
    w.previous = previous;
    w.next = next;
    if (previous == null) {
      head = w;
    } else {
      previous.next = w;
    }
    if (next == null) {
      tail = w;
    } else {
      next.previous = w;
    }
    w.queued = true;
    size = size + 1;
  }

  private boolean isQueued(Waiter w) {
    lock.lock();
    boolean queued = w.queued;
    lock.unlock();
    return queued;
  }

  /**
   * A waiter takes itself out before it has looked.
   *
   * @return how many others are to be woken; itself included, if it has been
   */
  private int leave(Waiter w) {
    lock.lock();
    int others = w.queued ? 0 : 1;
    others += takeOut(w);
    lock.unlock();
    return others;
  }

  /**
   * A waiter is out of the queue and about to look.
   *
   * @return how many others are to be woken if it finds something
   */
  private int look(Waiter w) {
    lock.lock();
    int others = takeOut(w);
    lock.unlock();
    return others;
  }

  /** Under the lock; how many wake-ups were withheld because of this waiter. */
  private int takeOut(Waiter w) {
    if (w.queued) {
      unlink(w);
      return 0;
    }
    if (coming != w) {
      return 0;
    }
    int others = withheld;
    coming = null;
    withheld = 0;
    return others;
  }

  private void unlink(Waiter w) {
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
    w.next = null;
    w.previous = null;
    w.queued = false;
    size = size - 1;
  }

  /** One waiting thread; its fields are guarded by the queue's lock. */
  private static final class Waiter {
    private final PlaitThread thread;
    private @Nullable Waiter next;
    private @Nullable Waiter previous;
    private boolean queued;

    private Waiter(PlaitThread thread) {
      this.thread = thread;
    }
  }
}
