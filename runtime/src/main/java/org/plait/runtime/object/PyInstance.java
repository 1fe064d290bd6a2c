package org.plait.runtime.object;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.types.InstanceDict;
import org.plait.runtime.types.PyDict;
import org.plait.sched.MicroLock;

/**
 * Attribute storage: an instance of a Python class, or the companion of a built-in object whose
 * Python subclass has attributes.
 *
 * <p>Invariants. Slots never move: the first five are fields ({@link PyWideInstance} has four
 * more), later ones lie in chunks that are linked, never copied. A store into an existing slot
 * therefore takes no lock and can't be lost to concurrent growth. {@link #shape}, new chunks, first
 * stores into empty slots and {@link #dict} change under {@link #lock}; all are read with acquire
 * and written with release. An empty slot holds null.
 *
 * <p>{@link #dict} is null until {@code __dict__} is asked for. Then it is either an {@link
 * InstanceDict}, a live view of the slots, or, once Python code has assigned {@code __dict__}, an
 * ordinary dict that has taken the place of the slots ({@link #detached}).
 */
public class PyInstance extends PyObject {

  /** Slots that are fields. */
  public static final int INLINE = 5;

  /** Slots in a chunk. */
  public static final int CHUNK = 8;

  private static final VarHandle SHAPE;
  private static final VarHandle CHUNKS;
  private static final VarHandle DICT;
  private static final VarHandle LOCK;
  private static final VarHandle EXTRA;
  private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(Object[].class);

  static {
    try {
      MethodHandles.Lookup l = MethodHandles.lookup();
      SHAPE = l.findVarHandle(PyInstance.class, "shape", Shape.class);
      CHUNKS = l.findVarHandle(PyInstance.class, "chunks", Object[].class);
      DICT = l.findVarHandle(PyInstance.class, "dict", PyDict.class);
      LOCK = l.findVarHandle(PyInstance.class, "lock", int.class);
      EXTRA = l.findVarHandle(PyInstance.class, "extra", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private Shape shape;
  private @Nullable PyObject s0;
  private @Nullable PyObject s1;
  private @Nullable PyObject s2;
  private @Nullable PyObject s3;
  private @Nullable PyObject s4;

  /** Elements 0..CHUNK-1 are slots, element CHUNK is the next chunk. */
  private Object @Nullable [] chunks;

  private @Nullable PyDict dict;
  private int lock;

  /** Weak references and other rare side data, see {@link ObjectExtras}. */
  private @Nullable Object extra;

  /** A plain new instance of a Python class. */
  public static PyInstance of(PyType type) {
    return type.isWide() ? new PyWideInstance(type) : new PyInstance(type);
  }

  public PyInstance(PyType type) {
    shape = type.rootShape();
    if (type.finalizes()) {
      extra = ObjectExtras.guarded(this);
    }
  }

  /** The companion of a built-in object: the attributes that its Python class gives it. */
  public PyInstance(PyType type, PyObject owner) {
    shape = type.rootShape();
    if (type.finalizes()) {
      extra = ObjectExtras.guarded(owner);
    }
  }

  /** What keeps the attributes of another instance for its old {@code __dict__}. */
  private PyInstance(PyInstance other, Shape shape) {
    this.shape = shape;
    for (int i = shape.type().rootShape().slotCount(); i < shape.slotCount(); i++) {
      putSlot(i, other.slot(i));
    }
  }

  @Override
  public PyType type() {
    return shape().type();
  }

  @Override
  public PyInstance attrs() {
    return this;
  }

  public final Shape shape() {
    Shape s = shape;
    VarHandle.acquireFence();
    return s;
  }

  /**
   * What was just read, so that it was read with acquire. Calls of VarHandles would cost HotSpot
   * many nodes, of which it has a limited number for a method.
   */
  static @Nullable PyObject acquired(@Nullable PyObject v) {
    VarHandle.acquireFence();
    return v;
  }

  /** The value in a slot, or null when the slot is empty. */
  public final @Nullable PyObject slot(int i) {
    return switch (i) {
      case 0 -> acquired(s0);
      case 1 -> acquired(s1);
      case 2 -> acquired(s2);
      case 3 -> acquired(s3);
      case 4 -> acquired(s4);
      default -> furtherSlot(i);
    };
  }

  private @Nullable PyObject furtherSlot(int i) {
    return this instanceof PyWideInstance w
        ? i < PyWideInstance.INLINE ? w.wideSlot(i) : chunkSlot(i - PyWideInstance.INLINE)
        : chunkSlot(i - INLINE);
  }

  private @Nullable PyObject chunkSlot(int i) {
    Object[] chunk = (Object[]) CHUNKS.getAcquire(this);
    while (chunk != null) {
      if (i < CHUNK) {
        return (PyObject) ELEMENT.getAcquire(chunk, i);
      }
      i -= CHUNK;
      chunk = (Object[]) ELEMENT.getAcquire(chunk, CHUNK);
    }
    return null;
  }

  /**
   * Stores into a slot that already holds a value.
   *
   * @return false when the slot is empty: the caller must take the slow path, which keeps the order
   */
  public final boolean replaceSlot(int i, PyObject value) {
    VarHandle.releaseFence(); // the store below is one with release, whichever slot it is
    switch (i) {
      case 0 -> {
        if (s0 == null) {
          return false;
        }
        s0 = value;
      }
      case 1 -> {
        if (s1 == null) {
          return false;
        }
        s1 = value;
      }
      case 2 -> {
        if (s2 == null) {
          return false;
        }
        s2 = value;
      }
      case 3 -> {
        if (s3 == null) {
          return false;
        }
        s3 = value;
      }
      case 4 -> {
        if (s4 == null) {
          return false;
        }
        s4 = value;
      }
      default -> {
        int at = i - INLINE;
        if (this instanceof PyWideInstance w) {
          if (i < PyWideInstance.INLINE) {
            return w.replaceWide(i, value);
          }
          at = i - PyWideInstance.INLINE;
        }
        Object[] chunk = chunks;
        VarHandle.acquireFence();
        while (chunk != null && at >= CHUNK) {
          at -= CHUNK;
          chunk = (Object[]) chunk[CHUNK];
          VarHandle.acquireFence();
        }
        if (chunk == null || chunk[at] == null) {
          return false;
        }
        chunk[at] = value;
      }
    }
    return true;
  }

  /**
   * Stores into any slot, growing the chunk list. Used under the lock, or for {@code __slots__}.
   *
   * @param value null empties the slot
   */
  final void putSlot(int i, @Nullable PyObject value) {
    VarHandle.releaseFence(); // as in replaceSlot
    switch (i) {
      case 0 -> s0 = value;
      case 1 -> s1 = value;
      case 2 -> s2 = value;
      case 3 -> s3 = value;
      case 4 -> s4 = value;
      default -> {
        int at = i - INLINE;
        if (this instanceof PyWideInstance w) {
          if (i < PyWideInstance.INLINE) {
            w.putWide(i, value);
            return;
          }
          at = i - PyWideInstance.INLINE;
        }
        Object[] chunk = (Object[]) CHUNKS.getAcquire(this);
        if (chunk == null) {
          Object[] fresh = new Object[CHUNK + 1];
          Object[] old = (Object[]) CHUNKS.compareAndExchange(this, (Object[]) null, fresh);
          chunk = old == null ? fresh : old;
        }
        while (at >= CHUNK) {
          at -= CHUNK;
          Object[] next = (Object[]) ELEMENT.getAcquire(chunk, CHUNK);
          if (next == null) {
            Object[] fresh = new Object[CHUNK + 1];
            Object old = ELEMENT.compareAndExchange(chunk, CHUNK, (Object) null, (Object) fresh);
            next = old == null ? fresh : (Object[]) old;
          }
          chunk = next;
        }
        ELEMENT.setRelease(chunk, at, value);
      }
    }
  }

  /** Stores into a slot of {@code __slots__}, empty or not. */
  public final void putMember(int i, PyObject value) {
    putSlot(i, value);
  }

  // ---- for compiled code, which knows the slot and the stamp of the shape. Null or false where
  // the object is of another shape, or the slot empty. HotSpot inlines 8,000 bytes of bytecode into
  // a method, so these are as short as can be; reading the stamp is the acquire.

  /** The stamp of the shape. */
  public final long stamp() {
    return shape.stamp();
  }

  public static @Nullable PyObject slot0(PyObject o, long stamp) {
    return o instanceof PyInstance i && i.stamp() == stamp ? acquired(i.s0) : null;
  }

  public static @Nullable PyObject slot1(PyObject o, long stamp) {
    return o instanceof PyInstance i && i.stamp() == stamp ? acquired(i.s1) : null;
  }

  public static @Nullable PyObject slot2(PyObject o, long stamp) {
    return o instanceof PyInstance i && i.stamp() == stamp ? acquired(i.s2) : null;
  }

  public static @Nullable PyObject slot3(PyObject o, long stamp) {
    return o instanceof PyInstance i && i.stamp() == stamp ? acquired(i.s3) : null;
  }

  public static @Nullable PyObject slot4(PyObject o, long stamp) {
    return o instanceof PyInstance i && i.stamp() == stamp ? acquired(i.s4) : null;
  }

  /** A slot of the first chunk of an instance that is not wide. */
  public static @Nullable PyObject laterSlot(PyObject o, long stamp, int at) {
    return o instanceof PyInstance i && i.stamp() == stamp && !(o instanceof PyWideInstance)
        ? i.inFirstChunk(at)
        : null;
  }

  final @Nullable PyObject inFirstChunk(int at) {
    Object[] chunk = chunks;
    VarHandle.acquireFence();
    return chunk == null ? null : acquired((PyObject) chunk[at]);
  }

  public static @Nullable PyObject anySlot(PyObject o, long stamp, int slot) {
    return o instanceof PyInstance i && i.stamp() == stamp ? i.slot(slot) : null;
  }

  public static boolean replace0(PyObject o, PyObject value, long stamp) {
    if (o instanceof PyInstance i && i.stamp() == stamp && i.s0 != null) {
      VarHandle.releaseFence();
      i.s0 = value;
      return true;
    }
    return false;
  }

  public static boolean replace1(PyObject o, PyObject value, long stamp) {
    if (o instanceof PyInstance i && i.stamp() == stamp && i.s1 != null) {
      VarHandle.releaseFence();
      i.s1 = value;
      return true;
    }
    return false;
  }

  public static boolean replace2(PyObject o, PyObject value, long stamp) {
    if (o instanceof PyInstance i && i.stamp() == stamp && i.s2 != null) {
      VarHandle.releaseFence();
      i.s2 = value;
      return true;
    }
    return false;
  }

  public static boolean replace3(PyObject o, PyObject value, long stamp) {
    if (o instanceof PyInstance i && i.stamp() == stamp && i.s3 != null) {
      VarHandle.releaseFence();
      i.s3 = value;
      return true;
    }
    return false;
  }

  public static boolean replace4(PyObject o, PyObject value, long stamp) {
    if (o instanceof PyInstance i && i.stamp() == stamp && i.s4 != null) {
      VarHandle.releaseFence();
      i.s4 = value;
      return true;
    }
    return false;
  }

  public static boolean replaceAny(PyObject o, PyObject value, long stamp, int slot) {
    return o instanceof PyInstance i && i.stamp() == stamp && i.replaceSlot(slot, value);
  }

  // ---- the same for slots of __slots__, which may be empty

  public static boolean put0(PyObject o, PyObject value, long stamp) {
    if (o instanceof PyInstance i && i.stamp() == stamp) {
      VarHandle.releaseFence();
      i.s0 = value;
      return true;
    }
    return false;
  }

  public static boolean put1(PyObject o, PyObject value, long stamp) {
    if (o instanceof PyInstance i && i.stamp() == stamp) {
      VarHandle.releaseFence();
      i.s1 = value;
      return true;
    }
    return false;
  }

  public static boolean put2(PyObject o, PyObject value, long stamp) {
    if (o instanceof PyInstance i && i.stamp() == stamp) {
      VarHandle.releaseFence();
      i.s2 = value;
      return true;
    }
    return false;
  }

  public static boolean put3(PyObject o, PyObject value, long stamp) {
    if (o instanceof PyInstance i && i.stamp() == stamp) {
      VarHandle.releaseFence();
      i.s3 = value;
      return true;
    }
    return false;
  }

  public static boolean put4(PyObject o, PyObject value, long stamp) {
    if (o instanceof PyInstance i && i.stamp() == stamp) {
      VarHandle.releaseFence();
      i.s4 = value;
      return true;
    }
    return false;
  }

  public static boolean putAny(PyObject o, PyObject value, long stamp, int slot) {
    if (o instanceof PyInstance i && i.stamp() == stamp) {
      i.putSlot(slot, value);
      return true;
    }
    return false;
  }

  // ---- for compiled code that initialises an instance which no other thread can know: the first
  // store of an attribute, without the lock, by the stamps of the shapes before and behind it.

  public static boolean first0(PyObject o, PyObject value, long from, long to) {
    if (o instanceof PyInstance i && i.becomes(from, to)) {
      i.s0 = value;
      return true;
    }
    return false;
  }

  public static boolean first1(PyObject o, PyObject value, long from, long to) {
    if (o instanceof PyInstance i && i.becomes(from, to)) {
      i.s1 = value;
      return true;
    }
    return false;
  }

  public static boolean first2(PyObject o, PyObject value, long from, long to) {
    if (o instanceof PyInstance i && i.becomes(from, to)) {
      i.s2 = value;
      return true;
    }
    return false;
  }

  public static boolean first3(PyObject o, PyObject value, long from, long to) {
    if (o instanceof PyInstance i && i.becomes(from, to)) {
      i.s3 = value;
      return true;
    }
    return false;
  }

  public static boolean first4(PyObject o, PyObject value, long from, long to) {
    if (o instanceof PyInstance i && i.becomes(from, to)) {
      i.s4 = value;
      return true;
    }
    return false;
  }

  public static boolean firstAny(PyObject o, PyObject value, long from, long to, int slot) {
    if (o instanceof PyInstance i && i.becomes(from, to)) {
      i.putSlot(slot, value);
      return true;
    }
    return false;
  }

  /** Takes the next shape if that is the last one that instances of the present shape took. */
  final boolean becomes(long from, long to) {
    Shape next = shape.stamp() == from ? shape.next() : null;
    if (next == null || next.stamp() != to) {
      return false;
    }
    shape = next;
    return true;
  }

  /** Whether an ordinary dict has replaced the slots as the home of dict attributes. */
  public final boolean detached() {
    PyDict d = (PyDict) DICT.getAcquire(this);
    return d != null && !(d instanceof InstanceDict v && v.isViewOf(this));
  }

  /** The value of an instance attribute (not a {@code __slots__} member), or null. */
  public final @Nullable PyObject getDictAttr(String name) {
    PyDict d = (PyDict) DICT.getAcquire(this);
    if (d != null) {
      return d.getStr(name);
    }
    PyObject v = getSlotAttr(name);
    if (v == null) {
      // The slots may have been given up for an assigned dict since.
      d = (PyDict) DICT.getAcquire(this);
      return d == null ? null : d.getStr(name);
    }
    return v;
  }

  /** As {@link #getDictAttr}, looking at the slots alone. */
  public final @Nullable PyObject getSlotAttr(String name) {
    int i = shape().slotOf(name);
    return i < 0 ? null : slot(i);
  }

  /** Sets an instance attribute in the dict or slots. */
  public final void setDictAttr(String name, PyObject value) {
    PyDict d = (PyDict) DICT.getAcquire(this);
    if (d != null) {
      d.putStr(name, value);
    } else if (!setSlotAttr(name, value)) {
      dict().putStr(name, value);
    }
  }

  /**
   * Sets an attribute in a slot.
   *
   * @return false when the shape has no room for a further name, or a dict has taken the place of
   *     the slots
   */
  public final boolean setSlotAttr(String name, PyObject value) {
    int i = shape().slotOf(name);
    return i >= 0 && replaceSlot(i, value) || putSlotAttr(name, value, false, null);
  }

  /**
   * Sets an attribute in a slot, or with {@code ifAbsent} only a missing one, in one atomic step.
   *
   * @param old receives the value before in its element 0, when not null
   * @return false when the shape has no room for a further name, or a dict has taken the place of
   *     the slots
   */
  public final boolean putSlotAttr(
      String name, PyObject value, boolean ifAbsent, PyObject @Nullable [] old) {
    MicroLock.lock(LOCK, this);
    try {
      if (detached()) {
        return false;
      }
      Shape s = shape();
      int i = s.slotOf(name);
      PyObject before = i < 0 ? null : slot(i);
      if (old != null) {
        old[0] = before;
      }
      if (before != null && ifAbsent) {
        return true;
      }
      Shape next = s;
      if (i < 0) {
        if (!s.hasRoom()) {
          return false;
        }
        i = s.slotCount();
        next = s.with(name);
      } else if (before == null) {
        next = s.movedToEnd(name);
      }
      putSlot(i, value);
      SHAPE.setRelease(this, next);
      return true;
    } finally {
      MicroLock.unlock(LOCK, this);
    }
  }

  /** How many slot attributes have a value. */
  public final int countSlotAttrs() {
    MicroLock.lock(LOCK, this);
    try {
      Shape s = shape();
      int n = 0;
      for (int i = s.type().rootShape().slotCount(); i < s.slotCount(); i++) {
        if (slot(i) != null) {
          n++;
        }
      }
      return n;
    } finally {
      MicroLock.unlock(LOCK, this);
    }
  }

  /** The names of slot attributes in insertion order, those without a value included. */
  public final java.util.List<String> slotNames() {
    return java.util.List.of(shape().names());
  }

  /** Names (as str) and values of slot attributes alternating, in insertion order. */
  public final PyObject[] snapshotSlotAttrs() {
    MicroLock.lock(LOCK, this);
    try {
      Shape s = shape();
      String[] names = s.names();
      PyObject[] all = new PyObject[2 * names.length];
      int n = 0;
      for (String name : names) {
        PyObject v = slot(s.slotOf(name));
        if (v != null) {
          all[n++] = org.plait.runtime.types.PyStr.intern(name);
          all[n++] = v;
        }
      }
      return n == all.length ? all : java.util.Arrays.copyOf(all, n);
    } finally {
      MicroLock.unlock(LOCK, this);
    }
  }

  /** First store of an attribute through an inline cache: valid while the shape is {@code from}. */
  public final boolean addSlot(Shape from, Shape to, int i, PyObject value) {
    MicroLock.lock(LOCK, this);
    try {
      if (shape != from || dict != null || slot(i) != null) {
        return false;
      }
      putSlot(i, value);
      SHAPE.setRelease(this, to);
      return true;
    } finally {
      MicroLock.unlock(LOCK, this);
    }
  }

  /** Empties the slot of an attribute and returns what it held, or null. */
  public final @Nullable PyObject removeSlotAttr(String name) {
    MicroLock.lock(LOCK, this);
    try {
      int i = shape().slotOf(name);
      PyObject old = i < 0 ? null : slot(i);
      if (old != null) {
        putSlot(i, null);
      }
      return old;
    } finally {
      MicroLock.unlock(LOCK, this);
    }
  }

  /** Empties the slots of all attributes. */
  public final void clearSlotAttrs() {
    MicroLock.lock(LOCK, this);
    try {
      emptySlots(shape());
    } finally {
      MicroLock.unlock(LOCK, this);
    }
  }

  private void emptySlots(Shape s) {
    for (int i = s.type().rootShape().slotCount(); i < s.slotCount(); i++) {
      putSlot(i, null);
    }
  }

  /** Empties the slot of the last attribute; returns its name and value, or null without any. */
  public final PyObject @Nullable [] popLastSlotAttr() {
    MicroLock.lock(LOCK, this);
    try {
      Shape s = shape();
      String[] names = s.names();
      for (int k = names.length - 1; k >= 0; k--) {
        int i = s.slotOf(names[k]);
        PyObject v = slot(i);
        if (v != null) {
          putSlot(i, null);
          return new PyObject[] {org.plait.runtime.types.PyStr.intern(names[k]), v};
        }
      }
      return null;
    } finally {
      MicroLock.unlock(LOCK, this);
    }
  }

  /** Empties a {@code __slots__} slot and returns what it held, or null. */
  final @Nullable PyObject takeSlot(int i) {
    MicroLock.lock(LOCK, this);
    try {
      PyObject old = slot(i);
      if (old != null) {
        putSlot(i, null);
      }
      return old;
    } finally {
      MicroLock.unlock(LOCK, this);
    }
  }

  /** Removes an instance attribute; returns the old value or null. */
  public final @Nullable PyObject removeDictAttr(String name) {
    PyDict d = (PyDict) DICT.getAcquire(this);
    return d != null ? d.removeStr(name) : removeSlotAttr(name);
  }

  /** {@code __dict__}: a live view of the slots, made at first need, or the assigned dict. */
  public final PyDict dict() {
    PyDict d = (PyDict) DICT.getAcquire(this);
    if (d == null) {
      PyDict view = new InstanceDict(this);
      d = (PyDict) DICT.compareAndExchange(this, (PyDict) null, view);
      if (d == null) {
        d = view;
      }
    }
    return d;
  }

  /** The dict if one exists already. */
  public final @Nullable PyDict dictIfPresent() {
    return (PyDict) DICT.getAcquire(this);
  }

  /**
   * Assigns {@code __dict__}. The instance gets a shape of its own, which no inline cache knows:
   * what was cached about its slots no longer holds. The dict before keeps its contents.
   */
  public final void setDict(PyDict d) {
    MicroLock.lock(LOCK, this);
    try {
      PyDict old = dict;
      if (old == d) {
        return;
      }
      Shape s = shape();
      if (old instanceof InstanceDict view && view.isViewOf(this)) {
        view.moveTo(new PyInstance(this, s));
      }
      DICT.setRelease(this, d);
      SHAPE.setRelease(this, Shape.unknown(s.type()));
      emptySlots(s);
    } finally {
      MicroLock.unlock(LOCK, this);
    }
  }

  /**
   * {@code __class__} assignment: the same attributes under the shape tree of another class whose
   * layout is compatible (checked by the caller).
   */
  final void changeType(PyType newType) {
    MicroLock.lock(LOCK, this);
    try {
      Shape from = shape();
      Shape to = newType.rootShape();
      PyType old = from.type();
      if (old.rootShape().slotCount() != to.slotCount()) {
        throw new IllegalStateException("layout differs");
      }
      if (detached()) {
        SHAPE.setRelease(this, Shape.unknown(newType));
        return;
      }
      // Replay the names in slot order: each gets the slot number it had, so a concurrent store
      // through the old shape lands where the new shape looks. Then restore the order.
      String[] order = from.names();
      String[] bySlot = order.clone();
      java.util.Arrays.sort(bySlot, (a, b) -> Integer.compare(from.slotOf(a), from.slotOf(b)));
      Shape s = to;
      for (String name : bySlot) {
        s = s.with(name);
      }
      if (!java.util.Arrays.equals(order, bySlot)) {
        for (String name : order) {
          s = s.movedToEnd(name);
        }
      }
      SHAPE.setRelease(this, s);
    } finally {
      MicroLock.unlock(LOCK, this);
    }
  }

  /** Rare side data (weak references, finalizer state); null when there is none. */
  final @Nullable Object extra() {
    return EXTRA.getAcquire(this);
  }

  final boolean casExtra(@Nullable Object expected, Object value) {
    return EXTRA.compareAndSet(this, expected, value);
  }
}
