package org.plait.runtime.types;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.HashSecret;
import org.plait.runtime.protocol.PyObjects;
import org.plait.sched.MicroLock;

/**
 * {@code dict}: an insertion-ordered hash table that any number of threads may share.
 *
 * <p>Entries are appended to parallel arrays; an open-addressing index of entry numbers (plus one, 0
 * is empty) finds them. Invariants:
 *
 * <ul>
 *   <li>Reads take no lock: {@code table}, index words and values are read with acquire.
 *   <li>All writes happen under {@link #lock}. An entry's key and hash are written before its index
 *       word is released and stay; a deleted entry has a null value and the key {@link #DELETED}.
 *   <li>Growing or compacting builds a new {@link Table}; the old one is never written again.
 *   <li>User code ({@code __eq__}) runs only in {@link #find}, outside the lock. A writer finds
 *       first, then locks and checks that what it found still stands, else it starts over.
 * </ul>
 *
 * <p>{@link InstanceDict}, the view of an instance's attributes, overrides the primitives (those
 * below "primitives"); everything else is built on them.
 */
@PyTypeDef(
    name = "dict",
    subclassable = true,
    flags = {TypeFlag.MAPPING, TypeFlag.MATCH_SELF})
public class PyDict extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyDictTable.INSTANCE);

  private static final VarHandle TABLE;
  private static final VarHandle SIZE;
  private static final VarHandle LOCK;
  private static final VarHandle USED;
  private static final VarHandle INDEX = MethodHandles.arrayElementVarHandle(int[].class);
  private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(PyObject[].class);

  static {
    try {
      MethodHandles.Lookup l = MethodHandles.lookup();
      TABLE = l.findVarHandle(PyDict.class, "table", Table.class);
      SIZE = l.findVarHandle(PyDict.class, "size", int.class);
      LOCK = l.findVarHandle(PyDict.class, "lock", int.class);
      USED = l.findVarHandle(Table.class, "used", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** The key of deleted entries; it equals nothing and is never seen by user code. */
  private static final PyObject DELETED = new PyTuple(PyObject.NO_ARGS) {};

  private static final int MIN_LOG = 3;

  /** One generation of the table. */
  static final class Table {
    final int[] index;
    final int shift;
    final PyObject[] keys;
    final long[] hashes;
    final PyObject[] values;
    int used;

    Table(int log) {
      int capacity = log < 0 ? 0 : (1 << log + 1) / 3;
      index = new int[log < 0 ? 1 : 1 << log];
      shift = log < 0 ? 63 : 64 - log;
      keys = new PyObject[capacity];
      hashes = new long[capacity];
      values = new PyObject[capacity];
    }

    int slot(long hash) {
      return index.length == 1 ? 0 : (int) (hash * 0x9E3779B97F4A7C15L >>> shift);
    }

    int used() {
      return (int) USED.getAcquire(this);
    }

    @Nullable PyObject value(int e) {
      return (PyObject) ELEMENT.getAcquire(values, e);
    }

    /** The key of an entry below {@link #used()}; DELETED when it is gone. */
    PyObject key(int e) {
      return (PyObject) ELEMENT.getAcquire(keys, e);
    }

    /** Appends an entry; the caller holds the lock and knows there is room and no equal key. */
    void append(PyObject key, long hash, PyObject value) {
      int e = used;
      hashes[e] = hash;
      values[e] = value;
      ELEMENT.setRelease(keys, e, key);
      int mask = index.length - 1;
      int i = slot(hash);
      while (index[i] != 0) {
        i = i + 1 & mask;
      }
      INDEX.setRelease(index, i, e + 1);
      USED.setRelease(this, e + 1);
    }
  }

  private static final Table EMPTY = new Table(-1);

  private Table table = EMPTY;
  private int size;
  private int lock;

  public PyDict() {}

  /** An empty dict with room for {@code expected} entries. */
  public static PyDict ofCapacity(int expected) {
    PyDict d = new PyDict();
    if (expected > 0) {
      d.table = new Table(logFor(expected));
    }
    return d;
  }

  private static int logFor(int entries) {
    int log = MIN_LOG;
    while ((1 << log + 1) / 3 < entries) {
      log++;
    }
    return log;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  private Table table() {
    return (Table) TABLE.getAcquire(this);
  }

  // ---- finding

  /** The entry of a key in one generation, or -1. Runs user code for keys with their own __eq__. */
  private static int find(Table t, PyObject key, long hash) {
    int[] index = t.index;
    int mask = index.length - 1;
    int i = t.slot(hash);
    while (true) {
      int e = (int) INDEX.getAcquire(index, i) - 1;
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

  /** As {@link #find} for a plain string: runs user code only for keys that are no plain str. */
  private static int findStr(Table t, String name, long hash) {
    int[] index = t.index;
    int mask = index.length - 1;
    int i = t.slot(hash);
    while (true) {
      int e = (int) INDEX.getAcquire(index, i) - 1;
      if (e < 0) {
        return -1;
      }
      if (t.hashes[e] == hash) {
        PyObject k = t.key(e);
        if (k.getClass() == PyStr.class) {
          String text = ((PyStr) k).text;
          if (text == name || text.equals(name)) {
            return e;
          }
        } else if (k != DELETED && PyObjects.equal(k, Py.str(name))) {
          return e;
        }
      }
      i = i + 1 & mask;
    }
  }

  // ---- primitives

  /** The number of entries. */
  public int size() {
    return (int) SIZE.getAcquire(this);
  }

  /** The value of a key whose hash is known, or null. */
  public @Nullable PyObject get(PyObject key, long hash) {
    Table t = table();
    int e = find(t, key, hash);
    return e < 0 ? null : t.value(e);
  }

  /** The value of a str key, or null. */
  public @Nullable PyObject getStr(String name) {
    Table t = table();
    int e = findStr(t, name, HashSecret.ofString(name));
    return e < 0 ? null : t.value(e);
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
      int e = find(t, key, hash);
      MicroLock.lock(LOCK, this);
      try {
        if (table != t) {
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
        if (used == t.keys.length) {
          t = rebuild(t);
        }
        t.append(key, hash, value);
        SIZE.setRelease(this, size + 1);
        return null;
      } finally {
        MicroLock.unlock(LOCK, this);
      }
    }
  }

  /** Removes a key; returns its value or null. */
  public @Nullable PyObject remove(PyObject key, long hash) {
    while (true) {
      Table t = table();
      int used = t.used();
      int e = find(t, key, hash);
      MicroLock.lock(LOCK, this);
      try {
        if (table != t) {
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
        MicroLock.unlock(LOCK, this);
      }
    }
  }

  /** Removes the last entry and returns its key and value, or null when empty. */
  public PyObject @Nullable [] popLast() {
    MicroLock.lock(LOCK, this);
    try {
      Table t = table;
      for (int e = t.used - 1; e >= 0; e--) {
        PyObject v = t.values[e];
        if (v != null) {
          PyObject[] entry = {t.keys[e], v};
          erase(t, e);
          return entry;
        }
      }
      return null;
    } finally {
      MicroLock.unlock(LOCK, this);
    }
  }

  public void clear() {
    MicroLock.lock(LOCK, this);
    try {
      TABLE.setRelease(this, EMPTY);
      SIZE.setRelease(this, 0);
    } finally {
      MicroLock.unlock(LOCK, this);
    }
  }

  /** A cursor over the entries as they stand, first to last or last to first. */
  public Cursor cursor(boolean reversed) {
    return new TableCursor(this, reversed);
  }

  /** A dict with the same entries, taken in one atomic step. */
  public PyDict copy() {
    PyDict d = new PyDict();
    MicroLock.lock(LOCK, this);
    try {
      if (size > 0) {
        d.table = compacted(table, size, logFor(size));
        d.size = size;
      }
    } finally {
      MicroLock.unlock(LOCK, this);
    }
    return d;
  }

  /** Keys and values alternating, taken in one atomic step. */
  public PyObject[] snapshotItems() {
    MicroLock.lock(LOCK, this);
    try {
      Table t = table;
      PyObject[] all = new PyObject[2 * size];
      for (int e = 0, n = 0; e < t.used; e++) {
        if (t.values[e] != null) {
          all[n++] = t.keys[e];
          all[n++] = t.values[e];
        }
      }
      return all;
    } finally {
      MicroLock.unlock(LOCK, this);
    }
  }

  // ---- under the lock

  private void erase(Table t, int e) {
    ELEMENT.setRelease(t.values, e, (PyObject) null);
    ELEMENT.setRelease(t.keys, e, DELETED);
    SIZE.setRelease(this, size - 1);
  }

  private Table rebuild(Table t) {
    Table fresh = compacted(t, size, logFor(Math.max(size * 2, size + 1)));
    TABLE.setRelease(this, fresh);
    return fresh;
  }

  private static Table compacted(Table t, int size, int log) {
    Table fresh = new Table(log);
    for (int e = 0; e < t.used; e++) {
      PyObject v = t.values[e];
      if (v != null) {
        fresh.append(t.keys[e], t.hashes[e], v);
      }
    }
    return fresh;
  }

  // ---- built on the primitives

  public final @Nullable PyObject get(PyObject key) {
    return get(key, PyObjects.hash(key));
  }

  public final boolean contains(PyObject key) {
    return get(key) != null;
  }

  public final void put(PyObject key, PyObject value) {
    put(key, PyObjects.hash(key), value, false);
  }

  /** Sets a str key. */
  public void putStr(String name, PyObject value) {
    PyStr key = PyStr.intern(name);
    put(key, key.hash(), value, false);
  }

  public final @Nullable PyObject remove(PyObject key) {
    return remove(key, PyObjects.hash(key));
  }

  /** Removes a str key; returns its value or null. */
  public @Nullable PyObject removeStr(String name) {
    PyStr key = Py.str(name);
    return remove(key, key.hash());
  }

  /** Sets all entries of another dict, in its order. */
  public final void putAll(PyDict other) {
    PyObject[] items = other.snapshotItems();
    for (int i = 0; i < items.length; i += 2) {
      put(items[i], items[i + 1]);
    }
  }

  /** Keys, taken in one atomic step. */
  public final PyObject[] snapshotKeys() {
    return everySecond(snapshotItems(), 0);
  }

  /** Values, taken in one atomic step. */
  public final PyObject[] snapshotValues() {
    return everySecond(snapshotItems(), 1);
  }

  private static PyObject[] everySecond(PyObject[] items, int offset) {
    PyObject[] half = new PyObject[items.length / 2];
    for (int i = 0; i < half.length; i++) {
      half[i] = items[2 * i + offset];
    }
    return half;
  }

  // ---- iteration

  /**
   * Walks entries without holding a lock. After {@link #next} returned true, {@link #key} and {@link
   * #value} hold the entry.
   */
  public abstract static class Cursor {
    public @Nullable PyObject key;
    public @Nullable PyObject value;

    /** Moves on; false at the end. */
    public abstract boolean next();

    /** Whether the dict has been rebuilt, so that positions no longer agree. */
    public abstract boolean stale();
  }

  private static final class TableCursor extends Cursor {
    private final PyDict dict;
    private final Table t;
    private final boolean reversed;
    private int at;

    TableCursor(PyDict dict, boolean reversed) {
      this.dict = dict;
      this.t = dict.table();
      this.reversed = reversed;
      this.at = reversed ? t.used() : -1;
    }

    @Override
    public boolean next() {
      while (true) {
        if (reversed ? --at < 0 : ++at >= t.used()) {
          return false;
        }
        PyObject k = t.key(at);
        PyObject v = t.value(at);
        if (v != null && k != DELETED) {
          key = k;
          value = v;
          return true;
        }
      }
    }

    @Override
    public boolean stale() {
      return dict.table() != t;
    }
  }

  /**
   * For inline caches of global names: an entry number of a str key together with the generation it
   * is valid in. The pair stays right as long as {@link #valueAt} returns a value.
   */
  public record EntryRef(Object generation, int entry) {}

  /** A reference to the entry of a str key for {@link #valueAt}, or null. */
  public @Nullable EntryRef entryRef(String name) {
    Table t = table();
    int e = findStr(t, name, HashSecret.ofString(name));
    return e < 0 ? null : new EntryRef(t, e);
  }

  /** A reference behind the last entry ever added: what {@link #isAt} compares. */
  public @Nullable EntryRef endRef() {
    Table t = table();
    return new EntryRef(t, t.used());
  }

  /** Whether no entry has been added since {@link #endRef} gave this pair. */
  public final boolean isAt(Object generation, int used) {
    Table t = table();
    return t == generation && t.used() == used;
  }

  /** The value behind an entry reference, or null when the reference is no longer good. */
  public final @Nullable PyObject valueAt(Object generation, int entry) {
    Table t = table();
    return t == generation ? t.value(entry) : null;
  }
}
