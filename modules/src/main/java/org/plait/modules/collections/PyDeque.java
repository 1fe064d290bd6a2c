package org.plait.modules.collections;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyClassMethod;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyRichCompare;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.SlotKind;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyBaseObject;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.object.QuietMethods;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PyObjects.CompareOp;
import org.plait.runtime.protocol.PySequences;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyFloat;
import org.plait.runtime.types.PyGenericAlias;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PySlice;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;
import org.plait.sched.BiasedLock;

/**
 * {@code collections.deque}: a ring in an array whose length is a power of two. Every access is
 * under {@link #lock}; user code never runs under it. {@link #state} counts structural changes, by
 * which iterators notice them.
 */
@PyTypeDef(
    name = "deque",
    module = "collections",
    subclassable = true,
    flags = {TypeFlag.SEQUENCE, TypeFlag.WEAKREF},
    sig = "([iterable[, maxlen]])",
    doc = "A sequence that grows and shrinks quickly at both ends.")
public class PyDeque extends PyObject implements QuietMethods.Sequence {
  public static final PyType TYPE = PyType.builtin(PyDequeTable.INSTANCE);

  private static final VarHandle LOCK;

  static {
    try {
      LOCK = MethodHandles.lookup().findVarHandle(PyDeque.class, "lock", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static final int MIN_CAPACITY = 8;

  /** That of a new deque: many, as those of {@code threading.Condition}, stay empty. */
  private static final PyObject[] NO_RING = {};

  /**
   * How many items {@link #remove} looks at before it copies all. Condition.notify() removes the
   * first, which must not take longer the more threads wait.
   */
  private static final int NEAR = 8;

  // All guarded by the lock.
  private PyObject[] ring = NO_RING;
  private int head;
  private int size;
  private long state;

  /** The greatest length, or -1. */
  private long maxlen = -1;

  private int lock;

  public PyDeque() {}

  @Override
  public PyType type() {
    return TYPE;
  }

  private void lock() {
    BiasedLock.lock(lock, LOCK, this);
  }

  private void unlock() {
    BiasedLock.unlock(lock, LOCK, this);
  }

  // ---- under the lock

  private int slot(int i) {
    return head + i & ring.length - 1;
  }

  private void grow() {
    if (size == 1 << 30) {
      throw Errors.memoryError();
    }
    ring = copyInto(new PyObject[Math.max(MIN_CAPACITY, 2 * size)]);
    head = 0;
  }

  private PyObject[] copyInto(PyObject[] to) {
    int first = Math.min(size, ring.length - head);
    System.arraycopy(ring, head, to, 0, first);
    System.arraycopy(ring, 0, to, first, size - first);
    return to;
  }

  private void addLast(PyObject item) {
    if (size == ring.length) {
      grow();
    }
    ring[slot(size)] = item;
    size++;
    state++;
  }

  private void addFirst(PyObject item) {
    if (size == ring.length) {
      grow();
    }
    head = head - 1 & ring.length - 1;
    ring[head] = item;
    size++;
    state++;
  }

  private @Nullable PyObject takeFirst() {
    if (size == 0) {
      return null;
    }
    PyObject v = ring[head];
    ring[head] = null;
    head = head + 1 & ring.length - 1;
    size--;
    state++;
    return v;
  }

  private @Nullable PyObject takeLast() {
    if (size == 0) {
      return null;
    }
    size--;
    int at = slot(size);
    PyObject v = ring[at];
    ring[at] = null;
    state++;
    return v;
  }

  private void removeAt(int i) {
    if (i < size / 2) {
      for (int k = i; k > 0; k--) {
        ring[slot(k)] = ring[slot(k - 1)];
      }
      takeFirst();
    } else {
      for (int k = i; k < size - 1; k++) {
        ring[slot(k)] = ring[slot(k + 1)];
      }
      takeLast();
    }
  }

  // ---- single steps

  @PyMethod(sig = "(item, /)", doc = "Puts an element at the right end.")
  public final void append(PyObject item) {
    lock();
    try {
      addLast(item);
      if (maxlen >= 0 && size > maxlen) {
        takeFirst();
      }
    } finally {
      unlock();
    }
  }

  @PyMethod(sig = "(item, /)", doc = "Puts an element at the left end.")
  public final void appendleft(PyObject item) {
    lock();
    try {
      addFirst(item);
      if (maxlen >= 0 && size > maxlen) {
        takeLast();
      }
    } finally {
      unlock();
    }
  }

  @PyMethod(sig = "()", doc = "Remove and return the rightmost element.")
  final PyObject pop() {
    PyObject v;
    lock();
    try {
      v = takeLast();
    } finally {
      unlock();
    }
    return orEmpty(v);
  }

  @PyMethod(sig = "()", doc = "Remove and return the leftmost element.")
  final PyObject popleft() {
    PyObject v;
    lock();
    try {
      v = takeFirst();
    } finally {
      unlock();
    }
    return orEmpty(v);
  }

  private static PyObject orEmpty(@Nullable PyObject v) {
    if (v == null) {
      throw Errors.indexError("pop from an empty deque");
    }
    return v;
  }

  @PyMethod(name = "__len__")
  final int len() {
    lock();
    try {
      return size;
    } finally {
      unlock();
    }
  }

  // ---- for code without frames

  @Override
  public final int lengthQuietly() {
    return getClass() == PyDeque.class ? len() : -1;
  }

  @Override
  public final @Nullable PyObject itemQuietly(long i) {
    if (getClass() != PyDeque.class) {
      return null;
    }
    lock();
    PyObject v = i >= 0 && i < size ? ring[slot((int) i)] : null;
    unlock();
    return v;
  }

  @Override
  public final boolean removeFirstQuietly(PyObject o) {
    lock();
    boolean first = size > 0 && ring[head] == o;
    if (first) {
      takeFirst();
    }
    unlock();
    return first;
  }

  final long state() {
    lock();
    try {
      return state;
    } finally {
      unlock();
    }
  }

  /** The element at an index while the deque is in a state; null beyond the ends. */
  final @Nullable PyObject get(int i, long expectedState) {
    lock();
    try {
      if (state == expectedState) {
        return i >= 0 && i < size ? ring[slot(i)] : null;
      }
    } finally {
      unlock();
    }
    throw mutated();
  }

  static RuntimeException mutated() {
    return Errors.runtimeError("deque mutated during iteration");
  }

  final PyObject[] toArray() {
    lock();
    try {
      return copyInto(new PyObject[size]);
    } finally {
      unlock();
    }
  }

  @PyMethod(sig = "()", doc = "Remove all elements from the deque.")
  final void clear() {
    lock();
    try {
      ring = NO_RING;
      head = 0;
      size = 0;
      state++;
    } finally {
      unlock();
    }
  }

  @PyMethod(sig = "()", doc = "Reverse *IN PLACE*.")
  final void reverse() {
    lock();
    try {
      for (int i = 0, j = size - 1; i < j; i++, j--) {
        PyObject v = ring[slot(i)];
        ring[slot(i)] = ring[slot(j)];
        ring[slot(j)] = v;
      }
    } finally {
      unlock();
    }
  }

  @PyMethod(
      sig = "(n=1, /)",
      doc =
          "Moves the last n elements to the front; with a negative n the first ones to "
              + "the end.")
  final void rotate(long n) {
    lock();
    try {
      if (size < 2) {
        return;
      }
      int right = (int) Math.floorMod(n, (long) size);
      if (right <= size / 2) {
        for (int i = 0; i < right; i++) {
          addFirst(takeLast());
        }
      } else {
        for (int i = right; i < size; i++) {
          addLast(takeFirst());
        }
      }
    } finally {
      unlock();
    }
  }

  @PyMethod(sig = "(index, value, /)", doc = "Insert value before index.")
  final void insert(long index, PyObject value) {
    lock();
    try {
      if (maxlen < 0 || size < maxlen) {
        int i = (int) (index < 0 ? Math.max(index + size, 0) : Math.min(index, (long) size));
        if (i < size / 2) {
          addFirst(value);
          for (int k = 0; k < i; k++) {
            ring[slot(k)] = ring[slot(k + 1)];
          }
        } else {
          addLast(value);
          for (int k = size - 1; k > i; k--) {
            ring[slot(k)] = ring[slot(k - 1)];
          }
        }
        ring[slot(i)] = value;
        return;
      }
    } finally {
      unlock();
    }
    throw Errors.indexError("deque already at its maximum size");
  }

  // ---- construction

  @PyNew(sig = "!(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return cls == TYPE ? new PyDeque() : new PyDequeDerived(cls);
  }

  @PyMethod(name = "__init__", sig = "!(iterable=NULL, maxlen=None)")
  void init(@Nullable PyObject iterable, PyObject maxlen) {
    long limit = -1;
    if (maxlen != Py.None) {
      if (!(maxlen instanceof PyInt n)) {
        throw Errors.typeError("an integer is required");
      }
      if (!n.isLong()) {
        throw Errors.overflowError("Python int too large to convert to C ssize_t");
      }
      limit = n.longValue();
      if (limit < 0) {
        throw Errors.valueError("maxlen must be non-negative");
      }
    }
    lock();
    try {
      this.maxlen = limit;
    } finally {
      unlock();
    }
    if (len() > 0) {
      clear();
    }
    if (iterable != null) {
      extend(iterable);
    }
  }

  @PyGetter(value = "maxlen", doc = "how long the deque may get, or None")
  PyObject getMaxlen() {
    return maxlen < 0 ? Py.None : Py.int_(maxlen);
  }

  @PyMethod(sig = "(iterable, /)", doc = "Puts elements at the right end, one by one.")
  final void extend(PyObject iterable) {
    PyObject[] items = snapshotOrNull(iterable);
    if (items != null) {
      appendAll(items, 1);
      return;
    }
    PyObject it = PyIters.getIter(iterable);
    for (PyObject v = PyIters.next(it); v != null; v = PyIters.next(it)) {
      append(v);
    }
  }

  private static PyObject @Nullable [] snapshotOrNull(PyObject iterable) {
    return iterable.getClass() == PyDeque.class
        ? ((PyDeque) iterable).toArray()
        : PySequences.snapshotOrNull(iterable);
  }

  /** Appends the items so many times, in one atomic step. */
  private void appendAll(PyObject[] items, long times) {
    lock();
    try {
      for (long k = 0; k < times; k++) {
        for (PyObject v : items) {
          addLast(v);
          if (maxlen >= 0 && size > maxlen) {
            takeFirst();
          }
        }
      }
    } finally {
      unlock();
    }
  }

  @PyMethod(
      sig = "(iterable, /)",
      doc = "Puts elements at the left end, one by one, so that they stand in reverse.")
  final void extendleft(PyObject iterable) {
    PyObject it = PyIters.getIter(iterable == this ? PyList.of(toArray()) : iterable);
    for (PyObject v = PyIters.next(it); v != null; v = PyIters.next(it)) {
      appendleft(v);
    }
  }

  // Compare CPython deque_copy_impl in _collectionsmodule.c.
  @PyMethod(sig = "()", doc = "Return a shallow copy of a deque.")
  PyObject copy() {
    if (getClass() == PyDeque.class) {
      PyDeque d = new PyDeque();
      lock();
      try {
        d.ring = ring.clone();
        d.head = head;
        d.size = size;
        d.maxlen = maxlen;
      } finally {
        unlock();
      }
      return d;
    }
    PyObject made = maxlen < 0 ? type().call1(this) : type().call2(this, Py.int_(maxlen));
    if (!(made instanceof PyDeque)) {
      throw Errors.typeError(type().name() + "() must return a deque, not " + made.type().name());
    }
    return made;
  }

  @PyMethod(name = "__copy__", sig = "()", doc = "Return a shallow copy of a deque.")
  PyObject copy_() {
    return copy();
  }

  // ---- subscripts

  private static long index(PyObject key) {
    if (!PyNumbers.isIndex(key)) {
      throw Errors.typeError("sequence index must be integer, not '" + key.type().name() + "'");
    }
    return PyNumbers.asIndex(key);
  }

  private static RuntimeException outOfRange() {
    return Errors.indexError("deque index out of range");
  }

  @PyMethod(name = "__getitem__")
  PyObject getItem(PyObject key) {
    long i = index(key);
    lock();
    try {
      i = i < 0 ? i + size : i;
      if (i >= 0 && i < size) {
        return ring[slot((int) i)];
      }
    } finally {
      unlock();
    }
    throw outOfRange();
  }

  @PyMethod(name = "__setitem__")
  void setItem(PyObject key, PyObject value) {
    long i = index(key);
    lock();
    try {
      i = i < 0 ? i + size : i;
      if (i >= 0 && i < size) {
        ring[slot((int) i)] = value;
        return;
      }
    } finally {
      unlock();
    }
    throw outOfRange();
  }

  @PyMethod(name = "__delitem__")
  void delItem(PyObject key) {
    long i = index(key);
    lock();
    try {
      i = i < 0 ? i + size : i;
      if (i >= 0 && i < size) {
        removeAt((int) i);
        return;
      }
    } finally {
      unlock();
    }
    throw outOfRange();
  }

  // ---- searching

  @PyMethod(name = "__contains__")
  boolean contains(PyObject value) {
    return find(value, 0, Long.MAX_VALUE) >= 0;
  }

  private int find(PyObject value, long from, long to) {
    Snapshot s = snapshot();
    for (long i = from; i < Math.min(to, s.items.length); i++) {
      PyObject v = s.items[(int) i];
      boolean equal = PyObjects.equal(v, value);
      if (!comparesPlainly(v, value) && state() != s.state) {
        throw mutated();
      }
      if (equal) {
        return (int) i;
      }
    }
    return -1;
  }

  /** The items at one moment; a change while user code compares them counts as its doing. */
  private record Snapshot(PyObject[] items, boolean whole, long state) {}

  private Snapshot snapshot() {
    lock();
    try {
      return new Snapshot(copyInto(new PyObject[size]), true, state);
    } finally {
      unlock();
    }
  }

  /** The first items. */
  private Snapshot near() {
    lock();
    try {
      PyObject[] items = new PyObject[Math.min(size, NEAR)];
      for (int i = 0; i < items.length; i++) {
        items[i] = ring[slot(i)];
      }
      return new Snapshot(items, items.length == size, state);
    } finally {
      unlock();
    }
  }

  /** Whether the two are compared without user code. */
  private static boolean comparesPlainly(PyObject a, PyObject b) {
    Class<?> c = a.getClass();
    return a == b
        || c == b.getClass()
            && (c == PyStr.class || c == PyInt.class || c == PyFloat.class || c == PyBytes.class)
        || comparesByIdentity(a) && comparesByIdentity(b);
  }

  /** As locks do, which Condition.wait() takes out of its deque while other threads do the same. */
  private static boolean comparesByIdentity(PyObject a) {
    return a.type().special(Special.EQ) == PyBaseObject.TYPE.special(Special.EQ);
  }

  @PyMethod(
      sig = "!(value, start=0, stop=sys.maxsize, /)",
      doc =
          "index($self, value, [start, [stop]])\n--\n\n"
              + "Where the first element is that equals the value; ValueError if none does.")
  int index(PyObject value, PyObject start, PyObject stop) {
    long from = PySlice.indexArgument(start);
    long to = PySlice.indexArgument(stop);
    int n = len();
    from = from < 0 ? Math.max(from + n, 0) : from;
    to = to < 0 ? Math.max(to + n, 0) : Math.min(to, n);
    int i = from >= n ? -1 : find(value, from, to);
    if (i < 0) {
      throw Errors.valueError("deque.index(x): x not in deque");
    }
    return i;
  }

  @PyMethod(sig = "(value, /)", doc = "Return number of occurrences of value.")
  int count(PyObject value) {
    Snapshot s = snapshot();
    int n = 0;
    for (PyObject v : s.items) {
      if (PyObjects.equal(v, value)) {
        n++;
      }
      if (!comparesPlainly(v, value) && state() != s.state) {
        throw mutated();
      }
    }
    return n;
  }

  @PyMethod(sig = "(value, /)", doc = "Remove first occurrence of value.")
  void remove(PyObject value) {
    Snapshot s = near();
    int i = 0;
    boolean plain = true;
    while (true) {
      boolean found = false;
      while (!found && i < s.items.length) {
        plain &= comparesPlainly(s.items[i], value);
        found = PyObjects.equal(s.items[i++], value);
        if (!plain && state() != s.state) {
          throw mutatedByRemove();
        }
      }
      if (found && removeIf(i - 1, s.state)) {
        return;
      }
      if (!found && s.whole) {
        throw Errors.valueError("deque.remove(x): x not in deque");
      }
      Snapshot all = snapshot();
      if (all.state != s.state) {
        if (!plain) {
          throw mutatedByRemove();
        }
        i = 0;
      }
      s = all;
    }
  }

  private static PyException mutatedByRemove() {
    return Errors.indexError("deque mutated during remove().");
  }

  /** Removes what was found at an index; false when the deque has left the state. */
  private boolean removeIf(int i, long expectedState) {
    lock();
    try {
      if (state != expectedState) {
        return false;
      }
      removeAt(i);
      return true;
    } finally {
      unlock();
    }
  }

  // ---- operators

  @PyMethod(name = "__add__", kind = SlotKind.SQ_CONCAT)
  PyObject concat(PyObject other) {
    if (!(other instanceof PyDeque)) {
      throw Errors.typeError(
          "can only concatenate deque (not \"" + other.type().name() + "\") to deque");
    }
    PyDeque d = (PyDeque) copy();
    d.extend(other);
    return d;
  }

  @PyMethod(name = "__iadd__", kind = SlotKind.SQ_INPLACE_CONCAT)
  PyObject inplaceConcat(PyObject other) {
    extend(other);
    return this;
  }

  @PyMethod(name = "__mul__", kind = SlotKind.SQ_REPEAT)
  PyObject repeat(PyObject count) {
    return ((PyDeque) copy()).inplaceRepeat(count);
  }

  @PyMethod(name = "__rmul__", kind = SlotKind.SQ_REPEAT)
  PyObject repeatReflected(PyObject count) {
    return repeat(count);
  }

  @PyMethod(name = "__imul__", kind = SlotKind.SQ_INPLACE_REPEAT)
  PyObject inplaceRepeat(PyObject count) {
    long n = PyNumbers.asLong(count, Exceptions.OverflowError);
    PyObject[] once = toArray();
    if (once.length == 0 || n == 1) {
      return this;
    }
    if (n <= 0) {
      clear();
      return this;
    }
    if (maxlen >= 0 && n > maxlen / once.length + 1) {
      n = maxlen / once.length + 1;
    }
    if (n > (Integer.MAX_VALUE - 8) / once.length) {
      throw Errors.memoryError();
    }
    appendAll(once, n - 1);
    return this;
  }

  @PyRichCompare
  PyObject compare(PyObject other, CompareOp op) {
    if (!(other instanceof PyDeque d)) {
      return Py.NotImplemented;
    }
    PyObject[] a = toArray();
    PyObject[] b = d == this ? a : d.toArray();
    if (a.length != b.length && (op == CompareOp.EQ || op == CompareOp.NE)) {
      return Py.bool_(op == CompareOp.NE);
    }
    return PyObjects.richCompare(PyTuple.of(a), PyTuple.of(b), op);
  }

  // ---- the rest

  @PyMethod(name = "__iter__")
  PyObject iter() {
    return new PyDequeIterator(this, 0);
  }

  @PyMethod(
      name = "__reversed__",
      kind = SlotKind.METHOD,
      sig = "()",
      doc = "Return a reverse iterator over the deque.")
  PyObject reversed() {
    return new PyDequeReverseIterator(this, 0);
  }

  @PyMethod(name = "__repr__")
  PyObject repr() {
    ThreadState ts = ThreadState.current();
    if (ts.reprEnter(this)) {
      return Py.str("[...]");
    }
    try {
      String items = type().simpleName() + "(" + PyObjects.repr(PyList.of(toArray()));
      return Py.str(maxlen < 0 ? items + ")" : items + ", maxlen=" + maxlen + ")");
    } finally {
      ts.reprLeave(this);
    }
  }

  @PyMethod(name = "__reduce__", sig = "()", doc = "Return state information for pickling.")
  PyObject reduce() {
    PyObject attributes = PyObjects.getAttr(this, "__getstate__").call0();
    PyObject args = maxlen < 0 ? Py.EmptyTuple : Py.tuple(Py.EmptyTuple, Py.int_(maxlen));
    return Py.tuple(type(), args, attributes, PyIters.getIter(this));
  }

  @PyMethod(name = "__sizeof__", sig = "()", doc = "Memory taken by the deque in bytes.")
  long sizeof() {
    return 232 + 8L * Math.max(MIN_CAPACITY, ring.length);
  }

  @PyClassMethod(name = "__class_getitem__", sig = "(object, /)", doc = "See PEP 585")
  static PyObject classGetitem(PyType cls, PyObject item) {
    return new PyGenericAlias(cls, item);
  }
}
