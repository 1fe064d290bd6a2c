package org.plait.runtime.boot;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStr;
import org.plait.sched.RecursiveMutex;

/**
 * {@code _warnings}: state of the filters, and {@code warn}, which hands over to the library's
 * {@code _py_warnings}. Until that is loaded warnings wait for nobody: the default filters apply to
 * them as soon as the first one is issued.
 */
@PyModuleDef(name = "_warnings")
public final class WarningsModule implements NativeModule {
  private final RecursiveMutex lock = new RecursiveMutex();

  @Override
  public NativeTable table() {
    return new WarningsModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    m.add("filters", defaultFilters());
    m.add("_onceregistry", new PyDict());
    m.add("_defaultaction", PyStr.of("default"));
    m.add("_warnings_context", new PyContextVar(PyStr.of("_warnings_context"), null));
  }

  // Compare CPython init_filters in _warnings.c.
  private static PyObject defaultFilters() {
    PyObject main = PyStr.of("__main__");
    return PyList.of(
        filter("default", Exceptions.DeprecationWarning, main),
        filter("ignore", Exceptions.DeprecationWarning, Py.None),
        filter("ignore", Exceptions.PendingDeprecationWarning, Py.None),
        filter("ignore", Exceptions.ImportWarning, Py.None),
        filter("ignore", Exceptions.ResourceWarning, Py.None));
  }

  private static PyObject filter(String action, PyObject category, PyObject module) {
    return Py.tuple(PyStr.of(action), Py.None, category, module, Py.int_(0));
  }

  @PyFunction(name = "_acquire_lock", sig = "()")
  void acquireLock() {
    ImportLock.acquire(lock);
  }

  @PyFunction(name = "_release_lock", sig = "()")
  void releaseLock() {
    if (!lock.isOwned()) {
      throw Errors.runtimeError("cannot release un-acquired lock");
    }
    lock.release();
  }

  @PyFunction(name = "_filters_mutated_lock_held", sig = "()")
  void filtersMutatedLockHeld() {
    if (!lock.isOwned()) {
      throw Errors.runtimeError("warnings._filters_mutated_lock_held() called without lock held");
    }
  }

  /** The library's implementation; importing {@code warnings} sets it up. */
  private static PyObject python() {
    Imports.importModule("warnings");
    return Imports.importModule("_py_warnings");
  }

  @PyFunction(
      sig = "(message, category=None, stacklevel=1, source=None, *, skip_file_prefixes=())",
      raw = true)
  PyObject warn(PyObject[] args, String @Nullable [] kwnames) {
    return PyObjects.getAttr(python(), "warn").call(args, kwnames);
  }

  @PyFunction(
      name = "warn_explicit",
      sig =
          "!(message, category, filename, lineno, module=NULL, registry=None, module_globals=None,"
              + " source=None)",
      raw = true)
  PyObject warnExplicit(PyObject[] args, String @Nullable [] kwnames) {
    return PyObjects.getAttr(python(), "warn_explicit").call(args, kwnames);
  }
}
