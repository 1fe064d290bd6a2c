package org.plait.runtime.types;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.PyInstance;
import org.plait.runtime.object.PyObject;

/**
 * The {@code __dict__} of an instance: a live view of its slots. To Python it is an ordinary dict.
 *
 * <p>Str keys live in the instance's slots; names beyond the slots' limit and keys that are no str
 * live in {@link #overflow}, an ordinary dict behind them, made at first need.
 *
 * <p>When Python code assigns another {@code __dict__}, the attributes move to an {@link #owner}
 * that nobody else knows. Whoever finds that the owner has changed since it began begins again.
 */
public final class InstanceDict extends PyDict {
  private static final VarHandle OVERFLOW;

  static {
    try {
      OVERFLOW = MethodHandles.lookup().findVarHandle(InstanceDict.class, "overflow", PyDict.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile PyInstance owner;
  private @Nullable PyDict overflow;

  public InstanceDict(PyInstance owner) {
    this.owner = owner;
  }

  public boolean isViewOf(PyInstance instance) {
    return owner == instance;
  }

  /** The instance has got another dict: this one goes on with a copy of its slots. */
  public void moveTo(PyInstance copy) {
    owner = copy;
  }

  private @Nullable PyDict overflow() {
    return (PyDict) OVERFLOW.getAcquire(this);
  }

  private PyDict makeOverflow() {
    PyDict d = overflow();
    if (d == null) {
      PyDict fresh = new PyDict();
      d = (PyDict) OVERFLOW.compareAndExchange(this, (PyDict) null, fresh);
      if (d == null) {
        d = fresh;
      }
    }
    return d;
  }

  /** The name for keys that live in slots, null for others. */
  private static @Nullable String name(PyObject key) {
    return key.getClass() == PyStr.class ? ((PyStr) key).text() : null;
  }

  @Override
  public int size() {
    PyInstance o = owner;
    int n = o.countSlotAttrs();
    while (o != owner) {
      o = owner;
      n = o.countSlotAttrs();
    }
    PyDict more = overflow();
    return n + (more == null ? 0 : more.size());
  }

  @Override
  public @Nullable PyObject get(PyObject key, long hash) {
    String name = name(key);
    if (name != null) {
      return getStr(name);
    }
    // A key with its own __eq__ may equal a name.
    for (String n : owner.slotNames()) {
      PyStr s = PyStr.intern(n);
      if (s.hash() == hash && org.plait.runtime.protocol.PyObjects.equal(s, key)) {
        return getStr(n);
      }
    }
    PyDict more = overflow();
    return more == null ? null : more.get(key, hash);
  }

  @Override
  public @Nullable PyObject getStr(String name) {
    PyInstance o = owner;
    PyObject v = o.getSlotAttr(name);
    while (v == null && o != owner) {
      o = owner;
      v = o.getSlotAttr(name);
    }
    if (v != null) {
      return v;
    }
    PyDict more = overflow();
    return more == null ? null : more.getStr(name);
  }

  @Override
  public @Nullable PyObject put(PyObject key, long hash, PyObject value, boolean ifAbsent) {
    String name = name(key);
    if (name == null && get(key, hash) != null) {
      for (String n : owner.slotNames()) {
        if (PyStr.intern(n).hash() == hash) {
          name = n;
        }
      }
    }
    if (name != null) {
      PyDict more = overflow();
      if (more == null || more.getStr(name) == null) {
        PyObject[] old = new PyObject[1];
        PyInstance o;
        do {
          o = owner;
          if (o.putSlotAttr(name, value, ifAbsent, old)) {
            return old[0];
          }
        } while (o != owner);
      }
    }
    return makeOverflow().put(key, hash, value, ifAbsent);
  }

  @Override
  public void putStr(String name, PyObject value) {
    PyStr key = PyStr.intern(name);
    put(key, key.hash(), value, false);
  }

  @Override
  public @Nullable PyObject remove(PyObject key, long hash) {
    String name = name(key);
    if (name != null) {
      PyInstance o;
      do {
        o = owner;
        PyObject old = o.removeSlotAttr(name);
        if (old != null) {
          return old;
        }
      } while (o != owner);
    }
    PyDict more = overflow();
    return more == null ? null : more.remove(key, hash);
  }

  @Override
  public @Nullable PyObject removeStr(String name) {
    PyStr key = PyStr.intern(name);
    return remove(key, key.hash());
  }

  @Override
  public PyObject @Nullable [] popLast() {
    PyDict more = overflow();
    if (more != null) {
      PyObject[] lastOfMore = more.popLast();
      if (lastOfMore != null) {
        return lastOfMore;
      }
    }
    PyInstance o = owner;
    PyObject[] last = o.popLastSlotAttr();
    while (last == null && o != owner) {
      o = owner;
      last = o.popLastSlotAttr();
    }
    return last;
  }

  @Override
  public void clear() {
    PyInstance o;
    do {
      o = owner;
      o.clearSlotAttrs();
    } while (o != owner);
    PyDict more = overflow();
    if (more != null) {
      more.clear();
    }
  }

  @Override
  public PyDict copy() {
    PyObject[] items = snapshotItems();
    PyDict d = PyDict.ofCapacity(items.length / 2);
    for (int i = 0; i < items.length; i += 2) {
      d.put(items[i], items[i + 1]);
    }
    return d;
  }

  @Override
  public PyObject[] snapshotItems() {
    PyInstance o = owner;
    PyObject[] slots = o.snapshotSlotAttrs();
    while (o != owner) {
      o = owner;
      slots = o.snapshotSlotAttrs();
    }
    PyDict more = overflow();
    if (more == null) {
      return slots;
    }
    PyObject[] rest = more.snapshotItems();
    PyObject[] all = java.util.Arrays.copyOf(slots, slots.length + rest.length);
    System.arraycopy(rest, 0, all, slots.length, rest.length);
    return all;
  }

  @Override
  PyObject[] column(boolean keys) {
    PyObject[] items = snapshotItems();
    PyObject[] half = new PyObject[items.length / 2];
    for (int i = 0; i < half.length; i++) {
      half[i] = items[2 * i + (keys ? 0 : 1)];
    }
    return half;
  }

  @Override
  public Entries snapshot() {
    PyObject[] items = snapshotItems();
    long[] hashes = new long[items.length / 2];
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = org.plait.runtime.protocol.PyObjects.hash(items[2 * i]);
    }
    return new Entries(items, hashes);
  }

  @Override
  void putMany(Entries from, boolean ifAbsent, @Nullable PyDict source) {
    for (int i = 0; i < from.size(); i++) {
      put(from.key(i), from.hashes()[i], from.value(i), ifAbsent);
    }
  }

  @Override
  public @Nullable EntryRef entryRef(String name) {
    return null;
  }

  @Override
  public @Nullable EndRef endRef() {
    return null;
  }

  /** A table of the entries as they stand. */
  @Override
  Table walked() {
    Entries all = snapshot();
    PyDict d = PyDict.ofCapacity(all.size());
    d.putMany(all, false, null);
    return d.walked();
  }

  @Override
  boolean isCurrent(Table walked) {
    return true;
  }

  @Override
  PyObject valueNow(PyObject key, PyObject value) {
    PyObject now = get(key);
    return now == null ? value : now;
  }
}
