package org.plait.runtime.boot;

import java.util.concurrent.CopyOnWriteArrayList;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/** Audit hooks of the process. They are only ever added. */
public final class Audit {
  private static final CopyOnWriteArrayList<PyObject> HOOKS = new CopyOnWriteArrayList<>();

  private Audit() {}

  static void raise(PyObject event, PyTuple args) {
    for (PyObject hook : HOOKS) {
      hook.call2(event, args);
    }
  }

  /** Raises an event from native code; cheap while nobody listens. */
  public static void raise(String event, PyObject... args) {
    if (!HOOKS.isEmpty()) {
      raise(PyStr.intern(event), PyTuple.of(args));
    }
  }

  static void add(PyObject hook) {
    try {
      raise("sys.addaudithook");
    } catch (PyException e) {
      if (e.matches(Exceptions.RuntimeError)) {
        return;
      }
      throw e;
    }
    HOOKS.add(hook);
  }
}
