package org.plait.runtime.boot;

import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.interp.ThreadState;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/** Audit hooks: those of each interpreter. They are only ever added. */
public final class Audit {
  /** Whether there are hooks in any interpreter. */
  private static volatile boolean used;

  private Audit() {}

  /** Whether anybody may listen. */
  public static boolean isUsed() {
    return used;
  }

  static void raise(PyObject event, PyTuple args) {
    if (!used) {
      return;
    }
    for (PyObject hook : ThreadState.current().interpreter.auditHooks) {
      hook.call2(event, args);
    }
  }

  /** Raises an event from native code; cheap while nobody listens. */
  public static void raise(String event, PyObject... args) {
    if (used) {
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
    ThreadState.current().interpreter.auditHooks.add(hook);
    used = true;
  }
}
