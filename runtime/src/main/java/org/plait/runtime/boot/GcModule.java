package org.plait.runtime.boot;

import java.lang.management.ManagementFactory;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.interp.Finalization;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects;
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
        "This module provides access to the garbage collector for reference cycles.\n\nenable() --"
            + " Enable automatic garbage collection.\ndisable() -- Disable automatic garbage"
            + " collection.\nisenabled() -- Returns true if automatic collection is enabled.\n"
            + "collect() -- Do a full collection right now.\n")
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

  @PyFunction(sig = "()", doc = "Enable automatic garbage collection.")
  void enable() {
    enabled = true;
  }

  @PyFunction(sig = "()", doc = "Disable automatic garbage collection.")
  void disable() {
    enabled = false;
  }

  @PyFunction(sig = "()", doc = "Returns true if automatic garbage collection is enabled.")
  boolean isenabled() {
    return enabled;
  }

  @PyFunction(
      sig = "(generation=2)",
      doc =
          "Run the garbage collector.\n\nWith no arguments, run a full collection.  The optional"
              + " argument\nmay be an integer specifying which generation to collect.  A ValueError"
              + "\nis raised if the generation number is invalid.\n\nThe number of unreachable"
              + " objects is returned.")
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
      doc = "Set the garbage collection debugging flags.")
  void setDebug(int flags) {
    debug = flags;
  }

  @PyFunction(name = "get_debug", sig = "()", doc = "Get the garbage collection debugging flags.")
  int getDebug() {
    return debug;
  }

  @PyFunction(
      name = "get_count",
      sig = "()",
      doc = "Return a three-tuple of the current collection counts.")
  PyObject getCount() {
    return Py.tuple(Py.int_(0), Py.int_(0), Py.int_(0));
  }

  @PyFunction(
      name = "set_threshold",
      sig = "(threshold0, threshold1=NULL, threshold2=NULL, /)",
      doc = "Set the collection thresholds (the collection frequency).")
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

  @PyFunction(name = "get_threshold", sig = "()", doc = "Return the current collection thresholds.")
  PyObject getThreshold() {
    return PyTuple.of(thresholds.clone());
  }

  @PyFunction(
      name = "get_objects",
      sig = "(generation=None)",
      doc =
          "Return a list of objects tracked by the collector (excluding the list returned).\n\nThe"
              + " JVM keeps no such list: only the classes are found, through their bases.")
  PyObject getObjects(PyObject generation) {
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
      doc = "Return a list of dictionaries containing per-generation statistics.")
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
      doc = "Returns true if the object is tracked by the garbage collector.")
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
      doc = "Returns true if the object has been already finalized by the GC.")
  boolean isFinalized(PyObject obj) {
    return Finalization.isFinalized(obj);
  }

  @PyFunction(
      name = "get_referrers",
      sig = "(*objs)",
      doc =
          "Return the list of objects that directly refer to any of 'objs'.\n\n"
              + "The JVM doesn't tell: the list is always empty.")
  PyObject getReferrers(PyTuple objs) {
    return new PyList();
  }

  @PyFunction(
      name = "get_referents",
      sig = "(*objs)",
      doc = "Return the list of objects that are directly referred to by 'objs'.")
  PyObject getReferents(PyTuple objs) {
    PyList found = new PyList();
    for (PyObject o : objs.array()) {
      addReferents(o, found);
    }
    return found;
  }

  private static void addReferents(PyObject o, PyList found) {
    if (o instanceof PyDict d) {
      for (PyObject x : d.snapshotItems()) {
        found.append(x);
      }
    } else if (o instanceof PyList || o instanceof PyTuple) {
      for (PyObject x : org.plait.runtime.protocol.PySequences.toArray(o)) {
        found.append(x);
      }
    } else if (o instanceof PyType t) {
      found.append(t.dict());
      for (PyType b : t.mro()) {
        found.append(b);
      }
    } else {
      PyObject d = PyObjects.getOptionalAttr(o, "__dict__");
      if (d != null) {
        found.append(d);
      }
      found.append(o.type());
    }
  }

  @PyFunction(
      sig = "()",
      doc = "Freeze all current tracked objects and ignore them for future collections.")
  void freeze() {}

  @PyFunction(sig = "()", doc = "Unfreeze all objects in the permanent generation.")
  void unfreeze() {}

  @PyFunction(
      name = "get_freeze_count",
      sig = "()",
      doc = "Return the number of objects in the permanent generation.")
  int getFreezeCount() {
    return 0;
  }
}
