package org.plait.runtime.boot;

import java.lang.management.ManagementFactory;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.interp.Audit;
import org.plait.runtime.interp.Finalization;
import org.plait.runtime.object.ArgumentConverters;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyTuple;

/**
 * {@code gc}: the JVM's collector as far as it lets itself be seen. {@code collect()} collects and
 * runs callbacks and finalizers; thresholds and flags are remembered and mean nothing.
 */
@PyModuleDef(
    name = "gc",
    doc =
        "The collector of unreachable objects.\n\n"
            + "enable(), disable() and isenabled() concern a switch that the JVM does not "
            + "heed;\n"
            + "collect() runs a full collection and the finalizers of what it found.\n")
public final class GcModule implements NativeModule {
  private static final int GENERATIONS = 3;

  private final PyList callbacks = new PyList();
  private volatile boolean enabled = true;
  private volatile int debug;
  private volatile PyObject[] thresholds = {Py.int_(2000), Py.int_(10), Py.int_(0)};
  private volatile long collections;
  private volatile long collected;

  @Override
  public NativeTable table() {
    return new GcModuleTable(this);
  }

  @Override
  public void exec(PyModule module) {
    module.add("garbage", new PyList());
    module.add("callbacks", callbacks);
    module.add("DEBUG_STATS", Py.int_(1));
    module.add("DEBUG_COLLECTABLE", Py.int_(2));
    module.add("DEBUG_UNCOLLECTABLE", Py.int_(4));
    module.add("DEBUG_SAVEALL", Py.int_(32));
    module.add("DEBUG_LEAK", Py.int_(38));
  }

  @PyFunction(sig = "()", doc = "Switches automatic collection on.")
  void enable() {
    enabled = true;
  }

  @PyFunction(
      sig = "()",
      doc = "Switches automatic collection off: noted, but the JVM collects as it sees " + "fit.")
  void disable() {
    enabled = false;
  }

  @PyFunction(sig = "()", doc = "Whether automatic collection is switched on.")
  boolean isenabled() {
    return enabled;
  }

  @PyFunction(
      sig = "(generation=2)",
      doc =
          "Runs a collection of all memory, and the finalizers of what it found.\n\n"
              + "Returns how many of these there were. The generation (0, 1 or 2) makes no "
              + "difference;\n"
              + "others raise ValueError.")
  int collect(int generation) {
    if (generation < 0 || generation >= GENERATIONS) {
      throw Errors.valueError("invalid generation");
    }
    tell("start", generation, 0);
    int n = Finalization.collect();
    collections++;
    collected += n;
    tell("stop", generation, n);
    return n;
  }

  private void tell(String phase, int generation, int n) {
    for (PyObject f : callbacks.toArray()) {
      PyDict info = new PyDict();
      info.putStr("generation", Py.int_(generation));
      info.putStr("collected", Py.int_(n));
      info.putStr("uncollectable", Py.int_(0));
      try {
        f.call2(Py.str(phase), info);
      } catch (org.plait.runtime.exceptions.PyException e) {
        org.plait.runtime.interp.Unraisable.report(e.value, f);
      }
    }
  }

  @PyFunction(
      name = "set_debug",
      sig = "(flags, /)",
      doc = "Keeps the flags for get_debug(); nothing is printed.")
  void setDebug(int flags) {
    debug = flags;
  }

  @PyFunction(name = "get_debug", sig = "()", doc = "The flags given to set_debug().")
  int getDebug() {
    return debug;
  }

  @PyFunction(
      name = "get_count",
      sig = "()",
      doc = "The counts of allocations since the last collection: zeros, the JVM keeps " + "none.")
  PyObject getCount() {
    return Py.tuple(Py.int_(0), Py.int_(0), Py.int_(0));
  }

  @PyFunction(
      name = "set_threshold",
      sig = "!(threshold0, threshold1=NULL, threshold2=NULL, /)",
      doc = "Keeps the thresholds for get_threshold(); the JVM has its own.")
  void setThreshold(
      int threshold0,
      @org.jspecify.annotations.Nullable PyObject threshold1,
      @org.jspecify.annotations.Nullable PyObject threshold2) {
    PyObject[] now = thresholds.clone();
    now[0] = Py.int_(threshold0);
    if (threshold1 != null) {
      now[1] = org.plait.runtime.protocol.PyNumbers.index(threshold1);
    }
    if (threshold2 != null) {
      now[2] = org.plait.runtime.protocol.PyNumbers.index(threshold2);
    }
    thresholds = now;
  }

  @PyFunction(name = "get_threshold", sig = "()", doc = "The thresholds given to set_threshold().")
  PyObject getThreshold() {
    return PyTuple.of(thresholds.clone());
  }

  @PyFunction(
      name = "get_objects",
      sig = "(generation=None)",
      doc = "A list of the classes there are.\n\n" + "Other objects the JVM keeps no list of.")
  PyObject getObjects(PyObject generation) {
    int n = generation == Py.None ? -1 : ArgumentConverters.toInt(generation);
    if (Audit.isUsed()) {
      Audit.raise("gc.get_objects", Py.int_(n));
    }
    if (n >= GENERATIONS) {
      throw Errors.valueError(
          "generation parameter must be less than the number of available generations (3)");
    }
    if (n < -1) {
      throw Errors.valueError("generation parameter cannot be negative");
    }
    PyList found = new PyList();
    addClasses(org.plait.runtime.object.PyBaseObject.TYPE, found, new java.util.HashSet<>());
    return found;
  }

  private static void addClasses(PyType t, PyList found, java.util.Set<PyType> seen) {
    if (seen.add(t)) {
      found.append(t);
      for (PyType sub : t.subclasses()) {
        addClasses(sub, found, seen);
      }
    }
  }

  @PyFunction(
      name = "get_stats",
      sig = "()",
      doc = "How often each generation was collected, as a list of dicts.")
  PyObject getStats() {
    PyList all = new PyList();
    for (int i = 0; i < GENERATIONS; i++) {
      boolean oldest = i == GENERATIONS - 1;
      PyDict d = new PyDict();
      long jvm =
          i > 0 && !oldest
              ? 0
              : ManagementFactory.getGarbageCollectorMXBeans().stream()
                  .mapToLong(b -> Math.max(0, b.getCollectionCount()))
                  .sum();
      d.putStr("collections", Py.int_(oldest ? collections : jvm));
      d.putStr("collected", Py.int_(oldest ? collected : 0));
      d.putStr("uncollectable", Py.int_(0));
      all.append(d);
    }
    return all;
  }

  @PyFunction(
      name = "is_tracked",
      sig = "(obj, /)",
      doc = "Whether the object could be part of a reference cycle.")
  boolean isTracked(PyObject obj) {
    return obj.attrs() != null
        || obj instanceof PyType type && type.isHeap()
        || obj instanceof PyList
        || obj instanceof PyDict
        || obj instanceof PyTuple t && holdsTracked(t)
        || obj instanceof org.plait.runtime.types.PySet
        || obj instanceof org.plait.runtime.types.PyFrozenSet;
  }

  /** A tuple of things that can't be in a cycle can't be in one either. */
  private boolean holdsTracked(PyTuple t) {
    for (PyObject item : t.array()) {
      if (isTracked(item)) {
        return true;
      }
    }
    return false;
  }

  @PyFunction(
      name = "is_finalized",
      sig = "(obj, /)",
      doc = "Whether the finalizer of the object has run.")
  boolean isFinalized(PyObject obj) {
    return Finalization.isFinalized(obj);
  }

  @PyFunction(
      name = "get_referrers",
      sig = "(*objs)",
      doc = "An empty list: the JVM doesn't tell what refers to an object.")
  PyObject getReferrers(PyTuple objs) {
    Audit.raise("gc.get_referrers", objs);
    return new PyList();
  }

  @PyFunction(
      name = "get_referents",
      sig = "(*objs)",
      doc = "A list of what the objects refer to directly.")
  PyObject getReferents(PyTuple objs) {
    Audit.raise("gc.get_referents", objs);
    PyList found = new PyList();
    for (PyObject o : objs.array()) {
      Referents.addTo(found, o);
    }
    return found;
  }

  @PyFunction(
      sig = "()",
      doc = "Would keep objects out of later collections; the JVM has no such thing.")
  void freeze() {}

  @PyFunction(sig = "()", doc = "Undoes freeze().")
  void unfreeze() {}

  @PyFunction(name = "get_freeze_count", sig = "()", doc = "How many objects are frozen: none.")
  int getFreezeCount() {
    return 0;
  }
}
