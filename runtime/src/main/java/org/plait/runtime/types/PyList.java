package org.plait.runtime.types;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyClassMethod;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyRichCompare;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.SlotKind;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.interp.Drain;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PyObjects.CompareOp;
import org.plait.runtime.protocol.PySequences;
import org.plait.sched.BiasedLock;

/**
 * {@code list}: an array that any number of threads may share.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>Reads take no lock: {@link #size} is read before {@link #items}, both with acquire.
 *       Elements below the size are not null; one that is null, or an array that is too short, was
 *       read while the list shrank, and counts as out of range.
 *   <li>All writes happen under {@link #lock}. Growing makes a new array; the old one is never
 *       written again.
 *   <li>{@link #ints} is what {@link ListInts} knows of the elements. Who changes which they are
 *       makes it unknown before and may set it again behind that, so whoever sees a change never
 *       sees what was known before it.
 *   <li>User code never runs under the lock: arguments are converted and iterables collected first,
 *       slices are fitted to the size under the lock.
 * </ul>
 */
@PyTypeDef(
    name = "list",
    subclassable = true,
    flags = {TypeFlag.SEQUENCE, TypeFlag.MATCH_SELF},
    sig = "(iterable=(), /)",
    doc = "A sequence that can be changed: empty, or with the items of an iterable.")
public class PyList extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyListTable.INSTANCE);

  private static final VarHandle ITEMS;
  private static final VarHandle SIZE;
  private static final VarHandle LOCK;
  private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(PyObject[].class);

  static {
    try {
      MethodHandles.Lookup l = MethodHandles.lookup();
      ITEMS = l.findVarHandle(PyList.class, "items", PyObject[].class);
      SIZE = l.findVarHandle(PyList.class, "size", int.class);
      LOCK = l.findVarHandle(PyList.class, "lock", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** So many elements are copied sooner by a loop. */
  private static final int FEW = 16;

  private static final int MAX_SIZE = Integer.MAX_VALUE - 8;

  /** How many elements fit into any heap. */
  private static final int PLENTY = 1 << 20;

  /** What a reference takes at least. */
  private static final long BYTES_PER_ITEM = 4;

  /** The array of a list that is being sorted with user code: any write replaces it. */
  private static final PyObject[] SORTING = {};

  private PyObject[] items;
  private int size;
  private int lock;

  /** It takes the place that the field layout leaves free: a list is as large as without it. */
  private int ints;

  public PyList() {
    items = NO_ARGS;
  }

  /** Takes over the array. */
  PyList(PyObject[] items) {
    this.items = items;
    this.size = items.length;
  }

  /** Takes over the array. */
  public static PyList of(PyObject... items) {
    return new PyList(items);
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  // ---- for Java

  /** Whether no other thread changes it before the next poll, and this one may without the lock. */
  private boolean isMine() {
    return BiasedLock.isMine(lock);
  }

  public final int size() {
    int n = size;
    VarHandle.acquireFence();
    return n;
  }

  /**
   * The element at an index, or null when it is negative or beyond the end.
   *
   * <p>Plain reads with fences behind them are reads with acquire. A call of a VarHandle would cost
   * HotSpot some hundred nodes, of which it has 18,000 for a method: compiled code with many
   * subscripts then has calls in the place of the rest.
   */
  public final @Nullable PyObject get(int i) {
    int n = size;
    VarHandle.acquireFence();
    PyObject[] a = items;
    VarHandle.acquireFence();
    if (i < 0 || i >= n || i >= a.length) {
      return null;
    }
    PyObject v = a[i];
    VarHandle.acquireFence();
    return v;
  }

  /**
   * Whether an int is among the elements: 1 or 0; or -1, when one of them is no plain int, so that
   * it has to be asked.
   */
  public final int containsLong(long value) {
    int known = ints;
    if (known < 0) {
      VarHandle.acquireFence();
      return ListInts.has(known, value);
    }
    if (known != ListInts.NEVER) {
      searched(known);
    }
    return searchLong(value);
  }

  private int searchLong(long value) {
    int n = size;
    VarHandle.acquireFence();
    PyObject[] a = items;
    VarHandle.acquireFence();
    int end = Math.min(n, a.length);
    for (int i = 0; i < end; i++) {
      // What is looked at of it is final.
      PyObject v = a[i];
      if (v == null) {
        return 0;
      }
      if (v.getClass() != PyInt.class) {
        return -1;
      }
      if (((PyInt) v).longValue() == value) {
        // A longer int whose low bits are the value is another.
        return ((PyInt) v).isLong() ? 1 : -1;
      }
    }
    return 0;
  }

  /** The second search of a list finds out which ints are in it, if it has nothing else. */
  private void searched(int known) {
    if (known == ListInts.UNKNOWN) {
      // Where this races with a writer, what is overwritten is at worst looked for again.
      ints = ListInts.SEARCHED;
      return;
    }
    lock();
    try {
      int found = ListInts.of(items, size);
      VarHandle.releaseFence();
      ints = found;
    } finally {
      unlock();
    }
  }

  /** Before which elements there are changes in another way than is kept up with. */
  private void forgetInts() {
    if (ints < 0) {
      ints = ListInts.NEVER;
      VarHandle.releaseFence();
    }
  }

  /** The element at an index that may be negative; IndexError beyond the ends. */
  public final PyObject getItem(PyInt index) {
    long i = index.isLong() ? index.longValue() : PyNumbers.asIndex(index);
    return getItem(i);
  }

  private PyObject getItem(long i) {
    PyObject v = item(i);
    if (v == null) {
      throw Errors.indexError("list index out of range");
    }
    return v;
  }

  /**
   * The element at an index that may be negative, or null beyond the ends.
   *
   * <p>Made for compiled code. One fence is enough where an element is found: it was there when the
   * array was read, or later, and the index was below the size then or shortly before. What looks
   * like an index beyond the end is looked at again in order.
   */
  public final @Nullable PyObject item(long i) {
    PyObject[] a = items;
    int k = (int) i;
    if (k == i && k < size && k >= 0 && k < a.length) {
      PyObject v = a[k];
      if (v != null) {
        VarHandle.acquireFence();
        return v;
      }
    }
    return itemInOrder(i);
  }

  private @Nullable PyObject itemInOrder(long i) {
    if (i < 0) {
      i += size();
    }
    return i == (int) i ? get((int) i) : null;
  }

  /** As {@link #setItem(long, PyObject)}; false beyond the ends. */
  public final boolean replace(long i, PyObject value) {
    PyObject[] a = items;
    int k = (int) i;
    if (isMine() && k == i && k < size && k >= 0 && k < a.length && ints >= 0) {
      VarHandle.releaseFence();
      a[k] = value;
      return true;
    }
    return replaceShared(i, value);
  }

  private boolean replaceShared(long i, PyObject value) {
    lock();
    try {
      if (i < 0) {
        i += size;
      }
      if (i < 0 || i >= size) {
        return false;
      }
      forgetInts();
      ELEMENT.setRelease(items, (int) i, value);
      return true;
    } finally {
      unlock();
    }
  }

  /** Sets the element at an index that may be negative; IndexError beyond the ends. */
  public final void setItem(long i, PyObject value) {
    lock();
    try {
      if (i < 0) {
        i += size;
      }
      if (i >= 0 && i < size) {
        forgetInts();
        ELEMENT.setRelease(items, (int) i, value);
        return;
      }
    } finally {
      unlock();
    }
    throw Errors.indexError("list assignment index out of range");
  }

  /**
   * The elements from one position to another, read without the lock; null if it is held, or they
   * were changed meanwhile.
   */
  private PyObject @Nullable [] read(long start, long stop) {
    int stamp = BiasedLock.stamp(LOCK, this);
    if (stamp < 0) {
      return null;
    }
    PyObject[] a = items;
    int n = Math.min(size, a.length);
    int from = bound(start, n);
    int to = bound(stop, n);
    PyObject[] copy = from < to ? copy(a, from, to - from) : NO_ARGS;
    return BiasedLock.isUnchanged(LOCK, this, stamp) ? copy : null;
  }

  /** The elements in a new array, taken in one atomic step. */
  public final PyObject[] toArray() {
    if (!isMine()) {
      PyObject[] read = read(0, Long.MAX_VALUE);
      if (read != null) {
        return read;
      }
    }
    lock();
    try {
      return size == 0 ? NO_ARGS : copy(items, 0, size);
    } finally {
      unlock();
    }
  }

  @PyMethod(name = "append", sig = "(object, /)", doc = "Puts one object behind the last.")
  public final void append(PyObject object) {
    lock();
    try {
      int n = size;
      if (n == items.length) {
        grow(n + 1);
      }
      int known = ints;
      if (known < 0) {
        ints = ListInts.NEVER;
        known = ListInts.with(known, object);
      }
      VarHandle.releaseFence();
      items[n] = object;
      VarHandle.releaseFence();
      size = n + 1;
      if (known < 0) {
        VarHandle.releaseFence();
        ints = known;
      }
    } finally {
      unlock();
    }
  }

  /** Appends items, in one atomic step. */
  public final void appendAll(PyObject[] more) {
    lock();
    try {
      replace(size, size, more, more.length);
    } finally {
      unlock();
    }
  }

  /**
   * Refuses what can't fit before collecting it fills the memory, as CPython does, which makes room
   * for all at once. A sum that is no length says nothing, there as here.
   */
  private void requireRoom(long more) {
    long needed = size() + more;
    if (needed > PLENTY
        && (needed > MAX_SIZE || needed * BYTES_PER_ITEM > Runtime.getRuntime().maxMemory())) {
      throw Errors.memoryError();
    }
  }

  // ---- under the lock

  /** Makes room for so many elements. */
  private void grow(int needed) {
    if (needed < 0 || needed > MAX_SIZE) {
      throw Errors.memoryError();
    }
    int capacity = (int) Math.min(MAX_SIZE, needed + (needed >>> 1) + 4L);
    PyObject[] fresh;
    try {
      fresh = new PyObject[capacity];
      if (size != 0) {
        System.arraycopy(items, 0, fresh, 0, size);
      }
    } catch (OutOfMemoryError e) {
      throw Errors.memoryError();
    }
    ITEMS.setRelease(this, fresh);
  }

  /** Puts {@code count} elements in the place of those from {@code from} to {@code to - 1}. */
  private void replace(int from, int to, PyObject[] with, int count) {
    int n = size;
    int newSize = n - (to - from) + count;
    if (newSize > items.length || newSize < 0) {
      grow(newSize);
    }
    forgetInts();
    PyObject[] a = items;
    if (newSize < n) {
      SIZE.setRelease(this, newSize);
    }
    // The copies below are plain stores: what the elements hold must be visible before them.
    VarHandle.releaseFence();
    if (to - from != count) {
      System.arraycopy(a, to, a, from + count, n - to);
    }
    System.arraycopy(with, 0, a, from, count);
    if (newSize < n) {
      Arrays.fill(a, newSize, n, null);
      if (newSize < a.length >> 2 && a.length > 32) {
        ITEMS.setRelease(this, Arrays.copyOf(a, newSize + (newSize >> 3) + 4));
      }
    }
    SIZE.setRelease(this, newSize);
  }

  private PyObject removeAt(int i) {
    PyObject[] a = items;
    PyObject v = a[i];
    int last = size - 1;
    if (last - i > FEW || last < a.length >> 2) {
      replace(i, i + 1, NO_ARGS, 0);
      return v;
    }
    int known = ints;
    if (known < 0) {
      ints = ListInts.NEVER;
    }
    SIZE.setRelease(this, last);
    VarHandle.releaseFence();
    for (int k = i; k < last; k++) {
      a[k] = a[k + 1];
    }
    a[last] = null;
    if (known < 0) {
      VarHandle.releaseFence();
      ints = ListInts.without(known, v);
    }
    return v;
  }

  private void insertAt(int i, PyObject v) {
    int n = size;
    if (n == items.length) {
      grow(n + 1);
    }
    PyObject[] a = items;
    forgetInts();
    VarHandle.releaseFence();
    if (n - i > FEW) {
      System.arraycopy(a, i, a, i + 1, n - i);
    } else {
      for (int k = n; k > i; k--) {
        a[k] = a[k - 1];
      }
    }
    a[i] = v;
    SIZE.setRelease(this, n + 1);
  }

  // ---- for ListHeap

  final void lock() {
    BiasedLock.lock(lock, LOCK, this);
  }

  final void unlock() {
    BiasedLock.unlock(lock, LOCK, this);
  }

  final int lockedSize() {
    return size;
  }

  final PyObject[] lockedItems() {
    return items;
  }

  final void lockedSet(int i, PyObject value) {
    forgetInts();
    ELEMENT.setRelease(items, i, value);
  }

  final void lockedAppend(PyObject value) {
    replace(size, size, new PyObject[] {value}, 1);
  }

  final void lockedRemoveLast() {
    removeAt(size - 1);
  }

  /** Replaces the items by as many others; takes over the array. */
  final void lockedReplace(PyObject[] all) {
    forgetInts();
    ITEMS.setRelease(this, all);
  }

  // ---- construction

  @PyNew(sig = "!(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return cls == TYPE ? new PyList() : new PyListDerived(cls);
  }

  @PyMethod(name = "__init__", sig = "(iterable=NULL, /)")
  void init(@Nullable PyObject iterable) {
    if (size() > 0) {
      clear();
    }
    if (iterable != null) {
      extend(iterable);
    }
  }

  // ---- subscripts

  private static RuntimeException badIndex(PyObject key) {
    return Errors.typeError("list indices must be integers or slices, not " + key.type().name());
  }

  @PyMethod(
      name = "__getitem__",
      kind = SlotKind.METHOD,
      sig = "(index, /)",
      doc = "Return self[index].")
  public final PyObject getItem(PyObject key) {
    if (key instanceof PyInt i) {
      return getItem(i);
    }
    if (PyNumbers.isIndex(key)) {
      return getItem(PyNumbers.asIndex(key));
    }
    if (key instanceof PySlice slice) {
      return slice(slice.unpack());
    }
    throw badIndex(key);
  }

  /** The elements that a slice means, in a new list. */
  public final PyList slice(PySlice.Bounds bounds) {
    if (bounds.step() == 1) {
      return slice(bounds.start(), bounds.stop());
    }
    lock();
    try {
      PySlice.Range r = bounds.within(size);
      int n = (int) r.count();
      if (n == 0) {
        return new PyList();
      }
      int from = (int) r.start();
      PyObject[] picked = new PyObject[n];
      if (r.step() == -1) {
        for (int k = 0, i = from; k < n; k++, i--) {
          picked[k] = items[i];
        }
        return new PyList(picked);
      }
      for (int k = 0; k < n; k++) {
        picked[k] = items[(int) (from + k * r.step())];
      }
      return new PyList(picked);
    } finally {
      unlock();
    }
  }

  /** The elements from one position to another; bounds as in {@link PySlice.Bounds}. */
  public final PyList slice(long start, long stop) {
    if (!isMine()) {
      PyObject[] read = read(start, stop);
      if (read != null) {
        return new PyList(read);
      }
    }
    lock();
    try {
      int from = bound(start, size);
      int to = bound(stop, size);
      return from < to ? new PyList(copy(items, from, to - from)) : new PyList();
    } finally {
      unlock();
    }
  }

  /** Arrays.copyOfRange has a look at the class of the array, and makes one of that. */
  private static PyObject[] copy(PyObject[] a, int from, int count) {
    PyObject[] copy = new PyObject[count];
    System.arraycopy(a, from, copy, 0, count);
    return copy;
  }

  /** As {@link #slice(long, long)} with a step of -1. */
  public final PyList sliceDown(long start, long stop) {
    lock();
    try {
      int from = boundDown(start, size);
      int to = boundDown(stop, size);
      PyObject[] a = items;
      PyObject[] picked = new PyObject[Math.max(0, from - to)];
      for (int k = 0; k < picked.length; k++) {
        picked[k] = a[from - k];
      }
      return new PyList(picked);
    } finally {
      unlock();
    }
  }

  /** Puts the elements from one position to another, step 1 or -1, in the place of others. */
  public final void moveSlice(long start, long stop, long at, long end, int step) {
    lock();
    try {
      int from = step > 0 ? bound(start, size) : boundDown(start, size);
      int to = step > 0 ? bound(stop, size) : boundDown(stop, size);
      int n = Math.max(0, step > 0 ? to - from : from - to);
      int target = bound(at, size);
      int behind = Math.max(target, bound(end, size));
      PyObject[] a = items;
      if (step < 0 && n == behind - target && target == from - n + 1) {
        VarHandle.releaseFence();
        reverse(a, target, from);
        return;
      }
      PyObject[] taken = new PyObject[n];
      for (int k = 0; k < n; k++) {
        taken[k] = a[from + k * step];
      }
      replace(target, behind, taken, n);
    } finally {
      unlock();
    }
  }

  /** Reverses the elements up to one: {@code list[: last + 1] = list[last::-1]}. */
  public final void reverseTo(long last) {
    int k = (int) last;
    if (!isMine() || k != last || k < 0 || k >= size) {
      moveSlice(last, Long.MIN_VALUE, 0, last == Long.MAX_VALUE ? last : last + 1, -1);
      return;
    }
    VarHandle.releaseFence();
    if (k <= 8 && items.length > 3) {
      reverseFew(items, k);
    } else {
      reverse(items, 0, k);
    }
  }

  /**
   * Reverses the first elements, nine at most, without a branch that depends on how many they are,
   * which no processor foresees: what has no counterpart changes places with itself.
   */
  private static void reverseFew(PyObject[] a, int last) {
    swap(a, 3, Math.max(3, last - 3));
    swap(a, 2, Math.max(2, last - 2));
    swap(a, 1, Math.max(1, last - 1));
    swap(a, 0, last);
  }

  private static void swap(PyObject[] a, int i, int j) {
    PyObject v = a[i];
    PyObject w = a[j];
    a[j] = v;
    a[i] = w;
  }

  private static void reverse(PyObject[] a, int from, int to) {
    for (int i = from, j = to; i < j; i++, j--) {
      PyObject v = a[i];
      a[i] = a[j];
      a[j] = v;
    }
  }

  private static int bound(long i, int size) {
    if (i < 0) {
      i += size;
      return i < 0 ? 0 : (int) i;
    }
    return i < size ? (int) i : size;
  }

  private static int boundDown(long i, int size) {
    if (i < 0) {
      i += size;
      return i < 0 ? -1 : (int) i;
    }
    return i < size ? (int) i : size - 1;
  }

  /** Puts the elements of another list in the place of those from one position to another. */
  public final void setSlice(long start, long stop, PyList with) {
    if (with == this || !isMine() || !with.isMine()) {
      setSlice(new PySlice.Bounds(start, stop, 1), with.toArray());
      return;
    }
    int from = bound(start, size);
    int to = Math.max(from, bound(stop, size));
    int n = with.size;
    if (to - from != n || n > FEW) {
      replace(from, to, with.items, n);
      return;
    }
    forgetInts();
    PyObject[] a = items;
    PyObject[] b = with.items;
    VarHandle.releaseFence();
    for (int k = 0; k < n; k++) {
      a[from + k] = b[k];
    }
  }

  @PyMethod(name = "__setitem__")
  final void setItem(PyObject key, PyObject value) {
    if (PyNumbers.isIndex(key)) {
      setItem(PyNumbers.asIndex(key), value);
    } else if (key instanceof PySlice slice) {
      PySlice.Bounds bounds = slice.unpack();
      PyObject[] with =
          value == this
              ? toArray()
              : PySequences.fast(value, "must assign iterable to extended slice");
      setSlice(bounds, with);
    } else {
      throw badIndex(key);
    }
  }

  /** Puts the elements of another list in the place of those that a slice of step 1 means. */
  public final void setSlice(PySlice.Bounds bounds, PyList with) {
    if (with == this || !isMine() || !with.isMine()) {
      setSlice(bounds, with.toArray());
      return;
    }
    PySlice.Range r = bounds.within(size);
    int from = (int) r.start();
    replace(from, (int) Math.max(from, r.stop()), with.items, with.size);
  }

  /** Puts elements in the place of those that a slice means. */
  public final void setSlice(PySlice.Bounds bounds, PyObject[] with) {
    PySlice.Range r;
    lock();
    try {
      r = bounds.within(size);
      int from = (int) r.start();
      if (r.step() == 1) {
        replace(from, (int) Math.max(from, r.stop()), with, with.length);
        return;
      }
      if (with.length == r.count()) {
        forgetInts();
        for (int k = 0; k < with.length; k++) {
          ELEMENT.setRelease(items, (int) (from + k * r.step()), with[k]);
        }
        return;
      }
    } finally {
      unlock();
    }
    throw Errors.valueError(
        "attempt to assign sequence of size "
            + with.length
            + " to extended slice of size "
            + r.count());
  }

  @PyMethod(name = "__delitem__")
  final void delItem(PyObject key) {
    if (PyNumbers.isIndex(key)) {
      long i = PyNumbers.asIndex(key);
      if (popAt(i) == null) {
        throw Errors.indexError("list assignment index out of range");
      }
    } else if (key instanceof PySlice slice) {
      deleteSlice(slice.unpack());
    } else {
      throw badIndex(key);
    }
  }

  private void deleteSlice(PySlice.Bounds bounds) {
    lock();
    try {
      PySlice.Range r = bounds.within(size);
      int n = (int) r.count();
      if (n == 0) {
        return;
      }
      int from = (int) r.start();
      if (r.step() == 1) {
        replace(from, from + n, NO_ARGS, 0);
        return;
      }
      boolean[] gone = new boolean[size];
      for (int k = 0; k < n; k++) {
        gone[(int) (from + k * r.step())] = true;
      }
      PyObject[] rest = new PyObject[size - n];
      for (int i = 0, k = 0; i < size; i++) {
        if (!gone[i]) {
          rest[k++] = items[i];
        }
      }
      replace(0, size, rest, rest.length);
    } finally {
      unlock();
    }
  }

  /** Removes the element at an index that may be negative; null when there is none. */
  public final @Nullable PyObject popAt(long i) {
    lock();
    try {
      int last = size - 1;
      PyObject[] a = items;
      if (i < 0) {
        i += size;
      }
      if (i == last && i >= 0 && (a.length <= 32 || last >= a.length >> 2)) {
        PyObject v = a[last];
        int known = ints;
        if (known < 0) {
          ints = ListInts.NEVER;
          VarHandle.releaseFence();
        }
        size = last;
        VarHandle.releaseFence();
        a[last] = null;
        if (known < 0) {
          VarHandle.releaseFence();
          ints = ListInts.without(known, v);
        }
        return v;
      }
      return i >= 0 && i < size ? removeAt((int) i) : null;
    } finally {
      unlock();
    }
  }

  // ---- methods

  @PyMethod(name = "__len__")
  final int len() {
    return size();
  }

  @PyMethod(
      name = "extend",
      sig = "(iterable, /)",
      doc = "Puts the items of an iterable behind the last.")
  public final void extend(PyObject iterable) {
    PyObject[] snapshot = PySequences.snapshotOrNull(iterable);
    if (snapshot != null) {
      appendAll(snapshot);
      return;
    }
    PyObject it = PyIters.getIter(iterable);
    requireRoom(PyIters.lengthHint(iterable, 8));
    Drain d = Drain.into(this);
    for (PyObject v = d.next(it); v != null; v = d.next(it)) {
      append(v);
    }
  }

  @PyMethod(sig = "(index, object, /)", doc = "Insert object before index.")
  public final void insert(long index, PyObject object) {
    lock();
    try {
      int n = size;
      long i = index < 0 ? Math.max(index + n, 0) : Math.min(index, n);
      insertAt((int) i, object);
    } finally {
      unlock();
    }
  }

  @PyMethod(
      name = "pop",
      sig = "(index=-1, /)",
      doc =
          "Takes out the item at the index, the last one by default, and returns it.\n\n"
              + "An index outside, as any in an empty list, raises IndexError.")
  public final PyObject pop(long index) {
    PyObject v = popAt(index);
    if (v == null) {
      throw Errors.indexError(size() == 0 ? "pop from empty list" : "pop index out of range");
    }
    return v;
  }

  @PyMethod(
      sig = "(value, /)",
      doc = "Takes out the first item that equals the value; ValueError if none does.")
  final void remove(PyObject value) {
    for (int i = 0; ; i++) {
      PyObject v = get(i);
      if (v == null) {
        throw Errors.valueError("list.remove(x): x not in list");
      }
      if (PyObjects.equal(v, value)) {
        if (removeFound(i, v, comparesPlainly(v, value))) {
          return;
        }
        i = -1;
      }
    }
  }

  /** Whether the two are compared without user code. */
  private static boolean comparesPlainly(PyObject a, PyObject b) {
    Class<?> c = a.getClass();
    return a == b
        || c == b.getClass()
            && (c == PyStr.class || c == PyInt.class || c == PyFloat.class || c == PyBytes.class);
  }

  /**
   * Removes an element found at an index; if it has moved since, from where it is now. If it is
   * gone: after a plain comparison another thread took it, and nothing is removed; a comparison in
   * Python code may have done that itself, and then what is at the index goes, as in CPython.
   *
   * @return whether the search is over
   */
  private boolean removeFound(int i, PyObject found, boolean plain) {
    lock();
    try {
      if (i >= size || items[i] != found) {
        int at = 0;
        while (at < size && items[at] != found) {
          at++;
        }
        if (at == size && plain) {
          return false;
        }
        i = at < size ? at : i;
      }
      if (i < size) {
        removeAt(i);
      }
      return true;
    } finally {
      unlock();
    }
  }

  @PyMethod(name = "clear", sig = "()", doc = "Remove all items from list.")
  public final void clear() {
    lock();
    try {
      forgetInts();
      SIZE.setRelease(this, 0);
      ITEMS.setRelease(this, NO_ARGS);
    } finally {
      unlock();
    }
  }

  @PyMethod(name = "copy", sig = "()", doc = "Return a shallow copy of the list.")
  public final PyList copy() {
    return new PyList(toArray());
  }

  @PyMethod(
      name = "index",
      sig = "(value, start=0, stop=sys.maxsize, /)",
      doc = "Where the first element is that equals the value; ValueError if none does.")
  final int index(PyObject value, PyObject start, PyObject stop) {
    long from = PySlice.indexArgument(start);
    long to = PySlice.indexArgument(stop);
    int n = size();
    from = from < 0 ? Math.max(from + n, 0) : from;
    to = to < 0 ? Math.max(to + n, 0) : to;
    for (long i = from; i < to; i++) {
      PyObject v = i == (int) i ? get((int) i) : null;
      if (v == null) {
        break;
      }
      if (PyObjects.equal(v, value)) {
        return (int) i;
      }
    }
    throw Errors.valueError("list.index(x): x not in list");
  }

  @PyMethod(name = "count", sig = "(value, /)", doc = "Return number of occurrences of value.")
  final int count(PyObject value) {
    int n = 0;
    int i = 0;
    for (PyObject v = get(0); v != null; v = get(++i)) {
      if (PyObjects.equal(v, value)) {
        n++;
      }
    }
    return n;
  }

  @PyMethod(name = "__contains__")
  final boolean contains(PyObject value) {
    if (value.getClass() == PyInt.class && ((PyInt) value).isLong()) {
      int there = containsLong(((PyInt) value).longValue());
      if (there >= 0) {
        return there != 0;
      }
    }
    int i = 0;
    for (PyObject v = get(0); v != null; v = get(++i)) {
      if (PyObjects.equal(v, value)) {
        return true;
      }
    }
    return false;
  }

  @PyMethod(name = "reverse", sig = "()", doc = "Reverse *IN PLACE*.")
  public final void reverse() {
    lock();
    try {
      ITEMS.setRelease(this, reversed(items, size));
    } finally {
      unlock();
    }
  }

  private static PyObject[] reversed(PyObject[] a, int n) {
    PyObject[] r = new PyObject[n];
    for (int i = 0; i < n; i++) {
      r[i] = a[n - 1 - i];
    }
    return r;
  }

  // ---- sorting

  @PyMethod(
      name = "sort",
      sig = "(*, key=None, reverse=False)",
      doc =
          "Sorts the list itself and returns None.\n\n"
              + "Items that compare equal keep their order. With a key function, which is "
              + "called\n"
              + "once for each item, its results are compared in place of the items. A true\n"
              + "reverse puts the biggest first.")
  public final void sort(PyObject key, boolean reverse) {
    if (key == Py.None && sortPlain(reverse)) {
      return;
    }
    sortWithUserCode(key, reverse);
  }

  /** Sorts if no user code is needed to compare: one atomic step. */
  private boolean sortPlain(boolean reverse) {
    lock();
    try {
      int n = size;
      if (n < 2) {
        return true;
      }
      PlainOrder order = PlainOrder.of(items, n);
      if (order == null) {
        return false;
      }
      PyObject[] a = reverse ? reversed(items, n) : Arrays.copyOf(items, n);
      ListSort.sortPlain(a, a, order);
      ITEMS.setRelease(this, reverse ? reversed(a, n) : a);
      return true;
    } finally {
      unlock();
    }
  }

  // Compare CPython list_sort_impl in listobject.c.
  /** The list is empty meanwhile; whatever is put into it is lost and makes a ValueError. */
  private void sortWithUserCode(PyObject key, boolean reverse) {
    PyObject[] before;
    lock();
    try {
      if (size == 0) {
        // Perhaps because another thread is sorting it: nothing to do, nothing to touch.
        return;
      }
      before = Arrays.copyOf(items, size);
      forgetInts();
      SIZE.setRelease(this, 0);
      ITEMS.setRelease(this, SORTING);
    } finally {
      unlock();
    }
    PyObject[] after = before;
    boolean untouched = false;
    try {
      after = ListSort.sorted(before, key, reverse);
    } finally {
      lock();
      try {
        untouched = items == SORTING;
        forgetInts();
        ITEMS.setRelease(this, after);
        SIZE.setRelease(this, after.length);
      } finally {
        unlock();
      }
    }
    if (!untouched) {
      throw Errors.valueError("list modified during sort");
    }
  }

  // ---- operators

  @PyMethod(name = "__add__", kind = SlotKind.SQ_CONCAT)
  public final PyObject concat(PyObject other) {
    if (!(other instanceof PyList b)) {
      throw Errors.typeError(
          "can only concatenate list (not \"" + other.type().name() + "\") to list");
    }
    if (isMine() && b.isMine()) {
      return new PyList(joined(items, size, b.items, b.size));
    }
    PyObject[] left = toArray();
    PyObject[] right = b.toArray();
    return new PyList(joined(left, left.length, right, right.length));
  }

  private static PyObject[] joined(PyObject[] a, int m, PyObject[] b, int n) {
    PyObject[] all = new PyObject[Math.addExact(m, n)];
    System.arraycopy(a, 0, all, 0, m);
    System.arraycopy(b, 0, all, m, n);
    return all;
  }

  @PyMethod(name = "__mul__", kind = SlotKind.SQ_REPEAT)
  final PyObject repeat(PyObject count) {
    long n = PyNumbers.asLong(count, Exceptions.OverflowError);
    PyObject[] a = toArray();
    return new PyList(PyTuple.repeated(a, a.length, n));
  }

  @PyMethod(name = "__rmul__", kind = SlotKind.SQ_REPEAT)
  final PyObject repeatReflected(PyObject count) {
    return repeat(count);
  }

  @PyMethod(name = "__iadd__", kind = SlotKind.SQ_INPLACE_CONCAT)
  final PyObject inplaceConcat(PyObject other) {
    extend(other);
    return this;
  }

  @PyMethod(name = "__imul__", kind = SlotKind.SQ_INPLACE_REPEAT)
  final PyObject inplaceRepeat(PyObject count) {
    long n = PyNumbers.asLong(count, Exceptions.OverflowError);
    lock();
    try {
      PyObject[] all = PyTuple.repeated(items, size, n);
      forgetInts();
      if (all.length < size) {
        SIZE.setRelease(this, all.length);
      }
      ITEMS.setRelease(this, all);
      SIZE.setRelease(this, all.length);
    } finally {
      unlock();
    }
    return this;
  }

  // Compare CPython list_richcompare_impl in listobject.c.
  @PyRichCompare
  final PyObject compare(PyObject other, CompareOp op) {
    if (!(other instanceof PyList b)) {
      return Py.NotImplemented;
    }
    if (size() != b.size() && (op == CompareOp.EQ || op == CompareOp.NE)) {
      return Py.bool_(op == CompareOp.NE);
    }
    int i = 0;
    while (true) {
      PyObject x = get(i);
      PyObject y = b.get(i);
      if (x != null && y != null) {
        if (PyObjects.equal(x, y)) {
          i++;
          continue;
        }
        // Comparing may have shortened either.
        if (i < size() && i < b.size()) {
          return switch (op) {
            case EQ -> Py.False;
            case NE -> Py.True;
            default -> PyObjects.richCompare(x, y, op);
          };
        }
      }
      if (i >= size() || i >= b.size()) {
        return Py.bool_(op.test(Integer.compare(size(), b.size())));
      }
    }
  }

  // ---- iteration, text

  @PyMethod(name = "__iter__")
  public final PyObject iter() {
    return new PyListIterator(this);
  }

  @PyMethod(
      name = "__reversed__",
      kind = SlotKind.METHOD,
      sig = "()",
      doc = "Return a reverse iterator over the list.")
  final PyObject reversed() {
    return new PyListReverseIterator(this);
  }

  @PyMethod(name = "__repr__")
  final PyObject repr() {
    if (size() == 0) {
      return Py.str("[]");
    }
    ThreadState ts = ThreadState.current();
    if (ts.reprEnter(this)) {
      return Py.str("[...]");
    }
    try {
      StringBuilder b = new StringBuilder("[");
      int i = 0;
      for (PyObject v = get(0); v != null; v = get(++i)) {
        b.append(i == 0 ? "" : ", ").append(PyObjects.repr(v).toString());
      }
      return Py.str(b.append(']').toString());
    } finally {
      ts.reprLeave(this);
    }
  }

  @PyMethod(name = "__sizeof__", sig = "()", doc = "Memory taken by the list in bytes.")
  final long sizeof() {
    return 40 + 8L * ((PyObject[]) ITEMS.getAcquire(this)).length;
  }

  @PyClassMethod(name = "__class_getitem__", sig = "(object, /)", doc = "See PEP 585")
  static PyObject classGetitem(PyType cls, PyObject item) {
    return new PyGenericAlias(cls, item);
  }
}
