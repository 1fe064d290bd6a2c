package org.plait.runtime.boot;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;

/**
 * {@code _abc._abc_data}: what an abstract base class remembers of other classes. The sets hold the
 * classes weakly and by Java's identity, so no user code runs under their locks.
 */
@PyTypeDef(name = "_abc_data", module = "_abc", doc = "Internal state held by ABC machinery.")
public final class PyAbcData extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyAbcDataTable.INSTANCE);

  /**
   * A set of classes that any thread may use. Every {@code isinstance} with an abstract class looks
   * into one, so that takes no lock and writes nothing.
   */
  static final class ClassSet {
    private static final VarHandle SLOT =
        MethodHandles.arrayElementVarHandle(WeakReference[].class);

    private static final WeakReference<?>[] EMPTY = new WeakReference<?>[1];

    /**
     * A power of two of slots, at least half of them null. A class is in the first slot from that
     * of its hash on which was null when it was added; slots are never written again.
     */
    private volatile WeakReference<?>[] table = EMPTY;

    /** Slots that are not null. */
    private int used;

    boolean contains(PyObject cls) {
      WeakReference<?>[] t = table;
      for (int i = System.identityHashCode(cls); ; i++) {
        WeakReference<?> r = (WeakReference<?>) SLOT.getAcquire(t, i & t.length - 1);
        if (r == null) {
          return false;
        }
        if (same(r, cls)) {
          return true;
        }
      }
    }

    @SuppressWarnings("unchecked")
    private static boolean same(WeakReference<?> r, PyObject cls) {
      return ((WeakReference<PyObject>) r).refersTo(cls);
    }

    synchronized void add(PyObject cls) {
      if (contains(cls)) {
        return;
      }
      if (2 * (used + 1) > table.length) {
        grow();
      }
      put(table, cls);
      used++;
    }

    synchronized void clear() {
      table = EMPTY;
      used = 0;
    }

    synchronized List<PyObject> snapshot() {
      List<PyObject> classes = new ArrayList<>();
      for (WeakReference<?> r : table) {
        if (r != null && r.get() instanceof PyObject cls) {
          classes.add(cls);
        }
      }
      return classes;
    }

    /**
     * Replaces the table by one with room for as many again, without what the collector has taken.
     */
    private void grow() {
      List<PyObject> classes = snapshot();
      WeakReference<?>[] t = new WeakReference<?>[Integer.highestOneBit(4 * (classes.size() + 1))];
      for (PyObject cls : classes) {
        put(t, cls);
      }
      table = t;
      used = classes.size();
    }

    private static void put(WeakReference<?>[] t, PyObject cls) {
      int i = System.identityHashCode(cls);
      while (t[i & t.length - 1] != null) {
        i++;
      }
      SLOT.setRelease(t, i & t.length - 1, new WeakReference<>(cls));
    }
  }

  final ClassSet registry = new ClassSet();
  final ClassSet cache = new ClassSet();
  volatile ClassSet negativeCache = new ClassSet();

  /** The registrations counter for which {@link #negativeCache} holds. */
  volatile long negativeVersion;

  PyAbcData(long version) {
    negativeVersion = version;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "()")
  static PyObject new_(PyType cls) {
    return new PyAbcData(AbcModule.version());
  }
}
