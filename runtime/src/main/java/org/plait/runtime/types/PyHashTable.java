package org.plait.runtime.types;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyObjects;
import org.plait.sched.BiasedLock;
import org.plait.sched.MicroLock;

/**
 * What {@code dict} and the sets are made of: an insertion-ordered hash table that any number of
 * threads may share. A set stores each element as its own value.
 *
 * <p>Entries are appended to parallel arrays; an open-addressing index of entry numbers (plus one,
 * 0 is empty) finds them. Invariants:
 *
 * <ul>
 *   <li>Reads take no lock: {@code table}, index words and values are read with acquire.
 *   <li>All writes happen under {@link #lock}. An entry's key and hash are written before its index
 *       word is released and stay; a deleted entry has a null value and the key {@link #DELETED}.
 *       Only while there is one thread is the last entry of a set, once deleted, used again.
 *   <li>A set of small ints may have bits in the place of entries ({@link SmallInts}).
 *   <li>Growing or compacting builds a new {@link Table}; the old one is never written again.
 *   <li>User code ({@code __eq__}) runs only in {@link #find}, outside the lock. A writer finds
 *       first, then locks and checks that what it found still stands, else it starts over.
 * </ul>
 *
 * <p>{@link InstanceDict}, the view of an instance's attributes, overrides the primitives (those
 * below "primitives"); everything else is built on them.
 */
public abstract class PyHashTable extends PyObject {
  private static final VarHandle TABLE;
  private static final VarHandle SIZE;
  private static final VarHandle LOCK;
  private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(PyObject[].class);

  static {
    try {
      MethodHandles.Lookup l = MethodHandles.lookup();
      TABLE = l.findVarHandle(PyHashTable.class, "table", Table.class);
      SIZE = l.findVarHandle(PyHashTable.class, "size", int.class);
      LOCK = l.findVarHandle(PyHashTable.class, "lock", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** The key of deleted entries; it equals nothing and is never seen by user code. */
  static final PyObject DELETED = new PyTuple(PyObject.NO_ARGS) {};

  private static final int MIN_LOG = 3;

  /** What {@link #findPlain} returns when only user code could tell. */
  private static final int UNDECIDED = -2;

  /** One generation of the table. */
  static class Table {
    final int[] index;
    final int shift;
    final PyObject[] keys;
    final long[] hashes;
    final PyObject[] values;
    int used;

    /** All entries below are deleted; grows under the lock. Read racily, as where to start. */
    int bottom;

    /** All entries from here on are deleted; changes under the lock, read under it only. */
    int top;

    /** How many words of the index are not empty; under the lock. */
    int filled;

    /** How often the last entry was given back, which only a single thread does. */
    int givenBack;

    Table(int log) {
      int capacity = log < 0 ? 0 : capacity(log);
      index = new int[log < 0 ? 1 : 1 << log];
      shift = log < 0 ? 63 : 64 - log;
      keys = new PyObject[capacity];
      hashes = new long[capacity];
      values = new PyObject[capacity];
    }

    Table(int[] index, int shift, PyObject[] keys, long[] hashes, PyObject[] values) {
      this.index = index;
      this.shift = shift;
      this.keys = keys;
      this.hashes = hashes;
      this.values = values;
    }

    /** A copy of a table without deleted entries. */
    private Table(Table t) {
      this(t.index.clone(), t.shift, t.keys.clone(), t.hashes.clone(), t.values.clone());
      used = t.used;
      top = t.top;
      filled = t.filled;
    }

    final int slot(long hash) {
      return index.length == 1 ? 0 : (int) (hash * 0x9E3779B97F4A7C15L >>> shift);
    }

    // Plain reads with fences behind them are reads with acquire, plain writes with fences before
    // them writes with release; calls of VarHandles would cost HotSpot many nodes, see PyList.get.

    final int used() {
      int n = used;
      VarHandle.acquireFence();
      return n;
    }

    final @Nullable PyObject value(int e) {
      PyObject v = values[e];
      VarHandle.acquireFence();
      return v;
    }

    /** The key of an entry below {@link #used()}; DELETED when it is gone. */
    final PyObject key(int e) {
      PyObject k = keys[e];
      VarHandle.acquireFence();
      return k;
    }

    /** The entry that a word of the index stands for, or -1. */
    private static int entry(int[] index, int i) {
      int e = index[i] - 1;
      VarHandle.acquireFence();
      return e;
    }

    /** Appends an entry; the caller holds the lock and knows there is room and no equal key. */
    final void append(PyObject key, long hash, PyObject value) {
      int e = used;
      hashes[e] = hash;
      values[e] = value;
      VarHandle.releaseFence();
      keys[e] = key;
      int mask = index.length - 1;
      int i = slot(hash);
      while (index[i] != 0) {
        i = i + 1 & mask;
      }
      VarHandle.releaseFence();
      index[i] = e + 1;
      VarHandle.releaseFence();
      used = e + 1;
      top = e + 1;
      filled++;
    }

    /**
     * Frees the last entry, just deleted, for another: sets that grow and shrink at their end, as
     * in a recursion, then don't fill with deleted entries. Nobody else may read the table: what is
     * found there by its number must not become another. A word of the index that others are looked
     * for behind stays; it leads to whatever is in the entry, so it does no harm.
     */
    private void giveBack(int e) {
      int mask = index.length - 1;
      int i = slot(hashes[e]);
      while (index[i] != e + 1) {
        i = i + 1 & mask;
      }
      if (index[i + 1 & mask] == 0) {
        index[i] = 0;
        filled--;
      }
      givenBack++;
      used = e;
      top = e;
      bottom = Math.min(bottom, e);
    }
  }

  private static final Table EMPTY = new Table(-1);

  private Table table = EMPTY;
  private int size;
  private int lock;

  /** Makes room for so many entries; before the table is shared. */
  final void reserve(int expected) {
    if (expected > 0 && table == EMPTY) {
      table = new Table(logFor(expected));
    }
  }

  /** Makes room for so many entries at once, rather than grow again and again. */
  final void makeRoom(int expected) {
    lock();
    try {
      Table t = entries();
      if (t.keys.length < expected) {
        TABLE.setRelease(this, compacted(t, logFor(expected)));
      }
    } finally {
      unlock();
    }
  }

  /** Gives back room that was made for entries which did not come. */
  final void trim() {
    lock();
    try {
      Table t = entries();
      if (hasRoomToSpare(t)) {
        TABLE.setRelease(this, compacted(t, logFor(size)));
      }
    } finally {
      unlock();
    }
  }

  /** Under the lock. */
  private boolean hasRoomToSpare(Table t) {
    return t.keys.length > 3 * size + 8;
  }

  private static int capacity(int log) {
    return (int) ((1L << log + 1) / 3);
  }

  static int logFor(int entries) {
    int log = MIN_LOG;
    while (capacity(log) < entries) {
      log++;
    }
    return log;
  }

  /** The table, one with entries. */
  final Table table() {
    Table t = anyTable();
    return t.getClass() == SmallInts.class ? spelledOut() : t;
  }

  /** The table, perhaps one without entries. */
  final Table anyTable() {
    Table t = table;
    VarHandle.acquireFence();
    return t;
  }

  final void lock() {
    BiasedLock.lock(lock, LOCK, this);
  }

  final void unlock() {
    BiasedLock.unlock(lock, LOCK, this);
  }

  private Table spelledOut() {
    lock();
    try {
      return entries();
    } finally {
      unlock();
    }
  }

  /** The table, from now on one with entries; under the lock. */
  private Table entries() {
    Table t = table;
    if (t.getClass() == SmallInts.class) {
      int n = ((SmallInts) t).count();
      t = n == 0 ? EMPTY : ((SmallInts) t).entries();
      SIZE.setRelease(this, n);
      TABLE.setRelease(this, t);
    }
    return t;
  }

  /** How many entries fit before the table must grow; for {@code __sizeof__}. */
  final int capacity() {
    return table().keys.length;
  }

  // ---- finding

  /** The entry of a key in one generation, or -1. Runs user code for keys with their own __eq__. */
  private static int find(Table t, PyObject key, long hash) {
    int[] index = t.index;
    int mask = index.length - 1;
    int i = t.slot(hash);
    while (true) {
      int e = Table.entry(index, i);
      if (e < 0) {
        return -1;
      }
      if (t.hashes[e] == hash) {
        PyObject k = t.key(e);
        if (k == key || k != DELETED && PyObjects.equal(k, key)) {
          return e;
        }
      }
      i = i + 1 & mask;
    }
  }

  /** As {@link #find} without user code: {@link #UNDECIDED} where that would be needed. */
  private static int findPlain(Table t, PyObject key, long hash) {
    int[] index = t.index;
    int mask = index.length - 1;
    int i = t.slot(hash);
    Class<?> c = key.getClass();
    while (true) {
      int e = Table.entry(index, i);
      if (e < 0) {
        return -1;
      }
      if (t.hashes[e] == hash) {
        PyObject k = t.key(e);
        if (k == key) {
          return e;
        }
        if (k != DELETED) {
          if (c != k.getClass() || c != PyStr.class && c != PyInt.class) {
            return UNDECIDED;
          }
          if (PyObjects.equal(k, key)) {
            return e;
          }
        }
      }
      i = i + 1 & mask;
    }
  }

  /** As {@link #find} for a plain string: runs user code only for keys that are no plain str. */
  static int findStr(Table t, String name, long hash) {
    int[] index = t.index;
    int mask = index.length - 1;
    int i = t.slot(hash);
    while (true) {
      int e = Table.entry(index, i);
      if (e < 0) {
        return -1;
      }
      if (t.hashes[e] == hash) {
        PyObject k = t.key(e);
        if (k.getClass() == PyStr.class) {
          PyStr s = (PyStr) k;
          if (s.text() == name || s.equalTo(name)) {
            return e;
          }
        } else if (k != DELETED && PyObjects.equal(k, Py.str(name))) {
          return e;
        }
      }
      i = i + 1 & mask;
    }
  }

  /** As {@link #findPlain} for an int that fits a long. */
  private static int findLong(Table t, long value, long hash) {
    int[] index = t.index;
    int mask = index.length - 1;
    int i = t.slot(hash);
    while (true) {
      int e = Table.entry(index, i);
      if (e < 0) {
        return -1;
      }
      if (t.hashes[e] == hash) {
        PyObject k = t.key(e);
        if (k != DELETED) {
          if (k.getClass() != PyInt.class) {
            return UNDECIDED;
          }
          if (((PyInt) k).longValue() == value && ((PyInt) k).isLong()) {
            return e;
          }
        }
      }
      i = i + 1 & mask;
    }
  }

  /**
   * Adds an int to a set.
   *
   * @return false when user code would have to tell whether it is there
   */
  public final boolean addLong(long value) {
    if (BiasedLock.isMine(lock) && SmallInts.hasBit(value) && table.getClass() == SmallInts.class) {
      ((SmallInts) table).add(value);
      return true;
    }
    return addLongLocked(value);
  }

  private boolean addLongLocked(long value) {
    lock();
    try {
      if (addSmall(value)) {
        return true;
      }
      long hash = PyInt.hash(value);
      int e = findLong(entries(), value, hash);
      if (e == -1) {
        PyInt item = PyInt.of(value);
        append(item, hash, item);
      }
      return e != UNDECIDED;
    } finally {
      unlock();
    }
  }

  /** Adds an int by its bit, if that can be done; under the lock. */
  private boolean addSmall(long value) {
    if (!SmallInts.hasBit(value)) {
      return false;
    }
    if (table == EMPTY) {
      TABLE.setRelease(this, new SmallInts(EMPTY));
    }
    if (table.getClass() != SmallInts.class) {
      return false;
    }
    ((SmallInts) table).add(value);
    return true;
  }

  /**
   * Removes an int from a set if it is there.
   *
   * @return false when user code would have to tell whether it is
   */
  public final boolean removeLong(long value) {
    if (BiasedLock.isMine(lock) && SmallInts.hasBit(value) && table.getClass() == SmallInts.class) {
      ((SmallInts) table).remove(value);
      return true;
    }
    return removeLongLocked(value) != UNDECIDED;
  }

  /**
   * Removes an int from a set if it is there.
   *
   * @return -1 when it was not there, UNDECIDED when user code would have to tell whether it is
   */
  private int removeLongLocked(long value) {
    lock();
    try {
      Table t = table;
      if (t.getClass() == SmallInts.class) {
        boolean found = ((SmallInts) t).has(value);
        if (found) {
          ((SmallInts) t).remove(value);
        }
        return found ? 0 : -1;
      }
      int e = findLong(t, value, PyInt.hash(value));
      if (e >= 0) {
        erase(t, e);
        if (e == t.used - 1 && MicroLock.isAlone()) {
          t.giveBack(e);
        }
      }
      return e;
    } finally {
      unlock();
    }
  }

  /**
   * Removes an int that fits a long from a set.
   *
   * @return 1 when it was there, 0 when it was not; -1 when user code would have to tell
   */
  final int takeLong(long value) {
    int e = removeLongLocked(value);
    return e == UNDECIDED ? -1 : e < 0 ? 0 : 1;
  }

  // ---- primitives

  /**
   * Whether there is an entry whose key is a plain int: 1 or 0; or -1, when a key has to be asked.
   */
  public final int containsLong(long value) {
    Table t = table;
    VarHandle.acquireFence();
    if (t.getClass() == SmallInts.class) {
      return ((SmallInts) t).has(value) ? 1 : 0;
    }
    return containsLong(t, value);
  }

  private static int containsLong(Table t, long value) {
    int[] index = t.index;
    int mask = index.length - 1;
    long hash = PyInt.hash(value);
    int i = t.slot(hash);
    while (true) {
      int e = Table.entry(index, i);
      if (e < 0) {
        return 0;
      }
      if (t.hashes[e] == hash) {
        PyObject k = t.key(e);
        if (k != DELETED) {
          boolean found =
              k.getClass() == PyInt.class
                  && ((PyInt) k).isLong()
                  && ((PyInt) k).longValue() == value;
          return found && t.value(e) != null ? 1 : -1;
        }
      }
      i = i + 1 & mask;
    }
  }

  /**
   * The number of entries. It is written after the entries: who has seen the effect of a change
   * that is not finished waits for its end, so that looking a key up and the size agree.
   */
  public int size() {
    Table t = table;
    VarHandle.acquireFence();
    if (t.getClass() == SmallInts.class) {
      return ((SmallInts) t).count();
    }
    BiasedLock.awaitFree(LOCK, this);
    return (int) SIZE.getAcquire(this);
  }

  /** The value of a key whose hash is known, or null. */
  public @Nullable PyObject get(PyObject key, long hash) {
    while (true) {
      Table t = table();
      int e = find(t, key, hash);
      if (e < 0) {
        return null;
      }
      PyObject v = t.value(e);
      if (v != null) {
        return v;
      }
      // Deleted or moved to the end since: look again.
      Thread.onSpinWait();
    }
  }

  /**
   * Sets a key, or with {@code ifAbsent} only a missing one, in one atomic step.
   *
   * @return the value before, or null
   */
  public @Nullable PyObject put(PyObject key, long hash, PyObject value, boolean ifAbsent) {
    while (true) {
      Table t = table();
      int used = t.used();
      int givenBack = t.givenBack;
      int e = find(t, key, hash);
      lock();
      try {
        if (table != t || t.givenBack != givenBack) {
          continue;
        }
        if (e >= 0) {
          PyObject old = t.values[e];
          if (old == null) {
            continue;
          }
          if (!ifAbsent) {
            ELEMENT.setRelease(t.values, e, value);
          }
          return old;
        }
        if (t.used != used) {
          continue;
        }
        append(key, hash, value);
        return null;
      } finally {
        unlock();
      }
    }
  }

  /**
   * Sets many keys, or with {@code ifAbsent} the missing ones: one atomic step as far as no key
   * needs user code to be compared.
   *
   * @param source what the entries were taken from: RuntimeError if user code changes that
   *     meanwhile; or null
   */
  void putMany(Entries from, boolean ifAbsent, @Nullable PyDict source) {
    int n = from.size();
    for (int done = 0; done < n; done++) {
      done = putPlain(from.items, from.hashes, ifAbsent, done);
      if (done < n) {
        put(from.key(done), from.hashes[done], from.value(done), ifAbsent);
        if (source != null && source.size() != n) {
          throw Errors.runtimeError("dict mutated during update");
        }
      }
    }
  }

  /** Sets keys from the {@code from}-th on; returns the number of the first it can't decide. */
  private int putPlain(PyObject[] items, long[] hashes, boolean ifAbsent, int from) {
    lock();
    try {
      entries();
      if (size == 0 && table.keys.length < hashes.length - from) {
        TABLE.setRelease(this, new Table(logFor(hashes.length - from)));
      }
      for (int i = from; i < hashes.length; i++) {
        PyObject key = items[2 * i];
        int e = findPlain(table, key, hashes[i]);
        if (e == UNDECIDED) {
          return i;
        }
        if (e < 0) {
          append(key, hashes[i], items[2 * i + 1]);
        } else if (!ifAbsent) {
          ELEMENT.setRelease(table.values, e, items[2 * i + 1]);
        }
      }
      return hashes.length;
    } finally {
      unlock();
    }
  }

  /** Removes a key; returns its value or null. */
  public @Nullable PyObject remove(PyObject key, long hash) {
    while (true) {
      Table t = table();
      int used = t.used();
      int givenBack = t.givenBack;
      int e = find(t, key, hash);
      lock();
      try {
        if (table != t || t.givenBack != givenBack) {
          continue;
        }
        if (e < 0) {
          if (t.used != used) {
            continue;
          }
          return null;
        }
        PyObject old = t.values[e];
        if (old == null) {
          continue;
        }
        erase(t, e);
        return old;
      } finally {
        unlock();
      }
    }
  }

  /** Removes the last entry and returns its key and value, or null when empty. */
  public PyObject @Nullable [] popLast() {
    lock();
    try {
      Table t = entries();
      while (t.top > 0) {
        PyObject[] entry = takeEntry(t, --t.top);
        if (entry != null) {
          return entry;
        }
      }
      return null;
    } finally {
      unlock();
    }
  }

  /** Removes the first entry and returns its key and value, or null when empty. */
  public PyObject @Nullable [] popFirst() {
    lock();
    try {
      Table t = entries();
      while (t.bottom < t.used) {
        PyObject[] entry = takeEntry(t, t.bottom++);
        if (entry != null) {
          return entry;
        }
      }
      return null;
    } finally {
      unlock();
    }
  }

  private PyObject @Nullable [] takeEntry(Table t, int e) {
    PyObject v = t.values[e];
    if (v == null) {
      return null;
    }
    PyObject[] entry = {t.keys[e], v};
    erase(t, e);
    return entry;
  }

  /**
   * Makes the entry of a key the last one, or the first; for a reader it is there all the time.
   *
   * @return its value, or null when there is no such key
   */
  public final @Nullable PyObject move(PyObject key, long hash, boolean toEnd) {
    while (true) {
      Table t = table();
      int used = t.used();
      int givenBack = t.givenBack;
      int e = find(t, key, hash);
      lock();
      try {
        if (table != t || t.givenBack != givenBack || e < 0 && t.used != used) {
          continue;
        }
        if (e < 0) {
          return null;
        }
        PyObject v = t.values[e];
        if (v == null) {
          continue;
        }
        if (toEnd) {
          moveToEnd(t, e);
        } else if (e != t.bottom) {
          Table fresh = new Table(logFor(size + 1));
          fresh.append(t.keys[e], t.hashes[e], v);
          copyEntries(t, e, fresh);
          TABLE.setRelease(this, fresh);
        }
        return v;
      } finally {
        unlock();
      }
    }
  }

  private void moveToEnd(Table t, int e) {
    if (e == t.top - 1) {
      return;
    }
    PyObject k = t.keys[e];
    PyObject v = t.values[e];
    if (t.used == t.keys.length || t.filled >= t.keys.length) {
      Table fresh = new Table(logFor(size * 2));
      copyEntries(t, e, fresh);
      fresh.append(k, t.hashes[e], v);
      TABLE.setRelease(this, fresh);
    } else {
      t.append(k, t.hashes[e], v);
      bury(t, e);
    }
  }

  public void clear() {
    lock();
    try {
      TABLE.setRelease(this, EMPTY);
      SIZE.setRelease(this, 0);
    } finally {
      unlock();
    }
  }

  /** A cursor over the entries as they stand, first to last or last to first. */
  public final Cursor cursor(boolean reversed) {
    return new TableCursor(this, reversed);
  }

  /** Makes this table, not yet shared, a copy of another, taken in one atomic step. */
  final void copyFrom(PyHashTable other) {
    other.lock();
    try {
      table = other.tableCopy();
      size = other.size;
    } finally {
      other.unlock();
    }
  }

  /** A copy of the table; under the lock. */
  private Table tableCopy() {
    Table t = entries();
    if (size == 0) {
      return EMPTY;
    }
    return t.used == size && !hasRoomToSpare(t) ? new Table(t) : compacted(t, logFor(size));
  }

  /**
   * Makes this table, if it is empty, a copy of another, taken in one atomic step.
   *
   * @return false when it is not empty
   */
  final boolean fillFrom(PyHashTable other) {
    if (size() != 0) {
      return false;
    }
    Table copy;
    int n;
    other.lock();
    try {
      copy = other.tableCopy();
      n = other.size;
    } finally {
      other.unlock();
    }
    if (n == 0) {
      return true;
    }
    lock();
    try {
      entries();
      if (size != 0) {
        return false;
      }
      TABLE.setRelease(this, copy);
      SIZE.setRelease(this, n);
      return true;
    } finally {
      unlock();
    }
  }

  /** Replaces all entries by those of a table that nobody else has or will have. */
  final void takeFrom(PyHashTable other) {
    lock();
    try {
      TABLE.setRelease(this, other.entries());
      SIZE.setRelease(this, other.size);
    } finally {
      unlock();
    }
  }

  /**
   * Entries with their hashes, so that nobody has to hash the keys again.
   *
   * @param items keys and values alternating
   * @param hashes of the keys
   */
  public record Entries(PyObject[] items, long[] hashes) {
    int size() {
      return hashes.length;
    }

    PyObject key(int i) {
      return items[2 * i];
    }

    PyObject value(int i) {
      return items[2 * i + 1];
    }
  }

  /** All entries, taken in one atomic step. */
  public Entries snapshot() {
    lock();
    try {
      Table t = entries();
      PyObject[] items = new PyObject[2 * size];
      long[] hashes = new long[size];
      for (int e = 0, n = 0; e < t.used; e++) {
        if (t.values[e] != null) {
          items[2 * n] = t.keys[e];
          items[2 * n + 1] = t.values[e];
          hashes[n++] = t.hashes[e];
        }
      }
      return new Entries(items, hashes);
    } finally {
      unlock();
    }
  }

  /** Keys and values alternating, taken in one atomic step. */
  public PyObject[] snapshotItems() {
    lock();
    try {
      Table t = entries();
      PyObject[] all = new PyObject[2 * size];
      for (int e = 0, n = 0; e < t.used; e++) {
        if (t.values[e] != null) {
          all[n++] = t.keys[e];
          all[n++] = t.values[e];
        }
      }
      return all;
    } finally {
      unlock();
    }
  }

  // ---- under the lock

  private void append(PyObject key, long hash, PyObject value) {
    Table t = table;
    if (t.used == t.keys.length || t.filled >= t.keys.length) {
      t = compacted(t, logFor(Math.max(size * 2, size + 1)));
      TABLE.setRelease(this, t);
    }
    t.append(key, hash, value);
    VarHandle.releaseFence();
    size++;
  }

  private void erase(Table t, int e) {
    bury(t, e);
    VarHandle.releaseFence();
    size--;
  }

  private static void bury(Table t, int e) {
    VarHandle.releaseFence();
    t.values[e] = null;
    VarHandle.releaseFence();
    t.keys[e] = DELETED;
    if (e == t.bottom) {
      t.bottom = e + 1;
    }
  }

  private static Table compacted(Table t, int log) {
    Table fresh = new Table(log);
    copyEntries(t, -1, fresh);
    return fresh;
  }

  private static void copyEntries(Table from, int without, Table to) {
    for (int e = from.bottom; e < from.used; e++) {
      PyObject v = from.values[e];
      if (v != null && e != without) {
        to.append(from.keys[e], from.hashes[e], v);
      }
    }
  }

  // ---- built on the primitives

  /** Keys, taken in one atomic step. */
  public final PyObject[] snapshotKeys() {
    return column(true);
  }

  /** Values, taken in one atomic step. */
  public final PyObject[] snapshotValues() {
    return column(false);
  }

  /** The keys, or the values. */
  PyObject[] column(boolean keys) {
    lock();
    try {
      Table t = entries();
      PyObject[] from = keys ? t.keys : t.values;
      if (t.used == size) {
        return Arrays.copyOf(from, size);
      }
      PyObject[] all = new PyObject[size];
      for (int e = 0, n = 0; e < t.used; e++) {
        if (t.values[e] != null) {
          all[n++] = from[e];
        }
      }
      return all;
    } finally {
      unlock();
    }
  }

  // ---- iteration

  /**
   * Walks entries without holding a lock. After {@link #next} returned true, {@link #key} and
   * {@link #value} hold the entry.
   */
  public abstract static class Cursor {
    public @Nullable PyObject key;
    public @Nullable PyObject value;

    /** Moves on; false at the end. */
    public abstract boolean next();

    /** Whether the table has been rebuilt, so that positions no longer agree. */
    public abstract boolean stale();
  }

  /** The generation to walk through, for iterators and cursors. */
  Table walked() {
    return table();
  }

  /** Whether a generation that is being walked still has the entries. */
  boolean isCurrent(Table walked) {
    return table() == walked;
  }

  /** The value now of an entry met on a walk. */
  PyObject valueNow(PyObject key, PyObject value) {
    return value;
  }

  /** The next entry that is there, from {@code e} on in the direction {@code by}; or -1. */
  static int step(Table t, int e, int by) {
    int used = t.used();
    while (e >= 0 && e < used) {
      if (t.value(e) != null) {
        return e;
      }
      e += by;
    }
    return -1;
  }

  private static final class TableCursor extends Cursor {
    private final PyHashTable owner;
    private final Table t;
    private final int by;
    private int at;

    TableCursor(PyHashTable owner, boolean reversed) {
      this.owner = owner;
      this.t = owner.walked();
      this.by = reversed ? -1 : 1;
      this.at = reversed ? t.used() - 1 : t.bottom;
    }

    @Override
    public boolean next() {
      while (true) {
        int e = step(t, at, by);
        if (e < 0) {
          return false;
        }
        at = e + by;
        PyObject k = t.key(e);
        PyObject v = t.value(e);
        if (v != null && k != DELETED) {
          key = k;
          value = owner.valueNow(k, v);
          return true;
        }
      }
    }

    @Override
    public boolean stale() {
      return !owner.isCurrent(t);
    }
  }
}
