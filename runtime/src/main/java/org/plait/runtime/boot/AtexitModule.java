package org.plait.runtime.boot;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyFunction;
import org.plait.processor.annotation.PyModuleDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.interp.Unraisable;
import org.plait.runtime.object.NativeModule;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.Special;
import org.plait.runtime.protocol.PyObjects;

/**
 * {@code atexit}: functions to call at the end, last registered first. The list is guarded by its
 * own monitor, which is never held while Python code runs.
 */
@PyModuleDef(name = "atexit")
public final class AtexitModule implements NativeModule {
  private record Callback(PyObject function, PyObject[] args, String @Nullable [] kwnames) {}

  /** The interpreter's own list: it outlives the module. */
  private static final class Callbacks extends ArrayList<Callback> {
    private static final long serialVersionUID = 1L;
  }

  private final List<Callback> callbacks = callbacks();

  private static List<Callback> callbacks() {
    return ThreadState.current().interpreter.state(Callbacks.class, Callbacks::new);
  }

  /** Calls and forgets what is registered in the current interpreter. */
  static void runAll() {
    new AtexitModule().runExitfuncs();
  }

  @Override
  public NativeTable table() {
    return new AtexitModuleTable(this);
  }

  @PyFunction(sig = "(func, /, *args, **kwargs)", raw = true)
  PyObject register(PyObject[] args, String @Nullable [] kwnames) {
    if (args.length == (kwnames == null ? 0 : kwnames.length)) {
      throw Errors.typeError("register() takes at least 1 argument (0 given)");
    }
    if (args[0].type().special(Special.CALL) == null) {
      throw Errors.typeError("the first argument must be callable");
    }
    PyObject[] rest = java.util.Arrays.copyOfRange(args, 1, args.length);
    synchronized (callbacks) {
      callbacks.add(new Callback(args[0], rest, kwnames));
    }
    return args[0];
  }

  private List<Callback> snapshot() {
    synchronized (callbacks) {
      return new ArrayList<>(callbacks);
    }
  }

  @PyFunction(sig = "(func, /)")
  void unregister(PyObject func) {
    for (Callback c : snapshot()) {
      if (PyObjects.equal(c.function, func)) {
        synchronized (callbacks) {
          callbacks.removeIf(other -> other == c);
        }
      }
    }
  }

  @PyFunction(name = "_clear", sig = "()")
  void clear() {
    synchronized (callbacks) {
      callbacks.clear();
    }
  }

  @PyFunction(name = "_ncallbacks", sig = "()")
  int ncallbacks() {
    synchronized (callbacks) {
      return callbacks.size();
    }
  }

  private @Nullable Callback removeLast() {
    synchronized (callbacks) {
      return callbacks.isEmpty() ? null : callbacks.removeLast();
    }
  }

  @PyFunction(name = "_run_exitfuncs", sig = "()")
  void runExitfuncs() {
    for (Callback c = removeLast(); c != null; c = removeLast()) {
      try {
        c.function.call(c.args, c.kwnames);
      } catch (PyException e) {
        Unraisable.reportAbout(e.value, "Exception ignored in atexit callback", c.function);
      }
    }
  }
}
