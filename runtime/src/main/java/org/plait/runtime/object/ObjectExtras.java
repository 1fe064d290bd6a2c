package org.plait.runtime.object;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.interp.Finalization;
import org.plait.runtime.types.PyWeakReference;

/**
 * Rare side data of an object: the weak references to it and the guard that notices its end. It is
 * held by the object's attribute storage, or by a map beside objects that have none.
 *
 * <p>Weak references are held weakly here, in order of age: who drops one never gets its callback.
 * The list is guarded by this object's monitor, under which no user code runs.
 */
public final class ObjectExtras implements KeepsIdentity {
  private static final WeakIdentityMap<ObjectExtras> BESIDE = new WeakIdentityMap<>();

  private final List<WeakReference<PyWeakReference>> references = new ArrayList<>(0);

  /** As alive as the object, and noticed by {@link Finalization} when that dies. */
  private volatile @Nullable Object guard;

  /** In which {@linkplain Finalization#letGo era} the interpreter let go of the object, or 0. */
  private volatile int letGo;

  private long id;

  private ObjectExtras() {}

  @Override
  public synchronized long identity() {
    return id;
  }

  @Override
  public synchronized long identity(long given) {
    id = id == 0 ? given : id;
    return id;
  }

  /** What keeps the id of an object that has attributes; null for others. */
  static @Nullable KeepsIdentity keeper(PyObject o) {
    return o instanceof PyType || o.attrs() == null ? null : of(o);
  }

  private static @Nullable ObjectExtras find(PyObject o) {
    if (o instanceof PyType t) {
      return (ObjectExtras) t.extra();
    }
    PyInstance attrs = o.attrs();
    return attrs != null ? (ObjectExtras) attrs.extra() : BESIDE.get(o);
  }

  private static ObjectExtras of(PyObject o) {
    ObjectExtras known = find(o);
    if (known != null) {
      return known;
    }
    ObjectExtras made = new ObjectExtras();
    if (o instanceof PyType t) {
      t.casExtra(null, made);
      return (ObjectExtras) t.extra();
    }
    PyInstance attrs = o.attrs();
    if (attrs == null) {
      return BESIDE.putIfAbsent(o, made);
    }
    attrs.casExtra(null, made);
    return (ObjectExtras) attrs.extra();
  }

  /** Whether instances of the object's class can be weakly referenced. */
  public static boolean isReferable(PyObject o) {
    return o.type().hasFlag(PyType.HAS_WEAKREF);
  }

  /** Adds a reference that was made for the object. */
  public static void addReference(PyObject o, PyWeakReference r) {
    ObjectExtras x = of(o);
    synchronized (x) {
      x.references.removeIf(ObjectExtras::isGone);
      x.references.add(new WeakReference<>(r));
    }
  }

  /**
   * Adds a reference that all may share, unless there is one already.
   *
   * @return the one that counts
   */
  public static PyWeakReference shareReference(PyObject o, PyWeakReference r) {
    ObjectExtras x = of(o);
    synchronized (x) {
      PyWeakReference known = x.shared(r.getClass());
      if (known != null) {
        return known;
      }
      x.references.removeIf(ObjectExtras::isGone);
      // As in CPython the shareable ones come first, and among them the plain one.
      int at = 0;
      while (at < x.references.size()
          && r.getClass() != PyWeakReference.class
          && x.references.get(at).get() instanceof PyWeakReference q
          && q.isShareable()) {
        at++;
      }
      x.references.add(at, new WeakReference<>(r));
      return r;
    }
  }

  /** The reference of that class which may be shared, or null. */
  public static @Nullable PyWeakReference sharedReference(
      PyObject o, Class<? extends PyWeakReference> c) {
    ObjectExtras x = find(o);
    if (x == null) {
      return null;
    }
    synchronized (x) {
      return x.shared(c);
    }
  }

  private @Nullable PyWeakReference shared(Class<? extends PyWeakReference> c) {
    for (WeakReference<PyWeakReference> w : references) {
      PyWeakReference r = w.get();
      if (r != null && r.getClass() == c && r.isShareable()) {
        return r;
      }
    }
    return null;
  }

  private static boolean isGone(WeakReference<PyWeakReference> w) {
    PyWeakReference r = w.get();
    return r == null || r.isCleared();
  }

  /** All living weak references to the object. */
  public static List<PyWeakReference> references(PyObject o) {
    List<PyWeakReference> alive = new ArrayList<>();
    ObjectExtras x = find(o);
    if (x != null) {
      synchronized (x) {
        for (WeakReference<PyWeakReference> w : x.references) {
          PyWeakReference r = w.get();
          if (r != null && !r.isCleared()) {
            alive.add(r);
          }
        }
      }
    }
    return alive;
  }

  /** The first of them, or null. */
  static @Nullable PyObject firstReference(PyObject o) {
    List<PyWeakReference> all = references(o);
    return all.isEmpty() ? null : all.getFirst();
  }

  /** Notes that the interpreter holds an object no more. */
  public static void letGo(PyObject o, int era) {
    of(o).letGo = era;
  }

  /** Whether that was noted in this era. */
  public static boolean isLetGo(PyObject o, int era) {
    ObjectExtras x = find(o);
    return x != null && x.letGo == era;
  }

  /** The side data of an object under construction whose end is watched. */
  static ObjectExtras guarded(PyObject owner) {
    ObjectExtras x = new ObjectExtras();
    x.guard = Finalization.guard(owner);
    return x;
  }

  /** The guard of an object, or null. */
  public static @Nullable Object guardOf(PyObject o) {
    ObjectExtras x = find(o);
    return x == null ? null : x.guard;
  }

  /**
   * Has an object's finalizer run when it dies; once, however often this is called.
   *
   * @param o an object with attribute storage
   */
  public static void watch(PyObject o) {
    if (o.attrs() == null) {
      throw new IllegalArgumentException("nothing ties a guard to " + o);
    }
    ObjectExtras x = of(o);
    if (x.guard == null) {
      x.guard = Finalization.guard(o);
    }
  }
}
