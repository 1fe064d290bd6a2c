package org.plait.modules.asyncio;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PySet;

/**
 * All tasks that aren't done, for {@code asyncio.all_tasks}. A native task has a weak entry from
 * its start to its end; other kinds of tasks register themselves and stand in a {@code WeakSet}
 * and, during their eager first step, in a set.
 */
public final class Tasks {
  private Tasks() {}

  private static final Set<Entry> NATIVE = ConcurrentHashMap.newKeySet();
  private static final ReferenceQueue<PyTask> DEAD = new ReferenceQueue<>();

  /** A weak reference to a task, equal to itself only. */
  static final class Entry extends WeakReference<PyTask> {
    Entry(PyTask task) {
      super(task, DEAD);
    }
  }

  /** The foreign tasks; made when the module is, one for all its copies. */
  private static final class Foreign {
    static final PyObject SCHEDULED =
        PyObjects.getAttr(Imports.importModule("weakref"), "WeakSet").call0();
    static final PySet EAGER = new PySet();
  }

  static Entry add(PyTask task) {
    for (Reference<?> dead = DEAD.poll(); dead != null; dead = DEAD.poll()) {
      NATIVE.remove(dead);
    }
    Entry e = new Entry(task);
    NATIVE.add(e);
    return e;
  }

  static void remove(Entry e) {
    NATIVE.remove(e);
    e.clear();
  }

  public static void register(PyObject task) {
    if (task instanceof PyTask t) {
      t.register();
    } else {
      PyCalls.callMethod(Foreign.SCHEDULED, "add", task);
    }
  }

  public static void unregister(PyObject task) {
    if (task instanceof PyTask t) {
      t.unregister();
    } else {
      PyCalls.callMethod(Foreign.SCHEDULED, "discard", task);
    }
  }

  public static void registerEager(PyObject task) {
    if (task instanceof PyTask t) {
      t.register();
    } else {
      Foreign.EAGER.add(task);
    }
  }

  public static void unregisterEager(PyObject task) {
    if (!(task instanceof PyTask)) {
      Foreign.EAGER.discard(task);
    }
  }

  /** The tasks of a loop that aren't done. */
  public static PyObject all(PyObject loop) {
    PySet found = new PySet();
    // Eager ones first: a task may become a scheduled one meanwhile, never the other way.
    addForeign(found, PyObjects.getAttr(Foreign.EAGER, "copy").call0(), loop);
    for (Entry e : NATIVE) {
      PyTask t = e.get();
      if (t != null
          && t.isPending()
          && t.loop() == loop
          && t.owner == ThreadState.current().interpreter) {
        found.add(t);
      }
    }
    addForeign(found, Foreign.SCHEDULED, loop);
    return found;
  }

  private static void addForeign(PySet found, PyObject tasks, PyObject loop) {
    PyObject it = PyIters.getIter(tasks);
    for (PyObject t = PyIters.next(it); t != null; t = PyIters.next(it)) {
      if (PyFuture.loopOf(t) == loop && !PyObjects.isTrue(PyCalls.callMethod(t, "done"))) {
        found.add(t);
      }
    }
  }
}
