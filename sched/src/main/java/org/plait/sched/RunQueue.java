package org.plait.sched;

import org.jspecify.annotations.Nullable;

/**
 * Threads that want a permit and have none: those that woke from blocking first, then those that
 * used up their slice, each in order. So that the former cannot starve the latter, every so many
 * grants one of the latter goes first.
 */
final class RunQueue {
  private static final int FRESH_IN_A_ROW = 16;

  private final SpinLock lock = new SpinLock();
  private @Nullable PlaitThread freshHead;
  private @Nullable PlaitThread freshTail;
  private @Nullable PlaitThread tiredHead;
  private @Nullable PlaitThread tiredTail;
  private int freshGrants;

  /** Written under the lock, read by whoever releases a permit. */
  private volatile int size;

  int size() {
    return size;
  }

  boolean hasFresh() {
    return freshHead != null;
  }

  /** Appends a thread that comes from blocking, or starts; a full fence follows. */
  void addFresh(PlaitThread t) {
    lock.lock();
    appendFresh(t);
    size = size + 1;
    lock.unlock();
  }

  /** Appends a thread that has had its slice; a full fence follows. */
  void addTired(PlaitThread t) {
    lock.lock();
    appendTired(t);
    size = size + 1;
    lock.unlock();
  }

  /** Takes the next thread. */
  @Nullable PlaitThread poll() {
    if (size == 0) {
      return null;
    }
    lock.lock();
    PlaitThread next = remove();
    if (next != null) {
      size = size - 1;
    }
    lock.unlock();
    return next;
  }

  /**
   * Takes the next thread and appends one that has had its slice; null, and no change, if empty.
   */
  @Nullable PlaitThread swap(PlaitThread tired) {
    lock.lock();
    PlaitThread next = remove();
    if (next != null) {
      appendTired(tired);
    }
    lock.unlock();
    return next;
  }

  private void appendFresh(PlaitThread t) {
    if (freshTail == null) {
      freshHead = t;
    } else {
      freshTail.nextInQueue = t;
    }
    freshTail = t;
  }

  private void appendTired(PlaitThread t) {
    if (tiredTail == null) {
      tiredHead = t;
    } else {
      tiredTail.nextInQueue = t;
    }
    tiredTail = t;
  }

  private @Nullable PlaitThread remove() {
    if (tiredHead != null && (freshHead == null || freshGrants >= FRESH_IN_A_ROW)) {
      freshGrants = 0;
      PlaitThread t = tiredHead;
      tiredHead = t.nextInQueue;
      if (tiredHead == null) {
        tiredTail = null;
      }
      t.nextInQueue = null;
      return t;
    }
    PlaitThread t = freshHead;
    if (t != null) {
      freshGrants = tiredHead == null ? 0 : freshGrants + 1;
      freshHead = t.nextInQueue;
      if (freshHead == null) {
        freshTail = null;
      }
      t.nextInQueue = null;
    }
    return t;
  }
}
