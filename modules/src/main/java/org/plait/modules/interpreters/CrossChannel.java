package org.plait.modules.interpreters;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.interp.PyInterpreter;
import org.plait.sched.Latch;
import org.plait.sched.SpinLock;

/**
 * A channel between interpreters: a queue with two ends, each of which knows the interpreters that
 * have used it. {@link #lock} guards all that changes; no Python code runs under it, and what is to
 * be released or woken is so afterwards.
 *
 * <p>A channel is open, then perhaps closing (nothing more goes in, what is there still comes out),
 * then closed.
 */
final class CrossChannel {
  static final int SEND = 1;
  static final int RECV = 2;
  static final int BOTH = SEND | RECV;

  final long id;
  final int unboundOp;
  final boolean fallback;

  /** Something on its way. */
  static final class Item {
    final PyInterpreter origin;
    final int unboundOp;

    /** Null when its interpreter has ended. Guarded by the channel's lock. */
    @Nullable CrossData data;

    /** Opens when the item has been taken or has gone; null when nobody waits for it. */
    final @Nullable Latch done;

    /** Whether it was taken; written before {@link #done} opens. */
    volatile boolean taken;

    Item(CrossData data, int unboundOp, boolean awaited) {
      this.data = data;
      this.origin = data.origin;
      this.unboundOp = unboundOp;
      this.done = awaited ? new Latch() : null;
    }

    private void finish(boolean wasTaken) {
      taken = wasTaken;
      if (done != null) {
        done.open();
      }
    }
  }

  private final SpinLock lock = new SpinLock();
  private final ArrayDeque<Item> items = new ArrayDeque<>();

  /** By interpreter: true while it uses the end, false when it has released it. */
  private final Map<Long, Boolean> senders = new TreeMap<>();

  private final Map<Long, Boolean> receivers = new TreeMap<>();
  private boolean open = true;
  private boolean closing;
  private boolean closed;
  private long references;

  CrossChannel(long id, int unboundOp, boolean fallback) {
    this.id = id;
    this.unboundOp = unboundOp;
    this.fallback = fallback;
  }

  // ---- sending and receiving

  /** Marks an interpreter as a user of an end; an error if it has released that. */
  private void use(Map<Long, Boolean> end, long interpreter) {
    Boolean using = end.putIfAbsent(interpreter, true);
    if (using != null && !using) {
      throw ChannelErrors.released(id);
    }
  }

  void send(Item item) {
    lock.lock();
    try {
      if (closed || closing || !open) {
        throw ChannelErrors.closed(id);
      }
      use(senders, item.origin.id);
      items.add(item);
    } finally {
      lock.unlock();
    }
  }

  /** Takes an item back that nobody has taken; false if it was too late. */
  boolean takeBack(Item item) {
    lock.lock();
    try {
      return items.remove(item);
    } finally {
      lock.unlock();
    }
  }

  /** Takes the oldest item, null when there is none; the caller calls {@link #received}. */
  @Nullable Item receive(long interpreter) {
    lock.lock();
    try {
      if (closed || !open && !closing) {
        throw ChannelErrors.closed(id);
      }
      use(receivers, interpreter);
      Item item = items.poll();
      if (items.isEmpty() && closing) {
        closing = false;
        closed = true;
      }
      return item;
    } finally {
      lock.unlock();
    }
  }

  static void received(Item item) {
    item.finish(true);
  }

  // ---- ends

  /** Releases ends for an interpreter; the channel closes when nobody uses an end any more. */
  void release(long interpreter, int ends) {
    List<Item> gone = List.of();
    lock.lock();
    try {
      if (closed || !open) {
        throw ChannelErrors.closed(id);
      }
      if ((ends & SEND) != 0) {
        senders.put(interpreter, false);
      }
      if ((ends & RECV) != 0) {
        receivers.put(interpreter, false);
      }
      gone = closeIfUnused();
    } finally {
      lock.unlock();
    }
    drop(gone);
  }

  /** Under the lock: what is to be dropped then. */
  private List<Item> closeIfUnused() {
    boolean used = senders.containsValue(true) || receivers.containsValue(true);
    if (used || senders.isEmpty() && receivers.isEmpty()) {
      return List.of();
    }
    return closeAll();
  }

  private List<Item> closeAll() {
    open = false;
    closing = false;
    closed = true;
    List<Item> gone = new ArrayList<>(items);
    items.clear();
    return gone;
  }

  void close(int ends, boolean force) {
    List<Item> gone;
    lock.lock();
    try {
      if (closed || !force && ends == SEND && closing) {
        throw ChannelErrors.closed(id);
      }
      if (!force && !items.isEmpty()) {
        if (ends != SEND) {
          throw ChannelErrors.notEmpty(id);
        }
        open = false;
        closing = true;
        return;
      }
      gone = closeAll();
    } finally {
      lock.unlock();
    }
    drop(gone);
  }

  /** Closes it whatever its state is. */
  void destroy() {
    List<Item> gone;
    lock.lock();
    gone = closeAll();
    lock.unlock();
    drop(gone);
  }

  private static void drop(List<Item> gone) {
    for (Item item : gone) {
      CrossData data = item.data;
      item.finish(false);
      if (data != null) {
        data.release();
      }
    }
  }

  /** An interpreter is no more. */
  void forget(PyInterpreter i) {
    List<CrossData> gone = new ArrayList<>();
    List<Item> dropped = new ArrayList<>();
    lock.lock();
    try {
      if (closed) {
        return;
      }
      for (Item item : items) {
        if (item.origin == i && item.data != null) {
          if (item.unboundOp == Unbound.REMOVE) {
            dropped.add(item);
          } else {
            gone.add(item.data);
            item.data = null;
          }
        }
      }
      items.removeAll(dropped);
      senders.computeIfPresent(i.id, (k, v) -> false);
      receivers.computeIfPresent(i.id, (k, v) -> false);
      dropped.addAll(closeIfUnused());
    } finally {
      lock.unlock();
    }
    gone.forEach(CrossData::release);
    drop(dropped);
  }

  /** The interpreters that use an end, by age. */
  List<Long> users(boolean send) {
    lock.lock();
    try {
      if (closed || send && closing) {
        throw ChannelErrors.closed(id);
      }
      List<Long> all = new ArrayList<>();
      (send ? senders : receivers).forEach((i, using) -> addIf(using, all, i));
      return all;
    } finally {
      lock.unlock();
    }
  }

  private static void addIf(boolean wanted, List<Long> all, long i) {
    if (wanted) {
      all.add(i);
    }
  }

  // ---- facts

  int count() {
    lock.lock();
    try {
      if (closed) {
        throw ChannelErrors.closed(id);
      }
      return items.size();
    } finally {
      lock.unlock();
    }
  }

  /** Whether another interpreter that has not ended has sent something that is still here. */
  boolean holdsFromOthers(PyInterpreter own) {
    lock.lock();
    try {
      return items.stream().anyMatch(item -> item.data != null && item.origin != own);
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /**
   * What {@code get_info()} tells.
   *
   * @param kinds how many interpreters there are of each kind: 4 × the state of the send end plus
   *     that of the receive end, each 0 never used, 1 in use, 2 released
   * @param own the kind of the one that asks
   */
  record Info(
      boolean open,
      boolean closing,
      boolean closed,
      int count,
      Map<Integer, Integer> kinds,
      int own) {}

  Info info(long interpreter) {
    lock.lock();
    try {
      Map<Integer, Integer> kinds = new HashMap<>();
      int own = 0;
      if (!closed) {
        Map<Long, Integer> kindOf = new TreeMap<>();
        senders.forEach((i, using) -> kindOf.merge(i, using ? 4 : 8, Integer::sum));
        receivers.forEach((i, using) -> kindOf.merge(i, using ? 1 : 2, Integer::sum));
        kindOf.values().forEach(k -> kinds.merge(k, 1, Integer::sum));
        own = kindOf.getOrDefault(interpreter, 0);
      }
      return new Info(
          open && !closing && !closed, closing, closed, closed ? 0 : items.size(), kinds, own);
    } finally {
      lock.unlock();
    }
  }

  // ---- references of identifiers

  void reference() {
    lock.lock();
    references++;
    lock.unlock();
  }

  /** Gives a reference back; true if that was the last one. */
  boolean dereference() {
    lock.lock();
    try {
      return --references == 0;
    } finally {
      lock.unlock();
    }
  }
}
