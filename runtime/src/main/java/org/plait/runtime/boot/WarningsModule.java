package org.plait.runtime.boot;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/** {@code _warnings}: the native side of warnings; its state is the interpreter's. */
@PyModuleDef(name = "_warnings")
public final class WarningsModule implements NativeModule {
  private final WarningState state = WarningState.current();

  @Override
  public NativeTable table() {
    return new WarningsModuleTable(this);
  }

  @Override
  public void exec(PyModule m) {
    m.add("filters", state.filters);
    m.add("_onceregistry", state.onceRegistry);
    m.add("_defaultaction", state.defaultAction);
    m.add("_warnings_context", state.context);
  }

  @PyFunction(name = "_acquire_lock", sig = "()")
  void acquireLock() {
    ImportLock.acquire(state.lock);
  }

  @PyFunction(name = "_release_lock", sig = "()")
  void releaseLock() {
    if (!state.lock.isOwned()) {
      throw Errors.runtimeError("cannot release un-acquired lock");
    }
    state.lock.release();
  }

  @PyFunction(name = "_filters_mutated_lock_held", sig = "()")
  void filtersMutatedLockHeld() {
    if (!state.lock.isOwned()) {
      throw Errors.runtimeError("warnings._filters_mutated_lock_held() called without lock held");
    }
    state.filtersMutated();
  }

  @PyFunction(
      sig = "(message, category=None, stacklevel=1, source=None, *, skip_file_prefixes=())",
      doc =
          "warn($module, /, message, category=None, stacklevel=1, source=None, *,\n"
              + "     skip_file_prefixes=<unrepresentable>)\n"
              + "--\n\n"
              + "Issues a warning, which filters may drop or turn into an exception.")
  void warn(
      PyObject message, PyObject category, long stacklevel, PyObject source, PyObject prefixes) {
    if (!(prefixes instanceof PyTuple skip)) {
      throw Errors.typeError(
          "warn() argument 'skip_file_prefixes' must be tuple, not " + prefixes.type().name());
    }
    PyObject kind = WarningState.category(message, category);
    long level = stacklevel;
    for (int k = 0; k < skip.size(); k++) {
      if (!(skip.get(k) instanceof PyStr)) {
        throw Errors.typeError(
            "Found non-str '" + skip.get(k).type().name() + "' in skip_file_prefixes.");
      }
      level = Math.max(2, level);
    }
    WarningState.Site site = WarningState.site(level, skip);
    state.warnExplicit(
        kind, message, site.filename(), site.line(), site.module(), site.registry(), null, source);
  }

  @PyFunction(
      name = "warn_explicit",
      sig =
          "(message, category, filename, lineno, module=NULL, registry=None, module_globals=None,"
              + " source=None)",
      doc = "Issues a warning for a place in a file.")
  void warnExplicit(
      PyObject message,
      PyObject category,
      PyStr filename,
      int lineno,
      @Nullable PyObject module,
      PyObject registry,
      PyObject moduleGlobals,
      PyObject source) {
    PyObject kind = WarningState.category(message, category);
    String line = null;
    if (moduleGlobals != Py.None) {
      if (!(moduleGlobals instanceof PyDict)) {
        throw Errors.typeError(
            "module_globals must be a dict, not '" + moduleGlobals.type().name() + "'");
      }
      line = WarningState.sourceLine(moduleGlobals, lineno);
    }
    state.warnExplicit(kind, message, filename, lineno, module, registry, line, source);
  }
}
