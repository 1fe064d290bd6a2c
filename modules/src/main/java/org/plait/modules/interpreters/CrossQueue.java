package org.plait.modules.interpreters;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.interp.PyInterpreter;
import org.plait.runtime.object.PyObject;
import org.plait.sched.SpinLock;

/** A queue between interpreters. {@link #lock} guards all that changes. */
final class CrossQueue {
  final long id;

  /** How many items it holds at most; no limit when it isn't positive. */
  final long maxSize;

  final int unboundOp;

  /** Whether items that can't go over by themselves are pickled. */
  final boolean fallback;

  /**
   * An item.
   *
   * @param data null when its interpreter has ended
   */
  private record Item(@Nullable CrossData data, PyInterpreter origin, int unboundOp) {}

  private final SpinLock lock = new SpinLock();
  private final ArrayDeque<Item> items = new ArrayDeque<>();
  private long references;

  CrossQueue(long id, long maxSize, int unboundOp, boolean fallback) {
    this.id = id;
    this.maxSize = maxSize;
    this.unboundOp = unboundOp;
    this.fallback = fallback;
  }

  /** Adds an item, unless the queue is full. */
  boolean put(CrossData data, int op) {
    Item item = new Item(data, data.origin, op);
    lock.lock();
    try {
      if (maxSize > 0 && items.size() >= maxSize) {
        return false;
      }
      items.add(item);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * What {@link #take} found.
   *
   * @param data null when the item's interpreter has ended
   * @param unboundOp what is to be made of that
   */
  record Taken(@Nullable CrossData data, int unboundOp) {}

  /** Takes the oldest item; null when there is none. */
  @Nullable Taken take() {
    lock.lock();
    try {
      Item item = items.poll();
      return item == null ? null : new Taken(item.data, item.unboundOp);
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return items.size();
    } finally {
      lock.unlock();
    }
  }

  void reference() {
    lock.lock();
    references++;
    lock.unlock();
  }

  /** Gives a reference back; how many are left, -1 if there was none. */
  long dereference() {
    lock.lock();
    try {
      return references == 0 ? -1 : --references;
    } finally {
      lock.unlock();
    }
  }

  /** Lets go of all items. */
  void clear() {
    List<Item> all;
    lock.lock();
    try {
      all = new ArrayList<>(items);
      items.clear();
    } finally {
      lock.unlock();
    }
    release(all);
  }

  /** Lets go of the items that came from an interpreter which is no more. */
  void clear(PyInterpreter origin) {
    List<Item> gone = new ArrayList<>();
    lock.lock();
    try {
      List<Item> left = new ArrayList<>(items.size());
      for (Iterator<Item> it = items.iterator(); it.hasNext(); ) {
        Item item = it.next();
        if (item.origin != origin || item.data == null) {
          left.add(item);
          continue;
        }
        gone.add(item);
        if (item.unboundOp != Unbound.REMOVE) {
          left.add(new Item(null, origin, item.unboundOp));
        }
      }
      if (!gone.isEmpty()) {
        items.clear();
        items.addAll(left);
      }
    } finally {
      lock.unlock();
    }
    release(gone);
  }

  private static void release(List<Item> items) {
    for (Item item : items) {
      if (item.data != null) {
        item.data.release();
      }
    }
  }

  /** A queue object of Python on its way; keeps the queue alive. */
  static final class Data extends CrossData {
    private final CrossQueues all;
    private final CrossQueue queue;

    Data(CrossQueues all, long id) {
      this.all = all;
      queue = all.find(id);
      queue.reference();
    }

    @Override
    PyObject rebuild() {
      return QueueTypes.current().make(queue.id);
    }

    @Override
    void release() {
      all.dereference(queue);
    }
  }
}
